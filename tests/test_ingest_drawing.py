"""Pages of PDFs as pictures, with the place of a passage marked on them."""

import io
from collections.abc import Sequence
from pathlib import Path, PurePath

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from goalmap.ingest.document import Box, Document
from goalmap.ingest.errors import ReadProblem
from goalmap.ingest.pdf import ocr, reader
from goalmap.ingest.pdf.drawing import COLOURS, DOTS_AN_INCH, MOST_DOTS, drawn
from goalmap.ingest.read import document_of
from goalmap.ingest.watch import Watch
from goalmap.store.browse.sources.page_images import REPAIRED
from tests.hostile.pdfs import _scanned, line, pages
from tests.test_ingest_filled import answered, pdf_of

FILES = Path(__file__).parent / "layouts" / "files"
SCALE = DOTS_AN_INCH / 72
SENTENCES = (
    "The Trust took on forty apprentices in March and all of them have stayed in the town.",
    "Every ward has a garden now, which the patients of the old laundry planted by themselves.",
)
TEXT = line(SENTENCES[0], 600) + line(SENTENCES[1], 400)


def read(data: bytes) -> Document:
    return document_of(PurePath("a.pdf"), data, Watch.over())


def seen(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def boxes_on(document: Document, page: int = 1) -> list[Box]:
    return [box for passage in document.passages for box in passage.boxes if box.page == page]


def unmarked_ink(picture: Image.Image, boxes: Sequence[Box]) -> int:
    """How many dark dots lie outside all marks."""
    bare = picture.convert("L")
    for box in boxes:
        bare.paste(255, dots(box, 4))
    return sum(bare.histogram()[:128])


def dots(box: Box, margin: float = 0) -> tuple[int, int, int, int]:
    """Where a place and a margin round it lie on the picture."""
    left, top = (round((edge - margin) * SCALE) for edge in (box.left, box.top))
    right, bottom = (round((edge + margin) * SCALE) for edge in (box.right, box.bottom))
    return left, top, right, bottom


def yellow(picture: Image.Image, box: Box) -> float:
    """How much of a box is marked."""
    inner = list(zip(*[iter(picture.crop(dots(box)).tobytes())] * COLOURS, strict=True))
    return float(sum(red > blue + 60 for red, _, blue in inner) / len(inner))


UPRIGHT = {
    0: (b"1 0 0 1 %d %d", ((60, 600), (60, 400))),
    90: (b"0 1 -1 0 %d %d", ((200, 60), (400, 60))),
    180: (b"-1 0 0 -1 %d %d", ((530, 200), (530, 400))),
    270: (b"0 -1 1 0 %d %d", ((400, 780), (200, 780))),
}
"""How and where two lines stand on a page that is to be turned."""


def upright(turn: int) -> bytes:
    """The two sentences as they stand upright once the page is turned."""
    matrix, places = UPRIGHT[turn]
    told = zip(places, SENTENCES, strict=True)
    return b"".join(b"BT /F1 9 Tf %b Tm (%b) Tj ET\n" % (matrix % place, words.encode()) for place, words in told)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from((0, 90, 180, 270)), st.tuples(*[st.integers(-40, 40)] * 4))
def test_marks_lie_on_the_words_however_a_page_is_turned_and_cropped(turn: int, cut: tuple[int, ...]) -> None:
    crop = b"/CropBox [%d %d %d %d]" % (cut[0], cut[1], 595 - cut[2], 842 - cut[3])
    data = pages([upright(turn)], page=b"/MediaBox [-20 -30 615 900] /Rotate %d %b" % (turn, crop))
    document = read(data)
    boxes = boxes_on(document)
    picture = seen(drawn(data, boxes))
    assert sum(SENTENCES[0] in passage.text for passage in document.passages) == 1
    assert unmarked_ink(picture, boxes) == 0
    assert all(yellow(picture, box) > 0.6 for box in boxes)


@pytest.mark.parametrize("name", ["turned-page", "sideways-edge", "sideways-tab", "spread-two-pages", "columns-two"])
def test_only_the_passage_that_is_asked_for_is_marked(name: str) -> None:
    data = (FILES / f"{name}.pdf").read_bytes()
    passages = [passage for passage in read(data).passages if passage.boxes and len(passage.text) > 60]
    first, other = passages[0], passages[-1]
    picture = seen(drawn(data, [box for box in first.boxes if box.page == 1]))
    assert all(yellow(picture, box) > 0.6 for box in first.boxes if box.page == 1)
    assert all(yellow(picture, box) == 0 for box in other.boxes if box.page == 1)


def test_letters_on_a_dark_ground_are_still_read_and_the_line_round_the_mark_is_seen() -> None:
    data = pages([b"0 0 595 842 re f 1 g " + TEXT])
    (box, *_) = boxes_on(read(data))
    picture = seen(drawn(data, [box]))
    assert max(picture.crop(dots(box)).convert("L").tobytes()) > 200
    assert (0xB3, 0x3A, 0x00) in {colour for _, colour in picture.getcolors(1_000_000) or ()}


def test_a_page_of_the_size_of_a_wall_is_drawn_small() -> None:
    picture = seen(drawn(pages([TEXT], page=b"/MediaBox [0 0 14400 14400]"), [Box(1, 60, 60, 90, 90)]))
    assert picture.width * picture.height <= MOST_DOTS
    assert picture.width == picture.height


def test_a_page_can_be_enlarged() -> None:
    data = pages([TEXT])
    one, two = (seen(drawn(data, [Box(1, 60, 60, 90, 90)], enlarged)) for enlarged in (1.0, 2.0))
    assert two.width == pytest.approx(2 * one.width, abs=2)


@pytest.mark.parametrize("box", [Box(1, -50, -50, 900, 20), Box(1, 5_000, 5_000, 5_100, 5_100), Box(1, 90, 90, 60, 60)])
def test_a_place_beyond_the_page_harms_nothing(box: Box) -> None:
    assert seen(drawn(pages([TEXT]), [box])).size == seen(drawn(pages([TEXT]), [Box(1, 1, 1, 2, 2)])).size


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", pages([]), pages([TEXT])])
def test_a_page_that_is_not_there_is_a_problem_in_words(data: bytes) -> None:
    with pytest.raises(ReadProblem, match="Open the original file"):
        drawn(data, [Box(7, 0, 0, 9, 9)])


def test_pages_are_counted_in_the_repaired_copy_where_that_was_read() -> None:
    """The first page of the file itself is lost; its second is the first of the copy."""
    whole = pages([line(SENTENCES[0], 600), line(SENTENCES[1], 400)])
    broken = whole.replace(b"/Count 2 /Kids [4 0 R 6 0 R]", b"/Count 3 /Kids [9 0 R 4 0 R 6 0 R]")
    first, second = boxes_on(read(whole), 1), boxes_on(read(whole), 2)
    assert unmarked_ink(seen(drawn(broken, second, is_mended=True)), second) == 0
    moved = [Box(2, box.left, box.top, box.right, box.bottom) for box in first]
    assert unmarked_ink(seen(drawn(broken, moved)), moved) == 0


def test_the_reader_of_pdfs_says_of_a_repaired_copy_what_is_looked_for() -> None:
    assert REPAIRED in reader.REPAIRED


def test_what_is_written_in_the_fields_of_a_form_is_drawn() -> None:
    data = pdf_of(answered)
    boxes = boxes_on(read(data))
    (box,) = [box for box in boxes if box.right > 250]
    answer = seen(drawn(data, boxes)).crop(dots(Box(1, 205, box.top, 500, box.bottom)))
    assert sum(answer.convert("L").histogram()[:100]) > 200


@pytest.mark.slow
@pytest.mark.skipif(not ocr.is_there() or "osd" not in ocr.known_languages(), reason="no tesseract that tells turns")
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_scan_that_lies_on_its_side_is_shown_as_it_was_read_with_the_mark_on_its_words(turn: int) -> None:
    drawn_by = b"q 595 0 0 842 0 0 cm /Im Do Q"
    scan = pages([drawn_by], b"/XObject << /Im 6 0 R >>", more=[_scanned(SENTENCES[0])])
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(scan)) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(file)
    document = read(file.getvalue())
    boxes = boxes_on(document)
    picture = seen(drawn(file.getvalue(), boxes))
    assert "apprentices" in " ".join(passage.text for passage in document.passages)
    assert unmarked_ink(picture, boxes) < 0.2 * unmarked_ink(picture, [])
