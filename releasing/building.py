"""The wheel and the source distribution, built from a clean copy of the tree: python -m releasing.building [FOLDER]

The copy holds what belongs to the project and nothing that lies about in it; two builds of one tree are the same bytes.
"""

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
EPOCH = 1_767_225_600
"""The time that all files bear, 1 January 2026, unless SOURCE_DATE_EPOCH says another."""
BACKEND = "import sys; from setuptools import build_meta; print(getattr(build_meta, sys.argv[1])(sys.argv[2]))"
LEFT_OUT = shutil.ignore_patterns(
    ".*", "*.egg-info", "__pycache__", "build", "dist", "demo", "wheelhouse", "*.db*", "*.py[co]"
)
"""What lies about in a tree that git does not list."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build leaves, and what it said."""

    wheel: Path
    source: Path
    said: str


def belonging() -> tuple[Path, ...] | None:
    """The project's own files as git knows them, committed or not, relative to the tree; None where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (ROOT / (path := Path(name))).is_file())


def clean_copy(folder: Path) -> Path:
    """The tree copied into a new folder, without what git ignores."""
    own = belonging() if (ROOT / ".git").exists() else None
    if own is None:
        return Path(shutil.copytree(ROOT, folder, ignore=LEFT_OUT))
    for path in own:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, folder / path)
    return folder


def build(into: Path) -> Built:
    """Both forms in a folder, which is made. Raises CalledProcessError, with what was said, where the tree cannot be built."""
    with tempfile.TemporaryDirectory() as scratch:
        return build_from(clean_copy(Path(scratch) / "tree"), into)


def build_from(tree: Path, into: Path) -> Built:
    """Both forms of a tree that nothing else needs: the build leaves its folders in it."""
    into.mkdir(parents=True, exist_ok=True)
    source, said = _made("build_sdist", tree, into.resolve())
    wheel, also = _made("build_wheel", tree, into.resolve())
    _settle(source, _epoch())
    return Built(wheel, source, said + also)


def _made(step: str, tree: Path, into: Path) -> tuple[Path, str]:
    """What one step of the backend made; all files in the tree bear the same time and the same rights before it."""
    for path in sorted(tree.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (_epoch(), _epoch()))
    done = subprocess.run(
        [sys.executable, "-c", BACKEND, step, str(into)],
        cwd=tree,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(_epoch())},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        umask=0o022,
    )
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, step, done.stdout)
    return into / done.stdout.splitlines()[-1], done.stdout


def _settle(archive: Path, epoch: int) -> None:
    """A .tar.gz rewritten so that nothing in it tells when, where or by whom it was made."""
    with tarfile.open(archive) as before:
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as after:
            for member, data in _members(before):
                member.uid = member.gid = 0
                member.uname = member.gname = ""
                member.mtime, member.mode, member.pax_headers = epoch, 0o755 if member.isdir() else 0o644, {}
                after.addfile(member, data)
    with archive.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=epoch) as packed:
        packed.write(plain.getvalue())


def _members(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, io.BufferedReader | None]]:
    for member in sorted(archive, key=lambda one: one.name):
        data = archive.extractfile(member) if member.isfile() else None
        yield member, data if isinstance(data, io.BufferedReader) else None


def _epoch() -> int:
    return int(os.environ.get("SOURCE_DATE_EPOCH", EPOCH))


def main() -> None:
    """Build into the folder that is named, or into dist/, and say what was made."""
    built = build(Path(sys.argv[1] if sys.argv[1:] else "dist"))
    for path in (built.wheel, built.source):
        print(f"{path.name}  {path.stat().st_size / 1e6:,.1f} MB")


if __name__ == "__main__":
    main()
