"""Title, date and kind of a document, from its metadata, its text, its file name, and its publisher where it is stated.

What is not known stays empty; extraction finds the publisher by the names in the text.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from goalmap.ingest import dates
from goalmap.ingest.document import Kind, Metadata, Passage
from goalmap.ingest.names import TITLES, is_person

KINDS = {
    "impact_report": (
        r"\bimpact report|social (?:impact|value|mobility) (?:report|action plan)|breaking down barriers|progress report\b"
    ),
    "green_plan": r"\bgreen plan|net zero (?:plan|strategy)|sustainability (?:plan|strategy|report)",
    "equality_report": (
        r"\b(?:wres|wdes|gender pay|pay gap|equality|edi|workforce race|inclusion) .{0,30}(?:report|data|standard)|"
        r"what .{0,30} did .{0,20}equality|\bedi-"
    ),
    "annual_report": r"\bannual (?:report|review)",
    "quality_account": r"\bquality (?:account|report)s?\b",
    "board_paper": (
        r"\bboard (?:of directors|paper|meeting|report)|committee (?:report|paper|meeting|minutes)|enclosure \d|trust board|"
        r"cabinet (?:report|member paper)|agenda item|report to (?:the )?(?:board|cabinet)"
    ),
    "strategy": r"\bstrategy|(?:our|a|the|people|corporate|delivery|action|five-year) plan\b|plan (?:to|for) 20\d\d",
    "newsletter": r"\bnewsletter|bulletin\b|e-?news\b",
    "press_release": r"\b(?:press|media|news) release|for immediate release",
}
KIND_PATTERNS = {kind: re.compile(pattern, re.I) for kind, pattern in KINDS.items()}
BY_READER = {"mail": "email", "outlook": "email", "web": "news"}
GENERIC_SENDER = re.compile(
    r"^(?:communications?|comms|news(?:letter| desk|room)?|press(?: office)?|media|info(?:rmation)?|admin|no-?reply|"
    r"enquiries|marketing|\S+@\S+)(?: team| office)?$",
    re.I,
)
GENERIC_TITLE = re.compile(
    r"^(?:untitled|microsoft word\b|document\d*$|\S+\.(?:docx?|pdf|pptx?|indd|qxd|html?)$|slide \d+|home$)", re.I
)
SIMPLE_NAME = re.compile(rf"^{TITLES}(?:[A-Z][\w’'-]+)(?: [A-Z]\.?)?(?: [A-Z][\w’'-]+){{1,2}}$")
NEWS_NAME = re.compile(
    r"news|bulletin|update|round-?up|digest|matters|voice|post|times|journal|connect|today|weekly|life|"
    r"\b(?:comm(?:unication)?s|press|media|marketing|information|engagement)\b|(?-i:\b[A-Z]{2,}\b)",
    re.I,
)
"""What stands in the names of newsletters and of the offices that send them, and not in people's; acronyms among them."""
AT_THE_TOP = 4
MOST_DATELINES = 3
"""More different ones than this, "none" counted, and the document is a list of stories."""
AT_THE_FOOT = 12
TOP_CHARACTERS = 400
RELEASE_END = re.compile(r"^(?:notes? (?:to|for) (?:the )?editors?\b|\W*ends\W*$)", re.I)


def describe(path: PurePath, stated: Metadata, passages: Sequence[Passage], reader: str) -> tuple[Metadata, str | None]:
    """The document's metadata and its kind (press_release, annual_report, ...)."""
    title = _title(stated.title, passages)
    metadata = Metadata(
        title=title,
        publisher=_named(stated.publisher, reader),
        published=_published(path, stated, title, passages),
        language=stated.language,
    )
    return metadata, _kind(path, title, passages, reader)


def _named(publisher: str | None, reader: str) -> str | None:
    if (
        publisher is None
        or GENERIC_SENDER.match(publisher)
        or (BY_READER.get(reader) == "email" and _is_person(publisher))
    ):
        return None
    return publisher


def _is_person(name: str) -> bool:
    """Whether the sender of a mail is a person, as far as the name tells."""
    match = SIMPLE_NAME.match(name)
    return match is not None and is_person(name) and NEWS_NAME.search(name) is None


def _title(stated: str | None, passages: Sequence[Passage]) -> str | None:
    shown = next((passage.text for passage in passages if passage.kind is Kind.TITLE), None)
    if shown:
        return shown
    return stated if stated and not GENERIC_TITLE.match(stated) else None


def _published(path: PurePath, stated: Metadata, title: str | None, passages: Sequence[Passage]) -> str | None:
    """The date that is stated, else that of a line of its own, else the one in the title or the file's name."""
    return stated.published or _dateline(passages) or dates.from_title(title or "") or dates.from_file_name(path.stem)


def _dateline(passages: Sequence[Passage]) -> str | None:
    """A line of its own that is a date: near the top or, on news pages, at the foot; none on a list of dated stories."""
    inside = _inside(passages)
    edges = [*inside[: AT_THE_TOP + 2], *inside[-AT_THE_TOP:]]
    found = [date for passage in edges if (date := dates.from_dateline(passage.text))]
    if len(found) > 1 and len({dates.from_dateline(passage.text) for passage in inside}) > MOST_DATELINES:
        return None
    return next(iter(found), None)


def _kind(path: PurePath, title: str | None, passages: Sequence[Passage], reader: str) -> str | None:
    """The first kind that the file's name speaks of, else the title, the top, the foot; else what the format suggests."""
    name = re.sub(r"[-_]", " ", path.stem)
    top = " ".join(passage.text for passage in _inside(passages)[:AT_THE_TOP])
    for text in (name, title or "", top[:TOP_CHARACTERS]):
        for kind, pattern in KIND_PATTERNS.items():
            if pattern.search(text):
                return kind
    ended = any(RELEASE_END.match(passage.text) for passage in passages[-AT_THE_FOOT:])
    return "press_release" if ended else BY_READER.get(reader)


def _inside(passages: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage.kind not in (Kind.HEADER, Kind.FOOTER, Kind.NAVIGATION)]
