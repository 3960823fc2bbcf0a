"""The Gephi file: valid, the same every time, read back by others with nothing lost."""

import io
import json
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.export.drawn import Look, sheet_of
from graph.export.from_networkx import sheet_of_networkx
from graph.export.gexf import write_gexf
from graph.export.sheet import EdgeRow, NodeRow, Sheet, clean, plain
from graph.network import Selection, load_network
from graph.snapshots import open_reader
from graph.store import open_writer
from tests.graph.export.sheets import NASTY, SCHEMA, has_jing, nasty_network, small
from tests.graph.made import RUN, made

NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
GOLDEN = Path(__file__).with_name("golden") / "small.gexf"
READ_BACK = Path(__file__).with_name("read_gexf.js")


def gexf(sheet):
    file = io.BytesIO()
    write_gexf(sheet, file)
    return file.getvalue()


def parsed(sheet):
    return ET.fromstring(gexf(sheet))  # noqa: S314 - written a moment ago


def values(element):
    return {one.get("for"): one.get("value") for one in element.iterfind("g:attvalues/g:attvalue", NS)}


@pytest.fixture
def stored(tmp_path):
    """A store's network, claims and all, with a name that XML cannot hold."""
    speaker = "Ann \x07<&>\"'\n\U0001f600\ufffe Berg"
    with open_writer(tmp_path) as writer:
        writer.add([made("a"), made("b", verb="said", speaker="Gerd Holm"), made("c", speaker=speaker)], RUN)
    return sheet_of(load_network(open_reader(tmp_path), Selection(claims=True)), Look())


def test_a_small_network_is_the_file_that_was_reviewed():
    if "REWRITE_GOLDEN" in os.environ:
        GOLDEN.write_bytes(gexf(small()))

    assert gexf(small()).decode() == GOLDEN.read_text(encoding="utf-8")


def test_nodes_have_label_type_size_colour_and_place(stored):
    nodes = {node.get("label"): node for node in parsed(stored).iterfind(".//g:node", NS)}

    assert set(nodes) == {"Anna Berg", "Carl Dorn", "Gerd Holm", "MQ-9", "Ann <&>\"'\n\U0001f600 Berg"}
    assert (values(nodes["MQ-9"])["type"], values(nodes["MQ-9"])["sources"]) == ("PRODUCT", "3")
    assert json.loads(values(nodes["Anna Berg"])["aliases"]) == ["Berg"]
    colours = {name: node.find("viz:color", NS).attrib for name, node in nodes.items()}
    assert colours["Anna Berg"] == colours["Carl Dorn"] != colours["MQ-9"]
    places = [tuple(node.find("viz:position", NS).attrib.values()) for node in nodes.values()]
    assert len(set(places)) == len(nodes)
    assert nodes["MQ-9"].get("start") == nodes["MQ-9"].get("end") == "2023-03-16"


def test_facts_and_claims_are_edges_of_their_own_kinds(stored):
    root = parsed(stored)
    labels = {node.get("id"): node.get("label") for node in root.iterfind(".//g:node", NS)}
    edges = {
        (
            values(e)["standing"],
            labels[e.get("source")],
            values(e)["predicate"],
            values(e).get("stance"),
            values(e).get("speaker"),
        ): e
        for e in root.iterfind(".//g:edge", NS)
    }

    def ends(edge):
        return {labels[edge.get("source")], labels[edge.get("target")]}

    denied = edges["claim", "Carl Dorn", "struck", "denies", "Anna Berg"]
    said = edges["claim", "Carl Dorn", "struck", "asserts", "Gerd Holm"]
    assert denied.get("kind") != said.get("kind")
    assert (denied.get("type"), denied.get("label")) == ("directed", "struck? Anna Berg denies")
    assert [spell.attrib for spell in denied.iterfind("g:spells/g:spell", NS)] == [
        {"start": "2023-03-16", "end": "2023-03-16"}
    ]
    assert json.loads(values(denied)["evidence"]) == [
        "Anna Berg denied that Carl Dorn struck the MQ-9. (Northern Wire, 2023-03-16)"
    ]
    [met] = [one for key, one in edges.items() if key[2] == "met" and "Gerd Holm" in ends(one)]
    assert (values(met)["standing"], met.get("type"), met.get("kind")) == ("fact", "undirected", "fact: met")
    assert not [key for key in edges if key[0] == "fact" and key[2] == "struck"]


def test_parallel_edges_differ_in_kind(stored):
    edges = list(parsed(stored).iterfind(".//g:edge", NS))

    assert len({(e.get("source"), e.get("target"), e.get("kind")) for e in edges}) == len(edges)


def test_no_edge_weighs_nothing():
    weights = [float(edge.get("weight")) for edge in parsed(small()).iterfind(".//g:edge", NS)]

    assert weights[0] == 3
    assert 0 < weights[3] < 0.001


def test_same_graph_same_file(tmp_path):
    files = []
    for folder, order in ((tmp_path / "x", 1), (tmp_path / "y", -1)):
        with open_writer(folder) as writer:
            for pair in [made("a"), made("b", speaker="Gerd Holm")][::order]:
                writer.add([pair], RUN)
        files.append(gexf(sheet_of(load_network(open_reader(folder), Selection(claims=True)), Look())))

    assert files[0] == files[1]


@pytest.mark.skipif(not has_jing(), reason="needs jing, and the schema of GEXF 1.3 in ../shared")
@pytest.mark.parametrize("case", ["small", "stored", "nasty", "empty"])
def test_it_is_valid_gexf(case, stored, tmp_path):
    sheets = {
        "small": small(),
        "stored": stored,
        "nasty": sheet_of_networkx(nasty_network()),
        "empty": Sheet({}, {}, (), ()),
    }
    (tmp_path / "a.gexf").write_bytes(gexf(sheets[case]))

    done = subprocess.run(
        ["jing", "-c", str(SCHEMA), str(tmp_path / "a.gexf")], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "")


def graphology():
    """Return a folder in which graphology and graphology-gexf are installed, if somebody told one."""
    folder = Path(os.environ.get("GRAPHOLOGY", "/nowhere"))
    return folder if shutil.which("node") and (folder / "node_modules" / "graphology-gexf").exists() else None


@pytest.mark.skipif(
    graphology() is None, reason="needs node, and GRAPHOLOGY=folder of npm i graphology graphology-gexf"
)
@pytest.mark.parametrize("case", ["small", "stored"])
def test_graphology_reads_the_same_nodes_edges_kinds_and_attributes(case, stored, tmp_path):
    sheet = small()
    if case == "stored":
        sheet = replace(stored, nodes=list(stored.nodes), edges=list(stored.edges))
    path = tmp_path / "a.gexf"
    path.write_bytes(gexf(sheet))

    done = subprocess.run(
        ["node", str(READ_BACK), str(path)], capture_output=True, text=True, check=True, cwd=graphology(),
        env={**os.environ, "NODE_PATH": str(graphology() / "node_modules")},
    )  # fmt: skip
    read = json.loads(done.stdout)

    told = read["nodes"]
    assert set(told) == {node.id for node in sheet.nodes}
    for node in sheet.nodes:
        attributes = {name: told[node.id].get(name) for name in sheet.node_columns}
        assert told[node.id]["label"] == plain(node.label)
        assert attributes == {name: clean(node.values.get(name)) for name in sheet.node_columns}
    edges = {one["id"]: one for one in read["edges"]}
    for edge in sheet.edges:
        one = edges[edge.id]
        assert (one["source"], one["target"], one["directed"]) == (edge.source, edge.target, edge.directed)
        assert one["attributes"]["kind"] == edge.kind
        assert one["attributes"]["weight"] == (edge.weight or 1e-6)
        for name in sheet.edge_columns:
            assert one["attributes"].get(name) == clean(edge.values.get(name))


@given(st.lists(st.text(), min_size=1, max_size=4), st.floats(), st.text())
def test_whatever_is_written_is_well_formed_and_reads_back(texts, weight, kind):
    nodes = [NodeRow(f"n{number}", text, {"names": texts}) for number, text in enumerate(texts)]
    edges = [EdgeRow("e0", "n0", "n0", texts[0], kind, "x", weight=weight, values={"note": texts[-1]})]

    root = parsed(Sheet({"names": "strings"}, {"note": "string"}, nodes, edges))

    found = list(root.iterfind(".//g:node", NS))
    assert [node.get("label") for node in found] == [plain(text) for text in texts]
    assert json.loads(values(found[0])["names"]) == [plain(text) for text in texts]
    [edge] = root.iterfind(".//g:edge", NS)
    assert (edge.get("kind"), values(edge)["note"]) == (plain(kind), plain(texts[-1]))
    assert float(edge.get("weight")) != 0


@pytest.mark.parametrize("label", NASTY)
def test_networkx_reads_back_what_has_no_undirected_edges(label, tmp_path):
    network = nx.MultiDiGraph()
    network.add_node("a", label=label, score=1.5)
    network.add_edge("a", "a", weight=2.0)
    (tmp_path / "a.gexf").write_bytes(gexf(sheet_of_networkx(network)))

    read = nx.read_gexf(tmp_path / "a.gexf", version="1.3")

    assert read.nodes["a"] == {"label": plain(label), "score": 1.5}
    assert read.number_of_edges() == 1


def test_attributes_of_all_types_are_columns_that_gephi_takes():
    root = parsed(sheet_of_networkx(nasty_network()))
    types = {one.get("title"): one.get("type") for one in root.iterfind(".//g:attribute", NS)}
    nodes = list(root.iterfind(".//g:node", NS))

    assert types["mixed"] == "double"
    assert (types["seen"], types["when"], types["big"]) == ("string", "string", "string")
    assert (types["many"], types["kinds"], types["flag"]) == ("liststring", "liststring", "boolean")
    assert not {"nothing", "nan", "id", "Label", "type"} & set(types)
    assert {"id_", "Label_", "type_"} <= set(types)
    assert len({node.get("id") for node in nodes}) == len(nodes) == len(NASTY) + 2
    one, other = (values(node) for node in nodes[-2:])
    assert (one["seen"], one["id_"]) == ("2024-05-01", "taken")
    assert (json.loads(other["many"]), json.loads(other["kinds"])) == (["1", "two"], ["a", "b"])
