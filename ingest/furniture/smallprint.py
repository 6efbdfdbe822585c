"""Small print: what stands on every page, release or mail of a body, whatever the story is; and whom to ring."""

import re

from goalmap.ingest import dates
from goalmap.ingest.document import Kind
from goalmap.ingest.furniture.places import ENDS, NOTES, Place
from goalmap.ingest.furniture.stock_lines import is_stock_line
from goalmap.ingest.names import ORGANISATION, is_organisation

LONG = 90
"""Words from which a paragraph is told as a story, whatever it begins with."""
LABEL = re.compile(
    r"^(?:(?:press|media|news) (?:release|statement|notice)|news|opinion|blog|comment|case study|"
    r"(?:datganiad i['’]r wasg|fios-naidheachd)(?: ?[/|] ?.{3,30})?|.{3,30} ?/ ?(?:datganiad i['’]r wasg|fios-naidheachd)|"
    r"for immediate (?:release|use)|(?:strictly )?embargoed?\b.{0,60}|"
    r"(?:not )?for (?:immediate )?(?:release|publication|use)\b.{0,40})$",
    re.I,
)
PHONE = re.compile(r"(?:\+44\s?\(?0?\)?\s?|\b(?<!\d-)0)\d{2,4}[)\s-]*\d{3,4}[\s-]*\d{3,4}\b")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
CONTACT = re.compile(
    r"^(?:\d+[.)]\s*)?(?:for (?:(?:all |any )?(?:media|press) |further |more |interviews?|additional |an informal ).{0,60}?(?:contact|call|ring|e-?mail|please)|"
    r"(?:media|press|investor|general)(?:[\w &/]{0,30})? (?:contacts?|enquir(?:y|ies)|quer(?:y|ies)|office|relations|team|desk)\b|"
    r"(?:to arrange|for) (?:an )?interviews?|contacts?(?: us| details| for [\w ]{3,30})?\s*[:–-]|"
    r"enquiries\s*:|switchboard\s*:|media\s*:|tel(?:ephone)?\s*[:.]|ffôn\b|phone\s*:|e-?mail\s*:|get in touch\s*[:–-])",
    re.I,
)
CONTACT_HEADING = re.compile(
    r"^(?:(?:media|press|how to|further) )?(?:contacts?(?: us| details| information)?|get in touch|cyswllt|"
    r"(?:media |press )?enquiries|further information|find out more|more information)\s*:?$",
    re.I,
)
MAIL_FIELD = re.compile(r"^(?:from|sent|to|cc|subject|date|re)\s*:", re.I)
ABOUT = re.compile(r"^(?:\d+[.)]\s*)?(?:about (?:us|the [A-Z]\S*|[A-Z]\S*)\b[^.]{0,80}:|about us\b)", re.I)
ABOUT_HEADING = re.compile(r"^(?i:about) (?:us|(?:the )?(?P<name>[A-Z].*))$")
CLOSING_HEADING = re.compile(
    r"^(?:forward-looking statements?|disclaimer|legal(?: notice)?|copyright|notes|accessibility|safe harbo[u]?r)\s*:?$",
    re.I,
)
SELF_PORTRAIT = re.compile(
    rf"^(?:\d+[.)]\s*)?(?:[Nn]otes?\s*:\s*)?{ORGANISATION}(?: \([^)]{{2,40}}\))? "
    r"(?:(?:is|are|was) (?:an?|one of|the|part of|home to|made up of)\b|(?:is|was|were) (?:founded|formed|set up|established)\b|"
    r"(?:runs|employs|provides|serves|supplies|represents|operates|manages|owns|covers|looks after)\b)"
)
RUNNING_LINE = re.compile(r"^(?:\d{1,3}\s+[A-Z]|[^.!?]{8,140}\s(?:\|\s*)?\d{1,3}$)")
FOLIO = re.compile(
    r"^(?:\d{1,3}|(?:\d{1,3} \| )?[A-Z][A-Z &’']{3,40}\s(?:\| )?(?i:issue \d+|(?:spring|summer|autumn|winter) 20\d\d).{0,10})$"
)
"""The line at the head or foot of a magazine's page."""


def is_ending(place: Place) -> bool:
    return ENDS.match(place.text) is not None


def is_contact(place: Place) -> bool:
    reachable = is_reachable(place.text)
    if CONTACT.match(place.text) and place.words < 45 and place.block.kind is not Kind.TABLE_ROW:
        return reachable or place.words < 14
    if place.block.kind is Kind.TABLE_ROW:
        return False
    if not reachable:
        return _heads_contact(place)
    if _is_service(place.text):
        return place.noted and place.words < 45
    if CONTACT_HEADING.match(place.heading):
        return place.words < 60
    return place.words < (45 if place.noted else 28)


def is_reachable(text: str) -> bool:
    return PHONE.search(text) is not None or EMAIL.search(text) is not None


def _heads_contact(place: Place) -> bool:
    """ "Contact", or a name below it, where a number or an address follows."""
    is_heading = CONTACT_HEADING.match(place.text) is not None
    below_one = CONTACT_HEADING.match(place.heading) is not None and place.words <= 4 and (place.late or place.noted)
    return (
        (is_heading or below_one)
        and place.after is not None
        and (
            is_reachable(place.after.text)
            or (is_heading and place.after.text[0].isupper() and len(place.after.text.split()) <= 4)
        )
    )


SERVICE = re.compile(
    r"^(?:anyone|residents|people|patients|tenants|families|customers|staff|if you|victims|carers)\b.{0,80}?\b(?:can|may|should|could)\b",
    re.I,
)


def _is_service(text: str) -> bool:
    """Whether a number is given as part of what is offered, not to reach the press office."""
    return SERVICE.match(text) is not None and len(text.split()) > 14


def is_small_print(place: Place) -> bool:
    return place.block.kind is not Kind.TABLE_ROW and place.words < LONG and is_stock_line(place.text)


def is_mail_head(place: Place) -> bool:
    """The sender, date and subject of a mail that is quoted or sent on."""
    if MAIL_FIELD.match(place.text) is None or place.words > 40:
        return False
    near = (block.text for block in (place.before, place.after) if block)
    return len(MAIL_FIELD.findall(place.text)) > 1 or any(MAIL_FIELD.match(text) for text in near)


def is_paper_head(place: Place) -> bool:
    """Labels, dates and names of organisations above the title or under it."""
    if place.block.kind is Kind.TABLE_ROW or place.words > 16:
        return False
    if LABEL.match(place.text) or dates.is_dateline(place.text) or FOLIO.match(place.text):
        return True
    near_top = place.position < 3 and place.early and place.block.kind in (Kind.BODY, Kind.LIST_ITEM, Kind.HEADING)
    if near_top and is_letterhead(place.text):
        return True
    is_item = place.block.kind is Kind.LIST_ITEM
    return (
        near_top
        and not is_item
        and RUNNING_LINE.match(place.text) is not None
        and not place.text.endswith((".", "!", "?"))
    )


def is_label(text: str) -> bool:
    return (
        LABEL.match(text) is not None or dates.is_dateline(text) or is_stock_line(text) or FOLIO.match(text) is not None
    )


def is_letterhead(text: str) -> bool:
    """An organisation's name and nothing else, as on writing paper."""
    match = re.fullmatch(ORGANISATION, text)
    return match is not None and len(text.split()) <= 8 and is_organisation(text)


def is_about(place: Place) -> bool:
    told = place.noted or place.late or ABOUT_HEADING.match(place.heading) is not None
    if not (place.is_text and told) or place.words > LONG:
        return False
    return ABOUT.match(place.text) is not None or is_self_portrait(place.text)


def is_self_portrait(text: str) -> bool:
    match = SELF_PORTRAIT.match(text)
    return match is not None and is_organisation(match["name"])


def closes(heading: str) -> bool:
    """Whether what stands under a heading is not the story, if nothing of the story comes after it."""
    about = ABOUT_HEADING.match(heading)
    if about is not None:
        return about["name"] is None or is_organisation(about["name"])
    return any(pattern.match(heading) for pattern in (ENDS, NOTES, CONTACT_HEADING, CLOSING_HEADING))
