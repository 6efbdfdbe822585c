"""Code with one small fault each: a comparison turned, a number moved by one, a condition denied, a call or a slice left out."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
"""What stands in the place of an operator."""
NAMES = {"max": "min", "min": "max", "any": "all", "all": "any"}
OPPOSITES = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
"""Comparisons that are denied when they are turned."""
GUARD = "strict"
"""A zip that is strict guards against faults of other code; without any it does nothing."""
UNSEEN = frozenset({"annotation", "returns", "decorator_list"})
"""Parts of code that do nothing when it runs, or are the same for all classes."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file's code with one fault, and what the fault is."""

    file: str
    line: int
    function: str
    """The function or method that it is in, as `Class.method`; empty outside of any."""
    fault: str
    code: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A field of a node that is to have another value."""

    node: ast.AST
    field: str
    value: object


def mutants(file: str, code: str) -> Iterator[Mutant]:
    """Every mutant of a file.

    >>> [mutant.fault for mutant in mutants("a.py", "def later(a, b):\\n    return a + 1 > b")]
    ['return a + 1 > b -> return None', 'a + 1 > b -> a + 1 >= b', 'a + 1 -> a - 1', '1 -> 2']
    """
    tree = ast.parse(code)
    for node, around, function in _nodes(tree, ""):
        told = around if isinstance(node, ast.Constant | ast.Name | ast.comprehension) else node
        for fault in list(_faults(node)):
            sound, before = getattr(node, fault.field), _short(told)
            setattr(node, fault.field, fault.value)
            change = f"{before} -> {_short(told)}"
            yield Mutant(file, getattr(told, "lineno", 0), function, change, ast.unparse(tree))
            setattr(node, fault.field, sound)


def _nodes(node: ast.AST, function: str) -> Iterator[tuple[ast.AST, ast.AST, str]]:
    """Everything in a node that does something, with what it is part of and the outermost function around it."""
    for name, value in ast.iter_fields(node):
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST) and name not in UNSEEN and getattr(part, "arg", "") != GUARD:
                yield part, node, function
                yield from _nodes(part, _function(node, part, function))


def _function(around: ast.AST, node: ast.AST, function: str) -> str:
    if function or not isinstance(node, ast.FunctionDef):
        return function
    return f"{around.name}.{node.name}" if isinstance(around, ast.ClassDef) else node.name


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:100]


def _faults(node: ast.AST) -> Iterator[Fault]:
    """The ways in which a node can be spoilt."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPPED:
            yield Fault(node, "ops", [SWAPPED[type(op)]()])
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in SWAPPED:
            yield Fault(node, "op", SWAPPED[type(op)]())
        case ast.UnaryOp(op=ast.Not()):
            yield Fault(node, "operand", _denied(node.operand))
        case ast.UnaryOp(op=ast.USub()):
            yield Fault(node, "op", ast.UAdd())
        case ast.Constant(value=bool() as value):
            yield Fault(node, "value", not value)
        case ast.Constant(value=int() | float() as value):
            yield Fault(node, "value", value + 1)
        case ast.Name(id=name) if name in NAMES:
            yield Fault(node, "id", NAMES[name])
        case ast.If() | ast.IfExp() | ast.While():
            yield from _denials(node)
        case ast.Slice():
            yield from (Fault(node, end, None) for end in ("lower", "upper") if getattr(node, end))
        case ast.Return(value=ast.expr() as given) if not (isinstance(given, ast.Constant) and given.value is None):
            yield Fault(node, "value", ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield Fault(node, "value", ast.Constant(None))
        case ast.comprehension(ifs=[_, *_]):
            yield Fault(node, "ifs", [])


def _denials(node: ast.If | ast.IfExp | ast.While) -> Iterator[Fault]:
    """The condition denied, where no fault within it does so already."""
    match node.test:
        case ast.UnaryOp(op=ast.Not()):
            pass
        case ast.Compare(ops=[op]) if isinstance(op, OPPOSITES):
            pass
        case _:
            yield Fault(node, "test", _denied(node.test))


def _denied(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)
