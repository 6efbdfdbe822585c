"""The gap report: goals without evidence or with little, with what was searched; the others in a line each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from goalmap.pictures.bars import stacked
from goalmap.pictures.model import Bar
from goalmap.report.draft.model import (
    Block,
    Cell,
    Draft,
    Items,
    Notice,
    Paragraph,
    Picture,
    Section,
    Table,
    paragraphs,
    plain,
)
from goalmap.report.evidence import find_evidence
from goalmap.report.gaps.found import FINE, NONE, WEAK, GoalGap, Planned, goal_gaps
from goalmap.report.sections.gaps_goals import Looked, fine_item, gap_section, planned_table, searched_words
from goalmap.report.sections.practice_bodies import coverage
from goalmap.report.sections.telling import STAGES, counted
from goalmap.report.wording import count
from goalmap.store.contents.searched import Near, find_searched
from goalmap.store.own_frameworks import framework_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a gap report is asked for."""

    made_on: date
    framework: str = "purpose-goals"
    organisation: str | None = None
    goal: str | None = None


def gap_report(db: Database, asked: Asked) -> Draft:
    """The gap report of a database. Raises NotFound, UnknownName or NotVerbatim."""
    evidence = find_evidence(db, asked.organisation, asked.goal, asked.framework)
    searched = find_searched(db, evidence.scope)
    looked = Looked(evidence, searched, framework_of(db, evidence.framework.id), asked.made_on)
    gaps = goal_gaps(evidence, searched)
    name = evidence.organisation.name if evidence.organisation else "all organisations"
    return Draft(
        kind="gaps",
        title=f"Gaps in the evidence: {name}",
        subtitle=_subtitle(looked, gaps),
        made_on=asked.made_on.isoformat(),
        notices=tuple(_notices(looked)),
        sections=tuple(_sections(gaps, looked)),
        data=_data(gaps, looked),
        rows=_rows(gaps, looked),
    )


def _subtitle(looked: Looked, gaps: Sequence[GoalGap]) -> str:
    found = Counter(gap.strength for gap in gaps)
    what = "proposals" if looked.evidence.is_undecided else "evidence"
    words = ((NONE, f"without {what}"), (WEAK, f"with weak {what}"), (FINE, f"with good {what}"))
    return " · ".join(
        [looked.evidence.framework.title, *(f"{count(found[strength], 'goal')} {told}" for strength, told in words)]
    )


def _notices(looked: Looked) -> Iterator[Notice]:
    evidence = looked.evidence
    if evidence.is_undecided:
        yield Notice(
            plain(
                "Nobody has decided on anything here yet. Proposals are judged as if they were evidence: review them"
                " before this is sent on (goalmap serve, or goalmap review export)."
            ),
            "warning",
        )
    elif evidence.proposed:
        waiting = count(len(evidence.proposed), "proposed activity waits", "proposed activities wait")
        yield Notice(plain(f"{waiting} for a decision. A gap may close when they are decided."))
    if not evidence.library.read:
        yield Notice(plain("No document was read, so a gap says nothing of what is done."), "warning")


def _sections(gaps: Sequence[GoalGap], looked: Looked) -> Iterator[Section]:
    yield _overview(gaps, looked)
    for title, id, strength in (
        ("Goals without evidence", "none", NONE),
        ("Goals with weak evidence", "weak", WEAK),
    ):
        if found := [gap for gap in gaps if gap.strength == strength]:
            yield Section(id, title, (), tuple(gap_section(gap, looked) for gap in found))
    if fine := [gap for gap in gaps if gap.strength == FINE]:
        title = "Goals with good proposals" if looked.evidence.is_undecided else "Goals with good evidence"
        yield Section("fine", title, (Items(tuple(fine_item(gap) for gap in fine)),))
    if planned := tuple(_planned(gaps)):
        yield Section("planned", "Planned, not yet reported", (planned_table(planned, looked),))


def _planned(gaps: Sequence[GoalGap]) -> Iterator[Planned]:
    """What is planned, each once though it serves several goals."""
    found = {one.activity.id: one for gap in gaps for one in gap.planned}
    yield from found.values()


# What is to be seen at once


def _overview(gaps: Sequence[GoalGap], looked: Looked) -> Section:
    evidence = looked.evidence
    about = f" (documents by or about {evidence.organisation.name})" if evidence.organisation else ""
    blocks: list[Block] = [
        Paragraph(plain(f"Searched{about}: {searched_words(looked)}")),
        *paragraphs([RULE]),
        _stages(gaps),
    ]
    picture = None if evidence.organisation else coverage("Organisations by goals", evidence.shown, evidence.goals)
    return Section("overview", "What was searched", (*blocks, *((picture,) if picture else ()), *_not_read(looked)))


RULE = (
    "Evidence is weak where only intentions are told, where nobody has decided on the proposals, where it rests on one"
    " passage, or where only others than the organisation itself tell of it."
)


def _stages(gaps: Sequence[GoalGap]) -> Picture:
    title = "Evidence by goal and stage"
    description = (
        "How many activities each goal has at each stage. An activity that serves several goals is counted under each."
    )
    stages = [stage for stage in STAGES if stage or any("" in gap.stages for gap in gaps)]
    kinds = tuple(STAGES[stage][1] for stage in stages)
    bars = [Bar(gap.goal.label, tuple(gap.stages.get(stage, 0) for stage in stages)) for gap in gaps]
    rows = tuple(
        (Cell(plain(bar.label), heading=True), *(Cell(plain(f"{number:,}"), number=True) for number in bar.counts))
        for bar in bars
    )
    return Picture(
        title,
        description,
        stacked(title, description, kinds, bars),
        Table("Activities by goal and stage.", ("Goal", *kinds), rows),
    )


def _not_read(looked: Looked) -> Iterator[Block]:
    """The documents that may hold evidence and could not be read."""
    found = looked.evidence.library.not_read
    if found:
        yield Paragraph(plain(f"Not read, or not wholly ({counted(len(found), 'document')}):"))
        yield Items(tuple(plain(f"{source.title}: {source.problem or source.status}") for source in found))


# As data

COLUMNS = (
    "goal",
    "name",
    "strength",
    "why_weak",
    "activities",
    *(stage for stage in STAGES if stage),
    "waiting",
    "turned_down",
    "came_near",
    "documents_searched",
    "passages_searched",
    "best_candidate",
    "candidate_passage_id",
    "planned_not_reported",
    "peers",
    "test_question",
)


def _rows(gaps: Sequence[GoalGap], looked: Looked) -> Table:
    return Table(
        f"Gaps, {looked.evidence.framework.title}",
        COLUMNS,
        tuple(tuple(Cell(plain(str(value))) for value in _row(gap, looked)) for gap in gaps),
    )


def _row(gap: GoalGap, looked: Looked) -> tuple[object, ...]:
    nearest = next(iter((*gap.turned_down, *gap.near)), None)
    return (
        gap.goal.code,
        gap.goal.name,
        gap.strength,
        "; ".join(gap.weaknesses),
        len(gap.activities),
        *(gap.stages.get(stage, 0) for stage in STAGES if stage),
        len(gap.waiting),
        gap.turned_down_count,
        gap.near_count,
        len(looked.evidence.library.read),
        looked.searched.total,
        nearest.text if nearest else "",
        nearest.passage_id if nearest else "",
        "; ".join(one.activity.title for one in gap.planned),
        "; ".join(f"{pick.body}: {pick.activity.title}" for pick in gap.peers),
        looked.asked(gap).question,
    )


def _data(gaps: Sequence[GoalGap], looked: Looked) -> dict[str, object]:
    evidence = looked.evidence
    return {
        "framework": evidence.framework.id,
        "organisation": evidence.organisation.name if evidence.organisation else None,
        "decided": not evidence.is_undecided,
        "searched": {
            "documents": len(evidence.library.read),
            "not_read": [source.file for source in evidence.library.not_read],
            "passages": dict(looked.searched.passages),
        },
        "goals": [_goal(gap, looked) for gap in gaps],
    }


def _goal(gap: GoalGap, looked: Looked) -> dict[str, object]:
    return {
        "goal": gap.goal.code,
        "name": gap.goal.name,
        "question": looked.asked(gap).question,
        "strength": gap.strength,
        "weaknesses": list(gap.weaknesses),
        "stages": gap.stages,
        "activities": [one.id for one in gap.activities],
        "waiting": len(gap.waiting),
        "turned_down": {"count": gap.turned_down_count, "best": [_near(near) for near in gap.turned_down]},
        "came_near": {"count": gap.near_count, "best": [_near(near) for near in gap.near]},
        "planned": [
            {
                "activity": one.activity.id,
                "title": one.activity.title,
                "due": one.due,
                "past": one.is_past(looked.today),
                "passages": list(one.activity.passages),
            }
            for one in gap.planned
        ],
        "peers": [
            {"organisation": pick.body, "activity": pick.activity.id, "title": pick.activity.title}
            for pick in gap.peers
        ],
    }


def _near(near: Near) -> dict[str, object]:
    return {
        "passage": near.passage_id,
        "score": near.score,
        "reviewer": near.reviewer,
        "note": near.note,
        "changed_to": near.changed_to,
    }
