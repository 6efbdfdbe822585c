"""Who speaks where a line says it: a name under or over a quotation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from goalmap.extract.names import Mention
from goalmap.extract.speech.marks import Quoted
from goalmap.extract.speech.verbs import SAYING
from goalmap.ingest.document import Kind, Passage

LONGEST_LINE = 18
"""Words of a line that only says who speaks."""
SHORTEST_TURN = 5
"""Words of an answer that is worth calling one."""
_SHORT_WORD = 3
"""Letters of words that titles write small."""
_MARKS = " \t\n“”\"‘’'«»"
_OPENING = re.compile(r"\s*[“\"‘«]")
_DASH = re.compile(r"\s*[–—-]{1,2}\s*")
_SIGNED = re.compile(r"\s+(?:[–—-]{1,2}\s*|\()$")
_TITLE = re.compile(r"[A-Z][\w’'-]*(?:\s(?:[A-Z][\w’'-]*|of|and|the|for)){0,5},?")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|said|says|who|joined|became|leads|works|runs|lives)\b"
)
_SAID = re.compile(rf"{SAYING}(?:\s[a-z]+){{0,3}}$")
_ADDED = re.compile(r"(?:,[^.:“\"]{2,120},|\s\([^)]{1,60}\))?\s(?:added|adds|went\son|goes\son|continued|continues)\b")
_SENTENCE = re.compile(r"[.!?…][”\"’'»]?$")
_OWN_WORDS = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|[Ww]e|[Ww]e[’'](?:re|d|ve|ll)|my|My|our|Our|me|us)\b")
_SINGULAR = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|[Mm]y|me)\b")
OUTSIDE = frozenset({Kind.NAVIGATION, Kind.HEADER, Kind.FOOTER, Kind.CONTACT, Kind.TABLE_ROW})


@dataclass(frozen=True, slots=True)
class NameLine:
    """A line that holds only a speaker's name with his post; `after` where its dash says that the quotation stands before."""

    speaker: int
    after: bool
    before: bool
    """It ends with a colon, so that the quotation stands below."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says in an interview: the words after `Ann Lee:` or `A:`."""

    start: int
    end: int
    speaker: int | None


def name_line(passage: Passage, people: Sequence[Mention]) -> NameLine | None:
    """The passage as a line that says who speaks, if it is one."""
    text = passage.text
    if not people or len(text.split()) > LONGEST_LINE or passage.kind in OUTSIDE or passage.kind is Kind.TITLE:
        return None
    dash = _DASH.match(text)
    rest = text[people[0].span.end :].rstrip()
    lead = text[dash.end() if dash else 0 : people[0].span.start].strip()
    is_line = (
        (not lead or (dash and _TITLE.fullmatch(lead))) and (rest in ("", ":") or rest[0] in ",(|:") and is_post(rest)
    )
    return NameLine(people[0].entity, dash is not None, rest.endswith(":")) if is_line else None


def goes_on(text: str, people: Sequence[Mention]) -> int | None:
    """The person to whom the passage after a quotation gives it: `said Ann Lee, porter.`, `Ann Lee, porter, added: …`."""
    if not people:
        return None
    lead, rest = text[: people[0].span.start].strip(), text[people[0].span.end :]
    says_after = _SAID.match(lead) and is_post(rest.strip(" .\n"))
    return people[0].entity if says_after or (not lead and _ADDED.match(rest)) else None


def is_post(words: str) -> bool:
    """Whether the words after a name can be a post: few, and no sentence."""
    return (
        len(words.split(None, LONGEST_LINE)) <= LONGEST_LINE
        and not _VERB.search(words)
        and not words.endswith((".", "!", "?", ";"))
    )


def opens_quote(text: str) -> bool:
    """Whether a passage begins with a quotation mark."""
    return bool(_OPENING.match(text))


def is_whole(text: str, quoted: Sequence[Quoted]) -> bool:
    """Whether a passage holds nothing but what stands between quotation marks."""
    outside, end = "", 0
    for quote in quoted:
        outside += text[end : quote.start]
        end = max(end, quote.end)
    return bool(quoted) and not (outside + text[end:]).strip(_MARKS)


def is_statement(text: str, quoted: Sequence[Quoted]) -> bool:
    """Whether a passage is one quotation that makes a sentence, and is no title."""
    words = [word for word in text.split() if len(word.strip(_MARKS)) > _SHORT_WORD]
    capitals = sum(1 for word in words if word.strip(_MARKS)[0].isupper())
    is_sentence = len(text.split()) > SHORTEST_TURN and _SENTENCE.search(text.rstrip()) and 2 * capitals <= len(words)
    return bool(is_sentence) and is_whole(text, quoted)


def block(passage: Passage, people: Sequence[Mention]) -> Turn | None:
    """The words of a passage that is set as a quotation, without marks; `… – Ann Lee, porter` names its speaker."""
    if passage.kind is not Kind.QUOTE:
        return None
    end, speaker = len(passage.text.rstrip()), None
    for mention in people:
        dash = _SIGNED.search(passage.text, 0, mention.span.start)
        if dash and is_post(passage.text[mention.span.end :].strip()):
            end, speaker = dash.start(), mention.entity
    said = spoken_from(passage.text[:end], len(passage.text) - len(passage.text.lstrip()))
    return Turn(*said, speaker) if said else None


def is_own_words(text: str) -> bool:
    """Whether somebody speaks of himself: `I`, `our`."""
    return bool(_OWN_WORDS.search(text))


def is_of_oneself(text: str) -> bool:
    """Whether one person speaks of himself: `I`, `my`."""
    return bool(_SINGULAR.search(text))


def spoken_from(text: str, start: int, shortest: int = SHORTEST_TURN) -> tuple[int, int] | None:
    """The words after a name, if they are speech without marks."""
    words = text[start:].rstrip()
    is_speech = (
        len(words.split()) >= shortest and _SENTENCE.search(words) and not words.startswith(("“", '"', "‘", "'", "«"))
    )
    return (start, start + len(words)) if is_speech else None
