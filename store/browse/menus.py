"""Entries of Datasette's menus that lead to our pages and questions."""

from typing import Any

from goalmap.store.browse.access import is_ours, may_see
from goalmap.store.browse.datasette_compat import knows_query
from goalmap.store.browse.links import Links
from goalmap.store.browse.questions import ASKED_OF, QUERIES

Entry = dict[str, str]
"""An address and what it is called."""

PAGES = {"passages": Links.passage, "documents": Links.document}
"""The page of a row, by table."""


async def overviews(datasette: Any, actor: dict[str, Any] | None) -> list[Entry]:
    """The overview of each of our databases that this actor may see."""
    seen = [
        name for name in datasette.databases if await is_ours(datasette, name) and await may_see(datasette, actor, name)
    ]
    return [
        {"href": Links(datasette, name).overview(), "label": f"Overview of {name}" if len(seen) > 1 else "Overview"}
        for name in seen
    ]


async def overview(datasette: Any, database: str) -> list[Entry]:
    if not await is_ours(datasette, database):
        return []
    return [{"href": Links(datasette, database).overview(), "label": "Overview"}]


async def questions(datasette: Any, database: str, table: str, actor: dict[str, Any] | None) -> list[Entry]:
    """The overview, and the questions that are asked of a table."""
    if not await is_ours(datasette, database):
        return []
    asked = [name for name in ASKED_OF.get(table, ()) if await knows_query(datasette, actor, database, name)]
    links = Links(datasette, database)
    return [
        *await overview(datasette, database),
        *({"href": links.query(name), "label": QUERIES[name].title} for name in asked),
    ]


async def page_of_row(datasette: Any, database: str, table: str, row: Any) -> list[Entry]:
    if table not in PAGES or not await is_ours(datasette, database):
        return []
    return [{"href": PAGES[table](Links(datasette, database), row["id"]), "label": "Read it in its place"}]
