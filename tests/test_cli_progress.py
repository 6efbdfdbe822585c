"""How goalmap ingest tells how far it is, and how a program that started it stops it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from goalmap.cli import main

INTERRUPTED = 130
INGEST = ("ingest", "files", "--db", "a.db", "--fast", "--engine", "serial")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with two files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one.txt").write_text("In May we opened a clinic in Leeds for 300 people.")
    (tmp_path / "files" / "two.xyz").write_bytes(bytes(range(256)))


@pytest.mark.slow
def test_a_program_reads_along_on_stdout_and_people_on_stderr() -> None:
    result = CliRunner().invoke(main, [*INGEST, "--progress", "json"])
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert [event["event"] for event in events] == ["found", "read", "read", "done"]
    assert events[0]["files"] == 2
    assert [(event["done"], event["total"], event["file"]) for event in events[1:3]] == [
        (1, 2, "one.txt"),
        (2, 2, "two.xyz"),
    ]
    assert events[3]["statuses"] == {"ok": 1, "unsupported": 1}
    assert "2 files found" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("way", [["--quiet"], ["--progress", "none"], ["--progress", "lines"], []])
def test_stdout_stays_empty_otherwise(way: list[str]) -> None:
    result = CliRunner().invoke(main, [*INGEST, *way])
    assert result.stdout == ""
    assert "2 files found" in result.stderr


@pytest.mark.parametrize("said", [b"", b"stop\n"])
def test_it_stops_when_its_input_ends_or_says_anything(said: bytes) -> None:
    words = [sys.executable, "-m", "goalmap.cli", *INGEST, "--stop-with-input"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        _, told = process.communicate(said, timeout=300)
    assert process.returncode == INTERRUPTED
    assert b"run the same command again" in told


def test_a_way_that_is_none_is_refused_with_those_there_are() -> None:
    result = CliRunner().invoke(main, [*INGEST, "--progress", "loud"])
    assert result.exit_code == 2
    assert "'bar'" in result.stderr
