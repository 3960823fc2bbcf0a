"""A store that is whole passes; each way of damaging it is found. A backup is a store that goes on."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from pyoxigraph import Quad, Store

from graph.check import check
from graph.search_index import FILE
from graph.snapshots import EXTRACTIONS, open_reader
from graph.store import back_up, open_writer
from graph.terms import ALT_LABEL, LABEL, VIEW, counts_literal, ng, number_literal, version_graph
from newsgraph.errors import NoGraphError
from tests.graph.copied import reprinted, telling, wire
from tests.graph.made import LATER, RUN, dump_of, made, spoken
from tests.graph.test_store import PAIRS


def twice_named():
    """Return an article of which two entities have the same name, and become one thing."""
    article, extraction = made("i", speaker="Sara Lund")
    first, second, *others = extraction.entities
    return article, replace(extraction, entities=(first, replace(second, name=first.name), *others))


ALL = [*PAIRS, made("h", speaker="Berg"), twice_named(), *map(telling, (wire(), reprinted()))]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    with open_writer(folder) as writer:
        writer.add(ALL, RUN)
        writer.add([made("b", verb="said", other="Emil Falk")], LATER)  # a new version of it
    return folder


@pytest.fixture
def graph_dir(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "graph", symlinks=True)
    return tmp_path / "graph"


def damaged(graph_dir, damage):
    """Return what is found after ``damage``, done behind the writer's back."""
    store = Store(graph_dir / "live")
    damage(store)
    store.flush()
    del store
    with open_writer(graph_dir) as writer:
        writer.publish()
    return check(graph_dir, open_reader(graph_dir))


def test_a_whole_store_passes(graph_dir):
    assert check(graph_dir, open_reader(graph_dir)) == []


def test_a_kept_extraction_that_is_missing_is_found_even_outside_of_the_sample(graph_dir):
    gone = sorted((graph_dir / EXTRACTIONS).glob("*/*.json.gz"))[0]
    gone.unlink()

    [finding] = check(graph_dir, open_reader(graph_dir), sample=0)

    assert gone.name.partition("-")[0] in finding


def test_a_kept_extraction_that_is_damaged_is_found(graph_dir):
    damaged = sorted((graph_dir / EXTRACTIONS).glob("*/*.json.gz"))[0]
    damaged.unlink()  # it may be linked
    damaged.write_bytes(b"rubbish")

    assert any(damaged.name in finding for finding in check(graph_dir, open_reader(graph_dir)))


@pytest.mark.parametrize("how", ["less", "more"])
def test_a_graph_that_is_not_what_was_read_is_found(graph_dir, how):
    graph = version_graph(PAIRS[0][0].version_id)

    def damage(store):
        one = next(iter(store.quads_for_pattern(None, ng("stance"), None, graph)))
        if how == "less":
            store.remove(one)
        else:
            store.add(Quad(one.subject, ng("stance"), ng("Undetermined"), graph))

    assert any(one.startswith("a: ") and "stance" in one for one in damaged(graph_dir, damage))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("mentionCount", number_literal(99)),
        ("namesInUse", counts_literal({"Anna Berg": 99})),
        ("evidenceCount", number_literal(99)),
    ],
)
def test_a_count_that_is_wrong_is_found(graph_dir, name, wrong):
    def damage(store):
        quads = list(store.quads_for_pattern(None, ng(name), None, VIEW))
        for quad in quads:
            store.remove(quad)
            store.add(Quad(quad.subject, quad.predicate, wrong, VIEW))

    assert damaged(graph_dir, damage) != []


@pytest.mark.parametrize("predicate", [LABEL, ALT_LABEL])
def test_a_name_by_which_nothing_is_found_is_found(graph_dir, predicate):
    def damage(store):
        for quad in list(store.quads_for_pattern(None, predicate, None, VIEW)):
            store.remove(quad)

    assert any("names" in one for one in damaged(graph_dir, damage))


def test_a_backup_is_a_store_of_its_own(graph_dir, tmp_path):
    before = dump_of(open_reader(graph_dir), without_provenance=False)

    count = back_up(graph_dir, tmp_path / "backup")
    with open_writer(graph_dir) as writer:
        writer.remove(["a"], LATER)
    shutil.rmtree(graph_dir / EXTRACTIONS)

    assert count == len(ALL)
    assert dump_of(open_reader(tmp_path / "backup"), without_provenance=False) == before
    [finding] = check(tmp_path / "backup", open_reader(tmp_path / "backup"))
    assert "search index, does not hold" in finding  # before it is served or written
    with open_writer(tmp_path / "backup") as writer:
        writer.add([spoken("new", ("Anna Berg", "said"))], LATER)
    assert open_reader(tmp_path / "backup").kept("new") is not None


def test_there_is_nothing_to_back_up_where_there_is_no_store(tmp_path):
    with pytest.raises(NoGraphError):
        back_up(tmp_path / "graph", tmp_path / "backup")

    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM document WHERE kind = 'article'", "tells of"),
        ("UPDATE document SET digest = 'another' WHERE title = 'Anna Berg'", "anna-berg"),
        (
            "UPDATE document SET iri = 'https://news.example/nobody' WHERE title = 'Anna Berg'",
            "tells of 2 things",
        ),
        ("DELETE FROM checkpoint", "does not hold the newest checkpoint"),
    ],
)
def test_a_search_index_that_tells_something_else_is_found(graph_dir, change, told):
    with closing(sqlite3.connect(graph_dir / FILE)) as connection, connection:
        connection.execute(change)

    [finding] = check(graph_dir, open_reader(graph_dir), sample=1000)

    assert told in finding


@pytest.mark.parametrize("damage", [b"", b"no database at all, but a text" * 100])
def test_a_search_index_that_is_damaged_is_found_and_made_anew_when_it_is_deleted(graph_dir, damage):
    (graph_dir / FILE).write_bytes(damage)
    [finding] = check(graph_dir, open_reader(graph_dir), sample=0)
    assert finding.startswith(f"{FILE}, the search index,")

    (graph_dir / FILE).unlink()
    with open_writer(graph_dir) as writer:
        writer.publish()

    assert check(graph_dir, open_reader(graph_dir)) == []
