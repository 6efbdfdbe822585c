"""What a progress report is made from: the evidence, and what it is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sqlite_utils import Database

from goalmap.classify.activities.model import Telling
from goalmap.ingest.errors import GoalmapError
from goalmap.report.evidence import find_evidence
from goalmap.report.excerpt import excerpt
from goalmap.report.material import Material
from goalmap.report.progress.content_words import content_words
from goalmap.report.progress.recommendation_files import EarlierReport, read_earlier, read_recommendations
from goalmap.report.progress.recommendations import Answer, Nearest, Recommendation, answers, with_words_of
from goalmap.report.progress.recommended import recommendations_in
from goalmap.report.progress.then_and_now import Change, changes, changes_from, is_dated_after
from goalmap.store.contents.later import Since, find_since, passages_near
from goalmap.store.days import day

LEAST_NEAR = 2
"""So many words a passage must share to be shown as the nearest one."""
MOST_NEAR_WORDS = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What a progress report is asked for: at least one of the first four."""

    against: Path | None = None
    since: str | None = None
    recommendations: Path | None = None
    report: str | None = None
    """A document of the database that recommends."""
    organisation: str | None = None
    goal: str | None = None
    framework: str = "purpose-goals"
    undated: bool = False
    """Whether documents without a date count as later ones."""


class OtherFramework(GoalmapError):
    """The earlier report is on another framework."""

    exit_code = 2


@dataclass(frozen=True)
class Progress(Material):
    """The material of a report with what it is compared with."""

    asked: Asked = Asked()
    earlier: EarlierReport | None = None
    since: Since | None = None
    said: tuple[Recommendation, ...] = ()
    """The recommendations, with a person's word on them where there is one."""

    @property
    def goals(self) -> Mapping[str, str]:
        """The label of each goal that is asked for, by id."""
        return {id: goal.label for id, goal in self.evidence.goals.items()}

    @cached_property
    def cited_before(self) -> frozenset[str]:
        """The passages that the earlier report cites."""
        rows = self.earlier.activities if self.earlier else ()
        return frozenset(id for row in rows for id in row.passages)

    @property
    def from_day(self) -> str | None:
        """The day that all is compared with; none where each recommendation has its own."""
        return self.since.day if self.since else self.earlier.made_on if self.earlier else None

    @property
    def then(self) -> str:
        """What the comparison is with, in words."""
        if self.since:
            told = f"what had been read by run {self.since.run}," if self.since.run else "what documents told by"
            return f"{told} {day(self.since.day)}"
        return f"“{self.earlier.title}” of {day(self.earlier.made_on)}" if self.earlier else ""

    # Recommendations

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        found = answers(self.said, self.evidence.shown, self.is_later)
        return tuple(one if one.matches else replace(one, nearest=self._nearest(one.recommendation)) for one in found)

    def is_later(self, made_on: str | None, told: Telling) -> bool:
        """Whether a passage was told after that day: by run or date, or because the earlier report does not cite it."""
        from_day = made_on or self.from_day
        return from_day is None or self._is_after(told, from_day)

    def _is_after(self, told: Telling, from_day: str) -> bool:
        if self.since and self.since.run:
            return told.document.id in self.since.read_later
        is_unknown = self.earlier is not None and told.passage_id not in self.cited_before
        return is_dated_after(told.document.published, from_day, self.asked.undated or is_unknown)

    def _nearest(self, one: Recommendation) -> Nearest | None:
        """The passage of a later document that shares most words, whether or not it serves a goal."""
        words, from_day = content_words(one.text), one.made_on or self.from_day
        documents = [id for id, published in self.published.items() if self._is_read_after(id, published, from_day)]
        for found in passages_near(self.db, words.values(), documents, one.passage_id):
            if len(words.keys() & content_words(found.text).keys()) >= LEAST_NEAR:
                return near(found.passage_id, found.text)
        return None

    def _is_read_after(self, id: str, published: str | None, from_day: str | None) -> bool:
        if self.since and self.since.run:
            return id in self.since.read_later
        return from_day is None or is_dated_after(published, from_day, self.asked.undated)

    @cached_property
    def published(self) -> Mapping[str, str | None]:
        """When each document that was read is dated."""
        return {source.id: source.published for source in self.evidence.library.read}

    # Then and now

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Each activity beside what was known of it; nothing where there is no earlier day or report."""
        if self.earlier and self.since is None:
            return changes_from(self.earlier, self.evidence.shown)
        from_day = self.from_day
        return changes(self.evidence.shown, lambda told: self._is_after(told, from_day)) if from_day else ()


def near(passage_id: str, text: str) -> Nearest:
    """The beginning of a passage, of whole sentences."""
    part = excerpt(text, most=MOST_NEAR_WORDS)
    start = text.index(part)
    return Nearest(passage_id, start, start + len(part), part)


def find_progress(db: Database, asked: Asked, made_on: str) -> Progress:
    """What there is to tell. Raises NotFound, UnknownName, RecommendationsProblem, OtherFramework or NotVerbatim."""
    evidence = find_evidence(db, asked.organisation, asked.goal, asked.framework)
    goals = evidence.scope.goals
    since = find_since(db, asked.since) if asked.since else None
    earlier = read_earlier(asked.against, goals) if asked.against else None
    if earlier and earlier.framework not in ("", evidence.framework.id):
        raise OtherFramework(
            f"{asked.against} is a report on {earlier.framework}. Compare it with: --framework {earlier.framework}"
        )
    said = (
        *(earlier.recommendations if earlier else ()),
        *(recommendations_in(db, asked.report) if asked.report else ()),
    )
    if asked.recommendations:
        said = with_words_of(said, read_recommendations(asked.recommendations, goals))
    return Progress(db, evidence, made_on, asked, earlier, since, said)
