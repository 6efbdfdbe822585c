"""Text as it should have been typed: spaces, ligatures and invisible characters put right, words broken at a line's end joined."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0xFFFE, 0x00AD]
)
CONTROL = {code: " " for code in [*range(0x20), *range(0x7F, 0xA0)]}
LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
SURROGATES = {code: "\ufffd" for code in range(0xD800, 0xE000)}
SUBSTITUTES = {**CONTROL, **INVISIBLE, **LIGATURES, **SURROGATES}
SPACES = re.compile(r"\s+")
LINE_END_HYPHENS = ("\x02", "\ufffe", "\xad")
BROKEN = re.compile(r"[^\W_]-$")
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


def join_lines(lines: Iterable[str], vocabulary: frozenset[str] = frozenset()) -> str:
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


def _join_hyphenated(text: str, line: str, vocabulary: frozenset[str]) -> str:
    head = text[:-1].rsplit(None, 1)[-1].casefold().lstrip("(“‘\"'")
    tail = next(words_in(line), "")
    typed = not (text[-2].isalpha() and line[0].islower())
    return text + line if typed or _keeps_hyphen(head, tail, vocabulary) else text[:-1] + line


def _keeps_hyphen(head: str, tail: str, vocabulary: frozenset[str]) -> bool:
    if f"{head}-{tail}" in vocabulary or head + tail in vocabulary:
        return head + tail not in vocabulary
    return head in vocabulary and tail in vocabulary
