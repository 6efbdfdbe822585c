"""Gaps and what more could be done: goals with no or little evidence, what was searched, what is planned, what peers do."""

from collections.abc import Iterator

from goalmap.classify.activities.model import Activity
from goalmap.report.draft.model import Block, Fact, Items, Paragraph, Plain, Run, Section, Text, Words, plain
from goalmap.report.excerpt import excerpt
from goalmap.report.gaps.found import GoalGap, Planned
from goalmap.report.impact.material import Material
from goalmap.report.page import day
from goalmap.report.practice.picks import Pick
from goalmap.report.sections.model import Row
from goalmap.report.sections.telling import capital, counted, fact, goal_title, listed, named, told_briefly
from goalmap.store.searched import Near

MOST_WORDS_NEAR = 40


def gaps(material: Material, row: Row) -> Section:
    """A part for each goal with no or weak evidence."""
    found = [gap for gap in material.gaps if gap.is_gap]
    if not found:
        return row.section(Paragraph(plain("Every goal has evidence that is not weak.")))
    sections = tuple(
        Section(f"{row.id}-{gap.goal.code}", goal_title(gap.goal), tuple(_gap(material, row, gap))) for gap in found
    )
    return row.section(*_lead(material, found), sections=sections)


def _told(material: Material, gap: GoalGap) -> tuple[Activity, ...]:
    """What the report tells of a goal; where people decided on others, proposals are not told."""
    return material.evidence.of_goal(gap.goal.id)


def _lead(material: Material, found: list[GoalGap]) -> Iterator[Block]:
    none = [gap for gap in found if not gap.activities]
    waiting = [gap for gap in found if gap.activities and not _told(material, gap)]
    weak = [gap for gap in found if _told(material, gap)]
    if none:
        yield Paragraph(plain(f"No evidence was found for {_names(none)}."))
    if waiting:
        yield Paragraph(plain(f"Only proposals that nobody has decided on were found for {_names(waiting)}."))
    if weak:
        ones = [one for gap in weak for one in _told(material, gap)]
        yield Paragraph((fact(f"Evidence is weak for {_names(weak)}.", ones),))


def _names(gaps: list[GoalGap]) -> str:
    return listed([named(gap.goal) for gap in gaps])


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
        waits = counted(len(gap.activities), "proposal waits", "proposals wait")
        return Plain(f"Nothing was decided on: {waits} for a decision. {capital(searched)}")
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
    due = f" (until {day(one.due)})" if one.due else ""
    return (fact(f"{one.activity.title}{due}.", [one.activity]),)


def _peer(pick: Pick) -> Text:
    return told_briefly(pick.activity, most=MOST_WORDS_NEAR, by=pick.body)
