"""What the commands say of entities in plain words: what was found and decided in, lines out."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.report.wording import KINDS, count, filled, message_lines, shortened
from goalmap.report.wordings.change_wording import change_lines
from goalmap.store.days import day, period
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.store.entities.decisions import Done
    from goalmap.store.entities.details import Details, Name, Tie
    from goalmap.store.entities.gazetteer import Imported, Source
    from goalmap.store.entities.graph import Graph
    from goalmap.store.entities.history import Batch
    from goalmap.store.entities.listing import Brought, Listed, Suggested
    from goalmap.store.entities.states import State

COLUMNS = ((14, "id"), (13, "kind"), (26, "name"), (5, "docs"), (6, "named"))
"""The columns of a list with their widths; the other names take what is left."""
LAST = 16
DECIDED = {"same": "are one", "different": "not the same as"}
SHOWN_NAMES = 12


def db_option(db: Place) -> str:
    """The option by which a command finds a database, where it is not the usual one."""
    return "" if str(db) == "goalmap.db" else f" --db {shlex.quote(str(db))}"


# Lists


def entity_lines(found: "Sequence[Listed]", limit: int) -> Iterator[str]:
    """Entities, one a line, in eighty columns."""
    if not found:
        yield "No entity has that in its name. To see them all: goalmap entities list"
        return
    yield "".join(title.ljust(width) for width, title in COLUMNS) + "other names"
    for one in found[:limit]:
        cells = (one.id, one.kind, one.name, f"{one.documents:,}", f"{one.mentions:,}")
        line = "".join(shortened(cell, width - 1).ljust(width) for (width, _), cell in zip(COLUMNS, cells, strict=True))
        yield (line + shortened("; ".join(one.aliases), LAST)).rstrip()
    if len(found) > limit:
        yield f"and {len(found) - limit:,} more: --limit shows more, a TEXT or --kind fewer"


def suggestion_lines(found: "Sequence[Suggested]", limit: int, db: Place) -> Iterator[str]:
    """Pairs that may be one, each with the commands that say so, or not."""
    if not found:
        yield "Nothing to look at: no two entities seem to be one."
        return
    for one in found[:limit]:
        yield from filled(f"{one.name} and {one.other_name} ({one.kind}): {one.reason}")
        yield f"  goalmap entities merge {one.id} {one.other_id}{db_option(db)}"
        yield f"  goalmap entities apart {one.id} {one.other_id}{db_option(db)}"
    yield from _more(len(found), limit)


def merge_lines(found: "Sequence[Brought]", limit: int) -> Iterator[str]:
    """What was brought together, and why."""
    if not found:
        yield "No two different names were taken for one."
        return
    for one in found[:limit]:
        yield from filled(f"{one.entity} ({one.kind}, {one.entity_id}): {one.name} = {one.other_name}. {one.reason}")
    yield from _more(len(found), limit)


def _more(found: int, limit: int) -> Iterator[str]:
    if found > limit:
        yield f"and {found - limit:,} more: --limit shows more"


# One entity


def details_lines(found: "Details", db: Place) -> Iterator[str]:
    """All there is on one entity."""
    entity = found.entity
    yield f"{entity.name} ({entity.kind}, {entity.id})"
    yield from filled(
        f"  {count(entity.mentions, 'mention')} in {count(entity.documents, 'document')}, "
        f"{count(found.quotations, 'quotation')}.",
        "  ",
    )
    if entity.identifiers:
        codes = ", ".join(f"{scheme} {code}" for scheme, code in entity.identifiers.items())
        yield from filled(f"  Identifiers: {codes}", "    ")
    if found.owner:
        yield from filled(f"  Run by {found.owner}", "    ")
    yield from _section("Names", (_name(name) for name in found.names))
    yield from _section("Posts and memberships", (_tie(tie) for tie in found.ties))
    yield from _section("Brought together", (f"{one.name} = {one.other_name}. {one.reason}" for one in found.merges))
    yield from _section("May be one with", (_suggestion(one, entity.id, db) for one in found.suggestions))
    yield from _section("Documents", (Path(path).name for path in found.documents))


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    for number, item in enumerate(items):
        if number == 0:
            yield f"  {title}:"
        yield from filled(f"  - {item}", "    ")


def _name(name: "Name") -> str:
    seen = period(name.first_seen, name.last_seen)
    used = f", in {count(name.documents, 'document')}{seen and f' of {seen}'}" if name.documents else ""
    held = f", from {day(name.since)}" if name.since else ""
    ended = f", until {day(name.until)}" if name.until else ""
    source = "" if name.source == "documents" else f" ({name.source})"
    return f"{name.name}{used}{held}{ended}{source}"


def _tie(tie: "Tie") -> str:
    former = "formerly " if tie.former else ""
    at = f", {tie.other}" if tie.other else ""
    dates = period(tie.first, tie.last)
    return f"{former}{tie.what}{at} ({dates or 'no date'}, {count(tie.documents, 'document')})"


def _suggestion(one: "Suggested", own: str, db: Place) -> str:
    other, id = (one.other_name, one.other_id) if one.id == own else (one.name, one.id)
    return f"{other} ({id}): {one.reason} To merge: goalmap entities merge {own} {id}{db_option(db)}"


# Decisions


def done_lines(done: "Done", db: Place) -> Iterator[str]:
    """What a decision changed, and how to take it back."""
    moved = f"{count(done.mentions_moved, 'mention')} {'would move' if done.dry_run else 'moved'}."
    return change_lines(
        done,
        _state_words,
        filled(moved),
        "No name moves; the entities are as the decision says:",
        f"goalmap entities undo {done.batch}{db_option(db)}",
    )


def _state_words(state: "State") -> str:
    """An entity in one sentence: name, kind, mentions, other names."""
    aliases = f", also {shortened('; '.join(state.aliases), 60)}" if state.aliases else ""
    told = f"{count(state.mentions, 'mention')} in {count(state.documents, 'document')}"
    return f"{state.name} ({state.kind}, {state.id}): {told}{aliases}"


def history_lines(batches: "Sequence[Batch]") -> Iterator[str]:
    """What was decided, the latest first."""
    if not batches:
        yield "Nothing has been decided on entities yet."
    for batch in batches:
        by = f" by {batch.reviewer}" if batch.reviewer else ""
        yield from filled(f"{batch.batch}  {day(batch.decided_at)}{by}: {_decided(batch)} [{_state(batch)}]", "    ")
        if batch.documents:
            yield from filled(f"    In: {', '.join(Path(path).name for path in batch.documents)}", "      ")
        if batch.note:
            yield from filled(f"    Note: {batch.note}", "      ")
        if batch.waiting:
            yield from filled(
                f"    No document has now: {_listed(batch.waiting)}. Should one have it again, the decision holds for it.",
                "      ",
            )


def _decided(batch: "Batch") -> str:
    if batch.withdraws:
        return f"takes back {batch.withdraws}"
    rest = f" {_listed(batch.rest)}" if batch.rest else ""
    return f"{_listed(batch.names)} {DECIDED[batch.verdict]}{rest}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return ", ".join(f"“{name}”" for name in names[:SHOWN_NAMES]) + more


def _state(batch: "Batch") -> str:
    return f"{batch.state} by {batch.withdrawn_by}" if batch.withdrawn_by else batch.state


# Gazetteer and graph


def gazetteer_lines(done: "Imported") -> Iterator[str]:
    """What came of bringing a list of names in."""
    replaced = f", in place of {done.replaced:,}" if done.replaced else ""
    yield from filled(
        f"{count(done.entries, 'entry', 'entries')} taken over from {done.source} ({done.form}){replaced}; "
        f"{count(done.identified, 'entity', 'entities')} of this database {'has' if done.identified == 1 else 'have'} "
        "identifiers."
    )
    if done.schemes:
        yield from filled(f"Codes: {', '.join(done.schemes)}.")
    if done.ignored:
        yield from filled(f"Columns left aside: {', '.join(done.ignored)}.")
    for warning in done.warnings:
        yield from filled(warning)


def source_lines(sources: "Sequence[Source]") -> Iterator[str]:
    """The lists of names that a database has."""
    if not sources:
        yield from message_lines(
            "No gazetteer has been brought in. Bring one in with: goalmap entities gazetteer FILE.csv"
        )
    for one in sources:
        yield f"{one.source}: {count(one.entries, 'entry', 'entries')}"


def graph_line(graph: "Graph", files: "Sequence[Path]") -> str:
    kinds = [count(sum(node.kind == kind for node in graph.nodes), *words) for kind, words in KINDS.items()]
    return f"{', '.join(kinds)} and {count(len(graph.edges), 'tie')} written to {' and '.join(map(str, files))}."
