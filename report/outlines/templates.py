"""Report templates: which sections a report has, in which order, and what each is told. They are data in TOML files."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from goalmap.ingest.errors import GoalmapError, NotFound, UnknownName
from goalmap.report.outlines.faults import Fault, faults
from goalmap.report.section import Kind, Row, Value

PREFIX = "report-"
"""How the names of the shipped templates' files begin."""


class TemplateProblem(GoalmapError):
    """A template that cannot be used; says each fault with its line."""


@dataclass(frozen=True, slots=True)
class Template:
    """A report's title and its sections."""

    name: str
    title: str
    description: str
    sections: tuple[Row, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """All its sections in the order in which they are read."""
        yield from _with_inner(self.sections)


def _with_inner(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _with_inner(row.sections)


def names() -> tuple[str, ...]:
    """The templates that are shipped."""
    files = (file.name for file in resources.files("goalmap.models").iterdir())
    return tuple(
        sorted(
            name.removeprefix(PREFIX).removesuffix(".toml")
            for name in files
            if name.startswith(PREFIX) and name.endswith(".toml")
        )
    )


def find(name: str, kinds: Mapping[str, Kind]) -> Template:
    """The template in a TOML file, or the shipped one of that name. Raises NotFound, UnknownName or TemplateProblem."""
    return read(text_of(name), kinds, name)


def text_of(name: str) -> str:
    """What stands in a template's file, a user's own or a shipped one. Raises NotFound, UnknownName or TemplateProblem."""
    if name.endswith(".toml") or "/" in name or "\\" in name:
        return _own(Path(name))
    if name not in names():
        raise UnknownName("report template", name, names())
    return (resources.files("goalmap.models") / f"{PREFIX}{name}.toml").read_text("utf-8")


def _own(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise NotFound(
            f"There is no file {str(path)!r}. Begin one with: goalmap report templates show impact > {path}"
        ) from error
    except (UnicodeDecodeError, OSError) as error:
        raise TemplateProblem(f"{path} cannot be read as text: {error}. Save it as UTF-8.") from error


def read(text: str, kinds: Mapping[str, Kind], name: str = "this file") -> Template:
    """A template from TOML, checked against the kinds of sections there are. Raises TemplateProblem."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # the second where it is nested too deep
        raise TemplateProblem(
            f"The template {name} is not TOML: {error}. Look for a quote or a bracket that is missing there or just before."
        ) from error
    if found := faults(data, kinds, text):
        raise TemplateProblem(_wording(found, name))
    sections = _rows(data["sections"], kinds, "s")
    return Template(data["name"], data["title"], data.get("description", "").strip(), sections)


def _wording(found: list[Fault], name: str) -> str:
    if len(found) == 1:
        return f"The template {name} cannot be used: {found[0]}"
    return "\n".join([f"The template {name} cannot be used:", *(f"- {fault}" for fault in found)])


def _rows(rows: list[dict[str, Any]], kinds: Mapping[str, Kind], above: str) -> tuple[Row, ...]:
    return tuple(_row(row, kinds, f"{above}-{place}") for place, row in enumerate(rows, start=1))


def _row(row: dict[str, Any], kinds: Mapping[str, Kind], id: str) -> Row:
    options = {name: _value(row.get(name, option.default)) for name, option in kinds[row["use"]].options.items()}
    return Row(
        row["use"], row["title"], row.get("text", "").strip(), options, _rows(row.get("sections", []), kinds, id), id
    )


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list | tuple) else value
