"""Recommendations as drafts: built from gaps, from plans that nothing was reported of, from what peers do and from what is not counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from goalmap.classify.activities.model import DONE, INTENDED, Activity
from goalmap.report.draft.model import Card, Notice, Paragraph, Plain, Run, Section, ToWrite, plain
from goalmap.report.gaps.found import NONE, GoalGap
from goalmap.report.material import Material
from goalmap.report.scope import Goal
from goalmap.report.section import Row
from goalmap.report.sections.telling import fact, named, speaking, spelled
from goalmap.store.ids import stable_id


@dataclass(frozen=True, slots=True)
class Advice:
    """A draft of a recommendation, with what it rests on; its id stays when other examples are found."""

    id: str
    goal: Goal
    kind: str
    """begin, ask, report, gather or count."""
    text: tuple[Run, ...]
    why: str
    basis: tuple[Activity, ...] = ()

    @property
    def words(self) -> str:
        return " ".join(run.text for run in self.text)


TO_SETTLE = "Keep, change or strike out each recommendation. Say who would lead it, and by when."


def recommendations(material: Material, row: Row) -> Section:
    """A card for each draft, for a person to settle."""
    found = tuple(advice(material, row.number("most")))
    if not found:
        return row.section(Notice(plain("Nothing is recommended: no gap was found."), "note"))
    cards = (_card(place, one) for place, one in enumerate(found, start=1))
    return row.section(Paragraph((ToWrite(TO_SETTLE),)), *cards)


def _card(place: int, one: Advice) -> Card:
    return Card(one.id, f"Recommendation {place}: {one.goal.name}", (("Why", plain(one.why)),), text=one.text)


OF_ACTIVITIES = ("gather", "count")
"""The kinds that ask for more on activities, whatever goals these serve."""


def advice(material: Material, most: int = 0) -> Iterator[Advice]:
    """The drafts in the order of the framework, gaps before weak goals before the others; `most` of them, or all."""
    ordered = sorted(material.gaps, key=lambda gap: (gap.strength != NONE, not gap.is_gap))
    found = _each_once(one for gap in ordered for one in _of_goal(material, gap))
    return islice(found, most or None)


def _each_once(found: Iterable[Advice]) -> Iterator[Advice]:
    """Without those that ask for nothing more than one on another goal does: the same of the same activities."""
    asked = set[tuple[str, str]]()
    for one in found:
        again = {(one.kind, basis.id) for basis in one.basis} if one.kind in OF_ACTIVITIES else set()
        if not again or not again <= asked:
            yield one
        asked |= again


def _of_goal(material: Material, gap: GoalGap) -> Iterator[Advice]:
    shown = material.evidence.of_goal(gap.goal.id)
    if not shown:
        yield _begin(material, gap) if gap.peers else _ask(material, gap)
    if intended := [one for one in shown if one.stage in INTENDED and one.goal == gap.goal.id]:
        yield _report(material, gap.goal, intended)
    done = [one for one in shown if one.stage in DONE]
    if done and gap.is_gap:
        yield _gather(material, gap, done)
    elif done and not any(map(speaking, done)):
        yield _count(material, gap.goal, done)


def _begin(material: Material, gap: GoalGap) -> Advice:
    """What a peer does there."""
    peer = gap.peers[0]
    lead = Plain(f"Consider work towards {named(gap.goal)}, as")
    example = fact(f"{peer.body} does: “{peer.activity.title}”.", [peer.activity])
    return _advice(material, gap.goal, "begin", (lead, example), _why_begin(gap), [peer.activity])


def _why_begin(gap: GoalGap) -> str:
    return "Only proposals that nobody has decided on were found." if gap.activities else "No evidence was found."


def _ask(material: Material, gap: GoalGap) -> Advice:
    question = material.questions.get(gap.goal.id, "")
    lead = Plain(f"Find out what is done towards {named(gap.goal)}. {question}".strip())
    why = f"{_why_begin(gap)} No other body in the database has an example with grounds."
    return _advice(material, gap.goal, "ask", (lead,), why, ())


def _report(material: Material, goal: Goal, intended: Sequence[Activity]) -> Advice:
    lead = Plain("Report what has become of")
    titles = (run for place, one in enumerate(intended) for run in _named_in(one, place, len(intended)))
    why = "This is told as an intention; nothing later was found."
    return _advice(material, goal, "report", (lead, *titles), why, intended)


def _gather(material: Material, gap: GoalGap, done: Sequence[Activity]) -> Advice:
    bare = not any(map(speaking, done))
    lead = Plain(f"Gather further evidence{', with figures,' if bare else ''} on")
    told = fact(f"“{done[0].title}”{_rest(done)}.", done)
    why = f"The evidence is weak: {'; '.join(gap.weaknesses)}."
    return _advice(material, gap.goal, "gather", (lead, told), why, done)


def _rest(done: Sequence[Activity]) -> str:
    return f" and {spelled(len(done) - 1)} more" if len(done) > 1 else ""


def _named_in(one: Activity, place: int, number: int) -> Iterator[Run]:
    """An activity's title as one of several."""
    if place:
        yield Plain("and" if place == number - 1 else ",")
    yield fact(f"“{one.title}”{'.' if place == number - 1 else ''}", [one])


def _count(material: Material, goal: Goal, done: Sequence[Activity]) -> Advice:
    lead = Plain("Count and publish who is reached, and what changes for them, by")
    told = fact(f"“{done[0].title}”{_rest(done)}.", done)
    return _advice(
        material, goal, "count", (lead, told), "What is done towards this goal is told without figures.", done
    )


def _advice(
    material: Material, goal: Goal, kind: str, text: tuple[Run, ...], why: str, basis: Sequence[Activity]
) -> Advice:
    told = sorted(one.id for one in basis) if kind == "report" else ()
    parts = (material.evidence.framework.id, material.name, goal.code, kind, *told)
    return Advice(stable_id("r", *parts), goal, kind, text, why, tuple(basis))
