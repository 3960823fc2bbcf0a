"""A graph that is whole passes the shapes; each way of breaking it is told, where it is broken."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph import terms
from graph.changes import Batch
from graph.decisions import Decision, Decisions, Party, Revocation
from graph.former import former_quads
from graph.prepared import prepare
from graph.provenance import RunInfo, input_quads, run_quads
from graph.query import run_query
from graph.readings import former_of, reading_of
from graph.resolve import NOTHING_DECIDED
from graph.retractions import Restoration, Retraction, Retractions
from graph.snapshots import Reader
from graph.terms import ng, term
from graph.validate import violations
from newsgraph.records import (
    Article,
    Attribution,
    Entity,
    Extraction,
    Mention,
    Proposition,
    Relation,
    TextSpan,
    Value,
    Voice,
)
from tests.graph.made import propositions_alone

SENTENCES = (
    "Lloyd Austin met Sergei Shoigu in Geneva on Tuesday.",
    "Shoigu denied, Reuters reported, that Russia had struck “the drone”.",
    "Austin may visit Russia; he browsed Geneva.",
)
TEXT = "\n".join(SENTENCES)
ARTICLE = Article(
    "a1",
    TEXT,
    title="Talks",
    url="https://news.example/1",
    published=date(2023, 3, 16),
    publisher="Example",
    authors=("Anna Berg", "Carl Dorn"),
    dateline="GENEVA",
    agency="Reuters",
    paywalled=True,
)
RUN = RunInfo("run-1", datetime(2023, 3, 16, 9, tzinfo=UTC), "0.1.0", "abc", flow_run="f1")


def _span(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return TextSpan(start, start + len(words))


def _mention(number, words, kind, entity, nth=0):
    return Mention(f"m{number}", *_span(words, nth), entity.type, kind, entity.id, 0.9)


AUSTIN = Entity("e0", "Lloyd Austin", "PERSON", ("Austin",), 0.8, ("http://www.wikidata.org/entity/Q941013",))
SHOIGU = Entity("e1", "Sergei Shoigu", "PERSON", ("Shoigu",), 0.7)
RUSSIA = Entity("e2", "Russia", "LOC")
REUTERS = Entity("e3", "Reuters", "ORG")
DRONE = Entity("e4", "the drone", "PRODUCT")
GENEVA = Entity("e5", "Geneva", "LOC")
TUESDAY = Entity("e6", "Tuesday", "DATE")

RELATION = Relation(
    "r0", "met", "e0", "e1", *_span("met"), False, "actual", None, "2023-03-14", "e5", 0.85,
    until="2023-03-15", duration="P2W", time_basis="publication date", post="minister", rule="verb",
)  # fmt: skip
DENIAL = Attribution(
    "a0",
    source=(_span("Shoigu", 1),),
    cue=(_span("denied"),),
    content=(_span("that Russia had struck “the drone”"),),
    speaker="e1",
    via="e3",
    stance="denies",
    certainty="certain",
    speech="mixed",
    confidence=0.8,
    cue_lemma="deny",
    cue_type="denial",
    addressee="e0",
    relays=("e3",),
    medium="statement",
    inside="a1",
)
REPORT = Attribution(
    "a1",
    source=(_span("Reuters"),),
    cue=(_span("reported"),),
    content=(_span("Shoigu denied"), _span("that Russia had struck “the drone”")),
    speaker="e3",
    via=None,
    stance="asserts",
    certainty="certain",
    speech="indirect",
    confidence=0.7,
    cue_lemma="report",
)
PROPOSITIONS = (
    Proposition("p0", "Russia had struck “the drone”", "struck", "e2", "e4", None, "|struck|russia|drone|",
                (Voice("a0", "r1", "denies", 1.0, "told in these words"),)),
    Proposition("p1", "met", "met", "e0", "e1", "2023-03-14", "|met|lloyd austin|sergei shoigu|2023-03-14",
                (Voice(None, "r0", "asserts", 1.0, "told in these words"),)),
    Proposition("p2", "may visit Russia", "visited", "e0", "e2", "2023", "planned|visited|austin|russia|2023",
                (Voice(None, "r2", "undetermined", 1.0, "told in these words"),)),
    Proposition("p3", "Shoigu denied", None, None, None, None, "words|deny|sergei shoigu",
                (Voice("a1", None, "asserts", 0.9, "told in these words"),)),
)  # fmt: skip
EXTRACTION = Extraction(
    ARTICLE.id,
    TEXT,
    published=ARTICLE.published,
    sentences=tuple(_span(sentence) for sentence in SENTENCES),
    mentions=(
        _mention(0, "Lloyd Austin", "name", AUSTIN),
        _mention(1, "Sergei Shoigu", "name", SHOIGU),
        _mention(2, "Geneva", "name", GENEVA),
        _mention(3, "Tuesday", "value", TUESDAY),
        _mention(4, "Shoigu", "name", SHOIGU, nth=1),
        _mention(5, "Reuters", "name", REUTERS),
        _mention(6, "Russia", "name", RUSSIA),
        _mention(7, "the drone", "nominal", DRONE),
        _mention(8, "Russia", "name", RUSSIA, nth=1),
        _mention(9, "he", "pronoun", AUSTIN, nth=1),
    ),
    entities=(AUSTIN, SHOIGU, RUSSIA, REUTERS, DRONE, GENEVA, TUESDAY),
    attributions=(DENIAL, REPORT),
    relations=(
        RELATION,
        replace(RELATION, id="r1", predicate="struck", subject="e2", object="e4", start=_span("struck").start,
                end=_span("struck").end, attribution="a0", time=None, place=None, until=None,
                values=(Value("count", 1.0, "drone", *_span("the drone"), "at least"),)),
        replace(RELATION, id="r2", predicate="visited", object="e2", start=_span("visit").start,
                end=_span("visit").end, modality="possible", time="2023", place=None),
        replace(RELATION, id="r3", predicate="browse", object="e5", start=_span("browsed").start,
                end=_span("browsed").end, time="2023-03", place=None),
    ),
    propositions=PROPOSITIONS,
)  # fmt: skip


DECISIONS = [
    Decision(
        judgement, Party(AUSTIN.name, "PERSON", ARTICLE.id), Party(SHOIGU.name, "PERSON"), "kim", at, "seen"
    )
    for judgement, at in (("same", RUN.started_at - timedelta(days=1)), ("different", RUN.started_at))
]
DECIDED = Decisions([*DECISIONS, Revocation(DECISIONS[0].id, "sam", RUN.started_at - timedelta(hours=1))])


READ = reading_of(Store(), ARTICLE, EXTRACTION, "0123456789abcdef")
FORMER = former_of(
    Store(),
    READ._replace(runs=(RUN.id,), since=RUN.started_at),
    ARTICLE,
    replace(EXTRACTION, attributions=(), relations=(), propositions=()),
    RUN,
    RUN.started_at + timedelta(days=90),
)
RETRACTED = [
    Retraction("x", "kim", RUN.started_at, "withdrawn"),
    Restoration("x", "sam", RUN.started_at + timedelta(1)),
]


def _built(article=ARTICLE, extraction=EXTRACTION):
    batch = Batch(Store(), DECIDED, lambda _: (article, extraction), before=NOTHING_DECIDED)
    batch.add(prepare(article, extraction, digest="0123456789abcdef"))
    batch.say(input_quads(article, RUN, RUN.started_at))
    batch.say(run_quads(RUN))
    batch.say(former_quads(FORMER))
    batch.say(Retractions(RETRACTED).quads())
    return list(batch.changes().insert)


def _node(name):
    return terms.local_iri(ARTICLE.version_id, name)


def _evidence(name):
    return terms.evidence_iri(ARTICLE.version_id, name)


def _mention_node(words):
    return terms.span_iri(ARTICLE.version_id, *_span(words))


def _without(subject, predicate):
    found = [quad for quad in QUADS if (quad.subject, quad.predicate) == (subject, predicate)]
    assert found, "the test is to break something that is there"
    return [quad for quad in QUADS if quad not in found]


def _with(subject, predicate, *values):
    """Return the quads with ``values`` in the place of what a node has there."""
    kept = [quad for quad in QUADS if (quad.subject, quad.predicate) != (subject, predicate)]
    return kept + [Quad(subject, predicate, value, terms.VIEW) for value in values]


def _worded(literal):
    return _with(STRIKE.node, terms.WORDINGS_IN_USE, literal), " ng:wordingsInUse: "


def _with_type(subject, old, new):
    kept = [quad for quad in QUADS if (quad.subject, quad.object) != (subject, old)]
    return [*kept, Quad(subject, terms.TYPE, new, terms.VIEW)]


QUADS = _built()
WAS, TOLD = terms.former_graph(FORMER.name), terms.former_iri(FORMER.name, 0)
OUT = terms.retraction_iri("x", RUN.started_at)
DECIDING = terms.reviewed_iri(DECISIONS[1].id)
REFERENCE = Path(__file__).parents[2].joinpath("docs", "reference", "graph.md").read_text(encoding="utf-8")
EDGE = next(quad.subject for quad in QUADS if quad.predicate == ng("evidenceCount"))
SUBJECT = next(quad.object for quad in QUADS if (quad.subject, quad.predicate) == (EDGE, terms.SUBJECT))
PERSON = term("schema:Person")
VIEWED = propositions_alone(ARTICLE, EXTRACTION)
MEETING, STRIKE = VIEWED["p1"], VIEWED["p0"]

BROKEN = {
    "a former reading without an end": (_without(WAS, ng("knownUntil")), " ng:knownUntil: "),
    "a former reading that ended before it began": (
        _with(WAS, ng("knownUntil"), terms.moment_literal(RUN.started_at - timedelta(1))),
        " ng:knownFrom: there should be one moment, not after the end",
    ),
    "a former statement of nobody": (_without(TOLD, ng("saidBy")), "-0 ng:saidBy: "),
    "a former statement without its fate": (_without(TOLD, ng("fate")), "-0 ng:fate: "),
    "a statement of today in the past": (
        [*QUADS, Quad(TOLD, ng("stance"), ng("Denies"), WAS)],
        "-0 ng:stance: there should be only properties that these shapes know",
    ),
    "a retraction by nobody": (_without(OUT, ng("retractedBy")), " ng:retractedBy: "),
    "no stance": (_without(_node("a0"), ng("stance")), "#a0 ng:stance: there should be one stance"),
    "an unknown stance": (_with(_node("a0"), ng("stance"), ng("Doubts")), "#a0 ng:stance: "),
    "two stances": (
        _with(_node("a0"), ng("stance"), ng("Asserts"), ng("Denies")),
        "#a0 ng:stance: there should be one stance",
    ),
    "no content": (_without(_node("a0"), ng("contentSpan")), "#a0 ng:contentSpan: "),
    "a source that is no entity": (_with(_node("a0"), ng("source"), _node("a0")), "#a0 ng:source: "),
    "no such proposition": (_with(_node("a0"), ng("proposition"), _node("e0")), "#a0 ng:proposition: "),
    "an unknown type of cue": (_with(_node("a0"), ng("cueType"), ng("Mumble")), "#a0 ng:cueType: "),
    "no temporality": (_without(_node("a0"), ng("temporality")), "#a0 ng:temporality: "),
    "an attribution inside what is none": (
        _with(_node("a0"), ng("inAttribution"), ng("Narrator")),
        "#a0 ng:inAttribution: there should be at most one attribution around it",
    ),
    "a link without its rank": (_without(_node("a0-relay1"), ng("relayRank")), "#a0-relay1 ng:relayRank: "),
    "a link of no chain": (_without(_node("a0"), ng("relay")), "#a0-relay1: "),
    "half a relation in a proposition": (
        _without(_node("p0"), terms.OBJECT),
        "#p0: there should be a predicate of the vocabulary with subject and object, or none of the three",
    ),
    "a proposition that nobody speaks of": (
        _without(_node("v-p3-a1"), ng("onProposition")),
        "#p3: there should be a voice on it",
    ),
    "a proposition without a key": (_without(_node("p3"), ng("propKey")), "#p3 ng:propKey: "),
    "a voice without a stance": (_without(_node("v-p0-a0-r1"), ng("stance")), "#v-p0-a0-r1 ng:stance: "),
    "a voice of nobody": (
        _without(_node("v-p0-a0-r1"), ng("attribution")),
        "#v-p0-a0-r1: there should be an attribution, or else the narrator as source",
    ),
    "a duration in weeks": (
        _with(_node("r0"), ng("duration"), terms.text_literal("P2W")),
        "#r0 ng:duration: there should be at most one duration",
    ),
    "an amount of nothing": (_without(_node("r1-value0"), ng("unit")), "#r1-value0 ng:unit: "),
    "an amount of no relation": (_without(_node("r1"), ng("value")), "#r1-value0: "),
    "a canonical proposition without words": (_without(STRIKE.node, ng("statement")), " ng:statement: "),
    "a canonical proposition that nobody speaks of": (
        _without(_evidence("v-p0-a0-r1"), ng("onProposition")),
        "there should be a voice on it, on the same with a date, or on one that implies it",
    ),
    "a dated proposition without its undated one": (
        _without(MEETING.node, ng("moreGeneral")),
        "there should be one that is more general where it has a date, and only there",
    ),
    "a proposition that is told as so": (_with(STRIKE.node, ng("modality"), ng("Actual")), " ng:modality: "),
    "a wording that nobody counts": (_without(STRIKE.node, terms.WORDINGS_IN_USE), " ng:wordingsInUse: "),
    "no wording": _worded(terms.counts_literal({})),
    "a wording of no article": _worded(terms.counts_literal({"hit": 0})),
    "wordings that are no JSON": _worded(terms.text_literal('{"hit":1}')),
    "a voice of many articles that is none": (
        _with(_evidence("v-p0-a0-r1"), ng("evidence"), _node("a0")),
        "ng:evidence: there should be the voice that it was taken from",
    ),
    "a voice of somebody who is nobody": (
        _with(_evidence("v-p0-a0-r1"), ng("attributedTo"), _node("e1")),
        "ng:attributedTo: there should be at most one speaker, or the narrator",
    ),
    "a property that nobody knows": (_with(_node("a0"), ng("speaker"), _node("e1")), "#a0 ng:speaker: "),
    "an end before the beginning": (
        _with(_mention_node("Reuters"), term("nif:endIndex"), terms.number_literal(3)),
        "there should be an end after the beginning",
    ),
    "an offset below 0": (
        _with(_mention_node("Reuters"), term("nif:beginIndex"), terms.number_literal(-1)),
        "nif:beginIndex: there should be one first character, 0 or more (here: -1)",
    ),
    "an end beyond the text": (
        _with(_mention_node("Reuters"), term("nif:endIndex"), terms.number_literal(9999)),
        "#c68-75: there should be as many characters as the offsets say",
    ),
    "other characters than the offsets say": (
        _with(_mention_node("Reuters"), term("nif:anchorOf"), terms.text_literal("Reuter")),
        "#c68-75: there should be as many characters as the offsets say",
    ),
    "a mention of nothing": (
        _without(_mention_node("Reuters"), term("gaf:denotes")),
        "gaf:denotes: there should be one entity",
    ),
    "an unknown kind of mention": (
        _with(_mention_node("Reuters"), ng("mentionType"), ng("Acronym")),
        "ng:mentionType: there should be one kind: name, nominal, pronoun or value (here: ng:Acronym)",
    ),
    "a confidence above 1": (
        _with(_mention_node("Reuters"), ng("confidence"), terms.decimal_literal(1.5)),
        "ng:confidence: there should be one confidence from 0 to 1 (here: 1.5000)",
    ),
    "an entity of no known type": (
        _with_type(_node("e0"), PERSON, term("schema:Robot")),
        "#e0 rdf:type: there should be exactly one of the nine types",
    ),
    "an entity of two types": (
        [*QUADS, Quad(_node("e0"), terms.TYPE, term("schema:Place"), terms.VIEW)],
        "#e0 rdf:type: there should be exactly one of the nine types",
    ),
    "an entity without a name": (_without(_node("e0"), terms.LABEL), "#e0 skos:prefLabel: "),
    "a predicate that nobody knows": (
        _with(_node("r0"), terms.PREDICATE, ng("greeted")),
        "#r0 rdf:predicate: there should be one predicate of the vocabulary (here: ng:greeted)",
    ),
    "an open relation without its verb": (
        _without(_node("r3"), ng("openPredicate")),
        "#r3: there should be an open predicate where the predicate is ng:openRelation",
    ),
    "a relation without evidence": (
        _without(_node("r0"), term("prov:wasDerivedFrom")),
        "#r0 prov:wasDerivedFrom: there should be one span as evidence",
    ),
    "a claim that the narrator is made to assert": (
        _with(_node("r1"), ng("factuality"), ng("NarratorAsserted")),
        "#r1: there should be a factuality that follows from",
    ),
    "a relation that is nobody's": (_without(_node("r0"), ng("inAttribution")), "#r0 ng:inAttribution: "),
    "a day that no calendar has": (
        _with(_node("r0"), ng("time"), Literal("2023-02-30", datatype=term("xsd:date"))),
        "#r0 ng:time: there should be at most one year, month, day or moment",
    ),
    "an unknown event class": (
        _with(_node("r0"), term("sem:eventType"), term("plover:CHAT")),
        "#r0 sem:eventType: there should be at most one event class",
    ),
    "a canonical entity without a name": (_without(SUBJECT, terms.LABEL), " skos:prefLabel: "),
    "a canonical entity that nobody decided on": (
        [quad for quad in QUADS if quad.object != SUBJECT or quad.predicate != ng("right")],
        "there should be a decision that an article's entity is this one",
    ),
    "a decision of nobody": (_without(DECIDING, ng("decidedBy")), " ng:decidedBy: there should be one who"),
    "a decision for no reason": (_without(DECIDING, ng("reason")), " ng:reason: there should be one reason"),
    "a decision on three things": (
        _with(DECIDING, ng("party"), _node("e0"), _node("e1"), _node("e2")),
        " ng:party: there should be two nodes",
    ),
    "a decision that nobody can read again": (_without(DECIDING, ng("entry")), " ng:entry: "),
    "a place that rests on no decision": (
        _with(terms.decision_iri(ARTICLE.version_id, "e0"), ng("restsOn"), _node("e0")),
        "-e0 ng:restsOn: there should be decisions of reviewers",
    ),
    "evidence that points nowhere": (
        _with(_evidence("r0"), ng("evidence"), _node("r99")),
        "ng:evidence: there should be the relation or attribution",
    ),
    "evidence of a claim without a stance": (
        _without(_evidence("r1"), ng("stance")),
        "-r1: there should be a stance, as it is somebody's claim",
    ),
    "an edge without evidence": (
        [quad for quad in QUADS if quad.subject != _evidence("r0")],
        "there should be the simple edge itself, and evidence",
    ),
    "an edge whose simple form is gone": (
        [quad for quad in QUADS if quad.predicate != ng("met")],
        "there should be the simple edge itself, and evidence",
    ),
    "a simple edge that nobody counts": (
        [quad for quad in QUADS if quad.subject != EDGE],
        "there should be an ng:Edge for each simple edge",
    ),
    "an edge between what is no entity": (_with(EDGE, terms.OBJECT, _node("a0")), "rdf:object: "),
    "a run that never began": (
        _without(terms.run_iri(RUN.id), term("prov:startedAtTime")),
        "prov:startedAtTime: there should be one start",
    ),
    "a graph without a run": (
        _with(terms.version_graph(ARTICLE.version_id), term("prov:wasGeneratedBy"), _node("a0")),
        "prov:wasGeneratedBy: there should be one run",
    ),
    "software without a model": (
        _without(terms.software_iri("0.1.0", "abc"), ng("modelHash")),
        "ng:modelHash: there should be one model",
    ),
    "an article without a text": (
        _without(terms.article_iri("a1"), ng("currentVersion")),
        "ng:currentVersion: there should be one text version",
    ),
}  # fmt: skip


def test_whole_graph_has_no_violations():
    assert violations(QUADS) == []


def test_graph_of_an_article_with_nothing_in_it_has_no_violations():
    article = Article("empty", "Nothing.")

    assert violations(_built(article, Extraction(article.id, article.text))) == []


def test_nquads_are_read_as_quads_are():
    quads, message = BROKEN["no stance"]

    [line] = violations("".join(f"{quad} .\n" for quad in quads).encode())

    assert message in line


@pytest.mark.parametrize("way", BROKEN)
def test_broken_graph_is_told(way):
    quads, message = BROKEN[way]

    assert any(message in line for line in violations(quads)), violations(quads)


def test_one_mistake_is_told_in_one_line():
    assert len(violations(BROKEN["no stance"][0])) == 1


def test_every_own_term_of_a_built_graph_is_defined():
    own = terms.NAMESPACES["ng"]
    used = {
        node.value
        for quad in QUADS
        for node in (quad.predicate, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith(own)
    }

    ontology = (
        Path(terms.__file__).with_name("ontology").joinpath("newsgraph.ttl").read_text(encoding="utf-8")
    )
    undefined = {name for name in used if f"\nng:{name.removeprefix(own)} a " not in ontology}
    assert used
    assert undefined == set()


@pytest.mark.parametrize("question", re.findall(r"```sparql\n(.*?)```", REFERENCE, flags=re.DOTALL))
def test_questions_of_the_reference_are_answered(question, tmp_path):
    store = Store()
    store.extend(QUADS)

    assert len(run_query(Reader(tmp_path, store), question, "csv").splitlines()) > 1


def test_reference_tells_of_every_property_of_a_built_graph():
    names = {
        f"{prefix}:{quad.predicate.value.removeprefix(iri)}"
        for quad in QUADS
        for prefix, iri in terms.NAMESPACES.items()
        if quad.predicate.value.startswith(iri) and quad.predicate != terms.TYPE
    }

    assert {name for name in names if f"`{name}" not in REFERENCE and f" {name}" not in REFERENCE} == set()
