"""The database in the browser: serve."""

import sys
from pathlib import Path

import click

from goalmap.commands.shared import db_option


@click.command()
@db_option
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 picks a free one.")
@click.option("--as", "reviewer", metavar="NAME", help="Your name as reviewer. Default: your user name.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def serve(db: Path, port: int, reviewer: str | None, no_browser: bool) -> None:
    """Browse the database in the browser, on this machine only."""
    from goalmap.store.serve import serve as serve_database

    sys.exit(serve_database(db, port=port, open_browser=not no_browser, reviewer=reviewer))
