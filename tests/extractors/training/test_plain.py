"""Texts without gold."""

import json

import pytest

from extractors.training.plain import ECB, SPEECHES, WIKIPEDIA, read_plain
from extractors.training.samples import LINE_BREAK, CorpusError

TOKENS = """<Document><token t_id="1" sentence="0">Jets</token><token t_id="2" sentence="0">fell</token>
<token t_id="3" sentence="0">.</token><token t_id="4" sentence="1">Nobody</token></Document>"""


@pytest.fixture
def corpora(tmp_path):
    for folder in (f"{SPEECHES}/Session 73", f"{ECB}/1", WIKIPEDIA):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / SPEECHES / "Session 73/AAA.txt").write_text("We thank you.\n\nPeace!", encoding="utf-8")
    (tmp_path / ECB / "1/1_1.xml").write_text(TOKENS, encoding="utf-8")
    pages = [{"title": "Orm", "sents": [["Orm", "is", "a", "port", "."]]}]
    (tmp_path / WIKIPEDIA / "dev.json").write_text(json.dumps(pages), encoding="utf-8")
    return tmp_path


def test_all_three_kinds_are_read_and_none_is_held_out(corpora):
    speech, report, page = read_plain(corpora, "train")

    assert speech.words == ("We", "thank", "you", ".", "Peace", "!")
    assert speech.gaps[4] == LINE_BREAK
    assert report.words == ("Jets", "fell", ".", "Nobody")
    assert page.id == "Orm"
    assert not list(read_plain(corpora, "dev"))


def test_a_torn_file_is_named(corpora):
    (corpora / ECB / "1/1_1.xml").write_text("<Document><token", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"1_1\.xml"):
        list(read_plain(corpora, "train"))
