"""Plain text and Markdown in any encoding."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalmap.ingest.document import Document, Kind, Reading
from goalmap.ingest.errors import NoText, Unsupported
from goalmap.ingest.markdown import read_markdown
from goalmap.ingest.read import read_document
from goalmap.ingest.text import decode, read_text
from goalmap.ingest.watch import Watch

DOCUMENTS = Path(__file__).parent / "data" / "documents"
SENTENCE = "Café Wenlow lends £5 – and “more” – to anybody who asks for it in the spring."


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_decoded(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)).removeprefix("\ufeff") == SENTENCE


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
