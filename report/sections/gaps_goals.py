"""A goal without evidence, or with little: what was searched, what came near, what is planned, what peers do, what would count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goalmap.classify.activities.model import INTENDED, Activity
from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.goals.frameworks import Goal as Asked
from goalmap.report.bodies import body_of
from goalmap.report.draft.model import (
    Badge,
    Block,
    Card,
    Cell,
    Items,
    Paragraph,
    Plain,
    Section,
    Table,
    Text,
    Words,
    plain,
)
from goalmap.report.evidence import Evidence
from goalmap.report.excerpt import excerpt
from goalmap.report.gaps.found import NONE, GoalGap, Planned
from goalmap.report.page import anchor
from goalmap.report.practice.picks import Pick, best
from goalmap.report.sections.practice_entries import reasons
from goalmap.report.sections.telling import (
    STAGES,
    capital,
    counted,
    fact,
    goal_title,
    listed,
    quoted,
    separated,
    stages_told,
)
from goalmap.report.wording import count
from goalmap.store.contents.searched import Near, Searched
from goalmap.store.days import day

MOST_EXEMPLARS = 2
MOST_SHOWN = 5
MOST_NAMED = 2
KINDS = {
    "body": ("paragraph", "paragraphs"),
    "quote": ("quotation", "quotations"),
    "list_item": ("list item", "list items"),
    "table_row": ("table row", "table rows"),
}
NEAR_WORDS = 45


@dataclass(frozen=True, slots=True)
class Looked:
    """What all gaps of a report have in common: the evidence, what was searched, the framework, the day."""

    evidence: Evidence
    searched: Searched
    framework: Framework
    today: date

    @property
    def goals(self) -> Mapping[str, str]:
        """The label of every goal of the framework, by id."""
        return {self.framework.goal_id(goal.code): goal.label for goal in self.framework.goals}

    def asked(self, gap: GoalGap) -> Asked:
        """What the framework asks there; nothing where its file no longer has the goal."""
        known = (goal for goal in self.framework.goals if goal.code == gap.goal.code)
        return next(known, Asked(gap.goal.code, gap.goal.name))


def gap_section(gap: GoalGap, looked: Looked) -> Section:
    """Everything that is known of a gap."""
    question = looked.asked(gap).question
    opening = (Paragraph(plain(f"The question: {question}")),) if question else ()
    inner = tuple(
        Section(f"{_id(gap)}-{name}", title, blocks)
        for name, title, make in PARTS
        if (blocks := tuple(make(gap, looked)))
    )
    return Section(_id(gap), goal_title(gap.goal), (*opening, *_strength(gap)), inner)


def _id(gap: GoalGap) -> str:
    return f"gap-{anchor(gap.goal.code)}"


def _strength(gap: GoalGap) -> Iterator[Block]:
    if gap.strength == NONE:
        yield Paragraph(plain("No evidence was found."))
        return
    yield Paragraph(plain(f"{_told(gap)}. This is weak because {listed(gap.weaknesses)}."))
    done = [one for one in gap.activities if one.stage not in INTENDED]
    if done:
        yield Items(tuple(_evidence_item(one, gap) for one in done[:MOST_SHOWN]))
    if len(done) > MOST_SHOWN:
        yield Paragraph(plain(f"And {count(len(done) - MOST_SHOWN, 'more activity', 'more activities')}."))


def _told(gap: GoalGap) -> str:
    """How many activities there are at which stage."""
    return f"{capital(counted(len(gap.activities), 'activity', 'activities'))}: {stages_told(gap.activities)}"


def _evidence_item(one: Activity, gap: GoalGap) -> Text:
    return Plain(f"{STAGES[one.stage][1]}:"), quoted(one.main, not one.is_reviewed, gap.goal.id)


# What was searched


def searched_words(looked: Looked) -> str:
    """The documents and passages that were searched, and those that could not be."""
    library, kinds = looked.evidence.library, looked.searched.passages
    told = [count(kinds[kind], *names) for kind, names in KINDS.items() if kinds.get(kind)]
    unread = len(library.not_read)
    not_read = f" {count(unread, 'document')} could not be read, or not wholly." if unread else ""
    return (
        f"{count(len(library.read), 'document')} with {count(looked.searched.total, 'passage')} that could report an activity"
        f"{f' ({listed(told)})' if told else ''}.{not_read}"
    )


def _searched(gap: GoalGap, looked: Looked) -> Iterator[Block]:
    waiting = counted(len(gap.waiting), "proposal waits", "proposals wait")
    counts = (
        (
            gap.turned_down_count,
            f"{counted(gap.turned_down_count, 'proposal was', 'proposals were')} turned down by reviewers.",
        ),
        (
            gap.near_count,
            f"{counted(gap.near_count, 'passage')} came near and {'was' if gap.near_count == 1 else 'were'} not proposed.",
        ),
        (len(gap.waiting), f"{waiting} for a decision."),
    )
    told = [capital(words) for number, words in counts if number]
    none = [] if gap.turned_down_count or gap.near_count else ["No passage came near."]
    yield Paragraph(plain(" ".join([searched_words(looked), *told, *none])))


def _near(gap: GoalGap, looked: Looked) -> Iterator[Block]:
    found = [*gap.turned_down, *gap.near]
    if found:
        yield Paragraph(
            plain(
                "These passages do not count as evidence of this goal. One that no reviewer has turned down may be worth a look."
            )
        )
        yield Items(tuple(_near_item(near, looked) for near in found))


def _near_item(near: Near, looked: Looked) -> Text:
    text = excerpt(near.text, (), NEAR_WORDS)
    start = near.text.index(text)
    words = Words(near.passage_id, start, start + len(text), text)
    return (Plain(_standing(near, looked)), words, *plain(f"Reviewer’s note: {near.note}" if near.note else ""))


def _standing(near: Near, looked: Looked) -> str:
    score = f" (score {near.score:.2f} of 1)" if near.score is not None else ""
    if not near.was_turned_down:
        return f"Not evidence: not proposed{score}."
    by = f" by {near.reviewer}" if near.reviewer else ""
    instead = f", who filed it under {looked.goals.get(near.changed_to, near.changed_to)}" if near.changed_to else ""
    return f"Not evidence: turned down{by}{instead}{score}."


# What is planned, what others do, what would count


def planned_table(planned: Sequence[Planned], looked: Looked) -> Table:
    """What is planned and not reported yet, with whether its time is past; what is overdue stands first."""
    caption = "What passages say is planned, the last time that they name for it, and whether that is past."
    rows = tuple(_planned_row(one, looked) for one in _overdue_first(planned, looked.today))
    return Table(caption, ("Planned", "Organisation", "Goals", "Time"), rows, (0.46, 0.2, 0.18, 0.16))


def _planned_row(one: Planned, looked: Looked) -> tuple[Cell, ...]:
    activity = one.activity
    goals = ", ".join(
        f"Goal {looked.evidence.goals[goal].code}" for goal in activity.goals if goal in looked.evidence.goals
    )
    return (
        Cell((quoted(activity.main, not activity.is_reviewed, most=NEAR_WORDS),)),
        Cell((fact(body_of(activity), [activity]),)),
        Cell(plain(goals)),
        Cell(plain(_time(one, looked.today))),
    )


def _time(one: Planned, today: date) -> str:
    past = one.is_past(today)
    return "none named" if past is None else f"{day(one.due)}: {'past' if past else 'not over'}"


def _overdue_first(planned: Iterable[Planned], today: date) -> list[Planned]:
    places = {True: 0, False: 1, None: 2}
    return sorted(planned, key=lambda one: (places[one.is_past(today)], one.due or "", one.activity.id))


def _planned(gap: GoalGap, looked: Looked) -> Iterator[Block]:
    if gap.planned:
        yield Items(tuple(_planned_item(one, looked.today) for one in _overdue_first(gap.planned, looked.today)))


def _planned_item(one: Planned, today: date) -> Text:
    activity = one.activity
    stage = STAGES[activity.stage][1]
    return (
        Plain(f"{stage}:"),
        quoted(activity.main, not activity.is_reviewed, most=NEAR_WORDS),
        *plain(_due(one, today)),
    )


def _due(one: Planned, today: date) -> str:
    past = one.is_past(today)
    if past is None or one.due is None:
        return "No time is named."
    over = "which is past, and no passage reports it as done" if past else "which is not over yet"
    return f"The last time named is {day(one.due)}, {over}."


def _peers(gap: GoalGap, _: Looked) -> Iterator[Block]:
    for pick in gap.peers:
        yield peer_card(pick, gap)


def peer_card(pick: Pick, gap: GoalGap) -> Card:
    """What another organisation does towards the goal."""
    one = pick.activity
    proposed = (Badge("Proposed, not decided", "proposed"),) if not one.is_reviewed else ()
    return Card(
        id=f"{_id(gap)}-{one.id}",
        title=one.title,
        facts=(("Organisation", (fact(pick.body, [one]),)), ("Why it is shown", reasons(pick))),
        badges=(Badge(STAGES[one.stage][1], one.stage), *proposed),
        quotes=(quoted(one.main, not one.is_reviewed, gap.goal.id),),
    )


def _would_count(gap: GoalGap, looked: Looked) -> Iterator[Block]:
    asked = looked.asked(gap)
    if asked.counts:
        yield Paragraph(plain(f"Evidence would be, for example: {listed(asked.counts, 'or')}."))
    if asked.excludes:
        yield Paragraph(plain(f"Not evidence: {listed(asked.excludes, 'or')}."))
    if asked.exemplars:
        yield Paragraph(plain("Invented passages of the framework that would count:"))
        yield Items(tuple(plain(text) for text in asked.exemplars[:MOST_EXEMPLARS]))


PARTS = (
    ("searched", "What was searched", _searched),
    ("near", "What came near", _near),
    ("planned", "Planned, not yet reported", _planned),
    ("peers", "What others do", _peers),
    ("counts", "What would count", _would_count),
)
"""The parts of a gap: in anchors, in headings, and what makes them; one that is empty is left out."""


def fine_item(gap: GoalGap) -> Text:
    """A goal with good evidence, in one line."""
    named = [pick.activity for pick in best(gap.activities, MOST_NAMED)] or gap.activities[:MOST_NAMED]
    return (
        Plain(f"{goal_title(gap.goal)}. {_told(gap)}. For example:"),
        *separated([fact(one.title, [one]) for one in named]),
    )
