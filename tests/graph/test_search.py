"""The search index: each checkpoint finds its own, whatever was killed, copied or damaged; what is found."""

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from time import monotonic, sleep

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import journal, search_index
from graph.rebuild import rebuild
from graph.search_documents import all_nodes, document_of, folded
from graph.snapshots import is_searchable, newest_snapshot, open_reader
from graph.store import Writer, back_up, open_writer
from graph.views.search import view
from newsgraph.errors import QueryError
from newsgraph.records import TextSpan
from tests.graph.made import RUN, made

PEOPLE = ("Anna Berg", "Ünal Öz", "Łucja Ørsted", "Anna Bergman")


@pytest.fixture
def graph_dir(tmp_path):
    return tmp_path / "graph"


def add(graph_dir, *pairs):
    with open_writer(graph_dir) as writer:
        writer.add(pairs, RUN)


def names(reader, text, **more):
    return [one.name for one in view(reader, {"q": text, **more}).entities]


def titles(reader, text):
    return [one.title for one in view(reader, {"q": text}).articles]


def held(graph_dir):
    """Return what the index holds for the newest checkpoint, by IRI."""
    number = int(newest_snapshot(graph_dir).name)
    with search_index.open_index(graph_dir) as connection:
        rows = connection.execute(
            "SELECT iri, digest FROM document WHERE since <= ?1 AND (until IS NULL OR until > ?1)", (number,)
        ).fetchall()
    assert len(rows) == len(dict(rows))
    return dict(rows)


def should_hold(graph_dir):
    """Return what the newest checkpoint says itself."""
    store = open_reader(graph_dir).store
    documents = (document_of(store, graph_dir / "extractions", iri) for iri in all_nodes(store))
    return {one.iri: one.digest() for one in documents}


def test_what_comes_is_found_by_the_beginnings_of_words_in_any_order(graph_dir):
    add(graph_dir, made("a"))
    reader = open_reader(graph_dir)

    assert names(reader, "ber an") == ["Anna Berg"]
    assert names(reader, "mq9") == names(reader, "MQ-9") == ["MQ-9"]
    assert titles(reader, "tuesd") == ["About MQ-9"]
    assert names(reader, "berg carl") == []


@pytest.mark.parametrize("written", ["unal oz", "Ünal Öz", "U\u0308nal", "ÜNAL"])
def test_accents_and_capitals_do_not_matter(graph_dir, written):
    add(graph_dir, made("a", speaker="Ünal Öz"))

    assert names(open_reader(graph_dir), written) == ["Ünal Öz"]


def test_letters_that_are_none_with_accents_are_found_by_those_that_are_typed(graph_dir):
    add(graph_dir, made("a", speaker="Łucja Ørsted"))
    reader = open_reader(graph_dir)

    assert names(reader, "lucja orsted") == names(reader, "łucja ørsted") == ["Łucja Ørsted"]
    assert folded("Łódź Straße Æro") == "lodz strasse aero"


def test_who_is_mentioned_more_comes_first(graph_dir):
    add(graph_dir, made("a", speaker="Anna Bergman"), made("b"), made("c"), made("d"))

    assert names(open_reader(graph_dir), "anna") == ["Anna Berg", "Anna Bergman"]


def test_a_checkpoint_that_is_read_finds_what_it_holds_while_others_come(graph_dir):
    add(graph_dir, made("a"))
    first = open_reader(graph_dir)
    add(graph_dir, made("b", speaker="Ünal Öz"))
    second = open_reader(graph_dir)
    with open_writer(graph_dir) as writer:
        writer.remove(["a"], RUN)

    assert [names(reader, "an") for reader in (first, second)] == [["Anna Berg"]] * 2
    assert [names(reader, "oz") for reader in (first, second)] == [[], ["Ünal Öz"]]
    assert titles(first, "tuesday") == ["About MQ-9"]
    assert names(open_reader(graph_dir), "anna") == []


def test_what_no_reader_sees_any_more_is_deleted(graph_dir):
    for speaker in PEOPLE:
        add(graph_dir, made("a", speaker=speaker))
    add(graph_dir, made("b"))

    with search_index.open_index(graph_dir) as connection:
        [gone] = connection.execute("SELECT count(*) FROM document WHERE until IS NOT NULL").fetchone()
        [left] = connection.execute("SELECT count(*) FROM article").fetchone()
    assert gone <= 4  # of the last two checkpoints
    assert left <= 3


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from((*PEOPLE, None))), max_size=6))
def test_the_index_says_what_the_graph_says_after_any_changes(tmp_path, steps):
    graph_dir = tmp_path / f"graph-{random.getrandbits(64)}"
    add(graph_dir, made("z"))
    for name, speaker in steps:
        with open_writer(graph_dir) as writer:
            if speaker is None:
                writer.remove([name], RUN)
            else:
                writer.add([made(name, speaker=speaker)], RUN)

    assert held(graph_dir) == should_hold(graph_dir)


def test_a_batch_touches_only_what_it_changes(graph_dir, monkeypatch):
    add(graph_dir, *(made(f"a{n}", speaker=f"Anna Berg{n}", other=f"Carl Dorn{n}") for n in range(20)))
    brought, read = list[str](), list[str]()
    bring = search_index._Step._bring

    def looking(step, iri, found):
        brought.append(iri)
        bring(step, iri, found)

    monkeypatch.setattr(search_index._Step, "_bring", looking)
    monkeypatch.setattr(search_index, "document_of", lambda store, kept, iri: read.append(iri))
    add(graph_dir, made("b", speaker="Ünal Öz", other="Łucja Ørsted", object_="Su-27"))

    assert len(brought) == 4  # two people, a jet, an article
    assert not read  # nothing is read from the store again


@pytest.mark.parametrize("killed", ["publish", "_bring_search_in_step", "link"])
def test_a_killed_run_leaves_an_index_that_the_next_one_mends(graph_dir, monkeypatch, killed):
    add(graph_dir, made("a"))
    reader = open_reader(graph_dir)

    def die(*_, **__):
        raise KeyboardInterrupt

    if killed == "link":
        monkeypatch.setattr("pathlib.Path.symlink_to", die)
    else:
        monkeypatch.setattr(Writer, killed, die)
    with pytest.raises(KeyboardInterrupt):
        add(graph_dir, made("b", speaker="Ünal Öz"))
    monkeypatch.undo()

    assert names(reader, "a") == ["Anna Berg"]
    assert names(open_reader(graph_dir), "oz") == []
    with open_writer(graph_dir):
        pass
    assert names(open_reader(graph_dir), "oz") == ["Ünal Öz"]
    assert held(graph_dir) == should_hold(graph_dir)


@pytest.fixture
def when_filled(monkeypatch):
    """Return how to do something when a change's documents are in the index and its graph is not written."""

    def when_filled(act):
        note, make, touched = search_index.Touched.note, journal.make, list[search_index.Touched]()

        def noting(one, changes):
            note(one, changes)
            touched.append(one)

        def waiting(*given, **more):
            until = monotonic() + 30
            while any(list(touched[-1].nodes.values())) and monotonic() < until:
                sleep(0.01)
            act([one for one in touched[-1].nodes.values() if one])
            make(*given, **more)

        monkeypatch.setattr(journal, "LARGE", 0)
        monkeypatch.setattr(search_index, "AT_ONCE", 3)
        monkeypatch.setattr(search_index.Touched, "note", noting)
        monkeypatch.setattr(journal, "make", waiting)

    return when_filled


def test_what_comes_is_written_into_the_index_while_its_graph_is_and_nobody_sees_it(graph_dir, when_filled):
    add(graph_dir, made("a"))
    seen = []
    when_filled(lambda left: seen.append((len(left), names(open_reader(graph_dir), "an"), held(graph_dir))))
    before = held(graph_dir)
    add(graph_dir, made("a", speaker="Ünal Öz"), made("b"))

    assert seen == [(0, ["Anna Berg"], before)]
    assert names(open_reader(graph_dir), "oz") == ["Ünal Öz"]
    assert held(graph_dir) == should_hold(graph_dir)


def test_what_came_into_the_index_before_a_killed_run_had_written_its_graph_goes_again(
    graph_dir, when_filled, monkeypatch
):
    add(graph_dir, made("a"))

    def die(_):
        raise KeyboardInterrupt

    when_filled(die)
    with pytest.raises(KeyboardInterrupt):
        add(graph_dir, made("a", speaker="Ünal Öz"), made("b"))
    monkeypatch.undo()
    with open_writer(graph_dir):
        pass

    assert names(open_reader(graph_dir), "oz") == []
    assert names(open_reader(graph_dir), "an") == ["Anna Berg"]
    assert held(graph_dir) == should_hold(graph_dir)


@pytest.fixture
def three(graph_dir, monkeypatch):
    """Return a graph of three articles of which each is a write of its own when it is rebuilt."""
    monkeypatch.setattr("graph.rebuild.worth_writing", lambda _: 1)
    add(graph_dir, made("a"), made("b", speaker="Ünal Öz"), made("c", speaker="Anna Bergman"))
    with open_writer(graph_dir) as writer:
        writer.remove(["a"], RUN)
    return graph_dir


def test_a_rebuild_fills_the_index_as_it_goes(three, monkeypatch):
    monkeypatch.setattr(search_index, "all_nodes", None)  # nothing is compared with all
    rebuild(three)

    assert held(three) == should_hold(three)
    assert names(open_reader(three), "an") == ["Anna Bergman"]


def test_a_rebuilt_graph_that_was_changed_by_a_run_that_was_killed_is_compared_with_its_index(
    three, monkeypatch
):
    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "publish", die)
        with pytest.raises(KeyboardInterrupt):
            rebuild(three)
        with pytest.raises(KeyboardInterrupt):
            add(three, made("d", speaker="Łucja Ørsted"))
    assert names(open_reader(three), "lu") == []
    with open_writer(three):
        pass

    assert names(open_reader(three), "lu") == ["Łucja Ørsted"]
    assert held(three) == should_hold(three)


@pytest.mark.parametrize("harm", ["gone", "noise", "of another format", "cut"])
def test_an_index_that_is_gone_or_damaged_is_made_anew(graph_dir, harm):
    add(graph_dir, made("a"))
    file = graph_dir / search_index.FILE
    match harm:
        case "gone":
            file.unlink()
        case "noise":
            file.write_bytes(b"no database at all" * 400)
        case "cut":
            file.write_bytes(file.read_bytes()[:3000])
        case _:
            with sqlite3.connect(file) as connection:
                connection.execute("PRAGMA user_version = 99")
            connection.close()

    assert not is_searchable(graph_dir)
    assert not view(open_reader(graph_dir), {"q": "anna"}).is_ready
    add(graph_dir, made("b", speaker="Ünal Öz"))
    assert names(open_reader(graph_dir), "anna") == ["Anna Berg"]
    assert held(graph_dir) == should_hold(graph_dir)


def test_a_copy_whose_checkpoints_begin_anew_gets_an_index_of_its_own(graph_dir, tmp_path):
    for speaker in PEOPLE:
        add(graph_dir, made("a", speaker=speaker))
    back_up(graph_dir, tmp_path / "copy")

    assert not is_searchable(tmp_path / "copy")
    add(tmp_path / "copy", made("b", speaker="Ünal Öz"))
    assert held(tmp_path / "copy") == should_hold(tmp_path / "copy")


def test_a_rebuilt_graph_is_searched_as_before(graph_dir):
    add(graph_dir, made("a"), made("b", speaker="Ünal Öz"))
    before = held(graph_dir)

    rebuild(graph_dir)

    assert held(graph_dir) == before


def test_an_article_whose_kept_extraction_is_damaged_is_found_by_its_title(graph_dir):
    add(graph_dir, made("a"))
    shutil.rmtree(graph_dir / "extractions")
    (graph_dir / search_index.FILE).unlink()
    with open_writer(graph_dir) as writer:
        writer.publish()

    assert titles(open_reader(graph_dir), "about") == ["About MQ-9"]
    assert titles(open_reader(graph_dir), "tuesday") == []


def test_an_iri_is_found_in_each_way_of_writing_it(graph_dir):
    add(graph_dir, made("a"))
    reader = open_reader(graph_dir)
    [found] = view(reader, {"q": "anna"}).entities

    for written in (found.iri, f"<{found.iri}>", found.iri.replace("https://newsgraph.example/id/", "id:")):
        assert names(reader, written) == ["Anna Berg"]
    assert names(reader, "id:person-nobody") == []


def test_kind_and_pages_choose_what_is_shown(graph_dir):
    add(graph_dir, *(made(f"a{n}", speaker=f"Anna B{n}erg") for n in range(3)))
    reader = open_reader(graph_dir)

    assert view(reader, {"q": "anna", "kind": "article"}).entities == ()
    assert view(reader, {"q": "anna", "kind": "entity"}).articles == ()
    first = view(reader, {"q": "anna", "kind": "entity", "size": "2"})
    second = view(reader, {"q": "anna", "kind": "entity", "size": "2", "start": "2"})
    assert (first.has_more_entities, second.has_more_entities) == (True, False)
    shown = [one.name for one in (*first.entities, *second.entities)]
    assert sorted(shown) == ["Anna B0erg", "Anna B1erg", "Anna B2erg"]


def test_what_was_found_in_a_text_is_marked(graph_dir):
    add(graph_dir, made("a"))
    [found] = view(open_reader(graph_dir), {"q": "tuesd"}).articles

    assert [piece.text for piece in found.snippet if piece.is_found] == ["Tuesday"]
    assert "".join(piece.text for piece in found.snippet).endswith("met Carl Dorn on Tuesday.")


def test_header_lines_are_not_searched(graph_dir):
    article, extraction = made("a")
    text = article.text
    add(graph_dir, (replace(article, skipped=(TextSpan(0, text.index("Carl")),)), extraction))

    assert titles(open_reader(graph_dir), "denied") == []
    assert titles(open_reader(graph_dir), "struck") == ["About MQ-9"]


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ['"', "'", "*", "NEAR(", ")", "OR", "AND NOT", "title:", "^", "-", "+", "{", "\0", "anna"]
        )
    ).map(" ".join),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    graph_dir = tmp_path_factory.mktemp("hostile") / "graph"
    add(graph_dir, made("a"))
    return open_reader(graph_dir)


@settings(deadline=None)
@given(text=HOSTILE)
def test_whatever_is_typed_is_words_and_no_syntax(reader, text):
    found = view(reader, {"q": text})

    assert found.is_ready
    if "anna" in text.casefold().split() and not set(text.split()) & {"OR", "AND", "NOT", "NEAR(", "title:"}:
        assert [one.name for one in found.entities] == ["Anna Berg"]


def test_a_text_that_is_too_long_is_refused(reader):
    with pytest.raises(QueryError, match="longer than"):
        view(reader, {"q": "x" * 3000})


def test_what_a_killed_writer_had_begun_does_not_keep_anybody_from_searching(tmp_path):
    with open_writer(tmp_path / "g") as writer:
        writer.add([made("a"), made("b", speaker="Ann Berg")], RUN)
    with search_index.open_index(tmp_path / "g") as connection:
        before = search_index.held(connection, 1)

    with closing(sqlite3.connect(tmp_path / "g" / search_index.FILE, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # so that what is changed goes to the file at once
        connection.execute("BEGIN IMMEDIATE")
        for number in range(300):
            connection.execute("UPDATE document SET title = ?, until = 1", (f"{number}" * 200,))
        shutil.copytree(tmp_path / "g", killed := tmp_path / "killed", symlinks=True)
    assert (killed / f"{search_index.FILE}-journal").stat().st_size > 0

    with search_index.open_index(killed) as connection:
        assert search_index.held(connection, 1) == before
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM document")
