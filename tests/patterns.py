"""All patterns that our modules compile, and texts made to keep each busy."""

import importlib
import pkgutil
import random
import re
import re._constants as op  # type: ignore[import-not-found]  # the parts into which re takes a pattern
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

ROOMS = ("ingest", "extract", "classify", "store", "report", "commands")
LEFT_OUT = ("tuning", "tagger.training", "__main__")
"""Modules that need PyTorch, or do their work when they are imported."""
DEEPEST = 4
RUNS = (
    "a",
    "A",
    " ",
    "1",
    ".",
    ",",
    "-",
    "Aa ",
    "a ",
    "A. ",
    "1,",
    "the ",
    "of ",
    "and ",
    "Aa, ",
    "(",
    "[",
    "\n",
    "\t",
    '"',
    "“",
    "'s ",
    "Aa of ",
    "Mr ",
    "£1",
    "<",
    "|",
)
TRIES = 8
"""Texts that are made after each pattern."""
BY_CATEGORY = {op.CATEGORY_SPACE: " ", op.CATEGORY_DIGIT: "1", op.CATEGORY_WORD: "A"}


def patterns_of_ours() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each pattern of text once, with the name of a module that has it."""
    seen: set[tuple[str, int]] = set()
    for module in _modules():
        for name, value in vars(module).items():
            for pattern in _in(value):
                if isinstance(pattern.pattern, str) and (key := (pattern.pattern, pattern.flags)) not in seen:
                    seen.add(key)
                    yield f"{module.__name__}.{name}", pattern


def _modules() -> Iterator[Any]:
    for room in ROOMS:
        package = importlib.import_module(f"goalmap.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"goalmap.{room}."):
            if not any(part in found.name for part in LEFT_OUT):
                yield importlib.import_module(found.name)


def _in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < DEEPEST:
        for part in _parts(value):
            yield from _in(part, depth + 1)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, field.name, None) for field in fields(value))


def attacks_on(pattern: re.Pattern[str], letters: int) -> Iterator[str]:
    """Texts of so many letters: signs and words over and over, and what the pattern itself asks for, whole and in halves."""
    chance = random.Random(1)
    tree = parser.parse(pattern.pattern, pattern.flags)
    asked = ["".join(_letters(tree, chance)) for _ in range(TRIES)]
    halves = [half for text in asked for half in (text[: len(text) // 2], text[len(text) // 2 :])]
    for run in (*RUNS, *asked, *halves):
        if run:
            text = (run * (letters // len(run) + 1))[:letters]
            yield from (text, f"{text}\0!")


def _letters(tree: Any, chance: random.Random) -> Iterator[str]:
    """Letters that a pattern would take, more or less."""
    for kind, value in tree:
        if kind is op.LITERAL:
            yield chr(value)
        elif kind is op.IN:
            yield _one_of(value, chance)
        elif kind is op.BRANCH:
            yield from _letters(chance.choice(value[1]), chance)
        elif kind is op.SUBPATTERN:
            yield from _letters(value[-1], chance)
        elif kind is op.ATOMIC_GROUP:
            yield from _letters(value, chance)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, part = value
            for _ in range(chance.randint(least, min(int(most), least + 2))):
                yield from _letters(part, chance)
        elif kind in (op.ANY, op.NOT_LITERAL):
            yield chance.choice("aA 1")


def _one_of(members: Any, chance: random.Random) -> str:
    kind, value = chance.choice([member for member in members if member[0] is not op.NEGATE] or [(None, None)])
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.RANGE:
        return chr(chance.randint(value[0], min(value[1], value[0] + 25)))
    return BY_CATEGORY.get(value, "a")
