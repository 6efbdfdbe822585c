"""Write a folder of documents like those of trusts, councils and companies: python -m benchmarks.corpus FOLDER --documents 1000

The same seed gives the same bytes. Everybody and everything in them is invented.
"""

import re
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import click

from benchmarks.corpus.stories import Story, Wanted, edited, original_of, story
from benchmarks.corpus.writers import WRITERS

FORMATS = {
    "press": {"html": 45, "pdf": 30, "docx": 13, "txt": 12},
    "bulletin": {"pdf": 40, "eml": 35, "html": 25},
    "board": {"pdf": 60, "docx": 40},
    "strategy": {"pdf": 70, "docx": 30},
    "annual": {"pdf": 100},
    "impact": {"pdf": 90, "docx": 10},
}
"""How many in a hundred of each kind come in which format."""
EXACT = 0.2
"""The share of copies that are the same bytes in another folder."""
SHARE = 50
"""Documents that a process writes before it asks for more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document goes and in which format."""

    folder: str
    ending: str


def write_corpus(
    folder: Path, wanted: Wanted, formats: frozenset[str] = frozenset(WRITERS), workers: int = 2
) -> Counter[str]:
    """Write all documents; gives how many there are of each format, and the bytes."""
    run = partial(write_document, folder, wanted, formats)
    counted: Counter[str] = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for ending, size in pool.map(run, range(wanted.documents), chunksize=SHARE):
            counted.update({ending: 1, "bytes": size})
    return counted


def write_document(folder: Path, wanted: Wanted, formats: frozenset[str], number: int) -> tuple[str, int]:
    """Write the document of this number; gives its format and its bytes."""
    told, place = _told(wanted, formats, number)
    content = WRITERS[place.ending](told)
    target = folder / place.folder / f"{number:06}-{_slug(told.title)}.{place.ending}"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return place.ending, len(content)


def _told(wanted: Wanted, formats: frozenset[str], number: int) -> tuple[Story, Place]:
    draw = Random(f"place {wanted.seed} {number}")
    first = original_of(wanted, number)
    told = story(wanted, number if first is None else first)
    if first is None:
        return told, Place(_slug(told.publisher.name), _ending(told.kind, formats, draw))
    if draw.random() < EXACT:
        return told, Place("copies", _ending(told.kind, formats, Random(f"place {wanted.seed} {first}")))
    return edited(told, wanted, number), Place("elsewhere", _ending(told.kind, formats, draw))


def _ending(kind: str, formats: frozenset[str], draw: Random) -> str:
    allowed = {ending: weight for ending, weight in FORMATS[kind].items() if ending in formats}
    return draw.choices(list(allowed), list(allowed.values()))[0] if allowed else draw.choice(sorted(formats))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40]


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--documents", type=click.IntRange(1), default=100, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--pages", type=click.FloatRange(1, 10), default=3.0, show_default=True, help="Mean pages of a document.")
@click.option("--copies", type=click.FloatRange(0, 1), default=0.1, show_default=True, help="Share of copies.")
@click.option("--kinds", default=",".join(WRITERS), show_default=True, help="Formats, between commas.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
def main(folder: Path, documents: int, seed: int, pages: float, copies: float, kinds: str, workers: int) -> None:
    wanted = Wanted(documents, seed, pages, copies)
    formats = frozenset(kinds.split(","))
    if unknown := formats - set(WRITERS):
        raise click.BadParameter(f"no format called {', '.join(sorted(unknown))}", param_hint="--kinds")
    counted = write_corpus(folder, wanted, formats, workers)
    size = counted.pop("bytes")
    shown = ", ".join(f"{number:,} {ending.upper()}" for ending, number in counted.most_common())
    click.echo(f"{folder}: {documents:,} documents ({shown}), {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
