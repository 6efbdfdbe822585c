"""The whole way of one file: read, find names, classify; a pure function from a path and settings to a result."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.classify import frameworks
from goalmap.classify.cards import fingerprint
from goalmap.extract.model import DISTRIBUTION, VERSION
from goalmap.extract.names import Names
from goalmap.ingest.document import Document, Status
from goalmap.ingest.read import Limits, read_document

if TYPE_CHECKING:
    from spacy.language import Language

    from goalmap.classify.proposals import Proposal

ROOMS = ("goalmap.ingest", "goalmap.extract", "goalmap.classify")
"""The rooms whose code decides what a file gives; when it changes, known files are read again."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do; the same settings on the same file give the same result."""

    frameworks: tuple[str, ...] = ("purpose-goals",)
    counts: str | None = None
    max_bytes: int = Limits().max_bytes

    @property
    def fingerprint(self) -> str:
        """Changes when the settings, the rules or a model do."""
        return _fingerprint(self)


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that was made of one file."""

    document: Document
    names: Names = field(default_factory=Names)
    proposals: "tuple[Proposal, ...]" = ()


@lru_cache
def _fingerprint(settings: Settings) -> str:
    models = [fingerprint(frameworks.load(name).model) for name in settings.frameworks]
    state = [_code(), version("spacy"), DISTRIBUTION, VERSION, models, asdict(settings)]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:16]


def _code() -> str:
    """A hash of all code between a file and its result."""
    files = [file for room in ROOMS for file in resources.files(room).iterdir() if file.name.endswith(".py")]
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def analyse(path: Path, settings: Settings) -> FileResult:
    """What is in a file: its document, the names in it, the goals proposed. Writes nothing, raises nothing about the file."""
    from goalmap.classify.proposals import classifier
    from goalmap.extract.extract import extract_names

    document = read_document(path, Limits(settings.max_bytes))
    if not document.passages:
        return FileResult(document)
    names = extract_names(document, _name_tagger())
    proposals = tuple(
        proposal
        for name in settings.frameworks
        for proposal in classifier(name, settings.counts).propose(document.passages)
    )
    return FileResult(_published(document, names), names, proposals)


def _published(document: Document, names: Names) -> Document:
    """The document with its publisher by its full name, as far as the text gives it."""
    publisher = document.publisher if names.publisher is None else names.entities[names.publisher].name
    return replace(document, publisher=publisher)


@lru_cache(maxsize=1)
def _name_tagger() -> "Language":
    from goalmap.extract.model import load_model

    return load_model()


def failed(path: Path, reason: str) -> FileResult:
    """The result for a file whose worker died or ran out of time."""
    return FileResult(Document(str(path), Status.FAILED, reason))
