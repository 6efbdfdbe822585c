"""Quotations: which quoted stretches of a passage are spoken, and who speaks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goalmap.extract.names import Mention
from goalmap.extract.speech.around import Around
from goalmap.extract.speech.attribution import Reader, Source
from goalmap.extract.speech.marks import Quoted
from goalmap.extract.speech.pronouns import means_him, meant
from goalmap.extract.speech.verbs import SAYING
from goalmap.ingest.document import Kind, Passage


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
    other: int | None = None
    """Of whom its last sentence speaks, after the quotations: who may answer them."""


def utterances_in(
    text: str,
    quoted: Sequence[Quoted],
    people: Sequence[Mention],
    before: Before,
    kin: Mapping[str, int],
    *,
    is_quote: bool = False,
) -> list[Utterance]:
    """The quoted stretches of a passage that are speech, with their speakers; `kin` says who `my aunt` is."""
    if not quoted:
        return []
    reader = Reader.of(text, quoted, people)
    found: list[Utterance] = []
    speaker, was_he = before.speaker, None
    for place, quote in enumerate(quoted):
        source, named = reader.said(quote)
        opens_on = before.goes_on and place == 0 and not text[: quote.start].strip(" “\"‘'")
        follows = bool(found) and reader.follows(quote, found[-1].end)
        is_block = is_quote and 3 * (quote.end - quote.start) > len(text)
        if source is Source.NONE and not (opens_on or follows or is_block):
            continue
        is_he = means_him(reader, quote) if source is Source.PRONOUN else None
        if source is Source.PRONOUN and (not found or {is_he, was_he} == {True, False}):
            speaker = meant(reader, quote, before.speaker, kin)
        elif source in (Source.NAMED, Source.UNNAMED):
            speaker = named
        elif source is Source.NONE and is_block and not (opens_on or follows):
            only = before.other if reader.only_person is None else reader.only_person
            speaker = speaker if only is None else only
        was_he = is_he
        found.append(Utterance(quote.start, quote.end, speaker))
    return found


_LEAD_IN = re.compile(rf"\b(?:{SAYING}|saying|as follows)\b[^.“\"]{{0,60}}:\s*$|\b{SAYING}\s*[:,]?\s*$")

_TO_SAY = re.compile(r"\b[Ww]hat\b[^.:;“\"]{2,80}\s(?:has|have|had)\sto\ssay[.:]?$")
_SAID_AT_END = re.compile(rf"(?:,[^.:;“\"]{{2,120}},|\s\([^)]{{1,60}}\)|,)?(?:\s\w+ly)?\s{SAYING}\s*[:,]?\s*")


def announces(passage: Passage) -> bool:
    """The passage ends by announcing speech: `… MP said:`; a heading does so with a colon."""
    end = passage.text.rstrip()[-160:]
    if _TO_SAY.search(end):
        return True
    is_open = end.endswith(":") if passage.kind in (Kind.HEADING, Kind.TITLE) else end[-1:] not in '.!?”"'
    return is_open and bool(_LEAD_IN.search(end))


def announced(text: str, people: Sequence[Mention]) -> int | None:
    """Whose words the end of a passage announces: `Bob Dunn took it to the board, where Ann Lee said`."""
    around = Around.of(text, (), people)
    last = around.last_before(len(text))
    if last is None or _SAID_AT_END.fullmatch(text, last.span.end):
        return last.entity if last else None
    subject = around.subject(around.start_of(len(text)), len(text))
    return people[0].entity if subject is None else subject


def spoken_of(text: str, people: Sequence[Mention], end: int) -> int | None:
    """The person with whom the last sentence after a quotation begins: `“…,” said Ann Lee. Bob Dunn agreed.`"""
    around = Around.of(text, (), people)
    start = around.start_of(len(text))
    named = around.between(start, start + 1) if start > end else ()
    return named[0].entity if named else None
