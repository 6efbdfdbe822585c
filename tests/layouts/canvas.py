"""Layouts drawn line by line, as typesetting programs place them: running lines, breaks, notes, woven columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from reportlab.lib.pagesizes import A4

from tests.layouts.content import CAPTIONS, HEADINGS, ITEMS, NOTES, PARAGRAPHS, QUOTES, headings, paragraphs
from tests.layouts.typesetter import BOLD, HEADING, JUSTIFIED, SANS, SMALL, TEXT, Frame, Setter, Style, columns, fitted
from tests.layouts.wanted import Wanted

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
PAGE = columns(1)
CHAPTERS = headings(3, 4)
BIG_QUOTE = Style("Times-Italic", 15)
ITEM = Style(indent=-22, after=3)


def chapters() -> Setter:
    """A header with the chapter's name, which changes; page numbers on the outer side."""

    def dress(setter: Setter) -> None:
        setter.margin(CHAPTERS[setter.page - 1], 805, 50)
        setter.margin(str(setter.page + 11), 30, 50 if setter.page % 2 else 530)

    setter = Setter(
        PAGE, dress=dress, margins=lambda page: (("header", CHAPTERS[page - 1]), ("footer", str(page + 11)))
    )
    for i, name in enumerate(CHAPTERS):
        if i:
            setter.turn_page()
        setter.heading(name)
        for text in paragraphs(i * 6, 6):
            setter.add(text)
    return setter


def roman() -> Setter:
    """Roman page numbers in the middle of the foot, and a header that says part and report."""

    def dress(setter: Setter) -> None:
        setter.margin("Northmere College | Governors' report", 805)
        setter.margin(ROMAN[setter.page - 1], 36)

    setter = Setter(
        PAGE,
        dress=dress,
        margins=lambda page: (("header", "Northmere College | Governors' report"), ("footer", ROMAN[page - 1])),
    )
    setter.heading("Preface")
    for text in paragraphs(17, 26):
        setter.add(text, style=replace(TEXT, size=11))
    return setter


def over_breaks() -> Setter:
    """Paragraphs run over columns and pages, a picture with its caption between, words broken there as well."""

    def dress(setter: Setter) -> None:
        setter.margin("Valley Health Partnership", 805, 50)
        setter.margin(f"Page {setter.page} of 3", 30)
        if setter.page == 2:
            setter.canvas.rect(50, 640, 240, 130, fill=1)
            setter.write(CAPTIONS[0][:45], 50, 628, SMALL)
            setter.write(CAPTIONS[0][46:], 50, 618, SMALL)
            setter.obstacles.append(Frame(40, 610, 250, 170))
            setter.y = 605

    setter = Setter(
        columns(2, bottom=330),
        dress=dress,
        margins=lambda page: (("header", "Valley Health Partnership"), ("footer", f"Page {page} of 3")),
    )
    for i, text in enumerate(paragraphs(2, 34)):
        setter.add(text, style=replace(JUSTIFIED, indent=12 if i else 0, after=0))
    setter.insert(1, Wanted("caption", CAPTIONS[0]))
    return setter


def quote_between() -> Setter:
    """A pull quote between two columns, both of which flow round it."""
    setter = Setter(columns(2))
    setter.obstacles.append(Frame(220, 480, 155, 100))
    for i, line in enumerate(("“I came in to mend", "a bicycle and left", "with a job.”")):
        setter.write(line, 235, 550 - i * 20, BIG_QUOTE)
    for text in paragraphs(21, 26):
        setter.add(text, style=replace(JUSTIFIED, size=9.5, after=5))
    setter.flow.append(Wanted("quote", QUOTES[0]))
    return setter


def quote_rules() -> Setter:
    """A pull quote between two rules in the middle of a column."""
    setter = Setter(columns(2))
    for i, text in enumerate(paragraphs(6, 14)):
        setter.add(text, style=JUSTIFIED)
        if i == 2:
            setter.canvas.line(setter.frame.left, setter.y, setter.frame.right, setter.y)
            setter.y -= 4
            setter.add(QUOTES[1], "quote", Style("Times-BoldItalic", 14))
            setter.canvas.line(setter.frame.left, setter.y, setter.frame.right, setter.y)
            setter.y -= 6
    return setter


def footnotes() -> Setter:
    """Notes with raised marks at the foot of each page, the text going on over it."""

    def dress(setter: Setter) -> None:
        setter.canvas.line(50, 104, 190, 104)
        setter.write(str(setter.page), 50, 93, Style(size=5))
        setter.write(NOTES[setter.page - 1], 55, 90, Style(size=8))
        setter.margin(str(setter.page), 36)

    setter = Setter(columns(1, bottom=120), dress=dress, margins=lambda page: (("footer", str(page)),))
    for text in paragraphs(3, 27):
        setter.add(text, style=replace(TEXT, size=11))
    for page in reversed(range(1, setter.page + 1)):
        setter.insert(page, Wanted("body", f"{page} {NOTES[page - 1]}"))
    return setter


def footnotes_in_columns() -> Setter:
    """Two columns, a note of two lines under each."""
    setter = Setter(columns(2, bottom=130))
    small = Style(size=7.5, after=0)
    for frame, note in zip(setter.frames, (3, 4), strict=True):
        setter.canvas.line(frame.left, 118, frame.left + 80, 118)
        line, rest = fitted(f"{note} {NOTES[1]}".split(), frame.width, small)
        setter.write(" ".join(line), frame.left, 106, small)
        setter.write(" ".join(rest), frame.left, 96, small)
    for text in paragraphs(12, 15):
        setter.add(text, style=replace(JUSTIFIED, indent=10, after=0))
    setter.flow += [Wanted("body", f"{note} {NOTES[1]}") for note in (3, 4)]
    return setter


def woven() -> Setter:
    """Two forewords side by side whose lines were printed in turns."""
    setter = Setter(columns(2, top=700, gutter=24))
    setter.write("Two forewords", 50, 740, Style(BOLD, 20))
    setter.flow.append(Wanted("heading", "Two forewords"))
    sides: list[list[tuple[str, Style]]] = []
    for title, start, name in (
        ("From the chair", 0, "Dr Amina Rowe"),
        ("From the vice-chancellor", 18, "Prof. Ifan Pugh"),
    ):
        side: list[tuple[str, Style]] = [(title, HEADING)]
        setter.flow.append(Wanted("heading", title))
        for text in paragraphs(start, 7):
            setter.flow.append(Wanted("body", text))
            words = text.split()
            while words:
                line, words = fitted(words, setter.frame.width, TEXT)
                side.append((" ".join(line), TEXT))
            side.append(("", TEXT))
        side.append((name, Style(BOLD, 10)))
        setter.flow.append(Wanted("address", name))
        sides.append(side)
    for i in range(max(map(len, sides))):
        for side, frame in zip(sides, setter.frames, strict=True):
            if i < len(side):
                text, style = side[i]
                setter.write(text, frame.left, 690 - i * 12 - (0 if i else -6), style)
    return setter


def backwards() -> Setter:
    """One column whose paragraphs were printed from the last to the first."""
    setter = Setter(PAGE)
    texts = paragraphs(8, 9)
    for i in reversed(range(len(texts))):
        setter.y = 770 - i * 62
        setter.set(texts[i])
    setter.flow += [Wanted("body", text) for text in texts]
    return setter


def turned() -> Setter:
    """A page that viewers turn by a quarter."""
    setter = Setter((Frame(50, 60, 740, 480),), size=(A4[1], A4[0]))
    setter.canvas.setPageRotation(90)
    setter.canvas.translate(A4[0], 0)
    setter.canvas.rotate(90)
    setter.heading(HEADINGS[4])
    for text in paragraphs(31, 7):
        setter.add(text)
    return setter


def sideways() -> Setter:
    """A strip of words at the page's edge that run from its foot to its head."""

    def dress(setter: Setter) -> None:
        setter.canvas.saveState()
        setter.canvas.rotate(90)
        setter.write("Our neighbourhoods", 400, -24, Style(SANS, 11))
        setter.canvas.restoreState()

    setter = Setter(columns(2), dress=dress, margins=lambda page: (("tab", "Our neighbourhoods"),))
    for text in paragraphs(5, 30):
        setter.add(text, style=JUSTIFIED)
    return setter


def drop_cap() -> Setter:
    """Paragraphs apart by their indent, the first with a letter three lines high."""
    setter = Setter(columns(2, top=760))
    first = PARAGRAPHS[4]
    setter.write(first[0], 50, 725, Style(BOLD, 44))
    setter.obstacles.append(Frame(40, 724, 44, 60))
    setter.flow.append(Wanted("body", first))
    setter.set(first[1:], replace(JUSTIFIED, after=0))
    for text in paragraphs(5, 12):
        setter.add(text, style=replace(JUSTIFIED, indent=12, after=0))
    return setter


def lists_over_page() -> Setter:
    """Hanging items with bullets and letters, one of them over the page's end."""
    setter = Setter(
        columns(1, top=600, bottom=300),
        dress=lambda setter: setter.margin(f"Lockgate Council  {setter.page}", 40),
        margins=lambda page: (("footer", f"Lockgate Council {page}"),),
    )
    setter.add("During the year the council offered:", style=TEXT)
    for item in ITEMS[:8]:
        setter.add(item, "list_item", replace(ITEM, size=14), "•")
    setter.add("It was agreed that officers would report on:", style=TEXT)
    for i, item in enumerate(ITEMS[3:11]):
        setter.add(item, "list_item", replace(ITEM, size=14), f"({'abcdefgh'[i]})")
    return setter


def indents(frames: Sequence[Frame] = PAGE) -> Setter:
    """Paragraphs apart by nothing but the indent of their first line."""
    setter = Setter(frames)
    for i, text in enumerate(paragraphs(14, 14)):
        setter.add(text, style=replace(JUSTIFIED, indent=14 if i else 0, after=0))
    return setter


def spaces() -> Setter:
    """Paragraphs apart by nothing but a narrow space."""
    setter = Setter(columns(3))
    for text in paragraphs(24, 18):
        setter.add(text, style=replace(TEXT, size=8.5, after=4))
    return setter


SHEETS: dict[str, Callable[[], Setter]] = {
    "running-chapters": chapters,
    "running-roman": roman,
    "breaks-picture-between": over_breaks,
    "quote-between-columns": quote_between,
    "quote-rules": quote_rules,
    "footnotes-marks": footnotes,
    "footnotes-in-columns": footnotes_in_columns,
    "forewords-woven": woven,
    "order-backwards": backwards,
    "turned-page": turned,
    "sideways-edge": sideways,
    "dropcap-indents": drop_cap,
    "lists-over-page": lists_over_page,
    "paragraphs-indents": indents,
    "paragraphs-spaces": spaces,
}
