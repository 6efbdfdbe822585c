"""What is moved between databases: what people said, each with what it takes to find its passage elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goalmap.store.decisions import Answer
from goalmap.store.ids import stable_id

FORMAT = "goalmap-decisions"
VERSION = 2
READABLE = (1, 2)
"""The versions of the form that are read; repairs of activities came with the second."""

DECISION, READING_ANSWER, AUDIT_ANSWER = "decision", "reading_answer", "audit_answer"
LISTS = {DECISION: "decisions", READING_ANSWER: "reading_answers", AUDIT_ANSWER: "audit_answers"}
"""What a file holds of each kind, and what its table in the database is called."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A passage as another database can know it."""

    passage_id: str
    text: str
    position: int | None
    document_id: str
    sha256: str | None
    path: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and by whom a decision was taken back."""

    withdrawn_at: str
    reviewer: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """What makes a saying the one that it is, in whatever database it stands and wherever it came from."""

    answer: Answer
    decided_at: str
    nth: int = 0
    """Which one it is of those on its passage that are alike to the second."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody said of a passage."""

    kind: str
    place: Place
    proposed: str
    """The goal that was proposed; of an audit answer the framework that the passage was drawn for."""
    content: Content
    source: str
    withdrawn: Withdrawal | None
    reading: str
    reading_position: int
    record: Row
    """The record that it was read from."""
    key: str
    """The same for the same thing, however often it is brought."""

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals that must be known where it is taken over."""
        return () if self.kind == AUDIT_ANSWER else (self.proposed, self.content.answer.goal_id)


@dataclass(frozen=True, slots=True)
class History:
    """What a file holds, in the order in which it was said."""

    versions: Mapping[str, str]
    """The version of each framework."""
    readings: tuple[Row, ...]
    said: tuple[Said, ...]
    repairs: tuple[Row, ...] = ()
    """Repairs of activities, as they are recorded."""


def said_in(kind: str, records: Iterable[Row]) -> Iterator[Said]:
    """What checked records of one kind say, in their order."""
    seen: Counter[tuple[object, ...]] = Counter()
    for record in records:
        proposed, reading = record["proposed_goal" if kind != AUDIT_ANSWER else "framework"], record.get("reading", "")
        answer = _answer(record)
        alike = (record["passage"]["id"], proposed, reading, answer, record["decided_at"])
        content, place = Content(answer, record["decided_at"], seen[alike]), place_in(record)
        yield Said(
            kind=kind,
            place=place,
            proposed=proposed,
            content=content,
            source=record["source"] or "",
            withdrawn=Withdrawal(**withdrawn) if (withdrawn := record.get("withdrawn")) else None,
            reading=reading,
            reading_position=record.get("reading_position", 0),
            record=record,
            key=stable_id("w", kind, place.passage_id, place.sha256, place.text, proposed, reading, *_parts(content)),
        )
        seen[alike] += 1


def mark(content: Content) -> str:
    """What stands for a saying where it is to be compared later."""
    return stable_id("w", *_parts(content))


def _parts(content: Content) -> tuple[object, ...]:
    said = content.answer
    answer = said.verdict, said.goal_id, said.stage, said.best_practice, said.note, said.reviewer
    return *answer, content.decided_at, content.nth


def _answer(record: Row) -> Answer:
    return Answer(
        verdict=record["verdict"],
        goal_id=record.get("goal", ""),
        stage=record.get("stage") or "",
        best_practice=record.get("best_practice", False),
        note=record["note"] or "",
        reviewer=record["reviewer"] or "",
    )


def place_in(record: Row) -> Place:
    """The passage that a record is about."""
    passage, document = record["passage"], record["document"]
    return Place(
        passage["id"], passage["text"], passage["position"], document["id"], document["sha256"], document["path"]
    )
