"""Figures: value, unit, what they count and when; numbers that count nothing are left."""

import time

import pytest

from goalmap.extract.figures.amounts import amounts_in
from goalmap.extract.figures.find import find_figures
from goalmap.extract.figures.periods import dates_of
from goalmap.ingest.document import Document, Kind, Passage
from tests.labelled import PUBLISHED, Example, Number, number_examples, score


def read(document: Document) -> list[Number]:
    return [
        Number(
            figure.span.passage,
            document.passages[figure.span.passage].text[figure.span.start : figure.span.end],
            round(figure.value, 1 if figure.unit == "%" else 4),
            figure.unit,
            None,
            (figure.what, figure.period, dates(figure.since, figure.until), figure.bound),
        )
        for figure in find_figures(document)
    ]


def dates(since: str | None, until: str | None) -> str | None:
    return f"{since or ''}..{until or ''}" if since or until else None


TUNING, ASIDE = number_examples("figures", "tuning"), number_examples("figures", "aside")


@pytest.mark.parametrize(
    ("examples", "precision", "recall"), [(TUNING, 1.0, 1.0), (ASIDE, 0.97, 0.9)], ids=["tuning", "kept aside"]
)
def test_figures_are_found_with_their_value_and_unit_and_little_else(
    examples: list[Example], precision: float, recall: float
) -> None:
    found = score(examples, read, lambda number: number[:4])
    assert (found.precision >= precision, found.recall >= recall) == (True, True), found.errors


@pytest.mark.parametrize(("examples", "all_right"), [(TUNING, 0.95), (ASIDE, 0.74)], ids=["tuning", "kept aside"])
def test_figures_say_what_they_count_and_when(examples: list[Example], all_right: float) -> None:
    found = score(examples, read, tuple)
    assert found.recall >= all_right, found.errors


def test_a_count_an_amount_and_a_share_in_one_sentence_are_three_figures() -> None:
    found = amounts_in("In 2023 we trained 453 apprentices, spent £1.2m and cut waste by 83 per cent.")
    assert [(amount.value, amount.unit, amount.what) for amount in found] == [
        (453, None, "apprentices"),
        (1_200_000, "£", None),
        (83, "%", "waste"),
    ]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("in 2023/24", ("2023-04", "2024-03")),
        ("from May to July 2023", ("2023-05", "2023-07")),
        ("in the year to March 2024", ("2023-04", "2024-03")),
        ("since April", ("2024-04", None)),
        ("since September", ("2023-09", None)),
        ("by the end of 2030", (None, "2030")),
        ("in May last year", ("2023-05", "2023-05")),
        ("on 31 February 2023", ("2023-02", "2023-02")),
        ("a year", (None, None)),
    ],
)
def test_a_period_has_the_dates_that_its_words_mean(period: str, expected: tuple[str | None, str | None]) -> None:
    assert tuple(dates_of(period, PUBLISHED)) == expected


def test_last_year_has_no_dates_where_the_document_has_none() -> None:
    assert tuple(dates_of("last year", None)) == (None, None)


def test_a_table_cell_counts_what_its_row_says_in_the_year_of_its_column() -> None:
    rows = ("Measure | 2022/23 | 2023/24", "Apprentices who finished | 70% | 412", "Contents | 3")
    passages = tuple(Passage(place, Kind.TABLE_ROW, text) for place, text in enumerate(rows))
    assert [(f.value, f.unit, f.what, f.since) for f in find_figures(Document("t.csv", passages=passages))] == [
        (70, "%", "Apprentices who finished", "2022-04"),
        (412, None, "Apprentices who finished", "2023-04"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Call 0800 123 4567 or 01632 960114 before 5pm on 3 May 2024.",
        "She is 34, works at Band 5 and lives at 12 Elm Road, Brenton BR1 2AB.",
        "Goal 8, page 12, clause 4.2, version 2.1, ISO 9001, FTSE 100, charity 1098765.",
        "Pupils in Years 9 and 10, aged 13 to 15, sat Level 2 papers in 2023.",
        "The two-year course ran 24/7 for over-50s and under-25s in Room 101.",
        "A third party wrote the second half of the report.",
        "One of them won the 100-metre race.",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert amounts_in(text) == []


def test_long_passages_of_numbers_are_read_in_no_time() -> None:
    texts = [
        "1,000 " * 1600,
        "one in " * 1400,
        "9" * 9000,
        "£" * 9000,
        "twenty " * 1400,
        "from 2 to " * 900,
        "a third of a " * 700,
    ]
    started = time.process_time()
    for text in texts:
        amounts_in(text)
    assert time.process_time() - started < 5
