"""Who says a quoted stretch, by the words around it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from goalmap.extract.names import Mention
from goalmap.extract.speech import frames
from goalmap.extract.speech.lines import is_of_oneself, is_own_words, is_post
from goalmap.extract.speech.marks import Quoted
from goalmap.extract.speech.verbs import SAYING

SHORTEST = 4
"""Words of a quoted stretch that nobody says in so many words; a shorter one is a scare quote."""
_LONG = 6
"""Words of a quotation that is known by nothing but its place."""
_REACH = 260
"""How far after a quotation its speaker is looked for."""
_POST_WORD = re.compile(
    r"(?:[A-Z].*|.+[’']s|the|our|its|his|her|new|of|and|for|at|to|in|with|co-\w+|former|vice-\w+|\w+,)"
)


class Source(Enum):
    """How the words around a quotation give it to somebody."""

    NAMED = "named"
    PRONOUN = "pronoun"
    UNNAMED = "unnamed"
    """A verb of saying whose subject is no person of the document: `a spokesman said`."""
    NONE = "none"


Said = tuple[Source, int | None]
NOBODY: Said = (Source.NONE, None)


@dataclass(frozen=True, slots=True)
class Reader:
    """One passage with its quoted stretches and the people named outside them."""

    text: str
    quoted: Sequence[Quoted]
    people: Sequence[Mention]
    ends: Sequence[int]
    """Where its sentences end."""

    def said(self, quote: Quoted) -> Said:
        """Who says a quoted stretch: by the words right after it, else by those before, else by the sentences beside it."""
        words = self._words(quote)
        lead, tail = self._lead(quote), self._tail(quote)
        is_short = len(words.split()) < SHORTEST
        if is_short and not frames.ENDS_LIKE_SPEECH.search(words):
            return NOBODY
        if frames.TITLE_NOUN.search(lead.rstrip(" “\"‘'")) or _is_title_case(words):
            return NOBODY
        for said in (self._said_after(quote, words, tail), self._said_before(quote, lead)):
            if said[0] is not Source.NONE:
                return said
        return self._said_beside(quote, words)

    def _said_after(self, quote: Quoted, words: str, tail: str) -> Said:
        if frames.PRONOUN_AFTER.match(tail) and not self._opens_next(words, tail):
            return Source.PRONOUN, None
        is_speech = frames.ENDS_LIKE_SPEECH.search(words) or len(words.split()) >= _LONG or is_own_words(words)
        if is_speech and frames.DASH_AFTER.match(tail) and (person := self._first_after(quote, 60)) is not None:
            return Source.NAMED, person
        if (person := self._signed(quote, words)) is not None:
            return Source.NAMED, person
        if not (frames.ENDS_LIKE_SPEECH.search(words) or tail.startswith(",")) or frames.LEADS_ON.match(tail):
            return NOBODY
        if self._opens_next(words, tail):
            person = self._said_at_once(quote)
            return NOBODY if person is None else (Source.NAMED, person)
        if not (frames.VERB_AFTER.match(tail) or frames.ACCORDING_AFTER.match(tail) or self._said_at_once(quote)):
            return NOBODY
        person = self._first_after(quote, _REACH)
        if person is not None and self._is_joint(person, quote.end, quote.end + _REACH):
            return Source.UNNAMED, None
        if person is None and (frames.SAID_BY_THING.match(tail) or len(words.split()) < SHORTEST):
            return NOBODY
        return (Source.UNNAMED, None) if person is None else (Source.NAMED, person)

    def _opens_next(self, words: str, tail: str) -> bool:
        """What follows is a sentence of its own, which may speak of something else."""
        return bool(frames.END.search(words) and frames.NEXT_SENTENCE.match(tail))

    def _said_at_once(self, quote: Quoted) -> int | None:
        """`“…,” Ann Lee, porter, offered`: the name comes first and its verb at once."""
        for mention in self.people:
            if mention.span.start > quote.end:
                lead = self.text[quote.end + 1 : mention.span.start].strip(" ,.")
                is_said = _is_title(lead) and frames.SAID_AFTER_NAME.match(self.text, mention.span.end)
                return mention.entity if is_said else None
        return None

    def _signed(self, quote: Quoted, words: str) -> int | None:
        """`“….” Ann Lee, porter` at the end of a passage, or `“….” (Ann Lee, porter)` anywhere."""
        mention = next((m for m in self.people if m.span.start > quote.end), None)
        if mention is None:
            return None
        between = self.text[quote.end + 1 : mention.span.start].strip(" .\n")
        rest = self.text[mention.span.end :].strip()
        if between == "(" and ")" in rest:
            post = rest[: rest.index(")")]
            return mention.entity if post[:1] in ("", ",") and is_post(post) else None
        is_name = not between and rest[:1] in ("", ",", "(") and frames.ENDS_LIKE_SPEECH.search(words)
        return mention.entity if is_name and is_post(rest) else None

    def _said_before(self, quote: Quoted, lead: str) -> Said:
        if (person := self._written_by(quote, lead)) is not None:
            return Source.NAMED, person
        start = quote.start - len(lead)
        is_unnamed = self._subject(start, quote.start) is None
        if frames.PRONOUN_BEFORE.search(lead) or (is_unnamed and frames.PRONOUN_WITH_COLON.match(lead)):
            return Source.PRONOUN, None
        verb = frames.VERB_BEFORE.search(lead) or frames.ACCORDING.search(lead)
        if not (verb or frames.COLON_BEFORE.search(lead) or frames.CALLED.search(lead) or self._labelled(quote, lead)):
            return NOBODY
        said = start + verb.start() if verb else quote.start
        person = self._subject(start, said)
        person = person if person is not None else self._subject(said, quote.start)
        if person is not None and self._is_joint(person, start, said):
            return Source.UNNAMED, None
        if person is None:
            if verb and frames.THING.search(lead, 0, verb.start()):
                return NOBODY
            is_long = len(self._words(quote).split()) >= SHORTEST
            return (Source.UNNAMED, None) if verb and is_long else NOBODY
        return Source.NAMED, person

    def _written_by(self, quote: Quoted, lead: str) -> int | None:
        """`Bob Dunn read out a letter from Ann Lee: “…”`."""
        if not frames.COLON_BEFORE.search(lead):
            return None
        start = quote.start - len(lead)
        for mention in self.people:
            if start <= mention.span.start < quote.start and frames.WRITTEN_BY.search(
                self.text[start : mention.span.start]
            ):
                return mention.entity
        return None

    def _labelled(self, quote: Quoted, lead: str) -> bool:
        """`Ann Lee, porter – “…”`: nothing stands before the dash but a name and a post."""
        dash = frames.DASH_BEFORE.search(lead.rstrip("“\"‘'"))
        first = self.people[0] if self.people else None
        if not dash or first is None or self.text[: first.span.start].strip(" •*-–—"):
            return False
        post = self.text[first.span.end : quote.start - len(lead) + dash.start()].strip()
        return len(lead) <= quote.start <= len(lead) + 1 and post[:1] in ("", ",", "(") and is_post(post)

    def _said_beside(self, quote: Quoted, words: str) -> Said:
        """Who is spoken of in the sentence before or after a quotation that is a sentence of its own."""
        is_sentence = frames.END.search(words) and self._begins_sentence(quote)
        follows = self.text[quote.end + 1 :].strip()[:1]
        if not is_sentence or follows.islower():
            return NOBODY
        if frames.COUNSEL_OF_PRONOUN.search(self.text[max(0, quote.start - 90) : quote.start]):
            return Source.PRONOUN, None
        for person in (
            self._counsel(quote),
            self._owned(quote),
            self._spoken_of_before(quote, words),
            self._spoken_of_after(quote, words),
        ):
            if person is not None:
                return Source.NAMED, person
        return NOBODY

    def _begins_sentence(self, quote: Quoted) -> bool:
        begins = max(0, quote.start - 1)
        return not self.text[:begins].strip() or begins in self.ends or self.text[begins - 2 : begins] in (": ", "? ")

    def _counsel(self, quote: Quoted) -> int | None:
        """`Ann Lee’s advice? “…”`."""
        for mention in reversed(self.people):
            if mention.span.end < quote.start:
                rest = self.text[mention.span.end : quote.start - 1]
                return mention.entity if frames.COUNSEL.match(rest) else None
        return None

    def _owned(self, quote: Quoted) -> int | None:
        """`“….” That was the verdict of Ann Lee`."""
        mention = next((m for m in self.people if m.span.start > quote.end), None)
        if mention is None or not frames.OWNED_AFTER.match(self.text[quote.end + 1 : mention.span.start]):
            return None
        return mention.entity

    def _spoken_of_before(self, quote: Quoted, words: str) -> int | None:
        """`Ann Lee was blunt. “I shall say it again.”`: the one person of the sentence before."""
        start = self._start_of(max(0, quote.start - 2))
        named = [m for m in self.people if start <= m.span.start < quote.start]
        if len(words.split()) < _LONG or len({m.entity for m in named}) != 1:
            return None
        if is_of_oneself(words) and self.only_person() is not None:
            return named[0].entity
        rest = self.text[named[0].span.end : quote.start]
        is_speaker = is_own_words(words) or frames.SAID_OF_NAME.match(rest)
        return named[0].entity if is_speaker and _is_title(self.text[start : named[0].span.start]) else None

    def _spoken_of_after(self, quote: Quoted, words: str) -> int | None:
        """`“I never thought I would.” Ann Lee is now a porter.`: at the start of a passage, the subject of the next sentence."""
        mention = next((m for m in self.people if m.span.start > quote.end), None)
        opens = not self.text[: max(0, quote.start - 1)].strip()
        if mention is None or not opens or len(words.split()) < _LONG or not is_own_words(words):
            return None
        is_subject = not self.text[quote.end + 1 : mention.span.start].strip()
        return mention.entity if is_subject and re.match(r",|\s[a-z]", self.text[mention.span.end :]) else None

    def _subject(self, start: int, end: int) -> int | None:
        """The first person of the sentence, unless the sentence begins with a phrase of its own: `Welcoming Ann Lee’s news, Bob Dunn said`."""
        named = [m for m in self.people if start <= m.span.start < end and self._may_speak(m)]
        if not named:
            return None
        opening = self.text[start : named[0].span.start].split(" ")[0]
        comma = self.text.find(", ", named[0].span.end, end)
        later = [m for m in named if m.span.start > comma >= 0]
        aside = opening.endswith("ing") or opening.casefold() in frames.ASIDE
        return (later if aside and later else named)[0].entity

    def _may_speak(self, mention: Mention) -> bool:
        """Not whom somebody speaks to or for, nor whose daughter speaks."""
        start, end = mention.span.start, mention.span.end
        is_other = frames.OF_SOMEBODY_ELSE.match(self.text, end) or frames.TO_SOMEBODY.search(
            self.text, max(0, start - 30), start
        )
        return not is_other or bool(frames.WHO.match(self.text, end))

    def _is_joint(self, person: int, start: int, end: int) -> bool:
        """`Ann Lee and Bob Dunn said`: two speak, so that neither is the speaker."""
        named = [m for m in self.people if start <= m.span.start < end]
        pairs = pairwise(named)
        return any(m.entity == person and self.text[m.span.end : other.span.start] == " and " for m, other in pairs)

    def _first_after(self, quote: Quoted, reach: int) -> int | None:
        for mention in filter(self._may_speak, self.people):
            between = self.text[quote.end + 1 : mention.span.start]
            if quote.end <= mention.span.start < quote.end + reach and not re.search(r"[.?!;]\s[A-Z]|[“\"]", between):
                return mention.entity
        return None

    def person_before(self, quote: Quoted) -> int | None:
        """The first person of the nearest sentence before that names any, if possible not after a pronoun that means another."""
        nearest = None
        is_he = self._is_he(quote)
        earlier = [m for m in self.people if m.span.start < quote.start and not _is_against(m, is_he)]
        while earlier:
            start = self._start_of(earlier[-1].span.start + 1)
            first = next(m.entity for m in earlier if m.span.start >= start)
            nearest = first if nearest is None else nearest
            if not frames.BEGINS_WITH_PRONOUN.match(self.text, start):
                return first
            earlier = [m for m in earlier if m.span.start < start]
        return nearest

    def _is_he(self, quote: Quoted) -> bool | None:
        """Whether the pronoun beside a quotation is `he`, if it is `he` or `she`."""
        tail = self._tail(quote)
        before = [*frames.HE_OR_SHE.finditer(self._lead(quote))]
        pronoun = before[-1] if before and not frames.PRONOUN_AFTER.match(tail) else frames.HE_OR_SHE.search(tail)
        return bool(pronoun["he"]) if pronoun else None

    def person_after(self, quote: Quoted) -> int | None:
        """`“Soup,” he offered. Ann Lee laughed.`: after a quotation that opens the passage, the subject of the next sentence."""
        end = next((end for end in self.ends if end > quote.end + 1), None)
        if end is None or self.text[: max(0, quote.start - 1)].strip():
            return None
        subject = (
            m for m in self.people if m.span.start == end and self.text[m.span.end : m.span.end + 1] in (" ", ",")
        )
        return next((m.entity for m in subject), None)

    def stranger(self, quote: Quoted) -> re.Match[str] | None:
        """Whoever the sentences after the last name speak of without a name: `My aunt`."""
        last = max((m.span.end for m in self.people if m.span.start < quote.start), default=0)
        return next(frames.STRANGER.finditer(self.text, last, quote.start), None)

    def follows(self, quote: Quoted, end: int) -> bool:
        """`“…,” said Ann. “…”`: the second half belongs to what ended before."""
        if quote.end - quote.start < 8:
            return False
        between = self.text[end : quote.start]
        return len(between) < 200 and (bool(re.search(SAYING, between)) or not between.strip(" ”“\"‘’'"))

    def only_person(self) -> int | None:
        """Whom the words outside the quotations name, if they name one."""
        named = {m.entity for m in self.people}
        return next(iter(named)) if len(named) == 1 else None

    def _words(self, quote: Quoted) -> str:
        return self.text[quote.start : quote.end]

    def _sentence_start(self, quote: Quoted) -> int:
        return max([self._start_of(quote.start), *(other.end for other in self.quoted if other.end < quote.start)])

    def _start_of(self, position: int) -> int:
        """Where the sentence begins that holds the character before a position."""
        place = bisect_left(self.ends, position)
        return self.ends[place - 1] if place else 0

    def _lead(self, quote: Quoted) -> str:
        return self.text[max(0, self._sentence_start(quote), quote.start - 400) : quote.start]

    def _tail(self, quote: Quoted) -> str:
        """The words after the closing mark up to the next opening one."""
        return re.split(r"[“\"]", self.text[quote.end + 1 : quote.end + _REACH])[0]


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a passage end, the last one aside."""
    return [match.end() for match in frames.SENTENCE_END.finditer(text)]


def _is_against(mention: Mention, is_he: bool | None) -> bool:
    """Whether the honorific says that the pronoun means another."""
    honorific = frames.HONORIFIC.match(mention.surface)
    return honorific is not None and is_he is not None and bool(honorific["he"]) is not is_he


def _is_title(lead: str) -> bool:
    """Whether the words before a name can be its title: `The Students’ Union President`."""
    words = lead.split()
    return len(words) < 3 or (len(words) <= 8 and all(_POST_WORD.fullmatch(word) for word in words))


def _is_title_case(words: str) -> bool:
    long = [word for word in words.split() if len(word) > 3]
    return len(long) > 1 and not frames.ENDS_LIKE_SPEECH.search(words) and all(word[0].isupper() for word in long)
