"""The mapping table: each goal with its test question, its activities, what they led to, the evidence, strength or gap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from goalmap.classify.activities.model import Activity
from goalmap.report.draft.model import Cell, Plain, Section, Table, Text, plain
from goalmap.report.gaps.found import GoalGap
from goalmap.report.impact.material import Material
from goalmap.report.scope import Goal
from goalmap.report.sections.model import Row
from goalmap.report.sections.strengths import strong
from goalmap.report.sections.telling import STAGES, detail, fact, figures, quoted, separated


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: an activity under a goal, or a goal without any; `first` of its goal."""

    material: Material
    goal: Goal
    activity: Activity | None
    first: bool
    standing: str


def _question(line: Line) -> tuple[Plain, ...]:
    question = line.material.questions.get(line.goal.id, "")
    return (Plain(question),) if line.first and question else ()


def _goal_and_question(line: Line) -> Text:
    return plain(f"{line.goal.label}{'.' if line.first else ''}", *(run.text for run in _question(line)))


def _activity(line: Line) -> Text:
    return (fact(line.activity.title, [line.activity]),) if line.activity else plain("No evidence found")


def _outcome(line: Line) -> Text:
    one = line.activity
    return (detail(one, one.outcome, verbatim=True),) if one and one.outcome else ()


def _evidence(line: Line) -> Text:
    one = line.activity
    if one and one.goal != line.goal.id:
        return plain(f"See goal {one.goal.partition('/')[2]}.")
    return (quoted(one.main, not one.is_reviewed, line.goal.id),) if one else ()


def _owner(line: Line) -> Text:
    return (fact(line.activity.owner.name, [line.activity]),) if line.activity and line.activity.owner else ()


def _beneficiaries(line: Line) -> Text:
    return separated([detail(line.activity, told) for told in line.activity.beneficiaries]) if line.activity else ()


def _places(line: Line) -> Text:
    return separated([detail(line.activity, told) for told in line.activity.places]) if line.activity else ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a template may ask for."""

    title: str
    width: float
    text: Callable[[Line], Text]


COLUMNS: Mapping[str, Column] = {
    "goal": Column("Goal", 2, lambda line: plain(line.goal.label)),
    "question": Column("What is asked", 3, _question),
    "goal-and-question": Column("Goal and what it asks", 4, _goal_and_question),
    "activity": Column("Activity", 3, _activity),
    "stage": Column(
        "Stage",
        1.5,
        lambda line: plain(STAGES[line.activity.stage][1]) if line.activity and line.activity.stage else (),
    ),
    "owner": Column("Led by", 2, _owner),
    "beneficiaries": Column("Who benefits", 2, _beneficiaries),
    "place": Column("Where", 2, _places),
    "output": Column("Output", 2.5, lambda line: figures(line.activity) if line.activity else ()),
    "outcome": Column("Outcome", 2.5, _outcome),
    "evidence": Column("Evidence", 5, _evidence),
    "standing": Column("Strength or gap", 2, lambda line: plain(line.standing)),
}
"""The columns by the names that templates use."""
USUAL = ("goal-and-question", "activity", "output", "outcome", "evidence", "standing")
WHOLE = tuple(name for name in COLUMNS if name != "goal-and-question")


def mapping(material: Material, row: Row) -> Section:
    """The mapping table with the columns that the template asks for."""
    return row.section(table(material, row.texts("columns")))


def table(material: Material, columns: tuple[str, ...], whole: bool = False) -> Table:
    """The activities under their main goals, in the order of the framework; goals without any are rows as well.

    Columns in which nothing would stand are left out, unless it is to be `whole`.
    """
    lines = _lines(material)
    cells = {name: [COLUMNS[name].text(line) for line in lines] for name in columns}
    names = [name for name in columns if whole or any(cells[name])]
    rows = zip(*(_cells(name, cells[name]) for name in names), strict=True)
    caption = (
        f"Activities mapped to {material.evidence.framework.title}. A cell is empty where the documents say nothing."
    )
    chosen = [COLUMNS[name] for name in names]
    return Table(
        caption, tuple(column.title for column in chosen), tuple(rows), tuple(column.width for column in chosen)
    )


def _cells(name: str, texts: list[Text]) -> list[Cell]:
    return [Cell(text, heading=name == "activity") for text in texts]


def _lines(material: Material) -> list[Line]:
    strengths = {one.goal.id for one in strong(material)}
    found = []
    for gap in material.gaps:
        all_of_goal = material.evidence.of_goal(gap.goal.id)
        standing = _standing(gap, strengths) if all_of_goal else "Gap"
        own = [one for one in all_of_goal if one.goal == gap.goal.id]
        for place, one in enumerate(own or all_of_goal[:1] or (None,)):
            found.append(Line(material, gap.goal, one, place == 0, standing))
    return found


def _standing(gap: GoalGap, strengths: set[str]) -> str:
    if gap.goal.id in strengths:
        return "Strength"
    return "Weak" if gap.is_gap else ""
