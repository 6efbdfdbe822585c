"""The activity map: every passage that serves a goal, decided or proposed, with its evidence and its place."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.extract.words import name_key
from goalmap.report.excerpt import excerpt
from goalmap.report.making import Making, find_making
from goalmap.report.scope import FrameworkUsed, Goal, Organisation, Scope, find_scope
from goalmap.report.sources import Citation, Library, Source, find_library, source_of
from goalmap.report.verbatim import Piece, Quotable, pieces
from goalmap.store.counting import counted_elsewhere
from goalmap.store.decisions import STAGES

STATUSES = ("accepted", "changed", "added", "proposed")
"""How an entry stands with the reviewers; all but the last were decided by a person."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a passage: its own words, and what goalmap reads in them."""

    words: str
    value: float | None
    unit: str | None
    what: str | None
    period: str | None
    what_follows: bool = True

    @property
    def phrase(self) -> str:
        """The number with what it counts, in the order of the text: 453 apprentices; turnover: 11.3 %."""
        if self.what is None:
            return self.words
        return f"{self.words} {self.what}" if self.what_follows else f"{self.what}: {self.words}"


@dataclass(frozen=True, slots=True)
class Named:
    """Who and what a passage names, each once, in the order of the text."""

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage under one goal."""

    goal: Goal
    status: str
    stage: str
    passage_id: str
    passage: str
    pieces: tuple[Piece, ...]
    activity: str
    evidence: tuple[str, ...]
    heading: str | None
    page: int | None
    source: Source
    owner: str | None
    partners: tuple[str, ...]
    people: tuple[str, ...]
    initiatives: tuple[str, ...]
    figures: tuple[Figure, ...]
    confidence: float | None
    second_goal: str | None
    second_confidence: float | None
    why: str
    changed_from: str | None
    also_in: tuple[Citation, ...]
    """Where other documents say the same."""
    also: tuple[Goal, ...]
    best_practice: bool
    reviewer: str | None
    decided_at: str | None
    note: str | None

    @property
    def is_decided(self) -> bool:
        return self.status != "proposed"

    @property
    def periods(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(figure.period for figure in self.figures if figure.period))


@dataclass(frozen=True, slots=True)
class GoalPart:
    """A goal with its entries, those that a person decided first."""

    goal: Goal
    entries: tuple[Entry, ...]

    @property
    def by_stage(self) -> dict[str, int]:
        return _tally(STAGES, (entry.stage for entry in self.entries))

    @property
    def by_status(self) -> dict[str, int]:
        return _tally(STATUSES, (entry.status for entry in self.entries))

    @property
    def decided(self) -> int:
        return sum(entry.is_decided for entry in self.entries)

    @property
    def proposed(self) -> int:
        return len(self.entries) - self.decided


@dataclass(frozen=True, slots=True)
class Loose:
    """A decision whose passage a later reading of its document no longer gives."""

    goal: Goal
    verdict: str
    passage_id: str
    passage: str
    source: Source
    reviewer: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ActivityMap:
    """What the documents say is done towards each goal, and where they say nothing."""

    framework: FrameworkUsed
    organisation: Organisation | None
    publishers: tuple[str, ...]
    parts: tuple[GoalPart, ...]
    library: Library
    rejected: int
    loose: tuple[Loose, ...]
    making: Making

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for part in self.parts for entry in part.entries)

    @property
    def gaps(self) -> tuple[GoalPart, ...]:
        """The goals without an entry."""
        return tuple(part for part in self.parts if not part.entries)

    @property
    def decided(self) -> int:
        return sum(part.decided for part in self.parts)

    @property
    def proposed(self) -> int:
        return sum(part.proposed for part in self.parts)

    @property
    def passages(self) -> int:
        """Passages with an entry; one that serves two goals has two entries."""
        return len({entry.passage_id for entry in self.entries})

    @property
    def most(self) -> int:
        """Entries of the goal that has most."""
        return max((len(part.entries) for part in self.parts), default=0)


def activity_map(
    db: Database, organisation: str | None = None, goal: str | None = None, framework: str = "purpose-goals"
) -> ActivityMap:
    """The map of a database, of all goals or one, of all documents or those by and about an organisation.

    Raises NotFound, UnknownName, or NotVerbatim where a stored span does not fit its passage.
    """
    scope = find_scope(db, organisation, goal, framework)
    library = find_library(db, scope)
    return ActivityMap(
        framework=scope.framework,
        organisation=scope.organisation,
        publishers=tuple(sorted({source.publisher for source in library.read if source.publisher})),
        parts=_parts(scope, _entries(db, scope, library)),
        library=library,
        rejected=_rejected(db, scope),
        loose=tuple(_loose(db, scope)),
        making=find_making(db, scope),
    )


def _tally(names: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {name: counts[name] for name in names}


def _parts(scope: Scope, entries: Iterable[Entry]) -> tuple[GoalPart, ...]:
    by_goal: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_goal[entry.goal.id].append(entry)
    shown = (goal for goal in scope.goals if by_goal[goal.id] or goal.parent_id is None)
    return tuple(GoalPart(goal, tuple(sorted(by_goal[goal.id], key=_precedence))) for goal in shown)


def _precedence(entry: Entry) -> tuple[object, ...]:
    """Decided before proposed, best practice before the rest, then the likeliest; the rest only keeps the order the same."""
    return (
        not entry.is_decided,
        not entry.best_practice,
        -(entry.confidence or 0),
        entry.source.title,
        entry.page or 0,
        entry.passage_id,
    )


# From rows to entries

PAIRS = f"""
with answered as (
  select passage_id, goal_id, max(id) as decision_id from current_decisions where verdict <> 'rejected' group by passage_id, goal_id
),
told as (
  select passage_id, goal_id from answered
  union
  select passage_id, goal_id from proposals where not exists (
    select 1 from current_decisions c where c.passage_id = proposals.passage_id and c.proposed_goal_id = proposals.goal_id)
),
pairs as (
  select passage_id, goal_id from told where not {counted_elsewhere("told.passage_id", "told.goal_id")}
)
"""
"""Each passage with each goal that a person gave it or that is proposed and not decided on; copies are left out."""


def _entries(db: Database, scope: Scope, library: Library) -> Iterator[Entry]:
    rows = list(_pair_rows(db, scope))
    passages = {row["passage_id"]: Quotable(row["passage_id"], row["document"], row["text"]) for row in rows}
    named, figures, goals = _named(db, passages), _figures(db, passages), _goals_of(db, passages, scope)
    sources = {source.id: source for source in library.sources}
    for row in rows:
        passage_id = row["passage_id"]
        yield _entry(
            row,
            passages[passage_id],
            sources[row["document_id"]],
            named.get(passage_id, Named()),
            figures.get(passage_id, ()),
            goals.get(passage_id, ()),
            library.also_in.get(passage_id, ()),
        )


def _pair_rows(db: Database, scope: Scope) -> Iterator[Row]:
    return db.query(
        f"""{PAIRS}
        select pairs.passage_id, g.id as goal_id, g.code, g.name, g.scope, p.text, p.heading, p.page, p.document_id,
            coalesce(d.title, d.path) as document, a.verdict, a.stage as decided_stage, a.best_practice, a.note, a.reviewer,
            a.decided_at, pr.score, pr.stage, pr.evidence, pr.reason, pr.runner_up_score, ru.label as runner_up,
            was.stage as former_stage, wg.label as former_goal
        from pairs
        join goals g on g.id = pairs.goal_id
        join passages p on p.id = pairs.passage_id
        join documents d on d.id = p.document_id
        left join answered on answered.passage_id = pairs.passage_id and answered.goal_id = pairs.goal_id
        left join decisions a on a.id = answered.decision_id
        left join proposals pr on pr.passage_id = pairs.passage_id and pr.goal_id = pairs.goal_id
        left join goals ru on ru.id = pr.runner_up_goal_id
        left join proposals was on was.passage_id = pairs.passage_id and was.goal_id = a.proposed_goal_id
        left join goals wg on wg.id = a.proposed_goal_id and a.verdict = 'changed'
        where p.retired_at is null and g.id in (select value from json_each(:goals)) and {scope.sql}
        order by g.position, pairs.passage_id
        """,
        scope.values,
    )


def _entry(
    row: Row,
    passage: Quotable,
    source: Source,
    named: Named,
    figures: tuple[Figure, ...],
    goals: tuple[Goal, ...],
    also_in: tuple[Citation, ...],
) -> Entry:
    spans = passage.spans("the evidence", row["evidence"])
    owner = source.publisher or next(iter(named.organisations), None)
    return Entry(
        goal=Goal(row["goal_id"], row["code"], row["name"], row["scope"] or ""),
        status=row["verdict"] or "proposed",
        stage=row["decided_stage"] or row["stage"] or row["former_stage"] or "",
        passage_id=passage.passage_id,
        passage=passage.text,
        pieces=pieces(passage.text, spans),
        activity=excerpt(passage.text, spans),
        evidence=tuple(passage.quote("the evidence", start, end) for start, end in spans),
        heading=row["heading"] or None,
        page=row["page"],
        source=source,
        owner=owner,
        partners=tuple(name for name in named.organisations if name_key(name) != name_key(owner or "")),
        people=named.people,
        initiatives=named.initiatives,
        figures=figures,
        confidence=row["score"],
        second_goal=row["runner_up"],
        second_confidence=row["runner_up_score"],
        why=row["reason"] or "",
        changed_from=row["former_goal"],
        also_in=also_in,
        also=tuple(goal for goal in goals if goal.id != row["goal_id"]),
        best_practice=bool(row["best_practice"]),
        reviewer=row["reviewer"] or None,
        decided_at=row["decided_at"],
        note=row["note"] or None,
    )


def _named(db: Database, passages: Mapping[str, Quotable]) -> dict[str, Named]:
    """Who and what each passage names; each mention must stand in the text as it is stored."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = db.query(
        'select m.passage_id, m.start, m."end", m.surface, e.kind, e.name from mentions m join entities e on e.id = m.entity_id'
        " where m.passage_id in (select value from json_each(?)) order by m.passage_id, m.start, m.id",
        [json.dumps(list(passages))],
    )
    for row in rows:
        passages[row["passage_id"]].quote(f"the mention of {row['name']}", row["start"], row["end"], row["surface"])
        found[row["passage_id"]][row["kind"]].append(row["name"])
    return {passage_id: _named_of(kinds) for passage_id, kinds in found.items()}


def _named_of(kinds: Mapping[str, list[str]]) -> Named:
    people, organisations, initiatives = (
        tuple(dict.fromkeys(kinds.get(kind, ()))) for kind in ("person", "organisation", "initiative")
    )
    return Named(people, organisations, initiatives)


def _figures(db: Database, passages: Mapping[str, Quotable]) -> dict[str, tuple[Figure, ...]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    rows = db.query(
        "select * from figures where passage_id in (select value from json_each(?)) order by passage_id, start, id",
        [json.dumps(list(passages))],
    )
    for row in rows:
        words = passages[row["passage_id"]].quote("the figure", row["start"], row["end"])
        after = passages[row["passage_id"]].text[row["end"] :]
        follows = (row["what"] or "") in after
        found[row["passage_id"]].append(Figure(words, row["value"], row["unit"], row["what"], row["period"], follows))
    return {passage_id: tuple(figures) for passage_id, figures in found.items()}


def _goals_of(db: Database, passages: Mapping[str, Quotable], scope: Scope) -> dict[str, tuple[Goal, ...]]:
    """All goals of the framework that each passage has an entry under, also those that were not asked for."""
    found: dict[str, list[Goal]] = defaultdict(list)
    rows = db.query(
        f"{PAIRS} select pairs.passage_id, g.id, g.code, g.name from pairs join goals g on g.id = pairs.goal_id"
        " where g.framework_id = ? and pairs.passage_id in (select value from json_each(?)) order by g.position, g.code",
        [scope.framework.id, json.dumps(list(passages))],
    )
    for row in rows:
        found[row["passage_id"]].append(Goal(row["id"], row["code"], row["name"]))
    return {passage_id: tuple(goals) for passage_id, goals in found.items()}


# What is left out


def _rejected(db: Database, scope: Scope) -> int:
    """Proposals that a person rejected."""
    rows = db.execute(
        "select count(*) from current_decisions c join passages p on p.id = c.passage_id join documents d on d.id = p.document_id"
        " where c.verdict = 'rejected' and p.retired_at is null"
        f" and c.proposed_goal_id in (select value from json_each(:goals)) and {scope.sql}",
        scope.values,
    )
    count: int = rows.fetchone()[0]
    return count


def _loose(db: Database, scope: Scope) -> Iterator[Loose]:
    """Decisions that were made on passages which are gone and were carried over to no other."""
    rows = db.query(
        f"""
        select d.*, c.passage_id, c.goal_id, c.verdict, c.reviewer, c.note, p.text, g.code, g.name
        from unattached_decisions c
        join passages p on p.id = c.passage_id join documents d on d.id = p.document_id join goals g on g.id = c.goal_id
        where c.verdict <> 'rejected' and c.goal_id in (select value from json_each(:goals)) and {scope.sql}
        order by g.position, c.passage_id
        """,
        scope.values,
    )
    for row in rows:
        goal = Goal(row["goal_id"], row["code"], row["name"])
        yield Loose(
            goal,
            row["verdict"],
            row["passage_id"],
            row["text"],
            source_of(row),
            row["reviewer"] or None,
            row["note"] or None,
        )
