"""What the command says of people who are removed: what was masked, what stays, what goalmap cannot reach."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from goalmap.report.wording import count, filled, message_lines
from goalmap.store.days import day
from goalmap.store.postgres.address import Place

if TYPE_CHECKING:
    from goalmap.store.forgetting.forget import Forgetting
    from goalmap.store.forgetting.record import Kept

NAMED_FIRST = ("passages", "mentions", "roles", "quotations", "memberships")


def counts_lines(done: "Forgetting", is_done: bool = True) -> Iterator[str]:
    """Who it is and how many rows of each table change."""
    person = done.person
    who = f"{person.name} ({person.entity_id})" if person.entity_id else f"{person.name} (not among the people found)"
    yield from filled(f"{'Removed' if is_done else 'Would be removed'}: {who}")
    if done.counts:
        yield from filled(f"Masked or taken away: {_counts(done.counts)}; in {count(len(done.documents), 'document')}.")
    else:
        yield from filled("Nothing here names them now; what is read or brought from now on is masked.")
    if person.has_namesakes:
        yield from filled(
            "Somebody else here has the same name, so it is masked only where this person is meant, and in new documents only "
            "beside the same organisations."
        )


def _counts(counts: Mapping[str, int]) -> str:
    order = sorted(
        counts, key=lambda name: (NAMED_FIRST.index(name) if name in NAMED_FIRST else len(NAMED_FIRST), name)
    )
    return ", ".join(f"{counts[name]:,} {name.replace('_', ' ')}" for name in order)


def forgetting_lines(done: "Forgetting", dry_run: bool, db: Place, parts: Path | None = None) -> Iterator[str]:
    """What was done, or would be, and what is left to do by hand; `parts` is a folder of a cluster's workers that is there."""
    yield from counts_lines(done, not dry_run)
    yield from _left_lines(done, db)
    yield from _out_of_reach(done)
    if parts:
        yield from filled(f"{parts} has what a cluster's workers read, names among it. Delete it when no run needs it.")
    if dry_run:
        yield "Nothing was written."
    else:
        yield from message_lines(f"On record as {done.id}, without the name: goalmap forget --list --db {db}")


def _left_lines(done: "Forgetting", db: Place) -> Iterator[str]:
    if done.left:
        yield "These have the surname too and stay:"
        for one in done.left:
            yield from filled(f"  {one.id}  {one.kind}  {one.name}", "    ")
        yield from message_lines(f"Where one of them is the same person, remove it too: goalmap forget ID --db {db}")


def _out_of_reach(done: "Forgetting") -> Iterator[str]:
    yield from _listed(
        "These files name the person. Redact them or take them away; until then they are not shown:", done.files
    )
    queues = f" {count(done.queues, 'review queue')} were exported from here." if done.queues else ""
    read_back = f" These were read back: {', '.join(done.read_back)}." if done.read_back else ""
    yield from filled(
        f"goalmap cannot reach queues, reports and other exports made before, copies of the database, and back-ups.{queues}{read_back}"
    )


def list_lines(found: "Sequence[Kept]", files: Sequence[str]) -> Iterator[str]:
    """Removals on record, and the files that are not shown."""
    if not found:
        yield "Nobody was removed from this database."
    for one in found:
        by = f" by {one.reviewer}" if one.reviewer else ""
        lifted = f"; lifted on {day(one.lifted_at)}" if one.lifted_at else ""
        yield from filled(f"{one.id}  {day(one.forgotten_at)}{by}: {count(len(one.documents), 'document')}{lifted}")
        if one.reason:
            yield from filled(f"    {one.reason}", "    ")
    yield from _listed("Not shown, because they name somebody who was removed:", files)


def lifted_lines(lifted: "Kept") -> Iterator[str]:
    """What a lifted removal means."""
    yield from filled(
        f"Lifted: {lifted.id}. {count(len(lifted.documents), 'document')} will be read again by the next goalmap ingest of "
        "their folder; until then they stay masked."
    )


def _listed(heading: str, items: Iterable[str]) -> Iterator[str]:
    items = list(items)
    if items:
        yield from filled(heading)
        yield from (f"  {_from_here(item)}" for item in items)


def _from_here(path: str) -> str:
    """A path as it is seen from the folder where the command is typed."""
    with suppress(ValueError):
        return str(Path(path).relative_to(Path.cwd()))
    return path
