"""One file's result into the database: new rows for new things, the same rows for the same things, decisions kept."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from goalmap.classify.goals.frameworks import Framework
from goalmap.classify.pipeline import FileResult
from goalmap.extract.words import text_key
from goalmap.ingest.document import Box, Document, Passage, Status
from goalmap.store.carry import carry_to_copy, carry_to_edited, now, retire, standing
from goalmap.store.changes import add, put
from goalmap.store.entities.carry import carry_entity_decisions
from goalmap.store.entities.names import save_names
from goalmap.store.ids import seal_of, shown_path, stable_id
from goalmap.store.loading import parts
from goalmap.store.masking.keeping import standing as forgotten
from goalmap.store.masking.keeping import withhold, words_for
from goalmap.store.masking.paths import in_path
from goalmap.store.masking.results import without
from goalmap.store.own_frameworks import framework_of

if TYPE_CHECKING:
    from goalmap.classify.proposals import Candidate, Proposal

Row = dict[str, Any]

TOLD_BY_PASSAGES = (
    "mentions",
    "coreferences",
    "quotations",
    "figures",
    "measures",
    "roles",
    "memberships",
    "proposals",
    "candidates",
)
"""Tables whose rows belong to a passage and are made anew when its file is read again."""
OF_THE_FILE = ("id", "path", "sha256", "size", "modified", "run_id", "content_of", "parent_id")
OF_THE_DOCUMENT = (
    "title", "publisher", "published", "kind", "media_type", "language", "pages", "words", "reader", "signature",
)  # fmt: skip
NOTHING = "[]"
edges = attrgetter(*(field.name for field in fields(Box)))
"""A rectangle as a list has it: its page, then its four sides."""
WHOLE = (Status.OK, Status.SKIPPED, Status.UNSUPPORTED, Status.NEEDS_PASSWORD)
KEPT = "What was read of it before is kept."


@dataclass(frozen=True, slots=True)
class FileRow:
    """What the database keeps of a file beside what was read in it."""

    id: str
    path: str
    sha256: str | None
    size: int | None
    modified: int
    fingerprint: str
    circumstances: str
    """What a file that could not be wholly read is tried again for when it changes."""
    run_id: str
    content_of: str | None = None
    """The document that holds the same bytes and stands for both."""
    content_from: str | None = None
    """The document that held this content before, whose decisions this one takes along."""
    content_to: str | None = None
    """The document that now holds what this one held before."""
    is_new: bool = False
    """Whether no earlier run knew the file."""
    parent_id: str | None = None
    """The file that this one lies in."""

    @property
    def fingerprint_in_part(self) -> str:
        """Its fingerprint where something in it could not be read."""
        return f"{self.fingerprint} {self.circumstances}"


def save_frameworks(db: Database, names: Iterable[str]) -> None:
    """The frameworks and their goals; rows of goals that a new version dropped stay, since decisions hang on them."""
    for name in names:
        framework = framework_of(db, name)
        columns = ("id", "name", "version", "publisher", "counts")
        db.table("frameworks").upsert({column: getattr(framework, column) for column in columns})
        db.table("goals").upsert_all(_goal_rows(framework))


def _goal_rows(framework: Framework) -> Iterator[Row]:
    for position, goal in enumerate(framework.goals):
        yield {
            "id": framework.goal_id(goal.code),
            "framework_id": framework.id,
            "parent_id": framework.goal_id(goal.parent) if goal.parent else None,
            "code": goal.code,
            "name": goal.name,
            "label": goal.label,
            "family": goal.family,
            "scope": goal.scope,
            "position": position,
        }


def save(db: Database, file: FileRow, result: FileResult) -> None:
    """Write a file's rows, and those of the files in it, in place of those it had. Call it inside `immediate`."""
    before, known = standing(db, file.id), parts.known_parts(db, file.id)
    ids = passage_ids(file.id, result.document.passages)
    file, result, is_withheld = _without_the_forgotten(db, file, result)
    if result.document.status is Status.FAILED and (before or known):
        _note_failure(db, file, result.document)
        return
    _save_document(db, file, result)
    _clear(db, file.id)
    _save_passages(db, file.id, result.document.passages, ids)
    save_names(db, file.id, result.document.published, result.names, ids)
    add(db, "proposals", _proposal_rows(result.proposals, ids))
    add(db, "candidates", _candidate_rows(result.candidates, ids))
    retire(db, file.id, before.keys() - set(ids))
    texts = zip(ids, (passage.text for passage in result.document.passages), strict=True)
    _carry(db, file, {id: text for id, text in texts if id not in before})
    refresh_goals(db, file.id)
    if is_withheld:
        withhold(db, file.id, now())
    _save_parts(db, file, result, known)


def _without_the_forgotten(db: Database, file: FileRow, result: FileResult) -> tuple[FileRow, FileResult, bool]:
    """A file's row and result with marks for people who were removed, and whether it, or what it is a copy of, named any."""
    roll = forgotten(db)
    if roll is None:
        return file, result, False
    masked, is_struck = without(result, file.id, file.path, roll)
    sql = "select 1 from documents where id = ? and withheld_since is not null"
    is_copy = db.execute(sql, [file.content_of]).fetchone() is not None
    return replace(file, path=in_path(file.path, words_for(roll))), masked, is_struck or is_copy


def _save_parts(db: Database, file: FileRow, result: FileResult, known: Mapping[str, str | None]) -> None:
    rows = [_part_row(file, part.document, result.document.path, known) for part in result.parts]
    parts.mark_missing(db, known.keys() - {row.id for row in rows}, now())
    for row, part in zip(rows, result.parts, strict=True):
        save(db, row, part)


def _part_row(file: FileRow, document: Document, outer_path: str, known: Mapping[str, str | None]) -> FileRow:
    """The row of a file in a file: known by its place there, so that it stays the same when the outer file moves."""
    place = shown_path(document.path[len(outer_path) + 1 :])
    id = parts.part_id(file.id, place)
    source = parts.part_id(file.content_from, place) if file.content_from else None
    return replace(
        file,
        id=id,
        path=f"{file.path}/{place}",
        sha256=document.sha256,
        size=None,
        content_of=None,
        content_from=source or parts.before_it_was_renamed(id, document.sha256, known),
        content_to=parts.part_id(file.content_to, place) if file.content_to else None,
        parent_id=file.id,
    )


def passage_ids(document_id: str, passages: Sequence[Passage]) -> list[str]:
    """An identity for each passage by its text, so that a better parser or an edited neighbour does not change it."""
    seen: Counter[str] = Counter()
    ids = []
    for passage in passages:
        key = text_key(passage.text) or passage.text
        ids.append(stable_id("p", document_id, key, seen[key]))
        seen[key] += 1
    return ids


def _note_failure(db: Database, file: FileRow, document: Document) -> None:
    """A file that cannot be read this time keeps its rows; it is tried again at the next run."""
    problem = f"{_problem(document) or 'It could not be read.'} {KEPT}"
    found = {"path": file.path, "run_id": file.run_id, "missing_since": None, "fingerprint": ""}
    db.table("documents").update(file.id, {**found, "status": document.status.value, "problem": problem})


def _save_document(db: Database, file: FileRow, result: FileResult) -> None:
    document = result.document
    row = {name: getattr(document, name) for name in OF_THE_DOCUMENT} | {
        name: getattr(file, name) for name in OF_THE_FILE
    }
    told = {
        "status": document.status.value,
        "problem": _problem(document),
        "missing_since": None,
        "withheld_since": None,
    }
    copied = {"duplicate_of": file.content_of, "likeness": 1.0 if file.content_of else None, "twin_of": None}
    read = {"fingerprint": file.fingerprint if _is_whole(result) else file.fingerprint_in_part}
    put(db, "documents", [row | told | copied | read])


def _is_whole(result: FileResult) -> bool:
    """Whether nothing of the file would be read better with other limits or with OCR."""
    return result.document.status in WHOLE and all(map(_is_whole, result.parts))


def _problem(document: Document) -> str | None:
    return shown_path(document.problem) if document.problem else None


def _clear(db: Database, document_id: str) -> None:
    """Take away what the last reading of the file told of its passages."""
    passages = json.dumps([id for (id,) in db.execute("select id from passages where document_id = ?", [document_id])])
    if passages == NOTHING:
        return
    for table in TOLD_BY_PASSAGES:
        db.execute(f"delete from {table} where passage_id in (select value from json_each(?))", [passages])
    db.execute("delete from document_entities where document_id = ?", [document_id])


def _save_passages(db: Database, document_id: str, passages: Sequence[Passage], ids: Sequence[str]) -> None:
    put(db, "passages", (_passage_row(id, document_id, one) for id, one in zip(ids, passages, strict=True)))


def _passage_row(id: str, document_id: str, passage: Passage) -> Row:
    return {
        "id": id,
        "document_id": document_id,
        "position": passage.position,
        "page": passage.page,
        "kind": passage.kind.value,
        "heading": passage.heading,
        "text": passage.text,
        "seal": seal_of(passage.text),
        "boxes": json.dumps([edges(box) for box in passage.boxes]),
        "goals": NOTHING,
        "language": passage.language,
        "copy_of": None,
        "retired_at": None,
        "replaced_by": None,
    }


def _proposal_rows(proposals: "Iterable[Proposal]", ids: Sequence[str]) -> Iterator[Row]:
    for proposal in proposals:
        goal_id = f"{proposal.framework}/{proposal.code}"
        yield {
            "id": stable_id("g", ids[proposal.passage], goal_id),
            "passage_id": ids[proposal.passage],
            "goal_id": goal_id,
            "score": proposal.score,
            "rank": proposal.rank,
            "stage": proposal.stage,
            "evidence": json.dumps(proposal.evidence),
            "reason": proposal.reason,
            "model": proposal.model,
            "runner_up_goal_id": f"{proposal.framework}/{proposal.runner_up}" if proposal.runner_up else None,
            "runner_up_score": proposal.runner_up_score,
        }


def _candidate_rows(candidates: "Iterable[Candidate]", ids: Sequence[str]) -> Iterator[Row]:
    for candidate in candidates:
        passage_id, goal_id = ids[candidate.passage], f"{candidate.framework}/{candidate.code}"
        slot = {"passage_id": passage_id, "goal_id": goal_id}
        yield {"id": stable_id("c", passage_id, goal_id), **slot, "score": candidate.score}


def _carry(db: Database, file: FileRow, appeared: Mapping[str, str]) -> None:
    """Decisions on passages that are no longer where they were go on to those that took their place."""
    carry_to_edited(db, file.id, appeared)
    if file.content_from:
        carry_to_copy(db, file.content_from, file.id)
        carry_entity_decisions(db, file.content_from, file.id)
    if file.content_to:
        carry_to_copy(db, file.id, file.content_to)
        carry_entity_decisions(db, file.id, file.content_to)
        refresh_goals(db, file.content_to)


def refresh_goals(db: Database, document_id: str) -> None:
    """Each passage's goals as a JSON list for facets: proposed or decided, the rejected ones left out."""
    db.execute(
        f"{GOALS_OF_PASSAGES} where document_id = ? and retired_at is null and {HAS_OR_HAD_GOALS}", [document_id]
    )


def refresh_goals_of(db: Database, passages: Iterable[str]) -> None:
    """The same for some passages."""
    among = "id in (select value from json_each(?))"
    db.execute(f"{GOALS_OF_PASSAGES} where {among} and retired_at is null", [json.dumps(list(passages))])


HAS_OR_HAD_GOALS = """(goals <> '[]'
    or exists (select 1 from proposals pr where pr.passage_id = passages.id)
    or exists (select 1 from decisions d where d.passage_id = passages.id))"""
GOALS_OF_PASSAGES = """
update passages set goals = (
    select coalesce(json_group_array(code), '[]') from (
        select g.code from goals g where g.id in (
            select goal_id from proposals pr where pr.passage_id = passages.id and not exists (
                select 1 from current_decisions d where d.passage_id = pr.passage_id
                and d.proposed_goal_id = pr.goal_id and d.verdict in ('rejected', 'changed'))
            union
            select goal_id from current_decisions d where d.passage_id = passages.id and d.verdict <> 'rejected'
        ) group by g.code order by min(g.framework_id), min(g.position)
    )
)
"""
