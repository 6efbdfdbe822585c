"""Which names of bodies and initiatives in different documents mean one."""

import pytest

from goalmap.extract.resolving.resolve import resolve
from tests.linking.made import BODY, INITIATIVE, brought_together, doubts, seen


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orrin Hospitals NHS Trust", "Orrin Hospitals NHS Foundation Trust"),
        ("Orrin Hospitals NHS Trust", "Orrin Hospitals"),
        ("Orrin Hospitals Foundation Trust", "The Orrin Hospitals Trust"),
        ("Orrin NHS Trust", "Orrin NHS Foundation Trust"),
        ("Tolland & Pryce Ltd", "Tolland and Pryce Limited"),
        ("Tolland & Pryce Ltd", "Tolland and Pryce"),
        ("Tolland Healthcare Ltd", "Tolland Healthcare"),
        ("NHS Orrin Integrated Care Board", "Orrin ICB"),
        ("Orrin County Council", "Orrin Council"),
        ("Orrin Country Council", "Orrin County Council"),
        ("Orrin Metropolitan Borough Council", "Orrin Borough Council"),
        ("London Borough of Orrin Council", "Orrin Council"),
        ("St. Brannoc's School", "Saint Brannoc’s School"),
    ],
)
def test_the_legal_form_and_the_kind_of_council_make_no_other_body(one: str, other: str) -> None:
    assert len(resolve([seen("d1", BODY, one), seen("d2", BODY, other)]).groups) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orrin County Council", "Orrin City Council"),
        ("Orrin plc", "Orrin Ltd"),
        ("Tolland Healthcare Ltd", "Tolland Healthcare NHS Trust"),
        ("Orrin Academy", "Orrin Academy Trust"),
        ("Orrin Health and Care Partnership", "Orrin Integrated Care Board"),
        ("Marton Council", "Merton Council"),
        ("Trust A", "Trust B"),
        ("Orrin School 12", "Orrin School 13"),
        ("Tarn Housing", "Tarn Homes"),
        ("University of Orrin", "Orrin University"),
    ],
)
def test_names_of_two_bodies_stay_two(one: str, other: str) -> None:
    assert len(resolve([seen("d1", BODY, one, by="Tarn"), seen("d2", BODY, other, by="Tarn")]).groups) == 2


def test_a_council_without_its_kind_is_left_alone_where_two_fit() -> None:
    found = resolve(seen(f"d{n}", BODY, f"Orrin {kind}Council") for n, kind in enumerate(("", "City ", "County ")))
    assert len(found.groups) == 3
    assert "not joined, since 2 names fit" in doubts(found)[0]


def test_of_two_councils_that_fit_the_one_that_publishes_the_document_is_meant() -> None:
    city, county = seen("d1", BODY, "Orrin City Council"), seen("d2", BODY, "Orrin County Council")
    plain = seen("d3", BODY, "Orrin Council", by="Orrin City Council")
    assert brought_together([city, county, plain]) == {frozenset({"d1 orrin city council", "d3 orrin council"})}


def test_two_universities_with_the_same_words_are_a_suggestion() -> None:
    found = resolve([seen("d1", BODY, "University of Orrin"), seen("d2", BODY, "Orrin University")])
    assert "the same words in another order" in doubts(found)[0]


def test_an_acronym_alone_is_the_only_body_that_has_it_where_the_publisher_is_the_same() -> None:
    full = seen("d1", BODY, "Dunmere Housing Association", by="Tarn Council", forms=["DHA"])
    alone = seen("d2", BODY, "DHA", by="Tarn Council")
    assert len(resolve([full, alone]).groups) == 1
    another = seen("d3", BODY, "Dunmere Harbour Authority", by="Tarn Council", forms=["DHA"])
    assert len(resolve([full, alone, another]).groups) == 3


def test_an_acronym_with_nothing_in_common_is_a_suggestion() -> None:
    full = seen("d1", BODY, "Dunmere Housing Association", by="Tarn Council", forms=["DHA"])
    found = resolve([full, seen("d2", BODY, "DHA", by="Orrin plc")])
    assert len(found.groups) == 2
    assert doubts(found) == [
        "“DHA” is the acronym that another document gives for “Dunmere Housing Association”; "
        "not joined, since their documents have nothing else in common."
    ]


def test_swapped_letters_are_one_body_with_the_same_publisher_and_two_without() -> None:
    one, other = seen("d1", BODY, "Kier", by="Tarn Council"), seen("d2", BODY, "Keir Group", by="Tarn Council")
    assert len(resolve([one, other]).groups) == 1
    assert len(resolve([one, seen("d2", BODY, "Keir Group", by="Orrin plc")]).groups) == 2


def test_spellings_in_one_document_are_not_joined_by_it() -> None:
    named = [seen("d1", BODY, name, by="Tarn Council") for name in ("Dunmere Housing", "Dunnmere Housing")]
    assert len(resolve(named).groups) == 2


def test_a_body_that_everybody_knows_is_known_with_a_small_word_wrong() -> None:
    known, wrong = seen("d1", BODY, "Department for Transport"), seen("d2", BODY, "Department of Transport")
    assert [group.name for group in resolve([known, wrong, seen("d3", BODY, "Department for Transport")]).groups] == [
        "Department for Transport"
    ]


def test_a_committee_or_network_is_its_publishers() -> None:
    found = resolve(
        seen(f"d{place}", BODY, name, by=publisher)
        for place, (name, publisher) in enumerate(
            [
                ("Audit Committee", "Orrin plc"),
                ("Audit Committee", "Orrin"),
                ("Audit Committee", "Tarn Council"),
                ("Orrin plc", "Orrin"),
                ("Audit Committee", None),
            ]
        )
    )
    ids = [group.id for group in found.groups if group.name == "Audit Committee"]
    assert ids == [
        "e:organisation:audit committee:d4",
        "e:organisation:audit committee:orrin plc",
        "e:organisation:audit committee:tarn council",
    ]


def test_one_name_with_three_owners_is_three_initiatives() -> None:
    owners = ("Orrin plc", "Tarn Council", "Dunmere Homes")
    plans = [seen(f"d{place}", INITIATIVE, "Green Plan", by=owner) for place, owner in enumerate(owners)]
    again = seen("d9", INITIATIVE, "Green Plan", at="Orrin plc", by="Tarn Council")
    found = resolve([*plans, again])
    assert sorted(len(group.members) for group in found.groups) == [1, 1, 2]


def test_an_initiative_known_across_the_country_is_one_whoever_runs_it() -> None:
    runs = [
        seen(f"d{place}", INITIATIVE, "Kickstart", owner) for place, owner in enumerate(("Orrin plc", "Tarn Council"))
    ]
    assert len(resolve([*runs, seen("d9", INITIATIVE, "Kickstart Scheme")]).groups) == 1


def test_a_name_of_rare_words_without_an_owner_is_one_initiative() -> None:
    named = [seen(f"d{place}", INITIATIVE, "Kestwork Lanes", by=by) for place, by in enumerate(("Orrin plc", "Tarn"))]
    assert len(resolve(named).groups) == 1


def test_a_partners_document_means_the_only_owner_that_it_names() -> None:
    owned = seen("d1", INITIATIVE, "First Rung", "Tarn College", by="Tarn College")
    partner = [seen("d2", INITIATIVE, "First Rung", by="Orrin plc"), seen("d2", BODY, "Tarn College", by="Orrin plc")]
    assert brought_together([owned, *partner]) == {frozenset({"d1 first rung", "d2 first rung"})}


def test_programme_and_subtitle_make_no_other_initiative_of_one_owner() -> None:
    names = ("First Rung", "First Rung Programme", "First Rung: what we learned")
    one = [seen(f"d{place}", INITIATIVE, name, "Tarn College") for place, name in enumerate(names)]
    assert len(resolve(one).groups) == 1
    assert len(resolve([one[0], seen("d9", INITIATIVE, "First Rung Programme", "Orrin plc")]).groups) == 2
