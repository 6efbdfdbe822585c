"""Activities: the activities group."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from goalmap.commands.deciding import Command, by, deciding
from goalmap.commands.shared import db_option, json_option, opened, show
from goalmap.report.wordings import activity_wording
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database


FIELDS = (
    ("title", "TEXT", "What it is called."),
    ("owner", "NAME", "The organisation that does it."),
    ("partners", "NAMES", "Organisations that take part, parted by semicolons."),
    ("beneficiaries", "TEXT", "For whom; several parted by semicolons."),
    ("place", "TEXT", "Where; several parted by semicolons."),
    ("region", "NAME", "A region of England, Wales, Scotland or Northern Ireland."),
    ("period", "TEXT", "When."),
    ("outcome", "TEXT", "What it led to."),
    ("stage", "NAME", "delivered, ongoing, planned or aspiration."),
    ("best_practice", "yes|no", "Whether it is best practice."),
)
"""The fields that a person may write, each an option."""


def field_options(command: Command) -> Command:
    """The command with an option for each field."""
    for name, shape, text in reversed(FIELDS):
        command = click.option(f"--{name.replace('_', '-')}", name, metavar=shape, help=text)(command)
    return command


@contextmanager
def _up_to_date(db: Place) -> "Iterator[Database]":
    """The database, its activities brought to what was decided; again at the end. Raises NotFound or NotOurDatabase."""
    from goalmap.store.activities.refresh import refresh

    with opened(db) as database:
        refresh(database)
        yield database
        refresh(database)


@click.group()
def activities() -> None:
    """What is done towards each goal: look it up and mend it.

    One row for each initiative or act, however many documents tell of it.
    """


@activities.command("list")
@click.argument("text", required=False, metavar="[TEXT]", default="")
@click.option("--goal", metavar="CODE", default="", help="Only this goal.")
@click.option("--framework", metavar="NAME", default="", help="Only this framework.")
@click.option("--organisation", metavar="NAME", default="", help="Only what it does, takes part in or publishes.")
@click.option(
    "--stage",
    type=click.Choice(["delivered", "ongoing", "planned", "aspiration", "none"]),
    help="Only what is at this stage; none: where it is not told.",
)
@click.option(
    "--status", type=click.Choice(["reviewed", "proposed"]), default=None, help="Decided on by a person, or not."
)
@click.option(
    "--order",
    type=click.Choice(["citations", "goal", "title", "newest"]),
    default="citations",
    show_default=True,
    help="citations: what most passages tell of first.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", default=50, show_default=True, help="At most so many.")
@db_option
@json_option
def list_activities(
    text: str,
    goal: str,
    framework: str,
    organisation: str,
    stage: str | None,
    status: str | None,
    order: str,
    limit: int,
    db: Place,
    as_json: bool,
) -> None:
    """Activities whose fields or passages hold TEXT.

    Reviewed ones and the most told of come first.
    """
    from goalmap.store.activities.listing import Filters, listed
    from goalmap.store.activities.lookup import check_goal

    filters = Filters(framework, goal, status or "", stage or "", "", organisation, text)
    with _up_to_date(db) as database:
        check_goal(database, framework, goal)
        found = listed(database.conn, filters, order, 0, limit)
    show(
        as_json,
        lambda: {"total": found.total, **found.counts, "found": [asdict(one) for one in found.activities]},
        lambda: activity_wording.activity_lines(found),
    )


@activities.command("show")
@click.argument("activity", metavar="ID")
@db_option
@json_option
def show_activity(activity: str, db: Place, as_json: bool) -> None:
    """All there is on one activity.

    Its fields, figures, passages, why these are one, what was decided on it.
    """
    from goalmap.store.activities.history import history, of_activity
    from goalmap.store.activities.listing import details
    from goalmap.store.activities.lookup import activity_id

    with _up_to_date(db) as database:
        found = details(database.conn, activity_id(database, activity))
        batches = of_activity(history(database), found.id) if found else []
    if found:
        show(
            as_json,
            lambda: {**asdict(found), "decisions": [asdict(one) for one in batches]},
            lambda: activity_wording.details_lines(found, batches),
        )


@activities.command("merge")
@click.argument("activities", nargs=-1, required=True, metavar="ID ID...")
@deciding
def merge_activities(
    activities: tuple[str, ...], reviewer: str | None, note: str, dry_run: bool, db: Place, as_json: bool
) -> None:
    """Say that two activities or more are one and the same.

    The decision is kept by their passages: it holds for every later run, until you take it back with
    goalmap activities undo. The beginning of an id is enough.
    """
    from goalmap.store.activities.decisions import merge

    with _up_to_date(db) as database:
        done = merge(database, activities, by(reviewer, note), dry_run)
    show(as_json, lambda: asdict(done), lambda: activity_wording.done_lines(done, db))


@activities.command("split")
@click.argument("activity", metavar="ID")
@click.option(
    "--passage", "passages", multiple=True, metavar="PASSAGE", help="A passage that tells of another activity."
)
@deciding
def split_activity(
    activity: str,
    passages: tuple[str, ...],
    reviewer: str | None,
    note: str,
    dry_run: bool,
    db: Place,
    as_json: bool,
) -> None:
    """Say that some passages of an activity tell of another one.

    Their ids are in: goalmap activities show
    """
    from goalmap.store.activities.decisions import split

    with _up_to_date(db) as database:
        done = split(database, activity, passages, by(reviewer, note), dry_run)
    show(as_json, lambda: asdict(done), lambda: activity_wording.done_lines(done, db))


@activities.command("edit")
@click.argument("activity", metavar="ID")
@field_options
@deciding
def edit_activity(
    activity: str, reviewer: str | None, note: str, dry_run: bool, db: Place, as_json: bool, **fields: str | None
) -> None:
    """Write fields of an activity, in place of what was found.

    An empty text says that nothing is told. To have what was found again: goalmap activities undo.
    """
    from goalmap.store.activities.decisions import edit

    written = {name: text for name, text in fields.items() if text is not None}
    if not written:
        raise click.UsageError("Say what shall stand in which field, such as --title TEXT.")
    with _up_to_date(db) as database:
        done = edit(database, activity, written, by(reviewer, note), dry_run)
    show(as_json, lambda: asdict(done), lambda: activity_wording.done_lines(done, db))


@activities.command("undo")
@click.argument("batch", metavar="BATCH")
@deciding
def undo(batch: str, reviewer: str | None, note: str, dry_run: bool, db: Place, as_json: bool) -> None:
    """Take a decision back; undoing that restores it. The history lists them all."""
    from goalmap.store.activities.decisions import withdraw

    with _up_to_date(db) as database:
        done = withdraw(database, batch, by(reviewer, note), dry_run)
    show(as_json, lambda: asdict(done), lambda: activity_wording.done_lines(done, db))


@activities.command("history")
@db_option
@json_option
def history(db: Place, as_json: bool) -> None:
    """What was decided on activities, and whether it holds.

    The latest comes first.
    """
    from goalmap.store.activities.history import history as decisions

    with _up_to_date(db) as database:
        batches = decisions(database)
    show(
        as_json,
        lambda: {"decisions": [asdict(batch) for batch in batches]},
        lambda: activity_wording.history_lines(batches),
    )
