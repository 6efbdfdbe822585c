"""A bounded run of the fuzzer over each reader, and what longer runs found, kept so that it is found no more."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from goalmap.ingest.read import read_document

FOUND = Path(__file__).parent / "data" / "found"


def _fuzzer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).with_name("fuzz.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


fuzz = _fuzzer()


@pytest.mark.slow
@pytest.mark.parametrize("sample", fuzz.samples(), ids=lambda path: path.name)
def test_no_spoilt_file_crashes_hangs_or_gives_passages_that_break_the_rules(sample: Path) -> None:
    count, found = fuzz.fuzz([sample], seconds=6, seed=20)
    assert count > 5
    assert [(finding.name, finding.fault) for finding in found] == []


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()) if FOUND.is_dir() else [], ids=lambda path: path.name)
def test_what_was_found_before_is_read_by_the_rules(path: Path) -> None:
    assert list(fuzz.faults_of(read_document(path))) == []
