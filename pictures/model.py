"""What pictures are drawn of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: a number for each kind, in the order of the kinds."""

    label: str
    counts: tuple[int, ...]
    href: str = ""
    hrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid: a number for each column, None where there is nothing to count."""

    label: str
    values: tuple[int | None, ...]
    hrefs: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a time (ISO, as exact as is known), in the words of its source."""

    when: str
    value: float
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    label: str
    unit: str
    points: tuple[Point, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A person, organisation or initiative in a network."""

    id: str
    label: str
    kind: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    source: str
    target: str
    label: str
    former: bool = False
