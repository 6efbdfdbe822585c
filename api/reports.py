"""The reports that a store writes, by their names."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.ingest.errors import UnknownName

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.report.draft.model import Draft


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for."""

    organisation: str | None = None
    goal: str | None = None
    framework: str = "purpose-goals"
    template: str = "impact"
    made_on: date = field(default_factory=date.today)


def write_report(db: "Database", kind: str, asked: Asked, to: Path) -> None:
    """Write a report. Raises UnknownName, NotFound, NotVerbatim, or what making it raises."""
    if kind not in REPORTS:
        raise UnknownName("report", kind, REPORTS)
    REPORTS[kind](db, asked, to)


def _map(db: "Database", asked: Asked, to: Path) -> None:
    from goalmap.report.mapping.activity_map import activity_map
    from goalmap.report.mapping.files import write_map

    write_map(activity_map(db, asked.organisation, asked.goal, asked.framework), to, asked.made_on)


def _drafted(make: "Callable[[Database, Asked], Draft]") -> "Callable[[Database, Asked, Path], None]":
    """What makes a draft, locks its quotations and writes it."""

    def write(db: "Database", asked: Asked, to: Path) -> None:
        from goalmap.report.draft.files import write_draft
        from goalmap.report.draft.lock import locked

        write_draft(locked(db, make(db, asked)), to)

    return write


def _impact(db: "Database", asked: Asked) -> "Draft":
    from goalmap.report.outlines.templates import find
    from goalmap.report.reports.impact import impact_report
    from goalmap.report.sections.table import SECTIONS

    shape = find(asked.template, SECTIONS)
    return impact_report(db, shape, str(asked.made_on), asked.organisation, asked.goal, asked.framework)


def _gaps(db: "Database", asked: Asked) -> "Draft":
    from goalmap.report.reports import gaps

    return gaps.gap_report(db, gaps.Asked(asked.made_on, asked.framework, asked.organisation, asked.goal))


def _practice(db: "Database", asked: Asked) -> "Draft":
    from goalmap.report.reports import practice

    return practice.compendium(db, practice.Asked(asked.made_on, asked.framework, asked.goal))


def _people(db: "Database", asked: Asked) -> "Draft":
    from goalmap.report.people.directory import find_directory
    from goalmap.report.reports.people import people_draft

    return people_draft(find_directory(db, asked.organisation), str(asked.made_on))


REPORTS: "dict[str, Callable[[Database, Asked, Path], None]]" = {
    "map": _map,
    "impact": _drafted(_impact),
    "gaps": _drafted(_gaps),
    "practice": _drafted(_practice),
    "people": _drafted(_people),
}
"""By name, what writes each."""
