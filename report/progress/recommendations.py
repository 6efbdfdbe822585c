"""Recommendations, and what the documents tell that answers them: a status each, with its evidence and the reason."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from goalmap.classify.activities.model import STAGES_FURTHEST_FIRST, Activity, Telling
from goalmap.extract.words import name_key
from goalmap.report.progress.content_words import content_words

DONE, UNDER_WAY, PLANNED, NONE, SUPERSEDED = STATUSES = (
    "done",
    "under way",
    "planned",
    "no evidence found",
    "superseded",
)
STATUS_OF_STAGE = {"delivered": DONE, "ongoing": UNDER_WAY, "planned": PLANNED, "aspiration": PLANNED}
"""What the furthest stage of an answer proposes."""

LEAST_WORDS = {True: 2, False: 3}
LEAST_SHARE = {True: 0.25, False: 0.4}
"""How much of a recommendation an answer must share: less where both serve the same goal."""
SHORT, SHARE_OF_SHORT = 4, 0.5
"""Of a recommendation of so few words two must be shared, and this part of all."""
FOR_THE_GOAL = 0.15
"""What the same goal adds to what an answer shares, for the order."""
MOST_ANSWERS = 3
NEAR_THE_BEST = 0.6
"""Answers that share less than this part of what the best one shares are left out."""
SHOWN_WORDS = 8
_REPLACED = re.compile(
    r"\b(?:(?:has|have|had|was|were|is|been|being)[ ](?:\w+[ ])?(?:superseded|withdrawn|discontinued|abandoned|scrapped)"
    r"|(?:was|been|were)[ ]replaced[ ]by|no[ ]longer[ ](?:pursued|planned|needed))\b",
    re.I,
)
"""Words that say that something was given up, or that another thing took its place."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What an earlier report or a person recommended; `status` and `note` are a person's word on it."""

    id: str
    text: str
    goal: str | None = None
    """Id of the goal."""
    made_on: str | None = None
    status: str = ""
    note: str = ""
    reviewer: str = ""
    passage_id: str | None = None
    """Where it stands in a document of the database."""
    document_id: str | None = None
    source: str = ""
    """The report or list that it comes from."""
    kind: str = ""
    """What a report of ours asks for: begin, ask, report, gather or count; nothing for a person's words."""
    basis: frozenset[str] = frozenset()
    """Ids of the activities and passages that such a recommendation is about."""
    more: Mapping[str, str] = field(default_factory=dict)
    """Other columns of a person's list, kept as they are."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that may answer a recommendation, with the words of the recommendation that it has."""

    activity: Activity
    telling: Telling
    words: tuple[str, ...]
    share: float
    same_goal: bool
    why: str = ""
    """Why it answers, where that is not for the words."""

    @property
    def stage(self) -> str:
        """The furthest stage that this passage tells."""
        told = {filing.stage for filing in self.telling.filings}
        return next((stage for stage in STAGES_FURTHEST_FIRST if stage in told), "")


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage under no goal that comes nearest to a recommendation: for a person to look at, never counted."""

    passage_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A recommendation with what was found on it."""

    recommendation: Recommendation
    proposed: str
    """The status that the evidence proposes."""
    why: str
    matches: tuple[Match, ...] = ()
    searched: int = 0
    """Passages on activities that were compared with it."""
    nearest: Nearest | None = None

    @property
    def status(self) -> str:
        """A person's status where there is one."""
        return self.recommendation.status or self.proposed

    @property
    def is_by_person(self) -> bool:
        return bool(self.recommendation.status)


IsLater = Callable[[str | None, Telling], bool]
"""Whether a passage was told after a recommendation of that day was made."""


@dataclass(frozen=True)
class Board:
    """The passages that may answer recommendations, found by their words."""

    activities: Sequence[Activity]
    is_later: IsLater

    @cached_property
    def told(self) -> list[tuple[Activity, Telling]]:
        return [(one, telling) for one in self.activities for telling in one.tellings]

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Where each word stands, by the place of the passage in `told`."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, (one, telling) in enumerate(self.told):
            for word in content_words(f"{one.title}\n{telling.text}"):
                found[word].append(place)
        return found

    @cached_property
    def initiatives(self) -> frozenset[str]:
        return frozenset(name for _, telling in self.told for name in _initiatives(telling))

    @cached_property
    def _later(self) -> dict[str | None, list[int]]:
        return {}

    def later(self, one: Recommendation) -> frozenset[int]:
        """The places of what was told after it, in other documents than its own."""
        if one.made_on not in self._later:
            self._later[one.made_on] = [
                place for place, (_, telling) in enumerate(self.told) if self.is_later(one.made_on, telling)
            ]
        found = self._later[one.made_on]
        if one.document_id is None:
            return frozenset(found)
        return frozenset(place for place in found if self.told[place][1].document.id != one.document_id)

    def weight(self, word: str) -> float:
        """How much a word tells: the rarer among the passages, the more."""
        return math.log((2 + len(self.told)) / (1 + len(self.places.get(word, ()))))


def answers(
    recommendations: Iterable[Recommendation], activities: Sequence[Activity], is_later: IsLater
) -> tuple[Answer, ...]:
    """Each recommendation with the activities told after it that answer it."""
    board = Board(activities, is_later)
    return tuple(_answer(one, board, board.later(one)) for one in recommendations)


def _answer(one: Recommendation, board: Board, later: frozenset[int]) -> Answer:
    found = sorted(_matches(one, board, later), key=lambda match: match.telling.passage_id)
    found.sort(key=lambda match: match.telling.document.published or "", reverse=True)
    found.sort(key=lambda match: match.share + FOR_THE_GOAL * match.same_goal, reverse=True)
    best = [match for match in found if match.share >= NEAR_THE_BEST * found[0].share][:MOST_ANSWERS]
    if not best:
        return Answer(one, NONE, _why_none(one, len(later)), searched=len(later))
    given_up = next((match for match in best if _REPLACED.search(match.telling.text)), None)
    furthest = min(best, key=lambda match: _place(match.stage))
    shown = given_up or furthest
    ordered = (shown, *(match for match in best if match is not shown))
    status = SUPERSEDED if given_up else STATUS_OF_STAGE.get(furthest.stage, UNDER_WAY)
    return Answer(one, status, _why(shown, bool(given_up)), ordered, len(later))


def _place(stage: str) -> int:
    return STAGES_FURTHEST_FIRST.index(stage) if stage in STAGES_FURTHEST_FIRST else len(STAGES_FURTHEST_FIRST)


def _matches(one: Recommendation, board: Board, later: frozenset[int]) -> Iterator[Match]:
    """What answers it: by the rule of its kind, else by its words."""
    if rule := RULES.get(one.kind):
        for place in sorted(later):
            activity, telling = board.told[place]
            if rule.answers(one, activity, telling):
                yield Match(activity, telling, (), 1.0, one.goal in telling.goals, rule.why)
    else:
        yield from _by_words(one, board, later)


def _by_words(one: Recommendation, board: Board, later: frozenset[int]) -> Iterator[Match]:
    asked = content_words(one.text)
    weights = {word: board.weight(word) for word in asked}
    whole, named = sum(weights.values()) or 1.0, _named_in(one.text, board.initiatives)
    shared: dict[int, list[str]] = defaultdict(list)
    for word in asked:
        for place in later.intersection(board.places.get(word, ())):
            shared[place].append(word)
    for place, words in sorted(shared.items()):
        activity, telling = board.told[place]
        same_goal = one.goal is not None and one.goal in telling.goals
        share = sum(weights[word] for word in words) / whole
        least_words, least_share = _least(len(asked), same_goal)
        if len(words) >= least_words and share >= least_share and (not named or named & _initiatives(telling)):
            yield Match(activity, telling, tuple(asked[word] for word in words), share, same_goal)


def _serves(one: Recommendation, _: Activity, telling: Telling) -> bool:
    return one.goal in telling.goals


def _continues(one: Recommendation, activity: Activity, _: Telling) -> bool:
    return bool(one.basis & {activity.id, *activity.passages})


def _counts(one: Recommendation, activity: Activity, telling: Telling) -> bool:
    return _continues(one, activity, telling) and bool(telling.numbers)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a passage answers a recommendation of one of our reports, and how that is told."""

    answers: Callable[[Recommendation, Activity, Telling], bool]
    why: str


RULES = {
    "begin": Rule(_serves, "It serves the goal, towards which the earlier report had no evidence"),
    "ask": Rule(_serves, "It serves the goal, towards which the earlier report had no evidence"),
    "report": Rule(_continues, "It tells of an activity that the recommendation is about"),
    "gather": Rule(_continues, "It tells more of an activity that the recommendation is about"),
    "count": Rule(_counts, "It tells figures of an activity that the recommendation is about"),
}
"""By what our own reports recommend."""


def _least(asked: int, same_goal: bool) -> tuple[int, float]:
    """How many words, and what part of all, an answer must share."""
    if asked <= SHORT and not same_goal:
        return 2, SHARE_OF_SHORT
    return LEAST_WORDS[same_goal], LEAST_SHARE[same_goal]


def _named_in(text: str, initiatives: Iterable[str]) -> frozenset[str]:
    """The initiatives that a recommendation speaks of: an answer must name one of them too."""
    held = f" {name_key(text)} "
    return frozenset(name for name in initiatives if f" {name} " in held)


def _initiatives(telling: Telling) -> frozenset[str]:
    return frozenset(filter(None, (name_key(named.entity.name) for named in telling.of_kind("initiative"))))


def _why(match: Match, is_given_up: bool) -> str:
    if match.why:
        return f"{match.why}; {_told(match.stage)}."
    words = ", ".join(f"“{word}”" for word in match.words[:SHOWN_WORDS])
    goal = "It serves the same goal and shares" if match.same_goal else "It shares"
    told = "it says that something was given up or replaced" if is_given_up else _told(match.stage)
    return f"{goal} {words} with the recommendation; {told}."


def _told(stage: str) -> str:
    return TOLD.get(stage, "it does not say how far things are")


TOLD = {
    "delivered": "it tells of something delivered",
    "ongoing": "it tells of something ongoing",
    "planned": "it tells of a plan",
    "aspiration": "it tells of an aspiration only, not of a plan",
}


def _why_none(one: Recommendation, searched: int) -> str:
    if not searched:
        return "Nothing was told after it: no later passage on an activity was found."
    passages = (
        "1 later passage on an activity was" if searched == 1 else f"{searched:,} later passages on activities were"
    )
    return f"{passages} compared with it; none {'answers it' if one.kind in RULES else 'shares enough of its words'}."


# What people said


def with_words_of(
    recommendations: Iterable[Recommendation], said: Iterable[Recommendation]
) -> tuple[Recommendation, ...]:
    """The recommendations with a person's status and note where they gave one, and those that only they list, at the end."""
    by_id = {one.id: one for one in said}
    by_text = {name_key(one.text): one for one in by_id.values()}
    found: list[Recommendation] = []
    used: set[str] = set()
    for one in recommendations:
        own = by_id.get(one.id) or by_text.get(name_key(one.text))
        found.append(_said(one, own) if own else one)
        used |= {own.id} if own else set()
    return (*found, *(one for one in by_id.values() if one.id not in used))


def _said(one: Recommendation, own: Recommendation) -> Recommendation:
    """A person's row wins in everything that it fills."""
    return replace(
        one,
        text=own.text or one.text,
        goal=own.goal or one.goal,
        made_on=own.made_on or one.made_on,
        status=own.status or one.status,
        note=own.note or one.note,
        reviewer=own.reviewer or one.reviewer,
        document_id=one.document_id,
        passage_id=one.passage_id if not own.text or own.text == one.text else None,
        source=own.source or one.source,
        kind=one.kind,
        basis=one.basis,
        more={**one.more, **own.more},
    )
