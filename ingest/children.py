"""Processes that goalmap begins: none takes its modules from the folder in which it was called."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SAFE_PATH = "PYTHONSAFEPATH"
APART = "-P"
"""The same as an option of Python. Without it a file `json.py` among the documents would be run."""

_LOCK = Lock()
_before: list[str | None] = []
"""What the environment said, once for each that is within; the first is what it said to begin with."""


@contextmanager
def apart() -> Iterator[None]:
    """Every Python begun within looks for modules where they are installed alone.

    Several threads may be within at once; after the last the environment is as it was.
    """
    with _LOCK:
        _before.append(os.environ.get(SAFE_PATH))
        os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        with _LOCK:
            before = _before.pop()
            if not _before:
                _restore(before)


def _restore(value: str | None) -> None:
    if value is None:
        os.environ.pop(SAFE_PATH, None)
    else:
        os.environ[SAFE_PATH] = value
