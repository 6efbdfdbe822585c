"""Print how well and how fast names of many documents are brought together: python -m benchmarks.linking [DOCUMENTS]"""

import random
import sys
import time
from collections.abc import Iterator

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Sighting
from goalmap.extract.resolving.resolve import resolve
from goalmap.extract.words import name_key
from tests.linking.score import measured

GIVEN = [
    "John",
    "Sarah",
    "Mohammed",
    "Priya",
    "Chris",
    "Christopher",
    "Elizabeth",
    "Liz",
    "Alex",
    "Wiremu",
    "Ottoline",
    "Tamsin",
    "Ewan",
    "Hollis",
    "Iolanthe",
]
SYLLABLES = [
    "mar",
    "dal",
    "ket",
    "ves",
    "wold",
    "fen",
    "or",
    "rin",
    "tar",
    "ny",
    "lo",
    "bex",
    "hol",
    "ster",
    "vick",
    "uld",
    "sen",
    "gar",
    "mi",
    "ro",
]
ENDS = (
    "Borough Council",
    "NHS Trust",
    "NHS Foundation Trust",
    "Ltd",
    "plc",
    "Group",
    "University",
    "College",
    "Network",
)
IDEAS = ["Aspire", "Green Plan", "Step Into Work", "Ignite", "Open Doors", "First Rung", "Warm Spaces", "Annual Report"]


def main() -> None:
    """Scores on both halves of the labelled data, then seconds for made-up documents."""
    print(f"{'half':8}{'precision':>11}{'recall':>8}{'f1':>8}{'sightings':>11}{'suggestions':>13}")
    for half in ("one", "two"):
        print(measured(half))
    for documents in map(int, sys.argv[1:] or ("2000", "20000")):
        sightings = list(made_up(documents))
        start = time.process_time()
        found = resolve(sightings)
        spent = time.process_time() - start
        counts = f"{len(sightings)} sightings, {len(found.groups)} entities, {len(found.suggestions)} suggestions"
        print(f"{documents} documents: {spent:.1f} s, {spent / documents * 1000:.2f} ms each; {counts}")


def made_up(documents: int) -> Iterator[Sighting]:
    """Documents of ten names each: bodies that recur, people of common and rare names, initiatives of ordinary words."""
    chance = random.Random(7)
    places = ["".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(documents // 4 + 10)]
    bodies = [f"{place} {chance.choice(ENDS)}" for place in places]
    surnames = [*["Smith", "Jones", "Khan", "Patel", "Taylor"], *places]
    for number in range(documents):
        publisher = chance.choice(bodies)
        named = [publisher, *(bodies[int(len(bodies) * chance.random() ** 3)] for _ in range(3))]
        people = [f"{chance.choice(GIVEN)} {chance.choice(surnames)}" for _ in range(4)]
        ideas = chance.sample(IDEAS, 2)
        kinds = [(EntityKind.ORGANISATION, named), (EntityKind.PERSON, people), (EntityKind.INITIATIVE, ideas)]
        company = frozenset(name_key(name) for _, names in kinds for name in names)
        for kind, names in kinds:
            for name in dict.fromkeys(names):
                tied = frozenset({name_key(publisher)} if kind is EntityKind.PERSON else ())
                id, key = f"n{number:06}{kind.value}{name}", name_key(name)
                beside = company - {key}
                forms = (name, "".join(word[0] for word in name.split()))
                yield Sighting(
                    id, f"d{number:06}", kind, name, key, forms, tied, frozenset(), beside, name_key(publisher), None
                )


if __name__ == "__main__":
    main()
