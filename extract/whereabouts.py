"""Where something is done: names of places as they stand behind `in`, `at` or `across`."""

import re
from collections.abc import Collection, Iterable

from goalmap.extract.ordinary import is_ordinary
from goalmap.extract.sentences import Stretch
from goalmap.extract.vocabulary.well_known import PLACES
from goalmap.extract.words import CALENDAR, CAPITAL, one_of, table

MOST = 6
_KIND = "wards|ward|villages|estates|estate|towns|districts|streets|neighbourhoods|parishes|boroughs|borough|county|city|town|district|region"
_NAME = rf"{CAPITAL}(?:(?:[ ](?:of|upon|le|y|yr)){{0,2}}[ ]{CAPITAL}){{0,3}}"
_BEHIND_PREPOSITION = re.compile(
    rf"""
    \b(?P<where>[Ii]n|[Aa]t|[Aa]cross|[Nn]ear|[Aa]round|[Tt]hroughout|[Oo]utside|[Aa]long|[Oo]n)\s(?:and\saround\s)?
    (?:(?:the|its|our|central|north|south|east|west|inner|outer|rural|upper|lower|in|old|new)\s){{0,3}}
    (?P<name>{_NAME}(?:\s(?:{_KIND}))?(?:(?:,\s{_NAME}){{0,4}},?\s(?:and|or)\s(?:central\s|north\s|south\s|east\s|west\s)?{_NAME})?)
    """,
    re.VERBOSE,
)
_ENUMERATED = re.compile(r",?\s(?:and|or)\s(?:central\s|north\s|south\s|east\s|west\s)?|,\s")
_DESCRIBED = re.compile(
    rf"\b(?:[Ii]n|[Aa]cross|[Tt]hroughout|[Aa]round|[Oo]n|[Tt]o|[Ff]rom|[Ff]or|[Oo]f)\s(?P<name>(?:the\s)?(?:\w+[’']s\s)?(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s)?(?:poorest|nearest|most\sdeprived|coldest)\s(?:{_KIND})\sof\s{_NAME})"
)
_NEAR = 80
"""Characters before a place that say whether it is one of the act."""
_ACRONYM = 6
"""Letters below which a name in capitals is an acronym."""
_ABROAD = table(
    "France|Germany|Italy|Spain|Portugal|Poland|Romania|Ukraine|Russia|China|India|Pakistan|Bangladesh|Nigeria|Ghana|Kenya|Jamaica|America|Canada|Australia|Europe|Africa|Asia|Syria|Kashmir|Helmand",
    "|",
)
_NOT_PLACES = CALENDAR | table(
    """
    English|Maths|Welsh|Polish|Urdu|Punjabi|Somali|Bengali|Arabic|Spanish|Portuguese|Romanian|Mirpuri|Romani|British|French|Science|Year|Band|Level|Universal|Goal|Grade|Key|Stage|
    NHS|GP|GPs|GCSE|GCSEs|A&E|BTEC|STEM|UK|Zoom|Teams|Braille|Makaton|Phase|Part|Section|Chapter|Table|Figure|Appendix|Scope|Parliament|Google|Facebook|WiFi|Wi-Fi|Board|Trust|
    Council|University|College|School|Hospital|Government|Cabinet|Armed|Covid|Covid-19|COVID-19|Afghanistan|Bands|Years|I|Disability|Equality|Diversity|The|Outpatients|Ward|
    Royal|Army|Navy|RAF|State|Christmas|Easter|Whitsun|Hogmanay|Ramadan|Diwali|Remembrance|New|Storm|Junction|Schedule|Zone|Flood|Gate|Annex|Annexe|Platform|Bay|Item|Job|
    Thursdays|Tuesdays|Wednesdays|Mondays|Fridays|Saturdays|Sundays|BSL|EPC|T|A|Black|Asian|HR|IT|WRES|WDES|Chief|Care|Progress|Hub
    """,
    "|",
)
_BODY_END = re.compile(
    rf"\b(?:{one_of(('Trust', 'Council', 'University', 'College', 'School', 'Academy', 'Ltd', 'plc', 'Board', 'Authority', 'Service', 'Committee', 'Group', 'Team', 'Programme', 'Scheme', 'Fund', 'Network', 'Plan', 'Strategy', 'Charter', 'Standard', 'Act', 'Report', 'Week', 'Day', 'Award', 'Awards', 'Framework', 'Survey', 'Goal', 'Goals', 'Partnership', 'Union', 'Department', 'Faculty', 'Initiative', 'Access', 'Covid'))})$"
)
_ALONG_A_ROAD = re.compile(
    r"(?:Road|Street|Lane|Row|Hill|Estate|Way|Avenue|Drive|Square|Market|Quay|Park|Place|Close|Terrace|Parade|Common|Wharf|Island|Isle|Wight|Man|Skye|Mull|Sea|\w+side|\w+wick|estates?)$"
)
"""Names behind `on`."""
_NOT_OF_THE_ACT = re.compile(
    r"""
    \b(?:born|raised|brought\sup|grew\sup|grown\sup|liv(?:es?|ed|ing)|works?|worked|studied|studies|graduated|educated|fought|served|headquartered|registered|employed
    |based|headquarters|office|head\soffice|magistrate|governor|firm|director|than|used\sto\s\w+|moved\sfrom)\s(?:here\s)?$
    |\b(?:first|only|largest|biggest|best|highest|lowest|oldest|third|leading|most)\b[^,.;]{0,40}\s$
    |\b(?:average|rate|figure|compared|against|unlike)\b[^,.;]{0,40}\s$
    |\([^()]*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Before a place that belongs to a person or a body, or that something is measured against."""
_SUBJECT = re.compile(
    r"\b(?:part|parts|interest(?:ed)?|invest(?:ed|ing|ment)?|participat\w+|enrol(?:led|ment)?|skills?|qualifications?|confidence|degrees?|reader|lecturer|professor|masters?|level|GCSEs?|diplomas?"
    r"|certificates?|modules?|firsts?|results?|grades?|fluent|speaks?|spoken|written|available|published|reported|featured|outlined|set\sout|listed|described|named|belie\w+|expert|experts|specialists?)\s$",
    re.I,
)
"""Before what is learnt, joined or read rather than a place."""


def places_in(text: str, taken: Iterable[Stretch], known: Collection[str] = ()) -> list[Stretch]:
    """Places named in a text, each name once; none in the characters that name somebody, but for places that are known."""
    names = [*_behind_prepositions(text), *_anywhere(text, known)]
    blocked = [span for span in taken if text[span.start : span.end] not in known]
    found: dict[str, Stretch] = {}
    for span in sorted(names, key=lambda span: (span.start, -span.end)):
        name = text[span.start : span.end]
        free = not any(span.start < other.end and other.start < span.end for other in blocked)
        inside = any(one.start <= span.start and span.end <= one.end for one in found.values())
        if free and not inside and _may_be_place(name):
            found.setdefault(name, span)
    return list(found.values())[:MOST]


def _behind_prepositions(text: str) -> Iterable[Stretch]:
    for match in _BEHIND_PREPOSITION.finditer(text):
        before, start = text[max(0, match.start() - _NEAR) : match.start()], match.start("name")
        if _NOT_OF_THE_ACT.search(before):
            continue
        parts = list(_parts(match["name"]))
        if not _may_be_place(match["name"][slice(*parts[0])]):
            continue
        for part in parts:
            name = match["name"][part.start : part.end]
            if _fits(name, match["where"].lower(), before):
                yield Stretch(start + part.start, start + part.end)
    for match in _DESCRIBED.finditer(text):
        yield Stretch(*match.span("name"))


def _fits(name: str, where: str, before: str) -> bool:
    """Whether a name behind a word such as `in` is that of a place and not of a subject or a day."""
    if name in PLACES:
        return True
    if where == "on" and not _ALONG_A_ROAD.search(name):
        return False
    return not _SUBJECT.search(before) and (_has_name(name) or bool(_ALONG_A_ROAD.search(name)))


def _has_name(name: str) -> bool:
    """Whether a word stands in it that is in no dictionary: Marlow Cross, not Soil Mechanics."""
    return not all(is_ordinary(word) for word in name.split() if word[0].isupper())


def _parts(names: str) -> Iterable[Stretch]:
    """The places of an enumeration: `Gatwick, Thanet and Polegate`."""
    start = 0
    for match in _ENUMERATED.finditer(names):
        yield Stretch(start, match.start())
        start = match.end()
    yield Stretch(start, len(names))


def _anywhere(text: str, known: Collection[str]) -> Iterable[Stretch]:
    """Places that are known by their single word, where one stands before a comma or a full stop as they do."""
    for match in re.finditer(
        rf"(?<![\w’'])({CAPITAL})(?=[’']s\s(?:poorest|nearest|most)|[,.;)]|\s(?:and|who|that|is|are)\b|$)", text
    ):
        before = text[: match.start()].rstrip()
        if match[1] in PLACES and match[1] in known and before.endswith((" of", " to")):
            yield Stretch(*match.span(1))


def _may_be_place(name: str) -> bool:
    first, *_ = name.split() or [""]
    is_letters = name.isupper() and len(name) < _ACRONYM
    is_other = name in _ABROAD or first in _NOT_PLACES or _BODY_END.search(name)
    return bool(first) and not is_other and not is_letters and not any(char.isdigit() for char in first)
