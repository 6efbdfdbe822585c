"""One run over a folder of files that mean no good: each is listed with what became of it, and none gets anything out."""

import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from goalmap.store.ids import shown_path
from tests.hostile.case import BOUNDED, CANARY, Case, sentence
from tests.hostile.make import CASES, make
from tests.hostile.paths import SHARED

pytestmark = pytest.mark.slow

GOALMAP = Path(sys.executable).with_name("goalmap")
FAILED_FILES = 3
OPTIONS = ("--workers", "2", "--max-step-seconds", "15", "--max-memory-mb", "1500")
MEGABYTE = 1024 * 1024
MOST_MEMORY = 3_500 * MEGABYTE
"""Of all processes together: two workers at their limit, and the one that gives them work."""
MOST_SECONDS = 180.0
LIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would run."""
MARKUP = re.compile(r"<img src=x|<script>\s*alert", re.I)
QUERY = "select documents.id, path, status, problem, parent_id, content_of from documents"


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the database has it."""

    id: str
    path: str
    status: str
    problem: str | None
    parent_id: str | None
    content_of: str | None


@dataclass(frozen=True)
class Run:
    """What there was before a run, and what there is after it."""

    folder: Path
    db: Path
    exit_code: int
    said: str
    seconds: float
    memory: int
    requests: list[str]
    tree: Mapping[str, object]
    work: Path
    exports: list[Path] = field(default_factory=list)

    @cached_property
    def rows(self) -> list[Row]:
        with closing(sqlite3.connect(self.db)) as db:
            return [Row(*row) for row in db.execute(QUERY)]

    @cached_property
    def files(self) -> dict[str, Row]:
        """The rows of the files themselves, by path."""
        return {row.path: row for row in self.rows if row.parent_id is None}

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """All passages, each with the path of its document."""
        with closing(sqlite3.connect(self.db)) as db:
            return db.execute("select path, text from passages join documents on documents.id = document_id").fetchall()

    def path_of(self, case: Case) -> str:
        return shown_path(self.folder / case.name)

    def files_in(self, case: Case) -> list[Row]:
        """The rows of the files inside a case's file."""
        return [row for row in self.rows if row.parent_id and row.path.startswith(f"{self.path_of(case)}/")]

    def text_of(self, case: Case) -> str:
        """The passages of a case's file and of the files in it."""
        path = self.path_of(case)
        return "\n".join(text for place, text in self.texts if place == path or place.startswith(f"{path}/"))


@contextmanager
def _server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes who asks it for what."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_POST = do_HEAD = do_GET

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()
        thread.join()


def _tree(root: Path) -> dict[str, object]:
    """Everything under a folder with what would change if it were written to."""
    found: dict[str, object] = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = os.path.join(folder, name)
            info = os.lstat(path)
            found[path] = (
                (info.st_mode, info.st_ino) if name in folders else (info.st_mode, info.st_size, info.st_mtime_ns)
            )
    return found


# The run


def _memory_of(root: int) -> int:
    """Resident memory of a process and all that come from it, in bytes."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (known := _parent_and_size(entry)):
            parents[int(entry.name)], sizes[int(entry.name)] = known
    return sum(size for pid, size in sizes.items() if _comes_from(pid, root, parents))


def _parent_and_size(entry: Path) -> tuple[int, int] | None:
    try:
        parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        pages = int((entry / "statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):  # it has just ended
        return None
    return parent, pages * os.sysconf("SC_PAGE_SIZE")


def _comes_from(pid: int, root: int, parents: Mapping[int, int]) -> bool:
    while pid not in (root, 0):
        pid = parents.get(pid, 0)
    return pid == root


def _goalmap(work: Path, *arguments: str) -> tuple[int, str, float, int]:
    """Run a command in an empty folder; gives its exit code, what it said, seconds and most memory."""
    temporary = work / "temporary"
    temporary.mkdir(parents=True, exist_ok=True)
    started, most = time.monotonic(), 0
    environment = {**os.environ, "TMPDIR": str(temporary), "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    said = work / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen([GOALMAP, *arguments], cwd=work, env=environment, stdout=out, stderr=out)
        try:
            while process.poll() is None:
                most = max(most, _memory_of(process.pid))
                time.sleep(0.2)
        finally:
            process.kill()
            process.wait()
    return process.returncode, said.read_text("utf-8", errors="surrogateescape"), time.monotonic() - started, most


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The run itself, once for all tests here, with every export made of it."""
    root = tmp_path_factory.mktemp("hostile")
    folder, db, work = root / "folder", root / "results" / "h.db", root / "work"
    db.parent.mkdir()
    with _server() as (url, requests):
        make(folder, root / "outside", url)
        tree = {**_tree(folder), **_tree(root / "outside")}
        exit_code, said, seconds, memory = _goalmap(work, "ingest", str(folder), "--db", str(db), *OPTIONS)
        exports = [db.with_name(name) for name in ("queue.csv", "map.html", "map.csv", "map.json", "status.json")]
        said += _goalmap(work, "status", "--db", str(db))[1]
        _goalmap(work, "review", "export", str(exports[0]), "--db", str(db))
        for path in exports[1:4]:
            _goalmap(work, "report", "map", "-o", str(path), "--db", str(db))
        exports[4].write_text(_goalmap(work, "status", "--json", "--db", str(db))[1], "utf-8", "surrogateescape")
        yield Run(folder, db, exit_code, said, seconds, memory, requests, tree, work, exports)
    (folder / "things" / "unreadable.txt").chmod(0o600)


# What becomes of the files


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.name)[1:-1][:60])
def test_each_file_ends_as_it_should(run: Run, case: Case) -> None:
    row, inner = run.files[run.path_of(case)], run.files_in(case)
    assert row.status in case.statuses, row.problem
    assert not case.within or any(part.status in case.within for part in inner)
    assert any(case.problem in (one.problem or "") for one in (row, *inner))
    assert all(one.status == "ok" or one.problem for one in (row, *inner))


@pytest.mark.parametrize("case", [case for case in CASES if case.found], ids=lambda case: ascii(case.name)[1:-1][:60])
def test_what_can_be_read_of_a_file_is_read(run: Run, case: Case) -> None:
    text = run.text_of(case)
    assert [words for words in case.sentences if words not in text] == []


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.statuses == BOUNDED], ids=lambda case: ascii(case.name)[1:-1][:60]
)
def test_no_file_passes_for_wholly_read_that_is_not(run: Run, case: Case) -> None:
    is_whole = run.files[run.path_of(case)].status == "ok"
    assert not is_whole or sentence(Path(case.name).name) in run.text_of(case)


def test_every_path_is_listed_exactly_once(run: Run) -> None:
    there = [shown_path(Path(path)) for path in run.tree if path.startswith(f"{run.folder}/") and not _is_folder(path)]
    listed = [row.path for row in run.rows if row.parent_id is None]
    assert Counter(listed) == Counter(there)


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def test_of_two_files_that_are_the_same_one_is_read(run: Run) -> None:
    assert sum(SHARED in text for _, text in run.texts) == 1


def test_the_run_says_that_files_need_a_look(run: Run) -> None:
    assert run.exit_code == FAILED_FILES
    assert "Traceback" not in run.said
    assert "Next, one of:" in run.said


def test_no_reason_speaks_of_the_program_instead_of_the_file(run: Run) -> None:
    inner = re.compile(r"\b\w+(?:Error|Exception)\b|goalmap\.|<string>|0x[0-9a-f]{6}")
    assert [row.problem for row in run.rows if inner.search(row.problem or "")] == []


# What it costs


def test_the_run_ends_in_time_and_in_memory(run: Run) -> None:
    assert run.seconds < MOST_SECONDS
    assert run.memory < MOST_MEMORY


# What gets out


def test_no_file_makes_the_program_read_outside_the_folder(run: Run) -> None:
    with closing(sqlite3.connect(run.db)) as db:
        told = "\n".join(db.iterdump())
    assert CANARY not in told
    assert [path.name for path in run.exports if CANARY in path.read_text("utf-8")] == []
    assert CANARY not in run.said


def test_no_file_makes_the_program_ask_another_machine(run: Run) -> None:
    assert run.requests == []


def test_no_file_makes_the_program_write_outside_its_database(run: Run) -> None:
    assert {**_tree(run.folder), **_tree(run.folder.parent / "outside")} == run.tree
    assert sorted(path.name for path in run.work.rglob("*")) == ["said.txt", "temporary"]
    results = {path.name for path in run.db.parent.iterdir()} - {path.name for path in run.exports}
    assert results <= {"h.db", "h.db-wal", "h.db-shm", "h.db-passages"}


def test_no_name_moves_the_cursor_of_a_terminal(run: Run) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", run.said)


@pytest.mark.parametrize("name", ["queue.csv", "map.csv"])
def test_no_cell_of_a_table_is_a_formula(run: Run, name: str) -> None:
    with (run.db.parent / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > 20
    live = [cell for row in rows for cell in row if cell.startswith(LIVE) and not _is_number(cell)]
    assert live == []


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[-+]?\d+(?:\.\d+)?", cell) is not None


def test_no_page_holds_the_markup_of_a_file(run: Run) -> None:
    page = (run.db.parent / "map.html").read_text("utf-8")
    assert "&lt;" in page
    assert MARKUP.search(page) is None


def test_what_is_written_for_programs_can_be_read_by_them(run: Run) -> None:
    assert json.loads((run.db.parent / "map.json").read_text("utf-8"))["activities"]
    assert json.loads((run.db.parent / "status.json").read_text("utf-8"))


# Again


def _dump(db_path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those of the runs and exports."""
    with closing(sqlite3.connect(db_path)) as db:
        names = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        kept = [name for name in names if not name.startswith(("runs", "export", "sqlite")) and "_fts" not in name]
        return {name: sorted(db.execute(f'select * from "{name}"'), key=repr) for name in kept}


def test_a_second_run_is_quick_and_changes_nothing(run: Run) -> None:
    before = _dump(run.db)
    _, said, seconds, _ = _goalmap(run.work, "ingest", str(run.folder), "--db", str(run.db), *OPTIONS)
    assert _dump(run.db) == before, said
    assert seconds < 0.2 * run.seconds
    assert run.requests == []
