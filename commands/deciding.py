"""What commands that write decisions on activities and entities share."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from goalmap.commands.shared import db_option, json_option

if TYPE_CHECKING:
    from goalmap.store.batches import By

Command = Callable[..., None]

DECIDING = (
    click.option("--reviewer", metavar="NAME", help="Who decides. Default: your user name."),
    click.option("--note", metavar="TEXT", default="", help="Why; kept with the decision."),
    click.option("--dry-run", is_flag=True, help="Say what would change and write nothing."),
    db_option,
    json_option,
)


def deciding(command: Command) -> Command:
    """The command with the options that all decisions have."""
    for option in reversed(DECIDING):
        command = option(command)
    return command


def by(reviewer: str | None, note: str) -> "By":
    """Who decides: the reviewer who was named, or the user of this machine."""
    from goalmap.store.batches import By
    from goalmap.store.serve import user_name

    return By(reviewer or user_name(), note)
