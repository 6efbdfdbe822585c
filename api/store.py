"""A store: what was read, proposed and decided, in one database; each verb opens it and closes it again."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goalmap.api.html import with_heading
from goalmap.api.tables import Table, table_of
from goalmap.ingest.errors import GoalmapError, NotFound, UnknownName
from goalmap.report.wording import count
from goalmap.store.postgres.address import Address, Place, file_of, place

if TYPE_CHECKING:
    from sqlite_utils import Database

    from goalmap.classify.engines import Engine
    from goalmap.store.decisions import Answer
    from goalmap.store.load import Outcome
    from goalmap.store.review.deciding import Said

SOURCE = "python"
"""Where decisions come from that are made here, as it stands beside them."""
READ_ONLY = {True: "set default_transaction_read_only = on", False: "pragma query_only = on"}
"""By whether the store is on a server."""
QUESTION = re.compile(r"\s*(?:select|with|values|explain)\b", re.IGNORECASE)
STANDING = "where p.retired_at is null"
DOCUMENTS = """
select id, path, title, publisher, published, kind, language, pages, words, status, problem from documents order by path
"""
PASSAGES = f"""
select p.id, d.path, p.page, p.kind, p.text, p.heading, p.position, p.language, d.title, d.publisher, d.published
from passages p join documents d on d.id = p.document_id {STANDING} order by d.path, p.position
"""
PROPOSALS = f"""
select pr.passage_id, g.code, g.name goal, pr.score, pr.stage, p.text, p.page, d.path, pr.evidence, pr.reason,
    pr.rank, pr.model, g.framework_id framework
from proposals pr join goals g on g.id = pr.goal_id join passages p on p.id = pr.passage_id
join documents d on d.id = p.document_id {STANDING} order by d.path, p.position, pr.rank
"""
DECISIONS = """
select c.passage_id, c.verdict, g.code, g.name goal, c.reviewer, p.text, c.stage, c.best_practice, c.note, c.decided_at,
    c.source, p.page, d.path, g.framework_id framework
from current_decisions c join goals g on g.id = c.goal_id join passages p on p.id = c.passage_id
join documents d on d.id = p.document_id order by c.id
"""
ACTIVITIES = """
select id, title, goals, stage, owner, status, passages, documents, best_practice, partners, beneficiaries, place,
    region, period, outcome, first_told, last_told, framework_id framework
from activities order by status desc, passages desc, title, id
"""

COUNTS = """
select (select count(*) from documents) document, (select count(*) from proposals) proposal,
    (select count(*) from current_decisions) decision
"""


@dataclass(frozen=True, slots=True, repr=False)
class Store:
    """A database of documents, proposals and decisions, by its place; made when something is first read into it."""

    place: Place

    def ingest(
        self,
        *folders: str | PathLike[str],
        frameworks: Iterable[str] = (),
        fast: bool | None = None,
        threshold: float | None = None,
        workers: int | None = None,
    ) -> "Outcome":
        """Read every file under the folders; what has not changed is passed over, decisions are kept.

        With a number of `workers` so many processes read, which no bad file can harm; a script must then do it below
        `if __name__ == "__main__":`. Without, this process reads. Raises NotFound, UnknownName or FrameworkProblem.
        """
        from goalmap.classify.manner import MODES, Manner
        from goalmap.classify.pipeline import Settings
        from goalmap.ingest.find import find
        from goalmap.store.database import open_database
        from goalmap.store.load import ingest
        from goalmap.store.memory import remembering
        from goalmap.store.own_frameworks import adopted

        file = file_of(self.place)
        found = find([Path(fspath(folder)) for folder in folders], database=file)
        with closing(open_database(self.place, create=True)) as db, remembering(file):
            settings = Settings(adopted(db, frameworks), Manner(mode=MODES[fast], threshold=threshold))
            return ingest(db, found, settings, _engine(workers))

    def documents(self) -> Table:
        """Every file that was found, with its status and what is to be said of it."""
        return self.sql(DOCUMENTS)

    def passages(self) -> Table:
        """The passages of all documents, each with its document."""
        return self.sql(PASSAGES)

    def proposals(self) -> Table:
        """The goals that are proposed, each with its passage."""
        return self.sql(PROPOSALS)

    def decisions(self) -> Table:
        """The decisions that count."""
        return self.sql(DECISIONS)

    def activities(self) -> Table:
        """What is done towards the goals: one row for each initiative or act, brought to what was decided."""
        from goalmap.store.activities.refresh import refresh

        with self._opened() as db:
            refresh(db)
        return self.sql(ACTIVITIES)

    def sql(self, query: str, values: Sequence[Any] | dict[str, Any] = ()) -> Table:
        """What a query gives. Nothing can be written by it. Raises GoalmapError where it cannot be answered."""
        if not QUESTION.match(query):
            raise GoalmapError("Only questions can be asked here: begin with select or with.")
        with self._opened() as db:
            db.execute(READ_ONLY[isinstance(self.place, Address)])
            try:
                found = db.execute(query, values)
                return table_of([column[0] for column in found.description or ()], found.fetchall())
            except sqlite3.Error as error:
                raise GoalmapError(
                    f"The query cannot be answered: {error}. One statement may be asked, and it may only read; "
                    "`select name from sqlite_master` names the tables."
                ) from error

    def accept(
        self,
        passage: str,
        goal: str,
        *,
        reviewer: str,
        instead: str | None = None,
        stage: str = "",
        best_practice: bool = False,
        note: str = "",
        framework: str = "purpose-goals",
    ) -> "Answer":
        """Decide that a passage serves a goal, whether or not it was proposed; or another one `instead`.

        Goals by their codes or names, the passage by its id. The decision is added to those there are: the latest counts.
        Raises NotFound or UnknownName.
        """
        from goalmap.store.review.deciding import Said

        with self._opened() as db:
            proposed = _goal_id(db, goal, framework)
            filed = _goal_id(db, instead, framework) if instead else ""
            said = Said(proposed, True, filed, _checked_stage(stage), best_practice, note)
            return _decided(db, framework, passage, said, reviewer)

    def reject(
        self, passage: str, goal: str, *, reviewer: str, note: str = "", framework: str = "purpose-goals"
    ) -> "Answer":
        """Decide that a passage does not serve a goal. Raises NotFound or UnknownName."""
        from goalmap.store.review.deciding import Said

        with self._opened() as db:
            said = Said(_goal_id(db, goal, framework), False, note=note)
            return _decided(db, framework, passage, said, reviewer)

    def report(
        self,
        kind: str,
        to: str | PathLike[str],
        *,
        organisation: str | None = None,
        goal: str | None = None,
        framework: str = "purpose-goals",
        template: str = "impact",
        made_on: date | None = None,
    ) -> Path:
        """Write a report: `map`, `impact`, `gaps`, `practice` or `people`, in the form that the file's ending names.

        Gives the file. Raises UnknownName or NotFound, or NotVerbatim where a quotation does not stand in its passage.
        """
        from goalmap.api.reports import Asked, write_report

        asked = Asked(organisation, goal, framework, template, made_on or date.today())
        with self._opened() as db:
            write_report(db, kind, asked, Path(fspath(to)))
        return Path(fspath(to))

    @contextmanager
    def _opened(self) -> "Iterator[Database]":
        from goalmap.store.database import open_database

        with closing(open_database(self.place)) as db:
            yield db

    def __repr__(self) -> str:
        return f"<Store {str(self.place)!r}, {', '.join(self._counts())}>"

    def __rich_repr__(self) -> Iterator[Any]:
        yield str(self.place)
        yield "holds", ", ".join(self._counts())

    def _repr_html_(self) -> str:
        return with_heading(f"{self.place}: {', '.join(self._counts())}")

    def _counts(self) -> Iterator[str]:
        """What it holds, in figures."""
        if isinstance(self.place, Path) and not self.place.exists():
            yield "nothing read yet"
            return
        try:
            (row,) = self.sql(COUNTS)
        except GoalmapError as error:
            yield str(error)
        else:
            yield from (count(number, what) for what, number in row.items())


def open(where: str | PathLike[str] = "goalmap.db") -> Store:
    """The store in that file, or at an address such as `postgresql://anna@host/goalmap`.

    >>> from tempfile import TemporaryDirectory
    >>> from goalmap import example_folder
    >>> with TemporaryDirectory() as folder:
    ...     store = open(f"{folder}/work.db")
    ...     outcome = store.ingest(example_folder() / "lockgate-trust-press-release-2023-03.txt", fast=True)
    ...     first = store.proposals()[0]
    ...     answer = store.accept(first["passage_id"], first["code"], reviewer="Anna")
    ...     store.decisions().column("verdict"), store.report("map", f"{folder}/map.html").name
    (('accepted',), 'map.html')
    """
    return Store(place(fspath(where)))


def _engine(workers: int | None) -> "Engine":
    from goalmap.classify.engines import Processes, Serial

    return Serial() if workers is None else Processes(workers)


def _goal_id(db: "Database", goal: str, framework: str) -> str:
    """The id of a goal of a framework by its code, name or id. Raises NotFound or UnknownName."""
    from goalmap.report.scope import find_framework, find_goals

    return find_goals(db, find_framework(db, framework), goal)[0].id


def _checked_stage(stage: str) -> str:
    from goalmap.store.decisions import STAGES

    if stage and stage not in STAGES:
        raise UnknownName("stage", stage, STAGES)
    return stage


def _decided(db: "Database", framework: str, passage: str, said: "Said", reviewer: str) -> "Answer":
    """Write a decision down. Raises NotFound, or GoalmapError where nobody decides or somebody was quicker."""
    from goalmap.store.ledgers import Record
    from goalmap.store.review.deciding import Done, decide_on
    from goalmap.store.review.items import item

    if not reviewer.strip():
        raise GoalmapError("A decision needs the name of whoever decides: reviewer='Anna'.")
    if not db.execute("select 1 from passages where id = ?", [passage]).fetchone():
        raise NotFound(f"There is no passage {passage!r}. Take an id from store.passages() or store.proposals().")
    shown = item(db, framework, passage, Record())
    done = decide_on(db, framework, passage, shown.state, said, reviewer.strip(), Record(), SOURCE)
    if not isinstance(done, Done):
        raise GoalmapError("Somebody decided on this passage at the same moment. Look at it again, then decide.")
    return next(iter(done.answers.values()))
