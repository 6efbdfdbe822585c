"""A database in which somebody is named in every place that there is for a name."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.store.activities import decisions as repairs
from goalmap.store.activities.refresh import refresh as refresh_activities
from goalmap.store.batches import By
from goalmap.store.database import immediate
from goalmap.store.decisions import Answer, withdraw
from goalmap.store.entities import decisions as entity_decisions
from goalmap.store.entities.gazetteer import import_gazetteer
from goalmap.store.exchange.history import write_history
from goalmap.store.ledgers import Reading, Record
from goalmap.store.review import audits, readings
from goalmap.store.review.export import export_queue
from goalmap.store.review.rows import Filters

NAME, SURNAME = "Amara Osheyé", "osheye"
FILES = {
    "amara-oshey\u00e9.txt": "About @Amara_Osheyé\n#8 Amara Osheyé opened the centre with @Tom_Reed.\n"
    "Dr Osheyé said that 40 people came. #9\nWrite to amara.osheye@example.org or to AmaraOsheye",
    "report.txt": "Report\n#8 The trust opened a centre.\n~9 Thanks to AMARA OSHEYE and @Tom_Reed for it.\nOsheyé, Amara: chief\n",
    "other.txt": "Other\n#8 @Tom_Reed opened a garden.\n~9 Nobody else was there.\n",
    "mail.txt": "Mail\nSee what is attached.\n=== Amara Osheyé.txt\n#8 She opened it, says Amara Osheyé.\n",
}


def write_files(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")


def fill(db: Database, folder: Path) -> None:
    """Have people say things that name somebody, wherever they can."""
    slots = db.execute("select passage_id, goal_id from proposals order by passage_id, goal_id").fetchall()
    said = Answer("accepted", slots[0][1], "delivered", True, f"{NAME} told us; Osheye knows", NAME)
    with immediate(db):
        Record().add(db, {tuple(slots[0]): said}, f"queue {NAME}.csv")
        withdraw(db, [1], NAME, f"queue {NAME}.csv")
        Record().add(db, {tuple(slots[1]): said}, "by hand")
    begun = readings.begin(db, [NAME, "Ben"], Filters(), note=f"For {NAME}")
    with immediate(db):
        left = readings.slots_left(db, begun.id, NAME)
        Reading(begun.id, NAME).add(db, {left[0]: said}, f"queue {NAME}.csv")
    _audit(db)
    _repair(db)
    _list(db, folder)
    export_queue(db, folder.parent / "queue.csv", Filters(), Reading(begun.id, NAME))
    with immediate(db):
        db.table("waiting_decisions").insert(_waiting())
        db.execute("update runs set settings = ?, command = ?", [json.dumps({"for": NAME}), f"ingest {NAME}"])
        db.execute("update figures set what = ?", [f"visits by {NAME}"])
        db.execute("update proposals set reason = ?", [f"The words osheyé and centre. {NAME}"])


def _audit(db: Database) -> None:
    audits.draw(db, "purpose-goals", 2)
    said = audits.AuditAnswer((), f"{NAME} is sure", NAME)
    with immediate(db):
        audits.answer(db, {audits.waiting(db)[0].audit_id: said}, f"queue {NAME}.csv")


def _repair(db: Database) -> None:
    by = By(NAME, f"asked by {NAME}")
    refresh_activities(db)
    (first,) = db.execute("select id from activities order by id limit 1").fetchone()
    repairs.edit(db, first, {"title": f"The centre of {NAME}", "owner": f"{NAME} and others"}, by)
    entity_decisions.keep_apart(db, [NAME, "Tom Reed"], by)


def _list(db: Database, folder: Path) -> None:
    rows = f'kind,name,aliases\nperson,{NAME},"Amara N. Osheye"\norganisation,Lockgate Trust,Lockgate\n'
    (folder.parent / "people.csv").write_text(rows, "utf-8")
    import_gazetteer(db, folder.parent / "people.csv")


def _waiting() -> dict[str, Any]:
    told = {"text": f"{NAME} said so", "reviewer": NAME, "path": f"/files/{NAME}.txt", "reason": "no passage"}
    record = json.dumps({"note": NAME, "passage": {"text": told["text"]}})
    fixed = {"id": "w1", "kind": "decision", "verdict": "accepted", "decided_at": "2026-03-04", "since": "2026-03-04"}
    return {**told, **fixed, "record": record, "nth": 0}


def history_of(db: Database, folder: Path) -> Path:
    """All decisions as a file for another database."""
    write_history(db, folder.parent / "decisions.json")
    return folder.parent / "decisions.json"


def cells(db: Database) -> Iterator[tuple[str, str, str]]:
    """Every text in every table and view, with where it stands."""
    for table in (*db.table_names(), *db.view_names()):
        if not table.startswith("sqlite_"):
            for row in db.query(f'select * from "{table}"'):
                yield from ((table, column, value) for column, value in row.items() if isinstance(value, str))
