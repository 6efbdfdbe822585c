"""How well mentions of one name are brought together: B-cubed (Bagga and Baldwin, 1998), document by document."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from goalmap.classify.evaluation.gold import KINDS, GoldDocument
from goalmap.classify.evaluation.judging import Pair, found_mentions, matched, wanted_mentions
from goalmap.classify.pipeline import FileResult
from goalmap.extract.names import EntityKind, Span

Clusters = Mapping[Any, Hashable]
"""Each mention with the cluster that it is in."""


def linkage(
    gold: Sequence[GoldDocument], results: Mapping[str, FileResult], framework: str = "purpose-goals"
) -> dict[str, float]:
    """B-cubed F1 for each kind, over the mentions that both have; a body that two documents name counts in each."""
    pairs = [Pair.of(document, results.get(document.id), framework) for document in gold]
    return {label: _of_kind(pairs, kind) for label, kind in KINDS.items()}


def _of_kind(pairs: Sequence[Pair], kind: EntityKind) -> float:
    wanted: dict[Hashable, Hashable] = {}
    said: dict[Hashable, Hashable] = {}
    for pair in pairs:
        entities = {mention.span: mention.entity for mention in pair.result.names.mentions}
        for want, found in matched(wanted_mentions(pair, kind), found_mentions(pair, kind)).items():
            place = (pair.gold.id, want)
            wanted[place] = (pair.gold.id, _gold_entity(pair, kind, want))
            said[place] = (pair.gold.id, entities[found])
    return b_cubed(wanted, said)


def _gold_entity(pair: Pair, kind: EntityKind, span: Span) -> str | None:
    surface = pair.text_at(span)
    return next((entity.name for entity in pair.gold.entities[kind] if surface in entity.surfaces), None)


def b_cubed(wanted: Clusters, said: Clusters) -> float:
    """F1 of the mean precision and recall of the mentions' clusters; 0 where there is none.

    >>> b_cubed({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "y"})
    1.0
    """
    precision, recall = precision_and_recall(wanted, said)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def precision_and_recall(wanted: Clusters, said: Clusters) -> tuple[float, float]:
    """B-cubed precision and recall, the means over the mentions; 0 where there is none."""
    meant, found = _members(wanted), _members(said)
    shared = {place: len(meant[wanted[place]] & found[said[place]]) for place in wanted}
    if not shared:
        return 0.0, 0.0
    precision = sum(count / len(found[said[place]]) for place, count in shared.items()) / len(shared)
    recall = sum(count / len(meant[wanted[place]]) for place, count in shared.items()) / len(shared)
    return precision, recall


def _members(clusters: Clusters) -> dict[Hashable, set[Hashable]]:
    members: dict[Hashable, set[Hashable]] = defaultdict(set)
    for place, cluster in clusters.items():
        members[cluster].add(place)
    return members
