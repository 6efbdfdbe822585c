"""Names of bodies taken apart: legal forms, kinds of councils, what is said of any body."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from goalmap.extract.ordinary import are_ordinary
from goalmap.extract.vocabulary.well_known import BODIES
from goalmap.extract.words import name_key, table

COMPANY_FORMS = {
    "ltd": "limited",
    "limited": "limited",
    "plc": "plc",
    "llp": "llp",
    "cic": "cic",
    "inc": "inc",
    "cio": "cio",
    "scio": "cio",
    "community interest company": "cic",
    "public limited company": "plc",
}
TRUST_FORMS = ("nhs foundation trust", "nhs trust", "foundation trust", "trust")
SPELLED_OUT = {"icb": "integrated care board", "icbs": "integrated care boards", "saint": "st", "centre": "center"}
CARE = table("hospital hospitals healthcare health care infirmary ambulance nhs")
"""Words one of which is in the name of every trust of the health service."""

QUALIFIERS = table("county city borough district metropolitan royal london unitary town parish community")
KINDS_OF_COUNCIL = table("county city borough district town parish community")

_KNOWN = frozenset(map(name_key, BODIES))
SMALL = table("of and for on the in at to a")
_HEADS_OF_ANYBODY = table("committee committees network networks forum panel subcommittee")
"""A body called so and by ordinary words for the rest belongs to another: Audit Committee."""
_OTHER_HEADS = table(
    "board boards council group groups team teams union partnership governors directors trustees assembly trust charity hospital school college"
)
"""The same where the rest is of these words: Youth Council, Board of Directors."""
_WORDS_OF_ANYBODY = _OTHER_HEADS | table(
    """
    youth young people peoples person s student students school schools staff pupil pupils patient patients user users service services carer carers
    children childrens parent parents family families women womens men mens governing executive management advisory leadership senior trust
    strategy strategic steering working task project programme delivery partnership health wellbeing safeguarding shadow audit risk quality
    finance people culture workforce equality diversity inclusion race disability ethnic minority multicultural faith lgbt lgbtq lgbtqia pride
    rainbow women armed forces veterans neurodiversity menopause local community town city county borough parish district member members
    public non joint national regional central clinical academic teaching academy college university corporate communications press media
    sustainability green climate digital housing education skills employment council board volunteer volunteers supporters friends staffside
    social value estates operations reference
    """
)


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name without its legal form; the form apart."""

    core: tuple[str, ...]
    form: str = ""
    is_trust: bool = False
    """A trust of the health service, whichever way its legal form is written."""


@lru_cache(maxsize=200_000)
def body_name(key: str) -> BodyName:
    """The parts of a name.

    >>> body_name("orrin logistics plc")
    BodyName(core=('orrin', 'logistics'), form='plc', is_trust=False)
    """
    words = " ".join(SPELLED_OUT.get(word, word) for word in key.split())
    if "integrated care board" in words:
        words = words.removeprefix("nhs ")
    for ending, form in COMPANY_FORMS.items():
        if words.endswith(" " + ending):
            return BodyName(tuple(words.removesuffix(" " + ending).split()), form)
    return _trust(words)


def _trust(words: str) -> BodyName:
    ending = next((form for form in TRUST_FORMS if words.endswith(" " + form)), "")
    core = tuple(words.removesuffix(" " + ending).split())
    cares = len(core) > 1 and not CARE.isdisjoint(core) and core[-1] not in ("partnership", "board", "hospital")
    if ending.startswith("nhs") or (ending and not CARE.isdisjoint(core)) or (not ending and cares):
        return BodyName(core, ending, is_trust=True)
    return BodyName(tuple(words.split()))


def cores_of(key: str) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """A name without its legal form, and whether of a trust; one without any form may be either's."""
    name = body_name(key)
    yield name.is_trust, name.core
    if name.is_trust and not name.form:
        yield False, name.core


@dataclass(frozen=True, slots=True)
class CouncilName:
    """The place of a council and which kind it is."""

    place: tuple[str, ...]
    kinds: frozenset[str]


@lru_cache(maxsize=200_000)
def council_name(key: str) -> CouncilName | None:
    """A council for a place; `country` before it is a slip of the pen.

    >>> council_name("metropolitan borough of orrin council")
    CouncilName(place=('orrin',), kinds=frozenset({'borough'}))
    """
    words = key.split()
    if len(words) < 2 or words[-1] != "council":
        return None
    words = words[:-1]
    if len(words) > 1 and words[-1] == "country":
        words[-1] = "county"
    said: set[str] = set()
    if "of" in words[1:4] and set(words[: words.index("of")]) <= QUALIFIERS:
        said |= set(words[: words.index("of")])
        words = words[words.index("of") + 1 :]
    while len(words) > 1 and words[-1] in QUALIFIERS:
        said.add(words.pop())
    return (
        None
        if not words or _WORDS_OF_ANYBODY.issuperset(words)
        else CouncilName(tuple(words), frozenset(said & KINDS_OF_COUNCIL))
    )


def is_well_known(key: str) -> bool:
    return key in _KNOWN


def is_anybodys(key: str) -> bool:
    """Whether many bodies have one of this name: Youth Council, Race Equality Network, Audit Committee."""
    words = [word for word in key.split() if word not in SMALL]
    if not words or is_well_known(key):
        return False
    heads = {words[0], words[-1]}
    if not heads.isdisjoint(_HEADS_OF_ANYBODY):
        return are_ordinary(words)
    return not heads.isdisjoint(_OTHER_HEADS) and _WORDS_OF_ANYBODY.issuperset(words)


def bodies_clash(one: str, other: str) -> bool:
    """Two names that no one body has: other numbers, another kind of company or council."""
    first, second = body_name(one), body_name(other)
    if first.form and second.form and first.form != second.form and not (first.is_trust and second.is_trust):
        return True
    if _numbers(one) != _numbers(other):
        return " " in one and " " in other
    council, beside = council_name(one), council_name(other)
    if council is None or beside is None or not council.kinds or not beside.kinds:
        return False
    return not (council.kinds <= beside.kinds or beside.kinds <= council.kinds)


def _numbers(key: str) -> list[str]:
    return sorted(word for word in key.split() if any(char.isdigit() for char in word))
