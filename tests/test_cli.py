"""The goalmap command as people type it."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main

PRESS_RELEASE = """Severnholme Trust opens a community diagnostic centre

The trust opened a community diagnostic centre in Harrowmead in March 2023, giving 3,000 patients a year faster scans.

"Our neighbours waited too long for tests," said Dr Amara Nwosu, Chief Executive of Severnholme Trust.

We recruited 120 apprentices from schools in the poorest parts of the town last year.
"""
Goalmap = Callable[..., Result]


@pytest.fixture
def goalmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Goalmap:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(main, [str(part) for part in arguments], **options)


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one press release and one file that is not read, made by the command itself."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "files").mkdir()
    (folder / "files" / "release.txt").write_text(PRESS_RELEASE)
    (folder / "files" / "sheet.numbers").write_bytes(b"\x00\x01\x02 no text at all")
    os.mkfifo(folder / "files" / "pipe")
    (folder / "files" / "link.txt").symlink_to("/etc/hostname")
    result = CliRunner().invoke(
        main, ["ingest", str(folder / "files"), "--db", str(folder / "a.db"), "--engine", "serial"]
    )
    assert result.exit_code == 3, result.output
    assert "sheet.numbers (unsupported)" in result.stderr
    assert "pipe (skipped)" in result.stderr
    assert result.stdout == ""
    return folder / "a.db"


@pytest.fixture
def db(read_once: Path, tmp_path: Path) -> Path:
    """A copy of it, free to be changed."""
    source, target = sqlite3.connect(read_once), sqlite3.connect(tmp_path / "a.db")
    source.backup(target)
    for connection in (source, target):
        connection.close()
    return tmp_path / "a.db"


def table(db: Path, sql: str) -> list[Any]:
    connection = sqlite3.connect(db)
    rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


# The way of a folder


def test_a_folder_is_read_reviewed_and_mapped(goalmap: Goalmap, db: Path, tmp_path: Path) -> None:
    assert table(db, "select status, count(*) from documents group by 1 order by 1") == [
        ("ok", 1), ("skipped", 2), ("unsupported", 1),
    ]  # fmt: skip
    queue = tmp_path / "queue.csv"
    assert goalmap("review", "export", queue, "--db", db).exit_code == 0
    answer(queue, "accept")
    imported = goalmap("review", "import", queue, "--db", db, "--reviewer", "Ann")
    assert imported.exit_code == 0, imported.output
    assert "decision" in imported.stdout
    assert set(table(db, "select verdict, reviewer from decisions")) == {("accepted", "Ann")}
    for suffix in ("html", "csv", "json"):
        assert goalmap("report", "map", "-o", tmp_path / f"map.{suffix}", "--db", db).exit_code == 0
        assert (tmp_path / f"map.{suffix}").stat().st_size > 100


def answer(queue: Path, verdict: str) -> None:
    with queue.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with queue.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "verdict": verdict} for row in rows)


def test_a_queue_goes_out_and_back_as_a_workbook(goalmap: Goalmap, db: Path, tmp_path: Path) -> None:
    queue = tmp_path / "queue.xlsx"
    narrowed = ("--framework", "purpose-goals", "--document", "release.txt", "--json")
    exported = goalmap("review", "export", queue, "--db", db, *narrowed)
    assert exported.exit_code == 0, exported.output
    told = json.loads(exported.stdout)
    assert told["rows"] == table(db, "select count(*) from proposals")[0][0] > 0
    assert told["export"] == table(db, "select id from exports")[0][0]
    imported = goalmap("review", "import", queue, "--db", db, "--json")
    assert imported.exit_code == 0, imported.output
    assert json.loads(imported.stdout)["undecided"] == told["rows"]


def test_a_second_run_passes_over_what_is_known(goalmap: Goalmap, read_once: Path) -> None:
    result = goalmap("ingest", read_once.parent / "files", "--db", read_once, "--engine", "serial")
    assert result.exit_code == 0
    assert "4 files found: 4 unchanged" in result.stderr


def test_two_that_disagree_end_with_exit_code_4_and_a_list(goalmap: Goalmap, db: Path, tmp_path: Path) -> None:
    for name in ("ann", "bob"):
        goalmap("review", "export", tmp_path / f"{name}.csv", "--db", db)
    for name, verdict in (("ann", "accept"), ("bob", "reject")):
        answer(tmp_path / f"{name}.csv", verdict)
    assert goalmap("review", "import", tmp_path / "ann.csv", "--db", db).exit_code == 0
    result = goalmap("review", "import", tmp_path / "bob.csv", "--db", db)
    assert result.exit_code == 4
    assert (tmp_path / "bob-conflicts.csv").exists()
    assert {verdict for (verdict,) in table(db, "select verdict from decisions")} == {"accepted"}


@pytest.mark.parametrize(
    "command", [("status",), ("frameworks", "list"), ("frameworks", "show", "un-sdgs"), ("frameworks", "check", "nhs-anchor"),
                ("frameworks", "diff", "purpose-goals", "purpose-goals-15")]
)  # fmt: skip
def test_a_reading_command_prints_one_json_object(goalmap: Goalmap, db: Path, command: tuple[str, ...]) -> None:
    result = goalmap(*command, "--json", *(("--db", db) if command == ("status",) else ()))
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["ok"] is True


def test_the_difference_of_two_frameworks_is_told(goalmap: Goalmap) -> None:
    assert (
        "added      15 Working in Partnership"
        in goalmap("frameworks", "diff", "purpose-goals", "purpose-goals-15").stdout
    )
    assert "the same" in goalmap("frameworks", "diff", "un-sdgs", "un-sdgs").stdout


# Bad input

BAD = {
    "unknown framework": (("ingest", ".", "--framework", "sdg"), 2, "No framework is called 'sdg'. There are: "),
    "unknown engine": (("ingest", ".", "--engine", "spark"), 2, "There are: serial, processes"),
    "missing folder": (("ingest", "none"), 2, "There is no folder or file 'none'"),
    "no folder": (("ingest",), 2, "Missing argument"),
    "missing database": (("status", "--db", "none.db"), 2, "goalmap ingest FOLDER --db none.db"),
    "folder of the database missing": (("ingest", ".", "--db", "none/a.db"), 2, "There is no folder 'none'"),
    "foreign database": (("status", "--db", "foreign.db"), 1, "a database of another program"),
    "no database at all": (("ingest", ".", "--db", "letter.txt"), 1, "not a database"),
    "missing queue": (("review", "import", "none.csv", "--db", "a.db"), 2, "There is no file 'none.csv'"),
    "queue that is there": (("review", "export", "letter.txt", "--db", "a.db"), 2, "add --force"),
    "queue in a missing folder": (("review", "export", "none/q.csv", "--db", "a.db"), 2, "There is no folder 'none'"),
    "queue of another form": (("review", "export", "q.ods", "--db", "a.db"), 2, "q.csv or q.xlsx"),
    "queue of an unknown document": (("review", "export", "q.csv", "--db", "a.db", "--document", "none.txt"), 2, "No document is called 'none.txt'. There are: "),
    "queue of an unknown framework": (("review", "export", "q.csv", "--db", "a.db", "--framework", "sdg"), 2, "There are: purpose-goals"),
    "unknown goal": (("review", "export", "q.csv", "--db", "a.db", "--goal", "99"), 2, "No goal is called '99'. There are: 1,"),
    "queue of another header": (("review", "import", "letter.txt", "--db", "a.db"), 3, "has no header"),
    "unknown report format": (("report", "map", "-o", "map.docx", "--db", "a.db"), 2, "There are: .html"),
    "unknown framework of a map": (("report", "map", "-o", "m.html", "--db", "a.db", "--framework", "sdg"), 2, "purpose-goals"),
    "missing framework file": (("frameworks", "check", "none.toml"), 2, "There is no file 'none.toml'"),
    "broken framework file": (("frameworks", "check", "./letter.txt"), 1, "is not TOML"),
    "half a framework file": (("frameworks", "check", "half.toml"), 1, "lacks version, goals"),
    "missing gold folder": (("evaluate", "."), 2, "no gold folder"),
    "misspelt command": (("ingset", "."), 2, "ingest"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "message"), BAD.values(), ids=BAD)
def test_bad_input_is_answered_with_what_to_do(
    goalmap: Goalmap, db: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (tmp_path / "letter.txt").write_text("Dear all,\nthis is a letter.\n")
    (tmp_path / "half.toml").write_text('id = "half"\nname = "Half"\n')
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("create table passages (id text)")
    foreign.close()
    before = {path: path.read_bytes() for path in tmp_path.glob("*") if path.suffix != ".db" or path.stem != "a"}
    result = goalmap(*arguments)
    assert result.exit_code == code, result.output
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert table(db, "select count(*) from decisions") == [(0,)]


def test_a_database_of_a_newer_goalmap_is_not_opened(goalmap: Goalmap, db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('goalmap', 'm999_later', '')"
    )
    connection.commit()
    connection.close()
    result = goalmap("status", "--db", db)
    assert (result.exit_code, "Upgrade goalmap" in result.stderr) == (1, True)


def test_an_existing_queue_is_written_over_only_when_that_is_asked(goalmap: Goalmap, db: Path, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("answers")
    assert goalmap("review", "export", "q.csv", "--db", db).exit_code == 2
    assert (tmp_path / "q.csv").read_text() == "answers"
    assert goalmap("review", "export", "q.csv", "--db", db, "--force").exit_code == 0


def test_faulty_rows_end_with_exit_code_3_and_nothing_is_written(goalmap: Goalmap, db: Path, tmp_path: Path) -> None:
    goalmap("review", "export", "q.csv", "--db", db)
    answer(tmp_path / "q.csv", "perhaps")
    result = goalmap("review", "import", "q.csv", "--db", db)
    assert result.exit_code == 3
    assert "line 2: no verdict is called 'perhaps'" in result.stdout
    assert table(db, "select count(*) from decisions") == [(0,)]


def test_a_full_disk_is_an_error_and_no_traceback(goalmap: Goalmap, db: Path) -> None:
    result = goalmap("report", "map", "-o", "/proc/self/map.html", "--db", db)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")


# Settings


def test_the_database_may_be_named_by_the_environment(goalmap: Goalmap, db: Path) -> None:
    result = goalmap("status", env={"GOALMAP_DB": str(db)})
    assert result.exit_code == 0
    assert "Documents     4" in result.stdout


def test_an_option_wins_over_the_environment(goalmap: Goalmap, db: Path) -> None:
    assert goalmap("status", "--db", db, env={"GOALMAP_DB": "none.db"}).exit_code == 0


def test_other_options_have_their_own_variable(goalmap: Goalmap, db: Path, tmp_path: Path) -> None:
    goalmap("review", "export", "q.csv", "--db", db, env={"GOALMAP_REVIEW_EXPORT_LIMIT": "1"})
    with (tmp_path / "q.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == 1


# Help


def commands(group: click.Group, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield names
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield (*names, name)


@pytest.mark.parametrize("names", list(commands(main)), ids=" ".join)
def test_every_command_has_help_that_fits_a_terminal(goalmap: Goalmap, names: tuple[str, ...]) -> None:
    result = goalmap(*names, "--help", env={"COLUMNS": "80"})
    assert result.exit_code == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    assert "Usage: " in result.stdout
    assert len(result.stdout.splitlines()[2].strip()) > 20


# In a process of its own


def run(*arguments: object, **options: Any) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "goalmap.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, **options)


def test_help_answers_at_once() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    times = []
    for _ in range(5):
        before = os.times()
        assert run("--help", env=plain).returncode == 0
        spent = os.times()
        times.append(sum(spent[2:4]) - sum(before[2:4]))
    assert min(times) < 0.3


def test_help_loads_no_model_library() -> None:
    script = "import sys, goalmap.cli; print([name for name in ('spacy', 'sklearn', 'numpy', 'sqlite_utils') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "[]\n"


def test_exit_codes_reach_the_shell(tmp_path: Path) -> None:
    (tmp_path / "a.numbers").write_bytes(b"\x00\x01\x02")
    assert run("ingest", tmp_path, "--db", tmp_path / "a.db", cwd=tmp_path).returncode == 3
    assert run("status", "--db", tmp_path / "none.db").returncode == 2
    assert run("--version").stdout.strip().endswith(version("goalmap"))


def test_ctrl_c_leaves_a_usable_database_and_exit_code_130(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(PRESS_RELEASE.replace("120", str(number)) * 5)
    db = tmp_path / "a.db"
    command = [sys.executable, "-m", "goalmap.cli", "ingest", str(folder), "--db", str(db), "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        wait_for_document(db, process)
        os.killpg(process.pid, signal.SIGINT)  # as the terminal does: to the workers too
        _, message = process.communicate(timeout=300)
    assert process.returncode == 130
    assert message.splitlines()[-1].startswith("Stopped.")
    (read,) = table(db, "select count(*) from documents")[0]
    assert 0 < read < 400
    assert table(db, "pragma integrity_check") == [("ok",)]
    assert run("status", "--db", db).returncode == 0


def wait_for_document(db: Path, process: "subprocess.Popen[str]") -> None:
    for _ in range(6000):
        assert process.poll() is None
        try:
            if table(db, "select count(*) from documents") != [(0,)]:
                return
        except sqlite3.Error:
            pass
        time.sleep(0.05)
    raise AssertionError("nothing was read within five minutes")


@pytest.mark.slow
def test_the_demonstration_leaves_a_database_a_queue_a_map_and_a_report(tmp_path: Path) -> None:
    result = run("demo", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert {path.name for path in (tmp_path / "demo").iterdir()} >= {
        "goalmap.db",
        "queue.csv",
        "map.html",
        "impact.html",
    }
