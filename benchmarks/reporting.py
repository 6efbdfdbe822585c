"""How long reports take with 5,000 reviewed activities: python -m benchmarks.reporting

Prints a table; with --write it goes to docs/explanation/performance.md. Every command is run as a program, start and all, three times in turn.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from benchmarks.writing import tell
from goalmap.classify.goals import frameworks
from goalmap.classify.model.training import labelled_passages
from goalmap.extract.figures.amounts import amounts_in
from goalmap.store.activities.find import find_activities
from goalmap.store.database import immediate, open_database
from goalmap.store.ids import seal_of
from goalmap.store.loading.save import save_frameworks

DOCS = Path(__file__).parent.parent / "docs" / "explanation" / "performance.md"
BEGIN, END = "<!-- figures: python -m benchmarks.reporting --write -->", "<!-- end of figures of reporting -->"
FRAMEWORK = "purpose-goals"
PASSAGES, BODIES, PASSAGES_A_DOCUMENT = 7_300, 60, 25
ROUNDS = 3
BAR = 10.0
ONE_BODY = ("--organisation", "Lockgate Trust 7")
COMMANDS = (
    ("map", (), ("html", "csv", "xlsx", "json")),
    ("impact", ONE_BODY, ("html", "docx", "md")),
    ("practice", (), ("html", "docx")),
    ("gaps", (), ("html",)),
    ("people", (), ("html",)),
    ("progress", ("--since", "2024-01-01"), ("html",)),
)
"""Reports with what they are asked for and in which forms."""

Row = dict[str, Any]


def many_activities(path: Path) -> Database:
    """The passages that goalmap learnt from, as if sixty bodies had published them, each accepted for its goals."""
    db = open_database(path, create=True)
    told = list(_told())
    with immediate(db):
        save_frameworks(db, [FRAMEWORK])
        db.table("documents").insert_all(_documents())
        db.table("entities").insert_all(
            {"id": f"eb{number}", "kind": "organisation", "name": f"Lockgate Trust {number}", "aliases": "[]"}
            for number in range(BODIES)
        )
        for table, rows in {
            "passages": _passage,
            "figures": _figures,
            "proposals": _proposals,
            "decisions": _decisions,
        }.items():
            db.table(table).insert_all(row for number, one in enumerate(told) for row in rows(number, *one))
    return db


def _told() -> Iterator[tuple[str, list[str], str]]:
    known = [one for one in labelled_passages(frameworks.load(FRAMEWORK)) if one.goals and len(one.text) > 60]
    for number in range(PASSAGES):
        one = known[number % len(known)]
        again = f" This was told again in round {number // len(known)}." if number >= len(known) else ""
        yield one.text + again, sorted(one.goals), one.stage or "ongoing"


def _documents() -> Iterator[Row]:
    for number in range(0, PASSAGES, PASSAGES_A_DOCUMENT):
        place = number // PASSAGES_A_DOCUMENT
        yield {
            "id": f"d{number:06}", "path": f"press/{number}.pdf", "title": f"Annual review {number}", "status": "ok",
            "publisher": f"Lockgate Trust {place % BODIES}", "published": f"{2018 + place // BODIES % 8}-03-01",
            "language": "en", "pages": 8, "kind": "annual_report",
        }  # fmt: skip


def _passage(number: int, text: str, goals: list[str], stage: str) -> Iterator[Row]:
    position = number % PASSAGES_A_DOCUMENT
    yield {
        "id": f"p{number:06}", "document_id": f"d{number - position:06}", "position": position, "page": position // 4 + 1,
        "kind": "body", "text": text, "boxes": "[]", "goals": json.dumps(goals), "seal": seal_of(text),
    }  # fmt: skip


def _figures(number: int, text: str, goals: list[str], stage: str) -> Iterator[Row]:
    for place, found in enumerate(amounts_in(text, None)):
        told = {"start": found.start, "end": found.end, "value": found.value, "unit": found.unit, "what": found.what}
        yield {"id": f"f{number:06}{place}", "passage_id": f"p{number:06}", **told, "period": found.period}


def _proposals(number: int, text: str, goals: list[str], stage: str) -> Iterator[Row]:
    for rank, code in enumerate(goals, start=1):
        slot = {"passage_id": f"p{number:06}", "goal_id": f"{FRAMEWORK}/{code}"}
        told = {
            "score": 0.9,
            "rank": rank,
            "stage": stage,
            "evidence": json.dumps([[0, len(text.split()[0])]]),
            "reason": "As labelled.",
            "model": "hand@1",
        }
        yield {"id": f"g{number:06}{rank}", **slot, **told}


def _decisions(number: int, text: str, goals: list[str], stage: str) -> Iterator[Row]:
    for code in goals:
        goal = f"{FRAMEWORK}/{code}"
        said = {"verdict": "accepted", "stage": stage, "best_practice": int(number % 50 == 0), "reviewer": "Ann"}
        slot = {"passage_id": f"p{number:06}", "goal_id": goal, "proposed_goal_id": goal}
        yield {**slot, **said, "decided_at": "2026-02-01T10:00:00+00:00"}


def timed(db: Path) -> Iterator[tuple[str, float, int]]:
    """Each report in each form: its name, the median seconds, and the bytes that it wrote."""
    asked = [(name, extra, form) for name, extra, forms in COMMANDS for form in forms]
    taken: dict[tuple[str, str], list[float]] = {(name, form): [] for name, _, form in asked}
    for _ in range(ROUNDS):
        for name, extra, form in asked:
            output = db.with_name(f"{name}.{form}")
            started = time.perf_counter()
            command = [sys.executable, "-m", "goalmap.cli", "report", name, "--db", str(db), "-o", str(output), *extra]
            subprocess.run(command, check=True, capture_output=True)
            taken[name, form].append(time.perf_counter() - started)
    for (name, form), seconds in taken.items():
        yield f"report {name}, {form.upper()}", median(seconds), db.with_name(f"{name}.{form}").stat().st_size


def lines() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        with closing(many_activities(path)) as db:
            activities = len(find_activities(db, FRAMEWORK))
        yield f"{os.cpu_count()} cores; {activities:,} reviewed activities of {PASSAGES:,} passages, {BODIES} bodies."
        yield ""
        yield "| report and form | seconds | bar | megabytes |"
        yield "|---|---|---|---|"
        for name, seconds, size in timed(path):
            yield f"| {name} | {seconds:.1f} | {BAR:.0f} | {size / 1e6:.1f} |"


if __name__ == "__main__":
    tell("\n".join(lines()), sys.argv[1:], DOCS, BEGIN, END)
