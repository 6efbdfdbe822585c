"""A database of proposals that wait, for tests of the review page: each publisher is a room of its own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlite_utils import Database

from goalmap.store.database import immediate, open_database
from goalmap.store.loading.save import save_frameworks
from goalmap.store.review.order import refresh_values

EVIL = '<img src=x onerror=alert(1)><b>"bold"</b>'
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3
TEXT = "The trust opened {} for three hundred people who had waited since 2019, and will open a second one next year."

Rooms = Mapping[str, Sequence[Sequence[str]]]
"""Publishers with their passages, each given by the codes of the goals that are proposed for it."""


def make_rooms(path: Path, rooms: Rooms, frameworks: Sequence[str] = ("purpose-goals",)) -> None:
    """A database in which each passage comes before the next one in the order of worth."""
    db = open_database(path, create=True)
    with immediate(db):
        save_frameworks(db, frameworks)
        for room, passages in rooms.items():
            _write(db, room, passages)
        refresh_values(db)
        worth = "update proposals set value = 100 - (select position from passages p where p.id = proposals.passage_id)"
        db.execute(worth)
    db.close()


def _write(db: Database, room: str, passages: Sequence[Sequence[str]]) -> None:
    document = {"id": f"d-{room}", "path": f"{room}.txt", "title": f"News of {room}", "publisher": room}
    db.table("documents").insert({**document, "status": "ok", "sha256": room, "published": "2024-02-12"})
    for position, codes in enumerate(passages):
        passage = {"id": f"p-{room}-{position}", "document_id": f"d-{room}", "position": position, "kind": "body"}
        db.table("passages").insert({**passage, "text": f"{position}. {TEXT.format(room)}", "heading": f"In {room}"})
        for rank, code in enumerate(codes, 1):
            row = {"passage_id": passage["id"], "goal_id": f"purpose-goals/{code}", "score": 0.9 - rank / 10}
            told = {
                "rank": rank,
                "stage": "delivered",
                "evidence": "[[3, 12]]",
                "reason": f"Words of {room}.",
                "model": "m",
            }
            db.table("proposals").insert({"id": f"m-{room}-{position}-{code}", **row, **told})
        near = {"id": f"c-{room}-{position}", "passage_id": passage["id"], "goal_id": "purpose-goals/7", "score": 0.1}
        db.table("candidates").insert(near)
