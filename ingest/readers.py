"""The table of readers: which file is read by what.

Another program may add readers of its own. It names them as entry points of the group `goalmap.readers`, each of which is a
`Reader` whose function takes a file's bytes and a `Watch` and gives a `Reading`:

    [project.entry-points."goalmap.readers"]
    pages = "their_program.reading:PAGES"

They are asked after those here, so they can add formats and not take them over. One that cannot be imported is left out,
with a warning in the log of `goalmap.ingest.readers`.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath
from pkgutil import resolve_name

from goalmap.ingest import recognise
from goalmap.ingest.document import Reading
from goalmap.ingest.errors import NeedsPassword, Unsupported
from goalmap.ingest.recognise import ENCRYPTED, Content
from goalmap.ingest.watch import Watch

PLUGINS = "goalmap.readers"
"""The group of entry points by which other programs add readers."""
OFFICE = "application/vnd.openxmlformats-officedocument"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format: its suffixes, how its content shows, and the function that reads its bytes."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    function: str
    """Module and name; imported on first use, because parsers are slow to import."""
    recognises: Callable[[Content], bool] = lambda content: False

    def read(self, data: bytes, watch: Watch) -> Reading:
        """The blocks in these bytes. Raises ReadProblem."""
        reading: Reading = resolve_name(self.function)(data, watch)
        return reading


READERS = (
    Reader("pdf", "application/pdf", (".pdf",), "goalmap.ingest.pdf.reader:read_pdf", recognise.is_pdf),
    Reader(
        "word",
        f"{OFFICE}.wordprocessingml.document",
        (".docx", ".docm", ".dotx", ".dotm"),
        "goalmap.ingest.office.word:read_word",
        recognise.is_word,
    ),
    Reader(
        "slides",
        f"{OFFICE}.presentationml.presentation",
        (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"),
        "goalmap.ingest.office.slides:read_slides",
        recognise.is_slides,
    ),
    Reader(
        "sheets",
        f"{OFFICE}.spreadsheetml.sheet",
        (".xlsx", ".xlsm"),
        "goalmap.ingest.office.sheets:read_sheets",
        recognise.is_sheets,
    ),
    Reader(
        "opendocument",
        "application/vnd.oasis.opendocument.text",
        (".odt", ".ott", ".fodt"),
        "goalmap.ingest.office.open_document:read_open_document",
        recognise.is_open_document,
    ),
    Reader("book", "application/epub+zip", (".epub",), "goalmap.ingest.web.book:read_book", recognise.is_book),
    Reader("archive", "application/zip", (".zip",), "goalmap.ingest.archive:read_archive", recognise.is_archive),
    Reader("rtf", "application/rtf", (".rtf",), "goalmap.ingest.office.rtf:read_rtf", recognise.is_rtf),
    Reader(
        "outlook",
        "application/vnd.ms-outlook",
        (".msg",),
        "goalmap.ingest.mail.outlook:read_outlook",
        recognise.is_outlook,
    ),
    Reader("web", "text/html", (".html", ".htm", ".xhtml"), "goalmap.ingest.web.reader:read_web", recognise.is_web),
    Reader("mail", "message/rfc822", (".eml",), "goalmap.ingest.mail.reader:read_mail", recognise.is_mail),
    Reader("markdown", "text/markdown", (".md", ".markdown"), "goalmap.ingest.text.markdown:read_markdown"),
    Reader("delimited", "text/csv", (".csv", ".tsv", ".tab"), "goalmap.ingest.office.delimited:read_delimited"),
    Reader("text", "text/plain", (".txt", ".text"), "goalmap.ingest.text.reader:read_text"),
)
BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}
MAY_BEGIN_LIKE_OTHERS = {"markdown": ("web",), "delimited": ("web", "mail")}
"""Markdown may begin with HTML, and a column with the fields of a message."""
UNREAD: tuple[tuple[Callable[[Content], bool], str, str], ...] = (
    (lambda content: content.holds_stream("PowerPoint Document"), "PowerPoint file is of before 2007", ".pptx"),
    (lambda content: content.holds_stream("WordDocument"), "Word file is of before 2007", ".docx"),
    (lambda content: content.holds_stream("Workbook", "Book\0"), "Excel file is of before 2007", ".xlsx"),
    (lambda content: content.is_ole2, "Office file is of before 2007", ".docx, .pptx or .xlsx"),
    (lambda content: "xl/workbook.bin" in content.members, "Excel file is a binary workbook", ".xlsx"),
    (
        lambda content: "Index/Document.iwa" in content.members,
        "file is one of Pages, Numbers or Keynote",
        ".docx or .pdf",
    ),
    (lambda content: ".spreadsheet" in content.stated_type, "file is an OpenDocument spreadsheet", ".xlsx"),
    (lambda content: ".presentation" in content.stated_type, "file is an OpenDocument presentation", ".pptx"),
)
"""Files that are told by their content and that no reader reads: what each is, and what to save it as."""


@cache
def readers() -> tuple[Reader, ...]:
    """Those of this program, then those of others; looked up once."""
    return (*READERS, *loaded(entry_points(group=PLUGINS)))


def loaded(points: Iterable[EntryPoint]) -> Iterator[Reader]:
    """The readers that entry points name; others' code may raise anything, and a run goes on without it."""
    for point in points:
        try:
            reader = point.load()
        except Exception as error:
            log.warning("The reader %s (%s) cannot be imported: %s", point.name, point.value, error)
            continue
        if isinstance(reader, Reader):
            yield reader
        else:
            log.warning("The reader %s (%s) is not a goalmap.ingest.readers.Reader.", point.name, point.value)


@cache
def by_suffix() -> dict[str, Reader]:
    """The reader for each suffix, lower case."""
    return {suffix: reader for reader in readers() for suffix in reader.suffixes} | BY_SUFFIX


def reader_for(path: PurePath, data: bytes) -> Reader:
    """The reader for a file, by its content and else by its suffix. Raises Unsupported or NeedsPassword."""
    content = Content(data)
    named = by_suffix().get(path.suffix.strip().casefold())
    unlikely = MAY_BEGIN_LIKE_OTHERS.get(named.name, ()) if named else ()
    found = (reader for reader in readers() if reader.name not in unlikely and _recognises(reader, content))
    if reader := next(found, None):
        return reader
    _refuse_known_kinds(content)
    if named is None:
        known = ", ".join(sorted({reader.suffixes[0] for reader in readers() if reader.suffixes}))
        raise Unsupported(f"No reader for {path.suffix or 'a file without a suffix'}. Those there are: {known}.")
    return named


def _recognises(reader: Reader, content: Content) -> bool:
    try:
        return reader.recognises(content)
    except Exception as error:
        log.warning("The reader %s fails to look at a file: %s", reader.name, error)
        return False


def _refuse_known_kinds(content: Content) -> None:
    """Raises NeedsPassword or Unsupported."""
    if content.holds_stream(ENCRYPTED):
        raise NeedsPassword("The Office file asks for a password. Save a copy without one and ingest that.")
    for is_it, what, better in UNREAD:
        if is_it(content):
            raise Unsupported(f"The {what}. Open it and save it as {better}.")
