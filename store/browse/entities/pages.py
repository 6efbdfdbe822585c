"""The page of a person, organisation or initiative, as a value."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from goalmap.store.activities.listing import Listed, activities_of
from goalmap.store.browse.contexts import in_context
from goalmap.store.browse.entities import rows as entity_rows
from goalmap.store.browse.entities.ties import Tie, ties
from goalmap.store.browse.marks import Mark
from goalmap.store.browse.page_rows import Row, name_of
from goalmap.store.browse.values import amount, json_list, json_value

SIZES = {"mentions": 50, "quotations": 20, "documents": 50}
"""How many of each are on one page."""
FIGURES = 40
ACTIVITIES = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a long list."""

    rows: list[Row]
    name: str
    number: int
    parts: int
    total: int


@dataclass(frozen=True, slots=True)
class Series:
    """A published measure of a body's people over the years."""

    kind: str
    question: str | None
    of_whom: str | None
    by_year: Mapping[str, Sequence[Row]]

    @property
    def what(self) -> str:
        return ", ".join(part for part in (self.kind, self.of_whom, self.question) if part)


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One person, organisation or initiative with all that documents tell of it."""

    entity: Row
    identifiers: Mapping[str, str]
    names: list[Row]
    merges: list[Row]
    references: list[Row]
    posts: list[Tie]
    holders: list[Tie]
    memberships: list[Tie]
    members: list[Tie]
    goals: dict[str, list[Row]]
    activities: tuple[Listed, ...]
    """What it does towards goals, or what the initiative is."""
    initiatives: list[Row]
    figures: list[Row]
    years: list[str]
    measures: list[Series]
    mentions: Part
    quotations: Part
    documents: Part

    @property
    def said_without_name(self) -> int:
        return sum(reference["times"] for reference in self.references)


def entity_page(conn: sqlite3.Connection, id: str, asked: Mapping[str, int]) -> EntityPage | None:
    """The page, with the part that is asked for of each of its long lists."""
    entity = entity_rows.entity_row(conn, id)
    if entity is None:
        return None
    kind = entity["kind"]
    measures = _series(entity_rows.measures_of(conn, id))
    return EntityPage(
        entity=entity,
        identifiers=_identifiers(entity),
        names=_other_names(entity, entity_rows.names_of(conn, id)),
        merges=entity_rows.merges_into(conn, id),
        references=entity_rows.references_to(conn, id),
        posts=ties(entity_rows.posts_of(conn, id)),
        holders=ties(entity_rows.holders_of_posts(conn, id)),
        memberships=ties(entity_rows.memberships_of(conn, id)),
        members=ties(entity_rows.members_of(conn, id)),
        goals=_by_framework(entity_rows.goals_touched(conn, id)),
        activities=activities_of(conn, id, ACTIVITIES),
        initiatives=entity_rows.initiatives_of(conn, id),
        figures=_figures(entity_rows.figures_beside(conn, id, FIGURES)) if kind == "initiative" else [],
        years=sorted({year for series in measures for year in series.by_year}, reverse=True),
        measures=measures,
        mentions=_part(conn, id, asked, "mentions", entity_rows.count_of_passages, _mentions),
        quotations=_part(conn, id, asked, "quotations", entity_rows.count_of_quotations, entity_rows.quotations_by),
        documents=_part(conn, id, asked, "documents", entity_rows.count_of_documents, entity_rows.documents_naming),
    )


def _part(
    conn: sqlite3.Connection,
    id: str,
    asked: Mapping[str, int],
    name: str,
    count: Callable[[sqlite3.Connection, str], int],
    read: Callable[[sqlite3.Connection, str, int, int], list[Row]],
) -> Part:
    total, size = count(conn, id), SIZES[name]
    parts = max(1, -(-total // size))
    number = min(max(1, asked.get(name, 1)), parts)
    rows = read(conn, id, (number - 1) * size, size) if total else []
    return Part([{**row, "document": name_of(row)} for row in rows], name, number, parts, total)


def _mentions(conn: sqlite3.Connection, id: str, first: int, count: int) -> list[Row]:
    """Passages with the sentences of each that name the entity."""
    passages = entity_rows.passages_naming(conn, id, first, count)
    marks: dict[str, list[Mark]] = {}
    for found in entity_rows.mentions_of(conn, id, (passage["id"] for passage in passages)):
        mark = Mark(found["start"], found["end"], found["kind"], found["name"])
        marks.setdefault(found["passage_id"], []).append(mark)
    return [_with_words(passage, marks.get(passage["id"], [])) for passage in passages]


def _with_words(passage: Row, marks: Sequence[Mark]) -> Row:
    words: Markup = in_context(passage["text"], [mark for mark in marks if mark.start < len(passage["text"])])
    return {**passage, "words": words}


def _identifiers(entity: Row) -> dict[str, str]:
    found = json_value(entity["identifiers"])
    return {str(scheme): str(code) for scheme, code in found.items()} if isinstance(found, dict) else {}


def _other_names(entity: Row, names: list[Row]) -> list[Row]:
    """The names that are known, the entity's own too where there is more to tell of it than the name."""
    known = names or [_bare(name) for name in json_list(entity["aliases"])]
    return known if [name for name in known if name["name"] != entity["name"] or name["since"] or name["until"]] else []


def _bare(name: object) -> Row:
    nothing = dict.fromkeys(("first_seen", "last_seen", "since", "until"))
    return {"name": str(name), "kind": "alias", "documents": 0, "source": "documents", **nothing}


def _by_framework(goals: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for goal in goals:
        found.setdefault(goal["framework"], []).append(goal)
    return found


def _figures(found: Iterable[Row]) -> list[Row]:
    return [{**row, "amount": _amount(row), "document": name_of(row)} for row in found]


def _amount(figure: Row) -> str:
    return " ".join(part for part in (figure.get("bound"), amount(figure["value"], figure["unit"])) if part)


def _series(found: Iterable[Row]) -> list[Series]:
    """Measures by what they measure; what documents tell alike of a year stands once."""
    same: dict[tuple[str, str | None, str | None], dict[str, list[Row]]] = {}
    for row in found:
        years = same.setdefault((row["kind"], row["question"], row["of_whom"]), {})
        told = years.setdefault(row["year"] or "year not told", [])
        value = amount(row["value"], row["unit"])
        if value not in [other["amount"] for other in told]:
            told.append({"amount": value, "passage_id": row["passage_id"]})
    return [Series(*what, years) for what, years in same.items()]
