"""The rooms of the house import only those before them, within each room nothing goes in circles, and the picture shows it so."""

import importlib
from graphlib import CycleError

import pytest

from docs.making import house
from docs.making.tree import ROOMS, ROOT, floors, imports_of, modules_in, rooms_within, ways_within

INNER = [room.removeprefix("goalmap.").replace(".", "/") for room in rooms_within()]
ARCHITECTURE = ROOT / "docs" / "explanation" / "architecture.md"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_those_before_it(room: str) -> None:
    later = {f"goalmap.{name}" for name in ROOMS[ROOMS.index(room) + 1 :]}
    seen = list(modules_in(room))
    against = [
        (module, name) for module, path in seen for name in imports_of(path) if ".".join(name.split(".")[:2]) in later
    ]
    assert seen
    assert against == []


@pytest.mark.parametrize("room", rooms_within())
def test_within_a_room_nothing_stands_on_what_stands_on_it(room: str) -> None:
    try:
        found = [name for names in floors(room) for name in names]
    except CycleError as circle:
        pytest.fail(f"In {room} these import each other: {' <- '.join(circle.args[1])}")
    assert sorted(found) == sorted(ways_within(room))


def test_the_picture_of_the_house_is_as_the_code_is() -> None:
    assert house.FILE.read_text("utf-8") == house.picture() + "\n", "Draw it anew with: make reference"


@pytest.mark.parametrize(("module", "name"), house.STOPS)
def test_each_stop_on_the_way_of_a_passage_is_in_the_code_and_in_the_text(module: str, name: str) -> None:
    assert callable(getattr(importlib.import_module(module), name))
    path = module.removeprefix("goalmap.").replace(".", "/")
    assert f"`{path}.py::{name}`" in ARCHITECTURE.read_text("utf-8")


def test_the_text_on_the_house_names_only_files_and_folders_that_are_there() -> None:
    quoted = ARCHITECTURE.read_text("utf-8").split("`")[1::2]
    named = {part for part in quoted if part.endswith((".py", "/")) and " " not in part and "NAME" not in part}
    gone = [name for name in named if not any((ROOT / room / name).exists() for room in ("", *ROOMS, *INNER))]
    assert len(named) > 60
    assert gone == []
