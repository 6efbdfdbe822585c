"""The tables, as numbered steps that are added to and never edited."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from goalmap.store.ids import seal_of

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


@migrations()
def m008_entities_across_documents(db: Database) -> None:
    """One entity for what several documents name; what people decide on that; words that mean a body without naming it."""
    db.table("document_entities").create(
        {
            "id": str,
            "document_id": str,
            "kind": str,
            "name": str,
            "name_key": str,
            "forms": str,
            "bodies": str,
            "titles": str,
            "entity_id": str,
        },
        pk="id",
        not_null={"document_id", "kind", "name", "name_key", "forms"},
        foreign_keys=[("document_id", "documents", "id"), ("entity_id", "entities", "id")],
    )
    for column in ("document_id", "entity_id", "name_key"):
        db.table("document_entities").create_index([column])
    for table, columns in FOUND.items():
        for column in columns:
            db.execute(f"alter table {table} add column {column} text references document_entities(id)")
            db.table(table).create_index([column])
    for table, texts in {
        "roles": ("since", "until"),
        "memberships": ("since", "until"),
        "figures": ("since", "until", "bound"),
        "quotations": ("kind",),
        "entities": ("identifiers", "owner_id"),
    }.items():
        for column in texts:
            db.execute(f"alter table {table} add column {column} text")
    db.table("entities").create_index(["owner_id"])
    bodies = [("organisation_id", "entities", "id"), ("found_organisation_id", "document_entities", "id")]
    found = [("entity_id", "entities", "id"), ("found_id", "document_entities", "id")]
    _create_span(db, "coreferences", {"entity_id": str, "found_id": str, "surface": str}, found)
    _create_span(
        db,
        "measures",
        {
            "organisation_id": str,
            "found_organisation_id": str,
            "kind": str,
            "value": float,
            "unit": str,
            "question": str,
            "of_whom": str,
            "year": str,
        },
        bodies,
    )
    _create_resolution(db)


FOUND = {
    "mentions": ("found_id",),
    "quotations": ("found_speaker_id",),
    "roles": ("found_person_id", "found_organisation_id"),
    "memberships": ("found_member_id", "found_organisation_id"),
}
"""Columns added beside those that refer to entities: the same, as found in one document."""


def _create_resolution(db: Database) -> None:
    """Names and identifiers of entities, why names were brought together, what a person should look at, and decisions."""
    db.table("entity_names").create(
        {
            "entity_id": str,
            "name": str,
            "kind": str,
            "documents": int,
            "first_seen": str,
            "last_seen": str,
            "since": str,
            "until": str,
            "source": str,
        },
        pk=("entity_id", "name", "source"),
        foreign_keys=[("entity_id", "entities", "id")],
    )
    pair = {"id": str, "kind": str, "entity_id": str, "name": str, "other_name": str, "rule": str, "reason": str}
    db.table("entity_merges").create(pair, pk="id", foreign_keys=[("entity_id", "entities", "id")])
    db.table("entity_suggestions").create(
        {"id": str, "kind": str, "entity_id": str, "other_id": str, "rule": str, "reason": str},
        pk="id",
        foreign_keys=[("entity_id", "entities", "id"), ("other_id", "entities", "id")],
    )
    for table, columns in {"entity_merges": ("entity_id",), "entity_suggestions": ("entity_id", "other_id")}.items():
        for column in columns:
            db.table(table).create_index([column])
    db.table("entity_decisions").create(
        {
            "id": int,
            "batch": str,
            "verdict": str,
            "kind": str,
            "name_key": str,
            "document_id": str,
            "other_name_key": str,
            "other_document_id": str,
            "names": str,
            "withdraws": str,
            "note": str,
            "reviewer": str,
            "decided_at": str,
            "source": str,
        },
        pk="id",
        not_null={"batch", "verdict", "kind", "decided_at"},
    )
    for event in ("update", "delete"):
        db.execute(f"""
            create trigger entity_decisions_keep_on_{event} before {event} on entity_decisions
            begin select raise(abort, 'decisions are append-only: add a new one'); end
        """)
    db.table("gazetteer").create(
        {
            "id": str,
            "source": str,
            "kind": str,
            "name": str,
            "aliases": str,
            "identifiers": str,
            "since": str,
            "until": str,
            "successor": str,
        },
        pk="id",
        not_null={"source", "kind", "name"},
    )


def _index_only_words(db: Database) -> None:
    """Writing a passage's goals shall not index its text again."""
    for (trigger,) in db.execute("select sql from sqlite_master where name = 'passages_au'").fetchall():
        db.execute("drop trigger passages_au")
        db.execute(trigger.replace("AFTER UPDATE ON", "AFTER UPDATE OF text, heading ON", 1))


@migrations()
def m009_goals_in_trees_and_own_frameworks(db: Database) -> None:
    """Goals below goals, such as the targets of the Sustainable Development Goals; frameworks that users bring."""
    db.table("goals").add_column("parent_id", str)
    for column, kind in (("toml", str), ("model", bytes), ("model_name", str), ("model_key", str)):
        db.table("frameworks").add_column(column, kind)


@migrations()
def m010_models(db: Database) -> None:
    """Models that learnt from decisions: kept, and never changed but for which of them is in use."""
    columns = {
        "id": str,
        "framework_id": str,
        "name": str,
        "fingerprint": str,
        "basis": str,
        "trained_at": str,
        "command": str,
        "decisions": int,
        "passages": int,
        "documents": int,
        "figures": str,
        "earned": int,
        "state": bytes,
    }
    db.table("models").create(
        {**columns, "active": int},
        pk="id",
        not_null={"framework_id", "name", "basis", "trained_at", "state", "active"},
        foreign_keys=[("framework_id", "frameworks", "id")],
    )
    db.execute("create unique index models_in_use on models (framework_id) where active = 1")
    for event in (f"update of {', '.join(columns)}", "delete"):
        db.execute(f"""
            create trigger models_keep_on_{event.split()[0]} before {event} on models
            begin select raise(abort, 'models are kept as they are: learn another one'); end
        """)


STANDING = """
select * from decisions
where not exists (select 1 from withdrawals where withdrawals.decision_id = decisions.id)
and not exists (
    select 1 from decisions later where later.passage_id = decisions.passage_id
    and later.proposed_goal_id = decisions.proposed_goal_id and later.id > decisions.id
    and not exists (select 1 from withdrawals where withdrawals.decision_id = later.id))
"""
ANSWERED = """exists (
    select 1 from decisions d where d.passage_id = proposals.passage_id and d.proposed_goal_id = proposals.goal_id
    and not exists (select 1 from withdrawals w where w.decision_id = d.id))"""


@migrations()
def m011_review_loop(db: Database) -> None:
    """Decisions taken back, goals that came near, an order of the queue, blind readings and samples that tell what is missed."""
    _add_what_was_proposed(db, "decisions")
    db.table("decisions").create_index(["source"])
    _create_withdrawals(db)
    _create_order(db)
    _create_readings(db)
    _create_audits(db)
    db.table("candidates").create(
        {"id": str, "passage_id": str, "goal_id": str, "score": float},
        pk="id",
        not_null={"passage_id", "goal_id", "score"},
        foreign_keys=[("passage_id", "passages", "id"), ("goal_id", "goals", "id")],
    )
    db.table("candidates").create_index(["passage_id", "goal_id"], unique=True)
    db.table("candidates").create_index(["goal_id", "score"])
    db.execute("alter table exports add column reading_id text references readings(id)")
    db.execute("alter table exports add column reader text")


def _add_what_was_proposed(db: Database, table: str) -> None:
    for column, kind in {"proposed_score": "real", "proposed_stage": "text", "model": "text"}.items():
        db.execute(f"alter table {table} add column {column} {kind}")


def _create_withdrawals(db: Database) -> None:
    db.table("withdrawals").create(
        {"id": int, "decision_id": int, "reviewer": str, "withdrawn_at": str, "source": str},
        pk="id",
        not_null={"decision_id", "withdrawn_at"},
        foreign_keys=[("decision_id", "decisions", "id")],
    )
    db.table("withdrawals").create_index(["decision_id"], unique=True)
    _only_add(db, "withdrawals")
    db.execute("drop view current_decisions")
    db.create_view("current_decisions", STANDING)


def _create_order(db: Database) -> None:
    """What a decision is worth and whether it waits; the latter is kept true by whatever writes decisions."""
    db.execute("alter table proposals add column value real not null default 0")
    db.execute("alter table proposals add column open integer not null default 1")
    db.execute(f"update proposals set open = 0 where {ANSWERED}")
    db.execute("create index proposals_waiting on proposals (value desc, passage_id) where open = 1")
    db.execute("create index proposals_of_copies on proposals (goal_id, passage_id) where open = 0 and value < 0")
    db.execute("create index proposals_waiting_for_goal on proposals (goal_id, value desc, passage_id) where open = 1")
    db.execute(f"""
        create trigger proposals_begin_open after insert on proposals when new.open = 1
        begin update proposals set open = 0 where id = new.id and {ANSWERED}; end
    """)
    db.execute("""
        create trigger decisions_close_proposals after insert on decisions
        begin update proposals set open = 0
            where passage_id = new.passage_id and goal_id = new.proposed_goal_id and open = 1; end
    """)
    db.execute(f"""
        create trigger withdrawals_open_proposals after insert on withdrawals
        begin update proposals set open = case when value >= 0 and not {ANSWERED} then 1 else 0 end
            where (passage_id, goal_id) in (select d.passage_id, d.proposed_goal_id from decisions d where d.id = new.decision_id); end
    """)


def _create_readings(db: Database) -> None:
    db.table("readings").create(
        {"id": str, "created": str, "readers": str, "note": str}, pk="id", not_null={"created", "readers"}
    )
    db.table("reading_slots").create(
        {"reading_id": str, "passage_id": str, "goal_id": str, "position": int},
        pk=("reading_id", "passage_id", "goal_id"),
        not_null={"position"},
        foreign_keys=[
            ("reading_id", "readings", "id"),
            ("passage_id", "passages", "id"),
            ("goal_id", "goals", "id"),
        ],
    )
    db.table("reading_slots").create_index(["passage_id"])
    db.table("reading_answers").create(
        {
            "id": int,
            "reading_id": str,
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
        not_null={"reading_id", "passage_id", "goal_id", "proposed_goal_id", "verdict", "reviewer", "decided_at"},
        foreign_keys=[
            ("reading_id", "readings", "id"),
            ("passage_id", "passages", "id"),
            ("goal_id", "goals", "id"),
            ("proposed_goal_id", "goals", "id"),
        ],
    )
    _add_what_was_proposed(db, "reading_answers")
    db.table("reading_answers").create_index(["reading_id", "passage_id", "proposed_goal_id", "reviewer"])
    db.table("reading_answers").create_index(["passage_id"])
    _only_add(db, "reading_answers")
    db.create_view(
        "current_reading_answers",
        """
        select * from reading_answers where not exists (
            select 1 from reading_answers later where later.reading_id = reading_answers.reading_id
            and later.passage_id = reading_answers.passage_id and later.reviewer = reading_answers.reviewer
            and later.proposed_goal_id = reading_answers.proposed_goal_id and later.id > reading_answers.id)
        """,
    )


def _create_audits(db: Database) -> None:
    db.table("audit_passages").create(
        {
            "id": str,
            "framework_id": str,
            "passage_id": str,
            "round": int,
            "stratum": int,
            "score": float,
            "drawn_at": str,
        },
        pk="id",
        not_null={"framework_id", "passage_id", "round", "stratum", "score"},
        foreign_keys=[("framework_id", "frameworks", "id"), ("passage_id", "passages", "id")],
    )
    db.table("audit_passages").create_index(["framework_id", "passage_id"], unique=True)
    db.table("audit_passages").create_index(["passage_id"])
    db.execute("create index audit_passages_drawn on audit_passages (framework_id) where drawn_at is not null")
    db.table("audit_answers").create(
        {
            "id": int,
            "audit_id": str,
            "verdict": str,
            "note": str,
            "reviewer": str,
            "decided_at": str,
            "source": str,
        },
        pk="id",
        not_null={"audit_id", "verdict", "decided_at"},
        foreign_keys=[("audit_id", "audit_passages", "id")],
    )
    db.table("audit_answers").create_index(["audit_id"])
    _only_add(db, "audit_answers")


def _only_add(db: Database, table: str) -> None:
    """Refuse changes to rows of a table that is a record of what people said."""
    for event in ("update", "delete"):
        db.execute(f"""
            create trigger {table}_keep_on_{event} before {event} on {table}
            begin select raise(abort, '{table} is append-only: add a new row'); end
        """)


@migrations()
def m012_decisions_that_wait(db: Database) -> None:
    """What was brought from another database and could not be taken over yet, or stands behind an answer here."""
    text = (
        "id", "kind", "reason", "path", "text", "proposed_goal_id", "goal_id", "verdict", "reviewer", "decided_at",
        "source", "against", "record", "since",
    )  # fmt: skip
    db.table("waiting_decisions").create(
        {**dict.fromkeys(text, str), "page": int, "nth": int},
        pk="id",
        not_null={"kind", "reason", "text", "verdict", "decided_at", "record", "nth", "since"},
        column_order=["id", "reason", "path", "page", "text"],
    )


@migrations()
def m013_activities(db: Database) -> None:
    """Activities with all that reports tell of them, what people say of them, and passages sealed as they were read."""
    _seal_passages(db)
    for table in ("activity_passages", "activities"):
        db.table(table).drop()
    text = (
        "id", "framework_id", "status", "title", "goal_id", "goals", "stage", "initiative_id", "owner_id", "owner",
        "partners", "beneficiaries", "place", "region", "period", "outcome", "figures", "why", "edited",
    )  # fmt: skip
    counts = ("best_practice", "passages", "documents")
    keys = {"framework_id": "frameworks", "goal_id": "goals", "initiative_id": "entities", "owner_id": "entities"}
    db.table("activities").create(
        {**dict.fromkeys(text, str), **dict.fromkeys(counts, int), "first_told": str, "last_told": str},
        pk="id",
        not_null={"framework_id", "status", "title", "goal_id"},
        foreign_keys=[(column, table, "id") for column, table in keys.items()],
    )
    for column in keys:
        db.table("activities").create_index([column])
    db.table("activity_passages").create(
        {"activity_id": str, "passage_id": str, "position": int, "goals": str, "stage": str},
        pk=("activity_id", "passage_id"),
        not_null={"position"},
        foreign_keys=[("activity_id", "activities", "id"), ("passage_id", "passages", "id")],
    )
    db.table("activity_passages").create_index(["passage_id"])
    said = ("batch", "verdict", "framework_id", "passage_id", "other_passage_id", "field", "value", "withdraws", "note",
            "reviewer", "decided_at", "source")  # fmt: skip
    db.table("activity_decisions").create(
        {"id": int, **dict.fromkeys(said, str)},
        pk="id",
        not_null={"batch", "verdict", "framework_id", "decided_at"},
        foreign_keys=[("passage_id", "passages", "id"), ("other_passage_id", "passages", "id")],
    )
    db.table("activity_decisions").create_index(["passage_id"])
    db.table("activity_decisions").create_index(["other_passage_id"])
    _only_add(db, "activity_decisions")
    db.table("derived").create({"name": str, "state": str, "made_at": str}, pk="name", not_null={"state", "made_at"})


@migrations()
def m014_browsing_at_scale(db: Database) -> None:
    """Indexes by which a million passages are counted, listed and put in order within Datasette's time limits."""
    db.execute("drop index if exists idx_passages_kind")
    indexes = (
        ("passages", "kind", "position"), ("passages", "position"), ("documents", "status"), ("documents", "kind"),
        ("documents", "publisher"), ("documents", "published"), ("entities", "name"), ("entity_names", "kind", "source"),
        ("figures", "unit"), ("proposals", "stage", "open"), ("proposals", "score"),
    )  # fmt: skip
    for table, *columns in indexes:
        db.table(table).create_index(columns)
    db.execute("create index proposals_counted on proposals (goal_id, stage) where open = 1")


MAY_BE_MASKED = {
    "decisions": ("note", "reviewer", "source"),
    "withdrawals": ("reviewer", "source"),
    "reading_answers": ("note", "reviewer", "source"),
    "audit_answers": ("note", "reviewer", "source"),
    "activity_decisions": ("value", "note", "reviewer", "source"),
    "entity_decisions": ("name_key", "other_name_key", "names", "note", "reviewer", "source"),
    "forgettings": ("reviewer", "reason"),
}
"""Records of what people said, with the columns in which the name of somebody may be replaced by marks, and nothing else be changed."""


@migrations()
def m015_people_who_are_forgotten(db: Database) -> None:
    """Who was removed, by hashes alone; files that name them are not shown; records may be masked, and still not changed."""
    db.execute("alter table documents add column withheld_since text")
    db.table("forgettings").create(
        {
            "id": str,
            "forgotten_at": str,
            "reviewer": str,
            "reason": str,
            "name_hash": str,
            "is_limited": int,
            "counts": str,
            "documents": str,
            "lifted_at": str,
            "lifted_by": str,
        },
        pk="id",
        not_null={"forgotten_at", "name_hash", "is_limited", "counts", "documents"},
    )
    db.table("forgotten_names").create(
        {"id": str, "forgetting_id": str, "hash": str, "reach": str},
        pk="id",
        not_null={"forgetting_id", "hash", "reach"},
        foreign_keys=[("forgetting_id", "forgettings", "id")],
    )
    db.table("forgotten_names").create_index(["forgetting_id"])
    db.table("forgetting_key").create({"id": str, "value": str}, pk="id", not_null={"value"})
    db.execute("drop trigger decisions_are_not_changed")
    for table in MAY_BE_MASKED.keys() - {"decisions", "forgettings"}:
        db.execute(f"drop trigger {table}_keep_on_update")
    for table, texts in MAY_BE_MASKED.items():
        _only_mask(db, table, texts, ("lifted_at", "lifted_by"))
    db.execute("""
        create trigger forgettings_keep_on_delete before delete on forgettings
        begin select raise(abort, 'forgettings are kept: lift it'); end
    """)


def _only_mask(db: Database, table: str, texts: tuple[str, ...], free: tuple[str, ...]) -> None:
    """Refuse every change to the rows of a record but marks in the place of letters."""
    columns = [column.name for column in db.table(table).columns]
    same = [f"new.{name} is old.{name}" for name in columns if name not in (*texts, *free)]
    marked = [
        f"(new.{name} is old.{name} or (new.{name} is not null and old.{name} is not null"
        f" and old.{name} like {_AS_PATTERN.format(name)} escape '!'))"
        for name in texts
    ]
    db.execute(f"""
        create trigger {table}_keep_on_update before update on {table} when not ({" and ".join((*same, *marked))})
        begin select raise(abort, '{_REFUSED.get(table, f"{table} is append-only: add a new row")}'); end
    """)


_REFUSED = dict.fromkeys(("decisions", "entity_decisions"), "decisions are append-only: add a new one")
_AS_PATTERN = "replace(replace(replace(replace(new.{}, '!', '!!'), '%', '!%'), '_', '!_'), '█', '_')"
"""A text with marks as a pattern for the text without them."""


def _seal_passages(db: Database) -> None:
    """A seal for each passage, which its text must still fit when a report quotes it."""
    db.execute("alter table passages add column seal text")
    db.conn.create_function("goalmap_seal", 1, seal_of, deterministic=True)
    db.execute("update passages set seal = goalmap_seal(text)")
