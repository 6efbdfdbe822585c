"""Forms that are posted to our pages, and what goes with the answers."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

HEADERS = {"x-frame-options": "DENY", "referrer-policy": "same-origin", "cache-control": "no-store"}
"""Of pages on which something can be changed: nobody frames them, keeps them, or learns where they lead from."""
LARGEST = 1024 * 1024
"""Bytes of a form that is read; none of ours comes near."""

Form = Mapping[str, Sequence[str]]


def form_of(body: bytes, keep_blank: bool = False) -> Form:
    """The values of each field, empty ones where they are asked for; nothing where the form is larger than any of ours."""
    return parse_qs(body.decode("utf-8", "replace"), keep_blank) if len(body) <= LARGEST else {}


def one(form: Form, field: str) -> str:
    """The first value of a field, empty where it has none."""
    return next(iter(form.get(field, ())), "")
