"""Markdown as the reference pages write it."""

from collections.abc import Iterable, Iterator, Sequence

MEANT_AS_TEXT = str.maketrans({"|": r"\|", "<": r"\<", "*": r"\*", "[": r"\[", "\n": " "})


def text(words: str) -> str:
    """Words in which nothing is markup, fit for a cell of a table."""
    return words.translate(MEANT_AS_TEXT)


def code(words: str) -> str:
    """Words shown as they are typed."""
    return f"`{words.replace('|', chr(92) + '|')}`"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, a line at a time, with a blank line after it."""
    for cells in (columns, ["---"] * len(columns), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


def fence(kind: str, words: str) -> Iterator[str]:
    """A block of code, with a blank line after it."""
    yield from (f"```{kind}", words.rstrip("\n"), "```", "")


def link(name: str, heading: str = "") -> str:
    """A link to a heading of the same page."""
    return f"[{code(name)}](#{anchor(heading or name)})"


def anchor(heading: str) -> str:
    """What a heading is linked by."""
    return heading.replace("`", "").replace(" ", "-").lower()
