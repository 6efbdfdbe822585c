"""The verbatim lock: quotations are cut from the stored text, or refused with the place."""

import pytest

from goalmap.ingest.errors import GoalmapError
from goalmap.report.verbatim import NotVerbatim, Quotable, pieces

PASSAGE = Quotable("p1", "Annual report", "We lend tablets to patients.")


def test_a_quotation_is_the_text_at_its_offsets() -> None:
    assert PASSAGE.quote("the evidence", 8, 15) == "tablets"


@pytest.mark.parametrize(("start", "end"), [(8, 99), (-3, 5), (15, 8), (4, 4), (None, 5), ("8", "15"), (28, 29)])
def test_offsets_outside_the_text_are_refused(start: object, end: object) -> None:
    with pytest.raises(
        NotVerbatim, match=r"Passage p1 of “Annual report”: the evidence at characters .* lies outside its 28"
    ):
        PASSAGE.quote("the evidence", start, end)


def test_another_word_than_the_one_that_was_found_is_refused() -> None:
    with pytest.raises(NotVerbatim, match="should read 'laptops', but 'tablets' stands there"):
        PASSAGE.quote("the mention", 8, 15, "laptops")


@pytest.mark.parametrize("stored", ["[[8]]", "[8, 15]", "not JSON", '{"start": 8}', "[[null, 4]]", "7"])
def test_evidence_that_is_no_list_of_spans_is_refused(stored: str) -> None:
    with pytest.raises(GoalmapError, match="Passage p1"):
        PASSAGE.spans("the evidence", stored)


@pytest.mark.parametrize("stored", [None, "", "[]"])
def test_no_evidence_is_no_fault(stored: str | None) -> None:
    assert PASSAGE.spans("the evidence", stored) == ()


def test_spans_come_in_the_order_of_the_text() -> None:
    assert PASSAGE.spans("the evidence", "[[8, 15], [0, 2]]") == ((0, 2), (8, 15))


@pytest.mark.parametrize("spans", [(), ((0, 2),), ((0, 2), (2, 7)), ((3, 15), (8, 18)), ((3, 15), (4, 6)), ((0, 28),)])
def test_pieces_joined_are_the_text(spans: tuple[tuple[int, int], ...]) -> None:
    assert "".join(piece.text for piece in pieces(PASSAGE.text, spans)) == PASSAGE.text


def test_pieces_mark_the_evidence() -> None:
    marked = [piece.text for piece in pieces(PASSAGE.text, [(8, 15), (0, 2)]) if piece.marked]
    assert marked == ["We", "tablets"]
