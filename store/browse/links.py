"""Addresses of our pages, of Datasette's, and of our stylesheet."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

STYLE = Path(__file__).parent / "static" / "goalmap.css"
PASSAGES_A_PAGE = 400


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses in one database."""

    datasette: Any
    database: str

    def overview(self) -> str:
        return self._page("overview")

    def dashboard(self, **asked: object) -> str:
        """The same in pictures; `asked` is the framework, the organisation, and whether decided or proposed."""
        return self._page("dashboard") + _query(asked)

    def review(self, **asked: object) -> str:
        """The page on which passages are reviewed; `asked` is what to review, in what order, or one passage."""
        return self._page("review") + _query(asked)

    def asset(self, name: str) -> str:
        """A script or stylesheet that only some of our pages need."""
        from goalmap.store.browse.assets import asset_address

        return asset_address(self.datasette, name)

    def bulk(self, **asked: object) -> str:
        """The list of which many proposals are decided on at once; `asked` are its filters."""
        return self._page("review/list") + _query(asked)

    def bulk_preview(self) -> str:
        return self._page("review/list/preview")

    def bulk_decisions(self) -> str:
        return self._page("review/list/done")

    def bulk_decision(self, id: str) -> str:
        """What was decided at once; posted to, it is taken back."""
        return self._page(f"review/list/done/{_in_address(id)}")

    def add(self, step: str = "") -> str:
        """The page on which documents are added, or where its scripts and forms send: file, read, reading, stop."""
        return self._page(f"add/{step}" if step else "add")

    def queue(self, *steps: str) -> str:
        """The page of the queue as a file, or a step on the way out or back in."""
        return self._page("/".join(("queue", *steps)))

    def passage(self, id: str) -> str:
        return self._page(f"passage/{_in_address(id)}")

    def page_image(self, passage: str, page: int = 0, scale: int = 0) -> str:
        """A page that a passage stands on, as a picture: the first if none is asked for; `scale` 2 is twice as large."""
        return self._page(f"passage/{_in_address(passage)}/page.png") + _query({"page": page, "scale": scale})

    def original(self, document: str, page: int | None = None) -> str:
        """The file that a document was read from; a PDF viewer opens it at the page."""
        return self._page(f"document/{_in_address(document)}/original") + (f"#page={page}" if page else "")

    def document(self, id: str, position: int | None = None, passage: str = "") -> str:
        part = (position or 0) // PASSAGES_A_PAGE + 1
        base = self._page(f"document/{_in_address(id)}")
        return base + (f"?part={part}" if part > 1 else "") + (f"#{_in_address(passage)}" if passage else "")

    def entity(self, id: str, **asked: object) -> str:
        """The page of a person, organisation or initiative; `asked` is the part of one of its lists, or a search."""
        return self._page(f"entity/{_in_address(id)}") + _query(asked)

    def repair(self, id: str) -> str:
        return self._page(f"entity/{_in_address(id)}/repair")

    def entities(self, name: str, **asked: object) -> str:
        """The list of people, organisations or initiatives."""
        return self._page(name) + _query(asked)

    def activities(self, **asked: object) -> str:
        """The list of activities; `asked` are its filters: framework, goal, status, stage, owner, organisation, words."""
        return self._page("activities") + _query(asked)

    def activity(self, id: str, **asked: object) -> str:
        """The page of an activity; `asked` is what the user looks for to put it together with."""
        return self._page(f"activity/{_in_address(id)}") + _query(asked)

    def activity_repair(self, id: str) -> str:
        return self._page(f"activity/{_in_address(id)}/repair")

    def row(self, table: str, id: str) -> str:
        return str(self.datasette.urls.row(self.database, table, _in_address(str(id))))

    def table(self, table: str, **filters: str) -> str:
        query = urlencode({f"{column}__exact": value for column, value in filters.items()})
        return f"{self.datasette.urls.table(self.database, table)}?{query}"

    def query(self, name: str) -> str:
        return str(self.datasette.urls.query(self.database, name))

    def _page(self, page: str) -> str:
        return f"{self.datasette.urls.database(self.database)}/-/{page}"


def style_address(datasette: Any) -> str:
    """Our stylesheet with its fingerprint, so that a browser asks again when it has changed."""
    fingerprint = hashlib.sha256(STYLE.read_bytes()).hexdigest()[:8]
    return f"{datasette.urls.static_plugins('goalmap', 'goalmap.css')}?{fingerprint}"


def _query(asked: dict[str, object]) -> str:
    told = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(told)}" if told else ""


def _in_address(text: str) -> str:
    from datasette.utils import tilde_encode

    return str(tilde_encode(text))
