"""The data statement, the model cards and the page of licences say what the data, the cards and the packages say today."""

import json
import re
from pathlib import Path

import pytest

from docs.making import statements
from releasing.sbom import cards

MODELS = Path(__file__).parent.parent / "models"
TOLD = ("name", "file", "licence", "limits", "use", "not_for", "unequal", "made", "reproduce")
WORST = 0.1
"""How much more seldom the common names of an origin may be found than those of another."""
WORST_OF_RARE = 0.15


@pytest.mark.parametrize("name", statements.PAGES)
def test_a_page_says_what_is_so_today(name: str) -> None:
    page = (statements.FOLDER / name).read_text("utf-8")
    assert page == statements.renewed(page), "make reference"
    assert len(statements.BLOCK.findall(page)) >= 2


def test_each_model_has_a_card_that_tells_what_it_is_for_and_not_for() -> None:
    told = {path: card for path, card in cards()}
    assert {card["file"] for card in told.values()} == {
        path.name for path in MODELS.iterdir() if path.suffix in (".skops", ".onnx", ".gz")
    } | {"encoder.npz"}
    assert [
        (path.name, name) for path, card in told.items() for name in TOLD if not str(card.get(name, "")).strip()
    ] == []


def test_what_a_card_says_can_be_done_again_is_a_word_of_the_makefile() -> None:
    words = set(re.findall(r"^([a-z-]+):", (MODELS.parent / "Makefile").read_text("utf-8"), re.M))
    assert {
        card["reproduce"].removeprefix("make ") for _, card in cards() if card["reproduce"].startswith("make ")
    } <= words


def test_people_are_found_about_as_well_wherever_their_names_come_from() -> None:
    card = json.loads((MODELS / "name-tagger.card.json").read_text("utf-8"))["people_by_origin_of_name"]
    for part, worst in (("names", WORST), ("fresh", WORST_OF_RARE)):
        found = [one["whole"] for one in card[part].values()]
        assert len(found) == 9
        assert max(found) - min(found) <= worst


@pytest.mark.slow
def test_the_card_says_of_names_what_is_measured_today() -> None:
    from benchmarks.origins import PARTS, measured
    from goalmap.extract.tagger.model import load_model

    card = json.loads((MODELS / "name-tagger.card.json").read_text("utf-8"))["people_by_origin_of_name"]
    nlp = load_model()
    for part in PARTS:
        for origin, found in measured(nlp, part).items():
            assert abs(found.whole - card[part][origin]["whole"]) <= 0.02, origin
