"""`The Trust`, `the charity`, `our`: links to a body, never names of it."""

from typing import TYPE_CHECKING

import pytest

from goalmap.extract.extract import extract_names
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language

TRUST, COUNCIL = "Marle Hospitals NHS Trust", "Wenlow Borough Council"


def links(nlp: "Language", *texts: str, publisher: str = TRUST) -> list[tuple[str, str]]:
    passages = tuple(Passage(place, Kind.BODY, text) for place, text in enumerate(texts))
    names = extract_names(Document("a.txt", passages=passages, publisher=publisher), nlp)
    for reference in names.references:
        text = texts[reference.span.passage]
        assert text[reference.span.start : reference.span.end] == reference.surface
    return [(reference.surface, names.entities[reference.entity].name) for reference in names.references]


def test_the_trust_is_the_one_that_publishes(nlp: "Language") -> None:
    assert links(nlp, f"{TRUST} opened a ward.", "The Trust is proud of it.") == [("The Trust", TRUST)]


def test_in_the_release_of_a_partner_it_is_the_body_named_before(nlp: "Language") -> None:
    texts = (f"{COUNCIL} met {TRUST} on Monday. The Council will pay and the Trust will build.",)
    assert links(nlp, *texts, publisher="Purpose Bridge") == [("The Council", COUNCIL), ("the Trust", TRUST)]


def test_we_is_the_publisher_once_a_passage(nlp: "Language") -> None:
    texts = (f"{TRUST} opened a ward.", "We hired nine nurses and our wards are full; we need more.")
    assert links(nlp, *texts) == [("We", TRUST)]


def test_we_in_a_quotation_is_the_body_of_the_speaker(nlp: "Language") -> None:
    text = f"“We shall pay for the road this year,” said Ann Lee, Leader of {COUNCIL}."
    assert links(nlp, f"{TRUST} opened a ward.", text) == [("We", COUNCIL)]


@pytest.mark.parametrize(
    "text",
    ["The council tax rose.", "The school day is long.", "The Board of Directors met.", "The university sector grew."],
)
def test_what_means_no_one_body_is_no_link(nlp: "Language", text: str) -> None:
    assert links(nlp, f"{COUNCIL} met Wenlow University and Wenlow High School.", text) == []


def test_a_role_is_at_the_body_that_such_words_mean(nlp: "Language") -> None:
    text = f"{TRUST} opened a ward. Una Cairns, Chief Executive of the Trust, cut the ribbon."
    names = extract_names(Document("a.txt", passages=(Passage(0, Kind.BODY, text),)), nlp)
    roles = [(role.title, role.organisation) for role in names.roles]
    assert [(title, names.entities[body or 0].name) for title, body in roles] == [("Chief Executive", TRUST)]
