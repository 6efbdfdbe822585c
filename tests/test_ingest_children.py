"""Processes that are begun apart from the current folder, and what is left of it in our own environment."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest

from goalmap.ingest.children import SAFE_PATH, apart

IMPORT = "import among_the_documents"


def ends(folder: Path) -> int:
    return subprocess.run([sys.executable, "-c", IMPORT], cwd=folder, capture_output=True).returncode


def test_a_module_in_the_current_folder_is_found_outside_but_not_within(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SAFE_PATH, raising=False)
    (tmp_path / "among_the_documents.py").touch()
    with apart():
        assert ends(tmp_path) == 1
    assert ends(tmp_path) == 0


@pytest.mark.parametrize("before", [None, "", "yes"])
def test_afterwards_the_environment_is_as_it_was(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SAFE_PATH, raising=False)
    if before is not None:
        monkeypatch.setenv(SAFE_PATH, before)
    with pytest.raises(RuntimeError, match="inside"), apart(), apart():
        raise RuntimeError("inside")
    assert os.environ.get(SAFE_PATH) == before


def test_of_several_threads_the_last_to_leave_restores_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SAFE_PATH, raising=False)
    inside, seen = Barrier(2), []

    def stay() -> None:
        with apart():
            inside.wait(10)
            inside.wait(10)
        seen.append(os.environ.get(SAFE_PATH))

    thread = Thread(target=stay)
    with apart():
        thread.start()
        inside.wait(10)
    seen.append(os.environ.get(SAFE_PATH))
    inside.wait(10)
    thread.join()
    assert seen == ["1", None]


def test_what_else_the_environment_shall_say_is_said_within_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAID_BEFORE", "much")
    monkeypatch.delenv("NOT_SAID", raising=False)
    with apart(SAID_BEFORE="little", NOT_SAID="now"):
        assert (os.environ["SAID_BEFORE"], os.environ["NOT_SAID"]) == ("little", "now")
    assert (os.environ["SAID_BEFORE"], "NOT_SAID" in os.environ) == ("much", False)
