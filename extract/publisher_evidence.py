"""What speaks for a body as the publisher of a text, beside how often the text names it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goalmap.extract.linking.register import Register
from goalmap.extract.names import Mention
from goalmap.extract.words import one_of, table
from goalmap.ingest.document import Document


class Evidence(NamedTuple):
    """Points for a body, and whether they are more than being named."""

    body: int
    points: int
    tells: bool = True


IMPRINT = 4
"""Issued by X; X press office."""
NOTE = 3
"""`X is a charity that ...` among the notes at the end."""
CONTACT = 2
"""Named beside an e-mail address or a telephone number."""
ADDRESS = 4
"""Its name or acronym is that of the e-mail address or web page."""
LETTERHEAD = 4
"""Stands alone at the top."""
TOP = 3
"""Passages among which a name alone is a letterhead."""
MOST_DESCRIBED = 4
"""Points at most for `the Trust`, `the College`: one each time."""

_IMPRINT_BEFORE = re.compile(
    r"(?i)(?:\b|(?=©))(?:(?:issued|published|released|produced|prepared|distributed) (?:by|for)|on behalf of|newsletter of|bulletin of|journal of"
    r"|magazine of|news from|press (?:release|notice|statement) from|media (?:release|statement) from|statement (?:from|by)|minutes of|meeting of"
    r"|annual report of|welcome to|about|here at|©|all of us at|everyone at)(?: the)?[: ]+$"
)
_IMPRINT_AFTER = re.compile(
    r"(?i)^(?:[’']s?)? (?:press (?:office|team|release|notice)|media (?:office|team|release)|communications|comms|newsroom|news release|annual report|impact report|newsletter|bulletin)\b"
)
_NOTE_BEFORE = re.compile(r"^\W*(?:\d{1,2}[.)]?\s+)?(?:[Tt]he )?$")
_NOTE_AFTER = re.compile(
    r"^ (?:\([^)]{2,30}\) )?(?:is|was|are|has|runs|serves|provides|employs|owns|manages|covers|supports|looks after|delivers|exists)\b"
)
LAST_PART = 0.6
"""Where the notes at the end begin, as a share of the passages."""
_REACHED_AT = re.compile(r"\b[\w.+-]+@[\w-]+\.\w|\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b")
_HOST = re.compile(r"(?:@|\bwww\.|https?://(?:www\.)?)(?P<label>[\w-]+)\.")
DESCRIBED = table(
    """
    Trust Council University College School Academy Society Union Association Charity Foundation Bank Company Group Partnership Authority
    Institute Club Constabulary Federation Board Chamber Church
    """
)
_THE_BODY = re.compile(rf"\b(?:[Tt]he|[Oo]ur) (?P<head>{one_of(DESCRIBED)})\b(?! (?:of|for) )(?![’']?s? [A-Z])")
_SMALL_WORDS = table("of the and for in at a nhs foundation trust ltd limited plc")


_POINTED_TO = re.compile(
    r"(?i)(?:\b(?:authorised|regulated|registered|accredited|inspected|printed|photographs?|photos|supplied) (?:and (?:authorised|regulated) )?(?:by|with)"
    r"|\b(?:complaints?|complain|appeals?|appeal)\b[^.;]{0,40}(?::|\bto|\bor|,))(?: the)? (?:[\w&’' ]{3,60} and )?(?:the )?$"
)
"""Before a body, what makes it one that the small print only points to."""
_ACTS_ON_US = re.compile(r"^ (?:(?:has|have|had|will|also) ){0,2}\w+ us\b")


def is_pointed_to(text: str, mention: Mention) -> bool:
    """A regulator, an ombudsman, a printer, a body that does something to `us`."""
    return bool(_POINTED_TO.search(text[: mention.span.start][-120:]) or _ACTS_ON_US.match(text[mention.span.end :]))


def imprints(document: Document, named: Sequence[Mention]) -> Iterator[Evidence]:
    """Bodies that issue, are written for, or describe themselves at the end."""
    end = LAST_PART * len(document.passages)
    for mention in named:
        text = document.passages[mention.span.passage].text
        before, after = text[: mention.span.start], text[mention.span.end :]
        if not (before + after).strip(" .:|") and mention.span.passage < TOP:
            yield Evidence(mention.entity, LETTERHEAD)
        if is_pointed_to(text, mention):
            continue
        if _IMPRINT_BEFORE.search(before[-60:]) or _IMPRINT_AFTER.match(after[:30]):
            yield Evidence(mention.entity, IMPRINT)
        if mention.span.passage >= end and _NOTE_BEFORE.match(before) and _NOTE_AFTER.match(after[:60]):
            yield Evidence(mention.entity, NOTE)
        if _REACHED_AT.search(text):
            yield Evidence(mention.entity, CONTACT)


def descriptions(document: Document, register: Register, named: Sequence[Mention]) -> Iterator[Evidence]:
    """`the College` means the one body of that kind, or the one that is named most."""
    often = Counter(mention.entity for mention in named)
    heads = Counter(match["head"] for passage in document.passages for match in _THE_BODY.finditer(passage.text))
    for head, count in heads.items():
        bodies = [body for body in often if head in register.names[body].split()]
        if bodies:
            yield Evidence(max(bodies, key=lambda body: (often[body], -body)), min(count, MOST_DESCRIBED))


def addresses(document: Document, register: Register, named: Sequence[Mention]) -> Iterator[Evidence]:
    """The body whose name or acronym is in the addresses of the text."""
    labels = {match["label"].casefold() for passage in document.passages for match in _HOST.finditer(passage.text)}
    for body in dict.fromkeys(mention.entity for mention in named):
        if any(_is_address_of(label, register, body) for label in labels):
            yield Evidence(body, ADDRESS)


def _is_address_of(label: str, register: Register, body: int) -> bool:
    words = [word.casefold() for word in re.findall(r"\w+", register.names[body])]
    initials = "".join(word[0] for word in words if word not in ("of", "the", "and", "for"))
    acronyms = {form.casefold() for form in register.forms[body] if form.isupper()}
    core = "".join(word for word in words if word not in _SMALL_WORDS)
    plain = label.replace("-", "")
    return (
        plain in acronyms
        or (len(plain) > 2 and plain == initials)
        or (len(plain) > 4 and (plain in core or core in plain))
    )
