"""The end of a server that goalmap serve has left behind."""

import os
import shutil
import signal
import time
from contextlib import suppress
from threading import Thread

ATTENDED = "GOALMAP_SERVE_ATTENDED"
"""In the environment: set where our standard input ends with goalmap serve."""
FOLDER = "GOALMAP_SERVE_FOLDER"
"""In the environment: a folder of goalmap serve's that goes however the server ends; queue_files.py keeps queues there."""
SECONDS = 5.0
"""How long requests may take to be answered before the server ends all the same."""


def end_with_goalmap_serve() -> None:
    """End this server when goalmap serve is killed and can end it no more."""
    if os.environ.pop(ATTENDED, ""):
        Thread(target=_wait, args=(os.environ.get(FOLDER, ""),), daemon=True).start()


def _wait(folder: str) -> None:
    with suppress(OSError):
        os.read(0, 1)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS)
    os._exit(1)
