"""Publication dates: from metadata, from a line of text, from a file's name; always ISO 8601, as exact as the source is."""

import re
from datetime import date

MONTH_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, start=1) for name in names.split()}
MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
DAY_MONTH_YEAR = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\.?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I
)
MONTH_DAY_YEAR = re.compile(rf"\b{MONTH}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
MONTH_YEAR = re.compile(rf"\b{MONTH}\.?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
SEASON_YEAR = re.compile(r"\b(?:spring|summer|autumn|winter)\s+(?P<year>20\d\d)\b", re.I)
ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_./](?P<month>0[1-9]|1[0-2])(?:[-_./](?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)"
)
NUMERIC = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?!\d)")
SHORT = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<sep>[/.])(?P<month>\d{1,2})(?P=sep)(?P<year>[0-4]\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?:[-_/](?:20)?\d\d)?(?!\d)")
HAS_DIGIT, HAS_YEAR = re.compile(r"\d"), re.compile(r"(?:19|20)\d\d")
"""What a text must hold for the short pattern to be tried, and for the others."""
IN_TEXT = (DAY_MONTH_YEAR, MONTH_DAY_YEAR, ISO, NUMERIC, MONTH_YEAR)
IN_LINE = (DAY_MONTH_YEAR, MONTH_DAY_YEAR, NUMERIC, SHORT, ISO, MONTH_YEAR)
IN_FILE_NAME = (
    ISO,
    DAY_MONTH_YEAR,
    NUMERIC,
    re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>0[1-9]|[12]\d|3[01])(?P<month>0[1-9]|1[0-2])(?P<year>20[0-4]\d)(?!\d)"),
    MONTH_YEAR,
)
IN_ADDRESS = re.compile(
    rf"/(?P<year>20[0-4]\d)/(?:(?P<number>0?[1-9]|1[0-2])|{MONTH})(?:/(?P<day>0[1-9]|[12]\d|3[01]))?/", re.I
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
UPDATED = r"(?:this )?(?:page |article |document )?(?:was |content )?(?:last |next )?(?:updated|reviewed|modified|edited|revised)"
DATELINE = re.compile(
    rf"^(?:(?:(?:first |originally |date )?(?:published|posted)|(?:publication|release|issue) date|date(?: of (?:issue|release))?|"
    rf"(?P<updated>{UPDATED})|issued|created|added|submitted|for immediate (?:release|use)|(?:press|media|news) release|"
    r"(?:strictly )?embargoed? (?:until|to|till)(?: [\d.:]{1,5} ?(?:hrs|hours|[ap]m)?| midnight| noon)?)"
    rf"(?: (?:by [\w ]{{2,40}}?)?(?:on|in))?|[A-Z][a-z]+(?: [A-Z][a-z]+)?,)?[\s:|,–-]*{WEEKDAY}$",
    re.I,
)
AFTER_DATE = re.compile(
    r"^[\s,.]*(?:$|(?:at )?\d{1,2}[:.]\d\d|[|·•]\s*(?:\S+\s+){0,7}\S+$|[–—-]?\s*(?:by|in|from|posted by)\s+(?:\S+\s+){0,5}\S+$|"
    r"[|·•–—-]?\s*(?:\d+ min|see all updates|was this page))",
    re.I,
)
AT_TITLES_END = re.compile(r"[,:(|–—-]\s*(?P<date>[^,:(|–—-]{4,30}?)\)?$")


def from_text(text: str) -> str | None:
    """The first full date in a text, else its first month and year.

    >>> from_text("Published: Monday, 15 September 2025.")
    '2025-09-15'
    >>> from_text("Board meeting, November 2023")
    '2023-11'
    """
    for pattern in IN_TEXT:
        for match in pattern.finditer(text):
            if found := _iso(match):
                return found
    return None


def from_dateline(text: str) -> str | None:
    """The date of a line that begins as a date does, not one told in passing, nor that of a change.

    >>> from_dateline("Published: Monday, 15 September 2025. Was this page helpful?")
    '2025-09-15'
    >>> from_dateline("The hub opened on 15 September 2025") is None
    True
    >>> from_dateline("Last updated on 15 September 2025") is None
    True
    """
    match = _date_in_line(text)
    label = DATELINE.match(text[: match.start()]) if match else None
    return _iso(match) if match and label and not label["updated"] else None


def is_dateline(text: str) -> bool:
    """Whether a line is a date and nothing else but who wrote it, and how long it takes to read.

    >>> is_dateline("Published on 12 February 2024"), is_dateline("12 February 2024: opening of the workshop")
    (True, False)
    """
    match = _date_in_line(text)
    if match is None or DATELINE.match(text[: match.start()]) is None:
        return False
    return AFTER_DATE.match(text[match.end() :]) is not None


def _date_in_line(text: str) -> re.Match[str] | None:
    patterns = [*IN_LINE] if HAS_YEAR.search(text) else [SHORT] if HAS_DIGIT.search(text) else []
    found = (pattern.search(text) for pattern in patterns)
    return next((match for match in found if match), None)


def from_title(title: str) -> str | None:
    """The date that a title ends in, as those of newsletters and minutes do.

    >>> from_title("News for volunteers, Autumn 2024"), from_title("Trust to be carbon neutral by March 2030")
    ('2024', None)
    """
    end = AT_TITLES_END.search(title)
    if end is None:
        return None
    found = from_text(end["date"])
    season = SEASON_YEAR.fullmatch(end["date"])
    return found or (season["year"] if season else None)


def from_file_name(name: str) -> str | None:
    """The date in a file's name, if any.

    >>> from_file_name("shft-board-2024-05-30"), from_file_name("annual-report-2023-24"), from_file_name("minutes")
    ('2024-05-30', '2023', None)
    >>> from_file_name("17052024_release"), from_file_name("newsletter-may-2024")
    ('2024-05-17', '2024-05')
    """
    for text in (name, name.replace("-", " ").replace("_", " ")):
        for pattern in IN_FILE_NAME:
            if (match := pattern.search(text)) and (found := _iso(match)):
                return found
    year = YEAR.search(name)
    return year["year"] if year else None


def from_address(address: str) -> str | None:
    """The date in the folders of a web address.

    >>> from_address("https://a.example/news/2024/05/17/garden/"), from_address("https://a.example/2024/may/garden")
    ('2024-05-17', '2024-05')
    """
    match = IN_ADDRESS.search(address)
    return _iso(match) if match else None


def _iso(match: re.Match[str]) -> str | None:
    """The date of a match, the day before the month as in the UK, unless that cannot be."""
    parts = match.groupdict()
    word = (parts.get("number") or parts.get("month") or "").casefold()
    year, month, day = int(parts["year"]), MONTHS.get(word) or int(word), int(parts.get("day") or 1)
    year += 2000 if year < 100 else 0
    if month > 12 >= day and "sep" in parts:
        day, month = month, day
    try:
        found = date(year, month, day).isoformat()
    except ValueError:
        return None
    return found if parts.get("day") else found[:7]
