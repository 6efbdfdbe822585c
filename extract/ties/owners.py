"""Whose an initiative is: the body that runs it, where the text says so."""

import re
from collections.abc import Iterator, Sequence

from goalmap.extract.masking import BODY, INITIATIVE

_WORDS = r"(?:[\w’-]+ ){0,3}?"
_BEGAN = r"(?:launche[sd]|launching|runs|ran|set up|created|founded|established|introduced|unveiled|published|publishes|started|developed|opened)"
_QUALITY = r"(?:an? |the |its |their |our )?"
OWNERS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{INITIATIVE}(?:,? which)?,?(?: [\w-]+)?(?: (?:is|are|was|has been))?(?: now)? (?:run|owned|managed|organised) by (?:the )?{BODY}",
        rf"{INITIATIVE}(?: [\w’-]+){{0,3}}(?:,? which)?,?(?: (?:is|are|was))? (?:run|owned|managed|organised) by (?:the )?{BODY}",
        rf"{BODY}[’']s? {_WORDS}{INITIATIVE}",
        rf"{INITIATIVE}(?:,? which)?,?(?: (?:is|are|was|has been))? (?:launched|created|founded|established|set up|developed|published|started) by (?:the )?{BODY}",
        rf"{BODY}(?:, [^,;“”⟨]{{0,60}}(?:⟨O\d+⟩)?,)?(?: has| have)?(?: today| now| also)? {_BEGAN} {_QUALITY}{_WORDS}{INITIATIVE}",
    )
)
"""Sentences that say it, the surest first; group 1 and 2 are the initiative and the body, in either order."""
_BODY_FIRST = frozenset({2, 4})
OURS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w’'-])[Oo]ur {_WORDS}{INITIATIVE}",
        rf"(?<![\w’'-])[Ww]e(?: have| also| now)* {_BEGAN.replace('runs', 'run')} {_QUALITY}{_WORDS}{INITIATIVE}",
    )
)
"""What the publisher calls its own."""


def owners_in(masked: Sequence[str], publisher: int | None) -> Iterator[tuple[int, int]]:
    """Each initiative with its body: the first that the surest sentences name."""
    texts = [text for text in masked if "⟨I" in text]
    owner: dict[int, int] = {}
    for place, pattern in enumerate(OWNERS):
        for text in texts:
            for match in pattern.finditer(text):
                one, two = int(match[1]), int(match[2])
                initiative, body = (two, one) if place in _BODY_FIRST else (one, two)
                owner.setdefault(initiative, body)
    if publisher is not None:
        for pattern in OURS:
            for text in texts:
                for match in pattern.finditer(_unquoted(text)):
                    owner.setdefault(int(match[1]), publisher)
    yield from sorted(owner.items())


def _unquoted(text: str) -> str:
    """What the publisher says, not the people whom it quotes."""
    return re.sub(r"“[^”]*”?", " ", text)
