"""The dashboard as values: each part has its picture, and the numbers in a table that leads to the same places."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from markupsafe import Markup

from goalmap.classify.activities.model import STAGES_FURTHEST_FIRST
from goalmap.pictures.bars import stacked
from goalmap.pictures.grid import grid
from goalmap.pictures.lines import over_time, told_of
from goalmap.pictures.model import Bar, GridRow, Node, Point, Series, Tie
from goalmap.pictures.network import network
from goalmap.store.activities.listing import NOT_TOLD
from goalmap.store.browse.dashboard import membership, rows
from goalmap.store.browse.dashboard.measures import series
from goalmap.store.browse.dashboard.membership import Bond
from goalmap.store.browse.dashboard.rows import PROPOSED, REVIEWED, STATUSES, Asked
from goalmap.store.browse.links import Links
from goalmap.store.browse.page_rows import Row

A_PART = 30
STRIPS = 4
NO_STAGE = "stage not told"
STATES = {"accepted": "accepted", "waiting": "waiting for review", "rejected": "rejected"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A word or number of a table, and where it leads."""

    words: str
    href: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What is drawn, in one picture or several, with what it shows in words and its numbers as a table."""

    id: str
    title: str
    about: str
    pictures: tuple[Markup, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The whole page."""

    asked: Asked
    made_at: str | None
    frameworks: list[Row]
    organisations: list[Row]
    counts: dict[str, int]
    owned: int
    parts: tuple[Part, ...]

    @property
    def as_of(self) -> str:
        """When the activities were last brought up to date, as people write it; empty where they never were."""
        at = datetime.fromisoformat(self.made_at) if self.made_at else None
        return f"{at.day} {at:%B %Y at %H:%M} UTC" if at else ""

    @property
    def pages(self) -> int:
        """How many pages the organisations fill."""
        return max(1, -(-self.owned // A_PART))


def dashboard(conn: sqlite3.Connection, asked: Asked, links: Links) -> Dashboard:
    """The page that was asked for; what is not there is put right: another framework, no organisation, the last part."""
    known = rows.frameworks(conn)
    asked = replace(asked, framework=_one_of(asked.framework, [one["id"] for one in known]))
    counts = rows.counts_by_status(conn, asked.framework)
    status = asked.status if asked.status in STATUSES else REVIEWED if counts.get(REVIEWED) else PROPOSED
    organisations = rows.organisations(conn, asked)
    asked = replace(asked, status=status, organisation=_named(asked.organisation, organisations))
    owned = rows.owned(conn, asked)
    asked = replace(asked, part=min(max(asked.part, 1), max(1, -(-owned // A_PART))))
    parts = tuple(part for make in PARTS if (part := make(conn, asked, links)) is not None)
    return Dashboard(asked, rows.made_at(conn), known, organisations, counts, owned, parts)


def _named(asked: str, organisations: list[Row]) -> str:
    """The name of the organisation that is asked for by its name or id; none where there is no such."""
    return next((one["name"] for one in organisations if asked and asked in (one["name"], one["id"])), "")


def _one_of(asked: str, known: Sequence[str]) -> str:
    return asked if asked in known else next(iter(known), "")


def _coverage(conn: sqlite3.Connection, asked: Asked, links: Links) -> Part:
    counts = rows.by_goal_and_stage(conn, asked)
    stages = [*STAGES_FURTHEST_FIRST, *([""] if any(not stage for _, stage in counts) else [])]
    goals = rows.goals(conn, asked.framework)
    bars = [_stages_of(goal, stages, counts, partial(_activities, links, asked)) for goal in goals]
    return _stacked(
        "coverage",
        "Activities by goal and stage",
        "How many activities serve each goal, by the furthest stage that a passage gives evidence of. "
        "An activity that serves two goals counts under each.",
        [stage or NO_STAGE for stage in stages],
        bars,
    )


def _stages_of(goal: Row, stages: list[str], counts: dict[tuple[str, str], int], address: Callable[..., str]) -> Bar:
    return Bar(
        goal["goal"],
        tuple(counts.get((goal["code"], stage), 0) for stage in stages),
        address(goal=goal["id"]),
        tuple(address(goal=goal["id"], stage=stage or NOT_TOLD) for stage in stages),
    )


def _activities(links: Links, asked: Asked, owner: str = "", **more: str) -> str:
    """Where activities are listed that this page counts."""
    return links.activities(framework=asked.framework, status=asked.status, owner=owner or asked.organisation, **more)


def _stacked(id: str, title: str, about: str, kinds: list[str], bars: list[Bar]) -> Part:
    return Part(
        id,
        title,
        about,
        (stacked(title, about, kinds, bars),),
        ("Goal", *(kind.capitalize() for kind in kinds), "All"),
        tuple(
            (
                Cell(bar.label, bar.href),
                *(_number(count, href) for count, href in zip(bar.counts, bar.hrefs, strict=True)),
                _number(sum(bar.counts), bar.href),
            )
            for bar in bars
        ),
    )


def _number(count: int, href: str) -> Cell:
    return Cell(f"{count:,}", href if count else "", is_number=True)


def _organisations(conn: sqlite3.Connection, asked: Asked, links: Links) -> Part:
    goals = _shown_goals(conn, asked)
    found = rows.most_active(conn, asked, (asked.part - 1) * A_PART, A_PART)
    lines = [_row_of(one, goals, links, asked) for one in found]
    title = "Organisations by goals"
    about = (
        "How many activities of each organisation serve each goal: the darker, the more. "
        "An activity belongs to the organisation that runs it"
        f"{_unowned(rows.unowned(conn, asked))}."
    )
    return Part(
        "organisations",
        title,
        about,
        (grid(title, about, [goal["goal"] for goal in goals], lines),),
        ("Organisation", *(goal["goal"] for goal in goals)),
        tuple(
            (
                Cell(line.label, line.href),
                *(_number(value or 0, href) for value, href in zip(line.values, line.hrefs, strict=True)),
            )
            for line in lines
        ),
        is_wide=True,
    )


def _unowned(many: int) -> str:
    return f"; of {many:,} no passage says which that is, and they are not shown here" if many else ""


def _shown_goals(conn: sqlite3.Connection, asked: Asked) -> list[Row]:
    """All goals of a framework with few, else those that activities serve."""
    goals = rows.goals(conn, asked.framework)
    if len(goals) <= 20:
        return goals
    served = {code for code, _ in rows.by_goal_and_stage(conn, asked)}
    return [goal for goal in goals if goal["code"] in served]


def _row_of(one: Row, goals: list[Row], links: Links, asked: Asked) -> GridRow:
    served = json.loads(one["goals"] or "{}")
    return GridRow(
        one["name"],
        tuple(served.get(goal["code"]) for goal in goals),
        tuple(_activities(links, asked, owner=one["name"], goal=goal["id"]) for goal in goals),
        links.entity(one["id"]) if one["id"] else "",
    )


def _decided(conn: sqlite3.Connection, asked: Asked, links: Links) -> Part | None:
    """Decided against waiting, of all organisations: a proposal belongs to a passage, not to an organisation."""
    if asked.organisation:
        return None
    bars = [_states_of(goal, asked, links) for goal in rows.by_state(conn, asked.framework)]
    about = (
        "How many passages were accepted for each goal, wait for review, and were rejected; all organisations together."
    )
    return _stacked("decided", "Decided and waiting", about, list(STATES.values()), bars)


def _states_of(goal: Row, asked: Asked, links: Links) -> Bar:
    id = goal["goal_id"]
    waiting = links.bulk(framework=asked.framework, goal=id)
    return Bar(
        goal["goal"],
        tuple(goal[state] for state in STATES),
        links.table("proposals", goal_id=id),
        (links.table("decisions", goal_id=id), waiting, links.table("decisions", goal_id=id, verdict="rejected")),
    )


def _over_time(conn: sqlite3.Connection, asked: Asked, links: Links) -> Part:
    title = "Figures over time"
    about = "Figures that an activity is told with for two years or more, those of most years first. Dots are what was told."
    shown = series(rows.figures_of_many_times(conn, asked), links)
    told = [(one.label, one.href, point) for one in shown for point in one.points]
    return Part(
        "figures",
        title,
        about,
        tuple(_strips(title, about, shown)),
        ("Figure", "Time", "Value"),
        tuple(_reading(label, href, point) for label, href, point in told),
        is_wide=len(shown) > STRIPS,
    )


def _strips(title: str, about: str, shown: list[Series]) -> Iterable[Markup]:
    """Give pictures of a few measures each, which a sheet of paper holds."""
    for first in range(0, len(shown), STRIPS):
        some = shown[first : first + STRIPS]
        yield over_time(f"{title}, {first + 1} to {first + len(some)} of {len(shown)}", about, some)


def _reading(label: str, href: str, point: Point) -> tuple[Cell, ...]:
    return Cell(label, href), Cell(told_of(point.when)), Cell(point.words, point.href, is_number=True)


def _membership(conn: sqlite3.Connection, asked: Asked, links: Links) -> Part:
    title = "People and organisations"
    about = (
        "Who chairs, works for, belongs to or partners with whom, as the documents tell it; dashed where it is over. "
        f"Of all frameworks; up to {membership.MOST} of those with most ties."
    )
    bonds = membership.most_tied(rows.ties(conn), rows.entity_named(conn, asked.organisation))
    known = rows.named(conn, sorted({end for bond in bonds for end in (bond.source, bond.target)}))
    bonds = [bond for bond in bonds if bond.source in known and bond.target in known]
    nodes = [Node(one["id"], one["name"], one["kind"], links.entity(one["id"])) for one in known.values()]
    ties = [Tie(bond.source, bond.target, bond.label, bond.former) for bond in bonds]
    return Part(
        "membership",
        title,
        about,
        (network(title, about, nodes, ties),),
        ("Who", "Tie", "With whom"),
        tuple(_tied(bonds, known, links)),
        is_wide=True,
    )


def _tied(bonds: Iterable[Bond], known: dict[str, Row], links: Links) -> Iterable[tuple[Cell, ...]]:
    for bond in bonds:
        for words, passage in bond.words:
            yield (
                Cell(known[bond.source]["name"], links.entity(bond.source)),
                Cell(f"former {words}" if bond.former else words, links.passage(passage)),
                Cell(known[bond.target]["name"], links.entity(bond.target)),
            )


PARTS: tuple[Callable[[sqlite3.Connection, Asked, Links], Part | None], ...] = (
    _coverage,
    _decided,
    _organisations,
    _over_time,
    _membership,
)
"""The parts of the page, in their order."""
