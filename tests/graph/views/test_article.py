"""The view of an article on a small store: its statements, copies and versions. Its text: test_markup."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pyoxigraph import NamedNode

from graph.provenance import RunInfo
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import TYPE, VIEW, article_iri, ng
from graph.views.article import view
from graph.views.marked import MOST_CHARACTERS
from newsgraph.errors import QueryError, StoreBusyError, UnknownThingError
from newsgraph.records import Relation, Value
from tests.graph.copied import reprinted, telling, updated, wire
from tests.graph.made import RUN, made, spoken


def store_of(folder, *pairs):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)
    return open_reader(folder)


def seen(reader, article_id, **parameters):
    return view(reader, {"iri": article_iri(article_id).value, **parameters})


def shown_text(article):
    return "".join(
        one.text for paragraph in article.paragraphs for run in paragraph.runs for one in run.stretches
    )


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return store_of(
        tmp_path_factory.mktemp("graph"), made("a"), spoken("b", ("Ida Jung", "said"), (None, "said"))
    )


def test_who_says_what_is_listed(reader):
    [claim] = seen(reader, "a").claims

    assert (claim.id, claim.speaker.name, claim.cue, claim.stance) == ("a0", "Anna Berg", "denied", "denies")
    assert (claim.content, claim.certainty) == ("that Carl Dorn struck the MQ-9", "certain")


def test_each_relation_tells_whose_it_is(reader):
    struck, met = seen(reader, "a").relations

    assert (struck.claim, struck.speaker.name, struck.standing) == ("a0", "Anna Berg", "attributedonly")
    assert (met.claim, met.speaker, met.standing, met.time) == ("", None, "narratorasserted", "2023-03-14")
    assert (met.subject.name, met.predicate, met.object.name) == ("Anna Berg", "met", "Carl Dorn")


def test_what_several_voices_speak_of_is_linked(reader):
    article = seen(reader, "b")

    [dispute] = {one for each in (*article.claims, *article.relations) for one in each.disputes}
    assert dispute.voices == 2
    assert ng("CanonicalProposition") in [
        quad.object for quad in reader.store.quads_for_pattern(NamedNode(dispute.iri), TYPE, None, VIEW)
    ]


def test_mentions_lead_to_their_things_and_dates_do_not(reader):
    article = seen(reader, "a")

    links = {
        run.stretches[0].text: article.entities[run.to].iri != ""
        for paragraph in article.paragraphs
        for run in paragraph.runs
        if run.leads == "entity"
    }
    assert links == {"Anna Berg": True, "Carl Dorn": True, "MQ-9": True, "Tuesday": False}
    assert article.things[0].thing.name == "Anna Berg"  # of the greatest salience
    assert shown_text(article) == made("a")[0].text


def test_amounts_are_told(tmp_path):
    article, extraction = made("a")
    first = extraction.relations[0]
    values = (Value("money", 32_000_000, "USD", 0, 1), Value("count", 12, "soldier", 0, 1, "at least"))
    with_values = replace(extraction, relations=(replace(first, values=values),))

    [told] = seen(store_of(tmp_path, (article, with_values)), "a").relations

    assert told.values == ("32,000,000 USD", "at least 12 soldier")


def test_copies_are_linked_both_ways_with_what_they_share(tmp_path):
    reader = store_of(tmp_path, *map(telling, (wire(), reprinted(), updated())))

    told = {
        name: {one.article.title: one.how for one in seen(reader, name).copies}
        for name in ("wire", "reprint")
    }

    assert told["wire"]["Sailors saved from wreck"] == "copy"
    assert told["reprint"]["Grain ship runs aground"] == "copy"
    assert all(0.4 < one.share <= 1 for one in seen(reader, "wire").copies)


def test_versions_tell_what_changed(tmp_path):
    later = RunInfo("run-2", datetime(2026, 2, 1, tzinfo=UTC) + timedelta(days=2), "0.1.0", "model-1")
    with open_writer(tmp_path) as writer:
        writer.add([made("a")], RUN)
        writer.add([made("a", verb="said")], later)
    reader = open_reader(tmp_path)

    article = seen(reader, "a")

    assert article.versions_in_all == 2
    now, before = article.versions
    assert (now.until, bool(before.until), now.is_other_text) == ("", True, True)
    assert before.changes == ()
    [denial] = [one for one in now.changes if one.kind == "attribution"]
    assert (denial.fate, denial.who, denial.position, denial.after) == (
        "changed",
        "Anna Berg",
        "denies (deny), certain",
        "asserts (say), certain",
    )


def long_article(words=MOST_CHARACTERS):
    """Return an article of two parts, of which the second one tells what ``made`` does."""
    article, extraction = made("long")
    filler = "Nothing happened. " * (words // 18) + "\n"

    def later(one):
        return replace(one, start=one.start + len(filler), end=one.end + len(filler))

    def moved(spans):
        return tuple(type(one)(one.start + len(filler), one.end + len(filler)) for one in spans)

    [attribution] = extraction.attributions
    spans = {name: moved(getattr(attribution, name)) for name in ("source", "cue", "content")}
    text = filler + article.text
    return replace(article, text=text), replace(
        extraction,
        text=text,
        sentences=moved(extraction.sentences),
        mentions=tuple(map(later, extraction.mentions)),
        attributions=(replace(attribution, **spans),),
        relations=tuple(map(later, extraction.relations)),
    )


def test_a_long_text_comes_in_parts_with_the_statements_of_each(tmp_path):
    pair = long_article()
    reader = store_of(tmp_path, pair)

    first, second = (seen(reader, "long", part=str(part)) for part in (1, 2))

    assert shown_text(first) + shown_text(second) == pair[0].text
    assert (first.claims, first.relations, first.parts) == ((), (), 2)
    assert [one.id for one in (*second.claims, *second.relations)] == ["a0", "r0", "r1"]
    assert seen(reader, "long", at="r1").part == 2
    assert seen(reader, "long", at="r99").part == 1


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({}, QueryError),
        ({"iri": "https://newsgraph.example/id/article-0000"}, UnknownThingError),
        ({"iri": "../../etc/passwd"}, UnknownThingError),
        ({"iri": article_iri("a").value, "part": "x"}, QueryError),
    ],
)
def test_what_is_not_there_is_refused(reader, parameters, error):
    with pytest.raises(error):
        view(reader, parameters)


def test_an_article_may_be_meant_by_what_stands_in_it(reader):
    version = made("a")[0].version_id

    assert view(reader, {"iri": f"https://newsgraph.example/doc/{version}#a0"}).id == "a"


def test_a_negated_relation_is_no_fact(tmp_path):
    article, extraction = made("a")
    relation = Relation("r0", "met", "e0", "e1", 0, 9, True, "actual", None, None, None, 0.9)

    [told] = seen(store_of(tmp_path, (article, replace(extraction, relations=(relation,)))), "a").relations

    assert (told.is_negated, told.standing) == (True, "notactual")


def test_an_article_that_is_replaced_while_it_is_looked_at_is_told_so(tmp_path):
    reader = store_of(tmp_path, made("a"))  # the snapshot before
    with open_writer(tmp_path) as writer:
        writer.add([made("a", verb="said")], replace(RUN, id="run-2"))

    with pytest.raises(StoreBusyError, match="a newer version is coming in"):
        seen(reader, "a")
