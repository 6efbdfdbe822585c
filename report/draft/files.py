"""A draft as a file, in the form that the file's ending names."""

from collections.abc import Callable
from pathlib import Path

from goalmap.report.draft.html import write_html
from goalmap.report.draft.markdown import write_markdown
from goalmap.report.draft.model import Draft
from goalmap.report.draft.tables import write_csv, write_json, write_xlsx
from goalmap.report.draft.word import write_word
from goalmap.report.files import writer_for

Writer = Callable[[Draft, Path], None]
WRITERS: dict[str, Writer] = {
    ".html": write_html,
    ".docx": write_word,
    ".md": write_markdown,
    ".csv": write_csv,
    ".xlsx": write_xlsx,
    ".json": write_json,
}


def write_draft(draft: Draft, path: Path) -> None:
    """Write the draft as its path's suffix asks. Raises UnknownName or NotFound."""
    writer_for(path, WRITERS)(draft, path)
