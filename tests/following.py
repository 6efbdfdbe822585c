"""A page of the documentation, taken apart into what its reader does and sees, in the order in which it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PIECES = re.compile(
    r"^```console\n(?P<console>(?s:.*?))^```$"
    r"|^!\[(?P<words>[^\]]*)\]\(pictures/(?P<picture>[\w-]+)\.png\)$"
    r"|^(?P<table>\|.*\|\n\|[-| :]+\|\n(?:\|.*\|\n)+)",
    re.M,
)
COMMAND = re.compile(r"^\$ (?P<words>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.M)


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be typed, and what the page says is printed; the place is where that begins in the page."""

    words: str
    shown: str
    place: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the page, by its name, with the words for those who do not see it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by the words of the header."""

    rows: tuple[dict[str, str], ...]


def pieces(page: str) -> Iterator[Command | Picture | Table]:
    """What is typed, looked at and filled in."""
    for found in PIECES.finditer(page):
        if found["console"] is not None:
            yield from commands(found["console"], found.start("console"))
        elif found["picture"]:
            yield Picture(found["picture"], found["words"])
        else:
            yield table(found["table"])


def commands(block: str, place: int) -> Iterator[Command]:
    """The commands of a block that begins at a place of the page, each with the lines below it."""
    for found in COMMAND.finditer(block):
        yield Command(found["words"], found["shown"], place + found.start("shown"))


def with_outputs(page: str, printed: Sequence[tuple[Command, str]]) -> str:
    """The page with what its commands printed this time."""
    for command, shown in reversed(printed):
        page = page[: command.place] + shown + page[command.place + len(command.shown) :]
    return page


def table(text: str) -> Table:
    """A Markdown table; code marks stay in the cells."""
    header, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return Table(tuple(dict(zip(header, row, strict=True)) for row in rows))
