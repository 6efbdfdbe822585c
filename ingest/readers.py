"""The table of readers: which file is read by what."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from goalmap.ingest.document import Reading
from goalmap.ingest.errors import NeedsPassword, Unsupported

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 4096
"""Bytes at the start of a file in which its format shows."""
MAIL_HEAD = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
MAIL_FIELDS = re.compile(rb"^(?:from|to|subject|date|mime-version|received|message-id):", re.I | re.M)
HTML_HEAD = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format: its suffixes, how its content shows, and the function that reads its bytes."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], Reading]
    recognises: Callable[[bytes], bool] = lambda head: False


def _read_pdf(data: bytes) -> Reading:
    from goalmap.ingest.pdf import read_pdf

    return read_pdf(data)


def _read_word(data: bytes) -> Reading:
    from goalmap.ingest.word import read_word

    return read_word(data)


def _read_web(data: bytes) -> Reading:
    from goalmap.ingest.web import read_web

    return read_web(data)


def _read_mail(data: bytes) -> Reading:
    from goalmap.ingest.mail import read_mail

    return read_mail(data)


def _read_markdown(data: bytes) -> Reading:
    from goalmap.ingest.markdown import read_markdown

    return read_markdown(data)


def _read_text(data: bytes) -> Reading:
    from goalmap.ingest.text import read_text

    return read_text(data)


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
READERS = (
    Reader("pdf", "application/pdf", (".pdf",), _read_pdf, lambda head: b"%PDF-" in head[:1024]),
    Reader("word", DOCX, (".docx",), _read_word, lambda head: head.startswith(b"PK\x03\x04") and b"word/" in head),
    Reader("web", "text/html", (".html", ".htm", ".xhtml"), _read_web, lambda head: HTML_HEAD.match(head) is not None),
    Reader("mail", "message/rfc822", (".eml",), _read_mail,
           lambda head: MAIL_HEAD.match(head) is not None and len(MAIL_FIELDS.findall(head)) >= 2),
    Reader("markdown", "text/markdown", (".md", ".markdown"), _read_markdown),
    Reader("text", "text/plain", (".txt", ".text"), _read_text),
)  # fmt: skip
BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def reader_for(path: PurePath, head: bytes) -> Reader:
    """The reader for a file, by its first bytes and else by its suffix. Raises Unsupported or NeedsPassword."""
    if head.startswith(OLD_OFFICE):
        raise NeedsPassword("The file is an Office document with a password, or of before 2007. Save it as .docx without a password.")
    by_content = next((reader for reader in READERS if reader.recognises(head)), None)
    by_suffix = BY_SUFFIX.get(path.suffix.casefold())
    if by_content and (by_suffix is None or by_suffix.name != "markdown"):
        return by_content
    if by_suffix is None:
        known = ", ".join(sorted(BY_SUFFIX))
        raise Unsupported(f"No reader for {path.suffix or 'a file without a suffix'}. Those there are: {known}.")
    return by_suffix
