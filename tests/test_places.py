"""Every passage stands where it says: its text is the normalised source at its place, nothing added and nothing made up."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from goalmap.ingest.clean import clean
from goalmap.ingest.common_words import common_words
from goalmap.ingest.document import Document, Passage
from goalmap.ingest.read import attempt, read_document
from goalmap.ingest.text.encodings import decode
from goalmap.ingest.watch import Watch

DATA = Path(__file__).parent / "data"
FOLDERS = (
    DATA / "documents",
    DATA / "gold" / "files",
    DATA / "second" / "files",
    DATA.parent.parent / "examples",
)
PDFS = sorted(path for folder in FOLDERS for path in folder.glob("*.pdf"))
TEXTS = sorted(path for folder in (*FOLDERS, DATA / "seeds") for path in folder.glob("*.txt"))
ENDS = st.sampled_from(["", "", "", ",", ";", ".", "’s", "”"])
STARTS = st.sampled_from(["", "", "", "“", "£5 ", "(", "é"])
WORDS = st.builds("".join, st.tuples(STARTS, st.sampled_from(sorted(common_words())), ENDS))
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=3, max_size=60).map(" ".join), min_size=1, max_size=12)


def letters(text: str) -> str:
    """A text as far as no layout changes it: without spaces, hyphens, bullets and table bars."""
    return re.sub(r"[^\w£%]|_", "", clean(text))


def at_its_place(pdf: pypdfium2.PdfDocument, passage: Passage) -> str:
    """What PDFium reads inside the boxes of a passage."""
    texts = []
    for box in passage.boxes:
        page = pdf[box.page - 1]
        height = page.get_height()
        reader = page.get_textpage()
        texts.append(
            reader.get_text_bounded(box.left - 1, height - box.bottom - 1, box.right + 1, height - box.top + 1)
        )
    return letters(" ".join(texts))


def misplaced(document: Document, pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """Passages with letters that are not at their place."""
    for passage in document.passages:
        if not passage.boxes:
            yield f"no place: {passage.text}"
            continue
        there = sorted(at_its_place(pdf, passage))
        left = list(there)
        for char in letters(passage.text):
            if char not in left:
                yield f"{char!r} of {passage.text[:90]!r}"
                break
            left.remove(char)


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_the_letters_of_a_passage_stand_in_its_boxes(path: Path) -> None:
    pdf = pypdfium2.PdfDocument(path)
    assert list(misplaced(read_document(path), pdf)) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_passages_of_a_text_file_are_its_words_in_order(path: Path) -> None:
    source, place = letters(decode(path.read_bytes())), 0
    for passage in read_document(path).passages:
        place = source.find(letters(passage.text), place)
        assert place >= 0, passage.text
        place += len(letters(passage.text))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@given(PARAGRAPHS)
def test_paragraphs_set_at_random_are_read_whole_in_their_place_and_order(paragraphs: list[str]) -> None:
    file = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    escaped = (text.replace("&", "&amp;").replace("<", "&lt;") for text in paragraphs)
    SimpleDocTemplate(file, pagesize=A4).build([Paragraph(text, style) for text in escaped])
    data = file.getvalue()
    document = attempt(Path("a.pdf"), lambda: data, Watch.over())
    assert list(misplaced(document, pypdfium2.PdfDocument(data))) == []
    assert letters("".join(passage.text for passage in document.passages)) == letters("".join(paragraphs))
