"""Values of columns as people read them."""

import json
from typing import Any

from markupsafe import Markup

STATUS_WORDS = {
    "ok": "Read",
    "partial": "Read in part",
    "no_text": "No text in it (a scan, or an empty file)",
    "needs_password": "Needs a password",
    "unsupported": "Not a kind of file that goalmap reads",
    "refused": "Refused: over a limit",
    "failed": "Could not be read",
    "skipped": "Left out",
}

ENTITY_WORDS = {"person": "People", "organisation": "Organisations", "initiative": "Initiatives"}

STATES = {"accepted": "accepted", "changed": "accepted", "added": "accepted", "rejected": "rejected"}


def state_of(verdict: str | None) -> str:
    """How a goal stands with a passage after a verdict; without one it waits."""
    return STATES.get(verdict or "", "waiting")


def json_value(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None


def json_list(text: Any) -> list[Any]:
    """The list that a JSON column holds; empty where it holds none."""
    found = json_value(text)
    return found if isinstance(found, list) else []


def spans(text: Any) -> list[tuple[int, int]]:
    """The [start, end] pairs of a JSON list; anything else in it is left out."""
    return [(pair[0], pair[1]) for pair in json_list(text) if _is_span(pair)]


def _is_span(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(type(end) is int for end in pair)


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def amount(value: float | None, unit: str | None) -> str:
    """A figure as people write it.

    >>> amount(840000.0, "£"), amount(83.0, "%"), amount(453.0, None)
    ('£840,000', '83 %', '453')
    """
    if value is None:
        return unit or ""
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return f"{unit}{number}" if unit in ("£", "€", "$") else f"{number} {unit or ''}".strip()


def score_bar(score: float) -> Markup:
    """A probability as a small bar and a number."""
    return Markup(
        '<span class="gm-score"><span class="gm-bar" aria-hidden="true"><span style="width: {:.0f}%"></span></span>'
        " {:.2f}</span>"
    ).format(100 * score, score)
