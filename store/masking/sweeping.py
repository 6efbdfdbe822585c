"""Whatever text stands in the tables of a database, with marks in place of names."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from goalmap.store.masking.finding import Words
from goalmap.store.masking.marks import Mask, in_cell
from goalmap.store.masking.paths import in_path

if TYPE_CHECKING:
    from sqlite_utils import Database

TEXT = "TEXT"
BATCH = 2_000
NOT_SWEPT = frozenset({"passages", "forgotten_names", "forgetting_key", "goals"})
"""Passages are masked by what is linked in them; the others hold no name of a person."""
NO_TEXT = frozenset(
    {"id", "sha256", "seal", "hash", "name_hash", "fingerprint", "batch", "boxes", "state", "basis", "documents"}
)
WRITTEN_BY_PEOPLE = (
    "decisions", "withdrawals", "reading_answers", "audit_answers", "activity_decisions", "entity_decisions", "readings",
    "exports", "export_rows", "waiting_decisions", "gazetteer", "runs", "models", "forgettings",
)  # fmt: skip
"""Tables that are not made of what is read in documents."""
DOCUMENT_OF = {
    "documents": "t.id",
    "audit_answers": "(select p.document_id from audit_passages a join passages p on p.id = a.passage_id where a.id = t.audit_id)",
}
BY_COLUMN = {
    "document_id": "t.document_id",
    "passage_id": "(select p.document_id from passages p where p.id = t.passage_id)",
}
"""What gives the document that a row belongs to."""
ANY_CASE = frozenset({("proposals", "reason")})
MADE_OF = {"frameworks": ("model = null", "model_key = null")}
"""What was made of the texts of a row, and is made anew once these are masked."""
PATHS = frozenset({("documents", "path"), ("waiting_decisions", "path")})


@dataclass(frozen=True)
class Masks:
    """What masks the rows of each document, and rows of none."""

    general: Words
    of_documents: Mapping[str, Words]

    def of(self, document: str | None) -> Words:
        return self.of_documents.get(document or "", self.general)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the columns that may name somebody."""

    name: str
    number: str
    texts: tuple[str, ...]
    document: str

    @property
    def question(self) -> str:
        told = ", ".join(f't."{name}"' for name in self.texts)
        return f"select t.{self.number}, {self.document}, {told} from {self.name} t"


def tables_of(db: "Database", names: Iterable[str]) -> Iterator[Table]:
    """These tables, as far as they have texts."""
    for name in names:
        columns = db.table(name).columns
        texts = tuple(one.name for one in columns if one.type.upper() == TEXT and not _is_id(one.name))
        if texts:
            yield Table(name, _number(columns), texts, _document(name, [one.name for one in columns]))


def _is_id(column: str) -> bool:
    return column in NO_TEXT or column.endswith("_id")


def _number(columns: Sequence[Any]) -> str:
    """The column that numbers the rows of a table."""
    return "id" if any(one.name == "id" and "int" in one.type.lower() for one in columns) else "rowid"


def _document(name: str, columns: Sequence[str]) -> str:
    found = (DOCUMENT_OF.get(name), *(sql for column, sql in BY_COLUMN.items() if column in columns))
    return next((sql for sql in found if sql), "null")


def all_tables(db: "Database") -> list[str]:
    """The tables that are swept."""
    names = [name for name in db.table_names() if "_fts" not in name and not name.startswith(("sqlite_", "_"))]
    return [name for name in names if name not in NOT_SWEPT]


def last_rows(db: "Database", names: Iterable[str]) -> dict[str, int]:
    """The number of the last row of each table."""
    tables = tables_of(db, names)
    return {
        one.name: db.execute(f"select coalesce(max({one.number}), 0) from {one.name}").fetchone()[0] for one in tables
    }


def sweep(
    db: "Database",
    masks: Masks,
    names: Iterable[str],
    after: Mapping[str, int] | None = None,
    might: Callable[[str], bool] = bool,
) -> Counter[str]:
    """Mask all rows, or those after these numbers, of tables; gives how many changed in each. Call it inside `immediate`.

    `might` says of a text, quickly, whether it can name anybody.
    """
    counts: Counter[str] = Counter()
    for table in tables_of(db, names):
        changed = list(_changes(db, table, masks, (after or {}).get(table.name, -1), might))
        for number, cells in changed:
            _write(db, table, number, cells)
        counts[table.name] += len(changed)
    return +counts


def _changes(
    db: "Database", table: Table, masks: Masks, after: int, might: Callable[[str], bool]
) -> Iterator[tuple[int, dict[str, str]]]:
    rows = db.execute(f"{table.question} where t.{table.number} > ? order by t.{table.number}", [after])
    while some := rows.fetchmany(BATCH):
        for number, document, *cells in some:
            told = {name: cell for name, cell in zip(table.texts, cells, strict=True) if cell and might(cell)}
            masked = {name: in_cell(cell, _mask(masks, document, (table.name, name))) for name, cell in told.items()}
            if new := {name: cell for name, cell in masked.items() if cell != told[name]}:
                yield number, new


def _mask(masks: Masks, document: str | None, column: tuple[str, str]) -> Mask:
    if column in PATHS:
        return lambda path: in_path(path, masks.general)
    words = masks.of(document)
    return replace(words, any_case=True) if column in ANY_CASE else words


def _write(db: "Database", table: Table, number: int, cells: Mapping[str, str]) -> None:
    if table.name == "gazetteer" and "name" in cells:
        db.execute("delete from gazetteer where rowid = ?", [number])
        return
    told = ", ".join([*(f'"{name}" = ?' for name in cells), *MADE_OF.get(table.name, ())])
    db.execute(f"update {table.name} set {told} where {table.number} = ?", [*cells.values(), number])
