"""What each rule finds and what it leaves, in sentences that any British document might hold."""

from typing import TYPE_CHECKING

import pytest

from goalmap.extract.extract import extract_names
from goalmap.extract.names import EntityKind, Names
from goalmap.extract.ordinary import are_ordinary, is_ordinary
from goalmap.extract.vocabulary.place_words import is_place
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language


def document_of(*texts: str, publisher: str | None = None) -> Document:
    passages = tuple(Passage(place, Kind.BODY, text) for place, text in enumerate(texts))
    return Document(path="release.txt", passages=passages, publisher=publisher)


def surfaces(names: Names, kind: EntityKind) -> list[str]:
    return [mention.surface for mention in names.mentions if names.entities[mention.entity].kind is kind]


def roles(names: Names) -> set[tuple[str, str, str | None, bool]]:
    return {
        (
            names.entities[role.person].name,
            role.title,
            None if role.organisation is None else names.entities[role.organisation].name,
            role.former,
        )
        for role in names.roles
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ranjit Basra, who until last year was finance director of Orrin Water, has been appointed interim chief executive of Fenland Ambulance Service NHS Trust.",
            {
                ("Ranjit Basra", "finance director", "Orrin Water", True),
                ("Ranjit Basra", "interim chief executive", "Fenland Ambulance Service NHS Trust", False),
            },
        ),
        (
            "Tamsin Oyelowo, an apprentice electrician at Brackley Homes, and Oluchi Ferreira, ward sister on Elm Ward, spoke.",
            {
                ("Tamsin Oyelowo", "apprentice electrician", "Brackley Homes", False),
                ("Oluchi Ferreira", "ward sister", "Brackley Homes", False),
            },
        ),
        (
            "Dr Wen Liu, a heart surgeon who chairs the Trust’s Deaf Staff Network, came.",
            {
                ("Wen Liu", "heart surgeon", "Deaf Staff Network", False),
                ("Wen Liu", "chair", "Deaf Staff Network", False),
            },
        ),
        (
            "Wen Liu joined us from Deveron College, where she was head of student services.",
            {("Wen Liu", "head of student services", "Deveron College", True)},
        ),
        (
            "Nadia Kowal is a trustee of Tees Carers and a member of the Scottish Funding Council.",
            {
                ("Nadia Kowal", "trustee", "Tees Carers", False),
                ("Nadia Kowal", "member", "Scottish Funding Council", False),
            },
        ),
        (
            "Una Cairns was a director at Orrin Water and, before that, head of history at Deveron College.",
            {
                ("Una Cairns", "director", "Orrin Water", True),
                ("Una Cairns", "head of history", "Deveron College", True),
            },
        ),
        (
            "Marsh Council elected Ade Bello. Cllr Joan Petty stood down as leader in May after six years.",
            {("Joan Petty", "leader", "Marsh Council", True)},
        ),
        (
            "Una Cairns (chair of Tees Carers) and Tom Hardcastle (treasurer) attended.",
            {("Una Cairns", "chair", "Tees Carers", False), ("Tom Hardcastle", "treasurer", "Tees Carers", False)},
        ),
        (
            "Seonaid Muir MSP for Ross and the Black Isle opened it.",
            {("Seonaid Muir", "MSP for Ross and the Black Isle", None, False)},
        ),
        ("Una Cairns, a neighbour, showed us how to mend the chair of a friend.", set()),
    ],
)
def test_posts_come_with_the_body_that_the_words_tie_them_to(
    text: str, expected: set[tuple[str, str, str | None, bool]], nlp: "Language"
) -> None:
    assert roles(extract_names(document_of(text), nlp)) == expected


def test_a_post_without_a_body_is_held_at_the_publisher_however_its_sender_writes_the_name(nlp: "Language") -> None:
    document = document_of(
        "NHS Kestvale Integrated Care Board met with Marsh Council. Marsh Council will pay.",
        "Our chief nurse, Una Cairns, spoke.",
        publisher="Kestvale ICB Communications",
    )
    expected = ("Una Cairns", "chief nurse", "NHS Kestvale Integrated Care Board", False)
    assert roles(extract_names(document, nlp)) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We ran Warm Words, a reading hour for grandparents, and 40 came to Soup and Sums.",
            ["Warm Words", "Soup and Sums"],
        ),
        ("Thanks to Back on Track, 31 people found work.", ["Back on Track"]),
        ("Under Fair Start we lent 200 tablets.", ["Fair Start"]),
        ("The Ladder Fund and the Bright Sparks newsletter reached 900 homes.", ["The Ladder Fund", "Bright Sparks"]),
        ("Our app, Pocket Nurse, was downloaded 4,000 times.", ["Pocket Nurse"]),
        ("A partnership known as Rivers of Change began in May.", ["Rivers of Change"]),
        ("Speak Easy was wound up in August.", ["Speak Easy"]),
        ("There are 57 Open Larder spaces on the map.", ["Open Larder"]),
        (
            "Grow Your Own takes on 20 people a year. It is now five years since Grow Your Own began.",
            ["Grow Your Own"] * 2,
        ),
        ("Health Visitors met the Senior Leadership Team on the Moorside Estate near Long Eaton.", []),
        ("The Modern Slavery Act was discussed at the Annual General Meeting.", []),
        ("Few Polish and Somali families came from across London.", []),
        ("It prefers people called Grace.", []),
    ],
)
def test_ordinary_words_with_capitals_name_initiatives(text: str, expected: list[str], nlp: "Language") -> None:
    assert surfaces(extract_names(document_of(text), nlp), EntityKind.INITIATIVE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wheelhouse & Sons, Tarrant Foods Ltd and Cyngor Gwynedd paid.",
            ["Wheelhouse & Sons", "Tarrant Foods Ltd", "Cyngor Gwynedd"],
        ),
        (
            "UNISON, Police Scotland and Belfast Health and Social Care Trust signed.",
            ["UNISON", "Police Scotland", "Belfast Health and Social Care Trust"],
        ),
        ("It is regulated by the Regulator of Social Housing.", ["Regulator of Social Housing"]),
        (
            "We thank Marle Sensors and Ditton Ltd, and Tilney Jobcentre Plus.",
            ["Marle Sensors", "Ditton Ltd", "Tilney Jobcentre Plus"],
        ),
        ("Patients of Elm Grove Surgery wrote to the Trust’s DAWN Network.", ["Elm Grove Surgery", "DAWN Network"]),
        ("The snow lay on the Rowan Estate, on the A59 and at Thorn Bank.", []),
        ("The Telford Building on Dock Street has no lift.", []),
        ("Ann Lee, Chief Executive, and the Board of Governors met in Wetherby.", []),
    ],
)
def test_bodies_are_told_from_places_and_posts(text: str, expected: list[str], nlp: "Language") -> None:
    assert surfaces(extract_names(document_of(text), nlp), EntityKind.ORGANISATION) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Revd Canon Petra Holm and Lt Col (Retd) Amir Sandhu MBE met Sister Bernadette Quirke.",
            ["Revd Canon Petra Holm", "Lt Col (Retd) Amir Sandhu MBE", "Sister Bernadette Quirke"],
        ),
        ("The last letter went to Adaora Ekwensi, who had two sons.", ["Adaora Ekwensi"]),
        (
            "Professor NicGhilleMhuire and Deirdre Mac an Ultaigh spoke.",
            ["Professor NicGhilleMhuire", "Deirdre Mac an Ultaigh"],
        ),
        ("Pupils Beatrice, Zofia and Blessing held the rope.", ["Beatrice", "Zofia", "Blessing"]),
        ("Our advice worker Zbigniew helped forty people.", ["Zbigniew"]),
        ("Baroness Hale of Penrith thanked Ms G. Pryce.", ["Baroness Hale of Penrith", "Ms G. Pryce"]),
        ("Sewing Time, which meets on Fridays, is run by Gate Networks.", []),
        ("Share on X. Share on Facebook.", []),
    ],
)
def test_people_of_all_origins_are_told_from_other_names(text: str, expected: list[str], nlp: "Language") -> None:
    assert surfaces(extract_names(document_of(text), nlp), EntityKind.PERSON) == expected


def test_ordinary_words_are_known_in_all_their_forms() -> None:
    assert are_ordinary(["Get", "Connected", "Running", "Tributaries", "the", "Self-help", "Crèche"])
    assert not any(map(is_ordinary, ["Oyelowo", "Wragby", "Ebbw"]))


@pytest.mark.parametrize("name", ["A47", "Leeds", "Dock Street", "North Yorkshire", "Rowan Estate", "Green Lanes"])
def test_places_are_told_by_their_words(name: str) -> None:
    assert is_place(name)


def test_what_a_university_has_is_no_part_of_its_name(nlp: "Language") -> None:
    text = "The University of Wenlow’s Open Door scheme has grown to 310 pairs."
    names = extract_names(Document("a.txt", passages=(Passage(0, Kind.BODY, text),)), nlp)
    assert "University of Wenlow" in {entity.name for entity in names.entities}
