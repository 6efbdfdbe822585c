"""The group of the commands that write reports."""

import click

from goalmap.commands.reports.map import map_

COMMANDS = (map_,)


@click.group()
def report() -> None:
    """Reports from decisions and proposals."""


for command in COMMANDS:
    report.add_command(command)
