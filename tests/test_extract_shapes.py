"""A shape finds what its pattern finds: what it asks first is only ever true of texts that hold no match."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goalmap.extract.bodies import frames as bodies
from goalmap.extract.bodies import words as body_words
from goalmap.extract.initiatives import frames as initiatives
from goalmap.extract.initiatives import words as initiative_words
from goalmap.extract.people import frames as people
from goalmap.extract.people import words as people_words
from goalmap.extract.shapes import Shape, capitals_in, first_words
from goalmap.extract.speech.verbs import VERBS
from goalmap.extract.tagger.markup import marked_passages
from goalmap.extract.vocabulary import place_words, titles


def shapes() -> Iterator[tuple[str, Shape]]:
    tables = {"people": people.FRAMES, "initiatives": initiatives.FRAMES_OF_TITLES, "bodies": bodies._CONTEXTS}
    for name, frames in tables.items():
        yield from ((f"{name}: {rule}", shape) for rule, shape, _ in frames)
    yield from ((f"initiatives: {rule}", shape) for rule, shape, _ in initiatives.FRAMES)
    yield from ((f"bodies: {rule}", shape) for rule, shape in bodies._FORMS)
    yield from (
        ("bodies: firms", bodies._FIRMS),
        ("bodies: camels", bodies._CAMELS),
        ("bodies: saints", bodies._SAINTS),
    )
    yield from (("people: run", people.ANY_RUN), ("people: honoured", people.HONOURED))
    yield from (("titles", titles.TITLES), ("places", place_words._SINGLE_PLACES))


SHAPES = list(shapes())
WORDS = sorted(
    {
        *(
            "Ann Lee",
            "Marle",
            "Warm Hands",
            "Jo",
            "D",
            "R. J.",
            "O’Neill",
            "Wing-Yan",
            "McAllister",
            "Smith-Jones",
            "12",
        ),
        *(
            "is",
            "and",
            "of",
            "at",
            "by",
            "for",
            "the",
            "a",
            "our",
            "who",
            "which",
            "from",
            "with",
            "in",
            "on",
            "as",
            "it",
        ),
        *(
            "has",
            "was",
            "meet",
            "regards",
            "By",
            "Under",
            "St",
            "St.",
            "Sir",
            "Dr",
            "Rt Hon",
            "MBE",
            "PhD",
            "FRCN",
            "MRCGP",
        ),
        *(
            "NHS",
            "HM",
            "HMP",
            "Treasury",
            "UK",
            "Cymru",
            "England",
            "TeachUK",
            "Ltd",
            "plc",
            "Service",
            "Library",
            "Sixth Form",
        ),
        *(
            "chief executive",
            "Chief Executive",
            "head teacher",
            "vice-chair",
            "Director",
            "CEO",
            "spokesperson",
            "awards",
        ),
        *("called", "known as", "through", "part of", "thanks to", "Annual Report", "report", "strategy", "Kickstart"),
        *body_words.BODY_NOUNS,
        *body_words.BODY_PHRASES,
        *body_words.AGENT_VERBS,
        *body_words.CELTIC_OPENERS,
        *initiative_words.HEADS,
        *initiative_words.COMPOUND_HEADS,
        *initiative_words.FIRST_WORDS,
        *initiative_words.KINDS,
        *initiative_words.OFFERS,
        *people_words.KIN,
        *people_words.CONTACTS,
        *VERBS,
    }
)
GAPS = (" ", ", ", ". ", " (", ") ", ": ", "’s ", "’", "-", " – ", "” ", " “", " & ", "\n", "")
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=14).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


def found(matches: Iterator[re.Match[str]]) -> list[tuple[tuple[int, int], dict[str, str | None]]]:
    return [(match.span(), match.groupdict()) for match in matches]


@pytest.fixture(scope="module")
def passages() -> list[str]:
    """A fifth of the passages that the tagger was taught."""
    return [passage.text for passage in marked_passages()[::5]]


@pytest.mark.parametrize(("name", "shape"), SHAPES, ids=[name for name, _ in SHAPES])
def test_a_shape_finds_what_its_pattern_finds_in_real_passages(name: str, shape: Shape, passages: list[str]) -> None:
    for text in passages:
        assert found(iter(shape.finditer(text))) == found(shape.pattern.finditer(text))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_shape_finds_what_its_pattern_finds_in_any_text(text: str) -> None:
    for name, shape in SHAPES:
        assert found(iter(shape.finditer(text))) == found(shape.pattern.finditer(text)), name


def test_a_shape_is_not_tried_where_a_word_is_missing() -> None:
    shape = Shape(re.compile("a|b"), needs=(first_words(["Sea side"]), first_words(["Hill"])), signs=("!",))
    assert not list(shape.finditer("a sea! a b"))
    assert not list(shape.finditer("a sea, a hill"))
    assert list(shape.finditer("a Sea, a HILL!"))


def test_matches_do_not_overlap_and_begin_where_they_may() -> None:
    shape = Shape(re.compile("[A-Z][a-z]+(?: [A-Z][a-z]+)?"), starts=capitals_in)
    assert [match.group() for match in shape.finditer("Ann Lee met McAllister Hay")] == ["Ann Lee", "Mc", "Hay"]
