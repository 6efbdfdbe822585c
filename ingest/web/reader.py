"""Web pages: every block of text with its role, the article told from what stands around it."""

import re
from collections.abc import Iterator, Sequence

import lxml.etree
import lxml.html

from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.errors import NoText
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.marks import is_caption, item_kind
from goalmap.ingest.text.encodings import Decoded, decoded
from goalmap.ingest.watch import MEGABYTE, Watch
from goalmap.ingest.web.metadata import metadata_of
from goalmap.ingest.web.plain import KINDS, plain_blocks
from goalmap.ingest.web.runs import Element, Run, runs_in
from goalmap.ingest.web.surroundings import Surroundings, without_surroundings

UNTOLD = "The article was not told from what stands around it; that took too long."
SECTIONS = frozenset(("section", "article", "main", "body", "table"))
HEADING_WORDS = 14
LARGEST_ARTICLE = 3 * MEGABYTE
"""A larger page is read without asking trafilatura for its article, which would take minutes."""
LARGE = 20_000
"""Bytes below which a page cannot hold so many attributes that its parser hangs."""
MOST_ATTRIBUTES = 1_000
"""Of one tag; its parser compares each with all before it."""
LONG_TAG = 2 * MOST_ATTRIBUTES
TAG = re.compile(rb"<[a-zA-Z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>?")
ATTRIBUTES = re.compile(
    rb"<[^\s/>]++(?:[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+){%d}" % MOST_ATTRIBUTES
)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
ENCODING_PLACES = 65_536
"""Bytes at the start of a page in which it may name its encoding."""


def read_web(data: bytes, watch: Watch) -> Reading:
    """The blocks of an HTML page, those around the article marked as navigation. Raises NoText."""
    page = _page(data)
    markup = _with_few_attributes(page.text.encode("utf-8", errors="replace"))
    is_plain = not watch.may_read("article")
    blocks, metadata = _read(markup, is_plain)
    if not blocks:
        raise NoText(
            "The page holds no text; it may be filled by scripts. "
            "Save it from a browser as a complete page, or print it to PDF."
        )
    note = " ".join(filter(None, (page.note, UNTOLD if is_plain else None))) or None
    return Reading(tuple(_titled(blocks, metadata.title)), metadata, problem=page.problem, note=note)


def _read(markup: bytes, is_plain: bool) -> tuple[Sequence[Block], Metadata]:
    root, is_whole = _parsed(markup)
    metadata = metadata_of(root) if root is not None else Metadata()
    if is_whole and root is not None:
        return _blocks(root, frozenset() if is_plain else _article_text(markup)), metadata
    return plain_blocks(markup.decode("utf-8")), metadata


# Bytes


def _page(data: bytes) -> Decoded:
    """The page's text: in UTF-8 if it is that, else in the encoding that it names, else in the likeliest."""
    try:
        return Decoded(data.decode("utf-8-sig").replace("\0", ""))
    except UnicodeDecodeError:
        pass
    named = CHARSET.search(data[:ENCODING_PLACES])
    name = named[1].decode().casefold() if named else ""
    if name and name not in ("utf-8", "utf8"):
        try:
            return Decoded(data.decode({"iso-8859-1": "cp1252", "latin1": "cp1252"}.get(name, name)))
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decoded(data)


def _with_few_attributes(data: bytes) -> bytes:
    """The page without the attributes of a tag beyond the first thousand."""
    if len(data) < LARGE or all(match.end() - match.start() < LONG_TAG for match in TAG.finditer(data)):
        return data
    return TAG.sub(_first_attributes, data)


def _first_attributes(tag: re.Match[bytes]) -> bytes:
    kept = ATTRIBUTES.match(tag[0]) if tag.end() - tag.start() >= LONG_TAG else None
    return kept[0] + b">" if kept and kept.end() < len(tag[0]) else tag[0]


def _parsed(data: bytes) -> tuple[Element | None, bool]:
    """The page's tree, and whether all of the page is in it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None, False
    last = parser.error_log.last_error
    return root, last is None or last.type != lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _article_text(data: bytes) -> frozenset[str]:
    """The paragraphs that trafilatura holds to be the article's."""
    if len(data) > LARGEST_ARTICLE:
        return frozenset()
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
    runs = list(runs_in(root))
    around = Surroundings(root, runs, article)
    blocks = [block for run in runs for block in _block(run, around)]
    return blocks if around.has_main else without_surroundings(blocks, article)


def _block(run: Run, around: Surroundings) -> Iterator[Block]:
    for block in table_blocks([run.cells]) if run.cells else [Block(run.text)]:
        if block.text:
            kind = Kind.NAVIGATION if around.holds(run, block.text) else _kind(run, block)
            yield Block(block.text, kind, linked=not run.cells and run.is_link)


def _titled(blocks: Sequence[Block], title: str | None) -> Iterator[Block]:
    """The blocks, the heading that the page calls its title marked as such."""
    titles = [i for i, block in enumerate(blocks) if block.kind is Kind.HEADING and block.text == title]
    return (block.as_kind(Kind.TITLE) if i in titles[:1] else block for i, block in enumerate(blocks))


def _kind(run: Run, block: Block) -> Kind:
    if run.cells:
        return block.kind
    for holder in (run.element, *run.element.iterancestors()):
        if holder.tag in KINDS and holder.tag != "tr":
            return KINDS[holder.tag]
        if holder.tag in SECTIONS:
            break
    if is_caption(block.text):
        return Kind.CAPTION
    if _is_bold(run):
        return Kind.HEADING
    return item_kind(block.text) or Kind.BODY


def _is_bold(run: Run) -> bool:
    """Whether a paragraph stands in for a heading: short, and all of it bold."""
    is_short = len(run.text.split()) <= HEADING_WORDS
    return is_short and run.bold >= len(run.text) and not run.text.endswith((".", ";", ",", ":"))
