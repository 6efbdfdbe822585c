"""A large database, written row by row: what an analyst has after a year of a whole region's press releases."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.store.database import immediate, open_database
from goalmap.store.loading.save import save_frameworks
from goalmap.store.review.order import refresh_values

PASSAGES_A_DOCUMENT = 40
TEXT = """
the trust opened a clinic for young people in the town with partners and local employers to help residents into
work training apprenticeships mentoring schools college bursaries carbon heating homes children families support
"""
STAGES = ("delivered", "ongoing", "planned", "aspiration")

Row = dict[str, Any]


def large_database(path: Path, proposals: int, seed: int = 1) -> Database:
    """So many proposals, on one passage in two, with a name in each passage and a goal that came near."""
    db = open_database(path, create=True)
    rng = random.Random(seed)
    with immediate(db):
        save_frameworks(db, ["purpose-goals"])
        goals = [id for (id,) in db.execute("select id from goals order by position").fetchall()]
        passages = proposals * 2 // 3 * 2
        db.table("documents").insert_all(_documents(passages))
        db.table("passages").insert_all(_passages(passages, rng))
        db.table("entities").insert_all(
            {"id": f"e{number}", "kind": "organisation", "name": f"Lockgate {number}", "aliases": "[]"}
            for number in range(500)
        )
        db.table("mentions").insert_all(_mentions(passages))
        db.table("proposals").insert_all(_proposals(passages, proposals, goals, rng))
        db.table("candidates").insert_all(_candidates(passages, goals, rng))
        refresh_values(db)
    return db


def _documents(passages: int) -> Iterator[Row]:
    for number in range(passages // PASSAGES_A_DOCUMENT + 1):
        told = {
            "title": f"Release {number}",
            "publisher": f"Trust {number % 60}",
            "published": f"2026-01-{number % 28 + 1:02}",
        }
        yield {"id": f"d{number:06}", "path": f"/press/{number}.html", "status": "ok", "language": "en", **told}


def _passages(count: int, rng: random.Random) -> Iterator[Row]:
    for number in range(count):
        document, position = divmod(number, PASSAGES_A_DOCUMENT)
        place = {"document_id": f"d{document:06}", "position": position, "page": position // 8 + 1}
        text = f"Lockgate {number % 500} {' '.join(rng.choices(TEXT.split(), k=45))}."
        yield {"id": f"p{number:07}", **place, "kind": "body", "text": text, "boxes": "[]", "goals": "[]"}


def _mentions(count: int) -> Iterator[Row]:
    for number in range(count):
        name = f"Lockgate {number % 500}"
        place = {"passage_id": f"p{number:07}", "start": 0, "end": len(name), "surface": name}
        yield {"id": f"m{number:07}", "entity_id": f"e{number % 500}", **place, "rule": "hand"}


def _proposals(passages: int, count: int, goals: list[str], rng: random.Random) -> Iterator[Row]:
    """Two proposals on every fourth passage, one on every fourth."""
    made = 0
    for number in range(0, passages, 2):
        for rank, goal in enumerate(rng.sample(goals, 2 if number % 4 == 0 else 1), start=1):
            if made < count:
                made += 1
                slot = {"id": f"g{made:07}", "passage_id": f"p{number:07}", "goal_id": goal, "rank": rank}
                told = {"stage": rng.choice(STAGES), "evidence": "[[0, 8]]", "reason": "By hand.", "model": "hand@1"}
                yield {**slot, **told, "score": round(rng.uniform(0.3, 0.99), 4)}


def _candidates(passages: int, goals: list[str], rng: random.Random) -> Iterator[Row]:
    for number in range(1, passages, 4):
        slot = {"id": f"c{number:07}", "passage_id": f"p{number:07}", "goal_id": rng.choice(goals)}
        yield {**slot, "score": round(rng.uniform(0.02, 0.3), 4)}
