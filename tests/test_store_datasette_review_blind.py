"""Blind readings and random samples on the review page, asked for in-process."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.store.browse.review import leases
from goalmap.store.browse.review import views as review_views
from goalmap.store.database import immediate, open_database
from goalmap.store.review import audits, readings
from goalmap.store.review.rows import Filters
from tests.reader import Reader, forms, text_of
from tests.reviewing import make_rooms

PAGE = "/rooms/-/review"
HEALTH, ENTERPRISE, FAIR = (
    "Accept 8 Good health and wellbeing",
    "Accept 9 Extending enterprise",
    "6 Fair career progression",
)


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_views, "_LEASES", leases.Leases())


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Database]:
    """Two passages, of which the first is proposed for two goals."""
    make_rooms(tmp_path / "rooms.db", {"Harrow": [["8", "9"]], "Lock": [["3"]]})
    db = open_database(tmp_path / "rooms.db")
    yield db
    db.close()


@pytest.fixture
def people(rooms: Database, tmp_path: Path) -> Iterator[Any]:
    """Gives a reviewer of that name with a browser."""
    there: dict[str, Reader] = {}

    def one(name: str) -> Reader:
        if name not in there:
            there[name] = Reader(tmp_path / "rooms.db", name)
        return there[name]

    yield one
    for reader in there.values():
        reader.db.close()


@pytest.fixture
def reading(rooms: Database) -> str:
    """Ann and Ben read the first passage blind."""
    begun = readings.begin(rooms, ("Ann", "Ben"), Filters(document="d-Harrow"))
    return begun.id


def shown(answer: Any) -> str:
    return str(re.findall(r'data-passage="([^"]*)"', answer.text)[0])


def follow(reader: Reader, answer: Any) -> Any:
    assert answer.status_code == 303
    return reader.get(answer.headers["location"])


def decisions(db: Database) -> list[tuple[str, str, str]]:
    return list(db.execute("select proposed_goal_id, verdict, reviewer from current_decisions order by id").fetchall())


# Blind readings


def test_a_reader_is_led_to_their_reading(people: Any, reading: str) -> None:
    assert "Blind readings that wait for you" in text_of(people("ann").get(PAGE))
    assert f"reading={reading}" in people("ann").get(PAGE).text
    assert "Blind readings" not in text_of(people("cy").get(PAGE))


def test_what_a_reader_says_goes_to_the_reading_alone(people: Any, rooms: Database, reading: str) -> None:
    ann = people("ann")
    page = follow(ann, ann.send(ann.get(f"{PAGE}?reading={reading}"), HEALTH, stage="delivered"))
    assert "accepted, delivered by Ann" in text_of(page)
    assert "1 of 2 proposals waits" in text_of(page)
    page = follow(ann, ann.send(page, "Reject and go on"))
    assert "You have answered all of this reading" in text_of(page)
    assert decisions(rooms) == []
    assert rooms.execute("select count(*) from reading_answers where reviewer = 'Ann'").fetchone() == (2,)


def test_a_reader_sees_nothing_of_what_others_said(people: Any, reading: str) -> None:
    ann, ben, cy = people("ann"), people("ben"), people("cy")
    before = text_of(ben.get(f"{PAGE}?reading={reading}"))
    ann.send(ann.get(f"{PAGE}?reading={reading}"), HEALTH, note="Plainly so.")
    cy.send(cy.get(f"{PAGE}?passage=p-Harrow-0"), HEALTH, note="On record.")
    page = ben.get(f"{PAGE}?reading={reading}")
    assert text_of(page).replace(" ann ", " ") == before
    assert "Plainly" not in page.text
    assert "On record" not in page.text
    assert "/-/passage/p-Harrow-0" not in page.text


def test_what_both_say_goes_on_record(people: Any, rooms: Database, reading: str) -> None:
    for name in ("ann", "ben"):
        reader = people(name)
        page = follow(reader, reader.send(reader.get(f"{PAGE}?reading={reading}"), HEALTH, stage="delivered"))
        reader.send(page, "Reject and go on" if name == "ann" else ENTERPRISE)
    assert decisions(rooms) == [("purpose-goals/8", "accepted", "Ann and Ben")]


def test_somebody_else_may_not_read(people: Any, reading: str) -> None:
    assert people("cy").get(f"{PAGE}?reading={reading}").status_code == 404
    assert people("ann").get(f"{PAGE}?reading=rnone").status_code == 404
    form = next(form for form in forms(people("ann").get(f"{PAGE}?reading={reading}").text) if HEALTH in form.buttons)
    people("cy").get(PAGE)
    token = {**dict(form.fields), "csrftoken": people("cy").cookies.get("ds_csrftoken", ""), "verdict": "accepted"}
    assert people("cy").post(form.address, list(token.items())).status_code in (403, 404)


def test_a_reader_with_two_tabs_is_told_of_the_other(people: Any, rooms: Database, reading: str) -> None:
    ann = people("ann")
    page = ann.get(f"{PAGE}?reading={reading}")
    ann.send(page, HEALTH)
    assert ann.send(page, ENTERPRISE).status_code == 409
    assert rooms.table("reading_answers").count == 1


def test_two_readers_are_shown_the_same_passage(people: Any, reading: str) -> None:
    assert shown(people("ann").get(f"{PAGE}?reading={reading}")) == "p-Harrow-0"
    assert shown(people("ben").get(f"{PAGE}?reading={reading}")) == "p-Harrow-0"


# Random samples


@pytest.fixture
def sample(rooms: Database) -> str:
    """The passages drawn: both of them."""
    with immediate(rooms):
        rooms.execute("update passages set language = 'en'")
        audits.draw(rooms, "purpose-goals", 2)
    return "Does it serve a goal that was not proposed?"


def sampled(reader: Reader) -> Any:
    """The page of a drawn passage, once nothing else waits."""
    page = reader.get(PAGE)
    while "Does it serve" not in page.text:
        there = {button for form in forms(page.text) for button in form.buttons}
        page = follow(reader, reader.send(page, (there & {"None of these", "Reject and go on"}).pop()))
    return page


def test_when_nothing_waits_the_sample_is_asked(people: Any, rooms: Database, sample: str) -> None:
    ann = people("ann")
    page = sampled(ann)
    assert sample in text_of(page)
    page = follow(ann, ann.send(page, "No other goal"))
    assert "Noted: it serves no other goal." in text_of(page)
    page = follow(ann, ann.send(page, "No other goal"))
    assert "Nothing waits here" in text_of(page)
    assert rooms.execute("select verdict, reviewer from audit_answers").fetchall() == [("none", "ann")] * 2


def test_a_goal_that_the_sample_finds_goes_on_record(people: Any, rooms: Database, sample: str) -> None:
    ann = people("ann")
    answer = ann.send(sampled(ann), "Add what is ticked", serves="6")
    assert f"Noted and added: {FAIR}." in text_of(follow(ann, answer))
    assert decisions(rooms)[-1] == ("purpose-goals/6", "added", "ann")
    assert rooms.execute("select verdict from audit_answers").fetchall() == [("some",)]


def test_adding_with_nothing_ticked_writes_nothing(people: Any, rooms: Database, sample: str) -> None:
    ann = people("ann")
    answer = ann.send(sampled(ann), "Add what is ticked")
    assert answer.status_code == 400
    assert sample in text_of(answer)
    assert rooms.table("audit_answers").count == 0


def test_a_drawn_passage_is_answered_once(people: Any, rooms: Database, sample: str) -> None:
    ann = people("ann")
    page = sampled(ann)
    ann.send(page, "No other goal")
    assert ann.send(page, "No other goal").status_code == 409
    assert rooms.table("audit_answers").count == 1


def test_the_sample_is_mixed_in(people: Any, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "EVERY", 1)
    ann = people("ann")
    page = follow(ann, ann.send(ann.get(f"{PAGE}?passage=p-Lock-0"), "Reject and go on"))
    assert sample in text_of(page)
    page = follow(ann, ann.send(page, "No other goal"))
    assert sample in text_of(page)
    page = follow(ann, ann.send(page, "No other goal"))
    assert shown(page) == "p-Harrow-0"
