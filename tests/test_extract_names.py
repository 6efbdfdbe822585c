"""People, organisations, initiatives, roles and quotations in sentences of our own, and in the two seed releases."""

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goalmap.extract.extract import extract_batch, extract_names
from goalmap.extract.names import EntityKind, Names
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language

SEEDS = Path(__file__).parent / "data" / "seeds"


def document_of(*texts: str, title: bool = False, kind: Kind = Kind.BODY) -> Document:
    kinds = [Kind.TITLE if title and place == 0 else kind for place in range(len(texts))]
    passages = tuple(Passage(place, kinds[place], text) for place, text in enumerate(texts))
    return Document(path="release.txt", passages=passages)


def found(names: Names, kind: EntityKind) -> set[str]:
    return {entity.name for entity in names.entities if entity.kind is kind}


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


def quotations(names: Names, document: Document) -> list[tuple[str | None, str]]:
    return [
        (
            None if quotation.speaker is None else names.entities[quotation.speaker].name,
            document.passages[quotation.span.passage].text[quotation.span.start : quotation.span.end],
        )
        for quotation in names.quotations
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("The ward was opened by Rt Hon Dame Ngaire Whitcombe MP on Friday.", {"Ngaire Whitcombe"}),
        ("Cllr Bob Cook and Professor Iestyn ap Rhobert cut the ribbon.", {"Bob Cook", "Iestyn ap Rhobert"}),
        ("Maeve O’Dowd-Achterberg OBE joined the board.", {"Maeve O’Dowd-Achterberg"}),
        ("Lord Tarleton and Baroness Pike of Huyton spoke.", {"Tarleton", "Pike of Huyton"}),
        ("“It works,” said Tobias Okwuosa.", {"Tobias Okwuosa"}),
        ("Contact: Siobhan Carrick-Webb, 01632 960001", {"Siobhan Carrick-Webb"}),
        ("The Rev Canon Ruth Abernethy led prayers, and Major (Retd) Joe Hale read.", {"Ruth Abernethy", "Joe Hale"}),
        ("Patients in Castle Hill waited at Oak Lane Station for the Green Line Bus.", set()),
        ("Severn Water and Lumen Energy plc paid for it.", set()),
    ],
)
def test_people_are_found_without_honorifics_and_letters(text: str, people: set[str], nlp: "Language") -> None:
    assert found(extract_names(document_of(text), nlp), EntityKind.PERSON) == people


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            "It was run by Aldmoor Teaching Hospitals NHS Foundation Trust.",
            {"Aldmoor Teaching Hospitals NHS Foundation Trust"},
        ),
        ("The Department for Work and Pensions agreed.", {"Department for Work and Pensions"}),
        ("She studied at the University of the Fens and Corby College.", {"University of the Fens", "Corby College"}),
        ("Fen and Ridge Combined Authority will pay.", {"Fen and Ridge Combined Authority"}),
        ("Tilney College and Marham Council signed it.", {"Tilney College", "Marham Council"}),
        ("Former Education Secretary Ann Lee and the Cabinet Member for Housing met.", set()),
        ("The Trust, the Board of Directors and the local authority met after COVID-19.", set()),
        ("Care in the NHS is free, but NHS staff were tired.", {"NHS"}),
        ("He is Chief Executive of Kestrel Build.", {"Kestrel Build"}),
        ("Shelter from the wind was scarce.", set()),
    ],
)
def test_organisations_are_found_by_form(text: str, bodies: set[str], nlp: "Language") -> None:
    assert found(extract_names(document_of(text), nlp), EntityKind.ORGANISATION) == bodies


@pytest.mark.parametrize(
    ("text", "initiatives"),
    [
        ("We launched Next Rung, a nine-month programme for porters.", {"Next Rung"}),
        ("It was paid for by the Coastal Towns Fund.", {"Coastal Towns Fund"}),
        ("Under Warm Hearths, 40 boilers were mended.", {"Warm Hearths"}),
        ("Our Bright Futures grants helped 41 tenants.", {"Bright Futures"}),
        ("Little Larks (Mondays, 9am): songs for toddlers", {"Little Larks"}),
        ("A scheme called Foot in the Door found work for 62 people.", {"Foot in the Door"}),
        (
            "The report - Better Together: Schools and Trusts - sets out our work.",
            {"Better Together: Schools and Trusts"},
        ),
        ("The plan and the annual report were agreed.", set()),
        ("Students on T Levels and people on Universal Credit came.", set()),
    ],
)
def test_initiatives_are_found_by_head_word_or_introduction(text: str, initiatives: set[str], nlp: "Language") -> None:
    assert found(extract_names(document_of(text), nlp), EntityKind.INITIATIVE) == initiatives


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tobias Okwuosa, Chief Executive of Tees Housing Group, said so.",
            {("Tobias Okwuosa", "Chief Executive", "Tees Housing Group", False)},
        ),
        (
            "Julie Mennell, Vice-Chancellor, University of the Fens, spoke.",
            {("Julie Mennell", "Vice-Chancellor", "University of the Fens", False)},
        ),
        (
            "Former Health and Social Care Minister, Rt Hon Ann Lee MP spoke.",
            {("Ann Lee", "Health and Social Care Minister", None, True), ("Ann Lee", "MP", None, False)},
        ),
        (
            "Sir Hal Corbridge, who chairs the Corbridge Foundation, agreed.",
            {("Hal Corbridge", "chair", "Corbridge Foundation", False)},
        ),
        (
            "Dr Joy Park, Medical Director until May and now regional lead for NHS England, left.",
            {
                ("Joy Park", "Medical Director", "NHS England", True),
                ("Joy Park", "regional lead", "NHS England", False),
            },
        ),
        (
            "Ann Lee, Chair of Tilney College and a former director of Marham Council, came.",
            {("Ann Lee", "Chair", "Tilney College", False), ("Ann Lee", "director", "Marham Council", True)},
        ),
    ],
)
def test_roles_come_with_their_organisation_and_whether_they_are_past(
    text: str, expected: set[tuple[str, str, str | None, bool]], nlp: "Language"
) -> None:
    assert roles(extract_names(document_of(text), nlp)) == expected


def test_a_second_mention_is_the_same_person(nlp: "Language") -> None:
    names = extract_names(
        document_of("Dr Maeve Quill runs it.", "Dr Quill said that Maeve would go on.", "Quill left."), nlp
    )
    assert found(names, EntityKind.PERSON) == {"Maeve Quill"}
    assert surfaces(names, EntityKind.PERSON) == ["Dr Maeve Quill", "Dr Quill", "Maeve", "Quill"]


def test_an_acronym_and_a_short_form_are_the_same_body(nlp: "Language") -> None:
    names = extract_names(
        document_of("Lumen Dale Energy plc (LDE) is to pay.", "LDE has 40 staff.", "Lumen Dale will fit pumps."), nlp
    )
    assert found(names, EntityKind.ORGANISATION) == {"Lumen Dale Energy plc"}
    assert names.entities[0].aliases == ("LDE", "Lumen Dale")


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "Tilney College is a member of the Fens Skills Alliance.",
            ("Tilney College", "member of", "Fens Skills Alliance"),
        ),
        ("Dr Joy Park chairs Marham Council.", ("Joy Park", "chairs", "Marham Council")),
        ("The Fens Coalition, chaired by Ann Lee, met in May.", ("Ann Lee", "chairs", "Fens Coalition")),
        ("Ann Lee, trustee of the Fens Housing Trust, agreed.", ("Ann Lee", "trustee of", "Fens Housing Trust")),
        (
            "Tilney Hospitals NHS Trust (THT) is partnering with Marham Council.",
            ("Tilney Hospitals NHS Trust", "partner of", "Marham Council"),
        ),
        (
            "Fens Skills Alliance is part of Joy Park’s Fens Coalition.",
            ("Fens Skills Alliance", "part of", "Fens Coalition"),
        ),
    ],
)
def test_memberships_say_how_two_names_are_tied(text: str, tie: tuple[str, str, str], nlp: "Language") -> None:
    names = extract_names(document_of(text), nlp)
    ties = {
        (names.entities[tie.member].name, tie.kind, names.entities[tie.organisation].name) for tie in names.memberships
    }
    assert ties == {tie}


def test_a_post_that_is_past_is_no_membership(nlp: "Language") -> None:
    assert extract_names(document_of("Joy Park, former Chair of Marham Council, spoke."), nlp).memberships == ()


def test_a_batch_gives_each_document_what_it_gets_alone(nlp: "Language") -> None:
    documents = [
        document_of(),
        document_of("Ann Lee chairs Marham Council."),
        document_of(),
        document_of("Joy Park said: “We did it.”"),
    ]
    assert list(extract_batch(documents, nlp)) == [extract_names(document, nlp) for document in documents]


def seed(name: str) -> Document:
    text = next(SEEDS.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return document_of(*parts, title=True)


def test_the_first_seed_gives_its_people_report_and_quotations(nlp: "Language") -> None:
    document = seed("000")
    names = extract_names(document, nlp)
    assert {"Anne Milton", "Justine Greening", "Caroline Dinenage", "Danny Davis"} == found(names, EntityKind.PERSON)
    assert "Leadership: Tackling Health Inequalities" in found(names, EntityKind.INITIATIVE)
    assert {"Purpose Health Coalition", "Purpose Coalition"} <= found(names, EntityKind.ORGANISATION)
    assert {
        ("Anne Milton", "public health minister", None, True),
        ("Justine Greening", "Education Secretary", None, True),
        ("Caroline Dinenage", "Health and Social Care Minister", None, True),
        ("Caroline Dinenage", "MP", None, False),
        ("Anne Milton", "chair", "Purpose Health Coalition", False),
        ("Danny Davis", "Director", "Purpose Coalition", False),
    } <= roles(names)
    speakers = [speaker for speaker, _ in quotations(names, document)]
    assert speakers == ["Anne Milton", "Anne Milton", "Anne Milton", "Caroline Dinenage"]


def test_the_second_seed_gives_its_trust_people_and_quotations(nlp: "Language") -> None:
    document = seed("002")
    names = extract_names(document, nlp)
    trust = next(entity for entity in names.entities if entity.name == "Hertfordshire Community NHS Trust")
    assert "HCT" in trust.aliases
    assert {"Justine Greening", "Elliot Howard-Jones", "Mark Hulsmeier"} == found(names, EntityKind.PERSON)
    assert {
        ("Justine Greening", "Education Secretary", None, True),
        ("Justine Greening", "chair", "Purpose Coalition", False),
        ("Elliot Howard-Jones", "Chief Executive", "Hertfordshire Community NHS Trust", False),
        ("Mark Hulsmeier", "Director", "Purpose Coalition", False),
    } <= roles(names)
    assert [speaker for speaker, _ in quotations(names, document)] == [
        "Justine Greening",
        "Justine Greening",
        "Elliot Howard-Jones",
    ]


@pytest.mark.parametrize("sign", ['"', "“", "(", "£", "["])
def test_a_long_run_of_one_sign_is_passed_over_at_once(nlp: "Language", sign: str) -> None:
    passages = (
        Passage(0, Kind.BODY, sign * 20_000),
        Passage(1, Kind.BODY, "Dame Ann Lee-Park chairs Severnholme NHS Trust."),
    )
    started = time.process_time()
    names = extract_names(Document("a.txt", passages=passages), nlp)
    assert time.process_time() - started < 5
    assert [mention.surface for mention in names.mentions if mention.span.passage == 1]
