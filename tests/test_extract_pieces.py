"""Long passages are read whole: in pieces, with everything found at its place."""

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from goalmap.extract.extract import extract_names
from goalmap.extract.names import Figure, Measure, Membership, Mention, Names, Quotation, Reference, Role, Span
from goalmap.extract.pieces import LONGEST, Piece, in_pieces, put_back
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


def places(text: str) -> list[tuple[int, int]]:
    """Where each piece of a passage begins and ends."""
    return [(piece.start, piece.start + len(piece.text)) for piece in in_pieces(document_of(text))[1]]


def test_a_piece_ends_with_the_last_sentence_that_it_holds() -> None:
    assert places("One two three. " * 1000) == [(0, 7995), (7995, 15_000)]


def test_a_piece_without_a_sentence_end_in_its_second_half_ends_with_a_word() -> None:
    assert places(f"{'word ' * 600}end. {'words ' * 1500}") == [(0, 7997), (7997, 12_005)]


def test_as_much_as_a_piece_can_hold_is_one_piece() -> None:
    assert LONGEST == 8_000
    assert places("word " * 1600) == [(0, 8_000)]
    assert places(f"{'word ' * 1600}!") == [(0, 8_000), (8_000, 8_001)]


def test_signs_that_are_no_word_are_left_out_and_nothing_beside_them() -> None:
    noise = "x" * 1000
    assert places(f"One. {noise} Two.") == [(0, 5), (1005, 1010)]
    assert places(f"{noise} Two.") == [(1000, 1005)]
    assert places(f"One. {noise}") == [(0, 5)]
    assert places(noise[1:]) == [(0, 999)]
    assert in_pieces(document_of("One.", noise))[1] == (Piece(0, 0, "One."), Piece(1, 0, ""))


def test_what_was_found_in_a_piece_is_put_back_in_its_passage() -> None:
    pieces = (Piece(0, 0, "Ann."), Piece(3, 0, "One."), Piece(3, 100, "Two hundred."))
    there, here = Span(2, 4, 11), Span(3, 104, 111)

    def found(span: Span, place: int) -> Names:
        return Names(
            mentions=(Mention(0, span, "hundred", "test"),),
            references=(Reference(0, span, "hundred"),),
            quotations=(Quotation(span),),
            figures=(Figure(span, 100.0),),
            measures=(Measure(span, "share", 1.0, "%"),),
            roles=(Role(0, "chair", place),),
            memberships=(Membership(0, 1, "chairs", place),),
        )

    assert put_back(found(there, 2), pieces) == found(here, 3)


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
