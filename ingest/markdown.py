"""Markdown, by markdown-it: headings, paragraphs, list items, quotations, table rows; markup and link targets dropped."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from goalmap.ingest import dates
from goalmap.ingest.clean import clean
from goalmap.ingest.document import Block, Kind, Metadata, Reading
from goalmap.ingest.tables import table_blocks
from goalmap.ingest.text import decode
from goalmap.ingest.watch import Watch

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.S)
FIELD = re.compile(r"^(\w+):\s*[\"']?(.*?)[\"']?\s*$", re.M)
CONTAINERS = {"heading_open": Kind.HEADING, "list_item_open": Kind.LIST_ITEM, "blockquote_open": Kind.QUOTE}


def read_markdown(data: bytes, watch: Watch) -> Reading:
    """The blocks of a Markdown file; front matter becomes metadata. Raises NoText or Unsupported."""
    text = decode(data).replace("\r\n", "\n")
    front = FRONT_MATTER.match(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    return Reading(tuple(_blocks(tokens)), _metadata(front[1]) if front else Metadata())


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
        elif token.type == "inline" and (text := _text(token)):
            yield Block(text, open_kinds[-1] if open_kinds else Kind.BODY, linked=_is_link(token))


def _text(token: Token) -> str:
    parts = []
    for child in token.children or []:
        parts.append(
            " " if child.type in ("softbreak", "hardbreak") else "" if child.type == "html_inline" else child.content
        )
    return clean("".join(parts))


def _is_link(token: Token) -> bool:
    children = [child for child in token.children or [] if child.content or child.type.startswith("link")]
    return len(children) > 1 and children[0].type == "link_open" and children[-1].type == "link_close"
