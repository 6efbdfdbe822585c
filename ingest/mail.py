"""E-mail: the subject as title, then the message's text; attachments are named, not read."""

import email
import email.message
import email.policy
import email.utils

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.text import blocks_of_text, decode
from goalmap.ingest.web import read_web


def read_mail(data: bytes) -> Reading:
    """The blocks of an e-mail in RFC 5322 form. Raises NoText or ReadProblem."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        body = message.get_body(("plain", "html"))
    except RecursionError as error:
        raise ReadProblem("The e-mail holds messages inside messages, too deep to read.") from error
    if body is None:
        raise NoText("The e-mail has no text. Save its attachments beside it and ingest those.")
    metadata = _metadata(message)
    title = [Block(metadata.title, Kind.TITLE)] if metadata.title else []
    return Reading((*title, *_blocks(body)), metadata, problem=_attachments(message))


def _blocks(body: email.message.EmailMessage) -> tuple[Block, ...]:
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if body.get_content_type() == "text/html":
        return read_web(data).blocks
    return tuple(blocks_of_text(_decoded(data, body.get_content_charset())))


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _metadata(message: email.message.EmailMessage) -> Metadata:
    name, _ = email.utils.parseaddr(str(message.get("From", "")))
    return Metadata(clean(str(message.get("Subject", ""))) or None, clean(name) or None, _date(message))


def _date(message: email.message.EmailMessage) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except ValueError:
        return None


def _attachments(message: email.message.EmailMessage) -> str | None:
    names = [clean(part.get_filename() or part.get_content_type()) for part in message.iter_attachments()]
    if not names:
        return None
    return f"Attachments are not read: {', '.join(names)}. Save them beside the e-mail and ingest the folder again."
