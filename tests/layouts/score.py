"""How well layouts are read: text found at all, in order, in whole passages, and of the right kind."""

import json
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TypeVar

from goalmap.ingest.document import Block
from goalmap.ingest.pdf.reader import read_pdf
from goalmap.ingest.watch import Watch

FOLDER = Path(__file__).parent
UNSEEN = FOLDER / "unseen"
"""Layouts of other makers, which the rules were not made on."""
MEASURES = ("text", "order", "whole", "kinds")
RUNNING = ("header", "footer")
BESIDE = (*RUNNING, "tab")
"""What stands beside the text, so that its place in the order means nothing."""
KINDS = {
    "quote": ("quote", "heading", "body", "caption"),
    "contents": ("navigation", "table_row", "body", "list_item"),
    "address": ("body", "heading"),
    "plain_caption": ("caption", "body"),
    "tab": ("navigation",),
    "clause": ("body", "list_item"),
    "figure": ("body", "heading", "caption", "list_item", "table_row"),
    "plain": ("body", "heading"),
    "row": ("table_row", "body", "list_item"),
}
"""What a reader may call passages whose kind is told later, or is a matter of taste; others are called as they are."""
QUOTES = str.maketrans("‘’“”‐‑", "''\"\"--")

Wanted = dict[str, str]
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of one file."""

    name: str
    text: float
    """F1 of the characters in words, wherever they stand."""
    order: float
    """Words of the text that stand in the right order."""
    whole: float
    """Passages that equal one that was found."""
    kinds: float
    """The same, and of the right kind, running lines counted in."""

    @property
    def group(self) -> str:
        return self.name.split("-")[0]


def scores(folder: Path = FOLDER) -> Iterator[Score]:
    """One score for each file of a set."""
    for truth in sorted((folder / "truth").glob("*.json")):
        yield score(truth.stem, blocks_of(truth.stem, folder), wanted_in(truth.stem, folder))


def blocks_of(name: str, folder: Path = FOLDER) -> tuple[Block, ...]:
    """What is read in a file of a set."""
    return read_pdf((folder / "files" / f"{name}.pdf").read_bytes(), Watch.over()).blocks


def wanted_in(name: str, folder: Path = FOLDER) -> list[Wanted]:
    """What is printed in a file of a set."""
    wanted: list[Wanted] = json.loads((folder / "truth" / f"{name}.json").read_text("utf-8"))
    return wanted


def score(name: str, blocks: Sequence[Block], wanted: Sequence[Wanted]) -> Score:
    found = Counter(plain(block.text) for block in blocks)
    of_kind = Counter((plain(block.text), str(block.kind)) for block in blocks)
    flow = [passage for passage in wanted if passage["kind"] not in BESIDE]
    return Score(
        name,
        text=_f1(_words(block.text for block in blocks), _words(passage["text"] for passage in wanted)),
        order=_order(
            _words(block.text for block in blocks if block.kind not in (*RUNNING, "navigation")),
            _words(passage["text"] for passage in flow),
        ),
        whole=sum(_take(found, [plain(passage["text"])]) for passage in flow) / len(flow),
        kinds=sum(
            _take(of_kind, [(plain(passage["text"]), kind) for kind in KINDS.get(passage["kind"], (passage["kind"],))])
            for passage in wanted
        )
        / len(wanted),
    )


def means(measured: Iterable[Score]) -> dict[str, float]:
    """The mean of each measure."""
    listed = list(measured)
    return {measure: round(sum(getattr(score, measure) for score in listed) / len(listed), 3) for measure in MEASURES}


def by_group(measured: Iterable[Score]) -> dict[str, dict[str, float]]:
    """The means of each group of layouts, and of all."""
    listed = list(measured)
    groups = {score.group for score in listed}
    inside = {group: means(score for score in listed if score.group == group) for group in sorted(groups)}
    return {"all": means(listed), **inside}


def halves(measured: Iterable[Score]) -> dict[str, dict[str, float]]:
    """The means of the layouts of other makers: those whose number is even were kept aside when the rules were mended."""
    listed = list(measured)
    even = [score for score in listed if int(score.name.split("-")[1]) % 2 == 0]
    return {
        "unseen": means(listed),
        "unseen, kept aside": means(even),
        "unseen, mended on": means(score for score in listed if score not in even),
    }


def plain(text: str) -> str:
    """A text for comparison: straight quotes, single spaces, no bars between cells."""
    text = unicodedata.normalize("NFKC", text)
    return " ".join(text.translate(QUOTES).replace("|", " ").split())


def _take(left: "Counter[T]", choices: Sequence[T]) -> bool:
    chosen = next((choice for choice in choices if left[choice]), None)
    if chosen is None:
        return False
    left[chosen] -= 1
    return True


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in plain(text).casefold().split()]


def _f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    shared = sum(len(word) for word in (Counter(found) & Counter(wanted)).elements())
    return 2 * shared / max(1, sum(map(len, found)) + sum(map(len, wanted)))


def _order(found: Sequence[str], wanted: Sequence[str]) -> float:
    matches = SequenceMatcher(None, found, wanted, autojunk=False).get_matching_blocks()
    return 2 * sum(match.size for match in matches) / max(1, len(found) + len(wanted))
