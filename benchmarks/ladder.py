"""What each rung of the scale ladder costs, reckoned from one measured run: python -m benchmarks.ladder

Reads 200 generated documents, measures what a page costs, takes and asks of a reviewer, and multiplies. With --write the
tables go to docs/explanation/scale.md. About two minutes. Rungs 3 and up are reckoned, not run.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus.__main__ import write_corpus
from benchmarks.corpus.stories import Wanted
from benchmarks.corpus.writers import WRITERS
from benchmarks.spending import spend
from benchmarks.writing import table, tell

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "scale.md"
BEGIN, END = "<!-- figures: python -m benchmarks.ladder --write -->", "<!-- end of figures of the ladder -->"
DOCUMENTS = 200
WORDS_A_PAGE = 300
"""Of a page on the ladder; documents without pages are counted by their words."""
SECONDS_A_DECISION = 20
"""What a reviewer takes for one proposal with its passage in view: an assumption, not measured."""
DAYS_A_YEAR, HOURS_A_DAY = 220, 6
"""What a person gives to reviewing."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A size of folder, and how many cores one would give to it."""

    name: str
    documents: int
    pages: int
    cores: int


RUNGS = (
    Rung("1: one engagement folder", 100, 2_500, 2),
    Rung("2: one trust's five years", 2_000, 25_000, 2),
    Rung("3: folders of all 205 English trusts", 20_000, 500_000, 16),
    Rung("4: archives of all trusts", 410_000, 5_000_000, 64),
    Rung("5: 4,000 UK bodies", 4_000_000, 40_000_000, 256),
    Rung("6: the UK slice of a web crawl", 65_000_000, 65_000_000, 512),
)
"""As the documents of such bodies were counted and estimated; rung 6 in pages of the web."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one page of 300 words costs: processor seconds, passages, bytes of database and lake, proposals to decide."""

    seconds: float
    passages: float
    database: float
    lake: float
    proposals: float


def measured() -> Page:
    """One page, from an ingest of generated documents of all formats."""
    with TemporaryDirectory() as place:
        folder, db, lake = Path(place) / "documents", Path(place) / "goalmap.db", Path(place) / "lake"
        write_corpus(folder, Wanted(DOCUMENTS), frozenset(WRITERS))
        spent = spend("-m", "goalmap.cli", "ingest", folder, "--db", db, "--quiet", "--no-reuse")
        spend("-m", "goalmap.cli", "export", "parquet", lake, "--db", db)
        with closing(sqlite3.connect(db)) as rows:
            (words,) = rows.execute("select sum(words) from documents").fetchone()
            (passages,) = rows.execute("select count(*) from passages").fetchone()
            (proposals,) = rows.execute(
                "select count(*) from proposals where passage_id in (select id from passages where copy_of is null)"
            ).fetchone()
        pages = words / WORDS_A_PAGE
        in_lake = sum(file.stat().st_size for file in lake.rglob("*.parquet"))
        return Page(spent.cpu / pages, passages / pages, db.stat().st_size / pages, in_lake / pages, proposals / pages)


def told(page: Page) -> Iterator[str]:
    yield (
        f"Measured on {os.cpu_count()} cores with {DOCUMENTS} generated documents, the program's start included: a page of "
        f"{WORDS_A_PAGE} words costs {page.seconds:.3f} processor seconds, has {page.passages:.1f} passages, takes "
        f"{page.database / 1000:.1f} kB of SQLite or {page.lake / 1000:.1f} kB of Parquet, and has {page.proposals:.2f} "
        f"proposals to decide."
    )
    yield ""
    yield from table(
        (
            "rung",
            "documents",
            "pages",
            "core-hours",
            "cores",
            "wall",
            "passages",
            "SQLite",
            "Parquet",
            "proposals",
            "person-years, all decided",
        ),
        (cells(rung, page) for rung in RUNGS),
    )


def cells(rung: Rung, page: Page) -> tuple[str, ...]:
    hours = rung.pages * page.seconds / 3600
    decided = rung.pages * page.proposals
    return (
        rung.name,
        f"{rung.documents:,}",
        f"{rung.pages:,}",
        f"{hours:,.2f}" if hours < 10 else f"{hours:,.0f}",
        str(rung.cores),
        duration(hours / rung.cores),
        f"{rung.pages * page.passages:,.0f}",
        size(rung.pages * page.database),
        size(rung.pages * page.lake),
        f"{decided:,.0f}",
        f"{decided * SECONDS_A_DECISION / 3600 / HOURS_A_DAY / DAYS_A_YEAR:,.2f}",
    )


def duration(hours: float) -> str:
    if hours < 1:
        return f"{hours * 60:,.0f} min"
    return f"{hours:,.1f} h" if hours < 48 else f"{hours / 24:,.1f} days"


def size(taken: float) -> str:
    for unit in ("MB", "GB"):
        if taken < 1e9:
            return f"{taken / 1e6:,.0f} {unit}"
        taken /= 1000
    return f"{taken / 1e6:,.1f} TB"


if __name__ == "__main__":
    tell("\n".join(told(measured())), sys.argv[1:], PAGE, BEGIN, END)
