"""From a request to the queue as a file: out, handed in, looked at, taken over."""

import asyncio
import os
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from datasette import NotFound, Response

from goalmap.ingest.errors import GoalmapError
from goalmap.store.browse.adding.access import asked_for_writing, name_of, path_of
from goalmap.store.browse.adding.files import Body, BrokenOff, largest, received
from goalmap.store.browse.adding.names import NotAdded, clean
from goalmap.store.browse.adding.views import BYTES, refuse_by_length
from goalmap.store.browse.assets import asset_address
from goalmap.store.browse.forms import HEADERS, form_of, one
from goalmap.store.browse.links import Links
from goalmap.store.browse.queue.files import DESK, FORMS, HandedIn, choices, title_of, wish_of, written_queue
from goalmap.store.browse.rendering import asked_id, rendered
from goalmap.store.browse.sources.views import GUARDED, Download, disposition

GONE = "This queue is not here any longer: it was left, or goalmap serve was started again. Hand it in once more."


async def view_queue(datasette: Any, request: Any) -> Any:
    db = await asked_for_writing(datasette, request)
    return await _page(datasette, request, db)


async def _page(datasette: Any, request: Any, db: Any, status: int = 200, **context: Any) -> Any:
    document = request.args.get("document") or ""
    title = await db.execute_fn(partial(title_of, document=document)) if document else None
    told = {
        "choices": await db.execute_fn(choices),
        "document": document if title else "",
        "document_title": title,
        "path": path_of(db),
        "limit": largest(),
        "assets": _assets(datasette),
        **context,
    }
    return await rendered(datasette, request, db, "queue", status=status, headers=HEADERS, **told)


def _assets(datasette: Any) -> dict[str, str]:
    return {name: asset_address(datasette, name) for name in ("adding.js", "adding.css")}


async def view_queue_download(datasette: Any, request: Any) -> Any:
    """The queue as a file; its state is remembered for the day it comes back."""
    db = await asked_for_writing(datasette, request, "POST")
    wish = wish_of({name: values[-1] for name, values in form_of(await request.post_body()).items()})
    try:
        file = await asyncio.to_thread(written_queue, path_of(db), wish)
    except GoalmapError as problem:
        return await _page(datasette, request, db, status=400, problem=str(problem))
    return _attached(file, wish.name, FORMS[wish.form])


def _attached(file: Any, name: str, media_type: str) -> Download:
    headers = {
        **GUARDED,
        "cache-control": "no-store",
        "content-type": media_type,
        "content-disposition": disposition("attachment", name),
        "content-length": str(os.fstat(file.fileno()).st_size),
    }
    return Download(cast(BinaryIO, file), headers, is_bare=False)


async def view_queue_upload(datasette: Any, request: Any) -> Any:
    """A queue that is handed in, sent as the body of the request."""
    db = await asked_for_writing(datasette, request, "POST")
    body = Body(request.receive)
    try:
        kept = await _handed_in(request, body, db)
    except NotAdded as problem:
        await body.drain()
        return Response.json({"ok": False, "reason": str(problem)}, status=problem.status, headers=HEADERS)
    except BrokenOff:
        return Response.json({"ok": False, "reason": "The file was broken off. Nothing of it is kept."}, status=400)
    return Response.json({"ok": True, "address": Links(datasette, db.name).queue(kept.id)}, headers=HEADERS)


async def _handed_in(request: Any, body: Body, db: Any) -> HandedIn:
    if request.headers.get("content-type") != BYTES:
        raise NotAdded("The file was not sent by goalmap's own page.", 415)
    refuse_by_length(request, largest())
    folder = DESK.new_folder()
    name = clean((request.args.get("name") or "").rpartition("/")[2])
    arrived = await received(body, folder, PurePosixPath(name), largest())
    return DESK.keep(folder / arrived.place, name_of(request), path_of(db))


async def view_handed_in(datasette: Any, request: Any) -> Any:
    """What taking a queue over would do or, where it was taken over, what that did."""
    db = await asked_for_writing(datasette, request)
    return await _shown(datasette, request, db, _asked(request, db))


async def _shown(datasette: Any, request: Any, db: Any, kept: HandedIn) -> Any:
    told, problem = kept.outcome, ""
    try:
        told = told or await asyncio.to_thread(kept.preview)
    except GoalmapError as found:
        problem = str(found)
        DESK.drop(kept)
    context = {"kept": kept, "told": told, "problem": problem, "assets": _assets(datasette)}
    return await rendered(
        datasette, request, db, "queue_taken", status=400 if problem else 200, headers=HEADERS, **context
    )


def _asked(request: Any, db: Any) -> HandedIn:
    kept = DESK.find(asked_id(request), name_of(request), path_of(db))
    if kept is None:
        raise NotFound(GONE)
    return kept


async def view_queue_take(datasette: Any, request: Any) -> Any:
    """A queue, once it was looked at, taken over."""
    db = await asked_for_writing(datasette, request, "POST")
    kept = _asked(request, db)
    form = form_of(await request.post_body())
    try:
        await asyncio.to_thread(kept.take, bool(one(form, "partial")))
    except GoalmapError as problem:
        return await _page(datasette, request, db, status=409, problem=str(problem))
    return Response.redirect(Links(datasette, db.name).queue(kept.id))


async def view_queue_leave(datasette: Any, request: Any) -> Any:
    db = await asked_for_writing(datasette, request, "POST")
    DESK.drop(_asked(request, db))
    return Response.redirect(Links(datasette, db.name).queue())


async def view_queue_conflicts(datasette: Any, request: Any) -> Any:
    """The conflicts of a queue that was taken over, as a CSV."""
    db = await asked_for_writing(datasette, request)
    kept = _asked(request, db)
    file = await asyncio.to_thread(kept.conflicts)
    return _attached(file, f"{kept.path.stem}-conflicts.csv", FORMS["csv"])


QUEUE_VIEWS = {
    "queue": view_queue,
    "queue_download": view_queue_download,
    "queue_upload": view_queue_upload,
    "handed_in": view_handed_in,
    "queue_take": view_queue_take,
    "queue_leave": view_queue_leave,
    "queue_conflicts": view_queue_conflicts,
}
