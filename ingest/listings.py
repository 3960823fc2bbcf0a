"""What lists articles -> the articles: RSS, Atom, JSON Feed, sitemaps and their indexes, plain lists. Pure.

By lxml, over elements as they pass: of an article only its address, title, dates, language and publisher
count, and a listing of 50,000 takes about a second. Feeds that are not quite XML are read as far as they go.
Documents that declare entities are refused: no feed needs them, and they can be made to unfold for ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

from lxml import etree

from ingest.addresses import canonical_url
from ingest.dates import parse_date
from ingest.decode import decode_page

MAX_ITEMS = 1_000_000
MAX_TITLE_CHARS = 500

_ITEMS = ("item", "entry", "url", "sitemap")  # RSS and RDF, Atom, sitemaps, sitemap indexes
_ROOTS = ("rss", "RDF", "feed", "urlset", "sitemapindex")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article, or in a sitemap index a further listing, as a listing tells of it."""

    url: str  # canonical
    is_listing: bool = False
    title: str | None = None
    published: date | None = None
    modified: datetime | None = None  # aware, UTC
    language: str | None = None
    publisher: str | None = None


def parse_listing(body: bytes, url: str) -> list[Listed]:
    """Return what a feed, a sitemap or a list of addresses names, each once, in its order.

    Args:
        body: Unpacked.
        url: Of the listing; what it names may be relative to it.

    Raises:
        ValueError: If it is none of these, or declares entities.
    """
    start = body[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        found = _json_feed(body, url)
    elif start.startswith(b"<") or b"<?xml" in start or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = _xml(body, url)
    else:
        found = _plain_list(body, url)
    by_url: dict[str, Listed] = {}
    for listed in found:
        by_url.setdefault(listed.url, listed)
        if len(by_url) >= MAX_ITEMS:
            break
    return list(by_url.values())


def parse_moment(written: str | None) -> datetime | None:
    """Return the moment of an ISO 8601 or RFC 5322 time, UTC; None if it is none."""
    if not (written := (written or "").strip()):
        return None
    readers: tuple[Callable[[str], datetime], ...] = (datetime.fromisoformat, parsedate_to_datetime)
    for read in readers:
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            moment = read(written)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return None


# ---- XML


def _xml(body: bytes, url: str) -> Iterator[Listed]:
    context = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    is_empty = True
    try:
        _check_root(next(context)[1])
        for item in _items(context):
            if (listed := _listed(item, url)) is not None:
                is_empty = False
                yield listed
            _forget(item)
    except (etree.XMLSyntaxError, StopIteration):
        pass  # what came before the fault stands
    if is_empty and (faults := context.error_log):
        raise ValueError(f"not XML: {faults[0].message} at line {faults[0].line}")


def _items(context: Any) -> Iterator[Any]:
    return (element for event, element in context if event == "end" and _name(element) in _ITEMS)


def _check_root(element: Any) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise ValueError(
            "it declares XML entities, which no feed needs and which can unfold for ever; refused"
        )
    if _name(element) not in _ROOTS:
        raise ValueError(f"neither a feed nor a sitemap: it begins with <{_name(element)[:40]}>")


def _listed(element: Any, base: str) -> Listed | None:
    texts: dict[str, str] = {}
    for child in element.iter():
        name = _name(child)
        if child is not element and name not in texts and (text := _text_of(child, name)):
            texts[name] = text
    link = texts.get("link") or texts.get("loc") or _permalink(element, texts)
    try:
        url = canonical_url(link, base) if link else ""
    except ValueError:
        url = ""
    if not url:
        return None
    if _name(element) == "sitemap":
        return Listed(url, is_listing=True, modified=parse_moment(texts.get("lastmod")))
    return Listed(
        url,
        title=_short(texts.get("title")),
        published=_day(texts, "pubDate", "published", "publication_date", "date", "issued"),
        modified=parse_moment(texts.get("updated") or texts.get("modified") or texts.get("lastmod")),
        language=texts.get("language"),
        publisher=_short(texts.get("name")) if "publication" in _names(element) else None,
    )


def _text_of(element: Any, name: str) -> str | None:
    if name == "link" and element.get("href"):  # Atom: of several the one to read
        return element.get("href") if element.get("rel", "alternate") == "alternate" else None
    text = element.text
    return text.strip() if isinstance(text, str) else None


def _permalink(element: Any, texts: dict[str, str]) -> str | None:
    """Return the address that stands in an item's <guid>, or in RDF's rdf:about."""
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    guid = texts.get("guid") or texts.get("id") or about
    return guid if guid and guid.startswith(("http://", "https://")) else None


def _names(element: Any) -> set[str]:
    return {_name(child) for child in element} | {_name(child) for below in element for child in below}


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _forget(element: Any) -> None:
    """Free what was read, else a listing of 50,000 fills the memory."""
    element.clear()
    while (previous := element.getprevious()) is not None and _name(previous) in _ITEMS:
        element.getparent().remove(previous)


# ---- other forms


def _json_feed(body: bytes, url: str) -> Iterator[Listed]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not a JSON feed: {error}") from error
    items = given.get("items") if isinstance(given, dict) else None
    if not isinstance(items, list):
        raise ValueError('not a JSON feed: it has no list "items"')  # noqa: TRY004 - all that is wrong is a ValueError
    language = given.get("language")
    for item in items:
        texts = (
            {key: value for key, value in item.items() if isinstance(value, str)}
            if isinstance(item, dict)
            else {}
        )
        with suppress(ValueError, KeyError):
            yield Listed(
                canonical_url(texts.get("url") or texts.get("external_url") or texts["id"], url),
                title=_short(texts.get("title")),
                published=_day(texts, "date_published"),
                modified=parse_moment(texts.get("date_modified")),
                language=texts.get("language") or (language if isinstance(language, str) else None),
            )


def _plain_list(body: bytes, url: str) -> Iterator[Listed]:
    lines = [line.strip() for line in decode_page(body).splitlines()]
    wanted = [line for line in lines if line and not line.startswith("#")]
    for number, line in enumerate(wanted, start=1):
        try:
            listed = Listed(canonical_url(line))
        except ValueError as error:
            if number == 1:
                raise ValueError(f"neither a feed, a sitemap nor a list of addresses: {error}") from error
            continue
        yield listed


def _day(texts: dict[str, str], *names: str) -> date | None:
    for written in filter(None, map(texts.get, names)):
        if (
            written[:1].isalpha() and ":" in written
        ):  # "Thu, 26 Nov 2026 10:00:00 GMT", which most feeds write
            with suppress(ValueError, TypeError, IndexError):
                return parsedate_to_datetime(written).date()
        with suppress(ValueError):
            return parse_date(written)
    return None


def _short(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", text).strip()[:MAX_TITLE_CHARS] or None if text else None
