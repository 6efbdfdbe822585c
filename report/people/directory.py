"""People and bodies as they stand in scope: who holds which posts, who belongs to whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlite_utils import Database

from goalmap.report.people.posts import Clash, Tie, clashes, head_post, ties_of
from goalmap.report.progress.then_and_now import first_day
from goalmap.report.scope import Organisation, find_organisation
from goalmap.store.contents.people import Person, named_by, people, ties


@dataclass(frozen=True)
class Directory:
    """People, and the ties between them and bodies, in scope."""

    organisation: Organisation | None
    people: tuple[Person, ...]
    ties: tuple[Tie, ...]

    @cached_property
    def posts(self) -> Mapping[str, tuple[Tie, ...]]:
        """What ties each person to bodies: the present first, then by the latest date."""
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in sorted(self.ties, key=_latest_first):
            if not (tie.relation == "membership" and self._is_told_as_post(tie)):
                found[tie.source_id].append(tie)
        return {id: tuple(rows) for id, rows in found.items()}

    def _is_told_as_post(self, tie: Tie) -> bool:
        """Whether a post says the same as a membership: Chair of it, chairs it."""
        posts = self._post_bodies.get((tie.source_id, tie.target_id), ())
        return any(word in title.casefold() for title in posts for word in _WORDS.get(tie.title, (tie.title,)))

    @cached_property
    def _post_bodies(self) -> Mapping[tuple[str, str | None], list[str]]:
        found: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        for tie in self.ties:
            if tie.is_post:
                found[tie.source_id, tie.target_id].append(tie.title)
        return found

    @cached_property
    def inward(self) -> Mapping[str, tuple[Tie, ...]]:
        """The ties that lead to each body."""
        return _by(self.ties, lambda tie: tie.target_id)

    @cached_property
    def outward(self) -> Mapping[str, tuple[Tie, ...]]:
        """The ties that lead from each."""
        return _by(self.ties, lambda tie: tie.source_id)

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        return clashes(self.ties)

    @cached_property
    def drawn(self) -> tuple[Tie, ...]:
        """What the picture may show: memberships, and posts at the head of a body."""
        return tuple(
            tie
            for tie in self.ties
            if tie.target_id
            and (head_post(tie.title) if tie.is_post else not (tie.title == "chairs" and self._is_told_as_post(tie)))
        )


_WORDS = {"chairs": ("chair",), "founder of": ("founder",), "trustee of": ("trustee",), "member of": ("member",)}
"""What a post says that tells the same as a membership."""


def _by(ties: Iterable[Tie], end: Callable[[Tie], str | None]) -> Mapping[str, tuple[Tie, ...]]:
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        if id := end(tie):
            found[id].append(tie)
    return {id: tuple(rows) for id, rows in found.items()}


def _latest_first(tie: Tie) -> tuple[object, ...]:
    latest = first_day(tie.dates[-1]) if tie.dates else ""
    newest = "".join(chr(0x7F - ord(char)) for char in latest if ord(char) < 0x7F)
    return tie.former, not newest, newest, not tie.is_post, tie.title.casefold(), tie.target or ""


def find_directory(db: Database, organisation: str | None = None) -> Directory:
    """Everybody, or those with a tie to an organisation and those whom its documents name. Raises UnknownName."""
    everybody, told = people(db), ties_of(ties(db))
    if organisation is None:
        return Directory(None, everybody, told)
    own = find_organisation(db, organisation)
    bodies = set(own.entity_ids)
    named = named_by(db, own.publishers)
    tied = {end for tie in told if bodies & {tie.source_id, tie.target_id} for end in (tie.source_id, tie.target_id)}
    inside = tuple(person for person in everybody if person.id in tied or person.id in named)
    ids = {person.id for person in inside} | bodies
    return Directory(own, inside, tuple(tie for tie in told if tie.source_id in ids or tie.target_id in bodies))
