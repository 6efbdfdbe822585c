"""The goals that are proposed for passages, each with its passage, its name, its words and its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from goalmap.api.html import html_table, text_with_marks, with_heading
from goalmap.api.tables import Table, table_of
from goalmap.ingest.document import Passage
from goalmap.report.wording import count

if TYPE_CHECKING:
    from goalmap.classify.goals.frameworks import Framework, Goal
    from goalmap.classify.proposals import Proposal

LONGEST = 80
"""Characters of a passage that stand in a line of a terminal."""


@dataclass(frozen=True, slots=True, repr=False)
class ProposedGoal:
    """A goal that a passage may serve: how likely, at which stage, on which words, and why."""

    goal: "Goal"
    passage: Passage
    proposal: "Proposal"
    """As the classifier gives it."""

    @property
    def code(self) -> str:
        """The goal's code in its framework."""
        return self.goal.code

    @property
    def name(self) -> str:
        """The goal's name."""
        return self.goal.name

    @property
    def score(self) -> float:
        """A calibrated probability."""
        return self.proposal.score

    @property
    def stage(self) -> str:
        """`delivered`, `ongoing`, `planned` or `aspiration`."""
        return self.proposal.stage

    @property
    def reason(self) -> str:
        """Why, in words."""
        return self.proposal.reason

    @property
    def text(self) -> str:
        """The passage's text."""
        return self.passage.text

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the passage that speak for the goal."""
        return tuple(self.text[start:end] for start, end in self.proposal.evidence)

    def __repr__(self) -> str:
        text = self.text if len(self.text) <= LONGEST else f"{self.text[:LONGEST]}…"
        return f"<{self.code} {self.name}, {self.score:.0%}, {self.stage}: {text!r}>"

    def __rich_repr__(self) -> Iterator[Any]:
        for name in ("code", "name", "score", "stage", "words", "text", "reason"):
            yield name, getattr(self, name)

    def _repr_html_(self) -> str:
        return html_table(HEADINGS, [_cells(self)])


@dataclass(frozen=True, slots=True, repr=False)
class Proposals(Sequence[ProposedGoal]):
    """The goals proposed for some passages, in the passages' order, the likeliest of each first."""

    framework: "Framework"
    passages: tuple[Passage, ...]
    """All that were looked at."""
    goals: tuple[ProposedGoal, ...]

    @overload
    def __getitem__(self, place: int) -> ProposedGoal: ...
    @overload
    def __getitem__(self, place: slice) -> "Proposals": ...
    def __getitem__(self, place: int | slice) -> "ProposedGoal | Proposals":
        if isinstance(place, slice):
            return Proposals(self.framework, self.passages, self.goals[place])
        return self.goals[place]

    def __len__(self) -> int:
        return len(self.goals)

    @property
    def codes(self) -> tuple[str, ...]:
        """The goals that are proposed, in the framework's order, each once."""
        found = {one.code for one in self.goals}
        return tuple(code for code in self.framework.codes if code in found)

    def table(self) -> Table:
        """One row for each proposal."""
        columns = ("passage", "page", "code", "name", "score", "stage", "words", "reason", "text")
        return table_of(columns, map(_row, self.goals))

    def __repr__(self) -> str:
        return f"{self._heading()}\n{self._short()!r}" if self.goals else self._heading()

    def _repr_html_(self) -> str:
        return with_heading(self._heading(), html_table(HEADINGS, map(_cells, self.goals)) if self.goals else "")

    def _heading(self) -> str:
        served = len({one.passage.position for one in self.goals})
        return (
            f"{self.framework.name} {self.framework.version}: {count(len(self.goals), 'proposal')} "
            f"on {served:,} of {count(len(self.passages), 'passage')}"
        )

    def _short(self) -> Table:
        rows = ((one.code, one.name, f"{one.score:.0%}", one.stage, "; ".join(one.words)) for one in self.goals)
        return table_of(("code", "goal", "probability", "stage", "words"), rows)


HEADINGS = ("goal", "probability", "stage", "passage", "why")


def _cells(one: ProposedGoal) -> Sequence[str]:
    marked = text_with_marks(one.text, one.proposal.evidence)
    return f"{one.code} {one.name}", f"{one.score:.0%}", one.stage, marked, one.reason


def _row(one: ProposedGoal) -> Sequence[object]:
    words = "; ".join(one.words)
    return one.passage.position, one.passage.page, one.code, one.name, one.score, one.stage, words, one.reason, one.text


def proposals_of(framework: "Framework", passages: Sequence[Passage], proposals: "Sequence[Proposal]") -> Proposals:
    """Proposals with their goals and passages."""
    by_position = {passage.position: passage for passage in passages}
    goals = {goal.code: goal for goal in framework.goals}
    found = (ProposedGoal(goals[one.code], by_position[one.passage], one) for one in proposals)
    return Proposals(framework, tuple(passages), tuple(found))
