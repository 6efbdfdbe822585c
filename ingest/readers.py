"""The table of readers: which file is read by what."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from pkgutil import resolve_name

from goalmap.ingest.document import Reading
from goalmap.ingest.errors import NeedsPassword, Unsupported
from goalmap.ingest.watch import Watch

HEAD = 4096
"""Bytes at the start of a file in which its format shows."""
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Office files of before 2007, and those with a password, begin."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAIL_HEAD = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
MAIL_FIELDS = re.compile(rb"^(?:from|to|subject|date|mime-version|received|message-id):", re.I | re.M)
HTML_HEAD = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format: its suffixes, how its content shows, and the function that reads its bytes."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    function: str
    """Module and name; imported on first use, because parsers are slow to import."""
    recognises: Callable[[bytes], bool] = lambda head: False

    def read(self, data: bytes, watch: Watch) -> Reading:
        """The blocks in these bytes. Raises ReadProblem."""
        reading: Reading = resolve_name(self.function)(data, watch)
        return reading


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_word(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"word/" in head


def _is_web(head: bytes) -> bool:
    return HTML_HEAD.match(head) is not None


def _is_mail(head: bytes) -> bool:
    return MAIL_HEAD.match(head.replace(b"\r\n", b"\n")) is not None and len(MAIL_FIELDS.findall(head)) >= 2


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
READERS = (
    Reader("pdf", "application/pdf", (".pdf",), "goalmap.ingest.pdf:read_pdf", _is_pdf),
    Reader("word", DOCX, (".docx",), "goalmap.ingest.word:read_word", _is_word),
    Reader("web", "text/html", (".html", ".htm", ".xhtml"), "goalmap.ingest.web:read_web", _is_web),
    Reader("mail", "message/rfc822", (".eml",), "goalmap.ingest.mail:read_mail", _is_mail),
    Reader("markdown", "text/markdown", (".md", ".markdown"), "goalmap.ingest.markdown:read_markdown"),
    Reader("text", "text/plain", (".txt", ".text"), "goalmap.ingest.text:read_text"),
)
BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def reader_for(path: PurePath, data: bytes) -> Reader:
    """The reader for a file, by its first bytes and else by its suffix. Raises Unsupported or NeedsPassword."""
    if data.startswith(OLE2):
        raise _no_reader_for_ole2(data)
    by_suffix = BY_SUFFIX.get(path.suffix.casefold())
    by_content = next((reader for reader in READERS if reader.recognises(data[:HEAD])), None)
    if by_content and (by_suffix is None or by_suffix.name != "markdown"):  # Markdown may begin with HTML
        return by_content
    if by_suffix is None:
        known = ", ".join(sorted(BY_SUFFIX))
        raise Unsupported(f"No reader for {path.suffix or 'a file without a suffix'}. Those there are: {known}.")
    return by_suffix


def _no_reader_for_ole2(data: bytes) -> NeedsPassword | Unsupported:
    if ENCRYPTED in data:
        return NeedsPassword("The Office file asks for a password. Save a copy without one and ingest that.")
    return Unsupported("The Office file is of before 2007. Open it and save it as .docx.")
