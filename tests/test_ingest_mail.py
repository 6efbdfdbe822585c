"""E-mail: the message is a document, and each attachment one inside it."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from goalmap.ingest.document import Document, Kind, Status
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem
from goalmap.ingest.mail.reader import read_mail
from goalmap.ingest.read import read_document
from goalmap.ingest.watch import Watch

DOCUMENTS = Path(__file__).parent / "data" / "documents"


@pytest.fixture(scope="module")
def release() -> Document:
    return read_document(DOCUMENTS / "release.eml")


HEAD = b"From: a@b.example\nSubject: Nursery\nContent-Type: text/plain; charset=utf-8\n\n"


def kinds(raw: bytes) -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in read_mail(raw, Watch.over()).blocks]


def texts(raw: bytes) -> list[str]:
    return [text for text, _ in kinds(raw)]


def message(text: str | None = None, subject: str = "A subject") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = subject, "Ann Lee <ann@wenlow.example>"
    if text is not None:
        mail.set_content(text)
    return mail


def test_the_subject_is_the_title(release: Document) -> None:
    assert release.title == "Trust lends tablets to 300 patients"
    assert release.published == "2024-05-03"


def test_an_attachment_is_a_document_of_its_own(release: Document) -> None:
    (figures,) = release.parts
    assert figures.path.endswith("release.eml/figures.txt")
    assert [passage.text for passage in figures.passages] == [
        "The respiratory clinic lent 120 of the tablets in the year to March 2024."
    ]
    assert not any("respiratory" in passage.text for passage in release.passages)
    assert release.status is Status.OK


def test_the_charset_that_a_message_names_is_used(release: Document) -> None:
    assert any("for £30." in passage.text for passage in release.passages)


def test_attachments_are_parts_in_order_but_for_pictures_and_signatures() -> None:
    mail = message("The Trust opened a nursery in the spring.")
    mail.add_attachment(b"plan", maintype="application", subtype="octet-stream", filename="plan.xyz")
    mail.add_attachment(b"\x89PNG", maintype="application", subtype="octet-stream", filename="logo.png")
    mail.add_attachment(b"sound", maintype="audio", subtype="mpeg", filename="talk")
    mail.add_attachment(b"signed", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="bericht für alle")
    mail.add_attachment(b"tnef", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    reading = read_mail(mail.as_bytes(), Watch.over())
    assert [(part.name, part.data) for part in reading.parts] == [
        ("plan.xyz", b"plan"),
        ("bericht für alle.pdf", b"%PDF-1.7"),
    ]
    assert reading.problem is None
    assert reading.note == "2 attached pictures are not read. Its winmail.dat, which only Outlook opens, is not read."


def test_a_message_in_a_message_is_a_part_named_by_its_subject() -> None:
    inner = message("The nursery opens in May.", subject="Nursery: für alle")
    outer = message("Please see below.")
    outer.add_attachment(inner)
    (part,) = read_mail(outer.as_bytes(), Watch.over()).parts
    assert part.name == "Nursery: für alle.eml"
    assert read_mail(part.data, Watch.over()).blocks[-1].text == "The nursery opens in May."


def test_text_after_an_attachment_belongs_to_the_message() -> None:
    raw = (
        b'Subject: News\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nThe Trust opened a nursery.\n--b\n'
        b'Content-Disposition: attachment; filename="a.pdf"\n\nx\n--b\n\nIt is open to all.\n--b--\n'
    )
    assert texts(raw)[1:] == ["The Trust opened a nursery.", "It is open to all."]


def test_pages_with_inline_pictures_are_read() -> None:
    mail = message()
    mail.set_content("<p>The Trust opened a nursery for sixty children.</p><img src='cid:a'>", subtype="html")
    mail.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<a>")
    reading = read_mail(mail.as_bytes(), Watch.over())
    assert reading.blocks[-1].text == "The Trust opened a nursery for sixty children."
    assert (list(reading.parts), reading.note) == ([], None)


def test_the_page_is_read_where_the_plain_text_only_stands_in_for_it() -> None:
    mail = message("Please view this message in a browser.")
    story = "The Trust opened a nursery for sixty children of staff and of families nearby in the spring. " * 3
    mail.add_alternative(f"<h1>News</h1><p>{story}</p>", subtype="html")
    assert texts(mail.as_bytes())[1:] == ["News", story.strip()]


def test_lines_of_earlier_messages_are_small_print() -> None:
    raw = HEAD + (
        b"We opened it in May.\n\nOn Fri, 3 May 2024 at 10:12, Bob Hill of the Wenlow Herald <bob@hill.example>\n"
        b"wrote:\n> When did the nursery of the hospital at Wenlow Cross\n> open its doors?\n\nWe are glad that you ask.\n"
    )
    assert kinds(raw)[1:] == [
        ("We opened it in May.", Kind.BODY),
        ("On Fri, 3 May 2024 at 10:12, Bob Hill of the Wenlow Herald <bob@hill.example> wrote:", Kind.BOILERPLATE),
        ("When did the nursery of the hospital at Wenlow Cross open its doors?", Kind.BOILERPLATE),
        ("We are glad that you ask.", Kind.BODY),
    ]


EARLIER = (
    b"-----Original Message-----\nFrom: Bob Hill\nSent: 3 May 2024\nTo: Ann Lee\nSubject: News\n\nA nursery opened.\n"
)


@pytest.mark.parametrize(("prefix", "kind"), [("RE: ", Kind.BOILERPLATE), ("FW: ", Kind.BODY)])
def test_an_earlier_message_is_the_matter_of_one_that_forwards_it(prefix: str, kind: Kind) -> None:
    raw = HEAD.replace(b"Subject: ", b"Subject: " + prefix.encode()) + b"See below, please.\n\n" + EARLIER
    found = kinds(raw)
    assert found[0] == ("Nursery", Kind.TITLE)
    assert [kind for _, kind in found[3:7]] == [Kind.HEADER] * 4
    assert found[-1] == ("A nursery opened.", kind)


def test_a_message_that_is_all_quoted_is_text() -> None:
    assert kinds(HEAD + b"> The Trust opened a nursery for\n> sixty children.\n")[-1][1] is Kind.BODY


def test_a_signature_is_contact_details() -> None:
    found = kinds(HEAD + b"We opened it in May.\nSent from my phone\n-- \nAnn Lee\nPress Office, Wenlow\n")
    assert found[-2:] == [("Ann Lee", Kind.CONTACT), ("Press Office, Wenlow", Kind.CONTACT)]


def test_a_long_text_after_two_dashes_is_no_signature() -> None:
    body = b"We opened it in May.\n-- \n" + b"\n".join(b"The nursery has room %d." % number for number in range(20))
    assert Kind.CONTACT not in [kind for _, kind in kinds(HEAD + body)]


def test_flowed_lines_are_made_whole() -> None:
    head = HEAD.replace(b"text/plain", b"text/plain; format=flowed")
    assert texts(head + b"The Trust opened \na nursery.\nIt is open.\n>> An older \n>> question\n")[1:] == [
        "The Trust opened a nursery.",
        "It is open.",
        "An older question",
    ]


def test_encoded_headers_are_spelt_out() -> None:
    raw = b"From: =?utf-8?q?Caf=C3=A9_Wenlow?= <a@b.example>\nSubject: =?iso-8859-1?q?Caf=E9?= =?utf-8?b?IG5ld3M=?=\n\nText.\n"
    metadata = read_mail(raw, Watch.over()).metadata
    assert (metadata.title, metadata.publisher) == ("Café news", "Café Wenlow")


@pytest.mark.parametrize(
    "header",
    [b"Subject: =?utf-8?b?####?=", b"Date: 99 Foo 20245", b"From: \xff\xfe <", b"Content-Type: text/plain; charset*=x"],
)
def test_broken_headers_do_no_harm(header: bytes) -> None:
    assert (
        texts(b"From: a@b.example\n" + header + b"\n\nThe Trust opened a nursery.\n")[-1]
        == "The Trust opened a nursery."
    )


def test_broken_base64_gives_what_it_can() -> None:
    raw = HEAD.replace(b"\n\n", b"\nContent-Transfer-Encoding: base64\n\n") + b"VGhlIFRydXN0IG9wZW5lZCBhIG51cnNlcnk\n"
    assert read_mail(raw, Watch.over()).blocks


def test_a_header_of_a_megabyte_is_cut() -> None:
    title = read_mail(b"Subject: " + b"a" * 1_000_000 + b"\n\nText.\n", Watch.over()).metadata.title
    assert title is not None
    assert len(title) == 500


def test_an_encrypted_message_asks_to_be_decrypted() -> None:
    raw = b"Subject: A\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIB\n"
    with pytest.raises(NeedsPassword):
        read_mail(raw, Watch.over())


def test_a_message_that_begins_with_its_subject_says_it_once() -> None:
    blocks = read_mail(
        message("A subject\n\nThe Trust opened a nursery in the spring.\n").as_bytes(), Watch.over()
    ).blocks
    assert [block.text for block in blocks] == ["A subject", "The Trust opened a nursery in the spring."]


def test_html_is_read_where_there_is_no_plain_text() -> None:
    mail = message()
    mail.set_content("<html><body><h2>News</h2><p>The Trust opened a nursery.</p></body></html>", subtype="html")
    assert [block.kind for block in read_mail(mail.as_bytes(), Watch.over()).blocks] == [
        Kind.TITLE,
        Kind.HEADING,
        Kind.BODY,
    ]


def test_an_unknown_charset_is_guessed() -> None:
    raw = b"Subject: A\nFrom: b@c.example\nContent-Type: text/plain; charset=klingon\n\nThe Trust opened a nursery.\n"
    assert read_mail(raw, Watch.over()).blocks[-1].text == "The Trust opened a nursery."


def test_a_message_without_text_says_so() -> None:
    with pytest.raises(NoText):
        read_mail(message("").as_bytes(), Watch.over())


def test_messages_nested_too_deep_are_refused() -> None:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="{i}"\n\n--{i}\n' for i in range(1500))
    with pytest.raises(ReadProblem):
        read_mail(b"Subject: deep\nFrom: a@b.example\nMIME-Version: 1.0\n" + parts.encode(), Watch.over())
