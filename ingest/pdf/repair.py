"""Damaged PDFs: how damage shows without a parser, and the file written anew by pikepdf (qpdf)."""

import logging
import re
from io import BytesIO

log = logging.getLogger(__name__)
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # it warns of everything that it mends

PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
MANY = 1_000_000
"""More pages than anybody prints; a page tree that says so is made to exhaust its reader."""


def rewritten(data: bytes) -> bytes | None:
    """The PDF with its page tree and table of objects made anew; None where that cannot be done."""
    import pikepdf  # only damaged files need it

    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            if int(pdf.Root.Pages.get("/Count", 0)) > MANY:
                return None
            mended = BytesIO()
            pdf.save(mended, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
            return mended.getvalue()
    except Exception as error:  # it raises anything on a file that is damaged beyond repair, which is then said
        log.debug("pikepdf: %r", error)
        return None


def has_no_pages(data: bytes) -> bool:
    """Whether it is a PDF without a page, which PDFium takes for a broken one."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            return len(pdf.pages) == 0
    except Exception as error:  # as above
        log.debug("pikepdf: %r", error)
        return False


def size_of_drawing(data: bytes, number: int) -> int:
    """How many bytes say what is drawn on a page; 0 where that cannot be told."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            contents = pdf.pages[number - 1].obj.get("/Contents")
            if contents is None:
                return 0
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            return sum(len(stream.read_raw_bytes()) for stream in streams)
    except Exception as error:
        log.debug("pikepdf: %r", error)
        return 0


def pages_shown(data: bytes) -> int:
    """How many pages the bytes show; fewer than there are where they lie in packed objects."""
    return sum(1 for _ in PAGE.finditer(data))


def is_cut_off(data: bytes) -> bool:
    """Whether the end of the file is missing: objects follow its last table of them.

    >>> is_cut_off(b"%PDF-1.7 1 0 obj endobj xref trailer startxref 9 %%EOF")
    False
    >>> is_cut_off(b"%PDF-1.7 1 0 obj endobj 2 0 ob")
    True
    """
    return data.rfind(b"startxref") < data.rfind(b"endobj")
