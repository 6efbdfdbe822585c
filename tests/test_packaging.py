"""The house as the tree shows it, and the wheel that is made of it."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = ("ingest", "extract", "classify", "pictures", "store", "report", "commands", "cli")
"""In the order in which the data flows; each imports only those before it."""
DATA = ("models", "models/passages", "examples", "store/browse/templates", "store/browse/static", "report/templates")
"""Folders of data; setuptools wants them listed as packages."""
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work|mnt|opt|tmp|var)/\w|[A-Z]:\\Users")
NOT_SOURCE = shutil.ignore_patterns(
    ".*", "*.egg-info", "__pycache__", "build", "dist", "demo", "benchmarks", "docs", "*.db*"
)


def modules() -> list[Path]:
    return [ROOT / "cli.py", *(path for room in (*ROOMS, "models") for path in sorted((ROOT / room).rglob("*.py")))]


def dotted(folder: Path) -> str:
    return ".".join(("goalmap", *folder.relative_to(ROOT).parts))


def test_every_folder_with_code_is_a_listed_package() -> None:
    folders = {dotted(path.parent) for room in (*ROOMS, "models") for path in (ROOT / room).rglob("__init__.py")}
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    assert listed == folders | {"goalmap"} | {f"goalmap.{name.replace('/', '.')}" for name in DATA}


def test_the_command_is_the_only_module_at_the_top() -> None:
    assert [path.name for path in ROOT.glob("*.py")] == ["cli.py"]


def test_data_lies_flat_beside_its_package_but_for_the_passages_of_each_framework() -> None:
    deeper = {path for name in DATA for path in (ROOT / name).iterdir() if path.is_dir() and path.name != "__pycache__"}
    passages = ROOT / "models" / "passages"
    assert deeper == {passages, *passages.iterdir()}
    assert not [path for path in passages.glob("*/*") if path.suffix != ".jsonl"]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    here = "cli" if path.parent == ROOT else path.relative_to(ROOT).parts[0]
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


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The wheel, built from a copy so that no build folder is left here, and what the build said."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "source", ignore=NOT_SOURCE)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--verbose",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        ".",
    ]
    built = subprocess.run(
        [*command, "--wheel-dir", str(folder)], cwd=folder / "source", capture_output=True, text=True, timeout=300
    )
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl")), built.stdout + built.stderr


@pytest.mark.slow
def test_the_wheel_holds_all_code_and_data_and_nothing_else(wheel: tuple[Path, str]) -> None:
    with zipfile.ZipFile(wheel[0]) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == {f"goalmap/{path.relative_to(ROOT)}" for path in shipped()}


def shipped() -> Iterator[Path]:
    yield ROOT / "py.typed"
    yield from modules()
    yield from (path for name in DATA for path in (ROOT / name).iterdir() if path.is_file() and path.suffix != ".py")
    yield from (ROOT / "models" / "passages").glob("*/*")


@pytest.mark.slow
def test_the_build_gives_no_warning_that_matters(wheel: tuple[Path, str]) -> None:
    assert not re.findall(r".*(?:importable|is absent from|Deprecat).*", wheel[1])


@pytest.mark.slow
def test_the_installed_wheel_finds_its_frameworks_and_examples(wheel: tuple[Path, str], tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel[0]) as archive:
        archive.extractall(tmp_path / "site")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.meta_path[:] = [f for f in sys.meta_path if 'editable' not in repr(f)]\n"
        "from pathlib import Path; from goalmap.classify import frameworks; from goalmap.store.demo import demo_in\n"
        "print(len(frameworks.names()), demo_in(Path(sys.argv[2])).examples)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "site"), str(tmp_path / "demo")]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert result.stdout.split() == ["5", str(tmp_path / "site" / "goalmap" / "examples")], result.stderr
