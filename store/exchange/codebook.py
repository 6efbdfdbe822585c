"""Frameworks as a codebook: a folder of codes each, every code with a name and colour of its own."""

import colorsys
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from sqlite_utils import Database

from goalmap.store.decisions import STAGES
from goalmap.store.exchange.plain_text import clean

OURS = UUID("6f1d0f0e-8a55-5c1c-9a6e-3a1f2b7c4d90")
"""The namespace of our identifiers."""
GOLDEN = 0.618033988749895
"""A turn of the colour circle by which no two hues fall together."""
BEST_PRACTICE, REJECTED = "Best practice", "Rejected"
STAGE = "Stage"
GOALS = """
select g.id, g.label, g.name, g.scope, g.parent_id, g.framework_id, f.name framework, f.version
from goals g join frameworks f on f.id = g.framework_id order by g.framework_id, g.position, g.id
"""


def guid(kind: str, *parts: object) -> str:
    """An identifier that is the same in every export."""
    return str(uuid5(OURS, "\x1f".join(map(str, (kind, *parts)))))


def colour(number: int) -> str:
    """A colour for the code of that number, unlike those of its neighbours."""
    lightness = (0.42, 0.55, 0.68)[number % 3]
    red, green, blue = colorsys.hls_to_rgb(number * GOLDEN % 1, lightness, 0.65)
    return f"#{round(red * 255):02X}{round(green * 255):02X}{round(blue * 255):02X}"


class Codes:
    """The codes of a project; names are given out once, since programs know codes by their names."""

    def __init__(self, parent: ET.Element) -> None:
        self.codes = ET.SubElement(ET.SubElement(parent, "CodeBook"), "Codes")
        self.names: set[str] = set()
        self.count = 0

    def folder(self, kind: str, name: str, more: str = "") -> ET.Element:
        return self._code(self.codes, guid("folder", kind), name, more, is_codable=False)

    def code(self, parent: ET.Element, id: str, name: str, more: str, description: str = "") -> ET.Element:
        """A code, with a word more in its name where another one is called so."""
        element = self._code(parent, id, name, more, is_codable=True)
        element.set("color", colour(self.count))
        self.count += 1
        if description:
            ET.SubElement(element, "Description").text = clean(description)
        return element

    def _code(self, parent: ET.Element, id: str, name: str, more: str, is_codable: bool) -> ET.Element:
        told = unlike(" ".join(clean(name).split()), more, self.names)
        return ET.SubElement(parent, "Code", guid=id, name=told, isCodable=str(is_codable).lower())


def unlike(name: str, more: str, taken: set[str]) -> str:
    """The name, or one made of it that is not taken yet; it is taken then."""
    tries = (name, f"{name} ({more})", *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    free = next(one for one in tries if one.casefold() not in taken)
    taken.add(free.casefold())
    return free


def add_codebook(db: Database, project: ET.Element) -> None:
    """Add the codes of all goals, stages and marks to a project."""
    codes = Codes(project)
    for framework, goals in _by_framework(db).items():
        _add_goals(codes, framework, goals)
    stages = codes.folder(STAGE, STAGE, "goalmap")
    for stage in STAGES:
        codes.code(stages, guid(STAGE, stage), stage.capitalize(), "stage")
    for mark in (BEST_PRACTICE, REJECTED):
        codes.code(codes.codes, guid("mark", mark), mark, "goalmap")


def _by_framework(db: Database) -> Mapping[str, list[dict[str, str]]]:
    goals: dict[str, list[dict[str, str]]] = defaultdict(list)
    for goal in db.query(GOALS):
        goals[goal["framework_id"]].append(goal)
    return goals


def _add_goals(codes: Codes, framework: str, goals: Iterable[Mapping[str, str]]) -> None:
    """A folder of the framework's goals; goals below goals are codes below codes."""
    goals = list(goals)
    folder = codes.folder(framework, f"{goals[0]['framework']} {goals[0]['version']}", framework)
    elements: dict[str | None, ET.Element] = {}
    for goal in goals:
        parent = elements.get(goal["parent_id"], folder)
        id, name = guid("goal", goal["id"]), goal["label"] or goal["name"]
        elements[goal["id"]] = codes.code(parent, id, name, goals[0]["framework"], goal["scope"] or "")
