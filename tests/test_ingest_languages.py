"""The language of each passage: told where it is sure, taken from the neighbours where it is short, never taken from English."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from goalmap.ingest.document import Kind, Passage
from goalmap.ingest.languages import language_of, main_language, tagged

OWN = Path(__file__).parent / "data" / "languages"
MODELS = Path(__file__).parent.parent / "models"
WELSH = "Mae'r bwrdd iechyd wedi agor canolfan hyfforddi newydd yng nghanol y dref."
ENGLISH = "The health board has opened a new training centre in the middle of the town."
SHORT_ENGLISH = (
    "Chief Executive, Betsi Cadwaladr University Health Board",
    "Chair: Siân Gwenllian, Llywodraeth Cymru",
    "Bwrdd Iechyd Prifysgol Betsi Cadwaladr",
    "Editor: Billie van der Straaten",
    "Marie de la Tour, Chef de Partie, Le Petit Café, Llandudno",
    "Councillor José Álvarez da Silva, Cabinet Member",
    "Programme | Age group | 2022/23 | 2023/24 | 2024/25 | Trend",
    "Equality, diversity, inclusion",
    "Community Diagnostic Centre Manager, Ysbyty Gwynedd, Bangor",
    "OUR PEOPLE PRIORITIES 2024",
    "Scoil Mhuire primary school breakfast club",
)


def _passages(*texts: str) -> list[Passage]:
    return [Passage(position, Kind.BODY, text) for position, text in enumerate(texts)]


def _own_texts() -> Iterator[tuple[str, str]]:
    """Sentences that we wrote in other languages."""
    for file in OWN.glob("*.txt"):
        yield from ((file.stem, line) for line in file.read_text("utf-8").splitlines())
    for line in (OWN / "others.tsv").read_text("utf-8").splitlines():
        language, _, text = line.partition("\t")
        yield language, text


def test_nineteen_of_twenty_sentences_in_other_languages_are_told() -> None:
    texts = list(_own_texts())
    right = [language for language, text in texts if language_of(text) == language]
    assert len(right) >= 0.95 * len(texts)
    assert right.count("cy") == 60


def test_no_english_passage_that_models_learn_from_is_taken_for_another_language() -> None:
    texts = [
        json.loads(line)["text"]
        for file in MODELS.glob("passages/*/*.jsonl")
        for line in file.read_text("utf-8").splitlines()
    ]
    assert {language_of(text) for text in texts} <= {"en", None}


@pytest.mark.parametrize("text", SHORT_ENGLISH)
def test_names_posts_and_headings_in_an_english_document_are_english(text: str) -> None:
    found = tagged(_passages(ENGLISH, text, ENGLISH))
    assert [passage.language for passage in found] == ["en"] * 3


def test_each_side_of_a_bilingual_document_has_its_language() -> None:
    found = tagged(_passages(ENGLISH, WELSH, ENGLISH, WELSH))
    assert [passage.language for passage in found] == ["en", "cy", "en", "cy"]


def test_a_short_text_has_the_language_of_its_neighbours_where_they_agree() -> None:
    found = tagged(_passages(WELSH, "Ein nod", WELSH, ENGLISH, ENGLISH, "2024", WELSH, "Ffôn"))
    assert [passage.language for passage in found] == ["cy", "cy", "cy", "en", "en", "cy", "cy", "cy"]


def test_a_short_text_between_two_languages_has_that_of_most_of_the_document() -> None:
    found = tagged(_passages(WELSH, "Contact", ENGLISH, ENGLISH, ENGLISH))
    assert found[1].language == "en"


def test_an_english_list_in_a_bilingual_document_stays_english() -> None:
    found = tagged(_passages(WELSH, "Community safety partnership priorities", WELSH))
    assert found[1].language == "en"


def test_a_line_in_two_languages_is_english_as_far_as_english_words_outnumber_the_others() -> None:
    assert language_of("We welcome letters in Welsh and will answer them in Welsh. Croeso i chi ysgrifennu.") == "en"


def test_what_is_too_short_to_tell_has_no_language() -> None:
    assert [passage.language for passage in tagged(_passages("2024", "£3.4m"))] == [None, None]
    assert tagged([]) == ()


def test_the_main_language_is_that_of_most_of_the_text() -> None:
    assert main_language(tagged(_passages(WELSH, WELSH, ENGLISH))) == "cy"
    assert main_language(tagged(_passages("2024"))) is None


@pytest.mark.parametrize("text", ["", " ", "\x00", "🏥" * 40, "a" * 100_000, "ا" * 1_000, "\ud800 y yr yn ar"])
def test_no_text_is_too_strange(text: str) -> None:
    assert language_of(text) is None or len(language_of(text) or "") == 2
