"""What holds for every text: no rule raises, and every span is the text that it says it is."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from goalmap.extract.candidates import Label
from goalmap.extract.extract import names_in
from goalmap.ingest.document import Document, Kind, Passage

PIECES = st.sampled_from(
    [
        "\n    Dr",
        "Rt Hon",
        "Ann",
        "Lee-Park",
        "ap",
        "Rhys",
        "O’Dowd",
        "MP",
        "CBE",
        "said",
        "added:",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "’s",
        ", ",
        ". ",
        ": ",
        "; ",
        " (",
        ")",
        "the",
        "of",
        "for",
        "and",
        "&",
        "NHS",
        "Trust",
        "Council",
        "University",
        "Department",
        "plc",
        "Programme",
        "Fund",
        "called",
        "\n    our",
        "Chief Executive",
        "Director",
        "former",
        "chairs",
        "who",
        "He",
        "She",
        "is",
        "was",
        "a",
        "member of",
        "£1.2m",
        "83 per cent",
        "2023",
        "12,000",
        "T Level",
        "⟨P0⟩",
        "⟨O1⟩",
        "⟩",
        "⟨",
        "Read:",
        "ACR",
        "(ACR)",
        "\xa0",
        "\u2028",
        "é",
        "ŷ",
        "İ",
        "ß",
        "\ud7ff",
        "😀\n    ",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)
KINDS = st.sampled_from(list(Kind))
LABELS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 40), st.sampled_from(["PERSON", "ORG", "GPE", "DATE"])), max_size=4
)


def labels_for(text: str, wanted: list[tuple[int, int, str]]) -> list[Label]:
    return [Label(start, min(len(text), start + length), label) for start, length, label in wanted if start < len(text)]


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(TEXTS, KINDS, LABELS), max_size=5))
def test_every_span_is_in_its_passage_and_no_two_of_a_kind_overlap(
    parts: list[tuple[str, Kind, list[tuple[int, int, str]]]],
) -> None:
    document = Document(
        path="any", passages=tuple(Passage(place, kind, text) for place, (text, kind, _) in enumerate(parts))
    )
    names = names_in(document, [labels_for(text, wanted) for text, _, wanted in parts])
    for mention in names.mentions:
        text = document.passages[mention.span.passage].text
        assert mention.surface
        assert text[mention.span.start : mention.span.end] == mention.surface
    for span in [*(quotation.span for quotation in names.quotations), *(figure.span for figure in names.figures)]:
        assert 0 <= span.start < span.end <= len(document.passages[span.passage].text)
    in_order = sorted((names.entities[m.entity].kind, m.span.passage, m.span.start, m.span.end) for m in names.mentions)
    for (kind, passage, _, end), (next_kind, next_passage, start, _) in pairwise(in_order):
        assert (kind, passage) != (next_kind, next_passage) or end <= start
    for role in names.roles:
        assert role.title
        assert role.person < len(names.entities)
