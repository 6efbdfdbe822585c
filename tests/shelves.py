"""A database of real files as they were read, for tests of the pages that show them."""

import json
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from sqlite_utils import Database

from goalmap.ingest.document import Document, Status
from goalmap.ingest.read import read_document
from goalmap.store.database import immediate, open_database
from goalmap.store.ids import shown_path


def shelved(path: Path, files: Iterable[Path]) -> Database:
    """The files in a new database, each under the id of its name and each passage under that and its number."""
    db = open_database(path, create=True)
    with immediate(db):
        for file in files:
            shelve(db, read_document(file))
    return db


def shelve(db: Database, document: Document, outer: str | None = None) -> None:
    """Write a document with its passages and the files in it."""
    id = id_of(document.path)
    row = {
        "id": id,
        "path": shown_path(document.path),
        "sha256": document.sha256,
        "title": document.title,
        "media_type": document.media_type,
        "pages": document.pages,
        "status": Status(document.status).value,
        "problem": document.problem,
        "parent_id": outer,
    }
    db.table("documents").insert(row)
    for passage in document.passages:
        place = {"id": f"{id}-{passage.position}", "document_id": id, "position": passage.position}
        boxes = json.dumps([astuple(box) for box in passage.boxes])
        told = {"kind": passage.kind.value, "text": passage.text, "page": passage.page, "boxes": boxes}
        db.table("passages").insert({**place, **told, "heading": passage.heading})
    for part in document.parts:
        shelve(db, part, id)


def id_of(path: str) -> str:
    return shown_path(Path(path).name)
