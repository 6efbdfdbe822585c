"""Texts of a draft in WordprocessingML: runs, citations as links to bookmarks, paragraphs of a style."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import count

from goalmap.report.draft import reading
from goalmap.report.draft.model import Draft, Text, ToWrite
from goalmap.report.page import anchor

TO_WRITE = '<w:highlight w:val="yellow"/>'
QUOTED = '<w:u w:val="single"/><w:shd w:val="clear" w:color="auto" w:fill="FFF0B3"/>'
KEEP = "<w:keepNext/><w:keepLines/>"
_WITHIN = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def escaped(text: str) -> str:
    return text.translate(_WITHIN)


def run(text: str, look: str = "") -> str:
    """A run of text with the properties of its look; line breaks and tabs stay."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{properties}{_characters(text)}</w:r>" if text else ""


def styled(text: str, style: str) -> str:
    return run(text, f'<w:rStyle w:val="{style}"/>')


def _characters(text: str) -> str:
    inside = escaped(text.replace("\r\n", "\n").replace("\r", "\n"))
    for char, element in _BREAKS.items():
        if char in inside:
            inside = inside.replace(char, f'</w:t>{element}<w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{inside}</w:t>'


def paragraph(style: str, inside: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def kept_together(paragraphs: Sequence[tuple[str, str]]) -> str:
    """Paragraphs, each its style and what is in it, that no page break parts."""
    last = len(paragraphs) - 1
    return "".join(
        paragraph(style, inside, KEEP if place < last else "") for place, (style, inside) in enumerate(paragraphs)
    )


def link(name: str, inside: str) -> str:
    """What leads to a bookmark."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{inside}</w:hyperlink>'


def bookmark_name(place: str) -> str:
    """The bookmark of an anchor: letters and digits, 40 at most, as Word asks.

    >>> bookmark_name("goal-5") == bookmark_name("goal 5"), len(bookmark_name("x" * 100))
    (True, 20)
    """
    return f"to_{hashlib.sha256(anchor(place).encode('utf-8', 'replace')).hexdigest()[:17]}"


class Texts:
    """Texts with the numbers of their citations, and bookmarks with ids of their own."""

    def __init__(self, draft: Draft) -> None:
        self.numbers = draft.cited
        self.names = {number: bookmark_name(id) for id, number in self.numbers.items()}
        self.anchors = reading.Anchors((Draft.EVIDENCE, *map(anchor, self.numbers)))
        self.cited: set[int] = set()
        self._ids = count(1)

    def bookmark(self, name: str, inside: str = "") -> str:
        id = next(self._ids)
        return f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{id}"/>'

    def place(self, name: str, inside: str) -> str:
        """Text that can be linked to by a name, the first time that the name comes."""
        return self.bookmark(bookmark_name(name), inside) if self.anchors.claim(name) else inside

    def text(self, runs: Text, is_told: bool = False, look: str = "") -> str:
        """Runs with their citations and marks."""
        return "".join(
            f"{self._words(one, look)}{self.cites(one.cites)}{self.tag(one.is_tagged)}"
            for one in reading.spoken(runs, is_told)
        )

    def linked(self, runs: Text, to: str, is_told: bool = False, look: str = "") -> str:
        """Runs whose words lead to a place of the draft, and then their citations."""
        found = tuple(reading.spoken(runs, is_told))
        words = "".join(run(f"{one.gap}{one.text}", f'<w:rStyle w:val="Link"/>{look}') for one in found)
        tag = self.tag(any(one.is_tagged for one in found))
        cites = self.cites(id for one in found for id in one.cites)
        return f"{link(bookmark_name(to.removeprefix('#')), words)}{cites}{tag}"

    def tag(self, is_tagged: bool) -> str:
        return f"{run(' ')}{styled(f'({reading.PROPOSED})', 'Tag')}" if is_tagged else ""

    def cites(self, passages: Iterable[str]) -> str:
        """The numbers of passages, each a link to its passage; nothing where there are none."""
        numbers = [self.numbers[id] for id in passages]
        if not numbers:
            return ""
        parts = styled(", ", "Citation").join(self._stretch(*pair) for pair in reading.stretches(numbers))
        inside = f"{styled('[', 'Citation')}{parts}{styled(']', 'Citation')}"
        places = "".join(self.bookmark(f"cited_{number}") for number in sorted(set(numbers) - self.cited))
        self.cited.update(numbers)
        return f"{places}{inside}"

    def _stretch(self, first: int, last: int) -> str:
        if first == last:
            return self._number(first)
        return f"{self._number(first)}{styled('–', 'Citation')}{self._number(last)}"

    def _number(self, number: int) -> str:
        return link(self.names[number], styled(str(number), "Citation"))

    def _words(self, one: reading.Spoken, look: str) -> str:
        if isinstance(one.run, ToWrite):
            return f"{run(one.gap)}{run(f'[To write: {one.text}]', TO_WRITE)}"
        return run(f"{one.gap}{one.text}", look)
