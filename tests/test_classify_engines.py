"""Engines: the same results in one process or several; a worker that dies costs its file and nothing else."""

import os
import signal
from pathlib import Path

import pytest

from goalmap.classify import engines
from goalmap.classify.engines import Processes, Serial, engine
from goalmap.classify.pipeline import FileResult, Settings
from goalmap.ingest.document import Document, Status
from goalmap.ingest.errors import ModelProblem, UnknownName
from goalmap.ingest.watch import Limits, Watch


def quick(path: Path, settings: Settings, watch: Watch | None = None) -> FileResult:
    """Stands in for the pipeline: files named for what they do to their reader."""
    assert watch is None or watch.may("text")
    if path.name == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name == "hang":
        signal.pause()
    if path.name == "broken-installation":
        raise ModelProblem("The model is missing.")
    return FileResult(Document(str(path)))


@pytest.fixture
def quick_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forked workers, so that the stand-in is there too."""
    from multiprocessing import get_context

    monkeypatch.setattr(engines, "analyse", quick)
    monkeypatch.setattr(engines, "prepare", lambda settings: None)
    monkeypatch.setattr(engines, "get_context", lambda method: get_context("fork"))


def test_an_unknown_engine_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="There are: serial, processes"):
        engine("spark", 2)


@pytest.mark.usefixtures("quick_pipeline")
def test_every_path_has_one_result_whatever_the_number_of_workers() -> None:
    paths = [Path(f"{number}.txt") for number in range(20)]
    for runner in (Serial(), Processes(1), Processes(3), Processes(30)):
        assert sorted(path for path, _ in runner.run(paths, Settings())) == sorted(paths)


@pytest.mark.usefixtures("quick_pipeline")
def test_no_path_means_no_worker() -> None:
    assert list(Processes(2).run([], Settings())) == []


@pytest.mark.usefixtures("quick_pipeline")
def test_a_file_that_kills_its_worker_is_failed_and_all_others_are_read() -> None:
    paths = [Path("a"), Path("crash"), Path("b"), Path("c")]
    results = dict(Processes(1).run(paths, Settings()))
    assert results[Path("crash")].document.status is Status.FAILED
    assert "ended its worker" in (results[Path("crash")].document.problem or "")
    assert [results[path].document.status for path in (paths[0], paths[2], paths[3])] == [Status.OK] * 3


@pytest.mark.usefixtures("quick_pipeline")
def test_a_file_that_hangs_is_stopped_and_all_others_are_read() -> None:
    results = dict(Processes(2).run([Path("hang"), Path("a"), Path("b")], Settings(limits=Limits(step_seconds=0.5))))
    assert results[Path("hang")].document.status is Status.FAILED
    assert "takes too long" in (results[Path("hang")].document.problem or "")
    assert results[Path("b")].document.status is Status.OK


@pytest.mark.usefixtures("quick_pipeline")
def test_a_broken_installation_ends_the_run_with_its_message() -> None:
    with pytest.raises(ModelProblem, match="The model is missing"):
        list(Processes(1).run([Path("broken-installation")], Settings()))


@pytest.mark.slow
def test_real_workers_give_what_this_process_gives(tmp_path: Path) -> None:
    paths = []
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_text(
            f"A headline about number {number}\n\nIn May the Trust took on {number + 7} apprentices aged 16 to 18 at Aire College.\n"
        )
        paths.append(path)
    assert dict(Processes(2).run(paths, Settings())) == dict(Serial().run(paths, Settings()))
