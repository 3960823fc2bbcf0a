"""newsgraph push, as a shell would call it."""

import pytest

from app.ingest import pushed
from app.terminal import Terminal
from graph.store import open_writer
from newsgraph.settings import Settings
from tests.flows.sparql_server import says, sparql_server
from tests.graph.made import RUN, made


@pytest.fixture
def server(tmp_path, monkeypatch):
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add([made("a")], RUN)
    with sparql_server() as server:
        yield server


def test_it_pushes_to_the_server_that_is_named_or_set(run, server, monkeypatch):
    status, out, told = run("push", server.url)
    assert (status, out) == (0, "")
    assert told.endswith("changes sent\n")
    assert told.startswith(f"newsgraph: {server.url} holds checkpoint 1-")

    monkeypatch.setenv("NEWSGRAPH_REMOTE_STORE", server.url)
    assert run("push")[2].endswith("; nothing to send\n")
    assert run("push", "--check") == (0, "", f"newsgraph: {server.url} holds what was pushed last\n")

    server.store.clear()
    assert run("push", "--check", "-q")[::2] == (
        1,
        f"{server.url}: it does not say that it holds what was pushed last; run 'newsgraph push'\n",
    )


def test_a_query_address_of_its_own(run, server):
    with sparql_server() as other:
        other.store = server.store
        assert run("push", server.url, "--query-url", other.url)[0] == 0
        assert all("INSERT" in each or "DROP" in each for each in server.updates)
        assert not other.updates


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "no server to push to: name it, or set remote_store in newsgraph.toml"),
        (("http://ann:pass@h/",), "setting remote_store must not hold user or password"),
        (("nowhere",), "setting remote_store must be a web address"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(run, server, arguments, told):
    status, _, errors = run("push", *arguments)

    assert status == 1
    assert told in errors
    assert errors.count("\n") == 1


def test_ingest_succeeds_where_the_push_fails_but_says_so(server, tmp_path, capsys):
    settings = Settings(graph_dir=tmp_path / "data" / "graph", remote_store=server.url)
    server.always = says(403, b"read only")

    assert pushed(settings, Terminal(quiet=False)) == 1
    assert "status 403: read only (it does not let this user do that" in capsys.readouterr().err
    server.always = None
    assert pushed(settings, Terminal(quiet=True)) == 0
