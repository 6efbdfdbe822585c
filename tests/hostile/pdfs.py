"""PDFs that mean no good, most of them written object by object."""

import io
import zlib
from collections.abc import Sequence
from shutil import which

from tests.hostile.case import BOUNDED, CUT, EMPTY, LOCKED, READ, STOPPED, UNKNOWN, Bait, Case
from tests.hostile.zips import MEGABYTE, zlib_stream

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
A4 = b"/MediaBox [0 0 595 842]"
FIRST_PAGE = 4
"""Number of the first object after the catalog, the page tree and the font."""
OCR = which("tesseract") is not None


def document(objects: Sequence[bytes], trailer: bytes = b"", startxref: int | None = None) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, held in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n" % (len(objects) + 1, trailer)
    return bytes(body) + head + table + end + b"%d\n%%%%EOF\n" % (len(body) if startxref is None else startxref)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def line(text: str, top: int = 760) -> bytes:
    """A line of text on a page, in small type so that it fits."""
    return b"BT /F1 9 Tf 60 %d Td (%b) Tj ET\n" % (top, _escaped(text))


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def pages(
    contents: Sequence[bytes],
    resources: bytes = b"",
    page: bytes = A4,
    more: Sequence[bytes] = (),
    trailer: bytes = b"",
) -> bytes:
    """A PDF with a page for each of these; `more` are objects after the last page, each as it is to stand in the file."""
    kids = b" ".join(b"%d 0 R" % (FIRST_PAGE + 2 * index) for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(contents), kids),
        FONT,
    ]
    for index, content in enumerate(contents):
        objects.append(_page(FIRST_PAGE + 2 * index + 1, page, resources))
        objects.append(content if b"endstream" in content else stream(content))
    return document([*objects, *more], trailer)


def _page(content: int, page: bytes = A4, resources: bytes = b"", parent: int = 2) -> bytes:
    return b"<< /Type /Page /Parent %d 0 R %b /Resources << /Font << /F1 3 0 R >> %b >> /Contents %d 0 R >>" % (
        parent,
        page,
        resources,
        content,
    )


def text_of(bait: Bait, count: int) -> list[bytes]:
    """So many pages of one sentence each."""
    return [line(bait.sentence(number)) for number in range(count)]


# Nothing to read


def _picture(bait: Bait) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(range(256)) * 8 + b"\xff\xd9"


def _locked(bait: Bait, user: str = "open sesame") -> bytes:
    import pikepdf

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages(text_of(bait, 1)))) as pdf:
        no_copying = pikepdf.Permissions(extract=False)
        pdf.save(packed, encryption=pikepdf.Encryption(owner="keep out", user=user, R=6, allow=no_copying))
    return packed.getvalue()


def _scanned(sentence: str) -> bytes:
    """The picture of a page, as an object."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(pages([line(sentence) + line("It was opened in the spring.", 740)]))
    bitmap = pdf[0].render(scale=200 / 72, grayscale=True)
    size = b"/Width %d /Height %d" % (bitmap.stride, bitmap.height)
    entries = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode " + size
    picture = stream(zlib.compress(bytes(bitmap.buffer)), entries)
    pdf.close()
    return picture


def _with_scans(scan: str, contents: Sequence[bytes] = ()) -> bytes:
    """Pages of which the first is a scan."""
    drawn = b"q 595 0 0 842 0 0 cm /Im Do Q"
    picture = FIRST_PAGE + 2 * (1 + len(contents))
    return pages([drawn, *contents], b"/XObject << /Im %d 0 R >>" % picture, more=[_scanned(scan)])


def _no_letters(bait: Bait) -> bytes:
    """Letters that look right and are called by private names."""
    names = b" ".join(b"/q%d" % number for number in range(32, 127))
    secret = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [32 %b] >> >>" % names
    text = "\n".join(bait.sentence(number) for number in range(30))
    shifted = "".join(chr((ord(letter) - 32 + 41) % 95 + 32) if letter != "\n" else letter for letter in text)
    rows = b"".join(line(row, 760 - 14 * number) for number, row in enumerate(shifted.split("\n")))
    return pages([rows]).replace(FONT, secret)


# Broken


def _truncated(bait: Bait) -> bytes:
    whole = pages(text_of(bait, 20))
    return whole[: len(whole) * 3 // 5]


def _page_loop(bait: Bait) -> bytes:
    tree = b"<< /Type /Pages /Count 3 /Kids [4 0 R 2 0 R 2 0 R] >>"
    return document([b"<< /Type /Catalog /Pages 2 0 R >>", tree, FONT, _page(5), stream(line(bait.sentence()))])


def _deep_tree(bait: Bait) -> bytes:
    deep = 3_000
    nodes = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % number for number in range(5, 5 + deep)]
    return document(
        [b"<< /Type /Catalog /Pages 4 0 R >>", b"null", FONT, *nodes, _page(5 + deep), stream(line(bait.sentence()))]
    )


def _shared_kids(bait: Bait) -> bytes:
    """Ten million pages of one, by seven levels of ten times the same."""
    levels = [
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (10 ** (7 - level), b"%d 0 R " % (5 + level) * 10)
        for level in range(7)
    ]
    return document(
        [b"<< /Type /Catalog /Pages 4 0 R >>", b"null", FONT, *levels, _page(12), stream(line(bait.sentence()))]
    )


def _previous_loop(bait: Bait) -> bytes:
    whole = pages(text_of(bait, 1))
    table = int(whole.split(b"startxref\n")[1].split()[0])
    return pages(text_of(bait, 1), trailer=b"/Prev %d" % table)


def _self_length(bait: Bait) -> bytes:
    whole = pages(text_of(bait, 1))
    return whole.replace(b"<< /Length %d" % len(line(bait.sentence())), b"<< /Length 5 0 R")


def _nested_entries(bait: Bait) -> bytes:
    deep = 100_000
    return pages(text_of(bait, 1)).replace(
        b"/Type /Catalog", b"/Type /Catalog /More " + b"<</a " * deep + b"0" + b">>" * deep
    )


# Too much


def _flate_bomb(bait: Bait) -> bytes:
    return pages([stream(zlib_stream((line(bait.sentence()), 1), (b" " * MEGABYTE, 700)), b"/Filter /FlateDecode")])


def _double_bomb(bait: Bait) -> bytes:
    once = zlib.compress(zlib_stream((b" " * MEGABYTE, 900)), 9)
    return pages([stream(once, b"/Filter [/FlateDecode /FlateDecode]")])


def _draws(after: int) -> tuple[bytes, list[bytes]]:
    """Resources by which /D0 draws 10^8 lines, and the objects that they name, from this number."""
    count = 9
    forms = []
    for level in range(count):
        inner = b"/XObject << /D%d %d 0 R >>" % (level + 1, after + level + 1) if level + 1 < count else b""
        drawn = b"/D%d Do " % (level + 1) * 10 if inner else b"0 0 m 9 9 l S"
        forms.append(stream(drawn, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %b >>" % inner))
    return b"/XObject << /D0 %d 0 R >>" % after, forms


def _hanging(bait: Bait, before: int, after: int) -> bytes:
    """A page that takes for ever, among others."""
    count = before + 1 + after
    resources, forms = _draws(FIRST_PAGE + 2 * count)
    good = text_of(bait, before + after)
    return pages([*good[:before], b"/D0 Do", *good[before:]], resources, more=forms)


def _self_drawing(bait: Bait) -> bytes:
    form = stream(b"/D0 Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /D0 6 0 R >> >>")
    return pages([b"/D0 Do " + line(bait.sentence())], b"/XObject << /D0 6 0 R >>", more=[form])


def _crowded(bait: Bait) -> bytes:
    row = b"(" + b"lorem ipsum dolor sit " * 10 + b") Tj 0 -0.7 Td\n"
    return pages(
        [
            stream(
                zlib.compress(line(bait.sentence()) + b"BT /F1 1 Tf 60 740 Td\n" + row * 900 + b"ET"),
                b"/Filter /FlateDecode",
            )
        ]
    )


def _rectangles(bait: Bait) -> bytes:
    drawn = b"".join(b"%d %d 3 2 re f\n" % (index % 137 * 4, index // 137) for index in range(100_000))
    return pages([stream(zlib.compress(drawn + line(bait.sentence())), b"/Filter /FlateDecode")])


# Misleading


def _rotated(bait: Bait) -> bytes:
    rows = [b"BT /F1 9 Tf 0 1 -1 0 %d 60 Tm (%b) Tj ET\n" % (80 + 14 * number, _escaped(bait.sentence(number))) for number in range(3)]  # fmt: skip
    return pages([b"".join(rows)], page=A4 + b" /Rotate 90")


def _double_struck(bait: Bait) -> bytes:
    once = line(bait.sentence())
    return pages([once + once.replace(b"60 760 Td", b"60.2 760 Td")])


def _formula(bait: Bait) -> bytes:
    title = b'/Info << /Title (=HYPERLINK\\("%b/go","Read"\\)<script>alert\\(1\\)</script>) >>' % bait.url.encode()
    return pages([line(bait.sentence())], trailer=title)


def _calls_home(bait: Bait) -> bytes:
    """Opens an address, starts a program and reads a file as soon as it is opened."""
    act = b"/OpenAction << /S /URI /URI (%b/open) /Next << /S /Launch /F (%b) >> >>" % (
        bait.url.encode(),
        bytes(bait.secret),
    )
    whole = pages([stream(b"", b"/F (%b) /FFilter /FlateDecode" % bytes(bait.secret)), line(bait.sentence())])
    return whole.replace(b"/Type /Catalog", b"/Type /Catalog " + act)


CASES = (
    Case("pdf/empty.pdf", lambda bait: b"", EMPTY, "empty"),
    Case("pdf/picture.pdf", _picture, STOPPED | UNKNOWN),
    Case("pdf/locked.pdf", _locked, LOCKED, "password"),
    Case("pdf/owner-only.pdf", lambda bait: _locked(bait, ""), READ, found=1),
    Case(
        "pdf/scan.pdf",
        lambda bait: _with_scans(bait.sentence()),
        READ if OCR else EMPTY,
        "" if OCR else "OCR",
        int(OCR),
    ),
    Case(
        "pdf/half-scan.pdf",
        lambda bait: _with_scans(bait.sentence(3), text_of(bait, 3)),
        READ,
        "" if OCR else "page 1",
        3,
    ),
    Case("pdf/pages.pdf", lambda bait: pages(text_of(bait, 3_000)), READ, found=3_000),
    Case("pdf/truncated.pdf", _truncated, CUT),
    Case("pdf/no-pages.pdf", lambda bait: pages([]), EMPTY | STOPPED),
    Case("pdf/page-loop.pdf", _page_loop, CUT | EMPTY),
    Case("pdf/deep-tree.pdf", _deep_tree, BOUNDED),
    Case("pdf/shared-kids.pdf", _shared_kids, CUT),
    Case("pdf/previous-loop.pdf", _previous_loop, READ, found=1),
    Case(
        "pdf/lost-start.pdf",
        lambda bait: pages(text_of(bait, 1)).replace(b"startxref\n", b"startxref\n9"),
        READ,
        found=1,
    ),
    Case("pdf/no-size.pdf", lambda bait: pages(text_of(bait, 1), page=b""), READ, found=1),
    Case("pdf/self-length.pdf", _self_length, READ, found=1),
    Case("pdf/nested.pdf", _nested_entries, BOUNDED),
    Case("pdf/brackets.pdf", lambda bait: pages([line(bait.sentence()) + b"[" * 100_000]), BOUNDED),
    Case("pdf/flate-bomb.pdf", _flate_bomb, BOUNDED),
    Case("pdf/double-bomb.pdf", _double_bomb, BOUNDED),
    Case("pdf/draws.pdf", lambda bait: _hanging(bait, 0, 0), STOPPED),
    Case("pdf/one-hanging-page.pdf", lambda bait: _hanging(bait, 5, 5), CUT - STOPPED, "page 6", found=10),
    Case("pdf/self-drawing.pdf", _self_drawing, READ, found=1),
    Case("pdf/crowded.pdf", _crowded, READ, found=1),
    Case("pdf/rectangles.pdf", _rectangles, READ, found=1),
    Case("pdf/no-letters.pdf", _no_letters, EMPTY | CUT, "Letters cannot be told apart"),
    Case("pdf/rotated.pdf", _rotated, READ, found=3),
    Case("pdf/double-struck.pdf", _double_struck, READ, found=1),
    Case("pdf/formula.pdf", _formula, READ, found=1),
    Case("pdf/calls-home.pdf", _calls_home, READ, found=1),
)
