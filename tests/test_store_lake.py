"""The database as Parquet: every row of every table comes back as it was, and a lake is there whole or not at all."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.cli import main
from goalmap.ingest.errors import LakeProblem, NotFound
from goalmap.store.database import immediate, open_database
from goalmap.store.descriptions import TABLES
from goalmap.store.lake import writing
from goalmap.store.lake.writing import MANIFEST, write_lake
from tests.killed import killed_at
from tests.test_crashes import CLINIC, FILES, accept, run, write

Rows = list[dict[str, Any]]

KINDS = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bytes: pyarrow.binary()}


def rows_in(lake: Path, table: str) -> Rows:
    return [row for file in sorted((lake / table).iterdir()) for row in pyarrow.parquet.read_table(file).to_pylist()]


def rows_of(db: Database, table: str) -> Rows:
    return list(db.query(f'select * from "{table}"'))


@pytest.fixture
def filled(tmp_path: Path, by_hand: Any) -> Iterator[Database]:
    """A database with documents, names, proposals and a decision."""
    run(tmp_path / "filled.db", [write(tmp_path / "read", FILES)], by_hand())
    accept(tmp_path / "filled.db", CLINIC + " for all")
    with closing(open_database(tmp_path / "filled.db")) as database:
        yield database


def test_every_row_of_every_table_comes_back_as_it_was(filled: Database, tmp_path: Path) -> None:
    lake = write_lake(filled, tmp_path / "lake")
    assert lake.rows["documents"] > 5
    assert lake.rows["decisions"] == lake.rows["current_decisions"] == 1
    for table in TABLES:
        rows = rows_of(filled, table)
        assert rows_in(tmp_path / "lake", table) == rows
        assert lake.rows[table] == len(rows)


@pytest.mark.sqlite_only("PostgreSQL keeps no value of another type")
def test_columns_keep_their_types_and_say_what_they_mean_even_where_a_table_is_empty(
    db: Database, tmp_path: Path
) -> None:
    write_lake(db, tmp_path / "lake")
    for table in TABLES:
        schema = pyarrow.parquet.read_schema(next((tmp_path / "lake" / table).iterdir()))
        expected = {name: KINDS[kind] for name, kind in db[table].columns_dict.items()}
        assert dict(zip(schema.names, schema.types, strict=True)) == expected
        assert schema.metadata[b"description"].decode() == TABLES[table]
    signature = pyarrow.parquet.read_schema(tmp_path / "lake" / "documents" / "part-00000.parquet").field("signature")
    assert signature.type == pyarrow.binary()
    assert signature.metadata[b"description"] == b"What near copies are found by: MinHash values of its text"


Document = st.fixed_dictionaries(
    {
        "title": st.none() | st.text(st.characters(exclude_categories=["Cs"])),
        "pages": st.none() | st.integers(-(2**63), 2**63 - 1),
        "likeness": st.none() | st.floats(allow_nan=False),
        "signature": st.none() | st.binary(),
    }
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=st.lists(Document, max_size=9))
def test_whatever_stands_in_a_row_comes_back_from_any_number_of_files(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, documents: Rows
) -> None:
    monkeypatch.setattr(writing, "BATCH", 2)
    monkeypatch.setattr(writing, "BATCHES_A_FILE", 2)
    with immediate(db):
        db.execute("delete from documents")
        db.table("documents").insert_all(
            {"id": f"d{number}", "path": f"{number}.txt", "status": "ok", **row} for number, row in enumerate(documents)
        )
    write_lake(db, tmp_path / "lake", over=True)
    assert rows_in(tmp_path / "lake", "documents") == rows_of(db, "documents")
    assert len(list((tmp_path / "lake" / "documents").iterdir())) == max(1, -(-len(documents) // 4))


@pytest.mark.sqlite_only("it counts what SQLite does")
def test_a_lake_is_of_one_moment_though_others_write_meanwhile(filled: Database, tmp_path: Path) -> None:
    before = {table: rows_of(filled, table) for table in TABLES}
    with closing(open_database(tmp_path / "filled.db")) as other:

        def write_meanwhile(statement: str) -> None:
            if '"passages"' in statement:
                filled.conn.set_trace_callback(None)
                with immediate(other):
                    other.execute("update proposals set value = 0.5")
                    other.execute("update frameworks set name = 'Other'")

        filled.conn.set_trace_callback(write_meanwhile)
        write_lake(filled, tmp_path / "lake")
    assert {table: rows_in(tmp_path / "lake", table) for table in TABLES} == before
    assert rows_of(filled, "frameworks") != before["frameworks"]


@pytest.mark.sqlite_only("PostgreSQL keeps no value of another type")
def test_a_value_that_is_not_of_its_columns_type_is_named_and_the_earlier_lake_stays(
    filled: Database, tmp_path: Path
) -> None:
    write_lake(filled, tmp_path / "lake")
    with immediate(filled):
        filled.execute("update documents set pages = 'many'")
    with pytest.raises(LakeProblem, match="Column pages of table documents holds"):
        write_lake(filled, tmp_path / "lake", over=True)
    assert {row["pages"] for row in rows_in(tmp_path / "lake", "documents")} == {None}
    assert [path.name for path in tmp_path.iterdir() if "goalmap-" in path.name] == []


@pytest.mark.sqlite_only("it counts what SQLite does")
def test_an_export_that_was_killed_at_any_point_leaves_nothing_or_all(filled: Database, tmp_path: Path) -> None:
    for nth in (1, 5, len(TABLES) // 2, len(TABLES), 10_000):
        killed = killed_at(nth, tmp_path / "filled.db", lambda db: write_lake(db, tmp_path / "lake"))
        assert killed == (nth <= len(TABLES) * 5)
        assert (tmp_path / "lake").exists() != killed
    assert rows_in(tmp_path / "lake", "passages") == rows_of(filled, "passages")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_with_anything_else_in_it_is_never_written_over(db: Database, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("Years of work.")
    with pytest.raises(LakeProblem, match="holds something else"):
        write_lake(db, tmp_path / "mine", over=True)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "Years of work."
    with pytest.raises(NotFound, match="Make it first"):
        write_lake(db, tmp_path / "nowhere" / "lake")


def test_a_link_to_an_empty_folder_may_be_named(db: Database, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "lake").symlink_to(tmp_path / "disk")
    write_lake(db, tmp_path / "lake")
    write_lake(db, tmp_path / "lake", over=True)
    assert (tmp_path / "lake").is_symlink()
    assert (tmp_path / "disk" / MANIFEST).exists()


# As people type it


def test_the_command_says_what_it_wrote_and_replaces_only_when_told_to(filled: Database, tmp_path: Path) -> None:
    command = ["export", "parquet", str(tmp_path / "lake"), "--db", str(tmp_path / "filled.db")]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.stdout.split(" with ")[0]) == (0, f"{len(TABLES)} tables")
    assert rows_in(tmp_path / "lake", "activities") != []
    again = CliRunner().invoke(main, command)
    assert (again.exit_code, "add --force" in again.stderr) == (2, True)
    forced = json.loads(CliRunner().invoke(main, [*command, "--force", "--json"]).stdout)
    told = json.loads((tmp_path / "lake" / MANIFEST).read_text())
    assert forced["rows"] == told["rows"]
    assert told["rows"]["documents"] == len(rows_in(tmp_path / "lake", "documents"))


def test_without_the_extra_the_command_says_how_to_install_it(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = CliRunner().invoke(main, ["export", "parquet", str(tmp_path / "lake"), "--db", str(tmp_path / "filled.db")])
    assert done.exit_code == 1
    assert "pip install 'goalmap[cluster]'" in " ".join(done.stderr.split())
    assert not (tmp_path / "lake").exists()
