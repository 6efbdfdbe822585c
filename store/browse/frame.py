"""What Datasette's frame does not tell a screen reader or a keyboard: the language, where a page begins, what a field is for."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from goalmap.store.browse import sign_in

SKIP = '<a class="gm-to-content" href="#gm-content">Skip to the content</a>'
STYLE = (
    "<style>.gm-to-content:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; "
    "clip-path: inset(50%); white-space: nowrap; } .gm-to-content { display: inline-block; padding: 0.6rem 1rem; }"
    " #gm-content:focus { outline: none; }</style>"
)
TOLD = {
    "<html>": '<html lang="en">',
    "</head>": f"{STYLE}</head>",
    '<div class="not-footer">': f'<div class="not-footer">{SKIP}',
    '<section class="content">': '<section class="content" id="gm-content" role="main" tabindex="-1">',
}
"""What stands once on each page, and what we say instead."""
NAMED = {
    '<select name="_filter_column': '<select aria-label="Column" name="_filter_column',
    '<select name="_filter_op': '<select aria-label="How it is compared" name="_filter_op',
    '<input type="text" name="_filter_value': '<input type="text" aria-label="Value" name="_filter_value',
    '<select name="_sort': '<select aria-label="Sorted by" name="_sort',
}
"""Fields of Datasette's own pages that have no label."""
EDITOR = """<script>addEventListener("load", () => setTimeout(() => {
  for (const field of document.querySelectorAll(".CodeMirror textarea, .cm-content")) field.setAttribute("aria-label", "SQL");
}))</script></body>"""
"""The editor that Datasette makes of a field of SQL is named once it is there."""
TYPE, LENGTH = b"content-type", b"content-length"

Scope = MutableMapping[str, Any]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Callable[[], Awaitable[Any]], Send], Awaitable[None]]


def told_to_readers(html: str) -> str:
    """A page with the language, a link past the menu, and a main part; one that has them stays as it is."""
    if SKIP in html:
        return html
    for plain, told in TOLD.items():
        html = html.replace(plain, told, 1)
    return html


def _datasettes_own(html: str) -> str:
    """A page that is not ours, with its fields named and no level of heading left out; a part of a page stays as it is."""
    if SKIP in html or "<html" not in html:
        return html
    for plain, told in NAMED.items():
        html = html.replace(plain, told)
    if 'id="sql-editor"' in html:
        html = html.replace("</body>", EDITOR)
    return told_to_readers(re.sub(r"(</?)h3\b", r"\1h2", html))


def framed(datasette: Any, app: App) -> App:
    """The application whose every page is told to readers, where goalmap serve runs it."""

    async def answer(scope: Scope, receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        is_page = scope["type"] == "http" and sign_in.is_served(datasette)
        await app(scope, receive, _Page(send) if is_page else send)

    return answer


class _Page:
    """Holds an answer back until it is whole if it is a page, and sends it on."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Mapping[str, Any] | None = None
        self.body = b""

    async def __call__(self, event: Mapping[str, Any]) -> None:
        if event["type"] == "http.response.start" and _is_page(event):
            self.start = event
        elif self.start is None:
            await self.send(event)
        else:
            self.body += event.get("body", b"")
            if not event.get("more_body"):
                await self._send_page(self.start)

    async def _send_page(self, start: Mapping[str, Any]) -> None:
        body = _datasettes_own(self.body.decode("utf-8")).encode()
        kept = [(name, value) for name, value in start["headers"] if name.lower() != LENGTH]
        await self.send({**start, "headers": [*kept, (LENGTH, str(len(body)).encode())]})
        await self.send({"type": "http.response.body", "body": body})


def _is_page(start: Mapping[str, Any]) -> bool:
    return any(name.lower() == TYPE and value.startswith(b"text/html") for name, value in start.get("headers", ()))
