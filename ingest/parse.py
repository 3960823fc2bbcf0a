"""RawDocument -> Article: what the publisher sent becomes text and the little that is known of it. Pure.

* Plain text stays as it is, character by character; header lines (``Title:``, ``URL:``, ``Published:``,
  ``Publisher:``) above the first empty line and boilerplate are noted in ``Article.skipped``.
* HTML is cut down to its main text (pages.py).
* JSON is one object with ``text`` and, if known, ``title``, ``url``, ``published``, ``publisher``,
  ``language`` and ``id``.

Where no URL is given, the document's name identifies the article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from ingest.boilerplate import find_boilerplate, find_lines
from ingest.dates import parse_date
from ingest.decode import MAX_CHARS, check_text, decode_page, decode_text
from newsgraph.errors import ArticleError
from newsgraph.records import Article, RawDocument, TextSpan

FIELDS = ("title", "url", "published", "publisher")

_HEADER = re.compile(rf"({'|'.join(FIELDS)})[ \t]*:(.*)", re.IGNORECASE)
_URL = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+", re.IGNORECASE)  # what may stand in an IRI
_BYTE_ORDER_MARK = "\ufeff"


def parse_article(raw: RawDocument) -> Article:
    """Return the article that ``raw`` holds.

    Raises:
        ArticleError: If it holds none; the reason says what is wrong and how to mend it.
    """
    try:
        article = _PARSERS[raw.media_type](raw)
        _check_readable(article)
    except (ValueError, RecursionError) as error:
        raise ArticleError(raw.place, _one_line(error)) from error
    return article


def _parse_plain(raw: RawDocument) -> Article:
    text = decode_text(raw.body) if raw.url is None else _decode_page(raw)
    spans = [TextSpan(0, 1)] if text.startswith(_BYTE_ORDER_MARK) else []
    values: dict[str, str] = {}
    start = len(spans)
    for line in find_lines(text, start):
        header = _HEADER.fullmatch(line[0])
        if header is None or _is_after_empty_line(text, start, line.start()):
            break
        values[header[1].lower()] = header[2]
        start = line.end()
        spans.append(TextSpan(line.start(), start))
    return _article(raw, text, values, (*spans, *find_boilerplate(text, start)))


def _is_after_empty_line(text: str, end_of_last: int, start: int) -> bool:
    return len(text[end_of_last:start].replace("\r\n", "\n")) > 1


def _parse_page(raw: RawDocument) -> Article:
    from ingest.pages import main_text  # here, not above: a run over plain text need not wait for it

    text, values = main_text(_decode_page(raw))
    return _article(raw, text, values, tuple(find_boilerplate(text)))


def _decode_page(raw: RawDocument) -> str:
    return decode_page(raw.body, raw.charset, is_of_web=raw.url is not None)


def _parse_json(raw: RawDocument) -> Article:
    try:
        given = json.loads(decode_text(raw.body).removeprefix(_BYTE_ORDER_MARK))
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(given, dict):
        raise ValueError(  # noqa: TRY004 - all that is wrong with a document is a ValueError here
            'not a JSON object such as {"text": "…", "title": "…", "published": "2023-03-16"}'
        )
    if given.get("text") is None:
        raise ValueError('the JSON object has no "text"')
    values = {key: given[key] for key in ("text", *FIELDS, "language", "id") if given.get(key) is not None}
    if wrong := [key for key, value in values.items() if not isinstance(value, str)]:
        raise ValueError(f'"{wrong[0]}" must be a string')
    text = values.pop("text")
    return _article(raw, text, values, tuple(find_boilerplate(text)))


def _article(
    raw: RawDocument, text: str, values: Mapping[str, str], skipped: tuple[TextSpan, ...]
) -> Article:
    given = _with_what_came(raw, values)
    known: dict[str, Any] = {key: " ".join(value.split()) for key, value in given.items() if value.strip()}
    for key, value in known.items():
        check_text(value, what=key)
    name = known.pop("id", raw.name)
    if "url" in known and not _URL.fullmatch(known["url"]):
        raise ValueError(f"{known['url'][:80]!r} is no web address")
    if "published" in known:
        known["published"] = parse_date(known["published"])
    return Article(id=known.get("url", name), text=text, skipped=skipped, fetched=raw.fetched, **known)


def _with_what_came(raw: RawDocument, values: Mapping[str, str]) -> dict[str, str]:
    """Return what is known of a document: where it was fetched before what it says, its feed's hints last."""
    hints = {"title": raw.title, "language": raw.language}
    hints["published"] = raw.published.isoformat() if raw.published else None
    known = {"url": raw.url, "publisher": raw.publisher}
    parts = ({key: value for key, value in part.items() if value} for part in (hints, values, known))
    return {key: value for part in parts for key, value in part.items()}


def _check_readable(article: Article) -> None:
    text = article.text
    check_text(text)
    if len(text) > MAX_CHARS:
        raise ValueError(
            f"{len(text):,} characters, too long for one article: at most {MAX_CHARS:,} are read"
        )
    if not text.strip():
        raise ValueError("nothing but white space")
    position = 0
    for start, end in (*article.skipped, TextSpan(len(text), len(text))):
        if any(character.isalpha() for character in text[position:start]):
            return
        position = end
    raise ValueError(
        "no words in it" if not article.skipped else "no words in it but headers and boilerplate"
    )


def _one_line(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return " ".join(str(error).split())


_PARSERS: dict[str, Callable[[RawDocument], Article]] = {
    "text/plain": _parse_plain,
    "text/html": _parse_page,
    "application/json": _parse_json,
}
