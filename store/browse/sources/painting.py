"""Draws pages of PDFs in processes of their own, which may crash or hang: each is then ended, and another begun."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import PurePath
from threading import local

from goalmap.ingest.children import apart
from goalmap.ingest.document import Box
from goalmap.ingest.errors import ReadProblem
from goalmap.ingest.inside import bytes_inside
from goalmap.ingest.watch import MEGABYTE, Limits, Watch, limit_memory
from goalmap.store.browse.sources.originals import NotServed, Original, opened

PAINTERS = 2
SECONDS = 10
"""How long one page may take."""
SECONDS_TO_START = 60
MOST_BYTES = 500 * MEGABYTE
READY = "ready"
UNDRAWABLE = 422
FAILED = "The page cannot be drawn. Open the original file in a PDF viewer."
TOO_MUCH = "To draw this page takes too long or too much memory. Open the original file in a PDF viewer."

Answer = bytes | tuple[int, str]
"""A PNG file, or the status and the words that say why there is none."""


@dataclass(frozen=True, slots=True)
class Order:
    """A page to be drawn, with the places to be marked on it."""

    original: Original
    boxes: tuple[Box, ...]
    enlarged: float = 1.0
    is_mended: bool = False
    """Whether a repaired copy is what was read."""


def ordered(order: Order) -> "Future[bytes]":
    """The picture to come; fails with NotServed."""
    return _threads().submit(_painted, order)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(PAINTERS, "goalmap-painter")


_OWN = local()
"""The painter of each thread."""


def _painted(order: Order) -> bytes:
    """The picture by this thread's painter. Raises NotServed."""
    painter: Painter | None = getattr(_OWN, "painter", None)
    if painter is None or not painter.process.is_alive():
        painter = _OWN.painter = Painter()
    answer = painter.answer(order)
    if isinstance(answer, bytes):
        return answer
    raise NotServed(*answer)


class Painter:
    """A process that draws one page after another."""

    def __init__(self) -> None:
        """Raises NotServed where it does not start."""
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs,), daemon=True)
        with apart():
            self.process.start()
        theirs.close()
        if self._said(SECONDS_TO_START) != READY:
            raise NotServed(503, "Nothing can be drawn just now. Try again, or open the original file.")

    def answer(self, order: Order) -> Answer:
        """The picture, or why there is none; a process that dies of it or overruns is ended."""
        with suppress(OSError):  # it died just now, which shows when its answer is asked for
            self.pipe.send(order)
        said = self._said(SECONDS)
        return said if isinstance(said, (bytes, tuple)) else (UNDRAWABLE, TOO_MUCH)

    def _said(self, seconds: float) -> object:
        try:
            if self.pipe.poll(seconds):
                return self.pipe.recv()
        except (EOFError, OSError):
            pass
        self._end()
        return None

    def _end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: "Connection[Answer | str, Order]") -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    limit_memory(Limits().max_memory)
    from goalmap.ingest.pdf import (
        drawing,
    )  # here, so that the first page need not wait for it, and the server not at all

    with suppress(EOFError, OSError):  # the parent is gone
        pipe.send(READY)
        while True:
            order = pipe.recv()
            with _ended_by_the_system():
                answer = _answer(
                    partial(drawing.drawn, boxes=order.boxes, enlarged=order.enlarged, is_mended=order.is_mended),
                    order.original,
                )
            pipe.send(answer)


def _answer(draw: Callable[[bytes], bytes], original: Original) -> Answer:
    try:
        return draw(_bytes(original))
    except NotServed as problem:
        return problem.status, str(problem)
    except ReadProblem as problem:
        return UNDRAWABLE, str(problem)
    except Exception as error:  # a parser may raise anything on a file made to break it
        return UNDRAWABLE, f"{FAILED} ({type(error).__name__})"


@contextmanager
def _ended_by_the_system() -> Iterator[None]:
    """Have this process ended when it overruns, even where its parent was killed meanwhile."""
    alarm = getattr(signal, "alarm", lambda seconds: None)  # not on Windows
    alarm(2 * SECONDS)
    yield
    alarm(0)


def _bytes(original: Original) -> bytes:
    """The document's own bytes. Raises NotServed or ReadProblem."""
    with opened(original) as file:
        if os.fstat(file.fileno()).st_size > MOST_BYTES:
            raise NotServed(UNDRAWABLE, "The file is too large to be drawn. Open the original file in a PDF viewer.")
        data = file.read()
    way = [content or "" for content in original.contents[1:]]
    return bytes_inside(PurePath(original.path), data, way, Watch.over())
