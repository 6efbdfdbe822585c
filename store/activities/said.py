"""What people said of activities, as it stands: what was taken back is left out, and passages are those of today."""

from sqlite_utils import Database

from goalmap.classify.activities.bringing import Said
from goalmap.classify.activities.model import Edit, Ruling

TOGETHER, APART, EDIT = "together", "apart", "edit"
"""The verdicts in `activity_decisions`."""

STANDING = """
with recursive now_at (id, heir) as (
    select id, id from passages where id in (
        select passage_id from activity_decisions union select other_passage_id from activity_decisions)
    union select now_at.id, p.replaced_by from now_at join passages p on p.id = now_at.heir where p.replaced_by is not null
),
heirs as (select id, heir from now_at where not exists (
    select 1 from passages p where p.id = now_at.heir and p.replaced_by is not null)),
taken_back as (
    select w.withdraws as batch from activity_decisions w where w.withdraws is not null
    and not exists (select 1 from activity_decisions later where later.withdraws = w.batch)
)
select d.*, h.heir as passage, o.heir as other_passage from activity_decisions d
left join heirs h on h.id = d.passage_id left join heirs o on o.id = d.other_passage_id
where d.withdraws is null and d.framework_id = ? and d.batch not in (select batch from taken_back) order by d.id
"""


def read_said(db: Database, framework: str) -> Said:
    """The rulings and edits that stand, in the order in which they were made."""
    rows = list(db.query(STANDING, [framework]))
    rulings = (
        Ruling(row["verdict"] == TOGETHER, row["passage"], row["other_passage"])
        for row in rows
        if row["verdict"] in (TOGETHER, APART)
    )
    edits = (Edit(row["passage"], row["field"], row["value"] or "") for row in rows if row["verdict"] == EDIT)
    return Said(tuple(rulings), tuple(edits))
