"""What is common to e-mails of every make: the message told from earlier messages, signatures and headers below it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile

from goalmap.ingest.clean import clean
from goalmap.ingest.document import CONTENT, Block, Kind, Metadata, Part, Reading
from goalmap.ingest.errors import NoText
from goalmap.ingest.text.reader import blocks_of_text

TITLE_PLACES = 3
"""Among how many blocks at its head a message may repeat its subject."""
REPLY = re.compile(r"^(?:\s*(?:re|aw|sv|fwd?|wg|tr|\[?external\]?)\s*[:\]]\s*)+", re.I)
FORWARD = re.compile(r"^\s*(?:fwd?|wg|tr)\s*:", re.I)
SIGNATURE = re.compile(r"^-- ?$", re.M)
SIGNATURE_LINES = 12
"""Most lines in a signature; a longer text after two dashes is part of the message."""
WROTE = re.compile(r"^\W*On\b.{5,250}\bwrote\s*:\W*$")
BROKEN_WROTE = re.compile(r"^(> )?(On\b.{5,200})\n(?:> )?(.{0,150}\bwrote ?:)[ \t]*$", re.M)
ORIGINAL = re.compile(r"^[\s\-_*]*(?:original (?:message|appointment)|reply message)[\s\-_*:]*$", re.I)
FORWARDED = re.compile(r"^[\s\-_*]*(?:begin )?forwarded (?:message|by\b.{0,80})[\s\-_*:]*$", re.I)
FIELD = re.compile(r"^\W{0,2}(?:from|sent|to|cc|bcc|date|subject|reply-to|importance|attachments?)\W{0,2}:", re.I)
FIRST_FIELD = re.compile(r"^\W{0,2}from\W{0,2}:", re.I)
FIELDS_IN_A_ROW = re.compile(r"^\W{0,2}from\W{0,2}:.*\b(?:sent|date|to)\W{0,2}:.*\bsubject\W{0,2}:", re.I)
DEVICE = re.compile(r"^(?:sent from (?:my|outlook|mail for|yahoo|samsung)\b.{0,60}|get outlook for \w+.{0,40})$", re.I)
MARK_LENGTH = 1_000
"""Characters of a block among which it shows what it is."""
STUB_WORDS = 40
"""Plain text as short as this, beside a page that says three times as much, stands for "please see the page"."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail taken from its envelope."""

    subject: str = ""
    sender: str = ""
    published: str | None = None
    blocks: tuple[Block, ...] = ()
    parts: Iterable[Part] = ()
    has_parts: bool = False
    problem: str | None = None
    note: str | None = None


def reading_of(letter: Letter) -> Reading:
    """The message under its subject as title, what was written before it marked as such. Raises NoText."""
    if not letter.blocks and not letter.has_parts:
        raise NoText("The e-mail has no text.")
    title = clean(REPLY.sub("", letter.subject)) or None
    blocks = list(_marked(letter.blocks, FORWARD.match(letter.subject) is not None))
    metadata = Metadata(title, clean(letter.sender) or None, letter.published)
    return Reading(
        tuple(_titled(blocks, title)), metadata, problem=letter.problem, note=letter.note, parts=letter.parts
    )


def blocks_of_message(text: str) -> tuple[Block, ...]:
    """The plain text of a message; lines quoted from an earlier one are small print, unless there are no others."""
    message, signature, rest = _apart(text)
    blocks = tuple(blocks_of_text(message, Kind.BOILERPLATE))
    if not any(block.kind in CONTENT for block in blocks):
        blocks = tuple(blocks_of_text(message, None))
    signed = (block.as_kind(Kind.CONTACT) for block in blocks_of_text(signature))
    return (*blocks, *signed, *blocks_of_text(rest, Kind.BOILERPLATE))


def is_stub(plain: Sequence[Block], page: Sequence[Block]) -> bool:
    """Whether the plain text of a message only stands in for its web page."""
    return _words(plain) < STUB_WORDS and _words(page) > 3 * _words(plain)


def _words(blocks: Iterable[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _apart(text: str) -> tuple[str, str, str]:
    """The text before its signature, the signature, and what stands below it."""
    text = BROKEN_WROTE.sub(r"\1\2 \3", text.replace("\r\n", "\n"))
    mark = SIGNATURE.search(text)
    if mark is None:
        return text, "", ""
    below = text[mark.end() :].split("\n")
    signature = list(takewhile(lambda line: not _begins_earlier(line), below))
    if sum(bool(line.strip()) for line in signature) > SIGNATURE_LINES:
        return text, "", ""
    return text[: mark.start()], "\n".join(signature), "\n".join(below[len(signature) :])


def _begins_earlier(line: str) -> bool:
    return line.startswith(">") or any(
        pattern.match(line) for pattern in (WROTE, ORIGINAL, FORWARDED, FIRST_FIELD, SIGNATURE)
    )


def _marked(blocks: Sequence[Block], is_forward: bool) -> Iterator[Block]:
    """The blocks, those of earlier messages as small print; what was forwarded is what the e-mail is about.

    Where each line of an earlier message is marked as quoted, what follows is the writer's own.
    """
    is_earlier = in_fields = False
    for block, after in pairwise([*blocks, Block("")]):
        text, next_text = block.text[:MARK_LENGTH], after.text[:MARK_LENGTH]
        is_forward |= FORWARDED.match(text) is not None
        in_fields = _is_field(text, next_text, in_fields)
        if in_fields or _is_seam(text):
            is_earlier = not is_forward and not (WROTE.match(text) and after.kind is Kind.BOILERPLATE)
            yield block.as_kind(Kind.HEADER if in_fields else Kind.BOILERPLATE)
        elif is_earlier or DEVICE.match(text):
            yield block.as_kind(Kind.BOILERPLATE)
        else:
            yield block


def _is_seam(text: str) -> bool:
    return any(pattern.match(text) for pattern in (WROTE, ORIGINAL, FORWARDED))


def _is_field(text: str, next_text: str, in_fields: bool) -> bool:
    """Whether a block is of the headers of an earlier message, copied into this one."""
    if in_fields:
        return FIELD.match(text) is not None
    if FIELDS_IN_A_ROW.match(text):
        return True
    return FIRST_FIELD.match(text) is not None and FIELD.match(next_text) is not None


def _titled(blocks: Sequence[Block], title: str | None) -> Iterator[Block]:
    """The blocks under the subject as title; where the message itself begins with it, it is not said twice."""
    if title is None:
        return iter(blocks)
    head = [block for block in blocks[:TITLE_PLACES] if block.text.casefold() != title.casefold()]
    return chain([Block(title, Kind.TITLE)], head, blocks[TITLE_PLACES:])
