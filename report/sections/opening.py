"""How a report begins: words that people write, all at a glance, and the framework."""

from collections import Counter

from goalmap.classify.activities.model import Activity
from goalmap.pictures.bars import stacked
from goalmap.pictures.model import Bar
from goalmap.report.draft.model import (
    Block,
    Cell,
    Notice,
    Paragraph,
    Picture,
    Plain,
    Section,
    Table,
    ToWrite,
    plain,
)
from goalmap.report.material import Material
from goalmap.report.section import Row
from goalmap.report.sections.telling import STAGES, capital, counted, fact, spelled, stages_told


def own_words(material: Material, row: Row) -> Section:
    """The template's own words, and places for people to write."""
    return row.section(*(Paragraph((ToWrite(prompt),)) for prompt in row.texts("prompts")))


def summary(material: Material, row: Row) -> Section:
    """How much is told towards how many goals, as a sentence and as a picture."""
    shown = material.evidence.shown
    if not shown:
        return row.section(Notice(plain(f"No activity of {material.name} was found in the documents."), "warning"))
    blocks: list[Block] = [Paragraph((fact(_sum(material, shown), shown),))]
    if row.yes("picture"):
        blocks.append(coverage(material))
    return row.section(*blocks)


def _sum(material: Material, shown: tuple[Activity, ...]) -> str:
    goals = sum(bool(material.evidence.of_goal(goal)) for goal in material.evidence.goals)
    documents = len({document.id for one in shown for document in one.documents})
    by = f" by and about {material.name}" if material.evidence.organisation else ""
    return (
        f"{capital(counted(documents, 'document'))}{by} {'tells' if documents == 1 else 'tell'} of"
        f" {counted(len(shown), 'activity', 'activities')} towards {spelled(goals)} of the"
        f" {counted(len(material.evidence.goals), 'goal')} of the {material.evidence.framework.title} framework:"
        f" {stages_told(shown)}."
    )


def coverage(material: Material) -> Picture:
    """Activities by goal and stage."""
    stages = [stage for stage in STAGES if stage or any(not one.stage for one in material.evidence.shown)]
    labels = [STAGES[stage][1] for stage in stages]
    counts = {
        goal.label: Counter(one.stage for one in material.evidence.of_goal(id))
        for id, goal in material.evidence.goals.items()
    }
    title, description = "Activities by goal and stage", "How many activities serve each goal, and how far they are."
    bars = [Bar(label, tuple(count[stage] for stage in stages)) for label, count in counts.items()]
    return Picture(title, description, stacked(title, description, labels, bars), _numbers(labels, bars))


def _numbers(labels: list[str], bars: list[Bar]) -> Table:
    rows = (
        (Cell(plain(bar.label), heading=True), *(Cell(plain(str(count)), number=True) for count in bar.counts))
        for bar in bars
    )
    caption = "Activities by goal and stage. An activity that serves two goals counts under both."
    return Table(caption, ("Goal", *labels), tuple(rows))


def framework(material: Material, row: Row) -> Section:
    """What the framework is and what each of its goals asks."""
    known = material.framework
    by = f", published by {known.publisher}" if known.publisher else ""
    told = f"The activities are mapped to the goals of {material.evidence.framework.title}{by}."
    unpublished = [goal.label for goal in known.goals if not goal.is_taught]
    missing = f"No scope is published for {', '.join(unpublished)}: nothing was proposed there." if unpublished else ""
    blocks: list[Block] = [Paragraph(plain(told, missing))]
    if row.yes("questions"):
        blocks.append(_questions(material))
    return row.section(*blocks)


def _questions(material: Material) -> Table:
    rows = (
        (
            Cell(plain(goal.code)),
            Cell(plain(goal.name), heading=True),
            Cell((Plain(material.questions.get(id) or goal.scope or "–"),)),
        )
        for id, goal in material.evidence.goals.items()
    )
    caption = "The goals and what each of them asks of an organisation. The questions are those of this mapping."
    return Table(caption, ("No.", "Goal", "What is asked"), tuple(rows), (1, 5, 12))
