"""The house as its code has it: rooms, what stands in them, and what each imports."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("ingest", "extract", "classify", "pictures", "store", "report", "api", "commands")
"""In the order in which data flows; each imports only those before it."""


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """The modules of ours that a file imports, wherever in it, with the names taken from them as if these were modules."""
    tree = ast.parse(path.read_text("utf-8"))
    taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = [f"{node.module}.{name.name}" for node in taken for name in node.names]
    plain = [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    modules = {*names, *(str(node.module) for node in taken), *plain}
    return tuple(sorted(name for name in modules if name.startswith("goalmap.")))


def modules_in(folder: str) -> Iterator[tuple[str, Path]]:
    """The modules of a room by their full names, with their files."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield ".".join(["goalmap", *path.relative_to(ROOT).with_suffix("").parts]), path


def rooms_within() -> list[str]:
    """Every folder of code by its full name: the rooms, and the rooms in them."""
    return sorted({module.rpartition(".")[0] for room in ROOMS for module, _ in modules_in(room)})


def ways_within(room: str) -> Mapping[str, frozenset[str]]:
    """For each file or folder that stands in the room of this full name, those beside it that it imports."""
    ways: dict[str, frozenset[str]] = {}
    for module, path in modules_in(room.split(".")[1]):
        if module.startswith(f"{room}.") and path.name != "__init__.py":
            child, *_ = module.removeprefix(f"{room}.").split(".")
            ways[child] = ways.get(child, frozenset()) | _beside(room, path) - {child}
    return {child: needed & ways.keys() for child, needed in ways.items()}


def _beside(room: str, path: Path) -> frozenset[str]:
    inside = (name.removeprefix(f"{room}.") for name in imports_of(path) if name.startswith(f"{room}."))
    return frozenset(name.split(".")[0] for name in inside)


def floors(room: str) -> list[list[str]]:
    """What stands in a room, those first that need none of the others. Raises CycleError where two need each other."""
    order = TopologicalSorter(ways_within(room))
    order.prepare()
    found = []
    while ready := sorted(order.get_ready()):
        found.append(ready)
        order.done(*ready)
    return found


def says(room: str) -> str:
    """What a room is for, in its own first words."""
    return (ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text("utf-8"))) or "").splitlines()[0]


def ways_between() -> Iterator[tuple[str, str, int]]:
    """Each pair of rooms of which the first imports the second, with how many of its files do."""
    for room in ROOMS:
        for other in ROOMS:
            users = sum(
                any(name.startswith(f"goalmap.{other}.") for name in imports_of(path)) for _, path in modules_in(room)
            )
            if users and other != room:
                yield room, other, users
