"""What people decide on activities: one and the same, not the same, another word in a field, or a decision taken back.

Decisions are added, never changed. They are kept by passages, so that they hold for later runs and for the activities that
these passages tell of then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from goalmap.classify.activities.editing import read_field
from goalmap.classify.activities.model import Activity, Ruling
from goalmap.ingest.errors import ActivityProblem
from goalmap.store.activities.lookup import activity_ids, called_by
from goalmap.store.activities.nearby import (
    Nearby,
    State,
    as_one,
    holders_of,
    in_parts,
    nearby,
    regrouped,
    state_of,
    with_words,
)
from goalmap.store.activities.refresh import now_stale, put
from goalmap.store.activities.said import (
    APART,
    EDIT,
    TOGETHER,
    Row,
    places_of,
    rulings_of,
    standing_rows,
)
from goalmap.store.batches import WITHDRAWN, By, carried_out, withdrawn_by
from goalmap.store.carry import now

TIED = 5
"""Each passage of a part is tied to so many others of it, so that the part holds should some of them vanish."""
LISTED = 8
"""Batches or passages that a message lists."""

Pair = tuple[str, str, str]
"""together or apart, and two passages."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a decision changed; `batch` is what takes it back."""

    batch: str
    before: tuple[State, ...]
    after: tuple[State, ...]
    warnings: tuple[str, ...] = ()
    dry_run: bool = False
    """Whether nothing was written."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written together, and the activities that it makes of those that it is about."""

    about: Nearby
    after: tuple[Activity, ...]
    pairs: tuple[Pair, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    passage: str | None = None
    """The passage by which fields are kept."""
    withdraws: str | None = None
    warnings: tuple[str, ...] = ()


def merge(db: Database, activities: Sequence[str], by: By, dry_run: bool = False) -> Done:
    """Say that these activities, given by ids or their beginnings, are one. Raises ActivityProblem."""
    return _carry_out(db, lambda: _merge(db, activities), by, dry_run)


def split(db: Database, activity: str, passages: Sequence[str], by: By, dry_run: bool = False) -> Done:
    """Say that these passages of an activity tell of another one. Raises ActivityProblem."""
    return _carry_out(db, lambda: _split(db, activity, passages), by, dry_run)


def edit(db: Database, activity: str, fields: Mapping[str, str], by: By, dry_run: bool = False) -> Done:
    """Write in fields of an activity what shall stand there. Raises ActivityProblem, EditProblem or UnknownName."""
    return _carry_out(db, lambda: _edit(db, activity, fields), by, dry_run)


def withdraw(db: Database, batch: str, by: By, dry_run: bool = False, foresee: bool = True) -> Done:
    """Take back what was decided together; taking that back restores it. Raises ActivityProblem.

    What the activities become then is worked out before anybody who wants to write has to wait for it, or, without
    `foresee`, left to the next refresh. A dry run only reads.
    """
    decision = _withdraw(db, batch, foresee)
    if dry_run:
        return replace(_told(decision, ""), dry_run=True)
    return _carry_out(db, lambda: decision, by, False)


# Carrying out


def _carry_out(db: Database, decide: Callable[[], Decision], by: By, dry_run: bool) -> Done:
    """Decide, write it down and bring the activities that it is about up to date: all of it or nothing."""
    done = carried_out(db, lambda: _decided(db, decide(), by), dry_run)
    return replace(done, dry_run=dry_run)


def _decided(db: Database, decision: Decision, by: By) -> Done:
    batch = _write(db, decision, by)
    if decision.withdraws:
        now_stale(db)
    else:
        put(db, (one.id for one in decision.about.activities), decision.after)
    return _told(decision, batch)


def _told(decision: Decision, batch: str) -> Done:
    before, after = (tuple(map(state_of, found)) for found in (decision.about.activities, decision.after))
    return Done(batch, before, after, decision.warnings)


def _write(db: Database, decision: Decision, by: By) -> str:
    (count,) = db.execute("select count(distinct batch) from activity_decisions").fetchone()
    told = {
        "batch": f"b{count + 1}",
        "framework_id": decision.about.framework,
        "note": by.note or None,
        "reviewer": by.reviewer or None,
        "decided_at": now(),
        "source": by.source,
    }
    db.table("activity_decisions").insert_all({**row, **told} for row in _rows(decision))
    return str(told["batch"])


def _rows(decision: Decision) -> Iterator[dict[str, Any]]:
    nothing = dict.fromkeys(("passage_id", "other_passage_id", "field", "value", "withdraws"))
    for verdict, one, other in decision.pairs:
        yield {**nothing, "verdict": verdict, "passage_id": one, "other_passage_id": other}
    for field, value in decision.fields:
        yield {**nothing, "verdict": EDIT, "passage_id": decision.passage, "field": field, "value": value}
    if decision.withdraws:
        yield {**nothing, "verdict": WITHDRAWN, "withdraws": decision.withdraws}


# One and the same


def _merge(db: Database, said: Sequence[str]) -> Decision:
    ids = list(dict.fromkeys(activity_ids(db, said)))
    if len(ids) < 2:
        raise ActivityProblem("Give two activities or more that are one and the same; these are one already.")
    about = nearby(db, ids)
    passages = about.passages
    overruled = list(_contrary(db, about.framework, ((one, other) for one in passages for other in passages), True))
    pairs = dict.fromkeys([*_bound(passages), *(pair for _, pair in overruled)])
    return Decision(
        about,
        as_one(about),
        tuple((TOGETHER, one, other) for one, other in pairs),
        warnings=(*_doubts(about), *_overruling(batch for batch, _ in overruled)),
    )


def _doubts(about: Nearby) -> Iterator[str]:
    """What a person may have overlooked in putting activities together."""
    goals = [set(one.goals) for one in about.activities]
    if not set.intersection(*goals):
        yield "These activities have no goal in common. The merged one serves all their goals."
    if len({one.status for one in about.activities}) > 1:
        yield (
            "Some of these are reviewed and some only proposed. They stand apart until the proposals are decided on, "
            "and become one then."
        )


def _bound(passages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs that hold passages together."""
    for place, one in enumerate(passages[:TIED]):
        for other in passages[place + 1 :]:
            yield one, other


# Not the same


def _split(db: Database, said: str, passages: Sequence[str]) -> Decision:
    about = nearby(db, activity_ids(db, [said]))
    parted = _among(db, about, passages)
    rest = [id for id in about.passages if id not in parted]
    if not rest:
        raise ActivityProblem(
            f"{_these(about.passages)} all that tells of this activity: nothing would be left to split from. "
            "Nothing was changed."
        )
    crossing = ((one, other) for one in parted for other in rest)
    overruled = list(_contrary(db, about.framework, crossing, False))
    apart = dict.fromkeys([*_parted(parted, rest), *(_facing(pair, parted) for _, pair in overruled)])
    kept = [(TOGETHER, *pair) for part in (parted, rest) for pair in _bound(part)]
    return Decision(
        about,
        in_parts(about, (rest, parted)),
        (*((APART, *pair) for pair in apart), *kept),
        warnings=tuple(_overruling(batch for batch, _ in overruled)),
    )


def _these(passages: Sequence[str]) -> str:
    return "That passage is" if len(passages) == 1 else f"These {len(passages):,} passages are"


def _among(db: Database, about: Nearby, said: Sequence[str]) -> list[str]:
    """The passages of an activity that are meant; a copy stands for the passage that it repeats. Raises ActivityProblem."""
    if not said:
        raise ActivityProblem("Say which passages tell of another activity. Nothing was changed.")
    copies = {copy.passage_id: one.passage_id for one in about.tellings for copy in one.copies}
    found = {copies.get(id, id) for id in said}
    if strange := sorted(found - set(about.passages)):
        raise ActivityProblem(
            f"Not told of this activity: {_listed(strange)}. Its passages: {_listed(about.passages)}. Nothing was changed."
        )
    return [id for id in about.passages if id in found]


def _parted(parted: Sequence[str], rest: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every passage of the one part is kept from the first of the other, should some of them vanish."""
    for one in parted:
        for other in rest[:TIED]:
            yield one, other
    for other in rest[TIED:]:
        for one in parted[:TIED]:
            yield one, other


def _facing(pair: tuple[str, str], parted: Sequence[str]) -> tuple[str, str]:
    one, other = pair
    return (one, other) if one in parted else (other, one)


# What was said before


def _contrary(
    db: Database, framework: str, pairs: Iterable[tuple[str, str]], together: bool
) -> Iterator[tuple[str, tuple[str, str]]]:
    """The batches that say otherwise of some pairs, with the pair."""
    rows = standing_rows(db, framework)
    places = places_of(db) if rows else {}
    last: dict[frozenset[str], tuple[str, Ruling]] = {}
    for row in rows:
        for ruling in rulings_of(row, places):
            last[frozenset((ruling.one, ruling.other))] = row["batch"], ruling
    asked = {frozenset(pair) for pair in pairs} if last else set()
    for pair, (batch, ruling) in last.items():
        if pair in asked and ruling.together is not together:
            yield batch, (ruling.one, ruling.other)


def _overruling(batches: Iterable[str]) -> Iterator[str]:
    if found := list(dict.fromkeys(batches)):
        yield f"This overrules what was decided before: {_listed(found)}."


# Other words


def _edit(db: Database, said: str, fields: Mapping[str, str]) -> Decision:
    if not fields:
        raise ActivityProblem("Say what shall stand in which field. Nothing was changed.")
    for field, text in fields.items():
        read_field(field, text)
    (id,) = activity_ids(db, [said])
    about = nearby(db, [id])
    anchor = next((one for one in about.passages if id in called_by(about.framework, one)), about.passages[0])
    written = tuple(fields.items())
    return Decision(about, with_words(about, anchor, written), fields=written, passage=anchor)


# Taking back


def _withdraw(db: Database, batch: str, foresee: bool) -> Decision:
    rows: list[Row] = list(db.query("select * from activity_decisions order by id"))
    framework = _framework_of(rows, batch)
    ids = holders_of(db, framework, _decided_on(rows, batch))
    about = nearby(db, ids) if ids else Nearby(framework, (), ())
    after = regrouped(db, framework, about.passages, batch) if foresee else ()
    return Decision(about, after, withdraws=batch)


def _framework_of(rows: Sequence[Row], batch: str) -> str:
    """The framework of a decision that stands. Raises ActivityProblem where it is not there, or was taken back."""
    found = next((str(row["framework_id"]) for row in rows if row["batch"] == batch), None)
    if found is None:
        there = _listed(reversed([row["batch"] for row in rows]))
        known = f"The latest: {there}." if there else "Nothing has been decided on activities yet."
        raise ActivityProblem(f"There is no decision {batch!r}. {known} See: goalmap activities history")
    if by := withdrawn_by(rows).get(batch):
        raise ActivityProblem(
            f"Decision {batch} was taken back already, by {by}. To restore it: goalmap activities undo {by}"
        )
    return found


def _decided_on(rows: Sequence[Row], batch: str) -> set[str]:
    """The passages that a batch speaks of, or the one that it took back."""
    found: set[str] = set()
    for row in rows:
        if row["batch"] == batch:
            found |= {id for id in (row["passage_id"], row["other_passage_id"]) if id}
            found |= _decided_on(rows, row["withdraws"]) if row["withdraws"] else set()
    return found


def _listed(texts: Iterable[str]) -> str:
    found = list(dict.fromkeys(texts))
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return ", ".join(found[:LISTED]) + more
