"""The graph of who is tied to whom, as programs for networks and spreadsheets read it."""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from goalmap.ingest.errors import EntityProblem, NotFound, UnknownName
from goalmap.store.database import open_database
from goalmap.store.entities.decisions import merge
from goalmap.store.entities.graph import graph, sentence_at
from goalmap.store.entities.graph_files import write_graph
from tests.naming import make_database

FILES = {
    "a.txt": "published: 2021-02-03\nperson: Jo Webb, Leader @ Harrowmead Council\nmember: Lockgate Trust @ North Coalition",
    "b.txt": "published: 2023-04-05\nperson: Jo Webb, Leader @ Harrowmead Council\nformer: Jo Webb, Mayor @ Lockgate Town",
    "c.txt": "person: Zed <&> Quote, =HYPERLINK(1) @ Marsh & Sons\norganisation: Bystander Ltd",
}
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(open_database(make_database(tmp_path / "a.db", tmp_path / "folder", FILES))) as database:
        yield database


def rows_of(sheet: Path) -> list[dict[str, str]]:
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_tie_told_twice_is_one_with_both_dates_and_the_latest_evidence(db: Database) -> None:
    (edge,) = (edge for edge in graph(db).edges if edge.kind == "Leader")
    assert (edge.relation, edge.former, edge.passages) == ("role", False, 2)
    assert (edge.as_of_first, edge.as_of_last) == ("2021-02-03", "2023-04-05")
    assert edge.evidence == "person: Jo Webb, Leader @ Harrowmead Council"
    assert edge.document.endswith("b.txt")


def test_posts_past_and_present_and_memberships_are_told_apart(db: Database) -> None:
    told = {(edge.relation, edge.kind, edge.former) for edge in graph(db).edges}
    assert {("role", "Leader", False), ("role", "Mayor", True), ("membership", "member of", False)} <= told


def test_every_entity_is_a_node_and_every_tie_ends_at_nodes(db: Database) -> None:
    found = graph(db)
    ids = {node.id for node in found.nodes}
    assert "Bystander Ltd" in {node.name for node in found.nodes}
    assert all({edge.source, edge.target} <= ids for edge in found.edges)


def test_one_organisation_shows_only_what_touches_it(db: Database) -> None:
    found = graph(db, "lockgate")
    assert {node.name for node in found.nodes} == {"Lockgate Trust", "Lockgate Town", "North Coalition", "Jo Webb"}
    assert {edge.kind for edge in found.edges} == {"member of", "Mayor"}
    with pytest.raises(EntityProblem, match="entities list --kind organisation"):
        graph(db, "Nowhere")


def test_entities_that_were_merged_are_one_node(db: Database) -> None:
    merge(db, ["Lockgate Trust", "Harrowmead Council"])
    assert {edge.kind for edge in graph(db, "Lockgate Trust").edges} == {"Leader", "member of"}


def test_graphml_has_the_published_structure(db: Database, tmp_path: Path) -> None:
    (path,) = write_graph(graph(db), tmp_path / "g.graphml")
    root = ET.parse(path).getroot()
    assert root.tag == f"{GRAPHML}graphml"
    keys = {key.get("id"): key for key in root.iter(f"{GRAPHML}key")}
    assert {key.get("for") for key in keys.values()} == {"node", "edge"}
    assert {key.get("attr.type") for key in keys.values()} <= {"string", "int", "boolean"}
    (body,) = root.iter(f"{GRAPHML}graph")
    assert body.get("edgedefault") == "directed"
    nodes = {node.get("id") for node in body.iter(f"{GRAPHML}node")}
    edges = list(body.iter(f"{GRAPHML}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges) == len(graph(db).edges)
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)
    assert all(data.get("key") in keys for data in body.iter(f"{GRAPHML}data"))
    assert "Zed <&> Quote" in {data.text for data in body.iter(f"{GRAPHML}data")}


def test_networkx_opens_the_graphml(db: Database, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    (path,) = write_graph(graph(db), tmp_path / "g.graphml")
    found = networkx.read_graphml(path)
    assert (found.number_of_nodes(), found.number_of_edges()) == (len(graph(db).nodes), len(graph(db).edges))


def test_characters_that_xml_has_no_place_for_are_left_out(db: Database, tmp_path: Path) -> None:
    db.execute("update entities set name = ? where name = 'Bystander Ltd'", ["Bad\x0b\ufffeName"])
    (path,) = write_graph(graph(db), tmp_path / "g.graphml")
    assert "BadName" in {data.text for data in ET.parse(path).getroot().iter(f"{GRAPHML}data")}


def test_csv_comes_as_nodes_and_edges_and_no_cell_is_a_formula(db: Database, tmp_path: Path) -> None:
    nodes, edges = write_graph(graph(db), tmp_path / "g.csv")
    assert (nodes.name, edges.name) == ("g-nodes.csv", "g-edges.csv")
    rows = rows_of(edges)
    assert {"source", "target", "relation", "kind", "evidence", "document", "page"} <= rows[0].keys()
    assert "'=HYPERLINK(1)" in {row["kind"] for row in rows}
    labels = {row["id"]: row["label"] for row in rows_of(nodes)}
    assert {labels[row["source"]] for row in rows} >= {"Jo Webb", "Lockgate Trust"}


def test_a_form_that_is_not_known_and_a_folder_that_is_not_there_are_said(db: Database, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"\.graphml, \.csv"):
        write_graph(graph(db), tmp_path / "g.gexf")
    with pytest.raises(NotFound):
        write_graph(graph(db), tmp_path / "no" / "g.csv")


def test_evidence_is_the_sentence_that_names_the_one_who_is_tied() -> None:
    text = "We met at 3.30 p.m. on Monday. Dr A. Vale CBE chairs St. Mary's Board. “It grew,” she said."
    assert sentence_at(text, text.index("Vale")) == "Dr A. Vale CBE chairs St. Mary's Board."
    assert sentence_at("no end", 3) == "no end"
    assert len(sentence_at("word " * 500, 0)) == 400
