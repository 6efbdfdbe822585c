"""Text as it should have been typed: spaces, ligatures and invisible characters put right, words broken at a line's end joined."""

import re
import unicodedata
from collections.abc import Iterable

INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0x00AD])
CONTROL = {code: " " for code in [*range(0x20), *range(0x7F, 0xA0)]}
LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
SUBSTITUTES = {**CONTROL, **INVISIBLE, **LIGATURES}
SPACES = re.compile(r"\s+")
LINE_END_HYPHENS = ("\x02", "\ufffe", "\xad")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def clean(text: str) -> str:
    """One line of text: NFC, single spaces, no control or invisible characters, ligatures spelt out.

    >>> clean("good\\u00a0health \\ufb01rst\\u00ad\\n")
    'good health first'
    """
    return SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(SUBSTITUTES)).strip()


def words_in(text: str) -> Iterable[str]:
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
    text = ""
    for line in lines:
        line = line.strip()
        if text.endswith(LINE_END_HYPHENS):
            text = text[:-1] + line
        elif text.endswith("-") and len(text) > 1 and text[-2].isalpha() and line[:1].isalpha():
            text = _join_hyphenated(text, line, vocabulary)
        else:
            text = f"{text} {line}" if text else line
    return text


def _join_hyphenated(text: str, line: str, vocabulary: frozenset[str]) -> str:
    match = WORD.match(line)
    assert match is not None
    head, tail = text[:-1].rsplit(None, 1)[-1].casefold().lstrip("(“‘\"'"), match.group().casefold()
    if line[0].isupper() or f"{head}-{tail}" in vocabulary:
        return text + line
    if head + tail in vocabulary or not (head in vocabulary and tail in vocabulary):
        return text[:-1] + line
    return text + line
