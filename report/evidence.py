"""What reports are made from: the activities in their scope and beyond it, the documents behind them, how it all came about."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlite_utils import Database

from goalmap.classify.activities.model import Activity
from goalmap.report.making import Making, find_making
from goalmap.report.scope import FrameworkUsed, Goal, Organisation, Scope, find_scope
from goalmap.report.sources import Library, find_library
from goalmap.report.verbatim import check_tellings
from goalmap.store.activities.find import find_activities


@dataclass(frozen=True)
class Evidence:
    """The activities of a framework with the documents that they are told in."""

    scope: Scope
    activities: tuple[Activity, ...]
    """Those in scope: by or about the organisation that is asked for, under the goals that are asked for."""
    peers: tuple[Activity, ...]
    """All the others of the framework, whatever their goals."""
    library: Library
    making: Making

    @property
    def framework(self) -> FrameworkUsed:
        return self.scope.framework

    @property
    def organisation(self) -> Organisation | None:
        return self.scope.organisation

    @cached_property
    def goals(self) -> dict[str, Goal]:
        """The goals that are asked for, by id, in the order of the framework."""
        return {goal.id: goal for goal in self.scope.goals}

    @cached_property
    def reviewed(self) -> tuple[Activity, ...]:
        return tuple(one for one in self.activities if one.is_reviewed)

    @cached_property
    def proposed(self) -> tuple[Activity, ...]:
        return tuple(one for one in self.activities if not one.is_reviewed)

    @property
    def is_undecided(self) -> bool:
        """Whether no person has decided on anything in scope: then proposals are all there is to show."""
        return not self.reviewed

    @cached_property
    def shown(self) -> tuple[Activity, ...]:
        """What the body of a report tells: what people decided, or the proposals where nothing was decided."""
        return self.reviewed or self.proposed

    def of_goal(self, goal: str, among: Iterable[Activity] | None = None) -> tuple[Activity, ...]:
        """The activities that serve a goal, those whose main goal it is first."""
        found = [one for one in (self.shown if among is None else among) if goal in one.goals]
        return tuple(sorted(found, key=lambda one: one.goal != goal))


def find_evidence(
    db: Database, organisation: str | None = None, goal: str | None = None, framework: str = "purpose-goals"
) -> Evidence:
    """The evidence of a database, of all goals or one, of all documents or those by and about an organisation.

    Raises NotFound, UnknownName, or NotVerbatim where what is stored does not fit its passage.
    """
    scope = find_scope(db, organisation, goal, framework)
    found = find_activities(db, scope.framework.id)
    check_tellings(telling for one in found for telling in one.tellings)
    wanted = {goal.id for goal in scope.goals}
    inside = tuple(one for one in found if wanted & set(one.goals) and _concerns(one, scope.organisation))
    ids = {one.id for one in inside}
    return Evidence(
        scope=scope,
        activities=inside,
        peers=tuple(one for one in found if one.id not in ids),
        library=find_library(db, scope),
        making=find_making(db, scope),
    )


def _concerns(one: Activity, organisation: Organisation | None) -> bool:
    """Whether a document by the organisation tells of it, or a passage that names the organisation."""
    if organisation is None:
        return True
    published = any(document.publisher in organisation.publishers for document in one.documents)
    named = (named.entity.id for telling in one.tellings for named in telling.named if not named.is_reference)
    return published or bool(set(organisation.entity_ids).intersection(named))
