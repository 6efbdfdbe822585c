"""Passages brought together into activities: how well, and as people say."""

import random
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.classify.activities.bringing import Said, activities
from goalmap.classify.activities.grouping import group
from goalmap.classify.activities.links import links_between
from goalmap.classify.activities.model import Activity, Body, Edit, Filing, Link, Named, Origin, Ruling, Telling
from goalmap.store.activities.tellings import read_tellings
from goalmap.store.ids import stable_id
from tests.labelled_acts import FRAMEWORK, read_told, told_in

if TYPE_CHECKING:
    from spacy.language import Language

FLOORS = {"told-tuning.txt": (1.0, 0.94), "told-aside.txt": (1.0, 0.73)}
"""Precision and recall of pairs of passages that tell of one act."""


def telling(id: str, text: str = "We lend tablets.", goal: str = "g/10", **told: object) -> Telling:
    filing = Filing(goal, "accepted", "delivered", 0.9, decision=int(id[1:]))
    origin = Origin(f"d-{id}", f"Document {id}", "Ashwick NHS Trust", "2024-01-01")
    return Telling(**{"passage_id": id, "text": text, "document": origin, "filings": (filing,), **told})  # type: ignore[arg-type]


def found(*tellings: Telling, rulings: tuple[Ruling, ...] = ()) -> tuple[Activity, ...]:
    return activities(tellings, "g", Said(rulings), stable_id)


def together(found: tuple[Activity, ...]) -> set[frozenset[str]]:
    return {frozenset(one.passages) for one in found}


# How well


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOORS)
def test_acts_told_by_several_documents_are_found(name: str, db: Database, tmp_path: Path, nlp: "Language") -> None:
    acts = read_told(db, tmp_path / "told", told_in(name), nlp)
    groups = activities(read_tellings(db, FRAMEWORK), FRAMEWORK, Said(), stable_id)
    got = {pair for one in groups for pair in combinations(sorted(one.passages), 2)}
    right = {pair for pair in combinations(sorted(acts), 2) if acts[pair[0]] == acts[pair[1]]}
    precision, recall = FLOORS[name]
    assert len(got & right) / len(got) >= precision
    assert len(got & right) / len(right) >= recall


# By what


GARDEN = "Patients grow vegetables in the garden behind the Hush Lane clinic, where GPs send those who are lonely."
GARDEN_LATER = "At the Hush Lane garden lonely patients whom their GPs sent have grown vegetables for a second summer."
BUSES = "A night bus links the villages with the distribution park for a fare of one pound."


def test_passages_of_one_body_that_tell_alike_are_one_activity_and_it_says_why() -> None:
    (one,) = found(telling("p1", GARDEN), telling("p2", GARDEN_LATER))
    assert one.passages in (("p1", "p2"), ("p2", "p1"))
    (why,) = one.why
    assert "same organisation and goal" in why
    assert "vegetables" in why


def test_passages_under_different_goals_stay_apart() -> None:
    assert len(found(telling("p1", GARDEN, "g/8"), telling("p2", GARDEN_LATER, "g/12"))) == 2


def test_passages_of_different_bodies_stay_apart_unless_a_name_is_common() -> None:
    elsewhere = Origin("d9", "News", "The Packet", "2024-02-02")
    assert (
        len(found(telling("p1", BUSES), telling("p2", BUSES.replace("villages", "suburbs"), document=elsewhere))) == 2
    )
    assert len(found(telling("p1", GARDEN), telling("p2", GARDEN_LATER, document=elsewhere))) == 1


def test_one_initiative_of_one_body_is_one_activity_and_a_national_programme_of_two_bodies_is_two() -> None:
    def named(name: str, text: str) -> tuple[Named, ...]:
        start = text.index(name)
        return (Named(Body(name, f"e-{name}"), "initiative", start, start + len(name), name),)

    def tell(id: str, name: str, publisher: str) -> Telling:
        text = f"{name} took on interns in the kitchens and wards, number {id}."
        return telling(id, text, named=named(name, text), document=Origin(id, id, publisher, "2024"))

    assert len(found(tell("p1", "Sparks", "Ashwick Yard"), tell("p2", "Sparks", "The Packet"))) == 1
    assert len(found(tell("p1", "Kickstart", "Ashwick Yard"), tell("p2", "Kickstart", "Kingsholm City Council"))) == 2


def test_what_people_decided_stands_apart_from_what_is_only_proposed() -> None:
    proposed = telling("p2", GARDEN_LATER, filings=(Filing("g/10", "proposed", "ongoing", 0.8),))
    reviewed, waiting = found(telling("p1", GARDEN), proposed)
    assert (reviewed.status, reviewed.passages) == ("reviewed", ("p1",))
    assert (waiting.status, waiting.passages) == ("proposed", ("p2",))


def test_an_activity_keeps_its_id_when_more_is_told_of_it() -> None:
    (before,) = found(telling("p5", GARDEN))
    (after,) = found(telling("p5", GARDEN), telling("p8", GARDEN_LATER))
    assert after.id == before.id


# What people say


def test_a_person_can_keep_passages_apart_and_put_others_together() -> None:
    told = telling("p1", GARDEN), telling("p2", GARDEN_LATER), telling("p3", BUSES)
    rulings = (Ruling(False, "p1", "p2"), Ruling(True, "p2", "p3"))
    assert together(found(*told, rulings=rulings)) == {frozenset({"p1"}), frozenset({"p2", "p3"})}


def test_of_two_words_on_the_same_passages_the_later_counts() -> None:
    told = telling("p1", GARDEN), telling("p2", GARDEN_LATER)
    assert len(found(*told, rulings=(Ruling(False, "p1", "p2"), Ruling(True, "p2", "p1")))) == 1
    assert len(found(*told, rulings=(Ruling(True, "p1", "p2"), Ruling(False, "p2", "p1")))) == 2


def test_what_was_written_last_counts_also_where_it_was_written_before() -> None:
    edits = [Edit("p1", "title", title) for title in ("The garden", "A garden", "The garden")]
    (one,) = activities([telling("p1", GARDEN)], "g", Said(edits=edits), stable_id)
    assert one.title == "The garden"


def test_what_was_put_together_stays_so_when_the_passage_between_tells_of_nothing_any_more() -> None:
    told = telling("p1", GARDEN), telling("p3", BUSES)
    assert len(found(*told, rulings=(Ruling(True, "p1", "p2"), Ruling(True, "p2", "p3")))) == 1


IDS = [f"p{number}" for number in range(1, 9)]
PAIRS = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1])
LINKS = st.lists(
    st.builds(lambda pair, strength: Link(pair[0], pair[1], "alike", strength, "alike"), PAIRS, st.floats(0, 1))
)
RULINGS = st.lists(st.builds(lambda pair, together: Ruling(together, pair[0], pair[1]), PAIRS, st.booleans()))


@given(LINKS, RULINGS, st.randoms(use_true_random=False))
def test_every_passage_is_in_one_group_and_the_order_of_the_input_does_not_matter(
    links: list[Link], rulings: list[Ruling], shuffle: random.Random
) -> None:
    told = [telling(id) for id in IDS]
    groups = group(told, links, rulings)
    assert sorted(one.passage_id for found in groups for one in found.tellings) == IDS
    shuffled = shuffle.sample(told, len(told)), shuffle.sample(links, len(links))
    assert {frozenset(one.tellings) for one in group(*shuffled, rulings)} == {frozenset(one.tellings) for one in groups}


@given(LINKS, RULINGS)
def test_what_was_said_to_be_apart_is_never_in_one_group(links: list[Link], rulings: list[Ruling]) -> None:
    last = {frozenset((one.one, one.other)): one.together for one in rulings}
    for one in group([telling(id) for id in IDS], links, rulings):
        for pair in combinations((told.passage_id for told in one.tellings), 2):
            assert last.get(frozenset(pair), True)


# Many


def _many(count: int) -> Iterator[Telling]:
    chance = random.Random(7)
    syllables = [
        "bran",
        "cald",
        "dun",
        "fen",
        "holm",
        "mar",
        "nor",
        "strat",
        "wick",
        "ford",
        "mere",
        "ley",
        "combe",
        "dale",
        "worth",
        "stead",
        "gate",
        "moss",
        "thwaite",
        "field",
    ]
    words = [first + middle + last for first in syllables for middle in syllables for last in ("by", "ton", "ham")]
    for number in range(1, count + 1):
        act = number // 2
        own = random.Random(act).sample(words, 6)
        text = " ".join([*own, *chance.sample(words, 3)])
        document = Origin(f"d{number}", f"Document {number}", f"Body {act % 40}", f"20{10 + number % 14}-01-01")
        yield telling(f"p{number}", text, f"g/{act % 14}", document=document)


@pytest.mark.slow
def test_ten_thousand_passages_are_brought_together_in_seconds() -> None:
    told = list(_many(10_000))
    started = time.process_time()
    links = list(links_between(told))
    groups = group(told, links)
    assert time.process_time() - started < 12
    assert len(groups) < 10_000
