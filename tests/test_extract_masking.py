"""Names are replaced by signs with the numbers of their entities; all else stays where patterns look for it."""

from hypothesis import given
from hypothesis import strategies as st

from goalmap.extract.masking import headings_of, mask, masked_passages
from goalmap.extract.names import EntityKind, Mention, Reference, Span
from goalmap.ingest.document import Kind, Passage

KINDS = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.INITIATIVE)


def named(text: str, name: str, entity: int, passage: int = 0) -> Mention:
    start = text.index(name)
    return Mention(entity, Span(passage, start, start + len(name)), name, "test")


def test_each_name_becomes_the_sign_of_its_kind_with_the_number_of_its_entity() -> None:
    text = "Ann Lee, Chair of Larch Trust, began Open Doors."
    names = [named(text, "Open Doors", 2), named(text, "Ann Lee", 0), named(text, "Larch Trust", 1)]
    assert mask(text, names, KINDS) == "⟨P0⟩, Chair of ⟨O1⟩, began ⟨I2⟩."


def test_of_names_in_one_another_the_outer_one_is_masked() -> None:
    text = "The Ann Lee Fund helps."
    names = [named(text, "Ann Lee", 0), named(text, "Ann Lee Fund", 2)]
    assert mask(text, names, KINDS) == "The ⟨I2⟩ helps."


def test_names_that_touch_are_both_masked() -> None:
    text = "LeeLarch"
    assert mask(text, [named(text, "Lee", 0), named(text, "Larch", 1)], KINDS) == "⟨P0⟩⟨O1⟩"


def test_brackets_of_the_text_are_no_signs() -> None:
    text = "⟨P7⟩ met Ann Lee ⟨O1⟩"
    assert mask(text, [named(text, "Ann Lee", 0)], KINDS) == "(P7) met ⟨P0⟩ (O1)"


def test_each_passage_is_masked_by_its_own_names_and_so_is_the_heading_over_it() -> None:
    passages = [
        Passage(0, Kind.HEADING, "About Larch Trust", None),
        Passage(1, Kind.BODY, "The Trust opened a gym.", "About Larch Trust"),
        Passage(2, Kind.BODY, "Elsewhere.", "A heading that is no passage"),
    ]
    names: list[Mention | Reference] = [
        named("About Larch Trust", "Larch Trust", 1),
        Reference(1, Span(1, 0, 9), "The Trust"),
    ]
    masked = masked_passages(passages, names, KINDS)
    assert masked == ["About ⟨O1⟩", "⟨O1⟩ opened a gym.", "Elsewhere."]
    assert headings_of(passages, masked) == ["", "About ⟨O1⟩", ""]


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.integers(0, 2)), max_size=6))
def test_whatever_is_named_the_rest_of_the_text_stays_in_order(text: str, places: list[tuple[int, int, int]]) -> None:
    spans = [(start, min(start + length, len(text)), entity) for start, length, entity in places if start < len(text)]
    names = [Mention(entity, Span(0, start, end), text[start:end], "test") for start, end, entity in spans]
    masked = mask(text, names, KINDS)
    rest = iter(masked)
    covered = {place for start, end, _ in spans for place in range(start, end)}
    assert all(
        any(char == other for other in rest)
        for place, char in enumerate(text.translate(BRACKETS))
        if place not in covered
    )
    assert masked.count("⟨") == masked.count("⟩") <= len(names)


BRACKETS = str.maketrans("⟨⟩", "()")
