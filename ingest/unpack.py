"""Bodies as they came -> what is in them, never more than so many bytes. Pure.

Only gzip and deflate are asked for, so only these are undone.
"""

from __future__ import annotations

import zlib

GZIP = b"\x1f\x8b"
MAX_LAYERS = 2

_STEP_BYTES = 1 << 20
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": zlib.MAX_WBITS}


def unpack(body: bytes, codings: str | None, max_bytes: int, *, cut: bool = False) -> bytes:
    """Return ``body`` without its content codings (the value of the header Content-Encoding).

    Args:
        body: As it came.
        codings: One or several, separated by commas; None: it is not packed.
        max_bytes: Of what is returned.
        cut: Return the beginning, as far as it can be had, of what is larger or ends too soon.

    Raises:
        ValueError: If it is larger than ``max_bytes`` unpacked, damaged, or in a coding that is not known.
    """
    layers = [one.strip().lower() for one in (codings or "").split(",")]
    layers = [one for one in layers if one not in ("", "identity")]
    if len(layers) > MAX_LAYERS:
        raise ValueError(f"packed {len(layers)} times over")
    for coding in reversed(layers):
        if coding not in _WINDOWS:
            raise ValueError(f"packed as {coding[:20]!r}, which was not asked for")
        body = _undone(body, coding, max_bytes, cut=cut)
    if cut:
        return body[:max_bytes]
    if len(body) > max_bytes:
        raise ValueError(_too_large(max_bytes))
    return body


def unpack_gzip(body: bytes, max_bytes: int, *, cut: bool = False) -> bytes:
    """Return what a gzip file holds, and anything else as it is.

    Raises:
        ValueError: If it is damaged, or larger than ``max_bytes`` unpacked.
    """
    return inflate(body, 31, max_bytes, cut=cut) if body.startswith(GZIP) else body


def inflate(body: bytes, window: int, max_bytes: int, *, cut: bool = False) -> bytes:
    """Return the unpacked ``body``: a stream of zlib, or gzip members one after another.

    Raises:
        ValueError: If it is larger than ``max_bytes``, or damaged; unless ``cut``, if it ends too soon.
    """
    parts: list[bytes] = []
    size = 0
    while body:
        decoder = zlib.decompressobj(window)
        while body and not decoder.eof:
            try:
                part = decoder.decompress(body, _STEP_BYTES)
            except zlib.error as error:
                raise ValueError(f"damaged: {error}") from error
            size += len(part)
            parts.append(part)
            if size > max_bytes and cut:
                return b"".join(parts)
            if size > max_bytes:
                raise ValueError(_too_large(max_bytes))
            body = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
        if not decoder.eof and not cut:
            raise ValueError("cut off: its packed data end too soon")
        if window != 31 or not body.startswith(GZIP):
            break  # what follows the last member is padding
    return b"".join(parts)


def _undone(body: bytes, coding: str, max_bytes: int, *, cut: bool) -> bytes:
    if coding != "deflate":
        return unpack_gzip(body, max_bytes, cut=cut)  # some servers say gzip and send it plain
    try:
        return inflate(body, zlib.MAX_WBITS, max_bytes, cut=cut)
    except ValueError:
        return inflate(body, -zlib.MAX_WBITS, max_bytes, cut=cut)  # some servers leave out zlib's frame


def _too_large(max_bytes: int) -> str:
    return f"larger than {max_bytes / 1_000_000:g} MB unpacked"
