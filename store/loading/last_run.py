"""How the last run was asked to work."""

import json

from sqlite_utils import Database

from goalmap.classify.manner import Manner

SETTINGS = "select settings from runs where command = 'ingest' order by started desc, rowid desc limit 1"


def last_manner(db: Database) -> Manner:
    """How the last run classified: it stays so until a run is asked for another."""
    settings = json.loads((db.execute(SETTINGS).fetchone() or ["{}"])[0])
    return Manner(**settings.get("manner", {}))
