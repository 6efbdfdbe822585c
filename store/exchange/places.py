"""The passages that something was said of elsewhere, found in this database."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.extract.words import name_key
from goalmap.store.carry import heirs
from goalmap.store.exchange.records import Place
from goalmap.store.masking.marks import fits

LEAST_WORDS = 5
"""Words from which a text by itself is taken for the same passage; headings are alike in many documents."""
COMPARED = 2
"""Passages of a file, those that share most words, with which a text is compared letter by letter."""
NOT_HERE, UNCLEAR = "no passage", "several passages"

BY_ID = """
with recursive places (asked, id) as (
    select value, value from json_each(?)
    union
    select places.asked, p.replaced_by from places join passages p on p.id = places.id where p.replaced_by is not null
)
select asked, standing.id, was.text from places
join passages standing on standing.id = places.id and standing.retired_at is null join passages was on was.id = asked
"""
IN_FILES = """
select coalesce(d.sha256, d.id) file, p.id, p.text, p.position from passages p join documents d on d.id = p.document_id
where d.sha256 in (select value from json_each(:files)) and p.retired_at is null
union
select d.id, p.id, p.text, p.position from passages p join documents d on d.id = p.document_id
where d.id in (select value from json_each(:files)) and d.sha256 is null and p.retired_at is null
"""
BY_TEXT = """
select text, id from passages where retired_at is null and copy_of is null
and text in (select value from json_each(?)) order by id
"""

Matches = Iterator[tuple[Place, str]]
"""Places with the ids of passages."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and by what it was found; without a passage, why not."""

    rule: str
    passage_id: str = ""


def find_passages(db: Database, places: Iterable[Place]) -> dict[Place, Found]:
    """Each place with the passage that it is here."""
    found: dict[Place, Found] = {}
    wanted = list(dict.fromkeys(places))
    for rule, look in RULES.items():
        found |= {place: Found(rule, id) for place, id in look(db, wanted)}
        wanted = [place for place in wanted if place not in found]
    return found | {place: Found(why) for place, why in _by_text(db, wanted)}


def still_standing(db: Database, found: Mapping[Place, Found]) -> dict[Place, Found]:
    """Those whose passage was not taken out of its document meanwhile."""
    sql = "select id from passages where retired_at is null and id in (select value from json_each(?))"
    asked = json.dumps(sorted({one.passage_id for one in found.values()}))
    standing = {id for (id,) in db.execute(sql, [asked]).fetchall()}
    return {place: one for place, one in found.items() if not one.passage_id or one.passage_id in standing}


def _by_id(db: Database, places: Sequence[Place]) -> Matches:
    """The passage of that id, or the one in its place, if the text is the same but for accents, case and spacing."""
    rows = db.execute(BY_ID, [json.dumps([place.passage_id for place in places])]).fetchall()
    here = {asked: (id, text) for asked, id, text in rows}
    for place in places:
        id, text = here.get(place.passage_id, ("", ""))
        if id and (fits(text, place.text) or name_key(text) == name_key(place.text)):
            yield place, id


@dataclass(frozen=True, slots=True)
class _Here:
    """A passage of a file that is also here."""

    id: str
    text: str
    position: int


def _by_file(db: Database, places: Sequence[Place]) -> Matches:
    """The passage of the same file that reads the same; of several the nearest to where it stood."""
    same: dict[tuple[str, str], list[_Here]] = defaultdict(list)
    for file, passages in _in_files(db, places).items():
        for passage in passages:
            same[file, passage.text].append(passage)
    for place in places:
        if alike := same.get((_file(place), place.text)):
            yield place, min(alike, key=lambda one: (abs(one.position - (place.position or 0)), one.id)).id


def _by_likeness(db: Database, places: Sequence[Place]) -> Matches:
    """The passage of the same file that reads nearly the same."""
    files = {file: _Words(passages) for file, passages in _in_files(db, places).items()}
    for place in places:
        if here := files.get(_file(place)):
            for _, id in heirs({place.passage_id: place.text}, here.sharing(place.text)):
                yield place, id


class _Words:
    """The passages of a file by their words, so that only the likest are compared."""

    def __init__(self, passages: Iterable[_Here]) -> None:
        self.texts = {passage.id: passage.text for passage in passages}
        self.by_word: dict[str, list[str]] = defaultdict(list)
        for id, text in self.texts.items():
            for word in set(text.split()):
                self.by_word[word].append(id)

    def sharing(self, text: str) -> dict[str, str]:
        shared = Counter(id for word in sorted(set(text.split())) for id in self.by_word.get(word, ()))
        return {id: self.texts[id] for id, _ in shared.most_common(COMPARED)}


def _in_files(db: Database, places: Sequence[Place]) -> Mapping[str, list[_Here]]:
    files: dict[str, list[_Here]] = defaultdict(list)
    asked = json.dumps(sorted({_file(place) for place in places}))
    for file, id, text, position in db.execute(IN_FILES, {"files": asked}).fetchall():
        files[file].append(_Here(id, text, position or 0))
    return files


def _file(place: Place) -> str:
    return place.sha256 or place.document_id


def _only_here(db: Database, places: Sequence[Place]) -> Matches:
    """The only passage that reads the same, in whatever document."""
    here = _alike(db, places)
    for place in places:
        if len(found := here.get(place.text, [])) == 1:
            yield place, found[0]


def _by_text(db: Database, places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Why places were not found."""
    here = _alike(db, places)
    yield from ((place, UNCLEAR if place.text in here else NOT_HERE) for place in places)


def _alike(db: Database, places: Sequence[Place]) -> Mapping[str, list[str]]:
    texts = {place.text for place in places if len(place.text.split()) >= LEAST_WORDS}
    here: dict[str, list[str]] = defaultdict(list)
    if texts:
        for text, id in db.execute(BY_TEXT, [json.dumps(sorted(texts))]).fetchall():
            here[text].append(id)
    return here


RULES: Mapping[str, Callable[[Database, Sequence[Place]], Matches]] = {
    "id": _by_id,
    "file and text": _by_file,
    "file and likeness": _by_likeness,
    "text": _only_here,
}
"""How a passage is looked for, the surest first."""
