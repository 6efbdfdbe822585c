"""The activity map as a page to read, a table to sort, a workbook, or data to use."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from goalmap.report.files import write_text, writer_for
from goalmap.report.mapping.activity_map import ActivityMap, marked
from goalmap.report.mapping.columns import COLUMNS, figure, newest, row
from goalmap.report.mapping.data import as_json
from goalmap.report.mapping.workbook import write_map_workbook
from goalmap.report.page import environment
from goalmap.store.decisions import STAGES
from goalmap.store.sheets.sheet import write_sheet

Writer = Callable[[tuple[ActivityMap, date], Path], None]


def write_map(found: ActivityMap, path: Path, made_on: date) -> None:
    """Write the map as its path's suffix asks. Raises UnknownName or NotFound.

    The same map and day give the same file, byte for byte.
    """
    writer_for(path, WRITERS)((found, made_on), path)


def _write_html(dated: tuple[ActivityMap, date], path: Path) -> None:
    write_text(path, as_html(*dated))


def as_html(found: ActivityMap, made_on: date) -> str:
    """One page that needs no other file."""
    sources = found.library.sources
    told_in = Counter(document.id for entry in found.entries for document in entry.activity.documents)
    return (
        environment()
        .get_template("activity_map.html")
        .render(
            map=found,
            made_on=made_on.isoformat(),
            stages=STAGES,
            anchors=_anchors(found),
            marked=marked,
            newest=newest,
            figure=figure,
            told_in={source.id: told_in[source.id] for source in sources},
            titles={source.id: source.title for source in sources},
        )
    )


def _anchors(found: ActivityMap) -> dict[str, str]:
    """The row under which a passage comes first: there its anchor stands."""
    return {place.passage_id: entry.row_id for entry in reversed(found.entries) for place in entry.places}


def _write_csv(dated: tuple[ActivityMap, date], path: Path) -> None:
    found, _ = dated
    title = found.framework.title
    write_sheet(path, [column.name for column in COLUMNS], (row(entry, title) for entry in found.entries))


def _write_json(dated: tuple[ActivityMap, date], path: Path) -> None:
    write_text(path, as_json(*dated))


def _write_workbook(dated: tuple[ActivityMap, date], path: Path) -> None:
    write_map_workbook(*dated, path)


WRITERS: dict[str, Writer] = {
    ".html": _write_html,
    ".csv": _write_csv,
    ".xlsx": _write_workbook,
    ".json": _write_json,
}
