"""The words of socio-economic background: what staff are asked, what they answer, and which staff."""

import re
from typing import NamedTuple

from goalmap.extract.words import one_of, table

PARENTAL = "parental occupation at 14"
MEALS = "free school meals"
FIRST = "first in family at university"
SCHOOL = "type of school"

_WORKING = r"working[- ]class|low(?:er)?[- ]socio-?[ ]?economic|less[ ]advantaged[ ]background"
_MANUAL = (
    r"(?:routine|manual)(?:[ ](?:or|and)[ ](?:routine|manual))?[ ](?:work|jobs?|occupations?|roles?)|in[ ]manual\b"
)
_HAD = r"(?:had|have|has|having|received|claimed|took|got|get|on|eligible[ ]for|entitled[ ]to)"


class Answer(NamedTuple):
    """What people answer, as a group, with the question where the answer gives it away."""

    group: str
    question: str | None
    words: str
    """In a sentence."""
    label: str
    """In a cell of a table, where no verb stands."""


ANSWERS = (
    Answer("working-class", None, rf"(?:{_WORKING}|{_MANUAL})", rf"{_WORKING}|{_MANUAL}|^lower\b"),
    Answer("intermediate", None, r"intermediate[ ](?:background|socio|famil)", r"^intermediate"),
    Answer(
        "professional",
        None,
        r"professional[ ](?:and[ ]managerial[ ])?(?:background|socio|famil|origin|home)",
        r"^professional",
    ),
    Answer(
        "free school meals",
        MEALS,
        rf"{_HAD}[ ](?:been[ ](?:eligible[ ]for|entitled[ ]to|on)[ ])?free[ ]school[ ]meals",
        r"free[ ]school[ ]meals",
    ),
    Answer(
        "independent school",
        SCHOOL,
        r"(?:independent|private|fee-paying|public)[ ](?:schools?|one)|(?:privately|independently)[ ]educated",
        r"independent|private|fee-paying",
    ),
    Answer(
        "state school",
        SCHOOL,
        r"state(?:[- ]run)?[ ]schools?|state[- ]educated|comprehensive[ ]school",
        r"^state\b|state[ ]school",
    ),
    Answer(
        "first generation",
        FIRST,
        r"(?:the[ ])?first[ ](?:generation|in[ ](?:their|his|her|the)[ ]famil)|university[ ]first[ ]in[ ]their[ ]family|parents?[ ]without[ ]a[ ]degree"
        r"|neither[ ]parent[ ]|parents[ ]did[ ]not[ ]go[ ]to[ ]university",
        r"first[ ](?:generation|in[ ])",
    ),
)
_ANSWERING = tuple((re.compile(answer.words, re.I), answer) for answer in ANSWERS)
_LABELLING = tuple((re.compile(answer.label, re.I), answer) for answer in ANSWERS)

TOPIC = re.compile(
    r"socio-?[ ]?economic|social[ ](?:mobility|background)|working[- ]class|\bclass[ ](?:pay[ ]gap|survey|background)|(?:professional|privileged)[ ](?:background|origin)"
    r"|free[ ]school[ ]meals|first[ ](?:generation|in[ ]their[ ]family)|parental[ ]occupation|main[ ](?:household[ ])?earner|type[ ]of[ ]school"
    r"|parents?[ ](?:did|do|had|in|without|worked)|(?:state|independent|private|fee-paying)[ ]school|(?:privately|independently|state)[- ]educated|routine[ ](?:or|and)[ ]manual|manual[ ]work",
    re.I,
)
_TELLING = table(
    "private educat class socio social school parent famil earner occupation manual privileged professional"
)
"""What stands in every topic, found faster than the topic."""
_QUESTIONS = (
    (
        PARENTAL,
        r"parental[ ]occupation|occupations?[ ]of[ ](?:a|the|their)|main[ ](?:household[ ])?earner|parents?[ ](?:did|do|worked|in[ ])|when[ ]they[ ]were[ ](?:about[ ])?14"
        r"|at[ ](?:age[ ]|about[ ])?14|manual[ ]work|routine",
    ),
    (MEALS, r"free[ ]school[ ]meals"),
    (SCHOOL, r"type[ ]of[ ]school|(?:state|independent|private|fee-paying)[ ]school|privately[ ]educated"),
    (FIRST, r"first[ ]in[ ](?:their|the)[ ]family|first[ ]generation|parents?[ ]without[ ]a[ ]degree"),
)
_ASKING = tuple((question, re.compile(words, re.I)) for question, words in _QUESTIONS)

_EVERYBODY = table(
    "staff colleagues employees workforce people workers respondents us all those our team teams headcount everyone"
)
_STAFF = _EVERYBODY | table(
    """
    directors managers leaders partners lawyers solicitors drivers nurses doctors trainees apprentices recruits starters joiners hires
    executives board officers secretaries lecturers academics teachers engineers professors scientists porters cleaners advisers
    executive servants interns graduates leadership roles posts grades level intake trustees governors consultants associates analysts
    supervisors technicians clerks cohort appointments members fellows journalists presenters buyers pilots guards
    """
)
_HEAD = re.compile(rf"(?:^|[ ])(?:{one_of(_STAFF)})$", re.I)
NATION = re.compile(
    r"\b[Nn]ational|[Nn]ationwide|\bUK\b|United[ ]Kingdom|\bBritain|\bBritish|\bEngland|\bpopulation|\bsector\b|\bsector[’']s|\bindustry\b|\bcountry\b|\badults\b|\bin[ ]the[ ](?:North|South|East|West|city|town|region)"
)


def is_topic(text: str) -> bool:
    """Whether a text speaks of socio-economic background at all."""
    folded = text.lower()
    return any(word in folded for word in _TELLING) and bool(TOPIC.search(text))


def answer_in(text: str) -> tuple[Answer, re.Match[str]] | None:
    """The first answer that a sentence gives, and where."""
    found = [(match, answer) for pattern, answer in _ANSWERING if (match := pattern.search(text))]
    return min(((answer, match) for match, answer in found), key=lambda pair: pair[1].start(), default=None)


def answer_of_label(label: str) -> Answer | None:
    """The answer that a cell of a table stands for."""
    return next((answer for pattern, answer in _LABELLING if pattern.search(label.strip())), None)


def question_in(*texts: str) -> str | None:
    """What was asked, by the first of the texts that tells."""
    return next((question for text in texts for question, pattern in _ASKING if pattern.search(text)), None)


def is_staff(words: str) -> bool:
    """Whether words name the people of a body, or some of them."""
    return bool(_HEAD.search(words.strip()))


def level_of(words: str) -> str | None:
    """Which of the staff: None where all are meant."""
    kept = words.strip().split()
    return (
        None
        if not kept or (kept[-1].lower() in _EVERYBODY and kept[0].lower() in _EVERYBODY | {"the", "its", "new"})
        else " ".join(kept)
    )


def staff_at_start(words: str) -> str | None:
    """The longest run of words at the start that names staff: `senior managers`."""
    runs: list[str] = []
    for count in range(1, 5):
        match = re.match(rf"(?:[\w-]+(?:[’']s)?[ ]){{{count - 1}}}[\w-]+", words)
        if not match or re.search(r"\b(?:from|who|that|in|at|on|with|and|come|are|had|is|were)\b", match.group()):
            break
        if is_staff(match.group()):
            runs.append(re.sub(r"^\w+[’']s[ ]", "", match.group()))
    return runs[-1] if runs else None


def staff_in(words: str) -> str | None:
    """The words, or the first of them, where they name staff."""
    return next((part for part in (words, words.split()[0]) if is_staff(part)), None)


def staff_level(words: str) -> str | None:
    """The level that words name where they name staff."""
    return level_of(words) if is_staff(words) else None
