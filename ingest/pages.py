"""The main text of an HTML page and what the page says about itself, by trafilatura.

The same page gives the same text on any day: nothing here looks at the clock, the network or earlier pages.
"""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from ingest.openings import agency_in, people_in

# Adverts and links that publishers nest between the paragraphs.
_ADVERTS = "|".join(
    f"//*[contains(translate(concat(' ', @{name}, ' '), 'ADVERTSMLN-_', 'advertsmln  '), ' {word} ')]"
    for name in ("class", "id")
    for word in ("advert", "adverts", "ad", "ads", "advertisement", "newsletter", "related")
)
_DAYS = {"min_date": "1980-01-01", "max_date": "2199-12-31", "extensive_search": False, "original_date": True}


_TAG_BYTES = r"[^>]{0,500}?"
_NOT_FREE = re.compile(r"""["']?isAccessibleForFree["']?\s*:\s*["']?false""", re.IGNORECASE)
_FREE = re.compile(r"""["']?isAccessibleForFree["']?\s*:\s*["']?true""", re.IGNORECASE)
_WALL = re.compile(
    rf"""<meta{_TAG_BYTES}content_tier["']{_TAG_BYTES}["'](?:locked|metered)["']"""
    rf"""|<(?:div|section|aside|article|p){_TAG_BYTES}(?:class|id)\s*=\s*["'](?:[^"'>]*[ ])?"""
    r"""(?:(?:piano-)?paywall(?:-box|-container)?|regwall|subscribers?-only|metered-content)[ "']""",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(rf"""<html{_TAG_BYTES}\slang\s*=\s*["']?([a-z]{{2,3}}\b)""", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<(script|style|noscript|template|head)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL
)
FEW_LETTERS = 200  # on a page with scripts: they write the rest


def main_text(page: str) -> tuple[str, dict[str, Any]]:
    """Return the text of the article on ``page``, a paragraph a line, and what is known of it.

    Returns:
        The text, and of title, url (the canonical one), published, publisher, language, authors (a tuple),
        agency and paywalled (True) those that the page gives.

    Raises:
        ValueError: If no article can be made out.
    """
    tree = trafilatura.load_html(page)
    found = tree is not None and trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_DAYS,
        prune_xpath=_ADVERTS if _tells_adverts(tree) else None,
    )
    if not isinstance(found, Document) or not found.text:
        raise ValueError("no main text found on the page" + why_none(page))
    language = _LANGUAGE.search(page)
    names = [name for name in re.split(r";", found.author or "") if name.strip()]
    given = {
        "title": found.title,
        "url": found.url,
        "published": found.date,
        "publisher": found.sitename,
        "language": language and language[1].lower(),
        "authors": people_in(names),
        "agency": agency_in(names),
        "paywalled": is_paywalled(page),
    }
    return str(found.text), {key: value for key, value in given.items() if value}


def _tells_adverts(tree: Any) -> bool:
    """Say whether the elements of ``tree`` that are called adverts are.

    Some publishers name the frame around article and adverts, or each section of it, after the adverts.
    """
    adverts = set(tree.xpath(_ADVERTS))
    depth, paragraphs, inside = 0, 0, 0
    for event, element in etree.iterwalk(tree, events=("start", "end")) if adverts else ():
        if element in adverts:
            depth += 1 if event == "start" else -1
        if element.tag == "p" and event == "start":
            paragraphs += 1
            inside += depth > 0
    return inside * 2 <= paragraphs


def is_paywalled(page: str) -> bool:
    """Say whether ``page`` tells search engines, or shows by its markup, that not everyone may read it."""
    if _NOT_FREE.search(page):
        return True
    return not _FREE.search(page) and _WALL.search(page) is not None


def why_none(page: str) -> str:
    """Return what there is on a page without main text, as the end of a message."""
    if "<script" in page.lower() and sum(map(str.isalpha, _UNSEEN.sub(" ", page))) < FEW_LETTERS:
        return ": its text is written by JavaScript, in a browser only"
    return ""
