"""A draft as a file, in the form that the file's ending names."""

from collections.abc import Callable
from pathlib import Path

from goalmap.report.draft.model import Draft
from goalmap.report.files import writer_for

Writer = Callable[[Draft, Path], None]
WRITERS: dict[str, Writer] = {}


def write_draft(draft: Draft, path: Path) -> None:
    """Write the draft as its path's suffix asks. Raises UnknownName or NotFound."""
    writer_for(path, WRITERS)(draft, path)
