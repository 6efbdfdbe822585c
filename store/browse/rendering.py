"""The database that a request names, and the answer as a page of ours."""

from typing import Any

from datasette import Forbidden, NotFound, Response
from datasette.utils import tilde_decode

from goalmap.ingest.document import FURNITURE, Kind
from goalmap.store.browse.access import is_ours, may_see
from goalmap.store.browse.frame import told_to_readers
from goalmap.store.browse.links import Links
from goalmap.store.browse.sign_in import HELP
from goalmap.store.browse.values import ENTITY_WORDS, STATUS_WORDS, score_bar, shortened


async def asked_database(datasette: Any, request: Any) -> Any:
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


def asked_id(request: Any) -> str:
    return str(tilde_decode(request.url_vars["id"]))


async def rendered(
    datasette: Any,
    request: Any,
    db: Any,
    template: str,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Any:
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
    html = await datasette.render_template(f"goalmap_{template}.html", shown, request=request)
    return Response.html(told_to_readers(html), status=status, headers=headers)
