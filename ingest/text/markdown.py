"""Markdown, by markdown-it: headings, paragraphs, list items, quotations, table rows; markup and link targets dropped."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from goalmap.ingest import dates
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.layout.tables.tables import table_blocks
from goalmap.ingest.text.encodings import decoded
from goalmap.ingest.text.reader import blocks_of_text
from goalmap.ingest.watch import Watch

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.S)
FIELD = re.compile(r"^(\w+):\s*[\"']?(.*?)[\"']?\s*$", re.M)
MAX_NESTING = 100
"""How deep lists and quotations may lie in each other; nobody writes so deep."""
TAGS = (
    (re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|\s+", re.S | re.I), " "),
    (re.compile(r"</t[dh]>", re.I), "\t"),
    (re.compile(r" ?<tr\b[^<>]*> ?", re.I), "\n"),
    (re.compile(r"</?(?:p|div|li|ul|ol|h[1-6]|br|hr|table|section)\b[^<>]*>", re.I), "\n\n"),
    (re.compile(r"<[a-z/!][^<>]*>", re.I), ""),
)
"""How HTML amid Markdown is laid out as plain text."""
BREAKS = frozenset(("softbreak", "hardbreak"))
LINE_BREAK = re.compile(r"<br\b", re.I)
CONTAINERS = {"heading_open": Kind.HEADING, "list_item_open": Kind.LIST_ITEM, "blockquote_open": Kind.QUOTE}


def read_markdown(data: bytes, watch: Watch) -> Reading:
    """The blocks of a Markdown file; front matter becomes metadata. Raises NoText or Unsupported."""
    found = decoded(data)
    text = found.text.replace("\r\n", "\n")
    front = FRONT_MATTER.match(text)
    tokens = (
        MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
        .enable("table")
        .parse(text[front.end() :] if front else text)
    )
    metadata = _metadata(front[1]) if front else Metadata()
    return Reading(tuple(_blocks(tokens)), metadata, problem=found.problem, note=found.note)


def _metadata(front: str) -> Metadata:
    fields = {name.casefold(): value for name, value in FIELD.findall(front) if value}
    return Metadata(
        title=fields.get("title"),
        publisher=fields.get("publisher") or fields.get("organisation"),
        published=dates.from_text(fields.get("date", "")),
        language=fields.get("lang") or fields.get("language"),
    )


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    open_kinds: list[Kind] = []
    row: list[str] = []
    in_cell = False
    for token in tokens:
        if token.type in CONTAINERS:
            open_kinds.append(CONTAINERS[token.type])
        elif token.type.replace("_close", "_open") in CONTAINERS:
            open_kinds.pop()
        elif token.type in ("th_open", "td_open"):
            in_cell = True
        elif token.type in ("th_close", "td_close"):
            in_cell = False
        elif token.type == "tr_close":
            yield from table_blocks([row])
            row = []
        elif token.type == "inline" and in_cell:
            row.append(_text(token))
        elif token.type in ("code_block", "fence"):
            yield from blocks_of_text(token.content)
        elif token.type == "html_block":
            yield from blocks_of_text(_without_tags(token.content))
        elif token.type == "inline" and (text := _text(token)):
            yield Block(text, open_kinds[-1] if open_kinds else Kind.BODY, linked=_is_link(token))


def _without_tags(html: str) -> str:
    for pattern, text in TAGS:
        html = pattern.sub(text, html)
    return unescape(html)


def _text(token: Token) -> str:
    return clean("".join(_inline(child) for child in token.children or []))


def _inline(token: Token) -> str:
    if token.type in BREAKS or LINE_BREAK.match(token.content):
        return " "
    return "" if token.type == "html_inline" else token.content


def _is_link(token: Token) -> bool:
    children = [child for child in token.children or [] if child.content or child.type.startswith("link")]
    return len(children) > 1 and children[0].type == "link_open" and children[-1].type == "link_close"
