"""The mapping table: each goal with its test question, its activities, what they led to, the evidence, strength or gap."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goalmap.classify.activities.model import INTENDED, Activity
from goalmap.report.draft.model import Cell, Plain, Section, Table, Text, plain
from goalmap.report.gaps.found import GoalGap
from goalmap.report.material import Material
from goalmap.report.scope import Goal
from goalmap.report.section import Row
from goalmap.report.sections.strengths import strong
from goalmap.report.sections.telling import STAGES, detail, fact, figures, quoted, separated

ONLY_INTENDED = "Intention, nothing reported yet"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: an activity under a goal, or a goal without any; `first` of its goal."""

    material: Material
    goal: Goal
    activity: Activity | None
    first: bool
    standing: str
    """How the goal stands."""


def _question(line: Line) -> tuple[Plain, ...]:
    question = line.material.questions.get(line.goal.id, "")
    return (Plain(question),) if line.first and question else ()


def _goal_and_question(line: Line) -> Text:
    return (Plain(f"{line.goal.label}."), *_question(line))


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


def _strength(line: Line) -> Text:
    """How the goal stands, unless the activity is no more than an intention."""
    return plain(ONLY_INTENDED if line.activity and line.activity.stage in INTENDED else line.standing)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a template may ask for."""

    title: str
    width: float
    text: Callable[[Line], Text]


COLUMNS: Mapping[str, Column] = {
    "goal": Column("Goal", 2, lambda line: plain(line.goal.label)),
    "question": Column("What is asked", 3, _question),
    "activity": Column("Activity", 3, _activity),
    "stage": Column(
        "Stage",
        1.5,
        lambda line: plain(STAGES[line.activity.stage][1]) if line.activity and line.activity.stage else (),
    ),
    "owner": Column("Led by", 2, _owner),
    "beneficiaries": Column("Who benefits", 2, _beneficiaries),
    "place": Column("Where", 2, _places),
    "output": Column("Output", 2, lambda line: figures(line.activity) if line.activity else ()),
    "outcome": Column("Outcome", 2, _outcome),
    "evidence": Column("Evidence", 6, _evidence),
    "standing": Column("Strength or gap", 2, _strength),
}
"""The columns by the names that templates use."""
OVER = "goal-and-question"
"""What a template names to have each goal with its question over its activities, and not as columns."""
USUAL = (OVER, "activity", "output", "outcome", "evidence", "standing")
WHOLE = tuple(COLUMNS)


def mapping(material: Material, row: Row) -> Section:
    """The mapping table with the columns that the template asks for."""
    return row.section(table(material, row.texts("columns")))


def table(material: Material, columns: tuple[str, ...], whole: bool = False) -> Table:
    """The activities under their main goals, in the order of the framework; goals without any are rows as well.

    Columns in which nothing would stand are left out, unless it is to be `whole`.
    """
    lines = _lines(material)
    wanted = [name for name in columns if name != OVER] or ["activity"]
    cells = {name: [COLUMNS[name].text(line) for line in lines] for name in wanted}
    names = [name for name in cells if whole or any(cells[name])]
    rows = _rows(lines, names, cells, OVER in columns)
    caption = (
        f"Activities mapped to {material.evidence.framework.title}. A cell is empty where the documents say nothing."
    )
    chosen = [COLUMNS[name] for name in names]
    return Table(
        caption, tuple(column.title for column in chosen), tuple(rows), tuple(column.width for column in chosen)
    )


def _rows(
    lines: Sequence[Line], names: Sequence[str], cells: Mapping[str, Sequence[Text]], over: bool
) -> Iterator[tuple[Cell, ...]]:
    """The rows, under each goal with its question where that is wanted."""
    for place, line in enumerate(lines):
        if over and line.first:
            yield (Cell(_goal_and_question(line), heading=True),)
        yield tuple(Cell(cells[name][place], heading=name == "activity") for name in names)


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
    return f"Weak: {'; '.join(gap.weaknesses)}" if gap.is_gap else "Some evidence"
