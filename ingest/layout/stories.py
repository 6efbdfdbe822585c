"""Stories side by side: where text that stands in columns ends, and new text begins below in the same columns."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from goalmap.ingest.layout.page import Element, Line
from goalmap.ingest.marks import ENDS_SENTENCE

SAME_HEIGHT = 3.0
"""Points by which things may miss each other that begin at one height."""
HEADING = 1.25
"""The size of a heading over several columns, as a multiple of the text's."""
STORY_GAP = 2.5
"""Least space above one of the headings that stand level and begin new stories, as a multiple of their size."""

Style = tuple[int, bool]
"""Size in whole points, and whether bold."""


def height_of_stories(elements: Sequence[Element], before: Sequence[Element], after: Sequence[Element]) -> float | None:
    """The height above which the stories end that stand before and after a gutter, if they end before their columns do."""
    before, after = sorted(before, key=attrgetter("top")), sorted(after, key=attrgetter("top"))
    usual = _usual(line for line in (*before, *after) if isinstance(line, Line))
    for above, opening in pairwise(before):
        if not (isinstance(above, Line) and isinstance(opening, Line) and _is_heading(opening, usual)):
            continue
        if _opens_stories(above, opening, after) or _goes_on_beside(above, before, after):
            height = next(_white_heights(elements, above.bottom, opening.top), None)
            if height is not None:
                return height
    return None


def _usual(lines: Iterable[Line]) -> Style:
    """The style in which most of the text is set."""
    styles: Counter[Style] = Counter()
    for line in lines:
        styles[round(line.size), line.bold] += len(line.text)
    return max(styles, key=lambda style: styles[style], default=(0, True))


def _opens_stories(above: Line, opening: Line, after: Sequence[Element]) -> bool:
    """Whether a heading stands level with this one in the next column, and the text above one of them ends well before it."""
    higher = [element for element in after if element.bottom < opening.top]
    level = any(isinstance(e, Line) and abs(e.top - opening.top) < SAME_HEIGHT and _like(e, opening) for e in after)
    if not level or not higher or ENDS_SENTENCE.search(above.text) is None:
        return False
    return opening.top - min(above.bottom, max(e.bottom for e in higher)) > STORY_GAP * opening.size


def _goes_on_beside(above: Line, before: Sequence[Element], after: Sequence[Element]) -> bool:
    """Whether a line above a heading is left in mid-sentence, and the next column goes on from it, not from this one's end."""
    first, last = after[0], before[-1]
    if not (isinstance(first, Line) and isinstance(last, Line) and _like(above, first) and first.text[:1].islower()):
        return False
    edge = max(element.right for element in before if element.left < above.right)
    return _is_left_open(above, first, edge) and not _is_left_open(last, first, edge)


def _is_left_open(line: Line, following: Line, edge: float) -> bool:
    """Whether a line ends in mid-sentence and had no room for the word that follows."""
    word = following.words[0]
    return ENDS_SENTENCE.search(line.text) is None and edge - line.right < word.right - word.left + 0.25 * line.size


def _white_heights(elements: Sequence[Element], top: float, bottom: float) -> Iterator[float]:
    """Heights between these that no element crosses, the lowest first."""
    ends = (element.bottom + 0.1 for element in elements if top < element.bottom < bottom)
    for height in sorted((top + 0.1, bottom - 0.1, *ends), reverse=True):
        if not any(element.top < height < element.bottom for element in elements):
            yield height


def _is_heading(line: Line, text: Style) -> bool:
    size, bold = text
    return line.size > HEADING * size or (line.bold and not bold)


def _like(one: Line, other: Line) -> bool:
    return one.bold == other.bold and abs(one.size - other.size) < 0.1 * other.size
