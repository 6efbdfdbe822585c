"""Processes that goalmap begins: none takes its modules from the folder in which it was called."""

import os
from multiprocessing import get_context
from multiprocessing.context import SpawnContext

SAFE_PATH = "PYTHONSAFEPATH"
APART = "-P"
"""The same as an option of Python. Without it a file `json.py` among the documents would be run."""


def keep_children_apart() -> None:
    """Let every Python that this process begins look for modules where they are installed alone."""
    os.environ[SAFE_PATH] = "1"


def spawning() -> SpawnContext:
    """What begins worker processes that are kept apart from the current folder."""
    keep_children_apart()
    return get_context("spawn")
