"""E-mail (EML): the subject as title, then the message's text; attachments are parts."""

import email
import email.errors
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from functools import partial
from mimetypes import MimeTypes
from pathlib import PurePath

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Part, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem, Unsupported
from goalmap.ingest.mail.correspondence import Letter, blocks_of_message, is_stub, reading_of
from goalmap.ingest.text.encodings import decode
from goalmap.ingest.watch import Watch
from goalmap.ingest.web.reader import read_web

TEXTS = ("text/plain", "text/html")
PICTURES = ("image", "audio", "video")
ENVELOPE = re.compile(r"(?:application/(?:(?:x-)?pkcs7-signature|pgp-signature)|message/(?!rfc822).*)")
"""What is no file: a signature, a postmaster's report."""
SEALED = re.compile(r"application/(?:(?:x-)?pkcs7-mime|pgp-encrypted)")
CALENDAR = "text/calendar"
OUTLOOK_ONLY = "application/ms-tnef"
LONGEST_HEADER = 500
"""Characters of a header that are read."""
WESTERN = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252"}
"""What says that it is the first is the second as a rule, and never differs in a character that is typed."""
TYPES = MimeTypes()
AS_IT_WAS = email.policy.compat32.clone(max_line_length=0)
"""Headers are not folded anew."""
SIGNATURE = "-- "
FLOWED_LINE = re.compile(r"(?P<quote>>*) ?(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of a message that holds no others, and which choice between versions of a text it belongs to."""

    message: Message
    choice: int | None = None

    @property
    def type(self) -> str:
        return self.message.get_content_type()

    @property
    def is_text(self) -> bool:
        return (
            self.type in TEXTS
            and self.message.get_content_disposition() != "attachment"
            and not self.message.get_filename()
        )


def read_mail(data: bytes, watch: Watch) -> Reading:
    """The blocks of an e-mail in RFC 5322 form. Raises NoText, NeedsPassword or ReadProblem."""
    try:
        message = email.message_from_bytes(data)
    except RecursionError as error:
        raise ReadProblem("The e-mail holds messages inside messages, too deep to read.") from error
    leaves = list(_leaves(message))
    texts = [leaf for leaf in leaves if leaf.is_text]
    attached = [leaf for leaf in leaves if not leaf.is_text and _is_attachment(leaf)]
    if not texts and any(SEALED.fullmatch(leaf.type) for leaf in leaves):
        raise NeedsPassword("The e-mail is encrypted. Save it decrypted and ingest that.")
    name, address = email.utils.parseaddr(header(message, "from"))
    return reading_of(
        Letter(
            subject=header(message, "subject"),
            sender=name or address,
            published=_date(header(message, "date")),
            blocks=tuple(_blocks(texts, watch)),
            parts=(_part(leaf.message) for leaf in attached),
            has_parts=bool(attached),
            note=_note(leaves),
        )
    )


# Headers


def header(message: Message, name: str) -> str:
    """A header's text, decoded; empty where there is none."""
    raw = next((str(value) for field, value in message.raw_items() if field.casefold() == name), "")
    return _header_text(raw)


def _header_text(raw: str) -> str:
    """The text of a header or file name with its encoded words spelt out."""
    line = clean(_text_of(raw[:LONGEST_HEADER].encode("utf-8", "surrogateescape"), None))
    try:
        pieces = email.header.decode_header(line)
    except (email.errors.HeaderParseError, ValueError):  # broken base64 in an encoded word
        return line
    return clean("".join(text if isinstance(text, str) else _text_of(text, charset) for text, charset in pieces))


def _text_of(data: bytes, charset: str | None) -> str:
    with suppress(LookupError, ValueError):
        return data.decode(charset or "utf-8")
    return data.decode("cp1252", errors="replace")


def _date(text: str) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


# Leaves


def _leaves(message: Message) -> Iterator[Leaf]:
    """The leaves in order; a message inside a message is one."""
    waiting = [Leaf(message)]
    while waiting:
        leaf = waiting.pop()
        payload = leaf.message.get_payload()
        if leaf.message.get_content_maintype() != "multipart" or not isinstance(payload, list):
            yield leaf
            continue
        is_choice = leaf.type == "multipart/alternative" and leaf.choice is None
        choice = id(leaf.message) if is_choice else leaf.choice
        waiting += [Leaf(child, choice) for child in reversed(payload) if isinstance(child, Message)]


def _is_attachment(leaf: Leaf) -> bool:
    named = leaf.message.get_filename() is not None
    return not (
        _is_picture(leaf)
        or ENVELOPE.fullmatch(leaf.type)
        or leaf.type == OUTLOOK_ONLY
        or (leaf.type == CALENDAR and not named)
        or (leaf.type.startswith("multipart/") and not named)
    )


def _is_picture(leaf: Leaf) -> bool:
    return is_picture(leaf.message.get_filename() or "", leaf.type)


def is_picture(name: str, content_type: str) -> bool:
    """Whether an attachment is a picture, a recording or a film, by its name or by what the e-mail says of it."""
    guessed, _ = TYPES.guess_type(name)
    return any((kind or "").split("/")[0] in PICTURES for kind in (content_type, guessed))


def _note(leaves: Sequence[Leaf]) -> str | None:
    pictures = sum(_is_picture(leaf) and leaf.message.get_content_disposition() == "attachment" for leaf in leaves)
    notes = []
    if pictures:
        notes.append(f"{pictures} attached {'picture is' if pictures == 1 else 'pictures are'} not read.")
    if any(leaf.type == OUTLOOK_ONLY for leaf in leaves):
        notes.append("Its winmail.dat, which only Outlook opens, is not read.")
    return " ".join(notes) or None


# Text


def _blocks(texts: Sequence[Leaf], watch: Watch) -> Iterator[Block]:
    """The blocks of all texts; of a text in several versions, those of the plain one unless it is a stub."""
    choices: dict[int, dict[str, tuple[Block, ...]]] = {}
    for leaf in texts:
        versions = choices.setdefault(leaf.choice or id(leaf), {})
        versions[leaf.type] = (*versions.get(leaf.type, ()), *_blocks_of(leaf.message, watch))
    for versions in choices.values():
        plain, page = (versions.get(kind, ()) for kind in TEXTS)
        yield from page if is_stub(plain, page) else plain


def _blocks_of(message: Message, watch: Watch) -> tuple[Block, ...]:
    try:
        text = _decoded(_payload(message), message.get_content_charset())
        if message.get_content_type() == "text/html":
            return read_web(text.encode("utf-8", "replace"), watch).blocks
    except (NoText, Unsupported):
        return ()
    return blocks_of_message(_unflowed(text, message))


def _payload(message: Message) -> bytes:
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(data: bytes, charset: str | None) -> str:
    if charset not in (None, "us-ascii"):
        with suppress(LookupError, ValueError):
            return data.decode(WESTERN.get(charset, charset))
    return decode(data)


def _unflowed(text: str, message: Message) -> str:
    """Text of which each line that ends in a space goes on in the next, made whole."""
    if str(message.get_param("format", "")).casefold() != "flowed":
        return text
    glue = "" if str(message.get_param("delsp", "")).casefold() == "yes" else " "
    lines: list[list[str]] = []
    open_quote: str | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        match = FLOWED_LINE.fullmatch(line)
        quote, words = (match["quote"], match["text"]) if match else ("", line)
        if open_quote == quote:
            lines[-1].append(words.rstrip(" "))
        else:
            lines.append([f"{quote} {words}".strip() if words != SIGNATURE else words])
        open_quote = quote if words.endswith(" ") and words != SIGNATURE else None
    return "\n".join(glue.join(pieces) for pieces in lines)


# Attachments


def _part(message: Message) -> Part:
    payload = message.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if message.get_content_type() == "message/rfc822" and isinstance(inner, Message):
        return Part(f"{header(inner, 'subject') or 'message'}.eml", partial(inner.as_bytes, policy=AS_IT_WAS))
    name = _header_text(message.get_filename() or "") or "attachment"
    return Part(
        name + ("" if PurePath(name).suffix else _suffix(message.get_content_type())), partial(_payload, message)
    )


def _suffix(content_type: str) -> str:
    return "" if content_type == "application/octet-stream" else TYPES.guess_extension(content_type) or ""
