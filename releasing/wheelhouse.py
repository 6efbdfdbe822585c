"""A folder that installs goalmap where there is no network: python -m releasing.wheelhouse [FOLDER]

It holds every wheel that goalmap needs, its own among them, the list of them with their hashes, and how to install. For
another machine than this one: --platform and --python-version.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import parse_wheel_filename

from releasing.building import ROOT, build

PINS = ROOT / "requirements-runtime.txt"
HERE = "this machine"


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of machine: the tags of its wheels and what markers ask about it."""

    tags: tuple[str, ...]
    sys_platform: str
    platform_system: str
    platform_machine: str
    os_name: str = "posix"


def _linux(machine: str) -> Machine:
    tags = (*(f"manylinux_2_{minor}_{machine}" for minor in (28, 27, 24, 17)), f"manylinux2014_{machine}")
    return Machine(tags, "linux", "Linux", machine)


PLATFORMS = MappingProxyType(
    {
        "linux_x86_64": _linux("x86_64"),
        "linux_aarch64": _linux("aarch64"),
        "macosx_arm64": Machine(("macosx_15_0_arm64",), "darwin", "Darwin", "arm64"),
        "win_amd64": Machine(("win_amd64",), "win32", "Windows", "AMD64", "nt"),
    }
)
"""The machines for which there are wheels of everything."""

SHELL = """#!/bin/sh
# Installs goalmap without a network: sh install.sh [FOLDER]; another Python: PYTHON=/path/to/python sh install.sh
set -e
here="$(cd "$(dirname "$0")" && pwd)"
folder="${{1:-$HOME/goalmap}}"
"${{PYTHON:-{python}}}" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here" --require-hashes -r "$here/requirements.txt"
"$folder/bin/goalmap" doctor
echo "goalmap is installed. Try it: $folder/bin/goalmap demo"
"""
BATCH = """@echo off
rem Installs goalmap without a network: install.bat [FOLDER]
set "folder=%~f1"
if "%~1"=="" set "folder=%USERPROFILE%\\goalmap"
py -{version} -m venv "%folder%" || exit /b 1
"%folder%\\Scripts\\python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%~dp0." --require-hashes -r "%~dp0requirements.txt" || exit /b 1
"%folder%\\Scripts\\goalmap" doctor || exit /b 1
echo goalmap is installed. Try it: "%folder%\\Scripts\\goalmap" demo
"""


@dataclass(frozen=True, slots=True)
class Target:
    """The machine and the Python that a wheelhouse is for."""

    platform: str = HERE
    version: str = "{}.{}".format(*sys.version_info[:2])

    @property
    def machine(self) -> Machine | None:
        return PLATFORMS.get(self.platform)

    def environment(self) -> dict[str, str]:
        """What markers ask, answered for that machine."""
        known = {name: str(value) for name, value in default_environment().items()}
        if self.version != Target().version:
            known |= {"python_version": self.version, "python_full_version": f"{self.version}.0"}
        if machine := self.machine:
            known |= {name: getattr(machine, name) for name in Machine.__dataclass_fields__ if name != "tags"}
        return known

    def flags(self) -> list[str]:
        """The options of pip download that ask for its wheels."""
        machine = self.machine
        tags = machine.tags if machine else ()
        return ["--python-version", self.version, *(part for tag in tags for part in ("--platform", tag))]


def pins(text: str, target: Target) -> Iterator[str]:
    """The lines of a pinned list that hold on that machine, without their markers, each with its hashes."""
    environment = target.environment()
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        stated, _, hashes = line.partition(" --hash=")
        if hashes:
            wanted = Requirement(stated)
            if wanted.marker is None or wanted.marker.evaluate(environment):
                yield f"{wanted.name}{wanted.specifier} --hash={hashes.split('  #')[0]}"


def fetch(lines: Iterable[str], folder: Path, target: Target) -> None:
    """The wheels of those lines into the folder, each checked by its hash. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch) / "requirements.txt"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        wanted = ["--only-binary=:all:", "--require-hashes", *target.flags(), "--requirement", str(listed)]
        subprocess.run([*command, *wanted, "--dest", str(folder)], check=True)


def listed(folder: Path) -> Iterator[str]:
    """The folder's wheels as a pinned list, each with its own hash."""
    for wheel in sorted(folder.glob("*.whl")):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        yield f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"


def lay_out(folder: Path, target: Target) -> str:
    """Everything that an installation needs, in that folder, which holds no wheel yet; gives the list's own hash."""
    fetch(pins(PINS.read_text("utf-8"), target), folder, target)
    build(folder).source.unlink()
    return write_out(folder, target)


def write_out(folder: Path, target: Target) -> str:
    """The list of the folder's wheels and the script that installs them; gives the list's own hash."""
    requirements = folder / "requirements.txt"
    requirements.write_text("\n".join(listed(folder)) + "\n", encoding="utf-8", newline="\n")
    windows = target.environment()["os_name"] == "nt"
    script, form, end = ("install.bat", BATCH, "\r\n") if windows else ("install.sh", SHELL, "\n")
    text = form.format(python=f"python{target.version}", version=target.version)
    (folder / script).write_text(text, encoding="utf-8", newline=end)
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def asked() -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(prog="python -m releasing.wheelhouse", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("wheelhouse"))
    parser.add_argument("--platform", choices=[*PLATFORMS], default=HERE, metavar="|".join(PLATFORMS))
    parser.add_argument("--python-version", default=Target().version, metavar="X.Y")
    return parser.parse_args()


def main() -> None:
    """Lay the wheelhouse out and say how large it is and how it can be checked on the other side."""
    options = asked()
    folder: Path = options.folder
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"The folder {folder} is not empty. Move it away or name another: make wheelhouse WHEELHOUSE=FOLDER")
    folder.mkdir(parents=True, exist_ok=True)
    target = Target(options.platform, options.python_version)
    fingerprint = lay_out(folder, target)
    wheels = list(folder.glob("*.whl"))
    size = sum(wheel.stat().st_size for wheel in wheels) / 1e6
    print(f"{folder} holds {len(wheels)} wheels, {size:,.0f} MB, for {target.platform} with Python {target.version}.")
    print("Take the folder to the other machine and run there:")
    print("  install.bat" if (folder / "install.bat").exists() else "  sh install.sh")
    print(f"requirements.txt holds the hash of every wheel; its own SHA-256, to compare there:\n  {fingerprint}")


if __name__ == "__main__":
    main()
