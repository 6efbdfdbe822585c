"""Posts and ties as many passages tell them: each once, dated, with every passage; and those that do not fit together."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from goalmap.extract.words import name_key
from goalmap.report.progress.then_and_now import first_day, last_day
from goalmap.store.contents.people import Told
from goalmap.store.days import day


@dataclass(frozen=True, slots=True)
class Tie:
    """A post or membership, however many passages tell of it."""

    relation: str
    source_id: str
    source: str
    source_kind: str
    target_id: str | None
    target: str | None
    title: str
    former: bool
    dates: tuple[str, ...]
    """Of the documents that say so, the earliest first; none where they bear no date."""
    since: str | None
    until: str | None
    cites: tuple[str, ...]
    documents: tuple[str, ...]
    """Ids."""

    @property
    def is_post(self) -> bool:
        return self.relation == "role"

    @property
    def phrase(self) -> str:
        """The post with its body."""
        return f"{self.title}, {self.target}" if self.target else self.title

    @property
    def when(self) -> str:
        """When it holds or held, and the dates of the documents that say so."""
        span = [f"since {day(self.since)}" if self.since else "", f"until {day(self.until)}" if self.until else ""]
        return ", ".join([*filter(None, span), self.as_of])

    @property
    def as_of(self) -> str:
        if not self.dates:
            return "in an undated document"
        first, last = day(self.dates[0]), day(self.dates[-1])
        return f"as of {first}" if first == last else f"told from {first} to {last}"

    @property
    def told(self) -> str:
        """The post with its body and dates: Chair, Ashwick Trust (as of May 2024); formerly Leader, Marlow Council (until 2021)."""
        return f"{'formerly ' if self.former else ''}{self.phrase} ({self.when})"


def ties_of(told: Iterable[Told]) -> tuple[Tie, ...]:
    """Each post and membership once, in the order in which they come."""
    same: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for one in told:
        same[one.relation, one.source_id, one.target_id, name_key(one.kind), one.former].append(one)
    return tuple(_tie(rows) for rows in same.values())


def _tie(rows: Sequence[Told]) -> Tie:
    one = rows[0]
    return Tie(
        one.relation,
        one.source_id,
        one.source,
        one.source_kind,
        one.target_id,
        one.target,
        one.kind,
        one.former,
        tuple(sorted({row.as_of for row in rows if row.as_of})),
        min((row.since for row in rows if row.since), default=None),
        max((row.until for row in rows if row.until), default=None),
        tuple(dict.fromkeys(row.passage_id for row in rows)),
        tuple(dict.fromkeys(row.document_id for row in rows)),
    )


# Posts at the head of a body

_HEAD = re.compile(
    r"(?:group )?(?:chair(?:man|woman|person)?|chief executive(?: officer)?|managing director|vice chancellor|principal"
    r"|leader|president|director general)(?: of the (?:board|council|trust|board of directors))?"
)
_CHAIR = re.compile(r"chair")


def head_post(title: str) -> str:
    """The post at the head of a body that a title names, where one person holds it; else nothing.

    >>> head_post("Chair of the Board"), head_post("Group Chief Executive"), head_post("Deputy Chair"), head_post("co-chair")
    ('chair', 'chief executive', '', '')
    """
    key = name_key(title)
    if not _HEAD.fullmatch(key):
        return ""
    plain = key.removeprefix("group ").partition(" of the ")[0].removesuffix(" officer")
    return "chair" if _CHAIR.match(plain) else plain


# What does not fit together


@dataclass(frozen=True, slots=True)
class Clash:
    """Posts that documents tell and that hardly all hold at once: for a person to check."""

    about: str
    why: str
    posts: tuple[Tie, ...]


def clashes(ties: Iterable[Tie]) -> tuple[Clash, ...]:
    """Posts that contradict each other, or may, by every rule."""
    posts = [tie for tie in ties if tie.is_post]
    found = (clash for rule in RULES for clash in rule(posts))
    return tuple(sorted(found, key=lambda clash: (clash.about.casefold(), clash.why)))


def left_and_holds(posts: Sequence[Tie]) -> Iterator[Clash]:
    """A post that one document calls former and another, which is no older, a present one."""
    for same in _groups(posts, lambda tie: (tie.source_id, tie.target_id, name_key(tie.title))):
        former, present = [tie for tie in same if tie.former], [tie for tie in same if not tie.former]
        if former and present and not _ends_before(present[0], former[0]):
            why = "One document calls the post former, another that is no older tells it as held."
            yield Clash(same[0].source, why, (*former, *present))


def two_holders(posts: Sequence[Tie]) -> Iterator[Clash]:
    """A post at the head of a body that several people are said to hold at one time."""
    heads = [tie for tie in posts if not tie.former and tie.target_id and head_post(tie.title)]
    for same in _groups(heads, lambda tie: (tie.target_id, head_post(tie.title))):
        holders = [tie for tie in same if any(_clash(tie, other) for other in same if other.source_id != tie.source_id)]
        if holders:
            why = f"Several people are told in one post at its head, {_when(holders)}."
            yield Clash(same[0].target or "", why, tuple(holders))


def two_posts(posts: Sequence[Tie]) -> Iterator[Clash]:
    """A person whom different documents give different posts at one body at one time."""
    held = [tie for tie in posts if not tie.former and tie.target_id]
    for same in _groups(held, lambda tie: (tie.source_id, tie.target_id)):
        pairs = [pair for pair in combinations(same, 2) if _is_other_post(*pair) and _clash(*pair)]
        if pairs:
            told = tuple(dict.fromkeys(tie for pair in pairs for tie in pair))
            yield Clash(same[0].source, f"Different documents give different posts at one body, {_when(told)}.", told)


def heads_two(posts: Sequence[Tie]) -> Iterator[Clash]:
    """A person who is told as the chief executive of two bodies at one time by different documents."""
    held = [tie for tie in posts if not tie.former and head_post(tie.title) == "chief executive"]
    for same in _groups(held, lambda tie: (tie.source_id,)):
        pairs = [
            pair
            for pair in combinations(same, 2)
            if pair[0].target_id != pair[1].target_id and _are_apart(*pair) and _clash(*pair)
        ]
        if pairs:
            told = tuple(dict.fromkeys(tie for pair in pairs for tie in pair))
            yield Clash(same[0].source, f"Different documents tell of two bodies led, {_when(told)}.", told)


RULES: tuple[Callable[[Sequence[Tie]], Iterator[Clash]], ...] = (left_and_holds, two_holders, two_posts, heads_two)


def _when(posts: Iterable[Tie]) -> str:
    """Why they may hold at once."""
    return "at one time as far as the dates tell" if all(tie.dates for tie in posts) else "in documents without a date"


def _groups(posts: Iterable[Tie], key: Callable[[Tie], tuple[object, ...]]) -> Iterator[list[Tie]]:
    found: dict[tuple[object, ...], list[Tie]] = defaultdict(list)
    for tie in posts:
        found[key(tie)].append(tie)
    return (same for same in found.values() if len(same) > 1)


def _is_other_post(one: Tie, other: Tie) -> bool:
    """Whether neither title is the other with more words: Chief Executive, Group Chief Executive."""
    keys = name_key(one.title), name_key(other.title)
    return _are_apart(one, other) and not (keys[0] in keys[1] or keys[1] in keys[0])


def _are_apart(one: Tie, other: Tie) -> bool:
    """Whether no document tells both: then the person wears two hats."""
    return not set(one.documents) & set(other.documents)


def _clash(one: Tie, other: Tie) -> bool:
    """Whether the documents' dates leave room for both at once: neither ends before the other begins."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Tie, other: Tie) -> bool:
    """Whether all that is told of one is certainly older than all that is told of the other."""
    if not one.dates or not other.dates:
        return False
    return last_day(one.until or one.dates[-1]) < first_day(other.since or other.dates[0])
