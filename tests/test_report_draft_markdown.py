"""A draft as Markdown: its footnotes are there, and what the documents hold is text."""

import re

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from goalmap.report.draft import reading
from goalmap.report.draft.markdown import as_markdown
from goalmap.report.draft.model import Cell, Draft, Items, Paragraph, Table, plain
from tests.drafts import cited, draft_of, everything, fact, words

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
RISKY = st.text(st.sampled_from("ab12 #*_`~[]()<>|\\!&;:=+-.$^\t\n\"'{}") | st.characters(codec="utf-8"), max_size=30)


def read(markdown: str) -> html.HtmlElement:
    return html.document_fromstring(f"<html><body>{READER.render(markdown)}</body></html>")


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_footnote_is_told_once_and_every_number_has_one() -> None:
    markdown = as_markdown(everything())
    told = re.findall(r"^\[\^(\d+)\]: ", markdown, re.M)
    cited_there = set(re.findall(r"\[\^(\d+)\](?!:)", markdown))
    assert len(told) == len(set(told)) == 9
    assert cited_there == set(told)


def test_a_footnote_says_where_and_has_the_passage_with_what_is_quoted_in_bold() -> None:
    made = draft_of(Paragraph((words(3, 15),)))
    made = Draft(
        made.kind, made.title, made.subtitle, made.made_on, made.sections, {"p1": cited("p1", marks=((3, 15),))}
    )
    note = as_markdown(made).partition("[^1]: ")[2]
    assert note == (
        "Annual report, Lockgate Trust, 1 May 2024, page 7; report.pdf, passage p1.\n\n"
        "    We **lend tablets** to 40 patients. The council pays for the data. Nobody waits.\n"
    )


def test_tables_have_their_columns_and_numbers_their_side() -> None:
    table = next(read(as_markdown(everything())).iter("table"))
    assert [said(head) for head in table.iter("th")] == ["Goal", "Activities"]
    assert table.xpath(".//tbody/tr/td/@style") == ["text-align:right", "text-align:right"]


def test_proposals_and_places_to_write_are_told_in_words() -> None:
    markdown = as_markdown(everything())
    assert "Two[^3][^4][^5] *(proposed)*" in markdown
    assert "| Bike repair[^7] *(proposed)* |" in markdown
    assert r"**\[To write: Say why.\]**" in markdown


@given(RISKY)
@example("#")
@example("Plans for C ##")
def test_whatever_the_documents_hold_stays_text(risky: str) -> None:
    shown = " ".join(reading.printable(risky).split())
    table = Table("T", ("C",), ((Cell(plain(risky)),),))
    made = draft_of(Paragraph(plain(risky)), Items((plain(risky),)), table, title=risky)
    tree = read(as_markdown(made))
    assert said(tree.xpath("//td")[0]) == shown
    assert [said(title) for title in tree.iter("h1")] == [shown]
    assert not tree.xpath(
        "//em[not(text()='T')] | //strong | //code | //a | //img | //hr | //pre | //blockquote | //ol | //s"
    )
    assert [said(item) for item in tree.iter("li")] == [shown]
    assert not shown or shown in [said(one) for one in tree.iter("p")]


@given(st.text(st.sampled_from("a .,“”*_\n"), min_size=1, max_size=20), st.data())
def test_a_marked_passage_is_never_told_with_stars(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = draft_of(Paragraph((fact("It lends."),)))
    passages = {"p1": cited("p1", text, marks=((start, end),))}
    made = Draft(made.kind, made.title, made.subtitle, made.made_on, made.sections, passages)
    note = as_markdown(made).partition("passage p1.\n\n    ")[2]
    assert said(read(f"x {note}")) == " ".join(f"x {text}".split())


def test_a_row_of_one_cell_is_filled_up() -> None:
    over = Table(
        "Goals.", ("Activity", "Figures"), ((Cell(plain("Goal 1")),), (Cell(plain("Tablets")), Cell(plain("40"))))
    )
    assert "| Goal 1 |  |" in as_markdown(draft_of(over)).splitlines()
