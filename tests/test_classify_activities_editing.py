"""What a person writes of an activity stands in place of what was found, if it can be read."""

import pytest

from goalmap.classify.activities.describing import describe
from goalmap.classify.activities.editing import EDITABLE, LONGEST, REGIONS, EditProblem, read_field
from goalmap.classify.activities.model import Activity, Body, Detail, Edit, Filing, Group, Named, Origin, Telling
from goalmap.ingest.errors import UnknownName
from goalmap.store.ids import stable_id

TEXT = "In 2021 we gave 40 pupils in Leeds a bicycle with Shelter, and 31 have stayed on."
TELLING = Telling(
    "p1",
    TEXT,
    Origin("d", "Report", "Harrowmead Council"),
    (Filing("g/1", "accepted", "delivered"),),
    named=(Named(Body("Shelter", "o2"), "organisation", TEXT.index("Shelter"), TEXT.index("Shelter") + 7, "Shelter"),),
)


def edited(*edits: tuple[str, str], passage: str = "p1") -> Activity:
    return describe(Group((TELLING,)), "g", [Edit(passage, field, value) for field, value in edits], stable_id)


@pytest.mark.parametrize(
    ("field", "text", "attribute", "value"),
    [
        ("title", "  Bicycles\nfor pupils ", "title", "Bicycles for pupils"),
        ("owner", "Lockgate Trust", "owner", Body("Lockgate Trust")),
        ("owner", "", "owner", None),
        ("owner", "shelter", "owner", Body("Shelter", "o2")),
        ("partners", "Shelter; Age UK;;Age UK", "partners", (Body("Shelter", "o2"), Body("Age UK"))),
        ("partners", "", "partners", ()),
        ("beneficiaries", "pupils; their parents", "beneficiaries", (Detail("pupils"), Detail("their parents"))),
        ("place", "Wetherby", "places", (Detail("Wetherby"),)),
        ("region", "yorkshire & the humber", "region", "Yorkshire and the Humber"),
        ("region", "", "region", ""),
        ("period", "2021 to 2023", "period", Detail("2021 to 2023")),
        ("outcome", "", "outcome", None),
        ("stage", "Planned", "stage", "planned"),
        ("best_practice", "Yes", "best_practice", True),
        ("best_practice", "no", "best_practice", False),
    ],
)
def test_what_a_person_wrote_stands_in_the_field(field: str, text: str, attribute: str, value: object) -> None:
    activity = edited((field, text))
    assert getattr(activity, attribute) == value
    assert activity.edited == {field}


def test_the_last_edit_of_a_field_counts() -> None:
    assert edited(("title", "One"), ("title", "Two")).title == "Two"


def test_a_place_that_a_person_wrote_gives_the_region() -> None:
    assert edited().region == "Yorkshire and the Humber"
    assert edited(("place", "Truro")).region == "South West"


def test_the_owner_that_a_person_wrote_is_no_partner() -> None:
    assert edited(("owner", "Shelter")).partners == ()


@pytest.mark.parametrize("edit", [("colour", "red"), ("stage", "nearly"), ("best_practice", "perhaps"), ("title", " ")])
def test_what_cannot_be_read_changes_nothing(edit: tuple[str, str]) -> None:
    assert edited(edit) == edited()


def test_an_edit_of_another_passage_changes_nothing() -> None:
    assert edited(("title", "Another"), passage="p9") == edited()


def test_what_cannot_stand_in_a_field_is_refused_with_what_can() -> None:
    with pytest.raises(UnknownName, match="There are: delivered, ongoing, planned, aspiration"):
        read_field("stage", "nearly")
    with pytest.raises(UnknownName, match="South West"):
        read_field("region", "Narnia")
    with pytest.raises(UnknownName, match="title, owner, partners"):
        read_field("colour", "red")
    with pytest.raises(EditProblem, match="needs a title"):
        read_field("title", "\x00 \n")
    with pytest.raises(EditProblem, match="2,000"):
        read_field("period", "x" * (LONGEST + 1))


@pytest.mark.parametrize("field", EDITABLE)
def test_signs_that_cannot_be_seen_are_left_out(field: str) -> None:
    text = {"region": REGIONS[0], "stage": "planned", "best_practice": "yes"}.get(field, "A name")
    assert read_field(field, f"\x00{text}\x07") == read_field(field, text)
