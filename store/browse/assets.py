"""Scripts and stylesheets that only some of our pages need."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from datasette import NotFound, Response

STATIC = Path(__file__).parent / "static"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
ASSETS = frozenset({"adding.js", "adding.css", "bulk.js", "review.js", "review.css"})


def asset_address(datasette: Any, name: str) -> str:
    """Where a file is served, with its fingerprint, so that a browser asks again when it has changed."""
    return f"{datasette.urls.static_plugins('goalmap', name)}?{_fingerprint(name)}"


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


async def view_asset(datasette: Any, request: Any) -> Any:
    name = request.url_vars["asset"]
    if name not in ASSETS:
        raise NotFound("There is no such file.")
    headers = {"cache-control": "max-age=86400", "x-content-type-options": "nosniff"}
    return Response((STATIC / name).read_text("utf-8"), content_type=TYPES[Path(name).suffix], headers=headers)
