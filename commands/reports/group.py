"""The group of the commands that write reports."""

import click

from goalmap.commands.reports.frameworks import frameworks_
from goalmap.commands.reports.gaps import gaps
from goalmap.commands.reports.impact import impact, templates
from goalmap.commands.reports.map import map_
from goalmap.commands.reports.pack import pack
from goalmap.commands.reports.people import people
from goalmap.commands.reports.practice import practice
from goalmap.commands.reports.progress import progress

COMMANDS = (map_, impact, templates, frameworks_, practice, gaps, progress, people, pack)


@click.group()
def report() -> None:
    """Reports from decisions and proposals."""


for command in COMMANDS:
    report.add_command(command)
