"""Where known names come back without the words that showed what they are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from goalmap.extract.candidates import Candidate, Sure, best_of
from goalmap.extract.linking.known import Known
from goalmap.extract.names import EntityKind
from goalmap.extract.words import STARTERS, starts_sentence, table, words_of

_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|near|across|around|outside|throughout|within|for|of|from|at|between|and|to|the|over|serving|visit) |,\s)$",
    re.I,
)
_VERB_AFTER = re.compile(
    r"^(?: (?:has|have|had|is|was|will|would|can|could|to|does|did|opens|also|now|says|said|and its|says|plans|aims|hopes|wants|offers|runs|pays|takes|gives|puts|works|helps|\w+ed)\b|[’']s\b)"
)
_JOINING = re.compile(r"\b(?:joins|joined|join|leaves|left|by|thank|thanks to|how|as) $", re.I)


def find_again(text: str, known: Mapping[str, Sequence[Known]], taken: Sequence[Candidate]) -> list[Candidate]:
    """What was found in this passage, with the document's known names where no rule has found them; they outrank guesses."""
    sure = [c for c in taken if c.sure is not Sure.MODEL]
    guesses = [c for c in taken if c.sure is Sure.MODEL]
    again = [
        Candidate(name.kind, word.start, word.start + len(name.text), name.rule, Sure.CONTEXT)
        for word in words_of(text)
        if word.is_capital and (name := _known_at(text, word.start, known))
    ]
    best = best_of([*(c._replace(sure=Sure.KNOWN) for c in sure), *again, *guesses])
    return [*sure, *(c for c in best if c.sure is not Sure.KNOWN)]


def _known_at(text: str, start: int, known: Mapping[str, Sequence[Known]]) -> Known | None:
    for name in known.get(text[start : start + 3], ()):
        end = start + len(name.text)
        if (
            text.startswith(name.text, start)
            and not _goes_on(text, end)
            and (not name.short or _fits_here(text, start, end, name))
        ):
            return name
    return None


def _goes_on(text: str, end: int) -> bool:
    return text[end : end + 1].isalnum() or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum())


def _fits_here(text: str, start: int, end: int, name: Known) -> bool:
    """A short form must not be part of a longer run of capitals, nor a place, nor a common word."""
    if _in_longer_run(text, start, end):
        return False
    if name.rule == "short form":
        return _acts_like_a_body(text, start, end, name)
    if name.kind is EntityKind.PERSON:
        return not (starts_sentence(text, start) and name.text in STARTERS)
    return not starts_sentence(text, start) or name.kind is EntityKind.INITIATIVE or name.text not in STARTERS


def _in_longer_run(text: str, start: int, end: int) -> bool:
    after = text[end : end + 2]
    before = re.search(r"(\w+) $", text[max(0, start - 20) : start])
    follows = bool(
        before and before.group(1)[0].isupper() and not starts_sentence(text, start - len(before.group(1)) - 1)
    )
    return (after[:1] == " " and after[1:].isupper()) or (
        follows and bool(before) and before is not None and before.group(1) not in _TITLES_BEFORE
    )


_TITLES_BEFORE = table("Mr Mrs Ms Miss Dr Professor Prof Sir Dame Lord Lady Baroness Cllr Councillor Rev Canon Sister")


def _acts_like_a_body(text: str, start: int, end: int, name: Known) -> bool:
    if _JOINING.search(text[max(0, start - 12) : start]):
        return True
    single = " " not in name.text
    if _PLACE_BEFORE.search(text[max(0, start - 12) : start]):
        return False
    return not single or bool(_VERB_AFTER.match(text[end : end + 14]))


def index_of(known: Iterable[Known]) -> dict[str, list[Known]]:
    """Known names by their first three characters, longest first."""
    index: dict[str, list[Known]] = defaultdict(list)
    for name in sorted(known, key=lambda name: -len(name.text)):
        index[name.text[:3]].append(name)
    return index
