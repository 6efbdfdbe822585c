"""A server that goalmap serve attends: it leaves the terminal to it, and does not outlive it."""

import logging
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
LOGS = ("uvicorn.error", "uvicorn.access")
"""What the server tells of itself, and of each request. It sets their levels anew when it starts, and keeps filters."""
SECONDS = 5.0
"""How long requests may take to be answered before the server ends all the same."""


def follow_goalmap_serve() -> None:
    """Tell nothing but what goes wrong, and end when goalmap serve is killed and can end this server no more."""
    if os.environ.pop(ATTENDED, ""):
        for name in LOGS:
            logging.getLogger(name).addFilter(_is_wrong)
        Thread(target=_wait, args=(os.environ.get(FOLDER, ""),), daemon=True).start()


def _is_wrong(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _wait(folder: str) -> None:
    with suppress(OSError):
        os.read(0, 1)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS)
    os._exit(1)
