"""The real store on a temporary folder: same input, same graph; nothing half written; plain words."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import journal
from graph.guard import Turn
from graph.snapshots import open_reader
from graph.store import FORMAT, open_writer
from graph.validate import violations
from newsgraph.errors import NoGraphError, QueryError, StoreBusyError, StoreError
from newsgraph.records import Entity, Mention
from tests.graph.copied import reprinted, round_up, telling, wire
from tests.graph.made import LATER, RUN, dump_of, made, spoken

PAIRS = [
    made("a"),
    made("b", speaker="Anna Berg", verb="said", other="Emil Falk"),
    made("c", speaker="Carl Dorn", verb="said", other="Anna Berg", object_="Su-27"),
    made("d", speaker="Gerd Holm", other="Carl Dorn", object_="MQ-9 Reaper"),
    spoken("e", ("Anna Berg", "denied"), (None, "said"), time="2023-03-14"),
    spoken(
        "f",
        ("Gerd Holm", "doubted"),
        ("officials", "said not"),
        parties=("Su-27", "MQ-9 Reaper"),
        predicate="struck",
    ),
    spoken("g", ("Anna Berg", "said"), as_words=True, via="Reuters"),
]


def dump(folder, *, without_provenance=False):
    return dump_of(open_reader(folder), without_provenance=without_provenance)


def write(folder, pairs, run=RUN):
    with open_writer(folder) as writer:
        writer.add(pairs, run)


def test_what_is_spoken_of_in_passing_is_not_in_the_graph(tmp_path):
    article, extraction = made("a")
    with_it = replace(
        extraction,
        entities=(*extraction.entities, Entity("e9", "plan", "MISC", kind="passing")),
        mentions=(*extraction.mentions, Mention("m9", 0, 4, "MISC", "pronoun", "e9", 0.5)),
    )

    write(tmp_path / "with", [(article, with_it)])
    write(tmp_path / "without", [(article, extraction)])

    assert dump(tmp_path / "with") == dump(tmp_path / "without")


def test_twice_changes_nothing_and_costs_no_extraction(tmp_path):
    write(tmp_path, PAIRS)
    once = dump(tmp_path)

    with open_writer(tmp_path) as writer:
        assert writer.known([article for article, _ in PAIRS], LATER) == set("abcdefg")
        writer.add(PAIRS, RUN)

    assert dump(tmp_path) == once
    assert b"met" in once


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(PAIRS), cut=st.integers(1, 4), gone=st.integers(0, 6))
def test_order_batches_and_what_was_taken_away_leave_no_trace(tmp_path_factory, order, cut, gone):
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    kept = [pair for pair in PAIRS if pair != PAIRS[gone]]
    write(one, kept)
    for start in range(0, len(order), cut):
        write(other, order[start : start + cut])

    with open_writer(other) as writer:
        assert writer.remove([PAIRS[gone][0].id, "never seen"], RUN) == 1

    assert dump(other, without_provenance=True) == dump(one, without_provenance=True)


def test_a_new_version_replaces_the_old_one_whole(tmp_path):
    write(tmp_path, [made("a"), made("b")])
    write(tmp_path, [made("a", speaker="Ida Jung")], LATER)

    fresh = tmp_path / "fresh"
    write(fresh, [made("a", speaker="Ida Jung"), made("b")])

    assert dump(tmp_path, without_provenance=True) == dump(fresh, without_provenance=True)
    assert len(list((tmp_path / "extractions").glob("*/*.json.gz"))) == 2


def test_what_changes_is_read_again(tmp_path):
    write(tmp_path, PAIRS)
    article = PAIRS[0][0]
    newer = type(RUN)("run-3", RUN.started_at, RUN.software_version, "model-2")

    with open_writer(tmp_path) as writer:
        assert writer.known([made("a", speaker="Ida Jung")[0]], RUN) == set()
        assert writer.known([article], newer) == set()
        assert writer.known([article], LATER) == {"a"}


def test_a_built_graph_keeps_its_shapes(tmp_path):
    write(tmp_path, PAIRS)

    assert violations(dump(tmp_path)) == []


def test_hostile_names_and_texts_are_only_text(tmp_path):
    nasty = 'Ann "x" \\ <b> } DROP ALL ; \u2028\x07 ünï\U0001f600 Berg'
    write(tmp_path, [made('it\'s <an> id\n"x"', speaker=nasty)])

    assert violations(dump(tmp_path)) == []
    query = "SELECT ?n WHERE { ?a a <https://w3id.org/newsgraph/ns#ArticleEntity> ; "
    query += "<http://www.w3.org/2004/02/skos/core#prefLabel> ?n }"
    solutions = open_reader(tmp_path).store.query(query, use_default_graph_as_union=True)
    assert nasty in {solution["n"].value for solution in solutions}


def test_no_graph_yet(tmp_path):
    with pytest.raises(NoGraphError, match="newsgraph ingest"):
        open_reader(tmp_path)


def test_one_writer_at_a_time(tmp_path):
    with open_writer(tmp_path), pytest.raises(StoreBusyError, match="another run"):  # noqa: SIM117
        with open_writer(tmp_path, Turn(seconds=0.1)):
            pass

    with open_writer(tmp_path, Turn(seconds=0.1)):
        pass


def test_readers_keep_what_they_opened(tmp_path):
    write(tmp_path, PAIRS[:1])
    reader = open_reader(tmp_path)
    before = len(reader.store)
    write(tmp_path, PAIRS[1:])

    assert len(reader.store) == before
    assert len(open_reader(tmp_path).store) > before
    assert len(list((tmp_path / "checkpoints").iterdir())) == 2


def _write_for_ever(folder):
    number = 0
    while True:
        number += 1
        told = [made(f"a{number}-{k}", speaker=f"Anna B{number % 7}") for k in range(4)]
        write(folder, [*told, telling(wire(f"copy-{number % 9}"))])


def _write_large_for_ever(folder):
    journal.LARGE = 0
    _write_for_ever(folder)


@pytest.mark.slow
@pytest.mark.parametrize("act", [_write_for_ever, _write_large_for_ever])
def test_a_killed_writer_leaves_whole_batches(act, tmp_path):
    for milliseconds in (150, 320, 500, 700):
        writer = get_context("spawn").Process(target=act, args=(tmp_path,))
        writer.start()
        deadline = time.monotonic() + 30
        while not (tmp_path / "current").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(milliseconds / 1000)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()

        with open_writer(tmp_path):  # publishes what was committed
            pass
        whole = dump(tmp_path)
        assert violations(whole) == []
        assert whole.count(b"/ns#currentVersion>") % 5 == 0


def test_a_full_disk_is_one_line_and_harms_nothing(tmp_path):
    write(tmp_path, PAIRS[:2])
    before = dump(tmp_path)
    code = f"""if True:
        import resource, signal, sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parents[2])!r})
        from graph.store import open_writer
        from newsgraph.errors import StoreError
        from tests.graph.made import RUN, made
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # what the system then says: file too large
        try:
            with open_writer(Path({str(tmp_path)!r})) as writer:
                writer.add([made(f"x{{n}}", speaker=f"Anna B{{n}}") for n in range(50)], RUN)
        except StoreError as error:
            print(error)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert str(tmp_path) in done.stdout
    assert dump(tmp_path) == before
    write(tmp_path, PAIRS)  # once there is space again
    assert violations(dump(tmp_path)) == []


def test_no_permission_is_one_line(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "live")

    monkeypatch.setattr("graph.store.Store", refuse)  # the tests may run as root, who may write anywhere

    with pytest.raises(StoreError, match=r"^[^\n]*cannot be written: Permission denied[^\n]*$"):
        write(tmp_path, PAIRS)


@pytest.mark.parametrize("act", [open_reader, lambda folder: write(folder, PAIRS)], ids=["read", "write"])
def test_a_damaged_store_is_told_with_the_mend(act, tmp_path):
    write(tmp_path, PAIRS)
    for path in ((tmp_path / "current").resolve() / "CURRENT", tmp_path / "live" / "CURRENT"):
        path.unlink()
        path.write_bytes(b"rubbish")

    with pytest.raises(StoreError, match=r"^[^\n]*damaged[^\n]*newsgraph ingest[^\n]*$"):
        act(tmp_path)


@pytest.mark.parametrize("written", [None, b"1\n", b"rubbish"], ids=["none", "older", "rubbish"])
def test_a_store_of_another_format_is_not_written_to(written, tmp_path):
    write(tmp_path, PAIRS[:1])
    before = dump(tmp_path)
    file = tmp_path / "format"
    file.unlink() if written is None else file.write_bytes(written)

    with pytest.raises(StoreError, match=r"^[^\n]*another version[^\n]*newsgraph rebuild[^\n]*$"):
        write(tmp_path, PAIRS)
    assert dump(tmp_path) == before

    shutil.rmtree(tmp_path / "live")
    shutil.rmtree(tmp_path / "checkpoints")
    write(tmp_path, PAIRS)
    assert dump(tmp_path) != before


def test_other_quads_from_the_same_extraction_need_another_format(tmp_path):
    write(tmp_path, [*PAIRS, made("h", speaker="Berg"), *map(telling, (wire(), reprinted(), round_up()))])

    digests = {11: "4a8153942fd75bea"}  # another digest belongs under another FORMAT
    assert digests[FORMAT] == sha256(dump(tmp_path, without_provenance=True)).hexdigest()[:16]


def test_a_snapshot_stays_for_as_long_as_it_is_read(tmp_path):
    with open_writer(tmp_path / "g") as writer:
        writer.add([made("a")], RUN)
    reader = open_reader(tmp_path / "g")
    held = reader.snapshot

    def write(name):
        with open_writer(tmp_path / "g") as writer:
            writer.add([made(name)], RUN)

    for name in "bcde":
        write(name)
    assert held.exists()
    assert len(list(reader.store.query("SELECT * { GRAPH ?g { ?s <https://schema.org/headline> ?o } }"))) == 1
    del reader
    write("f")

    assert not held.exists()
    assert len(list((tmp_path / "g" / "checkpoints").iterdir())) == 2


def test_a_copy_that_followed_links_is_read_and_written_like_any_other(tmp_path):
    write(tmp_path / "g", [made("a")])
    shutil.copytree(tmp_path / "g", tmp_path / "copy")  # as rsync -r and archives do
    reader = open_reader(tmp_path / "copy")
    before = dump_of(reader)

    for name in "bcd":
        write(tmp_path / "copy", [made(name)])
    for name in "abcd":
        write(tmp_path / "g", [made(name)])

    assert dump_of(reader) == before, "who reads keeps what was there"
    assert dump(tmp_path / "copy", without_provenance=True) == dump(tmp_path / "g", without_provenance=True)
    assert (tmp_path / "copy" / "current").is_symlink()


def test_what_clients_write_changes_nothing_of_what_is_made_of_articles(tmp_path):
    """Not even a copy of all that newsgraph says of its articles, in a graph of a client."""
    for folder in ("plain", "written"):
        with open_writer(tmp_path / folder) as writer:
            writer.add([made("a"), made("b")], RUN)
    with open_writer(tmp_path / "written") as writer:
        text = "INSERT { GRAPH <http://c.example/> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"
        writer.update(text, {})

    for folder in ("plain", "written"):
        with open_writer(tmp_path / folder) as writer:
            writer.remove(["a"], LATER)
            writer.add([made("c", speaker="Eva Falk")], LATER)

    plain, written = (
        {quad for quad in open_reader(tmp_path / folder).store if "c.example" not in str(quad.graph_name)}
        for folder in ("plain", "written")
    )
    assert plain == written


def test_an_update_that_fails_changes_and_publishes_nothing(tmp_path):
    with open_writer(tmp_path / "g") as writer:
        writer.add([made("a")], RUN)
    before = open_reader(tmp_path / "g").snapshot

    with pytest.raises(QueryError, match="does not exist"), open_writer(tmp_path / "g") as writer:
        writer.update("DROP GRAPH <http://none.example/>", {})

    assert open_reader(tmp_path / "g").snapshot == before
