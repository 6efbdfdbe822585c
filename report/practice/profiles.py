"""Who organisations are, as documents tell: who leads them, and to what they belong, each with its passage."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from goalmap.classify.activities.owners import body_key

LEADERS = re.compile(
    r"^(?:(?:interim|acting|joint|group) )?(?:chief executive(?: officer)?|chair(?:man|woman|person)?|vice[- ]chancellor"
    r"|managing director|leader(?: of the council)?|elected mayor)$",
    re.I,
)
"""Titles of those who lead a whole body."""
POSTS = """
select r.title, coalesce(r.as_of, d.published) as as_of, r.passage_id, e.name as person, o.name as organisation
from roles r join passages p on p.id = r.passage_id join documents d on d.id = p.document_id
join entities e on e.id = r.person_id join entities o on o.id = r.organisation_id
where p.retired_at is null and r.former = 0 order by as_of is null, as_of desc, d.path, p.position, r.id
"""
TIES = """
select m.kind, coalesce(m.as_of, d.published) as as_of, m.passage_id, e.name as member, o.name
from memberships m join passages p on p.id = m.passage_id join documents d on d.id = p.document_id
join entities e on e.id = m.member_id join entities o on o.id = m.organisation_id
where p.retired_at is null and e.kind = 'organisation' order by as_of is null, as_of desc, d.path, p.position, m.id
"""


@dataclass(frozen=True, slots=True)
class Post:
    """A person who leads a body, as of a day where that is known."""

    title: str
    person: str
    as_of: str | None
    passage_id: str


@dataclass(frozen=True, slots=True)
class Tie:
    """What a body is to another one: member of, partner of, signatory of."""

    kind: str
    organisation: str
    as_of: str | None
    passage_id: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What documents tell of a body, the latest first."""

    posts: tuple[Post, ...] = ()
    ties: tuple[Tie, ...] = ()


def find_profiles(db: Database) -> Mapping[str, Profile]:
    """The profiles of all bodies of which anything is told, by the key of the name."""
    posts, ties = _posts(db), _ties(db)
    return {key: Profile(tuple(posts.get(key, ())), tuple(ties.get(key, ()))) for key in sorted({*posts, *ties})}


def _posts(db: Database) -> Mapping[str, Iterable[Post]]:
    """Of each title of a body the latest holder."""
    found: dict[str, dict[str, Post]] = defaultdict(dict)
    for row in db.query(POSTS):
        if LEADERS.match(row["title"]):
            post = Post(row["title"], row["person"], row["as_of"], row["passage_id"])
            found[body_key(row["organisation"])].setdefault(row["title"].casefold(), post)
    return {key: posts.values() for key, posts in found.items()}


def _ties(db: Database) -> Mapping[str, Iterable[Tie]]:
    found: dict[str, dict[tuple[str, str], Tie]] = defaultdict(dict)
    for row in db.query(TIES):
        tie = Tie(row["kind"], row["name"], row["as_of"], row["passage_id"])
        found[body_key(row["member"])].setdefault((tie.kind, body_key(tie.organisation)), tie)
    return {key: ties.values() for key, ties in found.items()}
