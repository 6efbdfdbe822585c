"""Publication dates: from metadata, from a line of text, from a file's name; always ISO 8601, as exact as the source is."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"],
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
DAY_MONTH_YEAR = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\.?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
MONTH_YEAR = re.compile(rf"\b{MONTH}\.?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_./](?P<month>0[1-9]|1[0-2])(?:[-_./](?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)")
NUMERIC = re.compile(r"(?<!\d)(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?:[-_/](?:20)?\d\d)?(?!\d)")
DATELINE = re.compile(r"^(?:published|posted|date|updated|issued|first published|for immediate release|press release)?[\s:|,–-]*"
                      r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$", re.I)  # fmt: skip


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
    """The date of a line that is a date and little else ("Published: Monday, 15 September 2025"), not one told in passing."""
    match = DAY_MONTH_YEAR.search(text) or NUMERIC.search(text) or ISO.search(text)
    if match is None or not DATELINE.match(text[: match.start()]):
        return None
    return _iso(match)


def from_file_name(name: str) -> str | None:
    """The date in a file's name, if any: shft-board-2024-05-30.pdf, annual-report-2023-24.pdf."""
    match = ISO.search(name)
    if match and (found := _iso(match)):
        return found
    year = YEAR.search(name)
    return year["year"] if year else None


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    month = groups.get("month") or ""
    number = MONTHS.get(month.casefold()) or int(month)
    try:
        if groups.get("day"):
            return date(int(groups["year"]), number, int(groups["day"])).isoformat()
        return date(int(groups["year"]), number, 1).isoformat()[:7]
    except ValueError:
        return None
