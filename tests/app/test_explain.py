"""newsgraph explain: on extractions written by hand, and once with the shipped pipeline and a real store."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli import main
from app.explained import Fact, explanation, overview
from app.reading import Reading
from graph.articles import retract
from graph.query import run_query
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import article_iri
from newsgraph.records import (
    Article,
    Attribution,
    Entity,
    Extraction,
    Mention,
    PassedOver,
    Proposition,
    Relation,
    TextSpan,
    Value,
    Voice,
)
from tests.graph.made import RUN, made

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shown(monkeypatch, capsys):
    """Explain something in an extraction as if the pipeline had found it in a file."""

    def shown(extraction, *arguments):
        Path("a.txt").write_text(extraction.text, newline="")
        monkeypatch.setattr(
            "app.explain.load_extract", lambda threads, watch_list: lambda articles: [extraction]
        )
        status = main(["explain", "a.txt", *arguments])
        printed = capsys.readouterr()
        assert (status, printed.err) == (0, "")
        return printed.out

    return shown


@pytest.fixture
def explain(capsys):
    def explain(*arguments):
        status = main(["explain", *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return explain


@pytest.fixture
def no_statements(monkeypatch):
    def extract(articles):
        return [Extraction(one.id, one.text, one.title, one.published) for one in articles]

    monkeypatch.setattr("app.explain.load_extract", lambda threads, watch_list: extract)


def facts(extraction, what, article=None):
    """Return what is told of one thing, by label."""
    reading = Reading(article or Article(extraction.id, extraction.text), extraction)
    [record] = reading.find(what)
    told = [line for line in explanation(reading, record) if isinstance(line, Fact)]
    return {line.label: line.value for line in reversed(told)}  # of several the first


def span(text, words):
    start = text.index(words)
    return TextSpan(start, start + len(words))


def changed(**relation):
    """Return the hand-made extraction with something else about its narrated relation, r1."""
    _, extraction = made("a")
    struck, met = extraction.relations
    return replace(extraction, relations=(struck, replace(met, **relation)))


def with_pronoun():
    """Return an article in which somebody is "he", tells it through others and speaks of what was told."""
    text = "Anna Berg came. In a letter he told Carl Dorn, Reuters said, that the MQ-9 fell."
    attribution = Attribution(
        "a0",
        (span(text, "he"),),
        (span(text, "told"),),
        (span(text, "that the MQ-9 fell"),),
        "e0",
        "e2",
        "asserts",
        "certain",
        "indirect",
        0.9,
        "tell",
        "claim",
        "future",
        "e1",
        ("e2", "e1"),
        "letter",
        "a1",
    )
    outer = replace(attribution, id="a1", source=(), speaker=None, inside=None, relays=(), via=None)
    return Extraction(
        "a",
        text,
        sentences=(TextSpan(0, 15), TextSpan(16, len(text))),
        mentions=(
            Mention("m0", 0, 9, "PERSON", "name", "e0", 0.9),
            Mention("m1", *span(text, "he"), "PERSON", "pronoun", "e0", 0.9),
        ),
        entities=(
            Entity("e0", "Anna Berg", "PERSON"),
            Entity("e1", "Carl Dorn", "PERSON"),
            Entity("e2", "Reuters", "ORG"),
        ),
        attributions=(attribution, outer),
    )


def with_proposition():
    _, extraction = made("a")
    voices = (
        Voice("a0", "r0", "denies", 0.9, "the same words"),
        Voice(None, "r1", "asserts", 0.5, "told outright"),
    )
    text = "Carl Dorn struck the MQ-9"
    one = Proposition("p0", text, "struck", "e1", "e2", "2023-03-14", "carl dorn struck mq9", voices)
    return replace(extraction, propositions=(one,))


def test_without_what_each_statement_has_a_line_with_its_id(shown):
    out = shown(with_proposition())

    assert "\n  a0  Anna Berg denies: that Carl Dorn struck the MQ-9\n" in out
    assert "\n  r0  Carl Dorn struck MQ-9 [claimed by Anna Berg (denies), in a0]\n" in out
    assert "\n  r1  Anna Berg met Carl Dorn [the article's own voice]\n" in out
    assert "\n  p0  Carl Dorn struck the MQ-9 [Anna Berg denies; the article itself asserts]\n" in out


def test_an_attribution_has_its_parts_marked_and_what_it_holds(shown):
    out = shown(made("a")[1], "a0")

    assert "[source: Anna Berg] [cue: denied] [content: that Carl Dorn struck the MQ-9]." in out
    assert " met " not in out  # another sentence
    told = facts(made("a")[1], "a0")
    assert told["speaker"] == "“Anna Berg” (m0, name) → Anna Berg (e0, PERSON)"
    assert told["cue"] == "“denied”, of 'deny', type neutral"
    assert told["stance"] == "denies, certain"
    assert told["confidence"] == "0.90"
    assert told["holds"].startswith("r0: Carl Dorn struck MQ-9")


def test_what_is_not_known_has_no_line():
    told = facts(made("a")[1], "a0")

    assert not told.keys() & {"source", "via", "told to", "said in", "stands inside", "proposition"}
    assert not facts(made("a")[1], "r0").keys() & {"found by", "time", "until", "value", "place", "negated"}


def test_a_pronoun_is_followed_to_its_name():
    told = facts(with_pronoun(), "a0")

    assert told["speaker"] == "“he” (m1, pronoun) → Anna Berg (e0, PERSON)"
    assert told["speaker named"] == "last before, as “Anna Berg” (m0, name)"


def test_the_way_of_a_claim_is_told():
    told = facts(with_pronoun(), "a0")

    assert told["via"] == "Reuters (e2, ORG), then Carl Dorn (e1, PERSON)"
    assert (told["told to"], told["said in"]) == ("Carl Dorn (e1, PERSON)", "letter")
    assert (told["cue"], told["temporality"]) == ("“told”, of 'tell', type claim", "future")
    assert told["stands inside"] == "a1: somebody who is not named asserts: that the MQ-9 fell"


def test_an_attribution_without_a_source_says_so():
    told = facts(with_pronoun(), "a1")

    assert told["source"] == "none is given"
    assert "speaker" not in told
    assert told["holds"].startswith("a0: Anna Berg asserts")


def test_a_relation_has_evidence_and_both_sides_marked(shown):
    out = shown(made("a")[1], "r0")

    assert "Anna Berg denied [evidence: that [subject: Carl Dorn] struck the [object: MQ-9]]." in out
    told = facts(made("a")[1], "r0")
    assert told["predicate"].startswith("struck: ")
    assert told["voice"] == "claimed by Anna Berg (denies), in a0"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "yes"),
        ({"attribution": "a0"}, "no: it is a claim, not the article's own word"),
        ({"negated": True}, "no: it is negated"),
        ({"modality": "planned"}, "no: it is planned, not actual"),
        ({"predicate": "wave at"}, "no: its predicate is an open one"),
        ({"object": "e0"}, "no: subject and object are one thing in the graph"),
        ({"object": "e3"}, "no: a date or a sum is no thing of the graph"),
        (
            {"predicate": "wave at", "negated": True, "attribution": "a0"},
            "no: it is negated; its predicate is an open one",
        ),
    ],
)
def test_a_relation_tells_why_it_is_no_simple_edge(change, expected):
    assert facts(changed(**change), "r1")["simple edge"] == expected


def test_the_simple_edges_are_those_of_the_view(tmp_path):
    article, extraction = made("a")
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add([(article, extraction)], RUN)
    question = "SELECT DISTINCT ?p { ?e a ng:Edge ; rdf:predicate ?p }"
    edges = run_query(open_reader(tmp_path / "data" / "graph"), question, "csv")

    told = {one.predicate: facts(extraction, one.id, article)["simple edge"] for one in extraction.relations}
    assert [name for name, is_edge in told.items() if is_edge == "yes"] == ["met"]
    assert edges.split()[1:] == ["https://w3id.org/newsgraph/ns#met"]


def test_the_circumstances_of_a_relation():
    values = (Value("money", 32_000_000, "USD", 0, 9, "at least"), Value("count", 2.5, "tonne", 0, 4))
    told = facts(
        changed(
            rule="light verb",
            time_basis="weekday before publication",
            until="2023-03-16",
            duration="P2D",
            post="chief",
            place="e2",
            values=values[:1],
        ),
        "r1",
    )

    assert told["found by"] == "the rule 'light verb'"
    assert told["time"] == "2023-03-14 (from: weekday before publication)"
    assert (told["until"], told["duration"], told["post"]) == ("2023-03-16", "P2D", "chief")
    assert told["place"] == "MQ-9 (e2, PRODUCT)"
    assert told["value"] == "at least 32,000,000 USD (“Anna Berg”)"
    assert facts(changed(values=values[1:]), "r1")["value"] == "2.5 tonne (“Anna”)"


def test_a_proposition_has_all_its_voices_with_their_sentences(shown):
    out = shown(with_proposition(), "p0")

    assert "Carl Dorn (e1, PERSON) struck MQ-9 (e2, PRODUCT)" in out
    assert "carl dorn struck mq9" in out
    assert "\nAnna Berg: denies\n" in out
    assert "\nthe article itself: asserts\n" in out
    assert "0.90" in out
    assert "the same words" in out
    assert "[cue: denied]" in out
    assert "[evidence: Anna Berg met Carl Dorn on Tuesday.]" in out


def test_statements_tell_on_which_proposition_they_are_voices():
    assert facts(with_proposition(), "a0")["proposition"] == "p0: denies “Carl Dorn struck the MQ-9”"
    assert facts(with_proposition(), "r1")["proposition"] == "p0: asserts “Carl Dorn struck the MQ-9”"


@pytest.mark.parametrize("name", ["e0", "Anna Berg", "anna  BERG", "berg"])
def test_an_entity_is_found_by_id_name_or_alias(name):
    told = facts(with_proposition(), name)

    assert (told["type"], told["aliases"], told["salience"]) == ("PERSON", "Berg", "0.90")
    assert told["as name"] == "“Anna Berg” (m0, name), “Anna Berg” (m3, name)"
    assert told["speaker"].startswith("a0: Anna Berg denies")
    assert told["subject"].startswith("r1: Anna Berg met")


def test_an_entity_tells_what_is_said_of_it():
    told = facts(with_proposition(), "MQ-9")

    assert told["spoken of"].startswith("a0: ")
    assert told["object"].startswith("r0: ")
    assert facts(with_pronoun(), "Carl Dorn")["told"].startswith("a0: ")
    assert facts(with_pronoun(), "Reuters")["relay"].startswith("a0: ")


def test_of_one_name_all_are_told(shown):
    _, extraction = made("a")
    twin = Entity("e9", "Berg", "LOC")

    out = shown(replace(extraction, entities=(*extraction.entities, twin)), "Berg")

    assert "\ne0 · Anna Berg\n" in out
    assert "\ne9 · Berg\n" in out


def test_an_id_goes_before_a_name_that_looks_like_one(shown):
    _, extraction = made("a", object_="E1")

    assert "\ne1 · Carl Dorn\n" in shown(extraction, "e1")
    assert "\ne2 · E1\n" in shown(extraction, "E1")


def test_a_mention_tells_what_it_means(shown):
    out = shown(with_pronoun(), "m1")

    assert "In a letter [pronoun: he] told" in out
    assert "“he” (m1, pronoun) → Anna Berg (e0, PERSON)" in out


def test_what_was_passed_over_is_told_where_it_is_near(shown):
    _, extraction = made("a")
    struck = PassedOver(*span(extraction.text, "struck"), "relation", "its object is no thing")
    extraction = replace(extraction, passed_over=(struck,))

    for what in ("a0", "r0", "e2", "m1"):
        told = shown(extraction, what)
        near = told.partition("\n\npassed over nearby\n")[2]
        assert " ".join(near.split()) == "relation “struck”: its object is no thing", what
    assert "passed over" not in shown(extraction, "r1")


def test_colours_are_for_terminals_unless_they_are_refused(shown, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in shown(made("a")[1], "a0")

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    out = shown(made("a")[1], "a0")
    assert "\x1b[32mAnna Berg\x1b[0m \x1b[33mdenied\x1b[0m" in out
    assert "[source" not in out

    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown(made("a")[1], "a0")


def test_parts_may_cross(shown):
    text = "One two three."
    attribution = replace(
        with_pronoun().attributions[1],
        id="a0",
        source=(TextSpan(0, 7),),
        cue=(),
        content=(TextSpan(4, 13),),
    )
    extraction = Extraction("a", text, sentences=(TextSpan(0, 14),), attributions=(attribution,))

    assert "[source: One ][content: [source: two] three]." in shown(extraction, "a0")


def test_a_content_of_several_sentences_is_told_without_what_lies_between(shown):
    _, extraction = made("a")
    [one] = extraction.attributions
    last = TextSpan(len(extraction.text) - 8, len(extraction.text) - 1)
    text = extraction.text.replace(". ", ". \x1b[2J Advert\n", 1)
    moved = len(text) - len(extraction.text)
    shifted = [TextSpan(last.start + moved, last.end + moved)]
    first, second = extraction.sentences
    extraction = replace(
        extraction,
        text=text,
        sentences=(first, TextSpan(second.start + moved, second.end + moved)),
        attributions=(replace(one, content=(*one.content, *shifted)),),
    )

    out = shown(extraction, "a0")

    assert "struck the MQ-9]. … Anna Berg met Carl Dorn on [content: Tuesday]." in out


def test_an_article_cannot_steer_the_terminal(shown):
    _, extraction = made("a", other="Carl\x1b[2JDorn\u202e")

    for what in ((), ("a0",), ("e1",), ("m1",)):
        out = shown(extraction, *what)
        assert "Carl\N{REPLACEMENT CHARACTER}[2JDorn" in out
        assert not {"\x1b", "\u202e"} & set(out)


def test_a_statement_without_sentences_is_told_by_its_own_words(shown):
    extraction = replace(made("a")[1], sentences=(), mentions=(), entities=())

    assert "[source: Anna Berg] … [cue: denied]" in shown(extraction, "a0")
    assert "e1 “strike” e2" in shown(
        replace(extraction, relations=(replace(extraction.relations[0], predicate="strike"),)), "r0"
    )


def test_title_and_day_are_as_for_extract(shown):
    out = shown(made("a")[1], "--title", "Drones", "--published", "2023-03-16")

    assert out.startswith("a · Drones · 2023-03-16\n")


def test_an_article_of_the_store_is_not_read_again(tmp_path, explain, monkeypatch):
    url = "https://news.example/" + "a" * 300  # longer than any file's name
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add([made(url), made("b", object_="Su-27")], RUN)
    monkeypatch.setattr(
        "app.explain.load_extract", lambda threads, watch_list: pytest.fail("the pipeline is loaded")
    )

    status, out, err = explain(url, "a0")
    assert (status, err) == (0, "")
    assert "[cue: denied] [content: that Carl Dorn struck the MQ-9]" in out
    assert "struck the Su-27" in explain("b")[1]

    status, out, err = explain("nowhere.txt")
    assert (status, out) == (1, "")
    assert err == (
        "newsgraph: nowhere.txt: no such file, and no article in the graph is 'nowhere.txt'; "
        "'newsgraph query articles' lists those that are there\n"
    )


def test_an_article_of_the_store_may_be_named_by_its_iri_and_one_that_is_out_is_told_so(tmp_path, explain):
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add([made("a"), made("b", object_="Su-27")], RUN)

    assert "struck the Su-27" in explain(article_iri("b").value)[1]
    retract(tmp_path / "data" / "graph", "b", by="kim", at=datetime.now(UTC))
    for given in ("b", article_iri("b").value):
        assert explain(given)[2] == (
            f"newsgraph: {given}: no such file, and b is retracted; 'newsgraph query retracted' tells why\n"
        )


@pytest.mark.parametrize("given", ["nowhere.txt", "", "a\0b", "x" * 5000, "\udcff"])
def test_neither_a_file_nor_a_store_is_one_line(given, explain, tmp_path):
    status, out, err = explain(given)

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "no such file, and there is no store in data/graph" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["a9", "nobody", "", "ANNA", "\x1b"])
def test_what_is_not_there_is_one_line_that_names_what_is(what, explain, monkeypatch):
    Path("a.txt").write_text(made("a")[1].text)
    monkeypatch.setattr(
        "app.explain.load_extract", lambda threads, watch_list: lambda articles: [made("a")[1]]
    )

    status, out, err = explain("a.txt", what)

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "some names: Anna Berg, Carl Dorn, MQ-9" in err


@pytest.mark.usefixtures("no_statements")
def test_an_article_without_statements(explain):
    Path("a.txt").write_text("Rain fell.")

    assert explain("a.txt") == (0, "a\n\nno attribution, no relation and no proposition was read here\n", "")
    assert explain("a.txt", "a0") == (
        1,
        "",
        "newsgraph: a.txt: 'a0' is not in it: nothing was found there at all\n",
    )


def test_an_article_without_statements_tells_what_was_passed_over():
    extraction = Extraction("a", "Rain.", passed_over=(PassedOver(0, 4, "attribution", "no cue"),))

    assert list(overview(Reading(Article("a", "Rain."), extraction)))[-1] == ("attribution", "“Rain”: no cue")


@pytest.mark.usefixtures("no_statements")
def test_files_that_cannot_be_read_are_one_line(explain):
    Path("empty.txt").touch()
    Path("empty.jsonl").touch()
    Path("binary.txt").write_bytes(b"\xff\xfe\0")
    Path("folder").mkdir()

    for name in ("empty.txt", "empty.jsonl", "binary.txt", "folder"):
        for what in ((), ("a0",)):
            status, out, err = explain(name, *what)
            assert (status, out, err.count("\n")) == (1, "", 1), name


def test_of_several_articles_those_are_told_that_have_it(explain, monkeypatch):
    Path("all.jsonl").write_text('{"text": "One."}\n{"text": \n{"text": "Three."}\n')
    names = {"all#1": "MQ-9", "all#2": "MQ-9", "all#3": "Su-27"}

    def extract(articles):
        return [made(one.id, object_=names[one.id])[1] for one in articles]

    monkeypatch.setattr("app.explain.load_extract", lambda threads, watch_list: extract)

    status, out, err = explain("all.jsonl")
    assert (status, out.count("\n2 relations\n"), err.count("\n")) == (1, 2, 1)

    status, out, err = explain("all.jsonl", "su-27")
    assert out.startswith("all#3\n\ne2 · Su-27\n")
    assert err.count("\n") == 1  # the broken line

    status, out, err = explain("all.jsonl", "nobody")
    assert (out, err.count("\n")) == ("", 2)


def test_relations_of_a_dangling_attribution_are_told(shown):
    extraction = replace(
        made("a")[1],
        attributions=(),
        relations=(Relation("r0", "met", "e7", "e8", 0, 5, False, "actual", None, None, None, 0.5),),
    )

    assert "e7 met e8" in shown(extraction, "r0")


@pytest.mark.model
@pytest.mark.slow
def test_a_claim_is_explained_from_a_file_and_from_the_store(tmp_path):
    claim = "The minister Anna Berg denied on Tuesday that a drone had crossed the border at Vello.\n"
    (tmp_path / "claim.txt").write_text(claim)

    def newsgraph(*arguments, given=None):
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", *arguments],
            input=given,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NEWSGRAPH_WORKERS": "1"},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    read = newsgraph("explain", "claim.txt", "a0")
    assert "[cue: denied]" in read
    assert "[content: that a drone had crossed the border at Vello]." in read
    assert "→ Anna Berg (" in read
    assert "[cue: denied]" in newsgraph("explain", "-", "a0", given=claim)

    newsgraph("ingest", "claim.txt")
    assert newsgraph("explain", "claim", "a0") == read
    assert "a0" in newsgraph("explain", "claim", "anna berg")
