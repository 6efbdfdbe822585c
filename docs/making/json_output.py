"""The page of JSON: what each command with --json prints, found by asking it about the examples."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from click.testing import CliRunner

from docs.making.answers import answer
from docs.making.markdown import code, table
from goalmap.cli import main
from goalmap.store.demo import demo_in

OPENING = """
`--json` prints one JSON object on standard output, all in ASCII, and nothing else. `ok` is true, `schema` is 1 and grows when a key changes
its meaning or goes; keys may be added at any time. Errors stay plain words on standard error, with the exit code.

A key of an object within is written behind a full stop, `[]` stands for each item of a list, `…` for a key that is a code, a kind or a file. Found by running each command on the examples.
"""
KINDS = {
    bool: "true or false",
    int: "number",
    float: "number",
    str: "text",
    type(None): "null",
    list: "list",
    dict: "object",
}
ALWAYS = ("ok", "schema")
KEY = re.compile("[a-z_]+")
ANY = "…"
"""Stands for the keys of an object that are names of goals, kinds or files."""
ASKED = (
    "status",
    "review export queue.csv",
    "review import queue.csv",
    "review audit",
    "review readers two.csv --reader Ann --reader Ben",
    "review agreement",
    "decisions waiting",
    "activities list",
    "activities show {activities}",
    "activities edit {activities} --title 'Open days' --reviewer Ann",
    "activities history",
    "entities list",
    "entities show {entities}",
    "entities history",
    "evaluate",
    "learn --list",
    "frameworks list",
    "frameworks show nhs-anchor",
    "frameworks check nhs-anchor --quick",
    "frameworks diff purpose-goals purpose-goals-15",
    "report templates list",
    "report templates show impact",
    "export parquet lake",
    "doctor",
)
"""What is asked, in order; {activities} is the id of the first that is listed."""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# JSON", OPENING)
    with TemporaryDirectory() as folder, chdir(folder):
        _ask(f"ingest {shlex.quote(str(demo_in(Path(folder)).examples))} --quiet")
        for words in ASKED:
            PREPARED.get(words, _nothing)()
            yield from (f"## goalmap {_plain(words)}", "")
            told = shape(json.loads(_ask(f"{_filled(words)} --json")))
            yield from table(("key", "holds"), [(code(key), kinds) for key, kinds in told.items() if key not in ALWAYS])


def _nothing() -> None:
    """Most commands need no more than those before them."""


PREPARED = {"review import queue.csv": lambda: answer(Path("queue.csv"))}
"""What is done before a command is asked."""


def _ask(words: str) -> str:
    """What a command prints on standard output. Raises RuntimeError where it fails."""
    asked = CliRunner().invoke(main, shlex.split(words), catch_exceptions=False)
    if asked.exit_code:
        raise RuntimeError(f"goalmap {words} ended with {asked.exit_code}: {asked.output}")
    return asked.stdout


def _filled(words: str) -> str:
    for sort in ("activities", "entities"):
        if f"{{{sort}}}" in words:
            words = words.replace(f"{{{sort}}}", _first_id(json.loads(_ask(f"{sort} list --json"))))
    return words


def _first_id(told: Mapping[str, Any]) -> str:
    rows = next(value for value in told.values() if isinstance(value, list))
    return str(rows[0]["id"])


def _plain(words: str) -> str:
    return words.replace("{activities}", "ID").replace("{entities}", "ID")


def shape(told: Mapping[str, Any]) -> dict[str, str]:
    """Each key of an object and of those within, with the kinds of what it holds.

    >>> shape({"ok": True, "rows": [{"id": "a"}, {"id": None}]})
    {'ok': 'true or false', 'rows': 'list', 'rows[].id': 'text or null'}
    """
    kinds: dict[str, dict[str, None]] = {}
    for key, value in _walked(told, ""):
        kinds.setdefault(key, {})[KINDS[type(value)]] = None
    return {key: _wording(list(found)) for key, found in kinds.items()}


def _wording(kinds: list[str]) -> str:
    if kinds == ["null"]:
        return "nothing in the examples (null)"
    return " or ".join(sorted(kinds, key=lambda kind: kind == "null"))


def _walked(value: Any, above: str) -> Iterator[tuple[str, Any]]:
    match value:
        case dict():
            named = all(map(KEY.fullmatch, value))
            for key, inner in value.items():
                name = ".".join(filter(None, (above, key if named else ANY)))
                yield name, inner
                yield from _walked(inner, name)
        case list():
            for inner in value:
                yield from _walked(inner, f"{above}[]")
