"""What the bytes of a file give away of its format, whatever its name says."""

import re
from dataclasses import dataclass
from functools import cached_property

from goalmap.ingest.errors import ReadProblem
from goalmap.ingest.packages import LOCAL, Package, names_in
from goalmap.ingest.watch import Watch

HEAD = 4096
"""Bytes at the start of a file in which most formats show."""
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Office files of before 2007, Outlook messages and Office files with a password begin."""
ENCRYPTED = "EncryptedPackage"
MAIL_HEAD = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
MAIL_FIELDS = re.compile(rb"^(?:from|to|subject|date|mime-version|received|message-id):", re.I | re.M)
HTML_HEAD = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
MEDIA_TYPE = re.compile(rb"\Amimetype(application/[\w.+-]+?)(?=PK|\s|\Z)")
MEDIA_TYPE_MEMBER = "mimetype"
MEDIA_TYPE_AT = 30
"""Where the first member of an OpenDocument file or a book states its type, not compressed."""


@dataclass(frozen=True)
class Content:
    """The bytes of a file, looked at no more than is asked for."""

    data: bytes

    @cached_property
    def head(self) -> bytes:
        return self.data[:HEAD]

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The names in a package; none where the file is no package."""
        return names_in(self.data) if self.data.startswith((LOCAL, b"PK\x05\x06")) else ()

    @cached_property
    def stated_type(self) -> str:
        """The media type that a package states as OpenDocument files and books do."""
        if not self.members:
            return ""
        match = MEDIA_TYPE.match(self.head[MEDIA_TYPE_AT:])
        return match[1].decode("ascii") if match else self._type_in_member

    @property
    def _type_in_member(self) -> str:
        """The same where other members come first, as after a change by a program that knows zip and not the format."""
        if MEDIA_TYPE_MEMBER not in self.members:
            return ""
        try:
            stated = next(Package(self.data, Watch.over()).pieces(MEDIA_TYPE_MEMBER), b"")
        except (ReadProblem, KeyError):
            return ""
        return stated[:HEAD].decode("ascii", errors="replace").strip() if stated.startswith(b"application/") else ""

    @property
    def is_ole2(self) -> bool:
        return self.data.startswith(OLE2)

    def holds_stream(self, *names: str) -> bool:
        """Whether an OLE2 file has a stream of one of these names; they stand in it in two bytes a letter."""
        return self.is_ole2 and any(name.encode("utf-16-le") in self.data for name in names)

    def has_members_in(self, *folders: str) -> bool:
        return any(name.startswith(folders) for name in self.members)


def is_pdf(content: Content) -> bool:
    return b"%PDF-" in content.data[:1024]


def is_word(content: Content) -> bool:
    return content.has_members_in("word/")


def is_slides(content: Content) -> bool:
    return content.has_members_in("ppt/")


def is_sheets(content: Content) -> bool:
    return content.has_members_in("xl/") and "xl/workbook.bin" not in content.members


def is_open_document(content: Content) -> bool:
    return content.stated_type.startswith("application/vnd.oasis.opendocument.text")


def is_book(content: Content) -> bool:
    return content.stated_type == "application/epub+zip" or "META-INF/container.xml" in content.members


def is_archive(content: Content) -> bool:
    """A package of files that belong to nobody's format."""
    of_a_format = (
        content.stated_type or "[Content_Types].xml" in content.members or "Index/Document.iwa" in content.members
    )
    return bool(content.members) and not of_a_format


def is_rtf(content: Content) -> bool:
    return content.head.lstrip()[:5].lower() == b"{\\rtf"


def is_outlook(content: Content) -> bool:
    return content.holds_stream("__properties_version1.0", "__substg1.0_")


def is_web(content: Content) -> bool:
    return HTML_HEAD.match(content.head) is not None


def is_mail(content: Content) -> bool:
    head = content.head.replace(b"\r\n", b"\n")
    return MAIL_HEAD.match(head) is not None and len(MAIL_FIELDS.findall(content.head)) >= 2
