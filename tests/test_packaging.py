"""The house as the tree shows it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = ("ingest", "extract", "classify", "pictures", "store", "report", "api", "commands", "cli")
"""In the order in which the data flows; each imports only those before it."""
DATA = (
    "models",
    "models/passages",
    "examples",
    "store/browse/templates",
    "store/browse/static",
    "report/templates",
    "store/postgres",
)
"""Folders of data; setuptools wants them listed as packages."""
TOP = ("__init__.py", "cli.py")
"""The modules at the top: what is imported as goalmap itself, and the command."""
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work|mnt|opt|tmp|var)/\w|[A-Z]:\\Users")


def modules() -> list[Path]:
    rooms = (path for room in (*ROOMS, "models") for path in sorted((ROOT / room).rglob("*.py")))
    return [*(ROOT / name for name in TOP), *rooms]


def dotted(folder: Path) -> str:
    return ".".join(("goalmap", *folder.relative_to(ROOT).parts))


def test_every_folder_with_code_is_a_listed_package() -> None:
    folders = {dotted(path.parent) for room in (*ROOMS, "models") for path in (ROOT / room).rglob("__init__.py")}
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    assert listed == folders | {"goalmap"} | {f"goalmap.{name.replace('/', '.')}" for name in DATA}


def test_the_command_and_what_is_imported_as_goalmap_are_the_only_modules_at_the_top() -> None:
    assert sorted(path.name for path in ROOT.glob("*.py")) == sorted(TOP)


def test_data_lies_flat_beside_its_package_but_for_the_passages_of_each_framework() -> None:
    deeper = {path for name in DATA for path in (ROOT / name).iterdir() if path.is_dir() and path.name != "__pycache__"}
    passages = ROOT / "models" / "passages"
    assert deeper == {passages, *passages.iterdir()}
    assert not [path for path in passages.glob("*/*") if path.suffix != ".jsonl"]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    here = "api" if path == ROOT / "__init__.py" else path.relative_to(ROOT).with_suffix("").parts[0]
    allowed = ROOMS[: ROOMS.index(here) + 1] if here in ROOMS else ()
    assert {room for room in imported(path) if room not in (*allowed, "models")} == set()


def imported(path: Path) -> Iterator[str]:
    """The rooms that a module imports; an import without goalmap in front would make every class exist twice."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        full = [f"{node.module}.{name}" for name in names] if isinstance(node, ast.ImportFrom) else names
        for name in full:
            first, _, rest = name.partition(".")
            assert first not in ROOMS, f"import goalmap.{name} instead"
            if first == "goalmap":
                yield rest.split(".")[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_begins_with_a_sentence_and_names_no_place_on_a_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring
    assert docstring.split("\n\n")[0].rstrip().endswith((".", ":"))
    assert not MACHINE_PATH.findall(text)


@pytest.mark.parametrize("name", ["README.md", "Makefile", "pyproject.toml", "requirements.txt"])
def test_no_file_at_the_top_names_a_place_on_a_machine(name: str) -> None:
    assert not MACHINE_PATH.findall((ROOT / name).read_text("utf-8"))


def test_the_lock_names_no_registry() -> None:
    assert not re.findall(r"https?://|--(?:extra-)?index-url", (ROOT / "requirements.txt").read_text("utf-8"))
