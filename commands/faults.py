"""What goes wrong as lines for people: what happened, what to do, and the exit code."""

import sqlite3
from collections.abc import Callable, Iterator
from difflib import get_close_matches

import click

from goalmap.commands.examples import example_of
from goalmap.commands.shared import FAILED
from goalmap.ingest.errors import GoalmapError
from goalmap.report.wording import message_lines

BUSY = "database is locked"
"""What SQLite says when another program writes for longer than we wait."""


def fault_lines(error: Exception) -> Iterator[str]:
    """The lines that tell of an error."""
    usage = error.ctx if isinstance(error, click.UsageError) else None
    if usage and _is_of_form(error):
        yield from usage.get_usage().splitlines()
        yield f"Try '{usage.command_path} --help' for help."
        yield ""
    told = next(tell for kind, tell in TOLD if isinstance(error, kind))
    yield from message_lines(f"Error: {told(error)}")


def exit_code_of(error: Exception) -> int:
    """What the command ends with."""
    return error.exit_code if isinstance(error, GoalmapError | click.ClickException) else FAILED


def _is_of_form(error: Exception) -> bool:
    """Whether the words of the command were wrong, so that its usage helps; what we say ourselves is enough by itself."""
    return type(error) is not click.UsageError or "No such command" in str(error)


def _missing(error: click.MissingParameter) -> str:
    """What was not given, with a command that has it."""
    example = example_of(error.ctx)
    return f"{error.format_message()}{f' For example: {example}' if example else ''}"


def _choice(error: click.BadParameter) -> str:
    """A wrong value, with the one that was probably meant."""
    known = error.param.type.choices if error.param and isinstance(error.param.type, click.Choice) else ()
    said = error.message.partition("'")[2].partition("'")[0]
    meant = get_close_matches(said, [str(one) for one in known], 1)
    return f"{error.format_message()}{f' Did you mean {meant[0]!r}?' if meant else ''}"


def _database(error: sqlite3.Error) -> str:
    if BUSY in str(error):
        return "Another program is writing to the database. Wait until it is done, then run the same command again."
    return _machine(error)


def _machine(error: Exception) -> str:
    return f"{error}. Is the disk full, the file open elsewhere, or not yours?"


TOLD: tuple[tuple[type[Exception], Callable[..., str]], ...] = (
    (click.MissingParameter, _missing),
    (click.BadParameter, _choice),
    (click.ClickException, lambda error: error.format_message()),
    (GoalmapError, str),
    (sqlite3.Error, _database),
    (OSError, _machine),
)
"""How each kind of error is told; the first that fits."""
FAULTS = (click.ClickException, GoalmapError, sqlite3.Error, OSError)
