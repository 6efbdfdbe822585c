"""From a request to one of our pages."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from datasette import NotFound, Response

from goalmap.store.browse.activities.fresh import brought_up_to_date
from goalmap.store.browse.activities.views import ACTIVITY_VIEWS
from goalmap.store.browse.adding.views import view_add, view_add_file, view_add_read, view_add_reading, view_add_stop
from goalmap.store.browse.assets import view_asset
from goalmap.store.browse.bulk.views import view_bulk_decision, view_bulk_decisions, view_bulk_list, view_bulk_preview
from goalmap.store.browse.dashboard.views import view_dashboard
from goalmap.store.browse.datasette_compat import knows_query
from goalmap.store.browse.entities.views import view_entities, view_entity, view_repair
from goalmap.store.browse.links import STYLE, Links
from goalmap.store.browse.pages import document_page, overview, passage_page
from goalmap.store.browse.questions import QUERIES
from goalmap.store.browse.queue.views import QUEUE_VIEWS
from goalmap.store.browse.rendering import asked_database, asked_id, rendered
from goalmap.store.browse.review.views import view_review
from goalmap.store.browse.sources.page_images import pages_shown
from goalmap.store.browse.sources.views import view_original, view_page_image


async def view_overview(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    known = {
        name: query for name, query in QUERIES.items() if await knows_query(datasette, request.actor, db.name, name)
    }
    await brought_up_to_date(datasette, db)
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
    seen = pages_shown(page.passage, page.passage)
    return await rendered(datasette, request, db, "passage", page=page, pages_shown=seen)


async def view_style(datasette: Any, request: Any) -> Any:
    """Our stylesheet, where urls.static_plugins says; on Python 3.11 Datasette looks for none beside a module."""
    headers = {"cache-control": "max-age=86400"}
    return Response(STYLE.read_text("utf-8"), content_type="text/css; charset=utf-8", headers=headers)


VIEWS: dict[str, Callable[[Any, Any], Awaitable[Any]]] = {
    "style": view_style,
    "overview": view_overview,
    "dashboard": view_dashboard,
    "document": view_document,
    "original": view_original,
    "passage": view_passage,
    "page_image": view_page_image,
    "entity": view_entity,
    "entities": view_entities,
    "repair": view_repair,
    "review": view_review,
    "bulk_list": view_bulk_list,
    "bulk_preview": view_bulk_preview,
    "bulk_decisions": view_bulk_decisions,
    "bulk_decision": view_bulk_decision,
    "asset": view_asset,
    "add": view_add,
    "add_file": view_add_file,
    "add_reading": view_add_reading,
    "add_read": view_add_read,
    "add_stop": view_add_stop,
    **ACTIVITY_VIEWS,
    **QUEUE_VIEWS,
}


def _asked_part(request: Any) -> int:
    part = request.args.get("part") or "1"
    return int(part) if re.fullmatch(r"[0-9]{1,6}", part) else 1
