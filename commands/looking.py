"""The database in the browser: serve."""

import sys
from pathlib import Path

import click

from goalmap.commands.shared import db_option


@click.command()
@db_option
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 picks a free one.")
@click.option(
    "--as",
    "reviewers",
    metavar="NAME",
    multiple=True,
    help="Your name as reviewer; may be given again for others, who get addresses of their own. Default: your user name.",
)
@click.option(
    "--new", is_flag=True, help="Begin an empty database where there is none, and add documents in the browser."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def serve(db: Path, port: int, reviewers: tuple[str, ...], new: bool, no_browser: bool) -> None:
    """Browse, review and add documents in the browser, on this machine only."""
    from goalmap.store.serve import serve as serve_database

    you = reviewers[0] if reviewers else None
    sys.exit(serve_database(db, port=port, open_browser=not no_browser, reviewer=you, others=reviewers[1:], new=new))
