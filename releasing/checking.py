"""What must be so before a release: python -m releasing.checking, and with --next what to do once everything is made.

Nothing is tagged or sent anywhere: that stays a person's step.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADING = re.compile(r"^## (?P<version>\d+\.\d+\.\d+), (?P<day>\d{1,2} [A-Z][a-z]+ \d{4})$", re.MULTILINE)
"""How a released version stands in CHANGELOG.md: ## 0.1.0, 4 March 2026"""
UNRELEASED = "## Unreleased"
FINAL = re.compile(r"\d+\.\d+\.\d+")


def version() -> str:
    """The version in pyproject.toml, the one place where it stands."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def released(changelog: str) -> list[tuple[int, ...]]:
    """The versions that a changelog has headings for, as they follow each other there."""
    return [numbers(found["version"]) for found in HEADING.finditer(changelog)]


def numbers(text: str) -> tuple[int, ...]:
    """A version as numbers that can be compared."""
    return tuple(map(int, text.split(".")))


def git(*words: str) -> str:
    """What git answers, empty where it has no answer. Raises OSError where there is no git."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.rstrip()


def unkept() -> str | None:
    """What is changed and not committed, as a complaint."""
    changed = git("status", "--porcelain").splitlines()
    return f"{len(changed)} files are not committed, the first {changed[0][3:]}: commit them" if changed else None


def not_final() -> str | None:
    """Why the version cannot be released, or has been already."""
    tag = f"v{version()}"
    if not FINAL.fullmatch(version()):
        return f"The version is {version()}: set three numbers in pyproject.toml, such as 0.2.0"
    elsewhere = git("tag", "--list", tag) and git("rev-list", "-n1", tag) != git("rev-parse", "HEAD")
    return f"{tag} is already another commit: raise the version in pyproject.toml" if elsewhere else None


def not_told() -> str | None:
    """What the changelog lacks: a heading for this version, at its top, and its versions in order."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headed = released(changelog)
    if UNRELEASED in changelog or headed[:1] != [numbers(version())]:
        return f"CHANGELOG.md must begin with the heading: ## {version()}, DAY MONTH YEAR (in place of {UNRELEASED})"
    return None if all(later > earlier for later, earlier in pairwise(headed)) else "CHANGELOG.md is not newest first"


CHECKS: tuple[tuple[str, Callable[[], str | None]], ...] = (
    ("everything is committed", unkept),
    ("the version is new", not_final),
    ("the changelog tells of it", not_told),
)


def report() -> Iterator[tuple[str, str | None]]:
    """Each check with its complaint, or without one."""
    return ((name, check()) for name, check in CHECKS)


NEXT = """\
goalmap {version} is checked, tested and built; nothing has left this machine. dist/ holds
{files}
Next, to publish it:
  git tag --annotate v{version} --message "goalmap {version}"
  git push origin v{version}
The tag starts .github/workflows/release.yml, which makes the same files again, attests and publishes them.
Afterwards: begin CHANGELOG.md with {unreleased}, and raise the version in pyproject.toml with the first change."""


def what_next() -> str:
    """What is in dist/ and the steps that are left to a person."""
    files = "\n".join(f"  {path.name}" for path in sorted((ROOT / "dist").iterdir()))
    return NEXT.format(version=version(), files=files, unreleased=UNRELEASED)


def main() -> None:
    """Print each check, or what comes next; stop with 1 where one complains."""
    if "--next" in sys.argv[1:]:
        print(what_next())
        return
    complaints = 0
    for name, complaint in report():
        print(f"ok  {name}" if complaint is None else f"no  {name}. {complaint}")
        complaints += complaint is not None
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
