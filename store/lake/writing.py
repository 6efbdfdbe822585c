"""Writes the public tables as Parquet, a folder each, whole or not at all."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from goalmap.ingest.errors import LakeProblem, NotFound, NotInstalled
from goalmap.store.browse.metadata import described_columns
from goalmap.store.carry import now
from goalmap.store.descriptions import TABLES
from goalmap.store.exchange.files import one_moment

if TYPE_CHECKING:
    import pyarrow

MANIFEST = "goalmap-lake.json"
"""Tells what lies in a lake and that it is one of ours, which may be written over."""
FILE = "part-{:05}.parquet"
BATCH = 50_000
"""Rows that are in memory at once, and that other programs read at once."""
BATCHES_A_FILE = 20
TYPES = {
    "string": ("TEXT",),
    "int64": ("INTEGER", "BIGINT"),
    "double": ("REAL", "FLOAT", "DOUBLE PRECISION"),
    "binary": ("BLOB", "BYTEA"),
}
"""The types of Parquet, each with the types of SQLite and PostgreSQL that become it."""


@dataclass(frozen=True, slots=True)
class Lake:
    """What was written: how many rows each table has."""

    folder: Path
    rows: dict[str, int]


def write_lake(db: Database, folder: Path, over: bool = False) -> Lake:
    """Write every public table under the folder; `over`: in place of an earlier lake there.

    Raises NotFound, NotInstalled or LakeProblem.
    """
    if find_spec("pyarrow") is None:
        raise NotInstalled("Writing Parquet", "cluster")
    folder = folder.resolve()
    _check_place(folder, over)
    unfinished = _beside(folder, "unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        lake = Lake(folder, _write_tables(db, unfinished))
        _put_in_place(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return lake


def _check_place(folder: Path, over: bool) -> None:
    if not folder.parent.is_dir():
        raise NotFound(f"There is no folder {str(folder.parent)!r} to write to. Make it first, or choose another one.")
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not (folder / MANIFEST).is_file():
        raise LakeProblem(f"{folder} holds something else. Choose a folder that is not there yet, or an empty one.")
    if not over:
        raise LakeProblem(f"{folder} holds an earlier export. Choose another folder, or add --force to replace it.")


def _beside(folder: Path, state: str) -> Path:
    """A name of our own next to the folder, on the same disk."""
    return folder.with_name(f".{folder.name}.goalmap-{state}")


def _put_in_place(written: Path, folder: Path) -> None:
    earlier = _beside(folder, "earlier")
    shutil.rmtree(earlier, ignore_errors=True)
    if folder.exists():
        folder.rename(earlier)
    written.rename(folder)
    shutil.rmtree(earlier, ignore_errors=True)


def _write_tables(db: Database, folder: Path) -> dict[str, int]:
    folder.mkdir()
    with one_moment(db):
        rows = {name: _write_table(db, name, folder / name) for name in TABLES}
    told = {"made_by": f"goalmap {version('goalmap')}", "made_at": now(), "rows": rows}
    (folder / MANIFEST).write_text(json.dumps(told, indent=2), encoding="utf-8")
    return rows


def _write_table(db: Database, name: str, folder: Path) -> int:
    from pyarrow.parquet import ParquetWriter

    folder.mkdir()
    schema = schema_of(db, name)
    numbered = enumerate(_batches(db, name, schema))
    rows = 0
    for number, batches in groupby(numbered, key=lambda pair: pair[0] // BATCHES_A_FILE):
        with ParquetWriter(folder / FILE.format(number), schema, compression="zstd") as writer:
            for _, batch in batches:
                writer.write_batch(batch)
                rows += batch.num_rows
    return rows


def schema_of(db: Database, table: str) -> "pyarrow.Schema":
    """The columns of a table or view with their types, and what each means."""
    import pyarrow

    types = {name: pyarrow.type_for_alias(alias) for alias, names in TYPES.items() for name in names}
    columns = db[table].columns
    told = described_columns(table, [column.name for column in columns])
    fields = [
        pyarrow.field(
            column.name,
            types[column.type.upper()],
            metadata={"description": told[column.name]} if column.name in told else None,
        )
        for column in columns
    ]
    return pyarrow.schema(fields, metadata={"description": TABLES[table]})


def _batches(db: Database, table: str, schema: "pyarrow.Schema") -> "Iterator[pyarrow.RecordBatch]":
    """The rows, some at a time; of an empty table one empty batch, so that its columns are kept."""
    columns = ", ".join(f'"{name}"' for name in schema.names)
    cursor = db.execute(f'select {columns} from "{table}"')
    rows = cursor.fetchmany(BATCH)
    yield _batch(table, rows, schema)
    while rows := cursor.fetchmany(BATCH):
        yield _batch(table, rows, schema)


def _batch(table: str, rows: list[tuple[Any, ...]], schema: "pyarrow.Schema") -> "pyarrow.RecordBatch":
    import pyarrow

    values = list(zip(*rows, strict=True)) or [()] * len(schema)
    columns = [_column(table, field, some) for field, some in zip(schema, values, strict=True)]
    return pyarrow.RecordBatch.from_arrays(columns, schema=schema)


def _column(table: str, field: "pyarrow.Field", values: tuple[Any, ...]) -> "pyarrow.Array":
    import pyarrow

    try:
        return pyarrow.array(values, type=field.type)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError) as error:
        raise LakeProblem(
            f"Column {field.name} of table {table} holds a value that is not of its type ({field.type}): {error}. "
            "Something other than goalmap wrote to the database; mend the value and export again."
        ) from error
