"""Outlook messages (MSG): the subject as title, then the message's text; attachments and messages in the message are parts.

The file is a small file system: each property of the message is a stream named by its number and type, and each attachment a
folder of such streams.
"""

import hashlib
import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from functools import partial
from typing import Any

import olefile

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Part, Reading
from goalmap.ingest.errors import NoText, ReadProblem, Unsupported
from goalmap.ingest.mail.correspondence import Letter, blocks_of_message, is_stub, reading_of
from goalmap.ingest.mail.outlook_rtf import unpacked_rtf
from goalmap.ingest.mail.reader import is_picture
from goalmap.ingest.office.rtf import read_rtf
from goalmap.ingest.office.rtf_tables import codec_of_page
from goalmap.ingest.text.encodings import decode
from goalmap.ingest.watch import Watch
from goalmap.ingest.web.reader import read_web

PROPERTIES, ATTACHMENT, INNER = "__properties_version1.0", "__attach_version1.0_#", "__substg1.0_3701000D"
STREAM = "__substg1.0_{number:04X}{kind:04X}"
WIDE, NARROW, BINARY = 0x001F, 0x001E, 0x0102
"""Kinds of properties: text in UTF-16, text in the message's code page, bytes."""
SUBJECT, SENDER, ADDRESS, SMTP_ADDRESS, FIRST_SENDER = 0x0037, 0x0C1A, 0x0C1F, 0x5D01, 0x0042
BODY, RTF, HTML = 0x1000, 0x1009, 0x1013
SENT, RECEIVED, CODE_PAGE, HTML_CODE_PAGE = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
DATA, SHORT_NAME, LONG_NAME, SHOWN_NAME, TYPE = 0x3701, 0x3704, 0x3707, 0x3001, 0x370E
HEADER_OF_MESSAGE, HEADER_OF_INNER = 32, 24
ADDRESS_FORM = re.compile(r"[\w.+-]+@[\w.-]+", re.A)
NO_ADDRESS = "sender@unknown.invalid"
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
BROKEN = "The Outlook message is broken. Open it in Outlook and save it as .eml or PDF."
LINKED = "The attachment {name} is only linked to, not in the file."


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of properties: the message, an attachment, a message in an attachment."""

    file: Any
    path: tuple[str, ...] = ()
    header: int = HEADER_OF_MESSAGE

    def stream(self, name: str) -> bytes | None:
        place = [*self.path, name]
        try:
            return bytes(self.file.openstream(place).read()) if self.file.exists(place) else None
        except (OSError, OverflowError):
            return None

    def has(self, name: str) -> bool:
        return bool(self.file.exists([*self.path, name]))

    def binary(self, number: int) -> bytes | None:
        return self.stream(STREAM.format(number=number, kind=BINARY))

    def text(self, *numbers: int) -> str:
        """The first of these properties that says something."""
        return next((text for number in numbers if (text := self._text(number))), "")

    def _text(self, number: int) -> str:
        wide = self.stream(STREAM.format(number=number, kind=WIDE))
        if wide is not None:
            return wide.decode("utf-16-le", errors="replace").rstrip("\0")
        narrow = self.stream(STREAM.format(number=number, kind=NARROW)) or b""
        return narrow.decode(codec_of_page(self.number(CODE_PAGE) or 1252), errors="replace").rstrip("\0")

    def number(self, number: int) -> int | None:
        value = self._fixed(number)
        return None if value is None else int(struct.unpack("<I", value[:4])[0])

    def date(self, *numbers: int) -> datetime | None:
        """The first of these properties that is a date."""
        values = (self._fixed(number) for number in numbers)
        ticks = next((struct.unpack("<Q", value)[0] for value in values if value and any(value)), None)
        try:
            return None if ticks is None else EPOCH + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return None

    def _fixed(self, number: int) -> bytes | None:
        """The eight bytes of a property that has no stream of its own."""
        table = self.stream(PROPERTIES) or b""
        rows = (table[start : start + 16] for start in range(self.header, len(table) - 15, 16))
        return next((row[8:] for row in rows if struct.unpack("<H", row[2:4])[0] == number), None)

    def inside(self, name: str, header: int) -> "Folder":
        return Folder(self.file, (*self.path, name), header)

    def attachments(self) -> Iterator["Folder"]:
        names = {
            place[len(self.path)]: None
            for place in self.file.listdir(streams=False, storages=True)
            if tuple(place[: len(self.path)]) == self.path and len(place) > len(self.path)
        }
        return (self.inside(name, 8) for name in names if name.startswith(ATTACHMENT))


def read_outlook(data: bytes, watch: Watch) -> Reading:
    """The blocks of an MSG file. Raises NoText or ReadProblem."""
    try:
        message = Folder(olefile.OleFileIO(io.BytesIO(data)))
    except (OSError, ValueError, IndexError, struct.error, RecursionError) as error:
        raise ReadProblem(BROKEN) from error
    attached = [folder for folder in message.attachments() if not _is_picture(folder)]
    kept = [folder for folder in attached if _is_held(folder)]
    sent = message.date(SENT, RECEIVED)
    linked = " ".join(LINKED.format(name=_name(folder)) for folder in attached if not _is_held(folder))
    return reading_of(
        Letter(
            subject=message.text(SUBJECT),
            sender=_sender(message)[0] or _sender(message)[1],
            published=sent.date().isoformat() if sent else None,
            blocks=_blocks(message, watch),
            parts=(_part(folder, watch.limits.max_depth) for folder in kept),
            has_parts=bool(kept),
            problem=linked or None,
        )
    )


def _sender(message: Folder) -> tuple[str, str]:
    """The name and the address of whoever sent the message."""
    return clean(message.text(SENDER, FIRST_SENDER)), clean(message.text(SMTP_ADDRESS, ADDRESS))


# Text


def _blocks(message: Folder, watch: Watch) -> tuple[Block, ...]:
    """The plain text unless it is a stub, else that of the page, else that in Outlook's own form."""
    plain = blocks_of_message(message.text(BODY))
    page = _page(message, watch)
    if plain or page:
        return page if is_stub(plain, page) else plain
    try:
        return read_rtf(unpacked_rtf(message.binary(RTF) or b""), watch).blocks
    except ReadProblem:
        return ()


def _page(message: Folder, watch: Watch) -> tuple[Block, ...]:
    try:
        return read_web(_html(message).encode("utf-8", "replace"), watch).blocks
    except (NoText, Unsupported):
        return ()


def _html(message: Folder) -> str:
    data = message.binary(HTML)
    if data is None:
        return message.text(HTML)
    code_page = message.number(HTML_CODE_PAGE)
    return data.decode(codec_of_page(code_page), errors="replace") if code_page else decode(data)


# Attachments


def _name(folder: Folder) -> str:
    return clean(folder.text(LONG_NAME, SHORT_NAME, SHOWN_NAME)) or "attachment"


def _is_picture(folder: Folder) -> bool:
    return not folder.has(INNER) and is_picture(_name(folder), folder.text(TYPE))


def _is_held(folder: Folder) -> bool:
    return folder.has(INNER) or folder.has(STREAM.format(number=DATA, kind=BINARY))


def _part(folder: Folder, depth: int) -> Part:
    inner = folder.inside(INNER, HEADER_OF_INNER)
    if inner.has(PROPERTIES):
        return Part(f"{clean(inner.text(SUBJECT)) or 'message'}.eml", _as_mail(inner, depth).as_bytes)
    return Part(_name(folder), partial(_content, folder))


def _content(folder: Folder) -> bytes:
    return folder.binary(DATA) or b""


def _as_mail(message: Folder, depth: int) -> EmailMessage:
    """A message in a message as an e-mail, because it is no file by itself."""
    mail = EmailMessage()
    mail["Subject"] = clean(message.text(SUBJECT))
    name, address = _sender(message)
    mail["From"] = formataddr((name, address if ADDRESS_FORM.fullmatch(address) else NO_ADDRESS))
    if sent := message.date(SENT, RECEIVED):
        mail["Date"] = format_datetime(sent)
    mail.set_content(message.text(BODY))
    if html := _html(message):
        mail.add_alternative(html, subtype="html")
    for folder in message.attachments() if depth > 0 else ():
        if _is_held(folder) and not _is_picture(folder):
            part = _part(folder, depth - 1)
            mail.add_attachment(part.data, "application", "octet-stream", filename=part.name)
    _set_boundaries(mail)
    return mail


def _set_boundaries(mail: EmailMessage) -> None:
    """Give the same message the same bytes each time."""
    for number, part in enumerate(mail.walk()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_{number}_{hashlib.sha256(str(mail.get_body()).encode()).hexdigest()[:24]}")
