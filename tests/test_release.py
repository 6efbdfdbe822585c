"""What a release stands on: one version, a changelog that tells of it, words that CI and people share, and lists of packages that agree."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from releasing import checking
from releasing.building import belonging
from releasing.checking import HEADING, UNRELEASED, numbers, released, version
from releasing.wheelhouse import HERE, PINS, PLATFORMS, Target, pins, write_out

ROOT = Path(__file__).parent.parent
CONFIGURED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = CONFIGURED["project"]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
WORDS = dict(re.findall(r"^([a-z][a-z-]*):[^=\n]*?(?: ## (.+))?$", MAKEFILE, re.MULTILINE))
"""Each word of the Makefile with what it says of itself."""
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


# The words of the Makefile


def test_every_word_of_the_makefile_says_what_it_does() -> None:
    assert sorted(word for word, told in WORDS.items() if not told) == []


def test_every_word_is_declared_as_a_word_and_none_else() -> None:
    declared = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    assert declared is not None
    assert set(declared[1].replace("\\", " ").split()) == set(WORDS)


def test_make_alone_lists_every_word_with_what_it_does() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True
    ).stdout.splitlines()
    assert [line.split(maxsplit=2)[1:] for line in listed] == [[word, told] for word, told in WORDS.items()]
    assert max(map(len, listed)) <= 120


# What CI runs


def runs(workflow: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each command of a workflow, with the job that it stands in."""
    for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values():
        for step in job["steps"]:
            if "run" in step:
                yield step["run"], job


def words_of(command: str, job: dict[str, Any]) -> list[str]:
    """The words of the Makefile that a command calls; a word from the job's matrix stands for all of them."""
    found = re.fullmatch(r"(?:sudo )?make (\S+|\$\{\{ matrix\.word \}\})(?: [A-Z_]+=\S+)*", command)
    assert found, f"{command} is more than a word of the Makefile"
    return list(job["strategy"]["matrix"]["word"]) if found[1].startswith("$") else [found[1]]


def called(workflow: Path) -> set[str]:
    return {word for command, job in runs(workflow) for word in words_of(command, job)}


def test_ci_calls_only_words_of_the_makefile() -> None:
    own = re.findall(r"^make (\S+)$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    everywhere = {word for workflow in WORKFLOWS for word in called(workflow)} | set(own)
    assert everywhere <= set(WORDS)


def test_what_ci_runs_here_runs_there_too_and_is_what_make_all_runs() -> None:
    own = set(re.findall(r"^make (\S+)$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE))
    whole = re.search(r"^all: (.*?) ##", MAKEFILE, re.MULTILINE)
    assert whole is not None
    assert own - {"tools"} == set(whole[1].split())
    assert own <= called(ROOT / ".github" / "workflows" / "check.yml")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_unless_a_job_asks_for_more(workflow: Path) -> None:
    stated = yaml.safe_load(workflow.read_text("utf-8"))
    assert stated["permissions"] == {"contents": "read"}
    more = {name for name, job in stated["jobs"].items() if "permissions" in job}
    assert more == ({"build", "publish"} if workflow.name == "release.yml" else set())
    assert all("timeout-minutes" in job for job in stated["jobs"].values())


def test_the_fast_tests_run_on_every_python_that_we_say_we_work_with() -> None:
    matrix = yaml.safe_load(WORKFLOWS[0].read_text("utf-8"))["jobs"]["test"]["strategy"]["matrix"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert tuple(matrix["python"]) == tuple(named) == PYTHONS
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"


def test_each_hook_calls_something_that_is_there() -> None:
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook in local["hooks"]:
        program, *rest = hook["entry"].split()
        assert hook["language"] == "system"
        assert (Path(sys.executable).parent / Path(program).name).exists()
        assert [name for name in rest if name.endswith(".py") and not (ROOT / name).exists()] == []


# The version


def test_the_version_stands_in_one_place_and_has_three_numbers() -> None:
    code = [path for path in belonging() or () if path.suffix == ".py"]
    assert checking.FINAL.fullmatch(version())
    assert [
        path for path in code if re.search(r"^__version__ = [\"']\d", (ROOT / path).read_text("utf-8"), re.MULTILINE)
    ] == []


def test_the_changelog_has_a_heading_for_each_released_version_the_newest_first() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headed = released(changelog)
    titles = re.findall(r"^## .*$", changelog, re.MULTILINE)
    assert [title for title in titles if title != UNRELEASED and not HEADING.fullmatch(title)] == []
    assert headed == sorted(set(headed), reverse=True)
    assert UNRELEASED in titles[:1] or headed[:1] == [numbers(version())]
    tagged = re.findall(r"^v(\d+\.\d+\.\d+)$", checking.git("tag", "--list"), re.MULTILINE)
    assert {numbers(tag) for tag in tagged} <= set(headed)


def test_a_version_without_its_heading_cannot_be_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n', encoding="utf-8")
    for text, complained in (
        ("## Unreleased\n\n## 0.1.0, 4 March 2026\n", True),
        ("## 0.1.0, 4 March 2026\n", True),
        ("## 0.2.0, 5 March 2026\n\n## 0.3.0, 4 March 2026\n", True),
        ("## 0.2.0, 5 March 2026\n\n## 0.1.0, 4 March 2026\n", False),
    ):
        (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{text}", encoding="utf-8")
        assert bool(checking.not_told()) is complained, text


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of its own under git, with one commit."""
    monkeypatch.setattr(checking, "ROOT", tmp_path)
    for key, value in (("NAME", "Ann"), ("EMAIL", "ann@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{key}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{key}", value)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n', encoding="utf-8")
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "First"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def test_what_is_not_committed_stops_a_release(repository: Path) -> None:
    assert checking.unkept() is None
    (repository / "new.txt").write_text("new", encoding="utf-8")
    assert "1 files are not committed, the first new.txt" in str(checking.unkept())
    (repository / "pyproject.toml").write_text("", encoding="utf-8")
    assert "2 files are not committed, the first pyproject.toml" in str(checking.unkept())


def test_a_version_is_released_once(repository: Path) -> None:
    assert checking.not_final() is None
    checking.git("tag", "v0.2.0")
    assert checking.not_final() is None, "the tag is this commit: the release is being made"
    (repository / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\ndescription = ""\n', encoding="utf-8")
    checking.git("commit", "--quiet", "--all", "--message", "Second")
    assert "already another commit" in str(checking.not_final())
    (repository / "pyproject.toml").write_text('[project]\nversion = "0.3.0.dev0"\n', encoding="utf-8")
    assert "set three numbers" in str(checking.not_final())


# The lists of packages


def listed(name: str) -> dict[str, set[str]]:
    """Each package of a pinned list with its versions; one may differ between Pythons."""
    found: dict[str, set[str]] = {}
    for package, pinned in re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE):
        found.setdefault(package, set()).add(pinned)
    return found


def stated() -> list[Requirement]:
    """What pyproject.toml asks for, in the installation and in its extras."""
    extras = (line for lines in PROJECT["optional-dependencies"].values() for line in lines)
    return [Requirement(line) for line in (*PROJECT["dependencies"], *extras)]


def test_what_an_installation_needs_is_pinned_as_what_we_test_with() -> None:
    tested = listed("requirements.txt")
    installed = listed(PINS.name)
    assert {name: tested.get(name) for name in installed} == installed
    assert {Requirement(line).name for line in PROJECT["dependencies"]} <= installed.keys()
    assert not {"pytest", "mypy", "ruff", "playwright"} & installed.keys()


@pytest.mark.parametrize("wanted", stated(), ids=lambda wanted: wanted.name)
def test_the_oldest_list_has_each_package_as_old_as_we_allow(wanted: Requirement) -> None:
    oldest = {one.version for one in wanted.specifier if one.operator in (">=", "==")}
    assert oldest, f"{wanted.name} has no lower bound"
    pinned = {Version(one) for one in listed("requirements-oldest.txt")[wanted.name]}
    bound = Version(max(oldest, key=Version))
    assert min(pinned).release[: len(bound.release)] == bound.release


@pytest.mark.parametrize("name", ["requirements.txt", PINS.name, "requirements-oldest.txt"])
def test_a_list_has_a_hash_for_every_package_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.findall(r"https?://|--(?:extra-)?index-url|--find-links", text)
    for entry in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


# The wheelhouse


@pytest.mark.parametrize("platform", [HERE, *PLATFORMS])
@pytest.mark.parametrize("python", PYTHONS)
def test_a_wheelhouse_takes_the_lines_that_hold_on_its_machine(platform: str, python: str) -> None:
    lines = list(pins(PINS.read_text("utf-8"), Target(platform, python)))
    names = [Requirement(line.partition(" --hash")[0]).name for line in lines]
    assert len(names) == len(set(names))
    assert ("colorama" in names) is (platform == "win_amd64" or (platform == HERE and sys.platform == "win32"))
    assert all(re.search(r"==\S+ --hash=sha256:[0-9a-f]{64}", line) and ";" not in line for line in lines)


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A folder with one wheel of a module of one line."""
    house = tmp_path / "wheel house"
    house.mkdir()
    with zipfile.ZipFile(house / "tiny-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny.py", "WORD = 'small'\n")
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("tiny-1.0.dist-info/RECORD", "tiny.py,,\n")
    return house


def installing(house: Path, into: Path) -> subprocess.CompletedProcess[str]:
    """pip, asked as the script of a wheelhouse asks it."""
    taken = ["--no-index", "--find-links", str(house), "--require-hashes", "-r", str(house / "requirements.txt")]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(into), *taken]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PIP_FIND_LINKS": ""})


def test_a_wheel_that_was_changed_on_the_way_is_refused(small_house: Path, tmp_path: Path) -> None:
    fingerprint = write_out(small_house, Target())
    assert fingerprint == hashlib.sha256((small_house / "requirements.txt").read_bytes()).hexdigest()
    assert installing(small_house, tmp_path / "first").returncode == 0
    assert (tmp_path / "first" / "tiny.py").exists()
    with zipfile.ZipFile(small_house / "tiny-1.0-py3-none-any.whl", "a") as wheel:
        wheel.writestr("guest.py", "")
    changed = installing(small_house, tmp_path / "second")
    assert changed.returncode != 0
    assert "DO NOT MATCH THE HASHES" in changed.stderr
    assert not (tmp_path / "second").exists()


@pytest.mark.parametrize(("platform", "script"), [("linux_x86_64", "install.sh"), ("win_amd64", "install.bat")])
def test_a_wheelhouse_has_the_script_that_its_machine_runs(small_house: Path, platform: str, script: str) -> None:
    write_out(small_house, Target(platform, "3.12"))
    text = (small_house / script).read_text("utf-8")
    assert {path.name for path in small_house.iterdir()} == {"requirements.txt", script, "tiny-1.0-py3-none-any.whl"}
    assert "--no-index" in text
    assert "--require-hashes" in text
    assert "{" not in text.replace("${", "")


OFFLINE = ("unshare", "--net")
HOUSE = ROOT / "wheelhouse"


def can_be_cut_off() -> bool:
    """Whether this user can start a program without a network."""
    try:
        return subprocess.run([*OFFLINE, "true"], capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(
    not (HOUSE / "install.sh").exists(), reason="no wheelhouse here; make offline makes one and tests it"
)
@pytest.mark.skipif(not can_be_cut_off(), reason="no network namespaces here")
def test_a_wheelhouse_installs_goalmap_where_there_is_no_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON", sys.executable)
    done = cut_off("sh", HOUSE / "install.sh", "a goalmap", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "All is well." in done.stdout
    demo = cut_off(tmp_path / "a goalmap" / "bin" / "goalmap", "demo", folder=tmp_path)
    assert demo.returncode == 0, demo.stderr
    assert (tmp_path / "demo" / "impact.html").exists()


def cut_off(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a program says that has no network."""
    return subprocess.run([*OFFLINE, *command], capture_output=True, text=True, cwd=folder)
