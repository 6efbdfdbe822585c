"""Words that mean a body without naming it: `the Trust`, `the charity`, `our`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from goalmap.extract.linking.register import Register
from goalmap.extract.names import EntityKind, Mention, Quotation, Reference, Role, Span
from goalmap.ingest.document import Kind, Passage

_PUBLIC = r"NHS|Council|University|College|School|Academy|Police|Constabulary|Authority|Government|Department|Board|Ministry|Parliament"
_FOR_PROFIT = r"(?i:plc|Ltd\.?|Limited|LLP|Inc\.?)$"
BODIES: Mapping[str, str] = {
    "trust": r"\bTrust\b|\bNHS\b",
    "council": r"Council\b|\bCyngor\b|\bCorporation\b",
    "university": r"\bUniversity\b|\bPrifysgol\b",
    "college": r"\bCollege\b|\bColeg\b",
    "school": r"\b(?:School|Academy|Primary|Infants|Juniors|High|Grammar|Ysgol)\b",
    "academy": r"\bAcademy\b",
    "hospital": r"\bHospitals?\b|\bInfirmary\b",
    "hospice": r"\bHospice\b",
    "charity": rf"^(?!.*\b(?:{_PUBLIC})\b)(?!.*{_FOR_PROFIT}).*\b(?:Charity|Foundation|Trust|Hospice|Carers|Aid|Society|Mission|Appeal|Relief)\b",
    "foundation": r"\bFoundation\b(?! Trust)",
    "company": rf"{_FOR_PROFIT}|\b(?:Company|Group|Water|Energy|Foods|Rail|Railway|Trains|Holdings|Bakery|Build|Motors|Renewables|Logistics|Facilities)\b",
    "firm": rf"{_FOR_PROFIT}|\b(?:Company|Group|Holdings|Build|Partners|& (?:Sons|Daughters|Co))\b",
    "landlord": r"\b(?:Homes|Housing|Cartrefi)\b",
    "housing association": r"\b(?:Homes|Housing|Cartrefi)\b",
    "group": r"\bGroup\b",
    "bank": r"\bBank\b",
    "building society": r"\bBuilding Society\b",
    "society": r"\bSociety\b",
    "association": r"\bAssociation\b",
    "federation": r"\bFederation\b",
    "coalition": r"\bCoalition\b",
    "alliance": r"\bAlliance\b",
    "network": r"\bNetwork\b",
    "partnership": r"\bPartnership\b",
    "forum": r"\bForum\b",
    "authority": r"\bAuthority\b",
    "union": r"\bUnion\b",
    "commission": r"\bCommission\b",
    "institute": r"\bInstitute\b",
    "agency": r"\bAgency\b",
    "chamber": r"\bChamber\b",
    "museum": r"\bMuseums?\b",
    "theatre": r"\b(?:Theatre|Playhouse)\b",
    "library": r"\bLibrar(?:y|ies)\b",
    "hotel": r"\bHotel\b",
    "bakery": r"\bBakery\b",
    "nursery": r"\bNursery\b",
    "mosque": r"\bMosque\b",
    "credit union": r"\bCredit Union\b",
    "gallery": r"\bGallery\b",
    "church": r"\b(?:Church|Cathedral|Minster|Abbey)\b",
    "diocese": r"\bDiocese\b",
    "constabulary": r"\b(?:Constabulary|Police)\b",
    "force": r"\b(?:Constabulary|Police)\b",
    "ambulance service": r"\bAmbulance\b",
    "fire service": r"\bFire\b",
    "health board": r"\bHealth Board\b",
    "icb": r"\b(?:Integrated Care Board|ICB)\b",
    "combined authority": r"\bCombined Authority\b",
    "inquiry": r"\bInquiry\b",
    "bridge": r"\bBridge\b",
    "club": r"\bClub\b",
}
"""Each word by which a text comes back to a body, with the names that such bodies bear."""

_GENERIC = frozenset({"company", "firm", "charity", "group", "landlord", "force"})
"""What a name need not tell: the publisher may be one without saying so."""
_THE = re.compile(
    rf"(?<![\w’'-])(?:(?P<the>[Tt]he (?P<new>new |merged )?)|(?P<our>[Oo]ur ))(?P<word>{'|'.join('[' + w[0].upper() + w[0] + ']' + re.escape(w[1:]) for w in sorted(BODIES, key=len, reverse=True) if w != 'icb')}|ICB)(?![\w-])(?P<after>[’']s?\b|(?= [A-Z]\w+)|(?= [a-z-]+)|)",
)
_MAY_FOLLOW = re.compile(
    r"^(?:[’']s?\b|$|[^\w\s]|\s(?:$|[^\w\s]|(?:and|or|but|is|are|was|were|has|have|had|will|would|can|could|may|should|to|in|on|at|by|for|from|of|with|as|that|which|who|where|when|while|after|before|until|since|because|if|so|then|also|now|said|says|hopes|wants|plans|aims|runs|offers|itself|chief|chair\w*|director|leader|principal|head\w*|manager|spokes\w+|board|staff|does|did|not|"
    r"employs|helps|works|serves|supports|owns|pays|took|gave|made|ran|led|set|began|cut|put|won|lost|grew|built|sold|bought|got|found|held|met|paid|told|sent|spent|saw|gives|makes|takes|hosts|owns|shut|wrote|spoke|chose|kept|let|left|\w+ed)\b))"
)
_OWN = re.compile(r"(?<![\w’'-])(?:[Ww]e|[Oo]ur|[Uu]s)(?![\w’'-])")
_INTRODUCED = {
    "charity": re.compile(r"\b(?:charity|charities)[ ,]+$", re.I),
    "company": re.compile(
        r"\b(?:company|firm|business|employer|supplier|operator|manufacturer|developer|contractor)[ ,]+$", re.I
    ),
}
_DESCRIBED = {
    "charity": re.compile(r"^(?: \([^)]*\))?, (?:an?|the|our|its) [^.;,]{0,50}\bcharity\b"),
    "company": re.compile(
        r"^(?: \([^)]*\))?, (?:an?|the|our|its) [^.;,]{0,50}\b(?:company|firm|business|manufacturer|developer|contractor)\b"
    ),
}
_READ = frozenset(
    {
        Kind.BODY,
        Kind.LIST_ITEM,
        Kind.QUOTE,
        Kind.TABLE_ROW,
        Kind.BIO,
        Kind.CAPTION,
        Kind.BOILERPLATE,
        Kind.CONTACT,
        Kind.TITLE,
        Kind.HEADING,
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """The bodies of a document by where they are named, and the one that it speaks for."""

    names: Sequence[str]
    mentions: Sequence[Sequence[Mention]]
    """The bodies named in each passage, in reading order."""
    publisher: int | None


def named_bodies(by_passage: Sequence[Sequence[Mention]], register: Register, publisher: int | None) -> Named:
    """The bodies among all the names of a document."""
    bodies = [[m for m in here if register.kinds[m.entity] is EntityKind.ORGANISATION] for here in by_passage]
    return Named([out_of_capitals(name) for name in register.names], bodies, publisher)


def out_of_capitals(name: str) -> str:
    """A name as it is written in a sentence, where a letterhead has it in capitals; acronyms stay."""
    return name.title() if name.isupper() and " " in name else name


def in_order(*references: Iterable[Reference]) -> tuple[Reference, ...]:
    """References as they stand in the document."""
    return tuple(sorted(chain(*references), key=lambda reference: (reference.span.passage, reference.span.start)))


def references_in(passages: Sequence[Passage], named: Named) -> list[Reference]:
    """Every `the Trust` of a document that means one body for sure."""
    found: list[Reference] = []
    described = _descriptions(passages, named)
    met: list[int] = []
    for passage, mentions in zip(passages, named.mentions, strict=True):
        if passage.kind in _READ and passage.is_english:
            found += _in_passage(passage, mentions, met, described, named)
        met += [mention.entity for mention in mentions]
    return found


def _in_passage(
    passage: Passage, mentions: Sequence[Mention], met: Sequence[int], described: Mapping[str, set[int]], named: Named
) -> Iterator[Reference]:
    for match in _THE.finditer(passage.text):
        start, end = match.start(), match.end("word")
        inside = any(mention.span.start < end and start < mention.span.end for mention in mentions)
        capital = match["word"][0].isupper()
        follows = passage.text[end : end + 30]
        if inside or not (_MAY_FOLLOW.match(follows) or capital):
            continue
        if match["our"] and not (_MAY_FOLLOW.match(follows)):
            continue
        word = match["word"].casefold()
        before = [mention.entity for mention in mentions if mention.span.end <= start]
        body = (
            named.publisher if (match["our"] or match["new"]) and _is(word, named.publisher, described, named) else None
        )
        body = body if body is not None else _meant(word, before, met, described, named)
        if body is not None:
            yield Reference(body, Span(passage.position, start, end), passage.text[start:end])


def _meant(
    word: str, before: Sequence[int], met: Sequence[int], described: Mapping[str, set[int]], named: Named
) -> int | None:
    """The nearest such body before it in the passage, else the publisher if it is one, else the nearest in the document."""
    for body in reversed(before):
        if (_is(word, body, described, named) and body != named.publisher) or (
            body == named.publisher and _is_publisher(word, body, described, named)
        ):
            return body
    if named.publisher is not None and _is(word, named.publisher, described, named):
        return named.publisher
    nearest = next((body for body in reversed(met) if _is(word, body, described, named)), None)
    if nearest is not None:
        return nearest
    return (
        named.publisher
        if named.publisher is not None and _is_publisher(word, named.publisher, described, named)
        else None
    )


def _is(word: str, body: int | None, described: Mapping[str, set[int]], named: Named) -> bool:
    """Whether a body is called by this word, by its name or by what the text says of it."""
    if body is None:
        return False
    kind = "company" if word == "firm" else word
    return body in described.get(kind, ()) or bool(re.search(BODIES[word], named.names[body]))


def _is_publisher(word: str, body: int, described: Mapping[str, set[int]], named: Named) -> bool:
    """The publisher is the company or the charity of its own text where its name says nothing else."""
    if _is(word, body, described, named):
        return True
    public = re.search(rf"\b(?:{_PUBLIC})\b", named.names[body])
    others = any(body in bodies for kind, bodies in described.items() if kind != word)
    return word in _GENERIC - {"group"} and not public and not others and word in ("company", "firm")


def _descriptions(passages: Sequence[Passage], named: Named) -> dict[str, set[int]]:
    """Bodies that the text itself calls a charity or a company."""
    found: dict[str, set[int]] = {kind: set() for kind in _INTRODUCED}
    for passage, mentions in zip(passages, named.mentions, strict=True):
        for mention in mentions:
            before = passage.text[max(0, mention.span.start - 20) : mention.span.start]
            after = passage.text[mention.span.end : mention.span.end + 80]
            for kind in _INTRODUCED:
                if _INTRODUCED[kind].search(before) or _DESCRIBED[kind].match(after):
                    found[kind].add(mention.entity)
    return found


def own_words(
    passages: Sequence[Passage], quotations: Sequence[Quotation], roles: Sequence[Role], publisher: int | None
) -> Iterator[Reference]:
    """The first `we` or `our` of each passage: the publisher's, or inside a quotation the speaker's body's."""
    bodies = _bodies_of(roles)
    for passage in passages:
        if passage.kind not in _READ or not passage.is_english:
            continue
        spoken = [q for q in quotations if q.span.passage == passage.position]
        for match in _OWN.finditer(passage.text):
            speech = next((q for q in spoken if q.span.start <= match.start() < q.span.end), None)
            body = publisher if speech is None else bodies.get(speech.speaker) if speech.speaker is not None else None
            if body is not None:
                yield Reference(body, Span(passage.position, *match.span()), match.group())
                break


def _bodies_of(roles: Sequence[Role]) -> dict[int, int]:
    """The one body that each person now has posts at."""
    held: dict[int, set[int]] = {}
    for role in roles:
        if role.organisation is not None and not role.former:
            held.setdefault(role.person, set()).add(role.organisation)
    return {person: next(iter(bodies)) for person, bodies in held.items() if len(bodies) == 1}
