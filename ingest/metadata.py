"""Title, publisher, date and kind of a document: from its metadata, its text, its file name; what is not known stays empty."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from goalmap.ingest import dates
from goalmap.ingest.document import Kind, Metadata, Passage

KINDS = (
    ("impact_report", r"\bimpact report|social (?:impact|value|mobility) report|breaking down barriers|progress report\b"),
    ("green_plan", r"\bgreen plan|net zero (?:plan|strategy)|sustainability (?:plan|strategy|report)"),
    ("equality_report", r"\b(?:wres|wdes|gender pay|pay gap|equality|edi|workforce race|inclusion) .{0,30}(?:report|data|standard)|what .{0,30} did .{0,20}equality|\bedi-"),
    ("annual_report", r"\bannual (?:report|review)"),
    ("quality_account", r"\bquality (?:account|report)s?\b"),
    ("board_paper", r"\bboard (?:of directors|paper|meeting|report)|committee\b|enclosure \d|trust board|cabinet (?:report|member paper)|agenda item|report to (?:the )?(?:board|cabinet)"),
    ("strategy", r"\bstrategy|(?:our|a|the|people|corporate|delivery|action|five-year) plan\b|plan (?:to|for) 20\d\d"),
    ("newsletter", r"\bnewsletter|bulletin\b|e-?news\b"),
    ("press_release", r"\bpress release|media release|news release|notes? to editors|for immediate release|\bends\b"),
)  # fmt: skip
KIND_PATTERNS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in KINDS)
BY_READER = {"mail": "email", "web": "news"}
BODY_NAME = re.compile(
    r"\b(?:(?:[A-Z][\w’'&-]*|and|of|the|for|&)\s+){0,8}(?:NHS(?: Foundation)? Trust|Health Board|Integrated Care Board|"
    r"(?:City|County|Borough|District|Metropolitan Borough|Town)? ?Council|University(?: of (?:the )?[A-Z][\w-]+)?|"
    r"Building Society|Housing Association|Combined Authority|College|Constabulary|plc|Ltd|Limited|CIC|Charity|Trust|Foundation|Coalition)\b"
)
GENERIC_SENDER = re.compile(r"^(?:communications?|comms|news(?:letter| desk|room)?|press(?: office)?|media|info(?:rmation)?|admin|no-?reply|enquiries|marketing|\\S+@\\S+)(?: team| office)?$", re.I)
GENERIC_TITLE = re.compile(r"^(?:untitled|microsoft word|document\d*|\S+\.(?:docx?|pdf|pptx?|indd|qxd|html?)|slide \d+|home)\b|^(?:microsoft word - )", re.I)


def describe(path: PurePath, stated: Metadata, passages: Sequence[Passage], reader: str) -> tuple[Metadata, str | None]:
    """The document's metadata and its kind (press_release, annual_report, ...)."""
    title = _title(stated.title, passages)
    metadata = Metadata(
        title=title,
        publisher=_named(stated.publisher) or _publisher(passages),
        published=stated.published or _published(passages) or dates.from_file_name(path.stem),
        language=stated.language,
    )
    return metadata, _kind(path, title, passages, reader)


def _named(publisher: str | None) -> str | None:
    return None if publisher is None or GENERIC_SENDER.match(publisher) else publisher


def _title(stated: str | None, passages: Sequence[Passage]) -> str | None:
    shown = next((passage.text for passage in passages if passage.kind is Kind.TITLE), None)
    if shown:
        return shown
    return stated if stated and not GENERIC_TITLE.match(stated) else None


def _published(passages: Sequence[Passage]) -> str | None:
    """A line of its own that is a date: near the top or, on news pages, at the foot."""
    edges = [*passages[:6], *passages[-4:]]
    return next((found for passage in edges if (found := dates.from_dateline(passage.text))), None)


def _publisher(passages: Sequence[Passage]) -> str | None:
    """The body named most often, counting a running header and the first lines double."""
    counts: Counter[str] = Counter()
    for passage in passages:
        weight = 3 if passage.kind in (Kind.HEADER, Kind.FOOTER, Kind.BOILERPLATE) else 2 if passage.position < 4 else 1
        for name in _bodies(passage.text):
            counts[name] += weight
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= 3 else None


def _bodies(text: str) -> Iterable[str]:
    for match in BODY_NAME.finditer(text):
        name = re.sub(r"^(?:(?:the|and|of|for|at|&|from|with|in|by)\s+)+", "", match.group().strip(), flags=re.I)
        if len(name.split()) > 1 or name.endswith("Council"):
            yield name


def _kind(path: PurePath, title: str | None, passages: Sequence[Passage], reader: str) -> str | None:
    first = " ".join(passage.text for passage in passages[:4])
    last = " ".join(passage.text for passage in passages[-12:] if len(passage.text) < 60)
    for text in (path.stem.replace("-", " ").replace("_", " "), title or "", first[:400], last):
        for kind, pattern in KIND_PATTERNS:
            if pattern.search(text):
                return kind
    return BY_READER.get(reader)
