"""Frozen dataclasses as columns of Arrow and back: what is written is what is read, whatever it holds.

A dataclass is a struct, a tuple is a list; a field that holds the class itself (the files in a file) is left out. The
columns can be read by anything that reads Parquet.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    import pyarrow

PLAIN = {str: "string", int: "int64", float: "double", bool: "bool", bytes: "binary"}
"""Types of Python that hold nothing else, with those of Arrow."""
ESCAPE = "\x1a"
"""Begins a text that UTF-8 cannot hold, such as a file name of undecodable bytes: the rest is written with backslashes."""

Shape = Any
"""What a column holds: a dataclass, one of PLAIN, an enumeration of names, a tuple of one of these, or one of them or None."""


def type_of(shape: Shape) -> "pyarrow.DataType":
    """The type of a column of this shape. Raises TypeError where there is none."""
    import pyarrow

    shape = _without_none(shape)
    if _is_record(shape):
        return pyarrow.struct([(name, type_of(one)) for name, one in members(shape)])
    if _is_list(shape):
        return pyarrow.list_(type_of(_item(shape)))
    return pyarrow.type_for_alias(PLAIN[_plain(shape)])


def written(shape: Shape, values: Sequence[Any]) -> "pyarrow.Array":
    """A column with these values."""
    import pyarrow

    if _is_record(shape):
        columns = [written(one, [getattr(value, name) for value in values]) for name, one in members(shape)]
        return pyarrow.StructArray.from_arrays(columns, fields=list(type_of(shape)))
    if _is_list(shape):
        ends = pyarrow.array([0, *accumulate(map(len, values))], "int32")
        return pyarrow.ListArray.from_arrays(
            ends, written(_item(shape), [*chain.from_iterable(values)]), type=type_of(shape)
        )
    if _plain(shape) is str:
        return pyarrow.array([value if value is None else _escaped(value) for value in values], "string")
    return pyarrow.array(values, type_of(shape))


def read(shape: Shape, column: "pyarrow.Array") -> list[Any]:
    """The values that a column was written with."""
    if _is_record(shape):
        parts = zip(members(shape), column.flatten(), strict=True)
        return list(map(_maker(shape), *(read(one, part) for (_, one), part in parts)))
    if _is_list(shape):
        items = read(_item(shape), column.flatten())
        begin, *ends = column.offsets.to_pylist()
        return [tuple(items[start - begin : end - begin]) for start, end in pairwise([begin, *ends])]
    values: list[Any] = column.to_pylist()
    return _restored(_without_none(shape), values) if _plain(shape) is str else values


def _is_record(shape: Shape) -> bool:
    return is_dataclass(shape)


def _is_list(shape: Shape) -> bool:
    origin: Any = get_origin(shape)
    return origin is tuple


@cache
def members(shape: Shape) -> tuple[tuple[str, Shape], ...]:
    """The fields of a dataclass with their shapes."""
    hints = get_type_hints(shape, localns=_told_late())
    return tuple((field.name, hints[field.name]) for field in fields(shape) if not _holds(hints[field.name], shape))


def _told_late() -> dict[str, Any]:
    """Classes that are only named where types are checked, for they are slow to import."""
    from goalmap.classify.proposals import Candidate, Proposal

    return {"Candidate": Candidate, "Proposal": Proposal}


def _holds(hint: Any, shape: Shape) -> bool:
    return hint is shape or any(_holds(argument, shape) for argument in get_args(hint))


@cache
def _maker(shape: Callable[..., Any]) -> Callable[..., Any]:
    """Makes the class of its fields in their order; those that are left out must come last."""
    names = [name for name, _ in members(shape)]
    assert names == [field.name for field in fields(shape)][: len(names)]  # type: ignore[arg-type]  # it is a dataclass
    return shape


@cache
def _without_none(shape: Shape) -> Shape:
    """The shape where it is not None. Raises TypeError where that may be several."""
    if _is_list(shape) or not get_args(shape):
        return shape
    one, *others = (argument for argument in get_args(shape) if argument is not type(None))
    if others or _is_record(one) or _is_list(one):
        raise TypeError(f"No column holds {shape}.")
    return one


def _item(shape: Shape) -> Shape:
    """What a tuple holds. Raises TypeError where it holds this and that."""
    items = {argument for argument in get_args(shape) if argument is not Ellipsis}
    if len(items) != 1:
        raise TypeError(f"No column holds {shape}.")
    return items.pop()


@cache
def _plain(shape: Shape) -> type:
    """The type in PLAIN that holds it. Raises TypeError."""
    shape = _without_none(shape)
    for plain in PLAIN:
        if shape is plain or (plain is str and isinstance(shape, type) and issubclass(shape, StrEnum)):
            return plain
    raise TypeError(f"No column holds {shape}.")


def _restored(shape: Shape, values: Iterable[str | None]) -> list[Any]:
    """Texts, or members of an enumeration, of what was written of them."""
    if shape is str:
        return [value if value is None else _unescaped(value) for value in values]
    known = {member.value: member for member in shape}
    return [value if value is None else known[value] for value in values]


def _escaped(text: str) -> str:
    """
    >>> _escaped("caf\\udce9") == ESCAPE + r"caf\\udce9"
    True
    """
    if text.startswith(ESCAPE) or not (text.isascii() or _is_unicode(text)):
        return ESCAPE + text.encode("unicode_escape").decode("ascii")
    return str(text)


def _unescaped(text: str) -> str:
    return text[1:].encode("ascii").decode("unicode_escape") if text.startswith(ESCAPE) else text


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
