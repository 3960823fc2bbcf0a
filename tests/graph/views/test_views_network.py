"""What the graph view is asked for, and what it gives."""

import json
import subprocess
from dataclasses import asdict

import pytest

from graph.snapshots import open_reader
from graph.store import open_writer
from graph.views import network
from newsgraph.errors import QueryError, UnknownThingError
from tests.graph.export.sheets import SCHEMA, has_jing
from tests.graph.made import RUN, made


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("network")
    with open_writer(folder) as writer:
        writer.add([made("a"), made("b", speaker="Carl Dorn", other="Gerd Holm")], RUN)
    return open_reader(folder)


def test_it_is_plain_data(reader):
    shown = asdict(network.view(reader, {}))

    assert json.loads(json.dumps(shown)).keys() == shown.keys()
    assert {node["label"] for node in shown["nodes"]} == {"Anna Berg", "Carl Dorn", "Gerd Holm", "MQ-9"}
    assert {edge["values"]["standing"] for edge in shown["edges"]} == {"fact", "claim"}


@pytest.mark.parametrize("around", ["Anna Berg", "anna berg", None])
def test_a_name_an_iri_and_a_short_iri_mean_the_same(reader, around):
    [anna] = [one["id"] for one in network.view(reader, {}).nodes if one["label"] == "Anna Berg"]

    shown = network.view(reader, {"around": around or anna.replace("https://newsgraph.example/id/", "id:")})

    assert [(one.iri, one.label) for one in shown.centres] == [(anna, "Anna Berg")]
    assert {node["label"] for node in shown.nodes} == {"Anna Berg", "Carl Dorn"}


def test_several_centres_and_types_stand_on_lines(reader):
    shown = network.view(reader, {"around": "Anna Berg\nGerd Holm", "type": "PERSON\nORG"})

    assert len(shown.centres) == 2
    assert {node["label"] for node in shown.nodes} == {"Anna Berg", "Carl Dorn", "Gerd Holm"}


def test_predicates_that_are_not_wanted_are_offered_still(reader):
    shown = network.view(reader, {"predicate": "met", "kind": "fact\nclaim"})

    assert {edge["values"]["predicate"] for edge in shown.edges} == {"met"}
    assert {one.name: one.edges for one in shown.predicates} == {"met": 2}
    wider = network.view(reader, {"predicate": "struck\nmet"})
    assert {edge["values"]["predicate"] for edge in wider.edges} == {"met", "struck"}


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [
        ({"around": "https://newsgraph.example/id/person-nobody-00000000"}, UnknownThingError, "no entity"),
        ({"around": "Nobody Known"}, QueryError, "no entity of the graph is called"),
        ({"around": "g:view> } DROP ALL #"}, QueryError, "no entity"),
        ({"around": "\n".join(map(str, range(11)))}, QueryError, "more than 10"),
        ({"type": "PERSON\nGHOST"}, QueryError, "type is none of .*GHOST"),
        ({"stance": "shouts"}, QueryError, "stance is none of"),
        ({"kind": "rumour"}, QueryError, "kind is none of"),
        ({"from": "2024-05-02", "to": "2024-05-01"}, QueryError, "later than"),
        ({"from": "yesterday"}, QueryError, "from is no day"),
        ({"depth": "many"}, QueryError, "depth is no whole number"),
        ({"predicate": "x" * 501}, QueryError, "predicate is no name"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(reader, given, error, told):
    with pytest.raises(error, match=told) as raised:
        network.view(reader, given)

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("form", ["gexf", "graphml", "cyjs", "html"])
def test_a_file_has_the_nodes_that_are_seen(reader, form):
    given = {"around": "Anna Berg", "format": form}

    written = network.file(reader, given)

    assert written.form == form
    for node in network.view(reader, given).nodes:
        assert node["label"] in written.text
    assert "Gerd Holm" not in written.text


@pytest.mark.skipif(not has_jing(), reason="needs jing, and the schema of GEXF 1.3 in ../shared")
def test_the_file_for_gephi_is_valid(reader, tmp_path):
    (tmp_path / "a.gexf").write_text(network.file(reader, {"format": "gexf"}).text, "utf-8")

    told = subprocess.run(
        ["jing", "-c", str(SCHEMA), str(tmp_path / "a.gexf")], capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stdout


def test_a_file_has_the_places_that_are_seen(reader):
    shown = network.view(reader, {})

    written = network.file(reader, {"format": "gexf"}).text

    for node in shown.nodes:
        assert f'<viz:position x="{node["x"]}" y="{node["y"]}" z="0.0"/>' in written
