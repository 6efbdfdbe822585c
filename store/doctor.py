"""What is installed, what is verified, what is missing: one check a line, each with what to do."""

import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

from goalmap.classify.encoders import tuned
from goalmap.classify.goals import frameworks
from goalmap.classify.model.cards import card
from goalmap.classify.model.model import load_model
from goalmap.extract.tagger.model import card as tagger_card
from goalmap.extract.tagger.model import load_model as load_name_tagger
from goalmap.extract.tagger.model import model_report
from goalmap.ingest.errors import GoalmapError
from goalmap.ingest.pdf import ocr
from goalmap.ingest.readers import READERS, by_suffix, readers

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `optional` things may be missing."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    optional: bool = False


def examine(folder: Path) -> Iterator[Check]:
    """All checks, one after another; `folder` is where a database would be made."""
    for check in CHECKS:
        try:
            yield from check(folder)
        except Exception as error:  # a broken installation may raise anything, and is what this is for
            yield Check(
                check.__name__.removeprefix("_"),
                False,
                f"{type(error).__name__}: {error}",
                "Install goalmap again in a new environment.",
            )


def _python(folder: Path) -> Iterator[Check]:
    yield Check(
        "Python", sys.version_info >= OLDEST_PYTHON, platform.python_version(), "goalmap needs Python 3.11 or later."
    )
    yield Check("goalmap", True, version("goalmap"))


def _sqlite(folder: Path) -> Iterator[Check]:
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {row[0] for row in connection.execute("pragma compile_options")}
    yield Check(
        "SQLite", sqlite3.sqlite_version_info >= (3, 37), sqlite3.sqlite_version, "goalmap needs SQLite 3.37 or later."
    )
    yield Check("SQLite full-text search", "ENABLE_FTS5" in options, "FTS5", "Use a Python whose SQLite has FTS5.")


def _packages(folder: Path) -> Iterator[Check]:
    for name in (
        "spacy",
        "scikit-learn",
        "skops",
        "onnxruntime",
        "pypdfium2",
        "pdfplumber",
        "pikepdf",
        "python-docx",
        "python-pptx",
        "openpyxl",
        "trafilatura",
        "datasette",
        "sqlite-utils",
    ):
        try:
            yield Check(name, True, version(name))
        except PackageNotFoundError:
            yield Check(name, False, "not installed", f"pip install {name}")


def _name_tagger(folder: Path) -> Iterator[Check]:
    report = model_report()
    yield Check(
        "Name tagger",
        report.state == "verified",
        f"{report.name} {report.version or ''} {report.state}".strip(),
        report.problem or "",
    )
    if report.state == "verified":
        nlp = load_name_tagger()
        started = time.perf_counter()
        list(
            nlp(
                "Dr Amara Nwosu, Chief Executive of Severnholme Hospitals NHS Foundation Trust, opened the centre."
            ).ents
        )
        trained = tagger_card()
        number = sum(trained.facts["passages"].values())
        yield Check("Trained names", True, f"{trained.fingerprint}, from {number:,} passages")
        yield Check("One sentence tagged", True, f"{1000 * (time.perf_counter() - started):.0f} ms")


def _encoder(folder: Path) -> Iterator[Check]:
    started = time.perf_counter()
    tuned.read(["We opened a nursery with forty places for families of the estate."])
    detail = f"{tuned.card()['fingerprint']}, loaded and one passage read in {time.perf_counter() - started:.1f} s"
    yield Check("Sentence encoder", True, detail)


def _models(folder: Path) -> Iterator[Check]:
    for name in frameworks.names():
        framework = frameworks.load(name)
        try:
            load_model(framework.model)
            trained = card(framework.model)["versions"]["scikit-learn"]
            same = trained.split(".")[:2] == version("scikit-learn").split(".")[:2]
            remedy = f"It was trained with scikit-learn {trained}; results may differ. Train it again with: make models"
            yield Check(
                f"Framework {name}",
                True,
                f"{len(framework.goals)} goals, version {framework.version}",
                "" if same else remedy,
            )
        except GoalmapError as error:
            yield Check(f"Framework {name}", False, str(error))


def _datasette(folder: Path) -> Iterator[Check]:
    plugins = [point.value for point in entry_points(group="datasette") if point.name == "goalmap"]
    yield Check(
        "Datasette plugin",
        bool(plugins),
        plugins[0] if plugins else "not registered",
        "Install goalmap again: pip install goalmap",
    )


def _disk(folder: Path) -> Iterator[Check]:
    writable = os.access(folder, os.W_OK)
    yield Check(
        "Folder can be written",
        writable,
        str(folder.resolve()),
        "Go to another folder, or name the database with --db.",
    )
    if writable:
        with tempfile.TemporaryDirectory(dir=folder) as inside:
            connection = sqlite3.connect(Path(inside) / "wal.db")
            mode = connection.execute("pragma journal_mode = wal").fetchone()[0]
            connection.close()
        yield Check(
            "Several readers while writing (WAL)",
            mode == "wal",
            mode,
            "Keep the database on a local disk, not on a network drive.",
        )


def _readers(folder: Path) -> Iterator[Check]:
    added = [reader.name for reader in readers()[len(READERS) :]]
    yield Check("Formats", True, ", ".join(sorted(by_suffix())) + (f"; added: {', '.join(added)}" if added else ""))


def _ocr(folder: Path) -> Iterator[Check]:
    found = ocr.version()
    languages = ", ".join(sorted(ocr.known_languages() - {"osd"}))
    yield Check(
        "OCR",
        found is not None,
        f"tesseract {found} ({languages})" if found else "no tesseract on the PATH",
        "Scans are listed as no_text. Install tesseract (apt-get install tesseract-ocr, brew install tesseract) and ingest again.",
        optional=True,
    )


CHECKS: tuple[Callable[[Path], Iterator[Check]], ...] = (
    _python,
    _sqlite,
    _packages,
    _name_tagger,
    _encoder,
    _models,
    _datasette,
    _disk,
    _readers,
    _ocr,
)
