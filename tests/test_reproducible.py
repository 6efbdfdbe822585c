"""The same tree gives the same wheel, source archive and models, byte for byte, wherever and whenever they are made."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from goalmap.classify.model.features import Terms
from goalmap.classify.model.file import read_state, written_state
from goalmap.classify.model.model import as_bytes, load_model
from goalmap.classify.model.regression import Regression
from releasing.building import build_from, clean_copy

MODELS = Path(__file__).parent.parent / "models"
SMALL = "nhs-anchor"
LONG_AGO = 1_000_000_000
TRAIN = """
import sys
from pathlib import Path
from goalmap.classify.goals import frameworks
from goalmap.classify.model.training import write
write(frameworks.load(sys.argv[1]), Path(sys.argv[2]))
"""


@contextmanager
def elsewhere(monkeypatch: pytest.MonkeyPatch, umask: int, zone: str, seed: str) -> Iterator[None]:
    """A machine that is set up in another way."""
    before = os.umask(umask)
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setenv("PYTHONHASHSEED", seed)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.slow
def test_two_builds_of_one_tree_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = clean_copy(tmp_path / "here")
    there = shutil.copytree(here, tmp_path / "there in a folder with a longer name")
    for path in there.rglob("*"):
        path.chmod(0o700)
        os.utime(path, (LONG_AGO, LONG_AGO))
    with elsewhere(monkeypatch, 0o022, "UTC", "1"):
        one = build_from(here, tmp_path / "one")
    with elsewhere(monkeypatch, 0o077, "Pacific/Auckland", "2"):
        other = build_from(there, tmp_path / "other")
    assert (one.wheel.name, one.source.name) == (other.wheel.name, other.source.name)
    assert one.wheel.read_bytes() == other.wheel.read_bytes()
    assert one.source.read_bytes() == other.source.read_bytes()


@pytest.mark.slow
def test_the_same_passages_give_the_same_model_to_the_byte(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        (folder := tmp_path / seed).mkdir()
        subprocess.run(
            [sys.executable, "-c", TRAIN, SMALL, str(folder)],
            check=True,
            timeout=1_200,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]
    assert made[0].keys() == {f"{SMALL}.skops", f"{SMALL}.card.json"}


def test_a_state_is_written_in_the_same_bytes_and_tells_no_time() -> None:
    def state() -> dict[str, object]:
        weights = np.arange(6.0).reshape(2, 3)
        regression = Regression(weights, np.array([0.5, 0.25]), np.array([0, 1]))
        return {"heads": [regression, None], "terms": Terms(("a", "b"), np.ones(2)), "same": [weights, weights]}

    one = written_state(state())
    kept = [bytearray(1_000) for _ in range(100)]  # what is made next lies elsewhere in memory
    assert written_state(state()) == one
    assert len(kept) == 100
    again = read_state(one, "again")
    assert np.array_equal(again["same"][0], again["same"][1])


@pytest.mark.parametrize("name", sorted(path.stem for path in MODELS.glob("*.skops")))
def test_a_shipped_model_that_is_written_again_is_the_same_bytes(name: str) -> None:
    assert as_bytes(load_model(name)) == (MODELS / f"{name}.skops").read_bytes()
