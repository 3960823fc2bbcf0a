"""What is made ready where an article is read is what the writer would make of it."""

import pickle
from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, serialize

from graph import journal
from graph.build import article_quads, digest_quad, version_quads
from graph.copies import print_of
from graph.journal import unpacked
from graph.kept import read_kept
from graph.prepared import prepare
from graph.profiles import profiles_in
from graph.snapshots import open_reader
from graph.store import open_writer
from newsgraph.records import PassedOver, Token
from tests.graph.copied import reprinted, telling, wire
from tests.graph.made import RUN, dump_of, made, spoken

PAIRS = [made("a"), spoken("d", ("Anna Berg", "denied")), telling(wire()), telling(reprinted())]


def write(folder, articles):
    with open_writer(folder) as writer:
        writer.add(articles, RUN)
    return open_reader(folder)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].id)
def test_an_article_that_is_ready_has_all_that_it_adds_by_itself(pair):
    article, extraction = pair
    ready = prepare(article, extraction)
    own = [*version_quads(*pair), *article_quads(article), digest_quad(article, ready.digest)]

    assert list(unpacked(ready.quads)) == own
    assert ready.quad_count == len(own)
    assert ready.copied_by == print_of(article)
    assert ready.profiles_by_entity() == profiles_in(extraction)


def test_it_goes_from_process_to_process(tmp_path):
    ready = [prepare(*pair) for pair in PAIRS]
    sent = pickle.loads(pickle.dumps(ready))  # noqa: S301 - our own

    assert dump_of(write(tmp_path / "one", sent)) == dump_of(write(tmp_path / "other", PAIRS))


def test_words_are_kept_and_do_not_wait_in_memory(tmp_path):
    article, extraction = made("a")
    words = (Token(0, 4, "anna", "PROPN", "NNP", -1, "root"),) * 500
    ready = prepare(article, replace(extraction, tokens=words, passed_over=(PassedOver(0, 4, "it", "no"),)))

    write(tmp_path, [ready])

    assert ready.extraction() == extraction
    assert read_kept(tmp_path / "extractions", article.version_id, ready.digest)[1].tokens == words


def test_what_an_earlier_version_left_pending_is_made(tmp_path):
    write(tmp_path / "whole", PAIRS)
    write(tmp_path / "g", PAIRS[:1])
    pending = tmp_path / "g" / journal.PENDING
    pending.mkdir()
    (pending / journal.DELETE).write_text("")
    quads = list(open_reader(tmp_path / "whole").store)
    serialize(quads, pending / "insert-0000.nq", RdfFormat.N_QUADS)

    with open_writer(tmp_path / "g") as writer:
        assert set(writer.reader.store) >= set(quads)
