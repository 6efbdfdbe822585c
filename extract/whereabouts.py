"""Where something is done: names of places as they stand behind `in`, `at` or `across`."""

import re
from collections.abc import Collection, Iterable

from goalmap.extract.bodies.well_known import PLACES
from goalmap.extract.sentences import Stretch
from goalmap.extract.words import CALENDAR, CAPITAL, one_of, table

MOST = 6
_KIND = "wards|ward|villages|estates|estate|towns|districts|streets|neighbourhoods|parishes|boroughs|borough|county|city|town|district|region"
_NAME = rf"{CAPITAL}(?:(?:[ ](?:of|upon|le|y|yr)){{0,2}}[ ]{CAPITAL}){{0,3}}"
_BEHIND_PREPOSITION = re.compile(
    rf"""
    \b(?:[Ii]n|[Aa]t|[Aa]cross|[Nn]ear|[Aa]round|[Tt]hroughout|[Oo]utside|[Aa]long|[Oo]n|[Bb]etween)\s(?:and\saround\s)?
    (?:(?:the|its|our|central|north|south|east|west|inner|outer|rural|upper|lower|in|old|new)\s){{0,3}}
    (?P<name>{_NAME}(?:\s(?:{_KIND}))?(?:(?:,\s{_NAME}){{0,4}},?\s(?:and|or)\s(?:central\s|north\s|south\s|east\s|west\s)?{_NAME})?)
    """,
    re.VERBOSE,
)
_ENUMERATED = re.compile(r",?\s(?:and|or)\s(?:central\s|north\s|south\s|east\s|west\s)?|,\s")
_DESCRIBED = re.compile(
    rf"\b(?:the\s)?(?:\w+\s)?(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s)?(?:poorest|nearest|most\sdeprived|coldest)\s(?:{_KIND})(?:\sof\s{_NAME})?"
)
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
    Thursdays|Tuesdays|Wednesdays|Mondays|Fridays|Saturdays|Sundays|BSL|EPC|T|A|Black|Asian|HR|IT|WRES|WDES|Chief|Care|Progress|Hub
    """,
    "|",
)
_BODY_END = re.compile(
    rf"\b(?:{one_of(('Trust', 'Council', 'University', 'College', 'School', 'Academy', 'Ltd', 'plc', 'Board', 'Authority', 'Service', 'Committee', 'Group', 'Team', 'Programme', 'Scheme', 'Fund', 'Network', 'Plan', 'Strategy', 'Charter', 'Standard', 'Act', 'Report', 'Week', 'Day', 'Award', 'Awards', 'Framework', 'Survey', 'Goal', 'Goals', 'Partnership', 'Union', 'Department', 'Faculty', 'Initiative', 'Access', 'Covid'))})$"
)


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
        start = match.start("name")
        for part in _parts(match["name"]):
            yield Stretch(start + part.start, start + part.end)
    for match in _DESCRIBED.finditer(text):
        yield Stretch(*match.span())


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
        if match[1] in PLACES and match[1] in known and before.endswith((" of", " from", " to")):
            yield Stretch(*match.span(1))


def _may_be_place(name: str) -> bool:
    first, *_ = name.split() or [""]
    is_letters = name.isupper() and len(name) < _ACRONYM
    is_other = name in _ABROAD or first in _NOT_PLACES or _BODY_END.search(name)
    return bool(first) and not is_other and not is_letters and not any(char.isdigit() for char in first)
