"""From a request to the dashboard."""

import re
from functools import partial
from typing import Any

from datasette import NotFound

from goalmap.store.browse.activities.fresh import brought_up_to_date
from goalmap.store.browse.dashboard.pages import dashboard
from goalmap.store.browse.dashboard.rows import Asked
from goalmap.store.browse.links import Links
from goalmap.store.browse.rendering import asked_database, rendered

LONGEST = 200
TOO_OLD = "An earlier goalmap made this database. Open it once with goalmap serve, which brings it up to date."


async def view_dashboard(datasette: Any, request: Any) -> Any:
    db = await asked_database(datasette, request)
    if not await db.table_exists("derived"):
        raise NotFound(TOO_OLD)
    is_fresh = await brought_up_to_date(datasette, db)
    links = Links(datasette, db.name)
    page = await db.execute_fn(partial(dashboard, asked=_asked(request), links=links))
    return await rendered(datasette, request, db, "dashboard", page=page, is_fresh=is_fresh, is_mutable=db.is_mutable)


def _asked(request: Any) -> Asked:
    words = {name: (request.args.get(name) or "")[:LONGEST] for name in ("framework", "status", "organisation", "part")}
    part = words.pop("part")
    return Asked(**words, part=int(part) if re.fullmatch("[0-9]{1,6}", part) else 1)
