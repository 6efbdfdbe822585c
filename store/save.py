"""One file's result into the database: new rows for new things, the same rows for the same things, decisions kept."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Any

from sqlite_utils import Database

from goalmap.classify import frameworks
from goalmap.classify.pipeline import FileResult
from goalmap.classify.proposals import Proposal
from goalmap.extract.names import Entity, EntityKind, Names, Span
from goalmap.ingest.document import Document, Passage
from goalmap.store.ids import name_key, shown_path, stable_id

Row = dict[str, Any]

TOLD_BY_PASSAGES = ("mentions", "quotations", "figures", "roles", "memberships", "proposals")
"""Tables whose rows belong to a passage and are made anew when its file is read again."""
SAME_PASSAGE = 0.85
"""Least likeness of two texts for a decision on the one to be carried over to the other."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What the database keeps of a file beside what was read in it."""

    id: str
    path: str
    sha256: str | None
    size: int
    modified: int
    fingerprint: str
    run_id: str
    duplicate_of: str | None = None


def save_frameworks(db: Database, names: Iterable[str]) -> None:
    """The frameworks and their goals; rows of goals that a new version dropped stay, since decisions hang on them."""
    for name in names:
        framework = frameworks.load(name)
        db.table("frameworks").upsert(
            {
                "id": framework.id,
                "name": framework.name,
                "version": framework.version,
                "publisher": framework.publisher,
                "counts": framework.counts,
            }
        )
        db.table("goals").upsert_all(
            {
                "id": framework.goal_id(goal.code),
                "framework_id": framework.id,
                "code": goal.code,
                "name": goal.name,
                "label": goal.label,
                "family": goal.family,
                "scope": goal.scope,
                "position": position,
            }
            for position, goal in enumerate(framework.goals)
        )


def save(db: Database, file: FileRow, result: FileResult) -> None:
    """Write a file's rows in place of those it had. Call it inside `immediate`."""
    _save_document(db, file, result.document)
    ids = passage_ids(file.id, result.document.passages)
    _clear(db, file.id)
    _save_passages(db, file.id, result, ids)
    _save_names(db, file.id, result.document, result.names, ids)
    db.table("proposals").insert_all(_proposal_rows(result.proposals, ids))
    _carry_decisions(db, file.id, set(ids))
    refresh_goals(db, file.id)


def passage_ids(document_id: str, passages: Sequence[Passage]) -> list[str]:
    """An identity for each passage by its text, so that a better parser or an edited neighbour does not change it."""
    seen: Counter[str] = Counter()
    ids = []
    for passage in passages:
        key = name_key(passage.text) or passage.text
        ids.append(stable_id("p", document_id, key, seen[key]))
        seen[key] += 1
    return ids


def _save_document(db: Database, file: FileRow, document: Document) -> None:
    db.table("documents").upsert(
        {
            "id": file.id,
            "path": file.path,
            "sha256": file.sha256,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
            "kind": document.kind,
            "media_type": document.media_type,
            "language": document.language,
            "pages": document.pages,
            "words": document.words,
            "status": document.status.value,
            "problem": shown_path(document.problem) if document.problem else None,
            "reader": document.reader,
            "duplicate_of": file.duplicate_of,
            "size": file.size,
            "modified": file.modified,
            "fingerprint": file.fingerprint,
            "run_id": file.run_id,
        }
    )


def _clear(db: Database, document_id: str) -> None:
    """Take away what the last reading of the file told, all but passages that decisions or exports hang on."""
    inside = "passage_id in (select id from passages where document_id = ?)"
    for table in TOLD_BY_PASSAGES:
        db.execute(f"delete from {table} where {inside}", [document_id])
    db.execute(
        "delete from passages where document_id = ? and id not in (select passage_id from decisions)"
        " and id not in (select passage_id from activity_passages)",
        [document_id],
    )
    db.execute("update passages set retired_at = ?, goals = '[]' where document_id = ?", [_now(), document_id])


def _save_passages(db: Database, document_id: str, result: FileResult, ids: Sequence[str]) -> None:
    db.table("passages").upsert_all(
        {
            "id": passage_id,
            "document_id": document_id,
            "position": passage.position,
            "page": passage.page,
            "kind": passage.kind.value,
            "heading": passage.heading,
            "text": passage.text,
            "boxes": json.dumps([astuple(box) for box in passage.boxes]),
            "goals": "[]",
            "retired_at": None,
        }
        for passage_id, passage in zip(ids, result.document.passages, strict=True)
    )


# Names


def _save_names(db: Database, document_id: str, document: Document, names: Names, ids: Sequence[str]) -> None:
    entities = [_entity_id(entity, document_id) for entity in names.entities]
    _save_entities(db, dict(zip(entities, names.entities, strict=True)))

    def entity(index: int | None) -> str | None:
        return None if index is None else entities[index]

    tables: dict[str, Iterator[Row]] = {
        "mentions": (
            {"id": _span_id("m", ids, item.span, item.surface, entities[item.entity]), "entity_id": entities[item.entity], **_span(ids, item.span), "surface": item.surface, "rule": item.rule}
            for item in names.mentions
        ),
        "quotations": (
            {"id": _span_id("q", ids, item.span), "speaker_id": entity(item.speaker), **_span(ids, item.span)} for item in names.quotations
        ),
        "figures": (
            {"id": _span_id("f", ids, item.span), **_span(ids, item.span), "value": item.value, "unit": item.unit, "what": item.what, "period": item.period}
            for item in names.figures
        ),
        "roles": (
            {
                "id": stable_id("r", ids[item.passage], entities[item.person], item.title, entity(item.organisation), item.former),
                "passage_id": ids[item.passage],
                "person_id": entities[item.person],
                "title": item.title,
                "organisation_id": entity(item.organisation),
                "former": int(item.former),
                "as_of": document.published,
            }
            for item in names.roles
        ),
        "memberships": (
            {
                "id": stable_id("b", ids[item.passage], entities[item.member], entities[item.organisation], item.kind),
                "passage_id": ids[item.passage],
                "member_id": entities[item.member],
                "organisation_id": entities[item.organisation],
                "kind": item.kind,
                "as_of": document.published,
            }
            for item in names.memberships
        ),
    }  # fmt: skip
    for table, rows in tables.items():
        db.table(table).insert_all(rows, ignore=True)


def _entity_id(entity: Entity, document_id: str) -> str:
    """One entity for one full name in all documents; a person known by one name only belongs to the document."""
    key = name_key(entity.name) or entity.name
    known_everywhere = entity.kind is not EntityKind.PERSON or " " in key
    return stable_id("e", entity.kind.value, key, "" if known_everywhere else document_id)


def _save_entities(db: Database, entities: dict[str, Entity]) -> None:
    table = db.table("entities")
    known = (
        {row["id"]: row for row in table.rows_where(f"id in ({','.join('?' * len(entities))})", list(entities))}
        if entities
        else {}
    )
    for entity_id, entity in entities.items():
        if entity_id not in known:
            table.insert(
                {
                    "id": entity_id,
                    "kind": entity.kind.value,
                    "name": entity.name,
                    "aliases": _json(sorted(set(entity.aliases))),
                }
            )
        else:
            aliases = set(json.loads(known[entity_id]["aliases"])) | set(entity.aliases)
            if (joined := _json(sorted(aliases - {known[entity_id]["name"]}))) != known[entity_id]["aliases"]:
                table.update(entity_id, {"aliases": joined})


def drop_unnamed_entities(db: Database) -> None:
    """Entities that no passage names any longer, and on which nothing hangs."""
    uses = ("mentions.entity_id", "roles.person_id", "roles.organisation_id", "quotations.speaker_id", "memberships.member_id",
            "memberships.organisation_id", "activities.initiative_id", "activities.owner_id")  # fmt: skip
    unused = " and ".join(
        f"not exists (select 1 from {table} where {column} = entities.id)"
        for table, column in (use.split(".") for use in uses)
    )
    db.execute(f"delete from entities where {unused}")


def _span(ids: Sequence[str], span: Span) -> Row:
    return {"passage_id": ids[span.passage], "start": span.start, "end": span.end}


def _span_id(prefix: str, ids: Sequence[str], span: Span, *more: object) -> str:
    return stable_id(prefix, ids[span.passage], span.start, span.end, *more)


# Proposals and decisions


def _proposal_rows(proposals: Iterable[Proposal], ids: Sequence[str]) -> Iterator[Row]:
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


def _carry_decisions(db: Database, document_id: str, current: set[str]) -> None:
    """Decisions on passages that the new reading no longer gives, added again on the passages that took their place."""
    retired = list(
        db.query(
            "select d.*, p.text from current_decisions d join passages p on p.id = d.passage_id"
            " where p.document_id = ? and p.retired_at is not null",
            [document_id],
        )
    )
    if not retired:
        return
    texts = {
        row["id"]: row["text"]
        for row in db.query("select id, text from passages where document_id = ? and retired_at is null", [document_id])
    }
    for decision in retired:
        heir = _heir(decision.pop("text"), texts)
        known = (
            heir
            and db.execute(
                "select 1 from decisions where passage_id = ? and proposed_goal_id = ?",
                [heir, decision["proposed_goal_id"]],
            ).fetchone()
        )
        if heir and not known:
            source = f"carried over from {decision['passage_id']}"
            db.table("decisions").insert({**decision, "id": None, "passage_id": heir, "source": source})


def _heir(text: str, texts: dict[str, str]) -> str | None:
    likeness = {passage_id: _likeness(text, other) for passage_id, other in texts.items()}
    best = max(likeness, key=lambda passage_id: likeness[passage_id], default=None)
    return best if best is not None and likeness[best] >= SAME_PASSAGE else None


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.ratio() if matcher.real_quick_ratio() >= SAME_PASSAGE and matcher.quick_ratio() >= SAME_PASSAGE else 0.0
    )


def refresh_goals(db: Database, document_id: str | None = None) -> None:
    """Each passage's goals as a JSON list for facets: proposed or decided, the rejected ones left out."""
    where = "where document_id = ?" if document_id else ""
    db.execute(
        f"""
        update passages set goals = (
            select coalesce(json_group_array(code), '[]') from (
                select distinct g.code from goals g where g.id in (
                    select goal_id from proposals pr where pr.passage_id = passages.id and not exists (
                        select 1 from current_decisions d where d.passage_id = pr.passage_id
                        and d.proposed_goal_id = pr.goal_id and d.verdict in ('rejected', 'changed'))
                    union
                    select goal_id from current_decisions d where d.passage_id = passages.id and d.verdict <> 'rejected'
                ) order by g.framework_id, g.position
            )
        ) {where}
        """,
        [document_id] if document_id else [],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
