"""What a decision on activities or entities changed, in plain words: before and after, and how to take it back."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from goalmap.report.wording import filled

if TYPE_CHECKING:
    from goalmap.store.activities.decisions import Done as OfActivities
    from goalmap.store.entities.decisions import Done as OfEntities


def change_lines(
    done: "OfActivities | OfEntities", told: Callable[[Any], str], also: Iterable[str], unchanged: str, undo: str
) -> Iterator[str]:
    """The states, each as `told` says it, with what else there is to say, or `unchanged` where they are as before."""
    for warning in done.warnings:
        yield from filled(warning)
    if done.before == done.after:
        yield unchanged
        yield from _states("", map(told, done.after))
    else:
        yield "Would be changed:" if done.dry_run else "Changed:"
        yield from _states("from", map(told, done.before))
        yield from _states("to", map(told, done.after))
        yield from also
    yield from ["Nothing was written."] if done.dry_run else filled(f"To take it back: {undo}")


def _states(word: str, states: Iterable[str]) -> Iterator[str]:
    for state in states:
        yield from filled(f"  {word:<5}{state}", "       ")
