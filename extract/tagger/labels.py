"""What a tagger says of a text, without spaCy's types."""

from typing import TYPE_CHECKING

from goalmap.extract.candidates import Label

if TYPE_CHECKING:
    from spacy.tokens import Doc


def labels_in(doc: "Doc") -> list[Label]:
    """The labelled stretches of a text, in its order."""
    return [Label(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
