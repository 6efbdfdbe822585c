"""What a web page says of itself: title, publisher, date, language, from its head, its linked data and its foot."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goalmap.ingest import dates
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Metadata
from goalmap.ingest.names import is_organisation

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""

PUBLISHED = (
    "article:published_time", "og:article:published_time", "govuk:first-published-at", "datepublished", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "citation_publication_date",
    "parsely-pub-date", "publication_date", "publish-date", "pubdate", "date",
)  # fmt: skip
PUBLISHERS = (
    "govuk:primary-publishing-organisation", "og:site_name", "dc.publisher", "dcterms.publisher", "publisher",
    "citation_publisher",
)  # fmt: skip
SEPARATOR = re.compile(r"\s+(?:[|–—·»>:-]|::)\s+")
"""What stands between a page's name and its site's, as browsers' tabs show them."""
SECTION = re.compile(
    r"^(?:home(?: ?page)?|(?:our |latest |all )?(?:news|blogs?|stories|articles?|updates|events)(?: (?:archive|item|page|detail)s?)?|"
    r"newsroom|media(?: cent(?:re|er))?|press(?: (?:releases?|office))?|(?:media|news) releases?|index|welcome|website|untitled)$",
    re.I,
)
HOST = re.compile(
    r"^(?:https?://|www\.)|^\S+\.(?:uk|com|org|net|eu|info|example|nhs|gov|wales|scot|cymru)(?:/\S*)?$", re.I
)
PART_OF_ORGANISATION = re.compile(
    r"(?<!\s)\s+(?:[-–|]\s*)?(?:newsroom|news|website|web site|intranet|press office|media cent(?:re|er))$", re.I
)
COPYRIGHT = re.compile(
    r"(?:©|copyright)\s*(?:©\s*)?(?:\d{4}(?:[-–]\d{2,4})?\s*)?(?P<holder>[A-Z][^.|©]{2,80}?)"
    r"(?:\.|\||$|,|\s+All rights|\s+\d{4})",
    re.I,
)
NO_HOLDER = re.compile(r"^(?:crown copyright|all rights|notice|statement|policy|and )", re.I)
UPDATED = re.compile(r"updat|modif|review|revis", re.I)
HEADINGS = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page speaks of itself."""

    root: Element
    tags: Mapping[str, str]
    linked: Sequence[Mapping[str, Any]]
    """Its JSON-LD objects."""
    tab: str
    headings: tuple[str, ...]
    """Its main headings; where it has none, those below that its tab names."""


def metadata_of(root: Element) -> Metadata:
    """The metadata of a parsed page."""
    tab = next((clean("".join(title.itertext())) for title in root.iter("title")), "")
    page = Page(root, dict(_tags(root)), list(_linked_data(root)), tab, tuple(_headings(root, tab)))
    return Metadata(
        title=_title(page),
        publisher=_publisher(page),
        published=_published(page),
        language=(root.get("lang") or page.tags.get("og:locale") or "")[:2].casefold() or None,
    )


def _tags(root: Element) -> Iterator[tuple[str, str]]:
    for tag in root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        yield name.casefold(), clean(tag.get("content") or "")


def _headings(root: Element, tab: str) -> list[str]:
    found = [(heading.tag, clean("".join(heading.itertext()))) for heading in root.iter(*HEADINGS)]
    main = [text for tag, text in found if tag == "h1" and text]
    return main or [text for _, text in found if text and text in tab][:1]


# Titles


def _title(page: Page) -> str | None:
    """The main heading that the page's own title agrees with, else the first, else the title in the browser's tab."""
    named = (page.tab, page.tags.get("og:title"), *SEPARATOR.split(page.tab))
    agreed = [heading for heading in page.headings if heading in named]
    titles = [*agreed, *page.headings, page.tags.get("og:title", ""), *_names_of_page(page)]
    return next((title for title in titles if title), None)


def _names_of_page(page: Page) -> Iterator[str]:
    """The parts of the tab's title that do not name a site or a section of it."""
    site = _site(page)
    return (part for part in SEPARATOR.split(page.tab) if part != site and not SECTION.match(part))


# Publishers


def _publisher(page: Page) -> str | None:
    stated = [*(page.tags.get(name) for name in PUBLISHERS), *_linked_publishers(page.linked), _site(page)]
    named = (*stated, _copyright_holder(page.root), page.tags.get("application-name"))
    return next((_organisation(name) for name in map(clean, filter(None, named)) if _may_publish(name)), None)


def _may_publish(name: str) -> bool:
    """A name, not that of a host or of a section of a site."""
    return bool(name) and HOST.match(name) is None and SECTION.match(name) is None


def _organisation(name: str) -> str:
    """The organisation's own name where its newsroom's or website's is stated."""
    short = PART_OF_ORGANISATION.sub("", name)
    return short if is_organisation(short) and " " in short else name


def _site(page: Page) -> str | None:
    """The part of the tab's title that is no heading: the one that reads as an organisation's name, else the one farthest out."""
    parts = SEPARATOR.split(page.tab)
    titles = " ".join((*page.headings, page.tags.get("og:title", ""))).casefold()
    others = [part for part in parts if part.casefold() not in titles and not SECTION.match(part) and len(part) < 75]
    if len(parts) == 1 or not others or (not titles.strip() and len(others) == 1 and others[0] == parts[0]):
        return None
    organisations = [part for part in others if is_organisation(part)]
    begins_with_title = parts[0].casefold() in titles or not titles.strip() or SECTION.match(parts[0]) is not None
    return (organisations or others)[-1 if begins_with_title else 0]


def _copyright_holder(root: Element) -> str | None:
    feet = (clean(" ".join(footer.itertext())) for footer in root.iter("footer"))
    holders = (match["holder"].strip() for foot in feet if (match := COPYRIGHT.search(foot)))
    return next((holder for holder in holders if not NO_HOLDER.match(holder)), None)


# Dates


def _published(page: Page) -> str | None:
    linked = (str(item.get("datePublished") or "") for item in page.linked)
    address = _address(page)
    candidates = [*(page.tags.get(name, "") for name in PUBLISHED), *linked, *_times(page.root)]
    return next((found for text in candidates if (found := dates.from_text(text))), None) or dates.from_address(address)


def _times(root: Element) -> Iterator[str]:
    """The times that the page is marked with, those of changes left out."""
    for time in root.iter("time"):
        above = time.getparent()
        names = " ".join(filter(None, (time.get("class"), time.get("itemprop"), above.get("class"), above.text)))
        if not UPDATED.search(names[-80:]):
            yield time.get("datetime") or clean("".join(time.itertext()))


def _address(page: Page) -> str:
    links = (link.get("href") or "" for link in page.root.iter("link") if link.get("rel") == "canonical")
    return next(links, "") or page.tags.get("og:url", "")


# Linked data


def _linked_data(root: Element) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects of the page."""
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            yield from _items(script.text or "")


def _items(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _linked_publishers(items: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The publishers that the objects name, or refer to by their key."""
    names = {str(item["@id"]): item for item in items if "@id" in item}
    for item in items:
        for publisher in _listed(item.get("publisher")) + _listed(item.get("sourceOrganization")):
            known = names.get(str(publisher.get("@id")), {}) if isinstance(publisher, dict) else {}
            name = {**known, **publisher}.get("name") if isinstance(publisher, dict) else publisher
            if isinstance(name, str):
                yield name


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
