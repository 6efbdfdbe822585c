"""What the review page says of what was done."""

from collections.abc import Iterable

from goalmap.store.browse.page_rows import Row
from goalmap.store.browse.review.posts import Outcome, Sampled
from goalmap.store.browse.writing import Refusal
from goalmap.store.decisions import Answer, Slot
from goalmap.store.review.deciding import Done, Stale, Undone
from goalmap.store.review.items import Item
from goalmap.store.review.waiting import Progress

VERBS = {"accepted": "Accepted", "rejected": "Rejected", "changed": "Changed", "added": "Added"}
STALE = (
    "Somebody has decided on this passage since you opened it, so nothing of yours was written. "
    "Here it is as it stands now{who}. Decide again if you see it otherwise."
)


def told(outcome: Outcome, goals: Iterable[Row], shown: Progress, item: Item | None) -> str:
    """One or two sentences on what a form did."""
    names = {goal["id"]: goal["name"] for goal in goals}
    if isinstance(outcome, Refusal):
        return outcome.reason
    if isinstance(outcome, Stale):
        return STALE.format(who=_who(item))
    if isinstance(outcome, Undone):
        taken = "; ".join(_small(_one(slot, answer, names)) for slot, answer in outcome.answers.items())
        return f"Taken back. {left(shown)}" if not taken else f"Taken back: {taken}. {left(shown)}"
    if isinstance(outcome, Sampled):
        serves = "; ".join(names.get(goal, goal) for goal in outcome.goals)
        return f"Noted{f' and added: {serves}' if serves else ': it serves no other goal'}. {left(shown)}"
    return f"{_decided(outcome, names)} {left(shown)}"


def _decided(done: Done, names: dict[str, str]) -> str:
    if not done.answers:
        return "Nothing waited here."
    if len(done.answers) > 1:
        return f"None of these: {len(done.answers)} rejected."
    ((slot, answer),) = done.answers.items()
    return f"{_one(slot, answer, names)}."


def _one(slot: Slot, answer: Answer, names: dict[str, str]) -> str:
    goal, proposed = names.get(answer.goal_id, answer.goal_id), names.get(slot[1], slot[1])
    instead = f" instead of {proposed}" if answer.verdict == "changed" else ""
    return f"{VERBS[answer.verdict]}: {goal}{instead}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def left(shown: Progress) -> str:
    """How many proposals wait."""
    return f"{shown.waiting:,} left." if shown.is_counted else f"More than {shown.waiting:,} left."


def _who(item: Item | None) -> str:
    """What stands on a passage, and who said it."""
    answers = [row for row in item.rows if row.answer] if item else []
    said = (
        f"{VERBS[row.answer.verdict].lower()} by {row.answer.reviewer or 'somebody'}: {row.goal}"
        for row in answers
        if row.answer
    )
    return f" ({'; '.join(said)})" if answers else ""
