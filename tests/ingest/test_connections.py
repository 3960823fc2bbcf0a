"""Only the public web is connected to, and the very address that was checked."""

import asyncio
import ssl
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

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


# ---- HTTP/2, over TLS


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """Return a file with a certificate for localhost and its key; whoever connects trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "localhost.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


@asynccontextmanager
async def http2_server(certificate, body):
    """Serve ``body`` over HTTP/2; yield the port and a list of what is asked for."""
    asked = []

    async def serve(reader, writer):
        connection = H2Connection(H2Configuration(client_side=False))
        connection.initiate_connection()
        with suppress(ConnectionError):
            writer.write(connection.data_to_send())
            while received := await reader.read(65_536):
                for event in connection.receive_data(received):
                    if isinstance(event, RequestReceived):
                        asked.append(dict(event.headers)[b":path"])
                        connection.send_headers(
                            event.stream_id, [(":status", "200"), ("content-type", "text/html")]
                        )
                        connection.send_data(event.stream_id, body, end_stream=True)
                writer.write(connection.data_to_send())
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.set_alpn_protocols(["h2"])
    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1], asked


def test_http_2_is_spoken_and_certificates_are_checked_against_the_name(certificate):
    async def ask():
        async with (
            http2_server(certificate, b"<p>Rain.</p>") as (port, asked),
            open_web(FetchLimits(), "", ["localhost", "127.0.0.1"], lambda: datetime.now(UTC)) as web,
        ):
            answers = await asyncio.gather(
                *(web.get(f"https://localhost:{port}/{number}", {}) for number in "ab")
            )
            with pytest.raises(WebError, match="certificate"):
                await web.get(f"https://127.0.0.1:{port}/c", {})
            return answers, asked

    answers, asked = asyncio.run(ask())

    assert [(one.status, one.body) for one in answers] == [(200, b"<p>Rain.</p>")] * 2
    assert all(one.head.startswith(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n") for one in answers)
    assert sorted(asked) == [b"/a", b"/b"]
