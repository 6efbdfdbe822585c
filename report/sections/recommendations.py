"""What was recommended and what happened: a table, and each recommendation with its evidence and the reason for its status."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from goalmap.report.draft.model import (
    Badge,
    Block,
    Card,
    Cell,
    Fact,
    Paragraph,
    Plain,
    Run,
    Table,
    Text,
    Words,
    plain,
)
from goalmap.report.page import anchor
from goalmap.report.progress.recommendations import NONE, STATUSES, SUPERSEDED, Answer, Match, Recommendation
from goalmap.report.sections.telling import capital, counted, listed, quoted, spelled
from goalmap.store.days import day

TABLE_WORDS = 30
"""So many words of its passage stand in the table; the details have more."""
SHOWN_IN_TABLE = 2
COLUMNS = ("What was recommended", "What happened", "Evidence", "Status")
WIDTHS = (0.3, 0.36, 0.19, 0.15)
KINDS = {"done": "delivered", "under way": "ongoing", "planned": "planned", NONE: "none", SUPERSEDED: "none"}
"""The kind of badge for each status."""


def blocks(answers: Sequence[Answer]) -> tuple[Block, ...]:
    """How many have each status, how that is found, and the table."""
    return (Paragraph(plain(summary(answers))), Paragraph(plain(HOW)), table(answers))


HOW = (
    "A status is proposed where a passage that was published after the recommendation shares its words or its goal, by how far"
    " that passage says things are. Where a person recorded a status, that one stands. “No evidence found” says that the"
    " documents searched do not tell of it, not that nothing was done."
)


def summary(answers: Sequence[Answer]) -> str:
    """How many recommendations have each status, and how many of these a person recorded.

    >>> summary([])
    'None.'
    """
    counts = Counter(answer.status for answer in answers)
    told = [f"{spelled(counts[status])} {IN_SUMMARY.get(status, status)}" for status in STATUSES if counts[status]]
    if not told:
        return "None."
    by_person = sum(answer.is_by_person for answer in answers)
    recorded = f" A person recorded {by_person:,} of these; the others are proposed." if by_person else PROPOSED
    return f"{capital(counted(len(answers), 'recommendation'))}: {listed(told)}.{recorded}"


IN_SUMMARY = {NONE: "with no evidence found"}
PROPOSED = " Every status is proposed; nobody has confirmed one."


# Table


def table(answers: Iterable[Answer]) -> Table:
    return Table(
        "What was recommended, what later documents tell of it, and the status of each.",
        COLUMNS,
        tuple(tuple(_cells(answer)) for answer in answers),
        WIDTHS,
    )


def _cells(answer: Answer) -> Iterator[Cell]:
    one = answer.recommendation
    shown = answer.matches[:SHOWN_IN_TABLE]
    yield Cell((said(one),), heading=True, link=anchor_of(one) if has_details(answer) else "")
    yield Cell(_separated([quoted(match.telling, _is_open(match), most=TABLE_WORDS) for match in shown]) or NOT_FOUND)
    yield Cell(_separated([source(match) for match in shown]))
    yield Cell(plain(status_of(answer)))


NOT_FOUND: Text = (Plain("Nothing found in the documents searched."),)


def said(one: Recommendation) -> Run:
    """The recommendation, with its passage where it stands in one."""
    text = capital(one.text)
    return Fact(text, (one.passage_id,)) if one.passage_id else Plain(text)


def source(match: Match) -> Fact:
    """The document that tells of it, with its date."""
    document = match.telling.document
    return Fact(f"{document.title}, {dated(document.published)}", (match.telling.passage_id,), _is_open(match))


def dated(published: str | None) -> str:
    return day(published) or "date not known"


def status_of(answer: Answer) -> str:
    """The status, and whether a person recorded it or it is proposed."""
    by = answer.recommendation.reviewer
    recorded = f"recorded by {by}" if by else "recorded by a person"
    return f"{capital(answer.status)} ({recorded if answer.is_by_person else 'proposed'})"


def anchor_of(one: Recommendation) -> str:
    return anchor(f"recommendation-{one.id}")


def _is_open(match: Match) -> bool:
    return not match.activity.is_reviewed


def _separated(runs: Sequence[Run]) -> Text:
    return tuple(part for place, run in enumerate(runs) for part in ((Plain(";"), run) if place else (run,)))


# Details


def details(answers: Sequence[Answer], goals: Mapping[str, str]) -> tuple[Block, ...]:
    """A card for each recommendation of which there is more to tell than the table does, and why it is silent on the others."""
    silent = [answer for answer in answers if not has_details(answer)]
    number = counted(len(silent), "recommendation")
    reasons = " ".join(dict.fromkeys(answer.why for answer in silent))
    told = (Paragraph(plain(f"Of {number} nothing more can be told. {reasons}")),) if silent else ()
    return (*(card(answer, goals) for answer in answers if has_details(answer)), *told)


def has_details(answer: Answer) -> bool:
    """Whether anything was found on it, or a person said something of it."""
    return bool(answer.matches or answer.nearest or answer.is_by_person or answer.recommendation.note)


def card(answer: Answer, goals: Mapping[str, str]) -> Card:
    """A recommendation with everything that was found on it."""
    one = answer.recommendation
    facts = tuple((name, runs) for name, runs in _facts(answer, goals) if runs)
    quotes = tuple(quoted(match.telling, _is_open(match)) for match in answer.matches)
    return Card(anchor_of(one), capital(one.text), facts, tuple(_badges(answer)), quotes=quotes)


def _badges(answer: Answer) -> Iterator[Badge]:
    yield Badge(capital(answer.status), KINDS[answer.status])
    if not answer.is_by_person:
        yield Badge("Proposed, not decided", "proposed")


def _facts(answer: Answer, goals: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
    one = answer.recommendation
    yield "Goal", plain(goals.get(one.goal or "", ""))
    yield "Recommended in", _origin(one)
    yield "Status", plain(status_of(answer))
    if answer.is_by_person and answer.proposed != answer.status:
        yield "The evidence proposes", plain(f"{capital(answer.proposed)}.")
    yield "Why", plain(answer.why)
    yield "Note", plain(one.note)
    yield "Activities", _separated([_activity(match) for match in _each_activity(answer.matches)])
    if answer.nearest:
        near = answer.nearest
        words = Words(near.passage_id, near.start, near.end, near.text)
        yield "Nearest passage, not counted", (words,)


def _origin(one: Recommendation) -> Text:
    text = ", ".join(part for part in (one.source, day(one.made_on)) if part)
    return (Fact(text, (one.passage_id,)),) if one.passage_id and text else plain(text)


def _activity(match: Match) -> Fact:
    one = match.activity
    stage = f" ({one.stage})" if one.stage else ""
    return Fact(f"{one.title}{stage}", tuple(dict.fromkeys(one.passages)), not one.is_reviewed)


def _each_activity(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple({match.activity.id: match for match in reversed(tuple(matches))}.values())[::-1]


# As one table


def sheet(answers: Iterable[Answer], goals: Mapping[str, str]) -> Table:
    """A row for each recommendation, for spreadsheets."""
    columns = ("Id", "Recommendation", "Goal", "Made on", "Status", "By", "What happened", "Evidence", "Why", "Note")
    return Table(
        "Recommendations with their status", columns, tuple(tuple(_sheet(answer, goals)) for answer in answers)
    )


def _sheet(answer: Answer, goals: Mapping[str, str]) -> Iterator[Cell]:
    one = answer.recommendation
    by = (one.reviewer or "a person") if answer.is_by_person else "proposed"
    yield Cell(plain(one.id))
    yield Cell((said(one),), heading=True)
    for text in (goals.get(one.goal or "", ""), one.made_on or "", answer.status, by):
        yield Cell(plain(text))
    yield Cell(_separated([quoted(match.telling, _is_open(match)) for match in answer.matches]))
    yield Cell(_separated([source(match) for match in answer.matches]))
    yield Cell(plain(answer.why))
    yield Cell(plain(one.note))


def fact_or_plain(text: str, cites: Sequence[str]) -> Text:
    """A fact with its citations, or words of a report that cites nothing here."""
    return (Fact(text, tuple(dict.fromkeys(cites))),) if cites else (Plain(text),)
