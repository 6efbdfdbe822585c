"""A reviewer's desk: a queue exported, answers typed into it as CSV or in a workbook, and the import."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from sqlite_utils import Database

from goalmap.store.review.columns import COLUMNS
from goalmap.store.review.export import export_queue
from goalmap.store.review.rows import Filters
from goalmap.store.review.taking import Imported, import_queue

CLINIC = "We opened a new clinic for three thousand patients in the old town hall #8"
SHOP = "Our shop sells furniture that people made again from wood #9"
FORMULA = "=SUM(A1) is what we spent on homes #12"
Rows = list[dict[str, str]]
Edit = Callable[[Rows], object]


class Desk:
    """A reviewer's desk."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.folder = folder

    def export(self, name: str = "queue.csv", **filters: Any) -> Path:
        export_queue(self.db, self.folder / name, Filters(**filters))
        return self.folder / name

    def rows(self, path: Path) -> Rows:
        if path.suffix == ".xlsx":
            header, *rows = openpyxl.load_workbook(path)["Queue"].iter_rows(values_only=True)
            named = [dict(zip(map(str, header), (str(cell or "") for cell in row), strict=True)) for row in rows]
            return [row for row in named if any(row.values())]
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def answer(self, path: Path, number: int, **cells: str) -> Path:
        def edit(rows: Rows) -> None:
            rows[number].update(cells)

        return self.edit(path, edit)

    def edit(self, path: Path, change: Edit, columns: tuple[str, ...] = COLUMNS) -> Path:
        """Change the rows as a reviewer would and save them without our escaping."""
        rows = self.rows(path)
        change(rows)
        if path.suffix == ".xlsx":
            _fill(path, rows)
            return path
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return path

    def take(self, path: Path, reviewer: str = "Ann", dry_run: bool = False, partial: bool = False) -> Imported:
        return import_queue(self.db, path, reviewer, dry_run, partial)

    def decided(self) -> list[tuple[Any, ...]]:
        sql = "select verdict, goal_id, stage, best_practice, note, reviewer from current_decisions order by id"
        return self.db.execute(sql).fetchall()

    @property
    def log(self) -> int:
        (count,) = self.db.execute("select count(*) from decisions").fetchone()
        return int(count)


def _fill(path: Path, rows: Rows) -> None:
    """Type rows into a workbook; values are kept as they are typed, so that =1 becomes a formula."""
    book = openpyxl.load_workbook(path)
    sheet = book["Queue"]
    header = [str(cell.value) for cell in sheet[1]]
    for number in range(2, max(sheet.max_row, len(rows) + 1) + 1):
        row = rows[number - 2] if number - 2 < len(rows) else {}
        for place, name in enumerate(header, start=1):
            sheet.cell(number, place).value = row.get(name) or None
    book.save(path)
