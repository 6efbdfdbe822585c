"""The goals that an organisation is strong in, by a rule that is printed with its numbers."""

from dataclasses import dataclass

from goalmap.classify.activities.model import DONE, Activity
from goalmap.report.draft.model import Block, Cell, Items, Notice, Paragraph, Section, Table, Text, plain
from goalmap.report.material import Material
from goalmap.report.scope import Goal
from goalmap.report.section import Row
from goalmap.report.sections.telling import (
    capital,
    counted,
    fact,
    goal_title,
    listed,
    named,
    spelled,
    told_briefly,
)

POINTS = {"with_figures": 2, "without_figures": 1, "best_practice": 3, "documents": 1}
MOST_TOLD = 3
WORDS_TOLD = 40
NONE_YET = (
    "No strength can be named yet: no goal has something delivered or under way that is told in more than one passage and by"
    " the organisation itself."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How well a goal is evidenced: what is done towards it, and what that counts for."""

    goal: Goal
    done: tuple[Activity, ...]
    """Delivered or under way, those that tell most first."""

    @property
    def with_figures(self) -> int:
        return sum(bool(one.figures) for one in self.done)

    @property
    def without_figures(self) -> int:
        return len(self.done) - self.with_figures

    @property
    def best_practice(self) -> int:
        return sum(one.best_practice for one in self.done)

    @property
    def documents(self) -> int:
        """Documents that tell of it by themselves; copies do not count."""
        return len({telling.document.id for one in self.done for telling in one.tellings})

    @property
    def points(self) -> int:
        return sum(each * int(getattr(self, name)) for name, each in POINTS.items())


def standings(material: Material) -> tuple[Standing, ...]:
    """All goals that are asked for, the strongest first; of equals in the order of the framework."""
    found = (Standing(goal, _done(material, id)) for id, goal in material.evidence.goals.items())
    return tuple(sorted(found, key=lambda one: -one.points))


def _done(material: Material, goal: str) -> tuple[Activity, ...]:
    done = [one for one in material.evidence.of_goal(goal) if one.stage in DONE]
    return tuple(sorted(done, key=lambda one: (not one.best_practice, -bool(one.figures), -one.citations)))


def strong(material: Material, most: int = 6, least: int = 3) -> tuple[Standing, ...]:
    """The goals with at least half of the points of the first, and further ones up to `least`; never more than `most`."""
    able = [one for one in standings(material) if _is_able(material, one)]
    near = [one for one in able if 2 * one.points >= able[0].points]
    return tuple((near if len(near) >= least else able[:least])[:most])


def _is_able(material: Material, one: Standing) -> bool:
    """Whether a goal may be a strength: what is done is told in two passages or more, and its evidence is not weak otherwise."""
    weak = {gap.goal.id for gap in material.gaps if gap.is_gap}
    return one.goal.id not in weak and sum(activity.citations for activity in one.done) > 1


def strengths(material: Material, row: Row) -> Section:
    """The strongest goals, why, and how they were chosen."""
    found = strong(material, row.number("most"), row.number("least"))
    if not found:
        return row.section(Notice(plain(NONE_YET), "warning"))
    sections = tuple(Section(f"{row.id}-{one.goal.code}", goal_title(one.goal), tuple(_why(one))) for one in found)
    return row.section(Paragraph(_lead(found)), *_rule(row, material, found), *_further(material), sections=sections)


def _lead(found: tuple[Standing, ...]) -> Text:
    ones = [activity for one in found for activity in one.done]
    names = listed([named(one.goal) for one in found])
    return (fact(f"Most is evidenced towards {names}.", ones),)


def _further(material: Material) -> list[Block]:
    """The goals with something done of which too little is told."""
    others = [one for one in standings(material) if one.done and not _is_able(material, one)]
    if not others:
        return []
    names = listed([named(one.goal) for one in others])
    ones = [activity for one in others for activity in one.done]
    return [Paragraph((fact(f"Something is done towards {names} as well, on evidence that is still weak.", ones),))]


def _why(one: Standing) -> list[Block]:
    done = f"{counted(len(one.done), 'activity', 'activities')} {'is' if len(one.done) == 1 else 'are'} delivered or under way"
    parts = [done, _share(one.with_figures, len(one.done), "with figures")]
    parts.append(_share(one.best_practice, len(one.done), "marked as best practice"))
    told = f"told in {counted(one.documents, 'document')}"
    lead = Paragraph((fact(f"{capital(', '.join(filter(None, (*parts, told))))}.", one.done),))
    return [lead, Items(tuple(told_briefly(activity, one.goal.id, WORDS_TOLD) for activity in one.done[:MOST_TOLD]))]


WHOLE = {1: "", 2: "both "}


def _share(some: int, of: int, what: str) -> str:
    """How many of them.

    >>> _share(2, 5, "with figures"), _share(2, 2, "with figures"), _share(1, 1, "with figures")
    ('two with figures', 'both with figures', 'with figures')
    """
    if some < of or of == 0:
        return f"{spelled(some)} {what}" if some else ""
    return f"{WHOLE.get(of, 'all ')}{what}"


def _rule(row: Row, material: Material, found: tuple[Standing, ...]) -> list[Block]:
    if not row.yes("rule"):
        return []
    columns = ("Goal", "With figures", "Without figures", "Best practice", "Documents", "Points")
    rows = (
        (
            Cell(plain(one.goal.label), heading=True),
            *(
                Cell(plain(str(number)), number=True)
                for number in (*(getattr(one, name) for name in POINTS), one.points)
            ),
        )
        for one in found
    )
    caption = (
        f"How these goals were chosen. Each activity delivered or under way gives {POINTS['with_figures']} points with figures,"
        f" {POINTS['without_figures']} without, and {POINTS['best_practice']} more where it is marked as best practice; each"
        f" document that tells of one gives {POINTS['documents']}. A strength is told of in two passages or more, on evidence that"
        f" is not weak, and has at least half of the points of the first or is among the first few.{_others(material, found)}"
    )
    return [Table(caption, columns, tuple(rows), (5, 2, 2, 2, 2, 2))]


def _others(material: Material, found: tuple[Standing, ...]) -> str:
    """How many goals have something done as well, and were not chosen."""
    number = sum(bool(one.done) for one in standings(material)) - len(found)
    others = counted(number, "other goal has", "other goals have")
    return f" {capital(others)} something done and did not qualify, or had fewer points." if number else ""
