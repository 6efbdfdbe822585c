"""Which proposals a queue holds, and in what order: the options of all commands that write one."""

from collections.abc import Callable
from pathlib import Path

import click

from goalmap.commands.shared import db_option

Command = Callable[..., None]

CHOOSING = (
    click.argument("queue", type=click.Path(dir_okay=False, path_type=Path), metavar="QUEUE.csv|.xlsx"),
    db_option,
    click.option(
        "--order",
        type=click.Choice(["value", "document", "goal"]),
        default="value",
        show_default=True,
        help="value: what teaches and saves most first.",
    ),
    click.option("--framework", metavar="NAME", help="Only goals of this framework."),
    click.option("--goal", metavar="CODE", help="Only this goal."),
    click.option("--publisher", metavar="NAME", help="Only documents whose publisher's name holds this."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many rows."),
    click.option("--undecided", is_flag=True, help="Only proposals without a decision."),
)


def choosing(command: Command) -> Command:
    """The command with these options."""
    for option in reversed(CHOOSING):
        command = option(command)
    return command
