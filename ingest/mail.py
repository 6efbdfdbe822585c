"""E-mail: the subject as title, the message's text, then the text of each attachment."""

import email
import email.message
import email.policy
import email.utils
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import PurePath

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.readers import reader_for
from goalmap.ingest.text import blocks_of_text, decode
from goalmap.ingest.watch import Watch
from goalmap.ingest.web import read_web

TITLE_PLACES = 3
"""Among how many blocks at its head a message may repeat its subject."""
PICTURES = ("image", "audio", "video")


def read_mail(data: bytes, watch: Watch) -> Reading:
    """The blocks of an e-mail in RFC 5322 form. Raises NoText or ReadProblem."""
    try:
        message = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
        body = message.get_body(("plain", "html"))
    except RecursionError as error:
        raise ReadProblem("The e-mail holds messages inside messages, too deep to read.") from error
    attachments = [_attachment(part, watch) for part in message.iter_attachments() if _may_hold_text(part)]
    blocks = [*(_body(body, watch) if body else ()), *(block for blocks, _ in attachments for block in blocks)]
    if not blocks:
        raise NoText("The e-mail has no text.")
    metadata = _metadata(message)
    problem = " ".join(problem for _, problem in attachments if problem) or None
    return Reading(tuple(_with_subject(blocks, metadata.title)), metadata, problem=problem)


def _body(body: email.message.MIMEPart, watch: Watch) -> tuple[Block, ...]:
    data = _payload(body)
    if not data.strip():
        return ()
    if body.get_content_type() == "text/html":
        return read_web(data, watch).blocks
    return tuple(blocks_of_text(_decoded(data, body.get_content_charset())))


def _payload(part: email.message.Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _with_subject(blocks: list[Block], subject: str | None) -> Iterator[Block]:
    """The blocks under the subject as title; where the message itself begins with it, it is not said twice."""
    if subject is None:
        return iter(blocks)
    title = Block(subject, Kind.TITLE)
    head = [block for block in blocks[:TITLE_PLACES] if block.text.casefold() != subject.casefold()]
    return iter([title, *head, *blocks[TITLE_PLACES:]])


# Attachments


def _may_hold_text(part: email.message.Message) -> bool:
    return part.get_content_maintype() not in PICTURES


def _attachment(part: email.message.Message, watch: Watch) -> tuple[list[Block], str | None]:
    """The blocks of an attachment under its name, without places on its pages; or what is wrong with it."""
    name = clean(part.get_filename() or part.get_content_type())
    try:
        reading = reader_for(PurePath(name), _payload(part)).read(_payload(part), watch)
    except ReadProblem as problem:
        return [], f"The attachment {name} is not read. {problem}"
    except Exception as error:  # as in read_document: a parser may raise anything on a damaged file
        return [], f"The attachment {name} is damaged or of an unknown make ({type(error).__name__})."
    heading = Block(f"Attachment: {name}", Kind.HEADING)
    return [heading, *(Block(block.text, block.kind, linked=block.linked) for block in reading.blocks)], reading.problem


# Metadata


def _metadata(message: EmailMessage) -> Metadata:
    name, _ = email.utils.parseaddr(str(message.get("From", "")))
    return Metadata(clean(str(message.get("Subject", ""))) or None, clean(name) or None, _date(message))


def _date(message: EmailMessage) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except ValueError:
        return None
