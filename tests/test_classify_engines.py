"""Engines: the same results in one process or several, together or one by one; a worker that dies costs its file and no more."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalmap.classify import pipeline
from goalmap.classify.engines import Means, Processes, Serial, engine, processes, serial, worker
from goalmap.classify.engines.jobs import AT_ONCE, Agenda
from goalmap.classify.engines.processes import AT_HAND
from goalmap.classify.pipeline import FileResult, Settings, analyse, analyse_together
from goalmap.extract import memory
from goalmap.ingest.document import Document, Status
from goalmap.ingest.errors import GoalmapError, ModelProblem, UnknownName
from goalmap.ingest.watch import Limits, Tell, Watch, nobody

DOCUMENTS = Path(__file__).parent / "data" / "documents"


def quick(path: Path, settings: Settings, watch: Watch | None = None) -> FileResult:
    """Stands in for the pipeline: files named for what they do to their reader."""
    assert watch is None or watch.may("text")
    if path.name == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name == "hang":
        signal.pause()
    if path.name == "broken-installation":
        raise ModelProblem("The model is missing.")
    if path.name == "unknown-framework":
        raise UnknownName("framework", "purpose", ["purpose-goals"])
    if path.is_absolute():
        path.with_suffix(".read").write_text(f"{os.getpid()} {os.environ.get('OMP_NUM_THREADS')}")
    return FileResult(Document(str(path)))


def quick_together(paths: Iterable[Path], settings: Settings, tell: Tell = nobody) -> Iterator[FileResult]:
    return (quick(path, settings, Watch.over(settings.limits, tell=tell)) for path in paths)


@pytest.fixture
def quick_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forked workers, so that the stand-in is there too."""
    monkeypatch.setattr(worker, "analyse", quick)
    monkeypatch.setattr(worker, "analyse_together", quick_together)
    monkeypatch.setattr(serial, "analyse_together", quick_together)
    monkeypatch.setattr(worker, "prepare", lambda settings: None)
    monkeypatch.setattr(processes, "get_context", lambda _: get_context("fork"))
    # a fork begins with all the memory that the tests before it have laid claim to
    monkeypatch.setattr(worker, "limit_memory", lambda most: None)


def test_an_unknown_engine_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="There are: serial, processes"):
        engine("spark", Means(2))


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
    results = dict(Processes(2).run([Path("hang"), Path("a"), Path("b")], Settings(limits=Limits(step_seconds=1.5))))
    assert results[Path("hang")].document.status is Status.FAILED
    assert "takes too long" in (results[Path("hang")].document.problem or "")
    assert results[Path("b")].document.status is Status.OK


@pytest.mark.usefixtures("quick_pipeline")
def test_a_broken_installation_ends_the_run_with_its_message() -> None:
    with pytest.raises(ModelProblem, match="The model is missing"):
        list(Processes(1).run([Path("broken-installation")], Settings()))


@pytest.mark.usefixtures("quick_pipeline")
def test_an_error_of_any_kind_ends_the_run_with_its_message_and_exit_code() -> None:
    with pytest.raises(GoalmapError, match="No framework is called 'purpose'") as raised:
        list(Processes(1).run([Path("unknown-framework")], Settings()))
    assert raised.value.exit_code == UnknownName.exit_code


@pytest.mark.usefixtures("quick_pipeline")
def test_files_that_kill_and_hang_among_many_cost_nothing_but_themselves() -> None:
    paths = [*(Path(f"{number}.txt") for number in range(30)), Path("a/crash"), Path("b/crash"), Path("hang")]
    random.Random(5).shuffle(paths)
    results = dict(Processes(3).run(paths, Settings(limits=Limits(step_seconds=1.5))))
    failed = {path for path, result in results.items() if result.document.status is Status.FAILED}
    assert results.keys() == set(paths)
    assert failed == {Path("a/crash"), Path("b/crash"), Path("hang")}


@pytest.mark.usefixtures("quick_pipeline")
def test_results_do_not_pile_up_while_nobody_takes_them(tmp_path: Path) -> None:
    """A worker goes on with the one job that it has beside the one whose results are not taken, and then waits."""
    results = Processes(1).run([tmp_path / f"{number}.txt" for number in range(400)], Settings())
    next(results)
    time.sleep(1.5)
    assert 1 <= len(list(tmp_path.glob("*.read"))) <= AT_HAND * AT_ONCE.most
    assert len(list(results)) == 399


@pytest.mark.usefixtures("quick_pipeline")
def test_each_worker_computes_in_one_thread_and_leaves_the_environment_as_it_was(tmp_path: Path) -> None:
    before = dict(os.environ)
    list(Processes(2).run([tmp_path / "a.txt"], Settings()))
    assert (tmp_path / "a.read").read_text().split()[1] == "1"
    assert dict(os.environ) == before


@pytest.mark.usefixtures("quick_pipeline")
def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "hang"]
    parent = get_context("fork").Process(target=lambda: list(Processes(1).run(paths, Settings())))
    parent.start()
    until(lambda: (tmp_path / "a.read").exists())
    worker_id = int((tmp_path / "a.read").read_text().split()[0])
    parent.kill()
    parent.join()
    until(lambda: is_gone(worker_id))


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(3000):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen in five minutes.")


def is_gone(process: int) -> bool:
    """Whether a process has ended, be it that nobody has asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    sizes=st.lists(st.sampled_from([0, 10, 2_000, 300_000, 499_999, 500_001, 9_000_000]), max_size=60),
    workers=st.integers(1, 40),
)
def test_an_agenda_gives_every_file_once_and_little_at_a_time(tmp_path: Path, sizes: list[int], workers: int) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(len(sizes))]
    for path, size in zip(paths, sizes, strict=True):
        with path.open("wb") as file:
            file.truncate(size)
    agenda = Agenda(paths, workers)
    assert 1 <= agenda.workers <= workers
    jobs = []
    while agenda:
        jobs.append(agenda.take())
    assert sorted(path for job in jobs for path in job.paths) == sorted(paths)
    for job in jobs:
        assert 1 <= len(job.paths) <= AT_ONCE.most
        assert len(job.paths) == 1 or sum(path.stat().st_size for path in job.paths) <= AT_ONCE.most_bytes


def test_the_last_jobs_are_small_so_that_workers_end_together() -> None:
    agenda = Agenda([Path(f"{number}.txt") for number in range(300)], 2)
    sizes = []
    while agenda:
        sizes.append(len(agenda.take().paths))
    assert sizes[0] == AT_ONCE.most
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] <= AT_ONCE.fewest


@pytest.fixture(scope="module")
def alone() -> dict[Path, FileResult]:
    """What each of some files gives by itself."""
    paths = [path for path in sorted(DOCUMENTS.iterdir()) if path.suffix in (".txt", ".eml", ".md", ".docx", ".zip")]
    return {path: analyse(path, Settings()) for path in paths}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_files_that_are_read_together_give_what_each_gives_by_itself(
    alone: dict[Path, FileResult], data: st.DataObject
) -> None:
    paths = data.draw(st.permutations(list(alone)))
    words = data.draw(st.sampled_from([1, 300, 20_000]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "WORDS_TOGETHER", words)
        memory.forget()
        assert dict(zip(paths, analyse_together(paths, Settings()), strict=True)) == alone


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
