"""Web pages: every block of text with its role, the article told from what stands around it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import lxml.etree
import lxml.html

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Reading
from goalmap.ingest.errors import NoText
from goalmap.ingest.marks import is_caption
from goalmap.ingest.tables import table_blocks
from goalmap.ingest.watch import Watch
from goalmap.ingest.web_metadata import metadata_of

Element = Any
"""An lxml element; lxml-stubs are not a dependency."""

KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "legend"), Kind.HEADING),
    **dict.fromkeys(("li", "dd"), Kind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "blockquote": Kind.QUOTE,
    "tr": Kind.TABLE_ROW,
}
SECTIONS = frozenset(("section", "article", "main", "body", "table"))
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul",
))  # fmt: skip
SKIPPED = frozenset((
    "button", "head", "iframe", "input", "math", "noscript", "object", "option", "script", "select", "style", "svg",
    "template", "textarea", "title",
))  # fmt: skip
MAIN = frozenset(("main", "article"))
AROUND = frozenset(("aside", "dialog", "footer", "form", "nav"))
AROUND_NAMES = re.compile(
    r"\b(?:cookies?|consent|nav(?:bar|igation)?|menu|breadcrumbs?|shar(?:e|ing)|social|related|sidebar|footer|masthead|"
    r"(?:site|page|global|top)-?header|subscribe|newsletter|skip|banner|promo|advert|pagination|pager|comments?|"
    r"announcements?(?:-bar)?|alert-bar|top-?bar|toolbar|search|logo)\b"
)
KEPT_TAGS = frozenset(("body", "html", *MAIN))
HEADING_WORDS = 14
FURNITURE_WORDS = 25
"""Most words in a block that is held to be outside the article because of its place alone."""


def read_web(data: bytes, watch: Watch) -> Reading:
    """The blocks of an HTML page, those around the article marked as navigation. Raises NoText."""
    root = _parse(data)
    metadata = metadata_of(root)
    blocks = tuple(_titled(_blocks(root, _article_text(data)), metadata.title))
    if not blocks:
        raise NoText(
            "The page holds no text; it may be filled by scripts. "
            "Save it from a browser as a complete page, or print it to PDF."
        )
    return Reading(blocks, metadata)


def _parse(data: bytes) -> Element:
    encoding = "utf-8" if _is_utf8(data) else None
    parser = lxml.html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise NoText("The page is empty.") from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _article_text(data: bytes) -> frozenset[str]:
    """The paragraphs that trafilatura holds to be the article's."""
    import trafilatura  # slow to import

    found = trafilatura.extract(
        data, output_format="xml", include_tables=True, include_comments=False, favor_recall=True
    )
    if not found:
        return frozenset()
    tree = lxml.etree.fromstring(found.encode(), parser=lxml.etree.XMLParser(resolve_entities=False, no_network=True))
    return frozenset(clean("".join(part.itertext())) for part in tree.iter("p", "head", "item", "quote", "cell", "row"))


# Blocks


def _blocks(root: Element, article: frozenset[str]) -> list[Block]:
    has_main = next(root.iter(*MAIN), None) is not None
    blocks = [block for element in _leaves(root) for block in _block(element, article, has_main)]
    return blocks if has_main else _without_surroundings(blocks, article)


def _block(element: Element, article: frozenset[str], has_main: bool) -> Iterator[Block]:
    found = table_blocks([_cells(element)]) if element.tag == "tr" else [Block(clean(_own_text(element)))]
    for block in found:
        if block.text:
            around = _is_around(element, block.text, article, has_main)
            kind = Kind.NAVIGATION if around else _kind(element, block.text)
            yield Block(block.text, kind, linked=_is_link(element, block.text))


def _without_surroundings(blocks: Sequence[Block], article: frozenset[str]) -> list[Block]:
    """On a page that does not mark its article: short blocks before the first and after the last of it are around it."""
    inside = [i for i, block in enumerate(blocks) if block.text in article or block.kind is Kind.HEADING]
    first, last = (inside[0], inside[-1]) if article and inside else (0, len(blocks))
    return [
        block.as_kind(Kind.NAVIGATION if not first <= i <= last and _is_short(block) else block.kind)
        for i, block in enumerate(blocks)
    ]


def _is_short(block: Block) -> bool:
    return block.linked and len(block.text.split()) < FURNITURE_WORDS


def _titled(blocks: Sequence[Block], title: str | None) -> Iterator[Block]:
    """The blocks, the heading that the page calls its title marked as such."""
    titles = [i for i, block in enumerate(blocks) if block.kind is Kind.HEADING and block.text == title]
    return (block.as_kind(Kind.TITLE) if i in titles[:1] else block for i, block in enumerate(blocks))


def _leaves(element: Element) -> Iterator[Element]:
    """Elements that hold text of their own, in document order."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED or _is_hidden(element):
        return
    if element.tag == "tr" and next(element.iter("table"), None) is None:
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
        parts.append(_inline_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _inline_text(child: Element) -> str:
    if not isinstance(child.tag, str) or child.tag in SKIPPED:
        return ""
    return " " if child.tag == "br" or child.tag in BLOCKS else _own_text(child)


def _cells(row: Element) -> list[str]:
    return ["".join(cell.itertext()) for cell in row if cell.tag in ("td", "th")]


def _kind(element: Element, text: str) -> Kind:
    for holder in (element, *element.iterancestors()):
        if holder.tag in KINDS:
            return KINDS[holder.tag]
        if holder.tag in SECTIONS:
            break
    if is_caption(text):
        return Kind.CAPTION
    return Kind.HEADING if _is_bold(element, text) else Kind.BODY


def _is_bold(element: Element, text: str) -> bool:
    """Whether a paragraph stands in for a heading: short, and all of it bold."""
    bold = sum(len(clean("".join(part.itertext()))) for part in element if part.tag in ("b", "strong"))
    return bold >= len(text) and len(text.split()) <= HEADING_WORDS and not text.endswith((".", ";", ",", ":"))


# What stands around the article


def _is_around(element: Element, text: str, article: frozenset[str], has_main: bool) -> bool:
    holders = (element, *element.iterancestors())
    tags = {holder.tag for holder in holders}
    if tags & {"nav", "dialog"} or any(_is_named_around(holder) for holder in holders):
        return True
    if tags & AROUND or ("header" in tags and not tags & MAIN):
        return bool(element.tag != "h1")
    return has_main and not tags & MAIN and text not in article and bool(article)


def _is_named_around(element: Element) -> bool:
    if element.tag in KEPT_TAGS:
        return False
    names = " ".join(element.get(attribute) or "" for attribute in ("class", "id", "role"))
    return AROUND_NAMES.search(names.casefold().replace("_", "-")) is not None


def _is_link(element: Element, text: str) -> bool:
    links = sum(len(clean("".join(link.itertext()))) for link in element.iter("a"))
    return links > 0.8 * len(text)
