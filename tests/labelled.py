"""Sentences of our own with what should be found in them: speech, figures and measures, and how well it is found.

`tuning.txt` is what rules are made on; of `aside.txt` only the totals are looked at, never which sentence fails.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from goalmap.extract.candidates import Label
from goalmap.extract.words import one_of
from goalmap.ingest.document import Document, Kind, Passage

DATA = Path(__file__).parent / "data"
PUBLISHER = "Orrin Water plc"
PUBLISHED = "2024-06-14"
_KINDS = {"row": Kind.TABLE_ROW}
_SPEECH = re.compile(r"⟦([^|~⟧]*)([|~])([^⟧]*)⟧")
_LINE = re.compile(r"(?:\{(\w+)\} )?(.*)")
_EXPECTED = re.compile(
    r"  (?P<words>.+?) = (?:(?P<kind>share|response rate|pay gap|target) )?(?P<value>[\d.]+)(?: (?P<unit>[^|]+?))?(?: \|(?P<more>.*))?$"
)


class Spoken(NamedTuple):
    """A quotation: its passage, its words, how they are given and who says them."""

    passage: int
    words: str
    kind: str
    speaker: str | None


class Number(NamedTuple):
    """A figure or measure: its passage, its words, its value and what else is told of it."""

    passage: int
    words: str
    value: float
    unit: str | None
    kind: str | None
    more: tuple[str | None, ...]


@dataclass(frozen=True)
class Example:
    """A few passages, with what is expected in them."""

    document: Document
    expected: tuple[Any, ...]


def speech_examples(name: str) -> list[Example]:
    return [_speech(block) for block in _blocks("speech", name)]


def people_labels(examples: Sequence[Example], document: Document) -> list[list[Label]]:
    """What a tagger would say that knows every speaker of the examples, and nobody else."""
    known = {spoken.speaker for example in examples for spoken in example.expected if spoken.speaker}
    pattern = re.compile(rf"\b(?:{one_of(known)})\b")
    return [[Label(*m.span(), "PERSON") for m in pattern.finditer(p.text)] for p in document.passages]


def number_examples(folder: str, name: str) -> list[Example]:
    return [_numbers(block) for block in _blocks(folder, name)]


def _blocks(folder: str, name: str) -> Iterator[list[str]]:
    for block in (DATA / folder / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        yield block.split("\n")


def _speech(lines: Sequence[str]) -> Example:
    expected = [
        Spoken(place, words, "direct" if sign == "|" else "indirect", speaker or None)
        for place, line in enumerate(lines)
        for speaker, sign, words in _SPEECH.findall(line)
    ]
    return Example(_document([_SPEECH.sub(r"\3", line) for line in lines]), tuple(expected))


def _numbers(lines: Sequence[str]) -> Example:
    texts: list[str] = []
    expected: list[Number] = []
    for line in lines:
        if not line.startswith("  "):
            texts.append(line)
        elif match := _EXPECTED.match(line):
            more = [part.strip() or None for part in (match["more"] or "").split("|")]
            told = tuple([*more, None, None, None, None][:4])
            expected.append(
                Number(len(texts) - 1, match["words"], float(match["value"]), match["unit"], match["kind"], told)
            )
        else:
            raise ValueError(line)
    return Example(_document(texts), tuple(expected))


def _document(lines: Sequence[str]) -> Document:
    heading: str | None = None
    passages: list[Passage] = []
    for place, line in enumerate(lines):
        match = _LINE.match(line)
        assert match
        kind = _KINDS.get(match[1]) or Kind(match[1] or "body")
        passages.append(Passage(place, kind, match[2], heading))
        heading = match[2] if kind is Kind.HEADING else heading
    return Document(path="example.txt", passages=tuple(passages), published=PUBLISHED, publisher=PUBLISHER)


@dataclass
class Score:
    """How many were found, how many of those found are right, and what was wrong."""

    hits: int = 0
    missed: int = 0
    false: int = 0
    errors: list[str] | None = None

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} of {self.hits + self.missed}"


def score(
    examples: Sequence[Example], find: Callable[[Document], Collection[Any]], key: Callable[[Any], Hashable]
) -> Score:
    """How well `find` gives what the examples expect, as far as `key` looks."""
    total = Score(errors=[])
    for example in examples:
        wanted, got = [key(x) for x in example.expected], [key(x) for x in find(example.document)]
        missed, false = [x for x in wanted if x not in got], [x for x in got if x not in wanted]
        total.hits += len(wanted) - len(missed)
        total.missed += len(missed)
        total.false += len(false)
        assert total.errors is not None
        if missed or false:
            total.errors.append(
                " / ".join(p.text for p in example.document.passages) + f"\n   missed {missed}\n   false  {false}"
            )
    return total
