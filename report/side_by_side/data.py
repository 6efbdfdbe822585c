"""Frameworks side by side as data, and as one table for spreadsheets."""

from collections.abc import Mapping
from typing import Any

from goalmap.classify.activities.model import Activity
from goalmap.report.draft.model import Cell, Table, plain
from goalmap.report.side_by_side.side_by_side import Pair, Side, SideBySide


def rows_of(found: SideBySide) -> Table:
    """A row for each activity, with its goals in each framework."""
    columns = ("activity", "status", *(side.title for side in found.sides), "documents", "passages")
    return Table("", columns, tuple(_flat_row(found, one) for _, one in found.activities))


def _flat_row(found: SideBySide, one: Activity) -> tuple[Cell, ...]:
    goals = ("; ".join(side.goals[goal].label for goal in found.goals_of(one, side)) for side in found.sides)
    documents = "; ".join(dict.fromkeys(document.title for document in one.documents))
    cells = (one.title, one.status, *goals, documents, "; ".join(one.passages))
    return tuple(Cell(plain(cell)) for cell in cells)


def data_of(found: SideBySide) -> Mapping[str, Any]:
    """What goals meet in which passages, what the crosswalk has of it, and each activity's goals."""
    return {
        "frameworks": [_side_data(side) for side in found.sides],
        "pairs": [_pair_data(pair) for pair in found.pairs],
        "activities": [_activity_data(found, side, one) for side, one in found.activities],
    }


def _side_data(side: Side) -> Mapping[str, Any]:
    return {
        "id": side.id,
        "title": side.title,
        "is_proposed": side.is_proposed,
        "activities": len(side.activities),
        "goals": [{"goal": goal.code, "goal_name": goal.name} for goal in side.goals.values()],
    }


def _pair_data(pair: Pair) -> Mapping[str, Any]:
    lefts, rights = pair.left.goals, pair.right.goals
    return {
        "left": pair.left.id,
        "right": pair.right.id,
        "is_proposed": pair.is_proposed,
        "meetings": [
            {
                "left": lefts[one.left].code,
                "right": rights[one.right].code,
                "activities": list(one.activities),
                "passages": list(one.passages),
                "in_crosswalk": one not in pair.beyond,
            }
            for one in pair.ordered
        ],
        "crosswalk": [
            {
                "left": lefts[row.left].code,
                "right": rights[row.right].code,
                "relation": row.relation,
                "has_evidence": bool(pair.shown_for(row)),
            }
            for row in pair.stated
        ],
        "without_counterpart": {side.id: [goal.code for goal in goals] for side, goals in pair.alone},
    }


def _activity_data(found: SideBySide, side: Side, one: Activity) -> Mapping[str, Any]:
    goals = {
        other.id: {other.goals[goal].code: list(passages) for goal, passages in found.goals_of(one, other).items()}
        for other in found.sides
    }
    return {"id": one.id, "framework": side.id, "activity": one.title, "status": one.status, "goals": goals}
