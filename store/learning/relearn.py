"""Learning from the decisions in a database, and what becomes of the model."""

from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from goalmap.classify.learning import Learnt, TooFewDecisions, learn, lessons
from goalmap.classify.manner import FULL
from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.store import own_frameworks
from goalmap.store.learning.lessons import decided, decided_frameworks, waiting
from goalmap.store.learning.models import activate, keep
from goalmap.store.loading.last_run import last_manner

NOTHING_DECIDED = (
    "Nothing has been decided yet, so there is nothing to learn from. Review some proposals first: "
    "goalmap review export queue.csv"
)


@dataclass(frozen=True, slots=True)
class Relearnt:
    """What `learn` came to: the model, how it is measured, and what became of it."""

    learnt: Learnt
    mode: str
    """`full` or `fast`, as the last run classified: what it has to be better at."""
    id: str | None = None
    """None where it was not kept."""

    @property
    def is_earned(self) -> bool:
        return self.learnt.comparisons[self.mode].is_earned

    def to_dict(self) -> dict[str, Any]:
        return {**self.learnt.to_dict(), "id": self.id, "mode": self.mode, "earned": self.is_earned}


def relearn_all(db: Database, framework: str | None = None, dry_run: bool = False) -> tuple[list[Relearnt], list[str]]:
    """Learn for the framework, or for all of which enough was decided; with what is wanting for the others.

    Raises UnknownName or NotFound.
    """
    results, problems = [], []
    for name in _decided_of(db, framework):
        try:
            results.append(relearn(db, name, dry_run))
        except TooFewDecisions as problem:
            problems.append(str(problem))
    return results, problems


def _decided_of(db: Database, framework: str | None) -> tuple[str, ...]:
    known = own_frameworks.known(db)
    if framework is not None and framework not in known:
        raise UnknownName("framework in this database", framework, known)
    found = tuple(name for name in decided_frameworks(db) if name in known and framework in (None, name))
    if not found:
        raise NotFound(NOTHING_DECIDED)
    return found


def relearn(db: Database, framework: str, dry_run: bool = False) -> Relearnt:
    """Learn from the decisions; keep the model, and use it where it earned its place. Raises TooFewDecisions.

    It always corrects the model that goalmap brings, or that was learnt from the user's framework, never one that has
    seen decisions: so before and after are both measured on passages that were not learnt from.
    """
    decisions = decided(db, framework)
    found = lessons(decisions, waiting(db, framework, {one.passage for one in decisions}))
    base = next(iter(own_frameworks.supplied(db, [framework])), None)
    learnt = learn(found, framework, base)
    result = Relearnt(learnt, last_manner(db).mode or FULL)
    if dry_run:
        return result
    id = keep(db, learnt, len(decisions), result.is_earned)
    if result.is_earned:
        activate(db, id)
    return replace(result, id=id)
