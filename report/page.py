"""Pages: the Jinja environment, and how dates, probabilities and files read in words."""

import re
from functools import lru_cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

from goalmap.ingest.document import Status
from goalmap.report.wording import count
from goalmap.store.days import day

CONFIDENCE = (
    (0.9, "very likely"),
    (0.75, "likely"),
    (0.5, "more likely than not"),
    (0.0, "possible"),
)
"""Words for a probability: the first whose floor it reaches."""

STATUSES = {
    Status.OK: "Read",
    Status.PARTIAL: "Read in part",
    Status.NO_TEXT: "No text in it",
    Status.NEEDS_PASSWORD: "Needs a password",
    Status.UNSUPPORTED: "Not a kind that is read",
    Status.REFUSED: "Refused",
    Status.FAILED: "Reading failed",
    Status.SKIPPED: "Skipped",
}
"""What became of a document, as a label."""


@lru_cache
def environment() -> Environment:
    """Templates of this package, escaped, and strict about names that are missing."""
    made = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=day, anchor=anchor, likelihood=likelihood, percent=percent, status=status, kind_words=kind_words
    )
    made.globals.update(count=count, confidence_words=CONFIDENCE)
    return made


def _template(name: str) -> str:
    return (resources.files("goalmap.report") / "templates" / name).read_text("utf-8")


def anchor(name: str) -> str:
    """A name as the target of a link within the page.

    >>> anchor("purpose-goals/4.1")
    'purpose-goals-4-1'
    """
    return re.sub(r"[^\w-]+", "-", name)


def likelihood(probability: float) -> str:
    """A probability in words.

    >>> likelihood(0.93), likelihood(0.5)
    ('very likely', 'more likely than not')
    """
    return next(words for floor, words in CONFIDENCE if probability >= floor)


def percent(share: float) -> str:
    """A share of one as whole per cents; only what is certain is 100%, only what is impossible 0%.

    >>> percent(0.803), percent(0.999), percent(0.001)
    ('80%', '99%', '1%')
    """
    return f"{share:.0%}" if share in (0, 1) else f"{min(99, max(1, round(share * 100)))}%"


def status(name: str) -> str:
    """What became of a document, as a label; a status from a later goalmap reads as it is."""
    return STATUSES[Status(name)] if name in set(Status) else name


def kind_words(kind: str | None) -> str:
    return (kind or "").replace("_", " ")
