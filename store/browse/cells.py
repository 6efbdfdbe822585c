"""Cells of Datasette's tables and query results, as ours are shown."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from goalmap.store.browse.links import Links
from goalmap.store.browse.page_rows import document_name, name_of, passage_text
from goalmap.store.browse.values import json_list, json_value, score_bar, shortened, spans

SHORT = 80
LONG = 600
NOTHING = Markup("<span></span>")
"""Datasette would show an empty text as the value that it stands for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that Datasette is about to show."""

    row: Any
    value: Any
    database: str
    datasette: Any

    @property
    def links(self) -> Links:
        return Links(self.datasette, self.database)

    @property
    def label(self) -> str:
        return str(self.value["label"] or "") if isinstance(self.value, dict) else ""

    async def read(self, function: Callable[[sqlite3.Connection], str]) -> str:
        return str(await self.datasette.get_database(self.database).execute_fn(function))

    def beside(self, column: str) -> Any:
        """Another value of the same row, also where Datasette has put a label to it."""
        value = self.row[column]
        return value["value"] if isinstance(value, dict) else value


def bare(value: Any) -> str:
    return str(value["value"] if isinstance(value, dict) else value)


def _link(href: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text)


async def passage_cell(cell: Cell) -> Markup:
    id = bare(cell.value)
    return _link(cell.links.passage(id), shortened(cell.label, SHORT) or id)


async def document_cell(cell: Cell) -> Markup:
    id = bare(cell.value)
    if "document" in cell.row.keys():  # noqa: SIM118 - a sqlite3.Row has its values in it, not its columns
        return _link(cell.links.document(id), id)
    name = cell.label or await cell.read(partial(document_name, id=id))
    return _link(cell.links.document(id), shortened(name, SHORT))


async def entity_cell(cell: Cell) -> Markup:
    id = bare(cell.value)
    return _link(cell.links.entity(id), cell.label or id)


async def entity_name_cell(cell: Cell) -> Markup:
    return _link(cell.links.entity(cell.beside("id")), bare(cell.value))


async def title_cell(cell: Cell) -> Markup:
    document = {"title": cell.value, "path": cell.beside("path")}
    return _link(cell.links.document(cell.beside("id")), name_of(document))


async def text_cell(cell: Cell) -> Markup:
    """A passage's text, and the way to its page: Datasette shows no id in a table."""
    text, place = shortened(cell.value, LONG), _link(cell.links.passage(cell.beside("id")), "in its place")
    return Markup('<span dir="auto">{}</span> <span class="gm-place">{}</span>').format(text, place)


async def activity_cell(cell: Cell) -> Markup:
    id = bare(cell.value)
    return _link(cell.links.activity(id), shortened(cell.label, SHORT) or id)


async def activity_title_cell(cell: Cell) -> Markup:
    return _link(cell.links.activity(cell.beside("id")), bare(cell.value))


async def figures_cell(cell: Cell) -> Markup | None:
    """The newest reading of each figure of an activity."""
    found = (figure for figure in json_list(cell.value) if isinstance(figure, dict) and figure.get("readings"))
    return _items(f"{figure['readings'][0]['words']} {figure['what'] or ''}".strip() for figure in found) or NOTHING


async def score_cell(cell: Cell) -> Markup | None:
    fits = isinstance(cell.value, int | float) and 0 <= cell.value <= 1
    return score_bar(cell.value) if fits else None


async def list_cell(cell: Cell) -> Markup | None:
    return _items(map(str, json_list(cell.value))) if json_value(cell.value) != [] else NOTHING


async def evidence_cell(cell: Cell) -> Markup | None:
    text = await cell.read(partial(passage_text, id=cell.beside("passage_id")))
    return _items(f"“{text[start:end]}”" for start, end in spans(cell.value) if text[start:end])


async def boxes_cell(cell: Cell) -> Markup | None:
    boxes = [box for box in json_list(cell.value) if isinstance(box, list) and len(box) == 5]
    pages = sorted({box[0] for box in boxes if isinstance(box[0], int)})
    return _items(f"page {page}: {_many(sum(box[0] == page for box in boxes), 'line')}" for page in pages)


async def settings_cell(cell: Cell) -> Markup | None:
    found = json_value(cell.value)
    return _items(f"{key}: {value}" for key, value in found.items()) if isinstance(found, dict) else None


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _items(texts: Iterable[str]) -> Markup | None:
    items = Markup().join(Markup("<li>{}</li>").format(text) for text in texts)
    return Markup('<ul class="gm-list" role="list">{}</ul>').format(items) if items else None


ANY = None
ENTITY_COLUMNS = ("entity_id", "person_id", "organisation_id", "speaker_id", "member_id", "owner_id", "initiative_id")
"""Columns that hold the id of a person, organisation or initiative."""
CELLS: dict[tuple[str | None, str], Callable[[Cell], Awaitable[Markup | None]]] = {
    ("documents", "id"): document_cell,
    ("documents", "title"): title_cell,
    ("passages", "id"): passage_cell,
    ("passages", "text"): text_cell,
    ("passages", "boxes"): boxes_cell,
    ("proposals", "evidence"): evidence_cell,
    ("runs", "settings"): settings_cell,
    ("runs", "counts"): settings_cell,
    ("activities", "id"): activity_cell,
    ("activities", "title"): activity_title_cell,
    ("activities", "figures"): figures_cell,
    ("activities", "partners"): list_cell,
    ("activities", "beneficiaries"): list_cell,
    ("activities", "edited"): list_cell,
    ("entities", "id"): entity_cell,
    ("entities", "name"): entity_name_cell,
    **{(ANY, column): entity_cell for column in ENTITY_COLUMNS},
    (ANY, "activity_id"): activity_cell,
    (ANY, "passage_id"): passage_cell,
    (ANY, "other_passage_id"): passage_cell,
    (ANY, "document_id"): document_cell,
    (ANY, "duplicate_of"): document_cell,
    (ANY, "content_of"): document_cell,
    (ANY, "parent_id"): document_cell,
    (ANY, "twin_of"): document_cell,
    (ANY, "likeness"): score_cell,
    (ANY, "copy_of"): passage_cell,
    (ANY, "replaced_by"): passage_cell,
    (ANY, "score"): score_cell,
    (ANY, "runner_up_score"): score_cell,
    (ANY, "aliases"): list_cell,
    (ANY, "goals"): list_cell,
}
"""How a column is shown, in one table or in any table and query."""

SHOWN_WHEN_EMPTY = {("documents", "title")}


async def shown(cell: Cell, table: str | None, column: str) -> Markup | None:
    """The cell in our way; None leaves it to Datasette."""
    show = CELLS.get((table, column)) or CELLS.get((ANY, column))
    if show is None or (cell.value is None and (table, column) not in SHOWN_WHEN_EMPTY):
        return None
    return await show(cell)
