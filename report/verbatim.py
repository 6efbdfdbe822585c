"""The verbatim lock: what a report quotes is cut out of the stored passage at its offsets, or the report is refused."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goalmap.ingest.errors import GoalmapError

Offsets = tuple[int, int]
"""The first character of a span and the one after its last."""


class NotVerbatim(GoalmapError):
    """What a report would quote does not stand in the stored passage; nothing is written."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """A passage's text, with its id and document for the message when a quotation does not hold."""

    passage_id: str
    document: str
    text: str

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
