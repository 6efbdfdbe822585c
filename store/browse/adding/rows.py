"""What the page on which documents are added tells: how the reading stands, in words, and what the database holds of them."""

import os
import sqlite3
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from goalmap.store.browse.adding.jobs import Job, Stage, Standing
from goalmap.store.browse.page_rows import Row, rows
from goalmap.store.browse.values import STATUS_WORDS
from goalmap.store.ids import shown_path

MOST_PROBLEMS = 200
PROBLEMS = """
select id, path, status, problem from documents
where substr(path, 1, length(:prefix)) = :prefix and problem is not null and status <> 'ok' and content_of is null
    and missing_since is null
order by rowid desc limit :most
"""
DOCUMENTS = (
    "select count(*) number from documents where substr(path, 1, length(:prefix)) = :prefix and missing_since is null"
)
WAITING = "select count(*) number from proposals where open = 1"
LATEST = """
select id, coalesce(title, substr(path, length(:prefix) + 1)) title from documents
where substr(path, 1, length(:prefix)) = :prefix and status in ('ok', 'partial') and missing_since is null
order by rowid desc limit 10
"""


@dataclass(frozen=True, slots=True)
class Added:
    """What the database holds of the added files."""

    documents: int
    waiting: int
    latest: tuple[Row, ...]
    problems: tuple[Row, ...]
    frameworks: tuple[str, ...]
    """Names of those that the database has; none in a new one."""


def added(conn: sqlite3.Connection, folder: Path) -> Added:
    """What has become of the files in a folder."""
    told = {"prefix": shown_path(folder) + os.sep}
    problems = rows(conn, PROBLEMS, most=MOST_PROBLEMS, **told)
    return Added(
        documents=rows(conn, DOCUMENTS, **told)[0]["number"],
        waiting=rows(conn, WAITING)[0]["number"],
        latest=tuple(rows(conn, LATEST, **told)),
        problems=tuple({**row, "name": row["path"].removeprefix(told["prefix"])} for row in problems),
        frameworks=tuple(row["name"] for row in rows(conn, "select name from frameworks order by rowid")),
    )


@dataclass(frozen=True, slots=True)
class Account:
    """How a reading stands, in words."""

    stage: Stage
    headline: str
    detail: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    said: tuple[str, ...] = ()
    done: int = 0
    total: int = 0

    @property
    def has_ended(self) -> bool:
        return self.stage in (Stage.FINISHED, Stage.STOPPED, Stage.FAILED)


HEADLINES = {
    Stage.STARTING: "The reading is starting",
    Stage.READING: "Reading",
    Stage.ORDERING: "Nearly done",
    Stage.STOPPING: "Stopping",
    Stage.FINISHED: "Finished",
    Stage.STOPPED: "Stopped",
    Stage.FAILED: "The reading broke off",
}
KEPT = "What was finished is kept; begin again to go on where it stopped."
DETAILS = {
    Stage.STARTING: "What goalmap has learnt is being loaded. This takes a few seconds.",
    Stage.ORDERING: "All files are read. Names, copies and the order of the queue are being brought up to date.",
    Stage.STOPPING: "It stops after what it has in hand. What was finished is kept.",
    Stage.STOPPED: KEPT,
    Stage.FAILED: KEPT,
}


def account(job: Job | None) -> Account | None:
    """How the reading of a database stands; None where this server has read nothing."""
    if job is None:
        return None
    now = job.standing
    told = Account(now.stage, HEADLINES[now.stage], DETAILS.get(now.stage, ""), done=now.done, total=now.total)
    if now.stage in (Stage.READING, Stage.STOPPING) and now.total:
        told = replace(told, detail=" ".join([_reading(now), told.detail]).strip())
    if now.goes_on:
        told = replace(told, detail=f"{told.detail} What was added meanwhile comes next.")
    if now.stage == Stage.FAILED:
        return replace(told, said=now.said)
    return replace(told, counts=_counts(now)) if now.counts else told


def _reading(now: Standing) -> str:
    left = now.seconds_left
    time = f"; {duration(left)} left" if left is not None and now.stage == Stage.READING else ""
    return f"{now.done:,} of {now.total:,} files read, the last of them {now.last}{time}."


def duration(seconds: float) -> str:
    """A time that is only guessed.

    >>> duration(20), duration(61), duration(7200)
    ('less than a minute', 'about 2 minutes', 'about 2 hours')
    """
    minutes = ceil(seconds / 60)
    if minutes <= 1:
        return "less than a minute"
    return f"about {minutes} minutes" if minutes < 100 else f"about {round(minutes / 60)} hours"


def _counts(now: Standing) -> tuple[tuple[str, int], ...]:
    statuses = now.counts["statuses"]
    read = sorted(
        ((STATUS_WORDS.get(status, status), number) for status, number in statuses.items()), key=lambda one: -one[1]
    )
    others = (
        ("Unchanged since they were read", now.counts["unchanged"]),
        ("The same content as another file", now.counts["copies"]),
        ("No longer there", now.counts["missing"]),
    )
    return (*read, *((label, number) for label, number in others if number))
