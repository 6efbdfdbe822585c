"""Whose an activity is, and when two names are those of one body."""

from collections.abc import Iterable

from goalmap.classify.activities.model import Activity
from goalmap.extract.resolving.body_names import body_name
from goalmap.extract.words import name_key

NO_BODY = "Organisation not known"


def body_of(activity: Activity) -> str:
    """The body whose activity it is: the owner, or whoever published the passage that tells most."""
    return (activity.owner.name if activity.owner else activity.main.document.publisher) or NO_BODY


def body_key(name: str) -> str:
    """One for all spellings of a body, with its legal form or without.

    >>> body_key("Orrin Logistics plc") == body_key("ORRIN logistics")
    True
    """
    key = name_key(name)
    return " ".join(body_name(key).core) or key


def fullest(names: Iterable[str]) -> dict[str, str]:
    """The longest spelling of each body, by its key."""
    return {body_key(name): name for name in sorted(set(names), key=lambda name: (len(name), name))}
