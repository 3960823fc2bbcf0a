"""Networks written by hand, with all that a writer has to bear."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import networkx as nx

from graph.export.sheet import EdgeRow, NodeRow, Sheet

NASTY = (
    "Ann \x07<b>&\"'</b>\n\t\U0001f600\ufffe\ud800 Berg",
    "]]> <!-- </script><script>document.title='broken'</script>",
    "=cmd|' /C calc'!A1, \"quoted\"; two\r\nlines",
    " blanks around ",
    "\u202edesrever \u0000 nul \\ back\\slash",
    "",
)
_SCHEMA = "shared/conformance/gexf-1.3/gexf.rnc"  # beside the repository, not in it
SCHEMA = next((path / _SCHEMA for path in Path(__file__).parents if (path / _SCHEMA).exists()), None)


def small():
    """Return two nodes with a fact, a denial of it by a third, a self loop and an edge of weight 0."""
    nodes = (
        NodeRow("n:anna", "Anna Berg", {"type": "PERSON", "salience": 0.5, "aliases": ["Berg", 'A. "B"']},
                (1.5, -2.0), 12.0, (0, 114, 178), ("2024-05-01", "2024-05-03")),
        NodeRow("n:carl", "Carl <Dorn> & Co", {"type": "ORG", "salience": 1.0, "mentions": 7}),
    )  # fmt: skip
    edges = (
        EdgeRow("e0", "n:anna", "n:carl", "met", "fact: met", "met", False, 3, {"evidence": ["They met."]},
                (150, 150, 150), ("2024-05-01", "2024-05-03")),
        EdgeRow("e1", "n:anna", "n:carl", "met? Eve denies", "claim: met: denies: n:eve", "claim",
                values={"stance": "denies", "evidence": ["Eve said: \"No, they\ndidn't\".", "[\\n], again"]}),
        EdgeRow("e2", "n:carl", "n:carl", "owns", "fact: owns", "owns"),
        EdgeRow("e3", "n:carl", "n:anna", "paid", "fact: paid", "paid", weight=0),
    )  # fmt: skip
    node_columns = {"type": "string", "salience": "double", "mentions": "integer", "aliases": "strings"}
    return Sheet(node_columns, {"stance": "string", "evidence": "strings"}, nodes, edges, is_dated=True)


def nasty_network():
    """Return a graph of analysts' making, with whatever they may put into it."""
    network = nx.MultiDiGraph()
    for number, label in enumerate(NASTY):
        network.add_node(f"n{number}{label}", label=label, mixed=number if number % 2 else number / 3)
    first, second, *_ = network.nodes
    noon = datetime(2024, 5, 1, 12, tzinfo=UTC)
    network.add_node(1, seen=date(2024, 5, 1), id="taken", Label="another", when=noon)
    network.add_node("1", nothing=None, many=[1, None, "two"], kinds={"b", "a"}, big=2**70, nan=float("nan"))
    network.add_edge(first, second, kind="says", weight=0, label=NASTY[1])
    network.add_edge(first, second, kind="denies", weight=2.5, type="x", flag=True)
    network.add_edge(first, first, weight=-1)
    network.add_edge(1, "1", weight=float("inf"), flag=None)
    network.add_edge(1, "1")
    return network


def has_jing():
    return SCHEMA is not None and shutil.which("jing") is not None
