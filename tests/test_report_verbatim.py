"""The verbatim lock: quotations are cut from the stored text, or refused with the place."""

from dataclasses import replace

import pytest

from goalmap.classify.activities.model import Body, Copy, Filing, Named, Number, Origin, Telling
from goalmap.ingest.errors import GoalmapError
from goalmap.report.verbatim import WORDS, NotVerbatim, Quotable, check_measures, check_tellings, pieces
from goalmap.store.contents.people import Background
from goalmap.store.ids import seal_of

PASSAGE = Quotable("p1", "Annual report", "We lend tablets to patients.")
SUM = Quotable("p2", "Accounts", "12 trusts gave £1.5m to 340 homes")
HERE = Origin("d1", "Accounts")


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


def test_the_pieces_of_evidence_are_marked_once_and_none_is_empty() -> None:
    assert [(piece.text, piece.marked) for piece in pieces("We lend tablets", [(0, 2), (0, 7), (8, 15)])] == [
        ("We", True),
        (" lend", True),
        (" ", False),
        ("tablets", True),
    ]
    assert [piece.text for piece in pieces("abcdef", [(0, 5), (1, 2)])] == ["abcde", "f"]


@pytest.mark.parametrize("seal", [None, seal_of(PASSAGE.text)])
def test_a_text_with_its_own_seal_or_with_none_is_taken_as_it_was_read(seal: str | None) -> None:
    replace(PASSAGE, seal=seal).check_seal()


def test_a_text_with_the_seal_of_another_is_refused() -> None:
    with pytest.raises(NotVerbatim, match="its text was changed after it was read"):
        replace(PASSAGE, seal=seal_of("We lend laptops.")).check_seal()


@pytest.mark.parametrize(("start", "end"), [(0, 2), (3, 9), (21, 27), (21, 33)])
def test_a_whole_stretch_is_given_as_it_stands(start: int, end: int) -> None:
    assert SUM.quote_whole("the evidence", start, end, WORDS) == SUM.text[start:end]


@pytest.mark.parametrize(("start", "end"), [(0, 3), (2, 9), (1, 2), (0, 1), (4, 9), (3, 8), (20, 33), (21, 26)])
def test_a_stretch_with_space_beside_it_or_cut_within_a_word_is_refused(start: int, end: int) -> None:
    with pytest.raises(NotVerbatim, match=f"the evidence at characters {start} to {end} is cut"):
        SUM.quote_whole("the evidence", start, end, WORDS)


@pytest.mark.parametrize("words", ["12", "12 trusts", "£1.5", "1.5m", "340", "tru", "m to 34"])
def test_what_is_quoted_may_begin_and_end_within_a_word_but_not_within_a_number(words: str) -> None:
    start = SUM.text.index(words)
    end = start + len(words)
    if SUM.text[start - 1 : start] == "£" or words.endswith("34"):
        with pytest.raises(NotVerbatim, match="begins or ends within a number"):
            SUM.quote_unbroken("the quotation", start, end, words)
    else:
        assert SUM.quote_unbroken("the quotation", start, end, words) == words


def telling(**more: object) -> Telling:
    return Telling("p2", SUM.text, HERE, (Filing("g/1", "accepted", "delivered"),), **more)  # type: ignore[arg-type]


def number(start: int, end: int) -> Number:
    return Number(start, end, None, None, None, None)


def named(surface: str) -> Named:
    return Named(Body("Larch Trust", "e1"), "organisation", 3, 9, surface)


def of_the_evidence(start: int, end: int) -> tuple[Filing, ...]:
    return (Filing("g/1", "accepted", "delivered", evidence=((0, 9), (start, end))),)


def test_what_was_found_where_it_stands_passes() -> None:
    found = telling(
        seal=seal_of(SUM.text),
        named=(named("trusts"),),
        numbers=(number(0, 2), number(15, 19)),
        copies=(Copy("p3", HERE, text="Same.", seal=seal_of("Same.")),),
    )
    check_tellings([found, replace(found, filings=of_the_evidence(24, 33))])


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        (telling(seal=seal_of("Another.")), "Passage p2 .* changed after it was read"),
        (telling(named=(named("trust"),)), "the mention of Larch Trust at characters 3 to 9 should read 'trust'"),
        (telling(numbers=(number(0, 2), number(24, 26))), "the figure at characters 24 to 26 is cut: '34'"),
        (replace(telling(), filings=of_the_evidence(24, 32)), "the evidence at characters 24 to 32 is cut"),
        (telling(copies=(Copy("p3", HERE, text="Same.", seal=seal_of("Other.")),)), "Passage p3 .* changed after"),
    ],
)
def test_what_was_found_and_does_not_stand_there_is_refused(found: Telling, refusal: str) -> None:
    with pytest.raises(NotVerbatim, match=refusal):
        check_tellings([telling(), found])


def test_a_published_measure_is_checked_at_its_place() -> None:
    def measure(start: int, end: int) -> Background:
        return Background(
            "Larch Trust", None, "pay gap", "", "", "2025", 1.5, "%", "p2", start, end, "", HERE, SUM.text
        )

    check_measures([measure(0, 2)])
    with pytest.raises(NotVerbatim, match="Passage p2 of “Accounts”: the pay gap at characters 24 to 26 is cut"):
        check_measures([measure(0, 2), measure(24, 26)])
