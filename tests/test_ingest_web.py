"""Web pages: the article is told from what stands around it."""

from pathlib import Path

import pytest

from goalmap.ingest.document import Document, Kind
from goalmap.ingest.errors import NoText
from goalmap.ingest.read import read_document
from goalmap.ingest.watch import Watch
from goalmap.ingest.web import read_web

DOCUMENTS = Path(__file__).parent / "data" / "documents"


@pytest.fixture(scope="module")
def news() -> Document:
    return read_document(DOCUMENTS / "trust-news.html")


def kind_of(document: Document, start: str) -> Kind:
    return next(passage.kind for passage in document.passages if passage.text.startswith(start))


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("Trust lends", Kind.TITLE),
        ("Wenlow Valley NHS Trust has lent", Kind.BODY),
        ("How it works", Kind.HEADING),
        ("Volunteers bring the tablet and stay for the first call", Kind.LIST_ITEM),
        ("“I had never touched", Kind.QUOTE),
        ("Clinic | Tablets", Kind.TABLE_ROW),
        ("Respiratory | 120", Kind.TABLE_ROW),
        ("Doreen with", Kind.CAPTION),
        ("3 May 2024", Kind.BOILERPLATE),
        ("Wenlow Valley NHS Trust runs", Kind.BOILERPLATE),
        ("Media enquiries", Kind.CONTACT),
        ("We use cookies", Kind.NAVIGATION),
        ("About us", Kind.NAVIGATION),
        ("Related news", Kind.NAVIGATION),
        ("Nursery opens", Kind.NAVIGATION),
        ("© 2024", Kind.NAVIGATION),
    ],
)
def test_each_part_of_a_page_has_its_kind(news: Document, start: str, kind: Kind) -> None:
    assert kind_of(news, start) is kind


def test_hidden_text_and_scripts_are_not_read(news: Document) -> None:
    shown = " ".join(passage.text for passage in news.passages)
    assert "Menu for phones" not in shown
    assert "not shown" not in shown


def test_a_page_says_who_published_it_and_when(news: Document) -> None:
    assert (news.publisher, news.published, news.language) == ("Wenlow Valley NHS Trust", "2024-05-03", "en")


@pytest.mark.parametrize(
    ("head", "publisher", "published"),
    [
        ('<meta property="og:site_name" content="A Trust">', "A Trust", None),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-05-03", "publisher": '
            '{"name": "A Trust"}}]}</script>',
            "A Trust",
            "2024-05-03",
        ),
        ('<script type="application/ld+json">{"@graph": 5, "publisher": 7}</script>', None, None),
        ('<script type="application/ld+json">not json</script>', None, None),
        ("<title>A nursery opens | A Trust</title>", "A Trust", None),
        ('<meta name="DC.date" content="3 May 2024">', None, "2024-05-03"),
    ],
)
def test_metadata_stands_in_many_places(head: str, publisher: str | None, published: str | None) -> None:
    page = f"<html><head>{head}</head><body><h1>A nursery opens</h1><p>It has sixty places.</p></body></html>"
    metadata = read_web(page.encode(), Watch.over()).metadata
    assert (metadata.publisher, metadata.published) == (publisher, published)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_encoding_that_a_page_names_is_used(encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Café, £5 – “open”</p></body></html>'
    assert [block.text for block in read_web(page.encode(encoding), Watch.over()).blocks] == ["Café, £5 – “open”"]


@pytest.mark.parametrize("page", [b"<html></html>", b"<html><body><script>x</script></body></html>", b"<!-- -->"])
def test_a_page_without_text_says_what_to_do(page: bytes) -> None:
    with pytest.raises(NoText):
        read_web(page, Watch.over())
