"""All that the rules and the tagger propose for one passage, and what one makes of the other's word."""

import re
from collections.abc import Iterator, Sequence

from goalmap.extract.bodies.find import find_organisations, looks_like_a_body
from goalmap.extract.candidates import Candidate, Label, Sure
from goalmap.extract.initiatives.find import find_initiatives
from goalmap.extract.initiatives.frames import FRAMES, Frame
from goalmap.extract.initiatives.words import HEADS, PEOPLES
from goalmap.extract.names import EntityKind
from goalmap.extract.ordinary import are_ordinary, is_ordinary
from goalmap.extract.people.find import find_people
from goalmap.extract.vocabulary.titles import TITLES
from goalmap.extract.words import UPPER, table

KINDS = {"PERSON": EntityKind.PERSON, "ORG": EntityKind.ORGANISATION, "INITIATIVE": EntityKind.INITIATIVE}
"""Labels of the tagger that name something."""
NEED_THE_TAGGER = frozenset(
    {
        (EntityKind.INITIATIVE, "ordinary words"),
        (EntityKind.ORGANISATION, "agent"),
    }
)
"""Rules that are right in one of four cases where the tagger says otherwise, and in two of three or more where it agrees."""
_EDGES = re.compile(r"^(?:the|our|its|a|an|their|this|your|his|her) |[’']s?$|[,;:]$| ?[&+]$")
_OWNER = re.compile(r"(?:[Tt]he )?(?P<name>[^’']+)[’']s? ")
_GENERIC = table(
    "Trust Council University College School Academy Group Company Charity Board Association Foundation Society Authority"
)
_WITH_TITLES = frozenset({"honorific", "letters"})
"""Rules under which what stands before the name belongs to it."""
_PARTS = "Board|Cabinet|Governors|Trustees|Members|Journal|Newsletter|Bulletin|Minutes|Office|Staff"
_PART_OF = re.compile(rf"(?:{_PARTS}) of (?:the )?$")
_PART_FIRST = re.compile(rf"(?:[Tt]he )?(?:{_PARTS}) of (?:the )?")
_POSSESSIVE = re.compile(r"[’']s?(?: |$)")
_INITIALS = re.compile(rf"(?<![\w.&’'-])(?:[{UPPER}]\.[ ]?){{1,3}}$")


def proposals(text: str, labels: Sequence[Label], frames: Sequence[Frame] = FRAMES) -> list[Candidate]:
    """Every proposal of one passage, those that contradict each other too."""
    labels = [part for label in labels for part in _parted(text, label)]
    named = [_trimmed(text, label) for label in labels if label.label in KINDS]
    posts = [label for label in labels if label.label == "POST"]
    by_rules = [
        *find_people(text, labels),
        *find_organisations(text, labels),
        *_titles(text, named),
        *find_initiatives(text, labels, frames),
    ]
    borne_out = [_at_full_length(text, c, named, by_rules) for c in by_rules if _is_borne_out(c, named)]
    return [*borne_out, *_by_the_tagger_alone(text, named, posts, borne_out)]


def _titles(text: str, named: Sequence[Label]) -> Iterator[Candidate]:
    """The words of a post name nothing by themselves: `Cabinet Member for Housing` holds no body called Housing."""
    for match in TITLES.finditer(text):
        owner = max((part.end() for part in _POSSESSIVE.finditer(match.group())), default=0)
        holders = (n.start for n in named if n.label == "PERSON" and match.start() < n.start < match.end())
        yield Candidate(None, match.start() + owner, min(holders, default=match.end()), "title", Sure.CONTEXT)


def _parted(text: str, label: Label) -> Iterator[Label]:
    """The owner and what it has, where the tagger takes both for one: `Marle College’s Open Door`, `the Trust’s Race Network`."""
    owner = _OWNER.match(text, label.start, label.end) if label.label in ("ORG", "INITIATIVE") else None
    if owner is None or not (looks_like_a_body(owner["name"]) or owner["name"] in _GENERIC):
        yield label
        return
    if owner["name"] not in _GENERIC:
        yield Label(label.start, owner.end("name"), "ORG")
    if owner.end() < label.end:
        yield Label(owner.end(), label.end, label.label)


def _trimmed(text: str, label: Label) -> Label:
    """A label without articles and possessives at its edges."""
    start, end = label.start, label.end
    while match := _EDGES.search(text[start:end]):
        start, end = (start + match.end(), end) if match.start() == 0 else (start, start + match.start())
    return Label(start, end, label.label)


def _is_borne_out(c: Candidate, named: Sequence[Label]) -> bool:
    return (c.kind, c.rule) not in NEED_THE_TAGGER or any(
        KINDS[label.label] is c.kind and label.start < c.end and c.start < label.end for label in named
    )


def _at_full_length(text: str, c: Candidate, named: Sequence[Label], by_rules: Sequence[Candidate]) -> Candidate:
    """A body as long as the tagger has it: `Citizens Advice Tollworth`; a person with the initials before: `T. R. Bagnall`."""
    if c.kind is EntityKind.PERSON:
        initials = _INITIALS.search(text, max(0, c.start - 12), c.start)
        return c._replace(start=initials.start() if initials else c.start + _length_of_post(text, c, named))
    if c.kind is not EntityKind.ORGANISATION:
        return c
    c = _without_part(text, c)
    longer = (n for n in named if n.label == "ORG" and n.start <= c.start and c.end <= n.end)
    label = next(longer, None)
    if label is None or _holds_more(text, label, c, by_rules):
        return c
    return _without_part(text, c._replace(start=label.start, end=label.end))


def _length_of_post(text: str, c: Candidate, named: Sequence[Label]) -> int:
    """How much of a name is the post before it: `Directors Hamish Oddie`, where the tagger has the name alone."""
    if c.rule in _WITH_TITLES:
        return 0
    starts = (n.start for n in named if n.label == "PERSON" and c.start < n.start < c.end <= n.end)
    start = next(starts, c.start)
    return start - c.start if all(is_ordinary(word) for word in text[c.start : start].split()) else 0


def _without_part(text: str, c: Candidate) -> Candidate:
    """`Board of Pennard Building Society` names that society; the Board of Trade is a body."""
    part = _PART_FIRST.match(text, c.start, c.end)
    return c._replace(start=part.end()) if part and looks_like_a_body(text[part.end() : c.end]) else c


def _holds_more(text: str, label: Label, c: Candidate, by_rules: Sequence[Candidate]) -> bool:
    """An owner before it, what it has after it, a part of it named first (`Board of X`), or a second body beside it."""
    before, after = text[label.start : c.start], text[c.end : label.end]
    if _PART_OF.search(before) or any(_POSSESSIVE.search(part) or ", " in part for part in (before, after)):
        return True
    return any(
        other.kind is EntityKind.ORGANISATION
        and label.start <= other.start
        and other.end <= label.end
        and (other.end <= c.start or c.end <= other.start)
        for other in by_rules
    )


def _by_the_tagger_alone(
    text: str, named: Sequence[Label], posts: Sequence[Label], by_rules: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Names that no rule knows, where nothing speaks against them."""
    for label in named:
        kind = KINDS[label.label]
        against = (c for c in by_rules if c.kind is not kind and c.start < label.end and label.start < c.end)
        alone = _may_be_alone(text, label) or _holds_a_post(text, label, posts)
        if label.end > label.start and next(against, None) is None and alone:
            yield Candidate(kind, label.start, label.end, "tagger", Sure.MODEL)


def _holds_a_post(text: str, label: Label, posts: Sequence[Label]) -> bool:
    """Two words or more right beside a post, whatever words they are: `Ola Brandt, chief executive`."""
    gaps = (text[post.end : label.start] if post.end <= label.start else text[label.end : post.start] for post in posts)
    several = " " in text[label.start : label.end]
    return label.label == "PERSON" and several and any(gap in (" ", ", ", " (", ", the ", " – ", ": ") for gap in gaps)


def _may_be_alone(text: str, label: Label) -> bool:
    """Schemes of several ordinary words or with a head, surnames and given names that are no words."""
    name = text[label.start : label.end]
    words = name.split()
    if not name[:1].isupper() and not name[:1].isdigit():
        return False
    if label.label == "INITIATIVE":
        return (
            len(words) > 1
            and not PEOPLES.intersection(words)
            and (are_ordinary(words) or words[-1] in HEADS)
            and not looks_like_a_body(name)
        )
    acronym = len(words) == 1 and name.isupper()
    strange = not any(map(is_ordinary, words)) and not looks_like_a_body(name)
    return label.label == "PERSON" and strange and not acronym
