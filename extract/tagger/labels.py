"""What a tagger says of texts, without spaCy's types, and in few bytes."""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from goalmap.extract.candidates import Label
from goalmap.extract.memory import Reader, recalled

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

FINGERPRINT = "goalmap_fingerprint"
"""Where our own tagger carries its fingerprint, among what spaCy notes of a pipeline."""
BATCH = 128
"""Texts that go through the tagger together, where they are short."""
BATCH_LETTERS = 40_000
"""Letters that go through it together at most, for the sake of memory."""


def labels_in(doc: "Doc") -> list[Label]:
    """The labelled stretches of a text, in its order."""
    return [Label(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]


def labels_of(texts: Sequence[str], nlp: "Language") -> list[list[Label]]:
    """What the tagger says of each text; what our own tagger once said of a text is known again."""
    fingerprint = nlp.meta.get(FINGERPRINT)
    if fingerprint is None:
        return _read(texts, nlp)
    return recalled(
        Reader("labels", f"{fingerprint} {version('spacy')}"), texts, partial(_read, nlp=nlp), packed, unpacked
    )


def _read(texts: Sequence[str], nlp: "Language") -> list[list[Label]]:
    """What the tagger says of each text; texts of like length go through it together, which is quicker."""
    said: dict[int, list[Label]] = {}
    for places in _batches(texts):
        read = nlp.pipe((texts[place] for place in places), batch_size=BATCH)
        said |= zip(places, map(labels_in, read), strict=True)
    return [said[place] for place in range(len(texts))]


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """The places of the texts, the shortest first, in batches."""
    batch: list[int] = []
    letters = 0
    for place in sorted(range(len(texts)), key=lambda place: len(texts[place])):
        if batch and (len(batch) == BATCH or letters + len(texts[place]) > BATCH_LETTERS):
            yield batch
            batch, letters = [], 0
        batch.append(place)
        letters += len(texts[place])
    if batch:
        yield batch


def packed(labels: Sequence[Label]) -> bytes:
    """Labels as bytes.

    >>> packed([Label(0, 7, "PERSON"), Label(9, 12, "ORG")])
    b'0 7 PERSON 9 12 ORG'
    """
    return " ".join(f"{label.start} {label.end} {label.label}" for label in labels).encode()


def unpacked(data: bytes) -> list[Label]:
    """The labels in these bytes."""
    parts = iter(data.decode().split())
    return [Label(int(start), int(end), label) for start, end, label in zip(parts, parts, parts, strict=True)]
