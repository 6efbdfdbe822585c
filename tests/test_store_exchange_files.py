"""Files of decisions that are damaged or large, imports that are killed, and the table for people."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from goalmap.classify.pipeline import Settings
from goalmap.ingest.errors import DecisionsProblem, NotFound
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import STAGES
from goalmap.store.exchange.history import write_history
from goalmap.store.exchange.reading import read_history
from goalmap.store.exchange.table import COLUMNS, write_table
from goalmap.store.exchange.taking import import_decisions
from goalmap.store.load import ingest
from goalmap.store.loading.save import save_frameworks
from goalmap.store.sheets.sheet import read_sheet
from tests.conftest import ByHand
from tests.test_store_exchange import CLINIC, EIGHT, FILES, NINE, SHOP, Desk, change


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "here").read(FILES)
    yield desk
    desk.db.close()


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "there").read(FILES)
    yield desk
    desk.db.close()


# Files that are not right.


HEAD = '{"format": "goalmap-decisions", "version": 1, "frameworks": [], "readings": [], '
WRONG = {
    "": "is not JSON",
    "\xff\xfe": "is not JSON",
    "[]": "holds no object",
    "{}": "is not a file of decisions",
    "[" * 100_000: "nested too deeply",
    HEAD.replace("1,", "3,", 1) + '"decisions": []}': "version 3",
    HEAD.replace("1,", "true,", 1) + '"decisions": []}': "reading_answers is None",
    HEAD + '"decisions": {}, "reading_answers": [], "audit_answers": []}': "decisions is {}, not a list",
    HEAD + '"decisions": [5], "reading_answers": [], "audit_answers": []}': "decisions[0] is 5, not an object",
    HEAD + '"decisions": [NaN]}': "NaN is not a number",
    HEAD + '"decisions": [1' + "0" * 5000 + "]}": "is not JSON",
}


@pytest.mark.parametrize(("text", "told"), WRONG.items(), ids=lambda text: text[:40])
def test_a_file_that_is_none_of_ours_is_refused_and_says_why(here: Desk, tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(text, "latin-1")
    before = here.state()
    with pytest.raises(DecisionsProblem) as error:
        here.take(file)
    assert told in str(error.value)
    assert here.state() == before


FAULTS: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda record: record.update(verdict="perhaps"), "decisions[1].verdict is 'perhaps'; there are: accepted"),
    (lambda record: record.update(verdict=["accepted"]), "decisions[1].verdict is ['accepted']"),
    (lambda record: record.update(stage="soon"), "decisions[1].stage is 'soon'"),
    (lambda record: record.update(best_practice=1), "decisions[1].best_practice is 1"),
    (lambda record: record.update(decided_at="yesterday"), "decisions[1].decided_at is 'yesterday'"),
    (lambda record: record.update(note="\ud800"), "decisions[1].note holds half a character"),
    (lambda record: record.update(goal=""), "decisions[1].goal is empty"),
    (lambda record: record.pop("passage"), "decisions[1] lacks 'passage'"),
    (lambda record: record["passage"].update(text=None), "decisions[1].passage.text is None"),
    (lambda record: record["passage"].update(position=2**70), "decisions[1].passage.position is"),
    (lambda record: record.update(withdrawn={"withdrawn_at": "x"}), "decisions[1].withdrawn.withdrawn_at is 'x'"),
    (lambda record: record["machine"].update(score=7), "decisions[1].machine.score is 7"),
]


@pytest.mark.parametrize(("edit", "told"), FAULTS, ids=[told for _, told in FAULTS])
def test_a_fault_is_told_with_its_place_and_nothing_is_taken(
    here: Desk, there: Desk, edit: Callable[[dict[str, Any]], object], told: str
) -> None:
    file = there.decide(CLINIC, "accepted").decide(SHOP, "accepted", NINE).export()
    change(file, edit, only=1)
    with pytest.raises(DecisionsProblem) as error:
        here.take(file)
    assert error.value.problems[0].startswith(f"- {told}")
    assert here.rows() == []


def test_a_file_that_is_not_there_or_too_large_is_refused(
    here: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotFound):
        here.take(tmp_path / "none.json")
    monkeypatch.setattr("goalmap.store.exchange.reading.MAX_BYTES", 10)
    with pytest.raises(DecisionsProblem, match="larger than"):
        read_history(here.export())


def test_stages_that_reviewers_give_are_those_that_are_taken(here: Desk, there: Desk) -> None:
    for stage in STAGES:
        there.decide(CLINIC, "accepted", stage=stage)
    assert here.take(there.export()).added == len(STAGES)


# The table for people.


def test_the_table_has_the_decisions_that_stand_and_no_formula(there: Desk, tmp_path: Path) -> None:
    there.decide(CLINIC, "rejected").decide(CLINIC, "accepted", note="=HYPERLINK(1)").decide(SHOP, "rejected", NINE)
    assert write_table(there.db, tmp_path / "decisions.csv") == 2
    sheet = read_sheet(tmp_path / "decisions.csv")
    assert sheet.columns == COLUMNS
    assert [(line.cells["verdict"], line.cells["goal"]) for line in sheet.lines] == [
        ("accepted", "8"),
        ("rejected", "9"),
    ]
    assert sheet.lines[0].cells["note"] == "=HYPERLINK(1)"
    assert b",'=HYPERLINK" in (tmp_path / "decisions.csv").read_bytes()


# Many, and the machine failing.


def make_many(path: Path, count: int, is_decided: bool) -> None:
    with closing(open_database(path, create=True)) as db:
        ingest(db, [], Settings(()), ByHand())
        with immediate(db):
            _fill(db, count, is_decided)


def _fill(db: Database, count: int, is_decided: bool) -> None:
    save_frameworks(db, ["purpose-goals"])
    documents = [(f"d{n}", f"{n}.pdf", f"s{n}") for n in range(count // 25)]
    passages = [
        (f"p{n}", f"d{n // 25}", n % 25, f"Passage {n} on what the trust did in the town") for n in range(count)
    ]
    decisions = [(f"p{n}",) for n in range(count if is_decided else 0)]
    db.conn.executemany("insert into documents (id, path, sha256, status) values (?, ?, ?, 'ok')", documents)
    db.conn.executemany(
        "insert into passages (id, document_id, position, text, kind) values (?, ?, ?, ?, 'body')", passages
    )
    db.conn.executemany(
        f"""insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, decided_at, best_practice)
        values (?, '{EIGHT}', '{EIGHT}', 'accepted', '2026-01-01T00:00:00+00:00', 0)""",
        decisions,
    )


@pytest.mark.slow
def test_fifty_thousand_decisions_are_taken_over_in_seconds(tmp_path: Path) -> None:
    make_many(tmp_path / "there.db", 50_000, True)
    make_many(tmp_path / "here.db", 50_000, False)
    with closing(open_database(tmp_path / "there.db")) as there, closing(open_database(tmp_path / "here.db")) as here:
        write_history(there, tmp_path / "decisions.json")
        started = time.process_time()
        assert import_decisions(here, tmp_path / "decisions.json").added == 50_000
        assert time.process_time() - started < 20


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_nothing_half_written(tmp_path: Path) -> None:
    make_many(tmp_path / "there.db", 20_000, True)
    with closing(open_database(tmp_path / "there.db")) as there:
        write_history(there, tmp_path / "decisions.json")
    for number, delay in enumerate((0.5, 1.0, 1.5, 2.0, 2.5)):
        db = tmp_path / f"here{number}.db"
        make_many(db, 20_000, False)
        code = (
            "import sys; from pathlib import Path; from goalmap.store.database import open_database;"
            "from goalmap.store.exchange.taking import import_decisions;"
            "import_decisions(open_database(Path(sys.argv[1])), Path(sys.argv[2]))"
        )
        child = subprocess.Popen([sys.executable, "-c", code, db, tmp_path / "decisions.json"])
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.wait()
        with closing(sqlite3.connect(db)) as left:
            assert left.execute("select count(*) from decisions").fetchone()[0] in (0, 20_000)
