"""Readers of another program, put where goalmap finds them: the slow and the deadly ones of stubborn_readers.py."""

import os
import shutil
from pathlib import Path

from tests.stubborn_readers import SECONDS

ENTRY_POINTS = """\
[goalmap.readers]
notes = stubborn_readers:NOTES
poison = stubborn_readers:POISON
venom = stubborn_readers:VENOM
"""


def stubborn(folder: Path, seconds: float = 0.0) -> dict[str, str]:
    """The variables with which a program finds them in this new folder, and takes so long over a file of notes."""
    described = folder / "stubborn_readers-1.dist-info"
    described.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("stubborn_readers.py"), folder)
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: stubborn-readers\nVersion: 1\n")
    (described / "entry_points.txt").write_text(ENTRY_POINTS)
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    return {"PYTHONPATH": path, SECONDS: str(seconds)}
