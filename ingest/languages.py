"""The language of each passage: function words tell English from the rest, a classifier tells the rest apart."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from goalmap.ingest.document import ENGLISH, Passage

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LEAST_LETTERS = 20
"""A shorter text takes the language of its neighbours."""
LEAST_LETTERS_OF_ANOTHER_SCRIPT = 6
SURE = 0.9
"""Least probability at which the classifier is believed."""
WORD = re.compile(r"[^\W\d_]+")
LATIN_ENDS = 0x250
LATIN_RESUMES = range(0x1E00, 0x1F00)
ENGLISH_WORDS = frozenset(
    WORD.findall(
        "a about after all also am an and any are as at be been before but by can could did do during each for from had has "
        "have he her his how i if in into is it its me more most my no not of on one or our out over she should so such than "
        "that the their them then there these they this those through to under up us was we were what when where which while "
        "who will with would you your"
    )
)
OTHER_WORDS = {
    "cy": "a ac am ar at bod bydd bydda byddwn cael ei eich ein er eu fel gael gan gyda hefyd hon hwn i i'n mae mewn neu nid o oedd oes ond rydym "
    "rydyn sy sydd trwy wedi wrth y ydy ydym yn yng yr ym",
    "gd": "a agus aig air an anns am ann airson bha bho bidh chan chaidh dhan gach gu gun le mar mu na nan nam ri seo sinn tha thèid",
    "ga": "a ag agus an as atá ar bhfuil bhí chun dár do gach i le leis mar na nach ná sa seo sin tá tríd "
    "chuig don sna faoi",
    "pl": "będzie być czy dla jak jest jako które który lub na nad nie od oraz po przez przy są się także w we z za ze że",
    "ro": "ale au care ce cu de din este fi în la mai nu o pe pentru prin sau se sunt și un vă",
    "fr": "au aux avec ce cette dans de des du elle en est et il la le les leur nous ont ou par pas pour que qui sont sur une vos vous",
    "es": "como con de del el ella en entre es esta están la las los más nos nuestra nuestro para pero por que se sin sobre son su sus una y",
    "pt": "ao aos as até com como da das de do dos e em mais na nas não no nos o os ou para pela pelo por que se são seu sua um uma",
    "it": "alla anche che con come da dei del della delle di e gli ha hanno i il la le nel nella non o per più questo si sono tra un una è",
    "de": "auch auf aus bei das dass dem den der des die durch ein eine einen einer für im ist mit nach nicht oder sich sie sind über um und "
    "von vor werden wir wird zu zum zur",
    "nl": "aan bij dat de die door een en het hun met naar niet of om onze ook op te uit van voor wordt worden zijn zich",
    "so": "aan ah ama ay ayaa ee iyo ka ku la lagu laga leh loo oo si uu waa waxa waxaa waxay inay",
    "tr": "bir bu da daha de en gibi her ile için kadar olan olarak sonra ve veya çok",
    "lt": "apie ar bei bus dėl iki ir iš jų kad kaip kuri kurie mūsų nuo per po su taip į yra už",
    "lv": "ar arī bez gan ir jūs kas kā lai mūsu no par pēc pie tiek un uz vai šo",
    "sk": "aby ako aj alebo bol do je každý na nie od po pre pri sa so sú tiež v vo z za že",
    "cs": "aby ale byl do i jako je jsou každý k ke na nebo od po pro při s se také tak v ve z za že",
    "hu": "a az csak egy ez és hogy ha is le meg minden mint nem számára van vagy",
    "sq": "që dhe do është janë ka me më na nga në për si të një ose tek kjo",
    "vi": "bạn các cho có của cùng để được hoặc khi không là một này người những sẽ tại trong từ và với",
}
"""Function words of the languages that UK bodies publish in and that are written in Latin letters."""
OTHER_SCRIPTS = "ar bg bn el fa gu hi ne pa ru si ta uk ur zh"
NAMES = {
    **{"ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "cy": "Welsh", "de": "German", "el": "Greek"},
    **{"en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic"},
    **{"gu": "Gujarati", "hi": "Hindi", "hu": "Hungarian", "it": "Italian", "lt": "Lithuanian", "lv": "Latvian"},
    **{"ne": "Nepali", "nl": "Dutch", "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian"},
    **{"ru": "Russian", "si": "Sinhala", "sk": "Slovak", "so": "Somali", "sq": "Albanian", "ta": "Tamil"},
    **{"tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese"},
}
FUNCTION_WORDS = {language: frozenset(WORD.findall(words)) for language, words in OTHER_WORDS.items()}
ANY_OTHER = frozenset(chain.from_iterable(FUNCTION_WORDS.values()))
ONLY_ENGLISH = ENGLISH_WORDS - ANY_OTHER
ONLY_OTHER = ANY_OTHER - ENGLISH_WORDS


def tagged(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages with their languages; what is too short to tell has that of its neighbours, None where they have none."""
    told = [language_of(passage.text) for passage in passages]
    if others := frozenset(language for language in told if language not in (None, ENGLISH)):
        told = [language or _likeliest(passage.text, others) for passage, language in zip(passages, told, strict=True)]
    found = [replace(passage, language=language) for passage, language in zip(passages, told, strict=True)]
    main = main_language(found)
    around = zip(_last_told(told), reversed(_last_told(told[::-1])), strict=True)
    return tuple(
        passage if passage.language else replace(passage, language=before if before == after else main)
        for passage, (before, after) in zip(found, around, strict=True)
    )


def main_language(passages: Sequence[Passage]) -> str | None:
    """The language of most of the text, as far as its passages have one."""
    letters = Counter[str]()
    for passage in passages:
        if passage.language:
            letters[passage.language] += len(passage.text)
    return max(letters, key=lambda language: (letters[language], language), default=None)


def language_name(code: str) -> str:
    """What people call a language.

    >>> language_name("cy"), language_name("xx")
    ('Welsh', 'xx')
    """
    return NAMES.get(code, code)


def language_of(text: str) -> str | None:
    """The language of a text by itself; None where it is too short, or has no word that gives it away.

    >>> language_of("Mae'r bwrdd iechyd wedi agor canolfan newydd yn y dref.")
    'cy'
    >>> language_of("Chair: Siân Gwenllian, Llywodraeth Cymru")
    """
    words = WORD.findall(text.casefold())
    letters = sum(map(len, words))
    if letters >= LEAST_LETTERS_OF_ANOTHER_SCRIPT and _is_of_another_script(words, letters):
        return _believed(text)
    if letters < LEAST_LETTERS:
        return None
    english = _count(words, ONLY_ENGLISH)
    if _count(words, ONLY_OTHER) <= english and (english or not _count(words, ANY_OTHER)):
        return ENGLISH if english else None
    language = None if _is_names(text) else _believed(text)
    if language is None or language == ENGLISH:
        return language
    return language if _count(words, FUNCTION_WORDS.get(language, frozenset())) > english else None


def _count(words: Sequence[str], wanted: frozenset[str]) -> int:
    return sum(word in wanted for word in words)


def _is_names(text: str) -> bool:
    """Whether half of the words or more are capitalised, as in a name, a post or a heading."""
    words: list[str] = WORD.findall(text)
    return sum(word[0].isupper() for word in words) * 2 >= len(words)


def _is_of_another_script(words: Sequence[str], letters: int) -> bool:
    """Whether most letters are not Latin."""
    others = sum(ord(letter) >= LATIN_ENDS and ord(letter) not in LATIN_RESUMES for word in words for letter in word)
    return others * 2 > letters


def _likeliest(text: str, others: frozenset[str | None]) -> str | None:
    """English or one of the document's other languages, for a text that no word gives away; English in doubt."""
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        return None
    language, probability = _identifier().classify(text)
    return language if language == ENGLISH or (language in others and probability >= SURE) else None


def _last_told(languages: Sequence[str | None]) -> list[str | None]:
    """For each place the language told there or last before it."""
    last: str | None = None
    return [last := language or last for language in languages]


def _believed(text: str) -> str | None:
    language, probability = _identifier().classify(text)
    return language if probability >= SURE else None


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """The classifier, a second to load; most documents do without it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([ENGLISH, *OTHER_WORDS, *OTHER_SCRIPTS.split()])
    return identifier
