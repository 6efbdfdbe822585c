"""The statements that only run when something goes wrong, and those of them that no test runs."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
REASONS = ROOT / "tests" / "error_branches.toml"
"""By file and statement, why no test runs it."""
ENDING = ("exit", "_exit", "abort")
"""Calls that end a command with an exit code."""
FAULTY = ("PARTIAL", "NO_TEXT", "NEEDS_PASSWORD", "UNSUPPORTED", "REFUSED", "FAILED")
"""The `Status` of a document that was not read as it should be."""
TELLING = ("problem", "exit_code")
"""Keywords with which a failure is told as data."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A statement that only runs when something goes wrong."""

    file: str
    within: str
    text: str
    line: int

    @property
    def name(self) -> str:
        """What stays when lines are added above it."""
        return f"{self.within}: {self.text}"


def branches(source: str, file: str) -> list[Branch]:
    """Every statement of a module that raises, handles an error, tells of a failure or ends with an exit code."""
    return sorted({*_branches(ast.parse(source), file, "module", False)}, key=lambda branch: branch.line)


def _branches(node: ast.AST, file: str, within: str, handling: bool) -> Iterator[Branch]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        within = node.name if within == "module" else f"{within}.{node.name}"
    elif isinstance(node, ast.stmt) and not _holds_others(node) and (handling or _is_of_errors(node)):
        yield Branch(file, within, ast.unparse(node).splitlines()[0], node.lineno)
    for child in ast.iter_child_nodes(node):
        yield from _branches(child, file, within, handling or isinstance(node, ast.ExceptHandler))


def _holds_others(statement: ast.stmt) -> bool:
    return hasattr(statement, "body") or hasattr(statement, "cases")


def _is_of_errors(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Raise) or any(map(_tells, ast.walk(statement)))


def _tells(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in ENDING
        case ast.keyword(arg=name, value=value):
            return name in TELLING and not isinstance(value, ast.Name | ast.Attribute)
        case ast.Attribute(value=ast.Name(id="Status"), attr=name):
            return name in FAULTY
    return False


def amiss(missed: Iterable[Branch], reasons: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The branches that no test runs and for which nobody has given a reason."""
    return [
        f"{branch.file}:{branch.line}: no test runs {branch.name!r}"
        for branch in missed
        if branch.name not in reasons.get(branch.file, {})
    ]


def gone(reasons: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The reasons for what is no longer there."""
    return [
        f"{file}: {name}"
        for file, names in reasons.items()
        for name in names.keys() - {branch.name for branch in branches((ROOT / file).read_text("utf-8"), file)}
    ]
