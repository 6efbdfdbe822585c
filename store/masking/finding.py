"""Where a text names somebody who is forgotten."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goalmap.extract.words import starts_sentence
from goalmap.store.masking.marks import Span, marked
from goalmap.store.masking.people import Forgotten, Roll
from goalmap.store.masking.words import Run, runs_of

BEFORE = re.compile(r"\S*$")
AFTER = re.compile(r"^\S*")
NEXT_CAPITAL = re.compile(r"^\s[A-Z]")
CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w’'-]*\s$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that has a form of the name of somebody who is forgotten."""

    start: int
    end: int
    person: Forgotten
    is_full: bool
    hashes: frozenset[str]


def hits_in(text: str, roll: Roll) -> list[Hit]:
    """All such places, also those that lie in others."""
    return [hit for run in runs_of(text, roll.knows) for hit in _hits(run, roll)]


def _hits(run: Run, roll: Roll) -> Iterator[Hit]:
    hashes = frozenset(hash for key in run.keys if (hash := roll.hash_of(key)) in roll.known)
    for person in roll.people if hashes else ():
        is_full = bool(hashes & person.full)
        if is_full or (run.is_close and hashes & person.parts):
            yield Hit(run.start, run.end, person, is_full, hashes)


def seems_a_name(text: str, hit: Hit, any_case: bool = False) -> bool:
    """Whether a part of a name is meant as one: it has a capital, or it stands in an address; and is no word of the language."""
    if any_case or is_in_address(text, hit):
        return True
    if not text[hit.start].isupper():
        return False
    return not hit.hashes & hit.person.common or _stands_alone(text, hit)


def is_in_address(text: str, hit: Hit) -> bool:
    """Whether it is a part of an e-mail address or of a name with @."""
    before, after = BEFORE.search(text[: hit.start]), AFTER.search(text[hit.end :])
    return "@" in f"{before.group() if before else ''}{after.group() if after else ''}"


def _stands_alone(text: str, hit: Hit) -> bool:
    """Whether a word with a capital is neither the beginning of a sentence nor a part of a longer name."""
    before = CAPITAL_BEFORE.search(text[: hit.start])
    is_longer = NEXT_CAPITAL.match(text[hit.end :]) or (before and not starts_sentence(text, before.start()))
    return not is_longer and not starts_sentence(text, hit.start)


@dataclass(frozen=True)
class Words:
    """Masks texts; `near` are the people of whom parts of the name are masked too."""

    roll: Roll
    near: frozenset[str] = frozenset()
    """Ids of forgettings."""
    others: frozenset[str] = frozenset()
    """Hashes of parts of names that somebody else here bears as well."""
    spared: frozenset[str] = frozenset()
    """Ids of people whose full name somebody else here bears as well, or may bear."""
    any_case: bool = False

    def __call__(self, text: str) -> str:
        """The text with marks."""
        return marked(text, self.spans(text))

    def spans(self, text: str) -> list[Span]:
        """The places to be masked."""
        return [(hit.start, hit.end) for hit in self.counting(text, hits_in(text, self.roll))]

    def counting(self, text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
        """Those of the hits that are to be masked."""
        return (hit for hit in hits if self._counts(text, hit))

    def _counts(self, text: str, hit: Hit) -> bool:
        if hit.is_full:
            return hit.person.id not in self.spared
        is_near = hit.person.id in self.near and not hit.hashes & self.others
        return is_near and seems_a_name(text, hit, self.any_case)
