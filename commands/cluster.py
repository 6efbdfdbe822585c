"""Several machines as one: the cluster group."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from goalmap.commands.shared import stop_with_input
from goalmap.report.wording import count

if TYPE_CHECKING:
    from goalmap.commands.hosting import Place

DEFAULT = "tcp://127.0.0.1:8786"
OPEN_DOOR = "Whoever reaches this address can run programs as you: only in a network that you trust."

workers_option = click.option(
    "--workers", type=click.IntRange(0, 1024), metavar="N", help="Workers on this machine. Default: one a core."
)
attended_option = click.option(
    "--stop-with-input",
    "is_attended",
    is_flag=True,
    help="Stop, as by Ctrl-C, when standard input ends or anything comes there; for programs that start goalmap.",
)


@click.group()
def cluster() -> None:
    """Several machines as one, for very large folders.

    The folder must have the same path on every machine. Needs: pip install 'goalmap[cluster]'
    """


@cluster.command()
@workers_option
@click.option(
    "--listen",
    default=DEFAULT,
    show_default=True,
    metavar="ADDRESS",
    help="Where other machines find this one; tcp://0.0.0.0:8786 for all its addresses.",
)
@attended_option
def up(workers: int | None, listen: str, is_attended: bool) -> None:
    """Start a scheduler and workers on this machine, until Ctrl-C.

    Prints the commands that let other machines join and that read a folder with all of them.
    """
    from goalmap.commands.hosting import Place, check_installed, host_scheduler

    check_installed()
    place = Place.of(listen)
    if is_attended:
        stop_with_input()
    here = _or_cores(workers)
    host_scheduler(place, here, lambda found: _tell_ready(place, found, here), _tell_host)
    click.echo("The cluster has stopped.", err=True)


@cluster.command()
@click.argument("address")
@workers_option
@attended_option
def join(address: str, workers: int | None, is_attended: bool) -> None:
    """Add this machine's workers to the cluster at ADDRESS, until Ctrl-C.

    ADDRESS is what goalmap cluster up printed on the other machine. When that goes away the workers wait for it. A
    machine with another goalmap, Python or other models is turned away, for it would read files otherwise.
    """
    from goalmap.commands.hosting import Place, check_installed, host_workers

    check_installed()
    place = Place.of(address)
    if is_attended:
        stop_with_input()
    here = _or_cores(workers)
    host_workers(place, here, _telling(f"{count(here, 'worker')} for {place}. Ctrl-C stops."), _telling(_gone(place)))
    click.echo(f"Left {place}.", err=True)


def _or_cores(workers: int | None) -> int:
    return (os.cpu_count() or 1) if workers is None else workers


def _tell_ready(asked: "Place", found: "Place", workers: int) -> None:
    """What to type on other machines, on stdout; the rest beside it."""
    click.echo(f"A scheduler and {count(workers, 'worker')} on this machine. Ctrl-C stops.", err=True)
    click.echo("To read a folder with them:", err=True)
    click.echo(f"goalmap ingest FOLDER --engine dask --scheduler {found}")
    if asked.is_for_this_machine:
        click.echo("Other machines cannot reach this address; --listen tcp://0.0.0.0:8786 lets them join.", err=True)
        return
    click.echo("On each other machine:", err=True)
    click.echo(f"goalmap cluster join {found}")
    if asked.is_everywhere:
        click.echo("or by another address of this machine.", err=True)
    click.echo(OPEN_DOOR, err=True)


def _tell_host(host: str, workers: int, all_workers: int) -> None:
    click.echo(f"{host}: {count(workers, 'worker')}; {all_workers:,} in all", err=True)


def _telling(line: str) -> Callable[[], None]:
    return lambda: click.echo(line, err=True)


def _gone(place: "Place") -> str:
    return f"{place} does not answer any more. Waiting until it does; Ctrl-C stops."
