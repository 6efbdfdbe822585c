"""Twins: documents in another language beside the English ones that say the same."""

from goalmap.ingest.twins import Told, twins


def told(path: str, figures: str = "", names: str = "", passages: int = 10) -> Told:
    return Told(path, path, frozenset(figures.split()), frozenset(names.split()), passages)


REPORT = "84 310 000 12 2026 27 61"
PLACES = "larkmoor tidewell brackwater corin vale"


def test_a_file_that_differs_in_the_language_of_its_name_is_a_twin_where_the_figures_agree() -> None:
    english = [told("out/report-e.pdf", REPORT, PLACES), told("out/minutes.pdf", "3 4 5 6", "aled")]
    for name in ("report-w.pdf", "report_cymraeg.docx", "Report CY.pdf", "report.welsh.pdf"):
        assert twins([told(f"out/{name}", REPORT, "larkmoor mae")], english) == {f"out/{name}": "out/report-e.pdf"}


def test_folders_of_languages_are_one_place() -> None:
    english = [told("en/report.pdf", REPORT, PLACES)]
    assert twins([told("cy/report.pdf", "84 310 000", "larkmoor")], english) == {"cy/report.pdf": "en/report.pdf"}


def test_files_of_other_names_are_twins_by_figures_and_names() -> None:
    english = [told("annual-report-2023.pdf", REPORT, PLACES), told("strategy.pdf", "2030 5 9 11", "larkmoor")]
    found = twins([told("adroddiad-blynyddol-2023.pdf", REPORT, "larkmoor tidewell mae bydd")], english)
    assert found == {"adroddiad-blynyddol-2023.pdf": "annual-report-2023.pdf"}


def test_a_like_name_alone_makes_no_twin() -> None:
    assert twins([told("report-cy.pdf", "1 2 3", "mae")], [told("report.pdf", REPORT, PLACES)]) == {}


def test_reports_of_two_years_are_no_twins() -> None:
    last_year = told("report-2022.pdf", "79 288 000 11 2025 24 58", PLACES)
    assert twins([told("adroddiad-2023.pdf", REPORT, PLACES)], [last_year]) == {}


def test_a_summary_is_no_twin_of_the_whole() -> None:
    assert twins([told("crynodeb.pdf", REPORT, PLACES, passages=4)], [told("report.pdf", REPORT, PLACES, 90)]) == {}


def test_each_english_document_has_one_twin_in_a_language_the_likest() -> None:
    english = [told("a.pdf", REPORT, PLACES), told("b.pdf", "84 310 000 12 2026 27 99", PLACES)]
    welsh = [told("x.pdf", "84 310 000 12 2026 27 99", PLACES), told("y.pdf", REPORT, PLACES)]
    assert twins(welsh, english) == {"x.pdf": "b.pdf", "y.pdf": "a.pdf"}
    assert twins(welsh[::-1], english[::-1]) == twins(welsh, english)


def test_nothing_has_no_twin() -> None:
    assert twins([], [told("a.pdf", REPORT)]) == {}
    assert twins([told("a-cy.pdf")], []) == {}
    assert twins([told("cy.pdf")], [told("en.pdf")]) == {}
