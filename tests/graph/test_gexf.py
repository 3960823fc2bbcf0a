"""The Gephi file: what is in it, what it survives."""

import io
import xml.etree.ElementTree as ET

import pytest

from graph.gexf import write_gexf
from graph.network import entity_network
from graph.store import open_reader, open_writer
from tests.graph.made import RUN, made

NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
NASTY = "Ann \x07<&>\"'\n\U0001f600\ufffe Berg"


@pytest.fixture
def network(tmp_path):
    with open_writer(tmp_path) as writer:
        writer.add([made("a"), made("b", verb="said", speaker="Gerd Holm"), made("c", speaker=NASTY)], RUN)
    return entity_network(open_reader(tmp_path))


@pytest.fixture
def root(network):
    file = io.BytesIO()
    write_gexf(network, file)
    return ET.fromstring(file.getvalue())  # noqa: S314 - written a moment ago


def values(element):
    return {one.get("for"): one.get("value") for one in element.iterfind("g:attvalues/g:attvalue", NS)}


def test_nodes_are_typed_and_labelled(root):
    nodes = {node.get("label"): values(node) for node in root.iterfind(".//g:node", NS)}

    assert nodes["Anna Berg"] == {"type": "PERSON", "mentions": "2", "aliases": "Berg"}
    assert nodes["MQ-9"]["type"] == "PRODUCT"
    assert len({node.get("id") for node in root.iterfind(".//g:node", NS)}) == len(nodes) == 5


def test_edges_tell_predicate_stance_and_standing(root):
    labels = {node.get("id"): node.get("label") for node in root.iterfind(".//g:node", NS)}
    edges = {
        (
            labels[edge.get("source")],
            edge.get("label"),
            labels[edge.get("target")],
            values(edge)["stance"],
        ): edge
        for edge in root.iterfind(".//g:edge", NS)
    }

    claimed = edges["Carl Dorn", "struck", "MQ-9", "denies"]
    assert values(claimed)["factuality"] == "AttributedOnly"
    assert (claimed.get("weight"), claimed.get("type")) == ("2", "directed")
    met = next(edge for key, edge in edges.items() if key[1] == "met" and "Gerd Holm" in key)
    assert (values(met)["factuality"], met.get("type")) == ("NarratorAsserted", "undirected")
    assert ("Gerd Holm", "assertsAbout", "MQ-9", "asserts") in edges


def test_parallel_edges_differ_in_kind(root):
    kinds = [(e.get("source"), e.get("target"), e.get("kind")) for e in root.iterfind(".//g:edge", NS)]

    assert len(set(kinds)) == len(kinds)
    assert all(int(edge.get("weight")) > 0 for edge in root.iterfind(".//g:edge", NS))


def test_what_xml_cannot_hold_is_left_out(root):
    [label] = [node.get("label") for node in root.iterfind(".//g:node", NS) if "Ann " in node.get("label")]

    assert label == "Ann <&>\"' \U0001f600 Berg" or label == "Ann <&>\"'\n\U0001f600 Berg"


def test_same_graph_same_file(tmp_path):
    files = []
    for folder, order in ((tmp_path / "x", 1), (tmp_path / "y", -1)):
        with open_writer(folder) as writer:
            for pair in [made("a"), made("b", speaker="Gerd Holm")][::order]:
                writer.add([pair], RUN)
        file = io.BytesIO()
        write_gexf(entity_network(open_reader(folder)), file)
        files.append(file.getvalue())

    assert files[0] == files[1]
