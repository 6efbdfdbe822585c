"""Frameworks side by side as a draft: what they share in the evidence, the crosswalk, and each activity's goals."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from goalmap.classify.activities.model import Activity
from goalmap.pictures.grid import grid
from goalmap.pictures.model import GridRow
from goalmap.report.draft.model import (
    Cell,
    Draft,
    Fact,
    Items,
    Notice,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    Words,
    paragraphs,
    plain,
)
from goalmap.report.excerpt import excerpt_at
from goalmap.report.page import anchor
from goalmap.report.scope import Goal
from goalmap.report.side_by_side.data import data_of, rows_of
from goalmap.report.side_by_side.side_by_side import Meeting, Pair, Side, SideBySide, Stated
from goalmap.report.wording import count

EXAMPLE_WORDS = 40
ACTIVITIES = "activities"
"""The anchor of the section with every activity."""
RELATIONS = {"same": "the same as", "narrower": "narrower than", "broader": "broader than", "related": "related to"}
NO_CROSSWALK = "The framework files have no crosswalk between the two."
NONE = Cell(plain("none"))
BEYOND_MANY = (
    "Goals that passages of several activities serve together though the crosswalk does not have them, the most frequent"
    " first. Where many do, the crosswalk may lack a row; where few do, the passages may simply tell of two things."
)
BEYOND_ONCE = "Goals that a passage of a single activity serves together."
COUNTING = {
    "activities": "counts a passage when it reports something that an organisation does, has done, funds or commits to do",
    "topics": "counts a passage when it is about a goal’s topic",
}


def draft_of(found: SideBySide, made_on: date) -> Draft:
    """The report, its passages still to be locked."""
    names = " and ".join(side.title for side in found.sides)
    organisation = found.sides[0].evidence.organisation
    return Draft(
        kind="frameworks",
        title=organisation.name if organisation else "Frameworks side by side",
        subtitle=f"Frameworks side by side: {names}" if organisation else names,
        made_on=made_on.isoformat(),
        sections=(
            _about(found),
            *(section for pair in found.pairs for section in _pair_sections(pair, len(found.sides) > 2)),
            _activities(found),
            _method(found),
        ),
        notices=tuple(_notices(found)),
        data=data_of(found),
        rows=rows_of(found),
    )


def _notices(found: SideBySide) -> Iterator[Notice]:
    for side in found.sides:
        if not side.evidence.activities:
            yield Notice(plain(f"Nothing was found for the goals of {side.title}."), "warning")
        elif side.is_proposed:
            text = f"Nobody has decided on anything under {side.title} yet. What is shown of it are proposals of the software."
            yield Notice(plain(text, " A proposal is a place to look, not a finding."), "warning")


# What this is


def _about(found: SideBySide) -> Section:
    texts = (
        "This report sets goal frameworks side by side on the same evidence: the same passages of the same documents, filed"
        " under the goals of each. It shows where the frameworks meet in what is done, where the crosswalk between them says"
        " that they meet, and where the two differ.",
    )
    rows = tuple(_side_row(side) for side in found.sides)
    columns = ("Framework", "Goals with evidence", "Activities", "Standing")
    table = Table("The frameworks, and what the evidence has for each.", columns, rows, (3, 1.5, 1.5, 3))
    return Section("about", "What this is", (*paragraphs(texts), table))


def _side_row(side: Side) -> tuple[Cell, ...]:
    """The numbers lead to the activities, each of which cites its passages."""
    served = {side.line(goal)[-1] for one in side.activities for goal in one.goals}
    top = [goal for goal in side.goals.values() if goal.parent_id not in side.goals]
    standing = "Proposed, not decided" if side.is_proposed else "Decided by people"
    return (
        Cell(plain(side.title), heading=True),
        Cell(plain(f"{len(served):,} of {len(top):,}"), number=True, link=ACTIVITIES),
        Cell(plain(f"{len(side.activities):,}"), number=True, link=ACTIVITIES),
        Cell(plain(standing)),
    )


def _number(number: int, cites: Iterable[str], proposed: bool) -> Cell:
    passages = tuple(cites)
    return Cell((Fact(f"{number:,}", passages, proposed),), number=True) if passages else Cell(NONE.runs, number=True)


# Two frameworks


def _pair_sections(pair: Pair, is_one_of_many: bool) -> Iterator[Section]:
    id = f"{anchor(pair.left.id)}-{anchor(pair.right.id)}"
    before = f"{pair.left.title} and {pair.right.title}: " if is_one_of_many else ""
    parts = (
        ("together", "what they share in the evidence", _together(pair)),
        ("borne-out", "in the crosswalk and in the evidence", _borne_out(pair)),
        ("not-borne-out", "in the crosswalk, not in the evidence", _not_borne_out(pair)),
        ("beyond", "in the evidence, not in the crosswalk", _beyond(pair)),
        ("alone", "goals without a counterpart", _alone(pair)),
    )
    for name, title, blocks in parts:
        yield Section(f"{name}-{id}", before + title if before else title.capitalize(), blocks)


def _together(pair: Pair) -> tuple[Paragraph | Picture, ...]:
    lefts, rights = (_met_goals(side, {key[at] for key in pair.meetings}) for at, side in enumerate(pair.sides))
    if not lefts:
        return paragraphs(["No passage serves a goal of both frameworks."])
    title = f"{pair.left.title} by {pair.right.title}"
    told = (
        f"How many activities have a passage that serves the goal of {pair.left.title} in the row and the goal of"
        f" {pair.right.title} in the column. A passage that serves several goals counts under each."
    )
    drawn = [GridRow(left.label, tuple(_met(pair, left, right) for right in rights)) for left in lefts]
    rows = tuple(_grid_row(pair, left, rights) for left in lefts)
    numbers = Table(
        "Activities with a passage under both goals.", (pair.left.title, *(right.label for right in rights)), rows
    )
    picture = Picture(title, told, grid(title, told, [right.label for right in rights], drawn), numbers)
    return (picture, *paragraphs(_absent(pair, lefts, rights)))


def _met_goals(side: Side, met: set[str]) -> list[Goal]:
    return [goal for goal in side.goals.values() if goal.id in met]


def _absent(pair: Pair, lefts: Sequence[Goal], rights: Sequence[Goal]) -> Iterator[str]:
    """The goals that are not in the picture."""
    for side, shown in zip(pair.sides, (lefts, rights), strict=True):
        if names := "; ".join(goal.label for goal in side.listed.values() if goal not in shown):
            yield f"Goals of {side.title} without such a passage, and so not in the picture: {names}."


def _met(pair: Pair, left: Goal, right: Goal) -> int | None:
    meeting = pair.meetings.get((left.id, right.id))
    return len(meeting.activities) if meeting else None


def _grid_row(pair: Pair, left: Goal, rights: Iterable[Goal]) -> tuple[Cell, ...]:
    meetings = [pair.meetings.get((left.id, right.id)) for right in rights]
    return (Cell(plain(left.label), heading=True), *(_meeting_number(pair, meeting) for meeting in meetings))


def _meeting_number(pair: Pair, meeting: Meeting | None) -> Cell:
    if meeting is None:
        return Cell(plain("–"), number=True)
    return _number(len(meeting.activities), meeting.passages, pair.is_proposed)


def _stated_cells(pair: Pair, row: Stated) -> tuple[Cell, ...]:
    left, right = pair.left.goals[row.left], pair.right.goals[row.right]
    relation = RELATIONS.get(row.relation, row.relation)
    return Cell(plain(left.label), heading=True), Cell(plain(relation)), Cell(plain(right.label))


def _borne_out(pair: Pair) -> tuple[Paragraph | Table, ...]:
    rows = [(row, shown) for row in pair.stated if (shown := pair.shown_for(row))]
    if not pair.stated:
        return paragraphs([NO_CROSSWALK])
    if not rows:
        return paragraphs(["No row of the crosswalk has evidence on both sides."])
    caption = (
        f"{len(rows):,} of {count(len(pair.stated), 'row')} of the crosswalk, read from left to right, with the activities"
        " that have a passage under both goals."
    )
    columns = (pair.left.title, "is", pair.right.title, "Activities", "For example")
    cells = tuple((*_stated_cells(pair, row), *_shown_cells(pair, shown)) for row, shown in rows)
    return (Table(caption, columns, cells, (2.4, 1.2, 2.4, 1.2, 4)),)


def _shown_cells(pair: Pair, meetings: Sequence[Meeting]) -> tuple[Cell, ...]:
    activities = {id for meeting in meetings for id in meeting.activities}
    passages = dict.fromkeys(passage for meeting in meetings for passage in meeting.passages)
    return _number(len(activities), passages, pair.is_proposed), Cell((_example(pair, meetings[0]),))


def _example(pair: Pair, meeting: Meeting) -> Words:
    """Words of the passage that speaks most for the left goal."""
    telling = max(
        meeting.tellings,
        key=lambda one: max(filing.score or 0 for filing in one.filings if filing.goal == meeting.left),
    )
    spans = [span for filing in telling.filings if filing.goal == meeting.left for span in filing.evidence]
    start, end = excerpt_at(telling.text, spans, EXAMPLE_WORDS)
    return Words(telling.passage_id, start, end, telling.text[start:end], proposed=pair.is_proposed)


def _not_borne_out(pair: Pair) -> tuple[Paragraph | Table, ...]:
    rows = [row for row in pair.stated if not pair.shown_for(row)]
    if not rows:
        return paragraphs(["Every row of the crosswalk has evidence on both sides." if pair.stated else NO_CROSSWALK])
    caption = (
        f"{len(rows):,} of {count(len(pair.stated), 'row')} of the crosswalk: no passage stands under both goals. Beside each"
        " goal, the activities that serve it."
    )
    columns = (pair.left.title, "is", pair.right.title, "Activities on the left", "Activities on the right")
    cells = tuple(
        (*_stated_cells(pair, row), _serving(pair.left, row.left), _serving(pair.right, row.right)) for row in rows
    )
    return (Table(caption, columns, cells, (2.4, 1.2, 2.4, 1.2, 1.2)),)


def _serving(side: Side, goal: str) -> Cell:
    """How many activities serve a goal or one below it."""
    serving = [one for one in side.activities if any(goal in side.line(other) for other in one.goals)]
    cites = (
        telling.passage_id
        for one in serving
        for telling in one.tellings
        if any(goal in side.line(other) for other in telling.goals)
    )
    return _number(len(serving), dict.fromkeys(cites), side.is_proposed)


def _beyond(pair: Pair) -> tuple[Paragraph | Table, ...]:
    if not pair.beyond:
        return paragraphs(["Nothing: the crosswalk has every two goals that a passage serves both of."])
    many, once = (_beyond_rows(pair, frequent) for frequent in (True, False))
    columns = (pair.left.title, pair.right.title, "Activities", "For example")
    tables = (
        Table(BEYOND_MANY, columns, many, (2.4, 2.4, 1.2, 4)),
        Table(BEYOND_ONCE, columns[:3], tuple(row[:3] for row in once), (2.4, 2.4, 1.2)),
    )
    return tuple(table for table in tables if table.rows)


def _beyond_rows(pair: Pair, frequent: bool) -> tuple[tuple[Cell, ...], ...]:
    """The goals that meet in several activities, or those that do in one."""
    return tuple(
        (
            Cell(plain(pair.left.goals[meeting.left].label), heading=True),
            Cell(plain(pair.right.goals[meeting.right].label)),
            *_shown_cells(pair, [meeting]),
        )
        for meeting in pair.beyond
        if (len(meeting.activities) > 1) is frequent
    )


def _alone(pair: Pair) -> tuple[Paragraph | Items | Table, ...]:
    blocks: list[Paragraph | Table] = []
    for side, goals in pair.alone:
        if not goals:
            blocks += paragraphs([f"Every goal of {side.title} has a counterpart in the crosswalk."])
            continue
        caption = (
            f"Goals of {side.title} that the crosswalk has no counterpart for, and the activities that serve them."
        )
        rows = tuple((Cell(plain(goal.label), heading=True), _serving(side, goal.id)) for goal in goals)
        blocks.append(Table(caption, (side.title, "Activities"), rows, (4, 1)))
    return tuple(blocks)


# Activity by activity


def _activities(found: SideBySide) -> Section:
    caption = (
        f"Every activity under {found.sides[0].title} with the goals that its passages serve in each framework; then those"
        " that only another framework has."
    )
    columns = ("Activity", *(side.title for side in found.sides))
    rows = tuple(_activity_row(found, side, one) for side, one in found.activities)
    if not rows:
        return Section(ACTIVITIES, "Activity by activity", paragraphs(["There is no activity to show."]))
    return Section(ACTIVITIES, "Activity by activity", (Table(caption, columns, rows),))


def _activity_row(found: SideBySide, side: Side, one: Activity) -> tuple[Cell, ...]:
    title = Cell((Fact(one.title, one.passages, not one.is_reviewed),), heading=True)
    return (title, *(_goals_cell(found, one, other) for other in found.sides))


def _goals_cell(found: SideBySide, one: Activity, side: Side) -> Cell:
    runs: list[Run] = []
    for goal, passages in found.goals_of(one, side).items():
        runs += [*(plain("; ") if runs else ()), Fact(side.goals[goal].label, passages, side.is_proposed)]
    return Cell(tuple(runs) or plain("–"))


# Method


def _method(found: SideBySide) -> Section:
    library = found.sides[0].evidence.library
    texts = [
        *(f"{side.title} {COUNTING.get(side.evidence.framework.counts, '')}." for side in found.sides),
        "Two goals meet where a person filed the same passage under both, or the software proposed to. For each framework"
        " what people decided is shown; where nobody has decided on anything, the proposals are.",
        "The crosswalk is the one in the frameworks’ files; those that come with goalmap are its own and unofficial. Where a"
        " later version of a framework says what became of a goal, that counts as well. Relations are read from left to right."
        " A row about a goal holds for the goals below it.",
        f"{count(library.searched, 'passage')} in {count(len(library.read), 'document')} were searched.",
        *_made_by(found),
    ]
    return Section("method", "How this was made", paragraphs(texts))


def _made_by(found: SideBySide) -> Iterator[str]:
    for side in found.sides:
        if names := ", ".join(model.name for model in side.evidence.making.models):
            yield f"Proposals under {side.title} are by the model {names}."
