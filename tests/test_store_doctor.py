"""What is installed and what is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from goalmap.report.wording import check_lines
from goalmap.store import doctor
from goalmap.store.demo import demo_in
from goalmap.store.doctor import Check, examine


def test_this_installation_is_well(tmp_path: Path) -> None:
    checks = list(examine(tmp_path))
    assert [check.name for check in checks if not check.ok and not check.optional] == []
    assert {"Python", "SQLite", "Name tagger", "Framework purpose-goals"} <= {check.name for check in checks}
    assert list(check_lines(checks))[-1] == "All is well."
    assert not list(tmp_path.iterdir())


def test_a_check_that_breaks_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def _network(folder: Path) -> Iterator[Check]:
        raise RuntimeError("no route")
        yield

    monkeypatch.setattr(doctor, "CHECKS", (_network,))
    (check,) = examine(tmp_path)
    assert (check.name, check.ok, check.detail) == ("network", False, "RuntimeError: no route")
    assert list(check_lines([check]))[-1] == "1 thing to mend, marked NO."


def test_a_demonstration_never_writes_over_a_queue(tmp_path: Path) -> None:
    first = demo_in(tmp_path / "demo")
    assert any(first.examples.glob("*.pdf"))
    first.queue.write_text("answers")
    assert demo_in(tmp_path / "demo").queue.name == "queue-2.csv"
