"""One passage as its quoted stretches see it: what stands before and after them, and who is named where."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from goalmap.extract.names import Mention
from goalmap.extract.speech import frames
from goalmap.extract.speech.marks import Quoted, outside

REACH = 260
"""How far after a quotation its speaker is looked for."""
_LEAD = 400
"""How far before a quotation its sentence is read."""
BACK = 3000
"""How far back in its passage a name is looked for."""


@dataclass(frozen=True, slots=True)
class Around:
    """One passage with its quoted stretches and the people named outside them, all in order."""

    text: str
    quoted: Sequence[Quoted]
    people: Sequence[Mention]
    ends: Sequence[int]
    """Where its sentences end."""
    only_person: int | None
    """Whom the words outside the quotations name, if they name one."""

    @classmethod
    def of(cls, text: str, quoted: Sequence[Quoted], people: Iterable[Mention]) -> Self:
        """A passage, read."""
        named = outside(people, quoted)
        return cls(text, quoted, named, sentence_ends(text), the_one(named))

    def words(self, quote: Quoted) -> str:
        """What stands between the marks."""
        return self.text[quote.start : quote.end]

    def lead(self, quote: Quoted) -> str:
        """The words before the opening mark, back to the last quotation or the start of the sentence."""
        place = bisect_left(self.quoted, quote.start, key=lambda other: other.end)
        last = self.quoted[place - 1].end if place else 0
        return self.text[max(0, self.start_of(quote.start), last, quote.start - _LEAD) : quote.start]

    def tail(self, quote: Quoted) -> str:
        """The words after the closing mark up to the next opening one."""
        return re.split(r"[“\"]", self.text[quote.end + 1 : quote.end + REACH])[0]

    def start_of(self, position: int) -> int:
        """Where the sentence begins that holds the character before a position."""
        place = bisect_left(self.ends, position)
        return self.ends[place - 1] if place else 0

    def end_after(self, position: int) -> int | None:
        """Where the sentence ends that holds a position, if another follows."""
        place = bisect_left(self.ends, position + 1)
        return self.ends[place] if place < len(self.ends) else None

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Those named from one place to another."""
        return named_between(self.people, start, end)

    def next_after(self, quote: Quoted) -> Mention | None:
        """Who is named first after a quotation."""
        place = bisect_left(self.people, quote.end + 1, key=_start)
        return self.people[place] if place < len(self.people) else None

    def last_before(self, position: int) -> Mention | None:
        """Who is named last before a place."""
        place = bisect_left(self.people, position, key=_start)
        return self.people[place - 1] if place else None

    def subject(self, start: int, end: int) -> int | None:
        """The first person of the sentence, unless the sentence begins with a phrase of its own: `Welcoming Ann Lee’s news, Bob Dunn said`."""
        named = [m for m in self.between(start, end) if self.may_speak(m)]
        if not named:
            return None
        opening = self.text[start : named[0].span.start].split(" ")[0]
        comma = self.text.find(", ", named[0].span.end, end)
        later = [m for m in named if m.span.start > comma >= 0]
        aside = opening.endswith("ing") or opening.casefold() in frames.ASIDE
        return (later if aside and later else named)[0].entity

    def may_speak(self, mention: Mention) -> bool:
        """Not whom somebody speaks to or for, nor whose daughter speaks."""
        start, end = mention.span.start, mention.span.end
        is_other = frames.OF_SOMEBODY_ELSE.match(self.text, end) or frames.TO_SOMEBODY.search(
            self.text, max(0, start - 30), start
        )
        return not is_other or bool(frames.WHO.match(self.text, end))

    def is_joint(self, person: int, start: int, end: int) -> bool:
        """`Ann Lee and Bob Dunn said`: two speak, so that neither is the speaker."""
        pairs = pairwise(self.between(start, end))
        return any(m.entity == person and self.text[m.span.end : other.span.start] == " and " for m, other in pairs)


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a passage end, the last one aside."""
    return [match.end() for match in frames.SENTENCE_END.finditer(text)]


def named_between(people: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Of people in their order, those whose names begin from one place to another."""
    return people[bisect_left(people, start, key=_start) : bisect_left(people, end, key=_start)]


def the_one(people: Iterable[Mention]) -> int | None:
    """Whom all these names mean, if they mean one person."""
    named = {mention.entity for mention in people}
    return next(iter(named)) if len(named) == 1 else None


def _start(mention: Mention) -> int:
    return mention.span.start
