"""What the look of a line gives away: bullets and numbers of items, captions, ends of sentences."""

import re

from goalmap.ingest.document import Kind

BULLETS = "•◦▪■●‣⁃∙·○–—►➢✓✔\uf0b7\uf0a7"
ITEM = re.compile(rf"^(?:[{BULLETS}]\s*|[-*+]\s+|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]\s+)(?=\S)")
BULLET = re.compile(rf"^(?:[{BULLETS}]|[-*+]\s)\s*")
CAPTION = re.compile(
    r"^(?:photo(?:graph)?|pictured?|picture|image|figure|fig\.?|chart|table|caption)\b[^.]{0,20}[:.–-]", re.I
)
CREDIT = re.compile(r"\b(?:photo(?:graph)?|picture|image)s?(?: credit)?\s*(?::|©|by\b)[^.]{2,60}\.?$", re.I)
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
NEXT_SENTENCE = re.compile(r"[.!?]\s+[A-Z“\"‘]")
HEADING_WORDS = 14
"""Most words in a bold line that is a heading."""
CAPTION_LENGTH = 250
"""Most characters in a caption."""
SUBCLAUSE_WORDS = 25
"""A numbered paragraph of more than one sentence and this many words is text, not an item of a list."""


def may_head(text: str) -> bool:
    """Whether a text that is all bold is a heading: it is short and no sentence goes on after it.

    >>> may_head("What we did"), may_head("What we did, and why,")
    (True, False)
    """
    return len(text.split()) <= HEADING_WORDS and not text.endswith((".", ";", ","))


def is_caption(text: str) -> bool:
    """Whether a text says that it belongs to a picture, chart or table.

    >>> is_caption("Pictured: the team at Tarn Hill"), is_caption("Apprentices at Tarn Hill. Photograph: Ann Lee")
    (True, True)
    """
    return len(text) < CAPTION_LENGTH and (CAPTION.match(text) or CREDIT.search(text)) is not None


def item_kind(text: str) -> Kind | None:
    """Whether a text begins as an item of a list does; a numbered paragraph of a report stays a paragraph.

    >>> item_kind("• Hire locally"), item_kind("2. Hire locally"), item_kind("Hire locally")
    (<Kind.LIST_ITEM: 'list_item'>, <Kind.LIST_ITEM: 'list_item'>, None)
    """
    if BULLET.match(text):
        return Kind.LIST_ITEM
    match = ITEM.match(text)
    if match is None:
        return None
    is_long = len(text.split()) >= SUBCLAUSE_WORDS and NEXT_SENTENCE.search(text, match.end()) is not None
    return Kind.BODY if is_long else Kind.LIST_ITEM


def without_bullet(text: str) -> str:
    """An item's words; numbers and letters stay, because other passages may refer to them.

    >>> without_bullet("• Hire locally"), without_bullet("2. Hire locally")
    ('Hire locally', '2. Hire locally')
    """
    return BULLET.sub("", text)
