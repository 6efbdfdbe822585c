"""The database in other forms, for other programs: the export group."""

from pathlib import Path

import click

from goalmap.commands.shared import db_option, json_option, opened, show
from goalmap.report.wording import count, message_lines
from goalmap.store.postgres.address import Place


@click.group()
def export() -> None:
    """The whole database for other programs, such as DuckDB."""


@export.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace an earlier export in FOLDER.")
@db_option
@json_option
def parquet(folder: Path, force: bool, db: Place, as_json: bool) -> None:
    """Write all tables to FOLDER as Parquet files.

    Each table has a folder of its own there. DuckDB, pandas, Polars and Spark read them where they lie. FOLDER is there whole or not at all, and is of one
    moment of the database. Needs: pip install 'goalmap[cluster]'
    """
    from goalmap.store.activities.refresh import refresh
    from goalmap.store.lake.writing import write_lake

    with opened(db) as database:
        refresh(database)
        lake = write_lake(database, folder, over=force)
    show(
        as_json,
        lambda: {"folder": str(lake.folder), "rows": lake.rows},
        lambda: message_lines(
            f"{count(len(lake.rows), 'table')} with {count(sum(lake.rows.values()), 'row')} written to {folder}."
        ),
    )
