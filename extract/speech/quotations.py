"""Quotations: which quoted stretches of a passage are spoken, and who speaks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goalmap.extract.names import Mention
from goalmap.extract.speech import frames
from goalmap.extract.speech.attribution import Reader, Source, sentence_ends
from goalmap.extract.speech.marks import Quoted
from goalmap.extract.speech.verbs import SAYING


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
    reader = Reader(text, quoted, _outside(people, quoted), sentence_ends(text))
    found: list[Utterance] = []
    speaker = before.speaker
    for place, quote in enumerate(quoted):
        source, named = reader.said(quote)
        opens_on = before.goes_on and place == 0 and not text[: quote.start].strip(" “\"‘'")
        follows = bool(found) and reader.follows(quote, found[-1].end)
        is_block = is_quote and 3 * (quote.end - quote.start) > len(text)
        if source is Source.NONE and not (opens_on or follows or is_block):
            continue
        if source is Source.PRONOUN and not found:
            speaker = _meant(reader, quote, before.speaker, kin)
        elif source in (Source.NAMED, Source.UNNAMED):
            speaker = named
        elif source is Source.NONE and is_block and not (opens_on or follows):
            only = reader.only_person()
            speaker = speaker if only is None else only
        found.append(Utterance(quote.start, quote.end, speaker))
    return found


def _meant(reader: Reader, quote: Quoted, before: int | None, kin: Mapping[str, int]) -> int | None:
    """Whom `she` means: the person named last, unless somebody without a name has come in since."""
    if stranger := reader.stranger(quote):
        own = frames.KIN.search(stranger.group())
        return kin.get(own["kin"]) if own else None
    person = reader.person_before(quote)
    if person is None and before is None:
        return reader.person_after(quote)
    return before if person is None else person


def _outside(people: Sequence[Mention], quoted: Sequence[Quoted]) -> list[Mention]:
    return [m for m in people if not any(quote.start <= m.span.start < quote.end for quote in quoted)]


_LEAD_IN = re.compile(rf"\b(?:{SAYING}|saying|as follows)\b[^.“\"]{{0,60}}:\s*$|\b{SAYING}\s*[:,]?\s*$")


def announces(text: str) -> bool:
    """The passage ends by announcing speech: `… MP said:`."""
    end = text.rstrip()[-160:]
    return end[-1:] not in '.!?”"' and bool(_LEAD_IN.search(end))
