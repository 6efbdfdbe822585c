"""The Impact Report and the templates that shape reports: report impact, report templates."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goalmap.commands.reports.shared import goal_option, organisation_option, report_options, write_report
from goalmap.commands.shared import json_option, show
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.report.draft.model import Draft


@click.command()
@report_options
@organisation_option
@goal_option
@click.option(
    "--template",
    default="impact",
    show_default=True,
    metavar="NAME|FILE.toml",
    help="The sections and their order. See: goalmap report templates list",
)
def impact(
    db: Place, output: Path, made_on: date, framework: str, organisation: str | None, goal: str | None, template: str
) -> None:
    """A draft Impact Report, every fact with its passage.

    Without --organisation it is about the only publisher in the database.
    """
    write_report(db, output, impact_draft(str(made_on), organisation, goal, framework, template))


def impact_draft(
    made_on: str,
    organisation: str | None,
    goal: str | None = None,
    framework: str = "purpose-goals",
    template: str = "impact",
) -> "Callable[[Database], Draft]":
    """What makes the report of a database. Raises what finding the template raises."""
    from goalmap.report.outlines.templates import find
    from goalmap.report.reports.impact import impact_report
    from goalmap.report.sections.table import SECTIONS

    shape = find(template, SECTIONS)
    return lambda db: impact_report(db, shape, made_on, organisation, goal, framework)


@click.group()
def templates() -> None:
    """The sections of reports and their order, as data to change."""


@templates.command("list")
@json_option
def list_(as_json: bool) -> None:
    """The templates that goalmap brings."""
    from goalmap.report.outlines.templates import find, names
    from goalmap.report.sections.table import SECTIONS
    from goalmap.report.wordings.template_wording import template_facts, template_lines

    found = [find(name, SECTIONS) for name in names()]
    show(as_json, lambda: {"templates": [template_facts(one) for one in found]}, lambda: template_lines(found))


@templates.command("show")
@click.argument("name", metavar="NAME|FILE.toml", default="impact")
@click.option(
    "--sections", is_flag=True, help="The sections that a template may use instead, and what each can be told."
)
@json_option
def show_template(name: str, sections: bool, as_json: bool) -> None:
    """Print a template, to begin one of your own from.

    Change what is printed in a file of your own, and give that to report impact with --template.
    """
    from goalmap.report.outlines.templates import text_of
    from goalmap.report.sections.table import SECTIONS
    from goalmap.report.wordings.template_wording import section_facts, section_lines

    if sections:
        show(as_json, lambda: {"sections": section_facts(SECTIONS)}, lambda: section_lines(SECTIONS))
        return
    text = text_of(name)
    show(as_json, lambda: {"name": name, "toml": text}, lambda: text.rstrip("\n").split("\n"))


@templates.command()
@click.argument("name", metavar="NAME|FILE.toml")
@json_option
def check(name: str, as_json: bool) -> None:
    """Whether a template can be used; says each fault with its line."""
    from goalmap.report.outlines.templates import find
    from goalmap.report.sections.table import SECTIONS
    from goalmap.report.wordings.template_wording import check_lines, template_facts

    found = find(name, SECTIONS)
    show(as_json, lambda: template_facts(found), lambda: check_lines(found))
