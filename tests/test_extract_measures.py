"""Measures of socio-economic background: of a body's people, with question, group and year; never of one person."""

import pytest

from goalmap.extract.candidates import Label
from goalmap.extract.extract import names_in
from goalmap.extract.names import Measure
from goalmap.ingest.document import Document, Kind, Passage
from tests.labelled import PUBLISHER, Example, Number, number_examples, score

BODIES = ("Pennard Foods", "Velmar Bank", "Brackley Homes", "Tilney Trust")


def read(document: Document) -> list[Number]:
    labels = [
        [Label(start, start + len(name), "ORG") for name in BODIES if (start := passage.text.find(name)) >= 0]
        for passage in document.passages
    ]
    names = names_in(document, labels)
    return [
        Number(
            measure.figure.passage,
            document.passages[measure.figure.passage].text[measure.figure.start : measure.figure.end],
            round(measure.value, 1),
            measure.unit,
            measure.kind,
            (measure.question, measure.group, measure.year, body(measure, [e.name for e in names.entities])),
        )
        for measure in names.measures
    ]


def body(measure: Measure, names: list[str]) -> str | None:
    """The body of a measure; None for the publisher, whom the examples do not name."""
    return (
        None
        if measure.organisation is None or names[measure.organisation] == PUBLISHER
        else names[measure.organisation]
    )


TUNING, ASIDE = number_examples("measures", "tuning"), number_examples("measures", "aside")


@pytest.mark.parametrize("examples", [TUNING, ASIDE], ids=["tuning", "kept aside"])
def test_measures_are_found_with_all_that_is_told_of_them(examples: list[Example]) -> None:
    found = score(examples, read, tuple)
    assert (found.precision, found.recall >= 0.97) == (1.0, True), found.errors


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, who had free school meals, leads a team of which 40% are women.",
        "He was the first in his family to go to university, like 60% of his friends.",
        "Bob Dunn, 34, comes from a working-class family and saves 10% of his pay.",
        "Our apprentice Priya Raman had free school meals for 7 years and now earns 20% more.",
    ],
)
def test_nothing_about_one_person_is_a_measure(text: str) -> None:
    assert read(Document("a.txt", passages=(Passage(0, Kind.BODY, text),))) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "We asked all employees what the main earner in their household did when they were 14. Of the 71 per cent who answered, 39 per cent "
            "come from a working-class background; among senior managers the share is 24 per cent.",
            [
                ("response rate", 71.0, None),
                ("share", 39.0, "working-class"),
                ("share", 24.0, "working-class, senior managers"),
            ],
        ),
        (
            "Of the 640 colleagues who replied to the class survey, 31% had a parent in routine work; among directors the share was 12%.",
            [("share", 31.0, "working-class"), ("share", 12.0, "working-class, directors")],
        ),
    ],
)
def test_who_answered_is_one_figure_and_what_they_answered_another(
    text: str, told: list[tuple[str, float, str | None]]
) -> None:
    found = read(Document("a.txt", passages=(Passage(0, Kind.BODY, text),)))
    assert [(number.kind, number.value, number.more[1]) for number in found] == told
