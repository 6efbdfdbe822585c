"""Words in a picture: made safe, measured, shortened and wrapped, since a drawing does none of that by itself."""

import re

UNNAMED = "(no name)"
_LONGEST = 300
_WIDTHS = (  # of Arial, in thousandths of the size of the letters
    ("il'j|", 225),
    ("ftI!.,:;/\\ ()[]", 285),
    ('r-"`', 340),
    ("cksvxyzJ", 505),
    ("abdeghnopqu0123456789L$£?#_*", 560),
    ("+<=>~", 590),
    ("ABEFKPSTVXYZ&", 667),
    ("CDHNRUw", 725),
    ("GOQ", 785),
    ("mM", 840),
    ("W%@", 940),
)
_WIDTH_OF = {letter: width for letters, width in _WIDTHS for letter in letters}
_USUAL, _WIDE, _FIRST_WIDE = 610, 1000, "\u1100"
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufff0-\uffff\ud800-\udfff]+"
)


def clean(words: str | None) -> str:
    """Return the words on one line, without characters that a drawing must not hold or that turn text round.

    What is longer than any name is cut.
    """
    line = " ".join(_UNSAFE.sub(" ", (words or "")[: 4 * _LONGEST]).split())
    return (line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…") or UNNAMED


def is_clean(words: str) -> bool:
    """Return whether there is something, and nothing in it that a drawing must not hold."""
    return bool(words) and not _UNSAFE.search(words)


def width_of(words: str, size: float) -> float:
    """Return about how wide the words are, a little too wide rather than too narrow."""
    return sum(_letter(letter) for letter in words) * size / 1000 * 1.04


def _letter(letter: str) -> int:
    return _WIDTH_OF.get(letter, _WIDE if letter >= _FIRST_WIDE else _USUAL)


def shortened(words: str, room: float, size: float) -> str:
    """Return the words, cut with an ellipsis where they are wider than the room."""
    if width_of(words, size) <= room:
        return words
    end = len(words)
    while end > 1 and width_of(words[:end].rstrip() + "…", size) > room:
        end -= 1
    return words[:end].rstrip() + "…"


def wrapped(words: str, room: float, size: float, most: int) -> list[str]:
    """Return the words in at most so many lines, the last one shortened where they do not fit."""
    lines: list[str] = []
    left = words.split(" ")
    while left and len(lines) < most - 1:
        fitting = _fitting(left, room, size)
        lines.append(shortened(" ".join(left[:fitting]), room, size))
        left = left[fitting:]
    return [*lines, shortened(" ".join(left), room, size)] if left else lines


def _fitting(words: list[str], room: float, size: float) -> int:
    """Return how many of the words fit a line: at least one."""
    count = 1
    while count < len(words) and width_of(" ".join(words[: count + 1]), size) <= room:
        count += 1
    return count
