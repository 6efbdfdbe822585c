"""Pages on which PDFium finds no text, or letters that are none: tried in other ways, the best reading kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property

import pypdfium2

from goalmap.ingest.layout.page import Page, Word
from goalmap.ingest.pdf import ocr, pdfium, plumber, quality, repair
from goalmap.ingest.pdf.ocr import Image
from goalmap.ingest.pdf.quality import Fault
from goalmap.ingest.pdf.remarks import Remark
from goalmap.ingest.watch import Watch

SIZE_OF_NOTHING = 400
"""Bytes that a program may write to draw an empty page."""
COVERED = 0.5
"""Least share of a page that pictures cover where the page may be a scan."""
OUTLINES = 50
"""Fewest shapes on a page without words that may be letters drawn as outlines."""
FEW_CHARACTERS = 50
"""On a page that is a picture: a stamp or a page number, the text itself lies in the picture."""
MORE_WORDS = 5
"""How many common words OCR must add to those that stand beside a picture."""
LIKELY = 0.4
"""Share of common words from which what OCR reads is likely to stand upright."""
MOST_LOST = 0.5
"""A reading that has fewer characters than this share of another is not the better one."""

INSTALL = (
    "Install tesseract (for example `apt-get install tesseract-ocr`), or run the file through `ocrmypdf IN OUT`; "
    "then ingest it again."
)
DAMAGED = Remark("Damaged, not read")
PICTURE = Remark("No text but a picture, which needs OCR", INSTALL)
PERHAPS_MORE = Remark("Hardly any text beside a picture, in which only OCR can find more", is_loss=False)
NO_TIME = Remark("A picture that there was no time to read by OCR", "Raise --max-minutes, or split the file.")
NOT_MADE_OUT = Remark("A picture that OCR cannot make out", "Scan it anew, or ask for the file it was made from.")
NO_WORDS = Remark("A picture in which OCR finds no words", is_loss=False)
BLANK = Remark("Nothing to read", is_loss=False)
EMPTY = Remark("Nothing found, though something is drawn", "Look at it in a viewer.")
SOME_LEFT_OUT = Remark("Words of which the letters cannot be told are left out", "Look at it in a viewer.")
BY_OCR = Remark("Read by OCR", is_loss=False)
BY_GAPS = Remark("Words told by the gaps between letters", is_loss=False)

Looked = tuple[Page, Remark | None]


@dataclass(frozen=True, slots=True)
class Source:
    """A PDF, and the watch that is kept over it."""

    data: bytes
    pdf: pypdfium2.PdfDocument
    watch: Watch

    def may_try(self, page: Page, way: str) -> bool:
        return not self.watch.is_late and self.watch.may_read(f"page {page.number} {way}")

    @property
    def seconds(self) -> float:
        """How long one call of tesseract may take, of which there are up to four for a page."""
        return self.watch.limits.step_seconds / 5

    def by_ocr(self, page: Page) -> Sequence[Word] | None:
        """The words that OCR finds; None where it cannot make them out."""
        return self._words_on(pdfium.picture_of(self.pdf, page.number - 1))

    def turned(self, page: Page) -> Page | None:
        """A scan that lies on its side or head, read upright; its places are those on the turned page."""
        turn = ocr.turn_of(pdfium.picture_of(self.pdf, page.number - 1), self.seconds)
        words = self._words_on(pdfium.picture_of(self.pdf, page.number - 1, turn)) if turn else None
        width, height = (page.width, page.height) if turn == 180 else (page.height, page.width)
        return replace(page, width=width, height=height, words=tuple(words), shapes=()) if words else None

    def _words_on(self, picture: Image) -> Sequence[Word] | None:
        words = ocr.words_on(picture, ocr.ENGLISH, self.seconds)
        if words and quality.foreign_language(_texts(words)) == "Welsh" and ocr.is_there(ocr.WELSH):
            return ocr.words_on(picture, ocr.WELSH, self.seconds) or words
        return words

    def by_gaps(self, page: Page) -> Sequence[Word] | None:
        """The words that the gaps between letters tell, the best of several widths."""
        readings = plumber.readings_of(self.data, page)
        return max(readings, key=_known, default=None)


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to read a page."""

    name: str
    read: Callable[[Source, Page], Sequence[Word] | None]
    remark: Remark
    is_there: Callable[[], bool] = lambda: True


BY_GAPS_WAY = Way("by pdfplumber", Source.by_gaps, BY_GAPS)
BY_OCR_WAY = Way("by OCR", Source.by_ocr, BY_OCR, ocr.is_there)
WAYS = (BY_GAPS_WAY, BY_OCR_WAY)


def look_over(data: bytes, pages: Iterable[Page], watch: Watch) -> list[Looked]:
    """The pages, those without text or with garbled letters read in another way, each with what befell it."""
    judged = [(page, quality.fault_of(_texts(page.words))) for page in pages]
    pdf = pdfium.opened(data) if any(_needs_help(page, fault) for page, fault in judged) else None
    if pdf is None:
        return [(page, fault.remark if fault else None) for page, fault in judged]
    with closing(pdf):
        source = Source(data, pdf, watch)
        return [_helped(source, page, fault) for page, fault in judged]


def _needs_help(page: Page, fault: Fault | None) -> bool:
    return fault is not None or _has_few_words(page)


def _has_few_words(page: Page) -> bool:
    return not page.is_damaged and sum(len(word.text) for word in page.words) < FEW_CHARACTERS


def _texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]


def _known(words: Iterable[Word]) -> int:
    return quality.known(_texts(words))


def _helped(source: Source, page: Page, fault: Fault | None) -> Looked:
    try:
        return _tried(source, page, fault)
    except pypdfium2.PdfiumError:  # pdfplumber could read the page, PDFium cannot open it
        return page, fault.remark if fault else None


def _tried(source: Source, page: Page, fault: Fault | None) -> Looked:
    if fault is not None:
        return _read_again(source, page) if fault.remark.is_loss else (page, fault.remark)
    if not _has_few_words(page):
        return page, None
    is_picture = pdfium.picture_share(source.pdf, page.number - 1) >= COVERED
    if page.words:
        return _beside_a_picture(source, page) if is_picture else (page, None)
    if is_picture or len(page.shapes) >= OUTLINES:
        return _picture(source, page)
    return page, BLANK if repair.size_of_drawing(source.data, page.number) < SIZE_OF_NOTHING else EMPTY


# Pictures


def _picture(source: Source, page: Page) -> Looked:
    """A page without words, which may be a scan."""
    if not ocr.is_there():
        return page, PICTURE
    if not source.may_try(page, BY_OCR_WAY.name):
        return page, NO_TIME
    words = source.by_ocr(page)
    turned = None if words == [] or _is_likely(words or ()) else source.turned(page)
    if turned and _known(turned.words) >= _known(words or ()) + MORE_WORDS:
        return turned, BY_OCR
    return _scan(page, words)


def _is_likely(words: Sequence[Word]) -> bool:
    texts = _texts(words)
    return quality.known(texts) >= LIKELY * len(texts) > 0 or quality.foreign_language(texts) is not None


def _scan(page: Page, words: Sequence[Word] | None) -> Looked:
    """A page with the words that OCR found on it."""
    fault = quality.fault_of(_texts(words or ()))
    if words is None or (fault and fault.is_unreadable):
        return page, NOT_MADE_OUT
    if not words:
        return page, NO_WORDS
    return replace(page, words=tuple(words)), fault.remark if fault else BY_OCR


def _beside_a_picture(source: Source, page: Page) -> Looked:
    """A few words and a picture, which may be a stamped scan or the cover of a report."""
    if not ocr.is_there():
        return page, PERHAPS_MORE
    words = source.by_ocr(page) if source.may_try(page, BY_OCR_WAY.name) else None
    if words and _known(words) >= _known(page.words) + MORE_WORDS:
        return replace(page, words=tuple(words)), BY_OCR
    return page, None


# Garbled letters


@dataclass(frozen=True)
class Attempt:
    """The words of a page as one way gave them."""

    words: tuple[Word, ...]
    remark: Remark | None
    """What is to be said of a page that was read in this way."""

    @cached_property
    def fault(self) -> Fault | None:
        return quality.fault_of(_texts(self.words))

    @property
    def worth(self) -> tuple[bool, int]:
        """What attempts are compared by."""
        return self.fault is None, _known(self.words)

    @property
    def length(self) -> int:
        return quality.length(_texts(self.words))


def _read_again(source: Source, page: Page) -> Looked:
    """A page of garbled letters in the first way that gives text, else in the best."""
    least = MOST_LOST * Attempt(page.words, None).length
    best = Attempt(page.words, None)
    for attempt in _attempts(source, page):
        if attempt.words and attempt.length >= least:
            best = max(best, attempt, key=lambda one: one.worth)
        if best.fault is None:
            break
    if best.fault is None:
        return replace(page, words=best.words), best.remark
    return replace(page, words=() if best.fault.is_unreadable else best.words), best.fault.remark


def _attempts(source: Source, page: Page) -> Iterator[Attempt]:
    for way in WAYS:
        if way.is_there() and source.may_try(page, way.name):
            yield Attempt(tuple(way.read(source, page) or ()), way.remark)
    yield Attempt(tuple(word for word in page.words if quality.is_readable(word.text)), SOME_LEFT_OUT)
