"""What a post goes on with: `of nursing and quality`, `for the East Midlands`."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from goalmap.extract.roles.heads import CALENDAR_LOW, PAST, QUALITIES, STOPS, SUFFIXES, is_post, singular
from goalmap.extract.roles.occupations import PAIRS
from goalmap.extract.roles.tokens import Token
from goalmap.extract.words import table

_FIELD = table("of for in to with on")
"""What a post goes on with: of nursing, for the East Midlands, in residence."""
_ACADEMIC = table(
    "lecturer reader professor fellow consultant chair registrar specialist researcher tutor teacher instructor scientist trainee"
)
_TO = table(
    "adviser advisor assistant secretary ambassador consultant chaplain counsel aide clerk envoy apprentice representative"
)
_ON = table("adviser advisor lead spokesperson spokesman spokeswoman commissioner envoy")
_NO_FIELD = table("it him her them us me this that his my your more whom which a an")
_NUMBER = re.compile(
    r"\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty)\b"
)
LONGEST_FIELD = 8
"""Words of what it is for."""


def rightmost(tokens: Sequence[Token], head: int) -> int:
    """Where the post ends with what it is for, before its body."""
    last = head
    while last + 1 < len(tokens) and tokens[last + 1].low in SUFFIXES:
        last += 1
    if last == head and last + 1 < len(tokens) and (tokens[head].low, tokens[last + 1].low) in PAIRS:
        last += 1
    while (end := _field_end(tokens, head, last)) > last:
        last = end
    return _portfolio_end(tokens, last) if last == head else last


def _portfolio_end(tokens: Sequence[Token], last: int) -> int:
    """`Assistant Director, Learning and Skills`: a field after a comma, which must be two things and end the words."""
    field = tokens[last + 2 : last + 9]
    if last + 1 >= len(tokens) or tokens[last + 1].text != "," or not tokens[last].is_capital:
        return last
    run = list(takewhile(lambda token: token.is_capital or token.low in ("and", "&"), field))
    joined = len(run) > 2 and run[-1].is_capital and any(token.low in ("and", "&") for token in run)
    if not joined or any(is_post(token) for token in run) or len(run) == len(field) == 7:
        return last
    after = field[len(run)] if len(run) < len(field) else None
    return last + 1 + len(run) if after is None or (not after.sign and not after.text[0].isalnum()) else last


def _field_end(tokens: Sequence[Token], head: int, last: int) -> int:
    """The last token of `of nursing and quality` after `last`, or `last` where none follows."""
    place = last + 1
    if place >= len(tokens) or tokens[place].low not in _FIELD or not _fits(tokens[place].low, tokens, head, place):
        return last
    end = last
    place += 1
    while place < len(tokens) and place - last <= LONGEST_FIELD:
        token = tokens[place]
        if token.text in ("’s", "'s") and end == place - 1:
            pass
        elif (token.low in ("the", "our", "its", "their") and end == last and place == last + 2) or (
            token.text in ("and", "&", ",") and end > last and _goes_on(tokens, place)
        ):
            place += 1
            continue
        elif token.sign or not token.is_word or _ends_field(tokens, place, end, last):
            break
        end = place
        place += 1
    return _without_kind_of_body(tokens, last, end, place)


def _fits(preposition: str, tokens: Sequence[Token], head: int, place: int) -> bool:
    """Whether this kind of post goes on with this preposition and what follows."""
    if place + 1 >= len(tokens):
        return False
    after = tokens[place + 1].low
    if _NUMBER.match(after) or after in _NO_FIELD:
        return False
    return _FITS.get(preposition, _is_no_date)(singular(tokens[head].low), after)


def _is_no_date(_word: str, after: str) -> bool:
    return after not in CALENDAR_LOW


def _is_subject(word: str, after: str) -> bool:
    return (word in _ACADEMIC or after in ("charge", "residence", "chief")) and after not in CALENDAR_LOW | {"the"}


_FITS: Mapping[str, Callable[[str, str], bool]] = {
    "in": _is_subject,
    "to": lambda word, after: word in _TO,
    "with": lambda word, after: after == "responsibility",
    "on": lambda word, after: word in _ON,
}
"""What else than a date must hold of a post and of the word that follows a preposition."""


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """After `and` or a comma another part of the field comes, not another post, verb or clause."""
    following = tokens[place + 1 : place + 5]
    if not following or not following[0].is_word or following[0].low in STOPS | PAST | QUALITIES:
        return False
    comma = tokens[place].text == ","
    if comma and not (following[0].is_capital and tokens[place - 1].is_capital):
        return False
    if comma and not any(token.low in ("and", "&") for token in following[1:4]):
        return False
    if tokens[place - 1].is_capital and not following[0].is_capital:
        return False
    for token in following:
        if token.sign or not (token.is_word or token.text == "&"):
            break
        if is_post(token) or token.low == "member":
            return False
        if token.low in STOPS:
            break
    return True


def _ends_field(tokens: Sequence[Token], place: int, end: int, last: int) -> bool:
    token = tokens[place]
    if token.low == "of" and end > last:
        return not (
            place + 1 < len(tokens) and tokens[place + 1].is_word and tokens[place + 1].low not in STOPS - {"the"}
        )
    if token.low == "the" and end > last and tokens[place - 1].low == "of":
        return False
    if token.low in STOPS or token.low in CALENDAR_LOW or token.text[0].isdigit():
        return True
    return (end > last and token.low.endswith("ed")) or (
        end > last and tokens[place - 1].is_capital and not token.is_capital and tokens[place - 1].low != "of"
    )


def _without_kind_of_body(tokens: Sequence[Token], last: int, end: int, place: int) -> int:
    """`chair of the charity ⟨O⟩`: the words right before a body say what it is, not what the post is for."""
    if place < len(tokens) and tokens[place].sign == "O" and end == place - 1 and tokens[end].text not in ("’s",):
        return last
    return (
        end if end > last + 1 or (end == last + 1 and tokens[end].is_word and tokens[end].low not in _FIELD) else last
    )
