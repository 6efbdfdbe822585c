"""The licences of what an install brings: as the packages tell them, or as their licence files were read."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
REVIEWED = Path(__file__).with_name("licences.toml")
PERMISSIVE = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CNRI-Python",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "PSF-2.0",
        "Unlicense",
        "Zlib",
    }
)
"""Licences, by their names in the SPDX list, that ask for no more than to be named."""
PIN = re.compile(r"(?P<name>[a-z0-9.-]+)(?:\[[\w,-]+\])?==(?P<version>[^\s;]+)(?: ; (?P<where>.*?))?(?: \\)?")
HASH = re.compile(r"--hash=sha256:(?P<hash>[0-9a-f]{64})")
PARENT = re.compile(r"#(?: via)?\s+(?P<name>[a-z0-9.-]+)(?: \(pyproject\.toml(?::(?P<group>\w+))?\))?")
EXTRAS = {"cluster": ("dask", "distributed", "pyarrow"), "postgres": ("psycopg", "psycopg-binary")}
"""What each extra of pyproject.toml brings; the rest of theirs is what these need."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A package in one version, as requirements.txt has it."""

    name: str
    version: str
    where: str
    """On which machines, empty for all."""
    hashes: tuple[str, ...]
    parents: tuple[str, ...]
    """The packages that need it."""

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def pins(file: Path) -> Iterator[Pin]:
    """The packages of a file of requirements, in its order."""
    for block in re.split(r"\n(?=\S)", file.read_text("utf-8").strip()):
        if found := PIN.match(block):
            hashes = tuple(HASH.findall(block))
            parents = tuple(match["name"] for match in PARENT.finditer(block) if match["name"] not in ("via", "-c"))
            yield Pin(found["name"], found["version"], found["where"] or "", hashes, parents)


def installed() -> list[Pin]:
    """What an install of goalmap brings, the extras left out."""
    return list(pins(ROOT / "requirements-runtime.txt"))


def of_extras() -> list[Pin]:
    """What the extras bring besides."""
    base = {pin.name for pin in installed()}
    known = [pin for pin in pins(ROOT / "requirements.txt") if pin.name not in base]
    wanted = {name for names in EXTRAS.values() for name in names}
    while more := {pin.name for pin in known if wanted & {*pin.parents}} - wanted:
        wanted |= more
    return [pin for pin in known if pin.name in wanted]


@cache
def reviewed() -> Mapping[str, Mapping[str, str]]:
    """The tables of licences.toml."""
    return tomllib.loads(REVIEWED.read_text("utf-8"))


def licence_of(name: str) -> str | None:
    """The SPDX expression of a package's licence; None where nobody has said one."""
    return reviewed()["read"].get(name) or _told(name)


def _told(name: str) -> str | None:
    try:
        said: Message = metadata.metadata(name)  # type: ignore[assignment]
    except metadata.PackageNotFoundError:
        return None
    classifiers = (line.split(" :: ")[-1] for line in said.get_all("Classifier", []) if line.startswith("License"))
    for words in (said.get("License-Expression"), said.get("License"), *classifiers):
        spelt = reviewed()["spellings"].get(words or "", words or "")
        if _parts(spelt) and all(re.fullmatch(r"[A-Za-z0-9.-]+", part) for part in _parts(spelt)):
            return spelt
    return None


def _parts(expression: str) -> list[str]:
    """The licences that an expression names."""
    return [part.strip("() ") for part in re.split(r" (?:OR|AND) ", expression) if part.strip("() ")]


def is_permissive(expression: str) -> bool:
    """Whether one may choose so that all that holds is permissive.

    >>> is_permissive("Apache-2.0 OR GPL-2.0-only"), is_permissive("MPL-2.0 AND MIT")
    (True, False)
    """
    return any(all(part in PERMISSIVE for part in _parts(choice)) for choice in expression.split(" OR "))


def faults() -> list[str]:
    """A line for each package whose licence is not known, or neither permissive nor accepted."""
    found = []
    for pin in (*installed(), *of_extras()):
        licence = licence_of(pin.name)
        if licence is None:
            found.append(f"{pin.name}: no licence is known")
        elif not is_permissive(licence) and pin.name not in reviewed()["accepted"]:
            found.append(f"{pin.name}: {licence} is not permissive, and nobody has accepted it")
    return sorted(set(found))
