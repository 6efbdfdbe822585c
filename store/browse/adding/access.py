"""Who may add documents and hand in a queue: whoever is signed in, from our own pages, where the database is open for writing."""

from pathlib import Path
from typing import Any

from datasette import Forbidden, NotFound

from goalmap.store.browse.rendering import asked_database
from goalmap.store.browse.sign_in import HELP

READ_ONLY = "This database is open for reading only: nothing can be added here."
NAMELESS = "Whoever signed you in gave you no name, and nothing is written without one."
OTHER_SITE = "This was sent by another website. Nothing was done."
OURS = (None, "same-origin", "none")
"""What a browser says of where a request comes from, when that is our own page; old browsers say nothing."""


async def asked_for_writing(datasette: Any, request: Any, *methods: str) -> Any:
    """The database that a request would change. Raises NotFound or Forbidden."""
    db = await asked_database(datasette, request)
    if request.actor is None:
        raise Forbidden(HELP)
    if not name_of(request):
        raise Forbidden(NAMELESS)
    if not db.is_mutable or not db.path:
        raise NotFound(READ_ONLY)
    if request.method not in (methods or ("GET", "HEAD")):
        raise NotFound("There is nothing to see at this address.")
    if request.method == "POST" and request.headers.get("sec-fetch-site") not in OURS:
        raise Forbidden(OTHER_SITE)
    return db


def path_of(db: Any) -> Path:
    """The file of a database that Datasette has open."""
    return Path(db.path).resolve()


def name_of(request: Any) -> str:
    """Who is signed in, as decisions will name them."""
    return str(request.actor.get("id") or request.actor.get("name") or "")
