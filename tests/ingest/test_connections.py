"""Only the public web is connected to, and the very address that was checked."""

import asyncio

import httpcore
import pytest

from ingest import connections
from ingest.connections import AddressRefusedError, CheckedBackend, is_public
from ingest.web import WebError, open_web
from newsgraph.fetched import FetchLimits
from tests.web_server import WebServer, page, reply


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - not to bind to
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
    ],
)
def test_what_is_not_the_public_web(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "151.101.0.81", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_is(address):
    assert is_public(address)


class Recorder:
    """Stands in for the network: notes what it is to connect to, and fails."""

    def __init__(self):
        self.asked = []

    async def connect_tcp(self, host, *_):
        self.asked.append(host)
        raise httpcore.ConnectError("no network here")


def connect(monkeypatch, *answers, private_hosts=()):
    """Connect to news.example, which the name server knows by these lists of addresses, one after another."""
    left = list(answers)

    async def look_up(host, port):
        return left.pop(0)

    monkeypatch.setattr(connections, "look_up", look_up)
    backend = CheckedBackend(private_hosts)
    backend._backend = recorder = Recorder()
    with pytest.raises((httpcore.ConnectError, AddressRefusedError)) as caught:
        asyncio.run(backend.connect_tcp("news.example", 443, 1.0))
    return recorder.asked, caught.value


def test_the_address_that_was_checked_is_connected_to_whatever_the_name_server_says_next(monkeypatch):
    asked, _ = connect(monkeypatch, ["8.8.8.8", "8.8.4.4"], ["127.0.0.1"])

    assert asked == ["8.8.8.8", "8.8.4.4"], "never by its name"


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"]])
def test_a_name_that_leads_inside_is_not_connected_to(monkeypatch, addresses):
    asked, error = connect(monkeypatch, addresses)

    assert (asked, type(error)) == ([], AddressRefusedError)
    assert "which is not on the public web" in str(error)


def test_a_name_that_may_lead_inside_is(monkeypatch):
    assert connect(monkeypatch, ["127.0.0.1"], private_hosts=["news.example"])[0] == ["127.0.0.1"]


def test_the_check_holds_for_the_whole_way_through_httpx(monkeypatch):
    """Fails should httpx ever stop to use our connections."""

    async def get(url, *private_hosts):
        async with open_web(FetchLimits(), "", private_hosts, lambda: None) as web:
            return await web.get(url, {})

    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with WebServer() as server:
        server.serve(a=reply(page("A")))
        with pytest.raises(WebError, match=r"private_hosts") as caught:
            asyncio.run(get(server.url("/a")))
        assert caught.value.refused
        assert server.requests == []
        assert asyncio.run(get(server.url("/a"), "127.0.0.1")).status == 200
