"""Short documents with their truth marked in: who is who in the text, and which posts, ties and owners it states.

`{Ann Lee}` is a person, `[Tarn Trust]` a body, `<First Step>` an initiative; `{Ann=Ann Lee}` is a short form. After `--`
come the posts (`person | title | body | former since..until`), ties (`+`) and owners of initiatives (`*`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goalmap.extract.extract import tied
from goalmap.extract.linking.register import Register
from goalmap.extract.names import EntityKind, Mention, Names, Span
from goalmap.ingest.document import Document, Kind, Passage

FOLDER = Path(__file__).parent / "data" / "roles"
KINDS = {"{": EntityKind.PERSON, "[": EntityKind.ORGANISATION, "<": EntityKind.INITIATIVE}
_MARKED = re.compile(r"(?P<sign>[{\[<])(?P<surface>[^}\]>=]+)(?:=(?P<name>[^}\]>]+))?[}\]>]")


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the truth, or the program, has it."""

    person: str
    title: str
    body: str | None
    former: bool
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One document with what it states."""

    id: str
    document: Document
    register: Register
    mentions: tuple[Mention, ...]
    posts: tuple[Post, ...]
    ties: frozenset[tuple[str, str, str]]
    owners: frozenset[tuple[str, str]]

    def read(self) -> Names:
        return tied(self.document, self.register, self.mentions)


def cases(name: str) -> list[Case]:
    text = (FOLDER / name).read_text("utf-8")
    return [_case(part) for part in re.split(r"^== ", text, flags=re.M) if part.strip()]


def _case(part: str) -> Case:
    head, _, rest = part.partition("\n")
    id, publisher = (cell.strip() for cell in head.split("|"))
    body, _, truth = rest.partition("\n--\n")
    register = Register({})
    passages: list[Passage] = []
    mentions: list[Mention] = []
    heading = None
    for position, line in enumerate(body.splitlines()):
        kind = Kind.HEADING if line.startswith("# ") else Kind.TABLE_ROW if " | " in line else Kind.BODY
        text, found = _unmarked(line.removeprefix("# "), position, register)
        mentions += found
        passages.append(Passage(position, kind, text, None if kind is Kind.HEADING else heading))
        heading = text if kind is Kind.HEADING else heading
    register.entity(EntityKind.ORGANISATION, publisher)
    return Case(
        id,
        Document(f"{id}.txt", passages=tuple(passages), publisher=publisher),
        register,
        tuple(mentions),
        tuple(_posts(truth)),
        frozenset((m, k, b) for m, k, b in _rows(truth, "+", 3)),
        frozenset((i, b) for i, b in _rows(truth, "*", 2)),
    )


def _unmarked(line: str, position: int, register: Register) -> tuple[str, list[Mention]]:
    text, end, found = "", 0, []
    for match in _MARKED.finditer(line):
        text += line[end : match.start()]
        kind = KINDS[match["sign"]]
        entity = register.entity(kind, match["name"] or match["surface"])
        found.append(
            Mention(entity, Span(position, len(text), len(text) + len(match["surface"])), match["surface"], "marked")
        )
        text += match["surface"]
        end = match.end()
    return text + line[end:], found


def _rows(truth: str, sign: str, count: int) -> Iterator[list[str]]:
    for line in truth.splitlines():
        if line.startswith(sign + " "):
            yield [cell.strip() for cell in line[2:].split("|")][:count]


def _posts(truth: str) -> Iterator[Post]:
    for line in truth.splitlines():
        if line and line[0] not in "+*":
            person, title, body, *more = (cell.strip() for cell in line.split("|"))
            told = " ".join(more)
            since, _, until = next((word for word in told.split() if ".." in word), "..").partition("..")
            yield Post(person, title, None if body == "-" else body, "former" in told, since or None, until or None)


def posts_of(names: Names) -> list[Post]:
    return [
        Post(
            names.entities[role.person].name,
            role.title,
            None if role.organisation is None else names.entities[role.organisation].name,
            role.former,
            role.since,
            role.until,
        )
        for role in names.roles
    ]


def ties_of(names: Names) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (names.entities[tie.member].name, tie.kind, names.entities[tie.organisation].name) for tie in names.memberships
    )


def owners_of(names: Names) -> frozenset[tuple[str, str]]:
    return frozenset((names.entities[a].name, names.entities[b].name) for a, b in names.owners)


_SMALL = frozenset({"of", "the", "and", "for", "a", "at", "former", "in"})


def same_post(one: Post, other: Post) -> bool:
    """One person and nearly one title, both past or both not."""
    words, others = (frozenset(re.findall(r"\w+", post.title.casefold())) - _SMALL for post in (one, other))
    enough = bool(words and others) and len(words & others) >= 0.6 * min(len(words), len(others))
    return enough and one.person == other.person and one.former == other.former
