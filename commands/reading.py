"""Reading folders into the database, and how that stands: ingest and status."""

import os
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalmap.commands.shared import (
    FAILED_FILES,
    PROGRESS,
    db_option,
    event,
    json_option,
    limit_options,
    limits_of,
    opened,
    progress,
    show,
    stop_with_input,
    tell,
)
from goalmap.report import wording
from goalmap.report.wordings import entity_wording
from goalmap.store.postgres.address import Place, file_of

if TYPE_CHECKING:
    from goalmap.classify.engines import Engine
    from goalmap.classify.pipeline import Settings
    from goalmap.store.load import Outcome


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER...")
@db_option
@click.option(
    "--framework",
    "frameworks",
    multiple=True,
    metavar="NAME|FILE.toml",
    help="Goal framework to add, also one of your own; may be given several times. Default: those of the database, in a new one purpose-goals. See: goalmap frameworks list",
)
@click.option(
    "--counts",
    type=click.Choice(["activities", "topics"]),
    help="What earns a proposal. Default: as the framework says.",
)
@click.option(
    "--fast/--full",
    "fast",
    default=None,
    help="fast: without the sentence encoder, several times as quick and less often right. Default: full.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, max_open=True),
    metavar="P",
    help="Least probability of a proposal; lower finds more and is wrong more often (goalmap frameworks show NAME says how much). 0: as the model says.",
)
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="Worker processes. Default: one a core.")
@click.option(
    "--engine",
    "engine_name",
    default="processes",
    show_default=True,
    metavar="NAME",
    help="processes: a bad file harms no other; serial; or dask: workers on this machine or many (pip install 'goalmap[cluster]').",
)
@click.option(
    "--scheduler",
    metavar="URL",
    help="With --engine dask: the scheduler whose workers read, such as tcp://10.0.0.5:8786 (goalmap cluster up). Default: workers of our own.",
)
@click.option(
    "--parts",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="With --engine dask: where workers put what they made, until it is in the database; all hosts must see it. Default: DATABASE-parts.",
)
@click.option("--keep-parts", is_flag=True, help="With --engine dask: leave them there, as Parquet files.")
@click.option(
    "--again", is_flag=True, help="Also try files again that could not be wholly read, though nothing changed."
)
@click.option(
    "--reuse/--no-reuse",
    default=True,
    help="Use what the models made of the same passages before, kept in DATABASE-passages (no text in it; safe to delete). Default: reuse.",
)
@click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Names with identifiers: an NHS ODS extract, or a CSV with a column called name. Kept for later runs.",
)
@click.option(
    "--progress",
    "how",
    type=click.Choice(["auto", *PROGRESS]),
    default="auto",
    show_default=True,
    help="bar, lines (every ten seconds), json (an object a line on stdout) or none; auto: a bar on a terminal, else lines.",
)
@click.option("--quiet", "-q", is_flag=True, help="The same as --progress none: only the closing lines.")
@click.option(
    "--stop-with-input",
    "is_attended",
    is_flag=True,
    help="Stop, as by Ctrl-C, when standard input ends or anything comes there; for programs that start goalmap.",
)
@limit_options
def ingest(
    folders: tuple[Path, ...],
    db: Place,
    frameworks: tuple[str, ...],
    counts: str | None,
    fast: bool | None,
    threshold: float | None,
    workers: int | None,
    engine_name: str,
    scheduler: str | None,
    parts: Path | None,
    keep_parts: bool,
    again: bool,
    reuse: bool,
    gazetteers: tuple[Path, ...],
    how: str,
    quiet: bool,
    is_attended: bool,
    **limits: int,
) -> None:
    """Read every file under FOLDER... into the database.

    PDF, Word, PowerPoint, Excel, CSV, web pages, text, Markdown, RTF, ODT, EPUB and e-mails are read, with their
    attachments, and archives of any of these; scans where tesseract is installed. Every other file is listed with the
    reason. Files that have not changed are passed over, and decisions are kept.
    """
    from goalmap.classify.engines import Means, engine
    from goalmap.classify.manner import MODES, Manner
    from goalmap.classify.pipeline import Settings

    if engine_name != "dask" and (scheduler or parts or keep_parts):
        raise click.UsageError("--scheduler, --parts and --keep-parts go with --engine dask.")
    if is_attended:
        stop_with_input()
    settings = Settings(frameworks, Manner(counts, MODES[fast], threshold), limits=limits_of(limits))
    told = "none" if quiet else how
    means = Means(workers or os.cpu_count() or 1, scheduler, parts or _parts_beside(db), keep_parts)
    outcome = read_folders(folders, db, settings, engine(engine_name, means), told, again, gazetteers, reuse)
    if outcome.failures:
        sys.exit(FAILED_FILES)


def _parts_beside(db: Place) -> Path:
    """Where a cluster's workers put what they made, if nobody says."""
    from goalmap.ingest.find import PARTS

    return Path(f"{file_of(db)}{PARTS}")


def read_folders(
    folders: Sequence[Path],
    db: Place,
    settings: "Settings",
    engine: "Engine",
    how: str = "auto",
    again: bool = False,
    gazetteers: Sequence[Path] = (),
    reuse: bool = True,
) -> "Outcome":
    from goalmap.classify.goals.frameworks import find as find_framework
    from goalmap.classify.goals.frameworks import is_file_name
    from goalmap.ingest.find import find
    from goalmap.store.contents.summary import summarise
    from goalmap.store.database import open_database
    from goalmap.store.entities.gazetteer import import_gazetteer
    from goalmap.store.load import ingest as ingest_files
    from goalmap.store.memory import remembering
    from goalmap.store.own_frameworks import adopted

    file = file_of(db)
    if isinstance(db, Path) and not db.exists():
        for name in settings.frameworks:
            find_framework(name)
    found = find(folders, database=file)
    started = time.monotonic()
    if how == "json":
        event("found", files=len(found))
    with closing(open_database(db, create=True)) as database, progress(how) as tell_progress:
        for gazetteer in gazetteers:
            for line in entity_wording.gazetteer_lines(import_gazetteer(database, gazetteer)):
                click.echo(line, err=True)
        if any(is_file_name(name) for name in settings.frameworks):
            tell("Learning your framework: up to two minutes, once for each state of its file.")
        settings = replace(settings, frameworks=adopted(database, settings.frameworks))
        with remembering(file, reuse) as memory:
            outcome = ingest_files(database, found, settings, engine, tell_progress, again)
            recalled = memory.recalled()
        summary = summarise(database)
    duration = time.monotonic() - started
    if how == "json":
        event("done", **{field.name: getattr(outcome, field.name) for field in fields(outcome)}, seconds=duration)
    if recalled.known:
        tell(f"{recalled.known:,} of {recalled.asked:,} passages were known and not read again.")
    for line in wording.outcome_lines(outcome, summary, duration, db):
        click.echo(line, err=True)
    return outcome


@click.command()
@db_option
@json_option
def status(db: Place, as_json: bool) -> None:
    """What was read, what was not and why, what waits for review."""
    from goalmap.store.contents.summary import summarise

    with opened(db) as database:
        summary = summarise(database)
    show(as_json, lambda: asdict(summary), lambda: wording.status_lines(summary))
