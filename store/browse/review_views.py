"""From a request to the page on which passages are reviewed, and from its forms to decisions."""

from functools import partial
from typing import Any

from datasette import Forbidden, NotFound, Response

from goalmap.store.browse.adding_access import OTHER_SITE, OURS, name_of
from goalmap.store.browse.datasette_compat import written
from goalmap.store.browse.leases import Leases
from goalmap.store.browse.links import Links
from goalmap.store.browse.rendering import asked_database, rendered
from goalmap.store.browse.repairs import Refusal
from goalmap.store.browse.review_pages import ReviewPage, asked_of, frame, next_places, review_page, words_of
from goalmap.store.browse.review_posts import GONE, Outcome, Posted, carry_out, posted
from goalmap.store.browse.review_words import told
from goalmap.store.browse.sign_in import HELP
from goalmap.store.decisions import STAGES
from goalmap.store.ledgers import Record
from goalmap.store.review.deciding import Done, Stale, Undone
from goalmap.store.review.waiting import ORDERS, Asked, Place

HEADERS = {"x-frame-options": "DENY", "referrer-policy": "same-origin", "cache-control": "no-store"}
FRAGMENT = "x-goalmap-fragment"
"""The header by which our script asks for the passage alone, without the page around it."""
LONGEST_WORD = 300
READ_ONLY = "This database is open for reading only."

_LEASES = Leases()


async def view_review(datasette: Any, request: Any) -> Any:
    """The next passage that waits, or the one that is asked for; a form of it, posted."""
    db = await asked_database(datasette, request)
    words = {name: (request.args.get(name) or "")[:LONGEST_WORD] for name in request.args}
    asked = await db.execute_fn(partial(asked_of, words=words))
    if request.method == "POST":
        return await _posted(datasette, request, db, asked)
    place = Place(words["passage"], words.get("under", "")) if words.get("passage") else None
    if place is None:
        after = Place(words["after"], words.get("under", "")) if words.get("after") else None
        place = await _next(db, asked, after, _reviewer(request, db))
    return await _shown(datasette, request, db, asked, place)


async def _posted(datasette: Any, request: Any, db: Any, asked: Asked) -> Any:
    _check_may_decide(request, db)
    form, reviewer = posted(await request.post_body()), name_of(request)
    outcome: Outcome = await written(db, partial(carry_out, form=form, asked=asked, reviewer=reviewer, ledger=Record()))
    place = await _place_after(db, asked, form, outcome, reviewer)
    page = await _page(datasette, request, db, asked, place)
    if form.action == "undo" or not isinstance(outcome, Done | Undone):
        return await _answered(datasette, request, db, page, outcome)
    return await _answered(datasette, request, db, await _on(datasette, request, db, page, form, reviewer), outcome)


def _check_may_decide(request: Any, db: Any) -> None:
    """Raises Forbidden or NotFound."""
    if request.actor is None:
        raise Forbidden(HELP)
    if not db.is_mutable:
        raise NotFound(READ_ONLY)
    if request.headers.get("sec-fetch-site") not in OURS:
        raise Forbidden(OTHER_SITE)


async def _place_after(db: Any, asked: Asked, form: Posted, outcome: Outcome, reviewer: str) -> Place | None:
    """The passage to show after a form: the same, unless it is gone."""
    return await _next(db, asked, form.place, reviewer) if outcome is GONE else form.place


async def _on(datasette: Any, request: Any, db: Any, page: ReviewPage, form: Posted, reviewer: str) -> ReviewPage:
    """The same passage as long as something of it waits, else the next one."""
    if form.stays or (page.item and page.item.waiting):
        return page
    _LEASES.release((db.name, page.asked.framework, form.passage))
    return await _page(datasette, request, db, page.asked, await _next(db, page.asked, form.place, reviewer))


async def _next(db: Any, asked: Asked, after: Place | None, reviewer: str) -> Place | None:
    found = await db.execute_fn(partial(next_places, asked=asked, after=after))
    return _LEASES.first_free(db.name, asked.framework, found, reviewer)


async def _page(datasette: Any, request: Any, db: Any, asked: Asked, place: Place | None) -> ReviewPage:
    reviewer = _reviewer(request, db)
    page: ReviewPage = await db.execute_fn(
        partial(
            review_page,
            asked=asked,
            place=place,
            ledger=Record(),
            reviewer=reviewer,
            address=Links(datasette, db.name).entity,
        )
    )
    if reviewer and page.place:
        _LEASES.hold((db.name, asked.framework, page.place.passage), reviewer)
    return page


async def _shown(datasette: Any, request: Any, db: Any, asked: Asked, place: Place | None) -> Any:
    page = await _page(datasette, request, db, asked, place)
    return await _rendered(datasette, request, db, page)


async def _answered(datasette: Any, request: Any, db: Any, page: ReviewPage, outcome: Outcome) -> Any:
    """What our script shows in place; for a browser without scripts the way to the next passage."""
    said = told(outcome, page.goals, page.progress, page.item)
    status = outcome.status if isinstance(outcome, Refusal) else 409 if isinstance(outcome, Stale) else 200
    if status == 200 and FRAGMENT not in request.headers:
        datasette.add_message(request, said)
        return Response.redirect(address_of(datasette, db, page), status=303)
    return await _rendered(datasette, request, db, page, said=said, status=status)


async def _rendered(datasette: Any, request: Any, db: Any, page: ReviewPage, said: str = "", status: int = 200) -> Any:
    alone = FRAGMENT in request.headers
    around = {} if alone else {"frame": await db.execute_fn(partial(frame, asked=page.asked)), "orders": ORDERS}
    return await rendered(
        datasette,
        request,
        db,
        "review_item" if alone else "review",
        status=status,
        headers=HEADERS,
        page=page,
        may_decide=_may_decide(request, db),
        said=said,
        failed=status != 200,
        here=address_of(datasette, db, page),
        filters=filters_of(page.asked),
        stages=STAGES,
        words_of=words_of,
        **around,
    )


def filters_of(asked: Asked) -> dict[str, str]:
    """What an address asks for, of whatever passage."""
    return {
        "framework": asked.framework,
        "goal": asked.goal,
        "publisher": asked.publisher,
        "document": asked.document,
        "order": asked.order if asked.order != next(iter(ORDERS)) else "",
    }


def address_of(datasette: Any, db: Any, page: ReviewPage) -> str:
    """Where the page can be seen again."""
    place = page.place or Place("")
    under = place.goal if page.asked.order == "goal" else ""
    return Links(datasette, db.name).review(**filters_of(page.asked), passage=place.passage, under=under)


def _may_decide(request: Any, db: Any) -> bool:
    return request.actor is not None and bool(db.is_mutable)


def _reviewer(request: Any, db: Any) -> str:
    return name_of(request) if _may_decide(request, db) else ""
