"""Processes that goalmap begins: none takes its modules from the folder in which it was called."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SAFE_PATH = "PYTHONSAFEPATH"
APART = "-P"
"""The same as an option of Python. Without it a file `json.py` among the documents would be run."""

_LOCK = Lock()
_before: dict[str, list[str | None]] = defaultdict(list)
"""What the environment said of a variable, once for each that is within; the first is what it said to begin with."""


@contextmanager
def apart(**also: str) -> Iterator[None]:
    """Every Python begun within looks for modules where they are installed alone; its environment says `also` what is given.

    Several threads may be within at once; after the last the environment is as it was.
    """
    within = {SAFE_PATH: "1", **also}
    with _LOCK:
        for name, value in within.items():
            _before[name].append(os.environ.get(name))
            os.environ[name] = value
    try:
        yield
    finally:
        with _LOCK:
            for name in within:
                before = _before[name].pop()
                if not _before[name]:
                    _restore(name, before)


def _restore(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
