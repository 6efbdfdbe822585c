"""Where the things of a network stand: the same every time, and no name on another."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from goalmap.pictures.text import width_of, wrapped

SIZE = 12.0
_LABEL, _SHAPE, _LINE, _GAP = 118.0, 10.0, 14.0, 8.0
_WIDTH, _APART = 900.0, 78.0
_HUB = 4
_CROWD, _WIDEST = 100, 1500.0
_GOLDEN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a thing stands, and the lines of its name: under it, or over it where its ties come from below."""

    x: float
    y: float
    lines: tuple[str, ...]
    half: float
    """Half of how wide it is."""
    is_over: bool = False

    @property
    def top(self) -> float:
        return self.y - (_SHAPE + 5 + _LINE * len(self.lines) if self.is_over else _SHAPE)

    @property
    def foot(self) -> float:
        return self.y + (_SHAPE if self.is_over else _SHAPE + 5 + _LINE * len(self.lines))

    @property
    def feet(self) -> list[float]:
        """The feet of the lines of its name."""
        first = self.y - _SHAPE - 3 - _LINE * (len(self.lines) - 1) if self.is_over else self.y + 22
        return [first + _LINE * place for place in range(len(self.lines))]


def laid_out(labels: Mapping[str, str], ties: set[tuple[str, str]]) -> tuple[dict[str, Spot], float, float]:
    """Return a spot for each thing, and how wide and deep the whole is; things that are tied stand together."""
    near = _neighbours(labels, ties)
    parts = [_arranged(part, labels, near) for part in _parts(near)]
    return _packed(sorted(parts, key=lambda part: (-len(part), min(part))))


def _neighbours(names: Iterable[str], ties: set[tuple[str, str]]) -> dict[str, list[str]]:
    near: dict[str, set[str]] = {name: set() for name in sorted(names)}
    for source, target in ties:
        if source != target:
            near[source].add(target)
            near[target].add(source)
    return {name: sorted(others) for name, others in near.items()}


def _parts(near: dict[str, list[str]]) -> list[list[str]]:
    """Return the things in parts that no tie joins; within a part the most tied comes first."""
    left, parts = set(near), []
    for name in near:
        if name in left:
            parts.append(_reached(name, near))
            left.difference_update(parts[-1])
    return [sorted(part, key=lambda name: (-len(near[name]), name)) for part in parts]


def _reached(start: str, near: dict[str, list[str]]) -> set[str]:
    reached, edge = {start}, [start]
    while edge:
        fresh = [name for name in near[edge.pop()] if name not in reached]
        reached.update(fresh)
        edge.extend(fresh)
    return reached


def _arranged(part: list[str], labels: Mapping[str, str], near: dict[str, list[str]]) -> dict[str, Spot]:
    """Return a part's things: drawn together by their ties, then moved until no name is on another; a crowd in lines."""
    is_crowd = len(part) > _CROWD
    places = dict.fromkeys(part, (0.0, 0.0)) if is_crowd else _lying(_sprung(part, near))
    spots = [_spot(labels[name], places[name], _is_over(name, near[name], places)) for name in part]
    parted = _in_lines(spots) if is_crowd else _narrow(_parted(spots))
    return dict(zip(part, parted, strict=True))


def _narrow(spots: list[Spot]) -> list[Spot]:
    """Return the spots; on lines, where they reach so far that nobody could read the whole."""
    reach = max(spot.x for spot in spots) - min(spot.x for spot in spots)
    return spots if reach <= _WIDEST else _in_lines(spots)


def _spot(label: str, place: tuple[float, float], is_over: bool) -> Spot:
    lines = tuple(wrapped(label, _LABEL, SIZE, 3))
    half = max(12.0, *(width_of(line, SIZE) / 2 for line in lines)) + _GAP / 2
    return Spot(*place, lines, half, is_over)


def _is_over(name: str, near: list[str], places: dict[str, tuple[float, float]]) -> bool:
    """Return whether the ties of a thing come from below it."""
    return sum(places[other][1] - places[name][1] for other in near) > 0 and len(near) < _HUB


def _sprung(part: list[str], near: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """Return places from springs: every two things push, every tie pulls; started on a spiral, so never by chance."""
    x = [math.sqrt(place) * _APART * math.cos(place * _GOLDEN) for place in range(len(part))]
    y = [math.sqrt(place) * _APART * math.sin(place * _GOLDEN) for place in range(len(part))]
    number = {name: place for place, name in enumerate(part)}
    pulls = [(number[name], number[other]) for name in part for other in near[name] if name < other]
    rounds = max(40, min(160, 400_000 // len(part) ** 2))
    for turn in range(rounds):
        _step(x, y, pulls, _APART * (1 - turn / rounds))
    return {name: (round(x[place], 1), round(y[place], 1)) for name, place in number.items()}


def _lying(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places turned so that they reach farther across than down: names under things then hide fewer ties."""
    x = [across for across, _ in places.values()]
    y = [down for _, down in places.values()]
    left, top = sum(x) / len(x), sum(y) / len(y)
    wide, deep = sum((one - left) ** 2 for one in x), sum((one - top) ** 2 for one in y)
    mixed = sum((one - left) * (other - top) for one, other in zip(x, y, strict=True))
    turn = math.atan2(2 * mixed, wide - deep) / 2
    cosine, sine = math.cos(turn), math.sin(turn)
    return {
        name: (round(across * cosine + down * sine, 1), round(0.8 * (down * cosine - across * sine), 1))
        for name, (across, down) in places.items()
    }


def _step(x: list[float], y: list[float], pulls: list[tuple[int, int]], most: float) -> None:
    """Move each thing along what pushes and pulls it, by no more than so far."""
    right, down = [0.0] * len(x), [0.0] * len(x)
    for one in range(len(x)):
        for other in range(one):
            _push(x, y, one, other, right, down)
    for one, other in pulls:
        across, along = x[one] - x[other], y[one] - y[other]
        force = math.hypot(across, along) / _APART
        right[one] -= across * force
        down[one] -= along * force
        right[other] += across * force
        down[other] += along * force
    for one in range(len(x)):
        length = math.hypot(right[one], down[one]) or 1.0
        x[one] += right[one] / length * min(length, most)
        y[one] += down[one] / length * min(length, most)


def _push(x: list[float], y: list[float], one: int, other: int, right: list[float], down: list[float]) -> None:
    across, along = x[one] - x[other], y[one] - y[other]
    force = _APART * _APART / max(across * across + along * along, 1.0)
    right[one] += across * force
    down[one] += along * force
    right[other] -= across * force
    down[other] -= along * force


def _parted(spots: list[Spot]) -> list[Spot]:
    """Return the spots, each two that overlap moved apart along the shorter way, until none does."""
    pairs = [(one, other) for one in range(len(spots)) for other in range(one)]
    for _ in range(200):
        moved = False
        for one, other in pairs:
            if (pair := _apart(spots[one], spots[other])) is not None:
                spots[one], spots[other] = pair
                moved = True
        if not moved:
            return spots
    return _in_lines(spots)


def _apart(one: Spot, other: Spot) -> tuple[Spot, Spot] | None:
    """Return two spots moved apart, or None where they do not overlap."""
    across = one.half + other.half - abs(one.x - other.x)
    upper, lower = (one, other) if one.top + one.foot <= other.top + other.foot else (other, one)
    along = upper.foot + _GAP - lower.top
    if across <= 0.01 or along <= 0.01:
        return None
    if across < along:
        push = (across / 2 + 0.1) * (1 if one.x >= other.x else -1)
        return replace(one, x=one.x + push), replace(other, x=other.x - push)
    push = (along / 2 + 0.1) * (1 if one is lower else -1)
    return replace(one, y=one.y + push), replace(other, y=other.y - push)


def _in_lines(spots: list[Spot]) -> list[Spot]:
    """Return the spots on lines, as a page is written: the last resort where pushing has no end."""
    placed, x, y = [], 0.0, 0.0
    for spot in spots:
        if x and x + 2 * spot.half > _WIDTH:
            x, y = 0.0, y + 150
        placed.append(replace(spot, x=x + spot.half, y=y))
        x += 2 * spot.half
    return placed


def _packed(parts: list[dict[str, Spot]]) -> tuple[dict[str, Spot], float, float]:
    """Return the parts beside and under one another, none on another, and how wide and deep they are."""
    placed: dict[str, Spot] = {}
    x = y = deep = wide = 0.0
    for part in parts:
        left, top, right, foot = _edges(part)
        if x and x + right - left > _WIDTH:
            x, y, deep = 0.0, y + deep + 2 * _GAP, 0.0
        placed.update({name: replace(spot, x=spot.x - left + x, y=spot.y - top + y) for name, spot in part.items()})
        x += right - left + 2 * _GAP
        deep, wide = max(deep, foot - top), max(wide, x)
    return placed, wide, y + deep


def _edges(part: dict[str, Spot]) -> tuple[float, float, float, float]:
    spots = part.values()
    return (
        min(spot.x - spot.half for spot in spots),
        min(spot.top for spot in spots),
        max(spot.x + spot.half for spot in spots),
        max(spot.foot for spot in spots),
    )
