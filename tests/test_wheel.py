"""The wheel and the source distribution: what they hold, what they say of themselves, and goalmap installed from the wheel alone."""

import email
import http.client
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markdown_it import MarkdownIt

from releasing.building import Built, build_from, clean_copy

ROOT = Path(__file__).parent.parent
CONFIGURED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = CONFIGURED["project"]
SHIPPED = {name.split(".")[1] for name in CONFIGURED["tool"]["setuptools"]["packages"] if "." in name}
"""The folders that are installed; all else in the tree is for those who work on it."""
AT_THE_TOP = {"__init__.py", "cli.py", "py.typed"}
GENERATED = re.compile(r"PKG-INFO|setup\.cfg|goalmap\.egg-info/.*")

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Distribution:
    """Both forms, the tree's files when they were built, and the version's own folder inside the source."""

    built: Built
    tree: frozenset[str]

    def in_the_wheel(self) -> dict[str, int]:
        """Every file of the wheel but its own records, with its checksum."""
        return members(self.built.wheel)

    def in_the_source(self) -> set[str]:
        with tarfile.open(self.built.source) as archive:
            return {member.name.partition("/")[2] for member in archive if member.isfile()}


def members(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {one.filename: one.CRC for one in archive.infolist() if ".dist-info/" not in one.filename}


@pytest.fixture(scope="module")
def distribution(tmp_path_factory: pytest.TempPathFactory) -> Distribution:
    folder = tmp_path_factory.mktemp("distribution")
    tree = clean_copy(folder / "tree")
    files = frozenset(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    return Distribution(build_from(tree, folder / "built"), files)


def test_the_wheel_holds_all_code_and_data_and_nothing_else(distribution: Distribution) -> None:
    wanted = {path for path in distribution.tree if path in AT_THE_TOP or path.split("/")[0] in SHIPPED}
    assert set(distribution.in_the_wheel()) == {f"goalmap/{path}" for path in wanted}


def test_the_source_holds_the_whole_tree_and_nothing_else(distribution: Distribution) -> None:
    assert {path for path in distribution.in_the_source() if not GENERATED.fullmatch(path)} == distribution.tree


def test_a_wheel_built_from_the_source_is_the_same(distribution: Distribution, tmp_path: Path) -> None:
    with tarfile.open(distribution.built.source) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    again = build_from(tree, tmp_path / "again").wheel
    assert again.name == distribution.built.wheel.name
    assert members(again) == distribution.in_the_wheel()


def test_the_build_gives_no_warning_that_matters(distribution: Distribution) -> None:
    assert not re.findall(
        r".*(?:importable|is absent from|Deprecat|no (?:files|directories) found matching).*", distribution.built.said
    )


def described(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_string(archive.read(name).decode("utf-8"))


def test_the_wheel_says_what_it_is(distribution: Distribution) -> None:
    told = described(distribution.built.wheel)
    said = {
        field: told[field] for field in ("Name", "Version", "License-Expression", "License-File", "Requires-Python")
    }
    assert said == {
        "Name": PROJECT["name"],
        "Version": PROJECT["version"],
        "License-Expression": "Apache-2.0",
        "License-File": "LICENSE",
        "Requires-Python": PROJECT["requires-python"],
    }
    assert told.get_all("Classifier") == PROJECT["classifiers"]
    assert set(told.get_all("Provides-Extra") or ()) == set(PROJECT["optional-dependencies"])


def test_its_description_is_a_page_that_renders(distribution: Distribution) -> None:
    told = described(distribution.built.wheel)
    assert told["Description-Content-Type"] == "text/markdown"
    page = MarkdownIt("gfm-like", {"linkify": False}).render(str(told.get_payload()))
    assert page.startswith("<h1>goalmap</h1>")
    assert page.count("<table>") >= 2
    assert "```" not in page


# Installed from the wheel alone


@pytest.fixture(scope="module")
def installed(distribution: Distribution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment outside the tree, which borrows everything but goalmap."""
    folder = tmp_path_factory.mktemp("installed")
    ours = Path(sys.prefix)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", distribution.built.wheel], check=True)
    # a path that a .pth file adds does not have its own .pth files read: the tree's editable install stays out
    (site,) = (folder / "env").rglob("site-packages")
    (borrowed,) = ours.rglob("site-packages")
    (site / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return programs


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(installed / program), *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=600)

    return run


def test_the_installed_package_is_the_wheels_own(run: Run, installed: Path) -> None:
    done = run("python", "-c", "import goalmap; print(goalmap.__file__, goalmap.__version__)")
    where, version = done.stdout.split()
    assert Path(where).is_relative_to(installed.parent)
    assert version == PROJECT["version"]
    assert run("goalmap", "--version").stdout.strip().endswith(PROJECT["version"])


def test_the_installed_command_does_the_whole_demonstration(run: Run, tmp_path: Path) -> None:
    done = run("goalmap", "demo")
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (tmp_path / "demo").iterdir()}
    assert {"goalmap.db", "queue.csv", "map.html", "impact.html"} <= made


def test_the_installed_command_finds_itself_well(run: Run) -> None:
    done = run("goalmap", "doctor")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_command_serves_its_pages(installed: Path, tmp_path: Path) -> None:
    command: list[str | Path] = [
        installed / "goalmap",
        "serve",
        "--new",
        "--no-browser",
        "--port",
        "0",
        "--db",
        tmp_path / "new.db",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as server:
        try:
            assert server.stdout is not None
            address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
            assert status_of(address) == 302
            assert status_of(f"{address.partition('/-/')[0]}/-/static/app.css") == 200
        finally:
            server.terminate()
            server.wait(60)


def status_of(address: str) -> int:
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)) as connection:
        connection.request("GET", f"{parts.path}?{parts.query}")
        return connection.getresponse().status
