"""Bytes to text, or the reason why they are none, with the place in the file and the mend."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

MAX_BYTES = 20_000_000  # of one document; a page that is larger is no article
MAX_CHARS = 2_000_000  # of one article's text, some 350,000 words; the language pipeline refuses more

_FOREIGN = (
    (b"%PDF-", "a PDF, not text; convert it first: pdftotext FILE"),
    (b"PK\x03\x04", "a zip archive or office document, not text; save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an office document, not text; save it as plain text first"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first: gunzip FILE"),
    (b"{\\rtf", "rich text (RTF); save it as plain text first"),
)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AS_BROWSERS_READ = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "windows-1252")
_SEVEN_BITS = ("iso-2022", "hz")  # encodings that look like ASCII
_NO_CHARSETS = (
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "utf-7",
    "undefined",
)  # of Python's
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_CHARSET_WITHIN_BYTES = 4096


def decode_text(body: bytes) -> str:
    """Return the text of ``body``, every character of it: a byte order mark and all line ends stay.

    Raises:
        ValueError: If it is not UTF-8 text; the message says where and what to do.
    """
    _check_kind(body)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"not UTF-8 text: byte 0x{body[error.start]:02x} at offset {error.start}; "
            "if it was saved on Windows: iconv -f WINDOWS-1252 -t UTF-8 FILE"
        ) from error


def decode_page(body: bytes, charset: str | None = None, *, is_of_web: bool = False) -> str:
    """Return the text of a page: in UTF-8 if it is that, else as its server or the page itself says.

    What is UTF-8 by its bytes is never anything else by chance, whatever was said of it.

    Args:
        body: As it came, unpacked.
        charset: What its server says.
        is_of_web: A browser would show it: with nothing that fits said of it, it is Windows-1252.

    Raises:
        ValueError: If it is none of these.
    """
    _check_kind(body)
    found = _CHARSET.search(body[:_CHARSET_WITHIN_BYTES])
    named = [name for name in (charset, found[1].decode("ascii").lower() if found else None) if name]
    if not any(name.startswith(_SEVEN_BITS) for name in named):
        with suppress(UnicodeDecodeError):
            return body.decode("utf-8")
    reason = None
    for name in named:
        try:
            return body.decode(_codec(name))
        except LookupError:
            reason = reason or f"the page names an encoding that is not known: {name}"
        except UnicodeDecodeError as error:
            reason = reason or f"not {name}, which the page names: offset {error.start}"
    if is_of_web:
        with suppress(UnicodeDecodeError):
            return body.decode("windows-1252")
    if reason is not None:
        raise ValueError(reason)
    return decode_text(body)


def _codec(name: str) -> str:
    codec = codecs.lookup(_AS_BROWSERS_READ.get(name, name)).name
    if codec in _NO_CHARSETS:
        raise LookupError(name)
    return codec


def check_text(text: str, *, what: str = "the text") -> None:
    """Raise ValueError if ``text`` holds what no store and no XML file can: zero or half a surrogate pair."""
    if "\0" in text:
        raise ValueError(f"{what} holds a zero character, at {text.index(chr(0))}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{what} holds half a surrogate pair, at {error.start}") from error


def _check_kind(body: bytes) -> None:
    if not body:
        raise ValueError("the file is empty")
    if len(body) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES // 1_000_000} MB, too large for one article")
    for magic, reason in _FOREIGN:
        if body.startswith(magic):
            raise ValueError(reason)
    if body.startswith(_UTF32):  # begins as UTF-16 does
        raise ValueError("UTF-32 text; convert it first: iconv -f UTF-32 -t UTF-8 FILE")
    if body.startswith(_UTF16):
        raise ValueError("UTF-16 text; convert it first: iconv -f UTF-16 -t UTF-8 FILE")
    if (zero := body.find(b"\0")) >= 0:
        raise ValueError(f"binary data, not text: a zero byte at offset {zero}")
