"""Long passages in pieces that the tagger and the rules can take, and what was found put back where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from goalmap.extract.names import Names, Span
from goalmap.ingest.document import Document

LONGEST = 8_000
"""Characters of a piece; few passages of real documents are longer."""
_NO_WORD = re.compile(r"\S{1000,}")
"""No language has such a word, and the tagger takes a minute over twenty thousand signs without a space."""
_SPACE = re.compile(r"\s")
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage, by its place in it."""

    passage: int
    start: int
    text: str


def in_pieces(document: Document) -> tuple[Document, tuple[Piece, ...]]:
    """The document with its long passages cut into several, and where each piece comes from."""
    pieces = tuple(piece for place, p in enumerate(document.passages) for piece in _pieces_of(place, p.text))
    if len(pieces) == len(document.passages) and all(
        piece.text == passage.text for piece, passage in zip(pieces, document.passages, strict=True)
    ):
        return document, pieces
    passages = (
        replace(document.passages[piece.passage], text=piece.text, position=position)
        for position, piece in enumerate(pieces)
    )
    return replace(document, passages=tuple(passages)), pieces


def _pieces_of(passage: int, text: str) -> Iterator[Piece]:
    """A passage is at least one piece, so that none is left out."""
    found = [piece for start, end in _legible(text) for piece in _cut(passage, text, start, end)]
    yield from found or [Piece(passage, 0, "")]


def _legible(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between runs of signs that are no words."""
    end = 0
    for match in _NO_WORD.finditer(text):
        if match.start() > end:
            yield end, match.start()
        end = match.end()
    if end < len(text):
        yield end, len(text)


def _cut(passage: int, text: str, start: int, end: int) -> Iterator[Piece]:
    """Pieces that end with a sentence, else with a word; a legible stretch has a space in every window."""
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        ends = [*_SENTENCE_END.finditer(window, LONGEST // 2)] or [*_SPACE.finditer(window)]
        cut = start + ends[-1].end()
        yield Piece(passage, start, text[start:cut])
        start = cut
    yield Piece(passage, start, text[start:end])


def put_back(names: Names, pieces: tuple[Piece, ...]) -> Names:
    """What was found in the pieces, at its place in the passages."""

    def at(span: Span) -> Span:
        piece = pieces[span.passage]
        return Span(piece.passage, piece.start + span.start, piece.start + span.end)

    def passage(place: int) -> int:
        return pieces[place].passage

    return replace(
        names,
        mentions=tuple(replace(mention, span=at(mention.span)) for mention in names.mentions),
        references=tuple(replace(reference, span=at(reference.span)) for reference in names.references),
        quotations=tuple(replace(quotation, span=at(quotation.span)) for quotation in names.quotations),
        figures=tuple(replace(figure, span=at(figure.span)) for figure in names.figures),
        measures=tuple(replace(measure, figure=at(measure.figure)) for measure in names.measures),
        roles=tuple(replace(role, passage=passage(role.passage)) for role in names.roles),
        memberships=tuple(replace(tie, passage=passage(tie.passage)) for tie in names.memberships),
    )
