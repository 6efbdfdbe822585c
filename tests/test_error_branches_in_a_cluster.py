"""What a run says of a scheduler whose workers never came, or went away."""

import os
import signal
from pathlib import Path

import pytest

from goalmap.classify.engines import cluster
from goalmap.classify.engines.cluster import Cluster
from goalmap.classify.pipeline import Settings
from goalmap.ingest.errors import ClusterProblem
from tests.clusters import machines

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="Windows ends processes otherwise"),
]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """More than is read in a moment."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(8000):
        (folder / f"{number}.txt").write_text(f"The Trust took on {number + 7} apprentices at Aire College.\n")
    return sorted(folder.iterdir())


def test_a_scheduler_that_never_had_a_worker_is_told_of(
    tmp_path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_FOR_A_WORKER", 0.5)
    with machines(tmp_path) as here:
        _, address = here.up(0)
        with pytest.raises(ClusterProblem, match=r"has no worker\. Start some with: goalmap cluster join tcp://"):
            list(Cluster(1, tmp_path / "parts", scheduler=address).run(files, Settings(())))


def test_a_scheduler_that_has_no_worker_any_more_is_told_of(
    tmp_path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_WITHOUT_WORKERS", 1.0)
    with machines(tmp_path) as here:
        scheduler, address = here.up(0)
        joined = here.join(address, 1)
        scheduler.until(r"1 in all\n")
        results = Cluster(1, tmp_path / "parts", scheduler=address).run(files, Settings(()))
        next(results)
        os.killpg(joined.process.pid, signal.SIGKILL)
        with pytest.raises(ClusterProblem, match=r"has no worker any more\. Start some and run the same command"):
            list(results)
