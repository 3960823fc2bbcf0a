"""Sessions by the clock, and with another token."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from app.web.page.sessions import COOKIE, SECONDS, Sessions
from app.web.page.sign_in import local
from app.web.page.templates import link, web_link

TOKEN = "a-token-for-tests-0123456789"  # noqa: S105


def with_cookie(value):
    return Request({"type": "http", "headers": [(b"cookie", f"{COOKIE}={value}".encode())]})


def signed_in(sessions):
    response = Response()
    sessions.sign_in(response, TOKEN, secure=False)
    return response.headers["set-cookie"].partition(";")[0].partition("=")[2]


@pytest.mark.parametrize(("later", "holds"), [(SECONDS - 1, True), (SECONDS + 1, False)])
def test_a_session_ends(later, holds):
    cookie = signed_in(Sessions(TOKEN, now=lambda: 1000.0))

    assert bool(Sessions(TOKEN, now=lambda: 1000.0 + later).csrf(with_cookie(cookie))) is holds


def test_the_end_of_a_session_cannot_be_put_off():
    cookie = signed_in(Sessions(TOKEN, now=lambda: 1000.0))
    _, _, rest = cookie.partition(".")

    assert Sessions(TOKEN, now=lambda: 1000.0).csrf(with_cookie(f"99999999999.{rest}")) == ""


def test_with_another_token_nobody_is_signed_in_any_more():
    cookie = signed_in(Sessions(TOKEN))

    assert Sessions(TOKEN).csrf(with_cookie(cookie))
    assert Sessions(TOKEN + "1").csrf(with_cookie(cookie)) == ""
    assert Sessions(None).csrf(with_cookie(cookie)) == ""


def test_over_https_the_cookie_keeps_to_it():
    response = Response()
    Sessions(TOKEN).sign_in(response, TOKEN, secure=True)

    assert "Secure" in response.headers["set-cookie"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [("/entity?iri=a", "/entity?iri=a"), ("//x", "/"), ("/\\x", "/"), ("x", "/"), ("/a\nb", "/"), ("", "/")],
)
def test_only_an_address_of_this_server_is_gone_on_to(address, kept):
    assert local(address) == kept


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "JaVaScRiPt:x",
        " javascript:x",
        "http:",
        "//x",
        "",
        None,
        "http://[",
        "java\tscript:x",
        "https://a b",
        "https://a\nb",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_address_of_the_web_is_no_link(address):
    assert web_link(address) == ""


def test_an_address_of_the_web_is_a_link():
    assert web_link("https://news.example/a?b=c#d") == "https://news.example/a?b=c#d"


def test_parameters_are_written_so_that_they_come_back():
    assert link("/entity", iri="a&b=c d/é", kind="", start=None) == "/entity?iri=a%26b%3Dc%20d%2F%C3%A9"
