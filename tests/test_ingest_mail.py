"""E-mail: the message and its attachments are one document."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from goalmap.ingest.document import Document, Kind, Status
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.mail import read_mail
from goalmap.ingest.read import read_document
from goalmap.ingest.watch import Watch

DOCUMENTS = Path(__file__).parent / "data" / "documents"


@pytest.fixture(scope="module")
def release() -> Document:
    return read_document(DOCUMENTS / "release.eml")


def message(text: str | None = None, subject: str = "A subject") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = subject, "Ann Lee <ann@wenlow.example>"
    if text is not None:
        mail.set_content(text)
    return mail


def test_the_subject_is_the_title(release: Document) -> None:
    assert release.title == "Trust lends tablets to 300 patients"
    assert release.published == "2024-05-03"


def test_the_text_of_an_attachment_follows_the_message(release: Document) -> None:
    kinds = {passage.text[:30]: passage.kind for passage in release.passages}
    assert kinds["Wenlow Valley NHS Trust has le"] is Kind.BODY
    assert kinds["Attachment: figures.txt"] is Kind.HEADING
    assert kinds["The respiratory clinic lent 12"] is Kind.BODY
    assert release.status is Status.OK


def test_the_charset_that_a_message_names_is_used(release: Document) -> None:
    assert any("for £30." in passage.text for passage in release.passages)


def test_an_attachment_that_cannot_be_read_is_named() -> None:
    mail = message("The Trust opened a nursery in the spring.")
    mail.add_attachment(b"\0\1\2\3", maintype="application", subtype="octet-stream", filename="plan.xyz")
    reading = read_mail(mail.as_bytes(), Watch.over())
    assert reading.problem is not None
    assert reading.problem.startswith("The attachment plan.xyz is not read. No reader for .xyz.")


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
