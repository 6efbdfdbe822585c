"""From a request to the page that a passage stands on, and to the file that a document was read from."""

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from os import fstat
from typing import Any, BinaryIO
from urllib.parse import quote

from datasette import NotFound, Response

from goalmap.store.browse.rendering import asked_database, asked_id
from goalmap.store.browse.sources.originals import NotServed, Original, opened, original_of
from goalmap.store.browse.sources.page_images import fingerprint, marked, picture

ENLARGED = {"1": 1.0, "2": 2.0}
"""What may be asked for as scale."""
INLINE = {
    "application/pdf": "application/pdf",
    "text/plain": "text/plain",
    "image/png": "image/png",
    "image/jpeg": "image/jpeg",
    "image/gif": "image/gif",
    "image/webp": "image/webp",
}
"""What a browser shows by itself and runs nothing of; all else is saved as a file."""
BYTES = "application/octet-stream"
PIECE = 256 * 1024
LONGEST_LOOK = 64 * 1024
GUARDED = {"x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-origin"}
NOTHING_RUNS = "sandbox; default-src 'none'"
NO_PAGE = "This passage cannot be shown on a page: only those of PDFs stand on one, as the file was read last."

Send = Callable[[dict[str, Any]], Awaitable[None]]


async def view_page_image(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    try:
        passage = await db.execute_fn(partial(marked, id=asked_id(request)))
    except KeyError:
        raise NotFound("There is no passage of that id in this database.") from None
    page = _asked_page(request, passage.pages if passage else [])
    if passage is None or page is None:
        return _told(404, f"This passage does not stand on that page but on {passage.pages}." if passage else NO_PAGE)
    order = passage.order(page, ENLARGED.get(request.args.get("scale") or "1", 1.0))
    headers = {**GUARDED, "cache-control": "private, no-cache", "etag": f'"{fingerprint(order)}"'}
    if headers["etag"] in (request.headers.get("if-none-match") or ""):
        return Response("", status=304, headers=headers)
    try:
        return Response(await picture(order), headers=headers, content_type="image/png")
    except NotServed as problem:
        return _told(problem.status, str(problem))


def _asked_page(request: Any, pages: list[int]) -> int | None:
    asked = request.args.get("page") or str(pages[0] if pages else "")
    return next((page for page in pages if str(page) == asked), None)


def _told(status: int, words: str) -> Any:
    return Response.text(words, status=status, headers=GUARDED)


async def view_original(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    original = await db.execute_fn(partial(original_of, id=asked_id(request)))
    if original is None:
        raise NotFound("There is no document of that id in this database.")
    try:
        file = await asyncio.to_thread(opened, original)
    except NotServed as problem:
        context = {"title": "The original file cannot be opened", "error": str(problem)}
        html = await datasette.render_template("error.html", context, request=request)
        return Response.html(html, status=problem.status)
    return Download(file, headers_of(original, file), is_bare=request.method == "HEAD")


def headers_of(original: Original, file: BinaryIO) -> dict[str, str]:
    """How a browser is to take the file: shown where nothing in it can run, saved where it can."""
    shown = INLINE.get(original.media_type or "")
    return {
        **GUARDED,
        "cache-control": "private, no-cache",
        "content-type": _with_letters(shown, file) if shown else BYTES,
        "content-disposition": disposition("inline" if shown else "attachment", original.name),
        "content-length": str(fstat(file.fileno()).st_size),
        "content-security-policy": NOTHING_RUNS,
    }


def _with_letters(shown: str, file: BinaryIO) -> str:
    """A type with the letters' encoding, which browsers do not look for in a text."""
    if shown != "text/plain":
        return shown
    start = file.read(LONGEST_LOOK)
    file.seek(0)
    return f"{shown}; charset={'utf-8' if _is_utf_8(start) else 'windows-1252'}"


def _is_utf_8(start: bytes) -> bool:
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(start) == LONGEST_LOOK and error.start > LONGEST_LOOK - 4
    return True


def disposition(how: str, name: str) -> str:
    """A header that gives a file's name to old programs and to new ones, and that no name breaks out of (RFC 6266, 5987).

    >>> disposition("inline", 'caf\\u00e9 "1".pdf')
    'inline; filename="caf_ _1_.pdf"; filename*=UTF-8\\'\\'caf%C3%A9%20%221%22.pdf'
    """
    seen = "".join(letter for letter in name if not unicodedata.category(letter).startswith("C")) or "file"
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in " .-_()") else "_" for letter in seen)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(seen, safe='')}"


@dataclass(frozen=True, slots=True)
class Download:
    """An answer that sends a file piece by piece."""

    file: BinaryIO
    headers: dict[str, str]
    is_bare: bool
    """Whether only the headers are asked for."""

    async def asgi_send(self, send: Send) -> None:
        with closing(self.file):
            headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in self.headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            left = 0 if self.is_bare else int(self.headers["content-length"])
            while left and (piece := await asyncio.to_thread(self.file.read, min(PIECE, left))):
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})

    def set_cookie(self, *told: Any, **more: Any) -> None:
        """Datasette's messages wait for a page."""
