"""Electronic books: chapters in the order of the book, what it says of itself, and broken or protected books."""

import io
import zipfile

import pytest

from goalmap.ingest.document import Kind, Metadata, Reading
from goalmap.ingest.errors import NeedsPassword, NoText, ReadProblem
from goalmap.ingest.watch import Watch
from goalmap.ingest.web.book import read_book

CONTAINER = '<container><rootfiles><rootfile full-path="book/about.opf"/></rootfiles></container>'
ABOUT = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>A year of lending</dc:title><dc:publisher>Orchard Lane Housing</dc:publisher>
<dc:date>2024-05-03T09:00:00Z</dc:date><dc:language>en-GB</dc:language></metadata>
<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="text/b%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="cover.png" media-type="image/png"/></manifest>
<spine><itemref idref="p"/><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine></package>"""


def page(heading: str, text: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>{heading}</title></head><body><h1>{heading}</h1><p>{text}</p></body></html>"
    )


FILES = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "book/about.opf": ABOUT,
    "book/nav.xhtml": page("Contents", "A, then B"),
    "book/text/a.xhtml": page("Who asked", "Anybody over 16 may ask for a loan of £5 at any time."),
    "book/text/b b.xhtml": page("What we lent", "The Trust lent 300 tablets to patients in the spring of 2024."),
}


def packed(files: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


def read(files: dict[str, str]) -> Reading:
    return read_book(packed(files), Watch.over())


def test_chapters_are_read_in_the_order_of_the_book() -> None:
    reading = read(FILES)
    assert [(block.text, block.kind) for block in reading.blocks] == [
        ("Contents", Kind.NAVIGATION),
        ("A, then B", Kind.NAVIGATION),
        ("What we lent", Kind.HEADING),
        ("The Trust lent 300 tablets to patients in the spring of 2024.", Kind.BODY),
        ("Who asked", Kind.HEADING),
        ("Anybody over 16 may ask for a loan of £5 at any time.", Kind.BODY),
    ]
    assert reading.problem is None


def test_a_book_says_who_published_it_and_when() -> None:
    assert read(FILES).metadata == Metadata("A year of lending", "Orchard Lane Housing", "2024-05-03", "en")


def test_a_chapter_that_is_missing_is_told() -> None:
    reading = read({name: text for name, text in FILES.items() if name != "book/text/a.xhtml"})
    assert reading.problem == "Of its 3 chapters, 1 cannot be read: 3."


def test_a_book_that_does_not_tell_its_order_is_read_by_names() -> None:
    reading = read({name: text for name, text in FILES.items() if not name.endswith((".opf", "nav.xhtml"))})
    assert [block.text for block in reading.blocks if block.kind is not Kind.BODY] == ["Who asked", "What we lent"]
    assert reading.note is not None


def test_a_protected_book_is_told() -> None:
    reference = '<encryption><CipherReference URI="book/text/a.xhtml"/></encryption>'
    with pytest.raises(NeedsPassword):
        read({**FILES, "META-INF/encryption.xml": reference})


def test_hidden_letters_of_a_font_do_not_make_a_book_protected() -> None:
    reference = '<encryption><CipherReference URI="book/font.otf"/></encryption>'
    assert read({**FILES, "META-INF/encryption.xml": reference}).blocks


def test_a_book_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    data = packed(FILES)
    reading = read_book(data[: data.index(b"PK\x01\x02")], Watch.over())
    assert len(reading.blocks) == 6
    assert reading.problem is not None


def test_a_book_of_pictures_holds_no_text() -> None:
    with pytest.raises(NoText):
        read({"META-INF/container.xml": CONTAINER, "book/about.opf": ABOUT})


def test_a_chapter_that_ended_a_worker_is_left_out() -> None:
    watch = Watch.over(without={"chapter 2"})
    reading = read_book(packed(FILES), watch)
    assert reading.problem == "Of its 3 chapters, 1 cannot be read: 2."


@pytest.mark.parametrize("data", [b"PK\x03\x04nothing", b"", b"a book"])
def test_what_is_no_book_is_told(data: bytes) -> None:
    with pytest.raises(ReadProblem):
        read_book(data, Watch.over())
