"""Work on a database that is killed on its way."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from goalmap.store.database import open_database


def killed_at(statement: int, path: Path, work: Callable[[Database], object]) -> bool:
    """Do the work in a process that is killed at its nth SQL statement; gives whether it came so far."""

    def child() -> None:
        left = statement
        db = open_database(path, create=True)

        def count(_: str) -> None:
            nonlocal left
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        db.conn.set_trace_callback(count)
        work(db)
        os._exit(0)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join(300)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0
