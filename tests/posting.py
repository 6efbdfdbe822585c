"""Reviewers who decide one passage after another over HTTP, and the account of what must be on record afterwards."""

import random
import re
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain, combinations
from pathlib import Path

from sqlite_utils import Database

from goalmap.store.database import connect
from goalmap.store.loading.save import refresh_goals_of
from tests.reader import Form, forms
from tests.reviewers import FRAGMENT, NO_ANSWER, Answer, Visitor

WRITTEN = (200, 303)
STALE = 409
ROW = re.compile(r'<li class="gm-goal([^"]*)">(.*?)</li>', re.S)
OPEN_WRONGLY = """
select pr.id from proposals pr join passages p on p.id = pr.passage_id
where p.copy_of is null and pr.open <> not exists (
    select 1 from current_decisions d where d.passage_id = pr.passage_id and d.proposed_goal_id = pr.goal_id)
"""

Slots = frozenset[str]
"""The goals of one passage that something is said of."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A form that a reviewer sent, and the status of the answer."""

    reviewer: str
    passage: str
    seen: str
    """The word for what had been decided on the passage when it was shown."""
    goals: Slots
    undone: frozenset[int]
    """The decisions that the form takes back."""
    status: int

    @property
    def was_written(self) -> bool:
        return self.status in WRITTEN


@dataclass(slots=True)
class Person:
    """A reviewer at work: mostly decides one goal, sometimes none of all, or takes the last decision back."""

    visitor: Visitor
    page: str
    rng: random.Random
    shared: Sequence[str] = ()
    """Passages that all go back to now and then, so that they get in each other's way."""
    likely: Mapping[str, float] = field(default_factory=lambda: {"decide": 0.75, "none": 0.15, "undo": 0.1})
    deeds: list[Deed] = field(default_factory=list)

    def work(self, is_over: Callable[[], bool]) -> None:
        """Go on until it is over or the server is gone."""
        try:
            shown = self._next()
            while not is_over() and shown.status != NO_ANSWER:
                shown = self._do(shown)
        finally:
            self.visitor.leave()

    def _next(self) -> Answer:
        wanted = f"?passage={self.rng.choice(self.shared)}" if self.shared and self.rng.random() < 0.15 else ""
        return self.visitor.get(self.page + wanted, FRAGMENT)

    def _do(self, shown: Answer) -> Answer:
        """Send one form of what is shown; gives what is shown then."""
        form = self._chosen(shown)
        if form is None:
            return self._next()
        scripted = self.rng.random() < 0.8
        pressed = (
            [("verdict", self.rng.choice(("accepted", "rejected")))] if ("action", "decide") in form.fields else []
        )
        answer = self.visitor.send(form, pressed, FRAGMENT if scripted else None)
        self.deeds.append(self._deed(form, shown, answer))
        if answer.status == 200 and self.rng.random() < 0.9:
            return answer
        return answer if answer.status == NO_ANSWER else self._next()

    def _chosen(self, shown: Answer) -> Form | None:
        there = defaultdict(list)
        for form in forms(shown.text):
            told = dict(form.fields)
            if told["action"] != "decide" or "goal" in told:
                there[told["action"]].append(form)
        actions = [action for action in self.likely if there[action]]
        if not actions:
            return None
        weights = [self.likely[action] for action in actions]
        return self.rng.choice(there[self.rng.choices(actions, weights)[0]])

    def _deed(self, form: Form, shown: Answer, answer: Answer) -> Deed:
        told = dict(form.fields)
        goals = {"decide": [told.get("goal", "")], "none": waiting_on(shown.text), "undo": []}[told["action"]]
        undone = frozenset(map(int, told["undo"].split(","))) if told["action"] == "undo" else frozenset[int]()
        seen = told["state"]
        return Deed(self.visitor.name, told["passage"], seen, frozenset(goals), undone, answer.status)


def waiting_on(html: str) -> list[str]:
    """The goals of the passage shown that wait."""
    rows = (row for state, row in ROW.findall(html) if "gm-waits" in state)
    return [re.findall(r'name="goal" value="([^"]+)"', row)[0] for row in rows]


# The account


@contextmanager
def at_work(group: Sequence[Person], is_over: Callable[[], bool]) -> Iterator[None]:
    """All of them until it is over, which it is at the latest when what is done meanwhile fails."""
    ended = threading.Event()
    with ThreadPoolExecutor(len(group)) as pool:
        works = [pool.submit(person.work, lambda: ended.is_set() or is_over()) for person in group]
        try:
            yield
        except BaseException:
            ended.set()
            raise
    for work in works:
        work.result()


def deeds_of(group: Iterable[Person]) -> list[Deed]:
    return [deed for person in group for deed in person.deeds]


def check_account(database: Path, deeds: Iterable[Deed]) -> None:
    """All that was answered is on record, once; what was not answered is there as a whole or not at all; and nothing else is."""
    told = list(deeds)
    with closing(sqlite3.connect(database)) as connection:
        decided = "select reviewer, passage_id, proposed_goal_id from decisions where source like 'review page%'"
        rows, withdrawn = connection.execute(decided).fetchall(), _withdrawn(connection)
    assert {deed.status for deed in told} <= {*WRITTEN, STALE, NO_ANSWER}
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for reviewer, passage, goal in rows:
        found[reviewer, passage][goal] += 1
    by_place = defaultdict(list)
    for deed in told:
        by_place[deed.reviewer, deed.passage].append(deed)
    assert found.keys() <= by_place.keys()
    assert [place for place, said in by_place.items() if found[place] not in list(_possible(said))] == []
    _check_withdrawals(told, withdrawn)
    _check_nobody_decided_unseeing(told)


def _possible(deeds: Iterable[Deed]) -> Iterator[Counter[str]]:
    """What may be on record of one passage and reviewer."""
    told = list(deeds)
    certain = Counter(goal for deed in told if deed.was_written for goal in deed.goals)
    unanswered = [deed.goals for deed in told if deed.status == NO_ANSWER]
    for some in chain.from_iterable(combinations(unanswered, count) for count in range(len(unanswered) + 1)):
        yield certain + Counter(chain.from_iterable(some))


def _withdrawn(connection: sqlite3.Connection) -> set[tuple[str, int]]:
    return set(connection.execute("select reviewer, decision_id from withdrawals where source = 'review page'"))


def _check_withdrawals(deeds: Iterable[Deed], withdrawn: set[tuple[str, int]]) -> None:
    certain, unanswered = set[tuple[str, int]](), set[tuple[str, int]]()
    for deed in deeds:
        own = {(deed.reviewer, id) for id in deed.undone}
        if deed.was_written:
            certain |= own
        elif deed.status == NO_ANSWER:
            unanswered |= own
            assert own <= withdrawn or not own & withdrawn
    assert certain <= withdrawn <= certain | unanswered


def _check_nobody_decided_unseeing(deeds: Iterable[Deed]) -> None:
    """Whatever is written changes the word for the passage's state, so that no two were written on the same one."""
    changes = Counter((deed.passage, deed.seen) for deed in deeds if deed.was_written and (deed.goals or deed.undone))
    assert [seen for seen, count in changes.items() if count > 1] == []


def check_sound(database: Path) -> None:
    """The file is whole, and all that is kept beside the decisions says the same as they do."""
    with closing(connect(database).conn) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute(OPEN_WRONGLY).fetchall() == []
        goals = "select id, goals from passages where id in (select passage_id from decisions)"
        before = dict(connection.execute(goals))
        connection.execute("begin")
        refresh_goals_of(Database(connection), before)
        assert dict(connection.execute(goals)) == before
        connection.rollback()
