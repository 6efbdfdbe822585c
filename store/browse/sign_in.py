"""Signing in with the one-time address that goalmap serve prints."""

import os
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from goalmap.store.browse.access import is_ours
from goalmap.store.browse.datasette_compat import keep_cookies_out_of_the_log
from goalmap.store.browse.links import Links

NAME = "GOALMAP_SIGN_IN_NAME"
TOKEN = "GOALMAP_SIGN_IN_TOKEN"
"""What goalmap serve passes in the environment."""

PATH = "/-/goalmap/sign-in"
ROUTE = f"^{PATH}$"
HELP = (
    "Sign in first: open the one-time address that goalmap serve printed. "
    "If it has been used, stop goalmap serve and start it again for a new one."
)
COOKIE_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who is to be signed in by the one-time address, and its secret; None once it has been used."""

    name: str
    token: str | None

    def fits(self, given: str) -> bool:
        return self.token is not None and secrets.compare_digest(given.encode(), self.token.encode())


def address(base: str, token: str) -> str:
    """The one-time address at a server."""
    return f"{base}{PATH}?{urlencode({'token': token})}"


_TICKETS: WeakKeyDictionary[Any, Ticket] = WeakKeyDictionary()


def take_over(datasette: Any) -> None:
    """Take the ticket out of the environment, where goalmap serve has put one."""
    name, token = os.environ.pop(NAME, None), os.environ.pop(TOKEN, None)
    if name and token:
        _TICKETS[datasette] = Ticket(name, token)
        keep_cookies_out_of_the_log()


async def sign_in(datasette: Any, request: Any) -> Any:
    """The view of the one-time address."""
    from datasette import Forbidden, NotFound, Response

    ticket = _TICKETS.get(datasette)
    if ticket is None:
        raise NotFound("Signing in by address needs goalmap serve.")
    if request.method != "GET" or not ticket.fits(request.args.get("token") or ""):
        raise Forbidden("This address is not right, or it has been used. " + HELP)
    _TICKETS[datasette] = Ticket(ticket.name, None)
    response = Response.redirect(await _first_page(datasette))
    cookie = datasette.sign({"a": {"id": ticket.name}}, "actor")
    response.set_cookie("ds_actor", cookie, max_age=COOKIE_SECONDS, httponly=True)
    return response


async def _first_page(datasette: Any) -> str:
    ours = [name for name in datasette.databases if await is_ours(datasette, name)]
    return Links(datasette, ours[0]).overview() if ours else str(datasette.urls.instance())


def can_help(datasette: Any, request: Any) -> bool:
    """Whether this is a visitor who is not signed in, and goalmap serve runs this Datasette."""
    return datasette in _TICKETS and request.actor is None


async def help_page(datasette: Any, request: Any) -> Any:
    from datasette import Response

    context = {"title": "Not signed in", "error": HELP}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=403)
