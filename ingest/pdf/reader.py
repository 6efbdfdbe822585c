"""PDF: pages read by PDFium, in a repaired copy where the file is damaged, and in other ways where they hold no text."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import pypdfium2
from pypdfium2 import raw

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Metadata, Reading
from goalmap.ingest.errors import NoText, ReadProblem
from goalmap.ingest.layout import blocks
from goalmap.ingest.layout.page import Page, Table
from goalmap.ingest.layout.tables.tables import holds_grid
from goalmap.ingest.pdf import filled, pdfium, plumber, remarks, repair, rescue
from goalmap.ingest.pdf.grids import find_grids
from goalmap.ingest.pdf.remarks import Remark
from goalmap.ingest.pdf.rescue import BLANK, DAMAGED
from goalmap.ingest.watch import Watch

SIGNATURE = b"%PDF-"
LEFT_OUT = Remark("Left out, because it took too long or too much memory")
EMPTIED = Remark("Empty, perhaps by the damage")
REPAIRED = "The file is damaged; a repaired copy of it was read."
PIECED_TOGETHER = "The file is damaged; what was read of it may not be all: open it in a PDF viewer and print it anew."
NO_GRIDS = "The rows of its tables are told by their lines of text alone; to follow what is drawn took too long."
SHELL = "It is a form (XFA) that only Adobe's programs show; what is written in it is not read. Print it to a new PDF from one of them."
COPYING = 1 << 4
"""The bit of a PDF's permissions for copying text."""
NOT_TO_BE_COPIED = "Its owner asks that its text not be copied; ask before you quote it."
CUT_OFF = "The end of the file is missing, and pages may be with it: download it again."


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from one PDF."""

    data: bytes
    pages: tuple[Page, ...] = ()
    left_out: frozenset[int] = frozenset()
    """Numbers of pages that ended a worker before."""
    total: int = 0
    """How many pages it has."""
    promised: int = 0
    """How many the damaged file says it has of which this is the repaired copy."""
    title: str | None = None
    is_sound: bool = False
    """Whether it could be opened and its table of objects is right."""
    detour: str | None = None
    """How a damaged file was read all the same."""
    may_be_copied: bool = True
    """Whether its owner lets text be copied."""
    is_shell: bool = False
    """Whether the text lies beside the pages, which only say so."""

    @property
    def worth(self) -> tuple[int, int]:
        """What two copies are compared by: pages that could be opened, and their words."""
        return sum(not page.is_damaged for page in self.pages), sum(len(page.words) for page in self.pages)

    @property
    def damaged(self) -> list[int]:
        """Numbers of pages that could not be opened."""
        return [page.number for page in self.pages if page.is_damaged and page.number not in self.left_out]

    @property
    def is_damaged(self) -> bool:
        return not self.total or bool(self.damaged)


def read_pdf(data: bytes, watch: Watch) -> Reading:
    """The blocks of a PDF in reading order. Raises NeedsPassword, NoText or ReadProblem."""
    taken = _best(data, watch)
    looked = rescue.look_over(taken.data, taken.pages, watch) if taken.pages else []
    said = [(page.number, befell) for page, remark in looked if (befell := _befell(taken, page, remark))]
    problem = _joined(_unread(taken, watch), remarks.told(said, losses=True), _damage(data, taken))
    note = _joined(REPAIRED if taken.detour == REPAIRED else None, remarks.told(said, losses=False))
    pages = [page for page, _ in looked]
    _check(data, pages, _joined(problem, note))
    grids = _grids(taken.data, pages, watch)
    note = _joined(note, NO_GRIDS if grids is None else None, None if taken.may_be_copied else NOT_TO_BE_COPIED)
    found = blocks.blocks_of([replace(page, grids=(grids or {}).get(page.number, ())) for page in pages])
    return Reading(tuple(found), Metadata(title=taken.title), taken.total, problem, note)


def _befell(taken: Taken, page: Page, remark: Remark | None) -> Remark | None:
    """What befell a page, as the rest of the file lets it be seen."""
    if page.is_damaged:
        return LEFT_OUT if page.number in taken.left_out else DAMAGED
    return EMPTIED if remark is BLANK and taken.detour else remark


def _grids(data: bytes, pages: Sequence[Page], watch: Watch) -> dict[int, tuple[Table, ...]] | None:
    """Tables drawn as grids, by pdfplumber, which is too slow for all pages; None where it ended a worker before."""
    drawn = [page for page in pages if holds_grid(page)]
    if drawn and not watch.may_read("tables"):
        return None
    return find_grids(data, drawn)


def _joined(*sentences: str | None) -> str | None:
    return " ".join(filter(None, sentences)) or None


# Taking the pages


def _best(data: bytes, watch: Watch) -> Taken:
    """The pages of the file, or of a repaired copy where that has more. Raises NeedsPassword."""
    taken = _take(data, watch)
    if watch.is_late or not _is_suspect(taken) or not watch.may_read("repair"):
        return taken
    mended = repair.rewritten(data)
    if mended and (taken.is_damaged or _count(mended) > taken.total):
        copy = replace(_take(mended, watch), detour=REPAIRED, promised=taken.total)
        taken = max(taken, copy, key=lambda one: one.worth)
    return _by_plumber(taken, watch) if taken.is_damaged else taken


def _is_suspect(taken: Taken) -> bool:
    return taken.is_damaged or not taken.is_sound or repair.pages_shown(taken.data) > taken.total


def _take(data: bytes, watch: Watch) -> Taken:
    """What PDFium reads of a file; nothing where it cannot open it. Raises NeedsPassword."""
    pdf = pdfium.opened(data)
    if pdf is None:
        return Taken(data)
    with closing(pdf):
        filled.prepare(pdf)
        pages: list[Page] = []
        left_out = set()
        for index in range(min(len(pdf), watch.limits.max_pages)):
            if watch.is_late:
                break
            if watch.may_read(f"page {index + 1}"):
                pages.append(_page(pdf, index))
            else:
                pages.append(pdfium.lost(index))
                left_out.add(index + 1)
        title = clean(pdf.get_metadata_dict().get("Title", "")) or None
        sound = bool(raw.FPDF_DocumentHasValidCrossReferenceTable(pdf))
        return Taken(
            data,
            tuple(pages),
            frozenset(left_out),
            len(pdf),
            title=title,
            is_sound=sound,
            may_be_copied=bool(raw.FPDF_GetDocPermissions(pdf) & COPYING),
            is_shell=filled.is_empty_shell(pdf),
        )


def _page(pdf: pypdfium2.PdfDocument, index: int) -> Page:
    """One page with what is filled in; without words or size where it is damaged."""
    try:
        opened = pdf[index]
    except pypdfium2.PdfiumError:
        return pdfium.lost(index)
    with closing(opened):
        page, is_written_on = pdfium.seen(opened, index), filled.is_written_on(opened)
    if page.is_damaged or not is_written_on or not filled.made_one(pdf, index):
        return page
    return filled.fuller(page, pdfium.read_page(pdf, index))


def _count(data: bytes) -> int:
    pdf = pdfium.opened(data)
    if pdf is None:
        return 0
    with closing(pdf):
        return len(pdf)


def _by_plumber(taken: Taken, watch: Watch) -> Taken:
    """The last resort for pages that PDFium cannot open."""
    if not watch.may_read("pdfplumber"):
        return taken
    found = plumber.pages_of(taken.data, taken.damaged or None, watch)
    known = {page.number: page for page in taken.pages} | found
    pieced = replace(taken, pages=tuple(known.values()), total=max(taken.total, len(known)), detour=PIECED_TOGETHER)
    return pieced if found else taken


# What is said


def _unread(taken: Taken, watch: Watch) -> str | None:
    """That pages were not read at all, and why."""
    read, limit = len(taken.pages), watch.limits.max_pages
    if read == taken.total:
        return f"{taken.promised - read:,} of {taken.promised:,} pages are missing." if taken.promised > read else None
    if read == limit:
        return f"Only the first {limit:,} of {taken.total:,} pages are read. Split the file, or raise --max-pages."
    return f"{read:,} of {taken.total:,} pages read: the time for one file was over. Raise --max-minutes, or split it."


def _damage(data: bytes, taken: Taken) -> str | None:
    """That more than single pages may be missing."""
    if taken.is_shell:
        return SHELL
    if repair.is_cut_off(data) and (taken.detour or not taken.is_sound):
        return CUT_OFF
    return PIECED_TOGETHER if taken.detour == PIECED_TOGETHER else None


def _check(data: bytes, pages: Sequence[Page], told: str | None) -> None:
    """Raises ReadProblem where no page can be opened, NoText where none holds a word."""
    if not pages and repair.has_no_pages(data):
        raise NoText("The PDF has no pages.")
    if not pages:
        raise ReadProblem(told) if told else _unopened(data)
    if all(page.is_damaged for page in pages):
        raise ReadProblem(f"No page of the PDF can be read. {told} Open it in a PDF viewer and print it to a new PDF.")
    if not any(page.words for page in pages):
        raise NoText(f"The PDF holds no text that can be read. {told}")


def _unopened(data: bytes) -> ReadProblem:
    if SIGNATURE not in data[:1024]:
        return ReadProblem("The name says PDF, the content is something else. Give the file its real suffix.")
    return ReadProblem(
        "The PDF is broken and cannot be opened. "
        "Download it again, or open it in a PDF viewer and print it to a new PDF."
    )
