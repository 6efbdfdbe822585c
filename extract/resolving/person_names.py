"""Names of people taken apart, and how two of them can be the same person's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from goalmap.extract.people.words import PARTICLES, PEERAGES
from goalmap.extract.resolving.common_names import COMMON_GIVEN, COMMON_SURNAMES, LONG_FORMS
from goalmap.extract.resolving.drift import is_slip
from goalmap.extract.resolving.rules import Rule
from goalmap.extract.words import name_key

_PARTICLES = frozenset(name_key(word) for word in PARTICLES) - {"st"}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A full name: given name or initial, what stands between, and the surname with its hyphens."""

    given: str
    middle: tuple[str, ...]
    surname: str

    @property
    def is_common(self) -> bool:
        """So many people bear it that the name alone does not tell who is meant."""
        given = len(self.given) == 1 or self.given in COMMON_GIVEN
        return given and self.surname in COMMON_SURNAMES

    def may_be_right(self, other: "PersonName") -> bool:
        """Where the two differ both are spelled in a usual way: Clare, Claire; Davis, Davies."""
        given = self.given != other.given and (min(len(self.given), len(other.given)) < 5 or self._usual(other))
        return given or {self.surname, other.surname} <= COMMON_SURNAMES

    def _usual(self, other: "PersonName") -> bool:
        return {self.given, other.given} <= COMMON_GIVEN

    @property
    def fullness(self) -> tuple[int, int, int]:
        """Written out, long, with middle names."""
        return len(self.given) > 1, len(self.middle), len(self.given)


@lru_cache(maxsize=200_000)
def person_name(name: str) -> PersonName | None:
    """A full name taken apart; none for a person known by one name.

    >>> person_name("J.P. van der Berg")
    PersonName(given='j', middle=('p',), surname='van der berg')
    """
    words = list(_words(name))
    if len(words) < 2:
        return None
    at = len(words) - 1
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    return PersonName(words[0], tuple(words[1:at]), " ".join(words[at:]))


def _words(name: str) -> Iterator[str]:
    for word in name.replace("‑", "-").split():
        parts = [part for part in word.split(".") if part]
        dotted = len(parts) > 1 and all(len(part) == 1 for part in parts)
        for part in parts if dotted else [word.rstrip(".,")]:
            folded = "-".join(key for piece in part.split("-") if (key := name_key(piece).replace(" ", "'")))
            if folded:
                yield folded


def peer_of(forms: Iterable[str]) -> bool:
    """Whether a name of one word is a peer's: Lord Ashby is known by it everywhere."""
    return any(len(words) == 2 and words[0] in PEERAGES for words in (form.split() for form in forms))


def likeness(one: PersonName, other: PersonName) -> Rule | None:
    """How two different full names can be one person's; none where they cannot."""
    if not middles_agree(one, other):
        return None
    if one.surname == other.surname:
        return given_likeness(one.given, other.given)
    if one.given != other.given or len(one.given) == 1:
        return None
    if _shares_part(one.surname, other.surname):
        return Rule.DOUBLE_NAME
    return Rule.SPELLING if is_slip(one.surname, other.surname) else None


def given_likeness(one: str, other: str) -> Rule | None:
    """How two given names, or initials, can be one person's."""
    if one == other:
        return Rule.MIDDLE_NAME
    if 1 in (len(one), len(other)):
        return Rule.INITIALS if initials_of(one) & initials_of(other) else None
    if is_short_for(one, other) or is_short_for(other, one):
        return Rule.SHORT_GIVEN_NAME
    return Rule.SPELLING if one[0] == other[0] and is_slip(one, other, ease=2) else None


def initials_of(given: str) -> frozenset[str]:
    """The letters that may stand for a given name: of Bill also that of William."""
    return frozenset(name[0] for name in bases_of(given)) | {given[0]}


def bases_of(given: str) -> frozenset[str]:
    """A given name with those it may be short for."""
    return LONG_FORMS.get(given, frozenset()) | {given}


def is_short_for(short: str, long: str) -> bool:
    return long in LONG_FORMS.get(short, ())


def clash(one: PersonName, other: PersonName) -> bool:
    """Two names that no one person bears."""
    return given_likeness(one.given, other.given) is None or not middles_agree(one, other)


def middles_agree(one: PersonName, other: PersonName) -> bool:
    """Middle names say nothing against it: one name has none, or they begin alike."""
    return all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one.middle, other.middle, strict=False)
    )


def _shares_part(one: str, other: str) -> bool:
    """One surname is a part of the other: Anand, Anand-Hughes."""
    first, second = set(one.split("-")), set(other.split("-"))
    return first < second or second < first
