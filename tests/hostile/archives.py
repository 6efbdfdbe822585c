"""Archives that mean no good."""

from dataclasses import replace

from tests.hostile.case import CUT, LOCKED, READ, STOPPED, Bait, Case
from tests.hostile.zips import bomb, member, overlapping, zipped


def _slip(bait: Bait) -> bytes:
    names = (
        "../../../outside/slip.txt",
        str(bait.secret),
        "C:\\slip.txt",
        "..\\slip.txt",
        "a\nb.txt",
        "same.txt",
        "same.txt",
    )
    return zipped((name, f"{bait.sentence(number)}\n") for number, name in enumerate(names))


def _deep(bait: Bait) -> bytes:
    data = bait.sentence(1).encode()
    for level in range(30):
        data = zipped([(f"in{level}.zip" if level else "last.txt", data)])
    return zipped([("first.txt", bait.sentence()), ("in.zip", data)])


def _branches(bait: Bait) -> bytes:
    """Ten million files by seven levels of ten times the same archive."""
    data = zipped((f"{number}.txt", "So on.") for number in range(10))
    for _ in range(6):
        data = zipped((f"{number}.zip", data) for number in range(10))
    return data


def _many(bait: Bait) -> bytes:
    return zipped([("first.txt", bait.sentence()), *((f"{number}.bin", b"\0") for number in range(10_000))])


def _locked(bait: Bait) -> bytes:
    return zipped([replace(member("letter.txt", bait.sentence() * 3), flags=0x801)])


def _bomb(bait: Bait) -> bytes:
    return zipped([("first.txt", bait.sentence()), bomb("zeros.txt", "", b"0", 300, "", declared=900)])


CASES = (
    Case("zip/slip.zip", _slip, READ, found=7),
    Case("zip/deep.zip", _deep, READ, "deep", found=1, within=CUT),
    Case("zip/branches.zip", _branches, READ, "deep", within=CUT),
    Case("zip/many.zip", _many, CUT, "2,000", found=1),
    Case("zip/locked.zip", _locked, READ | LOCKED, "password", within=LOCKED),
    Case("zip/bomb.zip", _bomb, READ, "unpack", found=1, within=STOPPED),
    Case(
        "zip/overlap.zip", lambda bait: overlapping(1_000, member("a.txt", bait.sentence() * 1_000)), STOPPED, "overlap"
    ),
    Case("zip/plain.docx", lambda bait: zipped([("letter.txt", bait.sentence())]), READ, found=1),
)
