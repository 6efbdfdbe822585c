"""The questions that analysts ask of a database, as SQL."""

from dataclasses import dataclass

from goalmap.store.browse.calls import CALLS, COUNTS


@dataclass(frozen=True, slots=True)
class Query:
    """A question that an analyst asks, as Datasette lists it."""

    title: str
    description: str
    sql: str


def goal_name(table: str = "goals") -> str:
    """The SQL of what a goal is called; `table` is its name in the query."""
    return f"coalesce({table}.label, {table}.code || ' ' || {table}.name)"


GOAL = goal_name()
DOCUMENT = "coalesce(documents.title, documents.path)"
QUERIES = {
    "activities_by_goal": Query(
        "Activities by goal",
        "How many passages were proposed for each goal, how they were decided, and at what stage the work is. "
        "Stages count what was accepted or still waits.",
        f"""
{COUNTS}
select
  frameworks.name as framework,
  goals.id as goal_id,
  {GOAL} as goal,
  coalesce(sum(counts.passages), 0) as passages,
  coalesce(sum(counts.passages) filter (where state = 'accepted'), 0) as accepted,
  coalesce(sum(counts.passages) filter (where state = 'waiting'), 0) as waiting,
  coalesce(sum(counts.passages) filter (where state = 'rejected'), 0) as rejected,
  coalesce(sum(counts.passages) filter (where state <> 'rejected' and counts.stage = 'delivered'), 0) as delivered,
  coalesce(sum(counts.passages) filter (where state <> 'rejected' and counts.stage = 'ongoing'), 0) as ongoing,
  coalesce(sum(counts.passages) filter (where state <> 'rejected' and counts.stage = 'planned'), 0) as planned,
  coalesce(sum(counts.passages) filter (where state <> 'rejected' and counts.stage = 'aspiration'), 0) as aspiration
from goals
join frameworks on frameworks.id = goals.framework_id
left join counts on counts.goal_id = goals.id
where goals.parent_id is null or counts.goal_id is not null
group by goals.id
order by frameworks.name, goals.position, goals.code
""",
    ),
    "activities_told": Query(
        "Activities",
        "What is done towards each goal, one row for each initiative or act, with the passage that tells most of it. "
        "Give a goal's code or an organisation to narrow it.",
        f"""
select
  activities.id as activity_id,
  activities.title as activity,
  activities.status,
  {GOAL} as goal,
  activities.goals,
  activities.stage,
  activities.owner,
  activities.beneficiaries,
  activities.place,
  activities.period,
  activities.outcome,
  activities.passages,
  activities.documents,
  passages.text,
  {DOCUMENT} as document,
  documents.published,
  passages.page,
  passages.id as passage_id
from activities
join goals on goals.id = activities.goal_id
join activity_passages on activity_passages.activity_id = activities.id and activity_passages.position = 0
join passages on passages.id = activity_passages.passage_id
join documents on documents.id = passages.document_id
where (:goal = '' or exists (select 1 from json_each(activities.goals) where value = :goal))
  and (:organisation = '' or activities.owner like '%' || :organisation || '%')
order by activities.status desc, goals.position, activities.passages desc, activities.title, activities.id
""",
    ),
    "waiting_for_review": Query(
        "Waiting for review",
        "Proposals that nobody has decided on, the likeliest first. "
        "Give a goal's code or part of its name to see that goal only.",
        f"""
select
  proposals.passage_id,
  {GOAL} as goal,
  proposals.score,
  proposals.stage,
  passages.text,
  proposals.reason,
  passages.document_id,
  {DOCUMENT} as document,
  documents.publisher,
  documents.published
from proposals
join goals on goals.id = proposals.goal_id
join passages on passages.id = proposals.passage_id
join documents on documents.id = passages.document_id
where proposals.open = 1
  and (:goal = '' or goals.code = :goal or goals.name like '%' || :goal || '%')
order by proposals.score desc, proposals.passage_id
""",
    ),
    "goals_without_evidence": Query(
        "Goals without evidence",
        "Goals for which no passage has been accepted, and what was searched. "
        "Nothing found is a finding only where documents were read and nothing waits.",
        f"""
{COUNTS}
select
  frameworks.name as framework,
  goals.id as goal_id,
  {GOAL} as goal,
  coalesce(sum(counts.passages) filter (where state = 'waiting'), 0) as waiting,
  coalesce(sum(counts.passages) filter (where state = 'rejected'), 0) as rejected,
  case
    when count(counts.goal_id) = 0 then 'nothing was proposed'
    when coalesce(sum(counts.passages) filter (where state = 'waiting'), 0) > 0 then 'proposals wait for review'
    else 'all proposals were rejected'
  end as finding,
  (select count(*) from documents where status in ('ok', 'partial') and content_of is null) as documents_searched
from goals
join frameworks on frameworks.id = goals.framework_id
left join counts on counts.goal_id = goals.id
where goals.parent_id is null or counts.goal_id is not null
group by goals.id
having coalesce(sum(counts.passages) filter (where state = 'accepted'), 0) = 0
order by frameworks.name, goals.position, goals.code
""",
    ),
    "people_and_roles": Query(
        "People and their roles",
        "Who holds or held which post, at which body, according to which document. "
        "Give part of a person's name, a post or an organisation to narrow it.",
        f"""
select
  people.name as person,
  roles.title,
  organisations.name as organisation,
  case when roles.former then 'former' else '' end as former,
  roles.as_of,
  passages.document_id,
  {DOCUMENT} as document,
  roles.passage_id
from roles
join entities as people on people.id = roles.person_id
left join entities as organisations on organisations.id = roles.organisation_id
join passages on passages.id = roles.passage_id
join documents on documents.id = passages.document_id
where :name = ''
  or people.name like '%' || :name || '%'
  or roles.title like '%' || :name || '%'
  or organisations.name like '%' || :name || '%'
order by people.name, roles.as_of desc, roles.title
""",
    ),
    "quotations_by_person": Query(
        "Quotations by person",
        "What people say, word for word. Give part of a name to hear one person only.",
        f"""
select
  coalesce(people.name, '(not told)') as speaker,
  substr(passages.text, quotations.start + 1, quotations.end - quotations.start) as quotation,
  documents.published,
  passages.document_id,
  {DOCUMENT} as document,
  quotations.passage_id
from quotations
left join entities as people on people.id = quotations.speaker_id
join passages on passages.id = quotations.passage_id
join documents on documents.id = passages.document_id
where :person = ''
  or people.name like '%' || :person || '%'
order by people.name is null, people.name, documents.published desc, passages.position
""",
    ),
    "organisations": Query(
        "Organisations by number of documents",
        "Which organisations are named, in how many documents and passages.",
        """
select
  entities.id as entity_id,
  entities.name as organisation,
  entities.aliases,
  count(distinct passages.document_id) as documents,
  count(distinct mentions.passage_id) as passages
from entities
join mentions on mentions.entity_id = entities.id
join passages on passages.id = mentions.passage_id
where entities.kind = 'organisation'
group by entities.id
order by documents desc, passages desc, organisation
""",
    ),
    "initiatives_and_goals": Query(
        "Initiatives and their goals",
        "Each initiative with the goals of the passages that name it, accepted or still waiting for review.",
        f"""
{CALLS}
select
  entities.id as entity_id,
  entities.name as initiative,
  {GOAL} as goal,
  count(distinct calls.passage_id) filter (where state = 'accepted') as accepted,
  count(distinct calls.passage_id) filter (where state = 'waiting') as waiting,
  count(distinct passages.document_id) as documents
from entities
join mentions on mentions.entity_id = entities.id
join passages on passages.id = mentions.passage_id
left join calls on calls.passage_id = mentions.passage_id and calls.state <> 'rejected'
left join goals on goals.id = calls.goal_id
where entities.kind = 'initiative'
group by entities.id, goals.id
order by initiative, accepted desc, waiting desc
""",
    ),
    "figures_by_unit": Query(
        "Figures by unit",
        "Numbers that the documents give, the largest of each unit first. "
        "Give a unit (£, %) to see that one only; counts have none.",
        f"""
select
  coalesce(nullif(figures.unit, ''), '(count)') as unit,
  figures.value,
  figures.what,
  figures.period,
  passages.text,
  passages.document_id,
  {DOCUMENT} as document,
  figures.passage_id
from figures
join passages on passages.id = figures.passage_id
join documents on documents.id = passages.document_id
where :unit = ''
  or figures.unit = :unit
order by figures.unit, figures.value desc
""",
    ),
    "search_passages": Query(
        "Search passages",
        "Passages with all of the words, best match first; word endings are ignored. "
        'Put a phrase in "quotation marks".',
        f"""
select
  passages.id as passage_id,
  passages.text,
  passages.heading,
  passages.kind,
  passages.goals,
  passages.document_id,
  {DOCUMENT} as document,
  documents.publisher,
  documents.published
from passages_fts
join passages on passages.rowid = passages_fts.rowid
join documents on documents.id = passages.document_id
where passages_fts match coalesce(nullif(escape_fts(:text), ''), '""')
order by passages_fts.rank
""",
    ),
    "readings_side_by_side": Query(
        "Readings side by side",
        "What each reader of a blind reading said of a proposal, beside what goalmap proposes and what is on record. "
        "Told only once all readers have answered. Give a reading's id to see that one only.",
        f"""
with recursive places (id, place) as (
  select passage_id, passage_id from reading_slots
  union
  select places.id, passages.replaced_by
  from places
  join passages on passages.id = places.place
  where passages.replaced_by is not null
),
said as (
  select
    answers.reading_id,
    slots.passage_id,
    slots.goal_id,
    answers.reviewer,
    answers.reviewer || ': ' || answers.verdict
      || iif(answers.verdict = 'changed', ' to ' || given.code, '')
      || iif(answers.verdict = 'rejected', '', coalesce(', ' || answers.stage, ''))
      || iif(answers.best_practice and answers.verdict <> 'rejected', ', best practice', '')
      || coalesce(' (' || answers.note || ')', '')
      || ', ' || substr(answers.decided_at, 1, 10) as words,
    max(answers.id) as latest
  from reading_slots as slots
  join places on places.id = slots.passage_id
  join current_reading_answers as answers
    on answers.reading_id = slots.reading_id
    and answers.passage_id = places.place
    and answers.proposed_goal_id = slots.goal_id
  join goals as given on given.id = answers.goal_id
  group by slots.reading_id, slots.passage_id, slots.goal_id, answers.reviewer
)
select
  slots.reading_id,
  slots.position,
  passages.text,
  {GOAL} as proposed,
  proposals.score,
  proposals.stage as proposed_stage,
  (
    select group_concat(words, '; ')
    from (
      select words from said
      where said.reading_id = slots.reading_id
        and said.passage_id = slots.passage_id
        and said.goal_id = slots.goal_id
      order by reviewer
    )
  ) as answers,
  current_decisions.verdict as on_record,
  current_decisions.goal_id as goal_on_record,
  current_decisions.reviewer as decided_by,
  current_decisions.decided_at,
  passages.document_id,
  passages.id as passage_id
from readings
join reading_slots as slots on slots.reading_id = readings.id
join places on places.id = slots.passage_id
join passages on passages.id = places.place and passages.replaced_by is null
join goals on goals.id = slots.goal_id
left join proposals on proposals.passage_id = passages.id and proposals.goal_id = slots.goal_id
left join current_decisions
  on current_decisions.passage_id = passages.id
  and current_decisions.proposed_goal_id = slots.goal_id
where (:reading = '' or readings.id = :reading)
  and json_array_length(readings.readers) = (
    select count(*) from said
    where said.reading_id = slots.reading_id
      and said.passage_id = slots.passage_id
      and said.goal_id = slots.goal_id
  )
order by readings.created desc, slots.position
""",
    ),
    "not_read": Query(
        "What was not read, and why",
        "Files that could not be read, or only in part, with what to do about it.",
        """
select
  id as document_id,
  path,
  status,
  problem,
  media_type,
  pages,
  words
from documents
where status <> 'ok'
  or coalesce(problem, '') <> ''
order by status, path
""",
    ),
}

ASKED_OF = {
    "documents": ("not_read",),
    "passages": ("search_passages",),
    "entities": ("people_and_roles", "organisations", "initiatives_and_goals"),
    "roles": ("people_and_roles",),
    "quotations": ("quotations_by_person",),
    "figures": ("figures_by_unit",),
    "goals": ("activities_by_goal", "activities_told", "goals_without_evidence"),
    "activities": ("activities_told", "activities_by_goal"),
    "proposals": ("waiting_for_review", "activities_by_goal"),
    "decisions": ("waiting_for_review", "activities_by_goal"),
    "readings": ("readings_side_by_side",),
    "reading_answers": ("readings_side_by_side",),
}
"""The questions that are asked of each table."""
