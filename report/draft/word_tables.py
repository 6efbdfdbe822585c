"""Tables of a draft in WordprocessingML; those of pictures with bars or shades, so that they show what the drawing shows."""

from collections.abc import Callable, Mapping, Sequence, Set

from goalmap.report.draft import reading
from goalmap.report.draft.model import Cell, Table, runs_of
from goalmap.report.draft.word_text import Texts, escaped, paragraph, run, styled

PORTRAIT, LANDSCAPE = 9_638, 14_570
"""The width of the text in twentieths of a point."""
WIDE = 7
"""More columns than this want a page on its side."""
NARROW = 0.45
WITH_BARS = 0.8
"""What a column of numbers needs, and one of bars, where others need 1."""
CELL_MARGIN, OF_A_LETTER = 200, 115
"""What the edges of a cell and a bold letter take, so that no word of a heading is cut."""
BAR, GROUND = "17406D", "F2F4F7"
PALEST, DEEPEST = (255, 255, 255), (134, 176, 216)
"""The shades of a table of numbers, the deepest light enough for dark figures on it."""

Shown = Callable[[float], tuple[str, str]]
"""How a number shows: properties of its cell, and what stands under it."""


def is_wide(table: Table) -> bool:
    return len(table.columns) > WIDE


def table(texts: Texts, one: Table, is_drawn: bool = False) -> str:
    """A table with its caption; `is_drawn` shows its numbers as bars, or as shades where it has several columns of them."""
    is_told = reading.all_open(runs_of(one))
    tag = f"{run(' ')}{styled('(proposed, not decided)', 'Tag')}" if is_told else ""
    widths = _widths(one, WITH_BARS if is_drawn and _numbers(one) == 1 else NARROW)
    shown = _shown(one, widths) if is_drawn else {}
    parts = [
        _caption(one, tag),
        "<w:tbl>",
        _properties(one, widths),
        _head(one, widths, frozenset(shown) if len(shown) == 1 else frozenset()),
        *(
            _row_over(texts, row[0], widths, is_told) if one.is_head(row) else _row(texts, row, widths, is_told, shown)
            for row in one.rows
        ),
        "</w:tbl>",
        paragraph("AfterTable", ""),
    ]
    return "".join(parts)


def _caption(one: Table, tag: str) -> str:
    name, told = reading.caption_of(one)
    rest = paragraph("CaptionText", run(told), "<w:keepNext/>") if told else ""
    return paragraph("Caption", f"{run(name)}{tag}", "<w:keepNext/>") + rest


def _widths(one: Table, of_numbers: float) -> tuple[int, ...]:
    shares = one.widths or tuple(of_numbers if _is_number(one, place) else 1 for place in range(len(one.columns)))
    whole = LANDSCAPE if is_wide(one) else PORTRAIT
    needed = [_longest_word(column) * OF_A_LETTER + CELL_MARGIN for column in one.columns]
    free = max(whole - sum(needed), 0)
    wanted = [max(whole * share / sum(shares) - least, 0) for share, least in zip(shares, needed, strict=True)]
    found = [least + free * more / (sum(wanted) or 1) for least, more in zip(needed, wanted, strict=True)]
    return tuple(int(width * whole / sum(found)) for width in found)


def _longest_word(name: str) -> int:
    return max(map(len, name.split()), default=0)


def _numbers(one: Table) -> int:
    """How many of its columns hold numbers."""
    return sum(_is_number(one, place) for place in range(len(one.columns)))


def _is_number(one: Table, place: int) -> bool:
    return bool(one.rows) and one.numbers[place]


def _properties(one: Table, widths: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(one.caption[:250])}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _head(one: Table, widths: Sequence[int], bars: Set[int]) -> str:
    cells = "".join(
        _cell(width, paragraph("TableHead", run(name), _aligned(_is_number(one, place) and place not in bars)))
        for place, (name, width) in enumerate(zip(one.columns, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>" if cells else ""


def _row(texts: Texts, row: Sequence[Cell], widths: Sequence[int], is_told: bool, shown: Mapping[int, Shown]) -> str:
    is_open = not is_told and reading.all_open(run for cell in row for run in cell.runs)
    cells = "".join(
        _filled(texts, cell, width, is_told or is_open, texts.tag(is_open and place == 0), shown.get(place))
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _row_over(texts: Texts, cell: Cell, widths: Sequence[int], is_told: bool) -> str:
    """A row of one cell, on the same page as the row below it."""
    across = f'<w:gridSpan w:val="{len(widths)}"/><w:shd w:val="clear" w:color="auto" w:fill="{GROUND}"/>'
    words = paragraph("TableText", texts.text(cell.runs, is_told, "<w:b/>"), "<w:keepNext/>")
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(sum(widths), words, across)}</w:tr>"


def _filled(texts: Texts, cell: Cell, width: int, is_told: bool, tag: str, shown: Shown | None) -> str:
    bold = "<w:b/>" if cell.heading else ""
    words = texts.linked(cell.runs, cell.link, is_told, bold) if cell.link else texts.text(cell.runs, is_told, bold)
    number = _number(cell)
    properties, under = shown(number) if shown and number is not None else ("", "")
    return _cell(
        width, paragraph("TableText", f"{words}{tag}", _aligned(cell.number and not under)) + under, properties
    )


def _cell(width: int, inside: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{inside}</w:tc>'


def _aligned(is_number: bool) -> str:
    return '<w:jc w:val="right"/>' if is_number else ""


# Numbers that are drawn


def _shown(one: Table, widths: Sequence[int]) -> Mapping[int, Shown]:
    """How the columns of numbers show: a single one as bars, several as shades."""
    numbers = {
        place: [number for row in one.rows if (number := _number(row[place])) is not None]
        for place in range(len(one.columns))
        if _is_number(one, place)
    }
    most = max((number for column in numbers.values() for number in column), default=0.0)
    if most <= 0:
        return {}
    if len(numbers) == 1:
        return {place: _bars(most, widths[place]) for place in numbers}
    return dict.fromkeys(numbers, _shades(most))


def _number(cell: Cell) -> float | None:
    text = reading.without_citations(cell.runs).replace(",", "")
    try:
        return float(text) if cell.number else None
    except ValueError:
        return None


def _bars(most: float, width: int) -> Shown:
    """Bars are empty paragraphs with a ground that ends where their indent begins."""

    def shown(number: float) -> tuple[str, str]:
        free = int((width - CELL_MARGIN) * (1 - max(number, 0) / most))
        ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{BAR}"/><w:ind w:right="{free}"/>'
        return "", paragraph("Bar", "", ground) if number > 0 else ""

    return shown


def _shades(most: float) -> Shown:
    def shown(number: float) -> tuple[str, str]:
        share = max(number, 0) / most
        shade = "".join(
            f"{round(pale + (deep - pale) * share):02X}" for pale, deep in zip(PALEST, DEEPEST, strict=True)
        )
        return f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>', ""

    return shown
