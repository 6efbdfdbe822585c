"""A small database of invented documents whose people, bodies and initiatives are known, for tests of their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from goalmap.extract.names import (
    Entity,
    EntityKind,
    Figure,
    Measure,
    Membership,
    Mention,
    Names,
    Quotation,
    Reference,
    Role,
    Span,
    Speech,
)
from goalmap.store.database import immediate, open_database
from goalmap.store.entities.names import save_names
from goalmap.store.entities.refresh import refresh

PERSON, BODY, INITIATIVE = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.INITIATIVE
EVIL = '<script>document.title = "taken"</script>'


@dataclass(frozen=True, slots=True)
class Story:
    """A document with what is named in it."""

    id: str
    published: str | None
    texts: tuple[str, ...]
    entities: tuple[Entity, ...]
    said: tuple[tuple[str, int, Speech], ...] = ()
    """Words that somebody says, with the place of the speaker."""
    meant: tuple[tuple[str, int], ...] = ()
    roles: tuple[Role, ...] = ()
    memberships: tuple[Membership, ...] = ()
    counted: tuple[tuple[str, float, str], ...] = ()
    measured: tuple[tuple[str, float, int, str], ...] = ()
    """Shares of staff: the words, the number, the place of the body, the year."""
    owners: tuple[tuple[int, int], ...] = ()
    copy_of: str | None = None

    def span(self, words: str) -> Span:
        place = next(place for place, text in enumerate(self.texts) if words in text)
        return Span(place, self.texts[place].index(words), self.texts[place].index(words) + len(words))

    @property
    def names(self) -> Names:
        shares = [(self.span(words), value, body, year) for words, value, body, year in self.measured]
        return Names(
            entities=self.entities,
            mentions=tuple(mention for place in range(len(self.entities)) for mention in self._mentions(place)),
            references=tuple(Reference(body, self.span(words), words) for words, body in self.meant),
            roles=self.roles,
            quotations=tuple(Quotation(self.span(words), speaker, kind) for words, speaker, kind in self.said),
            memberships=self.memberships,
            figures=(
                *(Figure(self.span(words), value, None, what) for words, value, what in self.counted),
                *(Figure(span, value, "%") for span, value, _, _ in shares),
            ),
            measures=tuple(
                Measure(span, "share", value, "%", body, "type of school", "state school", year)
                for span, value, body, year in shares
            ),
            owners=self.owners,
        )

    def _mentions(self, place: int) -> Iterable[Mention]:
        """The longest of an entity's names in each passage."""
        names = sorted((self.entities[place].name, *self.entities[place].aliases), key=len, reverse=True)
        for number, text in enumerate(self.texts):
            name = next((name for name in names if name in text), None)
            if name:
                start = text.index(name)
                yield Mention(place, Span(number, start, start + len(name)), name, "model")


OPENING = (
    "Ada Ray, chief executive of Lockgate Trust, opened Doors Open on Monday. It has 453 apprentices. The rain held off.",
    "“We open doors for everybody,” said Ada Ray. The Trust will build a second centre.",
)
STORIES = (
    Story(
        "s1",
        "2024-02-12",
        OPENING,
        (Entity(PERSON, "Ada Ray"), Entity(BODY, "Lockgate Trust"), Entity(INITIATIVE, "Doors Open")),
        said=(("We open doors for everybody,", 0, Speech.DIRECT),),
        meant=(("The Trust", 1),),
        roles=(Role(0, "chief executive", 0, 1),),
        counted=(("453 apprentices", 453.0, "apprentices"),),
        owners=((2, 1),),
    ),
    Story(
        "s2",
        "2024-02-13",
        OPENING,
        (Entity(PERSON, "Ada Ray"), Entity(BODY, "Lockgate Trust"), Entity(INITIATIVE, "Doors Open")),
        said=(("We open doors for everybody,", 0, Speech.DIRECT),),
        roles=(Role(0, "chief executive", 0, 1),),
        copy_of="s1",
    ),
    Story(
        "s3",
        "2025-03",
        (
            "Dr Ada Ray, the former chief executive of Lockgate Trust, said that the doors were to stay open. "
            "She chairs Harrow Fund since 2025.",
            "Some 61 % of staff at Lockgate Trust went to a state school. Lockgate Trust is a partner of Harrow Fund.",
        ),
        (Entity(PERSON, "Ada Ray", ("Dr Ada Ray",)), Entity(BODY, "Lockgate Trust"), Entity(BODY, "Harrow Fund")),
        said=(("the doors were to stay open", 0, Speech.INDIRECT),),
        roles=(Role(0, "chief executive", 0, 1, former=True), Role(0, "chair", 0, 2, since="2025")),
        memberships=(Membership(1, 2, "partner of", 1), Membership(0, 2, "chairs", 0, since="2025")),
        measured=(("61 %", 61.0, 1, "2024"),),
    ),
    Story(
        "s4",
        None,
        (f"Ada Raye taught music, and {EVIL} was there with Lockgate Academy.",),
        (Entity(PERSON, "Ada Raye"), Entity(BODY, EVIL), Entity(BODY, "Lockgate Academy")),
    ),
)


def make_database(path: Path, stories: Sequence[Story] = STORIES) -> Database:
    """The stories in a new database, with two proposals, one of them accepted."""
    db = open_database(path, create=True)
    with immediate(db):
        db.execute("insert into frameworks (id, name, version) values ('stories', 'Story Goals', '1')")
        for place, name in enumerate(("Positive Destinations", "Fair Careers"), 1):
            row = {"id": f"stories/{place}", "framework_id": "stories", "code": str(place), "name": name}
            db.table("goals").insert({**row, "position": place})
        for story in stories:
            _write(db, story)
        refresh(db)
    return db


def _write(db: Database, story: Story) -> None:
    row = {"id": story.id, "path": f"news/{story.id}.html", "title": f"Story {story.id}", "status": "ok"}
    db.table("documents").insert({**row, "published": story.published, "duplicate_of": story.copy_of})
    ids = [f"{story.id}p{place}" for place in range(len(story.texts))]
    for place, (id, text) in enumerate(zip(ids, story.texts, strict=True)):
        copy = f"{story.copy_of}p{place}" if story.copy_of else None
        passage = {"id": id, "document_id": story.id, "position": place, "kind": "body", "text": text}
        db.table("passages").insert({**passage, "copy_of": copy})
    save_names(db, story.id, story.published, story.names, ids)
    if story.id == "s1":
        _propose(db, ids[0])


def _propose(db: Database, passage: str) -> None:
    for place in (1, 2):
        row = {"passage_id": passage, "goal_id": f"stories/{place}", "score": 0.9, "rank": place, "evidence": "[]"}
        db.table("proposals").insert({"id": f"sx{place}", **row})
    decision = {"passage_id": passage, "goal_id": "stories/1", "proposed_goal_id": "stories/1"}
    db.table("decisions").insert({**decision, "verdict": "accepted", "decided_at": "2025-01-01"})


def id_of(db: Database, name: str) -> str:
    """The id of the only entity of that name."""
    (found,) = db.execute("select id from entities where name = ?", [name]).fetchall()
    return str(found[0])
