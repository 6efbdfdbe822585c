"""Words on pages to blocks in reading order: lines, columns, running headers and footers, paragraphs, headings, tables."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from goalmap.ingest.clean import clean, join_lines, words_in
from goalmap.ingest.document import Block, Box, Kind

BULLETS = "•◦▪■●‣⁃∙·○–—►➢✓✔\uf0b7\uf0a7"
ITEM = re.compile(rf"^(?:[{BULLETS}]\s*|-\s+|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]\s+)(?=\S)")
BULLET = re.compile(rf"^(?:[{BULLETS}]|-\s)\s*")
CAPTION = re.compile(r"^(?:photo|pictured?|picture|image|figure|fig\.?|chart|table|caption)\b[^.]{0,20}[:.–-]", re.I)
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"^(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$|^[ivxl]{1,6}$", re.I)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space; lengths in points from the page's top left corner, `size` is the line's height."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its outline and the text of its cells, row by row."""

    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What lies on one page; `number` counts from 1."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side on one baseline."""

    words: tuple[Word, ...]
    page: int

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return max(self.words, key=lambda word: len(word.text)).size

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def box(self) -> Box:
        return Box(self.page, *(round(edge, 1) for edge in (self.left, self.top, self.right, self.bottom)))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[Line, ...]
    kind: Kind = Kind.BODY

    @property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    @property
    def raw_text(self) -> str:
        return " ".join(line.text for line in self.lines)


Element = Line | Table


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """The blocks of a document in reading order, running headers and footers marked."""
    lines = {page.number: lines_of(page) for page in pages}
    margins = _running_margins(pages, lines)
    body = _body_size(line for page in lines.values() for line in page)
    vocabulary = frozenset(word for page in lines.values() for line in page for word in words_in(line.text))
    flow: list[Paragraph | Table] = []
    for page in pages:
        yield from _margin_blocks(lines[page.number], margins, page)
        inside = [line for line in lines[page.number] if (page.number, line.text, line.top) not in margins]
        for column in _columns([*_outside(inside, page.tables), *page.tables]):
            flow = _append_column(flow, list(_paragraphs(column)))
        settled, flow = flow[:-1], flow[-1:]
        for part in settled:
            yield from _blocks(part, page.number, body, vocabulary)
    for part in flow:
        yield from _blocks(part, pages[-1].number if pages else 1, body, vocabulary)


# Words to lines


def lines_of(page: Page) -> list[Line]:
    lines: list[list[Word]] = []
    for word in page.words:
        if lines and _continues(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(words), page.number) for words in lines]


def _continues(last: Word, word: Word) -> bool:
    overlap = min(last.bottom, word.bottom) - max(last.top, word.top)
    gap = word.left - last.right
    height = min(last.bottom - last.top, word.bottom - word.top) or 1.0
    return overlap > 0.5 * height and -0.5 * word.size < gap < 2.2 * max(last.size, word.size)


# Running headers, footers, page numbers


def _running_margins(pages: Sequence[Page], lines: dict[int, list[Line]]) -> dict[tuple[int, str, float], Kind]:
    """Lines in the outer tenth of a page that repeat on others (numbers aside), or are a page number, or the only header."""
    heights = {page.number: page.height for page in pages}
    zones = {
        (line.page, line.text, line.top): (line, zone)
        for page in lines.values()
        for line in page
        if (zone := _zone(line, heights[line.page])) is not None
    }
    repeats = Counter(key for key in {(zone, _mask(line.text), line.page) for line, zone in zones.values()})
    pages_with = Counter((zone, mask) for zone, mask, _ in repeats)
    needed = 2 if len(pages) > 1 else 1
    body = _body_size(line for page in lines.values() for line in page)
    return {
        key: zone
        for key, (line, zone) in zones.items()
        if PAGE_NUMBER.match(line.text)
        or (pages_with[zone, _mask(line.text)] >= needed and (needed > 1 or line.size < 0.92 * body))
    }


def _zone(line: Line, height: float) -> Kind | None:
    if line.bottom < 0.09 * height:
        return Kind.HEADER
    if line.top > 0.91 * height:
        return Kind.FOOTER
    return None


def _mask(text: str) -> str:
    return DIGITS.sub("#", text.casefold())


def _margin_blocks(lines: Iterable[Line], margins: dict[tuple[int, str, float], Kind], page: Page) -> Iterator[Block]:
    for line in lines:
        kind = margins.get((page.number, line.text, line.top))
        if kind is not None:
            yield Block(clean(line.text), kind, page.number, (line.box,))


def _body_size(lines: Iterable[Line]) -> float:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


# Columns


def _outside(lines: Iterable[Line], tables: Sequence[Table]) -> list[Line]:
    return [line for line in lines if not any(_within(line, table) for table in tables)]


def _within(line: Line, table: Table) -> bool:
    middle, centre = (line.top + line.bottom) / 2, (line.left + line.right) / 2
    return table.top <= middle <= table.bottom and table.left <= centre <= table.right


def _columns(elements: Sequence[Element]) -> Iterator[list[Element]]:
    """Columns in reading order: a page is cut at its gutter, and elements that span the gutter cut it into bands."""
    gutter = _gutter(elements)
    if gutter is None:
        if elements:
            yield sorted(elements, key=_row_order)
        return
    for band in _bands(elements, gutter):
        if any(_spans(element, gutter) for element in band):
            yield band
        else:
            yield from _columns([element for element in band if element.right <= gutter])
            yield from _columns([element for element in band if element.left >= gutter])


def _row_order(element: Element) -> tuple[float, float]:
    return round(element.top / 3), element.left


def _bands(elements: Sequence[Element], gutter: float) -> Iterator[list[Element]]:
    band: list[Element] = []
    spanning = False
    for element in sorted(elements, key=lambda element: (element.top, element.left)):
        if band and _spans(element, gutter) != spanning:
            yield band
            band = []
        spanning = _spans(element, gutter)
        band.append(element)
    if band:
        yield band


def _spans(element: Element, gutter: float) -> bool:
    return element.left < gutter - 1 and element.right > gutter + 1


MIN_GUTTER = 8.0
STEP = 2.0


def _gutter(elements: Sequence[Element]) -> float | None:
    """The x of the upright strip that fewest elements cross and that has text side by side on both sides of it."""
    if len(elements) < 8:
        return None
    left, right = min(element.left for element in elements), max(element.right for element in elements)
    strips = int((right - left) / STEP) + 1
    cover = [0] * (strips + 1)
    for element in elements:
        for strip in range(int((element.left - left) / STEP), int((element.right - left) / STEP) + 1):
            cover[strip] += 1
    for allowed in sorted({0, 1, 2, 3, len(elements) // 6}):
        for start, end in sorted(_runs(cover, allowed, int(0.15 * strips), int(0.85 * strips)), key=lambda run: run[0] - run[1]):
            x = left + (start + end) / 2 * STEP
            if (end - start) * STEP >= MIN_GUTTER and _side_by_side(elements, x):
                return x
    return None


def _runs(cover: Sequence[int], allowed: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for strip in range(first, last + 1):
        free = cover[strip] <= allowed
        if free and start is None:
            start = strip
        elif not free and start is not None:
            yield start, strip
            start = None
    if start is not None:
        yield start, last + 1


def _side_by_side(elements: Sequence[Element], x: float) -> bool:
    """Whether both sides hold prose: several elements whose heights overlap, not a list's bullets or a table's figures."""
    before = [element for element in elements if element.right <= x]
    after = [element for element in elements if element.left >= x]
    if min(len(before), len(after)) < 3:
        return False
    wide = [sum(len(element.text) > 18 for element in side if isinstance(element, Line)) for side in (before, after)]
    top = max(min(element.top for element in before), min(element.top for element in after))
    bottom = min(max(element.bottom for element in before), max(element.bottom for element in after))
    return min(wide) >= 3 and bottom > top


# Lines to paragraphs


def _paragraphs(column: Sequence[Element]) -> Iterator[Paragraph | Table]:
    pitch = _pitch(column)
    right = max((element.right for element in column if isinstance(element, Line)), default=0.0)
    lines: list[Line] = []
    for element in column:
        if lines and (isinstance(element, Table) or _breaks(lines, element, pitch, right)):
            yield Paragraph(tuple(lines))
            lines = []
        if isinstance(element, Table):
            yield element
        else:
            lines.append(element)
    if lines:
        yield Paragraph(tuple(lines))


def _pitch(column: Sequence[Element]) -> float:
    """The usual distance from one baseline to the next in this column, as a multiple of the line's height."""
    pitches = [
        (after.bottom - before.bottom) / after.size
        for before, after in zip(column, column[1:], strict=False)
        if isinstance(before, Line) and isinstance(after, Line) and _same_style(before, after) and after.bottom > before.bottom
    ]
    near = sorted(pitch for pitch in pitches if pitch < 2.2)
    return near[len(near) // 3] if near else 1.2


def _same_style(before: Line, after: Line) -> bool:
    return abs(before.size - after.size) <= 0.08 * max(before.size, after.size) and before.bold == after.bold


def _breaks(lines: Sequence[Line], line: Line, pitch: float, right: float) -> bool:
    last = lines[-1]
    distance = (line.bottom - last.bottom) / line.size
    if abs(last.size - line.size) > 0.08 * max(last.size, line.size) or distance > 1.22 * pitch or distance < -0.5:
        return True
    if last.bold != line.bold and (all(part.bold for part in lines) or line.bold) and len(line.words) < 15:
        return True
    if ITEM.match(line.text) and (BULLET.match(line.text) or ENDS_SENTENCE.search(last.text) or ITEM.match(lines[0].text)):
        return True
    room = right - last.right
    indented = line.left > lines[0].left + 0.8 * line.size and len(lines) > 1 and not ITEM.match(lines[0].text)
    return bool(ENDS_SENTENCE.search(last.text)) and (indented or room > line.words[0].right - line.left + 0.6 * line.size)


def _append_column(flow: list[Paragraph | Table], column: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """The flow so far and the next column; a paragraph that runs over the break is made one."""
    if flow and column:
        last, first = flow[-1], column[0]
        if isinstance(last, Paragraph) and isinstance(first, Paragraph) and _runs_over(last, first):
            return [*flow[:-1], replace(last, lines=last.lines + first.lines), *column[1:]]
    return flow + column


def _runs_over(last: Paragraph, first: Paragraph) -> bool:
    end, start = last.lines[-1], first.lines[0]
    if abs(last.size - first.size) > 0.08 * last.size or end.bold != start.bold or ITEM.match(start.text):
        return False
    if ENDS_SENTENCE.search(end.text):
        return False
    return start.text[:1].islower() or len(last.raw_text) > 60 or end.text.endswith("-")


# Paragraphs to blocks


def _blocks(part: Paragraph | Table, page: int, body: float, vocabulary: frozenset[str]) -> Iterator[Block]:
    if isinstance(part, Table):
        yield from table_blocks(part.rows, page, Box(page, *(round(x, 1) for x in (part.left, part.top, part.right, part.bottom))))
        return
    text = clean(join_lines((line.text for line in part.lines), vocabulary))
    if not text:
        return
    boxes = tuple(_merged_boxes(part.lines))
    kind = _kind(part, text, body)
    yield Block(BULLET.sub("", text) if kind is Kind.LIST_ITEM else text, kind, boxes[0].page, boxes)


def table_blocks(rows: Iterable[Sequence[str]], page: int | None = None, box: Box | None = None) -> Iterator[Block]:
    """One block a row, cells kept apart by bars; a table of one column is a list."""
    for row in rows:
        cells = [clean(cell) for cell in row]
        filled = [cell for cell in cells if cell]
        if filled:
            kind = Kind.TABLE_ROW if len(cells) > 1 else Kind.LIST_ITEM
            yield Block(" | ".join(filled), kind, page, (box,) if box else ())


def _kind(part: Paragraph, text: str, body: float) -> Kind:
    if CAPTION.match(text) and len(text) < 250:
        return Kind.CAPTION
    if BULLET.match(text):
        return Kind.LIST_ITEM
    if _is_heading(part, text, body):
        return Kind.HEADING
    return Kind.LIST_ITEM if ITEM.match(text) else Kind.BODY


def _is_heading(part: Paragraph, text: str, body: float) -> bool:
    words = len(text.split())
    if words > 30 or not any(char.isalpha() for char in text):
        return False
    if part.size > 1.12 * body:
        return True
    short = words <= 14 and not text.endswith((".", ";", ","))
    return short and (all(line.bold for line in part.lines) or (text.isupper() and len(text) > 3))


def _merged_boxes(lines: Sequence[Line]) -> Iterator[Box]:
    """One box for each run of lines in one column of one page."""
    run: list[Line] = []
    for line in lines:
        if run and (line.page != run[-1].page or line.top < run[-1].top):
            yield _around(run)
            run = []
        run.append(line)
    yield _around(run)


def _around(lines: Sequence[Line]) -> Box:
    boxes = [line.box for line in lines]
    return Box(
        boxes[0].page,
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
