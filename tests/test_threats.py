"""Each threat that docs/explanation/threats.md lists as stopped names a test that exists and runs."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "explanation" / "threats.md"
STOPPED, UNDEFENDED = PAGE.read_text("utf-8").split("\n## Not defended\n")
NAMED = re.compile(r"`(?P<file>test_\w+\.py)::(?P<test>test_\w+)`")
CHAPTERS = (
    "A hostile document",
    "A file that is passed on",
    "Another web page, open in the same browser",
    "A colleague",
    "Somebody on the same machine or network",
    "A package that goalmap builds on",
)
LEFT_UNRUN = {"skip", "xfail"}
"""Marks of tests that show nothing; `skipif` says where a test cannot run, and is no such mark."""


def rows() -> Iterator[list[str]]:
    """The cells of each threat."""
    for line in STOPPED.splitlines():
        if line.startswith("| ") and not line.startswith(("| what ", "| --- ")):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


@cache
def marks_in(file: Path) -> dict[str, set[str]]:
    """The tests of a file, each with its marks and those of the file."""
    tree = ast.parse(file.read_text("utf-8"))
    of_all = {name for node in tree.body if _is_marking(node) for name in _marks(node)}
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {one.name: of_all | {name for mark in one.decorator_list for name in _marks(mark)} for one in functions}


def _is_marking(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(
        isinstance(one, ast.Name) and one.id == "pytestmark" for one in node.targets
    )


def _marks(node: ast.AST) -> set[str]:
    return {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


@pytest.mark.parametrize("cells", [*rows()], ids=lambda cells: cells[0][:60])
def test_a_threat_that_is_stopped_names_a_test_that_runs(cells: list[str]) -> None:
    tried, stopped_by, shown_by = cells
    named = NAMED.fullmatch(shown_by)
    assert tried
    assert stopped_by
    assert named, shown_by
    known = marks_in(TESTS / named["file"])
    assert named["test"] in known
    assert not known[named["test"]] & LEFT_UNRUN


def test_each_who_could_mean_harm_has_a_chapter_with_threats() -> None:
    chapters = re.split(r"\n## ", STOPPED)[1:]
    assert tuple(chapter.partition("\n")[0] for chapter in chapters) == CHAPTERS
    assert all(len(NAMED.findall(chapter)) >= 5 for chapter in chapters)


def test_what_is_not_defended_is_said() -> None:
    assert len(re.findall(r"^- \*\*.+?\*\*", UNDEFENDED, re.M)) >= 8
