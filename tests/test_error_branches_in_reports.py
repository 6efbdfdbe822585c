"""What goes wrong with reports in rare ways, and what is then said."""

import re
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.draft.model import Fact
from goalmap.report.files import workbook
from goalmap.report.progress.recommendation_files import RecommendationsProblem, read_earlier, read_recommendations
from goalmap.report.progress.recommended import _document
from goalmap.report.verbatim import NotVerbatim, Quotable

TEXT = "We lent 1,300 tablets."


def test_a_fact_without_a_citation_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="A fact without a citation"):
        Fact("It lends tablets.", ())


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("list.odt", "", UnknownName, r"There are: .*\.toml"),
        ("none.toml", None, NotFound, "There is no file"),
        ("list.toml", "recommendations = [", RecommendationsProblem, "it is no TOML file"),
        ("deep.toml", "a = " + "[" * 5000, RecommendationsProblem, "it is no TOML file"),
        ("list.toml", 'recommendations = "one"', RecommendationsProblem, "it has no list"),
        ("list.json", '{"recommendations": [1]}', RecommendationsProblem, "it has no list"),
    ],
)
def test_a_list_of_recommendations_that_is_none_is_refused(
    tmp_path: Path, name: str, content: str | None, error: type[Exception], message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(error, match=message):
        read_recommendations(tmp_path / name, ())


def test_an_earlier_report_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        read_earlier(tmp_path / "earlier.json", ())


def test_a_document_of_recommendations_that_is_none_is_answered_with_those_there_are(db: Database) -> None:
    with pytest.raises(UnknownName, match="single document"):
        _document(db, "Board paper")


@pytest.mark.parametrize(("start", "end"), [(0, 9), (9, 13), (2, 7)])
def test_a_quotation_that_is_cut_is_refused(start: int, end: int) -> None:
    with pytest.raises(NotVerbatim, match="is cut"):
        Quotable("p1", "a.txt", TEXT).quote_whole("The evidence", start, end, re.compile(r"[\w,]{2}"))


def test_a_figure_that_begins_within_a_number_is_refused() -> None:
    with pytest.raises(NotVerbatim, match="within a number"):
        Quotable("p1", "a.txt", TEXT).quote_unbroken("The figure", 11, 13, "00")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which nothing can be made")
def test_a_workbook_in_a_folder_that_takes_no_files_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match="No such file"), workbook(Path("/proc/self/map.xlsx")) as book:
        book.add_worksheet("one")


def test_a_workbook_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="name"), workbook(tmp_path / ("n" * 245 + ".xlsx")) as book:
        book.add_worksheet("one")
    assert list(tmp_path.iterdir()) == []
