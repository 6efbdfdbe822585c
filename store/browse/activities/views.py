"""From a request to the list of activities, to the page of one, and to its repair."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from datasette import Forbidden, NotFound, Response
from sqlite_utils import Database

from goalmap.classify.activities.editing import REGIONS
from goalmap.classify.activities.model import STAGES_FURTHEST_FIRST
from goalmap.store.activities.decisions import Done
from goalmap.store.activities.lookup import heirs_of
from goalmap.store.browse.activities.fresh import brought_up_to_date
from goalmap.store.browse.activities.pages import LONGEST_WORD, STAGES_ASKED, activity_list, activity_page, asked_list
from goalmap.store.browse.activities.repairs import (
    ACTIONS,
    READING,
    Preview,
    Repair,
    asked_repair,
    carry_out,
    tried,
)
from goalmap.store.browse.datasette_compat import plain_rows, written
from goalmap.store.browse.forms import HEADERS
from goalmap.store.browse.links import Links
from goalmap.store.browse.rendering import asked_database, asked_id, rendered
from goalmap.store.browse.sign_in import HELP
from goalmap.store.browse.writing import Refusal

LABELS = {
    "title": "Title",
    "owner": "Who does it",
    "partners": "With",
    "beneficiaries": "For whom",
    "place": "Where",
    "region": "Region",
    "period": "When",
    "outcome": "What it led to",
    "stage": "Stage",
    "best_practice": "Best practice",
}
"""What the fields are called that a person may write."""
CHOICES = {"region": ("", *REGIONS), "stage": ("", *STAGES_FURTHEST_FIRST), "best_practice": ("no", "yes")}
"""Fields of which one of several words is chosen."""
SEVERAL = frozenset({"partners", "beneficiaries", "place"})
"""Fields that may hold several, parted by semicolons."""


async def view_activities(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    is_fresh = await brought_up_to_date(datasette, db)
    asked = asked_list({name: request.args.get(name) for name in request.args})
    page = await db.execute_fn(partial(activity_list, asked=asked))
    return await rendered(datasette, request, db, "activities", page=page, is_fresh=is_fresh, stages=STAGES_ASKED)


async def view_activity(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    id = asked_id(request)
    batch = request.args.get("done")
    is_fresh = await brought_up_to_date(datasette, db, has_decided=bool(batch))
    words = (request.args.get("same") or "").strip()[:LONGEST_WORD]
    page = await db.execute_fn(partial(activity_page, id=id, asked=words, may_repair=_may_repair(request, db)))
    if page is None:
        return await _lead_on(datasette, db, id)
    return await rendered(
        datasette,
        request,
        db,
        "activity",
        headers=HEADERS,
        page=page,
        is_fresh=is_fresh,
        done=next((one for one in page.history if one.batch == batch), None) if batch else None,
        led=bool(request.args.get("from")),
        **FORM,
    )


FORM: dict[str, Any] = {"labels": LABELS, "choices": CHOICES, "several": SEVERAL}


async def view_activity_repair(datasette: Any, request: Any) -> Any:
    """A form of an activity's page, posted: first what would change, then, confirmed, the change itself."""
    db = await asked_database(datasette, request)
    id = asked_id(request)
    if request.method != "POST":
        return Response.redirect(Links(datasette, db.name).activity(id))
    if not _may_repair(request, db):
        raise Forbidden(HELP if request.actor is None else "This database is open for reading only.")
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise Forbidden("This form was sent by another website. Nothing was done.")
    repair = asked_repair(id, await request.post_body())
    found = await _done(db, repair, _reviewer(request)) if isinstance(repair, Repair) else repair
    if isinstance(repair, Repair) and isinstance(found, Done):
        return await _answer(datasette, request, db, repair, found)
    return await rendered(
        datasette,
        request,
        db,
        "refused",
        status=found.status if isinstance(found, Refusal) else 400,
        refusal=found,
        back=f"{Links(datasette, db.name).activity(id)}#repair",
        table="activities",
    )


async def _done(db: Any, repair: Repair, reviewer: str) -> Done | Refusal:
    """A trial that only reads keeps nobody from writing."""
    if repair.confirmed:
        done: Done | Refusal = await written(db, partial(carry_out, repair=repair, reviewer=reviewer))
    elif repair.action in READING:
        done = await db.execute_fn(partial(tried, repair=repair, reviewer=reviewer))
    else:
        done = await written(db, partial(tried, repair=repair, reviewer=reviewer))
    return done


async def _answer(datasette: Any, request: Any, db: Any, repair: Repair, done: Done) -> Any:
    if not done.dry_run:
        kept = _successor(repair.id, done)
        return Response.redirect(Links(datasette, db.name).activity(kept, done=done.batch))
    return await rendered(
        datasette,
        request,
        db,
        "activity_repair",
        headers=HEADERS,
        id=repair.id,
        repair=repair,
        action=ACTIONS[repair.action],
        change=Preview.of(done),
        **FORM,
    )


async def _lead_on(datasette: Any, db: Any, id: str) -> Any:
    """To the activity that has the passage now by which one that is gone went."""

    def find(conn: Any) -> list[str]:
        with plain_rows(conn):
            return heirs_of(Database(conn), id)

    heirs = await db.execute_fn(find)
    if heirs:
        return Response.redirect(Links(datasette, db.name).activity(heirs[0], **{"from": id}))
    raise NotFound("There is no activity of that id in this database; its passages may have been rejected.")


def _successor(id: str, done: Done) -> str:
    """The activity to show after a change: the same if it is still there, else the one that is told of most."""
    after = sorted(done.after, key=lambda state: (state.id != id, -state.citations))
    return after[0].id if after else id


def _may_repair(request: Any, db: Any) -> bool:
    """Whoever is signed in and may see the database may repair it, where it is open for writing."""
    return request.actor is not None and bool(db.is_mutable)


def _reviewer(request: Any) -> str:
    return str(request.actor.get("id") or request.actor.get("name") or "")


ACTIVITY_VIEWS: dict[str, Callable[[Any, Any], Awaitable[Any]]] = {
    "activities": view_activities,
    "activity": view_activity,
    "activity_repair": view_activity_repair,
}
