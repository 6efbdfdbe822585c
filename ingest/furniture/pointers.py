"""What leads away from a document: teasers of other stories, menus, tables of contents, buttons and lines about sharing."""

import re

from goalmap.ingest import dates
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.furniture.places import Place

TEASER = re.compile(
    r"^(?:read(?: more| next| also)?|watch|listen|related(?: (?:news|stories|articles?))?|see also|also read|next|previous|"
    r"more (?:news|stories|from .{3,40})|you (?:may|might) also like|in other news|the sunday (?:take|read)|"
    r"also in this (?:issue|section)|(?:next|previous) (?:article|post|story)|(?:older|newer)(?: posts?| stories)?)\s*[:»>–-]",
    re.I,
)
TEASER_HEADING = re.compile(
    r"^(?:related (?:news|stories|articles?|content|posts|links|pages|reading|information)|more (?:news|stories|like this|from\b.{1,30})|"
    r"(?:latest|recent|other|top) (?:news|posts|stories|articles)(?: and events)?|"
    r"you (?:may|might) also (?:like|be interested in)|(?:read|up) next|also in this (?:section|issue)|in the news|"
    r"keep reading|explore more|most (?:read|popular)|similar (?:stories|articles|posts)|recommended(?: for you)?)\s*:?$",
    re.I,
)
IN_BRIEF = re.compile(
    r"^(?:also this (?:week|month)|(?:other|more) news|(?:other news )?in brief|and finally)\b.{0,20}:?", re.I
)
"""Above short lines that say no more than that something is on; above longer ones it heads stories."""
ONLY_POINTS = re.compile(
    r"^[«»<>→←\s]*(?:read(?: the)? (?:more|full (?:story|article|report))|(?:find|learn) out more|find out more|learn more|"
    r"more (?:details|info(?:rmation)?)|continue reading|see more|view (?:more|all(?: news)?)|book (?:now|your place)|"
    r"full story|(?:previous|next|older|newer) (?:article|post|story|page)|load more)"
    r"(?: (?:about|on|from|in|at) .{2,60})?[\s«»<>→←.…]*$",
    re.I,
)
POINTS_ON = re.compile(
    r"(?:\.{3}|…|[.?!])\s*(?:read (?:more|the full story)|continue reading|find out more|more (?:details|info)|learn more|book now)"
    r"[\s»>→.…]*$",
    re.I,
)
"""How the summary of a story that stands elsewhere ends."""
SUMMARY_WORDS = 20
"""Most words in a summary that only leads on; a longer one tells the story itself."""
CONTENTS = re.compile(r"^(?:(?:table of )?contents|(?:on|in) this (?:page|issue))\s*:?$", re.I)
CONTENTS_ENTRY = re.compile(r"^.{2,120}?[\s.|…]+\d{1,3}$|^\d{1,3}[\s.|]+\S.{1,120}$")
IN_THIS_ISSUE = re.compile(r"^(?:in this (?:issue|edition|bulletin|newsletter)|on this page)\s*:", re.I)
BAR = " | "
PAGE_TOOLS = re.compile(
    r"^(?:search|menu|home|print|tweet|share(?: (?:this|now|on)(?: .{0,40})?)?|back(?: to .{2,30})?|apply now|book now|donate(?: now)?|"
    r"download|log ?in|sign in|register|close|subscribe(?: for .{1,40})?|follow us(?: on .{2,30})?|rate this page|comments?|"
    r"\d+ comments?|leave a (?:reply|comment)|jump to .{2,30}|skip to .{2,30}|top|tags?|topics?|categor(?:y|ies)|filters?|"
    r"text size.{0,30}|opens in a new (?:tab|window)|get e-?mails about this page|updates to this page|"
    r"is this page useful\?|website by .{2,30}|powered by .{2,30}|donate £?\d.{0,40})[\s.:!»>|]*$",
    re.I,
)
LABELLED_TOOLS = re.compile(
    r"^(?:you are here|tagged|tags?|topics?|categor(?:y|ies)|posted in|filed under|filter(?:ed)? by|sort by|"
    r"text size|share this|share)\s*:?\s+(?=\S)(?![a-z ]{0,30}\.)",
    re.I,
)
PATH = re.compile(r"^(?:you are here:?\s*)?home\s*[>»/›:|]|^[\w &']{2,30}(?:\s[>»›]\s[\w &'’-]{2,80}){2,}$", re.I)
PAGER = re.compile(r"^(?:[«‹<]\s*)?(?:prev(?:ious)?\s)?\d{1,3}(?:\s+(?:\d{1,3}|…|\.\.\.|next|last|»|›|>))+$", re.I)
FIGURE = re.compile(r"[\d£%][\d.,%]*")
MOST_FIGURES = 2
"""A row with more of them is one of results."""
SENTENCE = 6
"""Fewest words of a sentence."""
MENU_WORDS = 6
"""Most words in an entry of a menu."""


def heads_briefs(text: str) -> bool:
    """Whether a line stands above short ones that say no more than that something is on."""
    return IN_BRIEF.match(text) is not None


def heads_teasers(text: str) -> bool:
    """Whether a line stands above the headlines of other stories."""
    return TEASER_HEADING.match(text) is not None


def is_teaser(place: Place) -> bool:
    if place.position == 0 or len(place.text) > 250:
        return False
    if TEASER.match(place.text) or heads_teasers(place.text) or _is_pointer(place):
        return True
    if place.block.linked and place.late:
        return True
    is_list = place.block.kind is Kind.HEADING and heads_briefs(place.text) and ":" in place.text[:-1]
    return is_list or _is_linked_card(place)


def _is_pointer(place: Place) -> bool:
    """ "Read more" and the like; as a heading over text it is one."""
    heads_text = place.block.kind is Kind.HEADING and place.after is not None and place.after.kind is not Kind.HEADING
    return ONLY_POINTS.match(place.text) is not None and (place.block.linked or not heads_text)


def _is_linked_card(place: Place) -> bool:
    """A headline that is a link, what stands under it, and a summary that ends in "Read more"."""
    if place.block.linked and place.block.kind is Kind.HEADING and place.after is not None:
        return _points_on(place.after) or dates.is_dateline(place.after.text)
    return _points_on(place.block)


def _points_on(block: Block) -> bool:
    return POINTS_ON.search(block.text[-40:]) is not None and len(block.text.split()) <= SUMMARY_WORDS


def is_contents(place: Place) -> bool:
    if CONTENTS.match(place.text):
        return True
    is_listed = place.words < 20 and CONTENTS.match(place.heading) is not None
    return is_listed and CONTENTS_ENTRY.match(place.text) is not None


def is_page_tool(place: Place) -> bool:
    """A button, a path to the page, a row of tags, the numbers of further pages."""
    if place.block.kind is Kind.TABLE_ROW or place.words > 25:
        return False
    tools = (PAGE_TOOLS, PATH, PAGER, IN_THIS_ISSUE)
    if any(pattern.match(place.text) for pattern in tools) or not any(char.isalnum() for char in place.text):
        return True
    return LABELLED_TOOLS.match(place.text) is not None and not _is_sentence(place.text)


def _is_sentence(text: str) -> bool:
    """Whether words that begin like a label go on as a sentence, as in "Topics that came up were bus fares and pay."."""
    return ":" not in text and text.endswith((".", "!", "?")) and len(text.split()) >= SENTENCE


def is_early_link(place: Place) -> bool:
    """A link before the story begins: an entry of a menu."""
    is_link = place.block.linked and place.block.kind in (Kind.BODY, Kind.LIST_ITEM)
    return is_link and place.early and place.words <= MENU_WORDS


def is_row_of_links(place: Place) -> bool:
    if not place.is_text or BAR not in place.text or place.words >= 40 or place.text.endswith("."):
        return False
    return len(FIGURE.findall(place.text)) <= MOST_FIGURES
