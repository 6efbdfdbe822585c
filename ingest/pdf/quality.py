"""Whether the words of a page are text: each way in which a PDF garbles its letters, with its measure and its limit."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from goalmap.ingest.common_words import common_words
from goalmap.ingest.pdf.remarks import Remark


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PUNCTUATION = ".,;:!?()[]\"'“”‘’•–—-/"
ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
WORD = re.compile(r"[^\W\d_]{2,}")
UNMAPPED = re.compile("\\(cid:\\d+\\)|[\\x00-\\x1f\\x7f-\\x9f\ue000-\uf8ff\ufffd]")
ODD = re.compile("[\u0100-\u02ff¤¥¦¨¬¯´¶¸×÷]")
"""Letters and signs of which no language has many, but which glyph numbers read as letters often hit."""
SIGNS = re.compile(r"[!#$+<=>?@\\^`{}~\[\]]")
LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
SMALL_RUN = re.compile(r"[^\W\d_](?:(?![A-Z])[^\W\d_])+")
LONG_RUN = 22
"""Letters in a row in hardly any word of English."""
SOUND_SHARE = 0.6
"""A page with so many common words, and no odd character or very long word, needs no closer look."""
SELDOM = 4
"""How many common words must share three letters in a row for them to count as English."""
LINKS = _set("the of and to in for with that our we is are on by from as at was were have has their this will")
"""Words that are found glued to others first, since they are met most."""
DUMMY = _set(
    "lorem ipsum dolor amet consectetur consectetuer adipiscing elit eiusmod tempor incididunt labore dolore magna aliqua "
    "enim minim veniam quis nostrud exercitation ullamco laboris nisi aliquip commodo consequat duis aute irure "
    "reprehenderit voluptate velit cillum fugiat nulla pariatur excepteur sint occaecat cupidatat proident culpa officia "
    "deserunt mollit anim laborum proin lacinia vestibulum pellentesque curabitur quisque suspendisse maecenas donec mauris "
    "vivamus phasellus aliquam fusce praesent nullam etiam aenean cras vel eget nec nunc justo tellus ligula turpis augue"
)
FOREIGN = {
    "Welsh": "yn yr mae ac ar gan gyda eu ein sydd oedd wedi bod fel hyn ond neu drwy roedd nid chi dros cael hefyd rydym",
    "Gaelic": "agus anns tha bha gu air na nan leis aig gun airson chan bhith iad sin cho mar",
    "Irish": "agus na ar bhí tá atá leis seo sin chun maidir lena ina nach bhfuil ag faoi",
    "French": "le la les des du et est une dans pour que qui sur avec par au aux sont nous vous pas plus",
    "German": "der die das und ist nicht ein eine mit von zu den dem auf für sich auch werden wird bei oder",
    "Dutch": "de het een van en is niet dat voor met zijn op aan ook door worden wordt bij naar om",
    "Spanish": "el la los las de que y en un una por con para del se su es al como más",
    "Portuguese": "os as de que em um uma por com para do da não se ao dos das mais como são",
    "Italian": "il lo gli le di che un una per con del della dei non sono alla più anche nel si",
    "Romanian": "și să nu cu pe la din care este pentru sau mai sunt în al fi unei prin ale",
    "Polish": "się nie na jest do że oraz przez dla od po jako są lub za przy tym który jak być",
    "Czech": "se na je že pro by jako jsou nebo ale při jeho také byl který od do po za",
    "Lithuanian": "ir yra kad su iš arba bei dėl nuo tai jūs galite apie savo bus",
    "Turkish": "ve bir bu için ile da de olarak olan veya daha çok gibi sizin kadar ne",
    "Somali": "iyo waa oo ku in ka ah loo la uu ay aad haddii ama waxaa",
}
SPOKEN = {language: _set(words) for language, words in FOREIGN.items()}
LONG_ENOUGH = 75
"""Characters of some 15 words, from which a page's language can be judged."""
ENOUGH = 15
ENOUGH_LATIN = 10
"""Letters of our alphabet, fewer of which stand in a text of another."""
ENOUGH_THREES = 60
ENOUGH_LETTERS = 8
"""Fewest different letters of words broken into letters; "y" and "n" all over a page are a table's."""
FOREIGN_SHARE = 0.1
FOREIGN_KINDS = 4
"""Fewest different small words of a language by which it shows."""


@lru_cache(maxsize=1)
def common_threes() -> frozenset[str]:
    """Three letters in a row as English words have them."""
    times = Counter(three for word in common_words() for three in _threes(word))
    return frozenset(three for three, count in times.items() if count >= SELDOM)


def _threes(word: str) -> list[str]:
    return [word[i : i + 3] for i in range(len(word) - 2)]


@dataclass(frozen=True)
class Sample:
    """The words of one page, looked at from several sides."""

    words: Sequence[str]

    @cached_property
    def characters(self) -> str:
        return "".join(self.words)

    @cached_property
    def plain(self) -> list[str]:
        """Its words of letters in lower case, addresses left out."""
        return [word.lower() for word in self.written]

    @cached_property
    def written(self) -> list[str]:
        return WORD.findall(ADDRESS.sub(" ", " ".join(self.words)))

    @cached_property
    def foreign(self) -> str | None:
        """The other language of which it holds the small words."""
        return next((language for language, small in SPOKEN.items() if self._speaks(small)), None)

    def _speaks(self, small: frozenset[str]) -> bool:
        met = [word for word in self.plain if word in small]
        return len(set(met)) >= FOREIGN_KINDS and len(met) >= FOREIGN_SHARE * len(self.plain)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _hits(words: Sequence[str]) -> int:
    common = common_words()
    return sum(word in common for word in words)


# Measures: the share of a page that is garbled in one way


def _unmapped(sample: Sample) -> float:
    return _share(sum(map(len, UNMAPPED.findall(sample.characters))), len(sample.characters))


def _odd(sample: Sample) -> float:
    return _share(len(ODD.findall(sample.characters)), len(sample.characters))


def _signs(sample: Sample) -> float:
    """Signs that prose has few of, as a share of all characters; pages of program code have up to a tenth."""
    return _share(len(SIGNS.findall(sample.characters)), len(sample.characters))


def _accented(sample: Sample) -> float:
    latin = LATIN.findall(sample.characters)
    accented = sum(not letter.isascii() for letter in latin)
    return _share(accented, len(latin)) if len(latin) >= ENOUGH_LATIN else 0.0


def _doubled(sample: Sample) -> float:
    long = [word for word in sample.plain if len(word) >= 4]
    return _share(sum(word[::2] == word[1::2] for word in long), len(long))


def _spaced(sample: Sample) -> float:
    """Single letters that stand in a row, as a share of all words."""
    runs = re.findall(r"(?:(?<=\s)[^\W\d_]\s){3,}", f" {' '.join(sample.words)} ")
    letters = "".join(runs).split()
    return _share(len(letters), len(sample.words)) if len(set(letters)) >= ENOUGH_LETTERS else 0.0


def _mirrored(sample: Sample) -> float:
    return _share(_hits([word[::-1] for word in sample.plain]) - _hits(sample.plain), len(sample.plain))


def _glued(sample: Sample) -> float:
    """Letters of words that are several run together, as a share of all letters; programs name things soTheyLookLikeThis."""
    runs = [run for word in sample.written for run in SMALL_RUN.findall(word)]
    english = sample.foreign is None
    glued = sum(len(run) for run in runs if _is_too_long(run) or (english and _is_glued(run)))
    return _share(glued, sum(map(len, runs)))


def _is_too_long(run: str) -> bool:
    """Whether so many letters in a row are no word, as they may be where nobody writes spaces."""
    return len(run) >= LONG_RUN and LATIN.match(run) is not None


def _is_glued(word: str) -> bool:
    common = common_words()
    if word in common:
        return False
    cuts = ((word[:i], word[i:]) for i in range(2, len(word) - 1))
    return any((head in LINKS and tail in common) or (tail in LINKS and head in common) for head, tail in cuts)


def _dummy(sample: Sample) -> float:
    return _share(sum(word in DUMMY for word in sample.plain), len(sample.plain))


def _strange(sample: Sample) -> float:
    """Three letters in a row that English does not have; the names of people and places have few."""
    if sample.foreign:
        return 0.0
    common = common_threes()
    threes = [three for word in sample.plain if word.isascii() for three in _threes(word)]
    return 0.0 if len(threes) < ENOUGH_THREES else _share(sum(three not in common for three in threes), len(threes))


def _scrambled(sample: Sample) -> float:
    """Words that are no common ones; those without a capital count for themselves, since few of them are names."""
    latin = [word for word in sample.written if word.isascii()]
    small = [word for word in latin if word[0].islower()]
    if len(small) < ENOUGH or 2 * len(latin) < len(sample.words) or sample.foreign:
        return 0.0
    return 1 - max(_share(_hits(words), len(words)) for words in (small, [word.lower() for word in latin]))


# Faults

SPOILT = "Its words are not used. Ask the sender for the file from which the PDF was made, or read it in a viewer."
DOUBTFUL = "Read it beside the text that was kept."
CANNOT_BE_TOLD = Remark("Letters cannot be told apart (a font without a table of characters)", SPOILT)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which the words of a page are no text."""

    name: str
    measure: Callable[[Sample], float] = field(repr=False)
    limit: float
    """The share of the page from which it is called so."""
    fewest: int
    """Characters from which a page can be judged by it."""
    remark: Remark
    is_unreadable: bool = False
    """Whether nothing can be made of the words, so that they are dropped."""


FAULTS = (
    Fault("unmapped", _unmapped, 0.10, 20, CANNOT_BE_TOLD, is_unreadable=True),
    Fault("odd letters", _odd, 0.20, 20, CANNOT_BE_TOLD, is_unreadable=True),
    Fault("signs", _signs, 0.2, 60, CANNOT_BE_TOLD, is_unreadable=True),
    Fault("accented", _accented, 0.45, 20, CANNOT_BE_TOLD, is_unreadable=True),
    Fault("doubled", _doubled, 0.30, 40, Remark("Letters come twice", DOUBTFUL)),
    Fault("spaced", _spaced, 0.30, 20, Remark("Words are broken into single letters", DOUBTFUL)),
    Fault("mirrored", _mirrored, 0.30, LONG_ENOUGH, Remark("Words are spelt backwards", DOUBTFUL)),
    Fault("glued", _glued, 0.15, 60, Remark("Words are run together", DOUBTFUL)),
    Fault(
        "dummy", _dummy, 0.20, LONG_ENOUGH, Remark("Dummy Latin stands where text should be (a proof?)", is_loss=False)
    ),
    Fault("strange", _strange, 0.60, LONG_ENOUGH, CANNOT_BE_TOLD, is_unreadable=True),
    Fault(
        "scrambled",
        _scrambled,
        0.60,
        LONG_ENOUGH,
        Remark("Hardly any English word (letters out of order, or another language)", DOUBTFUL),
    ),
)


def fault_of(words: Sequence[str]) -> Fault | None:
    """The first fault that the words of a page show; None where they are text, or too few to tell."""
    if not words or _is_sound(words):
        return None
    sample = Sample(words)
    return next((fault for fault in FAULTS if _shows(fault, sample)), None)


def _shows(fault: Fault, sample: Sample) -> bool:
    return len(sample.characters) >= fault.fewest and fault.measure(sample) >= fault.limit


def _is_sound(words: Sequence[str]) -> bool:
    """Whether a first look is enough, as it is for most pages."""
    characters = "".join(words)
    return (
        known(words) >= SOUND_SHARE * len(words)
        and max(map(len, words)) < LONG_RUN
        and characters.isprintable()
        and "\ufffd" not in characters
        and "ipsum" not in characters
    )


def foreign_language(words: Sequence[str]) -> str | None:
    """The language other than English that the words are of, where it is one that we know by its small words."""
    return Sample(words).foreign


def is_readable(word: str) -> bool:
    """Whether most characters of a word can be told."""
    return 2 * _length_told(word) > len(word)


def length(words: Sequence[str]) -> int:
    """How many characters can be told."""
    return sum(map(_length_told, words))


def _length_told(word: str) -> int:
    return len(UNMAPPED.sub("", word))


def known(words: Sequence[str]) -> int:
    """How many of the words are common ones: what a reading of a page is worth."""
    common = common_words()
    return sum(word.strip(PUNCTUATION).lower() in common for word in words)
