"""The body that a document speaks for, and how it writes its own name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, takewhile

from goalmap.extract.bodies.find import looks_like_a_body
from goalmap.extract.candidates import Candidate, Sure
from goalmap.extract.linking.register import Register
from goalmap.extract.names import EntityKind, Mention
from goalmap.extract.ordinary import is_ordinary
from goalmap.extract.publisher_evidence import DESCRIBED, Evidence, addresses, descriptions, imprints, is_pointed_to
from goalmap.extract.resolving.drift import differing_word, is_slip
from goalmap.extract.words import CAPITAL, folded, table
from goalmap.ingest.document import Document, Kind, Passage

_DESK = table("communications comms press office team news media newsroom website online the and of for")
"""Words of a sender that are no part of its name."""
_OWN_NAME = re.compile(rf"{CAPITAL}(?:[ ](?:(?:of|and|for|the|&)[ ])?{CAPITAL}){{1,7}}$")
TELLING = {Kind.HEADER: 4, Kind.FOOTER: 4, Kind.BOILERPLATE: 3, Kind.CONTACT: 3, Kind.TITLE: 2}
"""How much a naming tells of who publishes, where an ordinary one tells 1."""
TOP, AT_THE_TOP = 4, 2
DEFINED = 3
"""What it adds that a body's acronym is defined, or that it names itself in the margins."""
OPENS = 1
"""What it adds that the first paragraph begins with a body."""
ENOUGH = 3
"""Least weight of a body that is held to be the publisher; it must also stand above all others."""
OPENING = 6
"""Passages among which a paragraph opens the text."""
START = 12
"""Characters before the first name of an opening list."""
NEAR_THE_START = 120
"""Characters before the body that an opening paragraph is about."""
_SIGNED = re.compile(r"(?:Chief Executive|Managing Director|Principal|Vice-Chancellor|Chair)(?:,| of| at)(?: the)? $")
"""Before a body, what makes it the one that a text is signed for."""
_IN_A_LIST = re.compile(r"^\)?(?:, (?:and )?|,? and )(?:the )?$|^ \($")
_JOINT = re.compile(r"(?i)\bjoint(?:ly)?\b[^.]{0,30}$")
_SAID_JOINT = re.compile(r"(?i)\bjoint (?:press |media |news )?(?:statement|release|announcement) (?:by|from|of)\b")
_PART = re.compile(r"(?:Committee|Panel|Sub-Committee|Subcommittee)$")
"""How bodies are called that are part of another: minutes of a committee speak for the whole."""
_BOARD_OF = re.compile(r"(?i)(?:board|cabinet|governors|trustees|council|corporation) of (?:the )?")
_SPEAKS = r"(?:\bfrom|\bat|\bby|\bof|\bwith|^|[.!?])\s+"


def own_names(document: Document) -> frozenset[str]:
    """What stands alone in the headers of a document and is also named in its text: its own name, whatever its words."""
    texts = [passage.text for passage in document.passages if passage.kind not in (Kind.HEADER, Kind.FOOTER)]
    running = [passage.text for passage in document.passages if passage.kind in (Kind.HEADER, Kind.FOOTER)]
    parts = {part.strip() for text in running for part in text.split("|")} | {document.publisher or ""}
    names = {part for part in parts if _OWN_NAME.match(part)}
    return frozenset(
        name for name in names if any(re.search(_SPEAKS + re.escape(name) + r"\b", text) for text in texts)
    )


def named_itself(passage: Passage, names: frozenset[str]) -> Iterator[Candidate]:
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", passage.text):
            yield Candidate(EntityKind.ORGANISATION, *match.span(), "own name", Sure.PHRASE)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The body that a document most likely speaks for, and whether it is known well enough to be called its publisher."""

    body: int
    is_publisher: bool


def speaker_of(document: Document, register: Register, mentions: Sequence[Mention]) -> Speaker | None:
    """The entity of the stated publisher, else of the body that is named most tellingly."""
    bodies = [place for place, kind in enumerate(register.kinds) if kind is EntityKind.ORGANISATION]
    if document.publisher:
        stated = register.find(EntityKind.ORGANISATION, document.publisher)
        similar = (place for place in bodies if _same_body(document.publisher or "", register.names[place]))
        known = stated if stated is not None else next(similar, None)
        if known is not None:
            return Speaker(known, is_publisher=True)
        if looks_like_a_body(document.publisher):
            return Speaker(register.entity(EntityKind.ORGANISATION, document.publisher), is_publisher=True)
    return _named_most(document, register, mentions, bodies)


def _same_body(sender: str, name: str) -> bool:
    """`Kestvale ICB Communications` is NHS Kestvale Integrated Care Board."""
    words = [word for word in sender.split() if word.casefold() not in _DESK]
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    parts = folded(name).split()
    return len(words) > 1 and all(word.casefold() in parts or (word.isupper() and word in initials) for word in words)


def _named_most(
    document: Document, register: Register, mentions: Sequence[Mention], bodies: Sequence[int]
) -> Speaker | None:
    named = [mention for mention in mentions if register.kinds[mention.entity] is EntityKind.ORGANISATION]
    opening = _opening(document, named)
    if _is_joint(document, opening) or any(_SAID_JOINT.search(p.text) for p in document.passages[:TOP]):
        return None
    weights = dict.fromkeys(bodies, 0)
    telling = set()
    owners = _owners(register, bodies) | _misspelt(register, named)
    for body, points, tells in (*_told(document, register, named), *_opened(opening)):
        weights[owners.get(body, body)] += points
        if tells:
            telling.add(owners.get(body, body))
    whole = telling - {body for body in telling if _PART.search(register.names[body])}
    weights = {body: weight for body, weight in weights.items() if body in (whole or telling)}
    best, second = (*sorted(weights.values(), reverse=True), 0, 0)[:2]
    stands_out = not document.publisher and best >= ENOUGH and best > second
    return Speaker(max(weights, key=lambda body: weights[body]), stands_out) if best else None


def _opened(opening: Sequence[Mention]) -> Iterator[Evidence]:
    """The text begins with a body."""
    if opening:
        yield Evidence(opening[0].entity, OPENS, opening[0].span.start < NEAR_THE_START)


def _told(document: Document, register: Register, named: Sequence[Mention]) -> Iterator[Evidence]:
    """Every naming, and what speaks for a body beside being named."""
    for mention in named:
        passage = document.passages[mention.span.passage]
        if is_pointed_to(passage.text, mention) or register.names[mention.entity] in DESCRIBED:
            continue
        weight = _weight(passage, mention)
        yield Evidence(mention.entity, weight, weight > 1 or _is_signed(passage, mention))
    for full in register.acronyms.values():
        defined = register.find(EntityKind.ORGANISATION, full)
        if defined is not None and any(mention.entity == defined for mention in named):
            yield Evidence(defined, DEFINED)
    yield from imprints(document, named)
    yield from descriptions(document, register, named)
    yield from addresses(document, register, named)


def _is_signed(passage: Passage, mention: Mention) -> bool:
    return bool(_SIGNED.search(passage.text[: mention.span.start]))


def _owners(register: Register, bodies: Sequence[int]) -> dict[int, int]:
    """The body to which a body's board belongs: naming the `Board of X` is naming X."""
    places = {folded(register.names[body]): body for body in bodies}
    boards = ((body, _BOARD_OF.match(register.names[body])) for body in bodies)
    owned = ((body, folded(register.names[body][match.end() :])) for body, match in boards if match)
    return {body: places[name] for body, name in owned if name in places}


_YEAR_BEHIND = re.compile(r" (?:19|20)\d\d$")
_EASE = 2
"""Letters by which a misspelt word may be shorter where the rest of the name is the same."""


def _misspelt(register: Register, named: Sequence[Mention]) -> dict[int, int]:
    """Bodies whose name is another's but for a slip: `Aldene Bank plc` in the small print of Aldine Bank plc."""
    often = Counter(mention.entity for mention in named).most_common()
    words = {body: _plain_words(register.names[body]) for body, _ in often}
    slips: dict[int, int] = {}
    for (body, _), (other, _) in combinations(often, 2):
        pair = differing_word(words[body], words[other])
        slipped = pair and len(words[body]) > 1 and is_slip(*pair, _EASE) and not all(map(is_ordinary, pair))
        if slipped or words[body] == words[other]:
            slips.setdefault(other, slips.get(body, body))
    return slips


def _plain_words(name: str) -> list[str]:
    """The words of a name without commas, `&` and the year that a copyright line adds."""
    return _YEAR_BEHIND.sub("", folded(name).replace("&", "and").replace(",", "")).split()


def _opening(document: Document, named: Sequence[Mention]) -> list[Mention]:
    """The bodies of the first paragraph that names any, where it stands near the top."""
    first = next((m.span.passage for m in named if document.passages[m.span.passage].kind is Kind.BODY), None)
    return [] if first is None or first > OPENING else [m for m in named if m.span.passage == first]


def _is_joint(document: Document, opening: Sequence[Mention]) -> bool:
    """A text of several bodies names them one after another at its start: it speaks for none of them alone."""
    if not opening:
        return False
    text = document.passages[opening[0].span.passage].text
    named = sorted(opening, key=lambda m: m.span.start)
    gaps = [text[a.span.end : b.span.start] for a, b in pairwise(named)]
    listed = list(takewhile(lambda gap: _IN_A_LIST.match(gap), gaps))
    bodies = len({m.entity for m in named[: len(listed) + 1]})
    said = _JOINT.search(text[: named[0].span.start]) is not None
    return any("and" in gap for gap in listed) and (
        (said and bodies > 1) or (named[0].span.start < START and bodies > 2)
    )


def _weight(passage: Passage, mention: Mention) -> int:
    """A name in the margins, in the small print, at the top or by the rule for own names tells more."""
    told = TELLING.get(passage.kind, 1)
    return max(told, AT_THE_TOP if passage.position < TOP else 1) + (DEFINED if mention.rule == "own name" else 0)
