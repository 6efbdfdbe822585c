"""Outputs and outcomes: what is counted, and what is said to have come of it."""

from collections.abc import Sequence

from goalmap.classify.activities.model import DONE, Activity
from goalmap.report.draft.model import Block, Cell, Items, Paragraph, Section, Table, Text, plain
from goalmap.report.material import Material
from goalmap.report.progress.measures import series_of
from goalmap.report.section import Row
from goalmap.report.sections.over_time import figures_over_time
from goalmap.report.sections.telling import (
    capital,
    counted,
    detail,
    fact,
    figures,
    precedence,
    speaking,
    spelled,
)

MOST_FIGURES = 20


def outcomes(material: Material, row: Row) -> Section:
    """Every figure with its date and what it was before, every outcome, and what nobody counts."""
    evidence = material.evidence
    places = {goal: place for place, goal in enumerate(evidence.goals)}
    shown = sorted(evidence.shown, key=lambda one: (places.get(one.goal, len(places)), precedence(one)))
    blocks: list[Block] = []
    if counting := [one for one in shown if speaking(one)]:
        caption = "Outputs: what the documents count, the newest figure of each; what it was before in brackets."
        rows = [_outputs(one) for one in counting]
        blocks.append(Table(caption, ("Activity", "Goal", "Figures"), tuple(rows), (5, 1, 7)))
    if told := [one for one in shown if one.outcome]:
        caption = "Outcomes: what the documents say came of an activity, in their own words."
        rows = [(Cell((fact(one.title, [one]),), heading=True), Cell(_outcome(one))) for one in told]
        blocks.append(Table(caption, ("Activity", "What came of it"), tuple(rows), (2, 3)))
    return row.section(*blocks, *_uncounted(shown), sections=_over_time(material, row))


def _over_time(material: Material, row: Row) -> tuple[Section, ...]:
    """The figures that are told for several times, where there are any."""
    series = series_of(material.evidence.shown)
    within = Row(row.use, "Figures over time", id=f"{row.id}-over-time")
    return (figures_over_time(within, series),) if series else ()


def _outputs(one: Activity) -> tuple[Cell, ...]:
    title = Cell((fact(one.title, [one]),), heading=True)
    return title, Cell(plain(one.goal.partition("/")[2]), number=True), Cell(figures(one, MOST_FIGURES))


def _outcome(one: Activity) -> Text:
    return (detail(one, one.outcome, verbatim=True),) if one.outcome else ()


def _uncounted(shown: Sequence[Activity]) -> list[Block]:
    """The activities that are done and give no figure: what could be measured next."""
    done = [one for one in shown if one.stage in DONE]
    bare = [one for one in done if not one.figures]
    if not bare:
        return []
    those = f"of the {counted(len(done), 'activity', 'activities')} delivered or under way"
    lead = fact(f"{capital(spelled(len(bare)))} {those} {'gives' if len(bare) == 1 else 'give'} no figure:", bare)
    return [Paragraph((lead,)), Items(tuple((fact(one.title, [one]),) for one in bare))]
