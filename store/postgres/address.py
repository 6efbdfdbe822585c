"""Where a store on PostgreSQL is, as `--db` names it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

SCHEMES = ("postgresql://", "postgres://")
_PASSWORD = re.compile(r"(://[^:/@?]*):[^@]*@|([?&]password=)[^&]*")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a PostgreSQL database, such as postgresql://anna@host/goalmap."""

    text: str

    def __str__(self) -> str:
        """The address without the password, for messages.

        >>> str(Address("postgresql://anna:secret@host/goalmap"))
        'postgresql://anna@host/goalmap'
        """
        return _PASSWORD.sub(lambda match: f"{match[1]}@" if match[1] else f"{match[2]}...", self.text)

    @property
    def here(self) -> Path:
        """The file on this machine that stands for the store: what is kept beside a database is kept beside it."""
        import platformdirs

        from goalmap.store.ids import stable_id

        name = stable_id("s", str(self))
        return Path(platformdirs.user_cache_dir("goalmap", appauthor=False)) / f"{name}.db"


Place: TypeAlias = Path | Address
"""Where a store is: a file of SQLite, or a PostgreSQL database."""


def is_address(text: object) -> bool:
    """Whether a text names a PostgreSQL database and not a file.

    >>> is_address("postgresql://host/goalmap"), is_address("goalmap.db")
    (True, False)
    """
    return str(text).lower().startswith(SCHEMES)


def place(text: str) -> Place:
    """Where the text says that a store is."""
    return Address(text) if is_address(text) else Path(text)


def file_of(store: Place) -> Path:
    """The file that a store is, or that stands for it on this machine; its folder is there."""
    if isinstance(store, Path):
        return store
    store.here.parent.mkdir(parents=True, exist_ok=True)
    return store.here
