"""A person removed from a database: everywhere, for good, and on record."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from sqlite_utils import Database

from goalmap.store.carry import now
from goalmap.store.database import immediate
from goalmap.store.entities.refresh import refresh
from goalmap.store.forgetting.documents import mask, naming, struck_in
from goalmap.store.forgetting.person import Left, Person, called_alike, find_person, forgotten
from goalmap.store.ids import stable_id
from goalmap.store.masking.finding import Words
from goalmap.store.masking.keeping import masks_of, overwrite, standing, withhold, words_for
from goalmap.store.masking.people import Forgotten, Roll, key_of
from goalmap.store.masking.sweeping import Masks, all_tables, sweep
from goalmap.store.masking.words import plain_text

INDEXES = ("passages_fts", "entities_fts")
QUEUES = "select distinct source from decisions where source like 'queue %' order by source"


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What became of a person in a database, or would."""

    id: str
    person: Person
    counts: Mapping[str, int]
    documents: tuple[str, ...]
    """Ids of those that named them."""
    files: tuple[str, ...]
    """Where the files are that named them, as far as they are files of their own."""
    queues: int
    """Review queues that were exported before."""
    read_back: tuple[str, ...]
    """Names of the queue files that were read back."""
    left: tuple[Left, ...]
    """Others who are called alike and stay."""

    def to_dict(self) -> dict[str, object]:
        return {
            "id": self.id,
            "counts": dict(self.counts),
            "documents": list(self.documents),
            "files": list(self.files),
            "namesakes": self.person.has_namesakes,
            "queues_exported": self.queues,
            "queues_read_back": list(self.read_back),
            "left": [asdict(one) for one in self.left],
        }


class _NotToBeDone(Exception):
    """Undoes what was tried."""


def forget(db: Database, said: str, reason: str = "", reviewer: str = "", dry_run: bool = False) -> Forgetting:
    """Remove somebody, given by id or name: all of it or nothing. Raises EntityProblem."""
    done: list[Forgetting] = []
    overwrite(db)
    try:
        with immediate(db):
            done.append(_forgotten(db, find_person(db, said), reason, reviewer))
            if dry_run:
                raise _NotToBeDone
    except _NotToBeDone:
        pass
    return done[0]


def _forgotten(db: Database, person: Person, reason: str, reviewer: str) -> Forgetting:
    when = now()
    paths = dict(db.execute("select id, path from documents where parent_id is null").fetchall())
    roll = _roll_with(db, person)
    own = roll.people[-1]
    counts = _mask(db, person, roll)
    for document in own.documents:
        withhold(db, document, when)
    words = words_for(roll)
    _record(db, own, when, _hash_of_name(roll, person), (words(reason), words(reviewer)), counts)
    _renew_indexes(db)
    return Forgetting(
        id=own.id,
        person=person,
        counts=dict(sorted(counts.items())),
        documents=tuple(sorted(own.documents)),
        files=_files(db, when, paths),
        queues=db.execute("select count(*) from exports").fetchone()[0],
        read_back=tuple(source.removeprefix("queue ") for (source,) in db.execute(QUEUES).fetchall()),
        left=tuple(called_alike(db, person)),
    )


def _roll_with(db: Database, person: Person) -> Roll:
    """All who are forgotten, this person last, with the documents that name them."""
    before = standing(db)
    own = forgotten(db, _next_id(db), person, key_of(db))
    roll = Roll(key_of(db), (*(before.people if before else ()), own))
    scanned = () if person.has_namesakes else naming(db, own, roll, _might(person))
    own = replace(own, documents=frozenset((*person.documents, *scanned)))
    return replace(roll, people=(*roll.people[:-1], own))


def _mask(db: Database, person: Person, roll: Roll) -> Counter[str]:
    """Mask the documents that name the person, then all else; gives how many rows changed in each table."""
    counts, words = _mask_documents(db, sorted(roll.people[-1].documents), roll, person.entity_id)
    refresh(db)
    db.execute("delete from derived")
    known = masks_of(roll)
    masks = Masks(known.general, {**known.of_documents, **words})
    return +(counts + sweep(db, masks, all_tables(db), might=_might(person)))


def _next_id(db: Database) -> str:
    return f"f{db.execute('select count(*) from forgettings').fetchone()[0] + 1}"


def _might(person: Person) -> Callable[[str], bool]:
    """What says quickly whether a text may name the person."""
    parts = person.forms.full | person.forms.short

    def might(text: str) -> bool:
        if "\\u" in text:
            return True
        squeezed = plain_text(text)
        return any(part in squeezed for part in parts)

    return might


def _mask_documents(
    db: Database, documents: Iterable[str], roll: Roll, entity_id: str | None
) -> tuple[Counter[str], dict[str, Words]]:
    counts: Counter[str] = Counter()
    words: dict[str, Words] = {}
    for document in documents:
        found, struck = struck_in(db, document, roll, entity_id)
        counts += mask(db, found, struck)
        words[document] = struck.words
    return counts, words


def _record(
    db: Database, own: Forgotten, when: str, name_hash: str, said: tuple[str, str], counts: Mapping[str, int]
) -> None:
    """Write down that somebody was removed, the reason and who did it, and by what they are known again; never who it was."""
    db.table("forgettings").insert(
        {
            "id": own.id,
            "forgotten_at": when,
            "reason": said[0] or None,
            "reviewer": said[1] or None,
            "name_hash": name_hash,
            "is_limited": int(own.is_limited),
            "counts": json.dumps(dict(sorted(counts.items()))),
            "documents": json.dumps(sorted(own.documents)),
        }
    )
    db.table("forgotten_names").insert_all(
        {"id": stable_id("h", own.id, hash, reach), "forgetting_id": own.id, "hash": hash, "reach": reach}
        for reach, hashes in own.hashes.items()
        for hash in sorted(hashes)
    )


def _hash_of_name(roll: Roll, person: Person) -> str:
    return roll.hash_of(min(person.forms.full, default=person.name))


def _renew_indexes(db: Database) -> None:
    """Make the full-text indexes of SQLite anew, so that no word of before is left in them; PostgreSQL does so itself."""
    if isinstance(db.conn, sqlite3.Connection):
        for index in INDEXES:
            db.execute(f"insert into {index} ({index}) values ('rebuild')")


def _files(db: Database, when: str, paths: Mapping[str, str]) -> tuple[str, ...]:
    sql = "select id from documents where withheld_since = ? and parent_id is null"
    return tuple(sorted(paths[id] for (id,) in db.execute(sql, [when]).fetchall()))
