"""Plain text and Markdown in any encoding."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.ingest.document import Document, Kind, Reading
from goalmap.ingest.errors import NoText, Unsupported
from goalmap.ingest.read import read_document
from goalmap.ingest.text.encodings import decode, decoded
from goalmap.ingest.text.markdown import read_markdown
from goalmap.ingest.text.reader import read_text
from goalmap.ingest.watch import Watch

DOCUMENTS = Path(__file__).parent / "data" / "documents"
SENTENCE = "Café Wenlow lends £5 – and “more” – to anybody who asks for it in the spring."


def kinds(data: bytes) -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in read_text(data, Watch.over()).blocks]


def shown(document: Document) -> list[tuple[str, Kind]]:
    return [(passage.text, passage.kind) for passage in document.passages]


def test_lines_that_a_program_wrapped_are_paragraphs() -> None:
    release = read_document(DOCUMENTS / "release.txt")
    assert (
        "The scheme is paid for by the hospital charity, which has set aside £40,000 for a second year.",
        Kind.BODY,
    ) in shown(release)
    assert ("It is open to anybody over 16.", Kind.LIST_ITEM) in shown(release)
    assert (release.title, release.published, release.kind) == (
        "Trust lends tablets to 300 patients",
        "2024-05-03",
        "press_release",
    )


def test_one_paragraph_a_line_stays_so() -> None:
    text = f"{SENTENCE} {SENTENCE}\n{SENTENCE} {SENTENCE}\n"
    assert len(read_text(text.encode(), Watch.over()).blocks) == 2


def test_two_short_lines_of_a_sentence_are_one_paragraph() -> None:
    text = b"The Trust has lent 300 tablets to patients who had no other\nway to see a doctor.\n\nAsk at the desk.\n"
    assert kinds(text) == [
        ("The Trust has lent 300 tablets to patients who had no other way to see a doctor.", Kind.BODY),
        ("Ask at the desk.", Kind.BODY),
    ]


def test_underlined_lines_are_headings_and_rules_are_no_text() -> None:
    text = b"Annual plan\n===========\n\nWhat we do:\n-----\nWe lend tablets.\n*****\n\nIt is open to all.\n"
    assert kinds(text) == [
        ("Annual plan", Kind.HEADING),
        ("What we do:", Kind.BODY),
        ("We lend tablets.", Kind.BODY),
        ("It is open to all.", Kind.BODY),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Measure\t2023\nApprentices\t45\n",
        "Measure | 2023\n--- | ---\nApprentices | 45\n",
        "+----+----+\n| Measure | 2023 |\n+====+====+\n| Apprentices | 45 |\n+----+----+\n",
    ],
)
def test_tables_of_tabs_or_bars_are_rows(text: str) -> None:
    assert kinds(text.encode()) == [("Measure | 2023", Kind.TABLE_ROW), ("Apprentices | 45", Kind.TABLE_ROW)]


def test_items_with_tabs_are_items() -> None:
    assert kinds(b"1.\tHire locally\n2.\tPay well\n") == [
        ("1. Hire locally", Kind.LIST_ITEM),
        ("2. Pay well", Kind.LIST_ITEM),
    ]


def test_lines_that_are_marked_as_quoted_are_quotes() -> None:
    assert kinds(b"The chair wrote:\n> We lend because\n> nobody else does.\n")[1:] == [
        ("We lend because", Kind.QUOTE),
        ("nobody else does.", Kind.QUOTE),
    ]


def test_pages_part_paragraphs() -> None:
    assert [text for text, _ in kinds(b"We lend tablets.\fIt is open to all.\n")] == [
        "We lend tablets.",
        "It is open to all.",
    ]


def test_a_line_of_megabytes_is_read_in_seconds() -> None:
    begun = time.process_time()
    assert len(read_text(b"a" * 3_000_000, Watch.over()).blocks) == 1
    assert len(read_text(b"> " * 500_000 + b"\t " * 500_000 + b"x", Watch.over()).blocks) == 1
    assert time.process_time() - begun < 20


ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "mac_roman"]
WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("encoding", [*ENCODINGS, *WIDE])
def test_text_is_decoded(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


def test_a_guessed_encoding_is_told_and_nothing_is_lost() -> None:
    reading = read_text(SENTENCE.encode("cp1252"), Watch.over())
    assert (reading.problem, reading.note) == (None, "The text is not UTF-8; it is read as Windows-1252.")


def test_letters_of_another_script_are_not_taken_for_accents() -> None:
    text = "Компания помогает жителям города найти работу и новые знания. " * 9
    assert "помогает жителям" in decode(text.encode("cp1251"))


def test_text_of_two_encodings_is_read() -> None:
    found = decoded(SENTENCE.encode("utf-8") * 5 + SENTENCE.encode("cp1252"))
    assert found.text == SENTENCE * 6
    assert found.note is not None
    assert "UTF-8 but for" in found.note


def test_characters_that_are_lost_are_told() -> None:
    found = decoded(b"\xff\xfe" + SENTENCE.encode("utf-16-le") * 3 + b"\x00\xd8")
    assert found.problem == "1 of its characters cannot be read; the file was saved in a wrong encoding."


def test_zeros_are_dropped() -> None:
    assert decode(b"The Trust\0 opened\0 a nursery.") == "The Trust opened a nursery."


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\0\0\0"])
def test_an_empty_file_holds_no_text(data: bytes) -> None:
    with pytest.raises(NoText):
        decode(data)


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 9])
def test_binary_noise_is_not_text(data: bytes) -> None:
    with pytest.raises(Unsupported):
        decode(data)


@given(st.binary(max_size=300))
def test_decoding_gives_text_or_one_of_two_errors(data: bytes) -> None:
    with suppress(NoText, Unsupported):
        assert isinstance(decode(data), str)


def test_the_parts_of_markdown_have_their_kinds() -> None:
    newsletter = read_document(DOCUMENTS / "newsletter.md")
    assert shown(newsletter) == [
        ("Valley Voices", Kind.TITLE),
        ("The orchard at Wenlow Cross was planted by forty volunteers in March.", Kind.BODY),
        ("Fifty trees", Kind.LIST_ITEM),
        ("Two benches, made by the men's shed", Kind.LIST_ITEM),
        ("“We come every Saturday,” said Ann Lee.", Kind.QUOTE),
        ("Measure | 2024", Kind.TABLE_ROW),
        ("Trees | 50", Kind.TABLE_ROW),
        ("Read: Nursery opens its doors", Kind.TEASER),
    ]


def test_front_matter_is_metadata() -> None:
    newsletter = read_document(DOCUMENTS / "newsletter.md")
    assert (newsletter.publisher, newsletter.published, newsletter.language) == (
        "Wenlow Valley NHS Trust",
        "2024-06-14",
        "en",
    )


@given(st.text())
def test_any_text_can_be_read_as_markdown(text: str) -> None:
    with suppress(NoText, Unsupported):
        assert isinstance(read_markdown(text.encode("utf-8", "replace"), Watch.over()), Reading)


def test_what_markdown_holds_as_html_or_code_is_text() -> None:
    text = (
        "    The Trust lends tablets.\n\n```\nAsk at the desk.\n```\n\nOne<br>two\n\n<div>A <b>nursery</b> &amp; more.</div>\n\n"
        "<table>\n<tr>\n<td>Measure</td>\n<td>2023</td></tr>\n<tr><td>Apprentices</td><td>45</td></tr></table>\n\n"
        "<script>var hidden = 1</script>\n"
    )
    assert [(block.text, block.kind) for block in read_markdown(text.encode(), Watch.over()).blocks] == [
        ("The Trust lends tablets.", Kind.BODY),
        ("Ask at the desk.", Kind.BODY),
        ("One two", Kind.BODY),
        ("A nursery & more.", Kind.BODY),
        ("Measure | 2023", Kind.TABLE_ROW),
        ("Apprentices | 45", Kind.TABLE_ROW),
    ]
