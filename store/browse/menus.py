"""Entries of Datasette's menus that lead to our pages and questions."""

from collections.abc import Callable
from typing import Any

from goalmap.store.browse.access import is_ours, may_see
from goalmap.store.browse.datasette_compat import knows_query
from goalmap.store.browse.links import Links
from goalmap.store.browse.questions import ASKED_OF, QUERIES

Entry = dict[str, str]
"""An address and what it is called."""

PAGES: dict[str, tuple[Callable[[Links, str], str], str]] = {
    "passages": (Links.passage, "Read it in its place"),
    "documents": (Links.document, "Read it in its place"),
    "entities": (Links.entity, "All that is told of it"),
    "activities": (Links.activity, "All that is told of it"),
}
"""The page of a row and what it is called, by table."""
LISTS = {"people": "People", "organisations": "Organisations", "initiatives": "Initiatives"}
LISTED_IN = frozenset(
    {
        "entities",
        "mentions",
        "roles",
        "memberships",
        "quotations",
        "activities",
        "activity_passages",
        "activity_decisions",
    }
)
"""Tables from which the lists are reached."""


async def overviews(datasette: Any, actor: dict[str, Any] | None) -> list[Entry]:
    """The overview of each of our databases that this actor may see; of a single one also its lists."""
    seen = [
        name for name in datasette.databases if await is_ours(datasette, name) and await may_see(datasette, actor, name)
    ]
    found = [
        {"href": Links(datasette, name).overview(), "label": f"Overview of {name}" if len(seen) > 1 else "Overview"}
        for name in seen
    ]
    if len(seen) != 1:
        return found
    return [
        *found,
        *pictures(datasette, seen[0]),
        *many(datasette, seen[0]),
        *lists(datasette, seen[0]),
        *(files(datasette, seen[0]) if actor else ()),
    ]


async def overview(datasette: Any, database: str) -> list[Entry]:
    if not await is_ours(datasette, database):
        return []
    return [
        {"href": Links(datasette, database).overview(), "label": "Overview"},
        *pictures(datasette, database),
        *many(datasette, database),
        *lists(datasette, database),
        *files(datasette, database),
    ]


def pictures(datasette: Any, database: str) -> list[Entry]:
    """Where a database is shown in pictures."""
    return [{"href": Links(datasette, database).dashboard(), "label": "Dashboard"}]


def files(datasette: Any, database: str) -> list[Entry]:
    """Where files come in and go out, if the database is open for writing."""
    if not datasette.databases[database].is_mutable:
        return []
    links = Links(datasette, database)
    return [{"href": links.add(), "label": "Add documents"}, {"href": links.queue(), "label": "Queue as a file"}]


def many(datasette: Any, database: str) -> list[Entry]:
    """Where proposals are decided on, one passage after another or many at once."""
    links = Links(datasette, database)
    return [{"href": links.review(), "label": "Review"}, {"href": links.bulk(), "label": "Decide on many"}]


def lists(datasette: Any, database: str) -> list[Entry]:
    """The lists of activities, people, organisations and initiatives."""
    links = Links(datasette, database)
    entities = ({"href": links.entities(name), "label": label} for name, label in LISTS.items())
    return [{"href": links.activities(), "label": "Activities"}, *entities]


async def questions(datasette: Any, database: str, table: str, actor: dict[str, Any] | None) -> list[Entry]:
    """The overview, and the questions that are asked of a table."""
    if not await is_ours(datasette, database):
        return []
    asked = [name for name in ASKED_OF.get(table, ()) if await knows_query(datasette, actor, database, name)]
    links = Links(datasette, database)
    return [
        {"href": links.overview(), "label": "Overview"},
        *(many(datasette, database) if table == "proposals" else ()),
        *(lists(datasette, database) if table in LISTED_IN else ()),
        *({"href": links.query(name), "label": QUERIES[name].title} for name in asked),
    ]


async def page_of_row(datasette: Any, database: str, table: str, row: Any) -> list[Entry]:
    if table not in PAGES or not await is_ours(datasette, database):
        return []
    address, label = PAGES[table]
    return [{"href": address(Links(datasette, database), row["id"]), "label": label}]
