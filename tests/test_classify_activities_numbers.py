"""Figures of an activity: one measure has one row of readings, the newest first, and what is aimed at last."""

import re
from dataclasses import replace

import pytest

from goalmap.classify.activities.model import Filing, Measure, Number, Origin, Telling
from goalmap.classify.activities.numbers import figures_of


def telling(id: str, text: str, published: str | None, *numbers: Number, stage: str = "delivered") -> Telling:
    document = Origin(f"d{id}", "Report", "Harrowmead Council", published)
    return Telling(id, text, document, (Filing("g/1", "accepted", stage),), numbers=numbers)


def number(
    text: str, words: str, value: float, what: str | None, unit: str | None = None, **more: str | None
) -> Number:
    start = text.index(words)
    period, since, until = (more.get(name) for name in ("period", "since", "until"))
    return Number(start, start + len(words), value, unit, what, period, since, until)


def counted(id: str, published: str | None, words: str, value: float, what: str, unit: str | None = None) -> Telling:
    text = f"{words} {what} so far"
    return telling(id, text, published, number(text, words, value, what, unit))


def words_of(measure: Measure) -> list[str]:
    return [reading.words for reading in measure.readings]


def test_the_newest_reading_stands_first_and_older_ones_are_kept() -> None:
    (measure,) = figures_of(
        [counted("p1", "2022-01-01", "312", 312, "apprentices"), counted("p2", "2024-01-01", "453", 453, "apprentices")]
    )
    assert words_of(measure) == ["453", "312"]
    assert measure.phrase == "453 apprentices"


def test_the_number_of_the_noun_and_the_order_of_words_make_no_new_measure() -> None:
    told = [
        counted("p1", "2022-01-01", "12", 12, "nurses trained"),
        counted("p2", "2023-01-01", "15", 15, "trained nurses"),
        counted("p3", "2024-01-01", "1", 1, "trained nurse"),
    ]
    assert [words_of(measure) for measure in figures_of(told)] == [["1", "15", "12"]]


def test_a_figure_a_year_is_another_measure_than_one_in_all() -> None:
    text = "60 apprentices a year"
    yearly = telling("p2", text, "2024-01-01", number(text, "60", 60, "apprentices", period="a year"))
    assert len(figures_of([counted("p1", "2022-01-01", "312", 312, "apprentices"), yearly])) == 2


def test_percentages_of_different_things_never_merge() -> None:
    told = [
        counted("p1", "2022-01-01", "40 %", 40, "staff", "%"),
        counted("p2", "2024-01-01", "50 %", 50, "pupils", "%"),
    ]
    assert len(figures_of(told)) == 2
    text = "50 % and 60 %"
    bare = telling("p3", text, None, number(text, "50 %", 50, None, "%"), number(text, "60 %", 60, None, "%"))
    assert len(figures_of([bare])) == 2


def test_the_same_value_of_one_story_stands_once() -> None:
    (measure,) = figures_of(
        [counted("p1", "2022-01-01", "312", 312, "pupils"), counted("p2", "2024-01-01", "312", 312, "pupils")]
    )
    assert words_of(measure) == ["312"]
    assert measure.newest.as_of == "2022-01-01"


def test_the_time_that_a_figure_holds_for_counts_before_the_date_of_the_document() -> None:
    text = "In 2019 we had 90 staff"
    old = telling(
        "p2", text, "2025-01-01", number(text, "90", 90, "staff", period="In 2019", since="2019", until="2019")
    )
    (measure,) = figures_of([old, counted("p1", "2022-01-01", "120", 120, "staff")])
    assert words_of(measure) == ["120", "90"]


def test_what_is_aimed_at_is_no_newer_reading_than_what_was_reached() -> None:
    text = "By 2030 we will have 500 apprentices"
    aimed = telling("p2", text, "2024-01-01", number(text, "500", 500, "apprentices", until="2030", period="By 2030"))
    (measure,) = figures_of([aimed, counted("p1", "2022-01-01", "312", 312, "apprentices")])
    assert words_of(measure) == ["312", "500"]
    assert measure.readings[1].period == "By 2030"


def test_a_target_in_a_table_is_kept_and_says_so() -> None:
    text = "Anaesthetic gases | 340 | 200"
    row = telling(
        "p1",
        text,
        "2025-05-01",
        number(text, "340", 340, "Anaesthetic gases", period="2024/25", since="2024-04", until="2025-03"),
        number(
            text, "200", 200, "Anaesthetic gases, 2027/28 target", period="2027/28", since="2027-04", until="2028-03"
        ),
    )
    (measure,) = figures_of([row])
    assert words_of(measure) == ["340", "200"]
    assert measure.readings[1].period == "2027/28 target"
    assert measure.phrase == "Anaesthetic gases: 340"


def test_how_it_was_stands_behind_how_it_is() -> None:
    text = "exclusions of pupils fell from 96 to 31"
    (measure,) = figures_of(
        [
            telling(
                "p1", text, None, *(number(text, words, int(words), "exclusions of pupils") for words in ("96", "31"))
            )
        ]
    )
    assert words_of(measure) == ["31", "96"]


def test_the_order_of_the_passages_does_not_change_the_newest() -> None:
    told = [counted(f"p{year}", f"{year}-01-01", str(year), float(year), "members") for year in (2021, 2024, 2022)]
    assert [measure.readings for measure in figures_of(told)] == [
        measure.readings for measure in figures_of(told[::-1])
    ]


def series(text: str, *words: str, published: str | None = "2024-12-05", **more: str | None) -> list[Measure]:
    numbers = (number(text, word, float(word), "children", **more) for word in words)
    return list(figures_of([telling("p1", text, published, *numbers)]))


@pytest.mark.parametrize(
    "text",
    [
        "Of the 612 children seen, 441 had caught up.",
        "We taught 612 children, and 441 came back.",
        "612 children came in May. 441 stayed.",
        "We kept 441 of the 612 places for children.",
    ],
)
def test_two_figures_of_a_passage_are_readings_of_one_measure_only_if_it_says_so(text: str) -> None:
    assert [len(measure.readings) for measure in series(text, *re.findall(r"\d{3}", text))] == [1, 1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("now 512 children, up from 453 in the spring", ["512", "453"]),
        ("the number of children rose from 453 to 512", ["512", "453"]),
        ("512 children came, against 453 the year before", ["512", "453"]),
        ("512 children came, compared with 453 before", ["512", "453"]),
    ],
)
def test_how_it_was_has_not_the_day_of_the_document(text: str, words: list[str]) -> None:
    (measure,) = series(text, *re.findall(r"\d{3}", text))
    assert words_of(measure) == words
    assert [reading.as_of for reading in measure.readings] == ["2024-12-05", None]


def test_the_words_behind_how_it_was_say_when() -> None:
    (measure,) = series("now 512 children, up from 453 in the spring", "512", "453")
    assert measure.readings[1].period == "in the spring"


def test_a_former_reading_with_a_year_is_not_newer_than_one_of_a_document_without_a_day() -> None:
    text = "The gap for children is 6, down from 11 in 2021"
    now = number(text, "6", 6, "children")
    then = number(text, "11", 11, "children", until="2021", since="2021", period="in 2021")
    (measure,) = figures_of([telling("p1", text, None, now, then)])
    assert words_of(measure) == ["6", "11"]


def test_passages_without_a_day_give_no_older_reading() -> None:
    told = [counted("p1", None, "30", 30, "places"), counted("p2", None, "20", 20, "places")]
    assert [words_of(measure) for measure in figures_of(told)] == [["30"], ["20"]]


def test_what_comes_on_top_is_no_newer_reading() -> None:
    text = "a further 8 schools"
    more = telling("p2", text, "2025-01-01", number(text, "8", 8, "schools"))
    told = [counted("p1", "2024-01-01", "12", 12, "schools"), more]
    assert [words_of(measure) for measure in figures_of(told)] == [["12"], ["8"]]


@pytest.mark.parametrize(("bound", "newest"), [("over", "312"), (None, "500")])
def test_a_bound_in_what_is_planned_is_an_aim(bound: str | None, newest: str) -> None:
    text = "At least 500 apprentices"
    aimed = replace(number(text, "500", 500, "apprentices"), bound=bound)
    planned = telling("p2", text, "2024-01-01", aimed, stage="planned")
    (measure,) = figures_of([planned, counted("p1", "2022-01-01", "312", 312, "apprentices")])
    assert words_of(measure)[0] == newest
