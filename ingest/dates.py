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
MONTH_YEAR = re.compile(rf"\b{MONTH}\.?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_./](?P<month>0[1-9]|1[0-2])(?:[-_./](?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)"
)
NUMERIC = re.compile(r"(?<!\d)(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?:[-_/](?:20)?\d\d)?(?!\d)")
DATELINE = re.compile(
    r"^(?:(?:first )?published|posted|date|(?:last )?updated|issued|for (?:immediate )?release|press release)?"
    r"(?: (?:on|in))?[\s:|,–-]*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$",
    re.I,
)


def from_text(text: str) -> str | None:
    """The first full date in a text, else its first month and year.

    >>> from_text("Published: Monday, 15 September 2025.")
    '2025-09-15'
    >>> from_text("Board meeting, November 2023")
    '2023-11'
    """
    for pattern in (DAY_MONTH_YEAR, ISO, NUMERIC, MONTH_YEAR):
        for match in pattern.finditer(text):
            if found := _iso(match):
                return found
    return None


def from_dateline(text: str) -> str | None:
    """The date of a line that begins as a date does, not one told in passing.

    >>> from_dateline("Published: Monday, 15 September 2025. Was this page helpful?")
    '2025-09-15'
    >>> from_dateline("The hub opened on 15 September 2025") is None
    True
    """
    match = _dateline(text)
    return _iso(match) if match else None


def is_dateline(text: str) -> bool:
    """Whether a line is a date and nothing else.

    >>> is_dateline("Published on 12 February 2024"), is_dateline("12 February 2024: opening of the workshop")
    (True, False)
    """
    match = _dateline(text)
    return match is not None and not text[match.end() :].strip(" .|")


def _dateline(text: str) -> re.Match[str] | None:
    found = (pattern.search(text) for pattern in (DAY_MONTH_YEAR, NUMERIC, ISO, MONTH_YEAR))
    match = next((match for match in found if match), None)
    return match if match and DATELINE.match(text[: match.start()]) else None


def from_file_name(name: str) -> str | None:
    """The date in a file's name, if any.

    >>> from_file_name("shft-board-2024-05-30"), from_file_name("annual-report-2023-24"), from_file_name("minutes")
    ('2024-05-30', '2023', None)
    """
    match = ISO.search(name)
    if match and (found := _iso(match)):
        return found
    year = YEAR.search(name)
    return year["year"] if year else None


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = int(match["year"]), match["month"].casefold(), match.groupdict().get("day")
    try:
        found = date(year, MONTHS.get(month) or int(month), int(day or 1)).isoformat()
    except ValueError:
        return None
    return found if day else found[:7]
