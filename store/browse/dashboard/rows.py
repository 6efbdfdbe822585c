"""The rows of which the dashboard is drawn."""

import json
import sqlite3
from dataclasses import dataclass

from goalmap.store.activities.refresh import DERIVED
from goalmap.store.browse.page_rows import Row, row, rows
from goalmap.store.browse.questions import GOAL, QUERIES

ORGANISATIONS_TO_CHOOSE = 300
FIGURES_READ = 20_000
REVIEWED, PROPOSED = "reviewed", "proposed"
STATUSES = (REVIEWED, PROPOSED)

SHOWN = "framework_id = :framework and status = :status and (:organisation = '' or owner = :organisation)"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: activities of a framework, decided or proposed, of one organisation or of all."""

    framework: str = ""
    status: str = ""
    organisation: str = ""
    """Its name; some activities name their owner without its id."""
    part: int = 1

    @property
    def values(self) -> dict[str, str]:
        return {"framework": self.framework, "status": self.status, "organisation": self.organisation}


def made_at(conn: sqlite3.Connection) -> str | None:
    """When the tables of activities were brought up to date last."""
    found = row(conn, "select made_at from derived where name = :name", name=DERIVED)
    return found["made_at"] if found else None


def frameworks(conn: sqlite3.Connection) -> list[Row]:
    return rows(conn, "select id, name from frameworks order by name, id")


def counts_by_status(conn: sqlite3.Connection, framework: str) -> dict[str, int]:
    sql = "select status, count(*) as many from activities where framework_id = :framework group by status"
    return {found["status"]: found["many"] for found in rows(conn, sql, framework=framework)}


def goals(conn: sqlite3.Connection, framework: str) -> list[Row]:
    sql = f"select id, code, {GOAL} as goal from goals where framework_id = :framework order by position, code"
    return rows(conn, sql, framework=framework)


def organisations(conn: sqlite3.Connection, asked: Asked) -> list[Row]:
    """The organisations that own most activities, and the one that was asked for, by name."""
    sql = """
        select owner as name, max(owner_id) as id from activities
        where framework_id = :framework and owner is not null
        group by owner order by owner = :organisation or max(owner_id) = :organisation desc, count(*) desc, 1 limit :most
    """
    values = {"framework": asked.framework, "organisation": asked.organisation, "most": ORGANISATIONS_TO_CHOOSE}
    return sorted(rows(conn, sql, **values), key=lambda found: (str(found["name"]).casefold(), found["name"]))


def owned(conn: sqlite3.Connection, asked: Asked) -> int:
    """How many organisations own an activity that is shown."""
    sql = f"select count(distinct owner) as many from activities where {SHOWN}"
    return int(rows(conn, sql, **asked.values)[0]["many"])


def unowned(conn: sqlite3.Connection, asked: Asked) -> int:
    """How many activities that are shown belong to no organisation that is known."""
    sql = f"select count(*) as many from activities where {SHOWN} and owner is null"
    return int(rows(conn, sql, **asked.values)[0]["many"])


def by_goal_and_stage(conn: sqlite3.Connection, asked: Asked) -> dict[tuple[str, str], int]:
    """How many activities serve each goal, by their stage; one that serves two goals counts under each."""
    sql = f"""
        select goal.value as code, coalesce(stage, '') as stage, count(*) as many
        from activities, json_each(activities.goals) as goal where {SHOWN} group by 1, 2
    """
    return {(found["code"], found["stage"]): found["many"] for found in rows(conn, sql, **asked.values)}


def most_active(conn: sqlite3.Connection, asked: Asked, first: int, most: int) -> list[Row]:
    """The organisations with most activities, with how many serve each goal as JSON."""
    sql = f"""
        with active as (
          select owner as name, max(owner_id) as id, count(*) as many from activities where {SHOWN} and owner is not null
          group by owner order by 3 desc, 1 limit :most offset :first
        ),
        served as (
          select active.name, goal.value as code, count(*) as many
          from active join activities on activities.owner = active.name, json_each(activities.goals) as goal
          where {SHOWN} group by 1, 2
        )
        select active.*, (select json_group_object(code, many) from served where served.name = active.name) as goals
        from active order by many desc, name
    """
    return rows(conn, sql, **asked.values, first=first, most=most)


def by_state(conn: sqlite3.Connection, framework: str) -> list[Row]:
    """How many proposals of each goal were accepted, wait, and were rejected."""
    found = rows(conn, QUERIES["activities_by_goal"].sql)
    return [goal for goal in found if goal["goal_id"].rpartition("/")[0] == framework]


def figures_of_many_times(conn: sqlite3.Connection, asked: Asked) -> list[Row]:
    """Activities with figures that are told at two times or more."""
    sql = f"""
        select id, title, owner, figures from activities
        where {SHOWN} and figures like '%"as_of": "%"as_of": "%' order by passages desc, id limit :most
    """
    return rows(conn, sql, **asked.values, most=FIGURES_READ)


def ties(conn: sqlite3.Connection) -> list[Row]:
    """Who is tied to what, each tie with the passage that tells it latest; former where nothing says that it lasts."""
    sql = """
        with told as (
          select person_id as source, organisation_id as target, title as label, former, as_of, passage_id from roles
          where organisation_id is not null
          union all
          select member_id, organisation_id, kind, until is not null and until < date('now'), as_of, passage_id
          from memberships
        )
        select source, target, label, sum(not former) = 0 as former, max(coalesce(as_of, '')) as as_of, passage_id
        from told where source <> target group by source, target, label order by source, target, label
    """
    return rows(conn, sql)


def entity_named(conn: sqlite3.Connection, name: str) -> str:
    """The organisation of a name; the name itself where there is none, since nothing is tied to it then."""
    sql = "select min(id) as id from entities where kind = 'organisation' and name = :name"
    return (rows(conn, sql, name=name)[0]["id"] or name) if name else ""


def named(conn: sqlite3.Connection, ids: list[str]) -> dict[str, Row]:
    sql = "select id, name, kind from entities where id in (select value from json_each(:ids))"
    return {found["id"]: found for found in rows(conn, sql, ids=json.dumps(ids))}
