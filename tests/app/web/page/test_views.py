"""Entities, disputes, articles over HTTP: what articles hold is shown and never run; who may decide."""

import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest

from graph.guard import Turn, locked
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import ARTICLES, LABEL, TYPE, VIEW, article_iri, ng, term
from newsgraph.records import (
    Article,
    Attribution,
    Entity,
    Extraction,
    Mention,
    Proposition,
    Relation,
    TextSpan,
    Voice,
)
from tests.app.web.serving import TOKEN, served
from tests.graph.made import RUN, made

EVIL = """<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{7777*7777}}"""
ADDRESSES = [
    "javascript:alert(3)",
    "data:text/html,<script>alert(4)</script>",
    'https://a.example/"><script>alert(5)</script>',
    " javascript:alert(6)",
]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def hostile(name, url):
    """Return an article that has markup wherever somebody else than us decides on the words."""
    text = f"{EVIL} said that {EVIL}2 struck\r\n<b>it</b> & {EVIL}3."
    places = [TextSpan(found.start(), found.end()) for found in re.finditer(re.escape(EVIL), text)]
    entities = (Entity("e0", EVIL, "PERSON", (f"{EVIL} Jr",)), Entity("e1", f"{EVIL} two", "ORG"))
    mentions = tuple(
        Mention(f"m{number}", *place, "PERSON", "name", f"e{min(number, 1)}", 0.9)
        for number, place in enumerate(places)
    )
    content = TextSpan(text.index("that"), len(text))
    cue = TextSpan(len(EVIL) + 1, len(EVIL) + 5)
    told = ("e0", "e1", "denies", "certain", "direct", 0.9, EVIL)
    said = Attribution("a0", (places[0],), (cue,), (content,), *told, medium=EVIL)
    relation = Relation("r0", "struck", "e0", "e1", *content, False, "actual", "a0", None, None, 1, post=EVIL)
    voice = Voice("a0", "r0", "denies", 1, EVIL)
    proposition = Proposition("p0", EVIL, "struck", "e0", "e1", None, EVIL, (voice,))
    known = {"authors": (EVIL,), "dateline": EVIL, "agency": EVIL, "skipped": (TextSpan(0, 3),)}
    article = Article(name, text, EVIL, url, None, EVIL, **known)
    read = {"mentions": mentions, "entities": entities, "attributions": (said,), "relations": (relation,)}
    sentences = (TextSpan(0, len(text)),)
    return article, Extraction(name, text, EVIL, sentences=sentences, propositions=(proposition,), **read)


@pytest.fixture(scope="module")
def graph_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "graph"
    with open_writer(folder) as writer:
        writer.add([hostile(f"x{number}", url) for number, url in enumerate(ADDRESSES)], RUN)
        writer.add([made("a"), made("b", speaker="Ann Berg")], RUN)
        writer.add([made("c", speaker="Nora Lind"), made("d", speaker="Nora Falk")], RUN)
    return folder


@pytest.fixture(scope="module")
def server(graph_dir):
    with served(graph_dir) as server:
        yield server


@pytest.fixture(scope="module")
def cookie(server):
    answer = server.ask("POST", "/sign-in", urlencode({"token": TOKEN}), FORM)
    return answer.headers["Set-Cookie"].partition(";")[0]


class Page(HTMLParser):
    """The elements of a page with their attributes, as a browser would see them, and its text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], []
        self.feed(html.replace("\r\n", "\n").replace("\r", "\n"))  # as HTML has it

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text.append(data)


def addresses(graph_dir):
    store = open_reader(graph_dir).store

    def nodes(kind, graph):
        return [
            quote(quad.subject.value, safe="") for quad in store.quads_for_pattern(None, TYPE, kind, graph)
        ]

    parts = ("", "said", "about", "timeline", "neighbours", "articles", "identity")
    for iri in nodes(ng("CanonicalEntity"), VIEW):
        yield from (f"/entity?iri={iri}&part={part}" for part in parts)
    yield from (f"/dispute?iri={iri}" for iri in nodes(ng("CanonicalProposition"), VIEW))
    yield from (f"/article?iri={iri}" for iri in nodes(term("schema:NewsArticle"), ARTICLES))


def test_nothing_that_articles_hold_is_taken_for_markup(server, graph_dir, cookie):
    for address in addresses(graph_dir):
        answer = server.ask("GET", address, headers={"Cookie": cookie})

        assert answer.status == 200, address
        page = Page(answer.text)
        assert "img" not in {tag for tag, _ in page.elements}
        scripts = [attributes for tag, attributes in page.elements if tag == "script"]
        assert all(one.get("src", "").startswith("/static/") for one in scripts)
        names = {name for _, attributes in page.elements for name in attributes}
        assert not {name for name in names if name.startswith("on") or name == "style"}
        links = [attributes.get("href", "") for _, attributes in page.elements]
        assert all(re.match(r"/|#|https?://|$", link) for link in links)
        assert str(7777 * 7777) not in "".join(page.text)


def test_the_text_is_shown_character_by_character(server):
    for pair in (hostile("x0", ADDRESSES[0]), made("a")):
        html = server.ask("GET", f"/article?iri={quote(article_iri(pair[0].id).value, safe='')}").text
        begin = html.index('<div id="text"')

        assert "".join(Page(html[begin : html.index("</div>", begin)]).text) == pair[0].text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/entity", 400),
        ("/entity?iri=urn:nobody", 404),
        ("/entity?iri=%3Cscript%3E", 400),
        ("/entity?iri=urn:x&part=everything", 400),
        ("/dispute?iri=urn:nothing", 404),
        ("/article?iri=../../etc/passwd", 404),
        ("/article?iri=%00", 400),
    ],
)
def test_what_is_not_there_is_told_on_a_page(server, address, status):
    answer = server.ask("GET", address, headers={"Accept": "text/html"})

    assert answer.status == status
    assert "<h1>" in answer.text
    assert "<script>" not in answer.text.lower()


def iri_of(graph_dir, name):
    found = open_reader(graph_dir).store.quads_for_pattern(None, LABEL, None, VIEW)
    return next(quad.subject.value for quad in found if quad.object.value == name)


def sent(server, cookie="", **fields):
    headers = {**FORM, "Cookie": cookie} if cookie else FORM
    return server.ask("POST", "/decide", urlencode(fields), headers)


def csrf_of(server, cookie):
    html = server.ask("GET", "/", headers={"Cookie": cookie, "Accept": "text/html"}).text
    return re.search(r'name="csrf" value="(\w+)"', html)[1]


def test_only_who_is_signed_in_decides_and_by_a_form_of_ours(server, graph_dir, cookie):
    fields = {"act": "same", "one": "Anna Berg", "other": "Ann Berg", "by": "kim"}
    before = open_reader(graph_dir).decisions().entries

    assert sent(server, **fields).status == 401
    assert sent(server, cookie, **fields).status == 403
    assert sent(server, cookie, **fields, csrf="0" * 64).status == 403
    assert server.ask("GET", "/decide").status in (404, 405)
    assert open_reader(graph_dir).decisions().entries == before


def test_a_merge_is_made_shown_and_undone(server, graph_dir, cookie):
    csrf = csrf_of(server, cookie)
    page = f"/entity?iri={quote(iri_of(graph_dir, 'Nora Falk'), safe='')}&part=identity"
    fields = {"one": "Nora Lind", "other": "Nora Falk", "by": "kim", "reason": "married", "next": page}

    made_one = sent(server, cookie, csrf=csrf, act="same", **fields)

    assert (made_one.status, made_one.headers["Location"]) == (303, page)
    shown = server.ask("GET", page, headers={"Cookie": cookie}).text
    [decision] = re.findall(r'name="decision" value="(decision-\w+)"', shown)
    assert "married" in shown
    assert "in force" in shown
    assert sent(server, cookie, csrf=csrf, act="undo", decision=decision, by="sam", next=page).status == 303
    after = server.ask("GET", page, headers={"Cookie": cookie}).text
    assert "taken back by sam" in " ".join(after.split())
    assert 'name="decision"' not in after


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "drop"},
        {"act": "same", "one": "Anna Berg", "other": "Nobody"},
        {"act": "same", "one": "Anna Berg", "other": "Ann Berg"},  # by whom?
        {"act": "undo", "decision": "../decisions.jsonl", "by": "kim"},
    ],
)
def test_what_cannot_be_decided_is_told(server, cookie, fields):
    answer = sent(server, cookie, csrf=csrf_of(server, cookie), **fields)

    assert answer.status == 400
    assert "<h1>" in answer.text


@pytest.mark.slow
def test_who_decides_while_others_write_waits_or_is_told_for_whom(graph_dir, tmp_path):
    shutil.copytree(graph_dir, folder := tmp_path / "graph", symlinks=True)
    before = len(open_reader(folder).decisions().entries)
    with served(folder, "--time-limit", "10") as server:
        answer = server.ask("POST", "/sign-in", urlencode({"token": TOKEN}), FORM)
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        fields = {"act": "same", "one": "Nora Lind", "other": "Nora Falk", "by": "kim"}
        csrf = csrf_of(server, cookie)

        with locked(folder, Turn("an ingest of 3800 articles")):
            refused = sent(server, cookie, **fields, csrf=csrf)
        with ThreadPoolExecutor(1) as beside, locked(folder, Turn("an ingest of 3800 articles")):
            waiting = beside.submit(sent, server, cookie, **fields, csrf=csrf)
            time.sleep(1)

        assert refused.status == 503
        told = " ".join(refused.text.split())
        assert re.search(r"An ingest of 3800 articles \(process \d+\) has been writing since 20", told)
        assert "nothing was changed" in told
        assert str(folder) not in told
        assert waiting.result().status == 303
        assert len(open_reader(folder).decisions().entries) == before + 1


def test_one_is_never_sent_off_this_server(server, cookie):
    csrf = csrf_of(server, cookie)
    fields = {"act": "same", "one": "Anna Berg", "other": "Ann Berg", "by": "kim", "csrf": csrf}

    for address in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        assert sent(server, cookie, **fields, next=address).headers["Location"] == "/"


def test_a_form_of_another_site_is_refused(server, cookie):
    body = urlencode({"csrf": csrf_of(server, cookie), "act": "undo", "decision": "x", "by": "kim"})

    for origin, site in (("https://evil.example", "cross-site"), ("null", "cross-site"), ("null", "none")):
        headers = {**FORM, "Cookie": cookie, "Origin": origin, "Sec-Fetch-Site": site}
        assert server.ask("POST", "/decide", body, headers).status == 403
    headers = {**FORM, "Cookie": cookie, "Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert server.ask("POST", "/decide", body, headers).status == 400  # there is no such decision


def test_an_answer_that_is_known_is_not_sent_again(server, graph_dir):
    address = next(iter(addresses(graph_dir)))
    tag = server.ask("GET", address).headers["ETag"]

    assert server.ask("GET", address, headers={"If-None-Match": tag}).status == 304
