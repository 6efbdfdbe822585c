"""A post as it is read from a sentence, before its body is known."""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Post:
    """A title that the text gives a person, with the body where it names one."""

    person: int
    title: str
    body: int | None = None
    former: bool = False
    since: str | None = None
    until: str | None = None
    article: str = ""
    """The small word before the title: `the`, `our`, `a`."""
    sentence: str = ""
    """Where it stands, masked."""
    place: int = 0
    """Where in the sentence."""
    end: int = 0
    """Where its words end."""

    def at(self, body: int, title: str) -> Self:
        """The same post at a body, with its title as it then is."""
        return replace(self, body=body, title=title)
