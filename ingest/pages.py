"""The main text of an HTML page and what the page says about itself, by trafilatura.

The same page gives the same text on any day: nothing here looks at the clock, the network or earlier pages.
"""

from __future__ import annotations

import trafilatura
from trafilatura.settings import Document

# Adverts and links that publishers nest between the paragraphs.
_ADVERTS = "|".join(
    f"//*[contains(translate(concat(' ', @{name}, ' '), 'ADVERTSMLN-_', 'advertsmln  '), ' {word} ')]"
    for name in ("class", "id")
    for word in ("advert", "adverts", "ad", "ads", "advertisement", "newsletter", "related")
)
_DAYS = {"min_date": "1980-01-01", "max_date": "2199-12-31", "extensive_search": False, "original_date": True}


def main_text(page: str) -> tuple[str, dict[str, str]]:
    """Return the text of the article on ``page``, a paragraph a line, and what is known of it.

    Returns:
        The text, and of title, url, published and publisher those that the page gives.

    Raises:
        ValueError: If no article can be made out.
    """
    found = trafilatura.bare_extraction(
        page,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_DAYS,
        prune_xpath=_ADVERTS,
    )
    if not isinstance(found, Document) or not found.text:
        raise ValueError("no main text found on the page")
    given = {"title": found.title, "url": found.url, "published": found.date, "publisher": found.sitename}
    return str(found.text), {key: str(value) for key, value in given.items() if value}
