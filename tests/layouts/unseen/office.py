"""Has the office program print what was written as a word processor's file or as slides."""

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.layouts.browser import small
from tests.layouts.office import program


def printed(save: Callable[[Any], None], extension: str) -> bytes:
    """The PDF of what `save` writes into a file. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"paper.{extension}")
        save(str(source))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program() or "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*command, str(source)], check=True, capture_output=True)
        return small(Path(folder, "paper.pdf").read_bytes())
