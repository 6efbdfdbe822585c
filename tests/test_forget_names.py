"""Names of somebody who is removed are found however they are written, and nothing else is."""

import json
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goalmap.store.masking.finding import Words
from goalmap.store.masking.forms import forms_of
from goalmap.store.masking.marks import MARK, fits, in_cell, marked
from goalmap.store.masking.people import Forgotten, Roll, hash_of
from goalmap.store.masking.words import plain

Way = Callable[[str, str], str]

KEY = b"a key of these tests, 32 letters"
GIVEN = ("Amara", "Siân", "Zoë", "Mary-Jane", "D’Arcy", "Niamh", "Łucja", "Óscar", "JoAnne")
SURNAMES = ("Okafor", "O'Brien", "Llewellyn-Price", "Nuñez", "Sørensen", "McAllister", "D’Souza", "Brontë", "Żak")
HONORIFICS = ("", "Dr ", "Professor ", "Cllr ", "Rt Hon Dame ")
BEFORE = ("", "said ", "by ", "(", "“", "Thanks to our chief executive, ")
AFTER = ("", ", who leads the trust.", " opened it", "’s team", ")", "”")
WAYS: dict[str, Way] = {
    "as it is": lambda given, surname: f"{given} {surname}",
    "in capitals": lambda given, surname: f"{given} {surname}".upper(),
    "in small letters": lambda given, surname: f"{given} {surname}".lower(),
    "surname first": lambda given, surname: f"{surname}, {given}",
    "over a line's end": lambda given, surname: f"{given}\n{surname}",
    "over a line's end in a word": lambda given, surname: f"{given} {surname[:3]}-\n{surname[3:]}",
    "with two spaces": lambda given, surname: f"{given}  {surname}",
    "with a space that does not break": lambda given, surname: f"{given}\u00a0{surname}",
    "with straight apostrophes": lambda given, surname: f"{given} {surname}".replace("’", "'"),
    "with curly apostrophes": lambda given, surname: f"{given} {surname}".replace("'", "’"),
    "without hyphens": lambda given, surname: f"{given} {surname}".replace("-", " "),
    "with a middle initial": lambda given, surname: f"{given} B. {surname}",
    "with accents apart": lambda given, surname: unicodedata.normalize("NFD", f"{given} {surname}"),
    "without accents": lambda given, surname: plain(given) + " " + plain(surname),
    "with a soft hyphen": lambda given, surname: f"{given} {surname[:2]}\u00ad{surname[2:]}",
    "in an address": lambda given, surname: f"{plain(given)}.{plain(surname)}@example.org",
    "in a name with @": lambda given, surname: f"@{plain(given).title()}{plain(surname).title()}",
    "in a file's name": lambda given, surname: f"2024_{given}_{surname}_biography.pdf",
}
NEAR_WAYS: dict[str, Way] = {
    "surname": lambda given, surname: surname,
    "with a title": lambda given, surname: f"Dr {surname}",
    "with an initial": lambda given, surname: f"{given[0]}. {surname}",
    "of somebody": lambda given, surname: f"{surname}’s",
    "in an address": lambda given, surname: f"{plain(given)[0]}{plain(surname)}@example.org",
}
"""Ways that say who is meant only beside the full name."""
OTHERS = st.sampled_from(
    [
        "The",
        "trust",
        "opened",
        "a",
        "centre",
        "for",
        "apprentices",
        "with",
        "Anna",
        "Bell",
        "and",
        "Tom",
        "Reed.",
        "O'Neill",
    ]
)


def roll_of(name: str) -> Roll:
    forms = forms_of([name])
    full, short = (frozenset(hash_of(KEY, form) for form in some) for some in (forms.full, forms.short))
    return Roll(KEY, (Forgotten("f1", full, short),))


def letters_left(text: str, *names: str) -> list[str]:
    return [name for name in names if plain(name) in plain(text)]


@given(
    st.sampled_from(GIVEN), st.sampled_from(SURNAMES), st.sampled_from(HONORIFICS), st.sampled_from(sorted(WAYS)),
    st.sampled_from(BEFORE), st.sampled_from(AFTER),
)  # fmt: skip
@example("Mary-Jane", "Llewellyn-Price", "Rt Hon Dame ", "over a line's end in a word", "“", "’s team")
def test_a_full_name_is_masked_however_it_is_written(
    given_name: str, surname: str, title: str, way: str, before: str, after: str
) -> None:
    words = Words(roll_of(f"{title}{given_name} {surname}"))
    text = before + WAYS[way](given_name, surname) + after
    masked = words(text)
    assert letters_left(masked, given_name, surname) == []
    assert (len(masked), masked[: len(before)]) == (len(text), before)
    assert masked.endswith(after)
    assert fits(masked, text)


@given(st.sampled_from(GIVEN), st.sampled_from(SURNAMES), st.sampled_from(sorted(NEAR_WAYS)))
def test_a_part_of_a_name_is_masked_only_beside_the_full_name(given_name: str, surname: str, way: str) -> None:
    roll = roll_of(f"{given_name} {surname}")
    text = f"They thanked {NEAR_WAYS[way](given_name, surname)} for it."
    assert Words(roll)(text) == text
    masked = Words(roll, near=frozenset({"f1"}))(text)
    assert letters_left(masked, surname) == []
    assert fits(masked, text)
    assert masked.startswith("They thanked ")
    assert masked.endswith(" for it.")


@given(st.sampled_from(GIVEN), st.sampled_from(SURNAMES), st.lists(OTHERS, max_size=30).map(" ".join))
def test_other_words_are_left_as_they_are(given_name: str, surname: str, text: str) -> None:
    assert Words(roll_of(f"{given_name} {surname}"), near=frozenset({"f1"}))(text) == text


@given(st.text(max_size=60))
def test_any_text_keeps_its_length(text: str) -> None:
    masked = Words(roll_of("Amara Okafor"), near=frozenset({"f1"}), any_case=True)(text)
    assert len(masked) == len(text)
    assert fits(masked, text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("The green fields of Green Lane", "The green fields of Green Lane"),
        ("Then Green spoke to the board", "Then █████ spoke to the board"),
        ("Green is the colour of the year", "Green is the colour of the year"),
        ("we met Maya Green there", "we met ████ █████ there"),
    ],
)
def test_a_surname_that_is_also_a_word_is_masked_only_where_it_is_a_name(text: str, masked: str) -> None:
    green = hash_of(KEY, "green")
    person = Forgotten("f1", frozenset({hash_of(KEY, "mayagreen")}), common=frozenset({green}))
    assert Words(Roll(KEY, (person,)), near=frozenset({"f1"}))(text) == masked


def test_the_part_that_somebody_else_has_too_stays() -> None:
    words = Words(roll_of("Amara Smith"), near=frozenset({"f1"}), others=frozenset({hash_of(KEY, "smith")}))
    assert words("Amara Smith and Tom Smith; Smith said") == "█████ █████ and Tom Smith; Smith said"


def test_names_in_lists_and_objects_are_masked_without_breaking_them() -> None:
    words = Words(roll_of("Seán O'Brien"))
    assert (
        in_cell(json.dumps(["Seán O'Brien", {"by": "Seán O’Brien"}, 3]), words)
        == '["████ ███████", {"by": "████ ███████"}, 3]'
    )
    assert in_cell('["Seán", "O\'Brien"]', words) == '["Seán", "O\'Brien"]'


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_marks_fit_the_text_that_they_stand_in(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    masked = marked(text, [(start, end)])
    assert fits(masked, text)
    assert (masked[:start], masked[end:]) == (text[:start], text[end:])
    assert all(letter == MARK or letter.isspace() for letter in masked[start:end])


def test_two_databases_keep_different_hashes_of_one_name() -> None:
    assert hash_of(KEY, "amaraokafor") != hash_of(b"another", "amaraokafor")
    assert hash_of(KEY, "amaraokafor") == hash_of(KEY, "amaraokafor")
