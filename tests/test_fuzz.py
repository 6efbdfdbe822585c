"""A bounded run of the fuzzer over each reader; what longer runs find becomes a test of its reader."""

from pathlib import Path

import pytest

from goalmap.ingest.document import Status
from goalmap.ingest.read import read_document
from tests import fuzz


@pytest.mark.slow
@pytest.mark.parametrize("sample", fuzz.samples(), ids=lambda path: path.name)
def test_no_spoilt_file_crashes_hangs_or_gives_passages_that_break_the_rules(sample: Path) -> None:
    count, found = fuzz.fuzz([sample], seconds=6, seed=20)
    assert count > 5
    assert [(finding.name, finding.fault) for finding in found] == []


@pytest.mark.parametrize("sample", fuzz.samples(), ids=lambda path: path.name)
def test_a_sample_as_it_is_has_no_fault(sample: Path) -> None:
    document = read_document(sample)
    assert document.status is Status.OK
    assert list(fuzz.faults_of(document)) == []
