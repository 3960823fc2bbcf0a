"""The other formats: each is read back by what it is for, or by what reads its syntax."""

import base64
import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.export.cytoscape import write_cytoscape
from graph.export.formats import NETWORK_FORMATS, ONE_FILE, TWO_FILES, format_of, write_file
from graph.export.from_networkx import sheet_of_networkx, write_networkx
from graph.export.page import write_page
from graph.export.sheet import EdgeRow, NodeRow, Sheet, plain
from newsgraph.errors import ExportError
from tests.graph.export.sheets import NASTY, nasty_network, small


def written(write, sheet):
    file = io.BytesIO()
    write(sheet, file)
    return file.getvalue().decode("utf-8")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_graphml_is_read_by_networkx(tmp_path):
    write_file(small(), tmp_path / "a.graphml", "graphml")

    read = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)

    assert read.nodes["n:anna"]["label"] == "Anna Berg"
    assert (read.nodes["n:anna"]["x"], read.nodes["n:carl"]["mentions"]) == (1.5, 7)
    kinds = {data["kind"]: data for *_, data in read.edges(data=True)}
    assert set(kinds) == {"fact: met", "claim: met: denies: n:eve", "fact: owns", "fact: paid"}
    assert (kinds["fact: met"]["weight"], kinds["fact: paid"]["weight"]) == (3.0, 0.0)
    assert (kinds["fact: met"]["directed"], kinds["fact: owns"]["directed"]) == (False, True)
    assert json.loads(kinds["fact: met"]["evidence"]) == ["They met."]


def test_graphml_of_nasty_attributes_is_read_too(tmp_path):
    write_networkx(nasty_network(), tmp_path / "a.graphml")

    read = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)

    assert (len(read), read.size()) == (len(NASTY) + 2, 5)
    assert {plain(label) for label in NASTY} <= {data.get("label", "") for _, data in read.nodes(data=True)}


def test_cytoscape_json_is_read_by_networkx():
    read = nx.cytoscape_graph(json.loads(written(write_cytoscape, small())))

    assert isinstance(read, nx.MultiDiGraph)
    assert {node: told["name"] for node, told in read.nodes(data=True)} == {
        one.id: one.label for one in small().nodes
    }
    assert sorted((a, b, told["interaction"]) for a, b, told in read.edges(data=True)) == sorted(
        (one.source, one.target, one.kind) for one in small().edges
    )


def test_cytoscape_json_holds_positions_and_parallel_edges():
    read = json.loads(written(write_cytoscape, small()))

    nodes = {one["data"]["id"]: one for one in read["elements"]["nodes"]}
    assert nodes["n:anna"]["position"] == {"x": 1.5, "y": -2.0}
    assert (nodes["n:carl"]["data"]["name"], nodes["n:carl"]["data"]["mentions"]) == ("Carl <Dorn> & Co", 7)
    edges = [one["data"] for one in read["elements"]["edges"]]
    assert [one["interaction"] for one in edges] == [
        "fact: met",
        "claim: met: denies: n:eve",
        "fact: owns",
        "fact: paid",
    ]


def test_csv_is_two_tables(tmp_path):
    write_file(small(), tmp_path / "out", "csv")

    nodes, edges = rows(tmp_path / "out" / "nodes.csv"), rows(tmp_path / "out" / "edges.csv")
    assert [(one["id"], one["label"], one["mentions"]) for one in nodes] == [
        ("n:anna", "Anna Berg", ""),
        ("n:carl", "Carl <Dorn> & Co", "7"),
    ]
    assert json.loads(nodes[0]["aliases"]) == ["Berg", 'A. "B"']
    met = edges[0]
    assert (met["source"], met["target"], met["weight"], met["directed"]) == (
        "n:anna",
        "n:carl",
        "3.0",
        "false",
    )
    assert json.loads(edges[1]["evidence"]) == ['Eve said: "No, they\ndidn\'t".', "[\\n], again"]


def test_neo4j_tables_have_the_headers_of_its_import_and_keep_claims_apart(tmp_path):
    write_file(small(), tmp_path / "out", "neo4j")

    nodes, edges = rows(tmp_path / "out" / "nodes.csv"), rows(tmp_path / "out" / "relationships.csv")
    assert list(nodes[0]) == [
        "id:ID",
        "name",
        "type",
        "salience:double",
        "mentions:long",
        "aliases",
        ":LABEL",
    ]
    assert [one[":LABEL"] for one in nodes] == ["Entity;PERSON", "Entity;ORG"]
    assert {":START_ID", ":END_ID", ":TYPE", "weight:double", "directed:boolean"} <= set(edges[0])
    assert [one[":TYPE"] for one in edges] == ["met", "claim", "owns", "paid"]
    assert {one[":START_ID"] for one in edges} <= {one["id:ID"] for one in nodes}
    assert len((tmp_path / "out" / "relationships.csv").read_text("utf-8").splitlines()) == 5, (
        "one line a row"
    )


def test_parquet_keeps_types_and_lists(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    write_file(small(), tmp_path / "out", "parquet")

    nodes = parquet.read_table(tmp_path / "out" / "nodes.parquet").to_pylist()
    edges = parquet.read_table(tmp_path / "out" / "edges.parquet").to_pylist()
    assert (nodes[0]["aliases"], nodes[0]["mentions"], nodes[1]["mentions"]) == (["Berg", 'A. "B"'], None, 7)
    assert [(one["weight"], one["directed"]) for one in edges] == [
        (3.0, False),
        (1.0, True),
        (1.0, True),
        (0.0, True),
    ]


def test_without_pyarrow_parquet_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(ExportError, match="pip install 'pyarrow"):
        write_file(small(), tmp_path / "out", "parquet")

    assert list(tmp_path.iterdir()) == []


def test_an_archive_holds_the_tables_and_is_the_same_every_time(tmp_path):
    for name in ("a.zip", "b.zip"):
        write_file(small(), tmp_path / name, "neo4j")

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "a.zip").namelist() == ["nodes.csv", "relationships.csv"]


def page_parts(sheet):
    """Return the data in a page, its scripts and all of it."""
    page = written(write_page, sheet)
    blocks = re.findall(r"<script([^>]*)>(.*?)</script>", page, flags=re.DOTALL)
    [data] = [text for attributes, text in blocks if "application/json" in attributes]
    return json.loads(data), [text for attributes, text in blocks if not attributes], page


def test_a_page_holds_the_network_and_nothing_that_reaches_out():
    data, [script], page = page_parts(small())

    assert [node["label"] for node in data["nodes"]] == ["Anna Berg", "Carl <Dorn> & Co"]
    assert [(edge["label"], edge["weight"]) for edge in data["edges"]][1:] == [
        ("met? Eve denies", 1.0),
        ("owns", 1.0),
        ("paid", 0),
    ]
    assert not re.search(r"""(src|href)\s*=|url\(|@import|https?://|fetch\(|XMLHttp|WebSocket""", page)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_the_policy_of_a_page_allows_its_own_script_and_style_alone():
    _, [script], page = page_parts(small())
    [style] = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)

    def allowed(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert policy.startswith(f"default-src 'none'; script-src {allowed(script)}; style-src {allowed(style)};")


@given(st.text() | st.sampled_from(NASTY), st.text(alphabet="</script><!--&\"'"))
def test_no_text_gets_out_of_a_pages_data(label, markup):
    texts = {"note": markup + label, "many": [label, markup]}
    nodes = [NodeRow(f"n{label}", label, texts), NodeRow("other", markup)]
    edge = EdgeRow("e0", f"n{label}", "other", label, markup, "x", values=texts)

    data, scripts, page = page_parts(Sheet({"note": "string"}, {"note": "string"}, nodes, [edge]))

    assert len(scripts) == 1
    assert (data["nodes"][0]["label"], data["nodes"][1]["label"]) == (plain(label), markup)
    assert data["edges"][0]["values"]["many"] == [plain(label), markup]
    assert page.lower().count("<script") == 2


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_every_format_writes_a_network_of_nothing_and_whatever_analysts_add(form, tmp_path):
    empty = Sheet({"type": "string"}, {}, (), ())

    write_file(empty, tmp_path / "empty", form)
    write_file(sheet_of_networkx(nasty_network()), tmp_path / "nasty", form)

    assert {path.name for path in tmp_path.iterdir()} == {"empty", "nasty"}


class Failing:
    """Nodes of which the second cannot be had."""

    def __iter__(self):
        yield NodeRow("a", "a")
        raise KeyboardInterrupt


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_what_is_broken_off_leaves_what_was_there(form, tmp_path):
    path = tmp_path / "out"
    write_file(small(), path, form)
    before = {file: file.read_bytes() for file in sorted(tmp_path.rglob("*")) if file.is_file()}

    with pytest.raises(KeyboardInterrupt):
        write_file(replace(small(), nodes=Failing()), path, form)

    assert {file: file.read_bytes() for file in sorted(tmp_path.rglob("*")) if file.is_file()} == before


@pytest.mark.parametrize("form", TWO_FILES)
def test_a_folder_of_other_things_is_not_touched(form, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")

    with pytest.raises(ExportError, match=r"out: holds other things, such as thesis\.txt"):
        write_file(small(), tmp_path / "out", form)

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_an_export_takes_the_place_of_an_earlier_one(tmp_path):
    write_file(small(), tmp_path / "out", "csv")
    write_file(small(), tmp_path / "out", "neo4j")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["nodes.csv", "relationships.csv"]


@pytest.mark.parametrize("form", ONE_FILE)
def test_a_folder_is_no_file(form, tmp_path):
    with pytest.raises(ExportError, match="is a folder"):
        write_file(small(), tmp_path, form)


@pytest.mark.parametrize(
    ("target", "chosen", "form"),
    [
        ("a.gexf", None, "gexf"),
        ("A.GraphML", None, "graphml"),
        ("b.htm", None, "html"),
        ("c.nq", None, "nq"),
        ("-", None, "gexf"),
        ("-", "cyjs", "cyjs"),
        ("d.txt", "ttl", "ttl"),
        ("folder", "csv", "csv"),
        ("a.zip", "parquet", "parquet"),
    ],
)
def test_the_suffix_tells_the_format_unless_one_is_chosen(target, chosen, form):
    assert format_of(target, chosen) == form


@pytest.mark.parametrize(
    ("target", "chosen", "reason"),
    [
        ("a.png", None, "tells no format"),
        ("folder", None, "tells no format"),
        ("a.csv", None, "two files"),
        ("a.csv", "csv", "two files"),
        ("-", "neo4j", "two files"),
        ("a.gexf", "parquet", "two files"),
        ("a.zip", "gexf", "one file"),
    ],
)
def test_a_name_that_cannot_be_is_told(target, chosen, reason):
    with pytest.raises(ExportError, match=f"{target}: .*{reason}"):
        format_of(target, chosen)
