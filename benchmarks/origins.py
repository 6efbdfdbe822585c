"""Whether people are found as well whatever language their names come from: python -m benchmarks.origins

Prints the tables; with --write they go to the card of the name tagger, from which docs/explanation/model-cards.md is made.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from benchmarks.writing import table
from goalmap.extract.extract import extract_batch
from goalmap.extract.names import EntityKind, Names
from goalmap.extract.tagger.labels import labels_in
from goalmap.extract.tagger.model import load_model
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data" / "origins" / "names.toml"
CARD = ROOT / "models" / "name-tagger.card.json"

PARTS = ("names", "fresh")
"""Of the file: the names that the vocabulary was widened after, and those that nobody looked at then."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How the names of one origin fare, of `n` in all: shares found by the whole of extraction, and by the tagger alone."""

    n: int
    whole: float
    """Found in full: the same words."""
    in_part: float
    """Found at all, if only the given name or a word too many."""
    tagger: float
    """Found in full by the tagger, without the rules."""


def measured(nlp: "Language", part: str) -> dict[str, Origin]:
    """Each origin of one part of the file, in its order."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    return {origin: _origin(names, data["sentences"], nlp) for origin, names in data[part].items()}


def _origin(names: Sequence[str], sentences: Sequence[str], nlp: "Language") -> Origin:
    asked = [(name, sentence.format(name=name)) for name in names for sentence in sentences]
    documents = [Document("page.txt", passages=(Passage(0, Kind.BODY, text),)) for _, text in asked]
    found = [(name, _people(said)) for (name, _), said in zip(asked, extract_batch(documents, nlp), strict=True)]
    tagged = [(name, _tagged(doc)) for (name, _), doc in zip(asked, nlp.pipe(text for _, text in asked), strict=True)]
    return Origin(
        len(asked),
        whole=_share(name in people for name, people in found),
        in_part=_share(any(name in one or one in name for one in people) for name, people in found),
        tagger=_share(name in people for name, people in tagged),
    )


def _share(hits: Iterable[bool]) -> float:
    return round(fmean(hits), 3)


def _people(names: Names) -> set[str]:
    """The people in a text, without their titles."""
    people = [entity for entity in names.entities if entity.kind is EntityKind.PERSON]
    return {form for person in people for form in (person.name, *person.aliases)}


def _tagged(doc: "Doc") -> set[str]:
    return {doc.text[label.start : label.end] for label in labels_in(doc) if label.label == "PERSON"}


def told(parts: Mapping[str, Mapping[str, Origin]]) -> str:
    """The tables."""
    columns = ("names", "asked", "found in full", "found at all", "in full by the tagger alone")
    return "\n\n".join("\n".join(table(columns, _rows(found))) for found in parts.values())


def _rows(found: Mapping[str, Origin]) -> Iterator[list[str]]:
    for origin, one in found.items():
        yield [origin, f"{one.n:,}", *(f"{share:.1%}" for share in (one.whole, one.in_part, one.tagger))]


def main(arguments: Sequence[str]) -> None:
    nlp = load_model()
    parts = {part: measured(nlp, part) for part in PARTS}
    print(told(parts))
    if "--write" in arguments:
        card = json.loads(CARD.read_text("utf-8"))
        card["people_by_origin_of_name"] = {
            part: {origin: asdict(one) for origin, one in found.items()} for part, found in parts.items()
        }
        CARD.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
