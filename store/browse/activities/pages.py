"""The list of activities and the page of one, as values."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlite_utils import Database

from goalmap.store.activities.history import Batch, history, of_activity
from goalmap.store.activities.listing import ORDERS, STATUSES, Details, Filters, Stretch, details, listed
from goalmap.store.browse.activities.repairs import Other, likely, others_with, state_of
from goalmap.store.browse.datasette_compat import plain_rows
from goalmap.store.browse.page_rows import Row, rows

SIZE = 100
LONGEST_WORD = 200
ASKED = ("framework", "goal", "status", "stage", "owner", "organisation", "words")
STAGES_ASKED = ("delivered", "ongoing", "planned", "aspiration", "none")


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What a list is asked for."""

    filters: Filters
    order: str = "citations"
    part: int = 1

    @property
    def again(self) -> dict[str, str]:
        """What makes an address of the same list."""
        return {**{name: getattr(self.filters, name) for name in ASKED}, "sort": self.order}

    @property
    def is_filtered(self) -> bool:
        return any(getattr(self.filters, name) for name in ASKED if name != "framework")


def asked_list(args: Mapping[str, str]) -> ListAsked:
    """What an address asks for; what makes no sense is left out."""
    told = {name: (args.get(name) or "").strip()[:LONGEST_WORD] for name in ASKED}
    order, part = args.get("sort") or "", args.get("part") or ""
    filters = Filters(**told)
    filters = replace(
        filters,
        status=filters.status if filters.status in STATUSES else "",
        stage=filters.stage if filters.stage in STAGES_ASKED else "",
    )
    return ListAsked(
        filters, order if order in ORDERS else "citations", int(part) if re.fullmatch(r"[0-9]{1,6}", part) else 1
    )


@dataclass(frozen=True, slots=True)
class ActivityList:
    """A stretch of the list."""

    asked: ListAsked
    found: Stretch
    parts: int
    frameworks: list[Row]
    goals: list[Row]
    """The goals that can be asked for, with the number of activities that serve each."""


def activity_list(conn: sqlite3.Connection, asked: ListAsked) -> ActivityList:
    frameworks = _frameworks(conn)
    if len(frameworks) == 1 and not asked.filters.framework:
        asked = replace(asked, filters=replace(asked.filters, framework=frameworks[0]["id"]))
    found = listed(conn, asked.filters, asked.order, (max(1, asked.part) - 1) * SIZE, SIZE)
    parts = max(1, -(-found.total // SIZE))
    asked = replace(asked, part=min(max(1, asked.part), parts))
    return ActivityList(asked, found, parts, frameworks, _goals(conn, asked.filters.framework))


def _frameworks(conn: sqlite3.Connection) -> list[Row]:
    sql = "select id, name from frameworks where id in (select framework_id from activities) order by name, id"
    return rows(conn, sql)


def _goals(conn: sqlite3.Connection, framework: str) -> list[Row]:
    sql = """
        select goals.id, goals.code, goals.name, coalesce(served.found, 0) as activities
        from goals
        left join (
          select framework_id, json_each.value as code, count(*) as found
          from activities, json_each(activities.goals) group by framework_id, json_each.value
        ) as served on served.framework_id = goals.framework_id and served.code = goals.code
        where goals.framework_id = :framework and (goals.parent_id is null or served.found)
        order by goals.position, goals.code
    """
    return rows(conn, sql, framework=framework) if framework else []


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a person needs to repair one activity."""

    state: str
    asked: str
    found: list[Other]
    """What the user looks for to put it together with."""
    likely: list[Other]
    """Other activities of the same initiative, or of the same body towards the same goal."""


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """One activity with every passage that tells of it."""

    activity: Details
    history: list[Batch]
    desk: Desk | None


def activity_page(conn: sqlite3.Connection, id: str, asked: str, may_repair: bool) -> ActivityPage | None:
    """The page; `asked` is what the user thinks another telling of it is called."""
    found = details(conn, id)
    if found is None:
        return None
    with plain_rows(conn):
        batches = of_activity(history(Database(conn)), id)
    return ActivityPage(found, batches, _desk(conn, found, asked) if may_repair else None)


def _desk(conn: sqlite3.Connection, activity: Details, asked: str) -> Desk:
    return Desk(state_of(conn, activity.id), asked, others_with(conn, activity, asked), likely(conn, activity))
