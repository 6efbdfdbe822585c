"""A draft as a page: every number leads to its passage and back, and what the documents hold is text."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from goalmap.report.draft.html import as_html, write_html
from goalmap.report.draft.model import Card, Cell, Draft, Paragraph, Plain, Quote, Section, Table, ToWrite
from tests.drafts import TABLE, cited, draft_of, everything, fact, words


def tree_of(draft: Draft) -> html.HtmlElement:
    return html.document_fromstring(as_html(draft))


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def tree() -> html.HtmlElement:
    return tree_of(everything())


def test_every_link_leads_to_a_place_and_no_place_is_named_twice(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    links = {link.removeprefix("#") for link in tree.xpath("//a/@href")}
    assert len(ids) == len(set(ids))
    assert links <= set(ids)
    assert {"about", "goal-1", "a1", "p1", "evidence"} <= links


def test_a_number_leads_to_its_passage_and_the_passage_back_to_where_it_is_cited_first(tree: html.HtmlElement) -> None:
    number = tree.xpath("//sup//a[text()='3']")[0]
    passage = tree.get_element_by_id(number.get("href")[1:])
    assert passage.xpath(".//span[@class='code']")[0].text == "3"
    first = tree.get_element_by_id(passage.xpath(".//a[@class='back']/@href")[0][1:])
    assert first is tree.xpath("//sup[.//a[text()='3']]")[0]


def test_numbers_that_follow_each_other_are_drawn_together() -> None:
    tree = tree_of(
        draft_of(Paragraph((fact("It lends.", *(f"p{n}" for n in range(1, 8))), fact("It pays.", "p9", "p2"))))
    )
    assert [said(sup) for sup in tree.xpath("//sup")] == ["[1–7]", "[2, 8]"]


def test_a_passage_stands_whole_with_what_is_quoted_marked() -> None:
    made = draft_of(Quote(words(3, 15)))
    made = Draft(
        made.kind, made.title, made.subtitle, made.made_on, made.sections, {"p1": cited("p1", marks=((3, 15),))}
    )
    passage = tree_of(made).get_element_by_id("p1")
    assert passage.xpath(".//blockquote/p")[0].text_content() == cited("p1").text
    assert [mark.text for mark in passage.iter("mark")] == ["lend tablets"]
    assert "Annual report, Lockgate Trust, 1 May 2024, page 7" in said(passage)
    assert "report.pdf · passage p1" in said(passage)


def test_proposals_are_told_in_words(tree: html.HtmlElement) -> None:
    tagged = [said(tag.getparent()) for tag in tree.find_class("tag")]
    assert tagged == ["Two[3–5] proposed", "Bike repair[7] proposed"]
    assert said(tree.get_element_by_id("a2").find_class("badges")[0]) == "Proposed, not decided"


def test_a_table_of_proposals_alone_says_so_once() -> None:
    rows = tuple((Cell((fact(name, proposed=True),)),) for name in ("One", "Two"))
    tree = tree_of(draft_of(Table("All", ("Name",), rows)))
    assert [said(tag.getparent()) for tag in tree.find_class("tag")] == ["All proposed, not decided"]


def test_words_of_a_cell_lead_on_and_its_number_to_its_passage(tree: html.HtmlElement) -> None:
    cell = tree.xpath("//th[@scope='row'][contains(., 'Tablets')]")[0]
    assert [link.get("href") for link in cell.iter("a")] == ["#a1", "#p2", "#p1", "#p3"]
    assert not tree.xpath("//a//a")


def test_what_is_left_to_write_stands_out_and_is_listed() -> None:
    tree = tree_of(draft_of(*(Paragraph((ToWrite(f"Say {n}."),)) for n in range(40))))
    listed = tree.find_class("left-to-write")[0]
    assert said(listed).startswith("40 places are left for you to write: place 1, place 2,")
    assert said(listed).endswith("place 30 and so on.")
    assert said(tree.get_element_by_id("write-2")) == "To write: Say 1."


def test_headings_follow_each_other_without_a_gap(tree: html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_empty_fields_and_sections_that_go_deep_hold() -> None:
    deep = Section("s8", "Deep", (Card("c", "A card", (("Nothing", ()),)),))
    for level in range(7, 0, -1):
        deep = Section(f"s{level}", "Deep", sections=(deep,))
    tree = tree_of(Draft("x", "Deep", "", "2024-07-01", (deep,)))
    assert len(tree.xpath("//h6")) == 5
    assert not tree.xpath("//dl")
    assert not tree.xpath("//*[@id='evidence']")


def test_two_places_of_one_name_are_one_place() -> None:
    tree = tree_of(draft_of(Card("only", "A card"), Card("p1", "A card"), Card("c", "A card"), Card("c", "A card")))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_page_needs_nothing_from_outside() -> None:
    page = as_html(everything())
    tree = html.document_fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //@src")
    assert not re.search(r"https?://|@import|url\(", page.replace("http://www.w3.org/2000/svg", ""))


def test_only_names_of_files_are_shown_not_their_folders() -> None:
    assert "in/report" not in as_html(everything())


def test_a_pdf_near_the_report_opens_at_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    far = tmp_path / "a" / "b" / "c" / "d"
    far.mkdir(parents=True)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "the #1 report.pdf").write_bytes(b"%PDF-")
    made = draft_of(Paragraph((fact("It lends."),)))
    passages = {"p1": cited("p1", path="in/the #1 report.pdf")}
    made = Draft(made.kind, made.title, made.subtitle, made.made_on, made.sections, passages)
    write_html(made, tmp_path / "report.html")
    write_html(made, far / "report.html")
    near = html.document_fromstring((tmp_path / "report.html").read_text("utf-8"))
    assert near.xpath("//p[@class='where']/a[1]/@href") == ["in/the%20%231%20report.pdf#page=7", "#cited-1"][:1]
    assert "the%20%231" not in (far / "report.html").read_text("utf-8")


def test_the_caption_of_a_table_begins_with_what_it_shows() -> None:
    caption = next(tree_of(draft_of(TABLE)).iter("caption"))
    assert [strong.text for strong in caption.iter("strong")] == ["Activities by stage."]
    assert said(caption).endswith("Each is counted once.")


def test_a_run_that_turns_the_direction_turns_back() -> None:
    page = as_html(draft_of(Paragraph((Plain("\u202eevil"), Plain("good")))))
    assert "\u202eevil\u202c good" in page


OVER = Table(
    "Two goals.",
    ("Activity", "Figures"),
    (
        (Cell((Plain("Goal 1. Is it done?"),), heading=True),),
        (Cell((fact("Tablets"),), heading=True), Cell((fact("40"),), number=True)),
    ),
)


def test_a_row_of_one_cell_stands_over_all_columns() -> None:
    tree = html.fromstring(as_html(draft_of(OVER)))
    (head,) = tree.xpath("//tr[@class='over']/th")
    assert (head.get("colspan"), head.text_content()) == ("2", "Goal 1. Is it done?")
    assert [th.get("class") for th in tree.xpath("//thead//th")] == [None, "number"]


def test_what_should_fit_one_page_has_no_contents_and_no_numbers_before_its_sections() -> None:
    report, pack = draft_of(TABLE), replace(draft_of(TABLE), kind="pack")
    assert html.fromstring(as_html(report)).xpath("//nav[@class='contents']")
    tree = html.fromstring(as_html(pack))
    assert not tree.xpath("//nav")
    assert [h2.text_content() for h2 in tree.xpath("//h2")] == ["Only section", "Evidence"]


def test_a_passage_is_known_where_the_text_quotes_it_or_an_earlier_one_says_the_same() -> None:
    draft = replace(draft_of(Paragraph((fact("One", "p1"), fact("Two", "p2"), fact("Three", "p3")))), kind="pack")
    passages = {"p1": cited("p1"), "p2": cited("p2"), "p3": cited("p3", "Quoted.", marks=((0, 7),))}
    tree = html.fromstring(as_html(replace(draft, passages=passages)))
    assert [li.get("class") for li in tree.xpath("//ol[@class='passages']/li")] == [None, "known", "known"]
