"""Make the folder by hand: python -m tests.hostile.make FOLDER. Nothing in it is for opening in anything else."""

import sys
from pathlib import Path

from tests.hostile import archives, office, paths, pdfs, texts
from tests.hostile.case import CANARY

CASES = (*office.CASES, *pdfs.CASES, *texts.CASES, *archives.CASES, *paths.CASES)
NOBODY = "http://127.0.0.1:9"
"""Where nothing answers."""


def make(folder: Path, outside: Path, url: str = NOBODY) -> None:
    """All cases in a new folder, and the secret outside of it that none may show."""
    outside.mkdir(parents=True)
    secret = outside / "secret.txt"
    secret.write_text(f"{CANARY}\n")
    for case in CASES:
        case.put(folder, secret, url)


if __name__ == "__main__":
    make(Path(sys.argv[1]) / "folder", Path(sys.argv[1]) / "outside")
