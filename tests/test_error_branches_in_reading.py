"""What goes wrong with a file in rare ways, and what is then read or said of it."""

import io
import os
import struct
import zipfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath

import openpyxl
import pikepdf
import pypdfium2
import pytest

from goalmap.ingest.document import Status
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem, Refused
from goalmap.ingest.find import find
from goalmap.ingest.inside import NOT_INSIDE, bytes_inside
from goalmap.ingest.mail.outlook import read_outlook
from goalmap.ingest.mail.reader import read_mail
from goalmap.ingest.office.charts import chart_blocks
from goalmap.ingest.office.checked import forced
from goalmap.ingest.office.open_document import read_open_document
from goalmap.ingest.office.sheets import read_sheets
from goalmap.ingest.office.slides import read_slides
from goalmap.ingest.packages import MAX_MEMBERS, Damaged, Package
from goalmap.ingest.pdf import ocr, pdfium, plumber
from goalmap.ingest.pdf.reader import read_pdf
from goalmap.ingest.read import read_document
from goalmap.ingest.recognise import Content
from goalmap.ingest.watch import Limits, Watch
from goalmap.ingest.web.book import LOCKED, read_book
from goalmap.ingest.web.reader import read_web
from tests.make_msg import compound_file, message
from tests.test_ingest_book import ABOUT, CONTAINER, page
from tests.test_ingest_repair import changed, report

LONGEST_NAME = "n" * 250
SENTENCE = "The Trust lent 300 tablets to patients in the spring of 2024."


def packed(members: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


# Paths


@pytest.fixture
def too_deep(tmp_path: Path) -> Path:
    """A folder whose folders lie so deep that their paths are longer than a system takes; with a file in each."""
    before = os.open(".", os.O_RDONLY)
    os.chdir(tmp_path)
    for _ in range(18):
        Path("a.txt").write_text(SENTENCE)
        os.mkdir(LONGEST_NAME)
        os.chdir(LONGEST_NAME)
    os.fchdir(before)
    os.close(before)
    return tmp_path


@pytest.mark.skipif(not Path("/proc").exists(), reason="other systems take longer paths")
def test_a_folder_that_cannot_be_opened_is_listed_with_the_reason(too_deep: Path) -> None:
    found = list(find([too_deep]))
    problems = [one.problem for one in found if one.problem]
    assert "The folder cannot be opened: File name too long." in problems
    assert sum(one.path.name == "a.txt" and not one.problem for one in found) >= 10


@pytest.mark.skipif(not Path("/proc").exists(), reason="other systems take longer paths")
def test_a_file_that_cannot_be_looked_at_is_listed_with_the_reason(tmp_path: Path) -> None:
    before = os.open(".", os.O_RDONLY)
    os.chdir(tmp_path)
    while len(os.getcwd()) < 4080 - len(LONGEST_NAME):
        os.mkdir(LONGEST_NAME)
        os.chdir(LONGEST_NAME)
    last = "m" * (4080 - len(os.getcwd()) - 1)
    os.mkdir(last)
    os.chdir(last)
    Path("a name that is too long.txt").write_text(SENTENCE)
    os.fchdir(before)
    os.close(before)
    assert [one.problem for one in find([tmp_path])] == ["The file cannot be looked at: File name too long."]


# Any file


def test_a_text_that_ended_its_worker_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    document = read_document(tmp_path / "a.txt", Watch.over(without={"text"}))
    assert document.status is Status.FAILED


def test_a_file_with_more_files_than_are_read_is_read_as_far_as_that(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({f"{number}.txt": f"{number}. {SENTENCE}" for number in range(5)}))
    document = read_document(tmp_path / "a.zip", Watch.over(Limits(max_parts=3)))
    assert (len(document.parts), document.status) == (3, Status.PARTIAL)
    assert document.problem == "Read as far as its file 3. The files in it are more than 3."


def test_a_file_that_is_in_no_other_is_told() -> None:
    with pytest.raises(ReadProblem, match=NOT_INSIDE):
        bytes_inside(PurePath("a.zip"), packed({"a.txt": SENTENCE}), ["0" * 64], Watch.over())


def test_a_package_whose_own_type_is_damaged_is_of_no_type() -> None:
    data = bytearray(packed({"content.xml": "<a/>", "mimetype": "application/epub+zip"}))
    data[data.index(b"application/epub")] = 0
    assert Content(bytes(data)).stated_type == ""


# Messages


def test_a_date_before_the_calendar_is_none() -> None:
    data = compound_file(message({0x0037: "Tablets", 0x1000: SENTENCE}, (), datetime(2024, 5, 3, tzinfo=UTC)))
    since = datetime(1601, 1, 1, tzinfo=UTC)
    ticks = struct.pack("<Q", (datetime(2024, 5, 3, tzinfo=UTC) - since) // timedelta(microseconds=1) * 10)
    assert ticks in data
    reading = read_outlook(data.replace(ticks, b"\xff" * 8), Watch.over())
    assert reading.metadata.published is None


def test_a_subject_with_a_broken_encoded_word_stands_as_it_is() -> None:
    reading = read_mail(f"From: a@b.example\nSubject: =?utf-8?b?A?= tablets\n\n{SENTENCE}\n".encode(), Watch.over())
    assert reading.metadata.title == "=?utf-8?b?A?= tablets"


# Office files


def test_a_figure_of_a_chart_that_is_no_number_stands_as_it_is() -> None:
    chart = """<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart>
    <c:ser><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Leeds</c:v></c:pt></c:strCache></c:strRef></c:cat>
    <c:val><c:numRef><c:numCache><c:formatCode>0%</c:formatCode><c:pt idx="0"><c:v>n/a</c:v></c:pt></c:numCache></c:numRef></c:val>
    </c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"""
    assert [block.text for block in chart_blocks(chart.encode())][-1] == "Leeds | n/a"


def test_markup_of_which_nothing_can_be_read_is_nothing() -> None:
    assert forced(b"") == b""


def test_a_document_of_which_no_markup_is_left_holds_no_text() -> None:
    with pytest.raises(ReadProblem):
        read_open_document(
            packed({"content.xml": b"\x00", "mimetype": "application/vnd.oasis.opendocument.text"}), Watch.over()
        )


def test_a_presentation_without_words_is_told() -> None:
    from pptx import Presentation

    file = io.BytesIO()
    Presentation().save(file)
    with pytest.raises(NoText, match="The presentation holds no text"):
        read_slides(file.getvalue(), Watch.over())


def test_a_cell_of_a_style_that_is_not_there_is_written_plainly() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ward", "2024"])
    book.active.append(["Larch", 0.5])
    book.active["B2"].number_format = "0%"
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as package:
        members = {name: package.read(name) for name in package.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    assert b's="1"' in sheet
    reading = read_sheets(
        packed({**members, "xl/worksheets/sheet1.xml": sheet.replace(b's="1"', b's="77"')}), Watch.over()
    )
    assert "2024: 0.5" in reading.blocks[-1].text


# Packages


def test_a_package_that_holds_too_many_files_is_refused() -> None:
    data = packed({"a.txt": SENTENCE})
    with pytest.raises(Refused, match="more than"):
        Package(data + b"PK\x01\x02" * (MAX_MEMBERS + 1), Watch.over())


def test_a_member_that_is_not_where_its_directory_says_is_damaged() -> None:
    data = bytearray(packed({"a.txt": SENTENCE}))
    data[:4] = b"XXXX"
    with pytest.raises(Damaged, match="not where its directory says"):
        Package(bytes(data), Watch.over()).read("a.txt")


# Books


def test_a_book_that_is_locked_asks_for_a_copy_that_is_not() -> None:
    locked = '<encryption><CipherReference URI="book/text/a.xhtml"/></encryption>'
    book = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "META-INF/encryption.xml": locked,
        "book/about.opf": ABOUT,
        "book/text/a.xhtml": page("Who asked", SENTENCE),
    }
    with pytest.raises(NeedsPassword, match=LOCKED[:20]):
        read_book(packed(book), Watch.over())


def test_a_chapter_without_words_costs_a_book_nothing() -> None:
    book = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "META-INF/encryption.xml": "",
        "book/about.opf": ABOUT,
        "book/nav.xhtml": "<html><body><img src='a.png'/></body></html>",
        "book/text/a.xhtml": page("Who asked", SENTENCE),
        "book/text/b b.xhtml": "<html><body></body></html>",
    }
    assert SENTENCE in [block.text for block in read_book(packed(book), Watch.over()).blocks]


def test_a_page_that_is_not_in_the_encoding_that_it_names_is_read_in_the_likeliest() -> None:
    html = f'<html><head><meta charset="ascii"></head><body><p>{SENTENCE} Café.</p></body></html>'
    assert "Café" in " ".join(block.text for block in read_web(html.encode("cp1252"), Watch.over()).blocks)


# PDFs


def test_a_pdf_whose_pages_hold_nothing_that_opens_is_told() -> None:
    def without_pages(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids = pikepdf.Array()
        pdf.Root.Pages.Count = 0

    with pytest.raises(NoText, match="The PDF has no pages"):
        read_pdf(changed(without_pages), Watch.over())


def test_a_page_that_cannot_be_opened_has_no_words() -> None:
    def second_is_no_page(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids[1] = pdf.make_indirect(pikepdf.Array())

    with closing(pypdfium2.PdfDocument(changed(second_is_no_page))) as pdf:
        page = pdfium.read_page(pdf, 1)
    assert page.is_damaged


def test_where_one_reader_of_pdfs_fails_there_are_no_words_of_its() -> None:
    with closing(pypdfium2.PdfDocument(report(1))) as pdf:
        page = pdfium.read_page(pdf, 0)
    assert plumber.readings_of(b"%PDF-1.7 and no more", page) == []


@pytest.mark.skipif(not ocr.is_there(), reason="needs tesseract")
def test_a_picture_that_takes_too_long_has_no_words() -> None:
    image = ocr.Image(2000, 2000, bytes(4_000_000), 1.0)
    assert ocr.words_on(image, seconds=0.001) is None
