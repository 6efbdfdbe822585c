"""How alike two passages are: by the words that they share, each weighed by how rarely passages have it."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

from goalmap.classify.activities.model import Telling
from goalmap.extract.words import CAPITAL, table

SPOKEN = table(
    """
    the and for with that this these those from are was were been has have had its their our ours your his her who whom whose which what
    when where while than then them they not nor but into onto out over under after before since until during about between among can
    could will would shall should may might must all any each every both some such more most many much other another one two three four
    five six seven eight nine ten also too very just only even still yet now here there how why per year years month months week weeks
    day days last next first new people work working through across within being make made take taken give given help support
    million thousand hundred billion cent spring summer autumn winter january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday
    """
)
"""Words that passages share by chance."""
ENDINGS = ("ing", "ies", "ed", "es", "s", "e")
LEAST_STEM = 4
RARE = 0.02
"""A word that at most this share of passages has is a telling one."""
WORD = re.compile(r"[a-z]{3,}")
PROPER = re.compile(rf"(?<![.!?:]\s)(?<!^)\b{CAPITAL}(?:\s{CAPITAL})*")


class Likeness:
    """Compares the passages that it is made with."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._words = {telling.passage_id: _words(telling) for telling in tellings}
        counts = _background() + Counter(word for words in self._words.values() for word in words)
        total = _size_of_background() + len(tellings)
        self._weights = {word: math.log((total + 1) / (count + 0.5)) ** 2 for word, count in counts.items()}
        self._least = math.log(1 / RARE) ** 2
        self._lengths = {
            id: math.sqrt(math.fsum(map(self._weights.__getitem__, words))) for id, words in self._words.items()
        }

    def of(self, one: Telling, other: Telling) -> float:
        """From 0, nothing in common, to 1, the same words."""
        length = self._lengths[one.passage_id] * self._lengths[other.passage_id]
        return math.fsum(self._weights[stem] for stem in self._common(one, other)) / length if length else 0.0

    def shared(self, one: Telling, other: Telling) -> tuple[str, ...]:
        """The words of the first that both have, the rarest first."""
        stems = sorted(self._common(one, other), key=lambda stem: (-self._weights[stem], stem))
        return tuple(self._words[one.passage_id][stem] for stem in stems)

    def telling_words(self, telling: Telling) -> Iterable[str]:
        return (stem for stem in self._words[telling.passage_id] if self._weights[stem] >= self._least)

    def _common(self, one: Telling, other: Telling) -> Iterable[str]:
        return self._words[one.passage_id].keys() & self._words[other.passage_id].keys()


def _words(telling: Telling) -> Mapping[str, str]:
    """The words by their stems, without names of organisations and people, which tell who and not what."""
    text = telling.text
    for named in sorted(telling.named, key=lambda named: -named.start):
        if named.kind != "initiative":
            text = f"{text[: named.start]} {text[named.end :]}"
    return _by_stem(text)


def _by_stem(text: str) -> Mapping[str, str]:
    return {_stem(word): word for word in reversed(WORD.findall(text.casefold())) if word not in SPOKEN}


def _stem(word: str) -> str:
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= LEAST_STEM), "")
    return word.removesuffix(ending) if ending else word


def proper_names(telling: Telling) -> frozenset[str]:
    """Capitalised names that are of no organisation or person: places, buildings, names of what is done."""
    own = " ".join(named.surface for named in telling.named if named.kind != "initiative")
    own = f"{own} {telling.document.publisher or ''}"
    return frozenset(match[0] for match in PROPER.finditer(telling.text) if match[0] not in own)


@lru_cache(maxsize=1)
def _background() -> Counter[str]:
    """In how many of the passages that goalmap learnt from each word stands."""
    counts: Counter[str] = Counter()
    for text in _learnt_from():
        counts.update(_by_stem(text).keys())
    return counts


@lru_cache(maxsize=1)
def _size_of_background() -> int:
    return sum(1 for _ in _learnt_from())


def _learnt_from() -> Iterable[str]:
    folder = resources.files("goalmap.models.passages") / "purpose-goals"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".jsonl"):
            for line in file.read_text("utf-8").splitlines():
                yield json.loads(line)["text"]
