"""Posts as phrases: `former Deputy Director of Nursing at ⟨O3⟩`, `⟨O3⟩’s outgoing chair`, wherever they stand."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from goalmap.extract.roles.beside import body_after, group_of
from goalmap.extract.roles.fields import rightmost
from goalmap.extract.roles.heads import LEADS, PAST, QUALITIES, is_head, is_occupation, leftmost, singular
from goalmap.extract.roles.occupations import NO_POSTS, WANTS_BODY
from goalmap.extract.roles.tokens import Token

_DESCRIBING = QUALITIES | PAST | {"-"}
_BEFORE_ELECTED = LEADS | {"newly", "recently"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A post in a sentence: `start` and `end` hold its articles, its past and its bodies too."""

    start: int
    end: int
    title: str
    bodies: tuple[int, ...] = ()
    former: bool = False
    article: str = ""
    """The small word before it: `the`, `our`, `a`; `’s` after a possessor."""
    plural: bool = False
    possessed: bool = False
    """Its body stands before it: ⟨O⟩’s chair."""
    wants_body: bool = False
    verb: str = ""
    """Past, present or nothing, where the post is said by a verb: chairs, founded."""


def phrases_in(tokens: Sequence[Token], text: str, posts: Collection[str] = ()) -> list[Phrase]:
    """Every post of a sentence in reading order; `posts` are titles known from elsewhere."""
    spans = list(_spans(tokens, posts, text))
    return [phrase for first, last in spans if (phrase := _phrase(tokens, first, last, text))]


def _spans(tokens: Sequence[Token], posts: Collection[str], text: str) -> Iterator[tuple[int, int]]:
    """First and last token of each title, without its articles and qualities."""
    known = {
        place: end
        for post in posts
        for place, end in _occurrences(tokens, post, text)
        if tokens[end].low not in NO_POSTS
        and not (end + 1 < len(tokens) and tokens[end].is_capital and tokens[end + 1].is_capital)
        and not any(is_head(tokens, n) for n in range(place, end + 1))
    }
    edge = 0
    place = 0
    while place < len(tokens):
        if place in known:
            yield place, known[place]
            edge = place = known[place] + 1
        elif place >= edge and is_head(tokens, place):
            first = leftmost(tokens, place, edge)
            last = rightmost(tokens, place)
            yield first, last
            edge = place = last + 1
        else:
            place += 1


def _occurrences(tokens: Sequence[Token], post: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(post)
    while start >= 0:
        inside = [n for n, token in enumerate(tokens) if token.start >= start and token.end <= start + len(post)]
        if inside and not any(tokens[n].sign for n in inside):
            yield inside[0], inside[-1]
        start = text.find(post, start + 1)


def _phrase(tokens: Sequence[Token], first: int, last: int, text: str) -> Phrase | None:
    title = text[tokens[first].start : tokens[last].end]
    head = next((n for n in range(last, first - 1, -1) if is_head(tokens, n)), last)
    if any(n for n in range(first, last + 1) if is_head(tokens, n)):
        head = next(n for n in range(first, last + 1) if is_head(tokens, n))
    plural = tokens[head].low in ("members", "chairs", "co-chairs") or (
        tokens[head].low != singular(tokens[head].low) and not is_occupation(tokens[head].low)
    )
    if plural:
        title = (
            text[tokens[first].start : tokens[head].start]
            + _match_case(tokens[head])
            + text[tokens[head].end : tokens[last].end]
        )
    phrase = Phrase(
        tokens[first].start,
        tokens[last].end,
        title,
        plural=plural,
        wants_body=head == first and last == head and singular(tokens[head].low) in WANTS_BODY,
    )
    return _with_bodies(tokens, last, _with_lead(tokens, first, phrase))


def _match_case(token: Token) -> str:
    word = singular(token.low) if token.low != "members" else "member"
    return word.capitalize() if token.is_capital else word


def _with_lead(tokens: Sequence[Token], first: int, phrase: Phrase) -> Phrase:
    """What stands before: qualities, `former`, an article or the body that has the post."""
    place = first
    former = False
    while place and _describes(tokens, place - 1):
        place -= 1
        former = former or (tokens[place].low in PAST and not _is_adverb_then(tokens, place))
    phrase = replace(phrase, start=tokens[place].start, former=former)
    if not place:
        return phrase
    before = tokens[place - 1]
    if before.low in LEADS:
        return replace(phrase, start=before.start, article=before.low)
    possessive = before.text in ("’s", "'s", "’", "'") and place > 1
    owner = tokens[place - 2] if possessive else before
    if owner.sign == "O":
        return _possessed(tokens, place - 2 if possessive else place - 1, phrase)
    return _possessed_by_words(tokens, place, phrase) if possessive else phrase


def _possessed(tokens: Sequence[Token], owner: int, phrase: Phrase) -> Phrase:
    """`former ⟨O⟩ director`, `⟨O⟩’s chair`."""
    past = owner > 0 and tokens[owner - 1].low in PAST - {"then"}
    start = tokens[owner - 1].start if past else tokens[owner].start
    body = tokens[owner].number
    return replace(phrase, start=start, bodies=(body,), possessed=True, article="’s", former=phrase.former or past)


def _possessed_by_words(tokens: Sequence[Token], place: int, phrase: Phrase) -> Phrase:
    """`the group’s youngest manager`: the owner belongs to the phrase, though it names no body."""
    first = next((n for n in range(place - 2, max(-1, place - 6), -1) if tokens[n].low in LEADS), None)
    start = phrase.start if first is None else tokens[first].start
    return replace(phrase, start=start, article="’s")


def _describes(tokens: Sequence[Token], place: int) -> bool:
    """`new`, `former`, `61-year-old`; `elected` only where no verb: `the newly elected`, not `was elected`."""
    token = tokens[place]
    if token.low in ("elected", "appointed", "re-elected"):
        return place > 0 and tokens[place - 1].low in _BEFORE_ELECTED
    return token.low in _DESCRIBING or (token.text[0].isdigit() and token.low.endswith("-old"))


def _is_adverb_then(tokens: Sequence[Token], place: int) -> bool:
    """`and then director` is no past post, `the then director` is."""
    return tokens[place].low == "then" and (not place or tokens[place - 1].low not in LEADS | {"’s", "'s"})


def _with_bodies(tokens: Sequence[Token], last: int, phrase: Phrase) -> Phrase:
    bodies: list[int] = []
    end = last
    while (found := body_after(tokens, end, bool(bodies))) is not None:
        bodies.append(tokens[found].number)
        end = found
        if end + 1 < len(tokens) and tokens[end + 1].text == ")":
            end += 1
    if not bodies:
        return phrase
    group = group_of(tokens, end)
    if group > end:
        words = " ".join(token.text for token in tokens[end + 2 : group + 1])
        phrase = replace(phrase, title=f"{phrase.title} of the {words}")
    return replace(phrase, end=tokens[max(end, group)].end, bodies=tuple(bodies), possessed=False)
