"""The page of spreadsheets: the columns of each sheet that goalmap writes or reads."""

from collections.abc import Iterator

from docs.making.markdown import code, table, text
from docs.making.tables import meaning_of
from goalmap.report.mapping import columns as mapping
from goalmap.store.entities import gazetteer_files
from goalmap.store.exchange import table as decisions
from goalmap.store.review.columns import QUEUE, Column

OPENING = """
CSV files are UTF-8 with a byte order mark, so that spreadsheets open them as they are. A text that a spreadsheet would run or change is written
with an apostrophe before it, which is taken away when the file is read back.
"""
ELSEWHERE = {
    "document": "The title of the document, or its file.",
    "publisher": "Who published it.",
    "published": "When.",
    "passage": "What the document says.",
    "goal": "The goal decided on.",
    "goal_name": "What it is called.",
    "proposed_goal": "The goal that was proposed.",
    "framework": "The framework with its version.",
    "machine_score": "The probability that stood beside it when it was decided.",
    "machine_stage": "The stage that was proposed.",
    "machine_model": "The model that proposed it.",
    "path": "Where the file was found.",
    "passage_id": "Names the passage.",
    "page": "The page it stands on.",
    "heading": "The heading above the passage.",
}
"""Columns of the table of decisions that no table of the database has under the same name."""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# Spreadsheets", OPENING)
    yield from ("## The review queue", "", "`goalmap review export`, and back with `goalmap review import`.", "")
    yield from table(("column", "holds", ""), [(code(one.name), text(one.told), _role(one)) for one in QUEUE])
    yield from ("## The activity map", "", "`goalmap report map`; the same rows as data with `-o map.json`.", "")
    yield from table(("column", "holds"), [(code(one.name), text(one.told)) for one in mapping.COLUMNS])
    yield from (
        "## The table of decisions",
        "",
        "`goalmap decisions export decisions.csv`; it is for people and is not read back.",
        "",
    )
    yield from table(("column", "holds"), [(code(name), text(_of_decisions(name))) for name in decisions.COLUMNS])
    yield from (
        "## A gazetteer",
        "",
        "Names with identifiers: `goalmap entities gazetteer FILE.csv`. Only `name` is needed.",
        "",
    )
    yield from table(
        ("column", "may also be called"), [(code(name), text(", ".join(others))) for name, others in _names()]
    )


def _names() -> Iterator[tuple[str, list[str]]]:
    for name in dict.fromkeys(gazetteer_files.FIELDS.values()):
        yield name, [other for other, meant in gazetteer_files.FIELDS.items() if meant == name != other]


def _role(column: Column) -> str:
    return "your answer" if column.is_answer else "hidden in workbooks" if column.is_hidden else ""


def _of_decisions(name: str) -> str:
    return ELSEWHERE[name] if name in ELSEWHERE else meaning_of("decisions", name)
