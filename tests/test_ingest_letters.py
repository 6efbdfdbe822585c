"""Letters asked for many at once stand where PDFium puts each of them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from goalmap.ingest.pdf.letters import BOTTOM, LEFT, RIGHT, TOP, Letters

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.pdf"))


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def text(request: pytest.FixtureRequest) -> Iterator[pypdfium2.PdfTextPage]:
    with (
        closing(pypdfium2.PdfDocument(request.param)) as pdf,
        closing(pdf[0]) as page,
        closing(page.get_textpage()) as text,
    ):
        yield text


def test_all_characters_are_read_at_one_go(text: pypdfium2.PdfTextPage) -> None:
    assert "".join(map(chr, Letters(text).codes)) == text.get_text_range()


def test_the_ends_of_words_stand_where_each_character_does(text: pypdfium2.PdfTextPage) -> None:
    printed = text.get_text_range()
    places = [i for i, char in enumerate(printed) if char.isalnum()]
    firsts, lasts, _ = Letters(text).ends(places, places[::-1])
    for place, first, last in zip(places, firsts, lasts[::-1], strict=True):
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text, place, box)
        assert (first == last).all()
        assert (first[LEFT], first[BOTTOM], first[RIGHT], first[TOP]) == (box.left, box.bottom, box.right, box.top)


def test_bold_letters_are_told_from_those_beside_them(text: pypdfium2.PdfTextPage) -> None:
    printed = text.get_text_range()
    places = [i for i, char in enumerate(printed) if char.isalpha()]
    _, _, bold = Letters(text).ends(places, places)
    weights = [raw.FPDFText_GetFontWeight(text, place) for place in places]
    assert any(bold)
    assert not all(bold)
    assert all(is_bold for is_bold, weight in zip(bold, weights, strict=True) if weight >= 600)
