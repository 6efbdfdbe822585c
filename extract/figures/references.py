"""Numbers that count nothing: years, dates, times, ages, bands, pages, telephone and reference numbers."""

import re

from goalmap.extract.figures.numbers import DURATIONS, PERCENT, TIMES, Number
from goalmap.extract.figures.periods import MONTH
from goalmap.extract.words import one_of, table

_LABELS = table(
    """
    page pages pp p band bands grade grades level levels goal goals mission missions year years ks stage key ward wards no nos number numbers
    paragraph para item section sections version edition scope aged age ages room platform terminal clause article chapter figure fig
    table box appendix annex phase tier zone type step week day round category class unit part act schedule route bus junction
    charity company registration registered ref reference extension ext tel telephone call phone fax text dial iso ftse top flat gate
    question answer standard target objective priority pillar principle floor lot plot volume vol issue series season lesson
    indicator measure wave cohort module covid code article regulation rule form slide panel court channel radio studio war sdg sdgs under over-
    """
)
_LABELLED = re.compile(
    rf"(?:^|[^\w])(?:{one_of(_LABELS)})\.?[ ](?:\d{{1,3}}[a-z]?(?:,[ ]|[ ]and[ ]|[ ]or[ ]|[ ]to[ ]|[ ]?[–-][ ]?))*$",
    re.I,
)
_TOTAL = re.compile(r"(?:total|the|record)[ ]number[ ]$|[ ]a[ ]number[ ]$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(rf"(?:st|nd|rd|th)?(?:(?:[ ]and[ ]|[ ]to[ ]|[ ]?[–-][ ]?)\d{{1,2}})?[ ](?:of[ ])?{MONTH}\b")
_DATE_BEFORE = re.compile(rf"\b{MONTH}[ ]$")
_TIME = re.compile(
    r"[ ]?(?:[ap]\.?m\b|o[’']clock|hrs\b|noon\b|midnight\b)|[ ]?(?:-|–|to)[ ]?\d{1,2}(?:\.\d\d)?[ap]m", re.I
)
_AGE = re.compile(
    r"(?:[ ]?(?:-|–|to|and)[ ]?\d{1,2})?[- ](?:years?[- ]olds?|years?[ ]of[ ]age|year-olds?|plus\b)"
    r"|[ ](?:to|and)[ ]\d{1,2}[ ](?:bursary|funding|provision|study|programme|education|age)",
    re.I,
)
_ADDRESS = re.compile(
    r"[a-z]?,?[ ](?:[A-Z][\w’'-]+[ ]){1,3}(?:Street|St|Road|Rd|Lane|Avenue|House|Way|Court|Place|Square|Close|Drive|Hill|Row|Terrace|Crescent|Quay|Parade|Gardens|Wharf)\b"
)
_PAGE = re.compile(r"[ ](?:[A-Z][\w’'-]+[ ]){1,}")
_DIGITS_BESIDE = re.compile(r"\d[ ]$")
_CODE_AFTER = re.compile(r"[ ]\d{3,}\b(?!,)")
_IN_TIME = re.compile(
    r"(?:\b(?:for|over|within|after|in|during|every|past|last|next|first|the|these|another|before|until|aged?|of|at|or|and)|\d[ ]to)[ ]$",
    re.I,
)
_OF_TIME = re.compile(
    r"(?:period|maximum|minimum|average|total|median|mean|time)[ ]of[ ](?:up[ ]to[ ])?$|(?:\b(?:rose|fell|dropped|down|up|from|cut)\b.{0,24})[ ]$",
    re.I,
)
_OPENING = re.compile(r"[ ](?:a|per|each)[ ](?:day|week)\b")
_HALF = re.compile(
    r"\b(?:each|either|every|first|second|other|latter|next|last|final|better|one-and-a-|top|bottom)[ ]?$", re.I
)
_AND_A_HALF = re.compile(r"\band[ ]a[ ]half$", re.I)
_SHARED = re.compile(
    r"[ ](?:of|the|our|its|their|all|as)\b|[ ](?:more|less|fewer|again|[a-z]+er)\b|[.,;)]|$|[ ](?:had|were|are|have|came|went|said|now)\b"
)
_SHARE_BEFORE = re.compile(
    r"\b(?:by|than|to|about|nearly|almost|over|under|around|only|just|from|is|was|a|some|roughly|least)[ ]$", re.I
)
_AS_MANY = re.compile(r"[ ](?:as|more|the|what|higher|larger|bigger|faster|likelier|greater|its|our)\b")
_THE_TWO = re.compile(r"\b(?:the|these|those|other)[ ]two$", re.I)
_DAYTIME = frozenset({"hours", "days"})


def is_reference(text: str, number: Number) -> bool:
    """Whether a number measures nothing, going by its looks and the words beside it."""
    before, after = text[max(0, number.start - 40) : number.start], text[number.end : number.end + 60]
    if number.unit == TIMES:
        return number.spelled and not _AS_MANY.match(after) and not text[: number.end].endswith(("ed", "ing"))
    if number.unit in DURATIONS:
        return _is_time(number, before, after)
    if number.unit == PERCENT and number.spelled:
        return _is_part_of_none(before, text[number.start : number.end], after)
    if number.spelled:
        the_two = _THE_TWO.search(before + text[number.start : number.end])
        return number.value < 2 or bool(the_two or _AGE.match(after) or _TIME.match(after) or _LABELLED.search(before))
    return number.is_bare and _is_bare_reference(text, number, before, after)


def _is_time(number: Number, before: str, after: str) -> bool:
    if number.unit == "years" or _AGE.match(after):
        return True
    if number.unit in _DAYTIME and number.value in (5, 6, 7, 24) and _OPENING.match(after):
        return True
    return bool(_IN_TIME.search(before)) and not _OF_TIME.search(before)


def _is_part_of_none(before: str, words: str, after: str) -> bool:
    """`the second half of the year`, `a third party`."""
    return bool(_HALF.search(before) or _AND_A_HALF.search(before + words)) or not (
        _SHARED.match(after) or _SHARE_BEFORE.search(before)
    )


def _is_bare_reference(text: str, number: Number, before: str, after: str) -> bool:
    digits = text[number.start : number.end].rstrip("+")
    if digits.isdigit() and (_YEAR.fullmatch(digits) or len(digits) > 6 or (digits[0] == "0" and len(digits) > 1)):
        return True
    if "," not in digits and _LABELLED.search(before) and not _TOTAL.search(before):
        return True
    if (
        _DATE.match(after)
        or _TIME.match(after)
        or _AGE.match(after)
        or _ADDRESS.match(after)
        or _CODE_AFTER.match(after)
    ):
        return True
    is_day = len(digits) < 3 and _DATE_BEFORE.search(before) and re.match(r",|[ ](?:19|20)\d\d|\.|$", after)
    return bool(is_day or _DIGITS_BESIDE.search(before) or (not before and _PAGE.match(after)))
