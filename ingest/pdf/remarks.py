"""What is said of pages that were not read as they stand: each remark once, with the numbers of its pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Remark:
    """What befell a page, in words for an analyst."""

    says: str
    advice: str = ""
    is_loss: bool = True
    """Whether text is missing or spoilt, so that the document is partial; else it is only worth knowing."""


def told(remarks: Iterable[tuple[int, Remark]], losses: bool) -> str | None:
    """The remarks that are losses, or those that are not, each with its pages.

    >>> told([(2, Remark("Read by OCR", is_loss=False)), (3, Remark("Damaged")), (7, Remark("Damaged"))], losses=True)
    'Damaged: page 3, 7.'
    """
    pages: dict[Remark, list[int]] = {}
    for number, remark in remarks:
        if remark.is_loss is losses:
            pages.setdefault(remark, []).append(number)
    return " ".join(_sentence(remark, numbers) for remark, numbers in pages.items()) or None


def _sentence(remark: Remark, numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:MOST_LISTED]))
    more = f" and {len(numbers) - MOST_LISTED:,} more" if len(numbers) > MOST_LISTED else ""
    return " ".join(filter(None, (f"{remark.says}: page {listed}{more}.", remark.advice)))
