"""Options in, calls, printing: the goalmap command. No rule of the domain lives here."""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from goalmap.ingest.errors import GoalmapError
from goalmap.ingest.watch import MEGABYTE, Limits
from goalmap.report import entity_wording, framework_wording, wording

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.classify.manner import Supplied
    from goalmap.classify.pipeline import Settings
    from goalmap.store.load import Outcome, Progress

DEFAULT_FRAMEWORK = "purpose-goals"
FAILED = 1
FAILED_FILES = 3
CONFLICTS = 4
INTERRUPTED = 130
SECONDS_BETWEEN_LINES = 10.0

db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default="goalmap.db",
    show_default=True,
    envvar="GOALMAP_DB",
    show_envvar=True,
    help="The database file.",
)
LIMITS = (
    ("max_bytes", "--max-mb", MEGABYTE, "Refuse files larger than this."),
    ("max_unpacked", "--max-unpacked-mb", MEGABYTE, "Refuse packages that unpack to more."),
    ("max_parts", "--max-parts", 1, "Read so many files inside one file."),
    ("max_depth", "--max-depth", 1, "How deep files may lie in files."),
    ("max_pages", "--max-pages", 1, "Read so many pages of a file."),
    ("max_seconds", "--max-minutes", 60, "Time for the pages of one file."),
    ("step_seconds", "--max-step-seconds", 1, "Time for one page, or for one file without pages."),
    ("max_memory", "--max-memory-mb", MEGABYTE, "Memory of a worker process."),
)
"""What one file may ask of the machine: the limit, its option, the option's unit in the limit's, its help."""


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each limit."""
    for name, option, unit, text in reversed(LIMITS):
        default = int(getattr(Limits(), name) // unit)
        command = click.option(
            option, name, type=click.IntRange(1), default=default, metavar="N", show_default=True, help=text
        )(command)
    return command


def _limits(given: Mapping[str, int]) -> Limits:
    units = {name: unit for name, _, unit, _ in LIMITS}
    return replace(Limits(), **{name: value * units[name] for name, value in given.items()})


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")


class Goalmap(click.Group):
    """Turns our errors into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GoalmapError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            click.echo("Stopped. What was finished is saved; run the same command again to go on.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            raise
        except (OSError, sqlite3.Error) as error:
            click.echo(f"Error: {error}. Is the disk full, the file open elsewhere, or not yours?", err=True)
            ctx.exit(FAILED)


@click.group(cls=Goalmap, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "GOALMAP"})
@click.version_option(package_name="goalmap")
def main() -> None:
    """Map what organisations do to the goals they serve, with the evidence.

    goalmap reads folders of press releases and trust documents, finds people, organisations and initiatives, and
    proposes which passages serve which goal. You decide: in a spreadsheet or in the browser.

    \b
    Start here:
      goalmap ingest FOLDER              read a folder into goalmap.db
      goalmap review export queue.csv    the queue, for a spreadsheet
      goalmap review import queue.csv    your answers back in
      goalmap serve                      browse everything
      goalmap report map -o map.html     the activity map
    """


# Read


@main.command()
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
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes. Default: one a core.")
@click.option(
    "--engine",
    "engine_name",
    default="processes",
    show_default=True,
    metavar="NAME",
    help="processes: a bad file harms no other; or serial.",
)
@click.option(
    "--again", is_flag=True, help="Also try files again that could not be wholly read, though nothing changed."
)
@click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Names with identifiers: an NHS ODS extract, or a CSV with a column called name. Kept for later runs.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress, only the closing lines.")
@limit_options
def ingest(
    folders: tuple[Path, ...],
    db: Path,
    frameworks: tuple[str, ...],
    counts: str | None,
    fast: bool | None,
    threshold: float | None,
    workers: int | None,
    engine_name: str,
    again: bool,
    gazetteers: tuple[Path, ...],
    quiet: bool,
    **limits: int,
) -> None:
    """Read every file under FOLDER... into the database.

    PDF, Word, PowerPoint, Excel, CSV, web pages, text, Markdown, RTF, ODT, EPUB and e-mails are read, with their
    attachments, and archives of any of these; scans where tesseract is installed. Every other file is listed with the
    reason. Files that have not changed are passed over, and decisions are kept.
    """
    from goalmap.classify.manner import MODES, Manner
    from goalmap.classify.pipeline import Settings

    settings = Settings(frameworks, Manner(counts, MODES[fast], threshold), limits=_limits(limits))
    outcome = _ingest(folders, db, settings, engine_name, workers, quiet, again, gazetteers)
    if outcome.failures:
        sys.exit(FAILED_FILES)


def _ingest(
    folders: Sequence[Path],
    db: Path,
    settings: "Settings",
    engine_name: str,
    workers: int | None,
    quiet: bool,
    again: bool = False,
    gazetteers: Sequence[Path] = (),
) -> "Outcome":
    from goalmap.classify.engines import engine
    from goalmap.classify.frameworks import find as find_framework
    from goalmap.classify.frameworks import is_file_name
    from goalmap.ingest.find import find
    from goalmap.store.database import open_database
    from goalmap.store.entities.gazetteer import import_gazetteer
    from goalmap.store.load import ingest as ingest_files
    from goalmap.store.own_frameworks import adopted
    from goalmap.store.summary import summarise

    if not db.exists():
        for name in settings.frameworks:
            find_framework(name)
    found = find(folders, database=db)
    runner = engine(engine_name, workers or os.cpu_count() or 1)
    started = time.monotonic()
    with closing(open_database(db, create=True)) as database, _progress(quiet) as tell:
        for gazetteer in gazetteers:
            for line in entity_wording.gazetteer_lines(import_gazetteer(database, gazetteer)):
                click.echo(line, err=True)
        if any(is_file_name(name) for name in settings.frameworks):
            click.echo("Learning your framework: up to two minutes, once for each state of its file.", err=True)
        settings = replace(settings, frameworks=adopted(database, settings.frameworks))
        outcome = ingest_files(database, found, settings, runner, tell, again)
        summary = summarise(database)
    for line in wording.outcome_lines(outcome, summary, time.monotonic() - started, db):
        click.echo(line, err=True)
    return outcome


@main.command()
@db_option
@json_option
def status(db: Path, as_json: bool) -> None:
    """What was read, what was not and why, what waits for review."""
    from goalmap.store.summary import summarise

    with _open(db) as database:
        summary = summarise(database)
    _show(as_json, lambda: asdict(summary), lambda: wording.status_lines(summary))


# Review


@main.group()
def review() -> None:
    """The review queue: out to a spreadsheet, answers back in."""


@review.command("export")
@click.argument("queue", type=click.Path(dir_okay=False, path_type=Path), metavar="QUEUE.csv")
@db_option
@click.option(
    "--order",
    type=click.Choice(["value", "document", "goal"]),
    default="value",
    show_default=True,
    help="value: the least certain first.",
)
@click.option("--goal", metavar="CODE", help="Only this goal.")
@click.option("--publisher", metavar="NAME", help="Only documents whose publisher's name holds this.")
@click.option("--limit", type=click.IntRange(1), help="At most so many rows.")
@click.option("--undecided", is_flag=True, help="Only proposals without a decision.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
def export(
    queue: Path,
    db: Path,
    order: str,
    goal: str | None,
    publisher: str | None,
    limit: int | None,
    undecided: bool,
    force: bool,
) -> None:
    """Write the proposals to QUEUE.csv, one row each.

    Answer in the columns verdict (accept, reject, change, add; blank means later), goal, stage, best_practice, note and
    reviewer; leave the other columns as they are. Rows may be sorted and left out. To add a goal, copy a row, write the
    goal's code and the verdict add.
    """
    from goalmap.store.queue import Filters, export_queue

    if queue.suffix.casefold() in (".xlsx", ".xls", ".ods"):
        raise click.UsageError(
            f"The queue is written as CSV, which spreadsheets open. Name it {queue.with_suffix('.csv')}."
        )
    if queue.exists() and not force:
        raise click.UsageError(
            f"{queue} is there already and may hold answers. Import it first, choose another name, or add --force."
        )
    with _open(db) as database:
        count = export_queue(database, queue, Filters(order, goal, publisher, limit, undecided))
    click.echo(
        f"{wording.count(count, 'proposal')} written to {queue}. "
        f"Fill in the verdict column, then: goalmap review import {queue} --db {db}",
        err=True,
    )


@review.command("import")
@click.argument("queue", type=click.Path(dir_okay=False, path_type=Path), metavar="QUEUE.csv")
@db_option
@click.option(
    "--reviewer", metavar="NAME", help="Who answered, where the reviewer column is blank. Default: your user name."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--partial", is_flag=True, help="Take the good rows even if others have faults.")
@json_option
def import_(queue: Path, db: Path, reviewer: str | None, dry_run: bool, partial: bool, as_json: bool) -> None:
    """Take over the answers in QUEUE.csv.

    Each answer is merged with what has changed in the database since the export; where both changed the same field to
    different things nothing is overwritten and the conflict is written to a file beside the queue.
    """
    from goalmap.store.queue import import_queue, write_conflicts
    from goalmap.store.serve import user_name

    with _open(db) as database:
        result = import_queue(database, queue, reviewer or user_name(), dry_run, partial)
    conflicts = queue.with_name(f"{queue.stem}-conflicts.csv") if result.conflicts and not dry_run else None
    if conflicts:
        write_conflicts(conflicts, result.conflicts)
    is_clean = not (result.problems or result.conflicts)
    _show(
        as_json,
        lambda: {"ok": is_clean, **asdict(result)},
        lambda: wording.import_lines(result, dry_run, partial, conflicts),
    )
    if result.problems:
        sys.exit(FAILED_FILES)
    if result.conflicts:
        sys.exit(CONFLICTS)


# Look


@main.command()
@db_option
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 picks a free one.")
@click.option("--as", "reviewer", metavar="NAME", help="Your name as reviewer. Default: your user name.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def serve(db: Path, port: int, reviewer: str | None, no_browser: bool) -> None:
    """Browse the database in the browser, on this machine only."""
    from goalmap.store.serve import serve as serve_database

    sys.exit(serve_database(db, port=port, open_browser=not no_browser, reviewer=reviewer))


@main.group()
def report() -> None:
    """Reports from decisions and proposals."""


@report.command("map")
@db_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help=".html, .csv or .json",
)
@click.option("--organisation", metavar="NAME", help="Only documents published by this organisation.")
@click.option("--goal", metavar="CODE", help="Only this goal.")
@click.option("--framework", default="purpose-goals", show_default=True, metavar="NAME")
def map_(db: Path, output: Path, organisation: str | None, goal: str | None, framework: str) -> None:
    """The activity map: what is done towards each goal, with the evidence."""
    entries = _write_map(db, output, organisation, goal, framework)
    click.echo(f"{wording.count(entries, 'entry', 'entries')} written to {output}.", err=True)


@main.command()
@click.argument("gold", required=False, type=click.Path(path_type=Path), metavar="[GOLD]")
@click.option(
    "--framework",
    metavar="NAME|FILE.toml",
    help="The framework that GOLD was labelled for. Default: purpose-goals. Without GOLD: only this one's decisions.",
)
@click.option("--fast", is_flag=True, help="Measure the fast setting, without the sentence encoder.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="P",
    help="Count proposals from this probability on. Default: as the model says.",
)
@db_option
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes. Default: one a core.")
@json_option
def evaluate(
    gold: Path | None,
    framework: str | None,
    fast: bool,
    threshold: float | None,
    db: Path,
    workers: int | None,
    as_json: bool,
) -> None:
    """How often proposals are right: on labelled documents, or by the decisions so far.

    GOLD is a folder with documents in files/ and what people found in them in annotations/, one JSON file each; or with
    labelled passages in *.jsonl; or one such file. With --db its own frameworks and the models that learnt from its
    decisions are measured. Without GOLD the decisions are taken, weighted for which proposals were looked at.
    """
    if gold is not None:
        is_named = click.get_current_context().get_parameter_source("db") is ParameterSource.COMMANDLINE
        brought = _brought(framework or DEFAULT_FRAMEWORK, db if is_named else None)
        _evaluate_gold(gold, framework or DEFAULT_FRAMEWORK, brought, fast, threshold, workers, as_json)
    elif fast:
        raise click.UsageError("Decisions were made on the proposals that there are; --fast needs GOLD.")
    else:
        _evaluate_decisions(db, framework, threshold, as_json)


def _brought(framework: str, db: Path | None) -> "Supplied | None":
    """What is not shipped of a framework: as a file or a database holds it."""
    from goalmap.classify.brought import brought_by
    from goalmap.classify.frameworks import find
    from goalmap.store.models import supplied

    if db is not None:
        with _open(db) as database:
            if held := supplied(database, [framework]):
                return held[0]
    return brought_by(find(framework))


def _evaluate_gold(
    gold: Path,
    framework: str,
    brought: "Supplied | None",
    fast: bool,
    threshold: float | None,
    workers: int | None,
    as_json: bool,
) -> None:
    from goalmap.classify.engines import engine
    from goalmap.classify.evaluation import evaluate as measure
    from goalmap.classify.gold import gold_files
    from goalmap.classify.manner import MODES, Manner
    from goalmap.classify.pipeline import Settings
    from goalmap.report.accuracy_wording import evaluation_lines

    manner, name = Manner(mode=MODES[fast], threshold=threshold), brought.framework if brought else framework
    settings = Settings((name,), manner, (brought,) if brought else ())
    results = engine("processes", workers or os.cpu_count() or 1).run(gold_files(gold), settings)
    evaluation = measure(gold, ((path.stem, result) for path, result in results), name, manner, brought)
    _show(as_json, evaluation.to_dict, lambda: evaluation_lines(evaluation))


def _evaluate_decisions(db: Path, framework: str | None, threshold: float | None, as_json: bool) -> None:
    from goalmap.classify.auditing import audit
    from goalmap.report.audit_wording import audit_lines
    from goalmap.store.reviewed import on_record

    with _open(db) as database:
        audits = [audit(record, threshold) for record in on_record(database, framework)]
    _show(as_json, lambda: {"frameworks": [one.to_dict() for one in audits]}, lambda: audit_lines(audits))


@main.command()
@click.option("--framework", metavar="NAME", help="Only this framework's decisions. Default: all that were decided on.")
@db_option
@click.option("--dry-run", is_flag=True, help="Say what learning would change and keep nothing.")
@click.option("--list", "list_", is_flag=True, help="The models that were learnt and kept.")
@click.option("--activate", metavar="ID", help="Use this kept model.")
@click.option("--back", is_flag=True, help="Go back to the model before, or to goalmap's own.")
@json_option
def learn(
    framework: str | None, db: Path, dry_run: bool, list_: bool, activate: str | None, back: bool, as_json: bool
) -> None:
    """Learn from the decisions, and say whether it helped.

    The model is measured before and after, on decided passages that it has not seen. Where it is better it is used
    from the next ingest on, else only kept. No decision is ever changed; every model is kept and can be gone back to.
    """
    if list_ + back + (activate is not None) > 1:
        raise click.UsageError("Choose one of --list, --activate and --back.")
    if list_:
        _list_models(db, framework, as_json)
    elif activate or back:
        _change_model(db, framework, activate, as_json)
    else:
        _learn(db, framework, dry_run, as_json)


def _learn(db: Path, framework: str | None, dry_run: bool, as_json: bool) -> None:
    from goalmap.report.learning_wording import relearnt_lines
    from goalmap.store.relearn import relearn_all

    with _open(db) as database:
        results, problems = relearn_all(database, framework, dry_run)
    for problem in problems:
        click.echo(problem, err=True)
    _show(
        as_json,
        lambda: {"ok": bool(results), "models": [result.to_dict() for result in results], "problems": problems},
        lambda: relearnt_lines(results, db, dry_run),
    )
    if not results:
        sys.exit(FAILED)


def _list_models(db: Path, framework: str | None, as_json: bool) -> None:
    from goalmap.report.learning_wording import kept_lines
    from goalmap.store.models import kept

    with _open(db) as database:
        models = kept(database, framework)
    _show(as_json, lambda: {"models": [asdict(one) for one in models]}, lambda: kept_lines(models))


def _change_model(db: Path, framework: str | None, id: str | None, as_json: bool) -> None:
    from goalmap.report.learning_wording import used_line
    from goalmap.store.models import activate, back

    with _open(db) as database:
        name, now = activate(database, id) if id else back(database, framework)
    _show(as_json, lambda: {"framework": name, "model": now and asdict(now)}, lambda: [used_line(name, now)])


# Entities


DECIDING = (
    click.option("--reviewer", metavar="NAME", help="Who decides. Default: your user name."),
    click.option("--note", metavar="TEXT", default="", help="Why; kept with the decision."),
    click.option("--dry-run", is_flag=True, help="Say what would change and write nothing."),
    db_option,
    json_option,
)
"""The options that all decisions on entities have."""


def deciding(command: Callable[..., None]) -> Callable[..., None]:
    """The command with these options."""
    for option in reversed(DECIDING):
        command = option(command)
    return command


@main.group()
def entities() -> None:
    """People, organisations and initiatives: look them up, mend what was brought together."""


@entities.command("list")
@click.argument("text", required=False, metavar="[TEXT]")
@click.option("--kind", type=click.Choice(list(wording.KINDS)), help="Only this kind.")
@click.option("--document", metavar="TEXT", help="Only what documents name whose path or title holds this.")
@click.option("--suggested", is_flag=True, help="Pairs that may be one, with the reasons.")
@click.option("--merged", is_flag=True, help="What was brought together, and why.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@db_option
@json_option
def list_entities(
    text: str | None,
    kind: str | None,
    document: str | None,
    suggested: bool,
    merged: bool,
    limit: int,
    db: Path,
    as_json: bool,
) -> None:
    """The entities whose names hold TEXT, the most named first."""
    from goalmap.store.entities import listing

    if suggested and merged:
        raise click.UsageError("Give --suggested or --merged, not both.")
    filters = listing.Filters(text, kind, document)
    with _open(db) as database:
        if suggested:
            pairs = listing.suggestions(database, filters)
            _show(as_json, _first(pairs, limit), lambda: entity_wording.suggestion_lines(pairs, limit, db))
        elif merged:
            names = listing.merges(database, filters)
            _show(as_json, _first(names, limit), lambda: entity_wording.merge_lines(names, limit))
        else:
            found = listing.entities(database, filters)
            _show(as_json, _first(found, limit), lambda: entity_wording.entity_lines(found, limit))


def _first(found: Sequence[Any], limit: int) -> Callable[[], dict[str, Any]]:
    return lambda: {"total": len(found), "found": [asdict(one) for one in found[:limit]]}


@entities.command("show")
@click.argument("entity", metavar="ID|NAME")
@db_option
@json_option
def show_entity(entity: str, db: Path, as_json: bool) -> None:
    """All there is on one entity: names over time, posts, memberships, documents."""
    from goalmap.store.entities.details import details
    from goalmap.store.entities.lookup import entity_id

    with _open(db) as database:
        found = details(database, entity_id(database, entity))
    _show(as_json, lambda: asdict(found), lambda: entity_wording.details_lines(found, db))


@entities.command("merge")
@click.argument("entities", nargs=-1, required=True, metavar="ID|NAME...")
@deciding
def merge_entities(
    entities: tuple[str, ...], reviewer: str | None, note: str, dry_run: bool, db: Path, as_json: bool
) -> None:
    """Say that two entities or more are one and the same.

    The decision is kept by their names: it holds for every later run and for new documents, until you take it back with
    goalmap entities undo.
    """
    from goalmap.store.entities.decisions import merge
    from goalmap.store.serve import user_name

    with _open(db) as database:
        done = merge(database, entities, reviewer or user_name(), note, dry_run=dry_run)
    _show(as_json, lambda: asdict(done), lambda: entity_wording.done_lines(done, db))


@entities.command("split")
@click.argument("entity", metavar="ID|NAME")
@click.option("--name", "names", multiple=True, metavar="FORM", help="A name that belongs to another entity.")
@click.option("--document", "documents", multiple=True, metavar="PATH", help="A document that means another entity.")
@deciding
def split_entity(
    entity: str,
    names: tuple[str, ...],
    documents: tuple[str, ...],
    reviewer: str | None,
    note: str,
    dry_run: bool,
    db: Path,
    as_json: bool,
) -> None:
    """Say that some names of an entity, or what some documents call so, are another entity.

    With --name and --document only these names in these documents are meant. The end of a path is enough.
    """
    from goalmap.store.entities.decisions import split
    from goalmap.store.serve import user_name

    with _open(db) as database:
        done = split(database, entity, names, documents, reviewer or user_name(), note, dry_run=dry_run)
    _show(as_json, lambda: asdict(done), lambda: entity_wording.done_lines(done, db))


@entities.command("apart")
@click.argument("entities", nargs=2, required=True, metavar="ID|NAME ID|NAME")
@deciding
def keep_apart(
    entities: tuple[str, ...], reviewer: str | None, note: str, dry_run: bool, db: Path, as_json: bool
) -> None:
    """Say that two entities are not the same, so that they are never joined nor suggested."""
    from goalmap.store.entities.decisions import keep_apart as part
    from goalmap.store.serve import user_name

    with _open(db) as database:
        done = part(database, entities, reviewer or user_name(), note, dry_run=dry_run)
    _show(as_json, lambda: asdict(done), lambda: entity_wording.done_lines(done, db))


@entities.command("undo")
@click.argument("batch", metavar="BATCH")
@deciding
def undo(batch: str, reviewer: str | None, note: str, dry_run: bool, db: Path, as_json: bool) -> None:
    """Take a decision back; undoing that restores it. The history lists them all."""
    from goalmap.store.entities.decisions import withdraw
    from goalmap.store.serve import user_name

    with _open(db) as database:
        done = withdraw(database, batch, reviewer or user_name(), note, dry_run=dry_run)
    _show(as_json, lambda: asdict(done), lambda: entity_wording.done_lines(done, db))


@entities.command("history")
@db_option
@json_option
def history(db: Path, as_json: bool) -> None:
    """What was decided on entities, the latest first, and whether it holds."""
    from goalmap.store.entities.history import history as decisions

    with _open(db) as database:
        batches = decisions(database)
    _show(
        as_json,
        lambda: {"decisions": [asdict(batch) for batch in batches]},
        lambda: entity_wording.history_lines(batches),
    )


@entities.command("gazetteer")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[FILE.csv]")
@click.option("--remove", metavar="NAME", help="Take a list away again.")
@db_option
@json_option
def gazetteer(file: Path | None, remove: str | None, db: Path, as_json: bool) -> None:
    """Bring in names with identifiers, or say which lists there are.

    FILE.csv is an NHS ODS extract as published, or a CSV with a column called name and, as far as you have them,
    aliases (a|b), kind, since, until, successor and a column for each scheme of codes. Importing a file of the same
    name again replaces what it brought.
    """
    from goalmap.store.entities import gazetteer as lists

    if file and remove:
        raise click.UsageError("Give a file or --remove, not both.")
    with _open(db) as database:
        if remove:
            lists.remove_gazetteer(database, remove)
        if file:
            done = lists.import_gazetteer(database, file)
            _show(as_json, lambda: asdict(done), lambda: entity_wording.gazetteer_lines(done))
            return
        there = lists.sources(database)
    _show(as_json, lambda: {"lists": [asdict(one) for one in there]}, lambda: entity_wording.source_lines(there))


@entities.command("graph")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help=".graphml for Gephi, yEd or networkx; .csv for FILE-nodes.csv and FILE-edges.csv",
)
@click.option("--organisation", metavar="NAME", help="Only what touches organisations whose name holds this.")
@db_option
def graph_(output: Path, organisation: str | None, db: Path) -> None:
    """Who is tied to whom: posts and memberships, dated, each with a sentence as evidence."""
    from goalmap.store.entities.graph import graph
    from goalmap.store.entities.graph_files import write_graph

    with _open(db) as database:
        found = graph(database, organisation)
    click.echo(entity_wording.graph_line(found, write_graph(found, output)), err=True)


# Frameworks


@main.group()
def frameworks() -> None:
    """The goal frameworks that passages can be classified against."""


@frameworks.command("list")
@json_option
def list_(as_json: bool) -> None:
    """The frameworks there are."""
    from goalmap.classify.frameworks import load, names

    found = [load(name) for name in names()]
    _show(
        as_json,
        lambda: {"frameworks": [framework_wording.framework_facts(framework) for framework in found]},
        lambda: framework_wording.framework_lines(found),
    )


@frameworks.command()
@click.argument("name", metavar="NAME|FILE.toml")
@click.option("--goal", metavar="CODE", help="One goal with all that it is known by.")
@json_option
def show(name: str, goal: str | None, as_json: bool) -> None:
    """The goals of a framework, and what its thresholds cost.

    Scope, test question, what counts, what separates goals, house rules, and what corresponds to them in other
    frameworks.
    """
    from goalmap.classify.frameworks import find
    from goalmap.classify.thresholds import thresholds

    framework = find(name).framework
    if goal:
        one = framework.goal(goal)
        _show(as_json, lambda: {"goal": asdict(one)}, lambda: framework_wording.goal_lines(framework, goal))
        return
    costs = thresholds(framework)
    _show(
        as_json,
        lambda: {**asdict(framework), "thresholds": costs.facts},
        lambda: framework_wording.show_lines(framework, costs),
    )


@frameworks.command("new")
@click.argument("name", metavar="NAME")
@click.option("--from", "base", metavar="NAME", help="Take over the goals of this framework and add house rules.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help="Where to write it. Default: NAME.toml",
)
def new_framework(name: str, base: str | None, output: Path | None) -> None:
    """Begin a framework of your own: a file to fill in."""
    from goalmap.classify.framework_template import template

    file = output or Path(f"{name}.toml")
    text = template(name, base, str(file))
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise click.UsageError(f"{file} is there already. Choose another file with -o.") from error
    click.echo(f"{file} written. Fill it in, then: goalmap frameworks check {file}", err=True)


@frameworks.command()
@click.argument("name", metavar="NAME|FILE.toml")
@click.option("--quick", is_flag=True, help="Do not try out how well its goals can be told apart.")
@json_option
def check(name: str, quick: bool, as_json: bool) -> None:
    """Whether a framework can be used, and how it could be better.

    A framework of your own is then tried out: taught with four fifths of its passages and asked about the rest, so that
    you see which goals are missed or taken for each other.
    """
    from goalmap.classify.framework_advice import checked

    found = checked(name)
    if found.faults and as_json:
        _show(True, lambda: {"ok": False, **asdict(found)}, list)
        sys.exit(FAILED)
    framework, tried = found.usable, None
    if not quick and found.needs_trial:
        from goalmap.classify.framework_trial import trial

        click.echo("Trying it out, which takes from some seconds to some minutes.", err=True)
        tried = trial(framework)
    _show(
        as_json,
        lambda: {**framework_wording.check_facts(found), "trial": tried and asdict(tried)},
        lambda: framework_wording.check_lines(found, tried),
    )


@frameworks.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@json_option
def diff(old: str, new: str, as_json: bool) -> None:
    """What became of goals from OLD to NEW, and of the decisions on them.

    Each is a framework's name or the path of a TOML file.
    """
    from goalmap.classify.frameworks import find
    from goalmap.classify.versions import changes

    found = changes(find(old).framework, find(new).framework)
    _show(as_json, lambda: asdict(found), lambda: framework_wording.changes_lines(found))


# Health


@main.command()
@json_option
def doctor(as_json: bool) -> None:
    """What is installed, what is verified, what is missing."""
    from goalmap.store.doctor import examine

    checks = list(examine(Path.cwd()))
    _show(as_json, lambda: {"checks": [asdict(check) for check in checks]}, lambda: wording.check_lines(checks))
    if not all(check.ok or check.optional for check in checks):
        sys.exit(1)


@main.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    help="Where the results go.",
)
def demo(folder: Path) -> None:
    """The whole path on the shipped examples.

    It leaves a database, a review queue and an activity map in a folder. A queue that is there is never written over.
    """
    from goalmap.classify.pipeline import Settings
    from goalmap.store.demo import demo_in
    from goalmap.store.queue import Filters, export_queue

    started = time.monotonic()
    files = demo_in(folder)
    _ingest([files.examples], files.db, Settings(), "processes", None, quiet=False)
    with _open(files.db) as database:
        proposals = export_queue(database, files.queue, Filters())
    entries = _write_map(files.db, files.map, None, None, "purpose-goals")
    for line in wording.demo_lines(files, proposals, entries, time.monotonic() - started):
        click.echo(line)


# Shared


def _write_map(db: Path, output: Path, organisation: str | None, goal: str | None, framework: str) -> int:
    from goalmap.report.activity_map import activity_map
    from goalmap.report.map_files import write_map

    with _open(db) as database:
        found = activity_map(database, organisation, goal, framework)
    write_map(found, output, date.today())
    return len(found.entries)


@contextmanager
def _open(db: Path) -> "Iterator[Database]":
    from goalmap.store.database import open_database

    with closing(open_database(db)) as database:
        yield database


def _show(as_json: bool, data: Callable[[], dict[str, Any]], lines: Callable[[], Iterable[str]]) -> None:
    """Data on stdout: one JSON object, or lines for people."""
    if as_json:
        click.echo(json.dumps({"ok": True, "schema": 1, **data()}, ensure_ascii=True, default=str))
    else:
        for line in lines():
            click.echo(line)


@contextmanager
def _progress(quiet: bool) -> "Iterator[Progress | None]":
    """A bar with the time left on a terminal, a line every ten seconds in a log."""
    if quiet:
        yield None
    elif not sys.stderr.isatty():
        yield _log_progress()
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("Reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda done, total, path: bar.update(
                task, completed=done, total=total, description=wording.shortened(path.name, 30)
            )


def _log_progress() -> "Progress":
    last = time.monotonic()

    def tell(done: int, total: int, path: Path) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            click.echo(f"{done} of {total} files read", err=True)

    return tell


if __name__ == "__main__":
    main()
