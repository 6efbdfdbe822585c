"""What keeps a report template from being used: each fault with its line, and what there is instead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from string import Formatter
from typing import Any

from goalmap.report.section import Kind, Option

HEADER = re.compile(r"\s*\[\[\s*sections(?:\s*\.\s*sections)*\s*\]\]")
TEXTS = ("name", "title", "description")
OWN = ("use", "title", "text", "sections")
"""The keys of every section; the others are options of its kind."""
PLACES = ("organisation", "framework", "date")
"""What may stand in braces in a title or text."""
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend in a template."""

    what: str
    line: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}" if self.line else self.what


class Lines:
    """Where things stand in a template's TOML; nowhere without the text."""

    def __init__(self, text: str) -> None:
        self._lines = list(_outside_of_texts(text))
        self._headers = [number for number, line in self._lines if HEADER.match(line)]

    def of_key(self, key: str, place: int | None = None) -> int | None:
        """The line of a key, of the section at that place or before all sections; else where that section begins."""
        first = self._header(place) if place is not None else 1
        last = self._header(0 if place is None else place + 1) or 10**9
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        own = (number for number, line in self._lines if (first or 1) <= number < last and pattern.match(line))
        return next(own, first if place is not None else None)

    def _header(self, place: int) -> int | None:
        return self._headers[place] if place < len(self._headers) else None


def _outside_of_texts(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without those that stand within a text of several lines."""
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            yield number, line
        for mark in ('"""', "'''"):
            if inside in ("", mark) and line.count(mark) % 2:
                inside = "" if inside else mark


def faults(data: Mapping[str, Any], kinds: Mapping[str, Kind], text: str = "") -> list[Fault]:
    """All that is wrong in what a template's TOML file holds."""
    lines = Lines(text)
    found = list(_of_head(data, lines))
    rows = data.get("sections")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return [*found, Fault("It has no sections: write them as [[sections]] tables.", lines.of_key("sections"))]
    return [
        *found,
        *(fault for place, (row, depth) in enumerate(_all(rows)) for fault in _of_row(row, depth, place, kinds, lines)),
    ]


def _of_head(data: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    for key in ("name", "title"):
        if key not in data:
            yield Fault(f"It lacks {key!r}.")
    for key in TEXTS:
        if key in data and not (isinstance(data[key], str) and data[key].strip()):
            yield Fault(f"{key} must be a text in quotes.", lines.of_key(key))
    for key in data:
        if key not in (*TEXTS, "sections"):
            yield Fault(_unknown("key", key, (*TEXTS, "sections")), lines.of_key(key))
    yield from _wrong_places(data, "title", lines, None)


def _all(rows: list[Any], depth: int = 1) -> Iterator[tuple[Mapping[str, Any], int]]:
    for row in rows:
        if isinstance(row, dict):
            yield row, depth
            inner = row.get("sections", [])
            yield from _all(inner if isinstance(inner, list) else [], depth + 1)


def _of_row(row: Mapping[str, Any], depth: int, place: int, kinds: Mapping[str, Kind], lines: Lines) -> Iterator[Fault]:
    def at(key: str) -> int | None:
        return lines.of_key(key, place)

    for key in ("use", "title"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            yield Fault(f"A section needs {key!r}, a text in quotes.", at(key))
    if not isinstance(row.get("text", ""), str):
        yield Fault("text must be a text in quotes.", at("text"))
    if not _is_tables(row.get("sections", [])):
        yield Fault("sections must be tables: [[sections.sections]].", at("sections"))
    if depth > DEEPEST:
        yield Fault(f"Sections may stand {DEEPEST} deep, not deeper.", at("use"))
    for key in ("title", "text"):
        yield from _wrong_places(row, key, lines, place)
    if isinstance(use := row.get("use"), str) and use.strip():
        if use in kinds:
            yield from _of_options(row, kinds[use].options, place, lines)
        else:
            yield Fault(_unknown("section", use, kinds), at("use"))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _of_options(row: Mapping[str, Any], options: Mapping[str, Option], place: int, lines: Lines) -> Iterator[Fault]:
    for key, value in row.items():
        if key in OWN:
            continue
        if key not in options:
            yield Fault(_unknown(f"option of the section {row['use']!r}", key, options), lines.of_key(key, place))
        elif problem := _wrong_value(key, value, options[key]):
            yield Fault(problem, lines.of_key(key, place))


def _wrong_value(key: str, value: object, option: Option) -> str:
    """What is wrong with an option's value, if anything is."""
    match option.default:
        case bool():
            return "" if isinstance(value, bool) else f"{key} must be true or false."
        case int():
            is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            return "" if is_count else f"{key} must be a whole number, 0 or more."
        case str():
            return _wrong_text(key, value, option) if isinstance(value, str) else f"{key} must be a text in quotes."
        case _:
            if not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
                return f'{key} must be a list of texts: {key} = ["...", "..."].'
            return next(filter(None, (_wrong_text(key, one, option) for one in value)), "")


def _wrong_text(key: str, value: str, option: Option) -> str:
    return _unknown(f"value of {key}", value, option.choices) if option.choices and value not in option.choices else ""


def _wrong_places(data: Mapping[str, Any], key: str, lines: Lines, place: int | None) -> Iterator[Fault]:
    """Braces that hold something that is not known, or do not close."""
    if not isinstance(text := data.get(key, ""), str):
        return
    line = lines.of_key(key, place)
    try:
        names = [(name, form, turned) for _, name, form, turned in Formatter().parse(text) if name is not None]
    except ValueError:
        yield Fault(f"The braces in {key} do not close. Write {{{{ for a brace that is meant as one.", line)
        return
    for name, form, turned in names:
        if name not in PLACES or form or turned:
            known = ", ".join(f"{{{one}}}" for one in PLACES)
            yield Fault(f"Nothing can stand for {{{name}}} in {key}. There are: {known}.", line)


def _unknown(what: str, name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), 1)
    meant = f" Is {near[0]!r} meant?" if near else ""
    return f"No {what} is called {name!r}.{meant} There are: {', '.join(known) or 'none'}."
