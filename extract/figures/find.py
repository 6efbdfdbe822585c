"""The figures of a document, in its sentences and in its tables."""

from collections.abc import Iterator

from goalmap.extract.figures.amounts import Amount, amounts_in
from goalmap.extract.figures.tables import headers_of, is_row, row_amounts
from goalmap.extract.names import Figure, Span
from goalmap.ingest.document import Document, Passage


def find_figures(document: Document) -> Iterator[Figure]:
    """All figures of a document, in reading order; the dates of `last year` come from the document's own."""
    headers = headers_of(document.passages)
    for passage, header in zip(document.passages, headers, strict=True):
        for amount in _amounts(passage, header, document.published):
            yield Figure(Span(passage.position, amount.start, amount.end), *amount[2:])


def _amounts(passage: Passage, header: tuple[str, ...], published: str | None) -> list[Amount]:
    return row_amounts(passage.text, header, published) if is_row(passage) else amounts_in(passage.text, published)
