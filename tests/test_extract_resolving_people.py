"""Which names of people in different documents mean one person."""

from goalmap.extract.resolving.resolve import resolve
from tests.linking.made import PERSON, brought_together, doubts, reasons, seen


def together(*names: frozenset[str]) -> set[frozenset[str]]:
    return set(names)


def pair(*names: str) -> frozenset[str]:
    return frozenset(names)


def test_a_rare_full_name_is_one_person_everywhere() -> None:
    assert brought_together([seen("d1", PERSON, "Ottoline Brace"), seen("d2", PERSON, "OTTOLINE BRACE")]) == together(
        pair("d1 ottoline brace", "d2 ottoline brace")
    )


def test_a_name_that_many_bear_is_two_people_at_two_bodies_and_is_shown_to_a_person() -> None:
    found = resolve([seen("d1", PERSON, "John Smith", "Orrin plc"), seen("d2", PERSON, "John Smith", "Tarn Council")])
    assert [group.id for group in found.groups] == ["e:person:john smith:orrin plc", "e:person:john smith:tarn council"]
    assert doubts(found) == [
        "“John Smith” is named in several documents; not joined, since many bear it and nothing else ties them."
    ]


def test_a_name_that_many_bear_is_one_person_at_one_body() -> None:
    assert brought_together(
        [seen("d1", PERSON, "John Smith", "Orrin plc"), seen("d2", PERSON, "John Smith", by="Orrin plc")]
    ) == together(pair("d1 john smith", "d2 john smith"))


def test_a_document_that_names_two_bodies_does_not_make_two_people_one() -> None:
    one, other = seen("d1", PERSON, "John Smith", "Orrin plc"), seen("d2", PERSON, "John Smith", "Tarn Council")
    between = seen("d3", PERSON, "John Smith", near=["Orrin plc", "Tarn Council"])
    assert brought_together([one, other, between]) == set()


def test_a_post_that_one_person_holds_brings_a_common_name_together() -> None:
    post = "MP for Orrin North"
    assert brought_together(
        [seen("d1", PERSON, "Sarah Jones", post=post), seen("d2", PERSON, "Sarah Jones", post=post)]
    )


def test_people_known_by_one_name_stay_with_their_documents() -> None:
    found = resolve([seen("d1", PERSON, "Priya", by="Orrin plc"), seen("d2", PERSON, "Priya", by="Orrin plc")])
    assert [group.id for group in found.groups] == ["e:person:priya:d1", "e:person:priya:d2"]


def test_a_peer_is_known_everywhere_by_one_name() -> None:
    peer = [seen(document, PERSON, "Ashenden", forms=["Lord Ashenden"]) for document in ("d1", "d2")]
    assert [group.id for group in resolve(peer).groups] == ["e:person:ashenden:"]


def test_a_single_name_beside_the_only_full_name_of_the_same_body_is_a_suggestion() -> None:
    found = resolve([seen("d1", PERSON, "Okafor", "Orrin plc"), seen("d2", PERSON, "Chinedu Okafor", "Orrin plc")])
    assert len(found.groups) == 2
    assert doubts(found)[0].startswith("“Okafor” may be “Chinedu Okafor”")


def test_a_short_given_name_is_joined_where_the_body_is_the_same() -> None:
    short, long = seen("d1", PERSON, "Liz Tarrant", "Orrin plc"), seen("d2", PERSON, "Elizabeth Tarrant", "Orrin plc")
    found = resolve([short, long])
    assert [(group.name, group.aliases) for group in found.groups] == [("Elizabeth Tarrant", ("Liz Tarrant",))]
    assert reasons(found) == [
        "“Liz Tarrant” and “Elizabeth Tarrant” have one surname, and one given name is short for the other, "
        "and both are tied to “orrin plc”."
    ]


def test_a_short_given_name_at_another_body_is_not_joined() -> None:
    assert not brought_together(
        [seen("d1", PERSON, "Liz Tarrant", "Orrin plc"), seen("d2", PERSON, "Elizabeth Tarrant", "Tarn Council")]
    )


def test_a_short_given_name_that_may_be_two_people_is_left_to_a_person() -> None:
    names = ("Alex Tarrant", "Alexander Tarrant", "Alexandra Tarrant")
    found = resolve([seen(f"d{place}", PERSON, name, "Orrin plc") for place, name in enumerate(names)])
    assert len(found.groups) == 3
    assert len(doubts(found)) == 2


def test_two_short_forms_of_one_name_are_not_each_other() -> None:
    assert not brought_together(
        [seen("d1", PERSON, "Beth Tarrant", "Orrin plc"), seen("d2", PERSON, "Liz Tarrant", "Orrin plc")]
    )


def test_initials_are_joined_at_the_same_body_where_one_name_fits() -> None:
    initials, full = (
        seen("d1", PERSON, "W. Achterberg", "Orrin plc"),
        seen("d2", PERSON, "Winifred Achterberg", "Orrin plc"),
    )
    assert brought_together([initials, full]) == together(pair("d1 w achterberg", "d2 winifred achterberg"))
    another = seen("d3", PERSON, "Willem Achterberg", "Orrin plc")
    assert brought_together([initials, full, another]) == set()


def test_middle_names_may_be_there_or_not_but_must_not_differ() -> None:
    plain, middle = seen("d1", PERSON, "Imelda Oyelaran"), seen("d2", PERSON, "Imelda J. Oyelaran")
    assert brought_together([plain, middle])
    assert not brought_together([middle, seen("d3", PERSON, "Imelda Ruth Oyelaran")])
    assert not brought_together([plain, seen("d3", PERSON, "Imelda Ruth Oyelaran")])


def test_a_slip_in_a_surname_is_one_person_at_one_body() -> None:
    names = [seen("d1", PERSON, "Tomasz Fleming", "Orrin plc"), seen("d2", PERSON, "Tomasz Flemming", "Orrin plc")]
    assert brought_together(names) == together(pair("d1 tomasz fleming", "d2 tomasz flemming"))


def test_two_spellings_that_both_occur_often_are_two_people() -> None:
    names = ("Tomasz Fleming", "Tomasz Flemming")
    often = [seen(f"d{name[-4]}{number}", PERSON, name, "Orrin plc") for name in names for number in range(3)]
    assert len(resolve(often).groups) == 2


def test_usual_spellings_are_one_person_only_in_the_same_post() -> None:
    def found(post: str) -> int:
        clare = seen("d1", PERSON, "Clare Tarrant", "Orrin plc", "Head of Skills")
        return len(resolve([clare, seen("d2", PERSON, "Claire Tarrant", "Orrin plc", post)]).groups)

    assert found("Head of Skills") == 1
    assert found("Site Manager") == 2


def test_a_double_name_is_left_to_a_person() -> None:
    found = resolve(
        [seen("d1", PERSON, "Keziah Anand", "Orrin plc"), seen("d2", PERSON, "Keziah Anand-Rowe", "Orrin plc")]
    )
    assert len(found.groups) == 2
    assert "share a given name and a part of the surname" in doubts(found)[0]
