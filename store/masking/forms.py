"""The ways in which a person may be named, made from the names by which they are known."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goalmap.extract.people.frames import HONORIFICS
from goalmap.store.masking.words import MOST, plain

NOT_A_NAME = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "revd",
        "reverend",
        "cllr",
        "councillor",
        "the",
        "rt",
        "hon",
        "obe",
        "mbe",
        "cbe",
    ]
)
BETWEEN_WORDS = re.compile(r"[\s.,_]+")
SHORTEST = 2
"""Letters of a name by itself; one letter is an initial."""


@dataclass(frozen=True, slots=True)
class Forms:
    """How a person is named, as compared: `full` says who is meant, `short` only beside it."""

    full: frozenset[str]
    short: frozenset[str]
    surnames: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    """Of the short ones the given names."""


def forms_of(names: Iterable[str]) -> Forms:
    """The forms of somebody who is known by these names.

    >>> sorted(forms_of(["Dr Amara Okafor"]).short)
    ['amara', 'aokafor', 'okafor', 'okafora']
    """
    names = list(names)
    known = [keys for name in names if (keys := name_keys(name))]
    whole = [keys for keys in known if is_whole(keys)]
    full = {form for keys in whole for form in _full(keys)}
    short = {form for keys in known for form in _short(keys)} | {half for name in names for half in _halves(name)}
    surnames = frozenset(keys[-1] for keys in known)
    given = {keys[0] for keys in whole} & short - surnames
    return Forms(frozenset(full), frozenset(short - full), surnames, frozenset(given))


def name_keys(name: str) -> list[str]:
    """The words of a name as compared, the surname last; titles and letters after it are left out.

    >>> name_keys("Llewellyn-Price, Professor Gareth"), name_keys("Dr A.N. O’Brien OBE")
    (['gareth', 'llewellynprice'], ['a', 'n', 'obrien'])
    """
    surname, comma, given = HONORIFICS.sub("", name).partition(",")
    turned = f"{given} {surname}" if comma and plain_keys(given) else name
    return plain_keys(turned)[:MOST]


def plain_keys(name: str) -> list[str]:
    """The words as compared that may be of a name."""
    keys = (plain(word) for word in BETWEEN_WORDS.split(name))
    return [key for key in keys if key and key not in NOT_A_NAME]


def is_whole(keys: list[str]) -> bool:
    """Whether it has a given name and a surname, both written out."""
    return sum(len(key) >= SHORTEST for key in keys) >= 2 and len(keys[0]) >= SHORTEST


def _full(keys: list[str]) -> Iterator[str]:
    written = [key for key in keys if len(key) >= SHORTEST]
    for those in (keys, written):
        yield "".join(those)
        yield "".join((those[-1], *those[:-1]))
    yield written[0] + written[-1]
    yield written[-1] + written[0]


def _short(keys: list[str]) -> Iterator[str]:
    """Parts of a name, and the surname with initials."""
    initials = "".join(key[0] for key in keys[:-1])
    if len(keys) > 1:
        for some in (initials, initials[0]):
            yield some + keys[-1]
            yield keys[-1] + some
    if len(keys) == 1 or is_whole(keys):
        yield from (key for key in (keys[0], keys[-1]) if len(key) >= SHORTEST)
    elif len(keys[-1]) >= SHORTEST:
        yield keys[-1]


def _halves(name: str) -> Iterator[str]:
    """The parts of a double name, which may stand for it."""
    *_, last = BETWEEN_WORDS.split(name.strip()) or [""]
    halves = [plain(half) for half in re.split(r"[-‐‑]", last)]
    yield from (half for half in halves if len(halves) > 1 and len(half) > SHORTEST)
