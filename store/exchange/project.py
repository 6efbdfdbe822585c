"""Decisions as a REFI-QDA project (.qdpx), the open exchange format of programs for qualitative analysis."""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from goalmap.store.exchange.codebook import BEST_PRACTICE, REJECTED, STAGE, add_codebook, guid, unlike
from goalmap.store.exchange.files import in_place_of, one_moment
from goalmap.store.exchange.plain_text import PlainText, clean, plain_text

NAMESPACE = "urn:QDA-XML:project:1.0"
SCHEMA = f"{NAMESPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
MACHINE = "goalmap"
NOBODY = "Reviewer without a name"
LONGEST_NAME = 100
NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*\n\t', " "))
"""What some file systems refuse in the names of files; programs name files by the sources in a project."""
SELECTED_WORDS = 80
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

DECIDED = """
select p.document_id, d.passage_id, p.position, d.proposed_goal_id, d.goal_id, d.verdict, d.stage, d.best_practice,
    d.note, d.reviewer, d.decided_at said_at, null score, null reason, g.label goal, chosen.label chosen
from current_decisions d join passages p on p.id = d.passage_id
join goals g on g.id = d.proposed_goal_id join goals chosen on chosen.id = d.goal_id
where p.replaced_by is null and (:rejected = 1 or d.verdict <> 'rejected')
"""
PROPOSED = """
select p.document_id, pr.passage_id, p.position, pr.goal_id proposed_goal_id, pr.goal_id, 'proposed' verdict, pr.stage,
    0 best_practice, null note, :machine reviewer, coalesce(r.finished, r.started) said_at, pr.score, pr.reason,
    g.label goal, g.label chosen
from proposals pr join passages p on p.id = pr.passage_id join goals g on g.id = pr.goal_id
join documents doc on doc.id = p.document_id left join runs r on r.id = doc.run_id
where pr.open = 1 and p.retired_at is null
and not exists (select 1 from current_decisions d where d.passage_id = pr.passage_id and d.proposed_goal_id = pr.goal_id)
"""
ORDERED = "select * from ({}) order by document_id, position, passage_id, proposed_goal_id, reviewer"
DOCUMENTS = "select id, title, path, publisher, published, kind from documents"
VARIABLES = {"publisher": "Publisher", "published": "Published", "kind": "Kind of document", "path": "File"}
"""What is told of each document: its column, and what the variable is called."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into a project beside the goals that were accepted, changed or added."""

    proposals: bool = False
    rejected: bool = False


Row = dict[str, Any]


def write_project(db: Database, path: Path, wanted: Wanted) -> int:
    """Write the project; gives the number of codings of goals. The same database gives the same bytes. Raises NotFound."""
    with one_moment(db), in_place_of(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as file:
        return _write(db, file, wanted)


def _write(db: Database, file: zipfile.ZipFile, wanted: Wanted) -> int:
    query = f"{DECIDED} union all {PROPOSED}" if wanted.proposals else DECIDED
    rows = list(db.query(ORDERED.format(query), {"rejected": wanted.rejected, "machine": MACHINE}))
    documents = {row["id"]: row for row in db.query(DOCUMENTS)}
    project = _project(rows)
    add_codebook(db, project)
    _add_variables(project)
    _add_sources(project, rows, documents, _keeper(db, file))
    _add_notes(project, rows)
    file.writestr(_member("project.qde"), ET.tostring(project, encoding="utf-8", xml_declaration=True))
    return len(rows)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, ZIP_TIME)
    member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return member


def _keeper(db: Database, file: zipfile.ZipFile) -> Callable[[str], PlainText]:
    """Puts a document's text into the file, and gives it."""

    def kept(document_id: str) -> PlainText:
        text = plain_text(db, document_id)
        file.writestr(_member(f"sources/{guid('source', document_id)}.txt"), text.text.encode())
        return text

    return kept


def _project(rows: Sequence[Row]) -> ET.Element:
    """The project's head, and its users: the reviewers first, since programs take the first for who goes on."""
    project = ET.Element(
        "Project",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": SCHEMA,
            "name": "goalmap decisions",
            "origin": f"goalmap {version('goalmap')}",
        },
    )
    names = sorted({_user(row) for row in rows}, key=lambda name: (name == MACHINE, name))
    users = ET.SubElement(project, "Users") if names else project
    for name in names:
        ET.SubElement(users, "User", guid=guid("user", name), name=name)
    return project


def _user(row: Row) -> str:
    return clean(row["reviewer"] or "").strip() or NOBODY


def _add_variables(project: ET.Element) -> None:
    variables = ET.SubElement(project, "Variables")
    for column, name in VARIABLES.items():
        ET.SubElement(variables, "Variable", guid=guid("variable", column), name=name, typeOfVariable="Text")


# Documents


def _add_sources(
    project: ET.Element, rows: Iterable[Row], documents: dict[str, Row], keep: Callable[[str], PlainText]
) -> None:
    by_document = [(id, list(said)) for id, said in groupby(rows, key=lambda row: row["document_id"])]
    sources = ET.SubElement(project, "Sources") if by_document else project
    names: set[str] = set()
    for document_id, said in by_document:
        document, id = documents[document_id], guid("source", document_id)
        name = unlike(_name(document), Path(document["path"]).name.translate(NOT_IN_NAMES)[:LONGEST_NAME], names)
        source = ET.SubElement(sources, "TextSource", guid=id, name=name, plainTextPath=f"internal://{id}.txt")
        _add_selections(source, said, keep(document_id))
        _add_values(source, document)


def _name(document: Row) -> str:
    name = clean(document["title"] or Path(document["path"]).stem).translate(NOT_IN_NAMES)
    return " ".join(name.split())[:LONGEST_NAME].strip(" .") or document["id"]


def _add_values(source: ET.Element, document: Row) -> None:
    for column in VARIABLES:
        said = Path(document[column]).name if column == "path" else document[column]
        if said:
            value = ET.SubElement(source, "VariableValue")
            ET.SubElement(value, "VariableRef", targetGUID=guid("variable", column))
            ET.SubElement(value, "TextValue").text = clean(said)


# What was said of passages


def _add_selections(source: ET.Element, rows: Iterable[Row], text: PlainText) -> None:
    """A selection for each goal of a passage, so that what was said of it stands with it; stages and marks once each."""
    marked: set[tuple[str, ...]] = set()
    for row in rows:
        start, end = text.places[row["passage_id"]]
        by = _by(row)
        selection = ET.SubElement(source, "PlainTextSelection", {**_selected(row, start, end, text.text), **by})
        ET.SubElement(selection, "Description").text = clean(_told(row))
        for code in _codes(row):
            if (row["passage_id"], by["creatingUser"], code) not in marked:
                marked.add((row["passage_id"], by["creatingUser"], code))
                coding = ET.SubElement(selection, "Coding", {"guid": _id("coding", row, code), **by})
                ET.SubElement(coding, "CodeRef", targetGUID=code)
        if row["note"]:
            ET.SubElement(selection, "NoteRef", targetGUID=_id("note", row))


def _selected(row: Row, start: int, end: int, text: str) -> dict[str, str]:
    return {
        "guid": _id("selection", row),
        "name": " ".join(text[start:end].split())[:SELECTED_WORDS],
        "startPosition": str(start),
        "endPosition": str(end),
    }


def _id(kind: str, row: Row, *more: str) -> str:
    return guid(kind, row["verdict"] == "proposed", row["passage_id"], row["proposed_goal_id"], *more)


def _by(row: Row) -> dict[str, str]:
    when = {"creationDateTime": said_at} if (said_at := _moment(row["said_at"])) else {}
    return {"creatingUser": guid("user", _user(row)), **when}


def _moment(text: str | None) -> str:
    """A time as the format has it."""
    if not text:
        return ""
    moment = datetime.fromisoformat(text)
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return utc.replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def _codes(row: Row) -> Iterator[str]:
    if row["verdict"] == "rejected":
        yield guid("mark", REJECTED)
        return
    yield guid("goal", row["goal_id"])
    if row["stage"]:
        yield guid(STAGE, row["stage"])
    if row["best_practice"]:
        yield guid("mark", BEST_PRACTICE)


def _told(row: Row) -> str:
    """What was said of this goal in words; with several goals on a passage the codes alone do not tell."""
    verdict = f" with {row['score']:.0%}" if row["score"] is not None else ""
    chosen = f" to {row['chosen']}" if row["verdict"] == "changed" else ""
    mark = "best practice" if row["best_practice"] else ""
    parts = [f"{row['goal']}: {row['verdict']}{chosen}{verdict}", row["stage"], mark, row["note"], row["reason"]]
    return "; ".join(part for part in parts if part)


def _add_notes(project: ET.Element, rows: Iterable[Row]) -> None:
    noted = [row for row in rows if row["note"]]
    notes = ET.SubElement(project, "Notes") if noted else project
    for row in noted:
        note = ET.SubElement(notes, "Note", {"guid": _id("note", row), "name": clean(row["goal"] or ""), **_by(row)})
        ET.SubElement(note, "PlainTextContent").text = clean(row["note"])
