"""Passages with their names marked, as the training data is written: `[Ann Lee](P) chairs [Kestrel Trust](O)`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources

from goalmap.extract.candidates import Label

LABELS = {"P": "PERSON", "O": "ORG", "I": "INITIATIVE", "T": "POST"}
"""What a mark's letter stands for."""
MARK = re.compile(rf"\[(?P<words>[^\[\]]+)\]\((?P<letter>[{''.join(LABELS)}])\)")
PREFIX, SUFFIX = "names-", ".txt"


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with its names; `voice` names the file that it comes from."""

    text: str
    names: tuple[Label, ...]
    voice: str


def read_marked(line: str, voice: str) -> Marked:
    """One passage without its marks, and the places of the names in it."""
    parts: list[str] = []
    names: list[Label] = []
    length = end = 0
    for match in MARK.finditer(line):
        before, words = line[end : match.start()], match["words"]
        start = length + len(before)
        names.append(Label(start, start + len(words), LABELS[match["letter"]]))
        parts += [before, words]
        length, end = start + len(words), match.end()
    return Marked("".join([*parts, line[end:]]), tuple(names), voice)


def read_voice(lines: Iterable[str], voice: str) -> Iterator[Marked]:
    return (read_marked(line.strip(), voice) for line in lines if line.strip())


def marked_passages() -> list[Marked]:
    """All passages that the tagger is trained on."""
    files = sorted(resources.files("goalmap.models").iterdir(), key=lambda file: file.name)
    return [
        passage
        for file in files
        if file.name.startswith(PREFIX) and file.name.endswith(SUFFIX)
        for passage in read_voice(file.read_text("utf-8").splitlines(), file.name.removeprefix(PREFIX)[: -len(SUFFIX)])
    ]
