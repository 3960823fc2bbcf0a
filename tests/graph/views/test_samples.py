"""The three views over the sample articles: facts that a reader of the articles would look for."""

import time

import pytest
from pyoxigraph import Literal

from graph.snapshots import open_reader
from graph.terms import ARTICLES, LABEL, VIEW, ng, term
from graph.views import article, dispute, entity
from tests.conftest import SAMPLES

pytestmark = [pytest.mark.model, pytest.mark.slow]
CALDER = "https://calder-tribune.example/national-security/austin-shoigu-call-drone"


@pytest.fixture(scope="module")
def reader(sample_folder):
    return open_reader(sample_folder / "graph")


def seen(reader, name, **parameters):
    [quad, *_] = reader.store.quads_for_pattern(None, LABEL, Literal(name), VIEW)
    return entity.view(reader, {"iri": quad.subject.value, **parameters})


def words(passage):
    return " ".join("".join(one.text for one in passage).split())


def test_whom_austin_spoke_with_and_who_says_so(reader):
    # "Defense Secretary Lloyd Austin spoke by phone on Wednesday with Russian Defense Minister Sergei Shoigu"
    contacts = seen(reader, "Lloyd Austin", part="contacts").contacts.items

    [call] = [one for one in contacts if one.article.publisher == "The Calder Tribune"]
    assert {call.subject.name, call.object.name} == {"Lloyd Austin", "Sergei Shoigu"}
    assert (call.time, call.is_fact, call.voice.kind) == ("2023-03-15", True, "narrator")
    assert "spoke by phone on Wednesday" in words(call.passage)


def test_that_the_ministry_confirms_is_its_word_and_no_fact(reader):
    # "The Russian ministry confirmed that Gerasimov and Milley had spoken."
    contacts = seen(reader, "Mark Milley", part="contacts").contacts.items

    [confirmed] = [one for one in contacts if "confirmed that" in words(one.passage)]
    assert "ministry" in confirmed.voice.speaker.name
    assert (confirmed.voice.stance, confirmed.is_fact) == ("asserts", False)


def test_milley_leaves_open_whether_it_was_meant(reader):
    # "… conceded on Wednesday that he was not yet sure whether contact between the two aircraft …"
    said = seen(reader, "Mark Milley", part="said").said.items

    assert any(
        one.voice.stance == "undetermined" and "not yet sure whether contact" in words(one.passage)
        for one in said
    )
    assert any(one.voice.stance == "asserts" and "“We know,” he said" in words(one.passage) for one in said)


def test_peskov_is_spokesman_of_the_kremlin(reader):
    posts = seen(reader, "Dmitry Peskov", part="posts").posts.items

    assert any("spokesman" in one.post and one.object.name == "Kremlin" and one.facts for one in posts)


def test_moscow_denies_the_collision_that_the_us_military_asserts(reader):
    told = reader.store.quads_for_pattern(None, ng("statement"), None, VIEW)
    nodes = {one.subject.value for one in told if one.object.value == "MQ-9 Reaper collided with Su-27"}
    views = [dispute.view(reader, {"iri": node}) for node in nodes]

    general = next(one for one in views if not one.time)
    stances = {
        row.speaker.name: {cell.stance for cell in row.cells if cell.total} for row in general.voices.items
    }
    # "… the US military said. Russia's defence ministry denied that its aircraft had touched the drone."
    assert stances["US military"] == {"asserts"}
    assert stances["Russia's defence ministry"] == {"denies"}
    assert all(row.kind != "narrator" for row in general.voices.items), "no article says so itself"


def test_the_texts_are_those_of_the_files(reader):
    for path in SAMPLES.glob("*.txt"):
        url = next(
            (line[5:] for line in path.read_text().splitlines() if line.startswith("URL: ")), path.stem
        )

        shown = article.view(reader, {"iri": url})

        stretches = [one for p in shown.paragraphs for run in p.runs for one in run.stretches]
        assert "".join(one.text for one in stretches) == path.read_text()
        assert "skipped" in stretches[0].roles or not path.read_text().startswith("Title:")


def test_the_article_lists_who_says_what(reader):
    claims = article.view(reader, {"iri": CALDER}).claims

    # "CNN, citing two US officials, reported that the Russians had already reached the site"
    [reported] = [one for one in claims if one.content.startswith("that the Russians had already reached")]
    assert reported.speaker.name == "two US officials"
    assert [one.name for one in reported.relays] == ["CNN"]
    # "Shoigu told his American counterpart that …, the Defense Ministry said"
    shoigus = [one for one in claims if one.speaker and one.speaker.name == "Sergei Shoigu"]
    [shoigu] = [one for one in shoigus if one.cue == "told"]
    assert "ministry" in next(one.speaker.name for one in claims if one.id == shoigu.inside)
    # "It quoted the minister as saying that drone flights off the coast of Crimea were provocative."
    [quoted] = [one for one in shoigus if one is not shoigu]
    assert [one.name for one in quoted.relays] == [
        next(one for one in claims if one.id == shoigu.inside).speaker.name
    ]
    # "Russia's Defense Ministry denies it." "Kirby would not confirm the report."
    stances = {(one.speaker.name, one.cue): one.stance for one in claims if one.speaker}
    assert stances["Russia's defence ministry", "denies"] == "denies"
    assert stances["John Kirby", "would not confirm"] == "undetermined"


def test_every_thing_proposition_and_article_can_be_shown(reader):
    kinds = ((entity, ng("CanonicalEntity")), (dispute, ng("CanonicalProposition")))
    nodes = [(module, quad.subject) for module, kind in kinds
             for quad in reader.store.quads_for_pattern(None, None, kind, VIEW)]  # fmt: skip
    nodes += [
        (article, quad.subject)
        for quad in reader.store.quads_for_pattern(None, None, term("schema:NewsArticle"), ARTICLES)
    ]
    begun = time.process_time()

    for module, node in nodes:
        module.view(reader, {"iri": node.value})

    assert (time.process_time() - begun) / len(nodes) < 0.5
