"""How long pages take at 100,000 and 1,000,000 passages, under Datasette's own time limits: python -m benchmarks.browsing

Prints a table; with --write it goes to docs/explanation/performance.md. Takes about seven minutes; --quick, with 100,000 alone, two.
Each page is asked for over HTTP of a real `goalmap serve` that has Datasette's default limits instead of our wider ones.
"""

import json
import random
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from benchmarks.writing import table, tell
from goalmap.store.database import immediate, open_database
from goalmap.store.decisions import Answer
from goalmap.store.ledgers import Record
from goalmap.store.loading.save import refresh_goals_of, save_frameworks
from goalmap.store.review.order import refresh_values
from tests.reviewers import Visitor

DOCS = Path(__file__).parent.parent / "docs" / "explanation" / "performance.md"
BEGIN, END = "<!-- figures: python -m benchmarks.browsing --write -->", "<!-- end of figures of browsing -->"
SIZES, QUICK = (100_000, 1_000_000), (100_000,)
ROUNDS = 5
HOUR = 3600.0
LIMITS = {"sql_time_limit_ms": "1000", "facet_time_limit_ms": "200"}
"""What Datasette allows where nobody says otherwise."""
STARTER = """
import json, sys
from pathlib import Path
from goalmap.store import serve
serve.SETTINGS |= json.loads(sys.argv[2])
path = Path(sys.argv[1])
sys.exit(serve.serve(path, port=0, open_browser=False, reviewer="Ann", data_folder=path.parent / "data"))
"""
A_DOCUMENT = 24
"""Passages of a document, as in press releases and board papers taken together."""
AT_ONCE = 20_000
KINDS = ("body",) * 10 + ("heading",) * 4 + ("list_item",) * 4 + ("table_row", "quote", "contact", "header", "footer")
STAGES = ("delivered", "ongoing", "planned", "aspiration")
UNITS = ("people", "GBP", "%", "apprentices", "tonnes", None)
POSTS = ("chief executive", "chair", "director of people", "leader of the council", "headteacher")
COMMON, USUAL = 30, 350
"""Ranks of words that stand in one passage in 14 and in one in 160, as these do in press releases."""
LETTERS = "bcdfghklmnprstvw"

Row = tuple[Any, ...]


# A database of any size


def fill(path: Path, passages: int, seed: int = 1) -> None:
    """A database of so many passages, its rows as varied as real ones, as a run leaves it."""
    rng, documents = random.Random(seed), passages // A_DOCUMENT + 1
    with closing(open_database(path, create=True)) as db, immediate(db):
        save_frameworks(db, ["purpose-goals"])
        triggers = _take_triggers(db)
        goals = [id for (id,) in db.execute("select id from goals order by position").fetchall()]
        for name, columns, rows in _tables(passages, documents, goals, rng):
            _insert(db, name, columns, rows)
        for trigger in triggers:
            db.execute(trigger)
        for indexed in ("passages", "entities"):
            db.execute(f"insert into {indexed}_fts ({indexed}_fts) values ('rebuild')")
        refresh_goals_of(db, (id for (id,) in db.execute("select distinct passage_id from proposals")))
        refresh_values(db)
        _decide(db, passages // 200)


def _take_triggers(db: Database) -> list[str]:
    """Drop what fills search indexes row by row, so that they are filled at once; gives how to make it again."""
    found = db.execute("select name, sql from sqlite_master where type = 'trigger' and name like '%\\_a_' escape '\\'")
    triggers = dict(found.fetchall())
    for name in triggers:
        db.execute(f"drop trigger {name}")
    return list(triggers.values())


def _insert(db: Database, name: str, columns: str, rows: Iterator[Row]) -> None:
    marks = ", ".join("?" for _ in columns.split(","))
    while some := list(islice(rows, AT_ONCE)):
        db.conn.executemany(f"insert into {name} ({columns}) values ({marks})", some)


def _tables(
    passages: int, documents: int, goals: Sequence[str], rng: random.Random
) -> Iterator[tuple[str, str, Iterator[Row]]]:
    entities = documents * 6
    yield (
        "documents",
        "id, path, title, publisher, published, kind, status, language, duplicate_of, words",
        _documents(documents),
    )
    text = "id, document_id, position, page, kind, heading, text, boxes, goals, copy_of"
    yield "passages", text, _passages(passages, rng)
    yield "entities", "id, kind, name, aliases", _entities(entities, rng)
    found = "id, document_id, kind, name, name_key, forms, bodies, titles, entity_id"
    yield "document_entities", found, _found(documents, entities, rng)
    yield "entity_names", "entity_id, name, kind, documents, source", _names(entities)
    mentions = 'id, passage_id, start, "end", entity_id, surface, rule, found_id'
    yield "mentions", mentions, _mentions(passages, rng)
    told = "id, passage_id, goal_id, score, rank, stage, evidence, reason, model"
    yield "proposals", told, _proposals(passages, goals, rng)
    yield "candidates", "id, passage_id, goal_id, score", _candidates(passages, goals, rng)
    yield "figures", 'id, passage_id, start, "end", value, unit, what', _figures(passages, rng)
    yield "roles", "id, passage_id, person_id, title, organisation_id, former", _roles(passages, entities, rng)
    yield "quotations", 'id, passage_id, start, "end", speaker_id, kind', _quotations(passages, entities, rng)


def _documents(count: int) -> Iterator[Row]:
    kinds = ("press_release", "board_paper", "annual_report", "strategy", "newsletter")
    for number in range(count):
        dated = f"20{10 + number % 15}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        copy = _id("d", number - 1) if number % 17 == 16 else None
        told = f"Release {number}", f"Trust {number % max(20, count // 25)}", dated, kinds[number % 5]
        status = "partial" if number % 50 == 0 else "ok"
        yield _id("d", number), f"/press/{number}.html", *told, status, "en", copy, 500


def _passages(count: int, rng: random.Random) -> Iterator[Row]:
    words, weights = _vocabulary()
    for number in range(count):
        document, position = divmod(number, A_DOCUMENT)
        copied = document % 17 == 16 and position % 2 == 0
        text = " ".join(rng.choices(words, cum_weights=weights, k=rng.randrange(6, 45)))
        place = _id("d", document), position, position // 8 + 1, rng.choice(KINDS)
        copy = _id("p", number - A_DOCUMENT) if copied else None
        yield _id("p", number), *place, None, f"Lockgate {number % 997} {text}.", "[]", "[]", copy


def _vocabulary() -> tuple[list[str], list[float]]:
    """Words of which the hundredth is a hundred times as rare as the first, as in any language."""
    made = random.Random(7)
    words = ["".join(made.choices(LETTERS + "aeiou", k=7)) for _ in range(30_000)]
    words[COMMON], words[USUAL] = "trust", "apprenticeships"
    total, weights = 0.0, []
    for rank in range(1, len(words) + 1):
        total += 1 / rank
        weights.append(total)
    return words, weights


def _entities(count: int, rng: random.Random) -> Iterator[Row]:
    for number in range(count):
        kind = ("organisation", "person", "initiative")[number % 3]
        yield _id("e", number), kind, f"{_name(rng)} {number}", json.dumps([_name(rng)] if number % 5 == 0 else [])


def _name(rng: random.Random) -> str:
    return "".join(rng.choices(LETTERS, k=6)).capitalize()


def _found(documents: int, entities: int, rng: random.Random) -> Iterator[Row]:
    for number in range(documents * 20):
        entity = rng.randrange(entities)
        kind = ("organisation", "person", "initiative")[entity % 3]
        name = f"Name {entity}"
        yield _id("n", number), _id("d", number // 20), kind, name, name.casefold(), "[]", "[]", "[]", _id("e", entity)


def _names(entities: int) -> Iterator[Row]:
    for number in range(entities):
        yield _id("e", number), f"Name {number}", "name", 1 + number % 9, "documents"
        if number % 5 == 0:
            yield _id("e", number), f"Other {number}", "alias", 1, "documents"


def _mentions(passages: int, rng: random.Random) -> Iterator[Row]:
    rules = ("model", "known body", "role", "initiative frame", "acronym")
    for number in range(passages * 3):
        passage = number // 3
        found = passage // A_DOCUMENT * 20 + rng.randrange(20)
        yield (
            _id("m", number),
            _id("p", passage),
            number % 3,
            8,
            _id("e", rng.randrange(passages // 8)),
            "Lockgate",
            rng.choice(rules),
            _id("n", found),
        )


def _proposals(passages: int, goals: Sequence[str], rng: random.Random) -> Iterator[Row]:
    for number in range(0, passages, 4):
        for rank, goal in enumerate(rng.sample(goals, 2), start=1):
            score = round(rng.uniform(0.3, 0.99), 4)
            slot = _id("g", number * 2 + rank), _id("p", number), goal
            yield *slot, score, rank, rng.choice(STAGES), "[[0, 8]]", "By hand.", "made@1"


def _candidates(passages: int, goals: Sequence[str], rng: random.Random) -> Iterator[Row]:
    for number in range(1, passages, 2):
        yield _id("c", number), _id("p", number), rng.choice(goals), round(rng.uniform(0.02, 0.3), 4)


def _figures(passages: int, rng: random.Random) -> Iterator[Row]:
    for number in range(0, passages, 2):
        yield _id("f", number), _id("p", number), 0, 8, float(rng.randrange(5000)), rng.choice(UNITS), "people"


def _roles(passages: int, entities: int, rng: random.Random) -> Iterator[Row]:
    for number in range(0, passages, 3):
        person, body = rng.randrange(entities // 3) * 3 + 1, rng.randrange(entities // 3) * 3
        yield _id("r", number), _id("p", number), _id("e", person), rng.choice(POSTS), _id("e", body), number % 9 == 0


def _quotations(passages: int, entities: int, rng: random.Random) -> Iterator[Row]:
    for number in range(0, passages, 5):
        speaker = _id("e", rng.randrange(entities // 3) * 3 + 1)
        yield _id("q", number), _id("p", number), 0, 8, speaker, "direct"


def _id(letter: str, number: int) -> str:
    return f"{letter}{number:07}"


def _decide(db: Database, count: int) -> None:
    sql = "select passage_id, goal_id from proposals where open = 1 order by id limit ?"
    answers = {slot: Answer("accepted", slot[1], reviewer="Ben") for slot in db.execute(sql, [count]).fetchall()}
    Record().add(db, answers, "benchmark")


# Pages

TABLES = (
    "documents", "passages", "entities", "document_entities", "entity_names", "mentions", "roles", "quotations", "figures",
    "proposals", "candidates", "decisions", "current_decisions",
)  # fmt: skip
PAGES: Mapping[str, str] = {
    **{f"table {name}, its facets and order": f"/work/{name}" for name in TABLES},
    "passages, search for a common word": "/work/passages?_search=trust",
    "passages, search for a usual word": "/work/passages?_search=apprenticeships",
    "passages, search for a rare word": "/work/passages?_search=Lockgate+77",
    "passages, facet of kinds": "/work/passages?_facet=kind",
    "passages of one kind": "/work/passages?kind=body",
    "passages of one goal": "/work/passages?goals__arraycontains=8",
    "passages, the second page": "/work/passages?_next=0%2Cp0000050",
    "entities, search for a rare word": "/work/entities?_search=400",
    "documents of one publisher": "/work/documents?publisher=Trust+7",
    "proposals of one goal": "/work/proposals?goal_id=purpose-goals%2F8",
    "one passage": "/work/passages/p0000500",
    "one document": "/work/documents/d0000500",
    "overview": "/work/-/overview",
    "review page": "/work/-/review",
    "review page, list": "/work/-/review/list",
    "dashboard": "/work/-/dashboard",
}
LATE = re.compile(r"facets timed out[^<]*<|SQL Interrupted|query took too long|too long|timed out", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """How long a page took each time, and what it left out because of the limits."""

    seconds: Sequence[float]
    late: str = ""

    @property
    def told(self) -> str:
        return f"{median(self.seconds) * 1000:.0f}" + (f" ({self.late})" if self.late else "")


def asked(visitor: Visitor, path: str) -> Asked:
    answers = [visitor.get(path) for _ in range(ROUNDS)]
    last = answers[-1]
    found = LATE.search(last.text)
    late = f"status {last.status}" if last.status != 200 else "facets timed out" if found else ""
    return Asked([one.seconds for one in answers[1:]], late)


def measured(folder: Path, passages: int) -> dict[str, Asked]:
    path = folder / str(passages) / "work.db"
    path.parent.mkdir()
    fill(path, passages)
    with visitor_of(path) as visitor:
        return {name: asked(visitor, page) for name, page in PAGES.items()}


@contextmanager
def visitor_of(path: Path) -> Iterator[Visitor]:
    """Somebody signed in at a server of their own, which has Datasette's limits and ends by itself."""
    starting = [sys.executable, "-c", STARTER, str(path), json.dumps(LIMITS)]
    with subprocess.Popen(starting, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        late = threading.Timer(HOUR, server.terminate)
        late.start()
        assert server.stdout is not None
        try:
            sign_in = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+sign-in\S+", line)))
            base, _, rest = sign_in.partition("/-/")
            visitor = Visitor("Ann", base)
            visitor.get(f"/-/{rest}")
            yield visitor
            visitor.leave()
        finally:
            late.cancel()
            server.terminate()


def report(found: Mapping[int, Mapping[str, Asked]]) -> str:
    columns = ("page", *(f"{size:,} passages, ms" for size in found))
    rows = ([name, *(of_size[name].told for of_size in found.values())] for name in PAGES)
    return "\n".join(table(columns, rows))


def main(arguments: Sequence[str]) -> None:
    sizes = QUICK if "--quick" in arguments else SIZES
    with TemporaryDirectory() as folder:
        tell(report({size: measured(Path(folder), size) for size in sizes}), arguments, DOCS, BEGIN, END)


if __name__ == "__main__":
    main(sys.argv[1:])
