"""How long a reviewer waits with 100,000 proposals, over real HTTP: python -m benchmarks.reviewing

Prints tables; with --write they go to docs/explanation/performance.md. All pages are asked for in turn, again and again, so that
whatever else the machine does slows them alike.
"""

import os
import platform
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from shutil import copyfile
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.writing import tell
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer, Slot
from goalmap.store.ledgers import Record
from goalmap.store.review.audits import draw
from goalmap.store.review.order import refresh_values
from tests.desk import Desk, Rows
from tests.large import large_database
from tests.reader import Form, forms
from tests.reviewers import FRAGMENT, Visitor, office
from tests.reviewers import Answer as Got

DOCS = Path(__file__).parent.parent / "docs" / "explanation" / "performance.md"
BEGIN, END = "<!-- figures: python -m benchmarks.reviewing --write -->", "<!-- end of figures of reviewing -->"
PROPOSALS, DECIDED, IN_A_FILE = 100_000, 50_000, 50_000
ROUNDS = 40
PAGE_BAR, DECISION_BAR, IMPORT_BAR = 0.100, 0.050, 20.0
HOUR = 3600.0
FRAMEWORK = "purpose-goals"
REVIEW = "/work/-/review"
ASKED = {
    "skipping on in mid-queue": "?after=p0100000",
    "one goal": "?goal=8",
    "one publisher": "?publisher=Trust+7",
    "one goal of one publisher": "?goal=8&publisher=Trust+7",
    "a publisher that is not there": "?publisher=Nobody",
    "one document": "?document=d000900",
    "document by document": "?order=document",
    "document by document, in mid-queue": "?order=document&after=p0100000",
    "goal by goal": "?order=goal",
    "goal by goal, in mid-queue": f"?order=goal&after=p0100000&under={FRAMEWORK}/7",
}

Seconds = list[float]


@dataclass(frozen=True, slots=True)
class Asking:
    """Something that is asked of the server, which gives how long the answer took, and how long it may take."""

    name: str
    ask: Callable[[], float]
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Timed:
    """How long something took, each time that it was done."""

    name: str
    seconds: Seconds
    bar: float | None = None


# Pages


def bare(visitor: Visitor) -> Iterator[Asking]:
    """Datasette's own page, to compare with."""
    yield _page(visitor, "Datasette's own page of one proposal", "/work/proposals/g0000500", None)


def untouched(visitor: Visitor) -> Iterator[Asking]:
    yield _page(visitor, "review page, all of 100,000 waiting", REVIEW)


def pages(visitor: Visitor) -> Iterator[Asking]:
    """The page with half of the proposals decided."""
    yield from bare(visitor)
    yield _page(visitor, "review page, 50,000 waiting", REVIEW)
    for name, asked in ASKED.items():
        yield _page(visitor, f"review page, {name}", REVIEW + asked)


def other_pages(visitor: Visitor) -> Iterator[Asking]:
    """What reviewers open now and then."""
    yield _page(visitor, "list to decide on many", f"{REVIEW}/list", None)
    yield _page(visitor, "list, one goal, by score", f"{REVIEW}/list?goal=8&order=score", None)
    yield _page(visitor, "list, passages with a word", f"{REVIEW}/list?words=bursaries", None)
    yield _page(visitor, "overview", "/work/-/overview", None)


def _page(visitor: Visitor, name: str, path: str, bar: float | None = PAGE_BAR) -> Asking:
    return Asking(name, lambda: _checked(visitor.get(path), 200).seconds, bar)


def _checked(answer: Got, status: int) -> Got:
    if answer.status != status:
        raise RuntimeError(f"answered with {answer.status}: {answer.text[:500]}")
    return answer


def in_turn(askings: Iterable[Asking], rounds: int) -> list[Timed]:
    """Each of these once, then each again; the first time, when nothing is in memory yet, is not counted."""
    told = list(askings)
    taken = [[asking.ask() for asking in told] for _ in range(rounds + 1)][1:]
    return [
        Timed(one.name, list(seconds), one.bar) for one, seconds in zip(told, zip(*taken, strict=True), strict=True)
    ]


# Decisions


@dataclass(slots=True)
class Decider:
    """Decides on what is shown and goes on to what comes next."""

    visitor: Visitor
    shown: Got

    def by_script(self) -> float:
        """As the page's script does: the answer is the next passage."""
        form = self.shown.form("decide")
        self.shown = _checked(self.visitor.send(form, [("verdict", "accepted")], FRAGMENT), 200)
        return self.shown.seconds

    def by_form(self) -> float:
        """As a browser without scripts does: the answer says where the next passage is."""
        taken = _checked(self.visitor.send(self.shown.form("decide"), [("verdict", "rejected")]), 303)
        self._show(taken.location)
        return taken.seconds

    def by_form_and_on(self) -> float:
        taken = _checked(self.visitor.send(self.shown.form("decide"), [("verdict", "rejected")]), 303)
        self._show(taken.location)
        return taken.seconds + self.shown.seconds

    def none(self) -> float:
        self.shown = _checked(self.visitor.send(self.shown.form("none"), (), FRAGMENT), 200)
        return self.shown.seconds

    def undo(self) -> float:
        self.shown = _checked(self.visitor.send(self.shown.form("undo"), (), FRAGMENT), 200)
        taken = self.shown.seconds
        self._show(REVIEW)
        return taken

    def _show(self, address: str) -> None:
        self.shown = _checked(self.visitor.get(address, FRAGMENT), 200)


def decisions(visitor: Visitor) -> Iterator[Asking]:
    decider, filtered = (
        Decider(visitor, visitor.get(REVIEW + asked, FRAGMENT)) for asked in ("", ASKED["one publisher"])
    )
    yield from bare(visitor)
    yield Asking("decision, answered with what comes next", decider.by_script, DECISION_BAR)
    yield Asking("decision, one publisher", filtered.by_script, DECISION_BAR)
    yield Asking("decision, none of these", decider.none, DECISION_BAR)
    yield Asking("decision, taken back", decider.undo, DECISION_BAR)
    yield Asking("decision, without scripts", decider.by_form, DECISION_BAR)
    yield Asking("decision, without scripts, and the page after it", decider.by_form_and_on)


def decide_half(path: Path) -> None:
    """Decide on all proposals in the first half of the documents."""
    sql = """
        select pr.passage_id, pr.goal_id from proposals pr join passages p on p.id = pr.passage_id
        join documents d on d.id = p.document_id order by d.path, p.position limit ?
    """
    with closing(open_database(path)) as db, immediate(db):
        slots = [tuple(row) for row in db.execute(sql, [DECIDED])]
        for some in batched(slots, 1000):
            answers = {(passage, goal): Answer("accepted", goal, reviewer="Ben") for passage, goal in some}
            Record().add(db, answers, "benchmark")


def batched(slots: Sequence[Slot], size: int) -> Iterator[Sequence[Slot]]:
    return (slots[start : start + size] for start in range(0, len(slots), size))


def bulk(visitor: Visitor) -> list[Timed]:
    """Nearly ten thousand decisions at once: the preview, the writing, and taking them back."""
    listed = visitor.get(f"{REVIEW}/list?least=0.86")
    form, button = _with_button(listed, "Accept all")
    preview = _checked(visitor.send(form, form.pressed(button)), 200)
    form, confirm = _with_button(preview, "Yes")
    written = _checked(visitor.send(form, form.pressed(confirm)), 303)
    done = visitor.get(written.location)
    taken = _checked(visitor.send(_with_button(done, "Take all")[0]), 303)
    count = re.findall(r"[\d,]+", button)[0]
    names = (f"preview of {count} decisions at once", f"writing {count} decisions", f"taking {count} decisions back")
    return [Timed(name, [one.seconds]) for name, one in zip(names, (preview, written, taken), strict=True)]


def _with_button(shown: Got, words: str) -> tuple[Form, str]:
    return next((form, button) for form in forms(shown.text) for button in form.buttons if button.startswith(words))


# What is done to all of it


def steps(path: Path) -> Iterator[Timed]:
    """All values written anew, as at the end of an ingest, and a sample drawn."""
    with closing(open_database(path)) as db:
        with immediate(db):
            db.execute("update proposals set value = 0 where open = 1")
            yield Timed("values of all that wait", [_time(lambda: refresh_values(db))])
        with immediate(db):
            yield Timed("an audit of 200 passages drawn", [_time(lambda: draw(db, FRAMEWORK, 200))])


def file_steps(path: Path, folder: Path) -> Iterator[Timed]:
    """Half of all proposals out as a file, answered, and back in."""
    for form in ("csv", "xlsx"):
        place = folder / form
        place.mkdir()
        copyfile(path, place / "work.db")
        with closing(open_database(place / "work.db")) as db:
            yield from _there_and_back(Desk(db, place), form)


def _there_and_back(desk: Desk, form: str) -> Iterator[Timed]:
    queue = desk.folder / f"queue.{form}"
    yield Timed(f"export of 50,000 rows, {form.upper()}", [_time(lambda: desk.export(queue.name, limit=IN_A_FILE))])
    desk.edit(queue, accept)
    yield Timed(f"import of 50,000 rows, {form.upper()}", [_time(lambda: desk.take(queue))], IMPORT_BAR)
    if desk.log != IN_A_FILE:
        raise RuntimeError(f"{desk.log:,} decisions were taken over")


def accept(rows: Rows) -> None:
    for row in rows:
        row["verdict"] = "accept"


def _time(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


# All of it, and the tables


def measured(folder: Path) -> tuple[list[Timed], list[Timed]]:
    """What a reviewer waits for, and what is done to thousands of rows."""
    path, whole = folder / "work.db", folder / "whole.db"
    large_database(path, PROPOSALS).close()
    copyfile(path, whole)
    with office(path, ["Ann"], seconds=HOUR) as serve:
        (visitor,) = serve.visitors()
        asked = in_turn([*bare(visitor), *untouched(visitor)], ROUNDS)
        decide_half(path)
        asked += in_turn(pages(visitor), ROUNDS) + in_turn(decisions(visitor), ROUNDS)
        asked += in_turn(other_pages(visitor), ROUNDS // 4)
        done = bulk(visitor)
        visitor.leave()
    return asked, [*done, *steps(path), *file_steps(whole, folder)]


def report(asked: Iterable[Timed], done: Iterable[Timed]) -> str:
    return "\n\n".join("\n".join(part) for part in (_machine(), _waits(asked), _works(done)))


def _machine() -> Iterator[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        (engine,) = connection.execute("select sqlite_version()").fetchone()
    cores, load = os.cpu_count(), os.getloadavg()[1] if hasattr(os, "getloadavg") else 0.0
    yield (
        f"{cores} cores, Python {platform.python_version()}, SQLite {engine}, Datasette {version('datasette')}; "
        f"{load:.1f} processes wanted to run at once in the last five minutes."
    )


def _waits(asked: Iterable[Timed]) -> Iterator[str]:
    yield from _head("asked over HTTP", "median, ms", "95 % within, ms", "bar for the median, ms")
    for timed in asked:
        late = quantiles(timed.seconds, n=20)[-1]
        bar = f"{timed.bar * 1000:.0f}" if timed.bar else ""
        yield _line(timed.name, f"{median(timed.seconds) * 1000:.0f}", f"{late * 1000:.0f}", bar)


def _works(done: Iterable[Timed]) -> Iterator[str]:
    yield from _head("done at once", "seconds", "bar, seconds")
    for timed in done:
        yield _line(timed.name, f"{median(timed.seconds):.1f}", f"{timed.bar:.0f}" if timed.bar else "")


def _head(*columns: str) -> Iterator[str]:
    yield _line(*columns)
    yield "|" + "---|" * len(columns)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str]) -> None:
    with TemporaryDirectory() as folder:
        tell(report(*measured(Path(folder))), arguments, DOCS, BEGIN, END)


if __name__ == "__main__":
    main(sys.argv[1:])
