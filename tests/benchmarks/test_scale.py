"""Made-up articles that are what they claim to be, and the benchmark on a few of them."""

import json
import re
from dataclasses import replace

import pytest

from benchmarks.scale import __main__ as scale
from benchmarks.scale.made_extractions import COPIES_EVERY, Press
from graph.snapshots import open_reader
from graph.validate import violations
from newsgraph.records import Token
from tests.graph.made import made, spoken


def with_words(extraction):
    words = re.finditer(r"[\w-]+|[^\w\s]", extraction.text)
    tokens = tuple(Token(*word.span(), word[0].lower(), "X", "", -1, "dep") for word in words)
    return replace(extraction, tokens=tokens)


SAMPLES = [
    with_words(extraction)
    for _, extraction in (
        made("a"),
        made("b", speaker="Ida Jung", verb="said"),
        spoken("c", ("Anna Berg", "denied"), ("Emil Falk", "doubted"), (None, "said")),
    )
]


@pytest.fixture
def press():
    return Press(SAMPLES, 1, passages=(1, 3))


def test_what_was_read_stands_in_the_text(press):
    for number in range(60):
        article, extraction = press.article(number)
        names = {one.id: (one.name, *one.aliases) for one in extraction.entities}
        for mention in extraction.mentions:
            if mention.kind == "name":
                assert article.text[mention.start : mention.end] in names[mention.entity]
        for one in extraction.attributions:
            [(start, end)] = one.cue
            assert article.text[start:end] in ("denied", "said", "doubted")
        for token in extraction.tokens:
            assert article.text[token.start : token.end].strip()
            assert -1 <= token.head < len(extraction.tokens)


def test_an_article_is_the_same_whatever_was_made_before(press):
    assert press.article(7) == Press(SAMPLES, 1, passages=(1, 3)).article(7)
    assert press.article(7) != Press(SAMPLES, 2, passages=(1, 3)).article(7)
    assert len({press.article(number)[0].version_id for number in range(50)}) == 50


def test_some_are_copies(press):
    first, copy = (press.article(COPIES_EVERY - back) for back in (2, 1))

    assert first[0].text.startswith(copy[0].text)
    assert first[1].relations == copy[1].relations
    assert first[0].id != copy[0].id


def test_the_benchmark_goes_on_where_it_stopped_and_compares_with_a_rebuild(
    tmp_path, press, monkeypatch, capsys
):
    monkeypatch.setattr(scale, "samples", lambda _: SAMPLES)

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["scale", str(tmp_path), *arguments])
        scale.main()
        return json.loads(capsys.readouterr().out)

    assert run("--articles", "40", "--batch", "32")["articles"] == 40
    told = run("--articles", "70", "--check")

    assert told["articles"] == 70
    assert told["rebuild"]["same"]
    assert len((tmp_path / "batches.jsonl").read_text().splitlines()) == 3, "each batch once"
    reader = open_reader(tmp_path / "graph")
    assert violations(reader.store) == []
    assert {reader.kept(f"made-{number}")[0] for number in range(70)} == {
        Press(SAMPLES, 1, passages=(2, 4)).article(number)[0] for number in range(70)
    }
