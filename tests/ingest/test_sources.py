import pytest

from ingest.sources import load_sources
from newsgraph.errors import SourcesError
from newsgraph.fetched import FetchLimits, Source

GOOD = """
[fetch]
seconds_per_request = 2.5
concurrency = 4

[sources.wire]
kind = "feed"
url = "HTTPS://Wire.example/rss?utm_source=x"
publisher = "The Wire"
language = "en"
interval = "15m"
max_new = 50
include = ["/news/"]
exclude = ['/live/', '\\.pdf$']
private_hosts = ["LocalHost"]
refresh = false

[sources.crawl]
kind = "warc"
path = "crawl/*.warc.gz"
"""


def load(tmp_path, text):
    (path := tmp_path / "sources.toml").write_text(text)
    return load_sources(path)


def test_sources_come_in_order_with_limits(tmp_path):
    sources, limits = load(tmp_path, GOOD)

    assert limits == FetchLimits(seconds_per_request=2.5, concurrency=4)
    assert sources == (
        Source(
            "wire",
            "feed",
            url="https://wire.example/rss",
            publisher="The Wire",
            language="en",
            interval_seconds=900.0,
            max_new=50,
            include=("/news/",),
            exclude=("/live/", r"\.pdf$"),
            private_hosts=("localhost",),
            refresh=False,
        ),
        Source("crawl", "warc", path=str(tmp_path / "crawl/*.warc.gz")),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no sources in it; one is a table [sources.NAME]"),
        ("[source.a]", "unknown table [source]"),
        ("sources = 3", "no sources in it"),
        ("[sources", "sources.toml: "),
        (
            "[fetch]\nconcurrency = 0\n[sources.a]",
            "[fetch] concurrency: must be a whole number above 0, not 0",
        ),
        ("[fetch]\nspeed = 1\n[sources.a]", "[fetch] speed: unknown key; known: backoff_seconds"),
        (
            "[fetch]\nread_seconds = -1\n[sources.a]",
            "[fetch] read_seconds: must be a number, 0 or above, not -1",
        ),
        ("[fetch]\nread_seconds = nan\n[sources.a]", "[fetch] read_seconds: must be a number"),
        ("[sources]\na = 1", "[sources.a] must be a table, not 1"),
        ('[sources."a b"]', "[sources.a b] name: "),
        ("[sources.a]", "[sources.a] kind: must be one of feed, sitemap, urls, folder, warc, not None"),
        ('[sources.a]\nkind = ["feed"]', "[sources.a] kind: must be one of"),
        ('[sources.a]\nkind = "feed"', "[sources.a] url: kind 'feed' takes url, exactly one"),
        ('[sources.a]\nkind = "feed"\npath = "x"', "[sources.a] path: kind 'feed' takes url"),
        (
            '[sources.a]\nkind = "urls"\npath = "x"\nurl = "http://a.example"',
            "takes url or urls or path, exactly one",
        ),
        (
            '[sources.a]\nkind = "feed"\nurl = "ftp://a.example"',
            "[sources.a] url: 'ftp://a.example' is no http",
        ),
        ('[sources.a]\nkind = "feed"\nurl = 3', "[sources.a] url: must be text in quotation marks, not 3"),
        (
            '[sources.a]\nkind = "feed"\nurl = "http://a.example"\nintervals = "1m"',
            "[sources.a] intervals: unknown key",
        ),
        ('[sources.a]\nkind = "feed"\nurl = "http://a.example"\ninterval = 15', 'a time like "90s"'),
        ('[sources.a]\nkind = "feed"\nurl = "http://a.example"\ninclude = "x"', "include: must be a list"),
        ('[sources.a]\nkind = "feed"\nurl = "http://a.example"\ninclude = ["("]', "is no regular expression"),
        (
            '[sources.a]\nkind = "feed"\nurl = "http://a.example"\nmax_new = true',
            "max_new: must be a whole number",
        ),
        (
            '[sources.a]\nkind = "feed"\nurl = "http://a.example"\nrefresh = 1',
            "refresh: must be true or false",
        ),
        (
            '[sources.a]\nkind = "feed"\nurl = "http://a.example"\nlanguage = "English"',
            "language: must be a language",
        ),
        ('[sources.a]\nkind = "feed"\nurl = "http://a.example"\nprivate_hosts = ["a:80"]', "without port"),
        (
            '[sources.a]\nkind = "feed"\nurl = "http://a.example"\nseconds_per_request = 9999',
            "from 0 to 3600",
        ),
    ],
)
def test_what_does_not_fit_is_told_in_one_line_with_its_place(tmp_path, text, told):
    with pytest.raises(SourcesError) as caught:
        load(tmp_path, text)

    assert told in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "sources.toml"))
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_passed_over(tmp_path):
    assert load(tmp_path, f"\ufeff{GOOD}") == load(tmp_path, GOOD)


def test_no_file_is_told(tmp_path):
    with pytest.raises(SourcesError, match=r"sources\.toml: no such file; make one"):
        load_sources(tmp_path / "sources.toml")
