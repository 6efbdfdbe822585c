"""The pages, as values."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from goalmap.ingest.languages import language_name
from goalmap.store.activities.listing import Filters, how_many, told_of_by
from goalmap.store.browse import page_rows
from goalmap.store.browse.links import PASSAGES_A_PAGE
from goalmap.store.browse.marks import Mark, marked
from goalmap.store.browse.page_rows import Row, name_of
from goalmap.store.browse.values import STATUS_WORDS, amount, spans, state_of


@dataclass(frozen=True, slots=True)
class PassagePage:
    """One passage with what was found in it, proposed for it and decided on it."""

    passage: Row
    document: str
    html: Markup
    before: list[Row]
    after: list[Row]
    copies: list[Row]
    activities: list[Row]
    """The activities that it tells of."""
    proposals: list[Row]
    decisions: list[Row]
    people: dict[tuple[str, str], list[Row]]
    named: list[Row]
    quotations: list[Row]
    figures: list[Row]


def passage_page(conn: sqlite3.Connection, id: str, address: Callable[[str], str]) -> PassagePage | None:
    """The page; `address` gives where the page of an entity is."""
    passage = page_rows.passage_row(conn, id)
    if passage is None:
        return None
    text, position = passage["text"], passage["position"] or 0
    mentions, quotations = page_rows.mentions_in(conn, id), page_rows.quotations_in(conn, id)
    figures, proposals = page_rows.figures_in(conn, id), page_rows.proposals_for(conn, id)
    return PassagePage(
        passage=passage,
        document=name_of({"title": passage["document_title"], "path": passage["path"]}),
        html=marked(text, marks_of(mentions, quotations, figures, proposals, address)),
        before=page_rows.passages_before(conn, passage["document_id"], position),
        after=page_rows.passages_after(conn, passage["document_id"], position),
        copies=page_rows.copies_of_passage(conn, id),
        activities=told_of_by(conn, id),
        proposals=[_with_words(proposal, text) for proposal in proposals],
        decisions=page_rows.decisions_on(conn, id),
        people=_by_person(page_rows.roles_of_people_in(conn, id)),
        named=_others(mentions),
        quotations=[{**found, "words": text[found["start"] : found["end"]]} for found in quotations],
        figures=[{**found, "amount": amount(found["value"], found["unit"])} for found in figures],
    )


def marks_of(
    mentions: list[Row],
    quotations: list[Row],
    figures: list[Row],
    proposals: list[Row],
    address: Callable[[str], str],
) -> list[Mark]:
    """All that is marked in a passage's text."""
    return [
        *(_named(found, address(found["entity_id"])) for found in mentions),
        *(Mark(found["start"], found["end"], "quotation", _said_by(found["speaker"])) for found in quotations),
        *(Mark(found["start"], found["end"], "figure", _figure_title(found)) for found in figures),
        *chain.from_iterable(map(_evidence, proposals)),
    ]


def _named(found: Row, href: str) -> Mark:
    return Mark(found["start"], found["end"], found["kind"], f"{found['kind']}: {found['name']}", href)


def _evidence(proposal: Row) -> list[Mark]:
    return [Mark(*span, "evidence", f"evidence for {proposal['goal']}") for span in spans(proposal["evidence"])]


def _said_by(speaker: str | None) -> str:
    return f"said by {speaker}" if speaker else "quotation; the text does not tell who speaks"


def _figure_title(figure: Row) -> str:
    parts = (amount(figure["value"], figure["unit"]), figure["what"], figure["period"])
    return "figure: " + " ".join(str(part) for part in parts if part)


def _with_words(proposal: Row, text: str) -> Row:
    words = list(dict.fromkeys(text[start:end] for start, end in spans(proposal["evidence"])))
    return {**_with_state(proposal), "words": [word for word in words if word]}


def _with_state(found: Row) -> Row:
    return {**found, "state": state_of(found["verdict"])}


def _by_person(found: list[Row]) -> dict[tuple[str, str], list[Row]]:
    people: dict[tuple[str, str], list[Row]] = {}
    for role in found:
        people.setdefault((role["person_id"], role["person"]), []).extend([role] if role["title"] else [])
    return people


def _others(mentions: list[Row]) -> list[Row]:
    """The organisations and initiatives that are named, once each."""
    once = {found["entity_id"]: found for found in mentions if found["kind"] != "person"}
    return sorted(once.values(), key=lambda found: (found["kind"], found["name"]))


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document with its passages in reading order; a long one in several parts."""

    document: Row
    name: str
    status: str
    outer: str | None
    """The file that it lies in."""
    inside: list[Row]
    """The files in it."""
    duplicates: list[Row]
    near_copies: list[Row]
    original: str | None
    twins: dict[str, list[Row]]
    english: str | None
    passages: list[Row]
    goals: dict[str, list[Row]]
    entities: dict[str, list[Row]]
    part: int
    parts: int

    @property
    def language(self) -> str:
        return language_name(self.document["language"] or "")

    @property
    def is_near_copy(self) -> bool:
        return is_near_copy(self.document)


def document_page(conn: sqlite3.Connection, id: str, part: int) -> DocumentPage | None:
    document = page_rows.document_row(conn, id)
    if document is None:
        return None
    parts = page_rows.last_position(conn, id) // PASSAGES_A_PAGE + 1
    part = min(max(part, 1), parts)
    first = (part - 1) * PASSAGES_A_PAGE
    copies = page_rows.duplicates_of(conn, id)
    twins = ({**twin, "language": language_name(twin["language"] or "")} for twin in page_rows.twins_of(conn, id))
    return DocumentPage(
        document=document,
        name=name_of(document),
        status=STATUS_WORDS.get(document["status"]) or str(document["status"]),
        outer=page_rows.document_name(conn, document["parent_id"]) if document["parent_id"] else None,
        inside=page_rows.files_in(conn, id),
        duplicates=[copy for copy in copies if not is_near_copy(copy)],
        near_copies=[copy for copy in copies if is_near_copy(copy)],
        original=page_rows.document_name(conn, document["duplicate_of"]) if document["duplicate_of"] else None,
        twins=_grouped(twins, "language"),
        english=page_rows.document_name(conn, document["twin_of"]) if document["twin_of"] else None,
        passages=page_rows.passages_of(conn, id, first, first + PASSAGES_A_PAGE - 1),
        goals=_grouped(map(_with_state, page_rows.goals_of_passages(conn, id)), "passage_id"),
        entities=_grouped(page_rows.entities_in_document(conn, id), "kind"),
        part=part,
        parts=parts,
    )


def is_near_copy(document: Row) -> bool:
    """Whether it tells the story of another document in a text of its own."""
    return document["likeness"] is not None and document["content_of"] is None


def _grouped(found: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for one in found:
        groups.setdefault(one[column], []).append(one)
    return groups


@dataclass(frozen=True, slots=True)
class Overview:
    """What an analyst wants to see first."""

    documents: list[Row]
    passages: Row
    entities: dict[str, int]
    frameworks: dict[str, list[Row]]
    most: int
    activities: dict[str, int]
    """The number of activities, reviewed and only proposed."""
    waiting: int
    decided: int
    run: Row | None

    @property
    def found(self) -> int:
        return sum(status["documents"] for status in self.documents)


def overview(conn: sqlite3.Connection) -> Overview:
    goals = page_rows.goals_by_state(conn)
    return Overview(
        documents=page_rows.documents_by_status(conn),
        passages=page_rows.counts_of_passages(conn),
        entities={found["kind"]: found["entities"] for found in page_rows.entities_by_kind(conn)},
        frameworks=_grouped(goals, "framework"),
        most=max((goal["passages"] for goal in goals), default=0),
        activities=how_many(conn, Filters()),
        waiting=sum(goal["waiting"] for goal in goals),
        decided=page_rows.count_of_decisions(conn),
        run=page_rows.latest_run(conn),
    )
