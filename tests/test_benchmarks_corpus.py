"""The corpus that benchmarks run on: files that open, texts that differ, copies at the rate asked for."""

import hashlib
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.corpus.__main__ import main, write_document
from benchmarks.corpus.stories import Wanted
from benchmarks.corpus.writers import WRITERS
from goalmap.ingest.document import Document, Kind, Status
from goalmap.ingest.read import read_document
from goalmap.ingest.watch import Limits, Watch

EVERY = frozenset(WRITERS)


def written(folder: Path, wanted: Wanted, formats: frozenset[str] = EVERY) -> list[Path]:
    write = partial(write_document, folder, wanted, formats)
    for number in range(wanted.documents):
        write(number)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def read(path: Path) -> Document:
    return read_document(path, Watch.over(Limits()))


def bodies(path: Path) -> set[str]:
    return {passage.text for passage in read(path).passages if passage.kind is Kind.BODY}


@pytest.mark.parametrize("ending", sorted(EVERY))
def test_every_file_opens_and_holds_passages(tmp_path: Path, ending: str) -> None:
    paths = written(tmp_path, Wanted(3, copies=0.0), frozenset({ending}))
    documents = [read(path) for path in paths]
    assert [document.status for document in documents] == [Status.OK] * 3
    assert all(document.words > 100 for document in documents)


def test_texts_differ(tmp_path: Path) -> None:
    """Only what a publisher says of itself stands in several documents."""
    paths = written(tmp_path, Wanted(10, copies=0.0))
    told = Counter(text for path in paths for text in bodies(path) if len(text.split()) > 15)
    assert len(paths) == 10
    assert sum(count == 1 for count in told.values()) > 0.9 * len(told)


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    def sums(name: str, seed: int) -> list[str]:
        paths = written(tmp_path / name, Wanted(6, seed))
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]

    assert sums("one", 1) == sums("again", 1)
    assert not set(sums("one", 1)) & set(sums("other", 2))


def test_copies_come_at_the_rate_asked_for_and_some_are_exact(tmp_path: Path) -> None:
    paths = written(tmp_path, Wanted(120, copies=0.3, pages=1.0), frozenset({"txt"}))
    copies = [path for path in paths if path.parent.name in ("copies", "elsewhere")]
    exact = {path.read_bytes() for path in copies if path.parent.name == "copies"}
    assert 0.2 < len(copies) / len(paths) < 0.4
    assert exact
    assert exact <= {path.read_bytes() for path in paths if path not in copies}


def test_a_near_copy_says_most_of_what_another_says(tmp_path: Path) -> None:
    paths = written(tmp_path, Wanted(30, copies=0.3, pages=1.0), frozenset({"txt"}))
    told = {path: bodies(path) for path in paths}
    for near in (path for path in paths if path.parent.name == "elsewhere"):
        shared = max(len(told[near] & told[other]) for other in paths if other != near)
        assert shared >= 0.7 * len(told[near])


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    told = CliRunner().invoke(main, [str(folder), "--documents", "4", "--kinds", "txt,html", "--workers", "1"])
    assert told.exit_code == 0, told.output
    assert "4 documents" in told.output
    assert {path.suffix for path in folder.rglob("*.*")} <= {".txt", ".html"}


def test_a_format_that_is_not_known_is_refused(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, [str(tmp_path / "made"), "--kinds", "pdf,odt"])
    assert told.exit_code != 0
    assert "no format called odt" in told.output
