"""Pages for a goalmap database in Datasette: an overview, each document, and each passage with what was found in it.

Datasette loads this module for every database that anybody opens in this environment, so it imports little, acts only
where our tables are, and is written for Datasette 0.65 and 1.0 alike.
"""

import hashlib
import json
import os
import re
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from datasette import Forbidden, NotFound, Response, hookimpl
from markupsafe import Markup

from goalmap.ingest.document import CONTENT, FURNITURE, Kind

HERE = Path(__file__).parent
STYLE = HERE / "static" / "goalmap.css"
PASSAGES_A_PAGE = 400
SHORT = 80
LONG = 600
COOKIE_SECONDS = 30 * 24 * 3600
SIGN_IN_NAME = "GOALMAP_SIGN_IN_NAME"
SIGN_IN_TOKEN = "GOALMAP_SIGN_IN_TOKEN"
SIGN_IN_HELP = (
    "Sign in first: open the one-time address that goalmap serve printed. "
    "If it has been used, stop goalmap serve and start it again for a new one."
)

Row = dict[str, Any]
"""One row of a result, by column."""

Function = TypeVar("Function", bound=Callable[..., Any])


def hook(function: Function) -> Function:
    """Datasette's hookimpl, with a type."""
    return cast(Function, hookimpl(function))


# What the words of the database mean to a reader.

STATUS_WORDS = {
    "ok": "Read",
    "partial": "Read in part",
    "no_text": "No text in it (a scan, or an empty file)",
    "needs_password": "Needs a password",
    "unsupported": "Not a kind of file that goalmap reads",
    "refused": "Refused: over a limit",
    "failed": "Could not be read",
    "skipped": "Left out",
}

ENTITY_WORDS = {"person": "People", "organisation": "Organisations", "initiative": "Initiatives"}

STATES = {"accepted": "accepted", "changed": "accepted", "added": "accepted", "rejected": "rejected"}
"""How a goal stands with a passage after a verdict; without one it waits."""


# Spans of a passage, as marks in its text.

LAYERS = ("quotation", "evidence", "figure", "initiative", "organisation", "person")
"""From the outermost mark to the innermost, where two cover the same words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that is shown as something; `title` says what."""

    start: int
    end: int
    kind: str
    title: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.start, -self.end, LAYERS.index(self.kind))


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """The text as HTML with every mark in its place; marks that overlap are nested, and cut in two where they cross."""
    fitting = sorted((mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), key=lambda mark: mark.order)
    cuts = sorted({0, len(text), *(mark.start for mark in fitting), *(mark.end for mark in fitting)})
    html, standing = Markup(), list[Mark]()
    for here, there in pairwise(cuts):
        wanted = [mark for mark in fitting if mark.start <= here < mark.end]
        same = _common(standing, wanted)
        html += Markup("</mark>") * (len(standing) - same)
        html += Markup().join(map(_opening, wanted[same:]))
        html += text[here:there]
        standing = wanted
    return html + Markup("</mark>") * len(standing)


def _common(one: list[Mark], other: list[Mark]) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left is not right), min(len(one), len(other)))


def _opening(mark: Mark) -> Markup:
    return Markup('<mark class="{}" title="{}">').format(mark.kind, mark.title or mark.kind)


def spans(value: Any) -> list[tuple[int, int]]:
    """The [start, end] pairs of a JSON list; anything else in it is left out."""
    return [(pair[0], pair[1]) for pair in json_list(value) if _is_span(pair)]


def _is_span(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(type(end) is int for end in pair)


def json_list(value: Any) -> list[Any]:
    """The list that a JSON column holds; empty where it holds none."""
    found = json_value(value)
    return found if isinstance(found, list) else []


def json_value(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else None
    except ValueError:
        return None


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def amount(value: float | None, unit: str | None) -> str:
    """A figure as people write it.

    >>> amount(840000.0, "£"), amount(83.0, "%"), amount(453.0, None)
    ('£840,000', '83 %', '453')
    """
    if value is None:
        return unit or ""
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return f"{unit}{number}" if unit in ("£", "€", "$") else f"{number} {unit or ''}".strip()


def score_bar(score: float) -> Markup:
    """A probability as a small bar and a number."""
    return Markup(
        '<span class="gm-score"><span class="gm-bar" aria-hidden="true"><span style="width: {:.0f}%"></span></span>'
        " {:.2f}</span>"
    ).format(100 * score, score)


# What the pages read. Each function takes a connection and gives rows; none formats a value into its SQL.


def rows(conn: sqlite3.Connection, sql: str, **values: Any) -> list[Row]:
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(conn: sqlite3.Connection, sql: str, **values: Any) -> Row | None:
    return next(iter(rows(conn, sql, **values)), None)


def has_our_tables(conn: sqlite3.Connection) -> bool:
    """Whether goalmap made this database."""
    sql = "select count(*) as found from sqlite_master where name in ('documents', 'passages', '_sqlite_migrations')"
    try:
        return rows(conn, sql) == [{"found": 3}] and bool(
            rows(conn, "select 1 from _sqlite_migrations where migration_set = 'goalmap' limit 1")
        )
    except sqlite3.Error:
        return False


def passage_row(conn: sqlite3.Connection, id: str) -> Row | None:
    sql = """
        select passages.*, documents.title as document_title, documents.path, documents.publisher,
               documents.published, documents.language, documents.status
        from passages join documents on documents.id = passages.document_id
        where passages.id = :id
    """
    return row(conn, sql, id=id)


def passages_before(conn: sqlite3.Connection, document_id: str, position: int) -> list[Row]:
    sql = """
        select id, position, page, kind, text from passages
        where document_id = :document_id and position < :position and retired_at is null
        order by position desc limit 2
    """
    return rows(conn, sql, document_id=document_id, position=position)[::-1]


def passages_after(conn: sqlite3.Connection, document_id: str, position: int) -> list[Row]:
    sql = """
        select id, position, page, kind, text from passages
        where document_id = :document_id and position > :position and retired_at is null
        order by position limit 2
    """
    return rows(conn, sql, document_id=document_id, position=position)


def mentions_in(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    sql = """
        select mentions.*, entities.kind, entities.name
        from mentions join entities on entities.id = mentions.entity_id
        where mentions.passage_id = :passage_id
        order by mentions.start, mentions."end"
    """
    return rows(conn, sql, passage_id=passage_id)


def quotations_in(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    sql = """
        select quotations.*, entities.name as speaker
        from quotations left join entities on entities.id = quotations.speaker_id
        where quotations.passage_id = :passage_id
        order by quotations.start
    """
    return rows(conn, sql, passage_id=passage_id)


def figures_in(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    return rows(conn, "select * from figures where passage_id = :passage_id order by start", passage_id=passage_id)


def proposals_for(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    sql = """
        select proposals.*, frameworks.name as framework,
               coalesce(goals.label, goals.code || ' ' || goals.name) as goal,
               coalesce(nearest.label, nearest.code || ' ' || nearest.name) as runner_up,
               current_decisions.verdict
        from proposals
        join goals on goals.id = proposals.goal_id
        join frameworks on frameworks.id = goals.framework_id
        left join goals as nearest on nearest.id = proposals.runner_up_goal_id
        left join current_decisions
          on current_decisions.passage_id = proposals.passage_id
          and current_decisions.proposed_goal_id = proposals.goal_id
        where proposals.passage_id = :passage_id
        order by proposals.rank, proposals.score desc
    """
    return rows(conn, sql, passage_id=passage_id)


def decisions_on(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    sql = """
        select decisions.*,
               coalesce(goals.label, goals.code || ' ' || goals.name) as goal,
               coalesce(proposed.label, proposed.code || ' ' || proposed.name) as proposed_goal
        from decisions
        left join goals on goals.id = decisions.goal_id
        left join goals as proposed on proposed.id = decisions.proposed_goal_id
        where decisions.passage_id = :passage_id
        order by decisions.id
    """
    return rows(conn, sql, passage_id=passage_id)


def roles_of_people_in(conn: sqlite3.Connection, passage_id: str) -> list[Row]:
    """The posts of everybody named or quoted in a passage, wherever they are told, the latest first."""
    sql = """
        with people as (
          select entity_id as id from mentions where passage_id = :passage_id
          union select speaker_id from quotations where passage_id = :passage_id
          union select person_id from roles where passage_id = :passage_id
        )
        select entities.id as person_id, entities.name as person, roles.title, roles.former, max(roles.as_of) as as_of,
               roles.organisation_id, organisations.name as organisation,
               coalesce(max(case when roles.passage_id = :passage_id then roles.passage_id end), max(roles.passage_id))
                 as passage_id
        from people
        join entities on entities.id = people.id and entities.kind = 'person'
        left join roles on roles.person_id = entities.id
        left join entities as organisations on organisations.id = roles.organisation_id
        group by entities.id, roles.title, roles.former, roles.organisation_id
        order by entities.name, entities.id, as_of desc, roles.title
    """
    return rows(conn, sql, passage_id=passage_id)


def document_row(conn: sqlite3.Connection, id: str) -> Row | None:
    return row(conn, "select * from documents where id = :id", id=id)


def duplicates_of(conn: sqlite3.Connection, document_id: str) -> list[Row]:
    sql = "select id, title, path from documents where duplicate_of = :document_id order by path"
    return rows(conn, sql, document_id=document_id)


def passages_of(conn: sqlite3.Connection, document_id: str, first: int, last: int) -> list[Row]:
    sql = """
        select * from passages
        where document_id = :document_id and position between :first and :last and retired_at is null
        order by position
    """
    return rows(conn, sql, document_id=document_id, first=first, last=last)


def last_position(conn: sqlite3.Connection, document_id: str) -> int:
    sql = "select coalesce(max(position), 0) as last from passages where document_id = :id and retired_at is null"
    return int(rows(conn, sql, id=document_id)[0]["last"])


def goals_of_passages(conn: sqlite3.Connection, document_id: str) -> list[Row]:
    """Each goal of each passage of a document with its latest verdict, if any."""
    sql = """
        select passage_id, goal_id, score, verdict, coalesce(goals.label, goals.code || ' ' || goals.name) as goal
        from (
          select proposals.passage_id, proposals.goal_id, proposals.score, current_decisions.verdict
          from passages
          join proposals on proposals.passage_id = passages.id
          left join current_decisions
            on current_decisions.passage_id = proposals.passage_id
            and current_decisions.proposed_goal_id = proposals.goal_id
          where passages.document_id = :document_id
            and (current_decisions.verdict is not 'changed' or current_decisions.goal_id = proposals.goal_id)
          union
          select current_decisions.passage_id, current_decisions.goal_id, null, current_decisions.verdict
          from passages
          join current_decisions on current_decisions.passage_id = passages.id
          where passages.document_id = :document_id
            and (current_decisions.verdict = 'added'
              or (current_decisions.verdict = 'changed'
                and current_decisions.goal_id <> current_decisions.proposed_goal_id))
        )
        join goals on goals.id = goal_id
        order by passage_id, score is null, score desc
    """
    return [{**found, "state": state_of(found["verdict"])} for found in rows(conn, sql, document_id=document_id)]


def entities_in_document(conn: sqlite3.Connection, document_id: str) -> list[Row]:
    sql = """
        select entities.id, entities.kind, entities.name, count(*) as mentions
        from passages
        join mentions on mentions.passage_id = passages.id
        join entities on entities.id = mentions.entity_id
        where passages.document_id = :document_id
        group by entities.id
        order by mentions desc, entities.name
    """
    return rows(conn, sql, document_id=document_id)


def document_name(conn: sqlite3.Connection, id: str) -> str:
    """What to call a document: its title, else the name of its file."""
    found = document_row(conn, id)
    return name_of(found) if found else id


def name_of(document: Row) -> str:
    return str(document["title"] or Path(document["path"]).name)


def passage_text(conn: sqlite3.Connection, id: str) -> str:
    found = row(conn, "select text from passages where id = :id", id=id)
    return str(found["text"]) if found else ""


def documents_by_status(conn: sqlite3.Connection) -> list[Row]:
    sql = "select status, count(*) as documents from documents group by status order by documents desc, status"
    return rows(conn, sql)


def entities_by_kind(conn: sqlite3.Connection) -> list[Row]:
    return rows(conn, "select kind, count(*) as entities from entities group by kind")


def counts_of_passages(conn: sqlite3.Connection) -> Row:
    sql = """
        select count(*) as passages,
               count(*) filter (where kind in (select value from json_each(:content))) as content
        from passages where retired_at is null
    """
    return rows(conn, sql, content=json.dumps(sorted(CONTENT)))[0]


def count_of_decisions(conn: sqlite3.Connection) -> int:
    return int(rows(conn, "select count(*) as decided from current_decisions")[0]["decided"])


def latest_run(conn: sqlite3.Connection) -> Row | None:
    return row(conn, "select * from runs order by started desc limit 1")


def goals_by_state(conn: sqlite3.Connection) -> list[Row]:
    from goalmap.store.metadata import QUERIES

    return rows(conn, QUERIES["activities_by_goal"].sql)


# The pages, as values.


@dataclass(frozen=True, slots=True)
class PassagePage:
    """One passage with what was found in it, proposed for it and decided on it."""

    passage: Row
    document: str
    html: Markup
    before: list[Row]
    after: list[Row]
    proposals: list[Row]
    decisions: list[Row]
    people: dict[tuple[str, str], list[Row]]
    named: list[Row]
    quotations: list[Row]
    figures: list[Row]


def passage_page(conn: sqlite3.Connection, id: str) -> PassagePage | None:
    passage = passage_row(conn, id)
    if passage is None:
        return None
    text, position = passage["text"], passage["position"] or 0
    mentions, quotations = mentions_in(conn, id), quotations_in(conn, id)
    figures, proposals = figures_in(conn, id), proposals_for(conn, id)
    return PassagePage(
        passage=passage,
        document=name_of({"title": passage["document_title"], "path": passage["path"]}),
        html=marked(text, marks_of(mentions, quotations, figures, proposals)),
        before=passages_before(conn, passage["document_id"], position),
        after=passages_after(conn, passage["document_id"], position),
        proposals=[_with_words(proposal, text) for proposal in proposals],
        decisions=decisions_on(conn, id),
        people=_by_person(roles_of_people_in(conn, id)),
        named=_others(mentions),
        quotations=[{**found, "words": text[found["start"] : found["end"]]} for found in quotations],
        figures=[{**found, "amount": amount(found["value"], found["unit"])} for found in figures],
    )


def marks_of(mentions: list[Row], quotations: list[Row], figures: list[Row], proposals: list[Row]) -> list[Mark]:
    """All that is marked in a passage's text."""
    return [
        *(Mark(found["start"], found["end"], found["kind"], f"{found['kind']}: {found['name']}") for found in mentions),
        *(Mark(found["start"], found["end"], "quotation", _said_by(found["speaker"])) for found in quotations),
        *(Mark(found["start"], found["end"], "figure", _figure_title(found)) for found in figures),
        *chain.from_iterable(map(_evidence, proposals)),
    ]


def _evidence(proposal: Row) -> list[Mark]:
    return [Mark(*span, "evidence", f"evidence for {proposal['goal']}") for span in spans(proposal["evidence"])]


def _said_by(speaker: str | None) -> str:
    return f"said by {speaker}" if speaker else "quotation; the text does not tell who speaks"


def _figure_title(figure: Row) -> str:
    parts = (amount(figure["value"], figure["unit"]), figure["what"], figure["period"])
    return "figure: " + " ".join(str(part) for part in parts if part)


def _with_words(proposal: Row, text: str) -> Row:
    words = list(dict.fromkeys(text[start:end] for start, end in spans(proposal["evidence"])))
    return {**proposal, "words": [word for word in words if word], "state": state_of(proposal["verdict"])}


def state_of(verdict: str | None) -> str:
    return STATES.get(verdict or "", "waiting")


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
    duplicates: list[Row]
    original: str | None
    passages: list[Row]
    goals: dict[str, list[Row]]
    entities: dict[str, list[Row]]
    part: int
    parts: int


def document_page(conn: sqlite3.Connection, id: str, part: int) -> DocumentPage | None:
    document = document_row(conn, id)
    if document is None:
        return None
    parts = last_position(conn, id) // PASSAGES_A_PAGE + 1
    part = min(max(part, 1), parts)
    first = (part - 1) * PASSAGES_A_PAGE
    return DocumentPage(
        document=document,
        name=name_of(document),
        status=STATUS_WORDS.get(document["status"]) or str(document["status"]),
        duplicates=duplicates_of(conn, id),
        original=document_name(conn, document["duplicate_of"]) if document["duplicate_of"] else None,
        passages=passages_of(conn, id, first, first + PASSAGES_A_PAGE - 1),
        goals=_grouped(goals_of_passages(conn, id), "passage_id"),
        entities=_grouped(entities_in_document(conn, id), "kind"),
        part=part,
        parts=parts,
    )


def _grouped(found: list[Row], column: str) -> dict[str, list[Row]]:
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
    waiting: int
    decided: int
    run: Row | None

    @property
    def found(self) -> int:
        return sum(status["documents"] for status in self.documents)


def overview(conn: sqlite3.Connection) -> Overview:
    goals = goals_by_state(conn)
    return Overview(
        documents=documents_by_status(conn),
        passages=counts_of_passages(conn),
        entities={found["kind"]: found["entities"] for found in entities_by_kind(conn)},
        frameworks=_grouped(goals, "framework"),
        most=max((goal["passages"] for goal in goals), default=0),
        waiting=sum(goal["waiting"] for goal in goals),
        decided=count_of_decisions(conn),
        run=latest_run(conn),
    )


# What differs between Datasette 0.65 and 1.0.

SHOWN_TABLES = (
    "documents",
    "passages",
    "entities",
    "mentions",
    "roles",
    "quotations",
    "figures",
    "goals",
    "proposals",
    "decisions",
)
"""Whoever may not see one of these tables may not see our pages either."""


async def may_see(datasette: Any, actor: Row | None, database: str) -> bool:
    """Whether Datasette would show this actor the tables that our pages show."""
    allowed = _allowed_in_1_0 if hasattr(datasette, "allowed") else _allowed_in_0_65
    return all([await allowed(datasette, actor, database, table) for table in SHOWN_TABLES])


async def _allowed_in_1_0(datasette: Any, actor: Row | None, database: str, table: str) -> bool:
    from datasette.resources import TableResource

    return bool(await datasette.allowed(action="view-table", resource=TableResource(database, table), actor=actor))


async def _allowed_in_0_65(datasette: Any, actor: Row | None, database: str, table: str) -> bool:
    try:
        await datasette.ensure_permissions(
            actor, [("view-table", (database, table)), ("view-database", database), "view-instance"]
        )
    except Forbidden:
        return False
    return True


async def knows_query(datasette: Any, actor: Row | None, database: str, name: str) -> bool:
    """Whether this Datasette was given the query, as goalmap serve does."""
    if hasattr(datasette, "get_canned_query"):
        return await datasette.get_canned_query(database, name, actor) is not None
    return hasattr(datasette, "get_query") and await datasette.get_query(database, name) is not None


# From a request to a page.

_OURS: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


async def is_ours(datasette: Any, database: str | None) -> bool:
    """Whether a database is goalmap's; looked up once for each database that is open."""
    db = datasette.databases.get(database)
    if db is None:
        return False
    if db not in _OURS:
        _OURS[db] = await db.execute_fn(has_our_tables)
    return _OURS[db]


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses in one database."""

    datasette: Any
    database: str

    def overview(self) -> str:
        return f"{self.datasette.urls.database(self.database)}/-/overview"

    def passage(self, id: str) -> str:
        return f"{self.datasette.urls.database(self.database)}/-/passage/{_in_address(id)}"

    def document(self, id: str, position: int | None = None, passage: str = "") -> str:
        part = (position or 0) // PASSAGES_A_PAGE + 1
        base = f"{self.datasette.urls.database(self.database)}/-/document/{_in_address(id)}"
        return base + (f"?part={part}" if part > 1 else "") + (f"#{_in_address(passage)}" if passage else "")

    def row(self, table: str, id: str) -> str:
        return str(self.datasette.urls.row(self.database, table, _in_address(str(id))))

    def table(self, table: str, **filters: str) -> str:
        from urllib.parse import urlencode

        query = urlencode({f"{column}__exact": value for column, value in filters.items()})
        return f"{self.datasette.urls.table(self.database, table)}?{query}"

    def query(self, name: str) -> str:
        return str(self.datasette.urls.query(self.database, name))


def _in_address(text: str) -> str:
    from datasette.utils import tilde_encode

    return str(tilde_encode(text))


async def _open(datasette: Any, request: Any) -> Any:
    """The database that a request names, if it is ours and the actor may see it."""
    from datasette.utils import tilde_decode

    try:
        db = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    except KeyError:
        raise NotFound("There is no database of that name here.") from None
    if not await may_see(datasette, request.actor, db.name):
        raise Forbidden(SIGN_IN_HELP if request.actor is None else "You may not see this database.")
    if not await is_ours(datasette, db.name):
        raise NotFound("This is not a goalmap database.")
    return db


def _asked_id(request: Any) -> str:
    from datasette.utils import tilde_decode

    return str(tilde_decode(request.url_vars["id"]))


def _asked_part(request: Any) -> int:
    part = request.args.get("part") or "1"
    return int(part) if re.fullmatch(r"[0-9]{1,6}", part) else 1


async def _render(datasette: Any, request: Any, db: Any, template: str, **context: Any) -> Any:
    shown = {
        "database": db.name,
        "links": Links(datasette, db.name),
        "score_bar": score_bar,
        "shortened": shortened,
        "furniture": {kind.value for kind in FURNITURE},
        "headings": {Kind.TITLE.value, Kind.HEADING.value},
        "entity_words": ENTITY_WORDS,
        "status_words": STATUS_WORDS,
        **context,
    }
    return Response.html(await datasette.render_template(f"goalmap_{template}.html", shown, request=request))


async def view_passage(datasette: Any, request: Any) -> Any:
    db = await _open(datasette, request)
    page = await db.execute_fn(partial(passage_page, id=_asked_id(request)))
    if page is None:
        raise NotFound("There is no passage of that id in this database.")
    return await _render(datasette, request, db, "passage", page=page)


async def view_document(datasette: Any, request: Any) -> Any:
    db = await _open(datasette, request)
    page = await db.execute_fn(partial(document_page, id=_asked_id(request), part=_asked_part(request)))
    if page is None:
        raise NotFound("There is no document of that id in this database.")
    return await _render(datasette, request, db, "document", page=page)


async def view_overview(datasette: Any, request: Any) -> Any:
    from goalmap.store.metadata import QUERIES

    db = await _open(datasette, request)
    known = {
        name: query for name, query in QUERIES.items() if await knows_query(datasette, request.actor, db.name, name)
    }
    return await _render(datasette, request, db, "overview", page=await db.execute_fn(overview), queries=known)


# Signing in with a one-time address.


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who is to be signed in by the one-time address, and its secret; None once it has been used."""

    name: str
    token: str | None


_TICKETS: WeakKeyDictionary[Any, Ticket] = WeakKeyDictionary()


async def sign_in(datasette: Any, request: Any) -> Any:
    ticket = _TICKETS.get(datasette)
    if ticket is None:
        raise NotFound("Signing in by address needs goalmap serve.")
    if request.method != "GET" or not _fits(ticket, request.args.get("token") or ""):
        raise Forbidden("This address is not right, or it has been used. " + SIGN_IN_HELP)
    _TICKETS[datasette] = Ticket(ticket.name, None)
    response = Response.redirect(await _first_page(datasette))
    cookie = datasette.sign({"a": {"id": ticket.name}}, "actor")
    response.set_cookie("ds_actor", cookie, max_age=COOKIE_SECONDS, httponly=True)
    return response


def _fits(ticket: Ticket, given: str) -> bool:
    return ticket.token is not None and secrets.compare_digest(given.encode(), ticket.token.encode())


async def _first_page(datasette: Any) -> str:
    ours = [name for name in datasette.databases if await is_ours(datasette, name)]
    return Links(datasette, ours[0]).overview() if ours else str(datasette.urls.instance())


def view_style() -> Any:
    """Our stylesheet, where urls.static_plugins says; on Python 3.11 Datasette looks for none beside a module."""
    headers = {"cache-control": "max-age=86400"}
    return Response(STYLE.read_text("utf-8"), content_type="text/css; charset=utf-8", headers=headers)


# Cells of tables and queries.


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that Datasette is about to show."""

    row: Any
    value: Any
    database: str
    datasette: Any

    @property
    def links(self) -> Links:
        return Links(self.datasette, self.database)

    @property
    def label(self) -> str:
        return str(self.value["label"] or "") if isinstance(self.value, dict) else ""

    async def read(self, function: Callable[[sqlite3.Connection], str]) -> str:
        return str(await self.datasette.get_database(self.database).execute_fn(function))

    def beside(self, column: str) -> Any:
        """Another value of the same row, also where Datasette has put a label to it."""
        value = self.row[column]
        return value["value"] if isinstance(value, dict) else value


def bare(value: Any) -> str:
    return str(value["value"] if isinstance(value, dict) else value)


def _link(href: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text)


async def passage_cell(cell: Cell) -> Markup:
    id = bare(cell.value)
    return _link(cell.links.passage(id), shortened(cell.label, SHORT) or id)


async def document_cell(cell: Cell) -> Markup:
    id = bare(cell.value)
    if "document" in cell.row.keys():  # noqa: SIM118 - a sqlite3.Row has its values in it, not its columns
        return _link(cell.links.document(id), id)
    name = cell.label or await cell.read(partial(document_name, id=id))
    return _link(cell.links.document(id), shortened(name, SHORT))


async def title_cell(cell: Cell) -> Markup:
    document = {"title": cell.value, "path": cell.beside("path")}
    return _link(cell.links.document(cell.beside("id")), name_of(document))


async def text_cell(cell: Cell) -> Markup:
    """A passage's text, and the way to its page: Datasette shows no id in a table."""
    text, place = shortened(cell.value, LONG), _link(cell.links.passage(cell.beside("id")), "in its place")
    return Markup('<span dir="auto">{}</span> <span class="gm-place">{}</span>').format(text, place)


async def score_cell(cell: Cell) -> Markup | None:
    fits = isinstance(cell.value, int | float) and 0 <= cell.value <= 1
    return score_bar(cell.value) if fits else None


async def list_cell(cell: Cell) -> Markup | None:
    return _items(map(str, json_list(cell.value))) if json_value(cell.value) != [] else NOTHING


async def evidence_cell(cell: Cell) -> Markup | None:
    text = await cell.read(partial(passage_text, id=cell.beside("passage_id")))
    return _items(f"“{text[start:end]}”" for start, end in spans(cell.value) if text[start:end])


async def boxes_cell(cell: Cell) -> Markup | None:
    boxes = [box for box in json_list(cell.value) if isinstance(box, list) and len(box) == 5]
    pages = sorted({box[0] for box in boxes if isinstance(box[0], int)})
    return _items(f"page {page}: {_many(sum(box[0] == page for box in boxes), 'line')}" for page in pages)


async def settings_cell(cell: Cell) -> Markup | None:
    found = json_value(cell.value)
    return _items(f"{key}: {value}" for key, value in found.items()) if isinstance(found, dict) else None


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


NOTHING = Markup("<span></span>")
"""Datasette would show an empty text as the value that it stands for."""


def _items(texts: Iterable[str]) -> Markup | None:
    items = Markup().join(Markup("<li>{}</li>").format(text) for text in texts)
    return Markup('<ul class="gm-list" role="list">{}</ul>').format(items) if items else None


ANY = None
CELLS: dict[tuple[str | None, str], Callable[[Cell], Awaitable[Markup | None]]] = {
    ("documents", "id"): document_cell,
    ("documents", "title"): title_cell,
    ("passages", "id"): passage_cell,
    ("passages", "text"): text_cell,
    ("passages", "boxes"): boxes_cell,
    ("proposals", "evidence"): evidence_cell,
    ("runs", "settings"): settings_cell,
    ("runs", "counts"): settings_cell,
    (ANY, "passage_id"): passage_cell,
    (ANY, "document_id"): document_cell,
    (ANY, "duplicate_of"): document_cell,
    (ANY, "score"): score_cell,
    (ANY, "runner_up_score"): score_cell,
    (ANY, "aliases"): list_cell,
    (ANY, "goals"): list_cell,
}
"""How a column is shown, in one table or in any table and query."""

SHOWN_WHEN_EMPTY = {("documents", "title")}


# The hooks.


@hook
def prepare_jinja2_environment(env: Any) -> None:
    """Find our templates; Datasette on Python 3.11 does not look beside a plugin that is a module."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    env.loader = ChoiceLoader([env.loader, FileSystemLoader(str(HERE / "templates"))])


@hook
def startup(datasette: Any) -> None:
    """Take over the one-time sign-in that goalmap serve passes in the environment."""
    name, token = os.environ.pop(SIGN_IN_NAME, None), os.environ.pop(SIGN_IN_TOKEN, None)
    if name and token:
        _TICKETS[datasette] = Ticket(name, token)
        _keep_cookies_out_of_the_log()


def _keep_cookies_out_of_the_log() -> None:
    """Datasette prints every refused page with all local variables, cookies too, to the console of rich."""
    with suppress(ImportError):
        import rich

        rich.get_console().quiet = True


@hook
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [
        (r"^/-/static-plugins/goalmap/goalmap\.css$", view_style),
        (r"^/-/goalmap/sign-in$", sign_in),
        (r"^/(?P<database>[^/]+)/-/overview$", view_overview),
        (r"^/(?P<database>[^/]+)/-/document/(?P<id>[^/]+)$", view_document),
        (r"^/(?P<database>[^/]+)/-/passage/(?P<id>[^/]+)$", view_passage),
    ]


@hook
def extra_css_urls(database: str | None, datasette: Any) -> Callable[[], Awaitable[list[str]]]:
    async def inner() -> list[str]:
        if not await is_ours(datasette, database):
            return []
        fingerprint = hashlib.sha256(STYLE.read_bytes()).hexdigest()[:8]
        return [f"{datasette.urls.static_plugins('goalmap', 'goalmap.css')}?{fingerprint}"]

    return inner


@hook
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str | None, datasette: Any) -> Any:
    show = CELLS.get((table, column)) or CELLS.get((ANY, column))
    if show is None or database is None or (value is None and (table, column) not in SHOWN_WHEN_EMPTY):
        return None
    cell = Cell(row, value, database, datasette)

    async def inner() -> Markup | None:
        return await show(cell) if await is_ours(datasette, database) else None

    return inner


@hook
def menu_links(datasette: Any, actor: Row | None) -> Callable[[], Awaitable[list[Row]]]:
    async def inner() -> list[Row]:
        seen = [
            name
            for name in datasette.databases
            if await is_ours(datasette, name) and await may_see(datasette, actor, name)
        ]
        return [
            {"href": Links(datasette, name).overview(), "label": f"Overview of {name}" if len(seen) > 1 else "Overview"}
            for name in seen
        ]

    return inner


@hook
def database_actions(datasette: Any, database: str) -> Callable[[], Awaitable[list[Row]]]:
    return partial(_overview_link, datasette, database)


@hook
def table_actions(datasette: Any, database: str, table: str, actor: Row | None) -> Callable[[], Awaitable[list[Row]]]:
    return partial(_table_links, datasette, database, table, actor)


QUESTIONS = {
    "documents": ("not_read",),
    "passages": ("search_passages",),
    "entities": ("people_and_roles", "organisations", "initiatives_and_goals"),
    "roles": ("people_and_roles",),
    "quotations": ("quotations_by_person",),
    "figures": ("figures_by_unit",),
    "goals": ("activities_by_goal", "goals_without_evidence"),
    "proposals": ("waiting_for_review", "activities_by_goal"),
    "decisions": ("waiting_for_review", "activities_by_goal"),
}
"""The questions that are asked of each table."""


async def _overview_link(datasette: Any, database: str) -> list[Row]:
    if not await is_ours(datasette, database):
        return []
    return [{"href": Links(datasette, database).overview(), "label": "Overview"}]


async def _table_links(datasette: Any, database: str, table: str, actor: Row | None) -> list[Row]:
    links = await _overview_link(datasette, database)
    if not links or table not in QUESTIONS:
        return links
    from goalmap.store.metadata import QUERIES

    asked = [name for name in QUESTIONS[table] if await knows_query(datasette, actor, database, name)]
    return [*links, *({"href": Links(datasette, database).query(name), "label": QUERIES[name].title} for name in asked)]


@hook
def row_actions(datasette: Any, database: str, table: str, row: Any) -> Callable[[], Awaitable[list[Row]]]:
    """Datasette 1.0 only."""
    page = {"passages": Links.passage, "documents": Links.document}.get(table)

    async def inner() -> list[Row]:
        if page is None or not await is_ours(datasette, database):
            return []
        return [{"href": page(Links(datasette, database), row["id"]), "label": "Read it in its place"}]

    return inner


@hook
def forbidden(datasette: Any, request: Any) -> Any:
    """Tell a visitor who is not signed in how to sign in, where goalmap serve runs this Datasette."""
    if datasette not in _TICKETS or request.actor is not None:
        return None
    return partial(_error_page, datasette, request, 403, "Not signed in", SIGN_IN_HELP)


@hook
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Answer for a page that is not there, where goalmap serve runs this Datasette.

    Datasette 0.65 tells rich of it, and rich raises ValueError when no page was even tried.
    """
    if datasette not in _TICKETS or not isinstance(exception, NotFound) or request.path.endswith(".json"):
        return None
    message = "Nothing is at this address." if str(exception) in ("", "404") else str(exception)
    return partial(_error_page, datasette, request, 404, "Not found", message)


async def _error_page(datasette: Any, request: Any, status: int, title: str, message: str) -> Any:
    context = {"title": title, "error": message}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)
