"""Posts as careers, minutes, tables and lists of speakers tell them, and the bodies that go with them."""

from typing import TYPE_CHECKING

import pytest

from goalmap.extract.extract import extract_names
from goalmap.extract.names import Names
from goalmap.extract.roles.reading import posts_in
from goalmap.ingest.document import Document, Kind, Passage

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (
            "⟨P1⟩ joined ⟨O2⟩ in 1999. She was Area Manager there (2003-07), Regional Director of ⟨O3⟩ 2007 to 2012.",
            [(1, "Area Manager", None, True), (1, "Regional Director", 3, True)],
        ),
        (
            "⟨P1⟩, who retires in June having been Station Manager at Wick, Head of Control and later Clerk, spoke.",
            [(1, "Station Manager", None, True), (1, "Head of Control", None, True), (1, "Clerk", None, True)],
        ),
        ("⟨P1⟩ will stand down in May having been Chair for nine years.", [(1, "Chair", None, False)]),
        ("⟨P1⟩ retires in May after nine years as Chair.", [(1, "Chair", None, False)]),
        ("⟨P1⟩ will remain as Adviser until June 2031.", [(1, "Adviser", None, False)]),
        ("⟨P1⟩ is no longer a partner in ⟨O2⟩.", [(1, "partner", 2, True)]),
        ("⟨P1⟩ said that she had become a trustee of ⟨O2⟩.", [(1, "trustee", 2, False)]),
        (
            "⟨P1⟩, then a sergeant in ⟨O2⟩, wrote it.",
            [(1, "sergeant", 2, True)],
        ),
        (
            "⟨P1⟩ spent six years as a roofer and four as a lecturer at ⟨O2⟩.",
            [(1, "roofer", None, True), (1, "lecturer", 2, True)],
        ),
        (
            "⟨P1⟩ was a clerk for nine years, and since 2012 she has been bursar.",
            [(1, "clerk", None, True), (1, "bursar", None, False)],
        ),
        (
            "⟨P1⟩ is a governor of ⟨O2⟩, the reading charity, and vice-chair of ⟨O3⟩.",
            [(1, "governor", 2, False), (1, "vice-chair", 3, False)],
        ),
        (
            "⟨P1⟩ was cashier at ⟨O2⟩ before moving to ⟨O3⟩ (Head of Savings).",
            [(1, "cashier", 2, True), (1, "Head of Savings", 3, True)],
        ),
        (
            "⟨P1⟩, at present clerk at ⟨O2⟩, would be joining as secretary.",
            [(1, "clerk", 2, False), (1, "secretary", None, False)],
        ),
        ("⟨P1⟩ (Minister for Ports in the last Government) sent good wishes.", [(1, "Minister for Ports", None, True)]),
        ("The title of Head of Sales, held by ⟨P1⟩, will lapse.", [(1, "Head of Sales", None, False)]),
        (
            "⟨P1⟩ be appointed treasurer from May, in succession to ⟨P2⟩, who retired.",
            [(1, "treasurer", None, False), (2, "treasurer", None, True)],
        ),
        ("⟨P1⟩, head of people, said that porters train as firefighters.", [(1, "head of people", None, False)]),
        ("⟨P1⟩ and ⟨P2⟩, co-chairs, ⟨O3⟩, spoke.", [(1, "co-chair", 3, False), (2, "co-chair", 3, False)]),
        ("⟨P1⟩ here, Customer Director at ⟨O2⟩.", [(1, "Customer Director", 2, False)]),
        ("Treasurer | ⟨P1⟩ (⟨O2⟩)", [(1, "Treasurer", None, False)]),
        (
            "⟨P1⟩, Sales Manager, ⟨O2⟩ ⟨P3⟩, Reader in Law, ⟨O4⟩",
            [(1, "Sales Manager", 2, False), (3, "Reader in Law", 4, False)],
        ),
        ("⟨P1⟩ is Managing Director, Retail, at ⟨O2⟩.", [(1, "Managing Director", 2, False)]),
        ("⟨P1⟩, the senior director, with the help of ⟨O2⟩, led it.", [(1, "senior director", None, False)]),
        ("⟨P1⟩ was a toolmaker at ⟨O2⟩.", [(1, "toolmaker", 2, True)]),
        (
            "⟨P1⟩, ex chairman of ⟨O2⟩, president of ⟨O3⟩ 1988-91, magistrate",
            [(1, "chairman", 2, True), (1, "president", 3, True), (1, "magistrate", None, False)],
        ),
    ],
)
def test_careers_and_lists_give_posts_with_their_time(
    masked: str, expected: list[tuple[int, str, int | None, bool]]
) -> None:
    assert [(post.person, post.title, post.body, post.former) for post in posts_in(masked)] == expected


def test_the_years_of_another_thing_do_not_date_a_chair() -> None:
    (post,) = posts_in(
        "It is part of ⟨I1⟩, the plan for 2024 to 2029, and follows the report of ⟨O2⟩, chaired by ⟨P3⟩."
    )
    assert (post.title, post.former, post.since) == ("chair", False, None)


def test_a_known_title_is_not_cut_out_of_a_longer_one() -> None:
    (post,) = posts_in("⟨P1⟩ is Assistant Chief Fire Officer.", ["Chief"])
    assert post.title == "Assistant Chief Fire Officer"


def held(names: Names) -> set[tuple[str, str, str | None]]:
    called = [entity.name for entity in names.entities]
    return {
        (called[role.person], role.title, None if role.organisation is None else called[role.organisation])
        for role in names.roles
    }


def release(*texts: str, kind: Kind = Kind.BODY) -> Document:
    return Document("release.txt", passages=tuple(Passage(place, kind, text) for place, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            (
                "Orrin Vale Chamber of Commerce held its awards. Orrin Vale Chamber of Commerce thanks all.",
                "SMALL FIRM. Hallow Cables plc, for its open day. It trained ten. Collected by Ann Moyle, Sales Manager",
            ),
            ("Ann Moyle", "Sales Manager", "Hallow Cables plc"),
        ),
        (
            (
                "Orrin Vale NHS Trust met in May. Orrin Vale NHS Trust has 900 staff.",
                "A report came from the Quality Committee (chair Olwen Proctor).",
            ),
            ("Olwen Proctor", "chair", "Quality Committee"),
        ),
        (
            (
                "Orrin Vale NHS Trust met in May. Orrin Vale NHS Trust has 900 staff.",
                "Henry Lisle started as a cashier with Marrow Bank plc in 1994. He was Branch Manager there.",
            ),
            ("Henry Lisle", "Branch Manager", "Marrow Bank plc"),
        ),
    ],
)
def test_a_post_is_held_where_an_entry_a_bracket_or_there_says(
    texts: tuple[str, ...], expected: tuple[str, str, str], nlp: "Language"
) -> None:
    assert expected in held(extract_names(release(*texts), nlp))


def test_a_bracket_after_a_name_tells_the_post_of_a_member(nlp: "Language") -> None:
    document = release(
        "Member | Appointed by", "Councillor Maxine Thrale (Chair) | Orrin County Council", kind=Kind.TABLE_ROW
    )
    assert {(person, title) for person, title, _ in held(extract_names(document, nlp))} == {("Maxine Thrale", "Chair")}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ("ORRIN VALE NHS TRUST", "Minutes", "Held in May", "At noon", "Veterans Relay Trust (VRT) came."),
            "ORRIN VALE NHS TRUST",
        ),
        (
            (
                "Hello all, from Threepenny Homes.",
                "Threepenny Homes has painted 40 doors.",
                "Complaints: the office, or the Housing Ombudsman.",
                "The Regulator of Social Housing has graded us C2.",
            ),
            "Threepenny Homes",
        ),
        (
            (
                "Notice",
                "Aldine Mutual Bank plc has a new chair.",
                "The Orrin Wool Board wrote to Aldine Mutual Bank plc. The Orrin Wool Board is glad.",
                "Enquiries: Aldene Mutual Bank plc, 01632 960388.",
            ),
            "Aldine Mutual Bank plc",
        ),
    ],
)
def test_letterheads_and_slips_tell_whose_text_it_is_and_regulators_do_not(
    texts: tuple[str, ...], expected: str, nlp: "Language"
) -> None:
    named = extract_names(release(*texts, "Director of Finance Una Cairns spoke."), nlp)
    assert ("Una Cairns", "Director of Finance", expected) in held(named)


def test_the_council_is_the_one_that_a_letterhead_names_in_capitals(nlp: "Language") -> None:
    document = release(
        "WYKE TOWN COUNCIL", "Una Cairns was the Council’s Cabinet Member for Housing from 2019 to 2023."
    )
    assert ("Una Cairns", "Cabinet Member for Housing", "WYKE TOWN COUNCIL") in held(extract_names(document, nlp))


def test_a_joint_statement_speaks_for_none_of_its_bodies_alone(nlp: "Language") -> None:
    document = release(
        "Joint statement by Orrin Council and Marrow Freight Ltd", "Marrow Freight Ltd has 90 vans.", "It works."
    )
    assert extract_names(document, nlp).publisher is None


def test_what_somebody_became_at_the_end_of_a_post_is_not_past(nlp: "Language") -> None:
    text = "Ann Lee was Chief Nurse until becoming chief executive of Marle College in May 2021."
    names = extract_names(Document("a.txt", passages=(Passage(0, Kind.BODY, text),)), nlp)
    assert {(role.title, role.former) for role in names.roles} == {("Chief Nurse", True), ("chief executive", False)}
