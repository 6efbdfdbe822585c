"""The activity map as a page to read, a table to sort, or data to use."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from goalmap.report.activity_map import ActivityMap, Entry, GoalPart, Loose
from goalmap.report.files import write_text, writer_for
from goalmap.report.page import environment
from goalmap.report.sources import Source
from goalmap.store.decisions import STAGES
from goalmap.store.sheet import write_sheet

CELLS: dict[str, Callable[[Entry], object]] = {
    "goal": lambda entry: entry.goal.code,
    "goal_name": lambda entry: entry.goal.name,
    "second_goal": lambda entry: entry.second_goal,
    "activity": lambda entry: entry.activity,
    "initiatives": lambda entry: entry.initiatives,
    "owner": lambda entry: entry.owner,
    "partners": lambda entry: entry.partners,
    "people": lambda entry: entry.people,
    "period": lambda entry: entry.periods,
    "figures": lambda entry: tuple(figure.words for figure in entry.figures),
    "stage": lambda entry: entry.stage,
    "output": lambda entry: tuple(figure.phrase for figure in entry.figures),
    "evidence": lambda entry: entry.evidence,
    "document": lambda entry: entry.source.title,
    "publisher": lambda entry: entry.source.publisher,
    "published": lambda entry: entry.source.published,
    "page": lambda entry: entry.page,
    "also_in": lambda entry: tuple(copy.source.title for copy in entry.also_in),
    "passage_id": lambda entry: entry.passage_id,
    "confidence": lambda entry: entry.confidence,
    "status": lambda entry: entry.status,
    "why": lambda entry: entry.why,
    "best_practice": lambda entry: "yes" if entry.best_practice else "",
    "reviewer": lambda entry: entry.reviewer,
    "note": lambda entry: entry.note,
}
"""The columns of the table and where each comes from."""

Writer = Callable[[tuple[ActivityMap, date], Path], None]


def write_map(found: ActivityMap, path: Path, made_on: date) -> None:
    """Write the map as its path's suffix asks. Raises UnknownName or NotFound.

    The same map and day give the same file, byte for byte.
    """
    writer_for(path, WRITERS)((found, made_on), path)


# HTML


def _write_html(dated: tuple[ActivityMap, date], path: Path) -> None:
    write_text(path, as_html(*dated))


def as_html(found: ActivityMap, made_on: date) -> str:
    """One page that needs no other file."""
    sources = found.library.sources
    entries_of = Counter(entry.source.id for entry in found.entries)
    return (
        environment()
        .get_template("activity_map.html")
        .render(
            map=found,
            made_on=made_on.isoformat(),
            stages=STAGES,
            first_places=_first_places(found),
            entries_of={source.id: entries_of[source.id] for source in sources},
            titles={source.id: source.title for source in sources},
        )
    )


def _first_places(found: ActivityMap) -> dict[str, str]:
    """The goal under which a passage comes first: there its anchor stands."""
    return {entry.passage_id: entry.goal.id for entry in reversed(found.entries)}


# CSV


def _write_csv(dated: tuple[ActivityMap, date], path: Path) -> None:
    write_sheet(path, tuple(CELLS), ([_joined(cell(entry)) for cell in CELLS.values()] for entry in dated[0].entries))


def _joined(value: object) -> object:
    return "; ".join(value) if isinstance(value, tuple) else value


# JSON


def _write_json(dated: tuple[ActivityMap, date], path: Path) -> None:
    write_text(path, as_json(*dated))


def as_json(found: ActivityMap, made_on: date) -> str:
    """The map with all that its page shows, the gaps and the documents that were not read included."""
    record = {
        "report": "activity map",
        "made_on": made_on.isoformat(),
        "framework": asdict(found.framework),
        "organisation": None if found.organisation is None else found.organisation.name,
        "publishers": found.publishers,
        "counts": _counts(found),
        "goals": [_goal_record(part) for part in found.parts],
        "entries": [_entry_record(entry) for entry in found.entries],
        "loose_decisions": [_loose_record(loose) for loose in found.loose],
        "documents": [_source_record(source) for source in found.library.sources],
        "making": asdict(found.making),
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _counts(found: ActivityMap) -> dict[str, int]:
    return {
        "entries": len(found.entries),
        "passages": found.passages,
        "decided": found.decided,
        "proposed": found.proposed,
        "rejected": found.rejected,
        "documents_read": len(found.library.read),
        "passages_searched": found.library.searched,
        "documents_left_out": found.library.left_out,
    }


def _goal_record(part: GoalPart) -> dict[str, object]:
    return {
        "goal": part.goal.code,
        "goal_name": part.goal.name,
        "entries": len(part.entries),
        "is_gap": not part.entries,
        "stages": part.by_stage,
        "statuses": part.by_status,
    }


def _entry_record(entry: Entry) -> dict[str, object]:
    cells = {column: cell(entry) for column, cell in CELLS.items()}
    return {
        **cells,
        "figures": [asdict(figure) for figure in entry.figures],
        "best_practice": entry.best_practice,
        "passage": entry.passage,
        "heading": entry.heading,
        "document_id": entry.source.id,
        "second_confidence": entry.second_confidence,
        "changed_from": entry.changed_from,
        "also": [goal.code for goal in entry.also],
        "decided_at": entry.decided_at,
    }


def _loose_record(loose: Loose) -> dict[str, object]:
    return {
        "goal": loose.goal.code,
        "verdict": loose.verdict,
        "passage_id": loose.passage_id,
        "passage": loose.passage,
        "document": loose.source.title,
        "reviewer": loose.reviewer,
        "note": loose.note,
    }


def _source_record(source: Source) -> dict[str, object]:
    return {**asdict(source), "is_read": source.is_read, "is_near_copy": source.is_near_copy}


WRITERS: dict[str, Writer] = {
    ".html": _write_html,
    ".csv": _write_csv,
    ".json": _write_json,
}
