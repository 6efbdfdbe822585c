"""What a database tells of samples: what was found of each goal, what waits, and what drawn passages showed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.classify.measuring.recall import TOGETHER, Sighted, Stratum
from goalmap.classify.measuring.stopping import Sample
from goalmap.ingest.errors import UnknownName
from goalmap.store.contents.reviewed import FOUND_RIGHT
from goalmap.store.review.audits import BY_AUDIT, CLASSIFIED, looks, unframed

FRAMEWORKS = """
select id, name from frameworks f where exists (
    select 1 from goals g where g.framework_id = f.id and (
        exists (select 1 from proposals pr where pr.goal_id = g.id)
        or exists (select 1 from decisions d where d.goal_id = g.id)))
    or exists (select 1 from audit_passages a where a.framework_id = f.id)
order by id
"""
GOALS = "select id, label from goals where framework_id = ? order by position"
UNDECIDED = """
select pr.passage_id, pr.goal_id, pr.score from proposals pr
join goals g on g.id = pr.goal_id join passages p on p.id = pr.passage_id
where g.framework_id = ? and pr.open = 1 and p.retired_at is null
"""
UNITS = f"""
select a.stratum, a.drawn_at is not null drawn,
    exists (select 1 from audit_answers said where said.audit_id = a.id) answered, count(*) passages
from audit_passages a join passages p on p.id = a.passage_id
where a.framework_id = ? and {CLASSIFIED} group by 1, 2, 3
"""
SHOWN = f"""
select distinct a.stratum, a.passage_id, d.goal_id from audit_passages a join passages p on p.id = a.passage_id
join decisions d on d.passage_id = a.passage_id and d.verdict = 'added' and {BY_AUDIT}
join goals g on g.id = d.goal_id and g.framework_id = a.framework_id
where a.framework_id = ? and a.drawn_at is not null and {CLASSIFIED}
    and exists (select 1 from audit_answers said where said.audit_id = a.id)
    and not exists (select 1 from proposals pr where pr.passage_id = d.passage_id and pr.goal_id = d.goal_id)
"""
"""What drawn passages showed that nobody had found before."""


@dataclass(frozen=True, slots=True)
class _Units:
    """The passages of a stratum: how many, how many were drawn, how many of those were answered."""

    size: int = 0
    drawn: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class _Seen:
    """How often each goal was found, the goal and score of what waits, and what drawn passages showed, by stratum."""

    found: Counter[str]
    waiting: tuple[tuple[str, float], ...]
    shown: tuple[tuple[int, str, str], ...]


def samples(db: Database, framework: str | None = None) -> list[Sample]:
    """What is known of each framework that is in use, or of the one that is asked for. Raises UnknownName."""
    known = dict(db.execute(FRAMEWORKS).fetchall())
    if framework is not None and framework not in known:
        raise UnknownName("framework in use in this database", framework, known)
    return [_sample(db, id, name) for id, name in known.items() if framework in (None, id)]


def _sample(db: Database, id: str, name: str) -> Sample:
    labels = dict(db.execute(GOALS, [id]).fetchall())
    units, new, seen = _units(db, id), unframed(db, id), _seen(db, id)
    return Sample(
        framework=id,
        name=name,
        labels=labels,
        goals={goal: _sighted(seen, units, new, goal) for goal in labels},
        together=_sighted(seen, units, new),
        passages=new + sum(unit.size for unit in units.values()),
        drawn=sum(unit.drawn for unit in units.values()),
        answered=sum(unit.answered for unit in units.values()),
        unframed=new,
        looks=looks(db, id),
    )


def _sighted(seen: _Seen, units: Mapping[int, _Units], new: int, goal: str | None = None) -> Sighted:
    """One goal, or all together."""
    scores = [score for of, score in seen.waiting if goal in (None, of)]
    strata = _strata(units, ((stratum, passage) for stratum, passage, of in seen.shown if goal in (None, of)))
    together = 1 if goal else max([TOGETHER, *(len(stratum.missed) for stratum in strata)])
    found = seen.found[goal] if goal else seen.found.total()
    return Sighted(found, len(scores), sum(scores), strata, new, together)


def _seen(db: Database, framework: str) -> _Seen:
    found = {(passage, goal) for passage, goal, _ in db.execute(FOUND_RIGHT, [framework]).fetchall()}
    waiting = db.execute(UNDECIDED, [framework]).fetchall()
    shown = db.execute(SHOWN, [framework]).fetchall()
    return _Seen(
        Counter(goal for _, goal in found),
        tuple((goal, score) for passage, goal, score in waiting if (passage, goal) not in found),
        tuple((stratum, passage, goal) for stratum, passage, goal in shown if (passage, goal) in found),
    )


def _units(db: Database, framework: str) -> dict[int, _Units]:
    units: dict[int, _Units] = defaultdict(_Units)
    for stratum, drawn, answered, passages in db.execute(UNITS, [framework]).fetchall():
        before = units[stratum]
        units[stratum] = _Units(
            before.size + passages,
            before.drawn + passages * drawn,
            before.answered + passages * (drawn and answered),
        )
    return dict(sorted(units.items()))


def _strata(units: Mapping[int, _Units], shown: Iterable[tuple[int, str]]) -> tuple[Stratum, ...]:
    """The strata with what their passages showed; a passage stands there once for each goal that it missed."""
    times = Counter(shown)
    return tuple(
        Stratum(unit.size, unit.answered, tuple(_by_times(count for (of, _), count in times.items() if of == stratum)))
        for stratum, unit in units.items()
    )


def _by_times(counts: Iterable[int]) -> Iterator[int]:
    """How many passages there are with one, with two and so on."""
    of = Counter(counts)
    return (of[times] for times in range(1, max(of, default=0) + 1))
