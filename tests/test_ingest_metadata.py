"""What a document is: stated metadata first, then what its pages show, then its file's name; else nothing."""

from pathlib import Path

import pytest

from goalmap.ingest.document import Document, Kind, Metadata, Passage
from goalmap.ingest.metadata import describe
from goalmap.ingest.read import read_document

EXAMPLES = Path(__file__).parent.parent / "examples"


def described(
    *texts: str, name: str = "a.pdf", stated: Metadata | None = None, reader: str = "pdf"
) -> tuple[Metadata, str | None]:
    passages = [Passage(i, Kind.BODY, text) for i, text in enumerate(texts)]
    return describe(Path(name), stated or Metadata(), passages, reader)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("annual-report-2023-24.pdf", "Our year", "annual_report"),
        ("a.pdf", "Green Plan 2025 to 2028", "green_plan"),
        ("a.pdf", "Workforce race equality: what the council did", None),
        ("wres-report.pdf", "Our people", "equality_report"),
        ("a.pdf", "Report to the Board of Directors", "board_paper"),
        ("a.pdf", "Rooted and Reaching: our strategy 2024–2030", "strategy"),
        ("a.pdf", "For immediate release", "press_release"),
        ("a.pdf", "Committee chair visits the college", None),
        ("a.pdf", "Minutes", None),
    ],
)
def test_the_kind_of_a_document_shows_in_its_name_or_first_lines(name: str, text: str, kind: str | None) -> None:
    assert described(text, name=name)[1] == kind


def test_a_text_that_ends_is_a_press_release() -> None:
    assert described("A nursery opens", "It has sixty places.", "ENDS", "Call us.")[1] == "press_release"


def test_a_press_office_is_not_a_publisher() -> None:
    assert described("A nursery opens", stated=Metadata(publisher="Press Office"))[0].publisher is None


@pytest.mark.parametrize(
    ("sender", "publisher"), [("Gail Mattis", None), ("Riverside Health News", "Riverside Health News")]
)
def test_a_person_who_sends_a_mail_is_not_its_publisher(sender: str, publisher: str | None) -> None:
    assert described("Hello", stated=Metadata(publisher=sender), reader="mail")[0].publisher == publisher


@pytest.mark.parametrize(
    ("texts", "title", "name", "published"),
    [
        (["Posted on 3 May 2024", "It has sixty places."], None, "a.pdf", "2024-05-03"),
        (["Last updated: 3 May 2024", "It has sixty places."], None, "a.pdf", None),
        (["It has sixty places."], "News for volunteers, Autumn 2024", "a.pdf", "2024"),
        (["It has sixty places."], None, "release-17052024.pdf", "2024-05-17"),
        (["One", "3 May 2024", "Two", "2 May 2024", "Three", "1 May 2024"], None, "a.pdf", None),
    ],
)
def test_a_date_is_that_of_publication_or_none(
    texts: list[str], title: str | None, name: str, published: str | None
) -> None:
    assert described(*texts, name=name, stated=Metadata(title=title))[0].published == published


@pytest.mark.parametrize("title", ["Microsoft Word - draft7.docx", "untitled", "report.indd", "Document1"])
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    assert described("It has sixty places.", stated=Metadata(title=title))[0].title is None


@pytest.mark.parametrize(
    ("name", "title", "publisher", "published", "kind"),
    [
        (
            "university-press-release-2024-03-18.pdf",
            "University and energy company to train 1,200 people for green jobs",
            None,
            "2024-03-18",
            "press_release",
        ),
        (
            "shft-impact-report-2024.pdf",
            "Opening doors",
            None,
            "2024-07",
            "impact_report",
        ),
        (
            "news-opportunity-compact-doors-open-2024.html",
            "Severnholme hospital scheme helps 300th person into work",
            "The Opportunity Compact",
            "2024-02-14",
            "news",
        ),
        (
            "shft-board-paper-2024-09-26.docx",
            "Impact Report 2024: progress and next steps",
            None,
            "2024-09-26",
            "board_paper",
        ),
    ],
)
def test_the_examples_say_what_they_are(
    name: str, title: str, publisher: str | None, published: str, kind: str
) -> None:
    document: Document = read_document(EXAMPLES / name)
    assert (document.title, document.publisher, document.published, document.kind) == (
        title,
        publisher,
        published,
        kind,
    )
