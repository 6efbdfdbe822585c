"""Frameworks from files, and what differs between two of them or two versions of one."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from goalmap.classify import frameworks
from goalmap.classify.frameworks import Framework
from goalmap.ingest.errors import FrameworkProblem, NotFound


@dataclass(frozen=True, slots=True)
class Changes:
    """The goals in which two frameworks differ, as people read them."""

    old: str
    new: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    renamed: tuple[str, ...]
    renumbered: tuple[str, ...]

    @property
    def by_kind(self) -> dict[str, tuple[str, ...]]:
        return {kind: getattr(self, kind) for kind in ("added", "dropped", "renamed", "renumbered")}


def framework_in(name: str) -> Framework:
    """The framework in a TOML file, or the shipped one of that name, checked. Raises GoalmapError."""
    return read(Path(name)) if name.endswith(".toml") or "/" in name or "\\" in name else frameworks.load(name)


def read(path: Path) -> Framework:
    """The framework in a TOML file. Raises NotFound or FrameworkProblem."""
    try:
        return frameworks.parse(tomllib.loads(path.read_text("utf-8-sig")))
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {str(path)!r}.") from error
    except (ValueError, OSError) as error:
        raise FrameworkProblem(f"{path} is not TOML: {error}. Mend the line that it names.") from error
    except (TypeError, KeyError, AttributeError) as error:
        raise FrameworkProblem(f"{path} is TOML, but not a framework ({type(error).__name__}: {error}).") from error


def changes(old: Framework, new: Framework) -> Changes:
    """What became of the goals: a code keeps its goal where the name is the same or only the name is new."""
    before, after = ({goal.code: goal.name for goal in framework.goals} for framework in (old, new))
    moved = _renumbered(before, after)
    return Changes(
        old=f"{old.id} {old.version}",
        new=f"{new.id} {new.version}",
        added=tuple(
            f"{code} {name}" for code, name in after.items() if code not in before and code not in moved.values()
        ),
        dropped=tuple(f"{code} {name}" for code, name in before.items() if code not in after and code not in moved),
        renamed=tuple(
            f"{code} {before[code]} -> {after[code]}"
            for code in before
            if code in after and before[code] != after[code] and code not in moved and code not in moved.values()
        ),
        renumbered=tuple(f"{code} -> {moved[code]} {before[code]}" for code in moved),
    )


def _renumbered(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """New codes by old ones, of goals that kept their name."""
    codes = {name.casefold(): code for code, name in after.items()}
    found = {code: codes.get(name.casefold()) for code, name in before.items() if after.get(code) != name}
    return {code: new for code, new in found.items() if new}
