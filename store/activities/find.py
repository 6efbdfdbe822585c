"""The activities of a database as decisions and proposals have them now."""

from sqlite_utils import Database

from goalmap.classify.activities.bringing import activities
from goalmap.classify.activities.model import Activity
from goalmap.store.activities.said import read_said
from goalmap.store.activities.tellings import read_tellings
from goalmap.store.ids import stable_id


def find_activities(db: Database, framework: str) -> tuple[Activity, ...]:
    """All activities of a framework, reviewed ones first; nothing is written."""
    return activities(read_tellings(db, framework), framework, read_said(db, framework), stable_id)
