"""Memberships: who chairs, belongs to, is part of, owns, pays for, partners or signs up to which body, and what became of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from goalmap.extract.names import Membership, Role
from goalmap.extract.roles.dates import date_in
from goalmap.extract.roles.tokens import sentences_of
from goalmap.extract.ties import patterns

_SIGN = re.compile(r"⟨[PO](\d+)⟩")


class Tie(NamedTuple):
    """A member, the body it is tied to, how, and from when until when."""

    member: int
    body: int
    kind: str
    since: str | None = None
    until: str | None = None


_OF_THE_WHOLE = r"(?: of (?:the )?(?:board(?: of (?:trustees|governors|directors|management))?|trustees|governors|directors|corporation|council|governing body|trust|charity|company|foundation|group))?"
BY_POST = (
    (
        "chairs",
        re.compile(
            rf"^(?:interim |acting |joint |founding |new |independent |executive |non-executive )*(?:co-)?chair(?:man|woman|person)?{_OF_THE_WHOLE}$",
            re.I,
        ),
    ),
    ("trustee of", re.compile(r"\btrustee\b", re.I)),
    ("founder of", re.compile(r"\b(?:co-)?founder\b", re.I)),
    ("patron of", re.compile(r"^(?:[\w-]+ )?(?:patron|ambassador)\b(?! to| for)", re.I)),
    (
        "member of",
        re.compile(
            r"^(?:\w+ )?(?:board |council |committee |panel )?member(?: of the (?:[\w-]+ ){0,2}(?:board|corporation|council|committee|panel|group|forum))?$|\bgovernor\b|\bfellow\b",
            re.I,
        ),
    ),
)
"""What a post says of the tie between a person and a body."""
_NO_MEMBER = re.compile(r"\bprison\b|\bcabinet\b|\bteam member\b|\bstaff member\b|\bprize\b", re.I)


def tie_of_post(title: str) -> str | None:
    """The kind of tie that a post is, if it is one.

    >>> tie_of_post("co-chair"), tie_of_post("Chief Executive"), tie_of_post("chair of the audit committee")
    ('chairs', None, None)
    """
    if _NO_MEMBER.search(title):
        return None
    return next((kind for kind, pattern in BY_POST if pattern.search(title)), None)


def memberships_in(masked: Sequence[str], roles: Iterable[Role]) -> Iterator[Membership]:
    """Each tie once, at the first passage that states it: in so many words, or by a post that is not past."""
    seen: set[tuple[int, int, str]] = set()
    stated = (
        Membership(tie.member, tie.body, tie.kind, passage, tie.since, tie.until)
        for passage, text in enumerate(masked)
        for tie in ties_in(text)
    )
    for tie in (*stated, *_ties_of_posts(roles)):
        if (key := (tie.member, tie.organisation, tie.kind)) not in seen:
            seen.add(key)
            yield tie


def _ties_of_posts(roles: Iterable[Role]) -> Iterator[Membership]:
    for role in roles:
        kind = tie_of_post(role.title)
        if kind and role.organisation is not None and (not role.former or kind == "founder of"):
            yield Membership(role.person, role.organisation, kind, role.passage, role.since, role.until)


def ties_in(masked: str) -> Iterator[Tie]:
    """Every tie that one masked passage states."""
    if "⟨O" not in masked:
        return
    for sentence in sentences_of(masked):
        if sentence.count("⟨") > 1:
            for clause in clauses_of(sentence):
                yield from _stated(clause)
                yield from _done_by_another(clause)
                yield from _merged(clause)


def clauses_of(sentence: str) -> list[str]:
    """A sentence, and each further thing that it says of the body it begins with, as a sentence of its own.

    >>> clauses_of("⟨O1⟩, a mill, is owned by ⟨O2⟩ and is part of ⟨O3⟩.")
    ['⟨O1⟩ is owned by ⟨O2⟩', '⟨O1⟩ is part of ⟨O3⟩.', '⟨O1⟩, a mill']
    """
    if not (whole := patterns.WHOLE.match(sentence)):
        return [sentence]
    subject = f"⟨O{whole['body']}⟩"
    first, *more = patterns.PREDICATES.split(whole["rest"])
    aside = [f"{subject},{whole['aside']}"] if whole["aside"] else []
    return [f"{subject} {first}", *(f"{subject} {predicate}" for predicate in more), *aside]


def _stated(sentence: str) -> Iterator[Tie]:
    for kind, pattern in patterns.TIES:
        for match in pattern.finditer(sentence):
            since, until = _when(sentence[match.end() :])
            pairs = product(_numbers(match["members"]), _numbers(match["body"]))
            yield from (Tie(member, body, kind, since, until) for member, body in pairs if member != body)


def _done_by_another(sentence: str) -> Iterator[Tie]:
    """`⟨O⟩ is accredited by ⟨O⟩ and funded by ⟨O⟩`."""
    for match in patterns.BY_ANOTHER.finditer(sentence):
        kind = patterns.PASSIVE.get(match["verb"], "partner of")
        subject = _subject_of(patterns.ASIDE.sub("", sentence[: match.start()]))
        if subject is None:
            continue
        for other in _numbers(match["others"]):
            if other != subject:
                yield Tie(other, subject, kind) if kind in patterns.REVERSED else Tie(subject, other, kind)


def _subject_of(before: str) -> int | None:
    """The body that a passive verb is about."""
    if beside := patterns.BESIDE.search(before):
        return int(beside["body"])
    whole = patterns.SUBJECT.match(before)
    if whole and not patterns.NOT_OF_SUBJECT.search(whole["rest"]):
        return int(whole["body"])
    return None


def _merged(sentence: str) -> Iterator[Tie]:
    for match in patterns.MERGED.finditer(sentence):
        formed = patterns.FORMED.search(sentence[: match.start()])
        new = match["new"] or (formed["new"] if formed else None)
        if new:
            since = date_in(formed["date"]) if formed else _when(sentence[match.end() :])[0]
            for old in (match["one"], match["two"]):
                yield Tie(_number(old), _number(new), "became", since)


def _when(after: str) -> tuple[str | None, str | None]:
    match = patterns.WHEN.match(after)
    date = date_in(match["date"]) if match else None
    return (None, date) if match and match["since"] == "until" else (date, None)


def _numbers(signs: str) -> list[int]:
    return [int(number) for number in _SIGN.findall(signs)]


def _number(sign: str) -> int:
    return _numbers(sign)[0]
