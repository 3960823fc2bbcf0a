"""The commands as a user types them, with the shipped pipeline and a real store."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.model, pytest.mark.slow]

CLAIM = "The minister Anna Berg denied on Tuesday that a drone had crossed the border at Vello.\n"


def newsgraph(*arguments, folder, given=None, **environment):
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NEWSGRAPH_WORKERS": "1", **environment},
        check=False,
    )


def query(folder, text):
    done = newsgraph("query", text, "--format", "csv", folder=folder)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "data" / "raw" / "samples", folder / "data" / "raw" / "samples")
    done = newsgraph("demo", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder, done


def test_the_demo_reads_answers_and_writes(demo):
    folder, done = demo

    assert done.stdout.count("(newsgraph query ") == 3
    assert "10 added" in done.stderr
    assert (folder / "data" / "graph" / "demo.gexf").stat().st_size > 20_000


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, "Person") for name in ("Lloyd Austin", "Sergei Shoigu", "Nikolai Patrushev", "Mark Milley")),
        *((name, "Organization") for name in ("Kremlin", "Reuters", "Tass", "US European Command")),
        *((name, "Place") for name in ("Black Sea", "Crimea")),
        *((name, "Product") for name in ("MQ-9 Reaper", "Su-27")),
    ],
)
def test_what_several_articles_name_is_one_node(demo, name, kind):
    folder, _ = demo
    labelled = f'?e a schema:{kind} ; skos:prefLabel|skos:altLabel "{name}"'
    text = f"SELECT DISTINCT ?e WHERE {{ GRAPH g:view {{ {labelled} }} }}"

    assert len(query(folder, text)) == 1


def test_denials_come_with_their_sentences(demo):
    folder, _ = demo
    rows = query(folder, "who_denied_what")
    samples = "".join(path.read_text() for path in (ROOT / "data" / "raw" / "samples").glob("*.txt"))

    assert len(rows) >= 5
    assert any("ministry" in row["who"].lower() for row in rows)
    for row in rows:
        assert row["denied"].split(" … ")[0] in row["sentence"] or row["sentence"] in samples


def test_voices_of_several_articles_meet_on_one_collision(demo):
    folder, _ = demo
    rows = {row["statement"]: row for row in query(folder, "stance_matrix")}
    row = rows["MQ-9 Reaper collided with Su-27"]

    assert "US European Command" in row["asserting"]
    assert "ministry" in row["denying"]


def test_what_is_denied_is_no_edge(demo):
    folder, _ = demo
    denied = "?r ng:stance ng:Denies ; rdf:subject ?a ; rdf:object ?b ; rdf:predicate ng:collidedWith"

    assert query(folder, f"SELECT * {{ {denied} }}")
    assert query(folder, f"SELECT * {{ {denied} . GRAPH g:view {{ ?a ng:collidedWith ?b }} }}") == []


def test_ingesting_again_changes_nothing(demo):
    folder, _ = demo
    before = (folder / "data" / "graph" / "current").resolve()
    done = newsgraph("ingest", folder=folder)

    assert (done.returncode, done.stderr) == (0, "newsgraph: 0 added, 10 unchanged\n")
    assert (folder / "data" / "graph" / "current").resolve() == before


def test_hostile_files_are_set_aside_and_the_others_read(tmp_path):
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "good.txt").write_text(CLAIM)
    (raw / "empty.txt").write_bytes(b"")
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (raw / "latin.txt").write_bytes("Le président a démenti.".encode("latin-1"))
    (raw / "broken.jsonl").write_text('{"text": \n')
    (raw / "long.txt").write_text("rain " * 1_000_000)

    done = newsgraph("ingest", folder=tmp_path)
    lines = done.stderr.splitlines()

    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert lines[-1].startswith("newsgraph: 1 added, 0 unchanged, 5 set aside")
    for name in ("empty.txt", "binary.txt", "latin.txt", "broken.jsonl", "long.txt"):
        assert sum(name in line for line in lines) == 1, done.stderr
    assert query(tmp_path, "who_denied_what")[0]["who"] == "Anna Berg"


def test_extract_reads_standard_input():
    done = newsgraph("extract", "--tokens", "-", folder=ROOT, given=CLAIM)
    printed = json.loads(done.stdout)

    assert printed["text"] == CLAIM
    assert [one["stance"] for one in printed["attributions"]] == ["denies"]
    assert set(printed) == {
        *("id", "text", "title", "published", "sentences", "tokens", "mentions", "entities"),
        *("attributions", "relations", "propositions"),
    }
    assert set(printed["attributions"][0]) == {
        *("id", "source", "cue", "content", "speaker", "via", "stance", "certainty", "speech", "confidence"),
        *("cueType", "temporality", "addressee", "relays", "medium", "inside"),
    }


def test_a_killed_run_goes_on_where_it_stopped(tmp_path):
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    for number in range(24):
        (raw / f"{number}.txt").write_text(CLAIM.replace("Vello", f"Vello{number}") * 20)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "NEWSGRAPH_BATCH_SIZE": "2",
        "NEWSGRAPH_WORKERS": "1",
    }
    run = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "-q", "ingest"],
        cwd=tmp_path,
        env=environment,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    second = tmp_path / "data" / "graph" / "checkpoints" / "2"  # the first was of the empty store
    while not second.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()

    done = newsgraph("ingest", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    last = done.stderr.splitlines()[-1]  # on a busy machine, lines of progress come before it
    added, unchanged = (int(word) for word in last.split() if word.isdecimal())
    assert added + unchanged == 24
    assert unchanged >= 2
    [row] = query(tmp_path, "SELECT (COUNT(*) AS ?n) WHERE { ?a a schema:NewsArticle }")
    assert row["n"] == "24"
