"""The reference pages there are, and what makes each; they stand in the tree, so that they can be read and compared without a build."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from docs.making import (
    commands,
    errors,
    framework_file,
    json_output,
    python,
    settings,
    sheets,
    tables,
    templates,
    words,
)

FOLDER = Path(__file__).parents[1] / "reference"
NOTE = "<!-- Made from the code by `make reference`; what is written here by hand is lost. -->"
PAGES: Mapping[str, Callable[[], Iterator[str]]] = {
    "commands.md": commands.page,
    "tables.md": tables.page,
    "words.md": words.page,
    "spreadsheets.md": sheets.page,
    "framework-file.md": framework_file.page,
    "report-templates.md": templates.page,
    "settings.md": settings.page,
    "errors.md": errors.page,
    "json.md": json_output.page,
    "python.md": python.page,
}


def made(name: str) -> str:
    """What a page says today."""
    return "\n".join([NOTE, "", *PAGES[name]()]).rstrip("\n") + "\n"
