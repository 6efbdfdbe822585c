"""The page of report templates: the kinds of sections and what each can be told."""

from collections.abc import Iterator

from docs.making.markdown import code, table, text
from goalmap.report.outlines import templates
from goalmap.report.section import Option, Value
from goalmap.report.sections.table import SECTIONS

OPENING = """
A report template is a TOML file with `name`, `title`, `description` and one `[[sections]]` table for each section: `use` names its kind, `title` its
heading, `text` your own words above it, `sections` those within it, and the keys below what the kind can be told ([how](../how-to/impact-report.md)).
"""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# Report templates", OPENING)
    yield from ("Templates that are shipped:", "")
    found = [templates.find(name, SECTIONS) for name in templates.names()]
    yield from table(("name", "what it is"), [(code(one.name), text(one.description)) for one in found])
    for name, kind in SECTIONS.items():
        yield from (f"## {name}", "", text(kind.help), "")
        if kind.options:
            rows = [(code(key), code(_toml(one.default)), text(_help(one))) for key, one in kind.options.items()]
            yield from table(("key", "without it", "meaning"), rows)


def _help(option: Option) -> str:
    return f"{option.help} There are: {', '.join(option.choices)}." if option.choices else option.help


def _toml(value: Value) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return f'"{value}"'
        case _:
            return "[" + ", ".join(f'"{one}"' for one in value) + "]"
