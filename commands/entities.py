"""People, organisations and initiatives: the entities group."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from goalmap.commands.deciding import by, deciding
from goalmap.commands.shared import db_option, json_option, opened, show, tell
from goalmap.report import wording
from goalmap.report.wordings import entity_wording
from goalmap.store.postgres.address import Place


@click.group()
def entities() -> None:
    """People, organisations, initiatives: look them up, mend them."""


@entities.command("list")
@click.argument("text", required=False, metavar="[TEXT]")
@click.option("--kind", type=click.Choice(list(wording.KINDS)), help="Only this kind.")
@click.option("--document", metavar="TEXT", help="Only what documents name whose path or title holds this.")
@click.option("--suggested", is_flag=True, help="Pairs that may be one, with the reasons.")
@click.option("--merged", is_flag=True, help="What was brought together, and why.")
@click.option("--limit", type=click.IntRange(1), metavar="N", default=50, show_default=True, help="At most so many.")
@db_option
@json_option
def list_entities(
    text: str | None,
    kind: str | None,
    document: str | None,
    suggested: bool,
    merged: bool,
    limit: int,
    db: Place,
    as_json: bool,
) -> None:
    """The entities whose names hold TEXT, the most named first."""
    from goalmap.store.entities import listing

    if suggested and merged:
        raise click.UsageError("Give --suggested or --merged, not both.")
    filters = listing.Filters(text, kind, document)
    with opened(db) as database:
        if suggested:
            pairs = listing.suggestions(database, filters)
            show(as_json, _first(pairs, limit), lambda: entity_wording.suggestion_lines(pairs, limit, db))
        elif merged:
            names = listing.merges(database, filters)
            show(as_json, _first(names, limit), lambda: entity_wording.merge_lines(names, limit))
        else:
            found = listing.entities(database, filters)
            show(as_json, _first(found, limit), lambda: entity_wording.entity_lines(found, limit))


def _first(found: Sequence[Any], limit: int) -> Callable[[], dict[str, Any]]:
    return lambda: {"total": len(found), "found": [asdict(one) for one in found[:limit]]}


@entities.command("show")
@click.argument("entity", metavar="ID|NAME")
@db_option
@json_option
def show_entity(entity: str, db: Place, as_json: bool) -> None:
    """All there is on one entity.

    Its names over time, posts, memberships, quotations and documents.
    """
    from goalmap.store.entities.details import details
    from goalmap.store.entities.lookup import entity_id

    with opened(db) as database:
        found = details(database, entity_id(database, entity))
    show(as_json, lambda: asdict(found), lambda: entity_wording.details_lines(found, db))


@entities.command("merge")
@click.argument("entities", nargs=-1, required=True, metavar="ID|NAME...")
@deciding
def merge_entities(
    entities: tuple[str, ...], reviewer: str | None, note: str, dry_run: bool, db: Place, as_json: bool
) -> None:
    """Say that two entities or more are one and the same.

    The decision is kept by their names: it holds for every later run and for new documents, until you take it back with
    goalmap entities undo.
    """
    from goalmap.store.entities.decisions import merge

    with opened(db) as database:
        done = merge(database, entities, by(reviewer, note), dry_run)
    show(as_json, lambda: asdict(done), lambda: entity_wording.done_lines(done, db))


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
    db: Place,
    as_json: bool,
) -> None:
    """Say that a part of an entity is another one.

    The part is some of its names, or what some documents call so. With --name and --document only these names in these documents are meant. The end of a path is enough.
    """
    from goalmap.store.entities.decisions import split

    with opened(db) as database:
        done = split(database, entity, names, documents, by(reviewer, note), dry_run)
    show(as_json, lambda: asdict(done), lambda: entity_wording.done_lines(done, db))


@entities.command("apart")
@click.argument("entities", nargs=2, required=True, metavar="ID|NAME ID|NAME")
@deciding
def keep_apart(
    entities: tuple[str, ...], reviewer: str | None, note: str, dry_run: bool, db: Place, as_json: bool
) -> None:
    """Say that two entities are not the same.

    They are never joined then, nor suggested as one.
    """
    from goalmap.store.entities.decisions import keep_apart as part

    with opened(db) as database:
        done = part(database, entities, by(reviewer, note), dry_run)
    show(as_json, lambda: asdict(done), lambda: entity_wording.done_lines(done, db))


@entities.command("undo")
@click.argument("batch", metavar="BATCH")
@deciding
def undo(batch: str, reviewer: str | None, note: str, dry_run: bool, db: Place, as_json: bool) -> None:
    """Take a decision back; undoing that restores it. The history lists them all."""
    from goalmap.store.entities.decisions import withdraw

    with opened(db) as database:
        done = withdraw(database, batch, by(reviewer, note), dry_run)
    show(as_json, lambda: asdict(done), lambda: entity_wording.done_lines(done, db))


@entities.command("history")
@db_option
@json_option
def history(db: Place, as_json: bool) -> None:
    """What was decided on entities, and whether it holds.

    The latest comes first.
    """
    from goalmap.store.entities.history import history as decisions

    with opened(db) as database:
        batches = decisions(database)
    show(
        as_json,
        lambda: {"decisions": [asdict(batch) for batch in batches]},
        lambda: entity_wording.history_lines(batches),
    )


@entities.command("gazetteer")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[FILE.csv]")
@click.option("--remove", metavar="NAME", help="Take a list away again.")
@db_option
@json_option
def gazetteer(file: Path | None, remove: str | None, db: Place, as_json: bool) -> None:
    """Bring in names with identifiers, or say which lists there are.

    FILE.csv is an NHS ODS extract as published, or a CSV with a column called name and, as far as you have them,
    aliases (a|b), kind, since, until, successor and a column for each scheme of codes. Importing a file of the same
    name again replaces what it brought.
    """
    from goalmap.store.entities import gazetteer as lists

    if file and remove:
        raise click.UsageError("Give a file or --remove, not both.")
    with opened(db) as database:
        if remove:
            lists.remove_gazetteer(database, remove)
        if file:
            done = lists.import_gazetteer(database, file)
            show(as_json, lambda: asdict(done), lambda: entity_wording.gazetteer_lines(done))
            return
        there = lists.sources(database)
    show(as_json, lambda: {"lists": [asdict(one) for one in there]}, lambda: entity_wording.source_lines(there))


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
def graph_(output: Path, organisation: str | None, db: Place) -> None:
    """Who is tied to whom, as a graph for other programs.

    Posts and memberships, dated, each with a sentence as evidence.
    """
    from goalmap.store.entities.graph import graph
    from goalmap.store.entities.graph_files import write_graph

    with opened(db) as database:
        found = graph(database, organisation)
    tell(entity_wording.graph_line(found, write_graph(found, output)))
