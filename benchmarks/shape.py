"""The shape of a codebase in figures, ours beside others: `python -m benchmarks.shape [NAME=FOLDER ...] [--write]`.

Measured with the syntax tree alone: the lines of a function's body without its docstring, how deep its blocks are nested,
whether its parameters are annotated, and whether public functions, methods and classes say what they are for.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks.writing import table, tell

ROOT = Path(__file__).parents[1]
ROOMS = ("ingest", "extract", "classify", "pictures", "store", "report", "commands", "api", "cli.py", "__init__.py")
PAGE = ROOT / "docs" / "explanation" / "code-side-by-side.md"
MARKS = ("<!-- figures: python -m benchmarks.shape --write -->", "<!-- end of figures of shape -->")
LONG = 40
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
HEADINGS = (
    "codebase",
    "lines / modules",
    "module: median, largest",
    "body: median, p90, share over 40",
    "nesting p90",
    "parameters annotated",
    "public with docstring",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Shape:
    """A codebase in figures; lengths in lines."""

    modules: tuple[int, ...]
    bodies: tuple[int, ...]
    depths: tuple[int, ...]
    annotated: float
    documented: float


def shape(files: Sequence[Path]) -> Shape:
    """The shape of these files. Raises SyntaxError for a file that is no Python."""
    texts = [file.read_text("utf-8") for file in files]
    trees = [ast.parse(text) for text in texts]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    parameters = [argument for function in functions for argument in _parameters(function)]
    public = [node for tree in trees for node in _public(tree.body)]
    return Shape(
        tuple(len(text.splitlines()) for text in texts),
        tuple(_length(function) for function in functions),
        tuple(_depth(function) for function in functions),
        sum(argument.annotation is not None for argument in parameters) / max(1, len(parameters)),
        sum(ast.get_docstring(node) is not None for node in public) / max(1, len(public)),
    )


def _parameters(function: Function) -> list[ast.arg]:
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [argument for argument in every if argument.arg not in ("self", "cls")]


def _public(body: Sequence[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def _length(function: Function) -> int:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _depth(node: ast.AST) -> int:
    inside = [child for child in ast.iter_child_nodes(node) if not isinstance(child, (ast.FunctionDef, ast.ClassDef))]
    return isinstance(node, BLOCKS) + max(map(_depth, inside), default=0)


def row(name: str, found: Shape) -> tuple[str, ...]:
    """A line of the table."""
    long = sum(body > LONG for body in found.bodies) / max(1, len(found.bodies))
    return (
        name,
        f"{sum(found.modules):,} / {len(found.modules)}",
        f"{median(found.modules):.0f}, {max(found.modules):,}",
        f"{median(found.bodies):.0f}, {_ninth_tenth(found.bodies):.0f}, {long:.1%}",
        f"{_ninth_tenth(found.depths):.0f}",
        f"{found.annotated:.0%}",
        f"{found.documented:.0%}",
    )


def _ninth_tenth(values: Sequence[int]) -> float:
    return quantiles(values, n=10, method="inclusive")[-1]


def python_files(place: Path) -> list[Path]:
    """The Python files of a file or folder."""
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


def main(words: Sequence[str]) -> None:
    """Print the table, and with --write keep it in the docs."""
    ours = [file for room in ROOMS for file in python_files(ROOT / room)]
    others = [word.split("=", 1) for word in words if "=" in word]
    rows = [row("goalmap", shape(ours)), *(row(name, shape(python_files(Path(place)))) for name, place in others)]
    tell("\n".join(table(HEADINGS, rows)), words, PAGE, *MARKS)


if __name__ == "__main__":
    main(sys.argv[1:])
