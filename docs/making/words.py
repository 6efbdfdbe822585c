"""The page of words: what columns say that hold one of few words, each with its meaning."""

from collections.abc import Iterator

from docs.making.markdown import code, table, text
from goalmap.classify.model.heads import STAGES
from goalmap.extract.names import EntityKind, Speech
from goalmap.extract.ties.kinds import KINDS
from goalmap.ingest.document import CONTENT, FURNITURE, Kind, Status

OPENING = """
Some columns hold one of few words. These are all of them; code that reads the tables can rely on it.
"""
STATUSES = {
    Status.OK: "Read.",
    Status.PARTIAL: "Read, but something is lost; `problem` says what, by page.",
    Status.NO_TEXT: "Opened, but there is no text: a scan without OCR, an empty file.",
    Status.NEEDS_PASSWORD: "Encrypted.",
    Status.UNSUPPORTED: "No reader for it.",
    Status.REFUSED: "Over a limit: too large, or unpacks to too much.",
    Status.FAILED: "Damaged beyond reading, or its reader crashed.",
    Status.SKIPPED: "No regular file: a link, a pipe, a lock, a hidden file.",
}
PASSAGES = {
    Kind.TITLE: "The title of the document.",
    Kind.HEADING: "A heading in it.",
    Kind.BODY: "A paragraph.",
    Kind.QUOTE: "A paragraph that quotes somebody.",
    Kind.LIST_ITEM: "An item of a list.",
    Kind.TABLE_ROW: "A row of a table, each cell with its column's header.",
    Kind.CAPTION: "The words below a picture, or of a chart.",
    Kind.BIO: "A note on a person's career.",
    Kind.CONTACT: "Addresses, telephone numbers, press contacts.",
    Kind.TEASER: "A lead to another story.",
    Kind.BOILERPLATE: "Notes about the publisher, small print, accounts, contents pages.",
    Kind.HEADER: "A running line at the top of pages.",
    Kind.FOOTER: "A running line at the bottom of pages.",
    Kind.NAVIGATION: "Menus and buttons of a web page.",
}
STAGE = {
    "delivered": "It has been done.",
    "ongoing": "It is being done.",
    "planned": "It is decided that it will be done.",
    "aspiration": "It is hoped for.",
}
VERDICTS = {
    "accept": "The passage serves the goal that was proposed (in tables `accepted`).",
    "reject": "It does not (`rejected`).",
    "change": "It serves another goal instead, which stands under `goal` (`changed`).",
    "add": "It serves one more goal, which stands under `goal` (`added`).",
    "undo": "What was decided is taken back; the proposal waits again. Both stay on record.",
}
ENTITIES = {
    EntityKind.PERSON: "Somebody with a name.",
    EntityKind.ORGANISATION: "A trust, council, firm, school, charity, department or other body.",
    EntityKind.INITIATIVE: "A scheme, programme, project or campaign with a name of its own.",
}
QUOTATIONS = {
    Speech.DIRECT: "The words themselves, between quotation marks.",
    Speech.INDIRECT: "The sense of what was said, not the words.",
}


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# Statuses, kinds, stages and verdicts", OPENING)
    yield from _told("Status of a file", "`status` in `documents`.", {one.value: STATUSES[one] for one in Status})
    yield from _passages()
    yield from _told("Stages", "`stage`, of proposals, decisions and activities.", {one: STAGE[one] for one in STAGES})
    yield from _told("Verdicts", "`verdict` in a review queue.", VERDICTS)
    yield from _told("Kinds of entities", "`kind` in `entities`.", {one.value: ENTITIES[one] for one in EntityKind})
    yield from _told("Kinds of quotations", "`kind` in `quotations`.", {one.value: QUOTATIONS[one] for one in Speech})
    yield from _told("Kinds of memberships", "`kind` in `memberships`.", dict(KINDS))


def _told(heading: str, opening: str, words: dict[str, str]) -> Iterator[str]:
    yield from (f"## {heading}", "", opening, "")
    yield from table(("word", "meaning"), [(code(word), meaning) for word, meaning in words.items()])


def _passages() -> Iterator[str]:
    yield from (
        "## Kinds of passages",
        "",
        "`kind` in `passages`. Only content is classified; furniture is kept and shown.",
        "",
    )
    rows = [(code(one.value), text(PASSAGES[one]), _group(one)) for one in Kind]
    yield from table(("word", "meaning", "group"), rows)


def _group(kind: Kind) -> str:
    return "content" if kind in CONTENT else "furniture" if kind in FURNITURE else ""
