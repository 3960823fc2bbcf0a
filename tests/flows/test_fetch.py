"""A run of fetching, against a real web server with faults. It counts: no request too many."""

import gzip
import io
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.fetch import run_fetch
from flows.reading import Placed, read_articles
from ingest.raw_store import find_files
from newsgraph.codec import from_json, to_json
from newsgraph.errors import ArchiveBusyError, SourcesError
from newsgraph.fetched import FetchLimits, FetchReport, Source, SourceReport
from newsgraph.settings import Settings
from tests.web_server import (
    HOST,
    WebServer,
    conditional,
    drip,
    in_turn,
    page,
    raw,
    redirect,
    reply,
    rss,
)

LIMITS = FetchLimits(
    seconds_per_request=0,
    backoff_seconds=0.01,
    connect_seconds=1,
    read_seconds=0.4,
    response_seconds=0.8,
    max_retry_after_seconds=2,
    max_bytes=3_000_000,
)
START = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        self.now += timedelta(milliseconds=1)
        return self.now

    def pass_by(self, **times):
        self.now += timedelta(**times)


@pytest.fixture
def web():
    with WebServer() as server:
        yield server


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "raw", tmp_path / "graph")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def fetch(web, settings, clock):
    """Run over a list of these paths of the server, or over given sources."""

    def fetch(*paths, sources=None, limits=LIMITS, **options):
        if sources is None:
            urls = tuple(web.url(path) for path in paths)
            sources = [Source("list", "urls", urls=urls, private_hosts=(HOST,), **options)]
        return run_fetch(settings, sources=sources, limits=limits, now=clock)

    return fetch


@pytest.fixture
def feed(web):
    """Return a feed source at a path of the server."""

    def feed(path="/feed", name="feed", **options):
        return Source(name, "feed", url=web.url(path), **{"private_hosts": (HOST,), **options})

    return feed


@pytest.fixture
def articles(settings):
    """Read what the archive holds, as ingest does: the articles and what is set aside."""

    def articles():
        found = list(read_articles(find_files([str(settings.raw_dir)])))
        read = [one.article for one in found if isinstance(one, Placed)]
        return read, [one for one in found if not isinstance(one, Placed)]

    return articles


def reason(report):
    [failure] = report.failures
    return failure.reason


# ---- when all goes well


def test_what_a_feed_lists_is_fetched_once_and_comes_with_all_that_is_known_of_it(web, fetch, feed, articles):
    published = "<pubDate>Wed, 25 Nov 2026 23:30:00 +0200</pubDate>"
    link = web.url("/a?utm_source=rss&amp;id=3")
    web.pages["/feed"] = conditional(rss(link, **{link: published}), kind="application/rss+xml")
    web.pages["/a?id=3"] = reply(page("Harbour"))

    first = fetch(sources=[feed(publisher="Northern Wire")])
    again = fetch(sources=[feed(publisher="Northern Wire")])

    assert (first.new, first.failures, again.new, again.failures) == (1, (), 0, ())
    assert web.asked == {"/feed": 2, "/a?id=3": 1}
    [article], set_aside = articles()
    assert set_aside == []
    assert article.url == article.id == web.url("/a?id=3")
    assert (article.publisher, str(article.published)) == ("Northern Wire", "2026-11-25")
    assert START < article.fetched < START + timedelta(seconds=1)
    assert article.text.startswith("Harbour")


def test_an_article_that_several_list_is_fetched_once(web, fetch, feed):
    web.serve(one=reply(rss(web.url("/a?fbclid=1"))), two=reply(rss(web.url("/a#top"))), a=reply(page("A")))

    report = fetch(sources=[feed("/one", "one"), feed("/two", "two")])

    assert (report.new, web.asked) == (1, {"/one": 1, "/two": 1, "/a": 1})


def test_a_sitemap_index_is_followed_and_asked_only_for_what_changed(web, fetch, clock):
    def index(day):
        entry = f"<sitemap><loc>{web.url('/news.xml.gz')}</loc><lastmod>{day}</lastmod></sitemap>"
        return reply(f"<sitemapindex>{entry}</sitemapindex>", kind="text/xml")

    news = f"""<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{web.url("/a")}</loc>
        <news:news><news:publication><news:name>The Wire</news:name><news:language>en</news:language>
        </news:publication><news:publication_date>2026-11-25</news:publication_date></news:news></url></urlset>"""
    web.pages |= {
        "/index.xml": in_turn(index("2026-11-25"), index("2026-11-25"), index("2026-11-27T12:00:00Z")),
        "/news.xml.gz": reply(gzip.compress(news.encode(), mtime=0), kind="application/gzip"),
        "/a": reply(page("A")),
    }
    source = Source("map", "sitemap", url=web.url("/index.xml"), private_hosts=(HOST,))

    for _ in range(3):
        fetch(sources=[source])
        clock.pass_by(days=1)

    assert web.asked == {"/index.xml": 3, "/news.xml.gz": 2, "/a": 1}


def test_an_article_that_its_feed_says_was_changed_is_asked_for_again(web, fetch, feed, clock, articles):
    def atom(updated):
        entry = f'<entry><link href="{web.url("/a")}"/><updated>{updated}</updated></entry>'
        return reply(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>')

    web.pages["/feed"] = in_turn(*(atom(f"2026-11-{day}T10:00:00Z") for day in (26, 27, 28, 28)))
    web.pages["/a"] = in_turn(
        conditional(page("Old")), conditional(page("Old")), conditional(page("New"), etag='"2"')
    )
    reports = []
    for _ in range(4):
        reports.append(fetch(sources=[feed()]))
        clock.pass_by(days=1)

    assert [(one.new, one.unchanged) for one in reports] == [(1, 0), (0, 1), (1, 0), (0, 0)]
    assert web.asked["/a"] == 3
    assert [article.title for article in articles()[0]] == ["New", "Old"], "the latest first"


def test_what_is_not_wanted_or_too_much_for_one_run_waits(web, fetch, articles):
    web.pages |= {f"/{name}": reply(page(name)) for name in ("news/1", "news/2", "news/3", "sport/1")}
    wanted = {"include": (r"/news/",), "exclude": (r"/2$",), "max_new": 1}

    reports = [fetch("/sport/1", "/news/1", "/news/2", "/news/3", **wanted) for _ in range(3)]

    assert [one.new for one in reports] == [1, 1, 0]
    assert web.asked == {"/news/1": 1, "/news/3": 1}
    assert "as many as one run takes" in reports[0].notes[0]


def test_a_source_is_asked_when_it_is_due(web, fetch, feed, clock):
    web.serve(feed=reply(rss()))

    for minutes in (0, 14, 2):
        clock.pass_by(minutes=minutes)
        report = fetch(sources=[feed(interval_seconds=900)])

    assert web.asked == {"/feed": 2}
    assert report.notes == ()


def test_a_clock_that_was_ahead_keeps_nothing_waiting(web, fetch, feed, clock):
    web.serve(feed=reply(rss("/news/1")), **{"news/1": reply(b"", status=500)})
    clock.pass_by(days=365)
    fetch(sources=[feed(interval_seconds=900)], limits=replace(LIMITS, max_attempts=1))
    clock.pass_by(days=-365)

    report = fetch(sources=[feed(interval_seconds=900)], limits=replace(LIMITS, max_attempts=1))

    assert web.asked == {"/feed": 2, "/news/1": 2}
    assert report.notes == ()


def test_files_and_warc_files_of_others_come_into_the_archive_once(web, fetch, settings, tmp_path, articles):
    web.serve(a=reply(page("A")), b=reply(page("B")))
    fetch("/a", "/b")
    others = tmp_path / "others"
    settings.raw_dir.rename(others)
    (others / "index.sqlite").unlink()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "c.txt").write_text("Rain fell.")
    (tmp_path / "folder" / "d.jsonl").write_text('{"text": "Sun."}\n{"text": "Snow."}\n')
    sources = [
        Source("crawl", "warc", path=str(others / "*/*/*/*.warc.gz"), exclude=("/b",), publisher="Others"),
        Source("texts", "folder", path=str(tmp_path / "folder")),
    ]

    first, again = fetch(sources=sources), fetch(sources=sources)

    assert (first.new, first.failures, again.new, again.failures) == (4, (), 0, ())
    read, set_aside = articles()
    assert set_aside == []
    assert {(one.id, one.publisher) for one in read} == {
        (web.url("/a"), "Others"),
        ("texts/c", None),
        ("texts/d#1", None),
        ("texts/d#2", None),
    }


def test_one_host_is_asked_at_one_pace_and_the_report_adds_up(web, fetch):
    web.pages |= {f"/{number}": reply(page(f"Rain {number}")) for number in range(6)}

    report = fetch(*web.pages, limits=replace(LIMITS, seconds_per_request=0.1, host_concurrency=4))

    starts = [request.at for request in web.requests]
    assert max(starts) - min(starts) > 0.4, "seven requests, 0.1 seconds apart; a busy machine may shift them"
    [source] = report.sources
    assert (source.new, source.requests, source.listed) == (6, 6, 6)
    assert source.bytes == sum(len(page(f"Rain {number}")) for number in range(6))
    assert (report + report).sources == (source + source,)
    assert SourceReport("list") + source == source


def test_the_web_is_not_asked_without_a_contact_nor_by_two_at_once(fetch, settings, web):
    with pytest.raises(SourcesError, match=r"sources.wire.*set contact"):
        fetch(sources=[Source("wire", "feed", url="https://wire.example/rss")])

    class Nested:
        fetched = note = staticmethod(lambda _: None)

        def fail(self, failure):
            with pytest.raises(ArchiveBusyError, match="another newsgraph is fetching"):
                fetch("/b")

    source = Source("list", "urls", urls=(web.url("/gone"),), private_hosts=(HOST,))
    run_fetch(settings, sources=[source], limits=LIMITS, progress=Nested())

    assert web.asked == {"/gone": 1}


def test_servers_are_told_who_asks(web, fetch, settings):
    web.serve(a=reply(page("A")))
    source = Source("list", "urls", urls=(web.url("/a"),), private_hosts=(HOST,))

    run_fetch(replace(settings, contact="desk@example.org"), sources=[source], limits=LIMITS)

    agents = {request.headers["user-agent"] for request in web.requests}
    assert len(agents) == 1
    assert agents.pop().startswith("newsgraph/")
    assert all("+desk@example.org" in request.headers["user-agent"] for request in web.requests)


# ---- faults of pages

ENDLESS = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n"
ZEROS = gzip.compress(gzip.compress(bytes(60_000_000), mtime=0), mtime=0)
TRUNCATED = raw(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n<html>Rain fell")


@pytest.mark.parametrize(
    ("fault", "told", "requests", "refused"),
    [
        (drip(b"HTTP/1.1 200 OK\r\n", b"x"), "no whole answer within 0.8 seconds", 1, False),
        (drip(ENDLESS, b"rain ", 0.05), "no whole answer within 0.8 seconds", 1, False),
        (drip(ENDLESS, b"rain " * 100_000, 0), "larger than 3 MB", 1, True),
        (drip(ENDLESS + b"rain", b"", 9, 1), "not a byte for 0.4 seconds", 3, False),
        (reply(ZEROS, content_encoding="gzip, gzip"), "larger than 20 MB unpacked", 1, True),
        (reply(ZEROS, content_encoding="br"), "packed as 'br', which was not asked for", 1, True),
        (reply(b"", content_length="999999999"), "larger than 3 MB", 1, True),
        (TRUNCATED, "connection failed", 3, False),
        (raw(b""), "connection failed", 3, False),
        (raw(b"220 mail.example ESMTP\r\n"), "connection failed", 3, False),
        (reply(page("A"), cookie="x" * 2_000_000), "connection failed", 3, False),
        (reply("Gone", 410), "the server answers 410 Gone", 1, True),
        (reply("Oh", 500), "the server answers 500 Internal Server Error", 3, False),
        (reply("No", 403), "the server answers 403 Forbidden", 1, False),
        (reply("Slow down", 429), "the server answers 429 Too Many Requests", 3, False),
        (reply(b"\x89PNG", kind="image/png"), "an image, not a page", 1, True),
        (redirect("http://localhost:{port}/secret"), "localhost leads to 127.0.0.1", 1, True),
        (redirect("http://10.0.0.1/secret"), "10.0.0.1, which is not on the public web", 1, True),
        (redirect("http://169.254.169.254/latest/meta-data/"), "which is not on the public web", 1, True),
        (redirect("http://[::ffff:127.0.0.1]:{port}/secret"), "which is not on the public web", 1, True),
        (redirect("http://0x7f.1:{port}/secret"), "0x7f.1 leads to 127.0.0.1", 1, True),
        (redirect("file:///etc/passwd"), "redirects to where nobody may go", 1, True),
    ],
)
def test_a_fault_costs_that_page_alone_and_no_request_too_many(
    web, fetch, articles, fault, told, requests, refused
):
    web.serve(bad=fault, good=reply(page("Good")), secret=reply(page("Secret")))

    report = fetch("/bad", "/good")

    assert told in reason(report)
    assert (report.new, bool(report.refused)) == (1, refused)
    assert web.asked == {"/bad": requests, "/good": 1}
    read, set_aside = articles()
    assert ([one.title for one in read], set_aside) == (["Good"], [])


def test_a_pdf_that_is_called_a_page_is_kept_told_once_and_set_aside(web, fetch, articles):
    web.pages["/a.html"] = reply(b"%PDF-1.7 \xff\x00", kind="text/html")

    first, again = fetch("/a.html"), fetch("/a.html")

    assert reason(first) == "a PDF, not a page as its header says (text/html)"
    assert (again.failures, web.asked) == ((), {"/a.html": 1})
    read, [set_aside] = articles()
    assert read == []
    assert "a PDF, not a page" in set_aside.reason


def test_what_failed_is_asked_again_ever_later_and_what_is_gone_never(web, fetch, clock):
    web.serve(gone=reply("Gone", 410), missing=reply("Not yet", 404), flaky=reply("Oh", 503))
    limits = replace(LIMITS, max_attempts=1)
    asked = []
    for minutes in (0, 5, 6, 15, 30):  # put off for 10 minutes, then 20, then 40
        clock.pass_by(minutes=minutes)
        report = fetch("/gone", "/missing", "/flaky", limits=limits)
        asked.append((web.asked["/gone"], web.asked["/missing"], web.asked["/flaky"]))

    assert asked == [(1, 1, 1), (1, 1, 1), (1, 2, 2), (1, 2, 2), (1, 3, 3)]
    assert report.failures[0].url.endswith("/flaky")


@pytest.mark.parametrize("first", [reply("Oh", 500), TRUNCATED, reply("Wait", 429), raw(b"")])
def test_a_passing_fault_costs_one_more_request(web, fetch, articles, first):
    web.serve(a=in_turn(first, reply(page("A"))))

    report = fetch("/a")

    assert (report.new, report.failures, web.asked) == (1, (), {"/a": 2})
    assert [one.title for one in articles()[0]] == ["A"]


def test_a_server_that_asks_to_wait_is_left_alone_that_long(web, fetch, clock):
    web.serve(a=in_turn(reply("Wait", 429, retry_after="1"), reply(page("A"))), b=reply(page("B")))

    report = fetch("/a", "/b", limits=replace(LIMITS, host_concurrency=1))

    starts = [request.at for request in web.requests if request.target != "/robots.txt"]
    assert (report.new, web.asked) == (2, {"/a": 2, "/b": 1})
    assert min(starts[1:]) - starts[0] >= 0.95


def test_a_server_that_asks_for_longer_than_a_run_is_not_asked_again_before(web, fetch, clock):
    busy = reply("Wait", 429, retry_after="3600")
    web.serve(a=in_turn(busy, reply(page("A"))), b=reply(page("B")), c=reply(page("C")))
    limits = replace(LIMITS, host_concurrency=1)

    first = fetch("/a", "/b", "/c", limits=limits)
    clock.pass_by(minutes=30)
    second = fetch("/a", "/b", "/c", limits=limits)
    clock.pass_by(minutes=31)
    third = fetch("/a", "/b", "/c", limits=limits)

    assert [len(one.failures) for one in (first, second, third)] == [3, 0, 0]
    assert "asks to wait 3600 seconds" in first.failures[0].reason
    assert (second.new, third.new) == (0, 3)
    assert web.asked == {"/a": 2, "/b": 1, "/c": 1}


def test_a_host_that_fails_again_and_again_is_left_alone(web, fetch):
    web.pages |= {f"/{number}": TRUNCATED if number % 2 else reply("Oh", 500) for number in range(20)}

    report = fetch(*web.pages, limits=replace(LIMITS, host_concurrency=1))

    assert sum(web.asked.values()) == 10
    assert len(report.failures) == 20
    told = "10 requests to the host failed one after another; the last one: "
    assert sum(told in one.reason for one in report.failures) >= 15


def test_a_run_ends_in_time_and_the_next_one_goes_on(web, fetch):
    web.pages |= {f"/{number}": reply(page(f"Rain {number}")) for number in range(4)}
    slow = replace(LIMITS, seconds_per_request=0.4, run_seconds=0.9)

    first, second = fetch(*web.pages, limits=slow), fetch(*web.pages)

    assert 0 < first.new < 4
    assert (first.failures, second.failures, first.new + second.new) == ((), (), 4)
    assert first.notes == ("list: the time of a run was over; the rest comes later",)
    assert web.asked == {f"/{number}": 1 for number in range(4)}


def test_ten_redirects_are_too_many_and_five_are_not(web, fetch):
    web.pages |= {f"/{number}": redirect(f"/{number + 1}") for number in range(10)} | {
        "/10": reply(page("A"))
    }

    assert "more than 5 redirects" in reason(fetch("/0"))
    assert web.asked == {f"/{number}": 1 for number in range(6)}
    assert fetch("/5").new == 1


def test_a_redirect_to_what_is_kept_ends_there(web, fetch):
    web.serve(a=reply(page("A")), old=redirect("/a", 301))
    fetch("/a")

    report = fetch("/old", "/a")

    assert (report.unchanged, report.new, web.asked) == (1, 0, {"/a": 1, "/old": 1})
    fetch("/old")
    assert web.asked["/old"] == 1


@pytest.mark.parametrize(
    ("declared", "written", "in_page"),
    [
        ("text/html; charset=utf-8", "windows-1252", None),  # wrong: it is not UTF-8
        ("text/html; charset=iso-8859-1", "utf-8", None),  # wrong: it is UTF-8
        ("text/html", "windows-1252", "windows-1252"),
        ("text/html; charset=no-such", "windows-1252", None),
        ("text/html; charset=punycode", "windows-1252", None),  # a codec of Python's, no charset
        ("text/html", "utf-8", None),
        ("application/octet-stream", "utf-8", None),
    ],
)
def test_a_page_is_read_in_what_it_is_written_in_whatever_is_said(
    web, fetch, articles, declared, written, in_page
):
    meta = f'<meta charset="{in_page}">' if in_page else ""
    body = page("Café “Zoë”").replace("<head>", f"<head>{meta}").encode(written)
    web.serve(a=reply(body, kind=declared))

    fetch("/a")

    [article], set_aside = articles()
    assert set_aside == []
    assert "Café “Zoë”" in article.text


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("gzip", bytes)]
)
def test_packed_pages_are_kept_packed_and_read(web, fetch, articles, coding, pack):
    web.serve(a=reply(pack(page("A").encode()), content_encoding=coding))

    report = fetch("/a")

    assert report.sources[0].bytes == len(pack(page("A").encode()))
    assert [one.title for one in articles()[0]] == ["A"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<div>" * 100_000 + "Rain fell." + "</div>" * 100_000, ""),
        ('<html><body><div id="root"></div><script>render()</script></body></html>', "no main text found"),
    ],
)
def test_a_page_without_text_that_can_be_read_is_kept_and_set_aside(web, fetch, articles, body, told):
    web.serve(a=reply(body), good=reply(page("Good")))

    report = fetch("/a", "/good")

    assert (report.new, report.failures) == (2, ())
    read, set_aside = articles()
    assert "Good" in [one.title for one in read]
    assert len(read) + len(set_aside) == 2
    assert all(told in one.reason for one in set_aside)


# ---- faults of listings


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<rss><channel><item", "not XML"),
        ("", "the file is empty"),
        ("<html><body>Sign in</body></html>", "neither a feed nor a sitemap: it begins with <html>"),
        (
            '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><item><link>http://x.example/&b;</link></item></rss>',
            "XML entities",
        ),
        ("<rss>" + "<channel>" * 100_000, "not XML"),
        ('{"items": 3}', "not a JSON feed"),
        ("[" * 100_000, "neither a feed, a sitemap nor a list"),
    ],
)
def test_a_listing_that_is_none_is_told_and_others_go_on(web, fetch, feed, body, told):
    web.serve(feed=reply(body), good=reply(rss(web.url("/a"))), a=reply(page("A")))

    report = fetch(sources=[feed(), feed("/good", "good")])

    assert told in reason(report)
    assert (report.new, web.asked) == (1, {"/feed": 1, "/good": 1, "/a": 1})


def test_a_feed_that_is_not_quite_xml_loses_no_article(web, fetch, feed):
    broken = rss(web.url("/a"), web.url("/b"), web.url("/c")).replace("On", "Rain & sun &nbsp; <b>")
    web.serve(feed=reply(broken[:-20]), **{name: reply(page(name)) for name in "abc"})

    assert fetch(sources=[feed()]).new == 3


def test_a_listing_may_not_unfold_without_end(web, fetch, feed):
    web.serve(feed=reply(gzip.compress(b"<rss>" + bytes(100_000_000), mtime=0), content_encoding="gzip"))

    assert reason(fetch(sources=[feed()])) == "larger than 60 MB unpacked"
    assert web.asked == {"/feed": 1}


def test_a_feed_of_fifty_thousand_is_dealt_with_bit_by_bit(web, fetch, feed):
    links = [web.url(f"/{number}") for number in range(50_000)]
    body = gzip.compress(rss(*links).encode(), mtime=0)
    web.pages["/feed"] = conditional(body, content_encoding="gzip")
    web.pages |= {f"/{number}": reply(page(f"Rain {number}")) for number in range(50)}
    limits = replace(LIMITS, max_bytes=10_000_000, response_seconds=30, read_seconds=20)

    first = fetch(sources=[feed(max_new=20)], limits=limits)
    second = fetch(sources=[feed(max_new=20)], limits=limits)

    assert [(one.new, one.sources[0].listed, one.failures) for one in (first, second)] == [
        (20, 50_000, ())
    ] * 2
    assert web.asked == {"/feed": 2} | {f"/{number}": 1 for number in range(40)}


# ---- robots.txt


@pytest.mark.parametrize(
    ("robots", "allowed", "asked_for_it"),
    [
        (reply("User-agent: *\nDisallow: /a"), False, 1),
        (reply("User-agent: newsgraph\nAllow: /a\n\nUser-agent: *\nDisallow: /"), True, 1),
        (reply("User-agent: newsgraph\nDisallow: /"), False, 1),
        (reply("", 404), True, 1),
        (reply("", 403), True, 1),
        (reply("", 500), False, 3),  # unreachable: all is forbidden (RFC 9309, 2.3.1.4)
        (reply("", 429), False, 3),
        (drip(b"", b"", 9, 1), False, 3),
        (reply("User-agent: *\nDisallow: /a\n" + "#" * 5_000_000), False, 1),
        (
            reply("#" * 5_000_000 + "\nUser-agent: *\nDisallow: /a\n"),
            True,
            1,
        ),  # what is beyond 500 KiB is not read
        (
            reply(
                gzip.compress(b"User-agent: *\nDisallow: /a\n" + b"#" * 5_000_000, mtime=0),
                content_encoding="gzip",
            ),
            False,
            1,
        ),
        (redirect("/rules"), False, 1),
        (redirect("/robots.txt"), True, 6),
        (reply(b"\xff\xfe\x00" * 1000), True, 1),
        (reply(gzip.compress(bytes(50_000_000), mtime=0), content_encoding="gzip"), True, 1),
    ],
)
def test_robots_txt_is_honoured_and_asked_for_once(web, fetch, robots, allowed, asked_for_it):
    rules = reply("User-agent: *\nDisallow: /a")
    web.pages |= {"/robots.txt": robots, "/rules": rules, "/a": reply(page("A")), "/a2": reply(page("A2"))}

    report = fetch("/a", "/a2")

    assert report.new == (2 if allowed else 0)
    assert len(report.failures) == (0 if allowed else 2)
    assert (web.hits["/a"], web.hits["/a2"]) == ((1, 1) if allowed else (0, 0))
    assert web.hits["/robots.txt"] == asked_for_it


def test_robots_txt_holds_for_a_day(web, fetch, clock):
    web.pages |= {"/robots.txt": conditional("User-agent: *\nDisallow: /b"), "/b": reply(page("B"))}
    web.pages |= {f"/{number}": reply(page(f"Rain {number}")) for number in range(4)}

    for hours, path in ((0, "/0"), (23, "/1"), (2, "/2"), (1, "/3")):
        clock.pass_by(hours=hours)
        assert [one.reason for one in fetch(path, "/b").failures][:1] in ([], ["forbidden by robots.txt"])

    assert (web.hits["/robots.txt"], web.hits["/b"]) == (2, 0)
    assert all(web.hits[f"/{number}"] == 1 for number in range(4))


def test_a_crawl_delay_is_kept(web, fetch):
    web.pages |= {
        "/robots.txt": reply("User-agent: *\nCrawl-delay: 0.3"),
        "/a": reply(page("A")),
        "/b": reply(page("B")),
    }

    started = time.monotonic()
    fetch("/a", "/b")

    assert time.monotonic() - started > 0.3


def test_a_private_host_is_open_to_its_own_source_only(web, fetch, settings):
    web.serve(a=reply(page("A")), b=reply(page("B")))
    inner = Source("inner", "urls", urls=(web.url("/a"),), private_hosts=(HOST,))
    outer = Source("outer", "urls", urls=(web.url("/b"),))

    report = run_fetch(replace(settings, contact="a@b.example"), sources=[inner, outer], limits=LIMITS)

    assert reason(report) == f"{HOST} is a private host of another source"
    assert (report.new, web.asked) == (1, {"/a": 1})


def test_a_file_that_unfolds_without_end_is_refused_in_one_line(tmp_path, articles, settings):
    settings.raw_dir.mkdir()
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        file.write(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9000000000\r\n\r\n")
        for _ in range(150):
            file.write(bytes(1_000_000))
    (settings.raw_dir / "bomb.warc.gz").write_bytes(packed.getvalue())
    (settings.raw_dir / "none.warc").write_bytes(b"WARC? no.\r\n" * 100_000)

    read, set_aside = articles()

    assert read == []
    assert sorted(one.reason for one in set_aside) == [
        "damaged WARC file: no WARC record begins here",
        "damaged WARC file: unpacks to more than 200 times its size; the rest is not read",
    ]


def test_a_report_goes_to_json_and_back(web, fetch):
    report = fetch("/gone")

    assert report.failures
    assert from_json(FetchReport, json.loads(json.dumps(to_json(report)))) == report
