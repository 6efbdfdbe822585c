"""The activity map as data: activities with their citations and figures, gaps, and documents that were not read."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from goalmap.classify.activities.model import Body, Filing, Measure, Telling
from goalmap.report.left_out import Loose
from goalmap.report.mapping.activity_map import ActivityMap, Entry, GoalPart, Place
from goalmap.report.scope import Goal
from goalmap.report.sources import Source

Record = dict[str, Any]


def as_json(found: ActivityMap, made_on: date) -> str:
    """The map with all that its page shows; offsets count the characters of a citation's text."""
    record = {
        "report": "activity map",
        "made_on": made_on.isoformat(),
        "framework": asdict(found.framework),
        "organisation": None if found.organisation is None else found.organisation.name,
        "publishers": found.publishers,
        "counts": _counts(found),
        "goals": [_part(part) for part in found.parts],
        "activities": [_entry(entry, found.goals) for entry in found.entries],
        "loose_decisions": [_loose(loose) for loose in found.loose],
        "documents": [_source(source) for source in found.library.sources],
        "making": asdict(found.making),
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _counts(found: ActivityMap) -> dict[str, int]:
    return {
        "activities": len(found.entries),
        "decided": found.decided,
        "proposed": found.proposed,
        "passages": found.citations,
        "rejected": found.rejected,
        "documents_read": len(found.library.read),
        "passages_searched": found.library.searched,
        "documents_left_out": found.library.left_out,
    }


def _part(part: GoalPart) -> Record:
    return {
        "goal": part.goal.code,
        "goal_name": part.goal.name,
        "activities": len(part.entries),
        "also_served_by": len(part.others),
        "is_gap": part.is_gap,
        "stages": part.by_stage,
        "statuses": part.by_status,
    }


def _entry(entry: Entry, goals: Mapping[str, Goal]) -> Record:
    one, (start, end) = entry.activity, entry.quoted
    return {
        "row_id": entry.row_id,
        "goal": entry.goal.code,
        "goal_name": entry.goal.name,
        "other_goals": [goal.code for goal in entry.other_goals],
        "activity": one.title,
        "initiative": _body(one.initiative),
        "owner": _body(one.owner),
        "partners": [_body(body) for body in one.partners],
        "beneficiaries": [asdict(detail) for detail in one.beneficiaries],
        "places": [asdict(detail) for detail in one.places],
        "region": one.region,
        "period": one.period and asdict(one.period),
        "stage": one.stage,
        "figures": [_measure(measure) for measure in one.figures],
        "outcome": one.outcome and asdict(one.outcome),
        "people": entry.people,
        "evidence": {"text": entry.evidence, "passage_id": entry.main.passage_id, "start": start, "end": end},
        "grouped_because": one.why,
        "best_practice": one.best_practice,
        "status": entry.status,
        "written_by_a_person": sorted(one.edited),
        "reviewers": entry.reviewers,
        "decided_at": entry.decided_at,
        "notes": entry.notes,
        "citations": _citations(entry, goals),
    }


def _body(body: Body | None) -> Record | None:
    return None if body is None else {"name": body.name, "id": body.id}


def _measure(measure: Measure) -> Record:
    readings = [asdict(reading) for reading in measure.readings]
    return {"what": measure.what, "unit": measure.unit, "newest": measure.phrase, "readings": readings}


def _citations(entry: Entry, goals: Mapping[str, Goal]) -> list[Record]:
    filings = {telling.passage_id: _filings(telling, goals) for telling in entry.tellings}
    return [{**_place(place), "goals": filings.get(place.passage_id, [])} for place in entry.places]


def _place(place: Place) -> Record:
    return {
        "passage_id": place.passage_id,
        "document_id": place.document.id,
        "document": place.document.title,
        "publisher": place.document.publisher,
        "published": place.document.published,
        "page": place.page,
        "text": place.text,
        "copy_of": place.copy_of,
    }


def _filings(telling: Telling, goals: Mapping[str, Goal]) -> list[Record]:
    return [_filing(filing, telling, goals) for filing in telling.filings]


def _filing(filing: Filing, telling: Telling, goals: Mapping[str, Goal]) -> Record:
    return {
        "goal": goals[filing.goal].code,
        "verdict": filing.verdict,
        "stage": filing.stage,
        "confidence": filing.score,
        "evidence": [{"text": telling.text[start:end], "start": start, "end": end} for start, end in filing.evidence],
        "why": filing.reason,
        "runner_up": _code(filing.second_goal, goals),
        "runner_up_confidence": filing.second_score,
        "changed_from": _code(filing.changed_from, goals),
        "best_practice": filing.best_practice,
        "reviewer": filing.reviewer,
        "decided_at": filing.decided_at,
        "note": filing.note,
    }


def _code(goal: str | None, goals: Mapping[str, Goal]) -> str | None:
    return goals[goal].code if goal and goal in goals else None


def _loose(loose: Loose) -> Record:
    return {
        "goal": loose.goal.code,
        "verdict": loose.verdict,
        "passage_id": loose.passage_id,
        "passage": loose.passage,
        "document": loose.source.title,
        "reviewer": loose.reviewer,
        "note": loose.note,
    }


def _source(source: Source) -> Record:
    return {**asdict(source), "is_read": source.is_read, "is_near_copy": source.is_near_copy}
