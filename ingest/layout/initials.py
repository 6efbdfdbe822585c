"""Drop capitals: a letter as high as several lines, made one with the word that it begins."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from goalmap.ingest.layout.page import Line, line_of

HIGHER = 1.7
"""A drop capital's size, as a multiple of the text's."""
LONGEST = 2
"""Most characters of a drop capital: a letter with a quotation mark before it."""
WIDEST_GAP = 1.2
"""Widest space between a drop capital and its word, as a multiple of the text's size."""
OPENING = re.compile(r"^[“‘\"']?[^\W\d_]")
LETTER_WIDTH = 0.5
"""The width of a letter, as a multiple of its size."""
SINGLE_WORDS = "AI"


def with_initials(lines: Sequence[Line], vocabulary: Container[str]) -> list[Line]:
    """Lines, drop capitals joined to their words; the lines beside one begin where it begins."""
    result = list(lines)
    for line in lines:
        capital, *rest = _apart(line)
        if _is_capital(capital.text):
            others = [*rest, *(other for other in result if other is not line)]
            if beside := _beside(capital, others):
                result = _joined(result, line, capital, beside, vocabulary)
    return result


def _is_capital(text: str) -> bool:
    return len(text) <= LONGEST and text[-1:].isupper()


def _apart(line: Line) -> list[Line]:
    """A line, the drop capital that begins it apart."""
    first, *others = line.words
    if not others or first.size <= HIGHER * others[0].size or (opening := OPENING.match(first.text)) is None:
        return [line]
    if left := first.text[opening.end() :]:
        next_word = others[0]
        edge = max(first.left + 1, first.right - LETTER_WIDTH * next_word.size * len(left))
        others = [replace(next_word, text=left, left=edge, right=first.right), *others]
        first = replace(first, text=opening.group(), right=edge)
    return [line_of([first], line.page), line_of(others, line.page)]


def _beside(capital: Line, lines: Sequence[Line]) -> list[Line]:
    """The lines that stand to the right of a capital, if there is more than one of them, from the top."""
    beside = [
        line
        for line in lines
        if line.size * HIGHER < capital.size
        and -0.3 * line.size <= line.left - capital.right < WIDEST_GAP * line.size
        and capital.top < (line.top + line.bottom) / 2 < capital.bottom
    ]
    return sorted(beside, key=lambda line: line.top) if len(beside) > 1 and not _is_row(beside) else []


def _is_row(beside: Sequence[Line]) -> bool:
    """Whether a row of a table stands there: lines side by side."""
    ordered = sorted(beside, key=lambda line: line.top)
    return ordered[1].top < (ordered[0].top + ordered[0].bottom) / 2


def _joined(
    lines: Sequence[Line], line: Line, capital: Line, beside: Sequence[Line], vocabulary: Container[str]
) -> list[Line]:
    """The lines, in the place of the one that held a capital the first that stands beside it."""
    first, *others = beside
    opened = {id(other): replace(other, left=capital.left) for other in others}
    opened[id(line)] = _opened(first, capital, vocabulary)
    return [opened.get(id(other), other) for other in lines if other is line or other is not first]


def _opened(line: Line, capital: Line, vocabulary: Container[str]) -> Line:
    """The first line with its capital."""
    word = line.words[0]
    whole = (capital.text + word.text).casefold().strip(".,;:!?’”")
    if capital.text in SINGLE_WORDS and whole not in vocabulary and word.text.casefold() in vocabulary:
        words = (replace(word, text=capital.text, left=capital.left, right=word.left - 0.1), *line.words)
    else:
        words = (replace(word, text=capital.text + word.text, left=capital.left), *line.words[1:])
    return line_of(words, line.page)
