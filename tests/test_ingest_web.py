"""Web pages: the article is told from what stands around it."""

from pathlib import Path

import pytest

from goalmap.ingest.document import Document, Kind
from goalmap.ingest.errors import NoText
from goalmap.ingest.read import read_document
from goalmap.ingest.watch import Watch
from goalmap.ingest.web.reader import LARGEST_ARTICLE, read_web

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


# What pages are made of


STORY = "The trust has opened a nursery of sixty places for the children of staff who work nights and weekends."


def blocks_of(body: str, head: str = "") -> list[tuple[Kind, str]]:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return [(block.kind, block.text) for block in read_web(page.encode(), Watch.over()).blocks]


def test_two_line_breaks_keep_paragraphs_apart() -> None:
    body = f"<div>{STORY}<br><br/>It is in Mill Lane,<br>near the gate.<br> <br>Ring us.</div>"
    assert [text for _, text in blocks_of(body)] == [STORY, "It is in Mill Lane, near the gate.", "Ring us."]


def test_text_before_between_and_after_blocks_stays_in_its_place() -> None:
    assert [text for _, text in blocks_of("<div>One<p>Two</p>Three<ul><li>Four</li></ul>Five</div>")] == [
        "One", "Two", "Three", "Four", "Five",
    ]  # fmt: skip


def test_each_paragraph_of_an_item_is_one() -> None:
    found = blocks_of("<ul><li><p>Nineteen stayed.</p><p>Two went home.</p></li></ul>")
    assert found == [(Kind.LIST_ITEM, "Nineteen stayed."), (Kind.LIST_ITEM, "Two went home.")]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    found = blocks_of(
        f"<table><tr><td><a>Home</a></td><td><h1>Nursery</h1><p>{STORY}</p><p>{STORY}</p></td></tr></table>"
    )
    assert (Kind.BODY, STORY) in found


def test_a_row_is_told_with_its_header_cell() -> None:
    table = (
        "<table><tr><th rowspan=2>North</th><td><p>811</p></td><td>2,004</td></tr><tr><td>5</td><td>6</td></tr></table>"
    )
    assert blocks_of(table) == [(Kind.TABLE_ROW, "North | 811 | 2,004"), (Kind.TABLE_ROW, "5 | 6")]


@pytest.mark.parametrize(
    "wrapper",
    [
        '<form action="/page.aspx">{}</form>',
        '<div class="layout no-sidebar">{}</div>',
        '<div id="page" class="has-cookie-banner with-nav">{}</div>',
        "<header>{}</header>",
    ],
)
def test_what_holds_most_of_the_page_is_not_around_it(wrapper: str) -> None:
    found = blocks_of(wrapper.format(f"<h1>Nursery</h1><p>{STORY}</p><p>{STORY} More will follow.</p>"))
    assert [kind for kind, _ in found] == [Kind.TITLE, Kind.BODY, Kind.BODY]


def test_cards_marked_as_articles_do_not_make_the_story_a_menu() -> None:
    cards = "".join(f"<article><h3><a>Card {n}</a></h3></article>" for n in range(4))
    found = blocks_of(f"<div><h1>Nursery</h1><p>{STORY}</p><p>{STORY}</p></div><section>{cards}</section>")
    assert found.count((Kind.BODY, STORY)) == 2


@pytest.mark.parametrize("folded", ['class="ui-accordion-content" style="display: none"', 'hidden="until-found"'])
def test_what_a_click_unfolds_is_read(folded: str) -> None:
    assert (Kind.BODY, STORY) in blocks_of(
        f"<h1>Nursery</h1><h2>What have we done?</h2><div {folded}><p>{STORY}</p></div>"
    )


@pytest.mark.parametrize("hidden", ['class="cookie-layer" style="display:none"', "hidden"])
def test_what_is_hidden_for_good_is_not_read(hidden: str) -> None:
    assert blocks_of(f"<h1>Nursery</h1><div {hidden}><p>{STORY}</p></div>") == [(Kind.TITLE, "Nursery")]


@pytest.mark.parametrize("names", ["no-share post", "post category-social-care tag-newsletter", "with_sidebar"])
def test_a_story_is_one_whatever_it_lacks_or_is_about(names: str) -> None:
    rest = "".join(f"<p>We use {n} cookies to see how the pages of this site are found and read.</p>" for n in range(9))
    found = blocks_of(f"<div class='{names}'><h1>Nursery</h1><p>{STORY}</p></div><div>{rest}</div>")
    assert (Kind.BODY, STORY) in found


def test_an_aside_that_is_all_there_is_in_the_main_part_is_the_story() -> None:
    rest = "".join(f"<p>{STORY[:-1]}, says reader {n}.</p>" for n in range(7))
    half = f"<p>{STORY}</p><p>{STORY}</p>"
    story = f"<aside><h1>Nursery</h1><article>{half}</article><div>{half}</div></aside>"
    found = blocks_of(f"<main>{story}</main><div>{rest}</div>")
    assert found.count((Kind.BODY, STORY)) == 4


@pytest.mark.parametrize("attribute", ['class="sr-only"', 'class="visually-hidden"', 'aria-hidden="true"'])
def test_what_is_only_read_out_or_only_ornament_is_no_text(attribute: str) -> None:
    found = blocks_of(
        f"<main><p>{STORY} <span {attribute}>Opens in a new window</span></p><div {attribute}>Menu</div></main>"
    )
    assert found == [(Kind.BODY, STORY), (Kind.NAVIGATION, "Menu")]


@pytest.mark.parametrize(
    ("head", "publisher", "published"),
    [
        ('<meta property="og:site_name" content="www.trust.example">', None, None),
        ('<meta property="og:site_name" content="A Trust newsroom">', "A Trust", None),
        ("<title>A Trust - News - A nursery opens</title>", "A Trust", None),
        ("<title>A nursery opens :: A Trust</title>", "A Trust", None),
        ("<title>A nursery opens | News</title>", None, None),
        (
            '<script type="application/ld+json">{"@graph": [{"@id": "#o", "@type": "Organization", "name": "A Trust"}, '
            '{"@type": "NewsArticle", "publisher": {"@id": "#o"}, "datePublished": "2024-05-03", "dateModified": "2025-01-01"}]}'
            "</script>",
            "A Trust",
            "2024-05-03",
        ),
        ('<link rel="canonical" href="https://a.example/news/2024/05/03/nursery/">', None, "2024-05-03"),
        ('<meta property="article:modified_time" content="2025-01-01">', None, None),
    ],
)
def test_neither_a_host_nor_a_change_is_taken_for_what_it_is_not(
    head: str, publisher: str | None, published: str | None
) -> None:
    page = f"<html><head>{head}</head><body><h1>A nursery opens</h1><p>{STORY}</p></body></html>"
    metadata = read_web(page.encode(), Watch.over()).metadata
    assert (metadata.title, metadata.publisher, metadata.published) == ("A nursery opens", publisher, published)


@pytest.mark.parametrize(
    "text", ["Updated: <time>4 June 2025</time>", "<span class='modified'><time>4 June 2025</time></span>"]
)
def test_the_time_of_a_change_is_no_date_of_publication(text: str) -> None:
    page = f"<html><body><h1>Nursery</h1><p>{text}</p><p>{STORY}</p></body></html>"
    assert read_web(page.encode(), Watch.over()).metadata.published is None


# Pages made to break a parser


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5_000 + f"<h2>Nursery</h2><p>{STORY}</p>",
        "<p>" + "<b><i>" * 5_000 + STORY,
        f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>{STORY}</p>",
        f"<p {'b ' * 100_000}>{STORY}</p>",
        f"<p>{'<!--' * 300}--></p><p a='b>{STORY}</p>'>{STORY}</p>",
    ],
)
def test_a_page_that_breaks_its_parser_is_read(body: str) -> None:
    assert STORY in [text for _, text in blocks_of(body)]


def test_a_menu_of_a_page_too_deep_for_its_parser_is_still_one() -> None:
    found = blocks_of("<div>" * 400 + f"<nav><a>Home</a></nav><ul><li>One</li></ul><script>x</script><p>{STORY}</p>")
    assert found == [(Kind.NAVIGATION, "Home"), (Kind.LIST_ITEM, "One"), (Kind.BODY, STORY)]


def test_a_page_in_another_encoding_than_it_names_says_so() -> None:
    page = "<html><head><meta charset=utf-8></head><body><p>“Quoted” £5m</p></body></html>".encode("cp1252")
    reading = read_web(page, Watch.over())
    assert ([block.text for block in reading.blocks], bool(reading.note)) == (["“Quoted” £5m"], True)


def test_a_page_is_read_without_the_step_that_took_too_long() -> None:
    page = f"<html><body><h1>Nursery</h1><p>{STORY}</p></body></html>".encode()
    reading = read_web(page, Watch.over(without=frozenset({"article"})))
    assert ([block.text for block in reading.blocks], bool(reading.note)) == (["Nursery", STORY], True)


def test_a_very_large_page_is_read_whole() -> None:
    count = LARGEST_ARTICLE // len(STORY)
    found = blocks_of(f"<main><h1>Nursery</h1>{f'<p>{STORY}</p>' * count}</main>")
    assert len(found) == count + 1
