"""Rich Text Format: what its words and groups make of the text, and files made to break readers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.ingest.document import Block, Kind
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.office.rtf import read_rtf
from goalmap.ingest.watch import Watch

DOCUMENTS = Path(__file__).parent / "data" / "documents"
STYLES = rb"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\outlinelevel0 heading 1;}{\s2\sbasedon1 Our own;}{\*\cs9 Strong;}}"


def blocks(body: bytes, head: bytes = rb"\ansi\ansicpg1252") -> tuple[Block, ...]:
    return read_rtf(rb"{\rtf1" + head + b" " + body + b"}", Watch.over()).blocks


def shown(body: bytes, head: bytes = rb"\ansi\ansicpg1252") -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in blocks(body, head)]


def texts(body: bytes, head: bytes = rb"\ansi\ansicpg1252") -> list[str]:
    return [block.text for block in blocks(body, head)]


def test_a_file_that_a_word_processor_wrote_is_read_whole() -> None:
    reading = read_rtf((DOCUMENTS / "lending-review.rtf").read_bytes(), Watch.over())
    assert reading.metadata.title == "Orchard Lane: a year of lending"
    assert reading.problem is None
    assert [(block.kind, block.text.split(" ")[0]) for block in reading.blocks] == [
        (Kind.HEADER, "Orchard"),
        (Kind.FOOTER, "Page"),
        (Kind.TITLE, "Orchard"),
        (Kind.HEADING, "What"),
        (Kind.BODY, "Orchard"),
        (Kind.HEADING, "Where"),
        (Kind.LIST_ITEM, "Forty"),
        (Kind.LIST_ITEM, "A"),
        (Kind.QUOTE, "“We"),
        (Kind.TABLE_ROW, "Measure"),
        (Kind.TABLE_ROW, "Apprentices"),
        (Kind.BODY, "Anybody"),
        (Kind.BODY, "The"),
        (Kind.BODY, "The"),
    ]
    assert "£5,000 – “in kind” – to tenants of Café Wenlow" in reading.blocks[4].text


@pytest.mark.parametrize(
    ("written", "head", "read"),
    [
        (rb"Caf\'e9 for \'a35 \'93now\'94", rb"\ansi\ansicpg1252", "Café for £5 “now”"),
        (rb"Caf\'8e for \'a35", rb"\mac", "Café for £5"),
        (rb"\'cc\'e8\'f0", rb"\ansi\ansicpg1251", "Мир"),
        (rb"\f1 \'cc\'e8\'f0\f0 , \'a35", rb"\ansi{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}", "Мир, £5"),
        (rb"\u8220?Now\u8221\'94 and {\uc0\u163 5}", rb"\ansi", "“Now” and £5"),
        (rb"\u-10179?\u-8704? smiles", rb"\ansi", "😀 smiles"),
        (rb"\ldblquote Now\rdblquote\emdash or\~never \{x\} a\_b c\-d", rb"\ansi", "“Now”—or never {x} a-b cd"),
        ("Café £5".encode("cp1252"), rb"\ansi", "Café £5"),
        (rb"\f7\u12345678901 a", rb"\ansi\ansicpg99999", "a"),
    ],
)
def test_characters_are_those_that_the_writer_saw(written: bytes, head: bytes, read: str) -> None:
    assert texts(written, head)[0].endswith(read)


def test_headings_are_told_by_style_by_level_and_by_look() -> None:
    body = (
        STYLES + rb"{\pard\s1 One\par}{\pard\s2 Two\par}{\pard\outlinelevel1 Three\par}{\pard{\b Four}\par}"
        rb"{\pard Five {\b bold} six\par}"
    )
    assert shown(body) == [
        ("One", Kind.HEADING),
        ("Two", Kind.HEADING),
        ("Three", Kind.HEADING),
        ("Four", Kind.HEADING),
        ("Five bold six", Kind.BODY),
    ]


def test_a_row_of_a_table_is_a_block() -> None:
    row = rb"\trowd\cellx1\cellx2\pard\intbl "
    body = (
        row
        + rb"Measure\cell 2023\cell\row "
        + row
        + rb"Apprentices\par of the Trust\cell 45\cell\row\pard After the table.\par"
    )
    assert shown(body) == [
        ("Measure | 2023", Kind.TABLE_ROW),
        ("Apprentices of the Trust | 45", Kind.TABLE_ROW),
        ("After the table.", Kind.BODY),
    ]


def test_a_cell_that_is_alone_is_read_as_text() -> None:
    assert shown(rb"\pard\intbl {\b Our aims}\par We lend.\cell\row") == [
        ("Our aims", Kind.HEADING),
        ("We lend.", Kind.BODY),
    ]


def test_items_of_lists_lose_their_bullets_and_keep_their_numbers() -> None:
    body = rb"{\listtext\'b7\tab}Lend locally\par{\pntext 2.\tab}Pay well\par\pard{\*\pn\pnlvlblt}Plain text here.\par"
    assert shown(body) == [
        ("Lend locally", Kind.LIST_ITEM),
        ("2. Pay well", Kind.LIST_ITEM),
        ("Plain text here.", Kind.BODY),
    ]


def test_what_is_no_text_of_the_document_is_left_out() -> None:
    body = (
        rb"{\*\generator Some program;}{\info{\author Ann}{\title The title}}{\pict\wmetafile8 0100ff}{\*\unknown no}"
        rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt Kept}} text.{\v hidden}{\deleted gone}{\object{\*\objdata 01}}\par"
    )
    reading = read_rtf(rb"{\rtf1 " + body + b"}", Watch.over())
    assert [block.text for block in reading.blocks] == ["Kept text."]
    assert reading.metadata.title == "The title"


def test_raw_bytes_are_jumped_over_and_a_false_length_is_not_believed() -> None:
    assert texts(rb"{\pict\bin4 {}{}}Kept.\par") == ["Kept."]
    assert texts(rb"{\pict\bin99999999 {}}Kept.\par") == ["Kept."]


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    reading = read_rtf(rb"{\rtf1 The first.\par{\footnote A note", Watch.over())
    assert [block.text for block in reading.blocks] == ["The first.", "A note"]
    assert reading.problem is not None
    assert reading.problem.startswith("The file breaks off")


def test_groups_may_lie_as_deep_as_they_like() -> None:
    assert texts(b"{" * 100_000 + b"Deep." + b"}" * 100_000 + rb" Not deep.\par") == ["Deep. Not deep."]


@pytest.mark.parametrize(
    ("data", "problem"), [(b"Some words.", ReadProblem), (rb"{\rtf1 }", NoText), (rb"{\rtf1{\pict 00}}", NoText)]
)
def test_a_file_without_text_is_told(data: bytes, problem: type[ReadProblem]) -> None:
    with pytest.raises(problem):
        read_rtf(data, Watch.over())


WORDS = [
    rb"\par ",
    rb"\cell ",
    rb"\row ",
    rb"\pard ",
    b"{",
    b"}",
    rb"\u-10179 ",
    rb"\'e9",
    rb"{\header ",
    rb"{\*\shpinst ",
]
PIECES = [
    *WORDS,
    rb"{\shptxt ",
    rb"{\stylesheet ",
    rb"\s1 ",
    rb"{\fonttbl\f0 ",
    rb"\bin3 ",
    rb"\b",
    b"\\",
    b"text",
    b"\xff",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_words_in_no_order_make_reading_fail(pieces: list[bytes]) -> None:
    try:
        found = blocks(b"".join(pieces))
    except NoText:
        return
    assert all(block.text.encode() for block in found)
