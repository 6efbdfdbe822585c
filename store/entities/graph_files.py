"""The graph as files: GraphML for programs that draw and measure networks, CSV for spreadsheets."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from goalmap.ingest.errors import NotFound, UnknownName
from goalmap.store.entities.graph import Edge, Graph
from goalmap.store.entities.listing import Listed
from goalmap.store.sheets.sheet import write_sheet

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NODE_COLUMNS = ("id", "label", "kind", "aliases", "identifiers", "documents", "mentions")
EDGE_COLUMNS = ("source", "target", *(field.name for field in fields(Edge) if field.name not in ("source", "target")))


def write_graph(graph: Graph, path: Path) -> tuple[Path, ...]:
    """Write the graph in the form that the file's ending names; gives the files written. Raises UnknownName or NotFound."""
    ending = path.suffix.casefold()
    if ending not in FORMS:
        raise UnknownName("graph format", ending or path.name, FORMS)
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {str(path.parent)!r} to write to. Make it first, or choose another one.")
    return FORMS[ending](graph, path)


def _node(node: Listed) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.name,
        "kind": node.kind,
        "aliases": "; ".join(node.aliases),
        "identifiers": "; ".join(f"{scheme}: {code}" for scheme, code in node.identifiers.items()),
        "documents": node.documents,
        "mentions": node.mentions,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {name: getattr(edge, name) for name in EDGE_COLUMNS}


# CSV


def _write_csv(graph: Graph, path: Path) -> tuple[Path, ...]:
    nodes, edges = (path.with_name(f"{path.stem}-{part}.csv") for part in ("nodes", "edges"))
    write_sheet(nodes, NODE_COLUMNS, (_cells(_node(node)) for node in graph.nodes))
    write_sheet(edges, EDGE_COLUMNS, (_cells(_edge(edge)) for edge in graph.edges))
    return nodes, edges


def _cells(row: dict[str, Any]) -> list[object]:
    return [_cell(value) for value in row.values()]


def _cell(value: object) -> object:
    return ("yes" if value else "") if isinstance(value, bool) else value


# GraphML


def _write_graphml(graph: Graph, path: Path) -> tuple[Path, ...]:
    root = ET.Element("graphml", {"xmlns": NAMESPACE})
    parts = {"node": [_node(node) for node in graph.nodes], "edge": [_edge(edge) for edge in graph.edges]}
    for sort, columns in KEYS.items():
        for name, kind in columns.items():
            ET.SubElement(root, "key", {"id": f"{sort}_{name}", "for": sort, "attr.name": name, "attr.type": kind})
    body = ET.SubElement(root, "graph", {"id": "goalmap", "edgedefault": "directed"})
    for sort, rows in parts.items():
        for row in rows:
            _add(body, sort, row)
    ET.indent(root)
    temporary = path.with_name(path.name + ".part")
    ET.ElementTree(root).write(temporary, encoding="utf-8", xml_declaration=True)
    temporary.replace(path)
    return (path,)


def _add(body: ET.Element, sort: str, row: dict[str, Any]) -> None:
    places = {name: row[name] for name in PLACES[sort]}
    element = ET.SubElement(body, sort, places)
    for name in KEYS[sort]:
        if (value := row[name]) not in (None, ""):
            data = ET.SubElement(element, "data", {"key": f"{sort}_{name}"})
            data.text = str(value).lower() if isinstance(value, bool) else NOT_XML.sub("", str(value))


PLACES = {"node": ("id",), "edge": ("id", "source", "target")}
"""What GraphML has as attributes of an element."""
KEYS = {
    "node": {name: "int" if name in ("documents", "mentions") else "string" for name in NODE_COLUMNS if name != "id"},
    "edge": {
        name: {"former": "boolean", "passages": "int", "page": "int"}.get(name, "string")
        for name in EDGE_COLUMNS
        if name not in ("id", "source", "target")
    },
}
"""What else is told of nodes and edges, with its type."""
FORMS: dict[str, Callable[[Graph, Path], tuple[Path, ...]]] = {".graphml": _write_graphml, ".csv": _write_csv}
