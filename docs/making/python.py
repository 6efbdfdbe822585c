"""The page of the Python API: what `goalmap` exports, in its own words."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import goalmap
from docs.making.markdown import code, fence, table, text

OPENING = """
`import goalmap` has one word for each stage ([in a notebook](../how-to/notebook.md)). What stands here is meant to be relied on; whatever else can
be imported may change with any version. All is typed. Errors are [these](errors.md).
"""
EXAMPLE = ">>> "
DOCTEST = "<!-- not run: it is run where it stands in the code, as a doctest -->"
SIGNATURE = "<!-- not run: a signature -->"


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# Python", OPENING)
    things = {name: getattr(goalmap, name) for name in goalmap.__all__ if not name.startswith("__")}
    for name, thing in sorted(things.items(), key=lambda item: inspect.isclass(item[1])):
        yield from _told(f"goalmap.{name}", thing, 2)


def _told(name: str, thing: Any, depth: int) -> Iterator[str]:
    yield from (f"{'#' * depth} {name}", "")
    if inspect.isfunction(thing):
        yield SIGNATURE
        yield from fence("python", f"{name}{_signature(thing)}")
    yield from _docstring(inspect.getdoc(thing) or "")
    if inspect.isclass(thing):
        yield from _fields(thing)
        for member, value in _methods(thing):
            yield from _told(f"{name.rpartition('.')[2]}.{member}", value, depth + 1)


def _signature(function: Callable[..., Any]) -> str:
    words = _plain(inspect.signature(function)).replace("(self, ", "(").replace("(self)", "()")
    return re.sub(r"<\w+\.(\w+): [^>]+>", r"\1", words)


def _plain(kind: object) -> str:
    """A type or a signature without quotes and without the modules that its names are from."""
    words = kind.__name__ if isinstance(kind, type) and "[" not in str(kind) else str(kind)
    return re.sub(r"\b(?:[a-z_]\w*\.)+(?=[A-Za-z])", "", words.replace("'", ""))


def _docstring(words: str) -> Iterator[str]:
    for paragraph in words.split("\n\n"):
        if paragraph.startswith(EXAMPLE):
            yield DOCTEST
            yield from fence("pycon", paragraph)
        elif paragraph.strip():
            yield from (text(paragraph), "")


def _fields(kind: type) -> Iterator[str]:
    if is_dataclass(kind):
        rows = [(code(one.name), code(_plain(one.type))) for one in fields(kind) if one.name[0] != "_"]
        yield from table(("field", "type"), rows)
    if found := list(_properties(kind)):
        yield from table(("property", "type", "meaning"), found)


def _properties(kind: type) -> Iterator[tuple[str, str, str]]:
    for name, value in vars(kind).items():
        if isinstance(value, property) and value.fget and not name.startswith("_"):
            returned = inspect.signature(value.fget).return_annotation
            yield code(name), code(_plain(returned)), text(inspect.getdoc(value) or "")


def _methods(kind: type) -> Iterator[tuple[str, Any]]:
    for name, value in vars(kind).items():
        function = getattr(value, "__func__", value)
        if not name.startswith("_") and inspect.isfunction(function):
            yield name, function
