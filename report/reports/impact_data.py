"""What a report says as data, for programs and for a later progress report that answers it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from goalmap.classify.activities.model import Activity, Measure
from goalmap.report.gaps.found import NONE, GoalGap
from goalmap.report.material import Material
from goalmap.report.sections.advice import Advice
from goalmap.report.sections.strengths import Standing, standings, strong
from goalmap.report.sections.telling import all_cites

Row = dict[str, Any]


def data_of(material: Material, template: str, recommendations: Iterable[Advice]) -> Row:
    """The report as values of JSON, with the recommendations that it makes."""
    evidence = material.evidence
    strengths = {one.goal.id for one in strong(material)}
    points = {one.goal.id: one for one in standings(material)}
    return {
        "organisation": evidence.organisation.name if evidence.organisation else None,
        "framework": {
            "id": evidence.framework.id,
            "name": evidence.framework.name,
            "version": evidence.framework.version,
        },
        "made_on": material.made_on,
        "template": template,
        "is_decided": not evidence.is_undecided,
        "waiting": len(evidence.proposed),
        "documents": len(evidence.library.read),
        "goals": [_goal(material, gap, points[gap.goal.id], gap.goal.id in strengths) for gap in material.gaps],
        "activities": [_activity(one) for one in evidence.shown],
        "recommendations": [_recommendation(one, material.made_on) for one in recommendations],
    }


def _goal(material: Material, gap: GoalGap, standing: Standing, is_strength: bool) -> Row:
    shown = material.evidence.of_goal(gap.goal.id)
    return {
        "id": gap.goal.id,
        "code": gap.goal.code,
        "name": gap.goal.name,
        "activities": len(shown),
        "stages": dict(sorted(Counter(one.stage for one in shown).items())),
        "evidence": gap.strength if shown else NONE,
        "weaknesses": list(gap.weaknesses),
        "points": standing.points,
        "is_strength": is_strength,
    }


def _activity(one: Activity) -> Row:
    return {
        "id": one.id,
        "status": one.status,
        "title": one.title,
        "goals": list(one.goals),
        "stage": one.stage,
        "best_practice": one.best_practice,
        "initiative": one.initiative.name if one.initiative else None,
        "owner": one.owner.name if one.owner else None,
        "partners": [partner.name for partner in one.partners],
        "beneficiaries": [told.text for told in one.beneficiaries],
        "places": [told.text for told in one.places],
        "region": one.region,
        "period": one.period.text if one.period else None,
        "outcome": one.outcome.text if one.outcome else None,
        "figures": [_figure(measure) for measure in one.figures],
        "citations": list(all_cites(one)),
    }


def _figure(measure: Measure) -> Row:
    readings: Iterable[Any] = measure.readings
    return {
        "phrase": measure.phrase,
        "what": measure.what,
        "unit": measure.unit,
        "readings": [asdict(reading) for reading in readings],
    }


def _recommendation(one: Advice, made_on: str) -> Row:
    return {
        "id": one.id,
        "goal": one.goal.id,
        "goal_name": one.goal.name,
        "kind": one.kind,
        "text": one.words,
        "why": one.why,
        "made_on": made_on,
        "basis": [
            {"activity": basis.id, "title": basis.title, "citations": list(basis.passages)} for basis in one.basis
        ],
    }
