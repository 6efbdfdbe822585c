"""Passages and activities as reports find them, made up by hand."""

from goalmap.classify.activities.model import Activity, Filing, Origin, Telling

GOAL = "purpose-goals/8"


def telling(
    id: str, text: str, stage: str = "delivered", published: str | None = "2025-01-01", goal: str = GOAL
) -> Telling:
    return Telling(
        id, text, Origin(f"d-{id}", f"Document {id}", "Ashwick Trust", published), (Filing(goal, "accepted", stage),)
    )


def activity(*tellings: Telling, id: str = "a1", title: str = "A scheme", **more: object) -> Activity:
    goals = tuple(dict.fromkeys(goal for one in tellings for goal in one.goals))
    stages = [filing.stage for one in tellings for filing in one.filings]
    return Activity(id, "purpose-goals", "reviewed", title, goals, stages[0], tellings, **more)  # type: ignore[arg-type]
