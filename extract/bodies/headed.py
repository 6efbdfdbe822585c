"""Names that end in a word such as Trust, or begin with one such as University of: how far they reach to both sides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goalmap.extract.bodies.known import known_body_at
from goalmap.extract.bodies.words import (
    ADDITIONS,
    AMBIGUOUS_HEADS,
    FOR_OPENERS,
    GENERIC_WORDS,
    GOVERNORS,
    HEADS,
    LAST_WORDS,
    LOWER_HEADS,
    NAMING_HEADS,
    OPENERS,
    OWNERS,
    SCHEME_HEADS,
    SUFFIXES,
)
from goalmap.extract.candidates import Candidate, Sure
from goalmap.extract.names import EntityKind
from goalmap.extract.ordinary import are_ordinary
from goalmap.extract.vocabulary.titles import opens_a_post
from goalmap.extract.vocabulary.well_known import BODIES, NOT_BODIES
from goalmap.extract.words import CALENDAR, POSSESSIVE, STARTERS, Word, starts_sentence, table

LONGEST = 14
"""Words of a body's name; a longer run is a list or a table."""

_SMALL = table("and & of for the in upon on")
_GAPS = frozenset({" ", "\u00a0", "’s ", "'s ", "’ ", "' "})
_ALWAYS_START = table("The Our Your This Their Its")
_KEPT_STARTERS = table(
    "Good New First Great Open Best One Full Inside Young Back Off Fair Three Now Together Change Working"
)
"""Starters that also begin names: Fair Share Society, New Leaf Trust."""
_PLACE_HEADS = table("Bank Works Farm Mill Church Estates")
_STATE = table("Ministry Department")
_OF_TRADES = table("Society Union Association Guild")
"""Bodies of several trades: the Society of Cordage, Sailcloth and Allied Workers."""
_BEFORE_PEOPLE = table("Mr Mrs Miss Ms Mx Dr Sir Dame Cllr Councillor Professor Prof Lord Lady Baroness Rev")
_JOINABLE = table("Housing Homes Energy Water Finance Engineering Enterprise Transport Care Health")
"""Heads that may stand in the field of a department: for Energy and Housing."""
_UNJOINED = HEADS - _JOINABLE
_COMMON = GENERIC_WORDS | (HEADS - NAMING_HEADS)
_GOES_ON = SUFFIXES | HEADS | ADDITIONS
"""What a name goes on with after its head."""
_NO_ENDS = ADDITIONS - {"Foundation"}


def headed_bodies(text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """A proposal for each head word, with what belongs to it on both sides."""
    row = _Row(text, words)
    place = 0
    while place < len(words):
        word = words[place]
        if word.text in LOWER_HEADS or (word.text in HEADS and word.is_capital):
            last = row.last_word(place)
            if candidate := row.candidate(place, last):
                yield candidate
            place = max(place, last)
        place += 1


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of one passage, in which a name is walked from its head to both ends."""

    text: str
    words: Sequence[Word]

    def candidate(self, head: int, last: int) -> Candidate | None:
        first = self._without_starters(self._first_word(head), head)
        start, end = self.words[first].start, self.words[last].end
        bare = self.words[first:head]
        if first == last or self.text[start:end] in NOT_BODIES or self._is_generic(first, last):
            return None
        if last == head and (all(word.text in STARTERS for word in bare) or self._is_place(first, last)):
            return None
        unsure = self.words[last].text in AMBIGUOUS_HEADS and last - first < 3
        sure = self._doubt(first, last) if unsure else Sure.FORM
        return Candidate(EntityKind.ORGANISATION, start, end, "head word", sure)

    def _doubt(self, first: int, last: int) -> Sure:
        """Ordinary words before a head such as Club or Kitchen name a scheme as often as a body."""
        plain = are_ordinary(word.text for word in self.words[first : last + 1])
        return Sure.MODEL if plain and self.words[last].text in SCHEME_HEADS else Sure.CONTEXT

    def _is_place(self, first: int, last: int) -> bool:
        """`at Cinder Bank`: a place whose last word also heads bodies."""
        before = self.text[max(0, self.words[first].start - 6) : self.words[first].start]
        return self.words[last].text in _PLACE_HEADS and before.endswith((" at ", " in ", " on ", "near "))

    def _is_generic(self, first: int, last: int) -> bool:
        row = self.words[first : last + 1]
        if len(row) > 2 and row[0].text in OPENERS and row[1].text == "of":
            return all(word.text in GOVERNORS for word in row[2:] if word.is_capital)
        return all(word.text in _COMMON for word in row)

    def _gap(self, left: int) -> str:
        return self.text[self.words[left].end : self.words[left + 1].start]

    def _adjoin(self, left: int, right: int) -> bool:
        return all(self._gap(place) == " " for place in range(left, right))

    # leftwards

    def _first_word(self, head: int) -> int:
        """Walk left over capitalised words and the small words that bind them."""
        first = head
        while first > max(0, head - LONGEST) and self._gap(first - 1) in _GAPS:
            before = self.words[first - 1]
            if before.text.endswith(("’s", "'s")) and self._owner_stands_apart(first - 1):
                break
            bound = first - 1 if before.is_capital else self._bound_left(first - 1, head)
            if bound is None:
                break
            first = bound
        return first

    def _owner_stands_apart(self, owner: int) -> bool:
        """`Ann Lee’s Kestrel Trust`: the owner is no part of the name; `King’s College`: it is."""
        name = self.words[owner].text[:-2]
        if name in OWNERS or (owner and self.words[owner - 1].text == "St"):
            return False
        named = owner > 0 and self.words[owner - 1].is_capital and self._gap(owner - 1) == " "
        return name.isupper() or name in HEADS or named

    def _bound_left(self, small: int, head: int) -> int | None:
        """The index to go on from when the small words ending at `small` bind the name to what stands before them."""
        if self.words[small].text not in _SMALL:
            return None
        start = small
        while start > max(0, small - 3) and self.words[start - 1].text in _SMALL and self._gap(start - 1) == " ":
            start -= 1
        if start == 0 or self._gap(start - 1) != " ":
            return None
        before = self.words[start - 1]
        if not before.is_capital or self._only_starts(before):
            return None
        link = " ".join(word.text for word in self.words[start : small + 1])
        return start - 1 if self._binds(link, start - 1, small, head) else None

    def _binds(self, link: str, before: int, small: int, head: int) -> bool:
        word = self.words[before].text
        if link in ("and", "&"):
            return not (self._is_whole(before) or self._another_begins(before, small, head))
        opens_of = link.startswith("of") and word in OPENERS
        opens_for = link.startswith("for") and word in FOR_OPENERS
        return opens_of or opens_for or link in ("upon", "on")

    def _is_whole(self, last: int) -> bool:
        """The words up to `last` are a name by themselves: Kestrel Homes, University of the Fens, BBC."""
        word = self.words[last].text
        second = last > 0 and self.words[last - 1].is_capital and self._gap(last - 1) == " "
        known = word in BODIES or (last > 0 and f"{self.words[last - 1].text} {word}" in BODIES)
        return (word in LAST_WORDS and second) or known or word.isupper() or self._ends_with_of(last)

    def _another_begins(self, before: int, small: int, head: int) -> bool:
        """What follows `and` is a body of its own: a known one, or a firm after two other words."""
        known = known_body_at(self.text.replace("’", "'"), self.words[small + 1]) is not None
        two = before > 0 and self.words[before - 1].is_capital and self._gap(before - 1) == " "
        return known or (two and self.words[head].text in SUFFIXES)

    def _ends_with_of(self, last: int) -> bool:
        """The words up to `last` are already a whole name such as University of the Fens."""
        place = last
        while place > 0 and self.words[place - 1].is_capital and self._gap(place - 1) == " ":
            place -= 1
        while place > 0 and self.words[place - 1].text in ("of", "for", "the"):
            place -= 1
        return place > 0 and self.words[place].text in ("of", "for") and self.words[place - 1].text in OPENERS

    def _without_starters(self, first: int, head: int) -> int:
        while first < head and (self._only_starts(self.words[first]) or self.words[first].text in CALENDAR):
            first += 1
        while first < head and (self.words[first].text in _SMALL or self._is_post(first, head)):
            first += 1
        return first

    def _only_starts(self, word: Word) -> bool:
        """A word such as `Under` or `The` whose capital the sentence gives it; `Land and Rivers Committee` keeps its first."""
        starter = word.text in STARTERS and word.text not in _KEPT_STARTERS
        return word.text in _ALWAYS_START or (starter and starts_sentence(self.text, word.start))

    def _is_post(self, first: int, head: int) -> bool:
        following = self.words[first + 1].text if first + 1 < head else ""
        return following in ("of", "for", "at") and opens_a_post(self.words[first].text)

    # rightwards

    def last_word(self, head: int) -> int:
        """Walk right over legal suffixes, further heads, and `of` or `for` with what follows."""
        last = head
        while last + 1 < min(len(self.words), head + LONGEST) and self._gap(last) in (" ", "\u00a0"):
            following = self.words[last + 1].text
            if following in _GOES_ON:
                last += 1
            elif self._opens(last, following):
                reached = self._after_of(last + 1)
                return self._unadded(head, last) if reached == last + 1 else reached
            else:
                break
        return self._unadded(head, last)

    def _opens(self, last: int, following: str) -> bool:
        word = self.words[last].text
        return (following == "of" and word in OPENERS) or (following == "for" and word in FOR_OPENERS)

    def _unadded(self, head: int, last: int) -> int:
        while last > head and self.words[last].text in _NO_ENDS:
            last -= 1
        return last

    def _after_of(self, of: int) -> int:
        """The last word of `of the Marches`, `for Work and Pensions`; `of` itself when nothing fits."""
        place = of + 2 if of + 1 < len(self.words) and self.words[of + 1].text == "the" else of + 1
        if place >= len(self.words) or not self._may_go_on(place) or not self._adjoin(of, place):
            return of
        while place + 1 < min(len(self.words), of + LONGEST):
            step = self._step(of, place)
            if step is None:
                break
            place = step
        return place

    def _may_go_on(self, place: int) -> bool:
        word = self.words[place]
        return word.is_capital and word.text not in STARTERS and word.text not in _BEFORE_PEOPLE

    def _step(self, of: int, place: int) -> int | None:
        """One step on: the next capitalised word, or `and` with the next part of a list of fields."""
        gap = self._gap(place)
        if POSSESSIVE.search(self.words[place].text):  # what an owner has is no part of its name
            return None
        if gap == " " and self._may_go_on(place + 1):
            return place + 1
        state = self.words[of - 1].text in _STATE
        listed = state or self.words[of].text == "for" or self.words[of - 1].text in _OF_TRADES
        if gap == ", " and listed and self._may_go_on(place + 1):
            return self._joined_part(place + 1, state)
        return self._joined_part(place, state) if gap == " " else None

    def _joined_part(self, place: int, state: bool = False) -> int | None:
        """`Work and Pensions`: the last word after `and`, unless a body of its own begins there."""
        if place + 2 >= len(self.words) or self.words[place + 1].text not in ("and", "&"):
            return None
        after = place + 2
        if not self._adjoin(place, after) or not self._may_go_on(after) or self.words[after].text in BODIES:
            return None
        while (
            after + 1 < min(len(self.words), place + LONGEST) and self._gap(after) == " " and self._may_go_on(after + 1)
        ):
            after += 1
        ends_as_body = self.words[after].text in _UNJOINED and not state
        return None if ends_as_body or POSSESSIVE.search(self.words[after].text) else after
