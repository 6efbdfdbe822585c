"""What a number counts: the words after it, or those before it that rose, fell or stood at it."""

import re
from typing import NamedTuple

from goalmap.extract.figures.periods import MONTH
from goalmap.extract.words import table

LONGEST_SUBJECT = 8
"""Words before a verb that still name one thing."""

_STOP = table(
    """
    and or but nor so yet of in into through between over under after before during across on at to for by from with within without
    who whom whose which that what when where while as than per via up down out off not no more less fewer lower higher further extra
    else each every all both also only just now then still even too again already back ago later soon once ever never
    a an the this these those its their our your his her my it they them we us you he she i one ones last next first
    have has had having is are am was were be been being will would can could may might must shall should do does did
    against about around per cent percent plus including towards toward since until if because such there here
    """
)
_OTHERS = table(
    """
    said say says told tell tells took take takes come comes came go goes went get gets got give gave given made make makes
    meet met save saved join joined use used cost costs pay paid pays live lives work worked need needed want wanted
    follows shows gives helps means needs sees runs starts ends opens serves brings sits stands knows holds keeps leads
    beside left instead bus early late longer dearer cheaper despite year years agreed advanced
    spent raised invested found felt kept held began ran spoke voted chose gained earned completed achieved received applied registered signed
    borrowed attended stayed passed finished started moved
    """
)
"""With the words above, those at which the name of what is counted ends."""
_MANY = table(
    "people children women men staff police mice feet alumni personnel youth young FTE cattle sheep crew clergy young"
)
"""Words that are many without an s."""
_NOT_MANY = re.compile(r"(?:ss|us|is|ous|’s|'s)$")
_WORD = re.compile(r"[ ]?([A-Za-zÀ-ž][\w’'–-]*)")
_PARTITIVE = re.compile(
    r"\s(?:out\s)?of\s(?:(?:the|our|its|these|those|their|all|your|his|her)\s)*(?:[£$€]?[\d,.]+(?:m|k|bn)?\s|[a-z]+(?:een|ty|lve)\s|(?:two|three|four|five|six|seven|eight|nine|ten|eleven)\s)?"
)
_THEM = re.compile(r"(?:them|us|you|whom|these|those)\b")

_ARTICLES = re.compile(
    r"^(?:(?:the|a|an|our|its|their|his|her|my|your|this|that|these|those|both|each|all|and|but|while|yet|because|since|if|then|also|now"
    r"|said|says|[A-Z]\w+ly)\s+)+",
    re.I,
)
_YEARLY = re.compile(
    rf"^(?:(?:in|by|since|on|from|during)\s(?:{MONTH}|(?:19|20)\d\d)\s|(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?\s)", re.I
)
_LEADS = table(
    """
    to by from at of about around over under nearly almost just only up roughly approximately some least most more than less fewer an
    average total close now still further another estimated well already exactly
    """
)
"""Words between a verb and its number."""
_STANDING = table(
    """
    is are was were be been stands stood rose rise rises risen fell fall falls fallen dropped drops drop grew grow grows grown
    increased increases decreased decreases declined reached reaches reach averaged averages average totalled totals
    costs cost covers covered lasts lasted pays paid remained remains up down lower higher narrowed narrows widened improved climbed
    jumped soared shrank slipped exceeded exceeds includes worth numbered numbers went goes came comes earn earns
    """
)
"""Verbs, and their companions, that put a number to their subject."""
_COMPANIONS = table(
    "has have had is are was were will would be been now also then only just still already currently again have"
)
_MOVING = re.compile(
    r"\b(?:cut|cuts|cutting|reduced?|reduces|reducing|raised?|raises|raising|lift|lifts|lifted|lifting|increased?|increases|increasing|lower|lowered|lowering"
    r"|brought|bring|bringing|pushed|pushing|boosted|boosting|improved?|improving|narrowed|halved|doubled|doubling|trebled|expanded|kept|keep|grew|slashed|trimmed"
    r"|shrank|slowed)\s+(?P<thing>[^,;:()]{2,70})$"
)
_HEADED = re.compile(r"(?:^|\W)(?P<thing>(?:[A-Za-z][\w’'–-]*\s){0,2}[A-Za-z][\w’'–-]*)\sof$")
_ARTICLE = re.compile(r"^.*\b(?:the|an?|its|our|their)\s", re.I)
_COUNTABLE = re.compile(
    r"\b(?:numbers?|shortlist|groups?|panel|teams?|cohort|class|bank|network|fleet|sample|audience|crowd|staff|workforce|intake|totals?|averages?|counts?|roll|membership|scores?|lists?|targets?|ceiling|maximum|minimum|median|mean|rates?|index|figures?)\b",
    re.I,
)
_AGE = re.compile(r"\b(?:age|aged|old)\b", re.I)
_BEING = table("is are was were be been remains remained stands up down")
_CLAUSE = re.compile(r"[.;:!?()“”\"]\s*|,\s|\s(?:and|but|while|where|as|that|which|who|because|so)\s(?!a\sresult)")
_CHANGE = re.compile(r",\s(?=(?:up|down|to|from|by)\s(?:from\s|to\s|by\s)?$)")
_PAST = re.compile(
    r"\s(?:(?:have|has|had|also|then|still|now)\s)?(?P<verb>[a-z]{3,}ed|said|went|got|won|left|found|took|kept|held|met|came|made|sat)\b"
)
_VERB_AFTER = re.compile(
    r"\s(?:are|were|have|had|now|also|still|took|went|got|won|left|found|kept|held|came|made|meet|met|passed|stayed|opted|[a-z]{3,}ed)\b(?!\sof\b)"
)


class Counted(NamedTuple):
    """The words for what a number counts, and the place where they end."""

    words: str
    end: int


def counted_after(text: str, end: int, *, singular: bool) -> Counted | None:
    """`453 apprentices`, `19 of our stations`, `60 % of managers`; a count has a plural, a share or amount need not."""
    partitive = _PARTITIVE.match(text, end)
    if partitive and (them := _THEM.match(text, partitive.end())):
        return Counted(them.group(), them.end())
    start = partitive.end() if partitive else end
    return _noun(text, start, singular=singular or bool(partitive))


def counted_of(text: str, end: int) -> Counted | None:
    """`83 % of staff`."""
    return counted_after(text, end, singular=True) if _PARTITIVE.match(text, end) else None


def _noun(text: str, position: int, *, singular: bool) -> Counted | None:
    start, end, plural = position, position, False
    for place in range(6):
        match = _WORD.match(text, end)
        if not match or (place and text[end] != " ") or (not match.group().startswith(" ") and text[end - 1] != " "):
            break
        word = match[1]
        if word.lower() in _STOP | _OTHERS or (plural and not _is_many(word)):
            break
        start = match.start(1) if not place else start
        end, plural = match.end(), _is_many(word)
        if place == 4 and not plural and not singular:
            return None
    if end == position or not (plural or singular):
        return None
    return Counted(text[start:end], end)


def _is_many(word: str) -> bool:
    if "-" in word and word.rsplit("-", 1)[1] in ("olds", "old"):
        return False
    return word.lower() in _MANY or (len(word) > 3 and word.endswith("s") and not _NOT_MANY.search(word))


def counted_before(text: str, start: int, *, bare: bool) -> str | None:
    """`Turnover stood at`, `cut waste by`, `a grant of`: what the words before say that the number is the measure of.

    A bare number may be an age or a time, so that `was 14` and `mother of 4` say too little.
    """
    begins = _clause_start(text, start)
    found = _said_before(text[begins:start].rstrip(), bare)
    if found and " " not in found and text.endswith(" and ", 0, begins):
        joined = _said_before(text[_clause_start(text, begins - 5) : start].rstrip(), bare)
        return joined if joined and not _STANDING & set(joined.split()) else found
    return found


def _said_before(clause: str, bare: bool) -> str | None:
    lead, of = _without_leads(clause)
    if of and (headed := _HEADED.search(of)):
        head = _bare(_ARTICLE.sub("", headed["thing"]))
        return head if not bare or _COUNTABLE.search(head) else None
    if lead != clause and (moved := _MOVING.search(lead)):
        return _short(_bare(moved["thing"]))
    subject = _subject(lead)
    return (
        subject
        if subject and not (bare and _AGE.search(subject)) and (not bare or _is_measured(clause, lead, subject))
        else None
    )


def _is_measured(clause: str, lead: str, subject: str) -> bool:
    """`fell from 96`, `the number is 96`."""
    moved = clause[len(lead) :].split() and lead.split()[-1].lower() not in _BEING | {"goes", "went", "comes", "came"}
    return bool(_COUNTABLE.search(subject)) or bool(moved) or (clause.endswith((" to", " from")) and "went" in lead)


def _clause_start(text: str, start: int) -> int:
    ends = [m.end() for m in _CLAUSE.finditer(text, max(0, start - 160), start)]
    linked = _CHANGE.search(text, max(0, start - 14), start)
    ends = [end for end in ends if not (linked and linked.start() < end <= linked.end())]
    return ends[-1] if ends else max(0, start - 160)


def _without_leads(clause: str) -> tuple[str, str | None]:
    """The clause without `to over`, `by`, `at some`; and up to a last `of` among them."""
    words, of = clause.split(" "), None
    while words and words[-1].lower().rstrip(",") in _LEADS:
        if words[-1] == "of":
            of = " ".join(words)
        words.pop()
    return " ".join(words), of


def _subject(clause: str) -> str | None:
    words = clause.rstrip(",").split()
    if not words or words[-1].lower() not in _STANDING:
        return None
    while words and (words[-1].lower().rstrip(",") in _STANDING | _COMPANIONS):
        words.pop()
    return _short(_bare(" ".join(words)))


def _bare(words: str) -> str:
    parts = _ARTICLES.sub("", _YEARLY.sub("", _ARTICLES.sub("", words.strip(" ,")))).split()
    while parts and parts[0].lower() in _STOP:
        parts.pop(0)
    return " ".join(parts)


def _short(words: str) -> str | None:
    count = len(words.split())
    alone = count == 1 and words.lower() in _STOP | _OTHERS | _LEADS | _STANDING
    return words if 0 < count <= LONGEST_SUBJECT and not alone and not re.search(r"\d", words) else None


def past_verb(text: str, end: int) -> str | None:
    """`83 % stayed`: the verb right after a share of what was counted before."""
    match = _PAST.match(text, end)
    return match["verb"] if match else None


def stands_for_counted(text: str, end: int) -> bool:
    """`12 flats; 5 are let`: a verb right after the number, which counts what was counted before."""
    return bool(_VERB_AFTER.match(text, end))
