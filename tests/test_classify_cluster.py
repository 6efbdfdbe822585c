"""The engine of Dask on this machine: the results of a serial run, what an earlier run left is used, faults are told of."""

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from goalmap.classify.engines import Means, Serial, cluster, engine, making
from goalmap.classify.engines.cluster import Cluster
from goalmap.classify.engines.making import NotSeen, Place, make_part
from goalmap.classify.engines.parts import Chunk, read_part, write_part
from goalmap.classify.pipeline import FileResult, Settings
from goalmap.extract.memory import Forgetful
from goalmap.ingest.document import Document
from goalmap.ingest.errors import ClusterProblem
from tests.clusters import children_of, eventually, machines, worker_processes
from tests.plugins import stubborn
from tests.test_crashes import state

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

DOCUMENTS = Path(__file__).parent / "data" / "documents"
READ = '"event": "read"'


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(12):
        told = f"News {number}\n\nIn May the Trust took on {number + 7} apprentices aged 16 to 18 at Aire College.\n"
        (folder / f"{number}.txt").write_text(told)
    shutil.copy(DOCUMENTS / "release.eml", folder)
    return sorted(folder.iterdir())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for a scheduler that is not there."""
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 0.2)
    monkeypatch.setitem(cluster.OURS, "distributed.comm.timeouts.connect", "200ms")


@pytest.fixture
def slow(tmp_path: Path) -> dict[str, str]:
    """The variables with which goalmap finds readers that are slow and that kill their worker."""
    return stubborn(tmp_path / "plugin", 0.15)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "parts", ".seen-here")
    made.folder.mkdir()
    (made.folder / made.mark).touch()
    return made


@pytest.fixture
def pool() -> Iterator[None]:
    """Ends the process that `make_part` keeps."""
    yield
    if making._own.pool:
        making._own.pool.close()
        making._own.pool = None


def stand_in(path: Path) -> FileResult:
    return FileResult(Document(str(path), title="From a part"))


def left_by_an_earlier_run(folder: Path, paths: list[Path]) -> Path:
    folder.mkdir(exist_ok=True)
    chunk = Chunk.of(paths, Settings())
    write_part(folder, chunk, ((path, stand_in(path)) for path in paths))
    return folder / chunk.name


@pytest.mark.slow
def test_a_cluster_on_this_machine_gives_what_this_process_gives_and_leaves_no_part(
    tmp_path: Path, files: list[Path]
) -> None:
    runner = engine("dask", Means(2, parts=tmp_path / "parts"))
    assert dict(runner.run(files, Settings())) == dict(Serial().run(files, Settings()))
    runner.saved()
    assert not (tmp_path / "parts").exists()


def test_what_an_earlier_run_left_in_parts_is_used_and_no_worker_is_started(tmp_path: Path, files: list[Path]) -> None:
    left_by_an_earlier_run(tmp_path / "parts", files[:5])
    left_by_an_earlier_run(tmp_path / "parts", files[5:])
    cluster = Cluster(2, tmp_path / "parts", scheduler="tcp://127.0.0.1:1")
    assert dict(cluster.run(files, Settings())) == {path: stand_in(path) for path in files}
    cluster.saved()
    assert not (tmp_path / "parts").exists()


def test_a_part_stays_until_all_of_it_is_saved(tmp_path: Path, files: list[Path]) -> None:
    part = left_by_an_earlier_run(tmp_path / "parts", files)
    cluster = Cluster(2, tmp_path / "parts", scheduler="tcp://127.0.0.1:1")
    results = cluster.run(files, Settings())
    next(results)
    cluster.saved()
    assert part.exists()
    list(results)
    assert part.exists()
    cluster.saved()
    assert not part.exists()


def test_parts_are_kept_where_that_is_asked_for(tmp_path: Path, files: list[Path]) -> None:
    part = left_by_an_earlier_run(tmp_path / "parts", files)
    list(Cluster(2, tmp_path / "parts", "tcp://127.0.0.1:1", keep_parts=True).run(files, Settings()))
    assert part.exists()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("what", ["the file", "the settings", "the part"])
def test_a_part_is_not_used_when_something_changed(tmp_path: Path, files: list[Path], what: str) -> None:
    settings = Settings(("un-sdgs",)) if what == "the settings" else Settings()
    part = left_by_an_earlier_run(tmp_path / "parts", files[:1])
    if what == "the file":
        files[0].write_text("Other news")
    if what == "the part":
        part.write_bytes(part.read_bytes()[:-40])
    with pytest.raises(ClusterProblem, match="No scheduler answers at"):
        list(Cluster(2, tmp_path / "parts", "tcp://127.0.0.1:1").run(files[:1], settings))


@pytest.mark.usefixtures("impatient")
def test_a_part_with_a_damaged_middle_is_used_as_far_as_it_can_be_read(tmp_path: Path, files: list[Path]) -> None:
    part = left_by_an_earlier_run(tmp_path / "parts", files)
    data = bytearray(part.read_bytes())
    data[40:400] = bytes(360)
    part.write_bytes(data)
    found: list[Path] = []
    with pytest.raises(ClusterProblem, match="No scheduler answers at"):
        found.extend(path for path, _ in Cluster(2, tmp_path / "parts", "tcp://127.0.0.1:1").run(files, Settings()))
    assert len(found) < len(files)


def notes(folder: Path) -> Path:
    """A folder of files, each of which takes a while."""
    folder.mkdir()
    for number in range(44):
        (folder / f"{number}.notes").write_text(
            f"News\n\nThe Trust took on {number + 7} apprentices at Aire College.\n"
        )
    return folder


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows ends processes otherwise")
def test_a_killed_worker_and_a_file_that_kills_workers_cost_that_file_and_nothing_else(
    tmp_path: Path, slow: dict[str, str]
) -> None:
    folder = notes(tmp_path / "files")
    with machines(tmp_path, slow) as here:
        assert here.goalmap("ingest", folder, "--engine", "serial", "--db", "serial.db", "-q").ends() == 0
        (folder / "a.venom").write_text("Whoever reads this dies.")
        run = here.goalmap("ingest", folder, "--engine", "dask", "--workers", "2", "--progress", "json")
        run.until(READ)
        os.kill(worker_processes(run)[0], signal.SIGKILL)
        assert run.ends() == 3, run.said
    rows, expected = state(tmp_path / "goalmap.db"), state(tmp_path / "serial.db")
    (failed,) = [row for row in rows["documents"] if dict(row)["path"] == str(folder / "a.venom")]
    assert "ended its worker" in dict(failed)["problem"]
    rows["documents"].remove(failed)
    assert rows == expected
    assert not (tmp_path / "goalmap.db-parts").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows ends processes otherwise")
def test_ctrl_c_ends_a_run_with_its_workers_quietly_and_the_same_command_goes_on(
    tmp_path: Path, slow: dict[str, str]
) -> None:
    folder = notes(tmp_path / "files")
    with machines(tmp_path, slow) as here:
        run = here.goalmap("ingest", folder, "--engine", "dask", "--workers", "2", "--progress", "json")
        run.until(READ)
        everybody = children_of(run.process.pid)
        assert run.interrupt() == 130, run.said
        assert "Traceback" not in run.said
        assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in everybody))
        again = here.goalmap("ingest", folder, "--engine", "dask", "--workers", "2", "--progress", "json")
        assert again.ends() == 0, again.said
        assert again.said.count(READ) < 44
        assert here.goalmap("ingest", folder, "--engine", "serial", "--db", "serial.db", "-q").ends() == 0
    assert state(tmp_path / "goalmap.db") == state(tmp_path / "serial.db")


# What a worker does


def test_a_worker_that_does_not_see_the_parts_says_so_with_its_name_and_the_folder(
    tmp_path: Path, files: list[Path]
) -> None:
    with pytest.raises(ClusterProblem, match=r"worker on .+ cannot see the folder .+elsewhere.+--parts"):
        make_part(Chunk.of(files, Settings()), Place(tmp_path / "elsewhere", ".seen"), Forgetful())


def test_a_worker_that_does_not_see_the_documents_says_so_with_its_name_and_a_path(
    tmp_path: Path, place: Place
) -> None:
    with pytest.raises(NotSeen, match=r"worker on .+ cannot see .+far.txt.+mount"):
        make_part(Chunk.of([tmp_path / "far.txt"], Settings()), place, Forgetful())


def test_a_worker_with_another_goalmap_does_nothing(files: list[Path], place: Place) -> None:
    chunk = replace(Chunk.of(files, Settings()), manner="other circumstances")
    with pytest.raises(ClusterProblem, match="has another goalmap than this machine"):
        make_part(chunk, place, Forgetful())


def test_a_part_that_is_there_is_not_made_again(files: list[Path], place: Place) -> None:
    part = left_by_an_earlier_run(place.folder, files)
    before = part.read_bytes()
    make_part(Chunk.of(files, Settings()), place, Forgetful())
    assert part.read_bytes() == before


@pytest.mark.slow
@pytest.mark.usefixtures("pool")
def test_a_worker_keeps_its_process_from_one_chunk_to_the_next(files: list[Path], place: Place) -> None:
    made: list[tuple[Path, FileResult]] = []
    for paths in (files[:3], files[3:]):
        chunk = Chunk.of(paths, Settings())
        make_part(chunk, place, Forgetful())
        made += read_part(place.folder / chunk.name)
        processes = [worker.process.pid for worker in making._own.pool._crew] if making._own.pool else []
    assert len(processes) == 1
    assert dict(made) == dict(Serial().run(files, Settings()))
    assert [path.name for path in place.folder.glob(".*")] == [place.mark]
