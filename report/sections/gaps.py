"""Gaps and what more could be done: goals with no or little evidence, what is planned, what peers do."""

from collections.abc import Iterator

from goalmap.classify.activities.model import Activity
from goalmap.report.draft.model import (
    Block,
    Cell,
    Fact,
    Items,
    Paragraph,
    Plain,
    Run,
    Section,
    Table,
    Text,
    Words,
    plain,
)
from goalmap.report.excerpt import excerpt
from goalmap.report.gaps.found import GoalGap, Planned
from goalmap.report.material import Material
from goalmap.report.practice.picks import Pick
from goalmap.report.section import Row
from goalmap.report.sections.telling import capital, counted, fact, goal_title, told_briefly
from goalmap.store.contents.searched import Near
from goalmap.store.days import day

MOST_WORDS_NEAR = 40
COLUMNS, WIDTHS = ("Goal", "What was found", "What others do"), (3, 4, 6)


def gaps(material: Material, row: Row) -> Section:
    """A table of the goals with no or weak evidence, or a part for each."""
    found = [gap for gap in material.gaps if gap.is_gap]
    if not found:
        return row.section(Paragraph(plain("Every goal has evidence that is not weak.")))
    if not row.yes("parts"):
        return row.section(*_lead(material, found), _table(material, row, found))
    sections = tuple(
        Section(f"{row.id}-{gap.goal.code}", goal_title(gap.goal), tuple(_gap(material, row, gap))) for gap in found
    )
    return row.section(*_lead(material, found), sections=sections)


def _told(material: Material, gap: GoalGap) -> tuple[Activity, ...]:
    """What the report tells of a goal; where people decided on others, proposals are not told."""
    return material.evidence.of_goal(gap.goal.id)


def _lead(material: Material, found: list[GoalGap]) -> Iterator[Block]:
    none, waiting, weak = (list(part) for part in _sorted(material, found))
    documents = counted(len(material.evidence.library.read), "document")
    searched = f"{capital(counted(material.searched.total, 'passage'))} of {documents} were searched."
    missing = f"No evidence was found for {_goals(none)}." if none else ""
    proposed = f"Only proposals that nobody has decided on were found for {_goals(waiting)}." if waiting else ""
    ones = [one for gap in weak for one in _told(material, gap)]
    little = (fact(f"For {_goals(weak)} the evidence is weak.", ones),) if weak else ()
    yield Paragraph((*plain(searched, missing, proposed), *little))


def _sorted(material: Material, found: list[GoalGap]) -> tuple[list[GoalGap], list[GoalGap], list[GoalGap]]:
    """The goals without evidence, those with proposals only, those with weak evidence."""
    none = [gap for gap in found if not gap.activities]
    waiting = [gap for gap in found if gap.activities and not _told(material, gap)]
    return none, waiting, [gap for gap in found if _told(material, gap)]


def _goals(gaps: list[GoalGap]) -> str:
    return counted(len(gaps), "goal")


# As a table


def _table(material: Material, row: Row, found: list[GoalGap]) -> Table:
    """A row for each goal, those without evidence first."""
    ordered = [gap for part in _sorted(material, found) for gap in part]
    most = row.number("peers")
    rows = tuple(
        (Cell(plain(gap.goal.label), heading=True), Cell(tuple(_found(material, gap))), Cell(_others(gap, most)))
        for gap in ordered
    )
    places = range(len(COLUMNS)) if any(cells[-1].runs for cells in rows) else range(len(COLUMNS) - 1)
    caption = "Goals with no evidence or with little. What others do is taken from the other documents that were read."
    return Table(
        caption,
        tuple(COLUMNS[place] for place in places),
        tuple(tuple(cells[place] for place in places) for cells in rows),
        tuple(WIDTHS[place] for place in places),
    )


def _found(material: Material, gap: GoalGap) -> Iterator[Run]:
    told = _told(material, gap)
    if not told:
        yield Plain(_waiting(gap) if gap.activities else "Nothing.")
        return
    only = f": {told[0].title}" if len(told) == 1 and not gap.planned else ""
    yield fact(f"{capital('; '.join(gap.weaknesses))}{only}.", told)
    if planned := [one for one in gap.planned if one.activity in told]:
        yield Plain("Not yet reported:")
        yield from (run for place, one in enumerate(planned) for run in (*plain(";" * (place > 0)), _intended(one)))


def _intended(one: Planned) -> Run:
    return fact(f"{one.activity.title}{_due(one)}", [one.activity])


def _others(gap: GoalGap, most: int) -> Text:
    told = [told_briefly(pick.activity, gap.goal.id, MOST_WORDS_NEAR, pick.body) for pick in gap.peers[:most]]
    return tuple(run for runs in told for run in runs)


def _waiting(gap: GoalGap) -> str:
    waits = counted(len(gap.activities), "proposal waits", "proposals wait")
    return f"Nothing was decided on: {waits} for a decision."


# As parts


def _gap(material: Material, row: Row, gap: GoalGap) -> Iterator[Block]:
    told = _told(material, gap)
    if question := material.questions.get(gap.goal.id):
        yield Paragraph(plain(question))
    yield Paragraph((_standing(material, gap),))
    if row.yes("near") and (near := (*gap.turned_down, *gap.near)[:1]):
        yield Paragraph(_came_near(near[0]))
    if planned := [one for one in gap.planned if one.activity in told]:
        yield Paragraph(plain("Planned or hoped for, and not yet reported:"))
        yield Items(tuple(_planned(one) for one in planned))
    if peers := gap.peers[: row.number("peers")]:
        yield Paragraph(plain("What others in this database do towards it:"))
        yield Items(tuple(_peer(pick) for pick in peers))


def _standing(material: Material, gap: GoalGap) -> Run:
    told = _told(material, gap)
    if told:
        return fact(f"The evidence is weak: {'; '.join(gap.weaknesses)}.", told)
    documents = counted(len(material.evidence.library.read), "document")
    searched = f"{counted(material.searched.total, 'passage')} of {documents} were searched."
    if gap.activities:
        return Plain(f"{_waiting(gap)} {capital(searched)}")
    return Plain(f"Nothing was found: {searched}")


def _came_near(near: Near) -> Text:
    by = f" by {near.reviewer}" if near.reviewer else ""
    lead = f"What came nearest was turned down{by}:" if near.was_turned_down else "What came nearest was not proposed:"
    text = excerpt(near.text, most=MOST_WORDS_NEAR)
    start = near.text.index(text)
    words = Words(near.passage_id, start, start + len(text), text)
    note = (Fact(f"The reviewer’s note: {near.note}", (near.passage_id,)),) if near.note else ()
    return (*plain(lead), words, *note)


def _planned(one: Planned) -> Text:
    return (fact(f"{one.activity.title}{_due(one)}.", [one.activity]),)


def _due(one: Planned) -> str:
    return f" (until {day(one.due)})" if one.due else ""


def _peer(pick: Pick) -> Text:
    return told_briefly(pick.activity, most=MOST_WORDS_NEAR, by=pick.body)
