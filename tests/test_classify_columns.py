"""Parts of a cluster's run: what is written as Parquet is read back as it was, and other programs can read it."""

import doctest
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalmap.classify.engines import columns, parts
from goalmap.classify.engines.columns import type_of
from goalmap.classify.engines.parts import Chunk, Row, Source, finished, read_part, write_part
from goalmap.classify.manner import Manner
from goalmap.classify.pipeline import FileResult, Settings
from goalmap.classify.proposals import Candidate, Proposal
from goalmap.extract.names import Names
from goalmap.ingest.document import Document, Status

pq = pytest.importorskip("pyarrow.parquet")

TEXT = st.text(st.characters(codec=None), max_size=8)  # lone surrogates too, as in the names of some files
WHOLE = st.integers(-(2**63), 2**63 - 1)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, WHOLE)
st.register_type_strategy(float, st.floats(allow_nan=False))
DOCUMENTS = st.builds(Document, path=TEXT, status=st.sampled_from(Status), parts=st.just(()))
PROPOSALS = st.lists(st.builds(Proposal), max_size=2).map(tuple)
CANDIDATES = st.lists(st.builds(Candidate), max_size=2).map(tuple)
FLAT = st.builds(FileResult, DOCUMENTS, st.builds(Names), PROPOSALS, CANDIDATES, st.just(()))
RESULTS = st.recursive(
    FLAT,
    lambda inside: st.builds(
        lambda outer, parts: replace(outer, parts=tuple(parts)), FLAT, st.lists(inside, max_size=3)
    ),
    max_leaves=4,
)


def chunk_of(*paths: Path) -> Chunk:
    return Chunk.of(paths, Settings())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(results=st.lists(RESULTS, max_size=4))
def test_every_result_is_read_back_as_it_was_written(tmp_path: Path, results: list[FileResult]) -> None:
    named = [(Path(f"{number}.txt"), result) for number, result in enumerate(results)]
    chunk = chunk_of(*(path for path, _ in named))
    write_part(tmp_path, chunk, named)
    assert list(read_part(tmp_path / chunk.name)) == named


def test_more_files_than_are_written_at_once_are_all_there_in_order(tmp_path: Path) -> None:
    named = [
        (Path(f"{n}.zip"), FileResult(Document(f"{n}.zip"), parts=(FileResult(Document(f"{n}.zip/a")),)))
        for n in range(150)
    ]
    chunk = chunk_of(*(path for path, _ in named))
    write_part(tmp_path, chunk, named)
    assert list(read_part(tmp_path / chunk.name)) == named


def test_a_part_is_a_table_of_documents_for_other_programs(tmp_path: Path) -> None:
    named = [(Path("a.txt"), FileResult(Document("a.txt", title="News", publisher="Severnholme Trust")))]
    write_part(tmp_path, chunk := chunk_of(Path("a.txt")), named)
    table = pq.read_table(tmp_path / chunk.name)
    assert table.column_names == ["file", "depth", "document", "names", "proposals", "candidates"]
    assert table.flatten().column("document.title").to_pylist() == ["News"]


def test_a_part_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> "list[tuple[Path, FileResult]]":
        raise OSError("The disk is full.")

    with pytest.raises(OSError, match="disk is full"):
        write_part(tmp_path, chunk_of(Path("a.txt")), (result for _ in range(1) for result in broken()))
    assert list(tmp_path.iterdir()) == []


def test_a_chunk_is_named_by_its_files_as_they_are_and_by_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("News")
    before = chunk_of(file)
    assert chunk_of(file).id == before.id
    assert Chunk.of([file], Settings(manner=Manner("topics"))).id != before.id
    file.write_text("Other news")
    assert chunk_of(file).id != before.id


def test_finished_parts_are_those_of_the_settings_that_can_be_read(tmp_path: Path) -> None:
    chunk = chunk_of(Path("a.txt"))
    write_part(tmp_path, chunk, [(Path("a.txt"), FileResult(Document("a.txt")))])
    (tmp_path / "part-damaged.parquet").write_bytes(b"PAR1 nothing")
    assert list(finished(tmp_path, Settings())) == [(tmp_path / chunk.name, frozenset({Source("a.txt", 0, 0)}))]
    assert list(finished(tmp_path, Settings(("un-sdgs",)))) == []


@given(files=st.integers(1, 40), pieces=st.integers(2, 12))
def test_a_chunk_that_is_cut_loses_no_file(files: int, pieces: int) -> None:
    chunk = chunk_of(*(Path(f"{number}.txt") for number in range(files)))
    cut = chunk.split(pieces)
    assert [source for piece in cut for source in piece.sources] == list(chunk.sources)
    assert len(cut) <= pieces
    assert files == 1 or len(cut) > 1


@dataclass(frozen=True, slots=True)
class This:
    either: int | str


@dataclass(frozen=True, slots=True)
class That:
    both: tuple[int, str]


@pytest.mark.parametrize("shape", [This, That, complex])
def test_what_no_column_can_hold_is_refused(shape: type) -> None:
    with pytest.raises(TypeError, match="No column holds"):
        type_of(shape)


def test_every_row_has_columns() -> None:
    assert {"file", "depth", "document", "names"} <= {field.name for field in type_of(Row)}


@pytest.mark.parametrize("module", [columns, parts])
def test_documented_examples_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]  # they are modules
