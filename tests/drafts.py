"""Drafts to write in tests, and a check that whatever the documents tell is cited."""

import re
from collections.abc import Collection, Iterator
from functools import cache

from markupsafe import Markup
from sqlite_utils import Database

from goalmap.classify.activities.model import Origin
from goalmap.report.draft.model import (
    Badge,
    Block,
    Card,
    Cell,
    Cited,
    Draft,
    Fact,
    Items,
    Notice,
    Paragraph,
    Picture,
    Plain,
    Quote,
    Section,
    Table,
    ToWrite,
    Words,
    plain,
    runs_of,
)

TEXT = "We lend tablets to 40 patients. The council pays for the data.\nNobody waits."
SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40" role="img" aria-label="One bar">'
    '<rect width="200" height="20" fill="#17406d"/></svg>'
)
SUFFIXES = (".html", ".docx", ".md", ".csv", ".xlsx", ".json")


def cited(
    id: str, text: str = TEXT, title: str = "Annual report", path: str = "in/report.pdf", **more: object
) -> Cited:
    document = Origin("d1", title, "Lockgate Trust", "2024-05-01", "annual_report")
    return Cited(id, text, document, path, 7, None, **more)  # type: ignore[arg-type]


def draft_of(*blocks: Block, rows: Table | None = None, title: str = "A report") -> Draft:
    """A draft with one section, whose passages all say the same."""
    made = Draft("impact", title, "For trying", "2024-07-01", (Section("only", "Only section", blocks),), rows=rows)
    ids = dict.fromkeys(id for run in made.every_run for id in getattr(run, "cites", ()))
    return Draft(
        made.kind, made.title, made.subtitle, made.made_on, made.sections, {id: cited(id) for id in ids}, rows=rows
    )


def fact(text: str, *cites: str, proposed: bool = False) -> Fact:
    return Fact(text, cites or ("p1",), proposed)


def words(start: int = 0, end: int = 31, id: str = "p1", by: str = "", proposed: bool = False) -> Words:
    return Words(id, start, end, TEXT[start:end], by, proposed)


TABLE = Table(
    "Activities by stage. Each is counted once.",
    ("Activity", "Stage", "Passages"),
    (
        (Cell((fact("Tablets on loan", "p1", "p2", "p3"),), heading=True, link="a1"), Cell(plain("delivered")), Cell(plain("3"), number=True)),
        (Cell((fact("Bike repair", "p9", proposed=True),), heading=True), Cell(), Cell(plain("1,200"), number=True)),
    ),
)  # fmt: skip
COUNTS = Table(
    "Activities by goal",
    ("Goal", "Activities"),
    tuple((Cell(plain(name), heading=True), Cell(plain(str(n)), number=True)) for name, n in (("1 Early years", 4), ("2 School", 0))),
)  # fmt: skip
CARD = Card(
    "a1",
    "Tablets on loan",
    (("Led by", (fact("Lockgate Trust"),)), ("With", ()), ("Figures", (fact("40 patients", "p1", "p4"), Plain("; "), fact("5 wards", "p5")))),
    (Badge("Delivered", "delivered"), Badge("Best practice", "best-practice")),
    (fact("Tablets are lent to patients."),),
    (words(by="Jo Li, Chief Executive"),),
)  # fmt: skip
OPEN_CARD = Card(
    "a2",
    "Bike repair",
    (("Led by", (fact("A college", "p9", proposed=True),)),),
    (Badge("Proposed, not decided", "proposed"),),
    quotes=(words(id="p9", proposed=True),),
)


def everything() -> Draft:
    """A draft with every kind of section, block and run."""
    sections = (
        Section(
            "about",
            "About",
            (
                Paragraph((Plain("What this is."), fact("It lends tablets.", "p2", "p1"), ToWrite("Say why."))),
                Items((plain("One"), (fact("Two", "p6", "p7", "p8", proposed=True),)), numbered=True),
                Quote(words(32, 62, by="Jo Li")),
                Notice((Plain("Look twice."),), "warning"),
                Picture("By goal", "Most are under one goal.", SVG, COUNTS),
            ),
        ),
        Section("goals", "Goal by goal", (TABLE,), (Section("goal-1", "Goal 1: Early years", (CARD, OPEN_CARD)),)),
        Section("method", "4 questions", paragraphs_of("How it was made.")),
    )
    made = draft_of(*(), rows=TABLE)
    passages = {f"p{number}": cited(f"p{number}", marks=((0, 31),)) for number in range(1, 10)}
    data = {"activities": [{"title": "Tablets on loan"}]}
    notices = (Notice((Plain("Nothing is final."),)),)
    return Draft(made.kind, "Impact Report", "Purpose Goals", "2024-07-01", sections, passages, notices, data, TABLE)


def paragraphs_of(text: str) -> tuple[Block, ...]:
    return (Paragraph(plain(text)),)


# What is not cited


def uncited(db: Database, draft: Draft, besides: Collection[str] = (), known: Collection[str] = ()) -> tuple[str, ...]:
    """Texts without a citation that hold a number or the name of somebody or something in the database.

    Sections whose ids are `besides` are not looked at; `known` words, the names and labels of goals and frameworks and
    the day of the draft tell nothing of the documents. Nor do cells of counts, and those that name their row.
    """
    told = [*known, *_labels(db), draft.title, draft.subtitle, draft.made_on]
    unsaid = re.compile(
        "|".join(re.escape(one) for one in sorted(filter(None, told), key=len, reverse=True)) or r"(?!)"
    )
    names = _names(db)
    plain_texts = dict.fromkeys(_plain_texts(draft, besides))
    codes = {code for (code,) in db.execute("select code from goals").fetchall()}
    return tuple(text for text in plain_texts if text not in codes and _tells(unsaid.sub(" ", text), names))


def _tells(text: str, names: re.Pattern[str]) -> bool:
    return bool(re.search(r"\d", text) or names.search(text))


def _plain_texts(draft: Draft, besides: Collection[str]) -> Iterator[str]:
    for section in draft.sections:
        yield from _plain_of(section, besides)


def _plain_of(section: Section, besides: Collection[str]) -> Iterator[str]:
    if section.id in besides:
        return
    for block in section.blocks:
        labels = {id(run) for cell in _label_cells(block) for run in cell.runs}
        yield from (run.text for run in runs_of(block) if isinstance(run, Plain) and id(run) not in labels)
    for inner in section.sections:
        yield from _plain_of(inner, besides)


def _label_cells(block: Block) -> Iterator[Cell]:
    table = block.numbers if isinstance(block, Picture) else block
    if isinstance(table, Table):
        yield from (cell for row in table.rows for cell in row if cell.number or cell.heading)


def _labels(db: Database) -> list[str]:
    goals = "select label from goals union select name from goals union select 'Goal ' || code from goals union select scope from goals"
    frameworks = "select name from frameworks union select name || ' ' || version from frameworks union select publisher from frameworks"
    return [name for (name,) in db.execute(f"{goals} union {frameworks}").fetchall() if name]


def _names(db: Database) -> re.Pattern[str]:
    rows = db.execute("select name from entities where length(name) > 3").fetchall()
    return _any_of(tuple(sorted(name for (name,) in rows)))


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these names as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)" if names else r"(?!)")
