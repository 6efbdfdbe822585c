"""A file of decisions taken over: places found, histories brought together, what cannot be attached kept and listed."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, with_carried
from goalmap.store.exchange import here
from goalmap.store.exchange.merging import CONFLICT, KNOWN, NEW, Outcome, outcomes, taken_back
from goalmap.store.exchange.places import Found, find_passages, still_standing
from goalmap.store.exchange.reading import read_history
from goalmap.store.exchange.records import AUDIT_ANSWER, DECISION, History, Place, Said, mark
from goalmap.store.exchange.repair_taking import Plan as Repairs
from goalmap.store.exchange.repair_taking import Repaired, add_repairs, planned_repairs, repaired
from goalmap.store.exchange.repairs import Repair, repairs_in
from goalmap.store.exchange.waiting import (
    NO_GOAL,
    NO_SAMPLE,
    SETTLED,
    UNATTACHED,
    Waits,
    forget,
    keep,
    said_before,
    standing_when_kept,
    waits,
)
from goalmap.store.loading.copies import share_decisions
from goalmap.store.loading.save import refresh_goals_of
from goalmap.store.masking.keeping import masks_now
from goalmap.store.masking.marks import in_texts
from goalmap.store.masking.sweeping import Masks
from goalmap.store.sheets.sheet import Words, write_sheet

Arriving = TypeVar("Arriving", Said, Repair)

CONFLICT_COLUMNS = (
    "document", "page", "passage", "proposed_goal", "here_verdict", "here_goal", "here_stage", "here_best_practice",
    "here_note", "here_reviewer", "here_decided_at", "file_verdict", "file_goal", "file_stage", "file_best_practice",
    "file_note", "file_reviewer", "file_decided_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Differing:
    """A passage on which file and database have different answers; the database's stands."""

    document: str
    page: int | None
    passage: str
    proposed_goal: str
    here: Answer
    here_decided_at: str
    file: Answer
    file_decided_at: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, or would do."""

    records: int
    added: int
    known: int
    withdrawn: int
    aside: int
    """Answers that are kept, but stand behind one that stands here."""
    found: Mapping[str, int]
    """By what the passages were found."""
    waiting: tuple[Waits, ...]
    conflicts: tuple[Differing, ...]
    attached_now: int
    """Answers of earlier imports that could be attached this time."""
    repairs: Repaired
    warnings: tuple[str, ...] = ()

    @property
    def in_conflict(self) -> bool:
        return bool(self.conflicts or self.repairs.conflicts)

    @property
    def waits(self) -> bool:
        return bool(self.waiting or self.repairs.waiting)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written."""

    outcomes: tuple[Outcome, ...]
    passages: Mapping[str, str] = field(repr=False)
    """The passage of each thing said that has one, by its key."""
    rules: Mapping[str, str] = field(repr=False)
    withdrawn: tuple[tuple[int, Said], ...]
    repairs: Repairs

    def are(self, *words: str) -> list[Outcome]:
        return [one for one in self.outcomes if one.word in words]


def import_decisions(db: Database, path: Path, dry_run: bool = False) -> Taken:
    """Take over what a file of decisions says; all of it is written, or nothing. Raises NotFound or DecisionsProblem."""
    history = read_history(path)
    masks = masks_now(db)
    said = [_masked(_arrived(one, path), masks) for one in history.said]
    repairs = [_masked(_arrived(one, path), masks) for one in repairs_in(history.repairs)]
    places = (*(one.place for one in said), *(place for one in repairs for place in one.places))
    found = find_passages(db, places)  # takes longest, so before others have to wait
    if dry_run:
        return _account(_planned(db, said, repairs, found), said, _warnings(db, history))
    with immediate(db):
        plan = _planned(db, said, repairs, still_standing(db, found))
        _add_readings(db, history)
        _carry_out(db, plan)
    return _account(plan, said, _warnings(db, history))


def try_again(db: Database) -> int:
    """Attach what earlier imports could not, as far as that is possible by now. Call it inside `immediate`."""
    if not db.execute("select exists (select 1 from waiting_decisions)").fetchone()[0]:
        return 0
    plan = _planned(db, (), (), {})
    _carry_out(db, plan)
    return len(plan.are(NEW)) + len(plan.repairs.are(NEW))


def write_conflicts(path: Path, conflicts: Iterable[Differing]) -> int:
    """The answers that differ as a CSV, for a person to settle; gives their number."""
    return write_sheet(path, CONFLICT_COLUMNS, map(_cells, conflicts))


def _cells(one: Differing) -> list[object]:
    sides = ((one.here, one.here_decided_at), (one.file, one.file_decided_at))
    said = (
        (a.verdict, Words(a.goal_id), a.stage, "yes" if a.best_practice else "", Words(a.note), Words(a.reviewer), at)
        for a, at in sides
    )
    return [one.document, one.page, one.passage, one.proposed_goal, *(cell for cells in said for cell in cells)]


def _arrived(said: Arriving, path: Path) -> Arriving:
    return replace(said, source=f"imported from {path.name}" + (f": {said.source}" if said.source else ""))


def _masked(said: Arriving, masks: Masks | None) -> Arriving:
    """The same with marks for people who were removed from this database."""
    if masks is None:
        return said
    places = (said.place,) if isinstance(said, Said) else said.places
    masked: Arriving = in_texts(said, masks.of(next((place.document_id for place in places), None)))
    return masked


def _warnings(db: Database, history: History) -> tuple[str, ...]:
    """Frameworks that are here in another version."""
    versions = dict(db.execute("select id, version from frameworks").fetchall())
    return tuple(
        f"The file was written with {id} {version}, and this database has {versions[id]}; goals were matched by their codes."
        for id, version in sorted(history.versions.items())
        if versions.get(id, version) != version
    )


# Plan


def _planned(db: Database, said: Sequence[Said], repairs: Sequence[Repair], known: Mapping[Place, Found]) -> _Plan:
    """What becomes of what a file says, and of what still waits."""
    brought = {one.key: one for one in said}
    everything = {one.key: one for one in said_before(db) if one.key not in brought} | brought
    passages, rules = _places(db, everything, known)
    slots = _slots(everything, passages)
    there = here.histories(db, set(passages.values()))
    found = [one for slot, said in slots.items() for one in outcomes(there.get(slot, ()), said)]
    merged = {one.said.key: one for one in _settled(db, found)}
    return _Plan(
        tuple(
            merged.get(key) or Outcome(one, KNOWN if key in passages else rules[key]) for key, one in everything.items()
        ),
        passages,
        rules,
        tuple(back for slot, said in slots.items() for back in taken_back(there.get(slot, ()), said)),
        planned_repairs(db, repairs, known),
    )


def _places(
    db: Database, said: Mapping[str, Said], looked_up: Mapping[Place, Found]
) -> tuple[dict[str, str], dict[str, str]]:
    """The passage of each thing said that has one; and by what it was found, or why not."""
    goals = {id for (id,) in db.execute("select id from goals").fetchall()}
    known = {key: one for key, one in said.items() if goals.issuperset(one.goals)}
    wanted = (one.place for one in known.values() if one.place not in looked_up)
    found = {**looked_up, **find_passages(db, wanted)}
    samples = here.drawn(db, {one.passage_id for one in found.values()})
    passages: dict[str, str] = {}
    rules = dict.fromkeys(said, NO_GOAL)
    for key, one in known.items():
        place = found[one.place]
        is_lost = one.kind == AUDIT_ANSWER and place.passage_id and (one.proposed, place.passage_id) not in samples
        rules[key] = NO_SAMPLE if is_lost else place.rule
        if place.passage_id and not is_lost:
            passages[key] = place.passage_id
    return passages, rules


def _slots(said: Mapping[str, Said], passages: Mapping[str, str]) -> dict[here.Slot, list[Said]]:
    """What is said of each proposal, each thing once, in the order in which it was said."""
    slots: dict[here.Slot, dict[object, Said]] = defaultdict(dict)
    for key, passage_id in passages.items():
        one = said[key]
        slots[here.slot_of_said(one, passage_id)].setdefault(one.content, one)
    return {slot: list(found.values()) for slot, found in slots.items()}


def _settled(db: Database, found: Iterable[Outcome]) -> Iterator[Outcome]:
    """Conflicts are settled once somebody has decided after they were told of."""
    told = standing_when_kept(db)
    for one in found:
        stood = told.get(one.said.key) if one.word == CONFLICT else None
        is_settled = stood is not None and one.against is not None and stood != mark(one.against)
        yield replace(one, word=SETTLED) if is_settled else one


# Carry out


def _add_readings(db: Database, history: History) -> None:
    db.conn.executemany(
        "insert or ignore into readings (id, created, readers, note) values (?, ?, ?, ?)",
        [(one["id"], one["created"], json.dumps(one["readers"]), one["note"]) for one in history.readings],
    )


def _carry_out(db: Database, plan: _Plan) -> None:
    new = [(one.said, plan.passages[one.said.key]) for one in plan.are(NEW)]
    elsewhere = _take_back(db, plan.withdrawn)
    here.add(db, new)
    forget(db, (one.said for one in plan.are(NEW, KNOWN)))
    keep(db, ((one.said, one.word, one.against) for one in plan.outcomes if one.word not in (NEW, KNOWN)))
    counted = [one.said for one in plan.are(NEW)] + [said for _, said in plan.withdrawn]
    passages = {plan.passages[said.key] for said in counted if said.kind == DECISION}
    refresh_goals_of(db, passages | elsewhere)
    share_decisions(db, passages)
    add_repairs(db, plan.repairs)


def _take_back(db: Database, taken_back: Iterable[tuple[int, Said]]) -> set[str]:
    """Take back decisions, also where they were carried over from; gives the passages of these."""
    saying = dict(taken_back)
    carried = [(said, with_carried(db, [id])) for id, said in saying.items()]
    here.withdraw(db, {**{id: said for said, ids in carried for id in ids}, **saying}.items())
    return {passage for _, ids in carried for passage in ids.values()}


# Account


def _account(plan: _Plan, said: Sequence[Said], warnings: tuple[str, ...]) -> Taken:
    brought = {one.key for one in said}
    told = [one for one in plan.outcomes if one.said.key in brought]
    words = Counter(one.word for one in told)
    unattached = sum(words[reason] for reason in UNATTACHED)
    return Taken(
        records=len(said),
        added=words[NEW],
        known=len(said) - len(told) + words[KNOWN],
        withdrawn=len(plan.withdrawn),
        aside=len(told) - words[NEW] - words[KNOWN] - words[CONFLICT] - unattached,
        found=dict(Counter(plan.rules[one.said.key] for one in told if one.word not in UNATTACHED)),
        waiting=tuple(waits(one.said, one.word) for one in told if one.word in UNATTACHED),
        conflicts=tuple(_differing(one) for one in told if one.word == CONFLICT),
        attached_now=len(plan.are(NEW)) - words[NEW],
        repairs=repaired(plan.repairs),
        warnings=warnings,
    )


def _differing(one: Outcome) -> Differing:
    said = one.said
    if one.against is None:
        raise ValueError("a conflict is always with something")
    return Differing(
        said.place.path, said.record["passage"]["page"], said.place.text, said.proposed, one.against.answer,
        one.against.decided_at, said.content.answer, said.content.decided_at,
    )  # fmt: skip
