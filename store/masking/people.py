"""Who is forgotten: hashes of the ways in which they were named, with a key of this database's own."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

NAME, SHORT, ALONE, COMMON, GIVEN, LINKED, BODY = "name", "short", "alone", "common", "given", "linked", "body"
"""What a hash is of: a full name; a part of it, one that nobody else here has, one that is also a word, or a given name; what a
document calls the person without a full name; a body that they are tied to."""
REACHES = (NAME, SHORT, ALONE, COMMON, GIVEN, LINKED, BODY)
BYTES = 16
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Forgotten:
    """One person who is forgotten."""

    id: str
    full: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    """Those in which they were named."""
    is_limited: bool = False
    """Whether somebody else bears the same name, so that it is masked only where this person is meant."""

    @property
    def parts(self) -> frozenset[str]:
        """Parts of the name: the surname, the given name, the surname with initials."""
        return self.short | self.alone | self.common | self.given

    @property
    def surnames(self) -> frozenset[str]:
        """Parts that hold the surname."""
        return self.parts - self.given

    @property
    def hashes(self) -> dict[str, frozenset[str]]:
        """All that is kept of the names, by reach."""
        kept = (self.full, self.short, self.alone, self.common, self.given, self.linked, self.bodies)
        return dict(zip(REACHES, kept, strict=True))


@dataclass(frozen=True)
class Roll:
    """All who are forgotten in a database."""

    key: bytes
    people: tuple[Forgotten, ...]

    def hash_of(self, form: str) -> str:
        """What stands for a form of a name in this database."""
        return hash_of(self.key, form)

    def knows(self, form: str) -> bool:
        """Whether a form is one of somebody who is forgotten."""
        return hash_of(self.key, form) in self.known

    @cached_property
    def known(self) -> frozenset[str]:
        """All hashes that a text is searched for."""
        return frozenset[str]().union(*(person.full | person.parts for person in self.people))


@lru_cache(maxsize=100_000)
def hash_of(key: bytes, form: str) -> str:
    """A hash that nobody without the key can compare with a name."""
    return blake2b(form.encode(), key=key, digest_size=BYTES).hexdigest()


def linked(document: str, form: str) -> str:
    """What a document calls somebody, as it is kept."""
    return f"{document} {form}"


def roll_of(db: "Database") -> Roll | None:
    """Who is forgotten; None where nobody is."""
    rows = db.execute("select forgetting_id, hash, reach from forgotten_names").fetchall()
    if not rows:
        return None
    sql = "select id, documents, is_limited from forgettings where lifted_at is null order by rowid"
    told = {id: (documents, limited) for id, documents, limited in db.execute(sql).fetchall()}
    return Roll(key_of(db), tuple(_person(id, *told[id], rows) for id in told))


def _person(id: str, documents: str, limited: int, rows: Iterable[tuple[str, str, str]]) -> Forgotten:
    own = [(hash, reach) for forgetting, hash, reach in rows if forgetting == id]
    by_reach = {reach: frozenset(hash for hash, its in own if its == reach) for reach in REACHES}
    return Forgotten(
        id,
        full=by_reach[NAME],
        short=by_reach[SHORT],
        alone=by_reach[ALONE],
        common=by_reach[COMMON],
        given=by_reach[GIVEN],
        linked=by_reach[LINKED],
        bodies=by_reach[BODY],
        documents=frozenset(json.loads(documents)),
        is_limited=bool(limited),
    )


def key_of(db: "Database") -> bytes:
    """The key of this database, made when it is first needed. Call it inside a transaction."""
    row = db.execute("select value from forgetting_key").fetchone()
    if row is None:
        db.execute("insert into forgetting_key (id, value) values ('key', ?)", [secrets.token_hex(KEY_BYTES)])
        return key_of(db)
    return bytes.fromhex(row[0])
