"""What was told then and now, and figures over time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.classify.activities.model import Activity, Body, Measure, Origin, Reading
from goalmap.report.progress.measures import background_series, gaps_of, series_of, when
from goalmap.report.progress.then_and_now import changes, first_day, is_dated_after, last_day
from goalmap.store.contents.people import Background
from tests.activities_by_hand import activity, telling

# Dates


@pytest.mark.parametrize(
    ("published", "day", "later"),
    [
        ("2024-05-02", "2024-05-01", True),
        ("2024-05-01", "2024-05-01", False),
        ("2024", "2024-05-01", False),
        ("2024-07", "2024-07", False),
        ("2025", "2024-07", True),
        (None, "2024-07", False),
    ],
)
def test_a_document_is_later_only_where_its_date_leaves_no_doubt(published: str | None, day: str, later: bool) -> None:
    assert is_dated_after(published, day) is later


@given(st.dates())
def test_a_day_known_in_full_is_its_own_first_and_last(day: object) -> None:
    assert first_day(str(day)) == last_day(str(day)) == str(day)


# Then and now


def test_activities_are_new_gone_further_told_again_or_not_told_since() -> None:
    old, new = "2023-01-01", "2025-01-01"
    told = [
        activity(telling("p1", "New.", published=new), id="a1"),
        activity(telling("p3", "Opened.", "delivered", new), telling("p2", "To open.", "planned", old), id="a2"),
        activity(telling("p4", "Runs.", "ongoing", old), telling("p5", "Still runs.", "ongoing", new), id="a3"),
        activity(telling("p6", "Was done.", published=old), id="a4"),
    ]
    found = changes(told, lambda one: is_dated_after(one.document.published, "2024-01-01"))
    assert [change.kind for change in found] == ["new", "gone further", "told again", "not told since"]
    assert (found[1].then, found[1].now, found[1].cites) == ("planned", "delivered", ("p3",))


# Figures over time


def counted(id: str, value: float, as_of: str, published: str, what: str = "apprentices in training") -> Activity:
    words = f"{value:g}"
    told = telling(f"p{id}", f"{words} {what}", published=published)
    reading = Reading(words, value, told.passage_id, 0, len(words), None, as_of)
    return activity(told, id=id, owner=Body("Ashwick Trust", "e1"), figures=(Measure(what, None, (reading,)),))


def test_one_measure_of_one_body_in_two_documents_is_a_series_with_the_oldest_first() -> None:
    (found,) = series_of([counted("2", 512, "2024-12-05", "2024-12-05"), counted("1", 453, "2024-03", "2024-07")])
    assert [value.words for value in found.values] == ["453", "512"]
    assert found.label == "Ashwick Trust: Apprentices in training"


def test_measures_of_other_words_or_of_one_general_word_are_not_joined() -> None:
    assert not series_of([counted("1", 453, "2023", "2023"), counted("2", 512, "2024", "2024", "nursing apprentices")])
    assert not series_of([counted("1", 40, "2023", "2023", "people"), counted("2", 60, "2024", "2024", "people")])


def test_a_figure_for_a_day_to_come_is_a_plan_and_stands_in_no_series() -> None:
    assert not series_of([counted("1", 453, "2024-03", "2024-07"), counted("2", 600, "2026-03", "2024-07")])


def test_two_values_of_one_document_without_times_of_their_own_stand_in_no_series() -> None:
    one = counted("1", 453, "2024-07", "2024-07")
    (measure,) = one.figures
    (reading,) = measure.readings
    twice = (reading, Reading("380", 380, reading.passage_id, 4, 7, None, "2024-07"))
    both = activity(*one.tellings, owner=one.owner, figures=(Measure(measure.what, None, twice),))
    assert not series_of([both, counted("2", 512, "2025-01", "2025-01")])


def background_of(year: str, value: float, kind: str = "share", of_whom: str = "senior managers") -> Background:
    document = Origin(f"d{year}", "Pay report", "Ashwick Trust", "2025")
    question = "parental occupation at 14"
    return Background(
        "Ashwick Trust",
        "e1",
        kind,
        question,
        of_whom,
        year,
        value,
        "%",
        f"p{year}{kind}",
        0,
        3,
        f"{value:g}%",
        document,
    )


def test_background_measures_are_compared_only_by_one_definition_and_no_year_is_guessed() -> None:
    measures = [
        background_of("2022/23", 24),
        background_of("2024", 31),
        background_of("2024", 9, of_whom="all staff"),
        background_of("", 71, "response rate", ""),
    ]
    found = {one.what: [(value.when, value.words) for value in one.values] for one in background_series(measures)}
    assert found == {
        "share, senior managers": [("2023", "24%"), ("2024", "31%")],
        "share, all staff": [("2024", "9%")],
        "response rate": [("", "71%")],
    }
    assert list(gaps_of(background_series(measures))) == [("Ashwick Trust", "parental occupation at 14", ("pay gap",))]


@pytest.mark.parametrize(("year", "ends"), [("2023", "2023"), ("2022/23", "2023"), ("2022–2023", "2023"), ("", "")])
def test_a_year_stands_where_it_ends(year: str, ends: str) -> None:
    assert when(year) == ends
