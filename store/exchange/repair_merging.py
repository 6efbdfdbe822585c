"""Repairs of two databases brought together: each goes in whole or not at all, and what stands here is not overwritten."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from goalmap.store.activities.said import EDIT
from goalmap.store.batches import WITHDRAWN, withdrawn_by
from goalmap.store.exchange.merging import CONFLICT, EARLIER, KNOWN, NEW
from goalmap.store.ids import stable_id

BEHIND = "behind"
"""Waits for an earlier repair that waits: of the same passages, or the one that it takes back."""


class Line(NamedTuple):
    """What a repair says, of passages of this database."""

    verdict: str
    passage: str
    other: str = ""
    field: str = ""
    value: str = ""

    @property
    def about(self) -> object:
        """What only one word can hold for at a time: two passages, or a field of a passage's activity."""
        return (self.passage, self.field) if self.verdict == EDIT else frozenset((self.passage, self.other))

    @property
    def word(self) -> str:
        return self.value if self.verdict == EDIT else self.verdict


@dataclass(frozen=True, slots=True)
class Told:
    """A repair with the passages of this database."""

    name: str
    """Its batch here, or its id in the file."""
    framework: str
    lines: tuple[Line, ...]
    withdraws: str
    """The name of the one that it takes back."""
    told: tuple[str, str, str]
    """By whom, with which note and when."""

    @property
    def passages(self) -> frozenset[str]:
        return frozenset(id for line in self.lines for id in (line.passage, line.other) if id)

    @property
    def words(self) -> Mapping[object, str]:
        return {(self.framework, line.about): line.word for line in self.lines}


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a repair of a file."""

    word: str
    batches: tuple[str, ...] = ()
    """The batch here that it is, or those that say otherwise."""


Last = Mapping[object, tuple[str, str]]
"""The last word on everything that repairs speak of, with the name of the repair."""


def fates(
    here: Sequence[Told], said: Sequence[Told], missing: Mapping[str, str], follows: Mapping[str, Set[str]]
) -> dict[str, Fate]:
    """What becomes of each repair of a file, by its id; both are in their order.

    `missing` has the reason for those that have no place here, `follows` the batches here that one was said after.
    """
    batches = {sign: name for name, sign in _signs(here).items()}
    known = {name: batches[sign] for name, sign in _signs(said).items() if sign in batches}
    ours, theirs = last_words(here), last_words(said)
    found: dict[str, Fate] = {}
    held: set[str] = set()
    heard = set(known.values())
    for one in said:
        if one.name in known:
            fate = Fate(KNOWN, (known[one.name],))
        elif reason := missing.get(one.name) or _behind(one, found, held):
            fate = Fate(reason)
            held |= one.passages
        else:
            fate = _beside(one, ours, theirs, known, heard | follows.get(one.name, set()))
        found[one.name] = fate
    return found


def _behind(one: Told, found: Mapping[str, Fate], held: set[str]) -> str:
    if one.withdraws:
        return "" if one.withdraws in found and found[one.withdraws].word in (NEW, KNOWN) else BEHIND
    return BEHIND if held & one.passages else ""


def _beside(one: Told, ours: Last, theirs: Last, known: Mapping[str, str], after: Set[str]) -> Fate:
    """What a repair is beside what stands here: an answer that the file does not know of is not overwritten."""
    against: list[tuple[str, bool]] = []
    for about, word in one.words.items():
        if about not in ours or about not in theirs:
            continue
        (batch, stands), (last, final) = ours[about], theirs[about]
        is_news = last not in known
        if stands != (final if is_news else word) and not (is_news and batch in after):
            against.append((batch, last == one.name))
    if not against:
        return Fate(NEW)
    is_last = any(last for _, last in against)
    return Fate(CONFLICT if is_last else EARLIER, tuple(dict.fromkeys(batch for batch, _ in against)))


def standing(told: Sequence[Told]) -> Iterator[Told]:
    """The repairs that were not taken back."""
    gone = withdrawn_by(
        {"id": number, "batch": one.name, "verdict": WITHDRAWN if one.withdraws else "", "withdraws": one.withdraws}
        for number, one in enumerate(told)
    )
    return (one for one in told if one.name not in gone)


def last_words(told: Sequence[Told]) -> Last:
    """What the repairs that were not taken back come to."""
    return {about: (one.name, word) for one in standing(told) for about, word in one.words.items()}


def _signs(told: Iterable[Told]) -> dict[str, str]:
    """What each repair is known by in whatever database, by its name."""
    signs: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for one in told:
        lines = (tuple(line) for line in one.lines)
        sign = stable_id("r", one.framework, *lines, *one.told, signs.get(one.withdraws, ""))
        signs[one.name] = stable_id("r", sign, seen[sign])
        seen[sign] += 1
    return signs
