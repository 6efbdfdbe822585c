"""A person removed from the database: forget."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalmap.commands.deciding import by
from goalmap.commands.shared import FAILED, FAILED_FILES, db_option, json_option, opened, show, tell
from goalmap.report.wordings import forgetting_wording
from goalmap.store.postgres.address import Place, file_of

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.store.forgetting.forget import Forgetting


@click.command()
@click.argument("person", required=False, metavar="[PERSON]")
@click.option("--reason", metavar="TEXT", default="", help="Why, for the record; do not name the person.")
@click.option("--reviewer", metavar="NAME", help="Who does it. Default: your user name.")
@click.option("--dry-run", is_flag=True, help="Say what would be removed, change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--list", "as_list", is_flag=True, help="What was removed so far, without who it was.")
@click.option("--lift", metavar="ID", help="Let the person be read again; what is masked stays so until then.")
@click.option("--clean", is_flag=True, help="Overwrite what the files still hold of rows that are gone.")
@db_option
@json_option
def forget(
    person: str | None,
    reason: str,
    reviewer: str | None,
    dry_run: bool,
    yes: bool,
    as_list: bool,
    lift: str | None,
    clean: bool,
    db: Place,
    as_json: bool,
) -> None:
    """Remove a living person everywhere, and keep them out.

    PERSON is a name or the id of an entity. Their name is masked in every text, what was told of them is taken away, and later runs mask it too. Decisions on
    passages stay. It cannot be undone. What goalmap cannot reach, such as the files that were read, is listed.
    """
    if sum(map(bool, (person, as_list, lift, clean))) != 1:
        raise click.UsageError("Give a PERSON, --list, --lift ID or --clean.")
    with opened(db) as database:
        if as_list:
            _list(database, as_json)
        elif lift:
            _lift(database, lift, by(reviewer, "").reviewer, as_json)
        elif person:
            _forget(database, db, person, (reason, by(reviewer, "").reviewer), dry_run, yes or as_json, as_json)
        if clean or (person and not dry_run):
            _clean(database, db)


def _list(database: "Database", as_json: bool) -> None:
    from goalmap.store.forgetting.record import forgettings, withheld

    found, files = forgettings(database), withheld(database)
    show(
        as_json,
        lambda: {"forgettings": [one.to_dict() for one in found], "withheld": files},
        lambda: forgetting_wording.list_lines(found, files),
    )


def _lift(database: "Database", id: str, reviewer: str, as_json: bool) -> None:
    from goalmap.store.forgetting.record import lift

    lifted = lift(database, id, reviewer)
    show(as_json, lifted.to_dict, lambda: forgetting_wording.lifted_lines(lifted))


def _forget(
    database: "Database", db: Place, said: str, told: tuple[str, str], dry_run: bool, is_sure: bool, as_json: bool
) -> None:
    """Ask, unless somebody is sure, and remove."""
    from goalmap.ingest.find import PARTS
    from goalmap.store.forgetting.forget import forget

    if not (dry_run or is_sure):
        _ask(forget(database, said, dry_run=True))
    done = forget(database, said, *told, dry_run)
    kept = parts if (parts := Path(f"{file_of(db)}{PARTS}")).exists() else None
    show(as_json, done.to_dict, lambda: forgetting_wording.forgetting_lines(done, dry_run, db, kept))


def _ask(would_be: "Forgetting") -> None:
    for line in forgetting_wording.counts_lines(would_be, is_done=False):
        click.echo(line, err=True)
    if not click.confirm("Remove this person? It cannot be undone.", err=True):
        tell("Nothing was written.")
        sys.exit(FAILED)


def _clean(database: "Database", db: Place) -> None:
    from goalmap.store.forgetting.traces import clean
    from goalmap.store.memory import path_beside

    if problem := clean(database, path_beside(file_of(db).resolve())):
        tell(problem)
        sys.exit(FAILED_FILES)
