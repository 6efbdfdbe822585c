"""Against an earlier report, day or list: report progress."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalmap.commands.reports.shared import goal_option, organisation_option, report_options, write_report
from goalmap.commands.shared import tell
from goalmap.report import wording
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.report.draft.model import Draft
    from goalmap.report.progress.material import Progress

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--against", type=FILE, metavar="FILE.json", help="An earlier report, written as .json.")
@click.option("--since", metavar="DATE|RUN", help="An earlier day, or a run: what was told or read after it is new.")
@click.option(
    "--recommendations",
    type=FILE,
    metavar="FILE",
    help="A list: .csv, .xlsx, .toml or .json with id, text, goal, made_on, status, note.",
)
@click.option("--report", metavar="DOCUMENT", help="A document in the database that recommends: its title, path or id.")
@click.option(
    "--recommendations-out",
    "out",
    type=FILE,
    metavar="FILE.csv",
    help="Write the list with the proposed statuses, to be corrected and given back with --recommendations.",
)
@click.option("--undated", is_flag=True, help="Count what documents without a date tell as later.")
@click.option(
    "--template",
    default="progress",
    show_default=True,
    metavar="NAME|FILE.toml",
    help="The sections and their order. See: goalmap report templates list",
)
@organisation_option
@goal_option
@report_options
def progress(
    against: Path | None,
    since: str | None,
    recommendations: Path | None,
    report: str | None,
    out: Path | None,
    undated: bool,
    template: str,
    organisation: str | None,
    goal: str | None,
    db: Place,
    output: Path,
    made_on: date,
    framework: str,
) -> None:
    """What became of recommendations, and of the goals since then."""
    if not (against or since or recommendations or report):
        raise click.UsageError("Give one of --against, --since, --recommendations and --report.")
    from goalmap.report.outlines.templates import find
    from goalmap.report.progress.material import Asked, find_progress
    from goalmap.report.reports.progress import progress_draft
    from goalmap.report.sections.table import SECTIONS

    shape = find(template, SECTIONS)
    asked = Asked(against, since, recommendations, report, organisation, goal, framework, undated)
    found: list[Progress] = []

    def make(database: "Database") -> "Draft":
        found.append(find_progress(database, asked, made_on.isoformat()))
        return progress_draft(found[0], shape)

    write_report(db, output, make)
    if out is not None:
        _write_list(out, found[0])


def _write_list(out: Path, found: "Progress") -> None:
    from goalmap.report.progress.recommendation_files import write_recommendations

    rows = write_recommendations(out, found.answers, found.evidence.goals.values())
    tell(
        f"{out} written with {wording.count(rows, 'recommendation')}: correct the column status and give the file back"
        " with --recommendations."
    )
