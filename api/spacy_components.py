"""goalmap as spaCy components: `goalmap_names` and `goalmap_goals`, found by their names once goalmap is installed.

A text's paragraphs, parted by blank lines, are its passages. What is found is kept as plain values, so that documents can
be saved and passed between processes:

- `goalmap_names`: `doc.spans["goalmap"]`, a span for each mention, labelled PERSON, ORGANISATION or INITIATIVE, with the
  entity's fullest name as `kb_id_` and its number in the document as `id_`; and `doc.ents`.
- `goalmap_goals`: `doc._.goals`, and `doc.spans["goals"]`, a span for each passage and goal, labelled with the goal's code.
"""

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from goalmap.api.documents import of_passages
from goalmap.classify.goals.frameworks import is_file_name, load, text_of
from goalmap.classify.manner import MODES, Manner, Supplied
from goalmap.classify.pipeline import name_tagger
from goalmap.classify.proposals import Classifier, Proposal, classifier
from goalmap.extract.extract import extract_batch
from goalmap.extract.names import Names
from goalmap.ingest.document import Document

NAMES, GOALS = "goalmap", "goals"
"""The keys of the groups of spans."""
KEPT = "goalmap.goals"
"""Where a document keeps what `doc._.goals` gives."""
TOML = "framework.toml"
BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n\s*)+")


@dataclass(frozen=True, slots=True)
class DocGoal:
    """A goal proposed for a paragraph of a document; all offsets are characters of `doc.text`."""

    framework: str
    code: str
    name: str
    score: float
    """A calibrated probability."""
    stage: str
    start: int
    end: int
    evidence: tuple[tuple[int, int], ...]
    reason: str
    model: str


def goals_of(doc: Doc) -> tuple[DocGoal, ...]:
    """What `doc._.goals` gives: the goals proposed, in the order of the paragraphs, the likeliest of each first."""
    kept = doc.user_data.get(KEPT, ())
    return tuple(DocGoal(**{**one, "evidence": tuple(map(tuple, one["evidence"]))}) for one in kept)


if not Doc.has_extension("goals"):
    Doc.set_extension("goals", getter=goals_of)


class _OfBatches(Pipe):
    """A component that looks at many documents at once."""

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.annotated([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            yield from self.annotated(docs)

    @abstractmethod
    def annotated(self, docs: Sequence[Doc]) -> Iterable[Doc]:
        """The documents with what was found in them."""


class NamesComponent(_OfBatches):
    """Finds people, organisations and initiatives."""

    def __init__(self, nlp: Language, name: str, overwrite_ents: bool) -> None:
        self.name = name
        self.overwrite_ents = overwrite_ents

    def annotated(self, docs: Sequence[Doc]) -> Iterator[Doc]:
        """The documents with their names. Raises ModelProblem."""
        found = extract_batch([_document(doc) for doc in docs], name_tagger())
        for doc, names in zip(docs, found, strict=True):
            spans = list(_spans_of(doc, names))
            doc.spans[NAMES] = spans
            doc.ents = _ents([*doc.ents], spans, self.overwrite_ents)
            yield doc


class GoalsComponent(_OfBatches):
    """Proposes goals for the paragraphs of documents."""

    def __init__(self, nlp: Language, name: str, framework: str, manner: Manner) -> None:
        self.name = name
        self.framework = framework
        self.manner = manner
        self.toml = _toml_of(framework)

    def annotated(self, docs: Sequence[Doc]) -> Iterator[Doc]:
        """The documents with their goals. Raises NotFound, FrameworkProblem or ModelProblem."""
        judge = self._classifier()
        found = judge.consider_all([_document(doc).passages for doc in docs])
        for doc, considered in zip(docs, found, strict=True):
            places = list(paragraphs(doc.text))
            goals = [_goal(judge, one, places[one.passage]) for one in considered.proposals]
            doc.user_data[KEPT] = [asdict(goal) for goal in goals]
            doc.spans[GOALS] = [_span(doc, goal.start, goal.end, goal.code, goal.name) for goal in goals]
            yield doc

    def _classifier(self) -> Classifier:
        if self.toml is None and is_file_name(self.framework):
            self.toml = text_of(Path(self.framework))
        supplied = None if self.toml is None else Supplied(self.framework, self.toml)
        return classifier(self.framework, self.manner, supplied)

    def to_bytes(self, **_: Any) -> bytes:
        """The framework, where it is one of the user's own."""
        return (self.toml or "").encode()

    def from_bytes(self, data: bytes, **_: Any) -> "GoalsComponent":
        self.toml = data.decode() or None
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the framework into a folder, where it is one of the user's own."""
        Path(path).mkdir(exist_ok=True)
        if self.toml is not None:
            (Path(path) / TOML).write_text(self.toml, encoding="utf-8")

    def from_disk(self, path: str | Path, **_: Any) -> "GoalsComponent":
        file = Path(path) / TOML
        self.toml = text_of(file) if file.exists() else None
        return self


@Language.factory("goalmap_names", assigns=["doc.ents", "doc.spans"], default_config={"overwrite_ents": False})
def make_names(nlp: Language, name: str, overwrite_ents: bool) -> NamesComponent:
    """The component that finds names; with `overwrite_ents` its own stand where those of others overlap them."""
    return NamesComponent(nlp, name, overwrite_ents)


@Language.factory(
    "goalmap_goals",
    assigns=["doc._.goals", "doc.spans"],
    default_config={"framework": "purpose-goals", "threshold": None, "fast": False, "counts": None},
)
def make_goals(
    nlp: Language, name: str, framework: str, threshold: float | None, fast: bool, counts: str | None
) -> GoalsComponent:
    """The component that proposes goals of a framework, by its name or its TOML file. Raises UnknownName."""
    return GoalsComponent(nlp, name, framework, Manner(counts, MODES[fast], threshold))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text stand.

    >>> list(paragraphs("One.\\n\\n Two. \\n"))
    [(0, 4), (7, 11)]
    """
    begins = 0
    for end, next_begins in (*(gap.span() for gap in BLANK_LINES.finditer(text)), (len(text), len(text))):
        part = text[begins:end]
        if part.strip():
            yield begins + len(part) - len(part.lstrip()), begins + len(part.rstrip())
        begins = next_begins


def _document(doc: Doc) -> Document:
    return of_passages(doc.text[start:end] for start, end in paragraphs(doc.text))


def _toml_of(framework: str) -> str | None:
    """A framework file's text, if it is there; a pipeline that was saved elsewhere brings its own. Raises UnknownName."""
    if is_file_name(framework):
        return text_of(Path(framework)) if Path(framework).exists() else None
    load(framework)
    return None


def _spans_of(doc: Doc, names: Names) -> Iterator[Span]:
    """A span for each mention."""
    places = list(paragraphs(doc.text))
    for mention in names.mentions:
        entity, (begins, _) = names.entities[mention.entity], places[mention.span.passage]
        start, end = begins + mention.span.start, begins + mention.span.end
        yield _span(doc, start, end, entity.kind.value.upper(), entity.name, str(mention.entity))


def _goal(judge: Classifier, one: Proposal, place: tuple[int, int]) -> DocGoal:
    """A proposal for the paragraph at this place."""
    begins, ends = place
    evidence = tuple((begins + start, begins + end) for start, end in one.evidence)
    name = judge.framework.goal(one.code).name
    return DocGoal(one.framework, one.code, name, one.score, one.stage, begins, ends, evidence, one.reason, one.model)


def _span(doc: Doc, start: int, end: int, label: str, meaning: str, number: str = "") -> Span:
    """The tokens that hold these characters."""
    found = doc.char_span(start, end, label=label, kb_id=meaning, span_id=number, alignment_mode="expand")
    assert found is not None  # the offsets lie in the text
    return found


def _ents(theirs: Sequence[Span], ours: Sequence[Span], ours_first: bool) -> list[Span]:
    """As many of both as do not overlap."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in (*ours, *theirs) if ours_first else (*theirs, *ours):
        if taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return kept
