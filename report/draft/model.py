"""What a draft is made of. Whoever writes a fact must say which passages it rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

from goalmap.classify.activities.model import Offsets, Origin

# Runs of text


@dataclass(frozen=True, slots=True)
class Plain:
    """Words that state no fact of the documents: what a goal asks, how something was counted, a heading's introduction."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence or part of one that the documents tell, with the ids of the passages that say so. Raises ValueError without."""

    text: str
    cites: tuple[str, ...]
    proposed: bool = False
    """Whether no person has decided on it yet; it is then marked wherever it is shown."""

    def __post_init__(self) -> None:
        if not self.cites:
            raise ValueError(f"A fact without a citation: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a passage, cut out at these characters: what the verbatim lock checks."""

    passage_id: str
    start: int
    end: int
    text: str
    by: str = ""
    """Who says them, with the post, where that is known."""
    proposed: bool = False

    @property
    def cites(self) -> tuple[str, ...]:
        return (self.passage_id,)


@dataclass(frozen=True, slots=True)
class ToWrite:
    """What a person has to write here; it stands out, and counts as unfinished."""

    text: str


Run = Plain | Fact | Words | ToWrite
Text = tuple[Run, ...]


# Blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Text


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered where the order tells something."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation that stands by itself."""

    words: Words


@dataclass(frozen=True, slots=True)
class Badge:
    """A word that stands beside a heading: the stage, best practice, proposed."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing with what is told of it: an activity, a person, a recommendation."""

    id: str
    """Anchor within the draft, unique in it."""
    title: str
    facts: tuple[tuple[str, Text], ...] = ()
    """Names of fields with what they hold; empty ones are left out."""
    badges: tuple[Badge, ...] = ()
    text: Text = ()
    quotes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    runs: Text = ()
    number: bool = False
    heading: bool = False
    """Whether it names its row."""
    link: str = ""
    """Anchor within the draft."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `caption` says what it shows and how it was counted. A row of one cell heads those below it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    """Shares of the width, where columns should not be equal."""

    def is_head(self, row: Sequence[Cell]) -> bool:
        """Whether a row is a single cell that stands over the rows that follow it, across all columns."""
        return len(row) == 1 < len(self.columns)

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Which columns hold numbers."""
        first: Sequence[Cell] = next((row for row in self.rows if not self.is_head(row)), ())
        return tuple(cell.number for cell in first) or (False,) * len(self.columns)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with the numbers that it shows."""

    title: str
    description: str
    """What is to be seen, in a sentence."""
    svg: Markup
    numbers: Table


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader must know before going on."""

    runs: Text
    kind: str = "note"
    """note or warning."""


Block = Paragraph | Items | Quote | Card | Table | Picture | Notice


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a draft."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a draft cites, as it is stored."""

    passage_id: str
    text: str
    document: Origin
    path: str
    """Where the document was read from."""
    page: int | None = None
    heading: str | None = None
    marks: tuple[Offsets, ...] = ()
    """The characters that the draft quotes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole report, in whatever form it will be written."""

    kind: str
    """impact, practice, gaps, progress, people ..."""
    title: str
    subtitle: str
    made_on: str
    """The day, in ISO form."""
    sections: tuple[Section, ...]
    passages: Mapping[str, Cited] = field(default_factory=dict)
    """The passages that are cited, by id: filled by `locked`, which checks every quotation; they stand at the end as evidence."""
    notices: tuple[Notice, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    """What the report says as data, for the forms that are tables or JSON; values of JSON only."""
    rows: Table | None = None
    """The report as one table, for spreadsheets."""

    EVIDENCE: ClassVar[str] = "evidence"
    ON_ONE_PAGE: ClassVar[frozenset[str]] = frozenset({"pack"})

    @property
    def is_page(self) -> bool:
        """Whether its kind should fit one page: then it has no cover, contents or numbered sections."""
        return self.kind in self.ON_ONE_PAGE

    @property
    def runs(self) -> Iterator[Run]:
        """All runs in the order in which they are read."""
        for notice in self.notices:
            yield from notice.runs
        for section in self.sections:
            yield from _runs_of_section(section)

    @property
    def every_run(self) -> Iterator[Run]:
        """All runs, those of the table for spreadsheets included: what the verbatim lock checks."""
        yield from self.runs
        if self.rows is not None:
            yield from _of_table(self.rows)

    @property
    def cited(self) -> dict[str, int]:
        """The passages that are cited, numbered from 1 in the order in which they are first."""
        ids = dict.fromkeys(id for run in self.runs for id in getattr(run, "cites", ()))
        return {id: number for number, id in enumerate(ids, start=1)}

    @property
    def to_write(self) -> tuple[str, ...]:
        return tuple(run.text for run in self.runs if isinstance(run, ToWrite))


def _runs_of_section(section: Section) -> Iterator[Run]:
    for block in section.blocks:
        yield from runs_of(block)
    for inner in section.sections:
        yield from _runs_of_section(inner)


def runs_of(block: Block) -> Iterator[Run]:
    """The runs of a block in the order in which they are read."""
    match block:
        case Paragraph(runs) | Notice(runs):
            yield from runs
        case Items(items):
            yield from (run for item in items for run in item)
        case Quote(words):
            yield words
        case Card():
            yield from block.text
            yield from block.quotes
            yield from (run for _, runs in block.facts for run in runs)
        case Table():
            yield from _of_table(block)
        case Picture():
            yield from _of_table(block.numbers)


def _of_table(table: Table) -> Iterator[Run]:
    yield from (run for row in table.rows for cell in row for run in cell.runs)


def plain(*texts: str) -> Text:
    return tuple(Plain(text) for text in texts if text)


def paragraphs(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(plain(text)) for text in texts)
