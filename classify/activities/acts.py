"""The clause of a sentence that tells of an act, without what leads up to it and without who does it."""

import re

from goalmap.classify.activities.model import Body, Telling
from goalmap.classify.activities.shortening import MOST
from goalmap.extract.figures.periods import PERIOD
from goalmap.extract.sentences import Stretch, bare
from goalmap.extract.verbs import VERBS, is_finite
from goalmap.extract.words import DAYS, MONTHS, one_of, table

_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}(?:\.\d+)*[.)]|\d{1,2}\.\d+|[a-z]\)|[•·▪–-])\s+(?=[A-Z“])")
_SAYING = re.compile(
    r"^[^“\"]{3,160}?\b(?:said|says|told|added|explained|commented|reported)\b[^“\"]{0,60}[:,]?\s*[“\"]"
)
_REPORTED = re.compile(
    r"^(?![^“”\"]{0,60}\bwho\b)[^“”\"]{3,160}?\b(?:said|says|reported|noted|explained|announced|heard|found|agreed|resolved|told)\s(?:\w+\s){0,3}?that\s(?!(?:s?he|they|it)\b)"
)
_GLAD = re.compile(
    r"^(?:I\sam|I[’']m|We\sare|We[’']re)\s(?:\w+\s)?(?:delighted|pleased|proud|glad|happy|thrilled|excited)(?:,?\s(?:said|says)\s[^,]{3,60},)?\s(?:to\ssay\s)?that\s"
)
_SAID_BEHIND = re.compile(r",?[”\"]\s+(?:said|says|added|explained)\s.*$|,?\s(?:said|added)\s[A-Z].*$")
_LABEL = re.compile(r"^(?P<label>[A-Z0-9][^.:“”]{1,60}?):\s+")
_TIME = re.compile(
    rf"""
    (?:(?:{PERIOD.pattern})
    | (?:On|From|By|Until|Since)\s\d{{1,2}}(?:st|nd|rd|th)?\s(?:{one_of(MONTHS)})(?:\s\d{{4}})?
    | (?:By|From|Later|Earlier)\s(?:next|this)\s\w+
    | (?:In|Over|During)\sthe\s(?:course\sof\sthe\s|last\s|past\s|new\s|coming\s|same\s)?(?:year|month|term|summer|autumn|winter|spring)(?=,?\s(?:\d|[A-Z]|the\s|our\s|we\s))
    | On\sthe\s(?:first|second|third|last)\s\w+\sof\s(?:the|each|every)\s\w+
    | (?:Every|Each|Once\sa)\s(?:{one_of(DAYS)}|day|week|month|term|year|summer|autumn|winter|spring|night|morning))
    (?![’'\w])
    """,
    re.VERBOSE,
)
_OPENS_RUN_UP = table(
    """
    in on at from since under with by after before for between during until as when while if once where because although to through over within so up
    thanks today now here among across despite following whenever then also and but together subject
    """
)
_TAKES_CLAUSE = table("as when while if once where because although until after before since whenever so now")
_RUN_UP = re.compile(r"^[^,.;:]{1,110}?,\s+(?=\S)")
_LEAST_LEFT = 5
"""Words that remain of a sentence at least, when what leads up to it is left out."""
_FAR = 110
"""Characters within which the doer is looked for behind what leads up to it."""
_SMALL = r"(?:also|now|already|currently|presently|still|since|then|recently|therefore|next)"
_AUXILIARY = re.compile(
    rf"^(?:{_SMALL}\s)?(?:(?P<told>will|shall|is\sto|are\sto|have|has|are|is|plans?\sto|intends?\sto)\s)?(?:{_SMALL}\s)?(?:be\s(?=\w+ing\b)|been\s(?=\w+ing\b))?"
)
_PARTICIPLES = table(
    """
    broken given taken written chosen driven grown shown begun been done gone known seen fallen risen woven worn drawn become forgotten got had
    was were is are has have did does do would will can may
    """
)
"""Forms that cannot open a title."""
_KEEPS_DOER = table(
    """
    want wants wish wishes like wants hope hopes need needs needed aspire aspires should cannot could must know find found believe think feel saw knew thought felt
    """
)
"""Verbs that tell of a wish or a thought, which is somebody's."""
_OWN = table("our us ours my i")
_FIRST_PERSON = ("we", "We", "we’ve", "We’ve", "we’ll", "We’ll")
_WE = re.compile(r"(?<!that )(?<!which )(?<!who )(?<!when )(?<!as )(?<!if )\b(?:we|we’ve|we’ll)\s")
_BRACKET = re.compile(r"^\([^)]*\)\s")
_STANDS_FOR_DOER = ("It", "They")
_ASIDE = re.compile(
    r"^(?P<subject>(?:\S+\s){0,5}?[^\s,]+),\s(?P<aside>[^,.;]{4,120}?),\s(?:now\s|also\s|then\s)?(?=(?P<verb>\w+))"
)
_ASIDE_OPENS = re.compile(
    r"(?:an?|the|our|its|their|which|who|whose|one|part|as|run|led|with|in|at|from|based|known|all)\b"
)
_LEADS = re.compile(r"^(?:our|some|also|but|and|ultimately,?|at\slast|sadly|in\sall)\s", re.I)


def act_in(telling: Telling, sentence: Stretch, owner: Body | None) -> str:
    """The words of the act, in the order of the text."""
    clause = _NUMBERED.sub("", telling.text[sentence.start : sentence.end])
    for pattern in (_SAYING, _REPORTED, _SAID_BEHIND, _GLAD):
        clause = pattern.sub("", clause)
    clause, label = _without_label(clause, telling)
    if label:
        return label + clause
    clause = _without_run_up(clause.strip("“”\"‘' "), telling, owner)
    clause = _without_doer(clause, telling, owner)
    return _LEADS.sub("", _without_aside(clause))


def _without_label(clause: str, telling: Telling) -> tuple[str, str]:
    """The clause behind `Progression: X Trust, which …`; another label stays before it."""
    match = _LABEL.match(clause)
    if not match:
        return clause, ""
    rest = clause[match.end() :]
    for body in sorted({one.surface for one in telling.of_kind("organisation")}, key=lambda name: (-len(name), name)):
        awarded = re.match(rf"{re.escape(body)}(?:\s\([^)]*\))?,?\s(?:for|which|who|whose|where)\s", rest)
        if awarded:
            return rest[awarded.end() :], ""
    return rest, f"{match['label']}: "


def _without_run_up(clause: str, telling: Telling, owner: Body | None) -> str:
    for _ in range(2):
        clause = _without_first(clause, telling, owner)
    return clause


def _without_first(clause: str, telling: Telling, owner: Body | None) -> str:
    """Without the first of what stands before `we` or another subject: a time, a place, a condition."""
    first = bare((clause.split() or [""])[0])
    ways = (_behind_doer(clause, first, telling, owner), _behind_time(clause), _behind_comma(clause, first))
    return next((rest for rest in ways if rest and len(rest.split()) >= _LEAST_LEFT), clause)


def _behind_time(clause: str) -> str | None:
    time = _TIME.match(clause)
    return clause[time.end() :].lstrip(", ") if time else None


def _behind_doer(clause: str, first: str, telling: Telling, owner: Body | None) -> str | None:
    """`In 22 villages | we trained`, `To that end, | the Trust will`."""
    if first not in _OPENS_RUN_UP:
        return None
    comma = _RUN_UP.match(clause)
    near = clause[: comma.end()] if comma else clause[:_FAR]
    if we := _WE.search(near):
        return clause[we.start() :]
    rest = clause[comma.end() :] if comma else ""
    return rest if _doer_at(rest, telling, owner) else None


def _behind_comma(clause: str, first: str) -> str | None:
    comma = _RUN_UP.match(clause)
    if first not in _OPENS_RUN_UP:
        return None
    if comma and _goes_on(clause[comma.end() :]) and (first in _TAKES_CLAUSE or not _has_clause(comma.group())):
        return clause[comma.end() :]
    return None


def _goes_on(rest: str) -> bool:
    """Whether a clause of its own follows, not a list that goes on."""
    words = [bare(word) for word in rest.split()[:12]]
    return words[0] not in ("and", "or", "but", "which", "who") and any(word in VERBS for word in words[1:])


def _has_clause(run_up: str) -> bool:
    words = [bare(word) for word in run_up.split()]
    return any(is_finite(word) for word in words[2:]) and not any(word in ("who", "which", "that") for word in words)


def _doer_at(clause: str, telling: Telling, owner: Body | None) -> int:
    """Where the words for who does it end, if the clause begins with them; else 0."""
    start = 4 if clause.startswith(("The ", "the ")) else 0
    own = {one.surface for one in telling.of_kind("organisation") if owner and one.entity.name == owner.name}
    for doer in (*_FIRST_PERSON, *sorted(name for name in own if bare(name) not in _OWN)):
        for place in {0, start}:
            if clause.startswith(f"{doer} ", place):
                return place + len(doer) + 1
    return 0


def _without_doer(clause: str, telling: Telling, owner: Body | None) -> str:
    """Without `we have`, `the Trust will`: what is done opens the title, where its verb can."""
    stands_for = next((len(word) + 1 for word in _STANDS_FOR_DOER if clause.startswith(f"{word} ")), 0)
    end = _doer_at(clause, telling, owner) or stands_for
    if not end:
        return clause
    rest = _BRACKET.sub("", clause[end:])
    auxiliary = _AUXILIARY.match(rest)
    verb = rest[auxiliary.end() if auxiliary else 0 :]
    return verb if _may_open(bare((verb.split() or [""])[0]), auxiliary["told"] if auxiliary else None) else clause


def _may_open(verb: str, auxiliary: str | None) -> bool:
    """`helped`, `helping`, and `help` after `will`; never `helps`, nor what is done to the body itself."""
    if verb in _KEEPS_DOER | _PARTICIPLES or not (verb in VERBS or is_finite(verb)):
        return False
    if auxiliary in ("is", "are"):
        return verb.endswith("ing")
    if auxiliary in ("have", "has"):
        return is_finite(verb)
    return auxiliary is not None or (is_finite(verb) and not verb.endswith("s"))


def _without_aside(clause: str) -> str:
    """Without what stands between commas after the subject, where the clause is long and its verb follows."""
    match = _ASIDE.match(clause)
    if match and len(clause.split()) > MOST and is_finite(bare(match["verb"])) and _ASIDE_OPENS.match(match["aside"]):
        return f"{match['subject']} {clause[match.end() :]}"
    return clause
