"""Ties between names: who belongs to what, what became of a body, whose an initiative is."""

import pytest

from goalmap.extract.ties.kinds import KINDS
from goalmap.extract.ties.memberships import BY_POST, ties_in
from goalmap.extract.ties.owners import owners_in
from goalmap.extract.ties.patterns import PASSIVE, TIES


def stated(masked: str) -> set[tuple[int, str, int, str | None, str | None]]:
    return {(tie.member, tie.kind, tie.body, tie.since, tie.until) for tie in ties_in(masked)}


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        ("⟨O1⟩ is a founding member of ⟨O2⟩.", {(1, "member of", 2)}),
        ("Members of the ⟨O1⟩ include ⟨O2⟩, ⟨O3⟩ and ⟨O4⟩.", {(n, "member of", 1) for n in (2, 3, 4)}),
        ("⟨O1⟩ brings together ⟨O2⟩ and ⟨O3⟩.", {(2, "member of", 1), (3, "member of", 1)}),
        ("⟨O1⟩ belongs to the ⟨O2⟩.", {(1, "member of", 2)}),
        ("⟨O1⟩ and ⟨O2⟩ are part of the ⟨O3⟩.", {(1, "part of", 3), (2, "part of", 3)}),
        ("⟨O1⟩ (part of ⟨O2⟩) has opened a shop.", {(1, "part of", 2)}),
        ("The partnership between ⟨O1⟩, ⟨O2⟩ and ⟨O3⟩ began.", {(1, "partner of", 2), (1, "partner of", 3)}),
        ("⟨O1⟩ has teamed up with ⟨O2⟩.", {(1, "partner of", 2)}),
        ("⟨O1⟩, a signatory of ⟨O2⟩, is a subsidiary of ⟨O3⟩.", {(1, "signatory of", 2), (1, "owned by", 3)}),
        (
            "⟨O1⟩, formerly known as ⟨O2⟩, is accredited by ⟨O3⟩ and funded by ⟨O4⟩.",
            {(2, "became", 1), (1, "accredited by", 3), (1, "funded by", 4)},
        ),
        ("⟨O1⟩ hosts the ⟨O2⟩.", {(1, "hosts", 2)}),
        ("⟨O1⟩ is led by ⟨O2⟩.", {(2, "leads", 1)}),
        ("⟨O1⟩ has given £90,000 to ⟨O2⟩.", {(2, "funded by", 1)}),
        ("⟨P1⟩ chairs the ⟨O2⟩.", {(1, "chairs", 2)}),
        ("⟨O1⟩ (now ⟨O2⟩) will move.", {(1, "became", 2)}),
        ("⟨O1⟩ launched a scheme that is funded by ⟨O2⟩.", set()),
        ("⟨O1⟩ met ⟨O2⟩, and the work is funded by ⟨O3⟩.", set()),
        ("⟨P1⟩ joined ⟨O2⟩ in May.", set()),
    ],
)
def test_a_sentence_ties_names_in_one_way(masked: str, expected: set[tuple[int, str, int]]) -> None:
    assert {tie[:3] for tie in stated(masked)} == expected


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        ("⟨O1⟩ became a member of ⟨O2⟩ in May 2023.", {(1, "member of", 2, "2023-05", None)}),
        ("⟨O1⟩ has been a partner of ⟨O2⟩ since 2021.", {(1, "partner of", 2, "2021", None)}),
        ("⟨O1⟩ was part of ⟨O2⟩ until 2019.", {(1, "part of", 2, None, "2019")}),
        (
            "⟨O1⟩ was formed on 1 November 2024, when ⟨O2⟩ merged with ⟨O3⟩.",
            {(2, "became", 1, "2024-11-01", None), (3, "became", 1, "2024-11-01", None)},
        ),
        (
            "⟨O1⟩ is the new name of ⟨O2⟩, which opened in 1990.",
            {(2, "became", 1, None, None)},
        ),
    ],
)
def test_a_tie_has_the_time_that_the_text_gives_it(
    masked: str, expected: set[tuple[int, str, int, str | None, str | None]]
) -> None:
    assert stated(masked) == expected


def test_every_kind_of_tie_is_explained() -> None:
    used = {kind for kind, _ in (*TIES, *BY_POST)} | set(PASSIVE.values())
    assert used <= KINDS.keys()


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        ("⟨O1⟩’s ⟨I2⟩ helped forty people.", [(2, 1)]),
        ("The ⟨I2⟩ programme, which is run by ⟨O1⟩, began.", [(2, 1)]),
        ("⟨O1⟩ has launched its new ⟨I2⟩.", [(2, 1)]),
        ("Our ⟨I2⟩ went to nine people.", [(2, 9)]),
        ("“Our ⟨I2⟩ is small,” said ⟨P1⟩ of ⟨O1⟩.", []),
        ("⟨O1⟩ took part in ⟨I2⟩.", []),
    ],
)
def test_an_initiative_is_that_of_the_body_that_runs_it(masked: str, expected: list[tuple[int, int]]) -> None:
    assert list(owners_in([masked], publisher=9)) == expected
