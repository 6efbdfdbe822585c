"""A small typesetter on a canvas: text runs from frame to frame, round what stands in its way."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.layouts.browser import SYLLABLES
from tests.layouts.wanted import Margins, Wanted, no_margins

SERIF, SANS = "Times-Roman", "Helvetica"
BOLD = "Helvetica-Bold"


@dataclass(frozen=True)
class Frame:
    """A rectangle that text fills, from the page's bottom left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return self.bottom + self.height

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True)
class Style:
    font: str = SERIF
    size: float = 10.0
    leading: float = 1.25
    indent: float = 0.0
    """Of the first line; below zero the others hang."""
    after: float = 6.0
    justified: bool = False
    hyphens: bool = False


TEXT = Style()
HEADING = Style(BOLD, 13, after=4)
SMALL = Style(SANS, 7.5)


@dataclass
class Setter:
    """What is drawn, and what is to be read in it; frames are filled in turn, a new page after the last."""

    frames: Sequence[Frame]
    size: tuple[float, float] = A4
    dress: Callable[["Setter"], None] = lambda setter: None
    """Draws what stands on every page: running lines, pictures."""
    margins: Margins = no_margins
    flow: list[Wanted] = field(default_factory=list)
    obstacles: list[Frame] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    """How many passages have begun, and are read to their ends, before what stands at the end of a page."""
    page: int = 1
    place: int = 0

    def __post_init__(self) -> None:
        self.file = BytesIO()
        self.canvas = Canvas(self.file, pagesize=self.size)
        self.y = self.frame.top
        self.dress(self)

    @property
    def frame(self) -> Frame:
        return self.frames[self.place]

    @property
    def data(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()

    def turn_page(self) -> None:
        self.canvas.showPage()
        self.page, self.place, self.obstacles = self.page + 1, 0, []
        self.y = self.frame.top
        self.dress(self)

    def next_frame(self) -> None:
        if self.place + 1 < len(self.frames):
            self.place += 1
            self.y = self.frame.top
        else:
            self.turn_page()

    def add(self, text: str, kind: str = "body", style: Style = TEXT, mark: str = "") -> None:
        """Set a passage; a bullet or number stands before it."""
        self.flow.append(Wanted(kind, text if mark in ("", "•") else f"{mark} {text}"))
        self.set(text, style, mark)

    def insert(self, page: int, passage: Wanted) -> None:
        """Have a passage read at the end of a page; call it for the last page first."""
        self.flow.insert(self.ends.get(page, len(self.flow)), passage)

    def heading(self, text: str) -> None:
        self.y -= 6
        self.add(text, "heading", HEADING)

    def set(self, text: str, style: Style = TEXT, mark: str = "") -> None:
        words, first = text.split(), True
        while words:
            if self.y - style.size * style.leading < self.frame.bottom:
                self.ends[self.page] = len(self.flow) - first
                self.next_frame()
            left, right = self._room(style.size)
            left += style.indent if first and style.indent > 0 else -style.indent if style.indent < 0 else 0
            line, words = fitted(words, right - left, style)
            if first and mark:
                self.write(mark, left + style.indent, self.y - style.size, style)
            self._write_line(line, left, right if words else None, style)
            self.y -= style.size * style.leading
            first = False
        self.y -= style.after

    def write(self, text: str, x: float, y: float, style: Style = TEXT) -> None:
        self.canvas.setFont(style.font, style.size)
        self.canvas.drawString(x, y, text)

    def margin(self, text: str, y: float, x: float | None = None) -> None:
        """A running line, in the middle if no place is given."""
        left = (self.size[0] - stringWidth(text, SMALL.font, SMALL.size)) / 2 if x is None else x
        self.write(text, left, y, SMALL)

    def _write_line(self, line: Sequence[str], left: float, right: float | None, style: Style) -> None:
        text = self.canvas.beginText(left, self.y - style.size)
        text.setFont(style.font, style.size)
        if style.justified and right is not None and len(line) > 1:
            spare = right - left - stringWidth(" ".join(line), style.font, style.size)
            text.setWordSpace(spare / (len(line) - 1))
        text.textOut(" ".join(line))
        text.setWordSpace(0)
        self.canvas.drawText(text)

    def _room(self, size: float) -> tuple[float, float]:
        """From where to where a line may go at this height."""
        left, right = self.frame.left, self.frame.right
        for frame in self.obstacles:
            if frame.bottom < self.y and self.y - size < frame.top and frame.left < right and left < frame.right:
                if frame.left - left > right - frame.right:
                    right = frame.left
                else:
                    left = frame.right
        return left, right


def fitted(words: Sequence[str], width: float, style: Style) -> tuple[list[str], list[str]]:
    """The words that fit on a line, the last perhaps broken, and those that are left."""
    line: list[str] = []
    for i, word in enumerate(words):
        if line and stringWidth(" ".join([*line, word]), style.font, style.size) > width:
            for head, tail in _broken(word) if style.hyphens else ():
                if stringWidth(" ".join([*line, head]), style.font, style.size) <= width:
                    return [*line, head], [tail, *words[i + 1 :]]
            return line, list(words[i:])
        line.append(word)
    return line, []


def _broken(word: str) -> Iterator[tuple[str, str]]:
    """A word in two at its hyphens and syllables, the last place first."""
    hyphens = [i + 1 for i, char in enumerate(word) if char == "-" and 1 < i < len(word) - 2]
    syllables = [match.start() for match in SYLLABLES.finditer(word)]
    for place in sorted({*hyphens, *syllables}, reverse=True):
        yield word[:place] + ("" if place in hyphens else "-"), word[place:]


def columns(count: int, top: float = 770, bottom: float = 70, gutter: float = 18) -> tuple[Frame, ...]:
    """So many columns side by side on an A4 page."""
    width = (A4[0] - 100 - (count - 1) * gutter) / count
    return tuple(Frame(50 + i * (width + gutter), bottom, width, top - bottom) for i in range(count))


JUSTIFIED = replace(TEXT, justified=True, hyphens=True)
