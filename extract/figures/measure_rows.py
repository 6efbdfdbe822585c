"""Measures of socio-economic background in the rows of a table."""

import re
from collections.abc import Iterator, Sequence

from goalmap.extract.figures.background import TOPIC, answer_of_label, is_staff, level_of, question_in
from goalmap.extract.figures.numbers import PERCENT
from goalmap.extract.figures.tables import cells_of
from goalmap.extract.names import Figure, Measure
from goalmap.ingest.document import Passage

_RESPONSE = re.compile(r"response|\bdeclar|\bdisclos|\banswered|\breplied|completion", re.I)
_GAP = re.compile(r"\bgap\b", re.I)
_OTHER = re.compile(
    r"\b(?:gender|wom[ae]n|men|ethnic\w*|race|disab\w*|sex)\b|pupils|students|residents|prefer|unknown|not[ ]known",
    re.I,
)
_TARGET = re.compile(r"\b(?:target|aim|goal|ambition)\b", re.I)
_AVERAGE = re.compile(r"\b(?:median|mean)\b", re.I)
_SHARE_OF = re.compile(r"^(?:share|proportion|percentage|%)[ ]of[ ](?:all[ ])?", re.I)


def measures_of_row(
    passage: Passage, figures: Sequence[Figure], header: Sequence[str], publisher: int | None
) -> Iterator[Measure]:
    """Each figure of a row whose label, column or heading says that it is such a measure."""
    cells = cells_of(passage.text)
    label, heading = cells[0].text, passage.heading or ""
    for figure in figures:
        place = next(i for i, cell in reversed(list(enumerate(cells))) if cell.start <= figure.span.start)
        column = next(iter(header[place : place + 1]), "")
        told = _told(label, column, f"{heading} {next(iter(header), '')}")
        if told and figure.unit in (PERCENT, "£", "€", "$", "points", "percentage points"):
            kind, group, question = told
            year = year_of(figure) or year_in(heading)
            yield Measure(figure.span, kind, figure.value, figure.unit or PERCENT, publisher, question, group, year)


def _told(label: str, column: str, heading: str) -> tuple[str, str | None, str | None] | None:
    """Kind, group and question of a cell."""
    own = f"{label} {column}"
    if _OTHER.search(own) or not TOPIC.search(f"{own} {heading}"):
        return None
    question = question_in(own, heading)
    if _GAP.search(own) or (_GAP.search(heading) and _AVERAGE.search(own)):
        return ("target" if _TARGET.search(own) else "pay gap"), None, question
    if _RESPONSE.search(own):
        return ("target" if _TARGET.search(own) else "response rate"), None, question
    for words, other in ((label, column), (column, label)):
        if answer := answer_of_label(words):
            group = ", ".join(part for part in (answer.group, _level(other) or _level(_before_answer(words))) if part)
            return ("target" if _TARGET.search(own) else "share"), group, answer.question or question
    return None


def _level(words: str) -> str | None:
    kept = _SHARE_OF.sub("", words.strip())
    named = kept[:1].lower() + kept[1:]
    return level_of(named) if is_staff(named) else None


def _before_answer(words: str) -> str:
    """`Managers from a working-class background`: managers."""
    return re.split(r"[ ](?:from|who|with|that)[ ]", words)[0]


def year_of(figure: Figure) -> str | None:
    """The year that a figure holds for, or until which it should be reached: 2023, 2022/23."""
    since, until = figure.since, figure.until
    if since and until and since.endswith("-04") and until == f"{int(since[:4]) + 1}-03":
        return f"{since[:4]}/{until[2:4]}"
    return (since or until or "")[:4] or None


def year_in(heading: str) -> str | None:
    """The year that a heading gives."""
    match = re.search(r"\b(?:19|20)\d\d(?:[-/–]\d\d)?\b", heading)
    return match.group().replace("-", "/").replace("–", "/") if match else None
