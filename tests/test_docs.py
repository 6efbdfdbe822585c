"""The README's and the docs' examples are run, and print what the page says; what cannot be run says why and is looked over.

After a change that is meant: `GOALMAP_WRITE_DOCS=1 pytest tests/test_docs.py` writes what commands print anew, and the reference.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from docs.making.commands import every_command
from docs.making.pages import FOLDER, PAGES, made
from goalmap.cli import main
from tests.documented import (
    ROOT,
    Block,
    Folder,
    blocks_of,
    complaints,
    in_place,
    make_words,
    rerun,
    resolved,
    same_but_for_times,
)

REFERENCE = sorted(FOLDER.glob("*.md"))
DOCS = sorted(path for path in (ROOT / "docs").rglob("*.md") if not path.is_relative_to(ROOT / "docs" / "_build"))
TOP = sorted(ROOT.glob("*.md"))
PAGES_READ = [*TOP, *DOCS]
FOLLOWED = {"tutorial.md": "test_tutorial.py"}
"""Pages that a test of their own follows."""
LONG = frozenset(
    f"{name}.md"
    for name in (
        "back-up-and-move", "bring-decisions", "cluster", "decisions-as-data", "entities", "forget-a-person", "frameworks",
        "impact-report", "notebook", "ordering", "own-format", "people-and-packs", "practice-and-gaps", "progress", "side-by-side",
        "stopping", "two-readers",
    )
)  # fmt: skip
"""Pages that take more than a few seconds."""
WRITE = bool(os.environ.get("GOALMAP_WRITE_DOCS"))
LINK = re.compile(r"\[[^\]]+\]\((?!https?:)([^)\s]+)\)")
HISTORY = frozenset({"CHANGELOG.md", "decisions.md"})
"""Pages that tell of what is no more."""
OF_OTHERS = frozenset(
    {
        "--write",
        "--large",
        "--dask",
        "--peers",
        "--store",
        "--require-hashes",
        "--no-index",
        "--find-links",
        "--no-deps",
    }
)
"""Options of benchmarks, pytest and pip."""


def runs(page: Path) -> bool:
    return page.name not in FOLLOWED and any(block.is_run for block in blocks_of(page))


def marked(page: Path) -> object:
    return pytest.param(page, id=page.name, marks=[pytest.mark.slow] if page.name in LONG else [])


@pytest.fixture(scope="session")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], None]:
    """What pages begin with, made once for all that begin alike."""
    made_already: dict[str, Path] = {}

    def begin(command: str, folder: Path) -> None:
        if [path.name for path in folder.iterdir()] != ["examples"]:
            return do(command, folder)
        if command not in made_already:
            made_already[command] = tmp_path_factory.mktemp("begun")
            shutil.copytree(ROOT / "examples", made_already[command] / "examples")
            do(command, made_already[command])
        shutil.copytree(made_already[command], folder, dirs_exist_ok=True)

    def do(command: str, folder: Path) -> None:
        status, told = Folder(folder).shell(command)
        assert status == 0, told

    return begin


# Blocks


@pytest.mark.parametrize("page", [marked(page) for page in PAGES_READ if runs(page)])
def test_the_blocks_of_a_page_run_in_order_and_print_what_it_says(
    page: Path, tmp_path: Path, begin: Callable[[str, Path], None]
) -> None:
    folder, text = Folder(tmp_path), page.read_text("utf-8")
    try:
        ran = list(rerun(page, folder, begin))
    finally:
        folder.close()
    for block, fresh in reversed(ran):
        if not same_but_for_times(block.text, fresh):
            assert WRITE, f"{block.place} says\n{block.text}\nbut it prints\n{fresh}"
            text = in_place(text, block, fresh)
    if WRITE:
        page.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES_READ, ids=lambda page: page.name)
def test_each_block_is_run_or_says_why_not_and_calls_what_is_there(page: Path) -> None:
    assert [f"{block.place}: {fault}" for block in blocks_of(page) for fault in complaints(block)] == []


def test_a_page_that_is_followed_elsewhere_has_a_test_that_does() -> None:
    for page, test in FOLLOWED.items():
        assert page in (ROOT / "tests" / test).read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        ("", "goalmap status", "neither run nor told why not"),
        ("console", "$ goalmap statos", "there is no command statos"),
        ("console", "$ goalmap review exporting a.csv", "there is no command exporting"),
        ("sh", "goalmap status --colour", "No such option"),
        ("sh", "cd a && goalmap report map -o", "requires an argument"),
        ("sh", "goalmap copy one.db", "it lacks"),
        ("sh", "make coffee", "make has no word coffee"),
        ("sh", "python -m benchmarks.nothing", "there is no module"),
    ],
)
def test_a_block_that_cannot_be_meant_is_found(kind: str, text: str, fault: str) -> None:
    found = list(complaints(Block(ROOT / "page.md", 1, kind, text, {"not run": "as a test"} if kind == "sh" else {})))
    assert len(found) == 1
    assert fault in found[0]


def test_blocks_are_run_in_order_in_one_folder_and_what_fails_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- before: echo one > a.txt -->\n```sh\ncat a.txt > b.txt\n```\n<!-- file: c.toml -->\n```toml\nx = 1\n```\n"
        "```console\n$ cat b.txt c.toml\nwrong\n```\n```python\nimport pathlib\nx = 2\n```\n"
        "```pycon\n>>> x + len(pathlib.Path('b.txt').read_text())\n6\n```\n<!-- not run: a reason -->\n```sh\nfalse\n```\n",
        "utf-8",
    )
    folder = Folder(tmp_path / "folder")
    folder.path.mkdir()
    ran = list(rerun(page, folder, lambda command, _: print(folder.shell(command))))
    assert [fresh for _, fresh in ran][2] == "$ cat b.txt c.toml\none\nx = 1\n"
    block, fresh = ran[2]
    assert "$ cat b.txt c.toml\none\nx = 1\n```\n```python" in in_place(page.read_text("utf-8"), block, fresh)
    for kind, text in (("python", "x / 0"), ("pycon", ">>> x\n3\n"), ("sh", "false")):
        with pytest.raises(AssertionError, match=r"division|Expected|ended with 1"):
            folder.run(Block(page, 1, kind, text))
    folder.close()


# Words


@pytest.mark.parametrize("page", [page for page in PAGES_READ if page.name not in HISTORY], ids=lambda page: page.name)
def test_no_page_mentions_a_command_option_or_word_of_make_that_is_not_there(page: Path) -> None:
    assert [f"{page.name}: `{code}`: {fault}" for code in code_in(page) for fault in strangers(code)] == []


def code_in(page: Path) -> Iterator[str]:
    """What stands between backticks in the text of a page."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8")):
        for child in token.children or ():
            if child.type == "code_inline":
                yield child.content


def strangers(code: str) -> Iterator[str]:
    words = code.replace("[", " ").replace("]", " ").split()
    if words[:1] == ["goalmap"]:
        command, _, rest = resolved(words[1:])
        if isinstance(command, click.Group) and rest and re.fullmatch(r"[a-z][a-z-]*", rest[0]):
            yield f"there is no command {rest[0]}"
        yield from (f"{word} is no option of it" for word in rest if word[0] == "-" and word not in options_of(command))
    elif words[:1] == ["make"]:
        yield from (f"make has no word {word}" for word in words[1:2] if word not in make_words())
    elif words and re.fullmatch(r"--[a-z-]+", words[0]) and words[0] not in ALL_OPTIONS | OF_OTHERS:
        yield "no command has that option"


def options_of(command: click.Command) -> set[str]:
    with_help = {"--help", "-h", "--version"}
    return with_help.union(*(one.opts + one.secondary_opts for one in command.params if isinstance(one, click.Option)))


ALL_OPTIONS = set().union(*(options_of(command) for _, command in every_command(main)))


def test_words_that_are_not_there_are_found() -> None:
    for code in ("goalmap statos", "goalmap status --colour", "goalmap review exporting", "make coffee", "--colour"):
        assert list(strangers(code)), code
    for code in (
        "goalmap review export queue.csv --deep",
        "goalmap --version",
        "make demo",
        "--deep",
        "--write",
        "review",
    ):
        assert not list(strangers(code)), code


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in main.commands if f"goalmap {name}" not in readme] == []


def test_every_command_has_a_help_text_that_fits_eighty_columns() -> None:
    from click.testing import CliRunner

    for words, _ in [((), main), *every_command(main)]:
        result = CliRunner().invoke(main, [*words, "--help"], terminal_width=80)
        assert result.exit_code == 0
        assert len(result.output) > 100
        assert max(map(len, result.output.splitlines())) <= 80, result.output


# Links


@pytest.mark.parametrize("page", PAGES_READ, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(without_code(page)):
        file, _, anchor = target.partition("#")
        leads_to = page.parent / file if file else page
        assert leads_to.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors_of(leads_to), f"{page.name} links to {target}"


def without_code(page: Path) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.S)


def anchors_of(page: Path) -> set[str]:
    """What the headings of a page are linked by."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.S | re.M), re.M)
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-").lower() for heading in headings}


# The reference


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name == "json.md" else []) for name in PAGES]
)
def test_a_reference_page_is_what_the_code_makes_of_it_today(name: str) -> None:
    today = made(name)
    if WRITE:
        (FOLDER / name).write_text(today, encoding="utf-8")
    assert (FOLDER / name).read_text("utf-8") == today, "make reference writes it anew"


def test_every_reference_page_is_made() -> None:
    assert {path.name for path in REFERENCE} == set(PAGES)


def test_every_command_is_in_the_reference() -> None:
    text = (FOLDER / "commands.md").read_text("utf-8")
    assert [words for words, _ in every_command(main) if f" goalmap {' '.join(words)}\n" not in text] == []


def test_the_readme_has_the_exit_codes_of_the_code() -> None:
    from goalmap.commands.shared import EXIT_CODES

    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    told = re.search(r"Exit codes: (.+?)\.", readme)
    assert told
    assert [int(code) for code in re.findall(r"\b\d+\b", told[1])] == list(EXIT_CODES)
