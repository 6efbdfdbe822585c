"""The three-way merge: what a reviewer changed in a queue since its export, beside what changed in the database meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from goalmap.store.decisions import Answer


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the queue and the database changed to different things."""

    field: str
    exported: str
    database: str
    file: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The answer after a merge; where there are differences it is the database's own, untouched."""

    answer: Answer
    differences: tuple[Difference, ...] = ()


def merge(exported: Answer, database: Answer, file: Answer) -> Merged:
    """Take from the file what was changed in it alone.

    The reviewer is whoever gave the answer that is taken, so that a name by itself is neither change nor difference.
    """
    changed = {name: getattr(file, name) for name in _changed(exported, database, file)}
    differences = tuple(
        Difference(name, str(getattr(exported, name)), str(getattr(database, name)), str(value))
        for name, value in changed.items()
        if getattr(exported, name) != getattr(database, name)
    )
    if differences or not changed:
        return Merged(database, differences)
    return Merged(replace(database, **changed, reviewer=file.reviewer or database.reviewer))


def _changed(exported: Answer, database: Answer, file: Answer) -> Iterator[str]:
    """The fields in which the file says what neither the export nor the database says."""
    for name in FIELDS:
        value = getattr(file, name)
        if value not in (getattr(exported, name), getattr(database, name)):
            yield name


FIELDS = tuple(field.name for field in fields(Answer) if field.name != "reviewer")
