"""English is kept, whatever names it is full of; another language is set aside with its name."""

import tomllib
from pathlib import Path

import pytest

from ingest.languages import language_of
from ingest.parse import parse_article
from newsgraph.errors import ArticleError
from newsgraph.records import RawDocument

OTHERS = tomllib.loads(Path(__file__).with_name("other_languages.toml").read_text(encoding="utf-8"))

ENGLISH = [
    "Rain.",
    "Zelensky, Szijjártó, Çavuşoğlu and Nguyễn Phú Trọng met in Łódź.",
    "Wang Yi and Kim Jong Un did not meet Recep Tayyip Erdoğan at Dolmabahçe, Anadolu reported.",
    "Goals: Müller, Schäfer, Größe, Jürgens; sent off: Błaszczykowski, Szczęsny.",
    "“Nous sommes prêts”, she said, then left.",
]


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_is_known_from_two_sentences(code):
    assert language_of(OTHERS[code]) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_foreign_names_is_english(text):
    assert language_of(text) == "en"


def test_what_is_not_english_is_set_aside_with_its_language():
    with pytest.raises(ArticleError, match=r"a\.txt: not English \(de\)"):
        parse_article(RawDocument("a", "a.txt", "text/plain", OTHERS["de"].encode()))


def test_an_english_article_that_quotes_is_kept():
    text = f"The mayor of Lissa read from a letter: “{OTHERS['fr']}” Then the council left the hall."

    assert parse_article(RawDocument("a", "a.txt", "text/plain", text.encode())).language == "en"


def test_the_variety_that_the_publisher_names_is_kept():
    body = b'{"text": "The mayor of Lissa said so.", "language": "en-GB"}'

    assert parse_article(RawDocument("a", "a.jsonl:1", "application/json", body)).language == "en-GB"
