"""Parts: the results of a chunk of files in a Parquet file that is named by what it was made of, there whole or not at all."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from goalmap.classify.engines.columns import members, read, type_of, written
from goalmap.classify.pipeline import FileResult, Settings, digest
from goalmap.extract.names import Names
from goalmap.ingest.document import Document

if TYPE_CHECKING:
    import pyarrow

    from goalmap.classify.proposals import Candidate, Proposal

TOLD = b"goalmap"
"""Under which a part says what it was made of."""
AT_ONCE = 64
"""Files whose results are written, and read, together."""

Result = tuple[Path, FileResult]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was when the run began."""

    path: str
    size: int
    modified: int

    @classmethod
    def at(cls, path: Path) -> "Source":
        """The file at a path; one that is not there is told apart by nothing else."""
        with suppress(OSError, ValueError):
            info = path.lstat()
            return cls(str(path), info.st_size, info.st_mtime_ns)
        return cls(str(path), 0, 0)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Files that are read in one go, and how."""

    sources: tuple[Source, ...]
    settings: Settings
    manner: str
    """All of the settings that decides what a file gives, as it is where the chunk was put together."""

    @classmethod
    def of(cls, paths: Iterable[Path], settings: Settings) -> "Chunk":
        return cls(tuple(map(Source.at, paths)), settings, manner_of(settings))

    @property
    def id(self) -> str:
        """The same for the same files and settings, whoever reads them."""
        return digest([self.manner, sorted(map(astuple, self.sources))])

    @property
    def fingerprint(self) -> str:
        """That of the settings, as it is where the chunk was put together."""
        return self.manner.split()[0]

    @property
    def name(self) -> str:
        return f"part-{self.id}.parquet"

    @property
    def paths(self) -> list[Path]:
        return [Path(source.path) for source in self.sources]

    def split(self, pieces: int) -> "list[Chunk]":
        """The same files in so many chunks, as far as there are so many."""
        size = max(1, -(-len(self.sources) // pieces))
        starts = range(0, len(self.sources), size)
        return [replace(self, sources=self.sources[start : start + size]) for start in starts]


def manner_of(settings: Settings) -> str:
    """All of the settings that decides what a file gives on this machine."""
    return f"{settings.fingerprint} {settings.circumstances}"


@dataclass(frozen=True, slots=True)
class Row:
    """One document in a part: a file, or at some depth a file in the file of the last row above that is less deep."""

    file: str
    depth: int
    document: Document
    names: Names
    proposals: "tuple[Proposal, ...]"
    candidates: "tuple[Candidate, ...]"


def write_part(folder: Path, chunk: Chunk, results: Iterable[Result], mark: str = ".unfinished") -> None:
    """Write the chunk's part, with a name of its own that begins with the mark until it is whole. Raises OSError."""
    from pyarrow.parquet import ParquetWriter

    unfinished = folder / f"{mark}.{uuid4().hex}"
    try:
        with ParquetWriter(unfinished, _schema(chunk), compression="zstd", compression_level=1) as writer:
            waiting = iter(results)
            while some := list(islice(waiting, AT_ONCE)):
                writer.write_batch(_batch(some, writer.schema))
        os.replace(unfinished, folder / chunk.name)
    finally:
        unfinished.unlink(missing_ok=True)


def _schema(chunk: Chunk) -> "pyarrow.Schema":
    import pyarrow

    told = {"manner": chunk.manner, "sources": [astuple(source) for source in chunk.sources]}
    return pyarrow.schema(type_of(Row)).with_metadata({TOLD: json.dumps(told)})


def _batch(results: Sequence[Result], schema: "pyarrow.Schema") -> "pyarrow.RecordBatch":
    import pyarrow

    rows = [row for path, result in results for row in _rows(str(path), result)]
    return pyarrow.RecordBatch.from_arrays(written(Row, rows).flatten(), schema=schema)


def _rows(file: str, result: FileResult, depth: int = 0) -> Iterator[Row]:
    yield Row(file, depth, result.document, result.names, result.proposals, result.candidates)
    for part in result.parts:
        yield from _rows(file, part, depth + 1)


def read_part(path: Path) -> Iterator[Result]:
    """Each file's result, in the order in which they were written. Raises OSError or ValueError."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        waiting: list[Row] = []
        for number in range(file.num_row_groups):
            for batch in file.iter_batches(row_groups=[number]):
                columns = (read(shape, batch.column(name)) for name, shape in members(Row))
                waiting.extend(map(Row, *columns))
            yield from _results(waiting)
            waiting = []


def _results(rows: Sequence[Row]) -> Iterator[Result]:
    starts = [place for place, row in enumerate(rows) if row.depth == 0]
    for start, end in pairwise([*starts, len(rows)]):
        yield Path(rows[start].file), _result(rows[start:end])


def _result(rows: Sequence[Row]) -> FileResult:
    """The result that the first row begins and the deeper ones below it belong to."""
    own, *inside = rows
    starts = [place for place, row in enumerate(inside) if row.depth == own.depth + 1]
    parts = (_result(inside[start:end]) for start, end in pairwise([*starts, len(inside)]))
    return FileResult(own.document, own.names, own.proposals, own.candidates, tuple(parts))


def finished(folder: Path, settings: Settings) -> Iterator[tuple[Path, frozenset[Source]]]:
    """The parts in a folder that were made with these settings, each with the files that it holds."""
    for path in sorted(folder.glob("part-*.parquet")):
        told = _told(path)
        if told.get("manner") == manner_of(settings):
            yield path, frozenset(Source(*source) for source in told["sources"])


def _told(path: Path) -> dict[str, Any]:
    """What a part was made of; nothing where it cannot be read."""
    from pyarrow.parquet import read_schema

    try:
        told: dict[str, Any] = json.loads(read_schema(path).metadata[TOLD])
        return told
    except (OSError, ValueError, KeyError, TypeError):
        return {}
