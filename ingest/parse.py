"""RawDocument -> Article: what the publisher sent becomes text and the little that is known of it. Pure.

* Plain text stays as it is, character by character; header lines (``Title:``, ``URL:``, ``Published:``,
  ``Publisher:``) above the first empty line are noted in ``Article.skipped``.
* HTML is cut down to its main text (pages.py).
* Of all texts, boilerplate, byline and dateline are noted in ``Article.skipped``, not cut out.
* JSON is one object with ``text`` and, if known, ``title``, ``url``, ``published``, ``publisher``,
  ``language``, ``authors`` (a list) and ``id``.

What is surely not English is refused. Where no URL is given, the document's name identifies the article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ingest.boilerplate import find_boilerplate, find_lines
from ingest.dates import parse_date
from ingest.decode import MAX_CHARS, check_text, decode_page, decode_text
from ingest.languages import language_of
from ingest.openings import read_opening
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
    return _article(raw, text, values, tuple(spans))


def _is_after_empty_line(text: str, end_of_last: int, start: int) -> bool:
    return len(text[end_of_last:start].replace("\r\n", "\n")) > 1


def _parse_page(raw: RawDocument) -> Article:
    from ingest.pages import main_text  # here, not above: a run over plain text need not wait for it

    text, values = main_text(_decode_page(raw))
    return _article(raw, text, values)


def _decode_page(raw: RawDocument) -> str:
    return decode_page(raw.body, raw.charset, is_of_web=raw.url is not None)


def _parse_json(raw: RawDocument) -> Article:
    try:
        given = json.loads(decode_text(raw.body).removeprefix(_BYTE_ORDER_MARK))
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise ValueError(
            f"not JSON: {error.msg.removesuffix(' at')} at {line}column {error.colno}"
        ) from error
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
    return _article(raw, text, {**values, "authors": _authors_in(given)})


def _authors_in(given: Mapping[str, Any]) -> tuple[str, ...]:
    authors = given.get("authors") or ()
    if isinstance(authors, str) or not all(isinstance(author, str) for author in authors):
        raise ValueError('"authors" must be a list of strings')
    return tuple(" ".join(author.split()) for author in authors if author.strip())


def _article(
    raw: RawDocument, text: str, values: Mapping[str, Any], header: tuple[TextSpan, ...] = ()
) -> Article:
    check_text(text)
    given = {
        key: " ".join(value.split()) if isinstance(value, str) else value
        for key, value in _with_what_came(raw, values).items()
    }
    known: dict[str, Any] = {key: value for key, value in given.items() if value}
    for key, value in known.items():
        check_text(str(value), what=key)
    name = known.pop("id", raw.name)
    if "url" in known and not _URL.fullmatch(known["url"]):
        raise ValueError(f"{known['url'][:80]!r} is no web address")
    if "published" in known:
        known["published"] = parse_date(known["published"])
    start = header[-1].end if header else 0
    boilerplate = tuple(find_boilerplate(text, start))
    opening = read_opening(text, start, boilerplate)
    for key in ("authors", "dateline", "agency"):
        known[key] = known.get(key) or getattr(opening, key)
    skipped = (*header, *sorted((*boilerplate, *opening.spans)))
    known["language"] = _english(_without(text, skipped), known.get("language"))
    return Article(id=known.get("url", name), text=text, skipped=skipped, fetched=raw.fetched, **known)


def _with_what_came(raw: RawDocument, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a document: where it was fetched before what it says, its feed's hints last."""
    hints = {"title": raw.title, "language": raw.language}
    hints["published"] = raw.published.isoformat() if raw.published else None
    known = {"url": raw.url, "publisher": raw.publisher}
    parts = ({key: value for key, value in part.items() if value} for part in (hints, values, known))
    return {key: value for part in parts for key, value in part.items()}


def _english(text: str, given: str | None) -> str:
    """Return the language of an English text: "en", or what its publisher calls it, such as "en-GB"."""
    language = language_of(text)
    if language != "en":
        raise ValueError(f"not English ({language})")
    return given if given and given.lower().startswith("en") else language


def _without(text: str, skipped: Iterable[TextSpan]) -> str:
    kept, position = [], 0
    for start, end in skipped:
        kept.append(text[position:start])
        position = end
    return "".join((*kept, text[position:]))


def _check_readable(article: Article) -> None:
    text = article.text
    if len(text) > MAX_CHARS:
        raise ValueError(
            f"{len(text):,} characters, too long for one article: at most {MAX_CHARS:,} are read"
        )
    if not text.strip():
        raise ValueError("nothing but white space")
    if any(map(str.isalpha, _without(text, article.skipped))):
        return
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
