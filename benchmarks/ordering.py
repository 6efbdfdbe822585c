"""How many decisions the order of the review queue spares: python -m benchmarks.ordering

Prints a table; with --write it goes to docs/explanation/ordering.md. Annotated documents go into a database as any others do; the
annotations stand in for a reviewer, who looks at one passage after another and names all goals that it serves.
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from math import ceil
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from benchmarks.writing import tell
from goalmap.classify.engines import Serial
from goalmap.classify.evaluation.alignment import align
from goalmap.classify.evaluation.gold import GoldPassage, gold_documents, gold_passages
from goalmap.classify.pipeline import Settings
from goalmap.classify.proposals import LEAST_WORDS, classifiable
from goalmap.classify.worth import FIRST_EXAMPLES
from goalmap.ingest.document import Kind, Passage
from goalmap.ingest.find import find
from goalmap.store.database import open_database
from goalmap.store.ledgers import Record
from goalmap.store.load import ingest
from goalmap.store.review.rows import Filters, queue_rows

DATA = Path(__file__).parent.parent / "tests" / "data"
DOCS = Path(__file__).parent.parent / "docs" / "explanation" / "ordering.md"
BEGIN, END = "<!-- figures: python -m benchmarks.ordering --write -->", "<!-- end of figures of ordering -->"
FRAMEWORK = "purpose-goals"
SETS = {"dev documents": "gold", "second documents": "second", "third documents": "third", "real passages": "real"}
ENOUGH = 0.95
PERFECT = "perfect"
"""The order that finds what is labelled with the fewest decisions; nobody can know it beforehand."""
DRAWS = 20
PASSAGES = """
select id, position, kind, text, heading, language from passages
where document_id = ? and retired_at is null order by position
"""

Goals = frozenset[str]
Order = Sequence[str]
"""Passages by their ids, as a reviewer looks at them."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A set as a reviewer meets it: passages in the documents' order, what each serves, and what was said of it."""

    passages: tuple[str, ...]
    served: Mapping[str, Goals]
    proposed: Mapping[str, Mapping[str, float]]
    rows: Mapping[str, int]
    """How many goals stand in the queue for a passage, for as long as nobody has looked at it."""
    by_value: tuple[str, ...]
    """The passages of the queue in its order, those with goals that came near after those with proposals."""

    @property
    def labelled(self) -> list[str]:
        return [id for id in self.passages if self.served[id]]

    def wrong(self, passage: str) -> int:
        """How much a decision on the passage corrects: goals proposed wrongly and goals missed."""
        return len(self.served[passage] ^ self.proposed.get(passage, {}).keys())


@dataclass(frozen=True, slots=True)
class Reached:
    """Decisions, each on one passage with all of its goals, until so much was found."""

    labelled: float
    rows: float
    """Of the queue, where each is counted by itself, until as much was found."""
    pairs: float
    """Of a passage and a goal that it serves."""
    examples: float
    """Until each goal has three passages, or all that it has."""
    corrected: float
    """Share of what is wrong with the proposals that half as many decisions as there are proposed passages correct."""


# Desks


def desk_of(folder: Path) -> Desk:
    """The desk of a gold folder, by way of a database."""
    with TemporaryDirectory() as place:
        files, gold = _files(folder, Path(place))
        with closing(open_database(Path(place) / "goalmap.db", create=True)) as db:
            ingest(db, find([files]), Settings((FRAMEWORK,)), Serial())
            return _desk(db, gold)


def _files(folder: Path, place: Path) -> tuple[Path, dict[str, tuple[GoldPassage, ...]]]:
    """The folder's documents, or its passages written as one document for each page that they come from."""
    if documents := gold_documents(folder) if (folder / "annotations").is_dir() else []:
        return folder / "files", {document.id: document.passages for document in documents}
    by_source: dict[str, list[GoldPassage]] = defaultdict(list)
    for passage in gold_passages(folder):
        by_source[passage.source].append(passage)
    (place / "files").mkdir()
    for number, passages in enumerate(by_source.values()):
        text = "\n\n".join(passage.text for passage in passages)
        (place / "files" / f"{number:03}.txt").write_text(text, "utf-8")
    return place / "files", {f"{number:03}": tuple(one) for number, one in enumerate(by_source.values())}


def _desk(db: Database, gold: Mapping[str, Sequence[GoldPassage]]) -> Desk:
    documents = {Path(path).stem: id for path, id in db.execute("select path, id from documents order by path")}
    read = {name: _read(db, documents[name]) for name in sorted(gold)}
    served = {id: goals for name, passages in read.items() for id, goals in _served(gold[name], passages)}
    proposed: dict[str, dict[str, float]] = defaultdict(dict)
    for passage, goal, score in db.execute("select passage_id, goal_id, score from proposals"):
        proposed[passage][goal.partition("/")[2]] = score
    queue = [row["passage_id"] for row, _ in queue_rows(db, Filters(deep=True), Record())]
    rows = Counter(queue) | {id: len(goals) for id, goals in proposed.items()}
    by_value = tuple(id for id in dict.fromkeys(queue) if id in served)
    return Desk(tuple(served), served, dict(proposed), rows, by_value)


def _read(db: Database, document: str) -> dict[str, Passage]:
    rows = db.execute(PASSAGES, [document]).fetchall()
    return {
        id: Passage(position, Kind(kind), text, heading, language=language)
        for id, position, kind, text, heading, language in rows
    }


def _served(gold: Sequence[GoldPassage], passages: Mapping[str, Passage]) -> Iterator[tuple[str, Goals]]:
    """The passages that are classified, each with the goals of all that it holds of the gold."""
    held = align([one.text for one in gold], list(passages.values())).by_gold
    served: dict[int, Goals] = defaultdict(frozenset)
    for one, holders in zip(gold, held, strict=True):
        for passage in holders:
            served[passage.position] |= one.goals
    asked = {one.position for one in classifiable(list(passages.values())) if len(one.text.split()) >= LEAST_WORDS}
    return ((id, served[one.position]) for id, one in passages.items() if one.position in asked)


# Orders


def by_documents(desk: Desk) -> Iterator[Order]:
    yield desk.passages


def at_random(desk: Desk) -> Iterator[Order]:
    return _shuffled(desk.passages, DRAWS)


def by_value(desk: Desk) -> Iterator[Order]:
    yield _completed(desk.by_value, desk)


def queue_at_random(desk: Desk) -> Iterator[Order]:
    return (_followed(order, desk) for order in _shuffled(sorted(desk.proposed), DRAWS))


def queue_by_documents(desk: Desk) -> Iterator[Order]:
    yield _followed([id for id in desk.passages if id in desk.proposed], desk)


def surest_first(desk: Desk) -> Iterator[Order]:
    yield _followed(sorted(desk.proposed, key=lambda id: (-max(desk.proposed[id].values()), id)), desk)


def least_certain_first(desk: Desk) -> Iterator[Order]:
    yield _followed(sorted(desk.proposed, key=lambda id: (_certainty(desk.proposed[id].values()), id)), desk)


def perfect(desk: Desk) -> Iterator[Order]:
    yield _completed(desk.labelled, desk)


ORDERS: dict[str, Callable[[Desk], Iterator[Order]]] = {
    "all passages, at random": at_random,
    "all passages, by document": by_documents,
    "queue at random": queue_at_random,
    "queue by document": queue_by_documents,
    "queue, surest first": surest_first,
    "queue, least certain first": least_certain_first,
    "queue by value": by_value,
    PERFECT: perfect,
}
"""Ways through a set; all ways through the queue go on with the goals that came near, then with what is left."""


def _certainty(scores: Iterable[float]) -> float:
    return min(abs(score - 0.5) for score in scores)


def _shuffled(passages: Iterable[str], draws: int) -> Iterator[Order]:
    for seed in range(draws):
        order = list(passages)
        random.Random(seed).shuffle(order)
        yield order


def _followed(proposed: Iterable[str], desk: Desk) -> Order:
    """Passages with proposals, then those in the queue for goals that came near, then all others."""
    return _completed([*proposed, *desk.by_value], desk)


def _completed(passages: Iterable[str], desk: Desk) -> Order:
    wanted = dict.fromkeys([*passages, *desk.passages])
    return [id for id in wanted if id in desk.served]


# Figures


def reached(desk: Desk, order: Order) -> Reached:
    """What is found on the way."""
    labelled = _until(ENOUGH, [bool(desk.served[id]) for id in order])
    return Reached(
        labelled,
        sum(desk.rows.get(id, 1) for id in order[:labelled]),
        _until(ENOUGH, [len(desk.served[id]) for id in order]),
        _examples(desk, order),
        _corrected(desk, order),
    )


def of_order(desk: Desk, name: str) -> Reached:
    """The same for an order; the mean where it is drawn."""
    found = [reached(desk, order) for order in ORDERS[name](desk)]
    return Reached(*map(mean, zip(*map(astuple, found), strict=True)))


def work_saved(desk: Desk, decisions: float) -> float:
    """The share of passages that need no look, less what a sample of 95 % would spare as well."""
    return 1 - decisions / len(desk.passages) - (1 - ENOUGH)


def _until(share: float, found: Sequence[int]) -> int:
    """The decisions after which that share of all is found."""
    wanted, so_far = ceil(share * sum(found) - 1e-9), 0
    for number, more in enumerate(found, start=1):
        so_far += more
        if so_far >= wanted:
            return number
    return len(found)


def _examples(desk: Desk, order: Order) -> int:
    goals: Collection[str] = frozenset().union(*desk.served.values())
    places = {goal: [number for number, id in enumerate(order, start=1) if goal in desk.served[id]] for goal in goals}
    return max(found[:FIRST_EXAMPLES][-1] for found in places.values())


def _corrected(desk: Desk, order: Order) -> float:
    half = order[: len(desk.proposed) // 2]
    return sum(map(desk.wrong, half)) / max(1, sum(map(desk.wrong, order)))


# Table


def table(desks: Mapping[str, Desk]) -> Iterator[str]:
    head = (
        "set", "order", "decisions to 95 % of labelled passages", "work saved", "rows until then",
        "decisions to 95 % of goals on passages",
        f"decisions to {FIRST_EXAMPLES} of each goal", "corrected by half of the queue",
    )  # fmt: skip
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for name, desk in desks.items():
        title = f"{name}: {len(desk.labelled)} of {len(desk.passages)} labelled, {len(desk.proposed)} with proposals"
        for order in ORDERS:
            yield f"| {title} | {order} | {' | '.join(_cells(desk, order))} |"
            title = ""


def _cells(desk: Desk, order: str) -> tuple[str, ...]:
    found = of_order(desk, order)
    cells = (
        f"{found.labelled:.0f}",
        f"{work_saved(desk, found.labelled):.2f}",
        f"{found.rows:.0f}",
        f"{found.pairs:.0f}",
    )
    return (*cells, "", "") if order == PERFECT else (*cells, f"{found.examples:.0f}", f"{found.corrected:.0%}")


def main(arguments: Sequence[str]) -> None:
    desks = {name: desk_of(DATA / folder) for name, folder in SETS.items()}
    tell("\n".join(table(desks)), arguments, DOCS, BEGIN, END)


if __name__ == "__main__":
    main(sys.argv[1:])
