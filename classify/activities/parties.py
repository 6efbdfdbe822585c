"""Whose activity it is, and with whom it is done."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from goalmap.classify.activities.model import Body, Named, Telling
from goalmap.classify.activities.titles import opens_with_verb
from goalmap.extract.bodies.find import looks_like_a_body
from goalmap.extract.sentences import Stretch
from goalmap.extract.words import name_key, table

_REPORTERS = re.compile(
    r"\b(?:News|Gazette|Times|Herald|Post|Echo|Chronicle|Magazine|Journal|Bulletin|Argus|Mercury|Telegraph|Observer|Room151|Coalition|Pledge|Chamber\sof\sCommerce)\b"
)
"""Names of those who tell of others."""
_PARTS = re.compile(
    r"\b(?:Committee|Sub-Committee|Panel|Board|Network|Department|Directorate|Faculty|Team|Division|Cabinet|Group|Forum|School\sof|Business\sSchool|Unit|Ward|Conference|Newsletter)$|^Cabinet$"
)
"""How parts of a body are called."""
_JUDGES = table(
    "Ofsted|CQC|Care Quality Commission|Estyn|HMICFRS|Monitor|NHS|GP|GPs|Covid|Parliament|Government|the Government|UCAS|Living Wage Foundation|"
    "National Foundation for Educational Research|Office for Students|Ofwat|Ofgem|Charity Commission",
    "|",
)
"""Bodies that judge or measure, and words that name none."""
_NO_DOER_BEFORE = re.compile(
    r"\b(?:of|from|with|at|for|to|in|on|by|and|or|between|into|through|via|under|than|like|the\sformer|former|near|which|that|who|whom|where|because|if|when|as)\s(?:the\s)?$",
    re.I,
)
_FORMER = re.compile(
    r"\b(?:former|formerly|once\shome\sto|used\sto\swork\s(?:at|for)|ex-|retired\sfrom|in\splace\sof|against|bought\sfrom|back\sin\shouse\sfrom|worked\s(?:at|for)|sponsored\sby|defined\sby|set\sby|born\sin)\s(?:the\s|a\s)?$",
    re.I,
)
_OWNED_BEFORE = re.compile(r"[A-Z]\w+[’']s\s$")
_AT = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round)\s(?:the\s)?$")
_LABELS = re.compile(r"\s[–-]\s|:\s")
_AWARDED = re.compile(r"\.\s|,?\s(?:for|which|whose|who|where)\s")
_SPEAKER = re.compile(
    r"\b(?:Officer|Executive|Director|Chair|Chairman|Leader|Manager|Head|Minister|President|Dean|Councillor|Secretary|Head\s\w+|lead)(?:\s(?:of|at|for|from)|,)\s(?:the\s)?$"
)
_OF_SOMEBODY = re.compile(
    r"^(?:,|\s\()?\s?(?:of|from|at|for)\s(?:the\s)?$|^,\s(?:[\w’'&-]+,?\s){0,9}?(?:of|from|at|for|with|in)\s(?:the\s)?$|^(?:,|\s\()\s?$|^\s(?:\w+\s){0,3}(?:joined|joins|joining|left|leaves)\s(?:from\s)?(?:the\s)?$"
)
"""Between a person and the body that they belong to."""
_ROLE_BEFORE = re.compile(
    r"\b(?:officer|executive|director|chair|chairman|leader|manager|head|minister|president|dean|councillor|secretary|professor|lecturer|fellow|trustee|governor|consultant|spokes\w+|principal|headteacher|founder|researchers?)\b[^.;:]{0,30}\s(?:of|at|for|from|to)\s(?:the\s)?$",
    re.I,
)
_ROLE_BEHIND = re.compile(
    r"[’']s?\s(?:(?:own|new|local|regional|deputy|vice|managing|senior|first|chief|head|area)\s){0,2}(?:officer|executive|director|chair|leader|manager|minister|president|dean|secretary|convener|governor|principal|spokes\w+|managing|head|data|figures|definition|guidance|standards?)\b",
    re.I,
)
_SPOKEN_OF = re.compile(
    r"\b(?:according\sto|(?:approved|fined|judged|inspected|rated|accredited|ranked|recognised|published|named|commended|praised|set|measured|recommended|required|asked|told|elected|criticised|nominated|shortlisted|reported|quoted|cited)\s(?:by|in|to)"
    r"|thanked|praised|told|beat|unlike|than|written\sto|wrote\sto|spoken\sto|spoke\sto|leaving\sfor|advice\sfrom|request\s(?:by|from)|complaints?\s\w+|previously\s(?:at|with)|came\sfrom|moved\sfrom|lost\s\w+\sto|quotations?,?\sfrom|failed\sby)\s(?:the\s)?$",
    re.I,
)
"""Before a body that judges, is spoken to or is left, and does not take part."""
_SPEAKS = re.compile(
    r"\s(?:has\s|have\s|had\s)?(?:said|says|told|reported|reports|found|judged|welcomed|praised|warned|declined|fined|rated|inspected|estimates?|estimated|defines?|recommends?|recommended|requires?|calls?|called|named|ranked|recognised|commended|beat)\b"
)
_STATE = re.compile(
    r"\b(?:Regulator|Regulation|Inspectorate|Inspector|Ombudsman|Royal\sCollege|Government|Parliament|Commons|Lords|Treasury|Court|Tribunal)\b"
)
"""Bodies that rule or judge, and take part only where the text says so."""
_TAKES_PART = re.compile(
    r"\b(?:with|alongside|partners?\w*|partnership|joined\sby|supported\sby|funded\sby|funding\sfrom|paid\sfor\sby|grants?\sfrom|money\sfrom|given\sby|together|jointly)\b[^.;]{0,60}$",
    re.I,
)
_JOINS = re.compile(
    r"\b(?:with|by|from|alongside|include|including|given|gives?|helped|joined|money|funding|grants?|partners?)\b[^;]{0,80}$",
    re.I,
)
"""Before a body that gives, gets or helps, also as one of a list."""
_SITE = re.compile(
    r"\b(?:Hospital|Infirmary|Clinic|Campus|Building|House|Hall|Quarter|Theatre|Library|Museum|Site|Surgery|Park|Hub|Depot|Centre)$"
)
_AT_A_SITE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Ff]rom|[Tt]o|[Oo]utside|[Bb]eside|[Oo]f|[Bb]ehind|between)\s(?:the\s)?$"
)
_LETTERS = 6
_SAID = re.compile(r"\b(?:said|says|told|reported)\b")
_OWN = re.compile(r"\b(?:we|our|us|ours|we[’']ve|we[’']ll)\b", re.I)
_DESK = re.compile(r"\s+(?:Press\sOffice|Bulletin|News|Newsletter|Communications|Media|Comms|Newsroom)$")


def owner_of(tellings: Sequence[Telling], initiative: Body | None, act: Stretch) -> Body | None:
    """The body that does it: the initiative's own, else who stands as the doer, else who publishes; None where nobody is told.

    `act` is the sentence of the first passage that tells of the act.
    """
    main = tellings[0]
    ways = (
        _initiatives_own(tellings, initiative),
        _awarded(main),
        _doer(main, act),
        _publisher(main),
        next((body for telling in tellings for body in _named_first(telling)), None),
    )
    return next((body for body in ways if body), None)


def _initiatives_own(tellings: Iterable[Telling], initiative: Body | None) -> Body | None:
    if initiative is None:
        return None
    owners = (
        named.owner
        for one in tellings
        for named in one.of_kind("initiative")
        if (named.entity.id or named.entity.name) == (initiative.id or initiative.name)
    )
    return next((owner for owner in owners if owner), None)


def _awarded(telling: Telling) -> Body | None:
    """`Progression: X Trust, which …`: the body that an award or a list tells of."""
    for named in _bodies(telling):
        before = telling.text[: named.start]
        if before.endswith((": ", ". ")) and len(before.split()) <= 10 and _AWARDED.match(telling.text, named.end):
            return named.entity
    return None


def _doer(telling: Telling, sentence: Stretch) -> Body | None:
    """The body before the verb of the sentence that tells of the act."""
    for named in _bodies(telling):
        if not sentence.start <= named.start < sentence.end:
            continue
        before, after = telling.text[: named.start], telling.text[named.end :]
        if _is_judge(named) or _FORMER.search(before):
            continue
        stands = opens_with_verb(after) and not _NO_DOER_BEFORE.search(before) and not _SAID.match(after.lstrip())
        if (
            stands
            and not _PARTS.search(named.entity.name)
            and not after.lstrip().startswith(("said", "says", "told", "found", "judged"))
        ):
            return _by_its_name(named.entity, telling)
    return None


def _by_its_name(body: Body, telling: Telling) -> Body:
    """The publisher, where the body is named by its acronym."""
    name = telling.document.publisher
    if not name or not is_of(name, body.name):
        return body
    return next((one.entity for one in _bodies(telling) if _same(one.entity.name, name)), Body(name, body.id))


def _publisher(telling: Telling) -> Body | None:
    """Who publishes, unless they only tell of others."""
    name = telling.document.publisher
    own = next((named.entity for named in telling.of_kind("organisation") if _OWN.fullmatch(named.surface)), None)
    if not name:
        return own or next((named.entity for named in telling.of_kind("organisation") if named.is_reference), None)
    known = next((named.entity for named in telling.of_kind("organisation") if _same(named.entity.name, name)), None)
    if known or own or not _reports(name):
        return known or own or Body(_DESK.sub("", name))
    return None


def _reports(publisher: str) -> bool:
    """Whether a publisher tells of others: a newspaper, a coalition, `X (on Y)`."""
    name, bracket, inside = publisher.partition(" (")
    return bool(_REPORTERS.search(name)) or (bool(bracket) and inside.startswith("on "))


def _named_first(telling: Telling) -> Iterator[Body]:
    """The first body that one who tells of others names; none where somebody speaks for a body that is not known."""
    if telling.document.publisher and not _OWN.search(telling.text):
        yield from (named.entity for named in _bodies(telling) if not _is_judge(named))


@lru_cache(maxsize=20_000)
def _same(name: str, other: str) -> bool:
    one, two = name_key(name), name_key(other)
    return (
        one == two
        or _short(name) == other
        or _short(other) == name
        or (len(one) > 8 and (two.startswith(one) or one.startswith(two)))
    )


def _short(name: str) -> str:
    """The acronym of a name: NMMH for Northern Moors Mental Health NHS Foundation Trust."""
    return "".join(word if word.isupper() else word[0] for word in name.split() if word[0].isupper())


def _bodies(telling: Telling) -> Iterator[Named]:
    return (named for named in telling.of_kind("organisation") if not _OWN.fullmatch(named.surface))


def _is_judge(named: Named) -> bool:
    return named.entity.name in _JUDGES or named.surface in _JUDGES


def partners_of(tellings: Iterable[Telling], owner: Body | None) -> tuple[Body, ...]:
    """The other bodies that the passages name in the act, each once; neither parts of the owner nor those who judge."""
    found: dict[str, Body] = {}
    for telling in tellings:
        for named in telling.of_kind("organisation"):
            if not named.is_reference and _takes_part(telling, named, owner):
                found.setdefault(named.entity.id or name_key(named.entity.name), named.entity)
    return tuple(found.values())


def _takes_part(telling: Telling, named: Named, owner: Body | None) -> bool:
    name, before = named.entity.name, telling.text[: named.start]
    is_own = owner is not None and (is_of(owner.name, name) or is_of(owner.name, named.surface))
    publisher = telling.document.publisher or ""
    return not (
        is_own
        or _is_judge(named)
        or _PARTS.search(name)
        or _FORMER.search(before)
        or _SPEAKER.search(before)
        or _stands_for(name, publisher, owner)
        or _OWNED_BEFORE.search(before)
        or (_AT.search(before) and not looks_like_a_body(name))
        or (_AT_A_SITE.search(before) and _SITE.search(name))
        or _is_spoken_of(telling, named)
        or not _has_a_part(telling, named)
        or (not before.strip() and _LABELS.match(telling.text, named.end))
    )


def _has_a_part(telling: Telling, named: Named) -> bool:
    """Whether a name is that of a body by its form, or its place in the sentence says so."""
    before, after = telling.text[: named.start], telling.text[named.end :]
    return looks_like_a_body(named.entity.name) or bool(_JOINS.search(before)) or opens_with_verb(after)


def _is_spoken_of(telling: Telling, named: Named) -> bool:
    """Whether the passage names a body as somebody's, as one who judges or speaks, and not as one who takes part."""
    before, after = telling.text[: named.start], telling.text[named.end :]
    if _SPEAKS.match(after) or _ROLE_BEHIND.match(after) or _SPOKEN_OF.search(before) or _ROLE_BEFORE.search(before):
        return True
    people = (one.end for one in telling.of_kind("person") if one.end <= named.start)
    if any(_OF_SOMEBODY.match(before[end:]) for end in people):
        return True
    is_letters = named.surface.isupper() and len(named.surface) < _LETTERS
    may_judge = bool(_STATE.search(named.entity.name)) or (is_letters and not opens_with_verb(after))
    return may_judge and not _TAKES_PART.search(before)


def _stands_for(name: str, publisher: str, owner: Body | None) -> bool:
    """Whether the name is another form of the publisher's, who stands for the owner here."""
    return bool(publisher) and owner is not None and is_of(publisher, name) and is_of(owner.name, publisher)


@lru_cache(maxsize=20_000)
def is_of(owner: str, name: str) -> bool:
    """Whether a name is the owner's, its acronym, or that of its part."""
    words = set(name_key(name).split())
    return (
        _same(owner, name)
        or (name.isupper() and len(name) > 1 and _short(owner).startswith(name[: max(2, len(name))]))
        or (len(words) > 1 and words <= set(name_key(owner).split()))
    )
