"""Posts whose person or body is told elsewhere in the document: by a rank, a heading, a short name, the publisher."""

from typing import TYPE_CHECKING

import pytest

from goalmap.extract.extract import extract_names, tied
from goalmap.extract.linking.register import Register
from goalmap.extract.names import EntityKind, Mention, Names, Span
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language

P, B = EntityKind.PERSON, EntityKind.ORGANISATION
FERRIS = "Ferris Council"


def told(passages: list[tuple[Kind, str]], named: dict[str, EntityKind], publisher: str | None = None) -> Names:
    """The names of a document in which these, and only these, are named."""
    register = Register({})
    mentions: list[Mention] = []
    heading = None
    cut: list[Passage] = []
    for place, (kind, text) in enumerate(passages):
        cut.append(Passage(place, kind, text, None if kind is Kind.HEADING else heading))
        heading = text if kind is Kind.HEADING else heading
        for name, what in named.items():
            entity = register.entity(what, name)
            start = text.find(name)
            if start >= 0:
                mentions.append(Mention(entity, Span(place, start, start + len(name)), name, "marked"))
    return tied(Document("a.txt", passages=tuple(cut), publisher=publisher), register, mentions)


def posts(names: Names) -> set[tuple[str, str, str | None, bool]]:
    return {
        (
            names.entities[role.person].name,
            role.title,
            None if role.organisation is None else names.entities[role.organisation].name,
            role.former,
        )
        for role in names.roles
    }


def test_a_rank_before_a_name_is_a_post_where_no_other_is_told() -> None:
    names = {"Inspector Jas Gill": P, "Chief Constable Ruud Haas": P, "Moor Police": B}
    text = "Inspector Jas Gill of Moor Police met Chief Constable Ruud Haas, head of operations."
    assert ("Jas Gill", "Inspector", "Moor Police", False) in posts(told([(Kind.BODY, text)], names))
    assert not any(title == "Chief Constable" for _, title, _, _ in posts(told([(Kind.BODY, text)], names)))


def test_a_rank_stays_a_post_where_its_holder_only_chairs_something_beside_it() -> None:
    text = "Watch Manager Efe Lark, who chairs Moor Women’s Network, spoke for Moor Fire Service."
    names = {"Watch Manager Efe Lark": P, "Moor Women’s Network": B, "Moor Fire Service": B}
    held = {title for _, title, _, _ in posts(told([(Kind.BODY, text)], names))}
    assert held == {"Watch Manager", "chair"}


def test_a_professor_is_one_only_with_the_university() -> None:
    names = {"Professor Ilse Borg": P, "Professor Al Dunn": P, "Skerry University": B}
    read = posts(told([(Kind.BODY, "Professor Ilse Borg of Skerry University met Professor Al Dunn.")], names))
    assert read == {("Ilse Borg", "Professor", "Skerry University", False)}


def test_a_heading_gives_its_post_to_the_people_under_it() -> None:
    passages = [
        (Kind.HEADING, "Our trustees"),
        (Kind.LIST_ITEM, "Ann Lee (Chair)"),
        (Kind.LIST_ITEM, "Bo Marsh (resigned May 2023)"),
    ]
    read = posts(told(passages, {"Ann Lee": P, "Bo Marsh": P, "Hearth": B}, "Hearth"))
    assert read == {
        ("Ann Lee", "Trustee", "Hearth", False),
        ("Ann Lee", "Chair", "Hearth", False),
        ("Bo Marsh", "Trustee", "Hearth", True),
    }


def test_what_stands_in_brackets_in_a_table_dates_the_post() -> None:
    rows = ["Name | Post | Since", "Ann Lee | Boat Manager (until 31 August 2024) | 2020"]
    names = told([(Kind.TABLE_ROW, row) for row in rows], {"Ann Lee": P})
    assert posts(names) == {("Ann Lee", "Boat Manager", None, True)}
    assert names.roles[0].until == "2024-08-31"


def test_a_short_name_inside_a_post_is_the_body_that_begins_so() -> None:
    names = {"Ann Lee": P, "Bo Marsh": P, "Dunmere College": B, "Corran Borough Council": B, "Corran Group": B}
    passages = [
        (Kind.BODY, "Dunmere College, Corran Group and Corran Borough Council agreed."),
        (Kind.BODY, "Ann Lee, Principal and Chief Executive of Dunmere, smiled."),
        (Kind.BODY, "Bo Marsh, Corran’s Cabinet Member for Skills, did not."),
    ]
    assert posts(told(passages, names)) == {
        ("Ann Lee", "Principal", "Dunmere College", False),
        ("Ann Lee", "Chief Executive", "Dunmere College", False),
        ("Bo Marsh", "Cabinet Member for Skills", "Corran Borough Council", False),
    }


def test_what_somebody_joined_as_is_past_where_a_later_post_is_told() -> None:
    text = "Ann Lee, ward manager, joined Tarn Trust as a cleaner in 2009."
    read = posts(told([(Kind.BODY, text)], {"Ann Lee": P, "Tarn Trust": B}, "Tarn Trust"))
    assert ("Ann Lee", "cleaner", "Tarn Trust", True) in read


def test_who_leads_a_body_has_the_post_that_the_text_names() -> None:
    passages = [(Kind.BODY, "Ann Lee leads Tarn Trust."), (Kind.BODY, "Chief executive Ann Lee spoke.")]
    read = posts(told(passages, {"Ann Lee": P, "Tarn Trust": B}, "Tarn Trust"))
    assert read == {("Ann Lee", "Chief executive", "Tarn Trust", False)}


@pytest.mark.parametrize(
    ("opening", "publisher"),
    [
        ("Ferris Council, Ferris Police and Bowland Trust signed a compact.", None),
        ("A joint release from Ferris Council and Bowland Trust.", None),
        ("Ferris Council has signed a compact with Bowland Trust.", FERRIS),
    ],
)
def test_a_text_of_several_bodies_speaks_for_none_of_them(opening: str, publisher: str | None) -> None:
    named = {"Ann Lee": P, FERRIS: B, "Ferris Police": B, "Bowland Trust": B}
    passages = [(Kind.BODY, opening), (Kind.BODY, "Co-ordinator Ann Lee said that Ferris Council would pay.")]
    assert posts(told(passages, named)) == {("Ann Lee", "Co-ordinator", publisher, False)}


def test_a_body_named_only_in_passing_is_not_the_publisher() -> None:
    passages = [(Kind.BODY, "It rained.")] * 8
    passages += [(Kind.BODY, "A man left HMP Ness with a bag."), (Kind.BODY, "Director Ann Lee met him.")]
    assert posts(told(passages, {"Ann Lee": P, "HMP Ness": B})) == {("Ann Lee", "Director", None, False)}


def test_the_title_that_the_model_saw_counts_though_no_table_holds_it(nlp: "Language") -> None:
    text = "Joel Abara, formerly Harbour Master of Porthgarrow, spoke."
    names = extract_names(Document("a.txt", passages=(Passage(0, Kind.BODY, text),)), nlp)
    assert ("Joel Abara", "Harbour Master of Porthgarrow", None, True) in posts(names)
