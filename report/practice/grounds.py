"""Why an activity may be shown as good practice: grounds, each with the passage that shows it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from goalmap.classify.activities.model import DONE, Activity, Measure, Origin, Telling
from goalmap.classify.activities.owners import body_key
from goalmap.report.draft.model import Fact, Plain, Text, Words
from goalmap.report.draft.reading import quoted
from goalmap.report.practice import recognition
from goalmap.report.practice.recognition import Told

LEAST_PEOPLE = 5
"""Fewer are hardly a reach; they may as well be those who do it."""
LEAST_YEARS = 2
"""So long an activity must have run where the years since its beginning are known."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason with the words that say so; every run cites its passage."""

    rule: str
    text: Text
    size: float = 0.0
    """How much of it there is: people reached, other bodies that tell of it."""

    @property
    def words(self) -> str:
        return " ".join(quoted(run.text) if isinstance(run, Words) else run.text for run in self.text)

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(id for run in self.text for id in getattr(run, "cites", ())))


@dataclass(frozen=True)
class Considered:
    """An activity with the body that it is the activity of, as its grounds are looked for."""

    activity: Activity
    body: str

    @property
    def proposed(self) -> bool:
        return not self.activity.is_reviewed

    @property
    def is_done(self) -> bool:
        return self.activity.stage in DONE

    @cached_property
    def told(self) -> tuple[tuple[Telling, Told], ...]:
        return tuple((one, found) for one in self.activity.tellings for found in recognition.told(one.text))

    def told_of(self, *kinds: str) -> tuple[tuple[Telling, Told], ...]:
        return tuple((one, found) for one, found in self.told if found.kind in kinds)

    def fact(self, text: str, *cites: str) -> Fact:
        return Fact(text, cites, self.proposed)

    def quoted(self, telling: Telling, found: Told) -> Words:
        words = telling.text[found.start : found.end]
        return Words(telling.passage_id, found.start, found.end, words, proposed=self.proposed)


# The rules


def _marked(one: Considered) -> Iterator[Ground]:
    for telling in one.activity.tellings:
        for filing in telling.filings:
            if filing.best_practice and filing.is_decided:
                by = f" by {filing.reviewer}" if filing.reviewer else ""
                yield Ground("marked", (one.fact(f"marked as best practice{by}", telling.passage_id),))
                return


def _results(one: Considered) -> Iterator[Ground]:
    """A change in figures, or else what is told to have come of it."""
    outcome = one.activity.outcome
    changes = one.told_of(recognition.CHANGE)
    if one.is_done and changes:
        yield Ground("results", (Plain("a change is told:"), one.quoted(*changes[0])))
    elif one.is_done and outcome and outcome.passage_id and recognition.tells_result(outcome.text):
        start = outcome.end - len(outcome.text.lstrip())
        words = Words(outcome.passage_id, start, outcome.end, outcome.text.lstrip(), proposed=one.proposed)
        yield Ground("results", (Plain("a result is told:"), words))


def _reach(one: Considered) -> Iterator[Ground]:
    counted = [measure for measure in one.activity.figures if _counts_people(measure, one)]
    if one.is_done and counted:
        most = max(counted, key=lambda measure: (measure.newest.value or 0, measure.phrase))
        words = Plain("people are counted:"), one.fact(most.phrase, most.newest.passage_id)
        yield Ground("reach", words, most.newest.value or 0)
    elif one.is_done and (reached := _reached_apart(one)):
        yield Ground("reach", (Plain("people are counted:"), one.quoted(*reached)))


def _reached_apart(one: Considered) -> tuple[Telling, Told] | None:
    """People counted elsewhere than in what is quoted as the result, so that one clause is not two grounds."""
    taken = [run for ground in _results(one) for run in ground.text if isinstance(run, Words)]
    return next(
        (pair for pair in one.told_of(recognition.REACHED) if not any(_overlap(*pair, run) for run in taken)), None
    )


def _overlap(telling: Telling, found: Told, run: Words) -> bool:
    return telling.passage_id == run.passage_id and found.start < run.end and run.start < found.end


_ASIDE = re.compile(r"\b(?:targets?|plan(?:ned)?|forecast|baseline|capacity|shortfall|vacanc\w+)\b", re.I)
"""Words in which a number is not of people whom the activity reached."""


def _counts_people(measure: Measure, one: Considered) -> bool:
    newest = measure.newest
    text = next((told.text for told in one.activity.tellings if told.passage_id == newest.passage_id), "")
    return (
        measure.unit is None
        and recognition.counts_people(measure.what)
        and not _ASIDE.search(measure.what or "")
        and (newest.value or 0) >= LEAST_PEOPLE
        and not recognition.is_hoped(text, newest.start)
    )


AWARDED = {
    recognition.AWARD: "an award is told:",
    recognition.RATING: "a rating is told:",
    recognition.ACCREDITED: "an accreditation is told:",
}


def _awarded(one: Considered) -> Iterator[Ground]:
    for telling, found in one.told_of(*AWARDED)[:1]:
        yield Ground("recognised", (Plain(AWARDED[found.kind]), one.quoted(telling, found)))


def _followed(one: Considered) -> Iterator[Ground]:
    if copied := one.told_of(recognition.COPIED):
        telling, found = copied[0]
        lead = Plain("others are said to have taken it up:")
        yield Ground("followed", (lead, one.quoted(telling, found)), 1)
    elif others := _other_tellers(one):
        names = ", ".join(sorted({document.publisher or "" for _, document in others}))
        text = f"also told by {names}"
        yield Ground("followed", (one.fact(text, *(id for id, _ in others)),), len(others))


def _other_tellers(one: Considered) -> tuple[tuple[str, Origin], ...]:
    """Passages of documents that others than the body published, where the body tells of it as well."""
    told = [
        pair
        for telling in one.activity.tellings
        for pair in (
            (telling.passage_id, telling.document),
            *((copy.passage_id, copy.document) for copy in telling.copies),
        )
        if pair[1].publisher
    ]
    own = body_key(one.body)
    others = tuple(pair for pair in told if body_key(pair[1].publisher or "") != own)
    return others if one.body and len(others) < len(told) else ()


def _duration(one: Considered) -> Iterator[Ground]:
    for telling, found in one.told_of(recognition.SINCE) if one.is_done else ():
        if _is_long(telling, found):
            yield Ground("duration", (Plain("it has run for some time:"), one.quoted(telling, found)))
            return


def _is_long(telling: Telling, found: Told) -> bool:
    """Whether it began at least two years before the document; where that has no date, the words stand for themselves."""
    began = re.search(r"(?:19|20)\d\d", telling.text[found.start : found.end])
    published = (telling.document.published or "")[:4]
    return not (began and published.isdigit()) or int(published) - int(began[0]) >= LEAST_YEARS


Rule = Callable[[Considered], Iterable[Ground]]
RULES: dict[str, tuple[str, Rule]] = {
    "marked": ("a reviewer marked it as best practice", _marked),
    "results": ("it is under way or delivered, and a passage tells what it led to or a change in figures", _results),
    "reach": ("it is under way or delivered, and a passage counts the people whom it reached", _reach),
    "recognised": ("a passage tells of an award, a rating or an accreditation", _awarded),
    "followed": ("others have taken it up, or tell of it in documents of their own", _followed),
    "duration": ("it is under way or delivered, and a passage says that it has run for two years or more", _duration),
}
"""The grounds in the order of their weight: in words, and how each is found."""


def grounds_of(activity: Activity, body: str) -> tuple[Ground, ...]:
    """The grounds on which an activity may be shown, the weightiest first."""
    one = Considered(activity, body)
    return tuple(ground for _, find in RULES.values() for ground in find(one))


def near_misses(activity: Activity) -> tuple[Words, ...]:
    """Short-lists and commendations: said as such, and no ground."""
    one = Considered(activity, "")
    return tuple(one.quoted(telling, found) for telling, found in one.told_of(recognition.NEAR))


def has(grounds: Iterable[Ground], rule: str) -> bool:
    return any(ground.rule == rule for ground in grounds)
