"""A push against a server with all the faults that servers and networks have."""

import json
from dataclasses import replace

import pytest

from flows import push
from flows.push import run_check, run_push
from flows.remote import Credentials, Remote, credentials_in, query_address
from graph.remote.pushed import open_pushed
from graph.snapshots import open_reader
from graph.store import open_writer
from newsgraph.errors import NoGraphError, RemoteError, SettingsError, StoreBusyError
from newsgraph.settings import Settings
from tests.flows.sparql_server import after_doing_it, says, sparql_server
from tests.graph.made import LATER, RUN, made

NOBODY = Credentials()
SECRET = "a-secret-that-nobody-sees"  # noqa: S105


@pytest.fixture
def server():
    with sparql_server() as server:
        yield server


@pytest.fixture
def settings(tmp_path, server):
    settings = Settings(graph_dir=tmp_path / "graph", remote_store=server.url)
    write(settings, made("a"), made("b", verb="said"))
    return settings


@pytest.fixture
def pushed(settings):
    """Push, without waiting between attempts; return the report."""

    def pushed(credentials=NOBODY, waits=None, **options):
        sleep = (waits if waits is not None else []).append
        return run_push(
            settings,
            credentials=credentials,
            connect=lambda *address: Remote(*address, sleep=sleep),
            **options,
        )

    return pushed


def write(settings, *pairs, run=RUN):
    with open_writer(settings.graph_dir) as writer:
        writer.add(pairs, run)


def here(settings):
    return set(open_reader(settings.graph_dir).store)


def there(server):
    return {quad for quad in server.store if not str(quad.graph_name).endswith("published>")}


def stated(server):
    """Return what the server says of itself: state and checkpoint."""
    text = "SELECT ?p ?o { GRAPH <https://newsgraph.example/graph/published> { ?s ?p ?o } }"
    said = {row["p"].value.rpartition("/")[2]: row["o"].value for row in server.store.query(text)}
    return said["creativeWorkStatus"], said["version"]


def test_only_what_changed_is_sent(server, settings, pushed):
    first = pushed()
    assert first.sent == len(here(settings))
    assert (there(server), stated(server)) == (here(settings), ("whole", first.checkpoint))

    assert pushed().sent == 0

    before = here(settings)
    write(settings, made("a", other="Eve Frost"), run=LATER)
    second = pushed()
    gone = {quad for quad in before - here(settings) if quad.graph_name in graphs(here(settings))}
    dropped = graphs(before) - graphs(here(settings))
    assert second.sent == len(here(settings) - before) + len(gone) + len(dropped)
    assert (there(server), stated(server)) == (here(settings), ("whole", second.checkpoint))


def graphs(quads):
    return {quad.graph_name for quad in quads}


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 8])
def test_a_push_that_is_killed_goes_on_later(server, settings, pushed, monkeypatch, number):
    monkeypatch.setattr(push, "MOST_STEPS", 100)
    pushed()
    write(settings, made("a", other="Eve Frost"), made("c"), run=LATER)
    server.updates.clear()

    monkeypatch.setattr(Remote, "update", killing(Remote.update, after=number))
    try:
        pushed()
    except KeyboardInterrupt:
        if number > 1:
            assert stated(server)[0] == "under way"
    monkeypatch.undo()
    write(settings, made("d"), run=LATER)

    pushed()

    assert there(server) == here(settings)
    assert stated(server) == ("whole", pushed().checkpoint)


def killing(update, after):
    """Return an update that is killed once so many were made."""
    left = [after]

    def killed(self, text):
        if left[0] == 0:
            raise KeyboardInterrupt
        left[0] -= 1
        update(self, text)

    return killed


@pytest.mark.parametrize("fault", [says(503, b"busy", Retry_After="7"), after_doing_it(502), says(429)])
def test_what_fails_for_a_while_is_tried_again(server, settings, pushed, fault):
    server.faults = [None, None, fault, fault, None, fault]
    waits = []

    pushed(waits=waits)

    assert there(server) == here(settings)
    assert waits == [7, 7, 7] if fault(server, {"query": "ASK {}"})[1] else [1, 2, 1]


def test_patience_ends(server, settings, pushed):
    server.always = says(503, b"closed for the night")
    waits = []

    with pytest.raises(RemoteError, match="status 503: closed for the night; tried 6 times"):
        pushed(waits=waits)

    assert waits == [1, 2, 4, 8, 16]


def test_a_server_that_is_not_there_is_told(settings, pushed):
    settings = replace(settings, remote_store="http://127.0.0.1:9/update")

    with pytest.raises(
        RemoteError, match=r"http://127.0.0.1:9/.*cannot be reached: .*refused; tried 6 times"
    ):
        run_push(settings, credentials=NOBODY, connect=lambda *a: Remote(*a, sleep=lambda _: None))


def test_a_host_that_cannot_be_is_told(settings):
    with pytest.raises(RemoteError, match=r"http://a\.\.b/: is no web address"):
        run_push(replace(settings, remote_store="http://a..b/"), credentials=NOBODY)


def test_requests_become_smaller_where_they_are_refused(server, settings, pushed):
    def limit(state, asked):
        too_large = len(asked.get("update", "")) > 4_000
        return (413, {}, b"too large") if too_large else None

    server.always = limit

    pushed()

    assert there(server) == here(settings)
    assert max(map(len, server.updates)) <= 4_000


def test_a_quad_that_is_not_taken_is_named(server, settings, pushed):
    def picky(state, asked):
        return (400, {}, b"<html>no\nmore") if '"Northern Wire"' in asked.get("update", "") else None

    server.always = picky

    with pytest.raises(RemoteError, match=r"status 400: no; asked to insert .*publisher.*Northern Wire"):
        pushed()

    assert stated(server)[0] == "under way"


@pytest.mark.parametrize(
    "body",
    [
        b"Virtuoso 42000 Error SR186: No permission",
        b"<html><title>java.lang.IllegalStateException: closed</title>",
        b"a,b\r\n1,2\r\nThe SPARQL operation has been cancelled",
    ],
)
def test_a_success_with_an_error_inside_is_an_error(server, settings, pushed, body):
    server.faults = [None, None, says(200, body)]

    with pytest.raises(RemoteError, match="status 200, but the update failed"):
        pushed()


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Welcome</body></html>",
        b'{"results": {"bindings": [{"p": {"value": "x"',
        b'{"boolean": true}',
        b'["a"]',
    ],
)
def test_an_answer_that_is_no_result_is_an_error(server, settings, pushed, body):
    server.faults = [says(200, body, Content_Type="text/html")]

    with pytest.raises(RemoteError, match=r"status 200, but no SPARQL result \(text/html\)"):
        pushed()

    assert not server.updates


def test_an_answer_that_was_cut_at_a_time_limit_is_an_error(server, settings, pushed):
    server.faults = [says(200, {"results": {"bindings": []}}, X_SQL_State="S1TAT")]

    with pytest.raises(RemoteError, match="stopped half-way"):
        pushed()


def test_what_is_lost_on_the_way_is_found(server, settings, pushed):
    def losing(state, asked):
        if "INSERT DATA { GRAPH <https://newsgraph.example/graph/articles>" not in asked.get("update", ""):
            return None
        state.right(asked)
        state.store.remove(next(iter(state.store.quads_for_pattern(None, None, None, None))))
        return 204, {}, b""

    server.always = losing
    with pytest.raises(
        RemoteError, match=r"does not hold what was sent: g:.* triples, not .*; the next push"
    ):
        pushed()
    assert stated(server)[0] == "under way"
    server.always = None

    pushed()

    assert there(server) == here(settings)


def test_what_is_changed_on_the_way_is_found(server, settings, pushed):
    def changing(state, asked):
        return (
            state.right({"update": asked["update"].replace("struck", "stroke")})
            if "update" in asked
            else None
        )

    server.always = changing

    with pytest.raises(RemoteError, match=r"g:.* has as many triples, but not the same ones"):
        pushed()


def test_what_is_changed_in_a_later_push_is_found_by_its_subject(server, settings, pushed):
    pushed()
    write(settings, made("c", speaker="Zoe Quill"), run=LATER)

    def changing(state, asked):
        return (
            state.right({"update": asked["update"].replace("Zoe Quill", "Zoe Quilt")})
            if "update" in asked
            else None
        )

    server.always = changing
    with pytest.raises(
        RemoteError, match=r"g:view on id:person-zoe-quill-.* has as many triples, but not the same ones"
    ):
        pushed()


def test_a_server_without_checksums_is_counted(server, settings, pushed):
    server.always = lambda state, asked: (400, {}, b"MD5?") if "MD5" in asked.get("query", "") else None

    report = pushed()

    assert not report.is_exact
    assert "checked by count alone" in str(report)


def test_the_graph_of_another_store_is_left_alone(server, settings, pushed, tmp_path):
    other = replace(settings, graph_dir=tmp_path / "other")
    write(other, made("z"))
    run_push(other, credentials=NOBODY)
    held = there(server)

    with pytest.raises(RemoteError, match=r"holds the graph of another store; to replace that, .* --anew"):
        pushed()
    assert there(server) == held

    pushed(anew=True)
    assert there(server) == here(settings)
    with pytest.raises(RemoteError, match="another store"):
        run_push(other, credentials=NOBODY)


def test_graphs_that_no_push_made_are_left_alone_and_clients_graphs_always(server, settings, pushed):
    strange = "<https://newsgraph.example/graph/view>", "<http://client.example/g>"
    for graph in strange:
        server.store.update(f"INSERT DATA {{ GRAPH {graph} {{ <u:a> <u:b> 'mine' }} }}")

    with pytest.raises(RemoteError, match="no push made them"):
        pushed()
    pushed(anew=True)

    mine = {str(quad.graph_name) for quad in server.store if quad.object.value == "mine"}
    assert mine == {strange[1]}


def test_a_server_that_lost_all_gets_all(server, settings, pushed):
    pushed()
    server.store.clear()
    write(settings, made("c"), run=LATER)

    pushed()

    assert there(server) == here(settings)


def test_what_is_not_known_any_more_is_sent_anew(server, settings, pushed):
    pushed()
    for file in (settings.graph_dir / "remote").glob("*/state.json"):
        state = json.loads(file.read_text())
        file.write_text(json.dumps({**state, "whole": "", "whole_format": ""}))
    server.store.update("INSERT DATA { GRAPH <https://newsgraph.example/graph/left> { <u:a> <u:b> 1 } }")

    pushed()

    assert there(server) == here(settings)
    assert run_check(settings, credentials=NOBODY) == []


def test_a_check_tells_what_differs(server, settings, pushed):
    assert run_check(settings, credentials=NOBODY) == [
        "it does not say that it holds what was pushed last; run 'newsgraph push'"
    ]
    pushed()
    server.store.update("INSERT DATA { GRAPH <https://newsgraph.example/graph/left> { <u:a> <u:b> 1 } }")

    [finding] = run_check(settings, credentials=NOBODY)

    assert finding == f"its graphs have {len(here(settings)) + 1} triples together, not {len(here(settings))}"


def test_secrets_go_to_the_server_and_nowhere_else(server, settings, pushed):
    notes = []

    class Noted:
        note = progress = notes.append

    server.faults = [None, says(503, b"wait"), None, says(401)]
    token = Credentials(token=SECRET)
    with pytest.raises(RemoteError) as caught:
        pushed(token, progress=Noted())
    report = pushed(token, progress=Noted())

    kept = [file.read_text() for file in (settings.graph_dir / "remote").rglob("*.json")]
    assert set(server.authorizations) == {f"Bearer {SECRET}"}
    assert SECRET not in "".join([str(caught.value), str(report), repr(token), *notes, *kept])
    assert "set NEWSGRAPH_REMOTE_TOKEN" in str(caught.value)


def test_a_password_is_given_in_the_way_that_is_asked_for(server, settings, pushed):
    def asking(state, asked):
        given = state.authorizations[-1]
        return None if given and given.startswith("Digest") else (401, {"WWW-Authenticate": DIGEST}, b"")

    server.always = asking

    pushed(Credentials(user="ann", password=SECRET))

    assert there(server) == here(settings)
    assert SECRET not in "".join(filter(None, server.authorizations))
    assert None not in server.authorizations[2:]


DIGEST = 'Digest realm="r", nonce="abc", qop="auth", algorithm="MD5"'


def test_no_other_server_is_asked(server, settings, pushed, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    with sparql_server() as other:
        server.faults = [says(307, Location=other.url)]
        with pytest.raises(RemoteError, match="status 307: it leads elsewhere"):
            pushed(Credentials(token=SECRET))
        pushed()

        assert not other.authorizations


def test_two_pushes_at_once_are_one_too_many(server, settings, pushed):
    with (
        open_pushed(settings.graph_dir, server.url),
        pytest.raises(StoreBusyError, match=r"another push to http.* is under way"),
    ):
        pushed()


def test_without_a_store_or_a_server_it_is_told(server, settings, tmp_path):
    with pytest.raises(SettingsError, match="no server to push to"):
        run_push(replace(settings, remote_store=""), credentials=NOBODY)
    with pytest.raises(NoGraphError):
        run_push(replace(settings, graph_dir=tmp_path / "none"), credentials=NOBODY)
    assert not (tmp_path / "none" / "remote").exists()


@pytest.mark.parametrize(
    ("update", "query"),
    [
        ("http://h:7878/update", "http://h:7878/query"),
        ("http://h/ds/update/", "http://h/ds/query"),
        ("https://h/repositories/news/statements", "https://h/repositories/news"),
        ("http://h/sparql", "http://h/sparql"),
        ("http://h/sparql-auth?x=1", "http://h/sparql-auth?x=1"),
    ],
)
def test_the_address_for_queries_is_told_from_that_for_updates(update, query):
    assert query_address(update) == query


def test_credentials_come_from_the_environment():
    given = {"NEWSGRAPH_REMOTE_USER": "ann", "NEWSGRAPH_REMOTE_PASSWORD": "ü b"}
    assert credentials_in(given) == Credentials("", "ann", "ü b")
    for wrong in ({"NEWSGRAPH_REMOTE_PASSWORD": "x"}, {"NEWSGRAPH_REMOTE_TOKEN": "a\nb"}):
        with pytest.raises(SettingsError) as caught:
            credentials_in(wrong)
        assert "a\nb" not in str(caught.value)
