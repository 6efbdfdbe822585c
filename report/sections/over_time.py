"""Figures over time, and what bodies publish on the background of their people: pictures with their numbers and sources."""

from collections.abc import Iterable, Iterator, Sequence

from goalmap.pictures.lines import over_time as drawn
from goalmap.pictures.model import Point, Series
from goalmap.report.draft.model import (
    Block,
    Cell,
    Fact,
    Items,
    Paragraph,
    Picture,
    Plain,
    Section,
    Table,
    Text,
    Words,
    plain,
)
from goalmap.report.progress.measures import TimeSeries, Value, gaps_of
from goalmap.report.progress.recommendations import Nearest
from goalmap.report.section import Row
from goalmap.report.sections.telling import listed
from goalmap.store.days import day

COLUMNS = ("When", "Value", "Source")
WIDTHS = (0.22, 0.22, 0.56)
HOW = (
    "A series holds the same measure of the same body: what is counted, its unit and, where there is one, its initiative are"
    " the same. A value stands at the time that its passage gives for it, else at the date of its document; values that are"
    " planned for a later day are left out."
)
HOW_BACKGROUND = (
    "What bodies publish on the socio-economic background of their people, in their own definitions. Values are compared"
    " only where question, group and kind are the same. A year is given where the document gives one; nothing is inferred."
)
NONE = "No figure of one body is told for two times in the documents searched."
NO_BACKGROUND = (
    "No figure on the socio-economic background of a body’s people was found in the documents searched. That does not say"
    " that none is collected."
)


def figures_over_time(row: Row, series: Sequence[TimeSeries]) -> Section:
    """A picture with its table for each measure that is told for two times or more."""
    if not series:
        return row.section(Paragraph(plain(NONE)))
    inner = tuple(
        Section(f"{row.id}-{number}", one.label, tuple(blocks_of(one))) for number, one in enumerate(series, start=1)
    )
    return row.section(Paragraph(plain(HOW)), sections=inner)


def blocks_of(one: TimeSeries) -> Iterator[Block]:
    """What changed, then the picture, or the table alone where there is nothing to draw."""
    if one.change:
        yield Paragraph((changed(one, *one.change),))
    if one.differs:
        yield Paragraph(plain("The documents give different values for the same time; both stand here."))
    yield picture(one) if len(one.times) > 1 else table(one)


def changed(one: TimeSeries, first: Value, last: Value) -> Fact:
    """The newest value beside the oldest; how far it moved is worked out here from the two."""
    moved = _moved(first, last, one.unit)
    text = f"{last.words} ({day(last.when)}), {moved} from {first.words} ({day(first.when)})."
    return Fact(text, tuple(dict.fromkeys((*last.cites, *first.cites))), one.proposed)


def _moved(first: Value, last: Value, unit: str) -> str:
    if last.value == first.value:
        return "the same as"
    way = "up" if last.value > first.value else "down"
    if unit == "%" or not first.value:
        points = f" by {abs(last.value - first.value):.3g} percentage points" if unit == "%" else ""
        return f"{way}{points}"
    return f"{way} by {abs(last.value - first.value) / abs(first.value):.0%}"


def picture(one: TimeSeries) -> Picture:
    points = tuple(Point(value.when, value.value, value.words) for value in one.values if value.when)
    title = "Values over time"
    description = (
        f"{len(points):,} values from {day(one.times[0])} to {day(one.times[-1])}; the table has each with its source."
    )
    return Picture(title, description, drawn(title, description, [Series(one.label, one.unit, points)]), table(one))


def table(one: TimeSeries) -> Table:
    """Each value with its time and source, the oldest first."""
    rows = tuple(_row(one, value) for value in one.values)
    return Table("Each value with its source.", COLUMNS, rows, WIDTHS)


def _row(one: TimeSeries, value: Value) -> tuple[Cell, ...]:
    return (
        Cell(_told(day(value.when), one, value), heading=True),
        Cell((Fact(value.words, value.cites, one.proposed),), number=True),
        Cell((_source(one, value),)),
    )


def _source(one: TimeSeries, value: Value) -> Fact:
    published = day(value.document.published) or "date not known"
    return Fact(f"{value.document.title}, {published}", value.cites, one.proposed)


# Socio-economic background


def background(row: Row, series: Sequence[TimeSeries], without_figure: Iterable[Nearest] = ()) -> Section:
    """The published measures of each body with definition, year and source, and what is not published."""
    inner = tuple(_of_body(f"{row.id}-{number}", body, series) for number, body in enumerate(_bodies(series), start=1))
    blocks: list[Block] = [Paragraph(plain(HOW_BACKGROUND if series else NO_BACKGROUND))]
    told = [(Words(near.passage_id, near.start, near.end, near.text),) for near in without_figure]
    if told:
        blocks += [Paragraph(plain(WITHOUT_FIGURE)), Items(tuple(told))]
    return row.section(*blocks, sections=inner)


WITHOUT_FIGURE = "Documents that speak of it without a figure that could be read as a measure:"


def _bodies(series: Iterable[TimeSeries]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.body for one in series))


def _of_body(id: str, body: str, series: Iterable[TimeSeries]) -> Section:
    own = [one for one in series if one.body == body]
    blocks: list[Block] = [_measures(own), *(picture(one) for one in own if len(one.times) > 1)]
    for _, question, missing in gaps_of(own):
        asked = f" for the question on {question}" if question else ""
        blocks.append(Paragraph(plain(f"Not found in the documents searched{asked}: {listed(missing, 'or')}.")))
    return Section(id, body or "Body not named", tuple(blocks))


BACKGROUND_COLUMNS = ("Measure", "Definition", "Of whom", "Year", "Value", "Source")


def _measures(own: Iterable[TimeSeries]) -> Table:
    rows = tuple(tuple(_cells(one, value)) for one in own for value in one.values)
    return Table("Each published value with its definition, year and source.", BACKGROUND_COLUMNS, rows)


def _cells(one: TimeSeries, value: Value) -> Iterator[Cell]:
    kind, _, group = one.what.partition(", ")
    yield Cell(plain(kind), heading=True)
    for text in (one.definition, group, day(value.when)):
        yield Cell(_told(text, one, value))
    yield Cell((Fact(value.words, value.cites),), number=True)
    yield Cell((_source(one, value),))


def _told(text: str, one: TimeSeries, value: Value) -> Text:
    """What the passages of a value tell, or that they do not."""
    return (Fact(text, value.cites, one.proposed) if text else Plain("not given"),)
