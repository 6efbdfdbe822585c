"""Passages are cut from blocks: numbered in reading order, each under the heading that stands last before it."""

from goalmap.ingest.document import Block, Box, Kind
from goalmap.ingest.passages import cut

BOX = Box(2, 10.0, 20.0, 300.0, 40.0)


def test_a_passage_has_its_place_its_kind_and_where_it_stands_on_the_page() -> None:
    first, second = cut([Block("Doors open", Kind.TITLE), Block("We opened a gym.", Kind.BODY, page=2, boxes=(BOX,))])
    assert (first.position, first.kind, first.text, first.heading, first.page) == (
        0,
        Kind.TITLE,
        "Doors open",
        None,
        None,
    )
    assert (second.position, second.kind, second.page, second.boxes) == (1, Kind.BODY, 2, (BOX,))


def test_a_heading_holds_for_what_follows_until_the_next_one_but_not_for_itself() -> None:
    kinds = (Kind.BODY, Kind.HEADING, Kind.BODY, Kind.LIST_ITEM, Kind.HEADING, Kind.BODY)
    found = cut([Block(f"{number}", kind) for number, kind in enumerate(kinds)])
    assert [passage.heading for passage in found] == [None, None, "1", "1", "1", "4"]


def test_a_block_without_words_makes_no_passage_and_leaves_no_gap() -> None:
    found = cut([Block("One.", Kind.BODY), Block("", Kind.HEADING), Block("Two.", Kind.BODY)])
    assert [(passage.position, passage.text, passage.heading) for passage in found] == [
        (0, "One.", None),
        (1, "Two.", None),
    ]
