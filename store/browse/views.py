"""From a request to one of our pages."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from datasette import NotFound, Response

from goalmap.store.browse.datasette_compat import knows_query
from goalmap.store.browse.entity_views import view_entities, view_entity, view_repair
from goalmap.store.browse.links import STYLE, Links
from goalmap.store.browse.pages import document_page, overview, passage_page
from goalmap.store.browse.questions import QUERIES
from goalmap.store.browse.rendering import asked_database, asked_id, rendered


async def view_overview(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    known = {
        name: query for name, query in QUERIES.items() if await knows_query(datasette, request.actor, db.name, name)
    }
    return await rendered(datasette, request, db, "overview", page=await db.execute_fn(overview), queries=known)


async def view_document(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    page = await db.execute_fn(partial(document_page, id=asked_id(request), part=_asked_part(request)))
    if page is None:
        raise NotFound("There is no document of that id in this database.")
    return await rendered(datasette, request, db, "document", page=page)


async def view_passage(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    address = Links(datasette, db.name).entity
    page = await db.execute_fn(partial(passage_page, id=asked_id(request), address=address))
    if page is None:
        raise NotFound("There is no passage of that id in this database.")
    return await rendered(datasette, request, db, "passage", page=page)


async def view_style(datasette: Any, request: Any) -> Any:
    """Our stylesheet, where urls.static_plugins says; on Python 3.11 Datasette looks for none beside a module."""
    headers = {"cache-control": "max-age=86400"}
    return Response(STYLE.read_text("utf-8"), content_type="text/css; charset=utf-8", headers=headers)


VIEWS: dict[str, Callable[[Any, Any], Awaitable[Any]]] = {
    "style": view_style,
    "overview": view_overview,
    "document": view_document,
    "passage": view_passage,
    "entity": view_entity,
    "entities": view_entities,
    "repair": view_repair,
}


def _asked_part(request: Any) -> int:
    part = request.args.get("part") or "1"
    return int(part) if re.fullmatch(r"[0-9]{1,6}", part) else 1
