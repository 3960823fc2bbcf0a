"""One made-up report with all that makes a report hard: denials, agencies, three stances on one thing."""

import pytest

from tests.extractors.reading import read

TEXT = """\
A Danish fighter jet crashed into a Polish drone over the Baltic Sea on 14 March, and the drone fell into \
the water.
Danish officials denied on Thursday that the F-16 had come into contact with the MQ-9, and said that Poland \
was to blame.
According to Reuters, the Danish government claimed that the drone had turned sharply.
The $30 million MQ-9 had been flying in international airspace.
Defence Minister Jonas Holm said he spoke with his Polish counterpart Anna Zielinska on Wednesday (15 March).
Piotr Nowak, the head of Poland's Armaments Agency, told reporters (via Tass): "We don't know whether we \
will get it back."
Holm appeared alongside General Maria Keller, who said: "We know that the flight was planned. The \
contact between the jet and the drone, that remains to be seen."
Despite Denmark's denial of the collision, many fear that the dispute could lead to sanctions.
"""


@pytest.fixture(scope="module")
def article(nlp):
    return read(nlp, TEXT)


def names(article):
    return {one.id: one.name for one in article.entities}


def voices(article, predicate):
    """Return who takes which stance on the one proposition with a predicate; None is the article itself."""
    [proposition] = [one for one in article.propositions if one.predicate == predicate]
    speakers = {one.id: names(article).get(one.speaker) for one in article.attributions}
    return {(speakers.get(one.attribution), one.stance) for one in proposition.voices}


def test_three_voices_meet_on_the_contact(article):
    assert voices(article, "collidedWith") == {
        ("Danish officials", "denies"),
        ("Maria Keller", "undetermined"),
        (None, "asserts"),
    }


def test_what_is_only_said_is_nobodys_fact(article):
    facts = {
        (names(article)[one.subject], one.predicate, names(article)[one.object])
        for one in article.relations
        if one.attribution is None and one.modality == "actual" and not one.negated
    }

    assert facts == {
        ("Danish fighter jet", "crashedInto", "Polish drone"),
        ("Piotr Nowak", "leads", "Armaments Agency"),
        ("Jonas Holm", "appearedWith", "Maria Keller"),
    }


def test_the_talk_is_dated_by_its_weekday_where_no_publication_date_is_known(article):
    [talk] = [one for one in article.relations if one.predicate == "spokeWith"]

    assert (names(article)[talk.subject], names(article)[talk.object]) == ("Jonas Holm", "Anna Zielinska")
    assert talk.time == "2023-03-15"
    assert talk.attribution is not None


def test_agencies_pass_on_and_do_not_speak(article):
    relays = {names(article)[one.speaker]: one.relays for one in article.attributions if one.relays}

    assert {who: [names(article)[one] for one in given] for who, given in relays.items()} == {
        "Danish government": ["Reuters"],
        "Piotr Nowak": ["Tass"],
    }


def test_stances_are_told_apart(article):
    stances = {(names(article).get(one.speaker), one.cue_lemma): one.stance for one in article.attributions}

    assert stances["Danish officials", "deny"] == "denies"
    assert stances["Danish officials", "say"] == "asserts"
    assert stances["Denmark", "denial"] == "denies"
    assert stances["Piotr Nowak", "tell"] == "undetermined"
