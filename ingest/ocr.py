"""Optical character recognition by tesseract, where it is on PATH."""

import re
import shutil
import subprocess
from functools import lru_cache

PROGRAM = "tesseract"


@lru_cache(maxsize=1)
def version() -> str | None:
    """The version of the tesseract on PATH; None where there is none."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    found = re.match(r"tesseract v?(\S+)", said)
    return found[1] if found else None
