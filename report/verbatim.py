"""The verbatim lock: what a report quotes is cut out of the stored passage at its offsets, or the report is refused."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goalmap.classify.activities.model import Telling
from goalmap.ingest.errors import GoalmapError
from goalmap.store.contents.people import Background
from goalmap.store.ids import seal_of

Offsets = tuple[int, int]
"""The first character of a span and the one after its last."""

WORDS, DIGITS = re.compile(r"\w\w"), re.compile(r"[£$€]\d|\d(?:\d|%|\.\d)|(?<=\d)\.\d")
"""Characters between which evidence, or a figure, neither begins nor ends."""


class NotVerbatim(GoalmapError):
    """What a report would quote does not stand in the stored passage; nothing is written."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """A passage's text, with its id and document for the message when a quotation does not hold."""

    passage_id: str
    document: str
    text: str
    seal: str | None = None
    """The fingerprint of the text as it was read, where that was kept."""

    def check_seal(self) -> None:
        """Raises NotVerbatim where the text is not the one that was read."""
        if self.seal is not None and self.seal != seal_of(self.text):
            raise self._refusal("its text was changed after it was read")

    def quote(self, what: str, start: object, end: object, surface: str | None = None) -> str:
        """The text at these offsets, which must be `surface` where that is known. Raises NotVerbatim."""
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(self.text)):
            raise self._refusal(f"{what} at characters {start} to {end} lies outside its {len(self.text)} characters")
        found = self.text[start:end]
        if surface is not None and found != surface:
            raise self._refusal(
                f"{what} at characters {start} to {end} should read {surface!r}, but {found!r} stands there"
            )
        return found

    def quote_whole(self, what: str, start: int, end: int, joined: re.Pattern[str]) -> str:
        """The text at these offsets without the space beside it, and not cut where characters are joined. Raises NotVerbatim."""
        found = self.quote(what, start, end)
        if found != found.strip() or self._is_cut(start, end, joined):
            raise self._refusal(f"{what} at characters {start} to {end} is cut: {found!r} stands there")
        return found

    def quote_unbroken(self, what: str, start: int, end: int, surface: str) -> str:
        """The text at these offsets, which must be `surface` and begin and end within no number. Raises NotVerbatim."""
        if self._is_cut(start, end, DIGITS):
            raise self._refusal(f"{what} at characters {start} to {end} begins or ends within a number")
        return self.quote(what, start, end, surface)

    def _is_cut(self, start: int, end: int, joined: re.Pattern[str]) -> bool:
        return any(place > 0 and joined.match(self.text, place - 1) for place in (start, end))

    def spans(self, what: str, stored: str | None) -> tuple[Offsets, ...]:
        """The spans in a JSON list of [start, end], in order, each checked. Raises NotVerbatim."""
        try:
            spans = sorted((start, end) for start, end in json.loads(stored or "[]"))
        except (ValueError, TypeError) as error:
            raise self._refusal(f"{what} is stored as {stored!r}, which is no list of [start, end]") from error
        for start, end in spans:
            self.quote(what, start, end)
        return tuple(spans)

    def _refusal(self, problem: str) -> NotVerbatim:
        return NotVerbatim(
            f"Passage {self.passage_id} of “{self.document}”: {problem}. Nothing was written, because a report quotes only"
            " what is there. Read the document again (goalmap ingest), then make the report."
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage; `marked` where it is evidence."""

    text: str
    marked: bool = False


def pieces(text: str, spans: Iterable[Offsets]) -> tuple[Piece, ...]:
    """The whole text cut at the spans: the pieces joined are the text again.

    >>> [piece.text for piece in pieces("We lend tablets.", [(8, 15)])]
    ['We lend ', 'tablets', '.']
    """
    return tuple(piece for piece in _pieces(text, spans) if piece.text)


def _pieces(text: str, spans: Iterable[Offsets]) -> Iterator[Piece]:
    done = 0
    for start, end in sorted(spans):
        yield Piece(text[done : max(start, done)])
        yield Piece(text[max(start, done) : end], marked=True)
        done = max(end, done)
    yield Piece(text[done:])


def check_tellings(tellings: Iterable[Telling]) -> None:
    """Each passage as it was read, and everything that was found in it where it is said to stand. Raises NotVerbatim."""
    for telling in tellings:
        passage = Quotable(telling.passage_id, telling.document.title, telling.text, telling.seal)
        passage.check_seal()
        for named in telling.named:
            passage.quote(f"the mention of {named.entity.name}", named.start, named.end, named.surface)
        for number in telling.numbers:
            passage.quote_whole("the figure", number.start, number.end, DIGITS)
        for filing in telling.filings:
            for start, end in filing.evidence:
                passage.quote_whole("the evidence", start, end, WORDS)
        for copy in telling.copies:
            Quotable(copy.passage_id, copy.document.title, copy.text, copy.seal).check_seal()


def check_measures(measures: Iterable[Background]) -> None:
    """Each published measure where it is said to stand. Raises NotVerbatim."""
    for one in measures:
        passage = Quotable(one.passage_id, one.document.title, one.text)
        passage.quote_whole(f"the {one.kind}", one.start, one.end, DIGITS)
