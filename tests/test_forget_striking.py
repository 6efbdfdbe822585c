"""Who of those that a document names is somebody who was removed, where several bear the name."""

import pytest

from goalmap.extract.names import EntityKind
from goalmap.store.masking.marks import marked
from goalmap.store.masking.people import Forgotten, Roll, hash_of
from goalmap.store.masking.striking import Bearer, Named, Written, strike

KEY = b"a key of these tests, 32 letters"
TEXT = "Jo Brackett opened it, says Lockgate Trust; Brackett left. Mr Brackett of Harrowmead too."


def hashes(*forms: str) -> frozenset[str]:
    return frozenset(hash_of(KEY, form) for form in forms)


def masked(person: Forgotten, **entities: Bearer) -> str:
    """The text with marks, where each entity is named once, by its first name."""
    places = {id: (TEXT.index(one.names[0]), len(one.names[0])) for id, one in entities.items()}
    named = [Named(0, start, start + length, id) for id, (start, length) in places.items()]
    (spans,) = strike(Written("d1", [TEXT], entities=entities, named=named), Roll(KEY, (person,))).spans
    return marked(TEXT, spans)


def somebody(**told: object) -> Forgotten:
    return Forgotten("f1", hashes("jobrackett"), hashes("brackett", "jbrackett"), given=hashes("jo"), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        (
            ["lockgate trust"],
            "██ ████████ opened it, says Lockgate Trust; ████████ left. Mr ████████ of Harrowmead too.",
        ),
        (["harrowmead council"], TEXT),
        ([], TEXT),
    ],
)
def test_a_namesake_in_a_new_document_is_told_by_the_bodies_of_their_posts(bodies: list[str], text: str) -> None:
    person = somebody(bodies=hashes("lockgate trust"), is_limited=True)
    assert masked(person, one=Bearer(EntityKind.PERSON, ["Jo Brackett"], bodies)) == text


def test_a_surname_that_somebody_who_stays_has_too_is_masked_only_where_it_is_linked() -> None:
    kept = Bearer(EntityKind.PERSON, ["Mr Brackett", "Sam Brackett"])
    text = masked(somebody(), one=Bearer(EntityKind.PERSON, ["Jo Brackett"]), other=kept)
    assert text == "██ ████████ opened it, says Lockgate Trust; Brackett left. Mr Brackett of Harrowmead too."


def test_a_body_that_bears_the_full_name_goes_and_one_that_bears_the_surname_stays() -> None:
    gone = Bearer(EntityKind.ORGANISATION, ["The Jo Brackett Fund"])
    kept = Bearer(EntityKind.INITIATIVE, ["Brackett Prize"])
    struck = strike(Written("d1", ["nothing"], entities={"a": gone, "b": kept}), Roll(KEY, (somebody(),)))
    assert struck.entities == {"a"}
