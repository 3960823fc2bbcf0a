"""What is read of a page is at least as good as what trafilatura finds by itself, on made-up pages."""

from collections import Counter

import pytest
import trafilatura

from ingest.parse import parse_article
from newsgraph.records import RawDocument

PARAGRAPHS = [
    "The mayor of Lissa said on Tuesday that the harbour would stay closed until the storm had passed.",
    "“Nobody should go out,” she told reporters in front of the town hall, “and nobody should come in.”",
    "The harbour master, Anders Vale, denied that two trawlers had been lost; both had called, he said.",
    "Officials expect the wind to drop on Thursday, according to the weather service of the province.",
    "Schools in the three villages by the shore will open again on Friday, the council wrote.",
]
FURNITURE = {
    "plain": "",
    "advert line": "<p>Advert</p>",
    "advert block": "<div class='ad-slot'><p>Buy two umbrellas, pay for one until Sunday</p></div>",
    "related link": "<p>Read more: <a href='/1'>Three trawlers lost in a storm</a></p>",
    "related block": "<div class='related'><p>Related stories</p><a href='/2'>Names of storms</a></div>",
    "newsletter": "<div class='newsletter'>Sign up for our newsletter, every day at noon.</div>",
    "share": "<p>Share this article on Facebook</p>",
    "credit": "<figure><img src='a.jpg'><figcaption>Photograph: Emil Falk</figcaption></figure>",
}
OPENINGS = {
    "bare": "",
    "byline": "<p>By Anna Berg and Carl Dorn</p>",
    "dates": "<p>Published 14 March 2023, 08:00</p><p>3 min read</p>",
}
ENDINGS = {
    "bare": "",
    "topics": "<p>Topics: World News, Harbours, Storms</p>",
    "credit": "<p>(Reporting by Anna Berg; editing by Carl Dorn)</p>",
    "rights": "<p>© 2023 Northern Wire. All rights reserved.</p>",
}


def page(furniture, opening, ending):
    body = FURNITURE[furniture].join(f"<p>{one}</p>" for one in PARAGRAPHS)
    return (
        "<!DOCTYPE html><html lang='en'><head><title>Harbour stays closed</title></head><body>"
        "<header><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav></header>"
        "<main><article><h1>Harbour stays closed</h1>"
        f"{OPENINGS[opening]}{body}{ENDINGS[ending]}</article>"
        "<aside><h3>Most read</h3><a href='/3'>Goats on the loose in Vello</a></aside></main>"
        "<footer><p>Privacy policy | Contact us</p></footer></body></html>"
    )


def f1(text):
    """Return how well the words of ``text`` are those of the paragraphs (the headline may come or not)."""
    gold = Counter(" ".join(PARAGRAPHS).split())
    found = Counter(text.removeprefix("Harbour stays closed").split())
    shared = sum((gold & found).values())
    return 2 * shared / (sum(gold.values()) + sum(found.values()))


def read(html):
    article = parse_article(RawDocument("a", "a.html", "text/html", html.encode()))
    kept = list(article.text)
    for start, end in article.skipped:
        kept[start:end] = " " * (end - start)
    return "".join(kept).strip()


def by_itself(html):
    return trafilatura.extract(html, include_comments=False, include_tables=False) or ""


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("furniture", FURNITURE)
def test_every_paragraph_is_read_and_nothing_else(furniture, opening, ending):
    html = page(furniture, opening, ending)

    assert f1(read(html)) == 1.0
    assert f1(read(html)) >= f1(by_itself(html))


@pytest.mark.parametrize("around", ["article", "paragraphs"])
def test_what_is_called_after_an_advert_but_holds_the_article_is_read(around):
    html = page("plain", "bare", "bare")
    framed = (
        html.replace("<main>", "<main class='advert-content-wrap'>")
        if around == "article"
        else html.replace("<p>", "<section class='Report--Ads'><p>").replace("</p>", "</p></section>")
    )

    assert f1(read(framed)) >= f1(by_itself(framed)) > 0.9
