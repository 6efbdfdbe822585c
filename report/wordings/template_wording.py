"""What the commands say of report templates and of the sections that these may use."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goalmap.report.outlines.templates import Template
from goalmap.report.section import Kind, Option, Row
from goalmap.report.wording import count, filled


def template_facts(template: Template) -> dict[str, Any]:
    return {
        "name": template.name,
        "title": template.title,
        "description": template.description,
        "sections": [_row_facts(row) for row in template.sections],
    }


def _row_facts(row: Row) -> dict[str, Any]:
    inner = [_row_facts(one) for one in row.sections]
    return {"use": row.use, "title": row.title, "options": dict(row.options), "sections": inner}


def template_lines(found: Iterable[Template]) -> Iterator[str]:
    """Each template with what it is for."""
    for template in found:
        yield from filled(f"{template.name}: {template.description}", "    ")
    yield "To begin one of your own: goalmap report templates show impact > mine.toml"


def check_lines(template: Template) -> Iterator[str]:
    """That a template can be used, and its sections."""
    yield f"The template {template.name} can be used: {count(len(tuple(template.rows)), 'section')}."
    yield from (f"  {row.title} ({row.use})" for row in template.rows)


def section_facts(kinds: Mapping[str, Kind]) -> list[dict[str, Any]]:
    return [
        {
            "use": name,
            "help": kind.help,
            "options": [
                {"name": key, "default": option.default, "help": option.help, "choices": list(option.choices)}
                for key, option in kind.options.items()
            ],
        }
        for name, kind in kinds.items()
    ]


def section_lines(kinds: Mapping[str, Kind]) -> Iterator[str]:
    """Each kind of section with its options."""
    for name, kind in kinds.items():
        yield from filled(f"{name}: {kind.help}", "    ")
        for key, option in kind.options.items():
            yield from filled(f"    {key} = {_written(option)}  {option.help}{_choices(option)}", "        ")


def _written(option: Option) -> str:
    """A default as it stands in TOML."""
    match option.default:
        case bool() as yes:
            return "true" if yes else "false"
        case tuple() as texts:
            return f"[{', '.join(f'{text!r}' for text in texts)}]".replace("'", '"')
        case value:
            return str(value)


def _choices(option: Option) -> str:
    return f" There are: {', '.join(option.choices)}." if option.choices else ""
