"""Recommendations that stand in a document of the database: the items under a heading that says so."""

import re
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.report.progress.recommendations import Recommendation
from goalmap.store.ids import stable_id

Row = Mapping[str, Any]

HEADINGS = re.compile(
    r"\brecommend|\bnext[ ]steps?\b|\bcomes[ ]next\b|\bdo[ ]next\b|\bwhat[ ]more\b.*\bdone\b|\bour[ ](?:commitments|pledges)\b"
    r"|\bareas?[ ](?:for|of)[ ](?:improvement|development)\b|\bactions?[ ](?:for|agreed|to[ ]take)\b",
    re.I,
)
"""Headings under which reports say what should be done."""
_NUMBER = re.compile(
    r"^\s*(?:(?:recommendation|action)\s+)?(?:\(?\d{1,2}(?:\.\d{1,2})?[.):]?|\(?[a-z][.)]|[-–•*])\s+", re.I
)
_ROUTINE = re.compile(r"^(?:to\s+)?(?:note|receive|consider|discuss)\b(?:\s+\S+){0,9}$", re.I)
"""What boards are asked with every paper: note the report."""

DOCUMENTS = "select id, path, title, published from documents order by published desc, path"
PASSAGES = """
select id, document_id, text, kind, heading from passages where document_id = ? and retired_at is null and heading is not null
and kind in ('list_item', 'table_row', 'body') order by position, id
"""
SENTENCE = re.compile(r"\b(?:should|recommends?|recommended)\b", re.I)


def recommendations_in(db: Database, name: str) -> tuple[Recommendation, ...]:
    """The recommendations of the document with that id, or whose title or path holds the name. Raises NotFound or UnknownName."""
    document = _document(db, name)
    title = document["title"] or document["path"].rpartition("/")[2]
    under = [row for row in db.query(PASSAGES, [document["id"]]) if HEADINGS.search(row["heading"])]
    items = [row for row in under if row["kind"] == "list_item"] or [row for row in under if _says_so(row)]
    found = tuple(_recommendation(row, document["published"], title) for row in items if not _ROUTINE.match(_bare(row)))
    if not found:
        raise NotFound(
            f"“{title}” has no list under a heading such as “Recommendations” or “Next steps”. "
            "Write them into a CSV with the columns id, text, goal, made_on, and give it with --recommendations."
        )
    return found


def _says_so(row: Row) -> bool:
    return row["kind"] == "body" and SENTENCE.search(row["text"]) is not None


def _document(db: Database, name: str) -> Row:
    held = name.strip().casefold()
    rows = list(db.query(DOCUMENTS))
    exact = [row for row in rows if held in (row["id"], (row["title"] or "").casefold(), row["path"].casefold())]
    found = exact or [row for row in rows if held and held in f"{row['title'] or ''}\n{row['path']}".casefold()]
    if len(found) != 1:
        known = (f"{row['id']} ({row['title'] or row['path']})" for row in (found or rows)[:25])
        raise UnknownName("single document", name, known)
    return found[0]


def _bare(row: Row) -> str:
    """The item without its number and the mark at its end."""
    return _NUMBER.sub("", row["text"], count=1).strip().rstrip(";").removesuffix("; and").strip()


def _recommendation(row: Row, published: str | None, title: str) -> Recommendation:
    return Recommendation(
        id=stable_id("r", row["id"]),
        text=_bare(row),
        made_on=published or None,
        passage_id=row["id"],
        document_id=row["document_id"],
        source=title,
    )
