"""Published measures of the socio-economic background of a body's people, never of one person."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from goalmap.extract.figures.amounts import SENTENCE_END
from goalmap.extract.figures.background import (
    NATION,
    TOPIC,
    Answer,
    answer_in,
    is_staff,
    is_topic,
    level_of,
    question_in,
    staff_at_start,
    staff_in,
    staff_level,
)
from goalmap.extract.figures.measure_rows import measures_of_row, year_in, year_of
from goalmap.extract.figures.numbers import PERCENT
from goalmap.extract.figures.tables import headers_of, is_row
from goalmap.extract.names import EntityKind, Figure, Measure, Mention, Span
from goalmap.ingest.document import Document, Passage

SHARE, RESPONSE, GAP, TARGET = "share", "response rate", "pay gap", "target"

_SENTENCE = re.compile(SENTENCE_END)
_AIM = re.compile(
    r"\b(?:target|aims?|aimed|aiming|wants?|goals?|ambition|aspires?|aspiration|hopes?|pledged?|commit(?:ted|ment)?|should)\b",
    re.I,
)
_ANSWERED = re.compile(
    r"response[ ]rates?|\bresponded|\breplied|\bansw?ered|\bdeclaration|\bdisclos(?:ure|ed)|\bshared[ ]their|completion[ ]of|\bcompleted[ ]the"
    r"|\btold[ ]us[ ](?:what|about|their)|\b(?:hold|holds|have|has)[ ](?:[\w-]+[ ]){0,4}?data[ ](?:on|for)",
    re.I,
)
_UNANSWERED = re.compile(r"\bnot[ ](?:yet[ ])?(?:answered|replied|responded|shared)|declined|prefer", re.I)
_PAY = re.compile(r"\bpay\b|\bpaid\b|\bearns?\b|\bearned\b|\bgap\b", re.I)
_PAY_BEFORE = re.compile(r"\bpay[ ]gap|\bclass[ ]gap|background[ ]gap", re.I)
_LESS = re.compile(r"[ ](?:less|lower|behind|pay[ ]gap|gap|more[ ]than)\b")
_OTHER_GAP = re.compile(r"\b(?:gender|ethnic\w*|race|disab\w*|sex|age)\b", re.I)
_LINK = re.compile(
    r"\b(?:come|comes|came|are|is|was|were|be|been|had|have|has|went|go|gone|attended|grew|say|says|said|described|did|do|born|identify|identified|told|start)\b",
    re.I,
)
_STANDS = re.compile(
    r"\b(?:is|was|are|were|be|rose|rises|fell|grew|stood|stands|reached|reach|makes?|made|up|lift|raise|increased?|to|representation)\b",
    re.I,
)
_SHARE_OF = re.compile(r"\b(?:share|proportion|percentage|number|representation|intake)\b", re.I)
_NO_SHARE = re.compile(
    r"\b(?:turnover|promotion|score|satisfaction|sickness|hours|profit|money|applicants|volunteers|rate[ ]for)\b", re.I
)
_OF = re.compile(
    r"(?:[ ]or[ ]more)?[ ](?:of[ ](?:(?:the|our|its|their|these|all|new)[ ](?!starters|recruits|hires|joiners))*)"
)
_AT_LEVEL = re.compile(
    r"[ ](?:at|in)[ ](?P<level>[a-z-]+[ ]level|band[ ]\w+[ ]and[ ]above|senior[ ]roles|senior[ ]posts)"
)
_AMONG = re.compile(
    r"\b(?:[Aa]mong|[Oo]f)[ ](?:(?:the|our|its|all)[ ])*(?:[\d,]+[ ])?(?P<who>(?:[\w-]+[ ]){0,3}[\w-]+)"
)
_WHO_ANSWERED = re.compile(
    r"(?:[\d,]+|those|people|staff|colleagues)[ ]who[ ](?:answered|replied|responded|took[ ]part)\b"
)
_OF_ANSWERS = re.compile(
    r"\bof[ ]those[ ]who\b|\brespond|\bstaff[ ](?:survey|census)\b|\bof[ ][^.;:]{0,40}[ ]who[ ](?:answered|replied|took[ ]part)\b",
    re.I,
)
_OF_NONE = re.compile(r"(?:those|all|us)\b(?![ ]who[ ](?:answered|replied|responded))")
_WHO_BEFORE = re.compile(
    r"\b(?:share|proportion|percentage|number)[ ]of[ ](?:(?:the|our|its)[ ])*(?P<who>[\w-]+(?:[ ][\w-]+){0,2}?)[ ](?:from|who|that|with|in)\b"
)
_CLASS_OF = re.compile(
    r"(?:working[- ]class|state[- ]educated|privately[ ]educated|first[- ]generation)[ ](?:representation[ ]in[ ])?(?P<who>(?:[a-z-]+[ ])?[a-z-]+)",
    re.I,
)
_ENDS = re.compile(
    r"(?:[ ](?:background|famil|home|household|origin|group|start)\w*)?(?:[.,;)]|$|[ ](?:by|in)[ ](?:19|20)\d\d)"
)
"""What follows an answer that no verb ties to its figure."""
_JOINED = re.compile(
    r"(?:[ ]of[ ](?:\w+[ ]){0,3}?\w+)?(?:[ ]in[ ](?:19|20)\d\d)?(?:,|;)?(?:[ ](?:and|but|to|up[ ]from|down[ ]from|from|against)|,|;)[ ](?:among[ ](?:[\w-]+[ ]){1,5})?(?:a[ ])?",
    re.I,
)
_GOES_ON = re.compile(r"[ ](?:to|from|at)[ ](?:an?[ ])?")


class _Found(NamedTuple):
    """What a sentence says of one figure."""

    kind: str
    group: str | None = None
    level: str | None = None
    question: str | None = None


class Bodies(NamedTuple):
    """The organisations named in a passage, and the one that the document speaks for."""

    named: Sequence[Mention]
    publisher: int | None


def find_measures(
    document: Document,
    figures: Sequence[Figure],
    mentions: Sequence[Sequence[Mention]],
    kinds: Sequence[EntityKind],
    publisher: int | None,
) -> Iterator[Measure]:
    """The figures of a document that are such measures, each with its body, question, group and year.

    `mentions` are those in each passage, `kinds` those of the entities; `publisher` is the body that the document speaks for.
    """
    by_passage: dict[int, list[Figure]] = {}
    for figure in figures:
        by_passage.setdefault(figure.span.passage, []).append(figure)
    headers = headers_of(document.passages)
    for place, here in by_passage.items():
        passage = document.passages[place]
        if not passage.is_english:
            continue
        if is_row(passage):
            yield from measures_of_row(passage, here, headers[place], publisher)
        elif is_topic(passage.text) or is_topic(passage.heading or ""):
            yield from _of_prose(
                passage,
                here,
                Bodies([m for m in mentions[place] if kinds[m.entity] is EntityKind.ORGANISATION], publisher),
            )


def _of_prose(passage: Passage, figures: Sequence[Figure], bodies: Bodies) -> Iterator[Measure]:
    starts = [0, *(match.end() for match in _SENTENCE.finditer(passage.text)), len(passage.text)]
    for start, end in pairwise(starts):
        last: tuple[Figure, _Found] | None = None
        for figure in (f for f in figures if start <= f.span.start < end):
            told = _Told(passage, start, end, figure, last)
            if found := told.found():
                last = (figure, found)
                yield _measure(passage, figure, found, _body(told, bodies))


def _measure(passage: Passage, figure: Figure, found: _Found, body: int | None) -> Measure:
    group = ", ".join(part for part in (found.group, found.level) if part) or None
    year = year_of(figure) or year_in(passage.heading or "")
    return Measure(figure.span, found.kind, figure.value, figure.unit or PERCENT, body, found.question, group, year)


class _Told(NamedTuple):
    """A figure in its sentence, with the measure before it there."""

    passage: Passage
    start: int
    end: int
    figure: Figure
    last: tuple[Figure, _Found] | None

    @property
    def lead(self) -> str:
        return self.passage.text[self.start : self.figure.span.start]

    @property
    def tail(self) -> str:
        return self.passage.text[self.figure.span.end : self.end]

    @property
    def sentence(self) -> str:
        return self.passage.text[self.start : self.end]

    def found(self) -> _Found | None:
        """What the sentence says of the figure, None where it is no such measure."""
        is_share = self.figure.unit == PERCENT
        about = TOPIC.search(self.sentence) or TOPIC.search(self._context)
        if not about or not (is_share or self.figure.unit in ("£", "€", "$")) or NATION.search(self._clause_lead):
            return None
        if found := self._gap():
            return found
        found = (self._share() or self._response() or self._continued()) if is_share else None
        if (
            found
            and found.kind in (SHARE, RESPONSE)
            and _AIM.search(self.lead + self.tail[:90] if found.kind == SHARE else self.lead)
        ):
            return found._replace(kind=TARGET)
        return found

    @property
    def _context(self) -> str:
        return f"{self.passage.heading or ''} {self.passage.text[: self.start]}"

    @property
    def _clause_lead(self) -> str:
        return re.split(r"[;:]", self.lead)[-1]

    @property
    def _group_words(self) -> str:
        """The words right after the figure that say of whom it is the share."""
        match = _OF.match(self.tail)
        if match:
            return self.tail[match.end() :]
        is_odds = " in " in self.passage.text[self.figure.span.start : self.figure.span.end]
        return self.tail.lstrip() if is_odds else ""

    def _gap(self) -> _Found | None:
        lead, question = self._clause_lead, question_in(self.sentence)
        own = re.split(r",|\band\b", lead)[-1]
        if _OTHER_GAP.search(own) or not TOPIC.search(self.sentence + (self.passage.heading or "")):
            return None
        if self.tail.startswith(")") and TOPIC.search(own) and _PAY_BEFORE.search(self._context):
            return _Found(GAP, question=question)
        if _PAY_BEFORE.search(lead) and not _OF.match(self.tail) and not re.search(r"\bfound\b.{0,3}$", lead):
            return _Found(GAP, question=question)
        if (_PAY.search(lead) or re.match(r"[ ]pay[ ]gap", self.tail)) and _LESS.match(self.tail):
            return _Found(GAP, question=question)
        return _Found(GAP, question=question) if self.last and self.last[1].kind == GAP and self._is_joined() else None

    def _share(self) -> _Found | None:
        after = answer_in(self.tail)
        if after and (found := self._answer_after(*after)):
            return found
        return self._answer_before()

    def _answer_after(self, answer: Answer, match: re.Match[str]) -> _Found | None:
        """`38 % of our staff came from a working-class background`."""
        between = self.tail[: match.start()]
        if len(between) > 110 or NATION.search(between) or re.search(r"[.;]\s", between):
            return None
        who, level = self._who(between)
        if direct := re.fullmatch(r"[ ](?:a[ ]|of[ ])?", between):
            named = _CLASS_OF.match(self.tail[match.start() :])
            level = staff_in(named["who"]) if named else None
            return _found(answer, level, self.sentence) if direct and level else None
        own, sign, _ = between.partition("%")
        if who is None or (sign and _LINK.search(own)):
            return None
        linked = _LINK.search(between) or _LINK.search(match.group())
        ends = _ENDS.match(self.tail[match.end() :].lstrip("s"))
        return _found(answer, level, self.sentence) if linked or ends else None

    def _who(self, between: str) -> tuple[str | None, str | None]:
        """Of whom it is a share, and their level; None where they are not the body's people."""
        words = self._group_words
        if words:
            if answered := _WHO_ANSWERED.match(words):
                return answered.group(), None
            named = None if _OF_NONE.match(words) else staff_at_start(words)
            at = _AT_LEVEL.match(words, len(named)) if named else None
            return (named, at["level"] if at else level_of(named)) if named else (None, None)
        goes_on = _GOES_ON.fullmatch(between) and _LINK.search(self.lead)
        if not _LINK.match(between.strip()) and not self.last and not goes_on:
            return None, None
        before = [m["who"] for m in _AMONG.finditer(self._clause_lead)]
        staff = next((staff_at_start(who) for who in reversed(before) if staff_at_start(who)), None)
        if staff or _OF_ANSWERS.search(self.lead):
            return staff or "those", level_of(staff or "those")
        direct = re.match(r"\s*(?P<who>[a-z]+)\b", between)
        return (direct["who"], level_of(direct["who"])) if direct and is_staff(direct["who"]) else (None, None)

    def _answer_before(self) -> _Found | None:
        """`The share of leaders from a working-class background rose from 21 %`."""
        clause = re.split(r"[;:]|,[ ](?!up|down)", self.lead)[-1]
        found = answer_in(clause)
        if not found:
            return self._asked_before()
        answer, match = found
        subject, verb = clause[: match.start()], clause[match.end() :]
        if _NO_SHARE.search(clause) or re.search(r"\d", verb.partition(" in ")[0]) or not _STANDS.search(verb):
            return None
        if self._group_words and not (named := staff_at_start(self._group_words)):
            return None
        level = level_of(named) if self._group_words and named else None
        if of := _WHO_BEFORE.search(clause):
            return _found(answer, staff_level(of["who"]), self.sentence) if is_staff(of["who"]) else None
        if named_class := _CLASS_OF.search(clause):
            who = staff_in(named_class["who"])
            if who:
                return _found(answer, level or level_of(who), self.sentence)
        if _SHARE_OF.search(subject) or is_staff(re.sub(r"[ ](?:from|of)(?:[ ]an?)?[ ]$", "", subject)):
            return _found(answer, self._level_after() or level, self.sentence)
        return None

    def _asked_before(self) -> _Found | None:
        """`We asked about free school meals, and 26 % of respondents said that they had them`."""
        question = question_in(self.lead)
        if question != "free school meals" or not re.match(
            r"[ ]of[ ]respondents[ ]said[ ](?:that[ ])?they[ ]had", self.tail
        ):
            return None
        return _Found(SHARE, question, None, question)

    def _level_after(self) -> str | None:
        match = _AMONG.search(self.tail[:60])
        return staff_level(match["who"]) if match else None

    def _response(self) -> _Found | None:
        since = self.last[0].span.end if self.last and self.last[1].kind == SHARE else self.start
        words = self.passage.text[since : self.figure.span.start] + self.tail[:110]
        own = re.split(r",|\band\b", self._clause_lead)[-1]
        if _OTHER_GAP.search(own) or _UNANSWERED.search(self.tail) or not _ANSWERED.search(words):
            return None
        about = TOPIC.search(self.sentence) or question_in(self._context) or TOPIC.search(self.passage.heading or "")
        return _Found(RESPONSE, question=question_in(self.sentence, self.passage.text[: self.start])) if about else None

    def _continued(self) -> _Found | None:
        """A second figure of the same kind: `but 19 % of managers`, `up from 22 % in 2020`."""
        if not self.last or not self._is_joined():
            return None
        own, found = answer_in(self.tail[:40]), self.last[1]
        if _OTHER_GAP.search(self.passage.text[self.last[0].span.end : self.figure.span.start]):
            return None
        if own:
            return found._replace(group=own[0].group, question=own[0].question or found.question)
        if self._group_words:
            named = staff_at_start(self._group_words)
            return found._replace(level=level_of(named)) if named else None
        among = _AMONG.search(self.passage.text[self.last[0].span.end : self.figure.span.start])
        if among and (staff := staff_at_start(among["who"])):
            return found._replace(level=level_of(staff))
        return found

    def _is_joined(self) -> bool:
        assert self.last is not None
        between = self.passage.text[self.last[0].span.end : self.figure.span.start]
        short = len(between) < 90 and not re.search(r"[.;:]\s(?!among)|\bfound\b|\bwomen\b|\bmen\b", between)
        return bool(_JOINED.fullmatch(between)) or (
            short and bool(re.search(r"\b(?:up|down)[ ]from[ ]|[;,][ ]among\b|\band[ ]$|\bas[ ]did[ ]$", between))
        )


def _found(answer: Answer, level: str | None, sentence: str) -> _Found:
    question = answer.question or (
        question_in(sentence) if answer.group in ("working-class", "professional", "intermediate") else None
    )
    return _Found(SHARE, answer.group, level, question)


def _body(told: _Told, bodies: Bodies) -> int | None:
    """The body named in the sentence, unless the document speaks of itself or the name is that of the asker."""
    if re.search(r"\b(?:we|our|us)\b", told.sentence, re.I):
        return bodies.publisher
    here = [m for m in bodies.named if told.start <= m.span.start < told.end and not _is_asker(told, m.span)]
    return here[0].entity if here else bodies.publisher


def _is_asker(told: _Told, span: Span) -> bool:
    before = told.passage.text[told.start : span.start]
    return bool(re.search(r"\b(?:by|from|question\w*[ ]of|with|under|for)[ ](?:the[ ])?$", before))
