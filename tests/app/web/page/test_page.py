"""The page over HTTP, without a browser: what it shows, what it lets nobody do."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest

from flows.reports import RunReport, write_report
from flows.set_aside import replace_set_aside
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import article_iri
from graph.views.search import view as search
from graph.views.start import view as start
from newsgraph.records import Outcome, Rejection
from tests.app.web.serving import TOKEN, served
from tests.graph.made import RUN, made, spoken

HTML = {"Accept": "text/html,application/xhtml+xml"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
EVIL_PERSON = "Anna <svg/onload=alert(3)> Berg"
NIGHT = datetime(2026, 11, 26, 2, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paged")
    article, extraction = made("evil", speaker=EVIL_PERSON, publisher=f"Wire {EVIL}")
    evil = replace(article, title=f"Title {EVIL}", url="javascript:alert(4)"), extraction
    dispute = spoken("c", ("Ünal Öz", "said"), (EVIL_PERSON, "denied"))
    with open_writer(folder / "graph") as writer:
        writer.add([made("a"), dispute, evil], RUN)
    rejected = [
        Rejection(f"raw/{n}.html", f"no text: {n} words", "javascript:alert(5)", EVIL) for n in range(3)
    ]
    replace_set_aside(folder / "graph", ["raw"], [*rejected, Rejection("raw/x.html", "not English: de")])
    report = RunReport(
        "update", NIGHT, NIGHT + timedelta(seconds=75), outcome=Outcome(added=7), findings=(EVIL,)
    )
    write_report(folder / "data" / "reports", report)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    with served(folder / "graph") as server:
        yield server


def opened(server, path, **headers):
    got = server.ask("GET", path, headers={**HTML, **headers})
    return got, Read(got.text)


class Read(HTMLParser):
    """What a browser would take a page for."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def addresses(self):
        names = ("href", "src", "action", "formaction", "data-address")
        return [value for _, given in self.tags for name, value in given.items() if name in names]


def test_the_start_tells_how_much_there_is_and_what_is_new(server):
    got, page = opened(server, "/")

    assert got.status == 200
    assert "3 articles" in page.text
    assert "Newest disputes MQ-9 collided with Su-27 + asserts Ünal Öz − denies Anna" in page.text
    assert ("html", {"lang": "en"}) in page.tags


def test_who_does_not_want_html_gets_the_plain_welcome(server):
    got = server.ask("GET", "/", headers={"Accept": "*/*"})

    assert got.headers["Content-Type"].startswith("text/plain")
    assert "/sparql" in got.text


PAGES = (
    "/",
    "/search?q=anna",
    "/search/suggestions?q=title",
    "/runs",
    "/sign-in",
    "/nothing",
    "/graph",
    "/query",
)


def of_the_evil(folder):
    reader = open_reader(folder / "graph")
    entity = search(reader, {"q": "svg"}).entities[0].iri
    [dispute] = [one.iri for one in start(reader, {}).disputes]
    article = article_iri("evil").value
    iris = {"entity": entity, "dispute": dispute, "article": article, "graph": entity}
    return [f"/{path}?{'around' if path == 'graph' else 'iri'}={quote(iri)}" for path, iri in iris.items()]


def test_nothing_of_an_article_is_taken_for_a_part_of_the_page(server, folder):
    evil_search = f"/search?q={quote(EVIL)}"
    texts = {}
    for path in (*PAGES, *of_the_evil(folder), evil_search, "/search?q=svg", f"/runs?reason={quote(EVIL)}"):
        got, page = opened(server, path)
        texts[path] = got.text
        assert got.status in (200, 404), path
        scripts = [given for tag, given in page.tags if tag == "script"]
        assert all(
            given.get("src", "").startswith("/static/") or given.get("type") == "application/json"
            for given in scripts
        ), path
        attributes = {name for _, given in page.tags for name in given}
        assert not {name for name in attributes if name.startswith("on") or name == "style"}, path
        assert all(re.match(r"(https?:|mailto:|/|#|$)", each) for each in page.addresses()), path
        assert not re.search(r"<svg/onload|<img", got.text), path
    assert "&lt;script&gt;" in texts["/"], "else the test has not seen what it is about"


@pytest.mark.parametrize("path", [*PAGES, "/static/page.css", "/static/search.js", "/static/none.css"])
def test_each_answer_forbids_what_the_page_does_not_need(server, path):
    headers = opened(server, path)[0].headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert (
        policy["script-src"]
        == policy["style-src"]
        == policy["connect-src"]
        == policy["form-action"]
        == "'self'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../page.py",
        "/static/..%2fpage.py",
        "/static/%2e%2e/page.py",
        "/static//etc/passwd",
        "/static/....//page.py",
        "/static/..\\page.py",
        "/static/%00",
        "/static/",
        "/static/..%2f..%2f..%2f..%2fgraph%2fstore.py",
    ],
)
def test_no_file_but_those_of_the_page_is_given(server, path):
    got = server.ask("GET", path)

    assert got.status in (404, 405)
    assert not re.search(r"\bimport\b|root:", got.text)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/entity?iri=https://newsgraph.example/id/person-nobody-00000000", 404),
        ("/entity", 400),
        ("/entity?iri=no iri <>".replace(" ", "%20"), 400),
        ("/search?q=a&kind=everything", 400),
        ("/search?q=a&start=-5", 200),
        ("/search?q=a&start=x", 400),
        ("/search?q=" + "a" * 3000, 400),
        ("/search?q=%ff%fe", 200),
        ("/runs?start=99999999999999999999", 400),
        ("/nothing/here", 404),
    ],
)
def test_what_cannot_be_shown_is_told_on_a_page(server, path, status):
    got, page = opened(server, path)

    assert got.status == status
    assert got.headers["Content-Type"].startswith("text/html")
    assert status == 200 or f"Status {status}" in page.text
    assert "Traceback" not in got.text


def test_elsewhere_errors_stay_plain_for_programs(server):
    assert server.ask("GET", "/nothing").headers["Content-Type"].startswith("text/plain")
    assert (
        server.ask("GET", "/sparql?query=no", headers=HTML).headers["Content-Type"].startswith("text/plain")
    )


def test_a_page_that_was_seen_of_this_checkpoint_is_not_made_again(server):
    first, _ = opened(server, "/search?q=anna")
    again, _ = opened(server, "/search?q=anna", **{"If-None-Match": first.headers["ETag"]})

    assert (again.status, again.body) == (304, b"")
    assert first.headers["ETag"].startswith('"1-')


def test_runs_tell_what_was_done_and_what_was_set_aside(server):
    _, page = opened(server, "/runs")

    assert "Update 2026-11-26 02:20 UTC took 75 s 0 fetched, 7 added" in page.text
    assert "4 articles are not in the graph" in page.text
    assert "no text 3" in page.text
    assert "run-1" in page.text
    _, german = opened(server, "/runs?reason=not+English")
    assert "raw/x.html" in german.text
    assert "raw/0.html" not in german.text


def test_what_a_run_leaves_shows_though_no_checkpoint_came(server, folder):
    before, _ = opened(server, "/runs")
    later = NIGHT + timedelta(days=1)
    write_report(folder / "data" / "reports", RunReport("maintenance", later, later, done=("checked",)))
    after, page = opened(server, "/runs", **{"If-None-Match": before.headers["ETag"]})

    assert after.status == 200
    assert page.text.index("Maintenance 2026-11-27") < page.text.index("Update 2026-11-26")


# Signing in.


def sign_in(server, token=TOKEN, after="/runs", **headers):
    return server.ask("POST", "/sign-in", urlencode({"token": token, "next": after}), {**FORM, **headers})


def cookie_of(got):
    return got.headers["Set-Cookie"].partition(";")[0]


def csrf_of(server, cookie):
    _, page = opened(server, "/", Cookie=cookie)
    return next(given["value"] for tag, given in page.tags if given.get("name") == "csrf")


def test_the_cookie_of_who_signs_in_gives_nothing_away(server):
    got = sign_in(server)

    assert (got.status, got.headers["Location"]) == (303, "/runs")
    assert TOKEN not in got.headers["Set-Cookie"]
    assert "HttpOnly" in got.headers["Set-Cookie"]
    assert "SameSite=strict" in got.headers["Set-Cookie"]
    assert "Sign out" in opened(server, "/", Cookie=cookie_of(got))[1].text


@pytest.mark.parametrize("token", ["", "wr0ng", TOKEN + "x", TOKEN[:-1], "\u00e9" * 20])
def test_a_wrong_token_signs_nobody_in(server, token):
    got = sign_in(server, token)

    assert got.status == 401
    assert "Set-Cookie" not in got.headers
    assert not token or token not in got.text


@pytest.mark.parametrize(
    "after", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_after_signing_in_nobody_is_led_elsewhere(server, after):
    assert sign_in(server, after=after).headers["Location"] == "/"


@pytest.mark.parametrize(
    "origin",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_from_another_site_is_refused(server, origin):
    assert sign_in(server, **origin).status == 403


@pytest.mark.parametrize("csrf", ["", "x", "0" * 64])
def test_a_form_without_the_mark_of_the_session_changes_nothing(server, csrf):
    cookie = cookie_of(sign_in(server))

    for path in ("/sign-out", "/decide"):
        got = server.ask("POST", path, urlencode({"csrf": csrf}), {**FORM, "Cookie": cookie})
        assert got.status == 403


def test_the_mark_of_one_session_is_not_that_of_another(server):
    one, other = cookie_of(sign_in(server)), cookie_of(sign_in(server))

    got = server.ask(
        "POST", "/sign-out", urlencode({"csrf": csrf_of(server, one)}), {**FORM, "Cookie": other}
    )
    assert got.status == 403
    got = server.ask("POST", "/sign-out", urlencode({"csrf": csrf_of(server, one)}), {**FORM, "Cookie": one})
    assert got.status == 303


@pytest.mark.parametrize("cookie", ["", "x", "9999999999.aa.bb", "9999999999..", "a.b.c.d", '"'])
def test_a_cookie_that_was_made_up_signs_nobody_in(server, cookie):
    got = server.ask(
        "POST", "/sign-out", urlencode({"csrf": ""}), {**FORM, "Cookie": f"newsgraph-session={cookie}"}
    )

    assert got.status == 401


def test_forms_are_small_and_forms(server):
    assert server.ask("POST", "/sign-in", "token=" + "x" * 70_000, FORM).status == 413
    assert server.ask("POST", "/sign-in", "{}", {"Content-Type": "application/json"}).status == 415
    assert server.ask("PUT", "/sign-in", "", FORM).status == 405


def test_a_page_that_knows_who_is_signed_in_is_not_that_of_others(server):
    seen, _ = opened(server, "/")
    signed_in, _ = opened(
        server, "/", Cookie=cookie_of(sign_in(server)), **{"If-None-Match": seen.headers["ETag"]}
    )

    assert signed_in.status == 200


def test_a_server_without_token_lets_nobody_sign_in(folder):
    with served(folder / "graph", token=None) as server:
        assert sign_in(server).status == 403
        assert opened(server, "/sign-in")[0].status == 403
        assert "Sign in" not in opened(server, "/")[1].text


def test_a_general_store_has_no_page(tmp_path):
    with open_writer(tmp_path / "graph"):
        pass
    with served(tmp_path / "graph", "--any-graph") as server:
        assert server.ask("GET", "/", headers=HTML).headers["Content-Type"].startswith("text/plain")
        assert server.ask("GET", "/search?q=a", headers=HTML).status == 404
