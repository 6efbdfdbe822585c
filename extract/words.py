"""Words with their places, and the shapes that capitalised names take."""

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


def table(text: str, separator: str | None = None) -> frozenset[str]:
    """The entries of a word list."""
    return frozenset(entry for part in text.split(separator) if (entry := " ".join(part.split())))


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _letters(low: int, high: int, upper: bool) -> str:
    return "".join(
        c for c in map(chr, range(low, min(high, sys.maxunicode))) if (c.isupper() if upper else c.islower())
    )


UPPER = "A-Z" + _letters(0xC0, 0x250, True) + _letters(0x1E00, 0x1F00, True)
LOWER = "a-z" + _letters(0xC0, 0x250, False) + _letters(0x1E00, 0x1F00, False)

APOSTROPHE = "[’']"
CAPITAL = (
    rf"(?>[{UPPER}](?:\w|[-–.&](?=\w)|{APOSTROPHE}(?!s\b)(?=\w)){{0,40}})"
    rf"(?:{APOSTROPHE}s(?=[ ][{UPPER}])|(?<=s){APOSTROPHE}(?=[ ][{UPPER}]))?"
)
"""One capitalised word: Trust, O’Neill, Wing-Yan, Children’s (before another capitalised word), R&D.

Spaces in these building blocks are written `[ ]`, so that they hold in verbose patterns too.
"""

LINKS = r"(?:of|and|for|the|in|on|to|into|with|a|an|&|\+)"
NAME_RUN = rf"{CAPITAL}(?:[ ](?:{LINKS}[ ]){{0,2}}(?:{CAPITAL}|\d{{1,2}}\b)){{0,5}}"
"""A run of capitalised words with small words between: Walk into Work, Bread and Roses, Terminal 5."""

WORD = re.compile(r"\w+(?:(?:[-–’'.]|&)\w+)*(?:(?<=s)[’'](?= ))?|&")

QUOTES = "“”\"‘’'«»"

SENTENCE_START = re.compile(rf"(?:^|[.!?:;|•]|\d\.|[“‘\"(])[\s{QUOTES}]*$")


class Word(NamedTuple):
    """A word of a passage."""

    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[Word, ...]:
    return tuple([Word(match.group(), match.start(), match.end()) for match in WORD.finditer(text)])


def starts_sentence(text: str, position: int) -> bool:
    """True where a capital letter may be there for the sentence's sake alone."""
    return bool(SENTENCE_START.search(text[max(0, position - 6) : position]))


def without_article(name: str) -> str:
    return ARTICLE.sub("", name)


ARTICLE = re.compile(r"^(?:the|a|an|our|its|their|this)\s+", re.I)
POSSESSIVE = re.compile(rf"{APOSTROPHE}s?$")


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """The form under which two spellings of a name are the same name."""
    return " ".join(POSSESSIVE.sub("", without_article(name)).replace("’", "'").casefold().split())


MONTHS_IN_ORDER = tuple(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)
MONTHS = frozenset(MONTHS_IN_ORDER)
DAYS = table("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
SEASONS = table("Spring Summer Autumn Winter Christmas Easter Ramadan Eid Diwali Lent")
CALENDAR = MONTHS | DAYS | SEASONS

STARTERS = table(
    """
    A About Above According Across After Again Against All Almost Along Already Also Although Always Among An And Another Any
    Anybody Anyone Anything Apart Applications Are Around As Ask At Available Back Be Because Before Behind Being Below Beside
    Best Between Beyond Both Bring Build But Buy By Call Can Change Click Come Could Dear Despite Did Do Does Done Down Download During
    Each Either Eleven Eight Enough Even Every Everybody Everyone Everything Fifteen Fifty Find First Five For Former Forty Four From
    Full Further Get Give Given Go Good Great Had Half Has Have Having He Hello Help Her Here Hi His How However Hundred I If In Indeed Inside
    Instead Into Is It Its Join Just Keep Know Last Later Least Less Let Like Look Made Make Many May Maybe Meanwhile More Most Much
    Must My Near Nearly Neither Never New Next Nine Ninety No Nobody None Nor Not Nothing Now Of Off On Once One Only Open Or Other Others
    Our Out Outside Over Own Part People Per Perhaps Please Put Rather Read Related Seven Seventy Several She Should Since Six Sixty So Some
    Somebody Someone Something Sometimes Soon Still Such Take Ten Than Thank Thanks That The Their Them Then There These They
    Thirty This Those Though Three Through Throughout Thus To Today Together Tomorrow Too Towards Twelve Twenty Two Under
    Unless Until Up Upon Us Use Very Via Was We Welcome Well Were What Whatever When Whenever Where Whether Which While Who Whoever Whose Why
    Will With Within Without Working Would Yes Yesterday Yet You Young Your
    Fewer Entry Winners Notes Photo Speaking Following Founded Established Based Led Launched Funded Supported Commenting Responding Building Using
    """
)
"""Words whose capital at the start of a sentence says nothing."""
ALPHANUMERIC = re.compile(r"[^\W_]+")


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A name as compared: accents, case, punctuation and spacing aside."""
    return text_key(name)


def text_key(text: str) -> str:
    """The same of a text that is too long to be kept in mind."""
    folded = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    for mark in {char for char in set(folded) if char > "\x7f" and unicodedata.combining(char)}:
        folded = folded.replace(mark, "")
    return " ".join(ALPHANUMERIC.findall(folded)).removeprefix("the ")
