"""Near copies are told from documents of one shape: on our documents, altered as hosts alter them and as forms are filled in."""

import random
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from goalmap.ingest.document import Kind, Passage
from goalmap.ingest.likeness import LEAST_WORDS, SIGNATURE_BYTES, content, likeness, signature, story
from goalmap.ingest.read import read_document

HERE = Path(__file__).parent
FOLDERS = (HERE.parent / "examples", HERE / "data" / "gold" / "files", HERE / "data" / "second" / "files")
READ_QUICKLY = (".txt", ".md", ".html", ".eml", ".docx")
SENTENCE_END = re.compile(r"(?<=[.!?”]) (?=[A-Z“])")
ADVERT = """
{trust} is looking for a {post} to join a friendly team at {place}. You will {duty}. The post is for {hours} hours a
week at band {band}, from £{salary} a year, and the closing date is {closing}. Ask {contact} about the post on
01632 96{number}. Shortlisted candidates will meet the panel on {panel} at {place}. {trust} welcomes people of every
background, offers a guaranteed interview to disabled people who meet the essential criteria, and pays nobody below the
real living wage. Staff have a pension, a nursery discount and two paid days a year for volunteering.
"""
FILLED_IN = (
    {
        "trust": "Alderwick Trust", "post": "Dietitian", "place": "Fennel Court", "hours": "37.5", "band": "6", "salary": "37,338",
        "duty": "see patients on four wards and teach catering staff about texture", "closing": "9 May 2024",
        "contact": "Ines Barrow", "number": "0114", "panel": "23 May",
    },
    {
        "trust": "Alderwick Trust", "post": "Porter", "place": "Saltmarsh Infirmary", "hours": "30", "band": "2", "salary": "22,383",
        "duty": "move patients, beds and specimens between departments by day and by night", "closing": "17 June 2024",
        "contact": "Desmond Achebe", "number": "0771", "panel": "1 July",
    },
)  # fmt: skip
BULLETIN = """
Dear residents, here is your news for {month}. The repairs line took {calls} calls and answered {share} per cent of them
within a minute. Our teams finished {jobs} jobs and gave {heaters} homes a new boiler. The garden club met on {day}
{month} and planted {trees} trees with help from {school}. The next surgery with your councillor is at 6pm on {next}
{month} in {hall}. If you worry about your rent, call us early: in {month} our advisers helped {helped} households to
claim what they are owed, {gain} pounds in all.
"""
MONTHS = (
    {
        "month": "March", "calls": "1,204", "share": "81", "jobs": "655", "heaters": "23", "day": "14", "trees": "40", "next": "28",
        "school": "Rook Lane Primary", "hall": "Tanner Hall", "helped": "61", "gain": "48,310",
    },
    {
        "month": "April", "calls": "1,377", "share": "78", "jobs": "702", "heaters": "17", "day": "11", "trees": "25", "next": "25",
        "school": "Quayside Academy", "hall": "Tanner Hall", "helped": "54", "gain": "39,906",
    },
)  # fmt: skip

Texts = tuple[str, ...]
Change = Callable[[Texts, random.Random], Texts]


@lru_cache
def _documents() -> dict[str, Texts]:
    """The content of our documents, by name."""
    paths = sorted(path for folder in FOLDERS for path in folder.iterdir() if path.suffix in READ_QUICKLY)
    texts = {path.name: tuple(content(read_document(path).passages)) for path in paths}
    return {name: found for name, found in texts.items() if sum(map(_length, found)) >= 2 * LEAST_WORDS}


@lru_cache
def _sentences() -> Texts:
    return tuple(sentence for texts in _documents().values() for text in texts for sentence in SENTENCE_END.split(text))


def _length(text: str) -> int:
    return len(text.split())


# What hosts do to a story


def _other_menus(texts: Texts, chance: random.Random) -> Texts:
    return (chance.choice(_sentences()), *texts, chance.choice(_sentences()))


def _other_first_sentence(texts: Texts, chance: random.Random) -> Texts:
    return (chance.choice(_sentences()), *SENTENCE_END.split(texts[0])[1:], *texts[1:])


def _trimmed(texts: Texts, chance: random.Random) -> Texts:
    """The first four fifths."""
    words = " ".join(texts).split()
    return (" ".join(words[: len(words) * 4 // 5]),)


def _cut_otherwise(texts: Texts, chance: random.Random) -> Texts:
    return tuple(sentence for text in texts for sentence in SENTENCE_END.split(text))


def _edited(texts: Texts, chance: random.Random) -> Texts:
    """One word in forty is another."""
    words = [word for sentence in _sentences() for word in sentence.split() if word.islower()]
    return tuple(
        " ".join(chance.choice(words) if chance.random() < 0.025 else word for word in text.split()) for text in texts
    )


# What makes another story of the same shape


def _other_figures(texts: Texts, chance: random.Random) -> Texts:
    return tuple(re.sub(r"\d", lambda _: str(chance.randrange(10)), text) for text in texts)


def _half_is_new(texts: Texts, chance: random.Random) -> Texts:
    return tuple(
        " ".join(chance.choice(_sentences()) if chance.random() < 0.5 else part for part in SENTENCE_END.split(text))
        for text in texts
    )


def _cut_in_half(texts: Texts, chance: random.Random) -> Texts:
    words = " ".join(texts).split()
    return (" ".join(words[: len(words) // 2]),)


def _found(change: Change) -> list[bool]:
    chance = random.Random(1)
    return [
        likeness(story(texts), story(change(texts, chance))) is not None
        for texts in _documents().values()
        if change is not _other_figures or len(story(texts).figures) > 3
    ]


@pytest.mark.parametrize("change", [_other_menus, _other_first_sentence, _trimmed, _cut_otherwise, _edited])
def test_nine_of_ten_altered_copies_are_near_copies(change: Change) -> None:
    found = _found(change)
    assert sum(found) >= 0.9 * len(found)


@pytest.mark.parametrize("change", [_other_figures, _half_is_new, _cut_in_half])
def test_documents_of_one_shape_are_no_copies(change: Change) -> None:
    assert sum(_found(change)) == 0


def test_no_two_of_our_documents_are_near_copies_but_the_story_that_two_sites_have() -> None:
    stories = {name: story(texts) for name, texts in _documents().items()}
    alike = [(one, other) for one, other in combinations(stories, 2) if likeness(stories[one], stories[other])]
    assert alike == [("news-opportunity-compact-doors-open-2024.html", "news-shft-doors-open-2024-02-12.html")]


@pytest.mark.parametrize(("form", "fillings"), [(ADVERT, FILLED_IN), (BULLETIN, MONTHS)])
def test_a_form_filled_in_twice_is_two_stories(form: str, fillings: tuple[dict[str, str], dict[str, str]]) -> None:
    one, other = (story([form.format(**filling)]) for filling in fillings)
    assert likeness(one, other) is None


def test_a_story_is_wholly_like_itself_and_likeness_has_no_direction() -> None:
    one, other = story([ADVERT]), story([ADVERT, BULLETIN[:100]])
    assert likeness(one, one) == 1.0
    assert likeness(one, other) == likeness(other, one)


# Signatures


def _passages(*texts: str, kind: Kind = Kind.BODY) -> Iterator[Passage]:
    return (Passage(position, kind, text) for position, text in enumerate(texts))


def test_a_signature_is_the_same_for_other_cases_stops_and_furniture() -> None:
    plain = signature(_passages(ADVERT))
    assert plain == signature(_passages(ADVERT.upper().replace(".", "!")))
    assert plain == signature([*_passages("Home | About us", kind=Kind.NAVIGATION), *_passages(ADVERT)])
    assert plain is not None
    assert len(plain) == SIGNATURE_BYTES


def test_a_short_text_has_no_signature() -> None:
    assert signature(_passages("The clinic has moved to Mill Road.")) is None
    assert signature(_passages(ADVERT, kind=Kind.FOOTER)) is None
    assert signature([]) is None


def test_signatures_differ_as_the_texts_do() -> None:
    stories = [ADVERT.format(**FILLED_IN[0]), ADVERT.format(**FILLED_IN[1]), BULLETIN.format(**MONTHS[0])]
    one, like, unlike = (np.frombuffer(signature(_passages(text)) or b"", "<u4") for text in stories)
    assert (one == like).mean() > (one == unlike).mean()


def test_a_long_text_is_hashed_in_batches_to_the_same_signature() -> None:
    numbers = " ".join(str(number) for number in range(25_000))
    assert signature(_passages(numbers)) == signature(_passages(numbers))


@pytest.mark.parametrize("text", ["", "\ud800 " * 60, "医院" * 400, "\x00" * 100, "a " * 100_000])
def test_no_text_is_too_strange(text: str) -> None:
    signature(_passages(text))
    assert likeness(story([text]), story([ADVERT])) is None
