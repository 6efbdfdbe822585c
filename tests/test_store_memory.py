"""The file beside a database that keeps what models made of passages: never in the way, never in the result."""

import json
import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goalmap.cli import main
from goalmap.extract import memory
from goalmap.extract.memory import Reader
from goalmap.ingest.find import find
from goalmap.store import memory as kept
from goalmap.store.memory import PassageMemory, Recalled, path_beside, remembering

pytestmark = pytest.mark.usefixtures("nothing_remembered")

LABELS = Reader("labels", "1")
PASSAGES = (
    "Dr Amara Nwosu, Chief Executive of Severnholme Trust, opened a diagnostic centre in Harrowmead in March 2023.",
    "We recruited 120 apprentices from schools in the poorest parts of the town last year.",
    "The Kettle On programme of Severnholme Trust helped 40 neighbours into work.",
)


def keep(store: PassageMemory, reader: Reader, *texts: str) -> None:
    store.keep(reader, {reader.key_of(text): text.upper().encode() for text in texts}, len(texts))


def known(store: PassageMemory, reader: Reader, *texts: str) -> list[bytes]:
    keys = [reader.key_of(text) for text in texts]
    found = store.known(reader, keys)
    return [found[key] for key in keys if key in found]


def test_what_one_run_keeps_the_next_one_knows(tmp_path: Path) -> None:
    with remembering(tmp_path / "a.db") as first:
        keep(first, LABELS, "one", "two")
    with remembering(tmp_path / "a.db") as second:
        assert known(second, LABELS, "two", "three", "one") == [b"TWO", b"ONE"]
        assert known(second, Reader("labels", "2"), "one") == []


def test_more_texts_than_one_question_takes_are_all_known(tmp_path: Path) -> None:
    store, texts = PassageMemory(tmp_path / "m"), [str(number) for number in range(2 * kept.AT_ONCE + 1)]
    keep(store, LABELS, *texts)
    assert known(store, LABELS, *texts) == [text.encode() for text in texts]


def _keep_many(store: PassageMemory, name: str) -> None:
    for number in range(50):
        keep(store, LABELS, f"{name} {number}")


def test_what_several_processes_write_at_once_is_all_kept(tmp_path: Path) -> None:
    store = PassageMemory(tmp_path / "m")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_keep_many, args=(store, name)) for name in ("left", "right")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(known(store, LABELS, *(f"{name} {n}" for name in ("left", "right") for n in range(50)))) == 100
    assert store.recalled() == Recalled(asked=100, known=0)


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to be taken for one" * 90])
def test_a_damaged_file_gives_way_to_a_new_one(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "m").write_bytes(damage)
    store = PassageMemory(tmp_path / "m")
    keep(store, LABELS, "one")
    assert known(store, LABELS, "one") == [b"ONE"]
    assert (tmp_path / "m-damaged").exists() == bool(damage)


def test_a_file_of_another_make_gives_way_to_a_new_one(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "m")) as other:
        other.execute("create table answers (something text)")
    store = PassageMemory(tmp_path / "m")
    keep(store, LABELS, "one")
    assert known(store, LABELS, "one") == [b"ONE"]


def test_an_entry_that_was_altered_is_not_believed(tmp_path: Path) -> None:
    store = PassageMemory(tmp_path / "m")
    keep(store, LABELS, "one", "two")
    with closing(sqlite3.connect(tmp_path / "m")) as other, other:
        key = int.from_bytes(LABELS.key_of("one")[:8], "little", signed=True)
        other.execute("update answers set answer = cast(answer || 'X' as blob) where key = ?", [key])
    assert known(store, LABELS, "one", "two") == [b"TWO"]


def test_a_place_where_no_file_can_be_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    for place in (tmp_path / "m", tmp_path / "nowhere" / "m"):
        store = PassageMemory(place)
        keep(store, LABELS, "one")
        assert known(store, LABELS, "one") == []
        assert store.recalled() == Recalled(0, 0)
        store.tidy()


def test_a_file_that_another_holds_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PATIENCE", 0.05)
    store = PassageMemory(tmp_path / "m")
    keep(store, LABELS, "one")
    store.tidy()
    with closing(sqlite3.connect(tmp_path / "m", isolation_level=None)) as other:
        other.execute("begin immediate")
        keep(store, LABELS, "two")
        assert known(store, LABELS, "one", "two") == [b"ONE"]
        other.execute("rollback")
    keep(store, LABELS, "two")
    assert known(store, LABELS, "one", "two") == [b"ONE", b"TWO"]


def test_a_full_file_keeps_what_it_has_and_makes_room_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "LARGEST", 256 * kept.PAGE)
    for run, name in enumerate(("old", "new")):
        store = PassageMemory(tmp_path / "m", run)
        for number in range(100):
            keep(store, LABELS, f"{name} {number} " + "long " * 3000)
        if run == 0:
            full = len(known(store, LABELS, *(f"old {n} " + "long " * 3000 for n in range(100))))
        store.tidy()
    assert 0 < full < 100
    left = PassageMemory(tmp_path / "m")
    assert known(left, LABELS, "new 0 " + "long " * 3000), "the old made way for the new"
    assert (tmp_path / "m").stat().st_size <= kept.LARGEST


def test_what_a_model_said_is_dropped_when_another_has_taken_its_place(tmp_path: Path) -> None:
    old, new, encoder = Reader("labels", "old"), Reader("labels", "new"), Reader("readings", "1")
    with remembering(tmp_path / "a.db") as store:
        keep(store, old, "one")
        keep(store, encoder, "one")
    with remembering(tmp_path / "a.db") as store:
        assert known(store, old, "one")
        keep(store, new, "one")
    left = PassageMemory(path_beside(tmp_path / "a.db"))
    assert not known(left, old, "one")
    assert known(left, new, "one")
    assert known(left, encoder, "one"), "no encoder was asked in that run, so none has taken its place"


# From the command


def ingest(folder: Path, db: Path, *options: str) -> Result:
    memory.forget()
    arguments = ["ingest", str(folder), "--db", str(db), "--engine", "serial", "-q", *options]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result


def written(folder: Path, name: str, *passages: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n\n".join(passages))


def rows(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """What was found, without what tells one run from another."""
    tables = ("passages", "entities", "mentions", "roles", "quotations", "figures", "proposals")
    with closing(sqlite3.connect(db)) as connection:
        return {table: connection.execute(f"select * from {table} order by id").fetchall() for table in tables}


def test_changed_files_whose_passages_are_known_are_not_read_by_the_models_again(tmp_path: Path) -> None:
    files = tmp_path / "files"
    written(files, "a.txt", *PASSAGES)
    assert "known" not in ingest(files, tmp_path / "a.db").stderr
    written(files, "a.txt", *reversed(PASSAGES))
    assert "3 of 3 passages were known and not read again." in ingest(files, tmp_path / "a.db").stderr
    with closing(sqlite3.connect(path_beside(tmp_path / "a.db"))) as connection:
        assert dict(connection.execute("select kind, made from readers")) == {"labels": 0, "readings": 0}


def test_a_run_that_knows_all_finds_what_a_run_without_memory_finds(tmp_path: Path) -> None:
    files = tmp_path / "files"
    written(files, "a.txt", *PASSAGES)
    written(files, "b.txt", PASSAGES[2], PASSAGES[0])
    for name in ("cold", "warm", "none"):
        ingest(files, tmp_path / f"{name}.db", *(["--no-reuse"] if name == "none" else []))
        if name == "cold":
            path_beside(tmp_path / "warm.db").write_bytes(path_beside(tmp_path / "cold.db").read_bytes())
    assert not path_beside(tmp_path / "none.db").exists()
    assert rows(tmp_path / "cold.db") == rows(tmp_path / "warm.db") == rows(tmp_path / "none.db")


def test_no_text_and_no_name_is_kept(tmp_path: Path) -> None:
    written(tmp_path / "files", "a.txt", *PASSAGES)
    ingest(tmp_path / "files", tmp_path / "a.db")
    data = path_beside(tmp_path / "a.db").read_bytes().lower()
    words = {word.encode() for passage in PASSAGES for word in passage.lower().split() if len(word) > 4}
    assert b"person" in data, "labels are kept as they are called"
    assert [word for word in words if word in data] == []


def test_a_memory_in_the_folder_is_no_file_to_read(tmp_path: Path) -> None:
    files = tmp_path / "files"
    written(files, "a.txt", *PASSAGES)
    ingest(files, files / "a.db")
    (files / "a.db-passages-damaged").write_bytes(b"")
    assert path_beside(files / "a.db").exists()
    assert [item.path.name for item in find([files], files / "a.db")] == ["a.txt"]
    with closing(sqlite3.connect(files / "a.db")) as connection:
        (counts,) = connection.execute("select counts from runs").fetchone()
    assert json.loads(counts)["found"] == 1
