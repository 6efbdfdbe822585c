"""A clause cut to the length of a title, where a reader would cut it."""

import re
from collections.abc import Sequence

from goalmap.extract.figures.periods import PERIOD
from goalmap.extract.sentences import bare
from goalmap.extract.verbs import AUXILIARIES, VERBS, is_finite
from goalmap.extract.words import table

MOST = 12
"""Words of a title, which may have a few more where its verb comes late."""
_OVER = 3
_PER_WORD_OVER = -1.4
_COMFORTABLE = 7
_PER_WORD_UNDER = -0.5
LEAST = 4
"""Words that a title keeps at least, where it is cut."""
_SUBORDINATE = table(
    "who which whose whom where when while because after before until unless if although though so but since as including such rather except whether plus"
)
_PREPOSITIONS = table(
    "with by for at in on from through during under without across within via alongside between around along over among into onto against towards about near inside outside"
)
_NO_END = (
    _SUBORDINATE
    | _PREPOSITIONS
    | table(
        """
        a an the of to and or nor than that this these those their its our your his her my every each any no some not more most less least such very too both
        either neither is are was were be been being has have had do does did will would can could may might must shall should up out off also now how why what
        another other per own only just even still already first new same between about nearly almost around over under under- so as & + – - it they we you i he she who
        able like one two three four five six seven eight nine ten twelve hundred thousand free young older local further last over least rather own
        """
    )
)
_OPENS_CLAUSE = table("we they it he she you i there this these those all each both one most many some")
_WEIGHTS = ((_SUBORDINATE, 2.5), (_PREPOSITIONS, 1.8))
_TO_INFINITIVE, _COMMA, _AND_VERB, _AND, _THAT = 1.0, 3.0, 1.6, -0.2, 2.0
_COMMA_AND, _DOING = 4.2, 1.9
_STANDS_ALONE = table(
    "apply open close closed work live come go begin start started visit join attend grow rise fall pass meet call sit help opened moved"
)
"""Verbs that need nothing behind them."""
_TIME = 2.4
_PER_WORD, _NO_VERB, _BROKEN_PHRASE = 0.4, -5.0, -4.5
_RELATIVE = table("who which that whose where whom")
_OPENS_INNER = table("which who whom whose what how whether why where")
_GIVING = table(
    "give gives gave given giving lend lends lent offer offers offered pay pays paid teach teaches taught send sends sent"
)
_TOKENS = table("a an one two three four five six seven eight nine ten their")
_BEFORE_SECOND = table("and or of the a an to than as") | AUXILIARIES
_BEFORE_NOUN = table("the a an our its their his her of for with in on at by from to no this these each every more")
"""Words after which what looks like a verb is a noun: `the work`."""
_MARKS_BEHIND = " ,;:.!?–—-…|"
_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_SIGNS = str.maketrans("", "", '“”"')


def shortened(clause: str, most: int = MOST) -> str:
    """The clause as a title: up to its best place to stop, with a capital and without marks behind."""
    words = _PARENTHESES.sub("", clause).translate(_SIGNS).split()
    kept = words if len(words) <= most + 2 else words[: _best_end(words, most)]
    return _as_title(" ".join(kept))


def _as_title(words: str) -> str:
    words = words.strip(_MARKS_BEHIND).strip("‘") if words.count("’") == 0 else words.strip(_MARKS_BEHIND)
    return words[:1].upper() + words[1:]


def _best_end(words: Sequence[str], most: int) -> int:
    verb = _main_verb(words)
    times = _times(words)
    second = _second_object(words, verb)
    last = min(most + _OVER, len(words) - 1)
    ends = {
        end: weight
        for end in range(LEAST, last + 1)
        if (weight := _weight(words, end, verb, times, most, second)) is not None
    }
    if ends:
        return max(ends, key=lambda end: (ends[end], end))
    end = most
    while end > LEAST and bare(words[end - 1]) in _NO_END:
        end -= 1
    return end


def _main_verb(words: Sequence[str]) -> int:
    """Place of the first verb that is not part of a clause on a noun: `people who come in | can`."""
    inside = False
    for place, word in enumerate(map(bare, words)):
        if place and word in _RELATIVE:
            inside = True
        elif is_finite(word) and not (place and bare(words[place - 1]) in _BEFORE_NOUN):
            if not inside or place == 0:
                return place
            following = bare(words[min(place + 1, len(words) - 1)])
            inside = word in AUXILIARIES and is_finite(following)
    return 0 if bare(words[0]) in VERBS else len(words)


def _times(words: Sequence[str]) -> frozenset[int]:
    """Places of words with which a time begins: `last year`, `since 2016`."""
    text = " ".join(words)
    found = (match for match in PERIOD.finditer(text) if not text.startswith(("’", "'"), match.end()))
    return frozenset(text[: match.start()].count(" ") for match in found)


def _is_in_a_name(words: Sequence[str], end: int) -> bool:
    """`Department | for Education`."""
    return end + 1 < len(words) and words[end - 1][:1].isupper() and words[end + 1][:1].isupper()


def _weight(
    words: Sequence[str], end: int, verb: int, times: frozenset[int], most: int, second: int = 0
) -> float | None:
    """How well the clause stops before a word; None where it cannot."""
    last, after = bare(words[end - 1]), bare(words[end])
    if last in _NO_END or bare(words[end - 2]) in _RELATIVE or words[end - 1].endswith(("’s", "'s", "s’", "s'")):
        return None
    boundary = _boundary(words, end, after, end in times)
    if boundary is None or _hangs(words, end):
        return None
    if after in ("for", "of", "and", "&", "upon") and _is_in_a_name(words, end):
        return None
    needs_more = last in VERBS and last not in _STANDS_ALONE
    broken = after in _PREPOSITIONS | {"to"} and needs_more and not words[end - 1].endswith(",")
    return (
        boundary
        + _PER_WORD * end
        + (_NO_VERB if end <= verb else 0)
        + (_BROKEN_PHRASE if broken or end <= second + 1 else 0)
        + _PER_WORD_OVER * max(0, end - most)
        + _PER_WORD_UNDER * max(0, min(_COMFORTABLE, most) - end)
    )


def _hangs(words: Sequence[str], end: int) -> bool:
    """Whether it stops in a clause before its verb: `courses, which 184 builders`, `asked what the main earner`."""
    for place in range(end - 1, max(0, end - 9), -1):
        if bare(words[place]) in _OPENS_INNER:
            return not any(is_finite(word) or word in VERBS for word in map(bare, words[place + 1 : end]))
    return False


def _second_object(words: Sequence[str], verb: int) -> int:
    """Place of what is given, behind to whom: `gives students from poor homes | a bursary`; 0 where nothing is given so."""
    if verb >= len(words) or bare(words[verb]) not in _GIVING or bare(words[min(verb + 1, len(words) - 1)]) in _TOKENS:
        return 0
    for place in range(verb + 2, min(verb + 11, len(words))):
        before = bare(words[place - 1])
        opens = bare(words[place]) in _TOKENS or words[place][0] in "£0123456789"
        if (
            opens
            and before not in _BEFORE_SECOND
            and before not in _PREPOSITIONS
            and not words[place - 1].endswith(",")
        ):
            return place
    return 0


def _boundary(words: Sequence[str], end: int, after: str, is_time: bool) -> float | None:
    if words[end - 1].endswith((",", ";", ":", "–", "—", ".")) or words[end] in ("–", "—", "-"):
        if words[end - 1].endswith(",") and _in_a_list(words, end):
            return None
        return _COMMA_AND if after in ("and", "but") else _COMMA
    if is_time:
        return _TIME
    if after in ("and", "or"):
        following = bare(words[end + 1]) if end + 1 < len(words) else ""
        return _AND_VERB if is_finite(following) or following in _OPENS_CLAUSE or following == "to" else _AND
    if after == "to" and any(char.isdigit() for char in words[end - 1]):
        return None
    if after.endswith("ing") and after in VERBS:
        return _DOING
    special = {"to": _TO_INFINITIVE, "that": _THAT}
    return special.get(after, next((weight for known, weight in _WEIGHTS if after in known), None))


def _in_a_list(words: Sequence[str], end: int) -> bool:
    """Whether the comma before stands between things of one list: `lunch, a game and a walk`."""
    for place in range(end, min(end + 6, len(words))):
        word = bare(words[place])
        if word in ("and", "or"):
            return place > end or _commas_before(words, end) > 1
        if is_finite(word) or word in _SUBORDINATE or word in _OPENS_CLAUSE:
            return False
    return any(word.endswith(",") for word in words[end : end + 4])


def _commas_before(words: Sequence[str], end: int) -> int:
    return sum(word.endswith(",") for word in words[max(0, end - 6) : end])
