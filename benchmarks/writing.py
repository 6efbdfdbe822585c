"""Figures printed, and on request written into a page of the docs between two marks."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.history import add


def tell(told: str, arguments: Sequence[str], page: Path, begin: str, end: str) -> None:
    """Print figures; with --write also put them in place of those between the marks of a page, and add them to the history."""
    print(told)
    if "--write" in arguments:
        text = page.read_text("utf-8")
        before, after = text.split(begin)[0], text.split(end)[1]
        page.write_text(f"{before}{begin}\n{told}\n{end}{after}", "utf-8")
        add(begin.strip("<!-> ").removeprefix("figures: python -m benchmarks.").removesuffix(" --write"), told)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table for a page of the docs, a line at a time."""
    for cells in (columns, ["---"] * len(columns), *rows):
        yield f"| {' | '.join(cells)} |"
