"""Damaged files by the thousand: each sample in tests/data is spoilt at random and read in a process that may be killed.

A bounded run is a test. By hand, for as long as you like, with what is found written to a folder:

    python tests/fuzz.py --seconds 600 --keep found/ [--only pdf]
"""

import argparse
import hashlib
import io
import random
import resource
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from goalmap.ingest.document import Document, Status
from goalmap.ingest.read import attempt
from goalmap.ingest.watch import MEGABYTE, Limits, Watch

SAMPLES = Path(__file__).parent / "data" / "documents"
SECONDS = 30.0
"""Longer than this for a small file is a hang."""
MEMORY = 2048 * MEGABYTE
INTERESTING = (
    b"\0",
    b"\xff",
    b"<",
    b">",
    b"&#0;",
    b"{",
    b"}",
    b"\\",
    b"(",
    b")",
    b"%",
    b"\n",
    b"9" * 20,
    b"-1",
    b"PK\x03\x04",
    b"<![CDATA[",
)

Mutation = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that was read wrongly."""

    name: str
    data: bytes
    fault: str


# Spoiling


def _flip(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 10, 1000)) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 10, 1000))]
    return data[:start] + piece * chance.choice((2, 10, 500)) + data[start:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(INTERESTING) * chance.choice((1, 2, 300)) + data[place:]


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut, _drop, _repeat, _insert)


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one or more faults; in a package also inside one of its members."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _with_spoilt_member(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(MUTATIONS)(data or b"\0", chance)
    return data


def _with_spoilt_member(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([name for name, content in members.items() if content])
    members[name] = chance.choice(MUTATIONS)(members[name], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for member, content in members.items():
            package.writestr(member, content)
    return packed.getvalue()


# Reading


def faults_of(document: Document) -> Iterator[str]:
    """What no document may be, whatever the file was."""
    if document.status in (Status.OK, Status.PARTIAL) and not (document.passages or document.parts):
        yield "read, but nothing in it"
    if document.status is not Status.OK and not document.problem:
        yield f"{document.status} without a reason"
    for position, passage in enumerate(document.passages):
        if passage.position != position:
            yield "a passage out of place"
        if not passage.text or passage.text != " ".join(passage.text.split()):
            yield f"a passage not clean: {passage.text[:80]!r}"
        if any(not 1 <= box.page <= (document.pages or 0) for box in passage.boxes):
            yield "a box on no page"
        if any(unicodedata.category(char) in ("Cc", "Cs") for char in passage.text):
            yield f"a passage with signs that cannot be printed: {ascii(passage.text)[:80]}"
    for part in document.parts:
        yield from faults_of(part)


def _read(pipe: "Connection[list[str], tuple[str, bytes]]") -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        name, data = pipe.recv()
        limits = Limits(max_unpacked=64 * MEGABYTE, max_seconds=SECONDS)
        pipe.send(list(faults_of(attempt(Path(name), partial(bytes, data), Watch.over(limits)))))


class Reader:
    """A process that reads what it is given; a new one where that ended it."""

    def __init__(self) -> None:
        context = get_context("forkserver")  # a fork would begin with all that the tests before have laid claim to
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_read, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def faults(self, name: str, data: bytes) -> list[str]:
        self.pipe.send((name, data))
        try:
            if not self.pipe.poll(SECONDS + 5):
                return [f"a hang of more than {SECONDS:.0f} s"]
            return list(self.pipe.recv())
        except (EOFError, OSError):
            self.process.join()
            return [f"a crash, exit code {self.process.exitcode}"]

    def end(self) -> None:
        self.process.kill()
        self.process.join()


def fuzz(samples: Sequence[Path], seconds: float, seed: int) -> tuple[int, list[Finding]]:
    """Read spoilt samples, each in turn, for so long; gives how many were read and what was found."""
    chance, reader = random.Random(seed), Reader()
    found: list[Finding] = []
    end, count = time.monotonic() + seconds, 0
    try:
        while time.monotonic() < end:
            sample = samples[count % len(samples)]
            data, count = spoilt(sample.read_bytes(), chance), count + 1
            if faults := reader.faults(sample.name, data):
                found.extend(Finding(sample.name, data, fault) for fault in faults[:1])
                if not reader.process.is_alive() or "hang" in faults[0]:
                    reader.end()
                    reader = Reader()
    finally:
        reader.end()
    return count, found


def samples(only: str = "") -> list[Path]:
    """The sample documents, by suffix."""
    return sorted(path for path in SAMPLES.iterdir() if path.name != "README.md" and path.suffix.endswith(only))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    count, found = fuzz(samples(asked.only), asked.seconds, asked.seed)
    for finding in found:
        name = f"{hashlib.sha256(finding.data).hexdigest()[:8]}-{finding.name}"
        print(f"{name}: {finding.fault}")
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / name).write_bytes(finding.data)
    print(f"{count} files read, {len(found)} faults; seed {asked.seed}")


if __name__ == "__main__":
    main()
