"""The rooms of the house import only those before them, as docs/architecture.md says."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("ingest", "extract", "classify", "pictures", "store", "report", "commands")
WHOLE_REPORTS = frozenset(
    f"goalmap.report.{name}"
    for name in (
        "impact.impact",
        "impact.data",
        "practice.compendium",
        "gaps.gap_report",
        "progress.progress",
        "progress.data",
        "people.people",
        "people.pack",
    )
)
SECTIONS = "goalmap.report.sections."
SHAPE = f"{SECTIONS}model"
"""What a section is: templates have to know it."""


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """The modules of ours that a file imports, wherever in it, with the names taken from them as if these were modules."""
    tree = ast.parse(path.read_text("utf-8"))
    taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = [f"{node.module}.{name.name}" for node in taken for name in node.names]
    plain = [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    modules = {*names, *(str(node.module) for node in taken), *plain}
    return tuple(sorted(name for name in modules if name.startswith("goalmap.")))


def modules_in(folder: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield ".".join(["goalmap", *path.relative_to(ROOT).with_suffix("").parts]), path


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_those_before_it(room: str) -> None:
    later = {f"goalmap.{name}" for name in ROOMS[ROOMS.index(room) + 1 :]}
    seen = list(modules_in(room))
    against = [
        (module, name) for module, path in seen for name in imports_of(path) if ".".join(name.split(".")[:2]) in later
    ]
    assert seen
    assert against == []


def test_sections_are_made_of_what_is_found_and_whole_reports_of_sections() -> None:
    known = dict(modules_in("report"))
    assert WHOLE_REPORTS | {SHAPE} <= known.keys()
    finders = [module for module in known if not module.startswith(SECTIONS) and module not in WHOLE_REPORTS]
    for module in finders:
        sections = {name for name in imports_of(known[module]) if name.startswith(SECTIONS)}
        assert {name for name in sections if not name.startswith(SHAPE)} == set(), module
    for module in (module for module in known if module.startswith(SECTIONS)):
        assert WHOLE_REPORTS.isdisjoint(imports_of(known[module])), module
