"""Outlook messages, written by hand as Outlook writes them."""

from datetime import UTC, datetime
from pathlib import PurePath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goalmap.ingest.document import Kind, Metadata, Status
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.mail.outlook import read_outlook
from goalmap.ingest.mail.outlook_rtf import unpacked_rtf
from goalmap.ingest.mail.reader import read_mail
from goalmap.ingest.read import document_of
from goalmap.ingest.watch import Watch
from tests.make_msg import Folder, attachment, compound_file, message

SUBJECT, SENDER, ADDRESS, BODY, RTF, HTML = 0x0037, 0x0C1A, 0x5D01, 0x1000, 0x1009, 0x1013
SENT = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)
TEXTS: dict[int, str | bytes] = {
    SUBJECT: "FW: Café lends tablets",
    SENDER: "Ann Lee",
    BODY: "The Trust lent 300 tablets for £5 each.\r\n\r\nIt is open to all.\r\n",
}
INNER = message(
    {SUBJECT: "Nursery: a plan", SENDER: "Bob Hill", ADDRESS: "bob@hill.example", BODY: "The nursery opens in May."},
    (attachment("costs.txt", b"It costs 40,000 pounds a year."),),
    SENT,
    is_inner=True,
)
PACKED_HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


def outlook(*attachments: Folder) -> bytes:
    return compound_file(message(TEXTS, attachments, SENT))


@pytest.mark.parametrize("is_wide", [True, False])
def test_a_message_has_its_subject_sender_date_and_text(is_wide: bool) -> None:
    reading = read_outlook(compound_file(message(TEXTS, (), SENT, is_wide=is_wide)), Watch.over())
    assert reading.metadata == Metadata("Café lends tablets", "Ann Lee", "2024-05-03")
    assert [(block.text, block.kind) for block in reading.blocks] == [
        ("Café lends tablets", Kind.TITLE),
        ("The Trust lent 300 tablets for £5 each.", Kind.BODY),
        ("It is open to all.", Kind.BODY),
    ]


def test_attachments_are_parts_but_for_pictures() -> None:
    data = outlook(attachment("plan.txt", b"The plan. " * 1000), attachment("logo.png", b"\x89PNG"))
    assert [(part.name, len(part.data)) for part in read_outlook(data, Watch.over()).parts] == [("plan.txt", 10_000)]


def test_a_message_in_a_message_is_a_document_with_its_own_attachments() -> None:
    document = document_of(PurePath("a.msg"), outlook(attachment("Nursery", INNER)), Watch.over())
    (inner,) = document.parts
    assert (inner.path, inner.title, inner.published) == ("a.msg/Nursery: a plan.eml", "Nursery: a plan", "2024-05-03")
    assert "The nursery opens in May." in [passage.text for passage in inner.passages]
    assert [(part.path, part.status) for part in inner.parts] == [("a.msg/Nursery: a plan.eml/costs.txt", Status.OK)]


def test_a_message_in_a_message_keeps_its_sender() -> None:
    (part,) = read_outlook(outlook(attachment("Nursery", INNER)), Watch.over()).parts
    assert read_mail(part.data, Watch.over()).metadata.publisher == "Bob Hill"


def test_a_message_in_a_message_has_the_same_bytes_each_time() -> None:
    data = outlook(attachment("Nursery", INNER))
    assert len({part.data for _ in range(3) for part in read_outlook(data, Watch.over()).parts}) == 1


def test_html_is_read_where_there_is_no_plain_text() -> None:
    page = "<p>The Trust lent <b>300 tablets</b> for £5 each in the spring.</p>".encode()
    reading = read_outlook(compound_file(message({SUBJECT: "News", HTML: page})), Watch.over())
    assert reading.blocks[-1].text == "The Trust lent 300 tablets for £5 each in the spring."


def test_formatted_text_is_read_where_there_is_no_other() -> None:
    reading = read_outlook(compound_file(message({SUBJECT: "News", RTF: PACKED_HELLO})), Watch.over())
    assert reading.blocks[-1].text == "hello world"


def test_compressed_text_is_unpacked_as_far_as_it_goes() -> None:
    assert unpacked_rtf(PACKED_HELLO) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked_rtf(PACKED_HELLO[:30]).startswith(b"{\\rtf1\\ansi")
    assert unpacked_rtf(b"") == unpacked_rtf(bytes(40)) == b""


def test_an_attachment_that_is_only_linked_to_is_told() -> None:
    linked = {name: data for name, data in attachment("plan.docx", b"").items() if not name.endswith("37010102")}
    assert (
        read_outlook(outlook(linked), Watch.over()).problem
        == "The attachment plan.docx is only linked to, not in the file."
    )


def test_a_message_without_text_says_so() -> None:
    with pytest.raises(NoText):
        read_outlook(compound_file(message({SUBJECT: "Empty"})), Watch.over())


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"no message"])
def test_what_is_no_message_is_told(data: bytes) -> None:
    with pytest.raises(ReadProblem):
        read_outlook(data, Watch.over())


WHOLE = outlook(attachment("plan.txt", b"The plan. " * 500), attachment("Nursery", INNER))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
@example([(32, 63)])
def test_a_damaged_message_never_stops_a_run(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    try:
        parts = list(read_outlook(bytes(data), Watch.over()).parts)
    except ReadProblem:
        return
    assert all(isinstance(part.data, bytes) for part in parts)
