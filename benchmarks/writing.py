"""Figures printed, and on request written into a page of the docs between two marks."""

from collections.abc import Sequence
from pathlib import Path


def tell(told: str, arguments: Sequence[str], page: Path, begin: str, end: str) -> None:
    """Print figures; with --write also put them in place of those that stand between the marks of a page."""
    print(told)
    if "--write" in arguments:
        text = page.read_text("utf-8")
        before, after = text.split(begin)[0], text.split(end)[1]
        page.write_text(f"{before}{begin}\n{told}\n{end}{after}", "utf-8")
