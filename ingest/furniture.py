"""What in a document is not its story: menus, cookie lines, teasers, contacts, biographies, notes and small print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goalmap.ingest import dates
from goalmap.ingest.document import Block, Kind
from goalmap.ingest.names import ONLY_NAME, ORGANISATION, PERSON, PERSON_WORD, is_organisation, is_person

PREFIX = re.compile(
    r"^(?:read|watch|listen|the sunday (?:take|read)|news|press release|media release|news release|blog)\s*:\s*(?=\S)",
    re.I,
)
TEASER = re.compile(
    r"^(?:read(?: more| next| also)?|watch|listen|related(?: (?:news|stories|articles?))?|see also|also read|next|previous|"
    r"more (?:news|stories|from .{3,40})|you (?:may|might) also like|in other news|the sunday (?:take|read)|"
    r"(?:next|previous) (?:article|post|story))\s*[:»>–-]",
    re.I,
)
TEASER_HEADING = re.compile(
    r"^(?:related (?:news|stories|articles|content|posts|links|pages)|more (?:news|stories)|(?:latest|recent|other) "
    r"(?:news|posts|stories)|you (?:may|might) also (?:like|be interested in)|read next|also in this section)\s*:?$",
    re.I,
)
LABEL = re.compile(
    r"^(?:(?:press|media|news) (?:release|statement)|news|for immediate release|embargoed?\b.{0,60}|"
    r"(?:not )?for (?:immediate )?(?:release|publication)\b.{0,40})$",
    re.I,
)
ENDS = re.compile(
    r"^[\s\-–—*#=/]*(?:press release )?(?:ends?|end of (?:press |media )?release|fin)[\s\-–—*#=/.]*$", re.I
)
NOTES = re.compile(
    r"^(?:notes? (?:to|for) (?:the )?editors?|editors?['’]? notes?|notes|background(?: notes?)?|about us)\s*:?$", re.I
)
CONTENTS = re.compile(r"^(?:table of )?contents$", re.I)
CONTENTS_ENTRY = re.compile(r"^.{2,120}?[\s.|…]+\d{1,3}$|^\d{1,3}[\s.|]+\S.{1,120}$")
PHONE = re.compile(r"(?:\+44\s?\(?0?\)?\s?|\b0)\d{2,4}[)\s-]*\d{3,4}[\s-]*\d{3,4}\b")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
CONTACT = re.compile(
    r"^(?:for (?:(?:all |any )?(?:media|press) |further |more |interviews?|additional ).{0,60}?(?:contact|call|e-?mail|please)|"
    r"(?:media|press|investor|general)(?:[\w &/]{0,30})? (?:contacts?|enquir(?:y|ies)|office|relations|team|desk)\b|"
    r"(?:to arrange|for) (?:an )?interviews?|contacts?(?: us| details| for [\w ]{3,30})?\s*[:–-]|"
    r"enquiries\s*:|tel(?:ephone)?\s*[:.]|ffôn\b|phone\s*:|e-?mail\s*:|get in touch\s*[:–-])",
    re.I,
)
CONTACT_HEADING = re.compile(
    r"^(?:(?:media|press|how to|further) )?(?:contacts?(?: us| details| information)?|get in touch|"
    r"(?:media |press )?enquiries|further information|find out more|more information)\s*:?$",
    re.I,
)
SMALL_PRINT = {
    "cookies": (
        r"\b(?:we|this (?:web)?site|our (?:web)?site) uses? (?:[\w ]{0,25})?cookies\b|\buse of cookies\b|"
        r"^accept (?:all )?cookies|manage (?:cookie )?preferences|cookie (?:policy|settings|notice)"
    ),
    "law": (
        r"privacy (?:policy|notice)|terms (?:and|&) conditions|all rights reserved|^©|^copyright\b|"
        r"\bregistered in (?:england|scotland|wales|northern ireland)\b|\bregistered (?:office|charity|company)\b|"
        r"company (?:number|no\.?|registration)|"
        r"(?:is|are) (?:authorised|regulated) (?:and regulated )?by\b"
    ),
    "mailing": (
        r"\bunsubscribe\b|to stop receiving (?:this|our|these)|view (?:this email )?in (?:your )?browser|subscribe to our|"
        r"sign up (?:to|for) (?:(?:receive )?our|the) (?:e-?)?(?:newsletter|bulletin|updates|mailing list)|"
        r"sign up to receive|you (?:are|have) (?:getting|receiv\w+) this (?:e-?mail|message|newsletter|bulletin)|"
        r"\b(?:this|the) e-?mail (?:and any (?:attachments?|files?)[\w ]*|is|may be|contains)\b.{0,60}(?:confidential|intended)"
    ),
    "page": (
        r"was this (?:page|article) (?:helpful|useful)|"
        r"^(?:share|tweet|follow us|like us|find us|print)(?: this)?(?: [\w]+)?(?: on)?\s*[:|–-]|^share (?:this|on)\b|"
        r"back to (?:all )?(?:news|top|list)|download (?:the|this|our) [\w ]{0,30}\(?(?:pdf|doc)|skip to (?:main )?content|"
        r"^(?:print|e-?mail|save|share) this (?:page|story|article)|\bpage \d+ of \d+\b|^page \d+$|\d+ min(?:ute)?s? read"
    ),
    "formats": (
        r"this (?:document|report|publication|leaflet|page|information) (?:is|can be made|is also|will be) (?:also )?"
        r"available in|other (?:formats|languages)\b|(?:report|document|information|leaflet) in large print"
    ),
    "paper": (
        r"^(?:version|enclosure|agenda item|paper ref(?:erence)?|classification|document (?:control|reference))\b"
        r"[\s:.]*[\w.]{0,12}(?:\s*\||$)"
    ),
}
BOILERPLATE = re.compile("|".join(SMALL_PRINT.values()), re.I)
ABOUT = re.compile(r"^(?:\d+[.)]\s*)?(?:about (?:us|the [A-Z]\S*|[A-Z]\S*)\b[^.]{0,80}:|about us\b)", re.I)
ABOUT_HEADING = re.compile(r"^(?i:about) (?:us|the [A-Z]|[A-Z])")
SELF_PORTRAIT = re.compile(
    rf"^(?:\d+[.)]\s*)?(?:[Nn]otes?\s*:\s*)?{ORGANISATION}(?: \([^)]{{2,40}}\))? "
    r"(?:(?:is|are|was) (?:an?|one of|the|part of|home to|made up of)\b|(?:is|was|were) (?:founded|formed|set up|established)\b|"
    r"(?:runs|employs|provides|serves|supplies|represents|operates|manages|owns|covers|looks after)\b)"
)
RUNNING_LINE = re.compile(r"^(?:\d{1,3}\s+[A-Z]|[^.!?]{8,140}\s(?:\|\s*)?\d{1,3}$)")
BAR = " | "
PRONOUNED = r"(?:[A-Z][\w’'-]+|She|He|They)"
LIFE = (
    r"(?:joined|leads|chairs|has (?:been|worked|led|served|spent|held|chaired)|(?:was|were) (?:elected|born|appointed|educated|"
    r"previously|formerly|awarded)|took up|trained (?:as|at)|studied|qualified|grew up|"
    r"(?:began|started|spent) (?:his|her|their) (?:\w+ )?(?:career|life))\b"
)
BIO = re.compile(
    rf"^{PERSON}"
    rf"(?:,\s[^.]{{3,90}}\.\s+{PRONOUNED}\s+(?:was|is|has|joined|chairs?|leads?|began|trained|came|spent|started|worked|"
    r"previously|served)\b"
    rf"|\s+(?:is|was|has been|became)\s+(?:[\w’'-]+ ){{0,6}}?(?i:{PERSON_WORD})\b"
    rf"|\s+{LIFE})"
)
CREDITED_BIO = re.compile(rf"^{PERSON},\s[^.]{{3,90}}\.\s")
BYLINE = re.compile(rf"^(?i:foreword by|report author|about the author|written by|author|by)\s*:?\s+{PERSON}(?!\w)")
ROLE = re.compile(rf"\b{PERSON_WORD}\b", re.I)
QUOTED = re.compile(r"[“\"]([^”\"]{20,})(?:[”\"]|$)")
SAYS = re.compile(r"\b(?:said|says|added|commented|explained|continued|concluded)\s*[:,]?\s*[“\"]")
ONLY_QUOTED = re.compile(r"^[“\"][^”\"]+[”\"]$")
OPENING_QUOTE = re.compile(r"^[“\"‘']")
MARGINS = frozenset((Kind.HEADER, Kind.FOOTER, Kind.NAVIGATION))
TITLE_WORDS = 25
TITLE_PLACES = 12
"""Among how many blocks at its head a document's title may stand."""
LONG = 90
"""Words from which a paragraph is told as a story, whatever it begins with."""
STORY = 25
"""Words that a paragraph of the story has at the least."""
PULL_QUOTE = 45
"""Most words in a sentence that is set again beside the text."""


@dataclass(frozen=True, slots=True)
class Place:
    """A block where it stands: its neighbours, its heading, and how much of the document is told."""

    block: Block
    before: Block | None
    after: Block | None
    heading: str
    position: int
    """Counted without what stands in margins."""
    noted: bool
    """"Ends" or the notes to editors have come."""
    late: bool
    """The last paragraph of the story has come."""

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def words(self) -> int:
        return len(self.block.text.split())

    @property
    def is_text(self) -> bool:
        return self.block.kind in (Kind.BODY, Kind.LIST_ITEM)


def mark(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with furniture, titles, biographies and quotations told from the story."""
    told = tuple(_without_pull_quotes(_with_title(blocks)))
    return tuple(place.block.as_kind(_kind(place)) for place in _places(told))


def _kind(place: Place) -> Kind:
    if place.block.kind in MARGINS or place.block.kind in (Kind.TITLE, Kind.CAPTION, Kind.TEASER):
        return place.block.kind
    return next((kind for applies, kind in RULES if applies(place)), place.block.kind)


# Where blocks stand


def _places(blocks: Sequence[Block]) -> Iterator[Place]:
    inside = [block for block in blocks if block.kind not in MARGINS]
    last_story = max((i for i, block in enumerate(inside) if _is_story(block)), default=-1)
    heading, noted, position = "", False, -1
    for block in blocks:
        position += block.kind not in MARGINS
        before = inside[position - 1] if position > 0 else None
        after = inside[position + 1] if position + 1 < len(inside) else None
        yield Place(block, before, after, heading, max(position, 0), noted, position > last_story)
        if block.kind not in MARGINS:
            noted = noted or ENDS.match(block.text) is not None or NOTES.match(block.text) is not None
            heading = block.text if block.kind is Kind.HEADING or TEASER_HEADING.match(block.text) else heading


def _is_story(block: Block) -> bool:
    if block.kind not in (Kind.BODY, Kind.QUOTE) or len(block.text.split()) < STORY:
        return False
    return not (_is_life(block.text) or _is_self_portrait(block.text) or _holds_small_print(block.text))


# Titles


def _with_title(blocks: Sequence[Block]) -> list[Block]:
    """The first heading before any story is the title, its "Read:" taken off."""
    result = list(blocks)
    stated = [i for i, block in enumerate(result) if block.kind is Kind.TITLE]
    head = stated or list(_head(result))
    named = [i for i in head if not (LABEL.match(result[i].text) or _is_letterhead(result[i].text))]
    for i in (named or head)[:1]:
        result[i] = Block(PREFIX.sub("", result[i].text), Kind.TITLE, result[i].page, result[i].boxes)
    return result


def _head(blocks: Sequence[Block]) -> Iterator[int]:
    """Where at the head of a document a title may stand: headings and lines before the first paragraph."""
    inside = [(i, block) for i, block in enumerate(blocks) if block.kind not in MARGINS]
    for i, block in inside[:TITLE_PLACES]:
        if block.kind is Kind.HEADING or _reads_as_title(block):
            yield i
        elif block.kind in (Kind.BODY, Kind.LIST_ITEM, Kind.TABLE_ROW, Kind.QUOTE) and not _is_label(block.text):
            return


def _reads_as_title(block: Block) -> bool:
    """A line of its own that is no sentence, or one that a news site marked ("Read: ...")."""
    if block.kind is not Kind.BODY or not 3 < len(block.text.split()) <= TITLE_WORDS or _is_label(block.text):
        return False
    return (PREFIX.match(block.text) is not None or block.text[-1].isalnum()) and BAR not in block.text


def _is_label(text: str) -> bool:
    if BAR in text and len(text.split()) < TITLE_WORDS:
        return True
    return LABEL.match(text) is not None or dates.is_dateline(text) or _holds_small_print(text)


def _is_letterhead(text: str) -> bool:
    """An organisation's name and nothing else, as on writing paper."""
    match = re.fullmatch(ORGANISATION, text)
    return match is not None and len(text.split()) <= 8 and is_organisation(text)


# Sentences set again beside the text


def _without_pull_quotes(blocks: Sequence[Block]) -> Iterator[Block]:
    """Quotations that stand in the text as well are captions of it."""
    text = " ".join(_letters(block.text) for block in blocks)
    for block in blocks:
        pulled = _may_be_pulled(block) and text.count(_letters(block.text)) > 1
        yield block.as_kind(Kind.CAPTION if pulled else block.kind)


def _may_be_pulled(block: Block) -> bool:
    short = 4 < len(block.text.split()) <= PULL_QUOTE
    return short and block.kind in (Kind.QUOTE, Kind.HEADING) and OPENING_QUOTE.match(block.text) is not None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


# Furniture


def _is_ending(place: Place) -> bool:
    return ENDS.match(place.text) is not None


def _is_teaser(place: Place) -> bool:
    if place.position == 0 or len(place.text) > 250:
        return False
    pointed = TEASER.match(place.text) is not None or (place.block.linked and place.late)
    return pointed or TEASER_HEADING.match(place.text) is not None or TEASER_HEADING.match(place.heading) is not None


def _is_contents(place: Place) -> bool:
    entry = CONTENTS_ENTRY.match(place.text) is not None and place.words < 20
    return CONTENTS.match(place.text) is not None or (CONTENTS.match(place.heading) is not None and entry)


def _is_contact(place: Place) -> bool:
    reachable = PHONE.search(place.text) is not None or EMAIL.search(place.text) is not None
    if CONTACT.match(place.text) and place.words < 45:
        return reachable or place.words < 14
    if not reachable or place.block.kind is Kind.TABLE_ROW:
        return False
    if CONTACT_HEADING.match(place.heading):
        return place.words < 60
    return place.words < (45 if place.noted else 28)


def _is_small_print(place: Place) -> bool:
    return place.block.kind is not Kind.TABLE_ROW and place.words < LONG and _holds_small_print(place.text)


def _holds_small_print(text: str) -> bool:
    return len(text) < LONG * 8 and BOILERPLATE.search(text) is not None


def _is_paper_head(place: Place) -> bool:
    """Labels, dates and names of organisations above the title or under it."""
    if place.block.kind is Kind.TABLE_ROW or place.words > 16:
        return False
    if LABEL.match(place.text) or dates.is_dateline(place.text):
        return True
    near_top = place.position < 3 and place.block.kind in (Kind.BODY, Kind.LIST_ITEM, Kind.HEADING)
    if near_top and _is_letterhead(place.text):
        return True
    return near_top and RUNNING_LINE.match(place.text) is not None and not place.text.endswith((".", "!", "?"))


def _is_row_of_links(place: Place) -> bool:
    return place.is_text and BAR in place.text and place.words < 40 and not place.text.endswith(".")


def _is_about(place: Place) -> bool:
    told = place.noted or place.late or ABOUT_HEADING.match(place.heading) is not None
    if not (place.is_text and told) or place.words > LONG:
        return False
    return ABOUT.match(place.text) is not None or _is_self_portrait(place.text)


def _is_self_portrait(text: str) -> bool:
    match = SELF_PORTRAIT.match(text)
    return match is not None and is_organisation(match["name"])


# People


def _is_bio(place: Place) -> bool:
    if place.block.kind is Kind.HEADING:
        return _heads_bio(place)
    if not place.is_text or place.words > LONG or QUOTED.search(place.text):
        return False
    byline = BYLINE.match(place.text)
    if byline is not None and is_person(byline["name"]) and place.words < 40:
        return True
    return _is_life(place.text) and (place.late or place.noted or _is_named_above(place) or _is_credited(place.text))


def _is_life(text: str) -> bool:
    match = BIO.match(text)
    return match is not None and is_person(match["name"])


def _is_credited(text: str) -> bool:
    return CREDITED_BIO.match(text) is not None


def _is_named_above(place: Place) -> bool:
    above = place.before.text if place.before else ""
    return ONLY_NAME.match(above) is not None and above.split(",")[0] in place.text


def _heads_bio(place: Place) -> bool:
    if place.after is None or ONLY_NAME.match(place.text) is None:
        return False
    return place.after.text.startswith(place.text.split(",")[0])


def _is_signature(place: Place) -> bool:
    """A name set as a heading with nothing under it, or the role below it: whoever wrote or said what stands above."""
    if place.block.kind is not Kind.HEADING or place.before is None:
        return False
    if _signs_above(place):
        return True
    below_quote = OPENING_QUOTE.match(place.before.text) is not None
    ends_part = place.after is None or place.after.kind is not Kind.BODY
    return (below_quote or ends_part) and _names_person(place, below_quote)


def _names_person(place: Place, below_quote: bool) -> bool:
    match = ONLY_NAME.match(place.text)
    if match is None or not is_person(match["name"]):
        return False
    role_below = place.after is not None and len(place.after.text.split()) < 9 and ROLE.search(place.after.text)
    return bool(below_quote or role_below or ROLE.search(place.text))


def _signs_above(place: Place) -> bool:
    """The role under a name."""
    role = ROLE.match(place.text) is not None and place.words < 9
    return role and place.before is not None and ONLY_NAME.match(place.before.text) is not None


def _is_quotation(place: Place) -> bool:
    if place.block.kind is Kind.HEADING:
        return ONLY_QUOTED.match(place.text) is not None and place.words > 4
    if place.block.kind is not Kind.BODY:
        return False
    quoted = sum(len(match) for match in QUOTED.findall(place.text)) / max(1, len(place.text))
    return quoted > 0.5 or (quoted > 0.3 and SAYS.search(place.text) is not None and place.text.endswith(("”", '"')))


RULES = (
    (_is_ending, Kind.BOILERPLATE),
    (_is_teaser, Kind.TEASER),
    (_is_contents, Kind.NAVIGATION),
    (_is_contact, Kind.CONTACT),
    (_is_small_print, Kind.BOILERPLATE),
    (_is_paper_head, Kind.BOILERPLATE),
    (_is_row_of_links, Kind.BOILERPLATE),
    (_is_bio, Kind.BIO),
    (_is_about, Kind.BOILERPLATE),
    (_is_signature, Kind.BODY),
    (_is_quotation, Kind.QUOTE),
)
"""The first rule that applies to a block tells its kind."""
