"""A whole store to another place: copy."""

import click

from goalmap.commands.shared import PlaceType, tell
from goalmap.report.wording import count
from goalmap.store.postgres.address import Place


@click.command()
@click.argument("source", type=PlaceType(), metavar="FROM")
@click.argument("target", type=PlaceType(), metavar="TO")
@click.option(
    "--force", is_flag=True, help="Replace the file TO, once the copy is whole. A server's database never is."
)
def copy(source: Place, target: Place, force: bool) -> None:
    """Copy a whole database, to a file or to a server.

    FROM and TO are files, or addresses such as postgresql://USER@HOST/NAME. Everything goes along: documents, names, proposals, every decision in its order, models and history. From a server
    into a file it makes what goalmap serve shows; from a file into a server's new database, what a team begins with.
    """
    from goalmap.store.transfer import copy_store

    copied = copy_store(source, target, force)
    tell(
        f"Copied to {target}: {count(copied.documents, 'document')} and {count(copied.decisions, 'decision')}, "
        f"{copied.rows:,} rows in {copied.tables} tables."
    )
