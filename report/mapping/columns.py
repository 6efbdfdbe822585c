"""The columns of the activity-mapping table: what each holds, how wide it is, what it tells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from goalmap.classify.activities.model import Body, Detail, Measure, Reading
from goalmap.report.mapping.activity_map import Entry
from goalmap.store.sheets.sheet import Words

UNKNOWN = "–"
"""Stands for a page that is not known among those that are."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; the width is in characters, the narrow ones do not wrap."""

    name: str
    width: int
    cell: Callable[[Entry, str], object]
    """What an entry of a framework, by its title, has there."""
    told: str
    is_wrapped: bool = True


def row(entry: Entry, framework: str) -> list[object]:
    """The cells of an entry, in the order of the columns."""
    return [column.cell(entry, framework) for column in COLUMNS]


def joined(words: Iterable[str | None]) -> str:
    return "; ".join(word for word in words if word)


def figure(measure: Measure, reading: Reading) -> str:
    """A reading with what it counts and when: 453 apprentices (in 2023)."""
    words = reading.words
    if measure.what:
        words = f"{words} {measure.what}" if measure.what_follows else f"{measure.what}: {words}"
    return f"{words} ({reading.period})" if reading.period else words


def newest(measures: Iterable[Measure]) -> tuple[str, ...]:
    return tuple(figure(measure, measure.newest) for measure in measures)


def older(measures: Iterable[Measure]) -> tuple[str, ...]:
    return tuple(figure(measure, reading) for measure in measures for reading in measure.readings[1:])


def second_goal(entry: Entry) -> str:
    """The other goals that it serves, else the runner-up in brackets."""
    if entry.other_goals:
        return joined(goal.label for goal in entry.other_goals)
    return f"({entry.second_goal.label})" if entry.second_goal else ""


def _name(body: Body | None) -> str:
    return body.name if body else ""


def _texts(details: Iterable[Detail | None]) -> str:
    return joined(detail.text for detail in details if detail)


def _pages(entry: Entry) -> str:
    pages = [UNKNOWN if place.page is None else str(place.page) for place in entry.places]
    return "" if set(pages) == {UNKNOWN} else "; ".join(pages)


COLUMNS = (
    Column("row_id", 15, lambda one, _: one.row_id, "Stays the same from run to run.", is_wrapped=False),
    Column("framework", 11, lambda _, framework: framework, "The framework with its version."),
    Column("goal", 6, lambda one, _: Words(one.goal.code), "The main goal: the one that most passages serve."),
    Column("goal_name", 17, lambda one, _: one.goal.name, "Its name."),
    Column("second_goal", 19, lambda one, _: second_goal(one), "Other goals that it serves, else the runner-up in brackets."),
    Column("activity", 32, lambda one, _: one.activity.title, "What is done."),
    Column("initiative", 20, lambda one, _: _name(one.activity.initiative), "The scheme or programme that it is part of."),
    Column("owner", 22, lambda one, _: _name(one.activity.owner), "The body that does it."),
    Column("partners", 24, lambda one, _: joined(body.name for body in one.activity.partners), "Who does it with them."),
    Column("beneficiaries", 24, lambda one, _: _texts(one.activity.beneficiaries), "Whom it is for, in the documents’ words."),
    Column("place", 18, lambda one, _: _texts(one.activity.places), "Where, in the documents’ words."),
    Column("region", 14, lambda one, _: one.activity.region, "The region of the place or the owner."),
    Column("period", 14, lambda one, _: Words(_texts([one.activity.period])), "When, in the documents’ words."),
    Column("stage", 11, lambda one, _: one.activity.stage, "The furthest that a passage gives evidence of.", is_wrapped=False),
    Column("output", 28, lambda one, _: joined(newest(one.activity.figures)), "Figures, the newest of each."),
    Column("older_figures", 20, lambda one, _: joined(older(one.activity.figures)), "Earlier readings of the same figures."),
    Column("outcome", 30, lambda one, _: _texts([one.activity.outcome]), "What it led to, in the document’s words."),
    Column("evidence", 60, lambda one, _: one.evidence, "The first passage, word for word, at most 60 words."),
    Column("citations", 10, lambda one, _: len(one.places), "How many passages tell of it, copies included.", is_wrapped=False),
    Column("document", 40, lambda one, _: "; ".join(place.document.title for place in one.places), "Their documents, in one order with page and passage_id."),
    Column("page", 8, lambda one, _: Words(_pages(one)), f"Their pages; {UNKNOWN} where there are none."),
    Column("passage_id", 17, lambda one, _: "; ".join(place.passage_id for place in one.places), "Their ids."),
    Column("confidence", 11, lambda one, _: one.filing.score, "How likely a reviewer is to accept the proposal, by the model.", is_wrapped=False),
    Column("why", 60, lambda one, _: one.filing.reason, "Why the model proposed the goal."),
    Column("grouped_because", 34, lambda one, _: joined(one.activity.why), "Why several passages were taken for one activity."),
    Column("best_practice", 13, lambda one, _: "yes" if one.activity.best_practice else "", "Marked by a reviewer.", is_wrapped=False),
    Column("status", 11, lambda one, _: one.status, "accepted, changed or added by a person, or only proposed.", is_wrapped=False),
    Column("reviewer", 18, lambda one, _: joined(one.reviewers), "Who decided."),
    Column("decided_on", 12, lambda one, _: (one.decided_at or "")[:10], "The day of the last decision.", is_wrapped=False),
    Column("note", 30, lambda one, _: joined(one.notes), "What the reviewers noted."),
)  # fmt: skip
"""The columns in their order."""
