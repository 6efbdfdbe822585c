"""Signing in with the one-time addresses that goalmap serve prints, one for each reviewer."""

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
"""What goalmap serve passes in the environment: the names and the tokens, a line each."""

PATH = "/-/goalmap/sign-in"
ROUTE = f"^{PATH}$"
ADD = "add"
HELP = (
    "Sign in first: open the one-time address that goalmap serve printed. "
    "If it has been used, stop goalmap serve and start it again for a new one."
)
COOKIE_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who is to be signed in by a one-time address, and its secret."""

    name: str
    token: str

    def fits(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())


def address(base: str, token: str, is_new: bool = False) -> str:
    """The one-time address at a server; of a new database it leads to the page on which documents are added."""
    asked = {"token": token} | ({"first": ADD} if is_new else {})
    return f"{base}{PATH}?{urlencode(asked)}"


_TICKETS: WeakKeyDictionary[Any, list[Ticket]] = WeakKeyDictionary()
"""Those that have not been used."""

SECRET = "DATASETTE_SECRET"
"""In the environment: what Datasette signs with. It has been read, and no process that we begin needs it."""


def take_over(datasette: Any) -> None:
    """Take the tickets out of the environment, where goalmap serve has put some."""
    names, tokens = os.environ.pop(NAME, ""), os.environ.pop(TOKEN, "")
    if names and tokens:
        given = zip(names.splitlines(), tokens.splitlines(), strict=True)
        _TICKETS[datasette] = [Ticket(name, token) for name, token in given]
        os.environ.pop(SECRET, None)
        keep_cookies_out_of_the_log()


async def sign_in(datasette: Any, request: Any) -> Any:
    """The view of the one-time address."""
    from datasette import Forbidden, NotFound, Response

    tickets = _TICKETS.get(datasette)
    if tickets is None:
        raise NotFound("Signing in by address needs goalmap serve.")
    given = request.args.get("token") or ""
    fitting = [ticket for ticket in tickets if ticket.fits(given)] if request.method == "GET" else []
    if not fitting:
        raise Forbidden("This address is not right, or it has been used. " + HELP)
    ticket = fitting[0]
    tickets.remove(ticket)
    response = Response.redirect(await _first_page(datasette, request.args.get("first") == ADD))
    cookie = datasette.sign({"a": {"id": ticket.name}}, "actor")
    response.set_cookie("ds_actor", cookie, max_age=COOKIE_SECONDS, httponly=True)
    return response


async def _first_page(datasette: Any, is_new: bool) -> str:
    ours = [name for name in datasette.databases if await is_ours(datasette, name)]
    if not ours:
        return str(datasette.urls.instance())
    links = Links(datasette, ours[0])
    return links.add() if is_new else links.overview()


def is_served(datasette: Any) -> bool:
    """Whether goalmap serve runs this Datasette."""
    return datasette in _TICKETS


def can_help(datasette: Any, request: Any) -> bool:
    """Whether this is a visitor who is not signed in, and goalmap serve runs this Datasette."""
    return is_served(datasette) and request.actor is None


async def help_page(datasette: Any, request: Any) -> Any:
    from datasette import Response

    context = {"title": "Not signed in", "error": HELP}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=403)
