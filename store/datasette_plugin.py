"""The hooks by which Datasette shows goalmap's pages, cells, menus and sign-in.

Datasette imports this module in every environment that has goalmap, and an exception here would end all of its commands.
So nothing is imported at the top but the standard library, hookimpl, and modules of ours that do the same; whatever
needs more is imported where a database of ours is shown.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from datasette import hookimpl

from goalmap.store.browse import frame, guard, menus, sign_in
from goalmap.store.browse.access import is_ours
from goalmap.store.browse.attended import follow_goalmap_serve
from goalmap.store.browse.links import style_address

TEMPLATES = Path(__file__).parent / "browse" / "templates"
DATABASE = r"^/(?P<database>[^/]+)/-"
ROUTES = {
    r"^/-/static-plugins/goalmap/goalmap\.css$": "style",
    r"^/-/static-plugins/goalmap/(?P<asset>(?:adding|bulk|review)\.(?:js|css))$": "asset",
    DATABASE + r"/overview$": "overview",
    DATABASE + r"/dashboard$": "dashboard",
    DATABASE + r"/document/(?P<id>[^/]+)$": "document",
    DATABASE + r"/document/(?P<id>[^/]+)/original$": "original",
    DATABASE + r"/passage/(?P<id>[^/]+)$": "passage",
    DATABASE + r"/passage/(?P<id>[^/]+)/page\.png$": "page_image",
    DATABASE + r"/(?P<list>people|organisations|initiatives)$": "entities",
    DATABASE + r"/entity/(?P<id>[^/]+)$": "entity",
    DATABASE + r"/entity/(?P<id>[^/]+)/repair$": "repair",
    DATABASE + r"/activities$": "activities",
    DATABASE + r"/activity/(?P<id>[^/]+)$": "activity",
    DATABASE + r"/activity/(?P<id>[^/]+)/repair$": "activity_repair",
    DATABASE + r"/review$": "review",
    DATABASE + r"/review/list$": "bulk_list",
    DATABASE + r"/review/list/preview$": "bulk_preview",
    DATABASE + r"/review/list/done$": "bulk_decisions",
    DATABASE + r"/review/list/done/(?P<id>[^/]+)$": "bulk_decision",
    DATABASE + r"/add$": "add",
    DATABASE + r"/add/file$": "add_file",
    DATABASE + r"/add/reading$": "add_reading",
    DATABASE + r"/add/read$": "add_read",
    DATABASE + r"/add/stop$": "add_stop",
    DATABASE + r"/queue$": "queue",
    DATABASE + r"/queue/download$": "queue_download",
    DATABASE + r"/queue/upload$": "queue_upload",
    DATABASE + r"/queue/(?P<id>q[0-9a-f]{32})$": "handed_in",
    DATABASE + r"/queue/(?P<id>q[0-9a-f]{32})/take$": "queue_take",
    DATABASE + r"/queue/(?P<id>q[0-9a-f]{32})/leave$": "queue_leave",
    DATABASE + r"/queue/(?P<id>q[0-9a-f]{32})/conflicts\.csv$": "queue_conflicts",
}
"""The view in views.VIEWS that answers an address."""

Function = TypeVar("Function", bound=Callable[..., Any])
Entries = Callable[[], Awaitable[list[menus.Entry]]]


def hook(function: Function) -> Function:
    """Datasette's hookimpl, with a type."""
    return cast(Function, hookimpl(function))


@hook
def prepare_jinja2_environment(env: Any) -> None:
    """Find our templates; Datasette on Python 3.11 does not look beside a plugin that is a module. And write days."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    from goalmap.store.days import day, moment, period

    env.loader = ChoiceLoader([env.loader, FileSystemLoader(str(TEMPLATES))])
    env.filters.update(day=day, moment=moment)
    env.globals.update(period=period)


@hook
def startup(datasette: Any) -> None:
    sign_in.take_over(datasette)
    follow_goalmap_serve()


@hook
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    return lambda app: guard.guarded(datasette, frame.framed(datasette, app))


@hook
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    return [(sign_in.ROUTE, sign_in.sign_in), *((route, _view(name)) for route, name in ROUTES.items())]


def _view(name: str) -> Callable[..., Awaitable[Any]]:
    async def view(datasette: Any, request: Any) -> Any:
        from goalmap.store.browse.views import VIEWS

        return await VIEWS[name](datasette, request)

    return view


@hook
def extra_css_urls(database: str | None, datasette: Any) -> Callable[[], Awaitable[list[str]]]:
    async def inner() -> list[str]:
        return [style_address(datasette)] if await is_ours(datasette, database) else []

    return inner


@hook
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str | None, datasette: Any
) -> Callable[[], Awaitable[Any]]:
    async def inner() -> Any:
        if database is None or not await is_ours(datasette, database):
            return None
        from goalmap.store.browse.cells import Cell, shown

        return await shown(Cell(row, value, database, datasette), table, column)

    return inner


@hook
def menu_links(datasette: Any, actor: dict[str, Any] | None) -> Entries:
    return partial(menus.overviews, datasette, actor)


@hook
def database_actions(datasette: Any, database: str) -> Entries:
    return partial(menus.overview, datasette, database)


@hook
def table_actions(datasette: Any, database: str, table: str, actor: dict[str, Any] | None) -> Entries:
    return partial(menus.questions, datasette, database, table, actor)


@hook
def row_actions(datasette: Any, database: str, table: str, row: Any) -> Entries:
    """Datasette 1.0 only."""
    return partial(menus.page_of_row, datasette, database, table, row)


@hook
def forbidden(datasette: Any, request: Any) -> Callable[[], Awaitable[Any]] | None:
    """Tell a visitor who is not signed in how to sign in, where goalmap serve runs this Datasette."""
    return partial(sign_in.help_page, datasette, request) if sign_in.can_help(datasette, request) else None
