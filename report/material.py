"""What the sections of a report are made from: the evidence, and what is fetched of the documents when a section asks for it."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlite_utils import Database

from goalmap.classify.activities.model import Activity, Body
from goalmap.classify.goals.frameworks import Framework
from goalmap.extract.sentences import sentences_of
from goalmap.ingest.document import CONTENT
from goalmap.report.evidence import Evidence
from goalmap.report.gaps.found import GoalGap, goal_gaps
from goalmap.store.contents.searched import Searched, find_searched
from goalmap.store.own_frameworks import framework_of

QUOTATIONS = """
select q.passage_id, q.start, q."end", e.id, e.name, p.text, p.document_id from quotations q
join entities e on e.id = q.speaker_id join passages p on p.id = q.passage_id
where p.retired_at is null and p.copy_of is null and coalesce(q.kind, 'direct') = 'direct' order by q.passage_id, q.start, q.id
"""
POSTS = """
select r.title, r.former, coalesce(r.as_of, d.published) as as_of, r.since, r.until, r.passage_id, p.document_id,
    e.id as person_id, e.name as person, o.id as organisation_id, o.name as organisation
from roles r join passages p on p.id = r.passage_id join documents d on d.id = p.document_id
join entities e on e.id = r.person_id left join entities o on o.id = r.organisation_id
where p.retired_at is null and r.title <> '' and (
    r.organisation_id in (select value from json_each(:organisations)) or r.person_id in (select value from json_each(:people)))
order by as_of desc, d.path, p.position, r.id
"""
MEMBERSHIPS = """
select m.kind, coalesce(m.as_of, d.published) as as_of, m.passage_id, e.id as member_id, e.name as member, o.id, o.name
from memberships m join passages p on p.id = m.passage_id join documents d on d.id = p.document_id
join entities e on e.id = m.member_id join entities o on o.id = m.organisation_id
where p.retired_at is null and e.kind = 'organisation' and (m.member_id in (select value from json_each(:organisations))
    or m.organisation_id in (select value from json_each(:organisations)))
order by as_of desc, d.path, p.position, m.id
"""
OWN_PASSAGES = """
select p.id, p.text from passages p join documents d on d.id = p.document_id
where p.retired_at is null and p.copy_of is null and p.kind in (select value from json_each(:kinds))
    and d.publisher in (select value from json_each(:publishers))
order by d.published desc, d.path, p.position
"""
OWN_NAMES = """
select passage_id, start from mentions where entity_id in (select value from json_each(:organisations))
union select passage_id, start from coreferences where entity_id in (select value from json_each(:organisations))
"""
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_AMOUNT = r"(?:[£€]\s?)?\d[\d,.]*(?:\s(?:million|billion|m|bn)\b)?"
SIZES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:employs?|employing|workforce of)\b[^.;]{{0,40}}{_AMOUNT}",
        rf"\b(?:serves?|serving|care for|cares for)\b[^.;]{{0,50}}\b{_AMOUNT} (?:people|residents|patients|customers|households|homes)",
        rf"\bpopulation of\b[^.;]{{0,30}}{_AMOUNT}",
        rf"\b(?:has|have|with|teaches|educates) (?:about |around |nearly |almost |some |over |more than )?{_AMOUNT} (?:students|homes|branches|colleagues|employees|staff)\b",
        rf"\b(?:owns?|manages?|lets?)\b[^.;]{{0,30}}{_AMOUNT} homes\b",
    )
)
"""How documents tell how large an organisation is."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a named person is quoted as saying, at its characters."""

    speaker: Body
    passage_id: str
    start: int
    end: int
    text: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a passage gives somebody; `as_of` is the day of the document where no other is told."""

    person: Body
    title: str
    organisation: Body | None
    former: bool
    as_of: str | None
    passage_id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A tie between two organisations: member of, partner of, signatory of ..."""

    kind: str
    member: Body
    organisation: Body
    as_of: str | None
    passage_id: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, at its characters."""

    passage_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Material:
    """All that a report may tell. What only some sections need is fetched once, when the first of them asks."""

    db: Database
    evidence: Evidence
    made_on: str

    @property
    def name(self) -> str:
        """Whom the report is about, as it is written in sentences."""
        return self.evidence.organisation.name if self.evidence.organisation else "all organisations"

    def is_own(self, body: Body) -> bool:
        """Whether it is the organisation that the report is about."""
        own = self.evidence.organisation
        return own is not None and (body.name == own.name or body.name in own.publishers or body.id in own.entity_ids)

    @cached_property
    def framework(self) -> Framework:
        """The framework with its test questions."""
        return framework_of(self.db, self.evidence.framework.id)

    @cached_property
    def questions(self) -> Mapping[str, str]:
        """The test question of each goal, by id."""
        return {self.framework.goal_id(goal.code): goal.question for goal in self.framework.goals}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Each goal of the framework with its code, by id."""
        return {self.framework.goal_id(goal.code): goal.label for goal in self.framework.goals}

    def label(self, goal: str) -> str:
        """A goal's code and name; its code where the framework no longer has it."""
        return self.labels.get(goal, goal.partition("/")[2])

    @cached_property
    def quotations(self) -> Mapping[str, tuple[Spoken, ...]]:
        """Everything that named people say, by passage."""
        found: dict[str, list[Spoken]] = defaultdict(list)
        for row in self.db.query(QUOTATIONS):
            found[row["passage_id"]].append(_spoken(row))
        return {id: tuple(spoken) for id, spoken in found.items()}

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts at the organisation, and those of all who are quoted; the latest first."""
        speakers = {spoken.speaker.id for spokens in self.quotations.values() for spoken in spokens}
        values = {"organisations": self._own_ids, "people": json.dumps(sorted(filter(None, speakers)))}
        return tuple(_post(row) for row in self.db.query(POSTS, values))

    @cached_property
    def own_posts(self) -> tuple[Post, ...]:
        ids = self.evidence.organisation.entity_ids if self.evidence.organisation else ()
        return tuple(post for post in self.posts if post.organisation and post.organisation.id in ids)

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """The organisation's ties to other organisations, the latest first."""
        rows = self.db.query(MEMBERSHIPS, {"organisations": self._own_ids})
        return tuple(
            Membership(
                row["kind"],
                Body(row["member"], row["member_id"]),
                Body(row["name"], row["id"]),
                row["as_of"],
                row["passage_id"],
            )
            for row in rows
        )

    @cached_property
    def sizes(self) -> tuple[Sentence, ...]:
        """Sentences in which the organisation's own documents say how large it is, of the newest documents first."""
        publishers = self.evidence.organisation.publishers if self.evidence.organisation else ()
        kinds = json.dumps(sorted(CONTENT))
        values = {"publishers": json.dumps(publishers), "kinds": kinds, "organisations": self._own_ids}
        named: dict[str, list[int]] = defaultdict(list)
        for row in self.db.query(OWN_NAMES, values):
            named[row["passage_id"]].append(row["start"])
        rows = self.db.query(OWN_PASSAGES, values)
        return tuple(one for row in rows for one in _sizes(row["id"], row["text"], named.get(row["id"], [])))

    @cached_property
    def searched(self) -> Searched:
        """What was searched, and what came near."""
        return find_searched(self.db, self.evidence.scope)

    @cached_property
    def gaps(self) -> tuple[GoalGap, ...]:
        """Each goal that is asked for, with how well it is evidenced."""
        return goal_gaps(self.evidence, self.searched)

    @property
    def _own_ids(self) -> str:
        return json.dumps(self.evidence.organisation.entity_ids if self.evidence.organisation else ())

    def post_of(self, spoken: Spoken) -> Post | None:
        """The post of a speaker: as the same document gives it, else the latest that is not former."""
        held = [post for post in self._posts_by_person.get(spoken.speaker.id or "", ()) if not post.former]
        return next((post for post in held if post.document_id == spoken.document_id), next(iter(held), None))

    @cached_property
    def _posts_by_person(self) -> Mapping[str, list[Post]]:
        found: dict[str, list[Post]] = defaultdict(list)
        for post in self.posts:
            found[post.person.id or ""].append(post)
        return found

    def said_of(self, ones: Iterable[Activity]) -> tuple[Spoken, ...]:
        """What named people say in the passages that tell of these activities, each once."""
        passages = dict.fromkeys(id for one in ones for id in one.passages)
        found = {spoken.text: spoken for id in passages for spoken in self.quotations.get(id, ())}
        return tuple(found.values())


def _spoken(row: Mapping[str, Any]) -> Spoken:
    start, end = row["start"], row["end"]
    speaker = Body(row["name"], row["id"])
    return Spoken(speaker, row["passage_id"], start, end, row["text"][start:end], row["document_id"])


def _post(row: Mapping[str, Any]) -> Post:
    organisation = Body(row["organisation"], row["organisation_id"]) if row["organisation_id"] else None
    person = Body(row["person"], row["person_id"])
    where = row["passage_id"], row["document_id"]
    return Post(person, row["title"], organisation, bool(row["former"]), row["as_of"], *where)


def _sizes(passage_id: str, text: str, named: Sequence[int]) -> Iterator[Sentence]:
    """The sentences that tell a size of what is named before it, or of "we"."""
    for start, end in sentences_of(text):
        found = (match for pattern in SIZES if (match := pattern.search(text, start, end)))
        if any(_is_own(text, start, match.start(), named) for match in found):
            yield Sentence(passage_id, start, end, text[start:end])


def _is_own(text: str, start: int, end: int, named: Sequence[int]) -> bool:
    return any(start <= place < end for place in named) or _WE.search(text, start, end) is not None
