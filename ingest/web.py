"""Web pages: every block of text with its role; trafilatura tells the article from what stands around it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from goalmap.ingest import dates
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NoText
from goalmap.ingest.layout import CAPTION
from goalmap.ingest.text import decode

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""

KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "legend"), Kind.HEADING),
    **dict.fromkeys(("li", "dd"), Kind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "blockquote": Kind.QUOTE,
    "tr": Kind.TABLE_ROW,
}
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
SKIPPED = frozenset("script style noscript template svg math iframe object head title button select option textarea input".split())
AROUND = frozenset(("nav", "footer", "aside", "form", "dialog"))
AROUND_NAMES = re.compile(
    r"\b(?:cookies?|consent|nav(?:bar|igation)?|menu|breadcrumbs?|share|sharing|social|related|sidebar|footer|masthead|"
    r"subscribe|newsletter|skip|banner|promo|advert|pagination|comments?)\b"
)
MAIN = frozenset(("main", "article"))
PUBLISHED = ("article:published_time", "datepublished", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued", "date", "pubdate", "publish-date")
PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
TITLE_SUFFIX = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{3,70}$")


def read_web(data: bytes) -> Reading:
    """The blocks of an HTML page, those around the article marked as navigation. Raises NoText or Unsupported."""
    root = _parse(data)
    metadata = _metadata(root)
    article = _article_text(data)
    blocks = tuple(_block for _block in _blocks(root, article) if _block.text)
    if not blocks:
        raise NoText("The page holds no text; it may be filled by scripts. Save it from a browser as a complete page, or print it to PDF.")
    return Reading(blocks, metadata)


def _parse(data: bytes) -> Element:
    text = decode(data) if _is_utf8(data) else None
    parser = lxml.html.HTMLParser(encoding="utf-8" if text is not None else None, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode() if text is not None else data, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise NoText("The page is empty.") from error
    return root


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _article_text(data: bytes) -> frozenset[str]:
    """The paragraphs that trafilatura holds to be the article's."""
    import trafilatura

    found = trafilatura.extract(data, output_format="xml", include_tables=True, include_comments=False, favor_recall=True)
    if not found:
        return frozenset()
    tree = lxml.etree.fromstring(found.encode(), parser=lxml.etree.XMLParser(resolve_entities=False, no_network=True))
    return frozenset(clean("".join(element.itertext())) for element in tree.iter("p", "head", "item", "quote", "cell", "row"))


# Blocks


def _blocks(root: Element, article: frozenset[str]) -> Iterator[Block]:
    main = [element for element in root.iter(*MAIN)]
    for element in _leaves(root):
        text = _row(element) if element.tag == "tr" else clean(_own_text(element))
        if text:
            kind = Kind.NAVIGATION if _is_around(element, text, article, bool(main)) else _kind(element, text)
            yield Block(text, kind, linked=_is_link(element, text))


def _leaves(element: Element) -> Iterator[Element]:
    """Elements that hold text of their own, in document order."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED or _is_hidden(element):
        return
    if element.tag == "tr":
        yield element
        return
    if element.tag in BLOCKS and clean(_own_text(element)):
        yield element
    for child in element:
        yield from _leaves(child)


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")


def _own_text(element: Element) -> str:
    """The text that belongs to this block and to no block inside it."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED and child.tag not in BLOCKS:
            parts.append(" " if child.tag == "br" else _own_text(child))
        elif child.tag in BLOCKS:
            parts.append(" ")
        parts.append(child.tail or "")
    return "".join(parts)


def _row(element: Element) -> str:
    cells = [clean("".join(cell.itertext())) for cell in element if cell.tag in ("td", "th")]
    return " | ".join(cell for cell in cells if cell)


def _kind(element: Element, text: str) -> Kind:
    for holder in (element, *_holders(element)):
        if holder.tag in KINDS:
            return KINDS[holder.tag]
        if holder.tag in ("section", "article", "main", "body", "table"):
            break
    return Kind.CAPTION if CAPTION.match(text) else Kind.BODY


def _holders(element: Element) -> Iterator[Element]:
    return element.iterancestors()


def _is_around(element: Element, text: str, article: frozenset[str], has_main: bool) -> bool:
    holders = (element, *_holders(element))
    tags = {holder.tag for holder in holders}
    if tags & {"nav", "dialog"} or any(_is_named_around(holder) for holder in holders):
        return True
    if tags & AROUND or ("header" in tags and not tags & MAIN):
        return element.tag != "h1"
    if text in article or not article:
        return False
    return has_main and not tags & MAIN


def _is_named_around(element: Element) -> bool:
    if element.tag in ("body", "html", *MAIN):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".casefold().replace("_", "-")
    return AROUND_NAMES.search(names) is not None


def _is_link(element: Element, text: str) -> bool:
    links = clean(" ".join("".join(link.itertext()) for link in element.iter("a")))
    return len(links) > 0.8 * len(text)


# Metadata


def _metadata(root: Element) -> Metadata:
    meta = {
        (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").casefold(): clean(tag.get("content") or "")
        for tag in root.iter("meta")
    }
    linked = _linked_data(root)
    return Metadata(
        title=_title(root, meta),
        publisher=next((meta[name] for name in PUBLISHERS if meta.get(name)), None) or _publisher_of(linked) or _copyright_holder(root),
        published=_published(root, meta, linked),
        language=(root.get("lang") or meta.get("og:locale") or "").replace("_", "-")[:2].casefold() or None,
    )


def _title(root: Element, meta: dict[str, str]) -> str | None:
    headings = [clean("".join(heading.itertext())) for heading in root.iter("h1")]
    page = next((clean("".join(title.itertext())) for title in root.iter("title")), "")
    titles = [*(heading for heading in headings if heading), meta.get("og:title", ""), TITLE_SUFFIX.sub("", page)]
    return next((title for title in titles if title), None)


def _published(root: Element, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    times = [time.get("datetime") or "" for time in root.iter("time")]
    candidates = [*(meta.get(name, "") for name in PUBLISHED), str(linked.get("datePublished", "")), *times]
    return next((found for text in candidates if (found := dates.from_text(text))), None)


def _linked_data(root: Element) -> dict[str, Any]:
    """The first JSON-LD object of the page that has a publication date or a publisher."""
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            for item in _items(script.text or ""):
                if "datePublished" in item or "publisher" in item:
                    return item
    return {}


def _items(text: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            yield from (part for part in item.get("@graph") or [] if isinstance(part, dict))


def _publisher_of(linked: dict[str, Any]) -> str | None:
    publisher = linked.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return clean(name) if isinstance(name, str) and name.strip() else None


COPYRIGHT = re.compile(r"(?:©|copyright)\s*(?:©\s*)?(?:\d{4}(?:[-–]\d{2,4})?\s*)?(?P<holder>[A-Z][^.|©]{2,80}?)(?:\.|\||$|,|\s+All rights|\s+\d{4})", re.I)


def _copyright_holder(root: Element) -> str | None:
    for footer in root.iter("footer"):
        if match := COPYRIGHT.search(clean(" ".join(footer.itertext()))):
            return match["holder"].strip()
    return None
