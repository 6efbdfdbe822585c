"""The file that a model is kept in: plain containers and arrays as skops writes them, and no code.

skops takes seconds to import and to look at each term that a model counts. So what is written holds few parts, and
what is written so is read without skops; files of before, which hold objects of scikit-learn, are read by it.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from goalmap.classify.model.features import Terms, terms_of
from goalmap.classify.model.regression import Regression, regression_of
from goalmap.ingest.errors import ModelProblem

SCHEMA, PROTOCOL = "schema.json", 2
BETWEEN = "\n"
"""Stands between the names of terms, none of which holds one."""
PACKED = zipfile.ZIP_DEFLATED
HARDEST = 9
UNIX = 3
"""Said of every file, wherever it was written."""

Node = dict[str, Any]


class NotPlain(Exception):
    """The file holds more than plain containers and arrays."""


def written_state(state: dict[str, Any]) -> bytes:
    """A state as a skops file holds it; the same state gives the same bytes, whenever and wherever it is written."""
    import skops.io

    return _steady(skops.io.dumps(_plain(state)))


def read_state(data: bytes, name: str) -> dict[str, Any]:
    """The state in a skops file. Raises ModelProblem."""
    try:
        found = _Plain.of(data).state
    except (NotPlain, KeyError, TypeError, ValueError, zipfile.BadZipFile):  # of before, or of another skops
        found = _by_skops(data, name)
    state: dict[str, Any] = _whole(found)
    return state


def _by_skops(data: bytes, name: str) -> Any:
    import skops.io

    if unknown := skops.io.get_untrusted_types(data=data):
        raise ModelProblem(f"The model {name} holds types that are not trusted: {', '.join(unknown)}. Do not use it.")
    return skops.io.loads(data)


# The same bytes each time


def _steady(data: bytes) -> bytes:
    """The package packed anew: parts are numbered in their order, not by where they lay in memory, and no time is told."""
    source = zipfile.ZipFile(io.BytesIO(data))
    schema = json.loads(source.read(SCHEMA))
    arrays: dict[str, str] = {}
    for number, node in enumerate(_nodes(schema)):
        node["__id__"] = number
        if "file" in node:
            node["file"] = arrays.setdefault(node["file"], f"{number}.npy")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, new in arrays.items():
            _pack(target, new, source.read(name))
        _pack(target, SCHEMA, json.dumps(schema).encode())
    return packed.getvalue()


def _nodes(part: Any) -> Iterator[Node]:
    """A part of the schema and all parts in it that have a number, in their order."""
    if isinstance(part, dict) and "__id__" in part:
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _nodes(inner)


def _pack(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name)
    member.create_system = UNIX
    package.writestr(member, data, PACKED, HARDEST)


# Regressions and terms as containers


def _plain(value: Any) -> Any:
    if isinstance(value, Terms):
        return {"names": BETWEEN.join(value.names), "rarity": value.rarity}
    if isinstance(value, Regression):
        return {part.name: getattr(value, part.name) for part in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if not isinstance(value, dict):
        return _of_scikit_learn(value)
    if value.keys() == {"names", "rarity"}:
        names = value["names"]
        return Terms(tuple(names.split(BETWEEN)) if names else (), value["rarity"])
    if value.keys() == {part.name for part in fields(Regression)}:
        return Regression(**value)
    return {key: _whole(part) for key, part in value.items()}


def _of_scikit_learn(value: Any) -> Any:
    """What files of before hold as objects."""
    if hasattr(value, "coef_"):
        return regression_of(value)
    return terms_of(value) if hasattr(value, "vocabulary_") else value


# Reading plain files


@dataclass(frozen=True)
class _Plain:
    """A skops file of plain containers and arrays."""

    package: zipfile.ZipFile
    known: dict[int, Any] = field(default_factory=dict)
    """The values that were read, by their numbers in the file, for those that stand in several places."""

    @classmethod
    def of(cls, data: bytes) -> "_Plain":
        return cls(zipfile.ZipFile(io.BytesIO(data)))

    @property
    def state(self) -> Any:
        """Raises NotPlain, KeyError, TypeError or ValueError."""
        root = json.loads(self.package.read(SCHEMA))
        if root["protocol"] != PROTOCOL:
            raise NotPlain
        return self._value(root)

    def _value(self, node: Node) -> Any:
        read = NODES.get((node["__loader__"], node["__class__"]))
        if read is None:
            raise NotPlain
        self.known[node["__id__"]] = value = read(self, node)
        return value

    def json(self, node: Node) -> Any:
        return json.loads(node["content"])

    def list(self, node: Node) -> Any:
        return [self._value(part) for part in node["content"]]

    def dict(self, node: Node) -> Any:
        if any(part["__class__"] != "str" for part in node["key_types"]["content"]):
            raise NotPlain
        return {key: self._value(part) for key, part in node["content"].items()}

    def array(self, node: Node) -> Any:
        return np.load(io.BytesIO(self.package.read(node["file"])), allow_pickle=False)

    def again(self, node: Node) -> Any:
        return self.known[node["__id__"]]


NODES: dict[tuple[str, str], Callable[[_Plain, Node], Any]] = {
    ("JsonNode", "str"): _Plain.json,
    ("ListNode", "list"): _Plain.list,
    ("DictNode", "dict"): _Plain.dict,
    ("NdArrayNode", "ndarray"): _Plain.array,
    ("CachedNode", "ndarray"): _Plain.again,
}
"""What reads each kind of part."""
