"""What in a document is not its story: menus, cookie lines, teasers, contacts, biographies, notes and small print."""

import re
from collections.abc import Iterator, Sequence

from goalmap.ingest.document import Block, Kind

PREFIX = re.compile(r"^(?:read|watch|listen|the sunday take|the sunday read|news|press release|media release|blog)\s*:\s*(?=\S)", re.I)
TEASER = re.compile(
    r"^(?:read(?: more| next| also)?|watch|listen|related(?: (?:news|stories|articles?))?|see also|also read|next|previous|"
    r"more (?:news|stories|from .{3,40})|you (?:may|might) also like|in other news|the sunday take|next article|previous article)\s*[:»>–-]",
    re.I,
)
TEASER_HEADING = re.compile(
    r"^(?:related (?:news|stories|articles|content|posts)|more (?:news|stories)|latest news|you (?:may|might) also like|"
    r"recent (?:posts|stories|news)|read next|other news|also in this section)\s*:?$",
    re.I,
)
ENDS = re.compile(r"^[\s\-–—*#=/]*(?:press release )?(?:ends?|end of (?:press |media )?release|fin)[\s\-–—*#=/.]*$", re.I)
NOTES = re.compile(r"^(?:notes? (?:to|for) (?:the )?editors?|editors?['’]? notes?|notes|background(?: notes?)?|about us|further information)\s*:?$", re.I)
PHONE = re.compile(r"(?:\+44\s?\(?0?\)?\s?|\b0)\d{2,4}[)\s-]*\d{3,4}[\s-]*\d{3,4}\b")
EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
CONTACT = re.compile(
    r"^(?:for (?:(?:all |any )?(?:media|press) |further |more |interviews?|additional ).{0,60}?(?:contact|call|e-?mail|please)|"
    r"(?:media|press|investor|general)(?:[\w &/]{0,30})? (?:contacts?|enquir(?:y|ies)|office|relations|team|desk)\b|"
    r"(?:to arrange|for) (?:an )?interviews?|contacts?(?: us| details| for [\w ]{3,30})?\s*[:–-]|"
    r"enquiries\s*:|tel(?:ephone)?\s*[:.]|ffôn\b|phone\s*:|e-?mail\s*:|get in touch\s*[:–-])",
    re.I,
)
BOILERPLATE = re.compile(
    r"(?:\b(?:we|this (?:web)?site|our (?:web)?site) uses? (?:[\w ]{0,25})?cookies\b|^accept (?:all )?cookies|manage (?:cookie )?preferences|"
    r"cookie (?:policy|settings|notice)|privacy (?:policy|notice)|terms (?:and|&) conditions|"
    r"all rights reserved|^©|^copyright\b|\bregistered in (?:england|scotland|wales|northern ireland)\b|\bregistered (?:office|charity|company)\b|"
    r"company (?:number|no\.?|registration)|(?:is|are) (?:authorised|regulated) (?:and regulated )?by\b|"
    r"was this (?:page|article) (?:helpful|useful)|\bunsubscribe\b|view (?:this email )?in (?:your )?browser|"
    r"sign up (?:to|for) (?:our|the) (?:e-?)?(?:newsletter|bulletin|updates|mailing list)|subscribe to our|you (?:are|have) (?:getting|receiv\w+) this (?:e-?mail|message)|"
    r"\b(?:this|the) e-?mail (?:and any (?:attachments?|files?)[\w ]*|is|may be|contains)\b.{0,60}(?:confidential|intended)|"
    r"^(?:share|tweet|follow us|like us|find us|print)(?: this)?(?: [\w]+)?(?: on)?\s*[:|–-]|^share (?:this|on)\b|"
    r"back to (?:all )?(?:news|top|list)|download (?:the|this|our) [\w ]{0,30}\(?(?:pdf|doc)|skip to (?:main )?content|"
    r"^(?:print|e-?mail|save|share) this (?:page|story|article)|\bpage \d+ of \d+\b|^page \d+$|\d+ min(?:ute)?s? read|"
    r"this (?:document|report|publication|leaflet|page|information) (?:is|can be made|is also|will be) (?:also )?available in|other (?:formats|languages)|"
    r"^(?:version|enclosure|agenda item|paper ref(?:erence)?|classification|document (?:control|reference))\b[\s:.]*[\w.]{0,12}(?:\s*\||$))",
    re.I,
)
ABOUT = re.compile(r"^(?:\d+[.)]\s*)?(?:notes?\s*:\s*)?(?:about\b[^.]{0,80}:|about (?:us|the [A-Z])|(?:the )?[A-Z][\w’'&-]*(?: [\w’'&-]+){0,9} (?:is|are|was) (?:an?|one of|the|part of)\b|"
                   r"(?:the )?[A-Z][\w’'&-]*(?: [\w’'&-]+){0,9} (?:runs|employs|provides|serves|supplies|represents|operates|manages|owns|covers|supports|looks after|has)\b)")  # fmt: skip
RUNNING_LINE = re.compile(r"^(?:\d{1,3}\s+[A-Z]|[^.!?]{8,140}\s(?:\|\s*)?\d{1,3}$)")
BAR = " | "
POST_NOMINALS = r"(?:\s+(?:[CMO]BE|DBE|KBE|MP|MSP|MS|JP|DL|KC|QC|F[A-Z]{2,6}|M[A-Z]{2,5}|PhD))*"
NAME = (
    r"(?:(?:Rt|Right) Hon(?:ourable)?\.? |Dame |Sir |Lord |Lady |Baroness |Professor |Prof\.? |Dr\.? |Mrs?\.? |Ms\.? |Cllr\.? |Councillor |Rev(?:erend)?\.? )*"
    r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?: (?:ap|ab|van|von|de|dela|del|der|la|le|bin|al|of|[A-Z][\w’'-]*\.?)){1,4}" + POST_NOMINALS
)
BIO = re.compile(
    rf"^(?:(?:about the author|report author|author|foreword by|biography)\s*:?\s*)?(?P<name>{NAME})"
    r"(?:,\s[^.]{3,90}\.\s+(?:[A-Z][\w’'-]+|She|He|They|Dr|Professor)\s+(?:was|is|has|joined|chairs?|leads?|began|trained|came|spent|started|worked|previously|served)\b|"
    r"\s+(?:is|was|has been|became)\s+(?:an?|the|our|appointed|elected|co-)\b|\s+joined\b|\s+(?:leads|chairs)\b|\s+has (?:been|worked|led|served|spent)\b|\s+(?:took up|began (?:his|her|their) career))"
)
BIO_LABEL = re.compile(rf"^(?:foreword by|report author|about the author|written by|author|by)\s*:?\s+{NAME}\b", re.I)
ONLY_NAME = re.compile(rf"^{NAME}(?:,\s[^.!?]{{3,80}})?$")
QUOTED = re.compile(r"[“\"]([^”\"]{20,})(?:[”\"]|$)")
TITLE_WORDS = 25
LONG = 90
"""Words from which a paragraph is told as a story, whatever it begins with."""


def mark(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with furniture, titles, biographies and quotations told from the story."""
    titled = _with_title(blocks)
    return tuple(_marked(titled))


def _with_title(blocks: Sequence[Block]) -> list[Block]:
    """The first heading before any story is the title, its "Read:" taken off."""
    result = list(blocks)
    if any(block.kind is Kind.TITLE for block in result):
        return result
    for i, block in enumerate(result[:12]):
        if block.kind is Kind.HEADING or _reads_as_title(block):
            result[i] = Block(PREFIX.sub("", block.text), Kind.TITLE, block.page, block.boxes)
            return result
        if block.kind in (Kind.BODY, Kind.LIST_ITEM, Kind.TABLE_ROW, Kind.QUOTE) and not BOILERPLATE.search(block.text):
            return result
    return result


def _reads_as_title(block: Block) -> bool:
    """A line of its own that is no sentence, however long, or one that a news site marked ("Read: ...")."""
    short = block.kind is Kind.BODY and 3 < len(block.text.split()) <= TITLE_WORDS
    return short and (PREFIX.match(block.text) is not None or block.text[-1].isalnum()) and not BOILERPLATE.search(block.text) and BAR not in block.text


def _marked(blocks: Sequence[Block]) -> Iterator[Block]:
    ended = teasing = False
    last_story = max((i for i, block in enumerate(blocks) if _is_story(block)), default=-1)
    for i, block in enumerate(blocks):
        kind = _kind(block, blocks[i - 1] if i else None, blocks[i + 1] if i + 1 < len(blocks) else None, i, ended, i > last_story)
        ended = ended or ENDS.match(block.text) is not None or NOTES.match(block.text) is not None
        if TEASER_HEADING.match(block.text):
            teasing = True
        elif block.kind is Kind.HEADING or len(block.text) > 200:
            teasing = False
        yield block.as_kind(Kind.TEASER if teasing and kind not in MARGINS else kind)


MARGINS = frozenset((Kind.HEADER, Kind.FOOTER, Kind.NAVIGATION))


def _is_story(block: Block) -> bool:
    return block.kind in (Kind.BODY, Kind.QUOTE) and len(block.text.split()) > 25 and not BIO.match(block.text)


def _kind(block: Block, before: Block | None, after: Block | None, place: int, ended: bool, past_story: bool) -> Kind:
    text = block.text
    if block.kind in (*MARGINS, Kind.TITLE, Kind.CAPTION):
        return block.kind
    for matches, kind in RULES:
        if matches(block, place, ended, past_story):
            return kind
    if _is_bio(block, before, after, ended or past_story):
        return Kind.BIO
    if block.kind is Kind.HEADING and ONLY_NAME.match(text) and after is not None and after.text.startswith(text.split(",")[0]):
        return Kind.BIO
    if block.kind is Kind.BODY and _quoted_share(text) > 0.5:
        return Kind.QUOTE
    return block.kind


def _is_teaser(block: Block, place: int, ended: bool, past_story: bool) -> bool:
    return place > 0 and len(block.text) < 250 and (TEASER.match(block.text) is not None or (block.linked and past_story))


def _is_ending(block: Block, place: int, ended: bool, past_story: bool) -> bool:
    return ENDS.match(block.text) is not None


def _is_contact(block: Block, place: int, ended: bool, past_story: bool) -> bool:
    text = block.text
    reachable = PHONE.search(text) is not None or EMAIL.search(text) is not None
    short = len(text.split()) < 45
    if CONTACT.match(text) and short and (reachable or len(text.split()) < 14):
        return True
    if not reachable:
        return False
    return len(text.split()) < 28 or (ended and short)


def _is_boilerplate(block: Block, place: int, ended: bool, past_story: bool) -> bool:
    text = block.text
    words = len(text.split())
    if words < LONG and BOILERPLATE.search(text):
        return block.kind is not Kind.TABLE_ROW
    if block.kind not in (Kind.BODY, Kind.LIST_ITEM):
        return False
    if text.count(BAR) >= 1 and words < 40 and not text.endswith("."):
        return True
    if place < 3 and words < 16 and RUNNING_LINE.match(text) and not text.endswith((".", "!", "?")):
        return True
    return (ended or past_story) and words < LONG and ABOUT.match(text) is not None and not BIO.match(text)


RULES = (
    (_is_ending, Kind.BOILERPLATE),
    (_is_teaser, Kind.TEASER),
    (_is_contact, Kind.CONTACT),
    (_is_boilerplate, Kind.BOILERPLATE),
)


def _is_bio(block: Block, before: Block | None, after: Block | None, late: bool) -> bool:
    if block.kind not in (Kind.BODY, Kind.LIST_ITEM) or len(block.text.split()) > LONG:
        return False
    if BIO_LABEL.match(block.text) and "“" not in block.text:
        return True
    match = BIO.match(block.text)
    if match is None or "“" in block.text or '"' in block.text:
        return False
    named_above = before is not None and ONLY_NAME.match(before.text) is not None and before.text.split()[-1] in match["name"]
    return late or named_above or re.match(rf"{re.escape(match['name'])},\s[^.]{{3,90}}\.\s", block.text) is not None


def _quoted_share(text: str) -> float:
    return sum(len(match) for match in QUOTED.findall(text)) / max(1, len(text))
