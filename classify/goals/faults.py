"""What keeps a framework file from being used: each fault with its line, and how to mend it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

COUNTS = ("activities", "topics")
RELATIONS = ("same", "broader", "narrower", "related")
CHANGES = (*RELATIONS, "new", "gone")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE = re.compile(r"[^\s/]+")
GOAL_LINE = re.compile(r"\s*\[\[\s*goals\s*\]\]")
SOUGHT = 40
"""Characters of a text by which its line is found."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend in a framework file; `goal` is the code, `line` is known where the file is."""

    what: str
    goal: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = ", ".join(
            filter(None, (f"line {self.line}" if self.line else "", f"goal {self.goal}" if self.goal else ""))
        )
        return f"{place}: {self.what}" if place else self.what


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys that a table may have: labels are texts or whole numbers, lists hold texts, rows hold tables."""

    required: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    rows: "Mapping[str, Shape]" = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.labels, *self.texts, *self.lists, *self.rows)


CONTRAST = Shape(("goal", "rule"), ("goal",), ("rule",))
NEAR_MISS = Shape(("text",), (), ("text",), ("goals",))
GOAL = Shape(
    ("code", "name"),
    ("code", "parent"),
    ("name", "family", "status", "scope", "question"),
    ("aliases", "counts", "excludes", "cues", "not_cues", "exemplars"),
    {"contrasts": CONTRAST, "near_misses": NEAR_MISS},
)
ROW = Shape(("framework", "from", "to", "relation"), ("from", "to"), ("framework", "relation", "note"))
HOUSE_RULE = Shape(("phrases", "from", "to"), ("from", "to"), ("note",), ("phrases",))
FRAMEWORK = Shape(
    ("id", "name", "version"),
    ("version",),
    ("id", "name", "extends", "counts", "publisher", "licence", "note"),
    ("aliases", "sources", "nothing"),
    {"goals": GOAL, "crosswalk": ROW, "predecessors": ROW, "house_rules": HOUSE_RULE},
)
MEANINGS = {
    "framework": {
        "version": "The published version, such as a year.",
        "id": "Small letters, digits and hyphens; part of every goal's id in the database, so it does not change later.",
        "name": "What the framework is called.",
        "extends": "A shipped framework whose goals, texts and house rules are taken over.",
        "counts": "activities: a passage must report something done, running, planned or hoped for; topics: be on the subject.",
        "publisher": "Who states the goals.",
        "licence": "On what terms they may be used.",
        "note": "Anything a reader should know.",
        "aliases": "Other names of the framework; naming it is no evidence.",
        "sources": "Where the goals were published.",
        "nothing": "Passages that sound like the goals and serve none.",
        "goals": "One table for each goal.",
        "crosswalk": "What corresponds to the goals in other frameworks.",
        "predecessors": "What became of the goals of an earlier framework.",
        "house_rules": "What was agreed in your house; the rules apply in their order.",
    },
    "goals": {
        "code": "As published, always in quotes.",
        "parent": "The code of the goal that it is a part of.",
        "name": "What the goal is called; its name in a passage is no evidence.",
        "family": "The group of goals it belongs to.",
        "status": '"unpublished scope" marks a goal of which only the name is known.',
        "scope": "What the goal takes in, for those who review.",
        "question": "What a reviewer asks of a passage.",
        "aliases": "Other names of the goal.",
        "counts": "What counts, a phrase each.",
        "excludes": "What does not.",
        "cues": "Words that speak for the goal wherever they stand; a plural counts as its singular.",
        "not_cues": "Phrases in which a cue misleads.",
        "exemplars": "Passages that serve the goal; three at least, from fifteen on it gets good.",
        "contrasts": "What separates it from goals that are easily taken for it.",
        "near_misses": "Passages that are easily filed under it and do not belong there.",
    },
    "contrasts": {
        "goal": "The code of the other goal.",
        "rule": "What separates the two; it stands beside the runner-up.",
    },
    "near_misses": {"text": "The passage.", "goals": "The codes of the goals that it does serve; none without it."},
    "crosswalk": {
        "from": "The code of a goal of this framework.",
        "to": "The code of a goal of the other.",
        "framework": "The other framework's id.",
        "relation": "What the first is to the second.",
        "note": "Why.",
    },
    "predecessors": {
        "from": "The code of a goal of the earlier framework.",
        "to": "The code of a goal of this one.",
        "framework": "The earlier framework's id.",
        "relation": "What the earlier goal is to this one; or that this one is new, or the earlier one gone.",
        "note": "Why.",
    },
    "house_rules": {
        "from": "The code of the goal that would be proposed.",
        "to": "The code of the goal that is proposed instead.",
        "note": "When and by whom it was agreed; it stands in the reason.",
        "phrases": "Words of which one has to stand in the passage.",
    },
}
"""What each key of each table holds, as the reference has it."""


class Lines:
    """Where things stand in a framework's TOML; without the text, nowhere."""

    def __init__(self, text: str = "") -> None:
        self._lines = text.splitlines()
        self._goals = [number for number, line in enumerate(self._lines, start=1) if GOAL_LINE.match(line)]

    def of_goal(self, place: int) -> int | None:
        """The line on which the goal at that place begins."""
        return self._goals[place] if place < len(self._goals) else None

    def of(self, words: str, place: int | None = None) -> int | None:
        """The first line with these words, from the goal at that place on; else where the goal begins."""
        first = None if place is None else self.of_goal(place)
        start, sought = (first or 1) - 1, words.strip()[:SOUGHT]
        found = (number for number, line in enumerate(self._lines[start:], start=start + 1) if sought in line)
        return next(found, first) if sought else first


def faults(data: Mapping[str, Any], base: Collection[str] = (), text: str = "") -> list[Fault]:
    """All that is wrong in what a TOML file holds; `base` are the codes of the framework that it extends."""
    lines = Lines(text)
    return list(_misshapen(data, lines)) or list(_senseless(data, base, lines))


def strangers(data: Mapping[str, Any], text: str = "") -> Iterator[Fault]:
    """Keys that nobody reads, with the one that may be meant."""
    lines = Lines(text)
    yield from (Fault(what, "", lines.of(key)) for key, what in _unknown(data, FRAMEWORK))
    for place, goal in enumerate(data.get("goals", ())):
        yield from (Fault(what, str(goal["code"]), lines.of(key, place)) for key, what in _unknown(goal, GOAL))


def _unknown(data: Mapping[str, Any], shape: Shape) -> Iterator[tuple[str, str]]:
    for key in data:
        if key not in shape.keys:
            near = get_close_matches(key, shape.keys, 1)
            yield key, f"Nothing reads {key!r}.{f' Is {near[0]!r} meant?' if near else ''}"
    for key, inner in shape.rows.items():
        if key != "goals":
            for row in data.get(key, ()):
                yield from _unknown(row, inner)


# Shape


def _misshapen(data: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    needed = (*FRAMEWORK.required, *(() if data.get("extends") else ("goals",)))
    missing = [key for key in needed if _is_blank(data.get(key))]
    if missing:
        yield Fault(f"It lacks {', '.join(missing)}.")
    yield from (Fault(what, "", lines.of(key)) for key, what in _wrong_types(data, FRAMEWORK))
    for place, goal in enumerate(_tables(data, "goals")):
        code, line = str(goal.get("code", f"number {place + 1}")), lines.of_goal(place)
        yield from (Fault(f"It lacks {key!r}.", code, line) for key in GOAL.required if _is_blank(goal.get(key)))
        yield from (Fault(what, code, lines.of(key, place)) for key, what in _wrong_types(goal, GOAL))


def _is_blank(value: Any) -> bool:
    return value in (None, []) or (isinstance(value, str) and not value.strip())


def _wrong_types(data: Mapping[str, Any], shape: Shape) -> Iterator[tuple[str, str]]:
    for key in shape.labels:
        if key in data and (not isinstance(data[key], str | int) or isinstance(data[key], bool)):
            yield key, f'{key} is {data[key]!r}; write it in quotes: {key} = "{data[key]}".'
    for key in shape.texts:
        if key in data and not isinstance(data[key], str):
            yield key, f"{key} must be a text in quotes."
    for key in shape.lists:
        if key in data and not _is_list_of(data[key], (str, int) if key == "goals" else str):
            yield key, f'{key} must be a list of texts: {key} = ["...", "..."].'
    for key, inner in shape.rows.items():
        if key in data and not _is_list_of(data[key], dict):
            yield key, f"{key} must be tables: [[{key}]], or {key} = [{{ ... }}]."
        elif key != "goals":
            yield from _wrong_rows(key, data.get(key, ()), inner)


def _wrong_rows(key: str, rows: Collection[Mapping[str, Any]], shape: Shape) -> Iterator[tuple[str, str]]:
    for row in rows:
        missing = [name for name in shape.required if name not in row]
        if missing:
            yield key, f"A row of {key} lacks {', '.join(map(repr, missing))}."
        yield from ((key, f"In {key}: {what}") for _, what in _wrong_types(row, shape))


def _is_list_of(value: Any, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, list) and all(isinstance(one, kind) for one in value)


def _tables(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return data[key] if _is_list_of(data.get(key), dict) else []


# Sense


def _senseless(data: Mapping[str, Any], base: Collection[str], lines: Lines) -> Iterator[Fault]:
    if not ID.fullmatch(data["id"]):
        yield Fault(f"The id {data['id']!r} must be small letters, digits and hyphens.", "", lines.of("id"))
    if data.get("counts", COUNTS[0]) not in COUNTS:
        yield Fault(f"It counts {data['counts']!r}; it must count {' or '.join(COUNTS)}.", "", lines.of("counts"))
    goals = data.get("goals", [])
    codes = [str(goal["code"]) for goal in goals]
    yield from _wrong_codes(codes, lines)
    parents = {str(goal["code"]): str(goal["parent"]) for goal in goals if goal.get("parent")}
    for place, goal in enumerate(goals):
        yield from _pointing_nowhere(goal, place, {*base, *codes}, parents, lines)
    yield from _wrong_relations(data, {*base, *codes}, lines)


def _wrong_codes(codes: list[str], lines: Lines) -> Iterator[Fault]:
    for code, count in Counter(codes).items():
        place = max(place for place, other in enumerate(codes) if other == code)
        if count > 1:
            yield Fault("There are two goals with the same code. Give one of them another.", code, lines.of_goal(place))
        if not CODE.fullmatch(code):
            yield Fault("A code has no spaces and no slash.", code, lines.of_goal(place))


def _pointing_nowhere(
    goal: Mapping[str, Any], place: int, codes: set[str], parents: Mapping[str, str], lines: Lines
) -> Iterator[Fault]:
    code = str(goal["code"])
    pointed = [("contrasts", str(row["goal"])) for row in goal.get("contrasts", ())]
    pointed += [("near_misses", str(one)) for row in goal.get("near_misses", ()) for one in row.get("goals", ())]
    pointed += [("parent", parents[code])] if code in parents else []
    for key, other in pointed:
        if other not in codes:
            what = f"{key} points at a goal that is not there: {other}. There are: {', '.join(sorted(codes))}."
            yield Fault(what, code, lines.of(key, place))
        elif key == "contrasts" and other == code:
            yield Fault("It stands in contrast to itself.", code, lines.of(key, place))
    if code in _above(code, parents):
        yield Fault("It is its own parent.", code, lines.of("parent", place))


def _above(code: str, parents: Mapping[str, str]) -> list[str]:
    """The parents of a goal, nearest first, up to the first that repeats."""
    found: list[str] = []
    while (code := parents.get(code, "")) and code not in found:
        found.append(code)
    return found


def _wrong_relations(data: Mapping[str, Any], codes: set[str], lines: Lines) -> Iterator[Fault]:
    for key, side, relations in (("crosswalk", "from", RELATIONS), ("predecessors", "to", CHANGES)):
        for row in data.get(key, ()):
            if row["relation"] not in relations:
                what = f"No relation of {key} is called {row['relation']!r}. There are: {', '.join(relations)}."
                yield Fault(what, "", lines.of(key))
            if str(row[side]) not in codes and row["relation"] != "gone":
                yield Fault(f"{key} points at a goal that is not there: {row[side]}.", "", lines.of(key))
    for rule in data.get("house_rules", ()):
        for side in ("from", "to"):
            if str(rule[side]) not in codes:
                what = f"A house rule points at a goal that is not there: {rule[side]}."
                yield Fault(what, "", lines.of("house_rules"))
        if str(rule["from"]) == str(rule["to"]):
            yield Fault("A house rule leads from a goal to itself.", "", lines.of("house_rules"))
        if not any(phrase.strip() for phrase in rule["phrases"]):
            yield Fault("A house rule has no phrases.", "", lines.of("house_rules"))
