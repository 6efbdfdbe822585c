"""How well names of many documents are brought together, on invented documents with the truth beside each name.

`one.jsonl` may be looked at for errors; of `two.jsonl` only the figures.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goalmap.classify.evaluation.linkage import precision_and_recall
from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Sighting
from goalmap.extract.resolving.resolve import resolve
from goalmap.extract.words import name_key

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Score:
    """B-cubed over the sightings of one half: of each, how much of its group and of its true entity is right."""

    half: str
    precision: float
    recall: float
    sightings: int
    suggestions: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __str__(self) -> str:
        figures = f"{self.precision:11.3f}{self.recall:8.3f}{self.f1:8.3f}"
        return f"{self.half:8}{figures}{self.sightings:11}{self.suggestions:13}"


def measured(half: str) -> Score:
    """The score of one half."""
    truth = {sighting: entity for sighting, entity in labelled(half)}
    found = resolve(truth)
    groups = {member: group.id for group in found.groups for member in group.members}
    wanted = {sighting.id: entity for sighting, entity in truth.items()}
    precision, recall = precision_and_recall(wanted, groups)
    return Score(half, precision, recall, len(truth), len(found.suggestions))


def labelled(half: str) -> Iterator[tuple[Sighting, str]]:
    """All sightings of one half, each with the entity that it truly is."""
    for line in (FOLDER / f"{half}.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        keys = defaultdict[str, str](str, {name["name"]: name_key(name["name"]) for name in document["names"]})
        for name in document["names"]:
            kind, key = EntityKind(name["kind"]), keys[name["name"]]
            yield (
                Sighting(
                    id=f"{document['document']} {kind.value} {key}",
                    document=document["document"],
                    kind=kind,
                    name=name["name"],
                    key=key,
                    forms=(name["name"], *name.get("forms", ())),
                    bodies=frozenset(map(name_key, name.get("bodies", ()))),
                    titles=frozenset(name.get("titles", ())),
                    company=frozenset(keys.values()) - {key},
                    publisher=name_key(document["publisher"]),
                    published=document["published"],
                ),
                f"{kind.value} {name['truth']}",
            )
