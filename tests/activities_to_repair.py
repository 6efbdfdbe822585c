"""Small databases with activities to repair: each line of a file is a passage, and its goals stand behind it."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from goalmap.classify.pipeline import Settings
from goalmap.ingest.find import find
from goalmap.store.activities.refresh import refresh
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer
from goalmap.store.ledgers import Record
from goalmap.store.load import ingest
from tests.conftest import ByHand

BUS = "Volunteer drivers take older residents to hospital in a minibus that the council lent us #8"
GARDEN = "Pupils dug a kitchen garden behind the gym and cook what grows there for lunch #8"
CHOIR = "A choir of retired miners sings on the wards every second Friday evening #8"
DEBT = "Two advisers sit in the library and untangle what families owe to lenders #7"
EVIL = '<script>alert(1)</script> "quoted" \u202eevil\u202c =cmd() & more about bees #8'
FILES = {"bus.txt": BUS, "garden.txt": GARDEN, "choir.txt": CHOIR, "debt.txt": DEBT}


def make_database(
    path: Path, files: dict[str, str] | None = None, accept: Iterable[str] = (), frameworks: tuple[str, ...] = ()
) -> Path:
    """A database of these files; the passages that begin with what is to be accepted are reviewed."""
    folder = path.parent / f"{path.stem}-files"
    folder.mkdir(exist_ok=True)
    for name, text in (FILES if files is None else files).items():
        (folder / name).write_text(text, "utf-8")
    with closing(open_database(path, create=True)) as db:
        read(db, folder, frameworks)
        for start in accept:
            answer(db, start)
        refresh(db)
    return folder


def read(db: Database, folder: Path, frameworks: tuple[str, ...] = ()) -> None:
    settings = Settings(frameworks) if frameworks else Settings()
    ingest(db, find([folder]), settings, ByHand())


def answer(db: Database, start: str, verdict: str = "accepted") -> None:
    """Answer what is proposed for the passages that begin so."""
    rows = db.query("select passage_id, goal_id from proposals")
    wanted = {id for id in passages(db, start)}
    slots = {
        (row["passage_id"], row["goal_id"]): Answer(verdict, row["goal_id"], "delivered", reviewer="Ann")
        for row in rows
        if row["passage_id"] in wanted
    }
    with immediate(db):
        Record().add(db, slots, "Ann")


def passages(db: Database, start: str) -> list[str]:
    """The ids of the passages that begin so and stand in their documents."""
    sql = "select id from passages where text like ? and retired_at is null order by id"
    return [id for (id,) in db.execute(sql, [f"{start[:20]}%"]).fetchall()]


def activity(db: Database, start: str, status: str = "%") -> str:
    """The id of the activity that a passage tells of."""
    sql = """
        select a.id from activities a join activity_passages t on t.activity_id = a.id
        where t.passage_id = ? and a.status like ? order by a.status desc
    """
    (passage,) = passages(db, start)
    found: list[tuple[str]] = db.execute(sql, [passage, status]).fetchall()
    return found[0][0]


def groups(db: Database) -> set[frozenset[str]]:
    """The passages of each activity, by the words they begin with."""
    sql = """
        select t.activity_id, group_concat(substr(p.text, 1, 12), '|') from activity_passages t
        join passages p on p.id = t.passage_id group by t.activity_id
    """
    return {frozenset(told.split("|")) for _, told in db.execute(sql).fetchall()}


def tables(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables of activities but for the reasons, which only a refresh knows."""
    columns = [column.name for column in db.table("activities").columns if column.name != "why"]
    return {
        "activities": sorted(db.execute(f"select {', '.join(columns)} from activities").fetchall(), key=repr),
        "activity_passages": sorted(db.execute("select * from activity_passages").fetchall(), key=repr),
    }
