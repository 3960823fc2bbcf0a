"""WARC files as others write them."""

import gzip
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.raw_store import find_files, names_of, read_documents
from ingest.warc import read_warc
from newsgraph.records import RawDocument, Rejection

PAGE = b"<html><body>Rain.</body></html>"


def warc(*pages, packed=True, version="1.0"):
    """Return a WARC file of these pages: (url, HTTP headers, body, WARC headers)."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "a crawler"}))
    for url, http, body, named in pages:
        headers = StatusAndHeaders(http.pop(":status", "200 OK"), list(http.items()), protocol="HTTP/1.1")
        given_headers = {"WARC-Date": "2016-08-26T12:00:00Z", **named}
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                BytesIO(body),
                len(body),
                http_headers=headers,
                warc_headers_dict=given_headers,
            )
        )
        writer.write_record(
            writer.create_warc_record(
                url, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
            )
        )
    return out.getvalue()


def read(tmp_path, content, name="crawl.warc.gz"):
    (path := tmp_path / name).write_bytes(content)
    return list(read_warc(path, name))


HTML = {"Content-Type": "text/html; charset=UTF-8"}


@pytest.mark.parametrize(
    "pack",
    [
        lambda given: warc(*given),
        lambda given: warc(*given, packed=False),
        lambda given: gzip.compress(warc(*given, packed=False), mtime=0),
    ],
)
def test_pages_come_with_address_time_and_charset_and_the_rest_is_passed_over(tmp_path, pack):
    content = pack(
        [
            ("https://Wire.example/a?utm_source=x", {**HTML, "X-Crawler-Content-Encoding": "br"}, PAGE, {}),
            ("https://wire.example/b", {**HTML, ":status": "404 Not Found"}, PAGE, {}),
            ("https://wire.example/c.jpg", {"Content-Type": "image/jpeg"}, b"\xff\xd8\xff", {}),
            ("https://wire.example/robots.txt", {"Content-Type": "text/plain"}, b"User-agent: *", {}),
            ("dns:wire.example", {}, b"x", {}),
            (
                "https://wire.example/d",
                {**HTML, "Content-Encoding": "gzip"},
                gzip.compress(PAGE, mtime=0),
                {},
            ),
        ]
    )

    first, second = read(tmp_path, content)

    assert (first.url, first.name, first.body) == ("https://wire.example/a", "https://wire.example/a", PAGE)
    assert (first.fetched, first.charset) == (datetime(2016, 8, 26, 12, tzinfo=UTC), "utf-8")
    assert (first.media_type, second.url, second.body) == ("text/html", "https://wire.example/d", PAGE)
    assert first.place.startswith("crawl.warc.gz:")
    assert first.place != second.place


@pytest.mark.parametrize(
    ("http", "body", "named", "told"),
    [
        (
            {"Content-Encoding": "gzip"},
            gzip.compress(bytes(30_000_000), mtime=0),
            {},
            "larger than 20 MB unpacked",
        ),
        ({"Content-Encoding": "br"}, PAGE, {}, "packed as 'br'"),
        ({"Content-Encoding": "gzip"}, gzip.compress(PAGE, mtime=0)[:-9], {}, "cut off"),
        ({}, PAGE, {"WARC-Truncated": "length"}, "only a part of the page was kept (length)"),
        ({}, b"%PDF-1.4", {}, "a PDF, not a page"),
    ],
)
def test_a_page_that_cannot_be_read_is_told_and_the_next_is_read(tmp_path, http, body, named, told):
    bad = ("https://wire.example/a", {**HTML, **http}, body, named)

    rejection, page = read(tmp_path, warc(bad, ("https://wire.example/b", dict(HTML), PAGE, {})))

    assert rejection.reason.startswith(told)
    assert (rejection.name, rejection.source) == ("https://wire.example/a", "wire.example")
    assert page.url == "https://wire.example/b"


def test_a_torn_end_is_told_of_others_files_and_not_of_ours(tmp_path):
    torn = warc(
        ("https://wire.example/a", dict(HTML), PAGE, {}), ("https://wire.example/b", dict(HTML), PAGE, {})
    )[:-400]

    assert [type(one) for one in read(tmp_path, torn)] == [RawDocument, Rejection]
    assert [type(one) for one in read(tmp_path, torn, "newsgraph-1.warc.gz")] == [RawDocument]


def test_folders_give_warc_files_last_and_the_latest_first(tmp_path):
    for name in ("2026/1.warc.gz", "2026/2.warc", "2026/a.txt", "b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")

    files = find_files([str(tmp_path)])

    assert [file.removeprefix(f"{tmp_path}/") for file in files] == [
        "b.txt",
        "2026/a.txt",
        "2026/2.warc",
        "2026/1.warc.gz",
    ]
    assert names_of(files)[files[-1]] == "1.warc", "its name stands for no article and is no other's"
    assert len(list(read_documents(files))) == 2, "an empty WARC file holds nothing, and that is no fault"


@pytest.fixture(scope="module")
def whole():
    """A WARC file of two pages, packed and plain."""
    pages = [(f"https://wire.example/{number}", HTML, PAGE, {}) for number in range(2)]
    return {
        packed: warc(*((url, dict(http), *rest) for url, http, *rest in pages), packed=packed)
        for packed in (True, False)
    }


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_to_a_file_it_is_read_without_failing(whole, tmp_path, data):
    """Bytes overwritten, cut out or put in anywhere: documents and one-line reasons, never an exception."""
    file = whole[data.draw(st.booleans())]
    at, cut = data.draw(st.integers(0, len(file))), data.draw(st.integers(0, 40))
    content = file[:at] + data.draw(st.binary(max_size=40)) + file[at + cut :]

    found = read(tmp_path, content)

    assert all("\n" not in one.reason for one in found if isinstance(one, Rejection))
    assert all(isinstance(one, RawDocument | Rejection) for one in found)
