"""Well-known bodies where a text names them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from goalmap.extract.candidates import Candidate, Sure
from goalmap.extract.names import EntityKind
from goalmap.extract.vocabulary.well_known import BODIES, ORDINARY
from goalmap.extract.words import Word, one_of, starts_sentence, table


def _by_first_word(bodies: Iterable[str]) -> Mapping[str, list[str]]:
    """Bodies by their first word, the longest first."""
    index: dict[str, list[str]] = defaultdict(list)
    for body in sorted(bodies, key=lambda body: (-len(body), body)):
        index[body.split(" ")[0]].append(body)
    return dict(index)


_BY_FIRST_WORD = _by_first_word(BODIES)

_SMALL_AFTER_NHS = table(
    """
    and or is was has have had will can could would should must to in for on at as that which who with by of from than when where while but over
    through across faces needs runs provides spends wants said says told it we they if because so after before since during today now itself does
    did also the more under
    """
)
_NHS_ALONE = re.compile(rf"(?:[’']s)?(?:$|[.,;:!?)”\"]|\s[–-]\s|\s(?:{one_of(_SMALL_AFTER_NHS)})\b)")

_MEMBER_OF = re.compile(r"Members? of $")


def known_bodies(text: str, words: Iterable[Word]) -> Iterator[Candidate]:
    """A proposal for each well-known body; `NHS` before a noun is an adjective."""
    plain = text.replace("’", "'")
    for word in words:
        body = known_body_at(plain, word) if word.is_capital else None
        if body is None:
            continue
        end = word.start + len(body)
        if body == "Parliament" and _MEMBER_OF.search(text[max(0, word.start - 12) : word.start]):
            continue
        if body == "NHS" and not _NHS_ALONE.match(text[word.end : word.end + 20]):
            yield Candidate(None, word.start, word.end, "adjective", Sure.MODEL)
        elif body not in ORDINARY or _stands_alone(text, word.start, end):
            yield Candidate(EntityKind.ORGANISATION, word.start, end, "known body", Sure.FORM)


def known_body_at(plain: str, word: Word) -> str | None:
    """The well-known body that begins with this word; apostrophes of the text are straight."""
    first = plain[word.start : word.end]
    for body in _BY_FIRST_WORD.get(first, ()) or _BY_FIRST_WORD.get(first.removesuffix("'s"), ()):
        after = plain[word.start + len(body) : word.start + len(body) + 1]
        if plain.startswith(body, word.start) and not after.isalnum() and after not in ("-", "&"):
            return body
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Capitalised for its own sake and no part of a longer name."""
    before = re.search(r"(\w+) $", text[max(0, start - 20) : start])
    inside = bool(before and before[1][0].isupper()) or bool(re.match(r" [A-Z]", text[end : end + 2]))
    return not inside and not starts_sentence(text, start)
