"""Gold: documents annotated by people, labelled passages without documents, and texts of which one goal is asked."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from goalmap.classify.evaluation.alignment import name_key
from goalmap.extract.names import EntityKind
from goalmap.ingest.document import CONTENT, Kind
from goalmap.ingest.errors import GoalmapError, NotFound

KINDS = {"people": EntityKind.PERSON, "organisations": EntityKind.ORGANISATION, "initiatives": EntityKind.INITIATIVE}
"""The annotation file's word for each kind of entity."""
GOLD_FURNITURE = frozenset({Kind.BOILERPLATE, Kind.TEASER, Kind.CONTACT})
"""Roles that annotators give to furniture; they mark running headers as boilerplate."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A passage with the goals that it serves; `source` is the document or page that it comes from."""

    text: str
    goals: frozenset[str] = frozenset()
    stage: str | None = None
    role: str = Kind.BODY.value
    source: str = ""

    @property
    def is_content(self) -> bool:
        return self.role in CONTENT

    @property
    def is_furniture(self) -> bool:
        return self.role in GOLD_FURNITURE


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A text of which it is known whether it serves one goal, and nothing of the others."""

    text: str
    goal: str
    relevant: bool


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A person, body or initiative with every form in which the document names it."""

    name: str
    surfaces: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(map(name_key, (self.name, *self.surfaces)))


@dataclass(frozen=True, slots=True)
class GoldRole:
    """A post that a person holds or held; `organisation` holds the keys of that body's names, if it is stated."""

    person: GoldEntity
    title: str
    organisation: frozenset[str]
    former: bool


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """An utterance by its first words; `speaker` holds the keys of the speaker's names."""

    speaker: frozenset[str]
    speaker_name: str
    starts: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated document; `neutral` holds name keys that are neither right nor wrong."""

    id: str
    passages: tuple[GoldPassage, ...]
    entities: Mapping[EntityKind, tuple[GoldEntity, ...]]
    neutral: Mapping[EntityKind, frozenset[str]]
    roles: tuple[GoldRole, ...]
    quotes: tuple[GoldQuote, ...]


def gold_files(gold: Path) -> list[Path]:
    """The documents of a gold folder, to be read by the system. Raises NotFound where there is nothing to measure with."""
    _check(gold)
    return sorted(path for path in (gold / "files").glob("*") if path.is_file() and not path.name.startswith("."))


def gold_documents(gold: Path) -> list[GoldDocument]:
    """The annotated documents of a gold folder. Raises NotFound where there is nothing to measure with."""
    _check(gold)
    return [
        _read(file, lambda text: document_of(json.loads(text)))
        for file in sorted((gold / "annotations").glob("*.json"))
    ]


def gold_passages(gold: Path) -> list[GoldPassage]:
    """The labelled passages without documents of a gold folder or file."""
    return [
        passage for file in _row_files(gold) for passage in _read(file, lambda text: list(read_passages(_lines(text))))
    ]


def gold_questions(gold: Path) -> list[GoldQuestion]:
    """The texts of which one goal is asked, of a gold folder or file."""
    return [
        question
        for file in _row_files(gold)
        for question in _read(file, lambda text: list(read_questions(_lines(text))))
    ]


def _check(gold: Path) -> None:
    if not _row_files(gold) and not any(gold.glob("annotations/*.json")):
        raise NotFound(
            f"{gold} is no gold folder: it has neither annotations/*.json beside files/ nor labelled passages in *.jsonl."
        )


def _row_files(gold: Path) -> list[Path]:
    return [gold] if gold.suffix == ".jsonl" and gold.is_file() else sorted(gold.glob("*.jsonl"))


def _lines(text: str) -> list[str]:
    """Its lines; a text may hold other characters that end lines."""
    return text.split("\n")


def _read(file: Path, parse: Callable[[str], T]) -> T:
    try:
        return parse(file.read_text("utf-8"))
    except KeyError as error:
        raise GoalmapError(f"The gold in {file} lacks {error}. Add it, or leave the file out.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise GoalmapError(f"The gold in {file} cannot be read: {error}. Mend it, or leave the file out.") from error


def read_passages(lines: Iterable[str]) -> Iterator[GoldPassage]:
    """Labelled passages from JSON lines with `text`, `goals` and `stage`, and if known `source`."""
    for number, row in _rows(lines):
        if not _is_question(row):
            yield _passage(row, str(row.get("source", f"line {number}")))


def read_questions(lines: Iterable[str]) -> Iterator[GoldQuestion]:
    """Questions from JSON lines with `text`, `goal` and `relevant`."""
    for _, row in _rows(lines):
        if _is_question(row):
            yield GoldQuestion(row["text"], str(row["goal"]), bool(row["relevant"]))


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    return ((number, json.loads(line)) for number, line in enumerate(lines) if line.strip())


def _is_question(row: Mapping[str, Any]) -> bool:
    return "relevant" in row


def document_of(data: Mapping[str, Any]) -> GoldDocument:
    """A document from what its annotation file holds."""
    entities = {
        kind: tuple(GoldEntity(row["name"], tuple(row["surface"])) for row in data.get(label, ()))
        for label, kind in KINDS.items()
    }
    return GoldDocument(
        id=data["id"],
        passages=tuple(_passage(row, data["id"]) for row in data["passages"]),
        entities=entities,
        neutral={
            kind: frozenset(map(name_key, data.get("neutral", {}).get(label, ()))) for label, kind in KINDS.items()
        },
        roles=tuple(_roles(data.get("people", ()), entities)),
        quotes=tuple(_quotes(data.get("quotes", ()), entities)),
    )


def _passage(row: Mapping[str, Any], source: str) -> GoldPassage:
    return GoldPassage(
        row["text"], frozenset(map(str, row["goals"])), row.get("stage"), row.get("role", Kind.BODY.value), source
    )


def _roles(
    people: Iterable[Mapping[str, Any]], entities: Mapping[EntityKind, tuple[GoldEntity, ...]]
) -> Iterator[GoldRole]:
    for row, person in zip(people, entities[EntityKind.PERSON], strict=True):
        for role in row.get("roles", ()):
            body = role["organisation"]
            keys = _keys_of(body, entities[EntityKind.ORGANISATION]) if body else frozenset()
            yield GoldRole(person, role["role"], keys, bool(role["former"]))


def _quotes(
    quotes: Iterable[Mapping[str, Any]], entities: Mapping[EntityKind, tuple[GoldEntity, ...]]
) -> Iterator[GoldQuote]:
    for row in quotes:
        yield GoldQuote(_keys_of(row["speaker"], entities[EntityKind.PERSON]), row["speaker"], row["starts"])


def _keys_of(name: str, entities: Iterable[GoldEntity]) -> frozenset[str]:
    return next((entity.keys for entity in entities if entity.name == name), frozenset({name_key(name)}))
