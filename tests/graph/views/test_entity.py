"""The view of an entity on a small store: what it says, does, and is held to be."""

from dataclasses import asdict

import pytest
from pyoxigraph import Literal

from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import LABEL, VIEW
from graph.views import decide
from graph.views.entity import view
from graph.views.statements import PAGE
from newsgraph.errors import DecisionError, QueryError, UnknownThingError
from newsgraph.gazetteer import thing_of
from tests.graph.made import RUN, made, naming, speaking


def store_of(folder, *pairs):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)
    return open_reader(folder)


def iri_of(reader, name):
    [quad] = reader.store.quads_for_pattern(None, LABEL, Literal(name), VIEW)
    return quad.subject.value


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    # Anna Berg denied that Carl Dorn struck the MQ-9. Anna Berg met Carl Dorn on Tuesday.
    return store_of(tmp_path_factory.mktemp("graph"), made("a"))


def seen(reader, name, **parameters):
    return view(reader, {"iri": iri_of(reader, name), **parameters})


def marked(passage, role):
    return "".join(one.text for one in passage if role in one.roles)


def test_what_one_says_is_shown_with_the_very_words(reader):
    anna = seen(reader, "Anna Berg")

    [said] = anna.said.items
    assert (said.voice.stance, said.cue, said.voice.speaker.name) == ("denies", "deny", "Anna Berg")
    assert "".join(one.text for one in said.passage) == "Anna Berg denied that Carl Dorn struck the MQ-9."
    assert marked(said.passage, "source") == "Anna Berg"
    assert marked(said.passage, "cue") == "denied"
    assert marked(said.passage, "content") == "that Carl Dorn struck the MQ-9"
    assert (said.article.publisher, said.article.published) == ("Northern Wire", "2023-03-16")
    assert anna.about.items == ()


def test_what_is_said_of_one_is_somebody_elses(reader):
    carl = seen(reader, "Carl Dorn")

    [about] = carl.about.items
    assert (about.voice.speaker.name, about.voice.stance) == ("Anna Berg", "denies")
    assert carl.said.items == ()


def test_what_is_claimed_stays_apart_from_what_the_article_tells(reader):
    carl = seen(reader, "Carl Dorn")

    met, struck = carl.timeline.items[::-1]  # of the 14th; of no day, so of the article's, the 16th
    assert (met.subject.name, met.predicate, met.object.name, met.time) == (
        "Anna Berg",
        "met",
        "Carl Dorn",
        "2023-03-14",
    )
    assert met.is_fact
    assert met.voice.kind == "narrator"
    assert (struck.predicate, struck.object.name, struck.is_fact) == ("struck", "MQ-9", False)
    assert (struck.voice.kind, struck.voice.speaker.name, struck.voice.stance) == (
        "speaker",
        "Anna Berg",
        "denies",
    )
    assert marked(struck.passage, "evidence") == "that Carl Dorn struck the MQ-9"
    assert [one.iri for one in carl.contacts.items] == [met.iri]


def test_neighbours_are_summed_up(reader):
    told = {one.thing.name: one for one in seen(reader, "Carl Dorn").neighbours.items}

    assert (told["Anna Berg"].ways, told["Anna Berg"].facts, told["Anna Berg"].claims) == (("↔ met",), 1, 0)
    assert (told["MQ-9"].ways, told["MQ-9"].facts, told["MQ-9"].claims) == (("→ struck",), 0, 1)
    assert seen(reader, "MQ-9").neighbours.items[0].ways == ("← struck",)


def test_one_part_alone_is_shown_when_asked_for(reader):
    anna = seen(reader, "Anna Berg", part="articles")

    assert (anna.said, anna.timeline, anna.identity) == (None, None, None)
    assert [(one.name, one.article.title) for one in anna.articles.items] == [("Anna Berg", "About MQ-9")]
    none = dict.fromkeys(("about", "posts", "identity"), 0)
    assert anna.counts == none | dict.fromkeys(("said", "contacts", "timeline", "neighbours", "articles"), 1)


def test_long_lists_come_page_by_page_each_row_once(tmp_path):
    reader = store_of(tmp_path, *(made(f"a{number:03}") for number in range(PAGE + 7)))

    pages = [seen(reader, "Anna Berg", part="said", page=str(page)).said for page in (1, 2, 3)]

    assert [len(one.items) for one in pages] == [PAGE, 7, 0]
    assert [(one.total, one.pages) for one in pages] == [(PAGE + 7, 2)] * 3
    assert len({said.iri for one in pages for said in one.items}) == PAGE + 7
    assert len(seen(reader, "Anna Berg").said.items) < 10


def test_a_known_thing_is_told_with_its_identifiers(tmp_path):
    reader = store_of(tmp_path, speaking("k", "Kremlin", "seat/kremlin", "government/russia"))

    [known] = seen(reader, "Kremlin").known

    assert (known.name, known.part_of) == (thing_of("seat/kremlin").name, thing_of("government/russia").name)
    assert known.same_as == thing_of("seat/kremlin").same_as


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({}, QueryError),
        ({"iri": "not an iri"}, QueryError),
        ({"iri": "https://newsgraph.example/id/person-nobody-00000000"}, UnknownThingError),
        ({"iri": "https://newsgraph.example/id/article-0000"}, UnknownThingError),
        ({"iri": "urn:x> } DROP ALL #"}, QueryError),
        ({"iri": "urn:x", "part": "all"}, QueryError),
        ({"iri": "urn:x", "page": "1e9"}, QueryError),
    ],
)
def test_what_makes_no_sense_is_refused(reader, parameters, error):
    with pytest.raises(error):
        view(reader, parameters)


def by(**more):
    return {"by": "kim", **more}


def test_a_reviewers_decision_is_shown_and_shown_as_taken_back(tmp_path):
    store_of(tmp_path, made("a"), made("b", speaker="Ann Berg"))
    before = iri_of(open_reader(tmp_path), "Ann Berg")

    told = decide.same(tmp_path, by(one="Anna Berg", other="Ann Berg", reason="married in 2020"))
    joined = view(open_reader(tmp_path), {"iri": before})  # which has become another's

    assert "1 article changed" in told
    assert joined.counts["said"] == 2
    [decision] = joined.identity.reviewers
    assert (decision.judgement, decision.by, decision.reason, decision.status) == (
        "same",
        "kim",
        "married in 2020",
        "in force",
    )
    decide.undo(tmp_path, by(decision=decision.id))
    apart = open_reader(tmp_path)
    assert {
        view(apart, {"iri": iri_of(apart, name)}).counts["said"] for name in ("Anna Berg", "Ann Berg")
    } == {1}
    [taken_back] = view(apart, {"iri": before, "part": "identity"}).identity.reviewers
    assert (taken_back.status, taken_back.revoked_by) == ("taken back", "kim")


def test_one_articles_entity_can_be_taken_out_of_its_name(tmp_path):
    reader = store_of(tmp_path, made("a"), made("b"))
    anna = iri_of(reader, "Anna Berg")
    first, second = view(reader, {"iri": anna, "part": "articles"}).articles.items

    decide.different(tmp_path, by(one=second.iri, other=anna, reason="a namesake"))

    after = view(open_reader(tmp_path), {"iri": anna, "part": "articles"})
    assert [one.iri for one in after.articles.items] == [first.iri]
    assert after.counts["identity"] == 1


@pytest.mark.parametrize(
    ("act", "parameters", "error"),
    [
        (decide.same, by(one="Anna Berg"), QueryError),
        (decide.same, {"one": "Anna Berg", "other": "Carl Dorn"}, QueryError),
        (decide.same, by(one="Anna Berg", other="Nobody At All"), DecisionError),
        (decide.undo, by(decision="decision-1"), DecisionError),
    ],
)
def test_a_step_that_is_not_clear_is_refused(tmp_path, act, parameters, error):
    store_of(tmp_path, made("a"))

    with pytest.raises(error):
        act(tmp_path, parameters)


def test_what_newsgraph_decided_is_shown_with_all_that_was_weighed(tmp_path):
    pairs = [naming("x", ("Robert Hale", "PERSON")), naming("y", ("Bob Hale", "PERSON"))]
    reader = store_of(tmp_path, *pairs)
    [quad, *_] = reader.store.quads_for_pattern(None, LABEL, Literal("Robert Hale"), VIEW)

    hale = view(reader, {"iri": quad.subject.value, "part": "identity"})

    [decision] = hale.identity.machine.items
    assert {decision.one.name, decision.other.name} == {"Robert Hale", "Bob Hale"}
    assert 0 < decision.score < 1
    assert decision.reason
    assert decision.features
    assert "weights" in decision.by
    assert decision.is_apart == (decision.judgement != "same")


def test_the_data_is_plain(reader):
    def check(value):
        if isinstance(value, dict):
            assert all(isinstance(key, str) for key in value)
            value = list(value.values())
        if isinstance(value, list | tuple):
            for one in value:
                check(one)
        else:
            assert value is None or isinstance(value, str | int | float | bool)

    check(asdict(seen(reader, "Anna Berg")))
