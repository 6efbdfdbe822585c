"""Whom something is done for: noun phrases of people, with what is said of them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from goalmap.extract.sentences import KEPT, Stretch, bare, sentences_of, words_in
from goalmap.extract.verbs import AUXILIARIES, VERBS, is_finite
from goalmap.extract.words import MONTHS_IN_ORDER, table

MOST = 4
MONTHS = frozenset(month.lower() for month in MONTHS_IN_ORDER)
_PEOPLE = table(
    """
    people pupils students learners undergraduates graduates postgraduates children babies infants toddlers under-fives under-threes teenagers youngsters adults men women boys girls
    mothers mums fathers dads parents grandparents carers caregivers families households residents tenants customers patients users clients members applicants candidates claimants
    jobseekers leavers veterans reservists refugees asylum-seekers migrants prisoners offenders homeowners homes borrowers savers pensioners neighbours neighbourhoods communities
    schools primaries secondaries nurseries colleges sixth-formers apprentices trainees interns recruits starters newcomers beginners survivors victims sufferers smokers drivers passengers
    commuters visitors citizens locals islanders villagers farmers firms enterprises businesses companies suppliers traders stallholders shops makers entrepreneurs charities groups clubs
    colleagues staff employees workers cleaners porters cooks nurses midwives paramedics officers assistants operators dispatchers mechanics volunteers
    person pupil student child mother parent family household resident tenant customer patient member applicant claimant learner apprentice adult teenager woman man girl boy
    year-olds olds sixteen-year-olds one-year-old communities wards estates villages towns lawyers entrants spouses partners persons expectant individuals attendees lads lasses
    """
)
"""Nouns of those who may gain by something."""
_GROUPS = table("those all anyone anybody everyone everybody somebody someone whoever")
"""Words that stand for people where `who` or the like follows."""
_WORKERS = table(
    """
    nurses midwives paramedics officers assistants drivers volunteers teachers doctors engineers advisers counsellors coaches tutors mentors managers workers staff colleagues employees
    operators lawyers
    """
)
"""Those who do as often as they gain."""
_FOR = table(
    "for to help helps helped helping support supports supported supporting serve serves served offer offers offered give gives gave given giving lend lends reach reached reaches"
    " teach teaches taught train trains trained among get gets bring brings brought let lets mentor mentored visit visits visited see saw seen raised won allow allows enable enables enabling"
    " recruit recruits recruited hire hires hired employ employed took take takes taken matched pairs paired spare spared kept invites invited fed feed connected connect connects"
    " sends send sent tell pay pays paid engaged prepare prepares enrol enrolled welcomed welcomes advise advised screened screen pool against towards of"
)
"""Words before those whom something is done for."""
_BY = table("by from between than like without as")
_ALONG = table("with")
_TOGETHER = table("work works working worked pair pairs paired together match matched")
_GAINS = table(
    """
    can may could finished completed started joined passed took borrowed moved gained graduated enrolled attended came come signed went saved received get got found used learn learnt learned
    study studied need needed benefit benefited benefitted spent registered qualified stayed have has had will are is were was sit sat turn turned had'nt entitled eligible starting living
    who aged under over in at on of without whose taking leaving
    """
)
"""Words behind those who gain."""
_NOT_IN_FRONT = (
    table(
        """
        the a an and or but of to for with by from in on at into as that which who whose when where while if than so is are was were be been being has have had will would can could may
        might must shall should do does did not it they we you he she i this what how also now more then there where only help between during through after before until over across out up off
        gives give offers offer helps support supports lets train trained
        """
    )
    | AUXILIARIES
)
_DETERMINERS = table(
    "the a an any every each all our its their his her some both these those more other another no your"
)
_MODIFIERS = 5
"""Words before the noun that may belong to it."""
_BEHIND = table(
    "aged of in at on from with without under over between living leaving whose who entitled starting just out newly learning"
)
_LONGEST_BEHIND = 9
_STOPS = table(
    "and but so which while when where because after before until then for to by through during as that if since into"
)
_NUMBER = re.compile(
    r"^[£]?\d[\d,.]*$|^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|hundreds?|thousands?|dozens?)$"
)
_POINTS_FOR, _POINTS_GAINS, _POINTS_NUMBER, _POINTS_BEHIND = 2.0, 1.2, 0.6, 0.7
_POINTS_SO_THAT, _POINTS_NEXT = 1.0, 1.5
_POINTS_BY, _POINTS_ALONG, _POINTS_WORKER, _POINTS_BARE = -2.0, -0.5, -1.2, -0.6
_AGED = re.compile(r"(?:\d{1,2}|under-\w+|over-\w+)s$")
"""16 to 24s, under 5s."""
_SMALL = table("also now already then afterwards still always since recently both each never not ever just all")
ENOUGH = 1.2


class Found(NamedTuple):
    """A phrase with what speaks for it."""

    start: int
    end: int
    points: float


@lru_cache(maxsize=KEPT)
def beneficiaries_in(text: str) -> tuple[Stretch, ...]:
    """The phrases for those whom something is done for, the likeliest few in the order of the text."""
    found = [one for sentence in sentences_of(text) for one in _in_sentence(text, sentence) if one.points >= ENOUGH]
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-one.points, one.start)):
        if len(kept) < MOST and not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(Stretch(one.start, one.end) for one in sorted(kept))


def _in_sentence(text: str, sentence: Stretch) -> Iterator[Found]:
    spans = words_in(text, sentence)
    words = [bare(text[span.start : span.end]) for span in spans]
    closed = [text[span.start : span.end][-1] in ",;:.!?)”" for span in spans]
    accepted = -2
    for place in range(len(words)):
        if _may_be_people(words, closed, place):
            first, last = _first(words, closed, place), _last(words, closed, place)
            if (
                text[spans[place].start : spans[place].end].endswith(("’", "'", "’s", "'s"))
                or words[first] in _NONE
                or (words[place] in _GROUPS and last == place)
            ):
                continue
            points = _points(words, first, place, last) + (_POINTS_NEXT if _goes_on(words, accepted, first) else 0)
            accepted = last if points >= ENOUGH else accepted
            yield Found(*_trimmed(text, spans[first].start, spans[last].end), points)


def _goes_on(words: list[str], accepted: int, first: int) -> bool:
    """Whether the phrase is the next of a list: `care leavers, newly arrived families and …`."""
    return first == accepted + 1 or (first == accepted + 2 and words[first - 1] in ("and", "or", "&"))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    start += len(words) - len(words.lstrip(" “\"‘'(["))
    return start, max(start, end - (len(words) - len(words.rstrip(' ,;:.!?)”"]'))))


def _may_be_people(words: list[str], closed: list[bool], place: int) -> bool:
    word = words[place]
    following = words[place + 1] if place + 1 < len(words) and not closed[place] else ""
    if word in _GROUPS:
        return following in _RELATING or (following.endswith("ing") and word == "those")
    if _AGED.match(word):
        return True
    return word in _PEOPLE and following not in _PEOPLE and not (word in _QUALIFYING and _names_a_thing(following))


_NONE = table("no few")
_RELATING = table("who with whose aged leaving over living")
_QUALIFYING = frozenset(word for word in _PEOPLE if not word.endswith("s")) - table(
    "people children men women"
) | table("homes")
"""Nouns that often say of what kind the next noun is: `staff portal`, `family nurse`."""


def _names_a_thing(following: str) -> bool:
    return bool(following) and following not in _MAY_FOLLOW and not following.endswith(("ly", "ing"))


_MAY_FOLLOW = (
    VERBS
    | AUXILIARIES
    | _STOPS
    | _BEHIND
    | _BY
    | _ALONG
    | _GAINS
    | _SMALL
    | table(
        "or nor not a an the we they you it this last than all more off per our still there twice online back up out"
    )
)


def _first(words: list[str], closed: list[bool], place: int) -> int:
    """Where the phrase begins: its determiner or number, and the words that describe the noun."""
    first = place
    if words[place] in _GROUPS:
        return first
    while first > max(0, place - _MODIFIERS) and not closed[first - 1]:
        before = words[first - 1]
        of_year = before == "year" and _NUMBER.match(words[first])
        of_kind = before in _NOUNS_TOO and first > 1 and _may_have_kind(words[first - 2])
        of_share = before == "in" and _NUMBER.match(words[first]) and first > 1 and _NUMBER.match(words[first - 2])
        if not (of_year or of_kind or of_share or before in _DETERMINERS or _NUMBER.match(before)) and (
            _ends_in_front(before)
            or words[first] in _DETERMINERS
            or (_NUMBER.match(words[first]) and before != "first")
        ):
            break
        first -= 1
    while first < place and _opens_badly(words[first]):
        first += 1
    return first


_NOT_FIRST = table("the a an some more other another mostly only mainly chiefly largely also")
_NOUNS_TOO = table(
    "play heat health care support work house place study test trade practice lead estate first second council home school"
)
_DESCRIBING = table("teaching nursing working leading visiting starting existing participating")
_VERBS_ALONE = VERBS - _NOUNS_TOO
_NEVER_IN_FRONT = _NOT_IN_FRONT | _FOR | MONTHS


def _may_have_kind(word: str) -> bool:
    """Before `support workers` and the like."""
    return bool(_NUMBER.match(word)) or word in _DETERMINERS or word in ("healthcare", "learning")


def _ends_in_front(before: str) -> bool:
    """Whether a word cannot describe the noun behind it."""
    verb = before in _VERBS_ALONE and not before.endswith("ed") and before not in _DESCRIBING
    return not before or before in _NEVER_IN_FRONT or verb


def _opens_badly(word: str) -> bool:
    return word in _NOT_FIRST or (is_finite(word) and word in VERBS)


def _last(words: list[str], closed: list[bool], place: int) -> int:
    """Where the phrase ends: behind `aged 14`, `at six schools`, `who have never supervised anyone`."""
    last = place
    if closed[place] or place + 1 >= len(words) or words[place + 1] not in _BEHIND:
        return last
    relative = words[place + 1] in ("who", "whose")
    verbs = 0
    for following in range(place + 1, min(place + 1 + _LONGEST_BEHIND, len(words))):
        word = words[following]
        ages = word == "to" and words[following - 1].isdigit()
        if following > place + 1 and word in _STOPS and not (word in ("to", "for", "by") and relative) and not ages:
            break
        if (is_finite(word) and word != "needs") or words[following - 1] in ("who", "whose"):
            verbs += words[following - 1] not in _WITH_VERBS
            if verbs > (1 if relative else 0):
                break
        last = following
        if closed[following]:
            break
    while last > place and (words[last] in _HANGING or _YEAR.match(words[last])):
        last -= 1
    return last


_WITH_VERBS = AUXILIARIES | _SMALL
_HANGING = (
    MONTHS
    | _STOPS
    | _DETERMINERS
    | _BY
    | table("of in at on with within without under over between and or now also who whose together")
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


def _points(words: list[str], first: int, place: int, last: int) -> float:
    before = words[first - 1] if first else ""
    if before in _DETERMINERS and first > 1:
        before = words[first - 2]
    after = next((word for word in words[place + 1 : place + 4] if word not in _SMALL), "")
    is_for = before in _FOR or (before in VERBS and first > 1)
    together = before in _ALONG and any(word in _TOGETHER for word in words[max(0, first - 6) : first])
    checks = (
        (_POINTS_FOR, is_for or together),
        (_POINTS_GAINS, after in _GAINS or after in VERBS),
        (_POINTS_NUMBER, any(_NUMBER.match(word) for word in words[first:place])),
        (_POINTS_BEHIND, last > place or words[place] in _GROUPS or bool(_AGED.match(words[place]))),
        (_POINTS_SO_THAT, before == "that" and words[max(0, first - 2)] == "so"),
        (_POINTS_BY, before in _BY and not is_for),
        (_POINTS_ALONG, before in _ALONG and not together),
        (_POINTS_WORKER, words[place] in _WORKERS and not is_for),
        (_POINTS_BARE, first == place and last == place and not is_for),
    )
    return sum(points for points, holds in checks if holds)
