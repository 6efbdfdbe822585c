"""LibreOffice, as far as it is installed: what it makes of a file."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice")


def _has(part: str) -> bool:
    return PROGRAM is not None and any(
        (Path(PROGRAM).resolve().parent / name).exists() for name in (part, f"{part}.exe")
    )


needs_calc = pytest.mark.skipif(not _has("scalc"), reason="LibreOffice Calc is not installed")
needs_writer = pytest.mark.skipif(not _has("swriter"), reason="LibreOffice Writer is not installed")


def saved(path: Path, form: str) -> Path:
    """The file as LibreOffice saves it in another form, such as `xlsx` or `txt:Text`."""
    folder = path.parent / f"office-{time.monotonic_ns()}"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [str(PROGRAM), profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{form.partition(':')[0]}"
