"""Days and moments as people write them."""

import re
from datetime import date

_FORMS = {4: "{0.year}", 7: "{0:%B} {0.year}", 10: "{0.day} {0:%B} {0.year}"}
"""How a date reads that is known to the year, the month, the day: by the length of its ISO form."""


def day(written: str | None) -> str:
    """An ISO date or time as people write the day; what is no such date stays as it is.

    >>> day("2022-07-21"), day("2022-07"), day("2022"), day("summer 2022")
    ('21 July 2022', 'July 2022', '2022', 'summer 2022')
    """
    text = (written or "").strip()
    iso = text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d[T ].*", text) else text
    try:
        return _FORMS[len(iso)].format(date.fromisoformat((iso + "-01-01")[:10]))
    except (KeyError, ValueError):
        return text


def moment(written: str | None) -> str:
    """An ISO time as people write it, to the minute.

    >>> moment("2026-03-04T09:05:11+00:00"), moment("2026-03-04")
    ('4 March 2026, 09:05', '4 March 2026')
    """
    time = re.match(r"\d{4}-\d\d-\d\d[T ](\d\d:\d\d)", written or "")
    return f"{day(written)}, {time[1]}" if time else day(written)


def period(first: str | None, last: str | None) -> str:
    """From one day to another, as people write it.

    >>> period("2023-03", "2024-07"), period("2023", "2023"), period(None, "2024")
    ('March 2023 to July 2024', '2023', '2024')
    """
    return " to ".join(dict.fromkeys(day(one) for one in (first, last) if one))
