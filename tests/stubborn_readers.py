"""Readers that another program might bring: one that takes its time and two that kill whoever calls them.

Tests put this file and an entry point for it where workers find them; see tests/clusters.py.
"""

import os
import signal
import time

from goalmap.ingest.document import Reading
from goalmap.ingest.readers import Reader
from goalmap.ingest.text.reader import read_text
from goalmap.ingest.watch import Watch

SECONDS = "STUBBORN_SECONDS"
"""The variable that says how long a file of notes takes."""


def read_notes(data: bytes, watch: Watch) -> Reading:
    time.sleep(float(os.environ.get(SECONDS, "0")))
    return read_text(data, watch)


def kill_reader(data: bytes, watch: Watch) -> Reading:
    """As a parser does that touches memory which is not its own."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still here")


def kill_worker(data: bytes, watch: Watch) -> Reading:
    """As the machine does that runs out of memory and ends the process that began it all."""
    os.kill(os.getppid(), signal.SIGKILL)
    return kill_reader(data, watch)


NOTES = Reader("notes", "text/x-notes", (".notes",), f"{__name__}:read_notes")
POISON = Reader("poison", "text/x-poison", (".poison",), f"{__name__}:kill_reader")
VENOM = Reader("venom", "text/x-venom", (".venom",), f"{__name__}:kill_worker")
