"""The people and organisations with most ties, and what ties them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from goalmap.store.browse.page_rows import Row

MOST = 45


@dataclass(frozen=True, slots=True)
class Bond:
    """All that ties two, with the passage that tells of each tie."""

    source: str
    target: str
    words: tuple[tuple[str, str], ...]
    former: bool

    @property
    def label(self) -> str:
        return "; ".join(dict.fromkeys(words for words, _ in self.words))


def most_tied(ties: Iterable[Row], centre: str = "", most: int = MOST) -> list[Bond]:
    """The ties among those who have most, cluster by cluster; or among one organisation and those tied to it."""
    bonds = _bonds(ties)
    near: dict[str, set[str]] = defaultdict(set)
    for bond in bonds:
        near[bond.source].add(bond.target)
        near[bond.target].add(bond.source)
    shown = _shown(near, [centre] if centre else _busiest(near, near), most)
    return [bond for bond in bonds if bond.source in shown and bond.target in shown]


def _bonds(ties: Iterable[Row]) -> list[Bond]:
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for tie in ties:
        pairs[tie["source"], tie["target"]].append(tie)
    return [
        Bond(
            source,
            target,
            tuple((_worded(tie["label"]), tie["passage_id"]) for tie in told),
            all(tie["former"] for tie in told),
        )
        for (source, target), told in sorted(pairs.items())
    ]


def _worded(label: str | None) -> str:
    return (label or "tied to").replace("_", " ")


def _busiest(ids: Iterable[str], near: dict[str, set[str]]) -> list[str]:
    return sorted(ids, key=lambda id: (-len(near[id]), id))


def _shown(near: dict[str, set[str]], hubs: list[str], most: int) -> set[str]:
    """Those who are shown: each hub with those tied to it, the most tied first, until there are enough."""
    shown: dict[str, None] = {}
    for hub in hubs:
        if len(shown) >= most:
            break
        shown.update(dict.fromkeys([hub, *_busiest(near.get(hub, set()), near)]))
    return set(list(shown)[:most])
