"""How well the tables of the test set are read: rows exactly right, cells right, prose left alone."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goalmap.ingest.document import Kind
from goalmap.ingest.read import read_document

FOLDER = Path(__file__).parent
BAR = " | "


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of one file: F1 of its rows, F1 of its cells, and the prose paragraphs that came out whole."""

    name: str
    rows: float
    cells: float
    prose: float


def scores() -> Iterator[Score]:
    """One score for each file of the set."""
    for truth in sorted((FOLDER / "truth").glob("*.json")):
        yield score(FOLDER / "files" / f"{truth.stem}.pdf", json.loads(truth.read_text("utf-8")))


def score(path: Path, truth: dict[str, Any]) -> Score:
    """Compare a file's passages with its truth: {"rows": [[cell, ...], ...], "prose": [text, ...]}."""
    passages = read_document(path).passages
    found = [_plain(passage.text) for passage in passages if passage.kind is Kind.TABLE_ROW]
    wanted = [_plain(BAR.join(filter(None, row))) for row in truth["rows"]]
    other = {_plain(passage.text) for passage in passages if passage.kind is not Kind.TABLE_ROW}
    prose = [_plain(text) for text in truth["prose"]]
    return Score(
        name=path.stem,
        rows=_f1(found, wanted),
        cells=_f1(_cells(found), _cells(wanted)),
        prose=sum(text in other for text in prose) / len(prose) if prose else 1.0,
    )


def means(all_scores: Iterable[Score]) -> dict[str, float]:
    """The mean of each measure."""
    listed = list(all_scores)
    return {
        measure: round(sum(getattr(score, measure) for score in listed) / len(listed), 3)
        for measure in ("rows", "cells", "prose")
    }


def _plain(text: str) -> str:
    return " ".join(text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "}).split())


def _cells(rows: Iterable[str]) -> list[str]:
    return [cell for row in rows for cell in row.split(BAR)]


def _f1(found: list[str], wanted: list[str]) -> float:
    if not found and not wanted:
        return 1.0
    return 2 * sum((Counter(found) & Counter(wanted)).values()) / (len(found) + len(wanted))
