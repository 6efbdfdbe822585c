"""A store on PostgreSQL opened: its schemas, the functions that SQLite has, and the same numbered steps."""

from functools import cache
from hashlib import sha256
from importlib import resources

from goalmap.ingest.errors import NotOurDatabase
from goalmap.store.postgres.address import Address
from goalmap.store.postgres.tables import Database

SCHEMA = "goalmap"
FUNCTIONS = "goalmap_sqlite"
STATE = "select obj_description(to_regnamespace(:name), 'pg_namespace')"
SETTINGS = """
select pg_encoding_to_char(encoding), datcollate from pg_database where datname = current_database()
"""


def connect(address: Address) -> Database:
    """A connection with all that our statements call. Raises NotFound or NotOurDatabase."""
    db = Database(address)
    try:
        _prepare(db, address)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: Database, address: Address) -> None:
    sql, version = _functions()
    if db.execute(STATE, {"name": FUNCTIONS}).fetchall() == [(version,)]:
        return
    _check(db, address)
    with db.atomic():
        db.conn.run(f"create schema if not exists {SCHEMA}; create schema if not exists {FUNCTIONS}")
        db.conn.run(sql)
        db.conn.run(f"comment on schema {FUNCTIONS} is '{version}'")


def _check(db: Database, address: Address) -> None:
    """Refuse a database that sorts and compares texts otherwise than SQLite. Raises NotOurDatabase."""
    encoding, collation = db.execute(SETTINGS).fetchall()[0]
    if (encoding, collation) not in {("UTF8", "C"), ("UTF8", "POSIX")}:
        raise NotOurDatabase(
            f"{address} sorts texts as {collation} in {encoding}. goalmap needs a database made with: "
            "createdb --template template0 --encoding UTF8 --locale C NAME"
        )


@cache
def _functions() -> tuple[str, str]:
    """What makes the functions, and a word for its state."""
    sql = resources.files("goalmap.store.postgres").joinpath("functions.sql").read_text("utf-8")
    return sql, sha256(sql.encode()).hexdigest()[:16]
