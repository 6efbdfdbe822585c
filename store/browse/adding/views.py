"""From a request to the page on which documents are added, to a file that is sent, and to the reading of what was sent."""

from functools import partial
from pathlib import Path
from typing import Any

from datasette import Response

from goalmap.classify.goals import frameworks
from goalmap.store.browse.adding.access import asked_for_writing, name_of, path_of
from goalmap.store.browse.adding.files import (
    Body,
    BrokenOff,
    Kept,
    folder_of,
    largest,
    received,
    too_large,
)
from goalmap.store.browse.adding.jobs import JOBS
from goalmap.store.browse.adding.names import NotAdded, place_of
from goalmap.store.browse.adding.rows import account, added
from goalmap.store.browse.assets import asset_address
from goalmap.store.browse.forms import HEADERS, form_of
from goalmap.store.browse.links import Links
from goalmap.store.browse.rendering import rendered

BYTES = "application/octet-stream"
"""What a form of another website cannot send without asking first."""
DEFAULT = "purpose-goals"


async def view_add(datasette: Any, request: Any) -> Any:
    db = await asked_for_writing(datasette, request)
    context = {
        "choices": _choices(),
        "default": DEFAULT,
        "limit": largest(),
        "assets": {name: asset_address(datasette, name) for name in ("adding.js", "adding.css")},
        **await _standing(db),
    }
    return await rendered(datasette, request, db, "add", headers=HEADERS, **context)


async def view_add_reading(datasette: Any, request: Any) -> Any:
    """How the reading stands: the part of the page that changes."""
    db = await asked_for_writing(datasette, request)
    return await rendered(datasette, request, db, "add_reading", headers=HEADERS, **await _standing(db))


async def _standing(db: Any) -> dict[str, Any]:
    path = path_of(db)
    folder = folder_of(path)
    page = await db.execute_fn(partial(added, folder=folder))
    return {"path": path, "folder": folder, "page": page, "account": account(JOBS.of(path))}


def _choices() -> dict[str, str]:
    """The shipped frameworks: what each is called, by its id."""
    found = (frameworks.load(name) for name in frameworks.names())
    return {one.id: f"{one.name}, {sum(not goal.parent for goal in one.goals)} goals" for one in found}


async def view_add_file(datasette: Any, request: Any) -> Any:
    """One file, sent as the body of the request."""
    db = await asked_for_writing(datasette, request, "POST")
    body = Body(request.receive)
    try:
        kept = await _kept(request, body, folder_of(path_of(db)))
    except NotAdded as problem:
        await body.drain()
        return Response.json({"ok": False, "reason": str(problem)}, status=problem.status, headers=HEADERS)
    except BrokenOff:
        return Response.json({"ok": False, "reason": "The file was broken off. Nothing of it is kept."}, status=400)
    told = {"ok": True, "name": str(kept.place), "size": kept.size, "is_new": kept.is_new}
    return Response.json(told, headers=HEADERS)


async def _kept(request: Any, body: Body, folder: Path) -> Kept:
    if request.headers.get("content-type") != BYTES:
        raise NotAdded("The file was not sent by goalmap's own page.", 415)
    place = place_of(request.args.get("name") or "")
    refuse_by_length(request, largest())
    return await received(body, folder, place, largest())


def refuse_by_length(request: Any, limit: int) -> None:
    """Refuse what says itself that it is too large. Raises NotAdded."""
    declared = request.headers.get("content-length") or "0"
    if not declared.isdecimal() or int(declared) > limit:
        raise too_large(limit)


async def view_add_read(datasette: Any, request: Any) -> Any:
    """Begin to read what was added; where a reading goes on, it takes that up afterwards."""
    db = await asked_for_writing(datasette, request, "POST")
    form = form_of(await request.post_body())
    path = path_of(db)
    page = await db.execute_fn(partial(added, folder=folder_of(path)))
    asked = () if page.frameworks else [name for name in form.get("framework", ()) if name in frameworks.names()]
    if folder_of(path).is_dir():
        JOBS.start(path, asked, name_of(request))
    return Response.redirect(Links(datasette, db.name).add())


async def view_add_stop(datasette: Any, request: Any) -> Any:
    db = await asked_for_writing(datasette, request, "POST")
    if job := JOBS.of(path_of(db)):
        job.stop()
    return Response.redirect(Links(datasette, db.name).add())
