"""Electronic books (EPUB): the chapters in the order of the book, each read as a web page."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import lxml.etree

from goalmap.ingest import dates
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem
from goalmap.ingest.packages import Package, whole_or_salvaged
from goalmap.ingest.watch import Watch
from goalmap.ingest.web.reader import read_web

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))
SUFFIXES = (".xhtml", ".html", ".htm")
LOCKED = "The book is protected against copying. Ask its publisher for a copy that is not, as PDF or EPUB."
BROKEN = "The book is broken. Get it again, or open it in its own program and save it as PDF."
CUT_OFF = (
    "The file is cut off or damaged; the chapters that were found in it are read, some may be missing. Get it again."
)
NO_ORDER = "The book does not say in which order its chapters stand; they are read by the names of their files."

MOST_NAMED = 20
"""Chapters that a message names."""

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the book."""

    name: str
    is_contents: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The chapters in order, and what the book says of itself."""

    chapters: tuple[Chapter, ...]
    metadata: Metadata
    note: str | None = None


def read_book(data: bytes, watch: Watch) -> Reading:
    """The blocks of an EPUB file. Raises NoText, NeedsPassword, Refused or ReadProblem."""
    reading, is_cut = whole_or_salvaged(data, watch, lambda package: _read(package, watch))
    if not reading.blocks:
        raise ReadProblem(BROKEN) if is_cut else NoText("The book holds no text; its pages may be pictures.")
    problems = [CUT_OFF if is_cut else "", reading.problem or ""]
    return Reading(
        reading.blocks, reading.metadata, problem=" ".join(filter(None, problems)) or None, note=reading.note
    )


def _read(package: Package, watch: Watch) -> Reading:
    book = _book(package)
    locked = _locked(package)
    if any(chapter.name in locked for chapter in book.chapters):
        raise NeedsPassword(LOCKED)
    blocks: list[Block] = []
    lost: list[int] = []
    for number, chapter in enumerate(book.chapters, start=1):
        if watch.is_late or chapter.name not in package or not watch.may_read(f"chapter {number}"):
            lost.append(number)
            continue
        blocks += _blocks(package.read(chapter.name), chapter, book.metadata.title, watch)
    return Reading(tuple(blocks), book.metadata, problem=_missing(lost, len(book.chapters)), note=book.note)


def _missing(lost: list[int], chapters: int) -> str | None:
    shown = ", ".join(map(str, lost[:MOST_NAMED])) + (" ..." if len(lost) > MOST_NAMED else "")
    return f"Of its {chapters:,} chapters, {len(lost):,} cannot be read: {shown}." if lost else None


def _blocks(page: bytes, chapter: Chapter, title: str | None, watch: Watch) -> Iterator[Block]:
    """The blocks of a chapter, the heading that is the page's own title being one of many in the book."""
    try:
        found = read_web(page, watch).blocks
    except NoText:
        return
    for block in found:
        is_title = block.kind is Kind.TITLE and block.text != title
        kind = Kind.NAVIGATION if chapter.is_contents else Kind.HEADING if is_title else block.kind
        yield block.as_kind(kind)


# What the book says of itself


def _book(package: Package) -> Book:
    container = _tree(package, CONTAINER)
    paths = [root.get("full-path", "") for root in _named(container, "rootfile")]
    path = next((path for path in paths if path in package), None)
    path = path or next((name for name in package.names if name.endswith(".opf")), None)
    described = _tree(package, path) if path else None
    chapters = tuple(_chapters(described, posixpath.dirname(path or "")))
    if chapters:
        return Book(chapters, _metadata(described))
    pages = sorted(name for name in package.names if name.casefold().endswith(SUFFIXES))
    return Book(tuple(map(Chapter, pages)), _metadata(described), NO_ORDER)


def _chapters(described: Element | None, folder: str) -> Iterator[Chapter]:
    items = {item.get("id", ""): item for item in _named(described, "item")}
    for reference in _named(described, "itemref"):
        item = items.get(reference.get("idref", ""))
        if item is not None and item.get("media-type", "") in PAGES:
            name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")).split("#")[0]))
            yield Chapter(name, "nav" in item.get("properties", "").split())


def _metadata(described: Element | None) -> Metadata:
    stated = {name: _first(described, name) for name in ("title", "publisher", "date", "language")}
    return Metadata(
        stated["title"],
        stated["publisher"],
        _date(stated["date"] or ""),
        (stated["language"] or "")[:2].lower() or None,
    )


def _date(stated: str) -> str | None:
    return dates.from_text(stated) or (stated[:4] if stated[:4].isdigit() else None)


def _first(described: Element | None, name: str) -> str | None:
    found = (clean("".join(element.itertext())) for element in _named(described, name))
    return next(filter(None, found), None)


def _locked(package: Package) -> frozenset[str]:
    """The files that are encrypted."""
    references = _named(_tree(package, ENCRYPTION), "CipherReference")
    return frozenset(unquote(reference.get("URI", "")) for reference in references)


def _tree(package: Package, name: str) -> Element | None:
    if name not in package:
        return None
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        return lxml.etree.fromstring(package.read(name), parser=parser)
    except lxml.etree.XMLSyntaxError:
        return None


def _named(tree: Element | None, name: str) -> Iterator[Element]:
    """Elements of that name in any namespace."""
    return iter(()) if tree is None else tree.iter(f"{{*}}{name}")
