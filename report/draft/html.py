"""A draft as one page that needs no other file."""

import os
import re
from collections.abc import Iterable
from functools import cache
from itertools import chain, count
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup, escape

from goalmap.report.draft import reading
from goalmap.report.draft.model import (
    Block,
    Card,
    Cell,
    Draft,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
    ToWrite,
    runs_of,
)
from goalmap.report.files import write_text
from goalmap.report.page import anchor, environment

OWN_PLACES = ("contents", "draft", Draft.EVIDENCE)
MACROS: dict[type[Block], str] = {
    Paragraph: "paragraph",
    Items: "items",
    Quote: "quote",
    Card: "card",
    Table: "table",
    Picture: "picture",
    Notice: "notice",
}
"""The macro of the template that writes each kind of block."""
TAG = f' <span class="tag">{reading.PROPOSED}</span>'
MOST_PLACES = 30
"""So many places that are left to write are listed at the start."""
LONG_WORD = re.compile(r"\S{25}")
"""What a column of a table cannot be sure to hold, so that it may be parted anywhere."""
FARTHEST = 2
"""Folders that a link to a document may go up: what lies farther off is not sent on with the report."""


def write_html(draft: Draft, path: Path) -> None:
    write_text(path, as_html(draft, path.parent))


def as_html(draft: Draft, folder: Path | None = None) -> str:
    """One page with its evidence at the end; in a folder, with links to documents near it. Raises NotVerbatim."""
    evidence = reading.evidence(draft)
    page = Page(draft, evidence, folder)
    made = (
        environment()
        .get_template("draft.html")
        .render(draft=draft, page=page, sections=reading.outline_of(draft), evidence=evidence)
    )
    return reading.printable(made)


class Page:
    """What the template asks for: texts with their citations, anchors, and where each passage is cited first."""

    def __init__(self, draft: Draft, evidence: Iterable[reading.Evidence], folder: Path | None = None) -> None:
        self.numbers = draft.cited
        self.ids = {number: anchor(id) for id, number in self.numbers.items()}
        self.anchors = reading.Anchors((*OWN_PLACES, *self.ids.values()))
        self.first: dict[int, str] = {}
        self.left_to_write = len(draft.to_write)
        self.to_write = count(1)
        self.folder = folder

    @property
    def places_to_write(self) -> range:
        """The numbers of the first places that are left to be written."""
        return range(1, min(self.left_to_write, MOST_PLACES) + 1)

    # What the template asks

    def caption(self, table: Table) -> tuple[str, str]:
        return reading.caption_of(table)

    def has_long_words(self, table: Table) -> bool:
        """Whether a word would push its column over the edge of a page."""
        texts = chain(table.columns, (run.text for run in runs_of(table)))
        return any(LONG_WORD.search(text) for text in texts)

    def macro(self, block: Block) -> str:
        return MACROS[type(block)]

    def claim(self, name: str) -> str:
        return self.anchors.claim(name)

    def is_open(self, block: Block) -> bool:
        """Whether all that it tells is only proposed."""
        return reading.all_open(runs_of(block))

    def is_open_row(self, row: Iterable[Cell]) -> bool:
        return reading.all_open(run for cell in row for run in cell.runs)

    def text(self, runs: Text, is_told: bool = False) -> Markup:
        """Runs with their citations and marks."""
        return Markup("".join(self._run(one) for one in reading.spoken(runs, is_told)))

    def cell(self, cell: Cell, is_told: bool = False) -> Markup:
        """A cell's text; where it leads somewhere, its words do, and its citations to their passages."""
        if not cell.link:
            return self.text(cell.runs, is_told)
        found = tuple(reading.spoken(cell.runs, is_told))
        words = "".join(f"{one.gap}{self._words(one)}" for one in found)
        tag = TAG if any(one.is_tagged for one in found) else ""
        cites = self.cites([id for one in found for id in one.cites])
        return Markup(f'<a href="#{anchor(cell.link.removeprefix("#"))}">{words}</a>{cites}{tag}')

    def cites(self, passages: Iterable[str]) -> Markup:
        """The numbers of passages, each a link to its passage; nothing where there are none."""
        numbers = [self.numbers[id] for id in passages]
        if not numbers:
            return Markup("")
        new = [number for number in numbers if number not in self.first]
        name = f"cited-{min(new)}" if new else ""
        place = f' id="{name}"' if new else ""
        self.first.update(dict.fromkeys(new, name))
        linked = ", ".join(self._stretch(*pair) for pair in reading.stretches(numbers))
        return Markup(f'<sup class="cites"{place}>[{linked}]</sup>')

    def file_link(self, one: reading.Evidence) -> str:
        """Where the document lies, from the folder of the report, at the page; nothing where it is not near."""
        if self.folder is None or not one.file.casefold().endswith(".pdf") or not Path(one.cited.path).is_file():
            return ""
        way = way_to(one.cited.path, self.folder)
        page = f"#page={one.cited.page}" if one.cited.page else ""
        return f"{quote(way, safe='/')}{page}" if way else ""

    # Parts of texts: strings that are escaped already

    def _run(self, one: reading.Spoken) -> str:
        tag = TAG if one.is_tagged else ""
        return f"{one.gap}{self._words(one)}{self.cites(one.cites)}{tag}"

    def _words(self, one: reading.Spoken) -> str:
        text = str(escape(one.text))
        if not isinstance(one.run, ToWrite):
            return text
        return f'<span class="to-write" id="write-{next(self.to_write)}"><strong>To write:</strong> {text}</span>'

    def _stretch(self, first: int, last: int) -> str:
        return self._number(first) if first == last else f"{self._number(first)}–{self._number(last)}"

    def _number(self, number: int) -> str:
        return f'<a href="#{self.ids[number]}">{number}</a>'


@cache
def way_to(path: str, folder: Path) -> str:
    """The way from a folder to a file near it; nothing where it would tell more of a disk than a reader needs.

    >>> way_to("/reports/in/a.pdf", Path("/reports/out")), way_to("/in/a.pdf", Path("/out"))
    ('../in/a.pdf', '')
    """
    try:
        shared = Path(os.path.commonpath([os.path.abspath(path), os.path.abspath(folder)]))
    except ValueError:
        return ""
    way = Path(os.path.relpath(path, folder)).as_posix()
    return "" if shared == Path(shared.anchor) or way.count("../") > FARTHEST else way
