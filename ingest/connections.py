"""Connections to the web only: private, loopback, link-local and metadata addresses are refused.

The address that was checked is the very one that is connected to, so that a name server which answers
differently the second time changes nothing. Sits below TLS: certificates are checked against the name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

import httpcore
import httpx

from newsgraph.fetched import FetchLimits

# Networks that carry an IPv4 address within an IPv6 one: where that leads is what counts (RFC 6052, 3056).
_CARRIERS = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
)
_NEVER = (
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2001::/32"),
)  # local-use NAT64, Teredo


class AddressRefusedError(Exception):
    """The host leads to where nothing on the web lies."""


def is_public(address: str) -> bool:
    """Is this IP address one of the public internet?"""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return is_public(str(parsed.ipv4_mapped))
        for network, shift in _CARRIERS:
            if parsed in network:
                return is_public(str(ipaddress.IPv4Address((int(parsed) >> shift) & 0xFFFFFFFF)))
    if any(parsed.version == network.version and parsed in network for network in _NEVER):
        return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved)


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to addresses that it has looked up and checked itself."""

    def __init__(self, private_hosts: Iterable[str]) -> None:
        self._private_hosts = frozenset(private_hosts)
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._checked(host, port, timeout)
        for last, address in enumerate(addresses, start=1 - len(addresses)):
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last == 0:
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)

    async def _checked(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                addresses = await look_up(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no answer from the name server on {host}") from error
        except OSError as error:
            raise httpcore.ConnectError(f"no such host: {error.strerror or error}") from error
        if host not in self._private_hosts:
            for address in addresses:
                if not is_public(address):
                    raise AddressRefusedError(f"{host} leads to {address}, which is not on the public web")
        return addresses


async def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, each once, in the resolver's order."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked_transport(limits: FetchLimits, private_hosts: Iterable[str]) -> httpx.AsyncHTTPTransport:
    """Return httpx's own transport, over connections that are checked."""
    pool_limits = httpx.Limits(
        max_connections=limits.concurrency * 2, max_keepalive_connections=limits.concurrency
    )
    trusted = httpx.create_ssl_context(trust_env=True)  # SSL_CERT_FILE, for those whose network needs its own
    transport = httpx.AsyncHTTPTransport(
        verify=trusted, http2=True, trust_env=False, limits=pool_limits, retries=0
    )
    # httpx has no argument for this; tests/ingest/test_connections.py fails should it ever stop to work.
    transport._pool._network_backend = CheckedBackend(private_hosts)
    return transport
