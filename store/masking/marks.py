"""Marks in the place of a name: as many as the name has letters, so that everything beside it stays where it was."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

MARK = "█"
"""In the place of each letter; a space stays a space."""
LETTER = re.compile(r"\S")

Span = tuple[int, int]
Mask = Callable[[str], str]
"""Gives a text with marks where it names somebody who is forgotten."""


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text with marks at these places, as long as it was.

    >>> marked("said Amara Okafor today", [(5, 17)])
    'said █████ ██████ today'
    """
    for start, end in spans:
        text = text[:start] + LETTER.sub(MARK, text[start:end]) + text[end:]
    return text


def fits(kept: str, text: str) -> bool:
    """Whether a text is what is kept, but for what is marked there."""
    return len(kept) == len(text) and all(mine in (theirs, MARK) for mine, theirs in zip(kept, text, strict=True))


def in_cell(cell: str, mask: Mask) -> str:
    """A cell of a table with marks; of lists and objects in JSON each text by itself."""
    if cell[:1] in ("[", "{"):
        try:
            held = json.loads(cell)
        except ValueError:
            return mask(cell)
        masked = in_texts(held, mask)
        return cell if masked == held else json.dumps(masked, ensure_ascii=False)
    return mask(cell)


def in_texts(held: Any, mask: Mask) -> Any:
    """A value with marks in all texts that it holds; a key that tells it from others stays as it is."""
    if isinstance(held, str):
        return mask(held)
    if isinstance(held, list | tuple):
        return type(held)(in_texts(one, mask) for one in held)
    if isinstance(held, dict):
        return {mask(name): in_texts(one, mask) for name, one in held.items()}
    if is_dataclass(held) and not isinstance(held, type):
        told = {one.name: in_texts(getattr(held, one.name), mask) for one in fields(held) if one.name != "key"}
        return replace(held, **told)
    return held
