"""Words that places end in, and prepositions that stand before places."""

import re

from goalmap.extract.shapes import Shape
from goalmap.extract.vocabulary.well_known import PLACES
from goalmap.extract.words import CAPITAL, table

BUILT = table(
    """
    Street Road Lane Avenue Square Row Court Station Bridge Hall House Airport Stadium Park Mews Close Gardens Garden Drive Crescent Terrace
    Parade Place Way Walk Grove Rise Yard Wharf Quay Quays Dock Docks Harbour Marina Pier Estate Building Buildings Tower Towers
    Works Mill Mills Arcade Precinct Wing Block Suite Room Ward Corridor Campus Fold Gate Arms Inn Tavern Pavilion Plant Site
    """
)
"""Streets, buildings and parts of buildings."""

LAND = table(
    """
    Valley River Hill Hills Moor Moors Marsh Vale Fen Fens Haven Abbey Castle Chapel Heath Wood Woods Forest Wells Ford Cross End Common
    Green Dale Dales Brook Bank Point Head Side Beach Bay Island Islands Isles Coast Peninsula Country District Midlands Counties Peaks Lakes Village Town City County Borough Region
    """
)
"""Landscape and settlements."""

SITES = table("Hospital Hospitals Infirmary Centre Clinic Unit Hub Library Leisure Nursery Pool")
"""Where a body's work is done: named, but no body by itself."""

_ENDS = BUILT | LAND
_ROAD = re.compile(r"[AMB]\d{1,4}(?:\(M\))?$")
_COMPASS = table(
    "North South East West Mid Central Northern Southern Eastern Western Greater Upper Lower Inner Outer Great Little Saint"
)

BEFORE_PLACE = re.compile(r"\b(?:[Ii]n|[Oo]n|near|across|around|throughout|outside|off|along|[Bb]eyond)\s(?:the\s)?$")
"""Prepositions that hardly stand before a body or a person."""

_SINGLE_PLACE = re.compile(
    rf"""
    \b(?:in|near|across|around|throughout|outside|off|students?\sin|born\sin)\s
    (?P<name>(?=[A-Z][a-z]){CAPITAL})
    (?=[.,;:!?)]|\s(?:and\s[A-Z]|[a-z])|$)
    """,
    re.VERBOSE,
)
_SINGLE_PLACES = Shape(
    _SINGLE_PLACE, begins=table("in near across around throughout outside off student students born")
)


def is_place(name: str) -> bool:
    """A known town or country, a road's number, a compass point, or a name that ends as places do."""
    words = name.split()
    return bool(
        name in PLACES
        or _ROAD.match(name)
        or (len(words) > 1 and (words[-1] in _ENDS or words[-1].removesuffix("s") in BUILT))
        or (len(words) > 1 and words[0] in _COMPASS and words[-1] in PLACES)
    )


def places_in(text: str) -> list[tuple[int, int]]:
    """Single capitalised words that stand where a place stands: `in Wetherby`."""
    return [match.span("name") for match in _SINGLE_PLACES.finditer(text)]
