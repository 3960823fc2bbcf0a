import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.addresses import canonical_url, host_of, origin_of
from ingest.parse import _URL


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://News.Example:80/A/../b?utm_source=x&id=3&FBCLID=9#part", "http://news.example/b?id=3"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a/", "https://news.example/a/"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://bücher.example/ü?q=a b|c", "https://xn--bcher-kva.example/%C3%BC?q=a%20b%7Cc"),
        ("https://news.example/a?ref=home&id=%c3%a9", "https://news.example/a?ref=home&id=%C3%A9"),
        ("https://news.example/a?utm_source=x", "https://news.example/a"),
        ("  https://news.example/a \n", "https://news.example/a"),
        ("/a", "https://base.example/a"),
        ("//other.example/a", "https://other.example/a"),
    ],
)
def test_one_article_has_one_address(written, canonical):
    assert canonical_url(written, "https://base.example/feed") == canonical


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "http://",
        "http://u:p@a.example/",
        "http://[::1",
        "http://a.example/" + "a" * 5000,
        "http://a.example:99999/",
        "\0",
    ],
)
def test_what_is_no_web_address_is_told(written):
    with pytest.raises(ValueError, match=r"web address|https address|user|longer"):
        canonical_url(written)


@given(
    st.from_regex(
        r"https?://[a-zA-Z0-9.-]{1,20}(:[0-9]{1,4})?(/[^\s#]{0,20})?(\?[^\s]{0,30})?", fullmatch=True
    )
)
def test_a_canonical_address_is_its_own_and_may_stand_in_the_graph(written):
    try:
        canonical = canonical_url(written)
    except ValueError:
        return

    assert canonical_url(canonical) == canonical
    assert _URL.fullmatch(canonical)
    assert canonical.isascii()
    assert host_of(canonical) == host_of(canonical).lower()
    assert canonical.startswith(origin_of(canonical))
