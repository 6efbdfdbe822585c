"""From a request to the pages on which many proposals are decided on at once, and from their forms to decisions."""

import secrets
from functools import partial
from typing import Any

from datasette import NotFound, Response

from goalmap.store.browse.adding.access import asked_for_writing, name_of
from goalmap.store.browse.bulk.pages import (
    ACTIONS,
    CHANGED,
    LONGEST_WORD,
    NAMES_SHOWN,
    Listed,
    Posted,
    batch_page,
    batches_page,
    carry_out,
    list_page,
    listed_of,
    posted,
    preview_page,
    take_back,
    wanted_by,
)
from goalmap.store.browse.bulk.remembered import Remembered
from goalmap.store.browse.datasette_compat import written
from goalmap.store.browse.forms import HEADERS
from goalmap.store.browse.links import Links
from goalmap.store.browse.rendering import asked_database, asked_id, rendered
from goalmap.store.browse.writing import Refusal
from goalmap.store.decisions import STAGES
from goalmap.store.ids import stable_id
from goalmap.store.review.bulk import LARGEST, ORDERS, Found, Wanted
from goalmap.store.review.bulk_decisions import Agreed, Written

DONE = {"accepted": "Accepted", "rejected": "Rejected"}

_PREVIEWS: Remembered[tuple[Found, ...]] = Remembered(12)
"""What was shown in the latest previews."""
_WRITTEN: Remembered[Written] = Remembered(100)
"""What was left alone by the latest decisions."""


async def view_bulk_list(datasette: Any, request: Any) -> Any:
    """The list of what waits, under some filters."""
    db = await asked_database(datasette, request)
    words = {name: (request.args.get(name) or "")[:LONGEST_WORD] for name in request.args}
    return await _list(datasette, request, db, await db.execute_fn(partial(listed_of, words=words)))


async def _list(datasette: Any, request: Any, db: Any, listed: Listed, refusal: Refusal | None = None) -> Any:
    return await rendered(
        datasette,
        request,
        db,
        "bulk_list",
        status=refusal.status if refusal else 200,
        headers=HEADERS,
        page=await db.execute_fn(partial(list_page, listed=listed)),
        may_decide=request.actor is not None and bool(db.is_mutable),
        refusal=refusal,
        orders=ORDERS,
        stages=STAGES,
        largest=LARGEST,
    )


async def view_bulk_preview(datasette: Any, request: Any) -> Any:
    """A form of the list, posted: first what would change, then, confirmed, the change itself."""
    if request.method != "POST":
        db = await asked_database(datasette, request)
        return Response.redirect(Links(datasette, db.name).bulk())
    db = await asked_for_writing(datasette, request, "POST")
    form = posted(await request.post_body())
    listed = await db.execute_fn(partial(listed_of, words=form.words))
    wanted = wanted_by(form, listed)
    if isinstance(wanted, Refusal):
        return await _list(datasette, request, db, listed, wanted)
    if form.is_confirmed:
        return await _confirmed(datasette, request, db, form, listed, wanted)
    return await _preview(datasette, request, db, form, listed, wanted)


async def _preview(
    datasette: Any, request: Any, db: Any, form: Posted, listed: Listed, wanted: Wanted, refusal: Refusal | None = None
) -> Any:
    page = await db.execute_fn(partial(preview_page, wanted=wanted, seen=form.seen))
    if isinstance(page, Refusal):
        return await _list(datasette, request, db, listed, page)
    key = secrets.token_hex(16)
    _PREVIEWS.keep(key, page.found)
    return await rendered(
        datasette,
        request,
        db,
        "bulk_preview",
        status=refusal.status if refusal else 200,
        headers=HEADERS,
        page=page,
        form=form,
        listed=listed,
        action=ACTIONS[form.do],
        fields=[*form.fields, ("key", key), ("fingerprint", page.fingerprint)],
        reviewer=name_of(request),
        refusal=refusal,
        names_shown=NAMES_SHOWN,
    )


async def _confirmed(datasette: Any, request: Any, db: Any, form: Posted, listed: Listed, wanted: Wanted) -> Any:
    agreed = Agreed(stable_id("b", form.key), wanted, form.said, form.fingerprint, _PREVIEWS.get(form.key))
    done = await written(db, partial(carry_out, agreed=agreed, reviewer=name_of(request)))
    if done is CHANGED:
        return await _preview(datasette, request, db, form, listed, wanted, done)
    if isinstance(done, Refusal):
        return await _list(datasette, request, db, listed, done)
    if not done.decisions:
        return await _list(datasette, request, db, listed, _nothing_left(done))
    if done.left_alone:
        _WRITTEN.keep(done.batch, done)
    return Response.redirect(Links(datasette, db.name).bulk_decision(done.batch), status=303)


def _nothing_left(done: Written) -> Refusal:
    """Why nothing was written of what was agreed to."""
    who = sorted({row["reviewer"] for row in done.decided if row["reviewer"]})
    by = f" by {', '.join(who)}" if who else ""
    counted = {f"decided on{by}": len(done.decided), "proposed otherwise": len(done.changed), "taken out": done.gone}
    told = ", ".join(f"{number:,} {what}" for what, number in counted.items() if number)
    return Refusal(f"Nothing was written, since all that you were shown has changed meanwhile: {told}.", 409)


async def view_bulk_decisions(datasette: Any, request: Any) -> Any:
    """The decisions on many that were made."""
    db = await asked_database(datasette, request)
    batches = await db.execute_fn(batches_page)
    return await rendered(datasette, request, db, "bulk_batches", batches=batches, done=DONE)


async def view_bulk_decision(datasette: Any, request: Any) -> Any:
    """What was decided at once, as it stands now; posted, it is taken back."""
    if request.method == "POST":
        return await _taken_back(datasette, request)
    db = await asked_database(datasette, request)
    return await _decision(datasette, request, db)


async def _taken_back(datasette: Any, request: Any) -> Any:
    db = await asked_for_writing(datasette, request, "POST")
    id = asked_id(request)
    if await db.execute_fn(partial(batch_page, id=id)) is None:
        raise NotFound("There are no decisions of that id in this database.")
    done = await written(db, partial(take_back, id=id, reviewer=name_of(request)))
    if isinstance(done, Refusal):
        return await _decision(datasette, request, db, done)
    return Response.redirect(Links(datasette, db.name).bulk_decision(id), status=303)


async def _decision(datasette: Any, request: Any, db: Any, refusal: Refusal | None = None) -> Any:
    found = await db.execute_fn(partial(batch_page, id=asked_id(request)))
    if found is None:
        raise NotFound("There are no decisions of that id in this database.")
    batch, goals = found
    return await rendered(
        datasette,
        request,
        db,
        "bulk_done",
        status=refusal.status if refusal else 200,
        headers=HEADERS,
        batch=batch,
        goals=goals,
        written=_WRITTEN.get(batch.id),
        may_decide=request.actor is not None and bool(db.is_mutable),
        refusal=refusal,
        done=DONE,
        names_shown=NAMES_SHOWN,
    )
