"""The entries of a compendium: one activity each, with what is told of it and why it was picked."""

from collections.abc import Iterable, Iterator, Mapping

from goalmap.classify.activities.model import Activity
from goalmap.report.draft.model import Card, Paragraph, Plain, Section, Text
from goalmap.report.page import anchor
from goalmap.report.practice.grounds import near_misses
from goalmap.report.practice.picks import NO_REGION, Pick
from goalmap.report.scope import Goal
from goalmap.report.sections.telling import (
    badges,
    capital,
    counted,
    detail,
    fact,
    figures,
    goal_title,
    listed,
    quoted,
    separated,
)

MOST_DETAILS = 3


def by_goal(picks: Iterable[Pick], goals: Mapping[str, Goal]) -> Iterator[Section]:
    """A section for each goal that has entries, in the order of the framework."""
    found = tuple(picks)
    for id, goal in goals.items():
        if own := [pick for pick in found if shown_under(pick, goals) == id]:
            yield _section(f"goal-{anchor(goal.code)}", goal_title(goal), own, goals)


def by_region(picks: Iterable[Pick], goals: Mapping[str, Goal]) -> Iterator[Section]:
    """A section for each region that has entries, by name; what is of no known region stands last."""
    found = tuple(picks)
    regions = sorted({pick.region for pick in found}, key=lambda region: (region == NO_REGION, region))
    for number, region in enumerate(regions, start=1):
        own = [pick for pick in found if pick.region == region]
        yield _section(f"region-{number}", region, own, goals)


GROUPINGS = {"goal": by_goal, "region": by_region}
"""How entries can be grouped."""


def shown_under(pick: Pick, goals: Mapping[str, Goal]) -> str:
    """The first goal of an activity among those that are asked for."""
    return next(goal for goal in pick.activity.goals if goal in goals)


def _section(id: str, title: str, picks: list[Pick], goals: Mapping[str, Goal]) -> Section:
    return Section(id, title, (_opening(picks), *(entry(pick, goals) for pick in picks)))


def _opening(picks: list[Pick]) -> Paragraph:
    bodies = list(dict.fromkeys(pick.body for pick in picks))
    names = f": {listed(bodies)}" if len(bodies) <= 4 else ""
    text = f"{capital(counted(len(picks), 'entry', 'entries'))} from {counted(len(bodies), 'organisation')}{names}."
    return Paragraph((fact(text, [pick.activity for pick in picks]),))


def entry(pick: Pick, goals: Mapping[str, Goal]) -> Card:
    """The card of an entry."""
    one = pick.activity
    return Card(
        id=one.id,
        title=one.title,
        facts=tuple((name, runs) for name, runs in _facts(pick, goals) if runs),
        badges=badges(one),
        quotes=(quoted(one.main, not one.is_reviewed),),
    )


def _facts(pick: Pick, goals: Mapping[str, Goal]) -> Iterator[tuple[str, Text]]:
    one = pick.activity
    yield "Organisation", (fact(pick.body, [one]),)
    yield "Region", (fact(one.region, [one]),) if one.region else ()
    yield "Goals", (fact("; ".join(goals[goal].label for goal in one.goals if goal in goals), [one], one.passages),)
    yield "With", separated([fact(partner.name, [one]) for partner in one.partners])
    yield "Who benefits", separated([detail(one, told) for told in one.beneficiaries[:MOST_DETAILS]])
    yield "Where", separated([detail(one, told) for told in one.places[:MOST_DETAILS]])
    yield "When", (detail(one, one.period),) if one.period else ()
    yield "Figures", figures(one)
    yield "Why it is here", reasons(pick)
    yield "No ground", _no_ground(one)


def reasons(pick: Pick) -> Text:
    """The grounds of a pick in one line."""
    return tuple(
        run
        for place, ground in enumerate(pick.grounds)
        for run in ((Plain(";"), *ground.text) if place else ground.text)
    )


def _no_ground(one: Activity) -> Text:
    """A short-list or a commendation, which is not taken for an award."""
    missed = near_misses(one)
    return (Plain("short-listed or commended, which is told but not counted:"), *separated(missed)) if missed else ()
