"""Plain text in any encoding: paragraphs apart by blank lines, or one a line; headings, lists, tables and quoted lines by their look."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from goalmap.ingest.clean import clean, join_lines
from goalmap.ingest.document import Block, Kind, Reading
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.marks import ENDS_SENTENCE, ITEM, item_kind, without_bullet
from goalmap.ingest.text.encodings import decoded
from goalmap.ingest.watch import Watch

WRAP_WIDTH = 100
"""Lines that are all shorter than this were broken by the writer's program."""
FULL_LINE = 50
HEADING_WORDS = 12
BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n|\f")
RULE = re.compile(r"[\s=_*~#+|:.–—-]*")
"""A line that holds no word: it underlines a heading, frames a table, or parts what stands around it."""
UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,}|_{3,}|\*{3,})")
QUOTED = re.compile(r"(?:>[ \t]?)+")
TABS = re.compile(r"\S[ \t]*\t[ \t]*\S")
FRAME = re.compile(r"\|.*\|")
BARS = re.compile(r"\S[ \t]+\|[ \t]+\S")
CELLS = {"tabs": re.compile(r"[ \t]*\t[ \t]*"), "bars": re.compile(r"\|"), "frame": re.compile(r"\|")}
"""What parts the cells of a row, by the shape of its line."""


def read_text(data: bytes, watch: Watch) -> Reading:
    """The paragraphs of a text file. Raises NoText or Unsupported."""
    found = decoded(data)
    return Reading(tuple(blocks_of_text(found.text)), problem=found.problem, note=found.note)


def blocks_of_text(text: str, quoted: Kind | None = Kind.QUOTE) -> Iterator[Block]:
    """Paragraphs, list items, rows and headings of plain text; `quoted` is what lines that begin with ">" are, if not text like any other."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    wrapped = _is_wrapped(text)
    for part in BLANK_LINE.split(text):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        for shape, run in groupby(lines, key=_shape):
            yield from _run(shape, list(run), wrapped, quoted)


def _is_wrapped(text: str) -> bool:
    """Whether the writer's program broke the lines: hardly any is long, and several are, or one stops amid a sentence."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    long = sum(len(line) > WRAP_WIDTH for line in lines)
    full = sum(len(line) > FULL_LINE for line in lines)
    return long * 10 < len(lines) and (full >= 3 or any(_runs_on(line, after) for line, after in pairwise(lines)))


def _runs_on(line: str, after: str) -> bool:
    return len(line) > FULL_LINE and line[-1].isalnum() and after[0].islower()


def _shape(line: str) -> str:
    if QUOTED.match(line):
        return "quoted"
    if TABS.search(line) and not ITEM.match(line):
        return "tabs"
    if FRAME.fullmatch(line):
        return "frame"
    return "bars" if BARS.search(line) else "lines"


def _run(shape: str, lines: Sequence[str], wrapped: bool, quoted: Kind | None) -> Iterator[Block]:
    """The blocks in neighbouring lines of one shape."""
    if shape == "quoted":
        inside = "\n".join(QUOTED.sub("", line, count=1) for line in lines)
        yield from (block.as_kind(quoted or block.kind) for block in blocks_of_text(inside))
    elif shape == "frame" or (shape in CELLS and len(lines) > 1):
        yield from table_blocks(_cells(line, CELLS[shape]) for line in lines if not RULE.fullmatch(line))
    else:
        yield from _lines(lines, wrapped)


def _cells(line: str, between: re.Pattern[str]) -> list[str]:
    return between.split(line.strip("| "))


def _lines(lines: Sequence[str], wrapped: bool) -> Iterator[Block]:
    """Paragraphs, and the headings that are underlined; lines without a word part them."""
    paragraph: list[str] = []
    for line in lines:
        if not RULE.fullmatch(line):
            paragraph.append(line)
            continue
        if paragraph and UNDERLINE.fullmatch(line) and _is_title(paragraph[-1]):
            yield from _paragraphs(paragraph[:-1], wrapped)
            yield Block(clean(paragraph[-1]), Kind.HEADING)
        else:
            yield from _paragraphs(paragraph, wrapped)
        paragraph = []
    yield from _paragraphs(paragraph, wrapped)


def _is_title(line: str) -> bool:
    return len(line.split()) <= HEADING_WORDS and not ENDS_SENTENCE.search(line)


def _paragraphs(lines: Sequence[str], wrapped: bool) -> Iterator[Block]:
    for paragraph in _wrapped_paragraphs(lines) if wrapped else ([line] for line in lines):
        yield from _block(paragraph)


def _wrapped_paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in lines:
        if paragraph and (ITEM.match(line) or _ends_early(paragraph[-1])):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _ends_early(line: str) -> bool:
    return len(line) < 45 and ENDS_SENTENCE.search(line) is not None


def _block(lines: Sequence[str]) -> Iterator[Block]:
    text = clean(join_lines(lines))
    if text:
        kind = item_kind(text) or (Kind.HEADING if _is_heading(text) else Kind.BODY)
        yield Block(without_bullet(text) if kind is Kind.LIST_ITEM else text, kind)


def _is_heading(text: str) -> bool:
    return len(text.split()) <= HEADING_WORDS and text[0].isupper() and text[-1].isalnum()
