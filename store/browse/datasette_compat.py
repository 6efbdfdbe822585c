"""What differs between Datasette 0.65 and 1.0."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")


async def may_see_table(datasette: Any, actor: dict[str, Any] | None, database: str, table: str) -> bool:
    """Whether Datasette shows this actor that table."""
    allowed = _allowed_in_1_0 if hasattr(datasette, "allowed") else _allowed_in_0_65
    return await allowed(datasette, actor, database, table)


async def _allowed_in_1_0(datasette: Any, actor: dict[str, Any] | None, database: str, table: str) -> bool:
    from datasette.resources import TableResource

    return bool(await datasette.allowed(action="view-table", resource=TableResource(database, table), actor=actor))


async def _allowed_in_0_65(datasette: Any, actor: dict[str, Any] | None, database: str, table: str) -> bool:
    from datasette import Forbidden

    try:
        await datasette.ensure_permissions(
            actor, [("view-table", (database, table)), ("view-database", database), "view-instance"]
        )
    except Forbidden:
        return False
    return True


async def knows_query(datasette: Any, actor: dict[str, Any] | None, database: str, name: str) -> bool:
    """Whether this Datasette was given the query, as goalmap serve does."""
    if hasattr(datasette, "get_canned_query"):
        return await datasette.get_canned_query(database, name, actor) is not None
    return hasattr(datasette, "get_query") and await datasette.get_query(database, name) is not None


async def written(db: Any, change: Callable[[sqlite3.Connection], Result]) -> Result:
    """What a change gives that is made on the one connection that writes; it has transactions of its own."""
    own = {"transaction": False} if "transaction" in signature(db.execute_write_fn).parameters else {}
    result: Result = await db.execute_write_fn(change, **own)
    return result


def keep_cookies_out_of_the_log() -> None:
    """Let Datasette do without rich, to which it tells each failed page with all local variables, cookies too.

    Datasette 0.65 even fails where it tells rich of an address that no page has.
    """
    from datasette import handle_exception

    if hasattr(handle_exception, "rich"):
        handle_exception.rich = None


def metadata_options(file: Path) -> list[str]:
    """How datasette serve is told its metadata; 1.0 takes queries and permissions as configuration only."""
    config = [] if version("datasette").startswith("0.") else ["--config", str(file)]
    return ["--metadata", str(file), *config]


@contextmanager
def plain_rows(conn: sqlite3.Connection) -> Iterator[None]:
    """Let a connection of Datasette's give tuples for a while, as our own do."""
    factory, conn.row_factory = conn.row_factory, None
    try:
        yield
    finally:
        conn.row_factory = factory
