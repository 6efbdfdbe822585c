"""Contents, indexes, glossaries, accounts, pay and registers are told from lists and tables that report something."""

import time
from io import BytesIO
from pathlib import Path
from textwrap import wrap

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from goalmap.ingest.document import CONTENT, FURNITURE, Block, Kind
from goalmap.ingest.furniture.listings import mark
from goalmap.ingest.furniture.marking import mark as mark_furniture
from goalmap.ingest.read import document_of
from goalmap.ingest.watch import Watch

STORY = (
    "Fenland Borough Council lent three hundred tablets to tenants who had no other way to reach its services, and "
    "volunteers from the library taught each of them how to book a repair."
)
CHAPTERS = ("Foreword", "Our people", "Our places", "Our partners", "Looking ahead")
PAGES = (3, 7, 12, 24, 31)


def heads(*texts: str) -> list[Block]:
    return [Block(text, Kind.HEADING) for text in texts]


def rows(*texts: str) -> list[Block]:
    return [Block(text, Kind.TABLE_ROW) for text in texts]


def kinds_after(before: list[Block], *blocks: Block) -> list[Kind]:
    """The kinds of blocks that follow others, a chapter for each of CHAPTERS at the end."""
    after = [block for chapter in CHAPTERS for block in (*heads(chapter), Block(STORY))]
    marked = mark([*before, *blocks, *after])
    return [block.kind for block in marked[len(before) : len(before) + len(blocks)]]


# Contents


@pytest.mark.parametrize("heading", ["Contents", "TABLE OF CONTENTS", "In this report", "What’s inside", "Contents:"])
@pytest.mark.parametrize("pattern", ["{title} {page}", "{page} {title}", "{title} | {page}", "{title} ..... {page}"])
def test_what_stands_under_contents_is_navigation(heading: str, pattern: str) -> None:
    entries = [Block(pattern.format(title=title, page=page)) for title, page in zip(CHAPTERS, PAGES, strict=True)]
    assert set(kinds_after([], *heads(heading), *entries)) == {Kind.NAVIGATION}


@pytest.mark.parametrize(
    "pattern", ["{title} {page}", "{title} | {page}", "{page} {title}", "{title} . . . . . {page}"]
)
def test_a_contents_page_need_not_call_itself_one(pattern: str) -> None:
    entries = [Block(pattern.format(title=title, page=page)) for title, page in zip(CHAPTERS, PAGES, strict=True)]
    assert set(kinds_after(heads("Fenland Borough Council annual report"), *entries)) == {Kind.NAVIGATION}


def test_dots_lead_to_pages_though_the_text_has_no_such_headings() -> None:
    entries = [
        Block(f"{title} ........ {page}") for title, page in zip(("Ash", "Beech", "Cedar", "Elm"), PAGES, strict=False)
    ]
    assert set(kinds_after([], *entries)) == {Kind.NAVIGATION}


def test_contents_of_two_levels_and_in_parts_are_navigation() -> None:
    lines = [
        "Contents",
        "Part one",
        "1 Foreword 3",
        "1.1 Our people 7",
        "1.2 Our places 12",
        "Part two",
        "2 Looking ahead 31",
    ]
    assert set(kinds_after([], *(Block(line) for line in lines))) == {Kind.NAVIGATION}


def test_contents_in_two_columns_are_navigation() -> None:
    table = rows(
        "Foreword | 3 | Our partners | 24", "Our people | 7 | Looking ahead | 31", "Our places | 12 | Notes | 40"
    )
    assert set(kinds_after(heads("Contents"), *table)) == {Kind.NAVIGATION}


def test_contents_run_together_in_one_paragraph_are_navigation() -> None:
    run = Block(" ".join(f"{title} {page}" for title, page in zip(CHAPTERS, PAGES, strict=True)))
    more = Block("What we owe one another 40 How we are governed 52")
    assert kinds_after([], *heads("Contents"), run, more) == [Kind.NAVIGATION] * 3


def test_a_list_of_what_the_headings_say_is_navigation() -> None:
    entries = [Block(title, Kind.LIST_ITEM, linked=True) for title in CHAPTERS]
    assert set(kinds_after([], *heads("On this page"), *entries)) == {Kind.NAVIGATION}


@pytest.mark.parametrize(
    "blocks",
    [
        [*heads("Contents of our toolkits"), Block("Spanners and drills, lent to 40 people who repair bicycles.")],
        [*heads("Contents"), Block("Each box holds a spanner, a lamp and a list of courses at the college.")],
        rows("Ward | Homes visited", "Abbey | 41", "Castle | 77", "Harbour | 90", "Moor Edge | 120"),
        rows("Apprentices in training | 41", "Care leavers hired | 77", "Veterans hired | 90", "Bursaries paid | 120"),
        [Block(f"{n} {text}") for n, text in enumerate(("Foreword", "Our people", "Our places", "Our partners"), 1)],
        [
            Block(text, Kind.LIST_ITEM)
            for text in ("1. Hire locally", "2. Buy locally", "3. Lend devices", "4. Warm homes")
        ],
        [Block("In 2021 we trained 41"), Block("In 2022 we trained 77"), Block("In 2023 we trained 90.")],
        [
            *heads("In this report"),
            Block("We describe what 41 partners did."),
            Block("Each chapter ends with a pledge."),
        ],
    ],
)
def test_lists_and_counts_are_no_contents(blocks: list[Block]) -> None:
    assert kinds_after([Block(STORY)], *blocks) == [block.kind for block in blocks]


# Indexes and glossaries


def test_an_index_is_navigation() -> None:
    lines = ["A", "apprenticeships, 12, 45–47", "attendance, 9", "B", "bursaries, 7, 31", "boilers, see heat pumps, 44"]
    assert set(kinds_after([Block(STORY)], *heads("Index"), *map(Block, lines))) == {Kind.NAVIGATION}


def test_an_index_of_deprivation_is_no_index() -> None:
    blocks = [*heads("Index"), Block(STORY)]
    assert kinds_after([], *blocks) == [Kind.HEADING, Kind.BODY]


@pytest.mark.parametrize(
    "heading", ["Glossary", "Abbreviations", "Glossary of terms and abbreviations", "Appendix B: Glossary"]
)
def test_a_glossary_is_boilerplate(heading: str) -> None:
    terms = [
        *rows("ICB | Integrated care board", "PSED | Public sector equality duty"),
        Block("Anchor institution: a large body that is rooted in its place"),
        Block("NEET – not in education, employment or training", Kind.LIST_ITEM),
    ]
    kinds = kinds_after([Block(STORY)], *heads(heading), *terms, *heads("Our people"), Block(STORY))
    assert kinds == [*[Kind.BOILERPLATE] * 5, Kind.HEADING, Kind.BODY]


# Accounts, pay and registers

NO_ACTIVITY = {
    "income": rows(
        "£000 | 2023/24 | 2022/23",
        "Operating income from patient care | 412,310 | 388,204",
        "Other operating income | 31,007 | 29,955",
        "Operating expenses | (439,118) | (415,760)",
        "Surplus for the year | 4,199 | 2,399",
    ),
    "balance sheet": rows(
        "Fixed assets | 12,044 | 11,870",
        "Debtors | 341 | 402",
        "Creditors: amounts falling due within one year | (1,208) | (1,190)",
        "Net current assets | 988 | 1,011",
        "Restricted funds | 310 | 295",
    ),
    "pay": rows(
        "Name and title | Salary (bands of £5,000) | Pension-related benefits | Total",
        "Ann Lee, Chief Executive | 180–185 | 42.5–45 | 225–230",
        "Ravi Dhaliwal, Director of Finance | 135–140 | 30–32.5 | 165–170",
    ),
    "fair pay": rows(
        "| 25th percentile | Median | 75th percentile",
        "Total pay and benefits | £24,300 | £33,100 | £45,900",
        "Pay ratio to highest paid director | 7.5 | 5.5 | 4.0",
    ),
    "attendance": rows("Name | Meetings attended", "Ann Lee | 6/7", "Ravi Dhaliwal | 7 of 7", "Jo Marsh | 5/7"),
    "axis": rows("0% | 20% | 40% | 60% | 80%"),
}


@pytest.mark.parametrize("name", NO_ACTIVITY)
def test_figures_of_accounts_and_pay_are_boilerplate(name: str) -> None:
    assert set(kinds_after([Block(STORY)], *NO_ACTIVITY[name])) == {Kind.BOILERPLATE}


@pytest.mark.parametrize(
    "heading",
    [
        "Statement of financial position",
        "Notes to the financial statements",
        "Remuneration report",
        "Table 4: Exit packages",
        "Note 7. Staff costs",
        "Register of members’ interests",
        "Directors’ attendance at meetings",
    ],
)
def test_rows_under_such_a_heading_are_boilerplate(heading: str) -> None:
    table = rows("Name | Held", "Ann Lee | Trustee of Moor Edge School", "Jo Marsh | None")
    assert set(kinds_after(heads(heading), *table)) == {Kind.BOILERPLATE}


ACTIVITY = {
    "apprentices by year": rows("Year | Started", "2021/22 | 311", "2022/23 | 367", "2023/24 | 412"),
    "gender pay gap": rows("Gender pay gap | 2023 | 2024", "Mean | 11.4% | 9.8%", "Median | 7.9% | 7.1%"),
    "quartiles": rows("Quartile | Women | Men", "Upper | 44% | 56%", "Lower | 61% | 39%"),
    "action plan": rows("Action | Owner | Due", "Cut agency costs by hiring from the estate | Jo Marsh | 2026"),
    "grants": rows(
        "Grant holder | Award", "Moor Edge Youth Club | £8,400", "Sewing Circle | £1,900", "Dale Carers | £6,600"
    ),
    "key figures": rows(
        "Measure | 2023 | 2024", "Income of tenants raised (£m) | 1.2 | 1.9", "Homes insulated | 804 | 1,204"
    ),
    "schools": rows("School | Visits", "Abbey Primary | 6 of 7", "Castle High | 5 of 7", "Moor Edge | 7 of 7"),
    "programmes": rows(
        "Programme | Income | Surplus", "Income for the kitchen | £400 | £20", "Cash at hand club | 12 | 3"
    ),
}


@pytest.mark.parametrize("name", ACTIVITY)
def test_rows_that_report_something_stay_rows(name: str) -> None:
    assert set(kinds_after([Block(STORY)], *ACTIVITY[name])) == {Kind.TABLE_ROW}


def test_what_is_told_in_the_accounts_stays_content() -> None:
    told = "Hardship payments to 240 members of staff | £96,000"
    sentence = "We opened a nursery on the site and gave forty places to the children of night staff | £310,000"
    blocks = [*heads("Notes to the accounts"), Block(STORY), *rows("£000 | 2024", told, sentence, "Stationery | 12")]
    kinds = kinds_after([], *blocks)
    assert kinds == [Kind.HEADING, Kind.BODY, Kind.BOILERPLATE, Kind.TABLE_ROW, Kind.TABLE_ROW, Kind.BOILERPLATE]


def test_a_pay_gap_in_the_remuneration_report_stays_a_row() -> None:
    blocks = [
        *heads("Remuneration and staff report"),
        *rows("Mean gender pay gap | 9.8%", "Median gender pay gap | 7.1%"),
    ]
    assert kinds_after([], *blocks)[1:] == [Kind.TABLE_ROW] * 2


# Real files


def contents_pdf() -> bytes:
    """A page of contents with dots, then a page for each chapter."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(420, 595))
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(50, 500, "Annual report of the council")
    canvas.drawString(50, 450, "Contents")
    canvas.setFont("Helvetica", 11)
    for i, (title, page) in enumerate(zip(CHAPTERS, PAGES, strict=True)):
        canvas.drawString(50, 420 - 24 * i, f"{title} {'.' * (60 - len(title))} {page}")
    for title in CHAPTERS:
        canvas.showPage()
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(50, 520, title)
        canvas.setFont("Helvetica", 11)
        for i, line in enumerate(wrap(STORY, 55)):
            canvas.drawString(50, 480 - 14 * i, line)
    canvas.save()
    return file.getvalue()


def contents_docx() -> bytes:
    """Contents typed by hand, tabs before the numbers."""
    document = docx.Document()
    document.add_heading("Annual report", 0)
    document.add_heading("Contents", 1)
    for title, page in zip(CHAPTERS, PAGES, strict=True):
        document.add_paragraph(f"{title}\t{page}")
    for title in CHAPTERS:
        document.add_heading(title, 1)
        document.add_paragraph(STORY)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def contents_html() -> bytes:
    """Contents in a list of links without page numbers."""
    links = "".join(f'<li><a href="#{i}">{title}</a></li>' for i, title in enumerate(CHAPTERS))
    chapters = "".join(f'<h2 id="{i}">{title}</h2><p>{STORY}</p>' for i, title in enumerate(CHAPTERS))
    return f"<html><body><main><h1>Annual report</h1><h2>Contents</h2><ul>{links}</ul>{chapters}</main>".encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", contents_pdf()), ("a.docx", contents_docx()), ("a.html", contents_html())],
    ids=["pdf", "docx", "html"],
)
def test_contents_are_navigation_in_every_format(name: str, data: bytes) -> None:
    passages = document_of(Path(name), data, Watch.over()).passages
    content = [passage.text for passage in passages if passage.kind in CONTENT]
    assert set(content) == {STORY}
    assert any(passage.kind is Kind.NAVIGATION and "Our places" in passage.text for passage in passages)
    assert [passage.text for passage in passages if passage.kind is Kind.HEADING][-5:] == list(CHAPTERS)


def test_what_is_marked_here_stays_so_in_the_whole() -> None:
    blocks = [*heads("Fenland annual report"), Block(STORY), *heads("Balance sheet"), *NO_ACTIVITY["balance sheet"]]
    assert {block.kind for block in mark_furniture(blocks)[3:]} <= FURNITURE


@pytest.mark.parametrize("run", ["." * 100_000, "0 " * 50_000, "a 1 " * 30_000, "| 3 " * 30_000, "a. " * 40_000])
def test_a_long_run_of_signs_costs_no_time(run: str) -> None:
    begun = time.process_time()
    mark([Block("Contents"), *(Block(run) for _ in range(3)), *(Block("Our people 7") for _ in range(3000))])
    assert time.process_time() - begun < 2
