"""Whether two names of people that are alike are surely one person's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from goalmap.extract.resolving.contexts import Shared
from goalmap.extract.resolving.person_names import PersonName
from goalmap.extract.resolving.rules import Rule

SURE = ""
UNSURE = "; not joined, since nothing else ties them"
LOOK = "; not joined, since these may be two people"

Doubt = str | None
"""Why a pair is not sure, nothing where it is; none where it is not worth a look."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names that are alike, and what speaks for and against one person."""

    one: PersonName
    other: PersonName
    shared: Shared
    often: bool
    """Both occur so often that neither is a slip."""

    @property
    def rare(self) -> bool:
        return not (self.one.is_common or self.other.is_common)


def doubt_of(rule: Rule, pair: Pair) -> Doubt:
    return DOUBTS[rule](pair)


def _middle_name(pair: Pair) -> Doubt:
    """An initial may be left out of a rare name; a whole name may tell two people apart."""
    initials = all(len(name) == 1 for name in (*pair.one.middle, *pair.other.middle))
    if pair.shared.tie or (pair.rare and initials):
        return SURE
    return UNSURE if pair.rare else None


def _spelling(pair: Pair) -> Doubt:
    """Two usual spellings are one person's in the same post only; a slip needs something in common."""
    usual = pair.one.may_be_right(pair.other)
    if pair.often or not (pair.shared.tie if usual else pair.shared or pair.rare):
        return None
    if pair.shared.same_post or (pair.shared and not usual):
        return SURE
    return LOOK if pair.shared.tie else UNSURE


def _short_given_name(pair: Pair) -> Doubt:
    if pair.shared.body or pair.shared.post or (pair.shared.publisher and pair.rare):
        return SURE
    return UNSURE if pair.rare else None


def _initials(pair: Pair) -> Doubt:
    if pair.shared.body or pair.shared.post:
        return SURE
    return LOOK if pair.shared.publisher and pair.rare else None


def _double_name(pair: Pair) -> Doubt:
    return LOOK if pair.shared.body or pair.shared.publisher else None


DOUBTS: Mapping[Rule, Callable[[Pair], Doubt]] = {
    Rule.MIDDLE_NAME: _middle_name,
    Rule.SPELLING: _spelling,
    Rule.SHORT_GIVEN_NAME: _short_given_name,
    Rule.INITIALS: _initials,
    Rule.DOUBLE_NAME: _double_name,
}
