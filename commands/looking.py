"""The database in the browser: serve."""

import shlex
import sys

import click

from goalmap.commands.shared import db_option
from goalmap.ingest.errors import GoalmapError
from goalmap.store.postgres.address import Address, Place


@click.command()
@db_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=8001,
    show_default=True,
    help="The port; 0 picks a free one.",
)
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
def serve(db: Place, port: int, reviewers: tuple[str, ...], new: bool, no_browser: bool) -> None:
    """Browse, review and add documents in the browser.

    The address that it prints lets you in, on this machine only. Ctrl-C stops it; all that was decided is kept.
    """
    from goalmap.store.serve import serve as serve_database

    if isinstance(db, Address):
        raise GoalmapError(
            f"The browser shows a database in a file. Copy the store into one and serve that:\n"
            f"  goalmap copy {shlex.quote(str(db))} browse.db\n  goalmap serve --db browse.db"
        )
    you = reviewers[0] if reviewers else None
    sys.exit(serve_database(db, port=port, open_browser=not no_browser, reviewer=you, others=reviewers[1:], new=new))
