"""Rules and tagger: what each is believed where the other says something else."""

from typing import TYPE_CHECKING

import pytest

from goalmap.extract.candidates import Candidate, Label, Sure
from goalmap.extract.extract import extract_names
from goalmap.extract.names import EntityKind
from goalmap.extract.proposals import proposals
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language


def said(text: str, words: str, label: str) -> Label:
    return Label(text.index(words), text.index(words) + len(words), label)


def proposed(text: str, *labels: tuple[str, str], kind: EntityKind = EntityKind.ORGANISATION) -> set[str]:
    found = proposals(text, [said(text, *label) for label in labels])
    return {text[c.start : c.end] for c in found if c.kind is kind}


def named(text: str, nlp: "Language", kind: EntityKind = EntityKind.ORGANISATION) -> set[str]:
    names = extract_names(Document("a.txt", passages=(Passage(0, Kind.BODY, text),)), nlp)
    return {m.surface for m in names.mentions if names.entities[m.entity].kind is kind}


def test_a_body_is_as_long_as_the_tagger_has_it() -> None:
    text = "We asked Citizens Advice Tollworth for help."
    assert "Citizens Advice Tollworth" in proposed(text, ("Citizens Advice Tollworth", "ORG"))


@pytest.mark.parametrize(
    ("text", "label", "body"),
    [
        ("The Coalition, Marle Community NHS Trust and others met.", "Coalition, Marle Community NHS Trust", "Marle Community NHS Trust"),
        ("She chairs Joy Park’s Fens Coalition.", "Joy Park’s Fens Coalition", "Fens Coalition"),
        ("Members of Brackenhurst Homes met.", "Members of Brackenhurst Homes", "Brackenhurst Homes"),
    ],
)  # fmt: skip
def test_a_body_does_not_swallow_what_stands_before_it(text: str, label: str, body: str) -> None:
    found = {c for c in proposals(text, [said(text, label, "ORG")]) if c.kind is EntityKind.ORGANISATION}
    assert body in {text[c.start : c.end] for c in found if c.sure > Sure.MODEL}


def test_two_bodies_that_the_tagger_glues_stay_two() -> None:
    text = "She studied at the University of the Fens and Corby College."
    label = "University of the Fens and Corby College"
    sure = {c for c in proposals(text, [said(text, label, "ORG")]) if c.sure >= Sure.FORM}
    assert {text[c.start : c.end] for c in sure} >= {"University of the Fens", "Corby College"}


def test_what_a_body_has_is_parted_from_its_owner() -> None:
    text = "Marle College’s Open Door has grown."
    assert "Marle College" in proposed(text, ("Marle College’s Open Door", "INITIATIVE"))
    assert "Open Door" in proposed(text, ("Marle College’s Open Door", "INITIATIVE"), kind=EntityKind.INITIATIVE)


def test_ordinary_words_name_an_initiative_only_where_the_tagger_agrees() -> None:
    text = "Last winter Rain on the Roof helped 40 families."
    assert "Rain on the Roof" in proposed(text, ("Rain on the Roof", "INITIATIVE"), kind=EntityKind.INITIATIVE)
    assert not proposed(text, kind=EntityKind.INITIATIVE)


def test_initials_belong_to_the_person_after_them() -> None:
    text = "The motion by T. R. Bagnall fell."
    assert "T. R. Bagnall" in proposed(text, ("Bagnall", "PERSON"), kind=EntityKind.PERSON)


def test_what_the_tagger_alone_says_is_the_least_sure() -> None:
    text = "Okonkwo-Bright spoke."
    found = proposals(text, [said(text, "Okonkwo-Bright", "PERSON")])
    assert Candidate(EntityKind.PERSON, 0, 14, "tagger", Sure.MODEL) in found


def test_a_ministry_of_several_fields_is_one_body(nlp: "Language") -> None:
    text = "It was paid by the Ministry of Housing, Communities and Local Government."
    assert named(text, nlp) == {"Ministry of Housing, Communities and Local Government"}


def test_an_acronym_may_stand_second_in_the_brackets(nlp: "Language") -> None:
    text = "Marle Hospitals NHS Foundation Trust (the Trust, MHFT) opened it. MHFT paid."
    names = extract_names(Document("a.txt", passages=(Passage(0, Kind.BODY, text),)), nlp)
    assert [entity.name for entity in names.entities] == ["Marle Hospitals NHS Foundation Trust"]


def test_a_doubled_word_is_one_name(nlp: "Language") -> None:
    assert named("Street by Street, our insulation programme, treated 842 homes.", nlp, EntityKind.INITIATIVE) == {
        "Street by Street"
    }


def test_a_place_that_several_bodies_bear_is_none_of_them(nlp: "Language") -> None:
    text = "Marlow Hospitals NHS Trust and Marlow City Council met. Marlow has many bridges."
    assert named(text, nlp) == {"Marlow Hospitals NHS Trust", "Marlow City Council"}
