"""How well people, organisations, initiatives, roles and quotations are found, beside the stock model: python -m benchmarks.names

Prints tables; with --write they go to docs/explanation/accuracy.md. The speed of the tagger and of its rules is measured in the same run.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.writing import tell
from goalmap.classify.evaluation.answers import Error
from goalmap.classify.evaluation.evaluation import DocumentFigures, evaluate_documents
from goalmap.classify.evaluation.gold import gold_documents, gold_files
from goalmap.classify.evaluation.linkage import linkage
from goalmap.classify.pipeline import FileResult, Settings, analyse
from goalmap.extract import memory
from goalmap.extract.extract import extract_batch
from goalmap.extract.names import Entity, EntityKind, Mention, Names, Span
from goalmap.extract.tagger.model import load_model, load_stock
from goalmap.ingest.document import Document

if TYPE_CHECKING:
    from spacy.language import Language

DATA = Path(__file__).parent.parent / "tests" / "data"
DOCS = Path(__file__).parent.parent / "docs" / "explanation" / "accuracy.md"
BEGIN, END = "<!-- figures: python -m benchmarks.names --write -->", "<!-- end of figures -->"
STOCK_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "EVENT": EntityKind.INITIATIVE,
    "WORK_OF_ART": EntityKind.INITIATIVE,
    "PRODUCT": EntityKind.INITIATIVE,
}
"""What the stock model's labels come to at best."""
ROUNDS = 3
"""Times that each speed is measured; the best counts."""
ERRORS = {
    "people": "people",
    "organisations": "organisations",
    "initiatives": "initiatives",
    "people exact": "people, in other words",
    "organisations exact": "organisations, in other words",
    "initiatives exact": "initiatives, in other words",
    "roles": "posts",
    "role organisation": "body of a post",
    "quotations": "quotations, or their speaker",
}


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A folder of annotated documents, or one half of it."""

    name: str
    folder: Path
    every_second_from: int | None = None

    def files(self) -> list[Path]:
        files = sorted(gold_files(self.folder))
        return files if self.every_second_from is None else files[self.every_second_from :: 2]


SETS = (
    GoldSet("dev (rules were written looking at it)", DATA / "gold"),
    GoldSet("second, half looked at", DATA / "second", 0),
    GoldSet("second, half never opened", DATA / "second", 1),
    GoldSet("third, looked at", DATA / "third"),
    GoldSet("fourth, never opened", DATA / "fourth"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one system reaches on one set."""

    gold: str
    system: str
    figures: DocumentFigures
    linking: dict[str, float]
    errors: tuple[Error, ...]


def rows() -> Iterator[Row]:
    """The stock model and goalmap on each set."""
    stock = load_stock()
    for gold in SETS:
        files = gold.files()
        ours = {path.stem: analyse(path, Settings()) for path in files}
        theirs = {name: replace(result, names=stock_names(result.document, stock)) for name, result in ours.items()}
        for system, results in {"stock model": theirs, "goalmap": ours}.items():
            yield _row(gold, system, results)


def _row(gold: GoldSet, system: str, results: dict[str, FileResult]) -> Row:
    documents = [document for document in gold_documents(gold.folder) if document.id in results]
    figures, errors = evaluate_documents(documents, results)
    return Row(gold.name, system, figures, linkage(documents, results), errors)


def stock_names(document: Document, nlp: "Language") -> Names:
    """The stock model's names of a document; the same words are the same entity."""
    entities: dict[tuple[EntityKind, str], int] = {}
    mentions = []
    for place, doc in enumerate(nlp.pipe(passage.text for passage in document.passages)):
        for span in doc.ents:
            if kind := STOCK_KINDS.get(span.label_):
                entity = entities.setdefault((kind, span.text), len(entities))
                mentions.append(Mention(entity, Span(place, span.start_char, span.end_char), span.text, "stock"))
    return Names(tuple(Entity(*key) for key in entities), tuple(mentions))


# Speed


def speeds() -> dict[str, float]:
    """Words a second on one core: the stock tagger alone, ours alone, and all of extraction."""
    documents = [analyse(path, Settings()).document for gold in SETS for path in gold.files()]
    texts = [passage.text for document in documents for passage in document.passages]
    words = sum(len(text.split()) for text in texts)
    stock, own = load_stock(), load_model()
    timed = {
        "stock tagger": lambda: _exhaust(stock.pipe(texts, batch_size=64)),
        "our tagger": lambda: _exhaust(own.pipe(texts, batch_size=64)),
        "all of extraction": lambda: _exhaust(_anew(documents, own)),
    }
    return {name: words / min(_seconds(run) for _ in range(ROUNDS)) for name, run in timed.items()}


def _anew(documents: Iterable[Document], nlp: "Language") -> Iterable[Names]:
    """All of extraction, of passages that the tagger never saw."""
    memory.forget()
    return extract_batch(documents, nlp)


def _exhaust(items: Iterable[object]) -> None:
    for _ in items:
        pass


def _seconds(run: Callable[[], None]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


# Tables


def report(measured: Sequence[Row], speed: dict[str, float]) -> str:
    return "\n".join([*_figures(measured), "", *_errors(measured), "", *_speed(speed)])


def _figures(measured: Sequence[Row]) -> Iterator[str]:
    yield "| set | system | people F1 (exact) | organisations | initiatives | linking B3 p/o/i | roles | right organisation | quotations, right speaker |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in measured:
        names = " | ".join(f"{figure.mentions.f1:.3f} ({figure.exact.f1:.3f})" for figure in row.figures.names.values())
        links = "/".join(f"{value:.3f}" for value in row.linking.values())
        rest = [row.figures.roles.f1, row.figures.role_organisation.value, row.figures.quotations_speaker.value]
        told = " | ".join(f"{value:.3f}" for value in rest) if row.system == "goalmap" else "- | - | -"
        yield f"| {row.gold} | {row.system} | {names} | {links} | {told} |"


def _errors(measured: Sequence[Row]) -> Iterator[str]:
    """How often each kind of thing was missed or found wrongly, by goalmap, on what was never opened."""
    yield "| errors on documents never opened | missed or not right | said without cause |"
    yield "|---|---|---|"
    unseen = [row for row in measured if row.system == "goalmap" and "never opened" in row.gold]
    missed, wrong = Counter[str](), Counter[str]()
    for error in (error for row in unseen for error in row.errors):
        missed[error.kind] += bool(error.wanted)
        wrong[error.kind] += bool(error.got) and not error.wanted
    for kind, shown in ERRORS.items():
        yield f"| {shown} | {missed[kind]} | {wrong[kind]} |"


def _speed(speed: dict[str, float]) -> Iterator[str]:
    yield "| words a second, one core | | beside the stock tagger |"
    yield "|---|---|---|"
    for name, value in speed.items():
        yield f"| {name} | {value:,.0f} | {value / speed['stock tagger']:.2f} |"


def main(arguments: Sequence[str]) -> None:
    tell(report(list(rows()), speeds()), arguments, DOCS, BEGIN, END)


if __name__ == "__main__":
    main(sys.argv[1:])
