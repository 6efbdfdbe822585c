"""The region of England, or the nation, that a place lies in; nothing where that is not known."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources

from goalmap.extract.words import name_key

_LONGEST = 5
"""Words of the longest place in the table."""


@cache
def regions() -> Mapping[str, str]:
    """Each known place with its region."""
    with resources.files("goalmap.models").joinpath("regions.csv").open(encoding="utf-8") as file:
        return {name_key(row["place"]): row["region"] for row in csv.DictReader(file)}


def is_known_place(name: str) -> bool:
    """Whether the table has it by this very name."""
    return name_key(name) in regions()


def region_of(places: Iterable[str], owner: str = "") -> str:
    """The region of most of the places, else of the place in the owner's name; empty where two are equally likely."""
    found = Counter(region for place in places if (region := _in_name(place)))
    if not found:
        return _in_name(owner)
    (first, count), *others = found.most_common()
    return "" if others and others[0][1] == count else first


@lru_cache(maxsize=10_000)
def _in_name(name: str) -> str:
    """The region of the longest place that the name holds."""
    words = name_key(name).split()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if region := regions().get(" ".join(words[start : start + length])):
                return region
    return ""
