"""The benchmarks of ingest run, measure what they say, and claim no wall time on a busy machine."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.ingesting import DOCS, MARKS, claim
from benchmarks.spending import Spread, spend
from benchmarks.staging import REST, Clock

ROOT = Path(__file__).parent.parent
BURN = "import time\nwhile time.process_time() < {seconds}: pass\n"


def burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_a_stage_inside_another_counts_for_itself_alone() -> None:
    clock = Clock()

    def work() -> None:
        burn(0.05)
        clock.timed("inner", burn)(0.1)

    clock.timed("outer", work)()
    spent = clock.stop()
    assert spent["inner"] == pytest.approx(0.1, abs=0.04)
    assert spent["outer"] == pytest.approx(0.05, abs=0.04)
    assert spent[REST] < 0.04


def test_what_a_programs_own_processes_spend_counts() -> None:
    child = BURN.format(seconds=0.4)
    alone = spend("-c", child)
    with_child = spend("-c", f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])\n{child}")
    assert alone.cpu >= 0.4
    assert with_child.cpu >= 0.8


def test_memory_of_workers_stands_apart() -> None:
    hold = "held = bytearray({megabytes} * 2**20)\nimport time\ntime.sleep(1.2)\n"
    spent = spend(
        "-c",
        "import subprocess, sys\n"
        f"worker = subprocess.Popen([sys.executable, '-c', {hold.format(megabytes=150)!r}])\n"
        f"{hold.format(megabytes=60)}worker.wait()",
    )
    assert 60 < spent.memory < 120
    assert 150 < spent.memory_of_worker < 210


def test_a_program_that_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        spend("-c", "raise SystemExit(3)")


def test_figures_are_shown_with_their_spread() -> None:
    assert Spread((3.0, 1.0, 2.0)).shown() == "2.00 (1.00 to 3.00)"
    assert Spread((1234.5,)).shown(1) == "1,234.5"


def test_wall_times_claim_nothing_where_others_were_at_work() -> None:
    assert "claim nothing" in claim(0.3)
    assert "claim nothing" not in claim(0.01)


@pytest.mark.parametrize("marks", MARKS.values())
def test_every_set_of_figures_has_its_place_in_the_docs(marks: tuple[str, str]) -> None:
    begin, end = marks
    page = DOCS.read_text("utf-8")
    assert page.count(begin) == page.count(end) == 1
    assert page.index(begin) < page.index(end)


@pytest.mark.slow
def test_the_quick_look_runs_and_every_stage_takes_time() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ingesting", "--quick"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("|")]
    told = {row[0]: row[1:] for row in rows}
    for stage in ("reading files", "name tagger", "rules for names", "sentence encoder", "saving", "second run"):
        assert float(re.sub("[^0-9.]", "", told[stage][0])) > 0, stage
