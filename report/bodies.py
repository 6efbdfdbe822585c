"""Whose an activity is, and when two names are those of one body."""

from collections.abc import Iterable

from goalmap.classify.activities.model import Activity
from goalmap.classify.activities.owners import body_key

NO_BODY = "Organisation not known"


def body_of(activity: Activity) -> str:
    """The body whose activity it is: the owner, or whoever published the passage that tells most."""
    return (activity.owner.name if activity.owner else activity.main.document.publisher) or NO_BODY


def fullest(names: Iterable[str]) -> dict[str, str]:
    """The longest spelling of each body, by its key."""
    return {body_key(name): name for name in sorted(set(names), key=lambda name: (len(name), name))}
