"""Passages brought together by links, as far as no person has said that two of them are apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from goalmap.classify.activities.model import Group, Link, Ruling, Telling

BY_HAND = "by hand"
"""The rule of a link that a person made."""


def group(tellings: Sequence[Telling], links: Iterable[Link], rulings: Sequence[Ruling] = ()) -> tuple[Group, ...]:
    """Every telling in one group; a person's word first, then the strongest links. The order of the input does not matter.

    What a person said of a passage that tells of nothing now still holds between those that it was put with.
    """
    said = _last_said(rulings)
    known = {telling.passage_id: telling for telling in tellings}
    apart = _apart(said)
    ids = known.keys() | {id for pair in said for id in pair}
    of = {id: id for id in ids}
    members = {id: {id} for id in ids}
    used: list[Link] = []
    for link in (*_by_hand(said), *sorted(links, key=_precedence)):
        if link.one in ids and link.other in ids and _join(of[link.one], of[link.other], of, members, apart):
            used.append(link)
    by_group = defaultdict(list)
    for link in used:
        by_group[of[link.one]].append(link)
    return tuple(
        Group(tuple(known[id] for id in told), tuple(by_group[name]))
        for name, found in sorted(members.items())
        if (told := sorted(found & known.keys()))
    )


def _last_said(rulings: Iterable[Ruling]) -> Mapping[frozenset[str], bool]:
    return {frozenset((ruling.one, ruling.other)): ruling.together for ruling in rulings if ruling.one != ruling.other}


def _by_hand(said: Mapping[frozenset[str], bool]) -> list[Link]:
    pairs = sorted(sorted(pair) for pair, together in said.items() if together)
    return [Link(one, other, BY_HAND, 1.0, "put together by a person") for one, other in pairs]


def _apart(said: Mapping[frozenset[str], bool]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair, together in said.items():
        if not together:
            one, other = pair
            found[one].add(other)
            found[other].add(one)
    return found


def _precedence(link: Link) -> tuple[float, str, str, str]:
    return -link.strength, min(link.one, link.other), max(link.one, link.other), link.rule


def _join(
    one: str, other: str, of: dict[str, str], members: dict[str, set[str]], apart: Mapping[str, set[str]]
) -> bool:
    """Whether two groups became one: not where they are one already, nor where a person keeps two of them apart."""
    if one == other or any(apart.get(id, set()) & members[other] for id in members[one]):
        return False
    small, large = sorted((one, other), key=lambda name: (len(members[name]), name))
    for id in members[small]:
        of[id] = large
    members[large] |= members[small]
    members[small] = set()
    return True
