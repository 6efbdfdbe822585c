"""The sentences of a passage in which something is named."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from goalmap.extract.sentences import sentences_of
from goalmap.store.browse.marks import Mark, marked

LONGEST = 360
"""Characters of a sentence that are shown; of a longer one the words about the name."""
SENTENCES = 3
GAP = Markup(" … ")

Bounds = tuple[int, int]


def in_context(text: str, marks: Sequence[Mark]) -> Markup:
    """The first few sentences that hold a mark, with all that is marked in them.

    >>> in_context("We lend tablets. Ada Ray teaches. Nobody is left out.", [Mark(17, 24, "person", "Ada Ray")])
    Markup('… <mark class="person" title="Ada Ray">Ada Ray</mark> teaches. …')
    """
    shown = list(_joined(_around(text, mark) for mark in sorted(marks, key=lambda mark: mark.order)))[:SENTENCES]
    if not shown:
        return Markup("")
    before = Markup("… ") if text[: shown[0][0]].strip() else Markup("")
    after = Markup(" …") if text[shown[-1][1] :].strip() else Markup("")
    return before + GAP.join(_excerpt(text, bounds, marks) for bounds in shown) + after


def _excerpt(text: str, bounds: Bounds, marks: Iterable[Mark]) -> Markup:
    start, end = bounds
    inside = (mark for mark in marks if start <= mark.start and mark.end <= end)
    return marked(text[start:end], [mark.moved(-start) for mark in inside])


def _around(text: str, mark: Mark) -> Bounds:
    """The sentence in which a mark begins, as far as there is room for it."""
    start, end = next(bounds for bounds in sentences_of(text) if mark.start < bounds[1])
    end = max(end, mark.end)
    if end - start <= LONGEST:
        return start, end
    room = max(0, LONGEST - (mark.end - mark.start)) // 2
    first, last = max(start, mark.start - room), min(end, mark.end + room)
    return _after_space(text, first, mark.start) if first > start else start, _before_space(text, mark.end, last, end)


def _after_space(text: str, first: int, limit: int) -> int:
    space = text.find(" ", first, limit)
    return first if space < 0 else space + 1


def _before_space(text: str, limit: int, last: int, end: int) -> int:
    space = text.rfind(" ", limit, last) if last < end else -1
    return last if space < 0 else space


def _joined(bounds: Iterable[Bounds]) -> Iterator[Bounds]:
    """Stretches in order, each as long as those that it runs into."""
    standing: Bounds | None = None
    for start, end in bounds:
        if standing and start <= standing[1] + 1:
            standing = standing[0], max(standing[1], end)
            continue
        if standing:
            yield standing
        standing = start, end
    if standing:
        yield standing
