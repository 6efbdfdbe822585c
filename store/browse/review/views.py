"""From a request to the page on which passages are reviewed, and from its forms to decisions."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from datasette import Forbidden, NotFound, Response

from goalmap.store.browse.adding.access import NAMELESS, OTHER_SITE, OURS, name_of
from goalmap.store.browse.datasette_compat import written
from goalmap.store.browse.forms import HEADERS
from goalmap.store.browse.links import Links
from goalmap.store.browse.rendering import asked_database, rendered
from goalmap.store.browse.review.leases import Leases
from goalmap.store.browse.review.pages import (
    ReviewPage,
    asked_of,
    frame,
    ledger_of,
    next_of_sample,
    next_places,
    review_page,
    words_of,
)
from goalmap.store.browse.review.posts import GONE, Outcome, Posted, Sampled, carry_out, posted
from goalmap.store.browse.review.words import told
from goalmap.store.browse.sign_in import HELP
from goalmap.store.browse.writing import Refusal
from goalmap.store.decisions import STAGES
from goalmap.store.ledgers import Ledger
from goalmap.store.review.deciding import Done, Stale
from goalmap.store.review.waiting import ORDERS, Asked, Place

FRAGMENT = "x-goalmap-fragment"
"""The header by which our script asks for the passage alone, without the page around it."""
LONGEST_WORD = 300
READ_ONLY = "This database is open for reading only."

NOT_A_READER = "You are not one of those who read this, or there is no such reading."

_LEASES = Leases()


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the page: what they ask for, who they are where they may decide, and where their answers go."""

    datasette: Any
    request: Any
    db: Any
    asked: Asked
    reviewer: str
    ledger: Ledger

    @property
    def links(self) -> Links:
        return Links(self.datasette, self.db.name)

    @property
    def wants_fragment(self) -> bool:
        return FRAGMENT in self.request.headers


async def view_review(datasette: Any, request: Any) -> Any:
    """The next passage that waits, or the one that is asked for; a form of it, posted."""
    words = {name: (request.args.get(name) or "")[:LONGEST_WORD] for name in request.args}
    visit = await _visit(datasette, request, words)
    if request.method == "POST":
        return await _posted(visit)
    return await _rendered(visit, await _page(visit, await _asked_place(visit, words)))


async def _asked_place(visit: Visit, words: dict[str, str]) -> Place | None:
    """The passage that an address names, else the next one."""
    passage, after, under = (words.get(name, "") for name in ("passage", "after", "under"))
    if passage:
        return Place(passage, under, words.get("audit", ""))
    return await _next(visit, Place(after, under) if after else None)


async def _visit(datasette: Any, request: Any, words: dict[str, str]) -> Visit:
    """Raises Forbidden or NotFound where somebody may not see the page, or the reading that they ask for."""
    db = await asked_database(datasette, request)
    asked = await db.execute_fn(partial(asked_of, words=words))
    reviewer = name_of(request) if request.actor is not None and db.is_mutable else ""
    ledger = await db.execute_fn(partial(ledger_of, id=asked.reading, person=reviewer))
    if ledger is None:
        raise NotFound(NOT_A_READER)
    return Visit(datasette, request, db, asked, reviewer, ledger)


async def _posted(visit: Visit) -> Any:
    _check_may_decide(visit)
    form = posted(await visit.request.post_body())
    change = partial(carry_out, form=form, asked=visit.asked, reviewer=visit.reviewer, ledger=visit.ledger)
    outcome: Outcome = await written(visit.db, change)
    page = await _page(visit, await _place_after(visit, form, outcome))
    return await _answered(visit, page, outcome)


def _check_may_decide(visit: Visit) -> None:
    """Raises Forbidden or NotFound."""
    if visit.request.actor is None:
        raise Forbidden(HELP)
    if not visit.reviewer:
        raise NotFound(READ_ONLY) if not visit.db.is_mutable else Forbidden(NAMELESS)
    if visit.request.headers.get("sec-fetch-site") not in OURS:
        raise Forbidden(OTHER_SITE)


async def _place_after(visit: Visit, form: Posted, outcome: Outcome) -> Place | None:
    """The same passage as long as something of it waits, else the next one; now and then one of the random sample."""
    if outcome is GONE:
        return await _next(visit, form.place)
    if not isinstance(outcome, Done | Sampled) or (isinstance(outcome, Done) and (form.stays or outcome.waiting)):
        return form.place
    _LEASES.release((visit.db.name, visit.asked.framework, form.passage))
    return await _sampled(visit) or await _next(visit, form.place)


async def _sampled(visit: Visit) -> Place | None:
    asked = visit.asked
    if asked.reading or not _LEASES.is_turn_of_sample(visit.db.name, asked.framework, visit.reviewer):
        return None
    return _free(visit, await visit.db.execute_fn(partial(next_of_sample, asked=asked)))


async def _next(visit: Visit, after: Place | None) -> Place | None:
    wanted = partial(next_places, asked=visit.asked, ledger=visit.ledger, after=after)
    return _free(visit, await visit.db.execute_fn(wanted))


def _free(visit: Visit, places: list[Place]) -> Place | None:
    """The first that nobody else has before them; in a blind reading everybody reads everything."""
    if visit.asked.reading:
        return next(iter(places), None)
    place = _LEASES.first_free(visit.db.name, visit.asked.framework, places, visit.reviewer)
    if visit.reviewer and place:
        _LEASES.hold((visit.db.name, visit.asked.framework, place.passage), visit.reviewer)
    return place


async def _page(visit: Visit, place: Place | None) -> ReviewPage:
    address, ledger = visit.links.entity, visit.ledger
    wanted = partial(
        review_page, asked=visit.asked, place=place, ledger=ledger, reviewer=visit.reviewer, address=address
    )
    page: ReviewPage = await visit.db.execute_fn(wanted)
    if visit.reviewer and page.place and not visit.asked.reading:
        _LEASES.hold((visit.db.name, visit.asked.framework, page.place.passage), visit.reviewer)
    return page


async def _answered(visit: Visit, page: ReviewPage, outcome: Outcome) -> Any:
    """What our script shows in place; for a browser without scripts the way to the next passage."""
    said = told(outcome, page.goals, page.progress, page.item)
    status = outcome.status if isinstance(outcome, Refusal) else 409 if isinstance(outcome, Stale) else 200
    if status == 200 and not visit.wants_fragment:
        visit.datasette.add_message(visit.request, said)
        return Response.redirect(address_of(visit, page), status=303)
    return await _rendered(visit, page, said, status)


async def _rendered(visit: Visit, page: ReviewPage, said: str = "", status: int = 200) -> Any:
    wanted = partial(frame, asked=page.asked, reviewer=visit.reviewer)
    around = {} if visit.wants_fragment else {"frame": await visit.db.execute_fn(wanted), "orders": ORDERS}
    return await rendered(
        visit.datasette,
        visit.request,
        visit.db,
        "review_item" if visit.wants_fragment else "review",
        status=status,
        headers=HEADERS,
        page=page,
        may_decide=bool(visit.reviewer),
        said=said,
        failed=status != 200,
        here=address_of(visit, page),
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
        "reading": asked.reading,
    }


def address_of(visit: Visit, page: ReviewPage) -> str:
    """Where the page can be seen again."""
    place = page.place or Place("")
    return visit.links.review(**filters_of(page.asked), passage=place.passage, under=page.under, audit=place.audit)
