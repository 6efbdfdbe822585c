"""Which passages seem to tell of one activity, and why."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from goalmap.classify.activities.likeness import Likeness, proper_names
from goalmap.classify.activities.model import Link, Telling
from goalmap.extract.initiatives.national import NATIONAL
from goalmap.extract.words import name_key

ALIKE = 0.24
"""Likeness from which passages of one body under one goal tell of one activity."""
ALIKE_IN_A_DOCUMENT = 0.4
"""The same within one document, which seldom says a thing twice and lists what is alike."""
ALIKE_WITH_OTHER_NAMES = 0.5
"""The same where each names an initiative and none is the other's."""
ALIKE_ELSEWHERE = 0.35
"""The same where no body is common to both and a proper name is."""
ALIKE_WITH_ONE_NAME = 0.05
"""The same where both name one initiative: an umbrella covers acts that have nothing else in common."""
NEIGHBOURS = 12
"""A word that many passages have is looked for in so many next to each, by body and date."""
LEAST_SHARED = 2
WORDS_TOLD = 4

Rule = Callable[["Pair"], Link | None]


@dataclass(frozen=True, slots=True)
class Side:
    """A passage with what it is recognised by."""

    telling: Telling
    bodies: frozenset[str]
    """Keys of the organisations that it names or refers to, and of the one that publishes it."""
    initiatives: frozenset[str]
    names: frozenset[str]
    """Other proper names."""

    @classmethod
    def of(cls, telling: Telling) -> "Side":
        initiatives = frozenset(named.entity.name for named in telling.of_kind("initiative"))
        return cls(telling, bodies_of(telling), initiatives, proper_names(telling))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that serve a goal in common, and how alike they are from 0 to 1."""

    one: Side
    other: Side
    alike: float
    words: tuple[str, ...]
    """What they have in common, the rarest first."""

    @property
    def has_body(self) -> bool:
        if self.one.bodies & self.other.bodies:
            return True
        return any(_is_one(one, other) for one in self.one.bodies for other in self.other.bodies)

    @property
    def is_of_one_document(self) -> bool:
        return self.one.telling.document.id == self.other.telling.document.id

    def link(self, rule: str, strength: float, reason: str) -> Link:
        return Link(self.one.telling.passage_id, self.other.telling.passage_id, rule, strength, reason)

    @property
    def told_words(self) -> str:
        return ", ".join(f"“{word}”" for word in self.words[:WORDS_TOLD])


def links_between(tellings: Sequence[Telling]) -> Iterator[Link]:
    """Pairs of passages that tell of one activity, each by the first rule that says so."""
    if len(tellings) < 2:
        return
    likeness = Likeness(tellings)
    sides = {telling.passage_id: Side.of(telling) for telling in tellings}
    for one, other in _candidates(tellings, likeness):
        alike = likeness.of(one, other)
        if alike >= ALIKE_WITH_ONE_NAME:
            pair = Pair(sides[one.passage_id], sides[other.passage_id], alike, likeness.shared(one, other))
            if link := next((link for rule in RULES if (link := rule(pair))), None):
                yield link


# Candidates


def _candidates(tellings: Sequence[Telling], likeness: Likeness) -> Iterator[tuple[Telling, Telling]]:
    """Pairs under one goal that share an initiative, what they are copies of, or some telling words; in a fixed order."""
    by_goal: dict[str, list[Telling]] = defaultdict(list)
    for telling in sorted(tellings, key=_neighbourhood):
        for goal in telling.goals:
            by_goal[goal].append(telling)
    known = {telling.passage_id: telling for telling in tellings}
    pairs = {pair for goal in by_goal for pair in _pairs(by_goal[goal], likeness)}
    return ((known[one], known[other]) for one, other in sorted(pairs))


def _neighbourhood(telling: Telling) -> tuple[str, str, str]:
    return name_key(telling.document.publisher or ""), telling.document.published or "", telling.passage_id


def _pairs(tellings: Iterable[Telling], likeness: Likeness) -> Iterator[tuple[str, str]]:
    postings: dict[str, list[str]] = defaultdict(list)
    for telling in tellings:
        for sign in _signs(telling, likeness):
            postings[sign].append(telling.passage_id)
    shared: Counter[tuple[str, str]] = Counter()
    for sign, ids in postings.items():
        weight = LEAST_SHARED if sign.startswith("=") else 1
        for pair in _near(ids):
            shared[pair] += weight
    return (pair for pair, count in shared.items() if count >= LEAST_SHARED)


def _signs(telling: Telling, likeness: Likeness) -> Iterator[str]:
    """By what a passage is found: its telling words; behind an equals sign what is enough by itself."""
    yield from likeness.telling_words(telling)
    yield from (f"={named.entity.id or named.entity.name}" for named in telling.of_kind("initiative"))
    if telling.copy_of:
        yield f"={telling.copy_of}"


def _near(ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(ids) <= NEIGHBOURS:
        yield from (_ordered(*pair) for pair in combinations(ids, 2))
        return
    for place, id in enumerate(ids):
        yield from (_ordered(id, other) for other in islice(ids, place + 1, place + 1 + NEIGHBOURS))


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


# Rules, the surest first


def same_copy(pair: Pair) -> Link | None:
    original = pair.one.telling.copy_of
    if original and original == pair.other.telling.copy_of:
        return pair.link("copy", 1.0, "both say the same, nearly word for word")
    return None


def same_initiative(pair: Pair) -> Link | None:
    """One initiative of one body; national programmes are run by many, each its own activity."""
    shared = pair.one.initiatives & pair.other.initiatives
    if shared and (pair.has_body or not shared <= NATIONAL):
        return pair.link("initiative", 0.9, f"both tell of {min(shared)}")
    return None


def alike(pair: Pair) -> Link | None:
    """Alike in what is done, and not only in where: a place has many activities."""
    if pair.alike >= _least(pair) and pair.has_body and len(_beside_names(pair)) >= LEAST_SHARED:
        reason = f"same organisation and goal, and alike in words: {pair.told_words}"
        return pair.link("alike", 0.3 + pair.alike / 2, reason)
    return None


def alike_elsewhere(pair: Pair) -> Link | None:
    """Told by others who do not name the body, but a place or a name of the act."""
    names = (pair.one.names & pair.other.names) - NATIONAL
    if names and pair.alike >= ALIKE_ELSEWHERE and not pair.has_body:
        reason = f"same goal, both name {min(names)}, and alike in words: {pair.told_words}"
        return pair.link("alike elsewhere", 0.2 + pair.alike / 2, reason)
    return None


RULES: tuple[Rule, ...] = (same_copy, same_initiative, alike, alike_elsewhere)


def _beside_names(pair: Pair) -> tuple[str, ...]:
    """The words in common that belong to no name in common."""
    names = " ".join(pair.one.names & pair.other.names).casefold()
    return tuple(word for word in pair.words if word not in names)


def _least(pair: Pair) -> float:
    own, others = pair.one.initiatives, pair.other.initiatives
    if own and others and not own & others:
        return ALIKE_WITH_OTHER_NAMES
    return ALIKE_IN_A_DOCUMENT if pair.is_of_one_document else ALIKE


def _is_one(one: str, other: str) -> bool:
    """Whether two keys name one body, in full or the one in short for the other: Carrowdale, University of Carrowdale."""
    return one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} "


def bodies_of(telling: Telling) -> frozenset[str]:
    """Keys of the organisations that a passage names or refers to, and of the one that publishes it."""
    named = (named.entity.name for named in telling.of_kind("organisation"))
    return frozenset(key for name in (telling.document.publisher or "", *named) if (key := name_key(name)))
