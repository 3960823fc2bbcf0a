from datetime import date

import pytest

from ingest.parse import parse_article
from newsgraph.errors import ArticleError
from newsgraph.records import RawDocument

PARAGRAPHS = [
    "The mayor of Lissa said on Tuesday that the harbour would stay closed until the storm had passed.",
    "“Nobody should go out,” she told reporters in front of the town hall, “and nobody should come in.”",
    "The harbour master, Anders Vale, denied that two trawlers had been lost; he said that both had called.",
    "Officials expect the wind to drop on Thursday, according to the weather service of the province.",
]


ADVERT = '<div class="ad-slot"><p>Buy two umbrellas, pay one</p></div>'


def page(*, head="", encoding="utf-8", between=ADVERT):
    body = between.join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    text = (
        f"<!DOCTYPE html><html lang='en'><head><title>Harbour stays closed</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
        f"<article><h1>Harbour stays closed</h1>{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )
    return text.encode(encoding)


def parse(body):
    return parse_article(RawDocument("harbour", "harbour.html", "text/html", body))


def test_main_text_is_kept_and_menus_and_adverts_are_not():
    article = parse(page())

    assert [line for line in article.text.splitlines() if line in PARAGRAPHS] == PARAGRAPHS
    assert not {"umbrellas", "Sport", "All rights"} & set(article.text.split())
    assert article.id == "harbour"


def test_the_page_says_what_it_is():
    head = (
        '<link rel="canonical" href="https://drop.example/harbour">'
        '<meta property="og:site_name" content="The Drop">'
        '<meta property="article:published_time" content="2023-03-14T08:00:00Z">'
    )

    article = parse(page(head=head))

    assert article.id == article.url == "https://drop.example/harbour"
    assert (article.title, article.publisher) == ("Harbour stays closed", "The Drop")
    assert article.published == date(2023, 3, 14)


def test_advert_lines_between_paragraphs_are_passed_over():
    article = parse(page(between="<p>Advert</p>"))

    assert {article.text[start:end] for start, end in article.skipped} <= {"Advert"}


def test_the_page_says_who_wrote_it():
    head = '<meta name="author" content="Anna Berg; Carl Dorn; Newsroom Staff; Reuters">'

    article = parse(page(head=head))

    assert (article.authors, article.agency) == (("Anna Berg", "Carl Dorn"), "Reuters")


LD = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": %s}</script>'


@pytest.mark.parametrize(
    ("head", "between", "paywalled"),
    [
        ("", ADVERT, False),
        (LD % "false", ADVERT, True),
        (LD % '"False"', ADVERT, True),
        (LD % "true", '<div class="paywall">Pay</div>', False),
        ("", '<div class="article paywall">Pay</div>', True),
        ("", '<div class="no-paywall-here">Pay</div>', False),
        ('<meta property="article:content_tier" content="locked">', ADVERT, True),
        ('<meta property="article:content_tier" content="free">', ADVERT, False),
    ],
)
def test_a_page_tells_whether_everyone_may_read_it(head, between, paywalled):
    assert parse(page(head=head, between=between)).paywalled is paywalled


def test_byline_and_dateline_in_the_text_are_passed_over_and_kept():
    body = page().replace(b"<p>The mayor", b"<p>By Anna Berg</p><p>LISSA (Reuters) - The mayor", 1)

    article = parse(body)

    assert (article.authors, article.dateline, article.agency) == (("Anna Berg",), "LISSA", "Reuters")
    assert {article.text[start:end] for start, end in article.skipped} == {
        "By Anna Berg",
        "LISSA (Reuters) - ",
    }


def test_a_page_that_is_nested_very_deeply_gives_its_text_or_a_reason():
    deep = b"<div>" * 100_000 + page() + b"</div>" * 100_000

    with pytest.raises(ArticleError) as caught:
        parse(deep)

    assert "no main text" in caught.value.reason


def test_a_page_that_javascript_writes_is_told_so():
    body = (
        b"<html><head><title>x</title></head><body><div id='root'></div><script>draw()</script></body></html>"
    )

    with pytest.raises(ArticleError, match="its text is written by JavaScript"):
        parse(body)


def test_a_pdf_under_a_name_of_a_page_is_told():
    with pytest.raises(ArticleError, match="a PDF, not text"):
        parse(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")


@pytest.mark.parametrize("named", ["windows-1252", "ISO-8859-1"])
def test_the_encoding_that_a_page_names_is_used(named):
    article = parse(page(head=f'<meta charset="{named}">', encoding="windows-1252"))

    assert "“Nobody should go out,”" in article.text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html></html>", "no main text"),
        (page(encoding="windows-1252"), "not UTF-8 text: byte 0x93"),
        (
            page(head='<meta charset="nonsense">', encoding="windows-1252"),
            "encoding that is not known: nonsense",
        ),
        (page(head='<meta charset="ascii">').replace(b"Lissa", b"Liss\x81"), "not ascii"),
        (b"<div>" * 50_000, "no main text"),
    ],
)
def test_a_page_without_an_article_is_told_in_one_line(body, reason):
    with pytest.raises(ArticleError) as caught:
        parse(body)

    assert reason in caught.value.reason


def test_the_same_page_gives_the_same_text_again():
    assert parse(page()) == parse(page())
