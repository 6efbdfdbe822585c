"""The page of the framework file: every key that a file may have, from the shapes by which it is checked."""

from collections.abc import Iterator

from docs.making.markdown import code, table, text
from goalmap.classify.goals.faults import CHANGES, COUNTS, FRAMEWORK, MEANINGS, RELATIONS, Shape

OPENING = """
A framework is one TOML file ([how to write one](../how-to/frameworks.md)). `goalmap frameworks new NAME` writes one to begin with, and
`goalmap frameworks check FILE.toml` names each fault with its line. Keys that are not in these tables are read by nobody, and the check says so.
"""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# The framework file", OPENING)
    yield from _told("The file", FRAMEWORK, "framework")
    for name, inner in FRAMEWORK.rows.items():
        yield from _told(f"[[{name}]]", inner, name)
        for name_within, within in inner.rows.items():
            yield from _told(f"{name_within} in [[{name}]]", within, name_within)
    yield from ("## Words", "")
    words = {"counts": COUNTS, "relation in [[crosswalk]]": RELATIONS, "relation in [[predecessors]]": CHANGES}
    yield from table(("key", "one of"), [(code(key), ", ".join(map(code, of))) for key, of in words.items()])


def _told(heading: str, shape: Shape, name: str) -> Iterator[str]:
    yield from (f"## {heading}", "")
    rows = [(code(key), _kind(shape, key), _need(shape, key), text(MEANINGS[name][key])) for key in shape.keys]
    yield from table(("key", "holds", "", "meaning"), rows)


def _kind(shape: Shape, key: str) -> str:
    kinds = {"a text or whole number": shape.labels, "a text": shape.texts, "a list of texts": shape.lists}
    return next((kind for kind, keys in kinds.items() if key in keys), "tables")


def _need(shape: Shape, key: str) -> str:
    return "needed" if key in shape.required else ""
