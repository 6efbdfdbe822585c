"""What stands between quotation marks: double ones, or single ones where they come first."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from goalmap.extract.names import Mention

_MARKS = {"“": "”", '"': '"', "„": "”", "«": "»"}
_OPENING = re.compile(f"[{''.join(_MARKS)}]")
_SINGLE = re.compile(
    r"""
    (?<!\w) ‘ (?P<curly>[^‘“”"]{12,}?) (?: (?<=[.,!?…]) | (?<!s) | (?![^‘“”"]*[.,!?…]’(?!\w)) ) ’ (?!\w)
    | (?<!\w) ‘ (?P<short>[A-Z][^‘’“”"\n]{1,60}[.,!?]) ’ (?!\w)
    | (?<!\w) ' (?P<brief>[A-Z](?:[^\n“”"']|(?<=\w)'(?=\w)){1,60}[.,!?]) ' (?!\w)
    | (?<!\w) ' (?=[A-Z]) (?P<straight>[^\n“”"]{20,2000}?) (?<=[.,!?]) ' (?!\w)
    | (?<=[ ]) ' (?=[a-z]) (?P<partial>(?:[^\n“”"']|(?<=\w)'(?=\w)){20,400}) (?<!s) ' (?!\w)
    """,
    re.VERBOSE,
)
_MOST = 6000
"""A quotation longer than this has lost its closing mark."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks; `open_ended` where the closing mark is missing, so that the next paragraph may go on."""

    start: int
    end: int
    open_ended: bool = False


def quoted_in(text: str) -> list[Quoted]:
    """Everything between quotation marks; those inside others are part of them."""
    double = list(_double(text))
    single = [Quoted(*match.span(match.lastgroup or 0)) for match in _SINGLE.finditer(text)]
    outer = [quote for quote in single if not any(other.start <= quote.start < other.end for other in double)]
    return sorted([*double, *outer], key=lambda quote: quote.start)


def outside(people: Iterable[Mention], quoted: Sequence[Quoted]) -> list[Mention]:
    """The people who are named between no quotation marks."""
    starts = [quote.start for quote in quoted]
    ends = [0, *accumulate((quote.end for quote in quoted), max)]
    return [m for m in people if m.span.start >= ends[bisect_right(starts, m.span.start)]]


def _double(text: str) -> Iterator[Quoted]:
    position = 0
    while opening := _OPENING.search(text, position):
        position, mark = opening.start(), opening.group()
        if _opens(text, position):
            close = _closing(text, position + 1, _MARKS[mark])
            end = len(text.rstrip()) if close is None else close
            if end > position + 1 and text[position + 1 : end].strip():
                yield Quoted(*_stripped(text, position + 1, end), open_ended=close is None)
            position = end
        position += 1


def _closing(text: str, position: int, mark: str) -> int | None:
    close = text.find(mark, position, position + _MOST)
    if mark == "”" and (close < 0 or "“" in text[position:close]):
        other = text.find('"', position, position + _MOST)
        return min((place for place in (close, other) if place >= 0), default=None)
    return close if close >= 0 else None


def _opens(text: str, position: int) -> bool:
    """A straight mark opens before a letter; a curly one always does."""
    return text[position] != '"' or not text[position + 1 : position + 2].isspace() or not text[:position].strip()


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
