"""Whether goalmap works here: doctor, and demo on the shipped examples."""

import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from goalmap.commands.reading import read_folders
from goalmap.commands.reports.impact import impact_draft
from goalmap.commands.reports.map import write_activity_map
from goalmap.commands.reports.shared import written_draft
from goalmap.commands.shared import FAILED, json_option, opened, show
from goalmap.report import wording


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """What is installed, what is verified, what is missing."""
    from goalmap.store.doctor import examine

    checks = list(examine(Path.cwd()))
    show(as_json, lambda: {"checks": [asdict(check) for check in checks]}, lambda: wording.check_lines(checks))
    if not all(check.ok or check.optional for check in checks):
        sys.exit(FAILED)


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    help="Where the results go.",
)
def demo(folder: Path) -> None:
    """The whole path on the shipped examples.

    It leaves a database, a review queue, an activity map and a draft Impact Report in a folder. A queue that is there
    is never written over.
    """
    from goalmap.classify.engines import Processes
    from goalmap.classify.pipeline import Settings
    from goalmap.store.demo import demo_in, main_publisher
    from goalmap.store.review.export import export_queue
    from goalmap.store.review.rows import Filters

    started = time.monotonic()
    files = demo_in(folder)
    read_folders([files.examples], files.db, Settings(), Processes())
    with opened(files.db) as database:
        proposals = export_queue(database, files.queue, Filters())
        publisher = main_publisher(database)
    activities = write_activity_map(files.db, files.map)
    written_draft(files.db, files.impact, impact_draft(str(date.today()), publisher))
    for line in wording.demo_lines(files, proposals, activities, publisher, time.monotonic() - started):
        click.echo(line)
