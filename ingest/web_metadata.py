"""What a web page says of itself: title, publisher, date, language, from its head, its linked data and its foot."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from goalmap.ingest import dates
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Metadata

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""

PUBLISHED = (
    "article:published_time", "datepublished", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued", "date",
    "pubdate", "publish-date",
)  # fmt: skip
PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
SITE = re.compile(r"\s+[|–—·»-]\s+(?P<site>[^|–—·»]{3,70})$")
"""The site's name after the page's, as browsers' tabs show it."""
COPYRIGHT = re.compile(
    r"(?:©|copyright)\s*(?:©\s*)?(?:\d{4}(?:[-–]\d{2,4})?\s*)?(?P<holder>[A-Z][^.|©]{2,80}?)"
    r"(?:\.|\||$|,|\s+All rights|\s+\d{4})",
    re.I,
)


def metadata_of(root: Element) -> Metadata:
    """The metadata of a parsed page."""
    tags = dict(_tags(root))
    linked = _linked_data(root)
    tab = _tab(root)
    return Metadata(
        title=_title(root, tags, tab),
        publisher=_publisher(root, tags, linked, tab),
        published=_published(root, tags, linked),
        language=(root.get("lang") or tags.get("og:locale") or "")[:2].casefold() or None,
    )


def _tags(root: Element) -> Iterator[tuple[str, str]]:
    for tag in root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        yield name.casefold(), clean(tag.get("content") or "")


def _tab(root: Element) -> str:
    return next((clean("".join(title.itertext())) for title in root.iter("title")), "")


def _title(root: Element, tags: Mapping[str, str], tab: str) -> str | None:
    """The main heading that the page's own title agrees with, else the first, else the title in the browser's tab."""
    headings = [clean("".join(heading.itertext())) for heading in root.iter("h1")]
    agreed = [heading for heading in headings if heading and heading in (tab, tags.get("og:title"), SITE.sub("", tab))]
    titles = [*agreed, *headings, tags.get("og:title", ""), SITE.sub("", tab)]
    return next((title for title in titles if title), None)


def _publisher(root: Element, tags: Mapping[str, str], linked: Mapping[str, Any], tab: str) -> str | None:
    site = SITE.search(tab)
    stated = [*(tags.get(name) for name in PUBLISHERS), _name(linked.get("publisher")), site and site["site"]]
    return next((clean(name) for name in stated if name), None) or _copyright_holder(root)


def _published(root: Element, tags: Mapping[str, str], linked: Mapping[str, Any]) -> str | None:
    times = (time.get("datetime") or "" for time in root.iter("time"))
    candidates = [*(tags.get(name, "") for name in PUBLISHED), str(linked.get("datePublished", "")), *times]
    return next((found for text in candidates if (found := dates.from_text(text))), None)


def _linked_data(root: Element) -> dict[str, Any]:
    """The first JSON-LD object of the page that has a publication date or a publisher."""
    scripts = (script.text or "" for script in root.iter("script") if script.get("type") == "application/ld+json")
    items = (item for text in scripts for item in _items(text))
    return next((item for item in items if "datePublished" in item or "publisher" in item), {})


def _items(text: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _name(publisher: Any) -> str | None:
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return name if isinstance(name, str) else None


def _copyright_holder(root: Element) -> str | None:
    feet = (clean(" ".join(footer.itertext())) for footer in root.iter("footer"))
    return next((match["holder"].strip() for foot in feet if (match := COPYRIGHT.search(foot))), None)
