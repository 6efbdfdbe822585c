"""What people decide on entities: one and the same, not the same, or a decision taken back; added, never changed.

Decisions are kept by names, so that they hold for later runs, for moved files and for new documents with these names.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.extract.resolving.model import Verdict
from goalmap.extract.words import name_key
from goalmap.ingest.errors import EntityProblem
from goalmap.store.batches import COMMAND, WITHDRAWN, By, carried_out, withdrawn_by
from goalmap.store.carry import now
from goalmap.store.entities.contradictions import overruled_by_merge, overruled_by_split
from goalmap.store.entities.handles import Named, Shown, copies_of, handles_of, named_by
from goalmap.store.entities.lookup import entity_ids
from goalmap.store.entities.names import json_cell
from goalmap.store.entities.refresh import refresh
from goalmap.store.entities.standing import standing_rows
from goalmap.store.entities.states import Moment, State, change

LISTED = 8
"""Names or documents that a message lists."""

Pair = tuple[Verdict, Shown, Shown]


@dataclass(frozen=True, slots=True)
class Done:
    """What a decision changed; `batch` is what takes it back."""

    batch: str
    before: tuple[State, ...]
    after: tuple[State, ...]
    mentions_moved: int
    warnings: tuple[str, ...] = ()
    dry_run: bool = False
    """Whether nothing was written."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written together, and the entities that it is about."""

    kind: str
    pairs: tuple[Pair, ...] = ()
    withdraws: str | None = None
    entities: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def merge(
    db: Database,
    entities: Sequence[str],
    by: By = COMMAND,
    dry_run: bool = False,
) -> Done:
    """Say that these entities, given by ids or exact names, are one. Raises EntityProblem."""
    return _carry_out(db, lambda: _merge(db, entities), by, dry_run)


def split(
    db: Database,
    entity: str,
    names: Sequence[str] = (),
    documents: Sequence[str] = (),
    by: By = COMMAND,
    dry_run: bool = False,
) -> Done:
    """Say that these names of an entity, or what these documents call so, are another entity. Raises EntityProblem.

    Documents are given by ids, paths or ends of paths; with names too, only these names in these documents are meant.
    """
    return _carry_out(db, lambda: _split(db, entity, names, documents), by, dry_run)


def keep_apart(
    db: Database,
    entities: Sequence[str],
    by: By = COMMAND,
    dry_run: bool = False,
) -> Done:
    """Say that two entities, given by ids or exact names, are not one, whatever seems to say so. Raises EntityProblem."""
    return _carry_out(db, lambda: _keep_apart(db, entities), by, dry_run)


def withdraw(
    db: Database,
    batch: str,
    by: By = COMMAND,
    dry_run: bool = False,
) -> Done:
    """Take back decisions that were made together; taking that back restores them. Raises EntityProblem."""
    return _carry_out(db, lambda: _withdraw(db, batch), by, dry_run)


# Carrying out


def _carry_out(db: Database, decide: Callable[[], Decision], by: By, dry_run: bool) -> Done:
    """Decide, write it down and bring the entities up to date: all of it or nothing."""
    done = carried_out(db, lambda: _decided(db, decide(), by), dry_run)
    return replace(done, dry_run=dry_run)


def _decided(db: Database, decision: Decision, by: By) -> Done:
    before = Moment.of(db)
    batch = _write(db, decision, by)
    refresh(db)
    seen = change(db, before, Moment.of(db), decision.entities)
    return Done(batch, seen.before, seen.after, seen.mentions_moved, decision.warnings)


def _write(db: Database, decision: Decision, by: By) -> str:
    (count,) = db.execute("select count(distinct batch) from entity_decisions").fetchone()
    batch = f"b{count + 1}"
    told = {
        "batch": batch,
        "kind": decision.kind,
        "withdraws": decision.withdraws,
        "note": by.note or None,
        "reviewer": by.reviewer or None,
        "decided_at": now(),
        "source": by.source,
    }
    rows = [{**_cells(pair), **told} for pair in decision.pairs] or [{"verdict": WITHDRAWN, **told}]
    db.table("entity_decisions").insert_all(rows)
    return batch


def _cells(pair: Pair) -> dict[str, Any]:
    verdict, one, other = pair
    return {
        "verdict": verdict.value,
        "name_key": one.handle.key,
        "document_id": one.handle.document,
        "other_name_key": other.handle.key,
        "other_document_id": other.handle.document,
        "names": json_cell([one.name, other.name]),
    }


# Same


def _merge(db: Database, said: Sequence[str]) -> Decision:
    ids = list(dict.fromkeys(entity_ids(db, said)))
    if len(ids) < 2:
        raise EntityProblem("Give two entities or more that are one and the same; these are one already.")
    rows = {row["id"]: row for row in db.query(f"select * from entities where id in ({_marks(ids)})", ids)}
    if len({rows[id]["kind"] for id in ids}) > 1:
        kinds = "; ".join(f"{rows[id]['name']} is {_with_article(rows[id]['kind'])}" for id in ids)
        raise EntityProblem(f"Entities of different kinds are never the same: {kinds}. Nothing was changed.")
    named = named_by(db, ids)
    shown = [handle for id in ids for handle in handles_of(db, _of(named, id, rows[id]["name"]))]
    kind = rows[ids[0]]["kind"]
    overruled = tuple(overruled_by_merge(standing_rows(db), kind, shown))
    return Decision(kind, tuple(_all_same(shown)), entities=tuple(ids), warnings=overruled)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" for _ in values)


def _with_article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _of(named: Iterable[Named], entity: str, name: str) -> list[Named]:
    """The names of one entity. Raises EntityProblem where there are none."""
    own = [one for one in named if one.entity == entity]
    if not own:
        raise EntityProblem(
            f"{name} was found by an older goalmap, which did not keep what a decision needs. Read its folder again with "
            "goalmap ingest FOLDER, then decide."
        )
    return own


def _all_same(shown: Sequence[Shown]) -> Iterator[Pair]:
    yield from ((Verdict.SAME, shown[0], other) for other in shown[1:])


# Different


def _split(db: Database, said: str, names: Sequence[str], documents: Sequence[str]) -> Decision:
    if not names and not documents:
        raise EntityProblem("Say which names (--name) or which documents (--document) are another entity.")
    (id,) = entity_ids(db, [said])
    (row,) = db.query("select * from entities where id = ?", [id])
    own = _of(named_by(db, [id]), id, row["name"])
    keys = {_key_among(own, name) for name in names}
    files = {_document_among(db, own, document) for document in documents}
    parted = [one for one in own if (not keys or one.key in keys) and (not files or one.document in files)]
    rest = [one for one in own if one not in parted]
    _check_parts(row["name"], parted, rest)
    parts = handles_of(db, parted), handles_of(db, rest)
    overruled = tuple(overruled_by_split(standing_rows(db), row["kind"], *parts))
    return Decision(row["kind"], tuple(_apart(*parts)), entities=(id,), warnings=overruled)


def _keep_apart(db: Database, said: Sequence[str]) -> Decision:
    ids = list(dict.fromkeys(entity_ids(db, said)))
    if len(ids) != 2:
        raise EntityProblem(
            "Give two entities that are not one and the same. To part one entity: goalmap entities split"
        )
    rows = {row["id"]: row for row in db.query("select * from entities where id in (?, ?)", ids)}
    if len({row["kind"] for row in rows.values()}) > 1:
        raise EntityProblem("Entities of different kinds are never taken for one; there is nothing to decide.")
    named = named_by(db, ids)
    one, other = (handles_of(db, _of(named, id, rows[id]["name"])) for id in ids)
    kind = rows[ids[0]]["kind"]
    overruled = tuple(overruled_by_split(standing_rows(db), kind, one, other))
    return Decision(kind, tuple(_differing(one, other)), entities=tuple(ids), warnings=overruled)


def _apart(parted: Sequence[Shown], rest: Sequence[Shown]) -> Iterator[Pair]:
    """Each part stays one, and apart from the other."""
    yield from _all_same(parted)
    yield from _all_same(rest)
    yield from _differing(parted, rest)


def _differing(some: Sequence[Shown], others: Sequence[Shown]) -> Iterator[Pair]:
    """Every name of the one is kept from the first of the other, should some of them vanish."""
    yield from ((Verdict.DIFFERENT, some[0], other) for other in others)
    yield from ((Verdict.DIFFERENT, one, others[0]) for one in some[1:])


def _key_among(own: Sequence[Named], name: str) -> str:
    key = name_key(name) or name
    if any(one.key == key for one in own):
        return key
    fuller = dict.fromkeys(one.forms[0] for one in own if key in {name_key(form) or form for form in one.forms})
    if fuller:
        raise EntityProblem(
            f"Documents use {name!r} beside a fuller name ({_listed(fuller)}), so it cannot be split off by itself. "
            "Split off the fuller name, or give the documents with --document."
        )
    raise EntityProblem(f"It has no name {name!r}. Its names: {_listed(one.forms[0] for one in own)}.")


def _document_among(db: Database, own: Sequence[Named], said: str) -> str:
    """The document that is meant, or the one that holds the same bytes."""
    paths = {one.path: one.document for one in own} | copies_of(db, {one.document for one in own})
    ends = {Path(said).parts, Path(os.path.abspath(said)).parts}
    found = {
        path: id
        for path, id in paths.items()
        if id == said or any(Path(path).parts[-len(end) :] == end for end in ends)
    }
    if not found:
        raise EntityProblem(
            f"It is not named in {said!r}. It is named in: {_listed(Path(one.path).name for one in own)}."
        )
    if len(set(found.values())) > 1:
        raise EntityProblem(f"Several documents are called {said!r}; give more of the path: {_listed(found)}.")
    return next(iter(found.values()))


def _check_parts(name: str, parted: Sequence[Named], rest: Sequence[Named]) -> None:
    if not parted:
        raise EntityProblem(f"None of these documents uses this name of {name}. Nothing was changed.")
    if not rest:
        raise EntityProblem(
            f"That is all there is of {name}: nothing would be left to split from. Nothing was changed."
        )


def _listed(texts: Iterable[str]) -> str:
    found = list(dict.fromkeys(texts))
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return ", ".join(found[:LISTED]) + more


# Taking back


def _withdraw(db: Database, batch: str) -> Decision:
    rows = list(db.query("select * from entity_decisions order by id"))
    (kind,) = {row["kind"] for row in rows if row["batch"] == batch} or (None,)
    if kind is None:
        there = _listed(reversed([row["batch"] for row in rows]))
        known = f"The latest: {there}." if there else "Nothing has been decided on entities yet."
        raise EntityProblem(f"There is no decision {batch!r}. {known} See: goalmap entities history")
    if by := withdrawn_by(rows).get(batch):
        raise EntityProblem(
            f"Decision {batch} was taken back already, by {by}. To restore it: goalmap entities undo {by}"
        )
    return Decision(kind, withdraws=batch)
