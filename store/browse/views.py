"""From a request to one of our pages."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from datasette import Forbidden, NotFound, Response
from datasette.utils import tilde_decode

from goalmap.ingest.document import FURNITURE, Kind
from goalmap.store.browse.access import is_ours, may_see
from goalmap.store.browse.datasette_compat import knows_query
from goalmap.store.browse.links import STYLE, Links
from goalmap.store.browse.pages import document_page, overview, passage_page
from goalmap.store.browse.questions import QUERIES
from goalmap.store.browse.sign_in import HELP
from goalmap.store.browse.values import ENTITY_WORDS, STATUS_WORDS, score_bar, shortened


async def view_overview(datasette: Any, request: Any) -> Any:
    db = await _open(datasette, request)
    known = {
        name: query for name, query in QUERIES.items() if await knows_query(datasette, request.actor, db.name, name)
    }
    return await _render(datasette, request, db, "overview", page=await db.execute_fn(overview), queries=known)


async def view_document(datasette: Any, request: Any) -> Any:
    db = await _open(datasette, request)
    page = await db.execute_fn(partial(document_page, id=_asked_id(request), part=_asked_part(request)))
    if page is None:
        raise NotFound("There is no document of that id in this database.")
    return await _render(datasette, request, db, "document", page=page)


async def view_passage(datasette: Any, request: Any) -> Any:
    db = await _open(datasette, request)
    page = await db.execute_fn(partial(passage_page, id=_asked_id(request)))
    if page is None:
        raise NotFound("There is no passage of that id in this database.")
    return await _render(datasette, request, db, "passage", page=page)


async def view_style(datasette: Any, request: Any) -> Any:
    """Our stylesheet, where urls.static_plugins says; on Python 3.11 Datasette looks for none beside a module."""
    headers = {"cache-control": "max-age=86400"}
    return Response(STYLE.read_text("utf-8"), content_type="text/css; charset=utf-8", headers=headers)


VIEWS: dict[str, Callable[[Any, Any], Awaitable[Any]]] = {
    "style": view_style,
    "overview": view_overview,
    "document": view_document,
    "passage": view_passage,
}


async def _open(datasette: Any, request: Any) -> Any:
    """The database that a request names, if it is ours and the actor may see it."""
    try:
        db = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    except KeyError:
        raise NotFound("There is no database of that name here.") from None
    if not await may_see(datasette, request.actor, db.name):
        raise Forbidden(HELP if request.actor is None else "You may not see this database.")
    if not await is_ours(datasette, db.name):
        raise NotFound("This is not a goalmap database.")
    return db


def _asked_id(request: Any) -> str:
    return str(tilde_decode(request.url_vars["id"]))


def _asked_part(request: Any) -> int:
    part = request.args.get("part") or "1"
    return int(part) if re.fullmatch(r"[0-9]{1,6}", part) else 1


async def _render(datasette: Any, request: Any, db: Any, template: str, **context: Any) -> Any:
    shown = {
        "database": db.name,
        "links": Links(datasette, db.name),
        "score_bar": score_bar,
        "shortened": shortened,
        "furniture": {kind.value for kind in FURNITURE},
        "headings": {Kind.TITLE.value, Kind.HEADING.value},
        "entity_words": ENTITY_WORDS,
        "status_words": STATUS_WORDS,
        **context,
    }
    return Response.html(await datasette.render_template(f"goalmap_{template}.html", shown, request=request))
