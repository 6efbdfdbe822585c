"""The documents behind a report: what was searched, what was found in each, and what could not be read."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.document import CONTENT, Status
from goalmap.ingest.languages import language_name
from goalmap.report.scope import Scope

READ = (Status.OK, Status.PARTIAL)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a reader of the report looks it up; `searched` counts its passages that could report an activity."""

    id: str
    title: str
    file: str
    publisher: str | None
    published: str | None
    kind: str | None
    pages: int | None
    status: str
    problem: str | None
    duplicate_of: str | None
    """The document that stands for this one and tells the same story."""
    content_of: str | None = None
    """The document that holds the same bytes."""
    likeness: float | None = None
    """How much of its text the document in `duplicate_of` shares."""
    twin_of: str | None = None
    """The document that says the same in English."""
    language: str | None = None
    searched: int = 0

    @property
    def is_read(self) -> bool:
        return self.status in READ and not self.is_exact_copy

    @property
    def language_name(self) -> str | None:
        return language_name(self.language) if self.language else None

    @property
    def is_near_copy(self) -> bool:
        return self.likeness is not None and self.content_of is None

    @property
    def is_exact_copy(self) -> bool:
        return self.duplicate_of is not None and not self.is_near_copy


@dataclass(frozen=True, slots=True)
class Library:
    """The documents that a report covers, and how many of the database it leaves out."""

    sources: tuple[Source, ...]
    left_out: int = 0

    @property
    def read(self) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.is_read)

    @property
    def not_read(self) -> tuple[Source, ...]:
        """Those that could not be read, and those that could only in part."""
        return tuple(source for source in self.sources if not source.is_exact_copy and source.status != Status.OK)

    @property
    def duplicates(self) -> tuple[Source, ...]:
        """Those that hold the same bytes as another one."""
        return tuple(source for source in self.sources if source.is_exact_copy)

    @property
    def near_copies(self) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.is_near_copy)

    @property
    def twins(self) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.twin_of is not None)

    @property
    def searched(self) -> int:
        """Passages that were searched in all of them."""
        return sum(source.searched for source in self.sources)


def find_library(db: Database, scope: Scope) -> Library:
    """The documents by and about the organisation that is asked for, or all; with those that may be and were not read."""
    searched = _searched(db, scope)
    documents = list(
        db.query(
            "select * from documents order by title is null, title collate nocase, duplicate_of is not null, path, id"
        )
    )
    covered = _covered(documents, scope, searched)
    return Library(
        tuple(source_of(row, searched[row["id"]]) for row in documents if row["id"] in covered),
        left_out=len(documents) - len(covered),
    )


def source_of(row: dict[str, Any], searched: int = 0) -> Source:
    """A source from its row in `documents`; one without a title goes by its file's name."""
    file = PurePath(row["path"]).name
    return Source(
        id=row["id"],
        title=row["title"] or file,
        file=file,
        publisher=row["publisher"] or None,
        published=row["published"] or None,
        kind=row["kind"] or None,
        pages=row["pages"],
        status=row["status"],
        problem=row["problem"] or None,
        duplicate_of=row["duplicate_of"],
        content_of=row["content_of"],
        likeness=row["likeness"],
        twin_of=row["twin_of"],
        language=row["language"] or None,
        searched=searched,
    )


def _searched(db: Database, scope: Scope) -> Counter[str]:
    rows = db.execute(
        f"""
        select p.document_id, count(*) from passages p join documents d on d.id = p.document_id
        where p.retired_at is null and p.kind in (select value from json_each(:kinds)) and {scope.sql}
        group by p.document_id
        """,
        {**scope.values, "kinds": json.dumps(sorted(CONTENT))},
    )
    return Counter(dict(rows.fetchall()))


def _covered(documents: Iterable[dict[str, Any]], scope: Scope, searched: Counter[str]) -> set[str]:
    """Ids of the documents in scope; one that was not read and has no known publisher may be, and so is."""
    rows = list(documents)
    if scope.organisation is None:
        return {row["id"] for row in rows}
    publishers = scope.organisation.publishers
    covered = {row["id"] for row in rows if searched[row["id"]] or row["publisher"] in publishers}
    unread = {row["id"] for row in rows if row["status"] not in READ and not row["publisher"]}
    copies = {row["id"] for row in rows if row["duplicate_of"] in covered}
    return covered | unread | copies
