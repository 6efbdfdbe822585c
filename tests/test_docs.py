"""The README's and the guides' examples are run, and print what the page says.

A block marked `console` holds commands after `$ ` and what they print, both streams together. Times are compared as
times, not as figures. After a change that is meant: `GOALMAP_WRITE_DOCS=1 pytest tests/test_docs.py` writes the pages anew.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"```console\n(.*?)```", re.S)
TIME = re.compile(r"\d+(?:\.\d+)? seconds|\d+ minutes? \d+ seconds?")
PROGRESS = re.compile(r"\d+ of \d+ files read")
"""What a slow machine prints every ten seconds."""
LINK = re.compile(r"\[[^\]]+\]\((?!https?:|#)([^)#]+)")


def run(command: str, folder: Path) -> str:
    """What a command prints, run where a user would be."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    return done.stdout


def rerun(block: str, folder: Path) -> str:
    """A block with what its commands print today."""
    lines = []
    for line in block.splitlines():
        if line.startswith("$ "):
            printed = run(line[2:], folder).rstrip("\n").splitlines()
            lines += [line, *(one for one in printed if not PROGRESS.fullmatch(one))]
    return "\n".join(lines) + "\n"


def same_but_for_times(one: str, other: str) -> bool:
    def plain(text: str) -> list[str]:
        return TIME.sub("TIME", text).split()

    return plain(one) == plain(other)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if BLOCK.search(page.read_text("utf-8"))], ids=lambda page: page.name
)
def test_the_commands_on_a_page_print_what_it_says(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    text = page.read_text("utf-8")
    fresh = BLOCK.sub(lambda match: f"```console\n{rerun(match[1], tmp_path)}```", text)
    if os.environ.get("GOALMAP_WRITE_DOCS") and not same_but_for_times(text, fresh):
        page.write_text(fresh, encoding="utf-8")
        text = fresh
    for shown, printed in zip(BLOCK.findall(text), BLOCK.findall(fresh), strict=True):
        assert same_but_for_times(shown, printed), f"{page.name} says\n{shown}\nbut it prints\n{printed}"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_is_in_the_readme() -> None:
    from goalmap.cli import main

    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in main.commands if f"goalmap {name}" not in readme] == []


def test_every_command_has_a_help_text_that_fits_eighty_columns() -> None:
    from click.testing import CliRunner

    from goalmap.cli import main

    for name in [[], *commands_in(main)]:
        result = CliRunner().invoke(main, [*name, "--help"], terminal_width=80)
        assert result.exit_code == 0
        assert len(result.output) > 100
        assert max(map(len, result.output.splitlines())) <= 80, result.output


def commands_in(group: click.Group) -> Iterator[list[str]]:
    """The words of each command and group below a group."""
    for name, command in group.commands.items():
        yield [name]
        if isinstance(command, click.Group):
            yield from ([name, *words] for words in commands_in(command))
