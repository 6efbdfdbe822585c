"""From a request to the page of a person, organisation or initiative, to a list of them, and to a repair."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from datasette import Forbidden, Response

from goalmap.store.browse.datasette_compat import written
from goalmap.store.browse.entities.heirs import heirs
from goalmap.store.browse.entities.lists import KINDS, ORDERS, Asked, entity_list
from goalmap.store.browse.entities.pages import SIZES, entity_page
from goalmap.store.browse.entities.repair_rows import desk
from goalmap.store.browse.entities.repairs import ACTIONS, Preview, Repair, asked_repair, carry_out
from goalmap.store.browse.forms import HEADERS
from goalmap.store.browse.links import Links
from goalmap.store.browse.rendering import asked_database, asked_id, rendered
from goalmap.store.browse.sign_in import HELP
from goalmap.store.browse.writing import Refusal
from goalmap.store.entities.decisions import Done

LONGEST_QUESTION = 200


async def view_entity(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    id = asked_id(request)
    page = await db.execute_fn(partial(entity_page, id=id, asked=_asked_parts(request)))
    if page is None:
        return await _lead_on(datasette, request, db, id)
    same = (request.args.get("same") or "")[:LONGEST_QUESTION]
    may_repair = _may_repair(request, db)
    shown = await db.execute_fn(partial(desk, entity=page.entity, asked=same)) if may_repair else None
    context = {"page": page, "desk": shown, "done": _done(request, shown), "led": bool(request.args.get("from"))}
    return await rendered(datasette, request, db, "entity", headers=HEADERS, **context)


async def view_entities(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    name = request.url_vars["list"]
    page = await db.execute_fn(partial(entity_list, asked=_asked_list(request, KINDS[name])))
    return await rendered(datasette, request, db, "entities", page=page, name=name, lists=KINDS, orders=ORDERS)


async def view_repair(datasette: Any, request: Any) -> Any:
    """A form of an entity's page, posted: first what would change, then, confirmed, the change itself."""
    db = await asked_database(datasette, request)
    id = asked_id(request)
    if request.method != "POST":
        return Response.redirect(Links(datasette, db.name).entity(id))
    if not _may_repair(request, db):
        raise Forbidden(HELP if request.actor is None else "This database is open for reading only.")
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise Forbidden("This form was sent by another website. Nothing was done.")
    repair = asked_repair(id, await request.post_body())
    if isinstance(repair, Repair):
        found = await written(db, partial(carry_out, repair=repair, reviewer=_reviewer(request)))
        return await _answer(datasette, request, db, repair, found)
    return await _refused(datasette, request, db, repair)


async def _answer(datasette: Any, request: Any, db: Any, repair: Repair, found: Done | Refusal) -> Any:
    if isinstance(found, Refusal):
        return await _refused(datasette, request, db, found)
    if found.dry_run:
        return await rendered(
            datasette,
            request,
            db,
            "repair",
            headers=HEADERS,
            id=repair.id,
            repair=repair,
            action=ACTIONS[repair.action],
            change=Preview.of(found),
        )
    return Response.redirect(f"{Links(datasette, db.name).entity(_successor(repair.id, found))}?done={found.batch}")


async def _refused(datasette: Any, request: Any, db: Any, refusal: Refusal) -> Any:
    return await rendered(
        datasette, request, db, "refused", status=refusal.status, id=asked_id(request), refusal=refusal
    )


async def _lead_on(datasette: Any, request: Any, db: Any, id: str) -> Any:
    """To the entity that has the names of one that is gone; where there are several, to a choice."""
    found = await db.execute_fn(partial(heirs, id=id))
    if len(found) == 1:
        return Response.redirect(f"{Links(datasette, db.name).entity(found[0]['id'])}?from={id}")
    return await rendered(datasette, request, db, "gone", status=300 if found else 404, heirs=found)


def _successor(id: str, done: Done) -> str:
    """The entity to show after a change: the same if it is still there, else the one that has most of its mentions."""
    after = sorted(done.after, key=lambda state: (state.id != id, -state.mentions))
    return after[0].id if after else id


def _may_repair(request: Any, db: Any) -> bool:
    """Whoever is signed in and may see the database may repair it, where it is open for writing."""
    return request.actor is not None and db.is_mutable


def _reviewer(request: Any) -> str:
    return str(request.actor.get("id") or request.actor.get("name") or "")


def _done(request: Any, shown: Any) -> Any:
    """The decision that the user has just made, if this entity has it."""
    batch = request.args.get("done")
    return next((made for made in shown.history if made.batch == batch), None) if shown and batch else None


def _asked_parts(request: Any) -> Mapping[str, int]:
    return {name: _number(request.args.get(name)) for name in SIZES}


def _asked_list(request: Any, kind: str) -> Asked:
    order = request.args.get("sort") or ""
    letter = (request.args.get("letter") or "").upper()
    return Asked(
        kind=kind,
        order=order if order in ORDERS else next(iter(ORDERS)),
        text=(request.args.get("q") or "").strip()[:LONGEST_QUESTION],
        letter=letter if re.fullmatch("[A-Z#]", letter) else "",
        number=_number(request.args.get("part")),
    )


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else 1
