"""Paths that mean no good: names that break lists and screens, and things that are no files."""

import os
import socket
from collections.abc import Callable
from contextlib import chdir, closing

from goalmap.ingest.document import Status
from tests.hostile.case import READ, SKIPPED, Bait, Case, Make, sentence
from tests.hostile.pdfs import pages, text_of

NAMES = (
    "new\nline.txt",
    "tab\tand\rreturn.txt",
    "quo\"te's, comma;.txt",
    "--help.txt",
    "-rf.txt",
    "latin1-\udce9\udcff.txt",
    '=HYPERLINK("x").txt',
    "<img src=x onerror=alert(1)>.txt",
    "\x1b]0;owned\x07\x1b[31m.txt",
    "\u202etxt.exe.txt",
    "cafe\u0301.txt",
    "caf\u00e9.txt",
    "l" * 246 + ".txt",
    "UPPER.TXT",
    "%s %n {0} $(x) `x`.txt",
    "/".join(["d" * 100] * 12) + "/deep.txt",
)
SHARED = sentence("shared")
"""Stands in two files that are the same to the byte."""
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
TEN_GIGABYTES = 10 * 1024**3


def _text(bait: Bait) -> bytes:
    return bait.sentence().encode()


def _pdf(bait: Bait) -> bytes:
    return pages(text_of(bait, 1))


def _shared(bait: Bait) -> bytes:
    return SHARED.encode()


def _link(target: Callable[[Bait], str | os.PathLike[str]]) -> Make:
    def make(bait: Bait) -> None:
        bait.path.symlink_to(target(bait))

    return make


def _pipe(bait: Bait) -> None:
    os.mkfifo(bait.path)


def _socket(bait: Bait) -> None:
    with chdir(bait.path.parent), closing(socket.socket(socket.AF_UNIX)) as listener:  # its full path may be too long
        listener.bind(bait.path.name)


def _sparse(bait: Bait) -> None:
    bait.path.touch()
    os.truncate(bait.path, TEN_GIGABYTES)


def _unreadable(bait: Bait) -> None:
    bait.path.write_bytes(_text(bait))
    bait.path.chmod(0)


CASES = (
    *(Case(f"names/{name}", _text, READ, found=1) for name in NAMES),
    Case("names/UPPER.PDF", _pdf, READ, found=1),
    Case("names/none", _pdf, READ, found=1),
    Case("names/trailing space .txt ", _text, READ | {Status.UNSUPPORTED}),
    Case("names/.hidden.txt", _text, SKIPPED, "dot"),
    Case("names/~$lock.docx", _text, SKIPPED, "lock"),
    Case("things/pipe.pdf", _pipe, SKIPPED, "pipe"),
    Case("things/socket.txt", _socket, SKIPPED, "socket"),
    Case("things/nowhere.txt", _link(lambda bait: "missing.txt"), SKIPPED, "link"),
    Case("things/itself.txt", _link(lambda bait: "itself.txt"), SKIPPED, "link"),
    Case("things/up", _link(lambda bait: bait.path.parent.parent), SKIPPED, "link"),
    Case("things/secret.txt", _link(lambda bait: bait.secret), SKIPPED, "link"),
    Case("things/outside", _link(lambda bait: bait.secret.parent), SKIPPED, "link"),
    Case("things/zeros.txt", _link(lambda bait: "/dev/zero"), SKIPPED, "link"),
    Case("things/folder.pdf/inside.txt", _text, READ, found=1),
    Case("things/sparse.txt", _sparse, frozenset({Status.REFUSED}), "MB"),
    Case("things/unreadable.txt", _unreadable, READ if IS_ROOT else frozenset({Status.FAILED})),
    Case("things/one.txt", _shared, READ),
    Case("things/two.txt", _shared, READ, "same content"),
)
