"""Copies in the real store: links, groups, quotations; what was taken away leaves no trace."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from graph.build import article_quads
from graph.copies import print_of
from graph.copy_links import BETWEEN, COPY_GROUP, COPY_OF, CopyLinks, Groups
from graph.prints import Prints
from graph.query import load_query, run_query
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import NAMESPACES, ng
from graph.validate import violations
from newsgraph.records import Article
from newsgraph.vocabulary import load_vocabulary
from tests.graph.copied import (
    QUOTED,
    REPORT,
    quoting,
    reprinted,
    results,
    retold,
    round_up,
    telling,
    unread,
    updated,
    wire,
)
from tests.graph.made import RUN, dump_of, made

GROUPS = (
    "SELECT ?one ?group WHERE { ?a ng:copyGroup ?g ; schema:identifier ?one . ?g schema:identifier ?group }"
)
REFERENCE = Path(__file__).parents[2].joinpath("docs", "reference", "graph.md").read_text(encoding="utf-8")


def write(folder, *pairs, gone=()):
    with open_writer(folder) as writer:
        for pair in pairs:
            writer.add([pair], RUN)
        writer.remove(gone, RUN)
    return open_reader(folder)


def rows(reader, query):
    return list(csv.DictReader(io.StringIO(run_query(reader, query, "csv"))))


def groups(reader):
    return {row["one"]: row["group"] for row in rows(reader, GROUPS)}


def test_copies_are_linked_both_ways_with_their_likeness_and_others_are_not(tmp_path):
    steel = results("steel", "Brannock Steel", "Calder", *"45678")
    told = [wire(), reprinted(), updated(), retold(), quoting(), steel]
    reader = write(tmp_path, *map(unread, told))

    assert [(row["article"], row["how"], row["other"]) for row in rows(reader, load_query("copies"))] == [
        ("wire", "copy of", "update"),
        ("wire", "copy of", "reprint"),
        ("reprint", "copy of", "update"),
    ]
    assert set(groups(reader)) == {"wire", "reprint", "update"}
    assert len(set(groups(reader).values())) == 1
    assert violations(list(reader.store)) == []


def test_an_excerpt_joins_no_group(tmp_path):
    reader = write(tmp_path, unread(wire()), unread(round_up()), unread(retold()))

    assert [(row["article"], row["how"], row["other"]) for row in rows(reader, load_query("copies"))] == [
        ("wire", "excerpt of", "round-up"),
        ("retold", "excerpt of", "round-up"),
    ]
    assert groups(reader) == {}
    assert violations(list(reader.store)) == []


def test_an_article_that_is_written_anew_is_a_copy_no_more(tmp_path):
    write(tmp_path, unread(wire()), unread(reprinted()))
    reader = write(tmp_path, unread(retold("reprint")))

    assert rows(reader, load_query("copies")) == []
    assert dump_of(reader) == dump_of(write(tmp_path / "fresh", unread(wire()), unread(retold("reprint"))))


def chained(number):
    """Return an article that shares most of its text with those of the next numbers, and with no other."""
    pieces = [" ".join(f"word{piece}x{place}" for place in range(40)) for piece in range(number, number + 4)]
    return Article(f"c{number}", ". ".join(pieces), publisher=f"Outlet {number % 3}")


CHAIN = [unread(chained(number)) for number in range(7)]
MANY = [
    *CHAIN,
    *(telling(article) for article in (wire(), reprinted(), updated(), retold(), quoting(), round_up())),
    made("a"),
    unread(results("steel", "Brannock Steel", "Lower Brannock", 48, 7, 512, 36, 2150)),
    unread(results("ferries", "Northmere Shipping", "Port Ister", 23, 12, 198, 15, 640)),
]


def test_a_chain_is_one_group_and_falls_apart_where_it_is_cut(tmp_path):
    whole = groups(write(tmp_path, *CHAIN))
    cut = groups(write(tmp_path, gone=["c3"]))

    assert len(whole) == 7
    assert len(set(whole.values())) == 1
    assert len({cut[name] for name in ("c0", "c1", "c2")}) == 1
    assert len(set(cut.values())) == 2


def test_what_no_copy_is_left_of_is_in_no_group(tmp_path):
    assert groups(write(tmp_path, *CHAIN[:3], gone=["c1"])) == {}


def test_a_graph_with_copies_keeps_its_shapes(tmp_path):
    reader = write(tmp_path, *MANY, gone=["c3", "reprint"])

    assert violations(list(reader.store)) == []


BROKEN = {
    "one way only": (COPY_OF, 1, "the same link the other way"),
    "a likeness between one": (BETWEEN, 1, "two articles"),
    "a likeness of no size": (ng("resemblance"), 1, "one resemblance from 0 to 1"),
    "a copy in no group": (COPY_GROUP, 1, "one group for both"),
    "no copy in a group": (COPY_OF, None, "a copy, as it is in a group of copies"),
    "a quotation of nobody": (ng("quotation"), None, "an attribution"),
}


@pytest.mark.parametrize(("predicate", "number", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_with_copies_is_told(tmp_path, predicate, number, message):
    quads = list(write(tmp_path, telling(wire()), telling(reprinted())).store)
    lost = [quad for quad in quads if quad.predicate == predicate][:number]

    assert lost
    assert any(message in line for line in violations([quad for quad in quads if quad not in lost]))


def test_the_reference_tells_of_every_property_and_class_of_copies(tmp_path):
    reader = write(tmp_path, *map(telling, (wire(), reprinted(), round_up())))
    nodes = {node for quad in reader.store for node in (quad.predicate, quad.object)}
    own = {node.value for node in nodes if isinstance(node, NamedNode)}
    names = {one.removeprefix(NAMESPACES["ng"]) for one in own if one.startswith(NAMESPACES["ng"])}

    assert {name for name in names - set(load_vocabulary()) if f"`ng:{name}`" not in REFERENCE} == set()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(MANY),
    cut=st.integers(1, 6),
    gone=st.sets(st.integers(0, len(MANY) - 1), max_size=6),
    again=st.sets(st.integers(0, len(MANY) - 1), max_size=3),
)
def test_neither_order_nor_batches_nor_what_was_taken_away_leave_a_trace(
    tmp_path_factory, order, cut, gone, again
):
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    lost = [MANY[number] for number in gone]
    with open_writer(other) as writer:
        for start in range(0, len(order), cut):
            writer.add(order[start : start + cut], RUN)
        writer.add([MANY[number] for number in sorted(again)], RUN)
        writer.remove([article.id for article, _ in lost], RUN)

    there = dump_of(open_reader(other))

    assert there == dump_of(write(one, *(pair for pair in MANY if pair not in lost)))


def changed(store, prints, held, come):
    """Bring articles into a store of links alone, in the place of those of their names, or take them away."""
    links, own = CopyLinks(store, prints), []
    for name, article in come.items():
        if name in held:
            old = held.pop(name)
            links.remove(old)
            for quad in article_quads(old):
                store.remove(quad)
        if article is not None:
            links.add(article, print_of(article))
            held[name] = article
            own += article_quads(article)
    gone, new = links.changes()
    for quad in gone:
        store.remove(quad)
    store.extend([*new, *own])


VERSIONS = st.none() | st.integers(0, 9)


@settings(max_examples=150)
@given(st.lists(st.dictionaries(st.integers(0, 9), VERSIONS, min_size=1, max_size=6), max_size=6))
def test_links_and_groups_are_those_of_what_is_there(batches):
    store, prints, held = Store(), Prints(), {}
    for batch in batches:
        texts = {
            f"n{name}": version if version is None else chained(version) for name, version in batch.items()
        }
        changed(store, prints, held, {name: text and replace(text, id=name) for name, text in texts.items()})

    fresh, its_prints = Store(), Prints()
    for name in sorted(held, reverse=True):
        changed(fresh, its_prints, {}, {name: held[name]})

    assert set(store) == set(fresh)
    joined = Groups()
    for quad in store.quads_for_pattern(None, COPY_OF, None):
        joined.join(quad.subject, quad.object)
    assert {(quad.subject, quad.object) for quad in store.quads_for_pattern(None, COPY_GROUP, None)} == {
        (node, name) for name, nodes in joined.named() for node in nodes
    }


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30), st.randoms())
def test_groups_are_the_connected_ones_whatever_the_order(links, random):
    def named(pairs):
        made_ = Groups()
        for one, other in pairs:
            made_.join(NamedNode(f"a:{one:02}"), NamedNode(f"a:{other:02}"))
        return {name.value: sorted(node.value for node in nodes) for name, nodes in made_.named()}

    shuffled = [pair[::-1] for pair in random.sample(links, len(links))]

    assert named(shuffled) == named(links)
    assert all(name == members[0] for name, members in named(links).items())
    assert all(any({f"a:{one:02}", f"a:{other:02}"} <= set(group) for group in named(links).values())
               for one, other in links)  # fmt: skip


def test_an_edge_tells_its_outlets_copies_and_texts(tmp_path):
    told = (wire(), reprinted(), updated(), retold())
    reader = write(tmp_path, *map(telling, told))

    [row] = rows(reader, load_query("support_of_edges"))

    assert (row["one"], row["predicate"], row["other"], row["certainty"]) == (
        "Northmere Shipping",
        "owns",
        "Rosa Quint",
        "NarratorAsserted",
    )
    assert (row["outlets"], row["articles"], row["copies"], row["texts"]) == ("4", "4", "2", "2")
    assert set(row["publishers"].split(", ")) == {one.publisher for one in told}


def test_an_excerpt_adds_no_text_to_an_edge_that_the_longer_one_has(tmp_path):
    reader = write(tmp_path, telling(wire()), telling(retold()), telling(round_up()))

    [row] = rows(reader, load_query("support_of_edges"))

    assert (row["articles"], row["copies"], row["texts"]) == ("3", "2", "1")


def test_an_excerpt_is_a_text_of_its_own_where_the_longer_one_does_not_tell_the_edge(tmp_path):
    reader = write(tmp_path, telling(wire()), telling(retold()), unread(round_up()))

    [row] = rows(reader, load_query("support_of_edges"))

    assert (row["articles"], row["copies"], row["texts"]) == ("2", "0", "2")


def test_who_met_whom_is_one_edge_in_whatever_order(tmp_path):
    article, extraction = made("a")
    met = extraction.relations[1]
    turned = replace(extraction, relations=(replace(met, subject=met.object, object=met.subject),))
    reader = write(tmp_path, made("b"), (article, turned))

    [row] = [one for one in rows(reader, load_query("support_of_edges")) if one["predicate"] == "met"]

    assert (row["articles"], row["texts"]) == ("2", "2")


def test_a_quotation_that_two_texts_share_is_one_thing_and_makes_them_no_copies(tmp_path):
    reader = write(tmp_path, *map(telling, (wire(), reprinted(), quoting())))

    [row] = rows(reader, load_query("shared_quotations"))

    assert row["quotation"].startswith("we heard a noise like a door being slammed and then the floor was")
    assert (row["who"], row["articles"], row["texts"], row["relayed"]) == ("Hugo Brandt", "3", "2", "0")


@pytest.mark.parametrize("said", [REPORT, QUOTED], ids=["report", "other"])
def test_a_quotation_in_one_article_alone_is_shared_with_nobody(said, tmp_path):
    reader = write(tmp_path, telling(wire("one", said)))

    assert rows(reader, load_query("shared_quotations")) == []
    assert run_query(reader, "ASK { ?a a schema:Quotation }") == "true\n"
