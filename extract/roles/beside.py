"""The bodies that stand after a post: `of ⟨O⟩`, `at the charity ⟨O⟩ and ⟨O⟩`, `, ⟨O⟩`."""

from collections.abc import Sequence
from itertools import takewhile

from goalmap.extract.roles.heads import CALENDAR_LOW, LEADS, STOPS
from goalmap.extract.roles.tokens import Token
from goalmap.extract.speech.verbs import VERBS as SPEECH
from goalmap.extract.words import table

_AT = table("of at for with in to from on by across")
_KIN = table("parent owner sister subsidiary successor predecessor charity arm")
"""What a body is to another that is then named."""
_KIND_OF_BODY = 5
"""Most words between a post and the body it is at: chair of the industry body ⟨O⟩."""
GROUPS = table(
    "panel committee board group forum network team council partnership taskforce party corporation trustees governors service programme campaign college faculty school department"
)
"""What a body has that may have a chair of its own."""


def group_of(tokens: Sequence[Token], body: int) -> int:
    """The last word of `⟨O⟩’s awards panel`, or the body where nothing of it follows."""
    if body + 2 >= len(tokens) or tokens[body + 1].text not in ("’s", "'s"):
        return body
    for place in range(body + 2, min(body + 7, len(tokens))):
        if tokens[place].low in GROUPS:
            return place
        if not tokens[place].is_word or tokens[place].low in STOPS - {"and"}:
            break
    return body


def body_after(tokens: Sequence[Token], last: int, again: bool) -> int | None:
    """The place of the body that the post is at."""
    if not again:
        place = _after_aside(tokens, last)
        if place < len(tokens) and tokens[place].text in (",", "(", "|", "–", "—", "-"):
            return _body_beside(tokens, place + 1)
        return _body_at(tokens, place)
    joined = _after_and(tokens, last + 1)
    if joined is None:
        return None
    if joined < len(tokens) and tokens[joined].sign == "O" and not _acts(tokens, joined):
        return joined
    return _body_at(tokens, joined)


def _after_and(tokens: Sequence[Token], place: int) -> int | None:
    """Where the words go on after `and`, `, and both`."""
    if place < len(tokens) and tokens[place].text == ",":
        place += 1
    if place >= len(tokens) or tokens[place].low not in ("and", "&"):
        return None
    return place + 2 if place + 1 < len(tokens) and tokens[place + 1].low == "both" else place + 1


def _body_beside(tokens: Sequence[Token], place: int) -> int | None:
    """The body right after a comma, bracket or dash, or after `at` behind it."""
    after = place + 1 if place < len(tokens) and tokens[place].low == "the" else place
    if after < len(tokens) and tokens[after].sign == "O":
        return after if _closes(tokens, after) else None
    if after < len(tokens) and tokens[after].low not in _AT:
        return None
    return _body_at(tokens, place)


def _body_at(tokens: Sequence[Token], place: int) -> int | None:
    """The body after `at`, `of` and the like, with the words between that say what kind it is."""
    if place >= len(tokens) or tokens[place].low not in _AT:
        return None
    for n in range(place + 1, min(place + 2 + _KIND_OF_BODY, len(tokens))):
        if tokens[n].sign == "O":
            return None if tokens[place].low == "with" and n > place + 2 else _owned_body(tokens, n)
        if not _says_kind(tokens[n], is_first=n == place + 1):
            return None
    return None


def _says_kind(token: Token, is_first: bool) -> bool:
    return (
        not token.sign
        and token.is_word
        and (is_first or not token.is_capital)
        and token.low not in STOPS - LEADS - {"of", "and"}
        and token.low not in CALENDAR_LOW
        and not token.text[0].isdigit()
    )


def _after_aside(tokens: Sequence[Token], last: int) -> int:
    """Where the words go on after `(Communities)` or `, Retail,`; right after the post where no such aside leads to a body."""
    if last + 1 < len(tokens) and tokens[last + 1].text == "(":
        inside = list(takewhile(lambda token: token.text != ")", tokens[last + 2 : last + 8]))
        place = last + 3 + len(inside)
        if place < len(tokens) and tokens[place].low in _AT and not any(token.sign for token in inside):
            return place
    if last + 1 < len(tokens) and tokens[last + 1].text == "," and tokens[last].is_capital:
        field = list(takewhile(lambda token: token.is_capital, tokens[last + 2 : last + 6]))
        place = last + 3 + len(field)
        if field and place < len(tokens) and tokens[place - 1].text == "," and tokens[place].low in ("at", "of"):
            return place
    return last + 1


def _owned_body(tokens: Sequence[Token], place: int) -> int | None:
    """`chair of ⟨O⟩’s ⟨O⟩` and of `⟨O⟩’s parent, ⟨O⟩` are at the second; `of ⟨O⟩’s ⟨P⟩` at none."""
    kin = tokens[place + 1 : place + 5]
    if [token.text for token in kin[2:3]] == [","] and kin[1].low in _KIN and kin[-1].sign == "O":
        return place + 4
    if place + 2 < len(tokens) and tokens[place + 1].text in ("’s", "'s"):
        following = tokens[place + 2].sign
        return place + 2 if following == "O" else None if following == "P" else place
    return place


def _closes(tokens: Sequence[Token], place: int) -> bool:
    """A body after a comma is the post's where the words then end, and does nothing itself."""
    if place + 1 >= len(tokens):
        return True
    after = tokens[place + 1]
    if after.sign == "P":
        return tokens[place + 2 : place + 3] != [] and tokens[place + 2].text == ","
    return (
        not after.sign and not after.text[0].isalnum() and after.text not in ("’s", "'s", "(")
    ) or after.low in SPEECH | {"and"}


def _acts(tokens: Sequence[Token], place: int) -> bool:
    """The body is the subject of what follows or has something of its own."""
    if place + 1 >= len(tokens):
        return False
    after = tokens[place + 1]
    return (
        after.text in ("’s", "'s")
        or after.low in ("has", "have", "is", "are", "will", "was", "were")
        or (after.is_word and after.low not in STOPS)
    )
