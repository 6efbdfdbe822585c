"""Office packages (DOCX, PPTX, XLSX) made fit for libraries that trust their input: a copy in memory that holds checked XML only."""

import io
import re
import zipfile
from collections.abc import Container
from typing import Any
from xml.parsers import expat

from lxml import etree

from goalmap.ingest.errors import Refused
from goalmap.ingest.packages import Damaged, Package, refuse_bomb
from goalmap.ingest.watch import Watch

MAX_LEVELS = 250
"""Elements inside elements; the libraries give up at 256."""
MOST_ATTRIBUTES = 1_000
"""Of one element; the time that libraries take grows with the square of them."""
NEEDED = re.compile(r"\.(?:xml|rels)$", re.I)
LEFT_EMPTY = re.compile(r"(?:^|/)(?:customXml|theme|embeddings|media|fonts)/(?!.*\.rels$)", re.I)
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
"""Strict files name the same elements by other addresses."""
CONTENT_TYPES = "[Content_Types].xml"
MAIN_TYPES = (
    (
        re.compile(
            rb"application/vnd\.(?:ms-word|openxmlformats-officedocument\.wordprocessingml)"
            rb"\.(?:document|template)\.(?:macroEnabled(?:Template)?\.)?main\+xml"
        ),
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ),
    (
        re.compile(
            rb"application/vnd\.(?:ms-powerpoint|openxmlformats-officedocument\.presentationml)"
            rb"\.(?:presentation|slideshow|template)\.(?:macroEnabled\.)?main\+xml"
        ),
        b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ),
)
"""Templates, slide shows and files with macros are made as documents are; only what they call themselves differs."""
REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,9}));", re.I)
LOOSE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-f]+);)", re.I)
NOT_PARSED = (expat.ExpatError, LookupError, ValueError)
"""What the parser raises: for broken XML, and for encodings that it does not know."""
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def checked_copy(data: bytes, watch: Watch, without: Container[str] = ()) -> io.BytesIO:
    """The package with its XML checked and everything else empty. Raises Refused, NeedsPassword or Damaged."""
    package = Package(data, watch)
    refuse_bomb(package, watch)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as file:
        for name in (name for name in package.names if name not in without):
            is_needed = NEEDED.search(name) and not LEFT_EMPTY.search(name)
            file.writestr(zipfile.ZipInfo(name), _checked(name, package.read(name)) if is_needed else b"")
    copy.seek(0)
    return copy


def _checked(name: str, xml: bytes) -> bytes:
    xml = STRICT.sub(TRANSITIONAL, xml)
    if name == CONTENT_TYPES:
        for pattern, main_type in MAIN_TYPES:
            xml = pattern.sub(main_type, xml)
    try:
        check_xml(xml)
    except NOT_PARSED:
        xml = mended(xml)
        _check_mended(name, xml)
    return xml


def _check_mended(name: str, xml: bytes) -> None:
    try:
        check_xml(xml)
    except NOT_PARSED as error:
        raise Damaged(f"{name} in the file is not XML ({error}).") from error


def check_xml(xml: bytes) -> None:
    """Raises Refused for entities, Damaged for what is nested too deep, one of NOT_PARSED for what is not XML."""
    _Levels().parse(xml)


def new_parser() -> Any:
    """A parser that reads as it goes, however deep the elements lie, and refuses a DOCTYPE.

    Entities are declared there, and with them files elsewhere are drawn in or a few words are made a billion.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise Refused(
        "The file declares entities, which no Office program does, as files made to do harm do. It is not read."
    )


class _Levels:
    """Counts how deep the elements of a text lie."""

    def __init__(self) -> None:
        self.level = 0
        self.parser = new_parser()
        self.parser.StartElementHandler = self.down
        self.parser.EndElementHandler = self.up

    def parse(self, xml: bytes) -> None:
        self.parser.Parse(xml, True)

    def down(self, tag: str, attributes: dict[str, str]) -> None:
        self.level += 1
        if self.level > MAX_LEVELS or len(attributes) > MOST_ATTRIBUTES:
            raise Damaged("Its parts lie too deep inside each other, or one has too many properties.")

    def up(self, tag: str) -> None:
        self.level -= 1


def mended(xml: bytes) -> bytes:
    """XML as UTF-8 without characters, and references to characters, that XML does not allow.

    >>> mended(b"<t>Hire &#0;locally & well</t>")
    b'<t>Hire locally &amp; well</t>'
    """
    text = xml.decode("utf-16" if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="replace")
    text = DECLARATION.sub("", text)
    text = REFERENCE.sub(lambda match: match[0] if _is_allowed(match) else "", text)
    return LOOSE_AMPERSAND.sub("&amp;", NOT_XML.sub("", text)).encode("utf-8")


def _is_allowed(match: re.Match[str]) -> bool:
    code = int(match[1], 16) if match[1] else int(match[2])
    return code <= 0x10FFFF and not NOT_XML.match(chr(code))


def forced(xml: bytes) -> bytes:
    """XML made of what can be read before and after the places where it is broken.

    >>> forced(b"<a><b>One</b><c<b>Two</b></a>")
    b'<a><b>One</b><c/><b>Two</b></a>'
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.LxmlError:
        return b""
    return b"" if root is None else bytes(etree.tostring(root))
