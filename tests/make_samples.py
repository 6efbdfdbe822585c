"""The sample documents in tests/data/documents that a library writes: python -m tests.make_samples"""

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl
import pptx

from tests.make_msg import attachment, compound_file, message

FOLDER = Path(__file__).parent / "data" / "documents"
ROWS = (
    ("Scheme", "Council ward", "Places", "Started"),
    ("Warm hands café", "Ellbridge", 40, "2023-11"),
    ("Saturday tool library", "Harrow Moor", 120, "2024-02"),
    ("Bus fares for apprentices", "All wards", 310, "2024-09"),
)
PLAN = (
    "From September the council pays the bus fares of 310 apprentices who live more than three miles from their work."
)
TALK = "We asked apprentices why they left. Four in ten said the fare."
CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Getting there</title></head>
<body><h1>Getting there</h1><p>{text}</p><ul><li>Route 14 now runs until eleven at night.</li></ul></body></html>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">ellbridge-1</dc:identifier>
<dc:title>Getting there</dc:title><dc:publisher>Ellbridge Council</dc:publisher><dc:language>en</dc:language></metadata>
<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>"""
CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("Fares for apprentices", 0)
    document.add_paragraph(PLAN)
    document.add_paragraph("Ask at any library for a form.", style="List Bullet")
    table = document.add_table(0, 4)
    for row in ROWS:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _slides() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Fares for apprentices"
    slide.placeholders[1].text = PLAN
    slide.notes_slide.notes_text_frame.text = TALK
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.title = "Schemes"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _table() -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(ROWS)
    return file.getvalue().encode("utf-8-sig")


def _packed(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def _message() -> bytes:
    texts = {0x001A: "IPM.Note", 0x0037: "Fares", 0x0C1A: "Ellbridge Council", 0x1000: f"Colleagues,\r\n\r\n{PLAN}\r\n"}
    sent = datetime(2024, 9, 2, 9, tzinfo=UTC)
    return compound_file(message(texts, (attachment("schemes.csv", _table()),), sent))


def main() -> None:
    book = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "p.opf": PACKAGE,
        "c.xhtml": CHAPTER.format(text=PLAN),
    }
    samples = {
        "fares.docx": _word(),
        "fares.pptx": _slides(),
        "schemes.xlsx": _sheet(),
        "schemes.csv": _table(),
        "fares.epub": _packed(dict(book)),
        "fares.msg": _message(),
        "papers.zip": _packed({"plan/schemes.csv": _table(), "plan/note.txt": f"Fares\n\n{PLAN}\n\n{TALK}\n"}),
    }
    for name, data in samples.items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
