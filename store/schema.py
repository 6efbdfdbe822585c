"""The tables, as numbered steps that are added to and never edited; and what each table and column means."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("goalmap")


@migrations()
def m001_documents(db: Database) -> None:
    db.table("runs").create(
        {
            "id": str,
            "started": str,
            "finished": str,
            "command": str,
            "version": str,
            "settings": str,
            "engine": str,
            "counts": str,
        },
        pk="id",
    )
    db.table("documents").create(
        {
            "id": str,
            "path": str,
            "sha256": str,
            "title": str,
            "publisher": str,
            "published": str,
            "kind": str,
            "media_type": str,
            "language": str,
            "pages": int,
            "words": int,
            "status": str,
            "problem": str,
            "reader": str,
            "duplicate_of": str,
            "size": int,
            "modified": int,
            "fingerprint": str,
            "run_id": str,
        },
        pk="id",
        not_null={"path", "status"},
        foreign_keys=[("duplicate_of", "documents", "id"), ("run_id", "runs", "id")],
    )
    db.table("documents").create_index(["path"], unique=True)
    db.table("documents").create_index(["sha256"])
    db.table("passages").create(
        {
            "id": str,
            "document_id": str,
            "position": int,
            "page": int,
            "kind": str,
            "heading": str,
            "text": str,
            "boxes": str,
            "goals": str,
            "retired_at": str,
        },
        pk="id",
        not_null={"document_id", "kind", "text"},
        foreign_keys=[("document_id", "documents", "id")],
    )
    db.table("passages").create_index(["document_id", "position"])
    db.table("passages").create_index(["kind"])
    db.table("passages").enable_fts(["text", "heading"], create_triggers=True, tokenize="porter")


@migrations()
def m002_names(db: Database) -> None:
    db.table("entities").create(
        {"id": str, "kind": str, "name": str, "aliases": str}, pk="id", not_null={"kind", "name"}
    )
    db.table("entities").create_index(["kind", "name"])
    db.table("entities").enable_fts(["name", "aliases"], create_triggers=True)
    _create_span(db, "mentions", {"entity_id": str, "surface": str, "rule": str}, [("entity_id", "entities", "id")])
    _create_span(db, "quotations", {"speaker_id": str}, [("speaker_id", "entities", "id")])
    _create_span(db, "figures", {"value": float, "unit": str, "what": str, "period": str}, [])
    _create_told(
        db,
        "roles",
        {"person_id": str, "title": str, "organisation_id": str, "former": int, "as_of": str},
        [("person_id", "entities", "id"), ("organisation_id", "entities", "id")],
    )
    _create_told(
        db,
        "memberships",
        {"member_id": str, "organisation_id": str, "kind": str, "as_of": str},
        [("member_id", "entities", "id"), ("organisation_id", "entities", "id")],
    )


def _create_span(db: Database, name: str, columns: dict[str, type], keys: list[tuple[str, str, str]]) -> None:
    _create_told(db, name, {"start": int, "end": int, **columns}, keys)


def _create_told(db: Database, name: str, columns: dict[str, type], keys: list[tuple[str, str, str]]) -> None:
    table = db.table(name)
    table.create(
        {"id": str, "passage_id": str, **columns},
        pk="id",
        not_null={"passage_id"},
        foreign_keys=[("passage_id", "passages", "id"), *keys],
    )
    for column in ("passage_id", *(key[0] for key in keys)):
        table.create_index([column])


@migrations()
def m003_goals(db: Database) -> None:
    db.table("frameworks").create(
        {"id": str, "name": str, "version": str, "publisher": str, "counts": str}, pk="id", not_null={"name", "version"}
    )
    db.table("goals").create(
        {
            "id": str,
            "framework_id": str,
            "code": str,
            "name": str,
            "label": str,
            "family": str,
            "scope": str,
            "position": int,
        },
        pk="id",
        not_null={"framework_id", "code", "name"},
        foreign_keys=[("framework_id", "frameworks", "id")],
    )
    db.table("proposals").create(
        {
            "id": str,
            "passage_id": str,
            "goal_id": str,
            "score": float,
            "rank": int,
            "stage": str,
            "evidence": str,
            "reason": str,
            "model": str,
            "runner_up_goal_id": str,
            "runner_up_score": float,
        },
        pk="id",
        not_null={"passage_id", "goal_id", "score", "rank"},
        foreign_keys=[
            ("passage_id", "passages", "id"),
            ("goal_id", "goals", "id"),
            ("runner_up_goal_id", "goals", "id"),
        ],
    )
    db.table("proposals").create_index(["passage_id", "goal_id"], unique=True)
    db.table("proposals").create_index(["goal_id", "score"])


@migrations()
def m004_decisions(db: Database) -> None:
    db.table("decisions").create(
        {
            "id": int,
            "passage_id": str,
            "goal_id": str,
            "proposed_goal_id": str,
            "verdict": str,
            "stage": str,
            "best_practice": int,
            "note": str,
            "reviewer": str,
            "decided_at": str,
            "source": str,
        },
        pk="id",
        not_null={"passage_id", "goal_id", "proposed_goal_id", "verdict", "decided_at"},
        foreign_keys=[
            ("passage_id", "passages", "id"),
            ("goal_id", "goals", "id"),
            ("proposed_goal_id", "goals", "id"),
        ],
    )
    db.table("decisions").create_index(["passage_id", "proposed_goal_id"])
    db.execute("""
        create trigger decisions_are_not_changed before update on decisions
        begin select raise(abort, 'decisions are append-only: add a new one'); end
    """)
    db.execute("""
        create trigger decisions_are_not_deleted before delete on decisions
        begin select raise(abort, 'decisions are append-only: add a new one'); end
    """)
    db.create_view(
        "current_decisions",
        """
        select * from decisions
        where id in (select max(id) from decisions group by passage_id, proposed_goal_id)
        """,
    )
    db.table("exports").create({"id": str, "created": str, "rows": int}, pk="id")
    db.table("export_rows").create(
        {
            "export_id": str,
            "proposal_id": str,
            "passage_id": str,
            "proposed_goal_id": str,
            "verdict": str,
            "goal_id": str,
            "stage": str,
            "best_practice": int,
            "note": str,
            "reviewer": str,
        },
        pk=("export_id", "proposal_id"),
        foreign_keys=[("export_id", "exports", "id")],
    )


@migrations()
def m005_activities(db: Database) -> None:
    db.table("activities").create(
        {"id": str, "title": str, "goal_id": str, "initiative_id": str, "owner_id": str, "stage": str},
        pk="id",
        foreign_keys=[
            ("goal_id", "goals", "id"),
            ("initiative_id", "entities", "id"),
            ("owner_id", "entities", "id"),
        ],
    )
    db.table("activity_passages").create(
        {"activity_id": str, "passage_id": str},
        pk=("activity_id", "passage_id"),
        foreign_keys=[("activity_id", "activities", "id"), ("passage_id", "passages", "id")],
    )


@migrations()
def m006_decisions_that_move(db: Database) -> None:
    """What a decision needs to follow its passage, and indexes that keep a file's cost the same in a large database."""
    db.execute("alter table documents add column missing_since text")
    db.execute("alter table passages add column replaced_by text")
    db.execute("create index passages_replaced_by on passages (replaced_by) where replaced_by is not null")
    db.execute("create index passages_retired on passages (document_id) where retired_at is not null")
    db.table("export_rows").create_index(["passage_id"])
    db.table("activity_passages").create_index(["passage_id"])
    _index_only_words(db)
    db.execute("drop view current_decisions")
    db.create_view(
        "current_decisions",
        """
        select * from decisions where not exists (
            select 1 from decisions later where later.passage_id = decisions.passage_id
            and later.proposed_goal_id = decisions.proposed_goal_id and later.id > decisions.id)
        """,
    )
    db.create_view(
        "unattached_decisions",
        """
        select current_decisions.* from current_decisions join passages on passages.id = current_decisions.passage_id
        where passages.retired_at is not null and passages.replaced_by is null
        """,
    )


@migrations()
def m007_parts_and_copies(db: Database) -> None:
    """Files inside files, copies that are not alike to the byte, and the language of each passage."""
    documents = {
        "parent_id": "text references documents(id)",
        "content_of": "text references documents(id)",
        "likeness": "real",
        "twin_of": "text references documents(id)",
        "signature": "blob",
    }
    for column, kind in documents.items():
        db.execute(f"alter table documents add column {column} {kind}")
    db.execute("update documents set content_of = duplicate_of, likeness = 1.0 where duplicate_of is not null")
    for column in ("parent_id", "duplicate_of", "content_of"):
        db.execute(f"create index documents_{column} on documents ({column}) where {column} is not null")
    db.execute("alter table passages add column language text")
    db.execute("alter table passages add column copy_of text references passages(id)")
    db.execute("create index passages_copy_of on passages (copy_of) where copy_of is not null")


def _index_only_words(db: Database) -> None:
    """Writing a passage's goals shall not index its text again."""
    (trigger,) = db.execute("select sql from sqlite_master where name = 'passages_au'").fetchone()
    db.execute("drop trigger passages_au")
    db.execute(trigger.replace("AFTER UPDATE ON", "AFTER UPDATE OF text, heading ON", 1))


TABLES = {
    "documents": "Every file that was found, once, with how reading it ended.",
    "passages": "Paragraphs, list items and table rows in reading order; furniture (menus, contacts, teasers) is kept but never classified.",
    "entities": "People, organisations and initiatives, one row each.",
    "mentions": "Where an entity is named; text[start:end] of the passage is the surface.",
    "roles": "Posts that people hold or held, with the body and the passage that says so.",
    "quotations": "What people say, at its exact place in the passage.",
    "memberships": "Who chairs, belongs to, is part of or partners with an organisation.",
    "figures": "Numbers with their unit and what they count.",
    "frameworks": "Goal frameworks that passages were classified against.",
    "goals": "The goals of each framework.",
    "proposals": "Goals that goalmap proposes for a passage, best first, with the reason; a person decides.",
    "decisions": "What people decided, in order; never changed, never deleted.",
    "current_decisions": "The latest decision on each passage and proposed goal.",
    "unattached_decisions": "Decisions on passages that the latest reading of their file no longer gives, and that no other passage replaced.",
    "activities": "Acts or initiatives, one row each however many documents tell of them.",
    "activity_passages": "The passages that tell of an activity.",
    "runs": "Each run of goalmap, with its settings and what it counted.",
    "exports": "Review queues that were written, so that they can be merged when they come back.",
    "export_rows": "The state of each row of a review queue when it was written.",
}

DECISIONS = {
    "goal_id": "The goal decided on",
    "proposed_goal_id": "The goal that was proposed; differs from goal_id when the verdict is changed",
    "verdict": "accepted, rejected, changed or added",
    "best_practice": "1 where the reviewer marks it as best practice",
    "source": "Where the decision came from: a queue file, the browser, carried over from an earlier passage",
}
COLUMNS = {
    "documents": {
        "path": "Where the file was found",
        "sha256": "Hash of its content",
        "title": "Title, from the document or its metadata; empty where not known",
        "publisher": "Who published it; empty where not known",
        "published": "Date of publication, as exact as it is known; empty where not known",
        "kind": "press_release, annual_report, board_paper ...",
        "status": "ok, partial, no_text, needs_password, unsupported, refused, failed or skipped",
        "problem": "What was not read and what to do about it",
        "reader": "The reader that read it",
        "duplicate_of": "The document that tells the same story and stands for both: the canonical member of its cluster, the earliest",
        "likeness": "Share of three-word runs that it has in common with duplicate_of, 0 to 1; 1 for the same bytes",
        "content_of": "The document that holds the same bytes; nothing is kept of this one's text",
        "parent_id": "The file that this one lies in: an e-mail's attachment, a member of an archive",
        "twin_of": "The document that says the same in English",
        "signature": "What near copies are found by: MinHash values of its text",
        "size": "Bytes",
        "modified": "Time of the file's last change, nanoseconds since 1970",
        "fingerprint": "The readers, models and settings that made the rows",
        "missing_since": "When a run first found that the file is no longer there; what was read of it is kept",
    },
    "passages": {
        "position": "Place in reading order, from 0",
        "page": "Page number, from 1 (PDF)",
        "kind": "title, heading, body, quote, list_item, table_row, caption, bio; furniture: contact, teaser, boilerplate, header, footer, navigation",
        "heading": "The heading above it",
        "text": "The passage itself",
        "boxes": "Where it stands on its pages: JSON list of [page, left, top, right, bottom] in points",
        "goals": "Codes of the goals proposed or decided, as a JSON list",
        "language": "ISO 639-1 code; empty where the text is too short to tell; only English is classified",
        "copy_of": "The passage of an earlier document that says the same; its proposals and decisions count for both",
        "retired_at": "When a later reading no longer gave this passage; kept because decisions or exported queues hang on it",
        "replaced_by": "The passage that took its place, and its decisions",
    },
    "entities": {
        "kind": "person, organisation or initiative",
        "name": "Fullest form, without titles",
        "aliases": "Other forms met",
    },
    "mentions": {
        "start": "First character in the passage's text",
        "end": "Character after the last",
        "surface": "The words themselves",
        "rule": "What found it",
    },
    "roles": {
        "title": "The post",
        "former": "1 where the text says it is past",
        "as_of": "Date of the document that says so",
    },
    "quotations": {"speaker_id": "Who says it; empty where the text does not tell"},
    "memberships": {"kind": "chairs, member of, part of, partner of, signatory of"},
    "figures": {
        "value": "The number",
        "unit": "£, %, or empty for a count",
        "what": "What it counts",
        "period": "When, as the text says",
    },
    "goals": {"code": "The published code", "label": "Code and name", "scope": "What counts, in our words"},
    "proposals": {
        "score": "Calibrated probability that a reviewer accepts it, 0 to 1",
        "rank": "1 for the likeliest goal of the passage",
        "stage": "delivered, ongoing, planned or aspiration",
        "evidence": "The words that spoke for it: JSON list of [start, end] in the passage's text",
        "reason": "Why, in words",
        "model": "Name and fingerprint of the model",
        "runner_up_goal_id": "The goal that came nearest without being proposed",
        "runner_up_score": "Its probability",
    },
    "decisions": DECISIONS,
    "current_decisions": DECISIONS,
    "unattached_decisions": DECISIONS,
}
