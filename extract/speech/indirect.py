"""Indirect speech: what a named person is reported to have said, in the words of the reporter."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from goalmap.extract.names import Mention
from goalmap.extract.speech.around import named_between
from goalmap.extract.words import one_of, table

_SAID = table(
    "said says told tells explained explains added adds insisted insists warned warns confirmed confirms claimed claims"
)
"""Verbs after which a clause may follow without `that`."""
_STATED = _SAID | table(
    """
    noted notes stated states argued argues stressed stresses emphasised emphasises announced announces reported reports revealed reveals
    admitted admits predicted predicts recalled recalls suggested suggests observed observes believes believed estimates estimated
    remarked commented wrote writes acknowledged acknowledges conceded concedes maintained maintains pointed
    """
)
"""Verbs of saying that take `that`."""
_HEARERS = table(
    """
    board committee council meeting governors staff members us him her them me reporters readers visitors guests delegates audience
    conference panel MPs cabinet inquiry tribunal team tenants pupils students parents colleagues employees trustees councillors
    residents workers volunteers room hall assembly forum executive directors chamber press newspaper programme
    """
)
_APPOSITION = r"(?:,[ ](?!who\b|and\b)[^.;:?!“”\"]{2,160},|[ ]\([^()]{1,60}\))?"
_ADVERB = r"(?:[ ](?:also|then|later|has|had|\w+ly))?"
_HEARER = rf"(?:[ ](?:(?:the|a|an|its|his|her|their|our)[ ])?(?:(?!that\b)[\w’-]+[ ]){{0,3}}?(?:{one_of(_HEARERS)})\b)"
_WHEN = r"(?:[ ](?:out|today|yesterday|later|last[ ](?:week|month|year|night)|this[ ](?:week|month|year)|on[ ][A-Z][a-z]+day))?"
_PLACE = r"(?:[ ](?:at|in|on|during|after)[ ](?:[\w’-]+[ ]){0,5}?[\w’-]+(?=[ ]that[ ]))?"
_AFTER_NAME = re.compile(
    rf"(?:{_APPOSITION}|,){_ADVERB}[ ](?P<verb>{one_of(_STATED)})\b{_WHEN}(?P<hearer>{_HEARER})?{_PLACE}(?P<that>[ ]that(?=[ ]))?[ ](?=\S)"
)
_TOLD_NAME = re.compile(rf"{_APPOSITION}{_ADVERB}[ ](?P<verb>told|tells|reminded|assured)[ ]$")
_AFTER_PRONOUN = re.compile(
    rf"(?:He|She){_ADVERB}[ ](?P<verb>{one_of(_STATED)})\b(?P<hearer>{_HEARER})?(?P<that>[ ]that(?=[ ]))?[ ](?=\S)"
)
_ACCORDING = re.compile(r"According[ ]to[ ](?:(?:[A-Z][\w’-]+|[a-z]+)[ ]){0,3}$")
_ACCORDING_AFTER = re.compile(r",[ ]according[ ]to[ ](?:(?:the|our|its|[a-z]+)[ ]){0,3}$")
_SAID_AFTER = re.compile(
    r",[ ](?:said|says|explained|explains|added|adds)[ ](?:(?:Cllr|the|our|chair|leader|[a-z]+)[ ]){0,3}$"
)
_BEFORE_SAID = re.compile(r",[ ]$")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|[a-z]+n[’']t|it[’']s|they[’']re|we[’']re)\b"
)
_VERB_FORM = re.compile(
    rf"{_FINITE.pattern}|\b[a-z]+ed\b|\b[a-z]+[^s\W]s[ ](?!at\b|of\b|in\b|on\b|for\b|to\b|and\b|or\b|from\b|with\b)[a-z]",
    re.I,
)
_HALF = re.compile(r"\s*(?:If|When|Where|While|Although|As|Because|Unless|Once)\b[^,]*$")
"""The first half of a sentence, which goes on after `says Ann Lee`."""
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|how|why|what|when|where)\b")
_NO_CLAUSE = re.compile(
    r"(?:about|of|to|in|on|at|for|with|by|from|into|over|goodbye|farewell|hello|yes|no[,.]|so|nothing|little|much|more|thank|thanks|sorry|and|or|but|as|how|why|what"
    r"|whether|where|when|who|which|if|like|up|that[,.]|it[,.]|this[,.])\b",
    re.I,
)
_DOUBTFUL = re.compile(r"\b(?:if|unless|whether|not|never|nobody|imagine|suppose|once|until|had)\b", re.I)
_VERBAL = re.compile(r"\b(?:who|which|that|whom|whose|where|when|met|meets|told|asked|by)\b[^,]*$", re.I)
_JOINED = re.compile(
    r"\b(?:and|or|of|for|to|by|with|from|than|about|like|nor|[\w]+[’']s)[ ](?:(?:Mr|Mrs|Ms|Dr|Cllr|Sir)\.?[ ])?$", re.I
)
_CUT = re.compile(
    r",[ ](?:adding|and[ ](?:\w+ly[ ])?(?:[a-z]+ed|said|told|gave|took|thanked)\b|but[ ](?:added|said|warned)\b|(?:he|she|[A-Z]\w+)[ ](?:said|added|says))|[ ]but[ ](?:also[ ])?(?:added|said|warned|told|insisted)\b|;|[ ]?[“\"«]|[ ][–—][ ]"
)
_QUOTE_MARK = re.compile(r"[“”\"«»]")
_LONGEST_LEAD = 400
"""Characters before a name that can tell whether it is a subject."""
_LONGEST_SENTENCE = 2000
"""Characters of what can be one sentence."""
SHORTEST = 3
"""Words of a clause that says something."""


@dataclass(frozen=True, slots=True)
class Report:
    """A clause that somebody is said to have said."""

    start: int
    end: int
    speaker: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, by its place, with the people named in it."""

    text: str
    start: int
    end: int
    people: tuple[Mention, ...]


def reports_in(
    text: str, ends: Sequence[int], people: Sequence[Mention], taken: Sequence[tuple[int, int]]
) -> Iterator[Report]:
    """The indirect speech of a passage; `ends` are those of its sentences, `taken`, in order, what is speech already."""
    before: Sentence | None = None
    starts, reach = [start for start, _ in taken], [0, *accumulate((end for _, end in taken), max)]
    for sentence in _sentences(text, ends, people):
        report = _first(sentence) or _by_pronoun(sentence, before)
        if report and reach[bisect_left(starts, report.end)] <= report.start:
            yield report
        if sentence.people or not before:
            before = sentence


def _sentences(text: str, ends: Sequence[int], people: Sequence[Mention]) -> Iterator[Sentence]:
    places = [0, *ends, len(text)]
    for start, end in pairwise(places):
        here = tuple(m for m in named_between(people, start, end) if m.span.end <= end)
        if start < end <= start + _LONGEST_SENTENCE:
            yield Sentence(text, start, end, here)


def _first(sentence: Sentence) -> Report | None:
    """The first report that a sentence makes under a name."""
    for mention in sentence.people:
        lead = sentence.text[max(sentence.start, mention.span.start - _LONGEST_LEAD) : mention.span.start]
        for find in (_named, _according, _named_after):
            if report := find(sentence, mention, lead):
                return report
    return None


def _named(sentence: Sentence, mention: Mention, lead: str) -> Report | None:
    """`Ann Lee told the board that …`."""
    if _DOUBTFUL.search(lead) or _JOINED.search(lead) or _VERBAL.search(lead) or _QUOTE_MARK.search(lead):
        return None
    match = _AFTER_NAME.match(sentence.text, mention.span.end, sentence.end)
    if match and _names_another(sentence, mention, match.start("verb")):
        return None
    clause = match and _clause(sentence, match, match.end())
    if not clause:
        clause = _told_somebody(sentence, mention)
    return Report(*clause, mention.entity) if clause else None


def _names_another(sentence: Sentence, mention: Mention, end: int) -> bool:
    """`Ann Lee, the porter, Bob Dunn, said`: what looks like a post holds the speaker."""
    later = (m for m in sentence.people if mention.span.end < m.span.start < end)
    return any(sentence.text[: m.span.start].endswith(", ") for m in later)


def _told_somebody(sentence: Sentence, mention: Mention) -> tuple[int, int] | None:
    """`Ann Lee told Bob Dunn he could start`."""
    for hearer in sentence.people:
        between = sentence.text[mention.span.end : hearer.span.start]
        if hearer.span.start > mention.span.end and _TOLD_NAME.fullmatch(between):
            start = hearer.span.end + 1
            that = sentence.text.startswith("that ", start)
            return _span(sentence, start + 5 * that, surely=that)
    return None


def _clause(sentence: Sentence, match: re.Match[str], start: int) -> tuple[int, int] | None:
    verb, that = match["verb"], bool(match["that"])
    if verb in ("told", "tells") and not match["hearer"]:
        return None
    if not that and verb not in _SAID | {"believes"}:
        return None
    return _span(sentence, start, surely=that)


def _span(sentence: Sentence, start: int, *, surely: bool) -> tuple[int, int] | None:
    """The clause from here on, without what the sentence says after it; a clause without `that` must show its verb."""
    text = sentence.text
    end = sentence.end
    if cut := _CUT.search(text, start, end):
        if _QUOTE_MARK.search(cut.group()) and text[cut.start() - 1] not in ".,:;":
            return None
        end = cut.start()
    while end > start and text[end - 1] in " .!?,:;\n\t”’\"'":
        end -= 1
    words = text[start:end]
    if len(words.split()) < SHORTEST or _QUOTE_MARK.match(words):
        return None
    if not surely:
        verb = _FINITE.search(words)
        if not verb or not verb.start() or _NO_CLAUSE.match(words) or _RELATIVE.search(words, 0, verb.start()):
            return None
    return start, end


def _by_pronoun(sentence: Sentence, before: Sentence | None) -> Report | None:
    """`She said it would be mended`: the only person of the sentence before."""
    if before is None or len({m.entity for m in before.people}) != 1 or sentence.people:
        return None
    start = sentence.start
    match = _AFTER_PRONOUN.match(sentence.text, start, sentence.end)
    clause = match and _clause(sentence, match, match.end())
    return Report(*clause, before.people[0].entity) if clause else None


def _according(sentence: Sentence, mention: Mention, lead: str) -> Report | None:
    """`According to Ann Lee, …` and `…, according to Ann Lee`."""
    if after := _ACCORDING_AFTER.search(lead):
        return _whole(sentence, sentence.start + after.start(), mention)
    if not _ACCORDING.fullmatch(lead):
        return None
    comma = re.compile(r"(?:,[^,.“\"]{2,80})?,[ ]").match(sentence.text, mention.span.end, sentence.end)
    clause = _span(sentence, comma.end(), surely=True) if comma else None
    return Report(*clause, mention.entity) if clause else None


def _named_after(sentence: Sentence, mention: Mention, lead: str) -> Report | None:
    """`Attendance was up, said Ann Lee` and `Attendance was up, Ann Lee said`."""
    rest = sentence.text[mention.span.end : sentence.end]
    if said := _SAID_AFTER.search(lead):
        ends = re.match(r"(?:,[^“\"]*|[ ]of[ ][^“\"]*|)[.!?]?\s*$", rest)
        return _whole(sentence, sentence.start + said.start(), mention) if ends else None
    if (comma := _BEFORE_SAID.search(lead)) and re.match(r"[ ](?:said|says|explained|added)[.!?]?\s*$", rest):
        return _whole(sentence, sentence.start + comma.start(), mention)
    return None


def _whole(sentence: Sentence, end: int, mention: Mention) -> Report | None:
    """The sentence up to where its speaker is named."""
    words = sentence.text[sentence.start : end]
    is_clause = len(words.split()) >= SHORTEST and _VERB_FORM.search(words) and not _HALF.match(words)
    is_spoken = is_clause and not _QUOTE_MARK.search(words) and not words.endswith(("’", "'"))
    return Report(sentence.start, end, mention.entity) if is_spoken else None
