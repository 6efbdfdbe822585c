"""What a passage tells of how good an activity is: awards, ratings, others who copied it, changes, people reached, years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goalmap.classify.activities.model import Offsets
from goalmap.extract.sentences import sentences_of

AWARD, RATING, ACCREDITED = "award", "rating", "accreditation"
COPIED, CHANGE, REACHED, SINCE, NEAR = "copied", "change", "reached", "since", "near miss"
_OTHERS = (
    r"(?:trusts?|councils?|universit\w+|colleges?|schools?|boards?|hospitals?|employers?|firms?|companies|organisations?"
    r"|partners|landlords?|associations?|charities|banks|regions?|counties|boroughs|cities|towns|services|libraries)"
)
_WON = (
    r"(?:won|wins|winning|took|taken|received|receives|earned|gained|secured|holds|held|awarded|achieved|given"
    r"|presented with|named|picked up|collected|scooped|kept|renewed)"
)
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = "(?:six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_MONEY_AFTER = r"(?!s?\b[^.;]{0,25}[£€$])"
CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        AWARD,
        re.compile(
            rf"\b{_WON}\b[^.;:]{{0,60}}?\b(?<!pay )(?:awards?|prizes?|medals?|trophy|accolade)\b{_MONEY_AFTER}", re.I
        ),
    ),
    (AWARD, re.compile(r"\b(?:winners?|winning entry) (?:of|in|at) [^.;:]{0,50}?\b(?:awards?|prize)\b", re.I)),
    (AWARD, re.compile(r"\baward-winning\b", re.I)),
    (
        AWARD,
        re.compile(
            rf"\b(?i:{_WON}\b[^.;:]{{0,40}}?\b(?:bronze|silver|gold|platinum)\b)(?! standard)(?: [A-Z]\w+){{0,5}}"
        ),
    ),
    (
        RATING,
        re.compile(r"\b(?:rated|judged|graded|found|rating of)\b[^.;:]{0,60}?\b(?:outstanding|good|excellent)\b", re.I),
    ),
    (
        RATING,
        re.compile(r"\b(?:Ofsted|CQC|Care Quality Commission|Estyn|QAA)\b[^.;:]{0,60}?\b(?:outstanding|excellent)\b"),
    ),
    (
        ACCREDITED,
        re.compile(rf"\b{_WON}\b[^.;:]{{0,60}}?\b(?:accreditation|kite ?mark|quality mark|charter mark|Charter)\b"),
    ),
    (ACCREDITED, re.compile(r"\b(?:is|are|was|were|been|became) (?:\w+ )?accredited (?:by|as|under)\b[^.;:]{0,40}")),
    (
        COPIED,
        re.compile(
            r"\b(?:copied|adopted|replicated|taken up|borrowed|emulated|used now|now used) by [^.;:]{0,60}?\b"
            + _OTHERS
            + r"\b",
            re.I,
        ),
    ),
    (
        COPIED,
        re.compile(
            rf"\b(?:other|another|neighbouring|two|three|four|five|six|seven|eight|nine|ten|\d+)\b[^.;:]{{0,40}}?\b{_OTHERS}\b"
            r"[^.;:]{0,40}?\b(?:have|has) (?:since |now |already )*(?:copied|adopted|replicated|taken (?:it )?up|borrowed)\b",
            re.I,
        ),
    ),
    (
        COPIED,
        re.compile(
            r"\b(?:a|the) (?:national )?(?:model|blueprint|exemplar) for (?:other|the rest)\b[^.;:]{0,40}", re.I
        ),
    ),
    (
        NEAR,
        re.compile(
            r"\b(?:short-?listed (?:for|in|at)|finalists? (?:for|in|at|of)|nominated for|(?:highly )?commended (?:in|at|by|for)"
            r"|runners?-up (?:for|in|at))\b[^.;:]{0,60}",
            re.I,
        ),
    ),
    (
        REACHED,
        re.compile(
            r"(?<!aged )(?<!ages )(?<!Year )(?<! to )(?<! the )(?<! and )\b(?:(?:more than|over|about|around|nearly|almost|some) )?"
            rf"(?:\d[\d,]*|{_TENS}(?:-\w+)?|{_ONES})(?: of (?:them|those|the \w+|\d+))? (?:have|passed|joined|finished|registered"
            r"|stayed|took part|had (?:caught|passed|finished|found|joined|moved|gone|completed))\b[^.,;:]{0,60}",
            re.I,
        ),
    ),
    (
        SINCE,
        re.compile(
            r"\bsince (?:(?:early|late|mid|spring|summer|autumn|winter|[A-Z][a-z]{2,8})[ -])?(?:19|20)\d\d(?:[/-]\d\d)?\b"
        ),
    ),
    (
        SINCE,
        re.compile(
            r"\b(?:for|over) (?:the (?:last|past) )?(?:three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|\d\d?) years\b"
            r"|\bits (?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:year|cohort|intake)\b",
            re.I,
        ),
    ),
)
"""How each is told, in the order in which they are looked for; what is only a near miss is kept apart."""
_AMOUNT = r"(?:[£€$]?\d|\b(?:half|a third|a quarter|a fifth|a sixth|two thirds|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
_CHANGE = re.compile(
    r"\b(?:fell|fallen|dropped|reduced|rose|risen|(?:gone|went)(?: up| down)?|c[ao]me down|grew(?! up)|grown(?! up)|increased|narrowed"
    r"|closed|improved|(?:is|are|was|were) (?:now )?(?:up|down))\b[^.;:]{0,15}?\b(?:by(?! 20\d\d)|from|to)\b[^.;:]{0,12}?"
    + _AMOUNT
    + r"|\bcut\b[^.;:]{0,30}?\b(?:by(?! 20\d\d)|from) "
    + _AMOUNT
    + r"|(?<!drawn )\b(?:up|down) from [\d£]|\b(?:doubled|trebled|tripled|quadrupled|halved)\b"
    rf"|\b{_AMOUNT} (?:days?|weeks?|months?|hours?) (?:sooner|earlier|ahead of|faster|shorter)\b",
    re.I,
)
_NOT_YET = re.compile(
    r"\b(?:will|would|could|should|may|might|hopes?|hoping|aims?|aiming|plans?|planning|planned|intends?|towards|targets?|goal"
    r"|appl(?:y|ied|ying)|bid|seek\w*|if|not|never|no|nor|without|lost|failed|fails|missed|enter(?:s|ed|ing)?|promis\w*|pledg\w*)\b|n’t\b|n't\b",
    re.I,
)
_OF_A_PERSON = re.compile(
    r"\b(?:chair(?:man|woman)?|chief executive|director|president|trustee|vice-chancellor|governor|leader) (?:of|since|for)\b"
    r"|\b(?:he|she|who) has (?:been|served|held|chaired|led)\b[^.;]{0,40}\bsince\b",
    re.I,
)
_PEOPLE = (
    "people persons person children child babies infants pupils students learners graduates undergraduates apprentices"
    " trainees interns recruits starters leavers volunteers sixth-formers schoolchildren staff employees colleagues workers cleaners carers nurses"
    " midwives doctors assistants porters teachers parents mothers fathers families households residents tenants"
    " neighbours customers members patients women men girls boys teenagers youngsters adults pensioners veterans refugees"
    " claimants jobseekers candidates applicants participants users visitors owners founders entrepreneurs savers borrowers"
    " managers drivers engineers wardens guests friends mums dads individuals citizens service-users mentees mentors"
    " prisoners survivors couples readers helpers bidders passengers commuters scholars beneficiaries"
)
PEOPLE = frozenset(_PEOPLE.split())
"""Nouns of those whom an activity may reach."""


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of a passage that tells one thing of an activity."""

    kind: str
    start: int
    end: int


def told(text: str) -> tuple[Told, ...]:
    """What a text tells of an activity's standing, in its order; what is only hoped for is left out.

    >>> [(one.kind, "Our café won the Fair Work Award."[one.start : one.end]) for one in told("Our café won the Fair Work Award.")]
    [('award', 'won the Fair Work Award')]
    >>> told("We hope to win an award.")
    ()
    """
    found = [one for start, end in sentences_of(text) for one in _in_sentence(text, start, end)]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _in_sentence(text: str, start: int, end: int) -> Iterator[Told]:
    seen: set[str] = set()
    for kind, pattern in CUES:
        match = pattern.search(text, start, end)
        if match and kind not in seen and _holds(kind, text[start : match.start()], text[start:end]):
            seen.add(kind)
            yield Told(kind, *_trimmed(text, *match.span()))
    if _tells_change(text, start, end):
        yield Told(CHANGE, start, _before_a_closing_mark(text, start, end))


def _before_a_closing_mark(text: str, start: int, end: int) -> int:
    """The end of a sentence without the mark that closes a quotation which began before it."""
    return end - 1 if text[end - 1] in "”’" and "“" not in text[start:end] else end


def _tells_change(text: str, start: int, end: int) -> bool:
    change = _CHANGE.search(text, start, end)
    return change is not None and not _NOT_YET.search(text, start, change.end())


def _holds(kind: str, before: str, sentence: str) -> bool:
    """Whether a cue is told as a fact of the activity; a short-list is one whatever was hoped for."""
    return not _NOT_YET.search(before) and not (kind == SINCE and _OF_A_PERSON.search(sentence))


def _trimmed(text: str, start: int, end: int) -> Offsets:
    """Up to the last whole word."""
    if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end = max(text.rfind(" ", start, end), start + 1)
    return start, start + len(text[start:end].rstrip(" ,;–-"))


def is_hoped(text: str, position: int) -> bool:
    """Whether what stands there is only intended, by the words of its sentence before it.

    >>> is_hoped("We will train 40 nurses.", 14), is_hoped("We trained 40 nurses.", 11)
    (True, False)
    """
    start = next((start for start, end in sentences_of(text) if start <= position < end), 0)
    return bool(_NOT_YET.search(text, start, position))


_INTENDED = re.compile(
    r"\b(?:will|would|aims?|aiming|plans?|planning|planned|intends?|hopes?|target|ambition|aspires?|commit\w*|pledg\w*|propos\w+"
    r"|due|by (?:[A-Z]\w+ )?20\d\d|from (?:[A-Z]\w+ )?20\d\d|to be|should)\b",
    re.I,
)


def intentions(text: str) -> list[str]:
    """The sentences that tell what is meant to come.

    >>> intentions("We opened in 2021. A second hub will follow in 2026.")
    ['A second hub will follow in 2026.']
    """
    return [text[start:end] for start, end in sentences_of(text) if _INTENDED.search(text, start, end)]


_BEFORE = re.compile(r"\b(?:had (?:been|no|joined|gone|never|come)|who ha(?:d|ve)|used to|were meant to|said)\b", re.I)


def tells_result(text: str) -> bool:
    """Whether words that are told as an outcome are one: neither hoped for, nor how things were before.

    >>> tells_result("nine have found work"), tells_result("66 had been jobless for a year"), tells_result("they will be trained")
    (True, False, False)
    """
    return not _BEFORE.search(text) and not _NOT_YET.search(text)


def counts_people(what: str | None) -> bool:
    """Whether the words after a number are of people.

    >>> counts_people("primary schools"), counts_people("first-time bidders"), counts_people("people in facilities")
    (False, True, True)
    """
    words = re.findall(r"[\w-]+", (what or "").casefold())
    head = words[: words.index("of")] if "of" in words[1:] else words
    return bool(head) and (head[-1] in PEOPLE or head[0] in PEOPLE)
