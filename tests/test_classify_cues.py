"""Cues: found as whole words, plurals as singulars, never inside a phrase that misleads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.goals.cues import CueFinder
from goalmap.classify.goals.frameworks import load, parse

FRAMEWORK = parse(
    {
        "id": "own",
        "name": "Own",
        "version": "1",
        "goals": [
            {"code": "3", "name": "Routes", "cues": ["apprenticeship", "T Level"]},
            {"code": "13", "name": "Energy", "cues": ["energy", "net zero"], "not_cues": ["energy drinks"]},
        ],
    }
)
FINDER = CueFinder(FRAMEWORK)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two apprenticeships began.", [("3", "apprenticeships")]),
        ("A T Level in health, and net-zero estates.", [("3", "T Level"), ("13", "net-zero")]),
        ("No energy drinks on the ward.", []),
        ("Energy drinks are out, energy is saved.", [("13", "energy")]),
        ("Synergy is a word.", []),
        ("", []),
    ],
)
def test_cues_are_whole_words_and_not_parts_of_a_misleading_phrase(text: str, found: list[tuple[str, str]]) -> None:
    assert [(cue.code, cue.phrase) for cue in FINDER.find(text)] == found


def test_a_cue_stands_where_it_says() -> None:
    text = "Our net zero plan, and two T Levels."
    assert all(text[cue.start : cue.end] == cue.phrase for cue in FINDER.find(text))


def test_counts_are_of_different_cues_with_a_column_a_goal() -> None:
    assert FINDER.count(["energy, energy and net zero", "nothing"]).tolist() == [[0, 2], [0, 0]]


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    for cue in CueFinder(load("purpose-goals")).find(text):
        assert text[cue.start : cue.end] == cue.phrase
