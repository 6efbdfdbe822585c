"""What the commands print, read by a newcomer: on eighty columns, without colour, with an example and a way on."""

import json
import os
import pty
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main
from goalmap.commands.examples import EXAMPLES
from tests.test_cli import PRESS_RELEASE

WIDTH = 80
LONELY = re.compile(
    r"(?<![\d.,])1 (?:more )?(?:documents|passages|proposals|decisions|goals|files|rows|names|people|organisations|initiatives"
    r"|activities|entities|quotations|mentions|readers|pages|pairs|copies|ties|tables|models|reports|packs|answers|conflicts)\b"
)
UNBREAKABLE = re.compile(r"^\s*goalmap |/")
"""A command that is to be copied, and lines with a path, may be longer."""
Goalmap = Callable[..., Result]


def leaves(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Each command below a group that does something by itself, with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*words, name))
        else:
            yield (*words, name), command


def groups(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield words
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from groups(command, (*words, name))


COMMANDS = {" ".join(words): command for words, command in leaves(main)}

# Help


def test_every_command_has_an_example() -> None:
    assert set(EXAMPLES) == set(COMMANDS)


@pytest.mark.parametrize("example", [example for examples in EXAMPLES.values() for example in examples])
def test_an_example_is_understood_as_it_is_typed(example: str) -> None:
    words = shlex.split(example.partition(" > ")[0])[1:]
    name = next(" ".join(words[:n]) for n in (3, 2, 1) if " ".join(words[:n]) in COMMANDS)
    rest = words[len(name.split()) :]
    assert COMMANDS[name].make_context(name, rest).params


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_and_what_each_option_is(name: str) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "--help"], terminal_width=WIDTH).output
    assert max(map(len, shown.splitlines())) <= WIDTH
    assert EXAMPLES[name][0] in shown
    assert shown.startswith(f"Usage: goalmap {name} ")
    options = [option for option in COMMANDS[name].params if isinstance(option, click.Option)]
    assert [option.opts for option in options if not option.help] == []
    assert "INTEGER" not in shown


@pytest.mark.parametrize("words", [*groups(main)], ids=" ".join)
def test_a_group_by_itself_shows_its_commands_each_in_a_whole_sentence(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, words, terminal_width=WIDTH)
    assert "Commands:" in shown.output
    assert "Error" not in shown.output
    assert [line for line in shown.output.splitlines() if line.endswith("...")] == [
        "Usage: " + " ".join(["goalmap", *words]) + " [OPTIONS] COMMAND [ARGS]..."
    ]


# Results


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one document, so that whatever is counted is one, or none."""
    folder = tmp_path_factory.mktemp("eighty")
    (folder / "files").mkdir()
    (folder / "files" / "release.txt").write_text(PRESS_RELEASE)
    words = ["ingest", str(folder / "files"), "--db", str(folder / "a.db"), "--engine", "serial", "--framework"]
    done = CliRunner().invoke(main, [*words, "purpose-goals", "--framework", "nhs-anchor"])
    assert done.exit_code == 0, done.output
    return folder / "a.db"


@pytest.fixture
def goalmap(read_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Goalmap:
    """The command in a folder with a copy of the database under the usual name, and files of other kinds."""
    monkeypatch.chdir(tmp_path)
    for name in ("goalmap.db", "newer.db"):
        with closing(sqlite3.connect(read_once)) as source, closing(sqlite3.connect(name)) as target:
            source.backup(target)
            if name == "newer.db":
                target.execute(
                    "insert into _sqlite_migrations (migration_set, name, applied_at) values ('goalmap', 'm999', '')"
                )
                target.commit()
    with closing(sqlite3.connect("foreign.db")) as foreign:
        foreign.execute("create table passages (id text)")
    Path("letter.txt").write_text("Dear all,\nthis is a letter.\n")
    Path("empty").mkdir()
    return lambda line: CliRunner().invoke(main, shlex.split(line), env={"COLUMNS": "80", "NO_COLOR": "1"})


def faults_of(result: Result) -> list[str]:
    """What does not read well in what a command printed."""
    lines = (result.stdout + result.stderr).splitlines()
    return [
        *(line for line in lines if len(line) > WIDTH and not UNBREAKABLE.search(line)),
        *(line for line in lines if "\x1b" in line or LONELY.search(line) or "Traceback" in line),
    ]


DONE = (
    "status",
    "activities list",
    "activities list zzzz",
    "activities history",
    "entities list",
    "entities list zzzz",
    "entities list --suggested",
    "entities list --merged",
    "entities history",
    "entities gazetteer",
    "entities graph -o ties.csv",
    "frameworks list",
    "frameworks show purpose-goals",
    "frameworks show un-sdgs --goal 4",
    "frameworks check nhs-anchor",
    "frameworks diff purpose-goals purpose-goals-15",
    "frameworks new ours",
    "report templates list",
    "report templates show impact --sections",
    "report templates check impact",
    "report map -o map.html",
    "report impact -o impact.md --date '4 March 2026'",
    "report gaps -o gaps.html",
    "report practice -o practice.html",
    "report people -o people.html",
    "report frameworks -o side.html",
    "report progress --since 2023-01-01 -o progress.html",
    "review export queue.csv",
    "review export none.csv --publisher zzzz",
    "review audit",
    "review audit --draw 1",
    "review readers blind.csv --reader Ann --reader Ben",
    "review agreement --list",
    "review agreement --on-record",
    "decisions export d.json",
    "decisions export d.csv",
    "decisions waiting",
    "learn --list",
    "doctor",
    "ingest empty",
)


@pytest.mark.parametrize(
    "line", [*DONE, pytest.param("copy goalmap.db copied.db", marks=pytest.mark.sqlite_only("it makes a file"))]
)
def test_a_result_reads_well(goalmap: Goalmap, line: str) -> None:
    result = goalmap(line)
    assert result.exit_code == 0, result.output
    assert faults_of(result) == []
    assert result.output.strip()


def command_of(line: str) -> click.Command:
    words = shlex.split(line)
    return next(COMMANDS[" ".join(words[:n])] for n in (3, 2, 1) if " ".join(words[:n]) in COMMANDS)


@pytest.mark.parametrize(
    "line", [line for line in DONE if any(option.name == "as_json" for option in command_of(line).params)]
)
def test_json_is_one_object_on_stdout(goalmap: Goalmap, line: str) -> None:
    assert json.loads(goalmap(f"{line} --json").stdout)["schema"] == 1


def test_status_parts_the_goals_of_several_frameworks(goalmap: Goalmap) -> None:
    shown = goalmap("status").stdout
    assert re.search(r"^NHS anchor pillars +proposed +decided$", shown, re.M)
    assert re.search(r"^Purpose Goals +proposed +decided$", shown, re.M)


# Errors

ASTRAY = {
    "ingset empty": (2, "Did you mean 'ingest'?"),
    "report mpa -o m.html": (2, "'map'"),
    "status --jsno": (2, "Did you mean '--json'?"),
    "status --db none.db": (2, "goalmap ingest FOLDER --db none.db"),
    "status --db foreign.db": (1, "Choose another one with --db"),
    "status --db letter.txt": (1, "Choose another one with --db"),
    "status --db newer.db": (1, "Upgrade goalmap"),
    "status --db empty": (2, "is a folder. Name the file of the database, such as empty/goalmap.db"),
    "ingest": (2, "goalmap ingest examples"),
    "ingest nowhere": (2, "Check the spelling"),
    "ingest empty --framework purpose-gaols": (2, "Did you mean 'purpose-goals'?"),
    "ingest empty --engine proceses": (2, "Did you mean 'processes'?"),
    "activities list --stage deliverd": (2, "Did you mean 'delivered'?"),
    "activities list --goal 99": (2, "There are: 1 "),
    "activities show nothing": (2, "goalmap activities list"),
    "activities undo b9": (2, "goalmap activities history"),
    "entities show Nwoso": (2, "The nearest: "),
    "entities list --kind persn": (2, "Did you mean 'person'?"),
    "entities undo b9": (2, "Nothing has been decided on entities yet"),
    "frameworks show nhs-ankor": (2, "Did you mean 'nhs-anchor'?"),
    "frameworks check none.toml": (2, "goalmap frameworks new NAME"),
    "report map": (2, "goalmap report map -o map.xlsx"),
    "report map -o map.docx": (2, "There are: .html"),
    "report map -o map.html --date 4.3.26": (2, "Write it as 2026-03-04 or '4 March 2026'"),
    "report map -o nowhere/map.html": (2, "Make it first"),
    "report impact -o i.html --organisation Severnhome": (2, "There are: "),
    "report pack -o p.html": (2, "Give one of --initiative"),
    "review export letter.txt": (2, "add --force"),
    "review export q.ods": (2, "q.csv or q.xlsx"),
    "review import none.csv": (2, "There is no file 'none.csv'"),
    "review import letter.txt": (3, "Put back its first line"),
    "review agreement": (2, "goalmap review readers queue.csv"),
    "evaluate": (2, "Nothing has been decided yet"),
    "learn": (2, "Nothing has been decided yet"),
    "decisions import letter.txt": (3, "Nothing was taken over"),
    "decisions export d.doc": (2, "d.json, d.csv, d.qdpx"),
    "cluster join nowhere": (1, "tcp://10.0.0.5:8786"),
}
"""What was typed, the exit code, and what shows the way on."""


@pytest.mark.parametrize("line", ASTRAY)
def test_an_error_says_what_happened_and_what_to_do(goalmap: Goalmap, line: str) -> None:
    code, way_on = ASTRAY[line]
    result = goalmap(line)
    assert result.exit_code == code, result.output
    assert way_on in " ".join(result.stderr.split())
    assert "Error: " in result.stderr
    assert result.stdout == ""
    assert faults_of(result) == []


def test_a_database_that_is_written_to_elsewhere_is_told_so(goalmap: Goalmap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalmap.store.database.BUSY_SECONDS", 0.1)
    assert goalmap("review export queue.csv").exit_code == 0
    with closing(sqlite3.connect("goalmap.db")) as other:
        other.execute("begin immediate")
        result = goalmap("review audit --draw 1")
    assert result.exit_code == 1
    assert "Another program is writing to the database. Wait until it is done" in " ".join(result.stderr.split())


# On a terminal


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}], ids=str)
def test_a_terminal_without_colour_gets_none(read_once: Path, environment: dict[str, str]) -> None:
    db = read_once.with_name("terminal.db")
    shown = on_a_terminal("ingest", read_once.parent / "files", "--db", db, "--engine", "serial", **environment)
    assert "1 file found" in shown
    assert not re.search(r"\x1b\[[0-9;]*m", shown)
    assert "\x1b" not in shown or environment["TERM"] != "dumb"


def on_a_terminal(*words: object, **environment: str) -> str:
    """What a command shows on a terminal."""
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("TERM", "NO_COLOR", "COLUMNS")}
    with subprocess.Popen(
        [sys.executable, "-m", "goalmap.cli", *map(str, words)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**kept, **environment},
    ) as running:
        os.close(theirs)
        shown = b"".join(iter(lambda: _some(ours), b""))
        running.wait()
    os.close(ours)
    return shown.decode()


def _some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so at the end
        return b""
