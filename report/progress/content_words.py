"""The words of a text that tell what it is about."""

import re

from goalmap.extract.words import table

GENERAL = table("""
    able about above according achieve across action actions activities activity after again against agree all also among and
    annual another any approve are area areas around ask asked available based because become been before being below best
    better between both bring build but can carry clear close come coming committed consider continue could create current
    data deliver delivered develop development did does doing done during each encourage ensure establish every example
    expand explore first focus for from further future gave give given goal goals good greater group had has have help her
    high his how identify impact implement important improve improved improvement include including increase increased
    information into introduce its itself just keep know last later launch lead let like local long look made make making
    many may member members more most much must need needs new next not note now number offer one only open opportunities
    opportunity organisation organisations other others our out over own part partner partners people per place plan plans
    possible practice programme programmes progress project promote provide public publish purpose put raise range reach
    recommend recommendation recommendations recommended recommends reduce regular report reported reports review role run
    same scheme see seek service services set should show some staff start step still strategy strengthen such support
    supported supports take taken team than that the their them then there these they this those through time together
    towards trust two under until use used using very view was way ways well were what when where whether which while who
    whole will with within without work working would year years you your
""")
"""Words that nearly any recommendation or activity has."""
_WORD = re.compile(r"[^\W_]+(?:[’'.,][^\W_]+)*")
_DATE = re.compile(
    r"(?:19|20)\d\d|january|february|march|april|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter|second|third"
)


def content_words(text: str) -> dict[str, str]:
    """The words of a text that tell what it is about, by the form in which they are compared.

    >>> content_words("Consider more apprenticeships; the 24 places")
    {'apprenticeship': 'apprenticeships', '24': '24', 'place': 'places'}
    """
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if (len(word) > 3 or word.isdigit()) and word not in GENERAL and not _DATE.fullmatch(word):
            found.setdefault(_stem(word), match.group())
    return found


def _stem(word: str) -> str:
    plain = word.partition("’")[0].partition("'")[0]
    return plain[:-1] if len(plain) > 4 and plain.endswith("s") and not plain.endswith("ss") else plain
