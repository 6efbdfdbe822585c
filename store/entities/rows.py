"""What a resolution becomes in the database: entities, their names, why names were brought together, what to look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goalmap.extract.names import EntityKind
from goalmap.extract.resolving.model import Group, Link, Resolution
from goalmap.store.entities.entries import Sourced, sources_by_entry
from goalmap.store.entities.names import json_cell
from goalmap.store.entities.sightings import Seen
from goalmap.store.ids import stable_id

Cells = tuple[Any, ...]

DOCUMENTS = "documents"
"""The source of names that documents use."""
SHORTEST_ACRONYM = 2


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows that follow from the names in the documents, in the order of each table's columns."""

    entities: Mapping[str, Cells]
    names: set[Cells]
    merges: set[Cells]
    suggestions: set[Cells]

    def tables(self) -> dict[str, set[Cells]]:
        return {
            "entity_names": self.names,
            "entity_merges": self.merges,
            "entity_suggestions": self.suggestions,
        }


def rows_of(found: Resolution, seen: Mapping[str, Seen], taken: Mapping[str, str], entries: Sequence[Sourced]) -> Rows:
    """The rows of a resolution; `taken` has the entity of each sighting."""
    owners = _owners(found.groups, seen, taken)
    sources = sources_by_entry(entries)
    return Rows(
        entities={group.id: _entity(group, owners.get(group.id)) for group in found.groups},
        names={row for group in found.groups for row in _names(group, seen, sources)},
        merges={row for group in found.groups for row in _merges(group, seen)},
        suggestions=set(_suggestions(found.suggestions, seen, taken)),
    )


def _entity(group: Group, owner: str | None) -> Cells:
    codes = dict(sorted(group.entry.identifiers.items())) if group.entry else {}
    identifiers = json_cell(codes) if codes else None
    return group.id, group.kind.value, group.name, json_cell(group.aliases), identifiers, owner


def _owners(groups: Iterable[Group], seen: Mapping[str, Seen], taken: Mapping[str, str]) -> dict[str, str]:
    """The body that most documents say runs an initiative."""
    bodies = {
        (one.sighting.document, one.sighting.key): taken[id]
        for id, one in seen.items()
        if one.sighting.kind is EntityKind.ORGANISATION
    }
    owners: dict[str, str] = {}
    for group in groups:
        if group.kind is EntityKind.INITIATIVE:
            sightings = [seen[member].sighting for member in group.members]
            named = (bodies.get((one.document, key)) for one in sightings for key in one.bodies)
            said = Counter(body for body in named if body)
            if said:
                owners[group.id] = min(said, key=lambda body: (-said[body], body))
    return owners


# Names


def _names(group: Group, seen: Mapping[str, Seen], sources: Mapping[str, str]) -> Iterator[Cells]:
    users: defaultdict[str, list[Seen]] = defaultdict(list)
    for member in group.members:
        for form in {seen[member].sighting.name, *seen[member].sighting.forms}:
            users[form].append(seen[member])
    for form, those in users.items():
        dates = sorted(one.sighting.published for one in those if one.sighting.published)
        first, last = (dates[0], dates[-1]) if dates else (None, None)
        stories = len({one.story for one in those})
        yield group.id, form, _sort(form, group.name), stories, first, last, None, None, DOCUMENTS
    if entry := group.entry:
        source = sources[Sourced.key_of(entry)]
        for form in dict.fromkeys((entry.name, *entry.aliases)):
            dated = (entry.since, entry.until) if form == entry.name else (None, None)
            yield group.id, form, _sort(form, group.name), 0, None, None, *dated, source


def _sort(form: str, name: str) -> str:
    """Whether a form is the entity's name, an acronym, or another name."""
    if form == name:
        return "name"
    return "acronym" if len(form) >= SHORTEST_ACRONYM and form.isupper() and " " not in form else "alias"


# Why, and what to look at


def _merges(group: Group, seen: Mapping[str, Seen]) -> Iterator[Cells]:
    told: dict[tuple[str, str, str], str] = {}
    for link in group.links:
        pair = sorted((seen[link.one].sighting.name, seen[link.other].sighting.name))
        key = pair[0], pair[1], link.rule
        told[key] = min(link.reason, told.get(key, link.reason))
    for key, reason in told.items():
        yield stable_id("j", group.id, *key), group.kind.value, group.id, *key, reason


def _suggestions(links: Iterable[Link], seen: Mapping[str, Seen], taken: Mapping[str, str]) -> Iterator[Cells]:
    """Each pair of entities once, with the first of its reasons."""
    told: dict[tuple[str, str], tuple[str, str, str]] = {}
    for link in links:
        one, other = sorted((taken[link.one], taken[link.other]))
        why = seen[link.one].sighting.kind.value, link.rule, link.reason
        if one != other:
            told[one, other] = min(why, told.get((one, other), why))
    for pair, (kind, rule, reason) in told.items():
        yield stable_id("l", *pair), kind, *pair, rule, reason
