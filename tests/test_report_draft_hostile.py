"""Hostile titles, names and texts in every form: the same text, nothing that runs, the same bytes each time."""

import csv
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from goalmap.report.draft import reading
from goalmap.report.draft.files import WRITERS, write_draft
from goalmap.report.draft.html import as_html
from goalmap.report.draft.model import (
    Card,
    Cell,
    Draft,
    Fact,
    Items,
    Paragraph,
    Plain,
    Quote,
    Section,
    Table,
    Words,
    plain,
)
from tests.drafts import SUFFIXES, cited, draft_of, everything

EVIL = (
    "<script>alert(1)</script>",
    "]]><w:p/>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|'/c calc'!A1",
    "{{ 7 * 7 }}{% raw %}",
    "a|b`c`*d*[e](javascript:f)",
    "\u202eevil\u2066more",
    "nul\x00 bell\x07 half\ud800 end\uffff",
    "line\nbreak\ttab\r\nmore\x0bsoft",
    "x" * 10_000,
    "مرحبا",
)
ANY = st.text(st.characters() | st.sampled_from("<>&\"'=|`]\u202e\x00\ud800"), max_size=40) | st.sampled_from(EVIL)


def hostile(text: str) -> Draft:
    """A draft that holds a text in every place that the documents fill."""
    said = text if text.strip() else "x"
    passage = f"{said} and more"
    quote = Words("p1", 0, len(said), said, by=text or "Jo Li")
    rows = Table(
        text, (text, "n"), ((Cell((Fact(said, ("p1",)),), heading=True, link=text), Cell(plain(text), number=True)),)
    )
    blocks = (
        Paragraph((Plain(text), Fact(said, ("p1",)), quote)),
        Items((plain(text),)),
        Quote(quote),
        Card(text, text, ((text, plain(text)),), text=plain(text), quotes=(quote,)),
        rows,
    )
    made = draft_of(rows=rows, title=text)
    passages = {"p1": cited("p1", passage, text, path=f"in/{text}", marks=((0, len(said)),))}
    return replace(made, sections=(Section(text, text, blocks),), passages=passages)


def same(text: str) -> str:
    """Text as every form shows it: without what cannot be shown, its white space as one."""
    return " ".join(reading.printable(text).split())


@settings(max_examples=60, deadline=None)
@given(ANY)
@example(EVIL[0])
@example(EVIL[7])
@example(EVIL[8])
def test_a_hostile_text_is_the_same_text_on_the_page(text: str) -> None:
    tree = html.document_fromstring(as_html(hostile(text)))
    quotes = [" ".join(quote.text_content().split()) for quote in tree.iter("blockquote")]
    said = text if text.strip() else "x"
    assert quotes == [same(said), same(said), same(f"{said} and more")]
    assert " ".join(next(tree.iter("h1")).text_content().split()) == same(text)
    assert not tree.xpath("//script | //img | //@onerror")
    assert len(set(tree.xpath("//@id"))) == len(tree.xpath("//@id"))


@settings(max_examples=60, deadline=None)
@given(ANY)
@example(EVIL[1])
@example(EVIL[7])
@example(EVIL[8])
def test_a_hostile_text_is_the_same_text_in_word(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_draft(hostile(text), Path(folder) / "report.docx")
        document: Any = docx.Document(str(Path(folder) / "report.docx"))
    quotes = [" ".join(p.text.split()) for p in document.paragraphs if p.style.name == "Quote"]
    assert quotes == [same(text if text.strip() else "x")] * 2
    assert " ".join(document.paragraphs[0].text.split()) == same(text)


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_a_hostile_text_is_never_a_formula(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".csv", ".xlsx"):
            write_draft(hostile(text), Path(folder) / f"report{suffix}")
        with (Path(folder) / "report.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        book = openpyxl.load_workbook(Path(folder) / "report.xlsx")
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_a_hostile_text_is_the_same_text_as_data(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_draft(replace(hostile(text), data={"x": text}), Path(folder) / "report.json")
        data = json.loads((Path(folder) / "report.json").read_text("utf-8"))
    assert same(data["x"]) == same(text)


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_form_takes_what_is_hostile(suffix: str, text: str, tmp_path: Path) -> None:
    write_draft(hostile(text), tmp_path / f"report{suffix}")
    assert [path.name for path in tmp_path.iterdir()] == [f"report{suffix}"]


def test_the_same_draft_gives_the_same_bytes_at_any_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        for suffix in SUFFIXES:
            write_draft(everything(), tmp_path / f"{name}{suffix}")
        time.sleep(2.1)  # the clock of a ZIP has steps of two seconds
    for suffix in SUFFIXES:
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"other{suffix}").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "seconds"), [(".html", 6), (".docx", 9), (".md", 5), (".csv", 3), (".xlsx", 6), (".json", 3)]
)
def test_five_thousand_activities_are_written_in_seconds(suffix: str, seconds: int, tmp_path: Path) -> None:
    made = large()
    begun = time.process_time()
    WRITERS[suffix](made, tmp_path / f"report{suffix}")
    assert time.process_time() - begun < seconds


def large() -> Draft:
    def told(number: int, text: str = "It lends tablets.") -> Fact:
        return Fact(text, (f"p{number}", f"p{(number * 7) % 8000}"))

    passages = {f"p{number}": cited(f"p{number}", marks=((0, 31),)) for number in range(8000)}
    cards = tuple(
        Card(
            f"a{n}",
            f"Activity {n}",
            (("Led by", (told(n),)), ("With", (told(n + 1), Plain("; "), told(n + 2)))),
            text=(told(n),),
        )
        for n in range(5000)
    )
    rows = tuple((Cell((told(n),), link=f"a{n}"), Cell(plain("3"), number=True)) for n in range(5000))
    table = Table("All", ("Activity", "Passages"), rows)
    everyone = Paragraph((Fact("All.", tuple(passages)),))
    made = draft_of(rows=table)
    return replace(made, sections=(Section("all", "All", (table, *cards, everyone)),), passages=passages)
