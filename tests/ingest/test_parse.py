import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import MAX_CHARS
from ingest.parse import parse_article
from newsgraph.errors import ArticleError
from newsgraph.records import RawDocument


def parse(body, media_type="text/plain", name="story"):
    body = body.encode() if isinstance(body, str) else body
    return parse_article(RawDocument(name, f"{name}.txt", media_type, body))


def skipped(article):
    return [article.text[start:end] for start, end in article.skipped]


def test_plain_text_without_header_is_known_by_the_name_of_its_file():
    article = parse("Rain fell on Lissa.\n")

    assert (article.id, article.text) == ("story", "Rain fell on Lissa.\n")
    assert (article.title, article.url, article.published, article.skipped) == (None, None, None, ())


def test_header_lines_stay_in_the_text_and_are_passed_over():
    text = (
        "Title: Rain \nURL: https://drop.example/1\nPublished: 2023-03-16\nPublisher: The Drop\n\nRain fell."
    )

    article = parse(text)

    assert article.text == text
    assert (article.id, article.url) == ("https://drop.example/1", "https://drop.example/1")
    assert (article.title, article.published, article.publisher) == ("Rain", date(2023, 3, 16), "The Drop")
    assert skipped(article) == text.split("\n")[:4]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_header_ends_at_an_empty_line(line_end):
    article = parse(
        line_end.join(["Title: Rain", "", "Published: that is what he called it", "", "Rain fell."])
    )

    assert (article.title, article.published) == ("Rain", None)
    assert skipped(article) == ["Title: Rain"]


def test_a_header_ends_where_prose_begins():
    article = parse("Title: Rain\nRain fell.\nURL: none")

    assert skipped(article) == ["Title: Rain"]


def test_byte_order_mark_and_line_ends_stay():
    text = "\ufeffTitle: Rain\r\n\r\nRain fell.\r\nAdvert\r\nMore rain.\r\n"

    article = parse(text)

    assert article.text == text
    assert skipped(article) == ["\ufeff", "Title: Rain", "Advert"]


@pytest.mark.parametrize(
    "line",
    [
        "Advert",
        "  ADVERTISEMENT ",
        "Topics: World News, Russia, Army",
        "Read more: Rain again",
        "Sign up for our newsletter",
        "Story continues below advertisement",
        "Featured Image Credit: The Drop",
    ],
)
def test_boilerplate_on_a_line_of_its_own_is_passed_over(line):
    article = parse(f"Rain fell.\n{line}\nIt went on falling.")

    assert skipped(article) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement revenue fell, the company said.",
        "He asked people to read more: books, papers, anything.",
        "Topics were few.",
        "“Advert,” he said.",
        "Shares of the company rose.",
        "Signing up took an hour.",
        "Copy editors left.",
    ],
)
def test_prose_is_read(line):
    assert parse(f"Rain fell.\n{line}\n").skipped == ()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-03-16", date(2023, 3, 16)),
        ("2023-03-16T23:30:00-05:00", date(2023, 3, 16)),
        ("2023-03-16T10:00:00Z", date(2023, 3, 16)),
        ("16 March 2023", date(2023, 3, 16)),
        ("March 16,  2023", date(2023, 3, 16)),
        ("Thursday, March 16, 2023", date(2023, 3, 16)),
        ("Thu, 16 Mar 2023 09:00:00 GMT", date(2023, 3, 16)),
    ],
)
def test_dates_are_read_as_publishers_write_them(written, day):
    assert parse(f"Published: {written}\n\nRain fell.").published == day


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n", "nothing but white space"),
        (b"12 + 3 = 15", "no words"),
        (b"Title: Rain\n\nAdvert\n", "no words in it but headers and boilerplate"),
        (b"\x7fELF\x02\x01\x01\0\0", "zero byte at offset 7"),
        (b"%PDF-1.7 rain", "pdftotext"),
        (b"PK\x03\x04rain", "zip archive"),
        (b"\x1f\x8b\x08rain", "gunzip"),
        ("Rain fell.".encode("utf-16"), "iconv -f UTF-16"),
        ("Rain fell.".encode("utf-32"), "iconv -f UTF-32"),
        ("Café".encode("latin-1"), "byte 0xe9 at offset 3"),
        (b"Published: 31/02/2023\n\nRain.", "'31/02/2023' is no date; write it like 2023-03-16"),
        (b"Published: 2023-02-31\n\nRain.", "2023-02-31"),
        (b"URL: news example\n\nRain.", "no web address"),
        (b"rain " * (MAX_CHARS // 5) + b"rain", "2,000,004 characters"),
        (b"r" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_is_no_article_is_told_in_one_line_with_its_place(body, reason):
    with pytest.raises(ArticleError, match=r"^story\.txt: ") as caught:
        parse(body)

    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)


def test_five_megabytes_in_one_line_are_told_from_an_article_at_once():
    with pytest.raises(ArticleError, match="5,000,000 characters"):
        parse(b"rain " * 1_000_000)


def test_json_gives_text_and_what_is_known():
    record = {
        "text": "Rain.",
        "title": "Wet",
        "url": "https://news.example/1",
        "published": "2023-03-16",
        "more": 1,
    }

    article = parse(json.dumps(record), "application/json")

    assert (article.id, article.text, article.title) == ("https://news.example/1", "Rain.", "Wet")
    assert article.published == date(2023, 3, 16)


def test_json_record_may_name_itself_and_leave_fields_null():
    article = parse('{"text": "Rain.", "id": "rain-1", "url": null, "title": ""}', "application/json")

    assert (article.id, article.url, article.title) == ("rain-1", None, None)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"text": "Rain', "not JSON: Unterminated string starting at column 10"),
        ('{"text":\n  "Rain"\n x}', "at line 3, column 2"),
        ("[1, 2]", "not a JSON object"),
        ('{"title": "Rain"}', 'no "text"'),
        ('{"text": ["Rain"]}', '"text" must be a string'),
        ('{"text": "Rain", "published": 2023}', '"published" must be a string'),
        ('{"text": "Rain \\ud800"}', "the text holds half a surrogate pair, at 5"),
        ('{"text": "Rain", "title": "\\udfff"}', "title holds half a surrogate pair"),
        ('{"text": "Rain \\u0000"}', "zero character"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": "", "n": ' + "9" * 5000 + "}", "integer"),
    ],
)
def test_bad_json_is_told_in_one_line(body, reason):
    with pytest.raises(ArticleError) as caught:
        parse(body, "application/json")

    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)


LINES = st.sampled_from(
    ["Title: x", "URL: urn:x", "Advert", "", " ", "Read more: y", "Rain fell.", "\ufeff", "é\u2028z"]
)


@given(
    st.one_of(
        st.text(),
        st.lists(LINES).flatmap(lambda lines: st.sampled_from(["\n", "\r\n"]).map(lambda e: e.join(lines))),
    )
)
def test_text_is_unchanged_and_what_is_skipped_lies_in_it_in_order(text):
    try:
        article = parse(text)
    except ArticleError:
        return

    assert article.text == text
    position = 0
    for start, end in article.skipped:
        assert position <= start < end <= len(text)
        position = end


@given(st.binary(max_size=300), st.sampled_from(["text/plain", "text/html", "application/json"]))
def test_any_bytes_are_an_article_or_an_article_error(body, media_type):
    try:
        article = parse(body, media_type)
    except ArticleError as error:
        article, message = None, str(error)
    else:
        message = ""

    assert "\n" not in message
    assert message or (article.text.strip() and article.version_id)
