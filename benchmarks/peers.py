"""goalmap beside other ways to the text and the names of PDFs: python -m benchmarks.peers [--peers PYTHON]

Prints a table; with --write it goes to docs/explanation/performance.md. About five minutes on an idle machine. PYTHON is that of an
environment of its own with kreuzberg and markitdown[pdf]; without it they are left out. `python -m benchmarks.peers
script FOLDER` runs the script that most people would write.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.ingesting import DOCS, PDF, corpus, first_of
from benchmarks.spending import Spent, Spread, spend, spread
from benchmarks.writing import table, tell
from goalmap.extract.tagger.model import PACKAGE

BEGIN, END = "<!-- figures: python -m benchmarks.peers --peers PYTHON --write -->", "<!-- end of figures of peers -->"
FEW, MANY, ROUNDS = 10, 60, 3
COUNT = "print(json.dumps({'words': words}))"
READ = f"""
import json, sys
from pathlib import Path
from goalmap.ingest.read import read_document
from goalmap.ingest.watch import Limits, Watch
words = sum(read_document(path, Watch.over(Limits())).words for path in Path(sys.argv[1]).rglob('*.pdf'))
{COUNT}
"""
KREUZBERG = f"""
import json, sys
from pathlib import Path
from kreuzberg import extract_file_sync
words = sum(len(extract_file_sync(path).content.split()) for path in Path(sys.argv[1]).rglob('*.pdf'))
{COUNT}
"""
MARKITDOWN = f"""
import json, sys
from pathlib import Path
from markitdown import MarkItDown
reader = MarkItDown()
words = sum(len(reader.convert(path).text_content.split()) for path in Path(sys.argv[1]).rglob('*.pdf'))
{COUNT}
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to the text or the names of a folder of PDFs."""

    name: str
    gives: str
    lacks: str
    run: Callable[[Path], Spent]


@dataclass(frozen=True, slots=True)
class Figures:
    """Pages a CPU-second without the start of the program, its start, and the words found."""

    speed: Spread
    start: Spread
    words: int | None


def script(folder: Path) -> None:
    """The names in a folder of PDFs, as most people would write it: pdfplumber and spaCy as they come."""
    import pdfplumber

    nlp = import_module(PACKAGE).load()
    words = 0
    names = []
    for path in folder.rglob("*.pdf"):
        with pdfplumber.open(path) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                text = page.extract_text()
                words += len(text.split())
                names += [(path, number, entity.text, entity.label_) for entity in nlp(text).ents]
    print(json.dumps({"words": words, "names": len(names)}))


def peers(python: str | None) -> Iterator[Peer]:
    """goalmap, the script, and what the other environment has."""
    yield Peer(
        "goalmap ingest", "passages, names, roles, quotations, figures, goals, a database to review", "", _ingest
    )
    yield Peer(
        "goalmap, reading alone", "passages with kinds and boxes, tables, furniture marked", "names, goals", _code(READ)
    )
    yield Peer(
        "pdfplumber and spaCy, a script",
        "lines of text, names as spaCy labels them",
        "passages, furniture, who is who, roles, quotations, goals, places to go back to",
        lambda folder: spend("-m", "benchmarks.peers", "script", folder),
    )
    if python:
        yield Peer("kreuzberg", "text", "boxes of words, kinds of passages, names, goals", _code(KREUZBERG, python))
        yield Peer("markitdown", "text, tables as Markdown", "boxes, pages, names, goals", _code(MARKITDOWN, python))


def _ingest(folder: Path) -> Spent:
    with TemporaryDirectory() as place:
        return spend("-m", "goalmap.cli", "ingest", folder, "--db", Path(place) / "goalmap.db", "-q", "--workers", 1)


def _code(program: str, python: str | Path = sys.executable) -> Callable[[Path], Spent]:
    return partial(spend, "-c", program, python=python)


def figures(peer: Peer, few: Path, many: Path, pages: tuple[int, int]) -> Figures:
    """A few PDFs and many, again and again: the difference is what the pages cost."""
    turns = [(peer.run(few), peer.run(many)) for _ in range(ROUNDS)]
    cost = [(last.cpu - first.cpu) / (pages[1] - pages[0]) for first, last in turns]
    start = spread(first.cpu - pages[0] * one for one, (first, _) in zip(cost, turns, strict=True))
    told = turns[0][1].told
    return Figures(spread(1 / one for one in cost), start, json.loads(told)["words"] if told else None)


def lines(python: str | None) -> Iterator[str]:
    with TemporaryDirectory() as place:
        many = corpus(Path(place) / "many", MANY, PDF)
        few = first_of(many, FEW, Path(place) / "few")
        pages = (_pages(few), _pages(many))
        yield f"{MANY} generated PDFs of {pages[1]:,} pages, one process each; median (least to most) of {ROUNDS} runs."
        yield ""
        columns = ("", "pages a CPU-second", "CPU-seconds to start", "words found", "gives", "does not give")
        yield from table(columns, [*(_row(peer, few, many, pages) for peer in peers(python)), _on_paper()])


def _pages(folder: Path) -> int:
    pages: int = json.loads(spend("-m", "benchmarks.bare", folder).told)["pages"]
    return pages


def _row(peer: Peer, few: Path, many: Path, pages: tuple[int, int]) -> tuple[str, ...]:
    found = figures(peer, few, many, pages)
    words = f"{found.words:,}" if found.words else "the same"
    return peer.name, found.speed.shown(1), found.start.shown(1), words, peer.gives, peer.lacks


def _on_paper() -> tuple[str, ...]:
    needs = "not run here: it brings torch and fetches its layout models, several gigabytes, when it first runs"
    return "docling", needs, "", "", "layout, tables, reading order by models", "names, goals"


def main(arguments: Sequence[str]) -> None:
    if arguments[:1] == ["script"]:
        script(Path(arguments[1]))
        return
    python = arguments[arguments.index("--peers") + 1] if "--peers" in arguments else None
    tell("\n".join(lines(python)), arguments, DOCS, BEGIN, END)


if __name__ == "__main__":
    main(sys.argv[1:])
