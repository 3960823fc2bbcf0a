"""newsgraph retract, versions, runs, diff, upgrade and parameters of query, as an analyst types them."""

import gzip
import json
from dataclasses import replace

import pytest

from graph.store import open_writer
from tests.graph.made import LATER, RUN, made, naming


@pytest.fixture(autouse=True)
def graph(tmp_path):
    for pairs, run in (([made("a"), made("b")], RUN), ([made("a", verb="said")], LATER)):
        with open_writer(tmp_path / "data" / "graph") as writer:
            writer.add(pairs, run)


def test_versions_are_listed_with_what_changed(run):
    status, out, err = run("versions", "a")

    assert (status, err) == (0, "")
    first, second, *changes = out.splitlines()
    assert first.startswith("1  2026-01-02 03:04:05Z until 2026-02-02 03:04:05Z · doc/")
    assert second.startswith("2  2026-02-02 03:04:05Z until now · doc/")
    assert changes[0].strip() == (
        "~ attribution  Anna Berg: that Carl Dorn struck the MQ-9"
        "  (denies (deny), certain → asserts (say), certain)"
    )
    assert changes[1].strip() == "Anna Berg said that Carl Dorn struck the MQ-9."


def test_versions_as_json(run):
    old, new = json.loads(run("versions", "a", "--json")[1])

    assert (old["knownUntil"], new["knownUntil"], old["changes"]) == (new["knownFrom"], None, [])
    assert new["changes"][0]["before"]["stance"] == "denies"
    assert new["changes"][0]["after"]["stance"] == "asserts"


def test_an_article_is_retracted_and_let_in_again(run):
    assert run("retract", "a", "--reason", "withdrawn", "--by", "kim") == (
        *(0, "retracted: a\n", "newsgraph: 2 versions of it went\n"),
    )
    assert run("retract", "a")[2] == "newsgraph: nothing changed: it had been retracted before\n"
    assert "withdrawn" in run("query", "retracted")[1]
    status, out, err = run("versions", "a")
    assert (status, out, err) == (1, "", "newsgraph: a is retracted; 'newsgraph query retracted' tells why\n")
    assert run("retract", "--undo", "a")[:2] == (0, "may come again: a\n")
    assert run("retract", "--undo", "a")[0] == 1


def test_runs_are_compared(run):
    listed = json.loads(run("runs", "--json")[1])
    assert [(one["id"], one["holds"], one["replaced"]) for one in listed] == [
        ("run-1", 1, 1),
        ("run-2", 1, 0),
    ]
    assert run("runs")[1].count("model-1") == 2

    status, out, _ = run("diff", "run-1", "run-2")
    assert status == 0
    assert out.startswith("1 article read by both, 1 of them state something else\n1 read by the first only")
    told = json.loads(run("diff", "run-1", "run-2", "--json", "--examples", "1")[1])
    assert {(one["kind"], one["predicate"], one["change"]) for one in told["counts"]} == {
        ("attribution", "deny", "changed"),
        ("relation", "struck", "changed"),
    }
    assert len(told["examples"]) == 1


def test_a_saved_query_takes_values(run):
    status, out, _ = run("query", "known_on", "at=2026-01-15", "article=a", "--format", "csv")

    assert status == 0
    assert "denies" in out
    assert "2026-02-02T03:04:05Z" in out
    assert ",b," not in out
    assert "at=… (time)" in run("query")[1]


@pytest.mark.parametrize(("arguments", "line"), [
    (("query", "known_on", "at"), "'at' is no value of a parameter; write NAME=VALUE"),
    (("query", "known_on", "when=now"),
     "no parameter 'when' here; known: about (text), at (time), article (article)"),
    (("query", "known_on", "at=now"), "at='now' is no time"),
    (("query", "ASK { ?s ?p ?o }", "at=2026-01-01"), "there are none"),
    (("versions", "nobody"), "no article in the graph is 'nobody'"),
    (("versions", "\udcff"), "no article in the graph"),
    (("retract", "x\x1b[2J"), "no article in the graph"),
    (("retract", "a", "--by", " "), "who decides must be told in printable words"),
    (("diff", "x", "y"), "no run or model is called 'x'"),
])  # fmt: skip
def test_what_cannot_be_is_one_line_and_status_1(arguments, line, run):
    status, out, err = run(*arguments)

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert line in err
    assert "unexpected" not in err
    assert "\x1b" not in err


@pytest.mark.parametrize("command", [
    ("retract", "a"), ("versions", "a"), ("runs",), ("diff", "a", "b"), ("upgrade",),
])  # fmt: skip
def test_without_a_store_the_mend_is_told(command, run, tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSGRAPH_GRAPH_DIR", str(tmp_path / "none"))
    status, _, err = run(*command)

    assert (status, err.count("\n")) == (1, 1)
    assert "newsgraph ingest" in err


@pytest.mark.model
@pytest.mark.slow
def test_upgrade_tells_how_to_see_what_it_changed(run):
    status, _, err = run("upgrade", "-q")
    assert (status, err) == (0, "")
    status, _, err = run("upgrade")

    assert (status, err) == (0, "newsgraph: 0 articles read again\n")
    old, new = json.loads(run("runs", "--json")[1])[0], json.loads(run("runs", "--json")[1])[-1]
    told = json.loads(run("diff", old["id"], new["id"], "--json")[1])
    assert told["articles"] == 2


# ---- Who is who, then and now

US, GE = "us-state/georgia", "country/georgia"


@pytest.fixture
def relinked(tmp_path):
    """Two runs over three articles: one Georgia becomes two, and two Bergs one."""
    before = [
        naming("p", ("Georgia", "LOC", GE), ("Anna Berg", "PERSON", "person/anna")),
        naming("q", ("Georgia", "LOC", GE), ("Anna Berg", "PERSON", "person/anne")),
        naming("r", ("Georgia", "LOC", GE)),
    ]
    after = [
        naming("p", ("Georgia", "LOC", GE), ("Anna Berg", "PERSON", "person/anna")),
        naming("q", ("Georgia", "LOC", US), ("Anna Berg", "PERSON", "person/anna")),
        naming("r", ("Georgia", "LOC", GE)),
    ]
    for pairs, name in ((before, "old-run"), (after, "new-run")):
        with open_writer(tmp_path / "data" / "graph") as writer:
            writer.add(pairs, replace(LATER, id=name))


@pytest.mark.usefixtures("relinked")
@pytest.mark.parametrize(
    ("runs", "both"),
    [(("old-run", "new-run"), "read by both"), (("new-run",), "that others had read before")],
)
def test_who_is_another_one_now_is_told_beside_statements(run, runs, both):
    status, out, err = run("diff", *runs)

    assert (status, err) == (0, "")
    assert out.startswith(f"3 articles {both}, 0 of them state something else\n")
    lines = out.splitlines()
    assert "2 entities are taken for another thing, in 1 article" in lines
    [joined] = [line for line in lines if line.startswith("  joined: ")]
    assert joined.count("person/ann") == 3
    [parted] = [line for line in lines if line.startswith("  parted: ")]
    assert f"known as {US}" in parted.partition("→")[2]
    assert lines[lines.index("q") + 1].startswith("  Georgia (LOC): Georgia (id:")
    told = json.loads(run("diff", *runs, "--json")[1])["links"]
    assert (told["articles"], told["entities"], told["articlesUnknown"]) == (1, 2, 0)
    assert [len(told[name]) for name in ("joined", "parted", "examples")] == [1, 1, 2]
    assert {one["known"] for one in told["joined"][0]["others"]} == {"person/anna", "person/anne"}
    assert {(one["before"]["known"], one["after"]["known"]) for one in told["examples"]} == {
        (GE, US),
        ("person/anne", "person/anna"),
    }


@pytest.mark.usefixtures("relinked")
def test_the_other_way_round_what_was_joined_is_parted(run):
    there, back = (json.loads(run("diff", *runs, "--json")[1])["links"] for runs in (
        ("old-run", "new-run"), ("new-run", "old-run"),
    ))  # fmt: skip

    assert [one["one"]["iri"] for one in back["parted"]] == [one["one"]["iri"] for one in there["joined"]]
    assert {one["before"]["iri"] for one in back["examples"]} == {
        one["after"]["iri"] for one in there["examples"]
    }


@pytest.mark.usefixtures("relinked")
def test_of_what_was_replaced_before_links_were_kept_that_is_told(run, tmp_path):
    for file in (tmp_path / "data" / "graph" / "former").glob("*/*.json.gz"):
        told = json.loads(gzip.decompress(file.read_bytes()))
        del told["links"]
        file.write_bytes(gzip.compress(json.dumps(told).encode()))

    status, out, _ = run("diff", "old-run", "new-run")

    assert status == 0
    assert "of 1 article it was not kept who was who before" in out
    assert "taken for another thing" not in out


def test_a_reviewers_merge_is_a_change_of_who_is_who(run, tmp_path):
    pairs = [naming("p", ("Anna Berg", "PERSON")), naming("q", ("Ida Jung", "PERSON"))]
    run("same", "Anna Berg", "Carl Dorn", "--by", "kim")
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add(pairs, replace(LATER, id="old-run"))
    name = run("same", "Anna Berg", "Ida Jung", "--by", "kim")[1].split()[0]
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add(
            [naming("p", ("Anna Berg", "PERSON"), said="Now."), pairs[1]], replace(LATER, id="new-run")
        )
    run("undo", name)

    told = json.loads(run("diff", "old-run", "new-run", "--json")[1])["links"]

    assert told["articlesUnknown"] == 0
    assert told["joined"] == told["parted"] == [], "it was undone, and all is as it was"
