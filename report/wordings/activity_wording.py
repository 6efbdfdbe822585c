"""What the commands say of activities in plain words: what was found and decided in, lines out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from goalmap.report.wording import count, filled, shortened
from goalmap.report.wordings.change_wording import change_lines
from goalmap.report.wordings.entity_wording import db_option
from goalmap.store.days import day, period
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.store.activities.decisions import Done
    from goalmap.store.activities.history import Batch
    from goalmap.store.activities.listing import Citation, Details, Stretch
    from goalmap.store.activities.nearby import State

COLUMNS = ((14, "id"), (9, "status"), (34, "title"), (7, "goals"), (11, "stage"))
"""The columns of a list with their widths; the number of citations takes what is left."""
NAMES = {
    "title": "Title", "owner": "Who does it", "partners": "With", "beneficiaries": "For whom", "place": "Where",
    "region": "Region", "period": "When", "outcome": "What it led to", "stage": "Stage", "best_practice": "Best practice",
}  # fmt: skip
"""What the fields are called that a person may write."""
SHOWN_IN_STATE = tuple(name for name in NAMES if name not in ("title", "owner", "stage"))
EXCERPT = 100


# Lists


def activity_lines(found: "Stretch") -> Iterator[str]:
    """Activities, one a line, in eighty columns."""
    if not found.activities:
        yield "No activity is like that. To see them all: goalmap activities list"
        return
    yield "".join(title.ljust(width) for width, title in COLUMNS) + "cited"
    for one in found.activities:
        cells = (one.id, one.status, one.title, ", ".join(one.goals), one.stage or "not told")
        line = "".join(shortened(cell, width - 1).ljust(width) for (width, _), cell in zip(COLUMNS, cells, strict=True))
        yield f"{line}{one.citations:,}"
    reviewed, proposed = found.counts["reviewed"], found.counts["proposed"]
    yield f"{reviewed:,} reviewed and {proposed:,} proposed; cited: passages that tell of it."
    if more := found.total - len(found.activities):
        yield f"and {more:,} more: --limit shows more, a TEXT or --goal fewer"


# One activity


def details_lines(found: "Details", batches: "Sequence[Batch]") -> Iterator[str]:
    """All there is on one activity."""
    yield from filled(f"{found.title} ({found.status}, {found.id})")
    yield from filled(
        f"  {count(len(found.citations), 'passage')} of {count(found.documents, 'document')} "
        f"{'tells' if len(found.citations) == 1 else 'tell'} of it{_when(found)}.",
        "  ",
    )
    for goal in found.goals:
        yield from filled(f"  Goal {goal.code} {goal.name}", "    ")
    yield from _fields(found)
    yield from _section("Figures", (figure_words(figure) for figure in found.figures))
    yield from _section("Why its passages are taken for one", found.why)
    yield from _section("Passages", (_citation(one) for one in found.citations))
    yield from _section("Decisions on it", (batch_words(batch) for batch in batches))


def _when(found: "Details") -> str:
    dates = period(found.first_told, found.last_told)
    return f", {dates}" if dates else ""


def _fields(found: "Details") -> Iterator[str]:
    if found.initiative:
        yield from filled(f"  Initiative: {found.initiative}", "    ")
    for name, text in found.fields.items():
        if text and name != "title" and (name != "best_practice" or found.best_practice):
            by_hand = " (written by a person)" if name in found.edited else ""
            yield from filled(f"  {NAMES[name]}: {text}{by_hand}", "    ")


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    for number, item in enumerate(items):
        if number == 0:
            yield f"  {title}:"
        yield from filled(f"  - {item}", "    ")


def figure_words(figure: Mapping[str, Any]) -> str:
    """The newest reading with what it counts, then the older ones."""
    newest, *older = figure["readings"]
    what, words = figure["what"], _reading(newest)
    shown = words if not what else f"{words} {what}" if figure["what_follows"] else f"{what}: {words}"
    return f"{shown}; earlier {', '.join(map(_reading, older))}" if older else shown


def _reading(reading: Mapping[str, Any]) -> str:
    when = reading["period"] or day(reading["as_of"])
    return f"{reading['words']} ({when})" if when else str(reading["words"])


def _citation(one: "Citation") -> str:
    place = f", page {one.page}" if one.page else ""
    said = f", {day(one.published)}" if one.published else ""
    copy = ", says the same" if one.copy_of else ""
    return f"{one.passage_id} in {one.document}{place}{said}{copy}: “{shortened(' '.join(one.text.split()), EXCERPT)}”"


# Decisions


def done_lines(done: "Done", db: Place) -> Iterator[str]:
    """What a decision changed, and how to take it back."""
    return change_lines(
        done,
        state_words,
        _other_fields(done),
        "Nothing changes: it is so already. Kept for later runs.",
        f"goalmap activities undo {done.batch}{db_option(db)}",
    )


def state_words(state: "State") -> str:
    """An activity in one sentence: title, goals, stage, who, citations."""
    goals = f"{'goal' if len(state.goals) == 1 else 'goals'} {', '.join(state.goals)}"
    parts = (state.status, goals, state.stage, state.owner and f"by {state.owner}")
    told = ", ".join(part for part in parts if part)
    cited = f"{count(state.citations, 'passage')} of {count(state.documents, 'document')}"
    return f"{state.title} ({state.id}): {told}; {cited}"


def _other_fields(done: "Done") -> Iterator[str]:
    """What stands otherwise in the fields that a sentence has no room for, where one activity stays one."""
    if len(done.before) == len(done.after) == 1:
        (before,), (after,) = done.before, done.after
        for name in SHOWN_IN_STATE:
            if before.fields[name] != after.fields[name]:
                yield from filled(
                    f"  {NAMES[name]}: {before.fields[name] or 'nothing'} becomes {after.fields[name] or 'nothing'}",
                    "    ",
                )


def history_lines(batches: "Sequence[Batch]") -> Iterator[str]:
    """What was decided, the latest first."""
    if not batches:
        yield "Nothing has been decided on activities yet."
    for batch in batches:
        yield from filled(batch_words(batch), "    ")
        if batch.note:
            yield from filled(f"    Note: {batch.note}", "      ")


def batch_words(batch: "Batch") -> str:
    """One decision in a sentence: when, by whom, what, and whether it holds."""
    by = f" by {batch.reviewer}" if batch.reviewer else ""
    state = f"{batch.state} by {batch.withdrawn_by}" if batch.withdrawn_by else batch.state
    return f"{batch.batch}  {day(batch.decided_at)}{by}: {WORDS[batch.verdict](batch)} [{state}]"


def _told(batch: "Batch") -> str:
    titles = ", ".join(f"“{title}” ({id})" for id, title in batch.activities[:4])
    more = f" and {len(batch.activities) - 4} more" if len(batch.activities) > 4 else ""
    return f"; they tell of {titles}{more} now" if titles else ""


def _written(batch: "Batch") -> str:
    said = "; ".join(f"{NAMES.get(field, field)} is “{value}”" for field, value in batch.fields.items())
    return f"{said}, of {', '.join(f'“{title}” ({id})' for id, title in batch.activities) or batch.passages[0]}"


WORDS: "Mapping[str, Callable[[Batch], str]]" = {
    "together": lambda batch: f"{count(len(batch.passages), 'passage')} tell of one activity{_told(batch)}",
    "apart": lambda batch: (
        f"{count(len(batch.passages), 'passage')} kept apart from {count(len(batch.rest), 'other')}{_told(batch)}"
    ),
    "edit": _written,
    "withdrawn": lambda batch: f"takes back {batch.withdraws}",
}
"""How each kind of decision is told."""
