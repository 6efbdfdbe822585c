"""The examples in docstrings are run, each in its module as users import it."""

import doctest
import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("ingest", "extract", "classify", "pictures", "store", "report", "api", "commands")
NEEDS_PYTORCH = ROOT / "classify" / "tuning"


def with_examples() -> list[str]:
    """The modules of the house that hold examples, by their full names."""
    paths = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    wanted = (path for path in paths if ">>> " in path.read_text("utf-8") and NEEDS_PYTORCH not in path.parents)
    return [".".join(["goalmap", *path.relative_to(ROOT).with_suffix("").parts]) for path in wanted]


@pytest.mark.parametrize("name", with_examples())
def test_the_examples_in_a_module_give_what_they_say(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


def test_no_module_of_the_house_is_loaded_under_a_second_name() -> None:
    names = {
        name for name, module in [*sys.modules.items()] if (file := getattr(module, "__file__", None)) and is_ours(file)
    }
    assert "goalmap" in names
    assert {
        name for name in names if name.split(".")[0] not in ("goalmap", "tests", "benchmarks", "docs", "releasing")
    } == set()


def is_ours(file: str) -> bool:
    path = Path(file)
    return path.is_relative_to(ROOT) and not path.relative_to(ROOT).parts[0].startswith(".")
