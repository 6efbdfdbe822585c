"""Quotations: what stands between quotation marks and is spoken, and who speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goalmap.extract.names import Mention
from goalmap.extract.titles import SAYING

_MARKS = {"“": "”", '"': '"', "„": "”", "«": "»"}
_CURLY_SINGLE = re.compile(r"(?<!\w)‘([^‘]{12,}?)’(?!\w)")
_STRAIGHT_SINGLE = re.compile(r"(?<!\w)'(?=[A-Z])([^\n]{20,}?)(?<=[.,!?])'(?!\w)")
_MOST = 6000
"""A quotation longer than this has lost its closing mark."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks; `open_ended` where the closing mark is missing, so that the next paragraph may go on."""

    start: int
    end: int
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """A spoken stretch of one passage, with its speaker where the passage tells."""

    start: int
    end: int
    speaker: int | None


def quoted_in(text: str) -> list[Quoted]:
    """Everything between double quotation marks; single ones where there are no double ones."""
    return list(_double(text)) or [
        Quoted(match.start(1), match.end(1)) for p in (_CURLY_SINGLE, _STRAIGHT_SINGLE) for match in p.finditer(text)
    ]


def _double(text: str) -> Iterator[Quoted]:
    position = 0
    while position < len(text):
        mark = text[position]
        if mark in _MARKS and _opens(text, position):
            close = _closing(text, position + 1, _MARKS[mark])
            end = len(text.rstrip()) if close is None else close
            if end > position + 1:
                yield Quoted(*_stripped(text, position + 1, end), open_ended=close is None)
            position = end
        position += 1


def _closing(text: str, position: int, mark: str) -> int | None:
    close = text.find(mark, position)
    other = text.find('"', position) if mark == "”" else -1
    found = min((place for place in (close, other) if place >= 0), default=-1)
    return found if 0 <= found <= position + _MOST else None


def _opens(text: str, position: int) -> bool:
    return (
        text[position] != '"'
        or (position + 1 < len(text) and not text[position + 1].isspace())
        or not text[:position].strip()
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_SAID_BEFORE = re.compile(
    rf"(?:\b{SAYING}\b[^.“\"]{{0,80}}|:)[\s,:]*[“\"‘']?$|\b(?:called (?:it|this|them|him|her|the \w+)|described (?:[\w’]+ ){1, 5}as)\s*[“\"‘']?$"
)
_SAID_AFTER = re.compile(rf"^[”\"’']?[,.]?\s*(?:{SAYING}\b|(?:[^.“\"]{{1,90}}?)\b{SAYING}\b)")
_PRONOUN_BEFORE = re.compile(
    rf"\b(?:[Hh]e|[Ss]he|[Tt]hey)(?: (?:also|then|later))? (?:{SAYING}|went on)\b[^.“\"]{{0,40}}[\s,:]*[“\"‘']?$"
)
_PRONOUN_AFTER = re.compile(rf"^[”\"’']?[,.]?\s*(?:(?:he|she|they) {SAYING}|{SAYING} (?:he|she|they))\b")
_LEAD_IN = re.compile(rf"(?:{SAYING}|adding|saying|as follows)\b[^.“\"]{{0,60}}[:,]?\s*$|:\s*$")


def utterances_in(
    text: str, quoted: Sequence[Quoted], people: Sequence[Mention], carried: int | None, goes_on: bool, is_quote: bool
) -> list[Utterance]:
    """The quoted stretches of a passage that are speech.

    `carried` is the speaker so far; `goes_on` says that the passage before ended inside a quotation or announced one.
    """
    found: list[Utterance] = []
    speaker = carried
    for place, quote in enumerate(quoted):
        first_goes_on = goes_on and place == 0 and not text[: quote.start].strip(" “\"‘'")
        named = _speaker(text, quote, quoted, people)
        if named is not None:
            speaker = named
        elif not (
            first_goes_on
            or _is_pronoun_speech(text, quote)
            or _follows_speech(text, quote, found)
            or (is_quote and len(text) < 3 * (quote.end - quote.start))
        ):
            if not _is_spoken(text, quote):
                continue
            speaker = None if not _is_pronoun_speech(text, quote) else speaker
        found.append(Utterance(quote.start, quote.end, speaker))
    return found


def _is_pronoun_speech(text: str, quote: Quoted) -> bool:
    before, after = text[max(0, quote.start - 90) : quote.start], text[quote.end : quote.end + 60]
    return bool(_PRONOUN_BEFORE.search(before) or _PRONOUN_AFTER.match(after))


def _follows_speech(text: str, quote: Quoted, found: Sequence[Utterance]) -> bool:
    """`“…,” said Ann. “…”`: the second half belongs to the first."""
    if not found or quote.end - quote.start < 8:
        return False
    between = text[found[-1].end : quote.start]
    return len(between) < 160 and (bool(re.search(SAYING, between)) or not between.strip(" ”“\"‘'"))


def _is_spoken(text: str, quote: Quoted) -> bool:
    """Speech without a name: announced by a verb of saying, and more than a scare quote."""
    if len(text[quote.start : quote.end].split()) < 4:
        return False
    return bool(
        _SAID_BEFORE.search(text[max(0, quote.start - 120) : quote.start])
        or _SAID_AFTER.match(text[quote.end : quote.end + 140])
    )


def _speaker(text: str, quote: Quoted, quoted: Sequence[Quoted], people: Sequence[Mention]) -> int | None:
    outside = [m for m in people if not any(q.start <= m.span.start < q.end for q in quoted)]
    if len(text[quote.start : quote.end].split()) < 4 and not re.search(r"[.,!?]$", text[quote.start : quote.end]):
        return None
    return (
        _speaker_after(text, quote, outside)
        if _said_right_after(text, quote)
        else _speaker_before(text, quote, outside, quoted)
    )


def _said_right_after(text: str, quote: Quoted) -> bool:
    after = re.split(r"[“\"]", text[quote.end + 1 : quote.end + 260])[0]
    return (
        text[quote.end - 1 : quote.end] in (",", "?", "!", ".", "…", "")
        and bool(re.match(rf"[”\"’']?[,]?\s*(?:{SAYING}\b|[A-Z][^.]{{0,120}}?\b{SAYING}\b(?!:))", after))
        and not re.match(rf"[^.]*\b{SAYING}\b[^.]*:\s*$", after)
    )


def _speaker_after(text: str, quote: Quoted, people: Sequence[Mention]) -> int | None:
    end = quote.end + 260
    for mention in people:
        if quote.end <= mention.span.start < end and not re.search(
            r"[.?!] |[“]", text[quote.end + 1 : mention.span.start]
        ):
            return mention.entity
    return None


def _speaker_before(text: str, quote: Quoted, people: Sequence[Mention], quoted: Sequence[Quoted]) -> int | None:
    """The first person of the sentence that announces the quotation."""
    before = text[: quote.start]
    if not _SAID_BEFORE.search(before[-160:]) or _PRONOUN_BEFORE.search(before[-120:]):
        return None
    start = _sentence_start(before, [q.end for q in quoted if q.end < quote.start])
    named = [m for m in people if start <= m.span.start < quote.start]
    said = [m for m in re.finditer(rf"\b{SAYING}\b", before[start:])]
    nearest = [m for m in named if said and m.span.start < start + said[-1].start()]
    return nearest[0].entity if nearest else (named[-1].entity if named else None)


_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b(?:Dr|Mr|Ms|St|Rt))(?<!\b(?:Mrs|Rev|Hon))[.!?][”\"’']?\s+(?=[“\"A-Z])")


def _sentence_start(before: str, quote_ends: Sequence[int]) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    return max([0, *ends, *quote_ends])


def announces(text: str) -> bool:
    """The passage ends by announcing speech: `… MP said:`."""
    return bool(_LEAD_IN.search(text.rstrip()[-120:])) and bool(re.search(rf"\b{SAYING}\b", text[-160:]))
