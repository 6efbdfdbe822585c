"""Whom `she` means beside a quotation."""

from collections.abc import Mapping

from goalmap.extract.names import Mention
from goalmap.extract.speech import frames
from goalmap.extract.speech.around import BACK, Around
from goalmap.extract.speech.marks import Quoted


def meant(around: Around, quote: Quoted, before: int | None, kin: Mapping[str, int]) -> int | None:
    """The person named last, unless somebody without a name has come in since; `kin` says who `my aunt` is."""
    last = around.last_before(quote.start)
    since = max(last.span.end if last else 0, quote.start - BACK)
    if stranger := frames.STRANGER.search(around.text, since, quote.start):
        own = frames.KIN.search(stranger.group())
        return kin.get(own["kin"]) if own else None
    if last and frames.OF_SOMEBODY_ELSE.match(around.text, last.span.end) and _begins(around, last):
        return None
    person = _named_before(around, quote)
    if person is None and before is None:
        return _named_after(around, quote)
    return before if person is None else person


def _named_before(around: Around, quote: Quoted) -> int | None:
    """The first person of the nearest sentence before that names any, if possible not after a pronoun that means another."""
    nearest = None
    is_he = means_him(around, quote)
    earlier = [
        m
        for m in around.between(quote.start - BACK, quote.start)
        if not _is_against(m, is_he) and not frames.OF_SOMEBODY_ELSE.match(around.text, m.span.end)
    ]
    while earlier:
        start = around.start_of(earlier[-1].span.start + 1)
        first = next(m.entity for m in earlier if m.span.start >= start)
        nearest = first if nearest is None else nearest
        if not frames.BEGINS_WITH_PRONOUN.match(around.text, start):
            return first
        earlier = [m for m in earlier if m.span.start < start]
    return nearest


def means_him(around: Around, quote: Quoted) -> bool | None:
    """Whether the pronoun beside a quotation is `he`, if it is `he` or `she`."""
    tail = around.tail(quote)
    before = [*frames.HE_OR_SHE.finditer(around.lead(quote))]
    pronoun = before[-1] if before and not frames.PRONOUN_AFTER.match(tail) else frames.HE_OR_SHE.search(tail)
    return bool(pronoun["he"]) if pronoun else None


def _begins(around: Around, mention: Mention) -> bool:
    """Whether a sentence begins with a name."""
    return around.start_of(mention.span.start + 1) == mention.span.start


def _is_against(mention: Mention, is_he: bool | None) -> bool:
    """Whether the honorific says that the pronoun means another."""
    honorific = frames.HONORIFIC.match(mention.surface)
    return honorific is not None and is_he is not None and bool(honorific["he"]) is not is_he


def _named_after(around: Around, quote: Quoted) -> int | None:
    """`“Soup,” he offered. Ann Lee laughed.`: after a quotation that opens the passage, the subject of the next sentence."""
    end = around.end_after(quote.end + 1)
    if end is None or around.text[: max(0, quote.start - 1)].strip():
        return None
    subject = (m for m in around.between(end, end + 1) if around.text[m.span.end : m.span.end + 1] in (" ", ","))
    return next((m.entity for m in subject), None)
