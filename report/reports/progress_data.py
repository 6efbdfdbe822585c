"""A progress report as data and as one table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from goalmap.report.draft.model import Cell, Table, plain
from goalmap.report.progress.material import Progress
from goalmap.report.progress.measures import TimeSeries, background_series, series_of
from goalmap.report.progress.recommendations import Answer
from goalmap.report.progress.then_and_now import Change
from goalmap.report.sections import recommendations as telling
from goalmap.report.sections.progress import measures_of


def progress_data(found: Progress) -> dict[str, Any]:
    """The report as values of JSON; a later report can be compared with it."""
    organisation = found.evidence.organisation
    return {
        "framework": found.evidence.framework.id,
        "organisation": organisation.name if organisation else None,
        "made_on": found.made_on,
        "compared_with": found.then or None,
        "recommendations": [_answer(answer) for answer in found.answers],
        "activities": [_activity(change) for change in found.changes or _unchanged(found)],
        "figures": [_series(one) for one in series_of(found.evidence.shown)],
        "background": [_series(one) for one in background_series(measures_of(found))],
    }


def _unchanged(found: Progress) -> list[Change]:
    """The activities as they are, where there is nothing earlier to compare them with."""
    return [Change("", one.title, one.goals, "", one.stage, one) for one in found.evidence.shown]


def _answer(answer: Answer) -> dict[str, Any]:
    one = answer.recommendation
    return {
        "id": one.id,
        "text": one.text,
        "goal": one.goal,
        "made_on": one.made_on,
        "status": answer.status,
        "status_by_person": answer.is_by_person,
        "proposed_status": answer.proposed,
        "why": answer.why,
        "note": one.note or None,
        "reviewer": one.reviewer or None,
        "activities": list(dict.fromkeys(match.activity.id for match in answer.matches)),
        "citations": list(dict.fromkeys(match.telling.passage_id for match in answer.matches)),
    }


def _activity(change: Change) -> dict[str, Any]:
    return {
        "id": change.activity.id if change.activity else None,
        "title": change.title,
        "goals": list(change.goals),
        "change": change.kind or None,
        "stage": change.now or None,
        "stage_before": change.then or None,
        "status": change.activity.status if change.activity else None,
        "citations": list(change.activity.passages) if change.activity else [],
    }


def _series(one: TimeSeries) -> dict[str, Any]:
    values = [
        {"when": value.when or None, "value": value.value, "words": value.words, "citations": list(value.cites)}
        for value in one.values
    ]
    return {
        "body": one.body or None,
        "what": one.what,
        "unit": one.unit or None,
        "definition": one.definition or None,
        "values": values,
    }


def progress_rows(found: Progress) -> Table:
    """Recommendations as one table, or the activities where none were given."""
    return telling.sheet(found.answers, found.goals) if found.said else _change_rows(found.changes, found.goals)


def _change_rows(those: Sequence[Change], goals: Mapping[str, str]) -> Table:
    columns = ("Activity", "Goals", "Change", "Stage before", "Stage now")
    rows = tuple(
        (
            Cell(telling.fact_or_plain(change.title, change.cites), heading=True),
            *(Cell(plain(text)) for text in _change_cells(change, goals)),
        )
        for change in those
    )
    return Table("Activities then and now", columns, rows)


def _change_cells(change: Change, goals: Mapping[str, str]) -> Iterable[str]:
    return ("; ".join(goals.get(id, id) for id in change.goals), change.kind, change.then, change.now)
