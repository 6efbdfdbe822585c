"""The gazetteer as the resolver is given it: one entry for what several files have, each with where it comes from."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Entry
from goalmap.extract.words import name_key


@dataclass(frozen=True, slots=True)
class Sourced:
    """An entry and the file or files that it was read from."""

    entry: Entry
    source: str

    @staticmethod
    def key_of(entry: Entry) -> str:
        """What tells an entry from others."""
        identifiers = sorted(entry.identifiers.items())
        dated = (entry.since, entry.until, entry.successor)
        return json.dumps([entry.kind.value, entry.name, entry.aliases, identifiers, *dated])


def read_entries(db: Database) -> list[Sourced]:
    """All entries; those of one name in different files are one, unless their codes or dates contradict each other."""
    rows = db.query("select * from gazetteer order by source, id")
    read = [
        Sourced(
            Entry(
                kind=EntityKind(row["kind"]),
                name=row["name"],
                aliases=tuple(json.loads(row["aliases"])),
                identifiers=json.loads(row["identifiers"]),
                since=row["since"],
                until=row["until"],
                successor=row["successor"],
            ),
            row["source"],
        )
        for row in rows
    ]
    return [one for same in _by_name(read) for one in _combined(same)]


def disputed(entries: Iterable[Sourced]) -> list[str]:
    """Names to which files give different codes or dates, so that they get none."""
    return [same[0].entry.name for same in _by_name(entries) if len({one.source for one in same}) > 1]


def _by_name(entries: Iterable[Sourced]) -> list[list[Sourced]]:
    by_name: defaultdict[tuple[EntityKind, str], list[Sourced]] = defaultdict(list)
    for sourced in entries:
        by_name[sourced.entry.kind, name_key(sourced.entry.name)].append(sourced)
    return list(by_name.values())


def sources_by_entry(entries: Iterable[Sourced]) -> dict[str, str]:
    return {Sourced.key_of(sourced.entry): sourced.source for sourced in entries}


def _combined(same: Sequence[Sourced]) -> Iterator[Sourced]:
    """Entries of one name as one, where each is of another file and none contradicts another."""
    sources = [sourced.source for sourced in same]
    if len(same) == 1 or len(set(sources)) < len(sources) or _contradict([sourced.entry for sourced in same]):
        yield from same
        return
    first = same[0].entry
    entries = [sourced.entry for sourced in same]
    names = dict.fromkeys(form for entry in entries for form in (entry.name, *entry.aliases))
    identifiers: dict[str, str] = {}
    for entry in reversed(entries):
        identifiers |= entry.identifiers
    yield Sourced(
        replace(
            first,
            aliases=tuple(name for name in names if name != first.name),
            identifiers=identifiers,
            since=_first(entry.since for entry in entries),
            until=_first(entry.until for entry in entries),
            successor=_first(entry.successor for entry in entries),
        ),
        "; ".join(sources),
    )


def _contradict(entries: Sequence[Entry]) -> bool:
    told: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for name, value in _facts(entry).items():
            told[name].add(value)
    return any(len(values) > 1 for values in told.values())


def _facts(entry: Entry) -> Mapping[str, str]:
    dated = {"since": entry.since, "until": entry.until, "successor": entry.successor}
    facts = {name: value for name, value in dated.items() if value}
    return {**facts, **{f"code {scheme}": code for scheme, code in entry.identifiers.items()}}


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
