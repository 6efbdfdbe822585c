"""Long passages are read whole: in pieces, with everything found at its place."""

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from goalmap.extract.extract import extract_names
from goalmap.extract.pieces import LONGEST, in_pieces
from goalmap.ingest.document import Document, Kind, Passage, Status

if TYPE_CHECKING:
    from spacy.language import Language


def document_of(*texts: str) -> Document:
    passages = tuple(Passage(position=place, kind=Kind.BODY, text=text) for place, text in enumerate(texts))
    return Document("a.txt", Status.OK, passages=passages)


@given(st.lists(st.text(max_size=60).map(lambda text: text * 200), max_size=4))
def test_pieces_are_short_stretches_of_their_passages_in_order(texts: list[str]) -> None:
    document = document_of(*texts)
    cut, pieces = in_pieces(document)
    assert [passage.text for passage in cut.passages] == [piece.text for piece in pieces]
    assert [passage.position for passage in cut.passages] == list(range(len(pieces)))
    for piece in pieces:
        assert len(piece.text) <= LONGEST
        assert texts[piece.passage][piece.start :].startswith(piece.text)
    assert {piece.passage for piece in pieces} == set(range(len(texts)))
    assert [(p.passage, p.start) for p in pieces] == sorted((p.passage, p.start) for p in pieces)


def test_a_long_passage_without_a_plain_space_is_cut_too() -> None:
    text = "word\t" * 4000
    cut, pieces = in_pieces(document_of(text))
    assert "".join(piece.text for piece in pieces) == text
    assert len(cut.passages) > 1
    assert all(piece.text for piece in pieces)


def test_short_passages_stay_as_they_are() -> None:
    document = document_of("One.", "", "Two.")
    assert in_pieces(document)[0] is document


def test_a_name_at_word_five_thousand_of_a_passage_is_found(nlp: "Language") -> None:
    filler = "The bus came late again and nobody at the stop was surprised by it at all. " * 320
    text = f"{filler}Dame Olwen Price chairs Severn Hills NHS Foundation Trust, she said. {filler}"
    assert len(filler.split()) > 5000
    names = extract_names(document_of(text), nlp)
    found = {text[mention.span.start : mention.span.end] for mention in names.mentions}
    assert "Severn Hills NHS Foundation Trust" in found
    assert any("Olwen Price" in surface for surface in found)
    assert all(text[m.span.start : m.span.end] == m.surface for m in names.mentions)


def test_a_run_of_signs_that_is_no_word_hides_nothing_around_it(nlp: "Language") -> None:
    text = f"Ann Okafor, chief executive of Marle College, said so. {'x' * 30_000} Tom Brightwell, chair of Kestrel Housing Association, agreed."
    names = extract_names(document_of(text), nlp)
    found = {text[mention.span.start : mention.span.end] for mention in names.mentions}
    assert {"Ann Okafor", "Marle College", "Tom Brightwell", "Kestrel Housing Association"} <= found
