"""Answers a review queue by turns, for pages that need decisions: python answers.py QUEUE.csv."""

import csv
import sys
from pathlib import Path

VERDICTS = ("accept", "accept", "reject")


def answer(queue: Path) -> None:
    """Write verdicts into the queue: two of three proposals are accepted."""
    header, *rows = csv.reader(queue.read_text("utf-8-sig").splitlines())
    verdict = header.index("verdict")
    with queue.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for place, row in enumerate(rows):
            writer.writerow([*row[:verdict], VERDICTS[place % len(VERDICTS)], *row[verdict + 1 :]])


if __name__ == "__main__":
    answer(Path(sys.argv[1]))
