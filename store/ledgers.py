"""Where answers stand: on record, where they count, or in a reader's blind reading."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from sqlite_utils import Database

from goalmap.store.decisions import Answer, Slot, answer_of, counting_answers, decide, decision_rows
from goalmap.store.loading.copies import share_decisions
from goalmap.store.loading.save import refresh_goals_of


class Ledger(Protocol):
    """What is said of slots, and a place to say more."""

    def current(self, db: Database, slots: Iterable[Slot]) -> dict[Slot, Answer]:
        """The latest answer on each of these slots that has one."""

    def add(self, db: Database, answers: Mapping[Slot, Answer], source: str) -> None:
        """Add answers. Call it inside `immediate`. Raises UnknownName for a verdict or stage that does not exist."""


@dataclass(frozen=True, slots=True)
class Record:
    """The decisions that count."""

    def current(self, db: Database, slots: Iterable[Slot]) -> dict[Slot, Answer]:
        return counting_answers(db, slots)

    def add(self, db: Database, answers: Mapping[Slot, Answer], source: str) -> None:
        decide(db, answers, source)
        passages = {passage_id for passage_id, _ in answers}
        refresh_goals_of(db, passages)
        share_decisions(db, passages)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader says in a blind reading: nobody else's answers are seen, and none counts until it is settled."""

    id: str
    reader: str

    def current(self, db: Database, slots: Iterable[Slot]) -> dict[Slot, Answer]:
        asked = {"slots": json.dumps(list(slots)), "reading": self.id, "reader": self.reader}
        return {(row["place"], row["proposed_goal_id"]): answer_of(row) for row in db.query(OWN_ANSWERS, asked)}

    def add(self, db: Database, answers: Mapping[Slot, Answer], source: str) -> None:
        own = {slot: replace(answer, reviewer=self.reader) for slot, answer in answers.items()}
        db.table("reading_answers").insert_all({**row, "reading_id": self.id} for row in decision_rows(db, own, source))


OWN_ANSWERS = """
with recursive slots (passage_id, goal_id) as (
    select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(:slots)
),
places (id, place) as (
    select passage_id, passage_id from slots
    union select p.id, places.place from passages p join places on p.replaced_by = places.id
)
select distinct a.*, slots.passage_id place
from slots cross join places on places.place = slots.passage_id
cross join reading_answers a on a.passage_id = places.id and a.proposed_goal_id = slots.goal_id
where a.reading_id = :reading and a.reviewer = :reader order by a.id
"""
"""What a reader said of slots, also where it was said of a passage that another one replaced; the last one counts."""
