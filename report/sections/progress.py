"""The kinds of sections that tell of progress; those that compare are left out where there is nothing to compare with."""

import re
from collections.abc import Iterator

from goalmap.extract.figures.background import TOPIC
from goalmap.extract.sentences import sentences_of
from goalmap.report.draft.model import Section
from goalmap.report.material import Material
from goalmap.report.progress.material import Progress
from goalmap.report.progress.measures import background_series, series_of
from goalmap.report.progress.recommendations import Nearest
from goalmap.report.section import Kind, Option, Row
from goalmap.report.sections.changes import goals_then_and_now
from goalmap.report.sections.over_time import background, figures_over_time
from goalmap.report.sections.recommendations import blocks, details
from goalmap.report.verbatim import check_measures
from goalmap.store.contents.later import Found, passages_near
from goalmap.store.contents.people import Background
from goalmap.store.contents.people import background as read_background

BACKGROUND_WORDS = ("socio-economic background", "parental occupation", "working class", "social mobility survey")
MOST_SEARCHED = 40
STAFF = re.compile(
    r"\b(?:staff|colleagues|employees|workforce|managers|our people|applicants|recruits|interns)\b", re.I
)


def answered(material: Material, row: Row) -> Section | None:
    """What was recommended and what happened."""
    if not (isinstance(material, Progress) and material.said):
        return None
    return row.section(*blocks(material.answers), sections=_details(material, row))


def _details(material: Progress, row: Row) -> tuple[Section, ...]:
    told = details(material.answers, material.goals) if row.yes("details") else ()
    return (Section(f"{row.id}-details", "Each recommendation in detail", told),) if told else ()


def then_and_now(material: Material, row: Row) -> Section | None:
    """The goals beside what was known earlier."""
    if not (isinstance(material, Progress) and material.from_day):
        return None
    return goals_then_and_now(row, material.changes, material.goals, material.then)


def over_time(material: Material, row: Row) -> Section | None:
    """Figures that are told for two times or more."""
    return figures_over_time(row, series_of(material.evidence.shown))


def people_background(material: Material, row: Row) -> Section | None:
    """What bodies publish on the socio-economic background of their people."""
    measures = measures_of(material)
    told = tuple(_without_figure(material, measures))[: row.number("most")]
    return background(row, background_series(measures), told)


def measures_of(material: Material) -> tuple[Background, ...]:
    """The published measures of the organisation that is asked for, or of all. Raises NotVerbatim."""
    organisation = material.evidence.organisation
    found = read_background(material.db)
    check_measures(found)
    if organisation is None:
        return found
    return tuple(one for one in found if one.organisation_id in organisation.entity_ids)


def _without_figure(material: Material, measures: tuple[Background, ...]) -> Iterator[Nearest]:
    """Sentences on the background of staff in passages of which no measure was read."""
    documents = [source.id for source in material.evidence.library.read]
    measured = {one.passage_id for one in measures}
    for found in passages_near(material.db, BACKGROUND_WORDS, documents, most=MOST_SEARCHED):
        if found.passage_id not in measured and (told := next(_on_staff(found), None)):
            yield told


def _on_staff(found: Found) -> Iterator[Nearest]:
    for start, end in sentences_of(found.text):
        if TOPIC.search(found.text, start, end) and STAFF.search(found.text, start, end):
            yield Nearest(found.passage_id, start, end, found.text[start:end])


PROGRESS: dict[str, Kind] = {
    "answered": Kind(
        "What was recommended and what happened; only in goalmap report progress.",
        answered,
        {"details": Option(True, "Whether each recommendation stands with all its evidence.")},
    ),
    "then-and-now": Kind("The goals beside an earlier report or day; only in goalmap report progress.", then_and_now),
    "over-time": Kind("Figures of one measure and body over time, each drawn.", over_time),
    "background": Kind(
        "What bodies publish on the socio-economic background of their people.",
        people_background,
        {"most": Option(5, "So many passages that speak of it without a figure.")},
    ),
}
"""The sections of progress, by the names that templates use."""
