"""The whole way of a file, or of several at once: read, find names, classify; pure functions from paths and settings to results."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from goalmap.classify.encoders import tuned
from goalmap.classify.goals import frameworks
from goalmap.classify.manner import USUAL, Manner, Supplied
from goalmap.classify.model.cards import fingerprint
from goalmap.extract.names import Names
from goalmap.extract.tagger.model import DISTRIBUTION, VERSION
from goalmap.extract.tagger.model import card as tagger_card
from goalmap.ingest.document import Document, Status
from goalmap.ingest.pdf import ocr
from goalmap.ingest.read import read_document
from goalmap.ingest.readers import readers
from goalmap.ingest.watch import Limits, Tell, Watch, nobody

if TYPE_CHECKING:
    from spacy.language import Language

    from goalmap.classify.proposals import Candidate, Proposal

ROOMS = ("goalmap.ingest", "goalmap.extract", "goalmap.classify")
"""The rooms whose code decides what a file gives; when it changes, known files are read again."""

WORD_LIST = resources.files("goalmap.models") / "common-words.txt"
WORDS_A_SECOND = 500
"""Fewer than names and goals are looked for in on any machine."""
WORDS_TOGETHER = 20_000
"""Of documents in which names and goals are looked for at once: enough to be quick, few enough for any memory."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do; the same settings on the same file give the same result."""

    frameworks: tuple[str, ...] = ("purpose-goals",)
    manner: Manner = USUAL
    supplied: tuple[Supplied, ...] = ()
    """Frameworks and models that are not the shipped ones."""
    limits: Limits = field(default_factory=Limits)

    def brought(self, framework: str) -> Supplied | None:
        """What the user brings for a framework."""
        return next((one for one in self.supplied if one.framework == framework), None)

    @property
    def fingerprint(self) -> str:
        """Changes when the settings, the rules or a model do; limits do not count, since most files keep within them."""
        return _fingerprint(self.frameworks, self.manner, self.supplied)

    @property
    def circumstances(self) -> str:
        """Changes when a file that could not be wholly read may fare better: with other limits, or with OCR at hand."""
        return digest([asdict(self.limits), ocr.version(), sorted(ocr.known_languages())])


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that was made of one file, and of each file in it."""

    document: Document
    names: Names = field(default_factory=Names)
    proposals: "tuple[Proposal, ...]" = ()
    candidates: "tuple[Candidate, ...]" = ()
    """Goals that came near without being proposed."""
    parts: tuple["FileResult", ...] = ()


@lru_cache
def _fingerprint(names: tuple[str, ...], manner: Manner, supplied: tuple[Supplied, ...]) -> str:
    brought = {one.framework: one for one in supplied}
    models = [_model_of(name, brought.get(name)) for name in names]
    return digest(
        [
            _code(),
            version("spacy"),
            DISTRIBUTION,
            VERSION,
            tagger_card().fingerprint,
            models,
            names,
            asdict(manner),
            None if manner.is_fast else tuned.card()["fingerprint"],
            [one.name for one in readers()],
        ]
    )


def _model_of(name: str, supplied: Supplied | None) -> tuple[str, str]:
    """What names a framework's model, and the framework whole."""
    framework = frameworks.read(supplied.toml) if supplied and supplied.toml else frameworks.load(name)
    return (supplied.model_name if supplied and supplied.model else fingerprint(framework.model)), repr(framework)


def digest(state: object) -> str:
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:16]


def _code() -> str:
    """A hash of all code between a file and its result, and of the word list that pages are judged by."""
    files = [*chain.from_iterable(_modules(resources.files(room)) for room in ROOMS), WORD_LIST]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _modules(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _modules(entry)
        elif entry.name.endswith(".py"):
            yield entry


def prepare(settings: Settings) -> None:
    """Load the models, so that no file is held to account for the time. Raises ModelProblem or UnknownName."""
    from goalmap.classify.proposals import classifier

    name_tagger()
    for name in settings.frameworks:
        classifier(name, settings.manner, settings.brought(name))


def analyse(path: Path, settings: Settings, watch: Watch | None = None) -> FileResult:
    """What is in a file: its document, the names in it, the goals proposed. Writes nothing, raises nothing about the file."""
    watch = watch or Watch.over(settings.limits)

    def found_in(document: Document, watch: Watch) -> Findings | None:
        if not watch.may("names", watch.limits.step_seconds + document.words / WORDS_A_SECOND):
            return None
        return next(_findings([document], settings))

    return _analysed(read_document(path, watch), watch, found_in)


def analyse_together(paths: Iterable[Path], settings: Settings, tell: Tell = nobody) -> Iterator[FileResult]:
    """The same of each of several files, in order; names and goals are looked for in many documents at once."""
    read: list[Document] = []
    words = 0
    for path in paths:
        read.append(read_document(path, Watch.over(settings.limits, tell=tell)))
        words += sum(document.words for document in _with_passages(read[-1]))
        if words >= WORDS_TOGETHER:
            yield from _analysed_together(read, words, settings, tell)
            read, words = [], 0
    yield from _analysed_together(read, words, settings, tell)


def _analysed_together(read: Sequence[Document], words: int, settings: Settings, tell: Tell) -> Iterator[FileResult]:
    watch = Watch.over(settings.limits, tell=tell)
    watch.may("names", watch.limits.step_seconds + words / WORDS_A_SECOND)
    findings = _findings(list(chain.from_iterable(map(_with_passages, read))), settings)
    return (_analysed(document, watch, lambda *_: next(findings)) for document in read)


def _with_passages(document: Document) -> Iterator[Document]:
    """The document and those in it that hold text, in the order in which they are analysed."""
    for part in document.parts:
        yield from _with_passages(part)
    if document.passages:
        yield document


def _analysed(document: Document, watch: Watch, found_in: "Callable[[Document, Watch], Findings | None]") -> FileResult:
    """The result of a document and of each in it, by what is found in each; None where that was left out."""
    inside = ((PurePath(part.path).relative_to(document.path), part) for part in document.parts)
    parts = tuple(_analysed(part, watch.inside(str(name)), found_in) for name, part in inside)
    document = replace(document, parts=())
    if not document.passages:
        return FileResult(document, parts=parts)
    found = found_in(document, watch)
    if found is None:
        return FileResult(_without_names(document), parts=parts)
    return FileResult(_published(document, found.names), found.names, found.proposals, found.candidates, parts)


@dataclass(frozen=True, slots=True)
class Findings:
    """The names in one document, and the goals that its passages may serve."""

    names: Names
    proposals: "tuple[Proposal, ...]"
    candidates: "tuple[Candidate, ...]"


def _findings(documents: Sequence[Document], settings: Settings) -> Iterator[Findings]:
    """What is found in each document, in order."""
    from goalmap.classify.proposals import classifier
    from goalmap.extract.extract import extract_batch

    judges = [classifier(name, settings.manner, settings.brought(name)) for name in settings.frameworks]
    names = extract_batch(documents, name_tagger())
    passages = [document.passages for document in documents]
    for named, *considered in zip(names, *(judge.consider_all(passages) for judge in judges), strict=True):
        proposals = tuple(chain.from_iterable(one.proposals for one in considered))
        candidates = tuple(chain.from_iterable(one.candidates for one in considered))
        yield Findings(named, proposals, candidates)


def _without_names(document: Document) -> Document:
    lost = "Its names and goals were not looked for: that ended a worker. Split the file."
    return replace(document, status=Status.PARTIAL, problem=" ".join(filter(None, (document.problem, lost))))


def _published(document: Document, names: Names) -> Document:
    """The document with its publisher by its full name, as far as the text gives it."""
    publisher = document.publisher if names.publisher is None else names.entities[names.publisher].name
    return replace(document, publisher=publisher)


@lru_cache(maxsize=1)
def name_tagger() -> "Language":
    """The pipeline that names are found with, loaded once. Raises ModelProblem."""
    from goalmap.extract.tagger.model import load_model

    return load_model()


def failed(path: Path, reason: str) -> FileResult:
    """The result for a file whose worker died or ran out of time."""
    return FileResult(Document(str(path), Status.FAILED, reason))
