"""Text as it should have been typed: spaces, ligatures and invisible characters put right, words broken at a line's end joined."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator

INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0xFFFE, 0x00AD]
)
CONTROL = {code: " " for code in [*range(0x20), *range(0x7F, 0xA0)]}
LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
SURROGATES = {code: "\ufffd" for code in range(0xD800, 0xE000)}
HYPHENS = dict.fromkeys([0x2010, 0x2011], "-")
SUBSTITUTES = {**CONTROL, **INVISIBLE, **LIGATURES, **SURROGATES, **HYPHENS}
SPACES = re.compile(r"\s+")
LINE_END_HYPHENS = ("\x02", "\ufffe", "\xad")
BROKEN = re.compile(r"[^\W_][-‐]$")
COMPOUND = re.compile(
    r"(?:co|ex|half|self|non|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"one|two|three|four|five|six|seven|eight|nine|ten)$"
)
"""The beginnings of words that are written with a hyphen before another word."""
SHORTEST_HEAD = 3
"""Fewest letters in a word that may be the first of a compound."""
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def clean(text: str) -> str:
    """One line of text: NFC, single spaces, no control or invisible characters, ligatures spelt out.

    >>> clean("good\\u00a0health \\ufb01rst\\u00ad\\n")
    'good health first'
    """
    return SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(SUBSTITUTES))).strip()


def words_in(text: str) -> Iterator[str]:
    """The words of a text in lower case, hyphenated ones whole."""
    return (match.group().casefold() for match in WORD.finditer(text))


def join_lines(lines: Iterable[str], vocabulary: Container[str] = frozenset()) -> str:
    """Lines of one paragraph as running text; a word broken at a line's end is made whole again.

    A hyphen that the typesetter put in is dropped, one that belongs to the word stays: `vocabulary` (words met elsewhere
    in the document, lower case) tells which.

    >>> join_lines(["commu-", "nity care"], frozenset({"community"}))
    'community care'
    >>> join_lines(["a long-", "term plan"], frozenset({"long-term"}))
    'a long-term plan'
    """
    joined: list[str] = []
    for line in filter(None, (line.strip() for line in lines)):
        if joined and joined[-1].endswith(LINE_END_HYPHENS):
            joined[-1] = joined[-1][:-1] + line
        elif joined and BROKEN.search(joined[-1]) and line[0].isalnum():
            joined[-1] = _join_hyphenated(joined[-1], line, vocabulary)
        else:
            joined.append(line)
    return " ".join(joined)


def _join_hyphenated(text: str, line: str, vocabulary: Container[str]) -> str:
    head = text[:-1].rsplit(None, 1)[-1].casefold().lstrip("(“‘\"'")
    tail = next(words_in(line), "")
    typed = not (text[-2].isalpha() and line[0].islower())
    hyphen = "-" if typed or _keeps_hyphen(head, tail, vocabulary) else ""
    return text[:-1] + hyphen + line


def _keeps_hyphen(head: str, tail: str, vocabulary: Container[str]) -> bool:
    if f"{head}-{tail}" in vocabulary or head + tail in vocabulary:
        return head + tail not in vocabulary
    first, second = head.rsplit("-", 1)[-1], tail.split("-", 1)[0]
    if first + second in vocabulary or not second.isalpha() or second not in vocabulary:
        return False
    return COMPOUND.match(first) is not None or (first in vocabulary and len(first) >= SHORTEST_HEAD)
