"""Quotations: which quoted stretches are spoken, and who speaks."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from goalmap.extract.names import Mention
from goalmap.extract.speech.lines import is_own_words, is_post
from goalmap.extract.speech.marks import Quoted
from goalmap.extract.speech.verbs import PRONOUN, SAYING
from goalmap.extract.words import table

SHORTEST = 4
"""Words of a quoted stretch that nobody says in so many words; a shorter one is a scare quote."""

_LONG = 6
"""Words of a quotation that is known by nothing but its place."""

_REACH = 260
"""How far after a quotation its speaker is looked for."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A spoken stretch of one passage, with its speaker where the passage tells."""

    start: int
    end: int
    speaker: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """What the passages before leave behind: the last speaker, and whether his words go on here."""

    speaker: int | None = None
    goes_on: bool = False


class _Source(Enum):
    """How the words around a quotation give it to somebody."""

    NAMED = "named"
    PRONOUN = "pronoun"
    UNNAMED = "unnamed"
    """A verb of saying whose subject is no person of the document: `a spokesman said`."""
    NONE = "none"


_Said = tuple[_Source, int | None]
_NOBODY: _Said = (_Source.NONE, None)

_ADVERB = r"(?:\s(?:also|then|later|has|had|\w+ly))?"
_PRONOUN_BEFORE = re.compile(
    rf"\b(?:{PRONOUN}{_ADVERB}\s(?:{SAYING}|went\son)|(?:[Hh]is|[Hh]er)\s(?:message|words|advice|answer|verdict)\s(?:is|was))\b[^.“\"]{{0,40}}[\s,:]*[“\"‘']?$"
)
_PRONOUN_AFTER = re.compile(rf"^[,.]?\s*(?:{PRONOUN}{_ADVERB}\s{SAYING}|{SAYING}\s{PRONOUN})\b")
_VERB_BEFORE = re.compile(rf"\b{SAYING}\b[^.“\"]{{0,80}}?[\s,:–—-]*[“\"‘']?$")
_COLON_BEFORE = re.compile(r":\s*[“\"‘']?$")
_ACCORDING = re.compile(
    r"\b(?:(?:[Aa]ccording to|[Ii]n the words of)\b[^.“\"]{3,120}|[Aa]s\b[^.“\"]{3,120}\bputs? it),\s*[“\"‘']?$"
)
_THINGS = (
    r"(?:badge|sign|notice|banner|poster|card|plaque|label|T-shirt|mug|page|form|leaflet|website|letter|email|report|paper|book|board|screen"
    r"|guide|headline|door|wall|survey|study|review|audit|plan|policy)s?"
)
"""What bears words and speaks none."""
_THING = re.compile(rf"\b{_THINGS}\s*$", re.I)
_SAID_BY_THING = re.compile(rf"^[,.]?\s*{SAYING}\s(?:the|an?|its|our|their|his|her)\s(?:[\w’-]+\s)?{_THINGS}\b", re.I)
_CALLED = re.compile(
    r"\b(?:call(?:s|ed)|described)\s(?:it|this|them|him|her|the\s\w+)(?:\s[\w’]+){0,4}?(?:\sas)?\s*[“\"‘']?$"
)
_VERB_AFTER = re.compile(rf"^[,.]?\s*(?:{SAYING}\b|[^.“\"]{{1,160}}?\b{SAYING}\b(?!\s*:))")
_LEADS_ON = re.compile(rf"^[^.“\"]*\b{SAYING}\b[^.“\"]*:\s*$")
_ACCORDING_AFTER = re.compile(r"^[,.]?\s*according to\b")
_DASH_AFTER = re.compile(r"^[.,]?\s*[–—-]{1,2}\s*(?=[A-Z⟨])")
_TITLE_NOUN = re.compile(
    r"\b(?:report|paper|guide|book|film|play|song|poem|podcast|strategy|theme|motto|slogan|campaign|programme|project|scheme|award|category|"
    r"called|titled|entitled|named|dubbed|known as|headed|word|words|term|phrase|so-called)s?,?\s*$"
)
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b(?:Dr|Mr|Ms|St|Rt|Lt))(?<!\b(?:Mrs|Rev|Hon|Col|Sgt|Maj))[.!?][”\"’']?\s+(?=[“\"‘A-Z])"
)
_ENDS_LIKE_SPEECH = re.compile(r"[,.?!…—–]$")


def utterances_in(
    text: str, quoted: Sequence[Quoted], people: Sequence[Mention], before: Before, is_quote: bool
) -> list[Utterance]:
    """The quoted stretches of a passage that are speech, with their speakers."""
    if not quoted:
        return []
    reader = _Reader(text, quoted, _outside(people, quoted), sentence_ends(text))
    found: list[Utterance] = []
    speaker = before.speaker
    for place, quote in enumerate(quoted):
        source, named = reader.said(quote)
        if source is _Source.NONE and (person := reader.stands_alone(quote)) is not None:
            source, named = _Source.NAMED, person
        opens_on = before.goes_on and place == 0 and not text[: quote.start].strip(" “\"‘'")
        if source is _Source.NONE and not (
            opens_on or reader.follows(quote, found) or (is_quote and 3 * (quote.end - quote.start) > len(text))
        ):
            continue
        speaker = _who(source, named, speaker, reader.person_before(quote) if not found else None)
        found.append(Utterance(quote.start, quote.end, speaker))
    return found


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a passage end, the last one aside."""
    return [match.end() for match in _SENTENCE_END.finditer(text)]


def _who(source: _Source, named: int | None, speaker: int | None, before: int | None) -> int | None:
    """The named speaker; for a pronoun the person named before; else the words go on in the same mouth."""
    if source is _Source.PRONOUN:
        return before if before is not None else speaker
    return speaker if source is _Source.NONE else named


def _outside(people: Sequence[Mention], quoted: Sequence[Quoted]) -> list[Mention]:
    return [m for m in people if not any(quote.start <= m.span.start < quote.end for quote in quoted)]


@dataclass(frozen=True, slots=True)
class _Reader:
    """One passage with its quoted stretches and the people named outside them."""

    text: str
    quoted: Sequence[Quoted]
    people: Sequence[Mention]
    ends: Sequence[int]
    """Where its sentences end."""

    def said(self, quote: Quoted) -> _Said:
        """Who says a quoted stretch, by the words right after it, else by those before."""
        words = self.text[quote.start : quote.end]
        lead, tail = self._lead(quote), self._tail(quote)
        if len(words.split()) < SHORTEST and not _ENDS_LIKE_SPEECH.search(words):
            return _NOBODY
        if _TITLE_NOUN.search(lead.rstrip(" “\"‘'")) or _is_title_case(words):
            return _NOBODY
        after = self._said_after(quote, words, tail)
        return after if after[0] is not _Source.NONE else self._said_before(quote, lead)

    def _said_after(self, quote: Quoted, words: str, tail: str) -> _Said:
        if _PRONOUN_AFTER.match(tail):
            return _Source.PRONOUN, None
        if _DASH_AFTER.match(tail) and (person := self._first_after(quote, 60)) is not None:
            return _Source.NAMED, person
        if (person := self._signed(quote, words)) is not None:
            return _Source.NAMED, person
        if not (_ENDS_LIKE_SPEECH.search(words) or tail.startswith(",")) or _LEADS_ON.match(tail):
            return _NOBODY
        if not (_VERB_AFTER.match(tail) or _ACCORDING_AFTER.match(tail)):
            return _NOBODY
        person = self._first_after(quote, _REACH)
        if person is not None and self._is_joint(person, quote.end, quote.end + _REACH):
            return _Source.UNNAMED, None
        if person is None and _SAID_BY_THING.match(tail):
            return _NOBODY
        if person is None and len(words.split()) < SHORTEST:
            return _NOBODY
        return (_Source.UNNAMED, None) if person is None else (_Source.NAMED, person)

    def _signed(self, quote: Quoted, words: str) -> int | None:
        """`“….” Ann Lee, porter` at the end of a passage."""
        if not _ENDS_LIKE_SPEECH.search(words):
            return None
        for mention in self.people:
            if mention.span.start >= quote.end:
                rest = self.text[mention.span.end :].strip()
                is_name = not self.text[quote.end + 1 : mention.span.start].strip() and rest[:1] in ("", ",", "(")
                return mention.entity if is_name and is_post(rest) else None
        return None

    def stands_alone(self, quote: Quoted) -> int | None:
        """`Ann Lee was blunt. “I shall say it again.”`: the person whom the sentence before begins with."""
        words = self.text[quote.start : quote.end]
        follows = self.text[quote.end + 1 :].strip()[:1]
        begins = max(0, quote.start - 2)
        is_sentence = (
            words[-1:] in ".!?"
            and begins in (0, *(end - 1 for end in self.ends))
            and (not follows or not follows.islower())
        )
        if not is_sentence or len(words.split()) < _LONG or not is_own_words(words):
            return None
        start = self._start_of(begins - 1)
        named = {m.entity for m in self.people if start <= m.span.start < begins}
        first = next((m for m in self.people if start <= m.span.start < begins), None)
        is_subject = first is not None and len(self.text[start : first.span.start].split()) < 3
        return first.entity if first is not None and is_subject and len(named) == 1 else None

    def _said_before(self, quote: Quoted, lead: str) -> _Said:
        if _PRONOUN_BEFORE.search(lead):
            return _Source.PRONOUN, None
        verb = _VERB_BEFORE.search(lead) or _ACCORDING.search(lead)
        if not (verb or _COLON_BEFORE.search(lead) or _CALLED.search(lead)):
            return _NOBODY
        start = quote.start - len(lead)
        said = start + verb.start() if verb else quote.start
        person = self._subject(start, said)
        person = person if person is not None else self._subject(said, quote.start)
        if person is not None and self._is_joint(person, start, said):
            return _Source.UNNAMED, None
        if person is None:
            if verb and _THING.search(lead, 0, verb.start()):
                return _NOBODY
            long = len(self.text[quote.start : quote.end].split()) >= SHORTEST
            return (_Source.UNNAMED, None) if verb and long else _NOBODY
        return _Source.NAMED, person

    def _subject(self, start: int, end: int) -> int | None:
        """The first person of the sentence, unless the sentence begins with a phrase of its own: `Welcoming Ann Lee’s news, Bob Dunn said`."""
        named = [m for m in self.people if start <= m.span.start < end]
        if not named:
            return None
        opening = self.text[start : named[0].span.start].split(" ")[0]
        comma = self.text.find(", ", named[0].span.end, end)
        later = [m for m in named if m.span.start > comma >= 0]
        aside = opening.endswith("ing") or opening.casefold() in _OPENING
        return (later if aside and later else named)[0].entity

    def _is_joint(self, person: int, start: int, end: int) -> bool:
        """`Ann Lee and Bob Dunn said`: two speak, so that neither is the speaker."""
        named = [m for m in self.people if start <= m.span.start < end]
        pairs = pairwise(named)
        return any(m.entity == person and self.text[m.span.end : other.span.start] == " and " for m, other in pairs)

    def _first_after(self, quote: Quoted, reach: int) -> int | None:
        for mention in self.people:
            between = self.text[quote.end + 1 : mention.span.start]
            if quote.end <= mention.span.start < quote.end + reach and not re.search(r"[.?!;]\s[A-Z]|[“\"]", between):
                return mention.entity
        return None

    def person_before(self, quote: Quoted) -> int | None:
        """The first person of the nearest sentence before that names any."""
        earlier = [m for m in self.people if m.span.start < quote.start]
        if not earlier:
            return None
        start = self._start_of(earlier[-1].span.start + 1)
        return next(m.entity for m in earlier if m.span.start >= start)

    def _sentence_start(self, quote: Quoted) -> int:
        return max([self._start_of(quote.start), *(other.end for other in self.quoted if other.end < quote.start)])

    def _start_of(self, position: int) -> int:
        """Where the sentence begins that holds the character before a position."""
        place = bisect_left(self.ends, position)
        return self.ends[place - 1] if place else 0

    def follows(self, quote: Quoted, found: Sequence[Utterance]) -> bool:
        """`“…,” said Ann. “…”`: the second half belongs to the first."""
        if not found or quote.end - quote.start < 8:
            return False
        between = self.text[found[-1].end : quote.start]
        return len(between) < 200 and (bool(re.search(SAYING, between)) or not between.strip(" ”“\"‘’'"))

    def _lead(self, quote: Quoted) -> str:
        return self.text[max(0, self._sentence_start(quote), quote.start - 400) : quote.start]

    def _tail(self, quote: Quoted) -> str:
        """The words after the closing mark up to the next opening one."""
        return re.split(r"[“\"]", self.text[quote.end + 1 : quote.end + _REACH])[0]


_OPENING = table("in at on after before with following as alongside during for to among despite joining")


def _is_title_case(words: str) -> bool:
    long = [word for word in words.split() if len(word) > 3]
    return len(long) > 1 and not _ENDS_LIKE_SPEECH.search(words) and all(word[0].isupper() for word in long)


_LEAD_IN = re.compile(rf"\b(?:{SAYING}|saying|as follows)\b[^.“\"]{{0,60}}:\s*$|\b{SAYING}\s*[:,]?\s*$")


def announces(text: str) -> bool:
    """The passage ends by announcing speech: `… MP said:`."""
    end = text.rstrip()[-160:]
    return end[-1:] not in '.!?”"' and bool(_LEAD_IN.search(end))
