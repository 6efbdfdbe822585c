"""What is to be read in a file of the set: its passages in reading order, running lines among them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import pypdfium2

LETTERS = re.compile(r"[\W_]+")
BEGINNING = 24
"""Letters by which the page is found on which a passage begins."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One passage that is printed."""

    kind: str
    text: str
    page: int = 0


Margins = Callable[[int], Sequence[tuple[str, str]]]
"""The running lines of a page, by its number: ("header", text) and ("footer", text)."""


def no_margins(page: int) -> Sequence[tuple[str, str]]:
    return ()


def truth(data: bytes, flow: Sequence[Wanted], margins: Margins) -> list[dict[str, object]]:
    """All that is printed in a PDF, each passage with its page."""
    pages = [_letters(text) for text in _texts(data)]
    placed = list(_placed(flow, pages))
    result: list[Wanted] = []
    for page in range(1, len(pages) + 1):
        running = [Wanted(kind, text, page) for kind, text in margins(page)]
        result += [line for line in running if line.kind == "header"]
        result += [passage for passage in placed if passage.page == page]
        result += [line for line in running if line.kind != "header"]
    return [asdict(passage) for passage in result]


def _placed(flow: Sequence[Wanted], pages: Sequence[str]) -> Iterator[Wanted]:
    page = 1
    for passage in flow:
        beginning = _letters(passage.text)[:BEGINNING]
        page = next((number for number in range(page, len(pages) + 1) if beginning in pages[number - 1]), page)
        yield replace(passage, page=page)


def _letters(text: str) -> str:
    return LETTERS.sub("", text.casefold())


def _texts(data: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            yield page.get_textpage().get_text_range().replace("￾", "")
