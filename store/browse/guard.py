"""What stands before all pages of goalmap serve: it answers under this machine's name alone, and no other site frames or feeds a page."""

import os
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from goalmap.store.browse import sign_in

HOST = "GOALMAP_SERVE_HOST"
"""In the environment: the address at which goalmap serve listens."""
OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
"""Under which a browser on this machine asks, or one at the other end of a tunnel."""
POLICY = "; ".join(
    (
        "default-src 'self' 'unsafe-inline'",  # Datasette's pages have scripts in them
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}
"""Of every answer that does not say otherwise: nothing is loaded from, or sent to, anywhere else."""
MISDIRECTED = 421
WRONG_NAME = b"goalmap serve answers on this machine only, at the address that it printed. Nothing was done.\n"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def guarded(datasette: Any, app: App) -> App:
    """The application behind the guard; as it is where goalmap serve does not run it."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not sign_in.is_served(datasette):
            return await app(scope, receive, send)
        sent = partial(_with_headers, send)
        return await (app(scope, receive, sent) if _is_meant(scope) else _refuse(sent))

    return answer


def _is_meant(scope: Scope) -> bool:
    """Whether a request is for this machine; a page elsewhere can give its own name our address."""
    if os.environ.get(HOST) not in OWN_NAMES:
        return True
    asked = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    return _name_in(asked) in OWN_NAMES


def _name_in(host: str) -> str:
    """The name in a Host header, without its port.

    >>> _name_in("[::1]:8001"), _name_in("LocalHost:8001"), _name_in("evil.example@127.0.0.1"), _name_in("[")
    ('::1', 'localhost', '', '')
    """
    try:
        return "" if "@" in host else urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(WRONG_NAME)).encode())]
    await send({"type": "http.response.start", "status": MISDIRECTED, "headers": headers})
    await send({"type": "http.response.body", "body": WRONG_NAME})


async def _with_headers(send: Send, event: Mapping[str, Any]) -> None:
    """Send on, with what a browser is to know of every answer."""
    if event["type"] == "http.response.start":
        said = {name.lower() for name, _ in event.get("headers", [])}
        more = [(name, value) for name, value in HEADERS.items() if name not in said]
        event = {**event, "headers": [*event.get("headers", []), *more]}
    await send(event)
