"""What of the system's stands for what of the gold's: texts, names and passages compared without regard to typography."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goalmap.ingest.document import Kind, Passage

SHINGLE = 4
"""Words in a row that two texts must share."""
ENOUGH = 0.5
"""Share of the shorter text's shingles that makes two passages the same."""
MARGINS = frozenset({Kind.HEADER, Kind.FOOTER, Kind.NAVIGATION})
"""Running headers repeat a title without being a second copy of it."""
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "\u00ad": None})
WORD = re.compile(r"[a-z0-9£%&]+")
HONORIFICS = (
    *("rt hon", "right hon", "rt honourable", "right honourable", "sir", "dame", "lord", "lady", "baroness", "dr", "prof", "professor"),
    *("mr", "mrs", "ms", "miss", "cllr", "councillor", "rev", "reverend"),
)  # fmt: skip
POST_NOMINALS = ("mp", "ms", "msp", "mbe", "obe", "cbe", "frcn", "frcp", "phd", "kc", "qc", "jp", "dl", "fca")
BEFORE_NAME = re.compile(rf"^(?:the\s+)?(?:(?:{'|'.join(sorted(HONORIFICS, key=len, reverse=True))})\.?\s+)+")
ARTICLE = re.compile(r"^(?:the|a|an|our|its)\s+")
AFTER_NAME = re.compile(rf"(?:,?\s+(?:{'|'.join(POST_NOMINALS)}))+$")

Shingle = tuple[str, ...]


def folded(text: str) -> str:
    """Lower case, plain quotes and dashes, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(PLAIN).split()).casefold()


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, folded."""
    return WORD.findall(folded(text))


def name_key(name: str) -> str:
    """A name without possessive, honorifics, article, letters after it and punctuation."""
    key = BEFORE_NAME.sub("", folded(name).removesuffix("'s"))
    key = AFTER_NAME.sub("", ARTICLE.sub("", key))
    return re.sub(r"[^a-z0-9& ]+", " ", key).strip()


def shingles_of(text: str, size: int = SHINGLE) -> frozenset[Shingle]:
    """All runs of that many words; a shorter text is one run."""
    words = words_of(text)
    return (
        frozenset(tuple(words[start : start + size]) for start in range(max(1, len(words) - size + 1)))
        if words
        else frozenset()
    )


def places_of(forms: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where the forms stand in a text as whole words, none inside a longer one."""
    taken: list[tuple[int, int]] = []
    for form in sorted(forms, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            start, end = match.span()
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
    return taken


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each gold passage the system's passages that hold it, and the system's passages that hold any, all in order."""

    by_gold: tuple[tuple[Passage, ...], ...]
    passages: tuple[Passage, ...]


def align(gold: Sequence[str], passages: Sequence[Passage]) -> Alignment:
    """Which of the system's passages hold which gold text: one may hold several, and several may hold one."""
    wanted = [shingles_of(text) for text in gold]
    given = [(passage, shingles_of(passage.text)) for passage in passages]
    found = [[passage for passage, runs in given if _same(runs, want)] for want in wanted]
    positions = {passage.position for held in found for passage in held if passage.kind not in MARGINS}
    return Alignment(
        by_gold=tuple(tuple([passage for passage in held if passage.kind not in MARGINS] or held) for held in found),
        passages=tuple(passage for passage in passages if passage.position in positions),
    )


def _same(one: frozenset[Shingle], other: frozenset[Shingle]) -> bool:
    return bool(one and other) and len(one & other) >= ENOUGH * min(len(one), len(other))
