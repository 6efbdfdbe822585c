"""What a file may ask of the machine, and the watch kept while it is read: a step that was fatal before is left out."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from goalmap.ingest.errors import Refused

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may ask of the machine; whoever passes one is refused or cut short, with the reason."""

    max_bytes: int = 200 * MEGABYTE
    """Size of the file."""
    max_unpacked: int = 500 * MEGABYTE
    """All that a package (DOCX, ZIP ...) may unpack to, parts of parts counted in."""
    max_parts: int = 2_000
    """Members of an archive and attachments, parts of parts counted in."""
    max_depth: int = 3
    """How deep parts may lie in parts."""
    max_pages: int = 10_000
    max_characters: int = 20_000_000
    """Text of one document."""
    max_seconds: float = 1_800.0
    """How long the pages of one file may take together; what is left then is not read, and the file is partial."""
    step_seconds: float = 120.0
    """How long one step (a page, a part) may take before its worker is ended."""
    max_memory: int = 2048 * MEGABYTE
    """Address space of a worker."""


@dataclass(slots=True)
class Budget:
    """What is left of the limits for a file and everything inside it."""

    bytes_left: int
    parts_left: int
    given_up: bool = False

    def unpack(self, size: int) -> None:
        """Take so many unpacked bytes from what is left. Raises Refused."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise Refused("The file unpacks to more than the limit. If you trust it, unpack it and ingest the folder.")

    def take_part(self) -> bool:
        """Whether one more part may be read."""
        self.parts_left -= 1
        return self.parts_left >= 0


Tell = Callable[[str, float], None]
"""Told the name of a step before it is taken, and how many seconds it may take."""


def nobody(step: str, seconds: float) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Kept over one file: says before each step whether it may be taken, and tells whoever can end the process of it.

    Steps are named by where they are: "text", "page 3", "letter.pdf: page 3", "letter.pdf: names".
    """

    limits: Limits
    without: Collection[str]
    """Steps that ended a worker before and are left out this time."""
    is_last_try: bool
    """Whether nothing more is read after the first step that is left out."""
    tell: Tell
    deadline: float
    budget: Budget
    place: str = ""
    """Where in the file this is: empty, or the part's name and a colon."""
    depth: int = 0
    """How many files this one lies in."""

    @classmethod
    def over(
        cls,
        limits: Limits | None = None,
        without: Collection[str] = frozenset(),
        is_last_try: bool = False,
        tell: Tell = nobody,
    ) -> "Watch":
        """A watch over a file that is about to be read."""
        limits = limits or Limits()
        deadline = time.monotonic() + limits.max_seconds
        return cls(limits, without, is_last_try, tell, deadline, Budget(limits.max_unpacked, limits.max_parts))

    def may_read(self, step: str) -> bool:
        """Whether a step of the reading may be taken; told before it is, so that a kill can be laid to it."""
        if self.budget.given_up or not self.may(step):
            self.budget.given_up |= self.is_last_try
            return False
        return True

    def may(self, step: str, seconds: float | None = None) -> bool:
        """The same for a step after the reading, which may be given its own time."""
        name = self.place + step
        if name in self.without:
            return False
        self.tell(name, seconds or self.limits.step_seconds)
        return True

    @property
    def is_late(self) -> bool:
        """Whether the file has had its time; the pages that are left are not read."""
        return time.monotonic() > self.deadline

    def inside(self, part: str) -> "Watch":
        """The watch over a part of the file."""
        return replace(self, place=f"{self.place}{part}: ", depth=self.depth + 1)


def limit_memory(most: int) -> None:
    """Let this process, a child that may be ended, ask for no more memory than this, and leave no picture of it behind."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
