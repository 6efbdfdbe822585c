"""The person who is to be forgotten: found by id or name, with all that they are called here."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.common_words import common_words
from goalmap.ingest.errors import EntityProblem
from goalmap.store.masking.forms import Forms, forms_of, is_whole, name_keys
from goalmap.store.masking.people import Forgotten, Roll, linked
from goalmap.store.masking.words import plain_text

Row = Mapping[str, Any]

PEOPLE = "select id, name, aliases from entities where kind = 'person' order by name, id"
NAMES = """
select name from entities where id = :id union select name from entity_names where entity_id = :id
union select name from document_entities where entity_id = :id union select surface from mentions where entity_id = :id
"""
LISTS = (
    "select aliases from entities where id = :id union all select forms from document_entities where entity_id = :id"
)
POSTS = """
select distinct r.title, coalesce(o.name, '') body from roles r left join entities o on o.id = r.organisation_id
where r.person_id = ? order by r.title, body limit 3
"""
SIGHTINGS = "select document_id, name from document_entities where entity_id = ?"
BODIES = "select bodies from document_entities where entity_id = ?"
OTHERS = "select name, forms from document_entities where entity_id is not ?"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named in a database, or only by whoever asks."""

    name: str
    entity_id: str | None
    names: tuple[str, ...]
    documents: frozenset[str]
    sightings: frozenset[tuple[str, str]]
    """Documents with the name that each uses first of all."""
    bodies: frozenset[str]
    """Name keys of the bodies of their posts."""
    has_namesakes: bool = False

    @property
    def forms(self) -> Forms:
        return forms_of(self.names)


@dataclass(frozen=True, slots=True)
class Left:
    """An entity that stays, though it has the surname."""

    id: str
    kind: str
    name: str


def find_person(db: Database, said: str) -> Person:
    """Who is meant. Raises EntityProblem where it is nobody, or where it may be several."""
    people = list(db.query(PEOPLE))
    by_id = {row["id"]: row for row in people}
    if said in by_id:
        return _person(db, by_id[said], people)
    key = "".join(name_keys(said))
    called = [row for row in people if key and key in _joined(_names_in(row))]
    if len(called) > 1:
        raise EntityProblem(_ambiguous(db, said, called))
    if called:
        return _person(db, called[0], people)
    if not is_whole(name_keys(said) or [""]):
        raise EntityProblem(
            f"Nobody is called {said!r} here. Give a full name, which is then removed wherever it stands, or an id: "
            "goalmap entities list --kind person"
        )
    return Person(said, None, (said,), frozenset(), frozenset(), frozenset())


def _person(db: Database, row: Row, people: Iterable[Row]) -> Person:
    asked = {"id": row["id"]}
    lists = [name for (cell,) in db.execute(LISTS, asked).fetchall() for name in json.loads(cell or "[]")]
    names = sorted({*(name for (name,) in db.execute(NAMES, asked).fetchall()), *lists})
    full = forms_of(names).full
    sightings = [(id, name) for id, name in db.execute(SIGHTINGS, [row["id"]]).fetchall()]
    bodies = (key for (cell,) in db.execute(BODIES, [row["id"]]).fetchall() for key in json.loads(cell or "[]"))
    return Person(
        row["name"],
        row["id"],
        tuple(names),
        frozenset(id for id, _ in sightings),
        frozenset(sightings),
        frozenset(bodies),
        any(other["id"] != row["id"] and full & _joined(_names_in(other)) for other in people),
    )


def called_alike(db: Database, person: Person) -> Iterator[Left]:
    """Whoever and whatever is called by the surname and stays: somebody else, or the same person under a part of the name."""
    for row in db.query("select id, kind, name, aliases from entities order by kind desc, name, id"):
        if person.forms.surnames & {key for name in _names_in(row) for key in name_keys(name)}:
            yield Left(row["id"], row["kind"], row["name"])


def _names_in(row: Row) -> list[str]:
    return [row["name"], *json.loads(row["aliases"] or "[]")]


def _joined(names: Iterable[str]) -> set[str]:
    return {"".join(keys) for name in names if (keys := name_keys(name))}


def _ambiguous(db: Database, said: str, called: Iterable[Row]) -> str:
    listed = "\n".join(f"  {row['id']}  {row['name']}{_posts(db, row['id'])}" for row in called)
    return f"Several people are called {said!r}. Give the id of the one that you mean:\n{listed}"


def _posts(db: Database, id: str) -> str:
    posts = [f"{title}{f', {body}' if body else ''}" for title, body in db.execute(POSTS, [id]).fetchall()]
    return f" ({'; '.join(posts)})" if posts else ""


# What is kept of them


def forgotten(db: Database, id: str, person: Person, key: bytes) -> Forgotten:
    """The person by hashes alone."""
    roll = Roll(key, ())
    forms = person.forms
    common = forms.short & common_words()
    taken = _others_parts(db, person.entity_id, forms.full)
    shared = tuple(taken & forms.surnames)
    ours = forms.short - common - forms.given
    alone = set() if person.has_namesakes else {one for one in ours - taken if not (shared and one.endswith(shared))}
    called = {(document, "".join(name_keys(name))) for document, name in person.sightings}
    return Forgotten(
        id,
        _hashes(roll, forms.full),
        _hashes(roll, ours - alone),
        _hashes(roll, alone),
        _hashes(roll, common),
        _hashes(roll, forms.given),
        _hashes(roll, (linked(document, form) for document, form in called if form not in forms.full)),
        _hashes(roll, person.bodies) if person.has_namesakes else frozenset(),
        person.documents,
        person.has_namesakes,
    )


def _hashes(roll: Roll, forms: Iterable[str]) -> frozenset[str]:
    return frozenset(map(roll.hash_of, forms))


def _others_parts(db: Database, entity_id: str | None, full: frozenset[str]) -> set[str]:
    """Words of the names of all others, but of those named after the person."""
    rows = db.execute(OTHERS, [entity_id]).fetchall()
    return {key for name, forms in rows for key in _parts(name, forms, full)}


def _parts(name: str, forms: str, full: frozenset[str]) -> Iterator[str]:
    for one in (name, *json.loads(forms or "[]")):
        if not any(form in plain_text(one) for form in full):
            yield from (key for key in name_keys(one) if len(key) > 1)
