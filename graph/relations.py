"""Who did what to whom, and whose word it is, as statements of one article's graph. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import NamedNode

from graph.spans import Spans, Statement
from graph.terms import (
    BOUNDS,
    NARRATOR,
    OBJECT,
    PREDICATE,
    SUBJECT,
    TYPE,
    amount_literal,
    date_literal,
    decimal_literal,
    duration_literal,
    flag_literal,
    individual,
    local_iri,
    ng,
    term,
    text_literal,
    time_literal,
)
from newsgraph.records import Relation, TextSpan, Value
from newsgraph.vocabulary import load_vocabulary


def relation_statements(
    version_id: str, relation: Relation, spans: Spans, published: date | None = None
) -> Iterator[Statement]:
    """Yield a relation with its time, its amounts and its evidence.

    What holds, as a post does, and is not dated holds as of the article's date.
    """
    node = local_iri(version_id, relation.id)
    yield node, TYPE, ng("RelationAssertion")
    yield node, SUBJECT, local_iri(version_id, relation.subject)
    yield from _predicate(node, relation)
    yield node, OBJECT, local_iri(version_id, relation.object)
    yield node, ng("negated"), flag_literal(relation.negated)
    yield node, ng("modality"), individual(relation.modality)
    yield node, ng("factuality"), factuality(relation)
    attribution = relation.attribution
    yield node, ng("inAttribution"), NARRATOR if attribution is None else local_iri(version_id, attribution)
    yield from _time(node, relation)
    if published is not None and relation.time is None and _is_state(relation):
        yield node, ng("validAsOf"), date_literal(published)
    if relation.place is not None:
        yield node, ng("place"), local_iri(version_id, relation.place)
    if relation.post is not None:
        yield node, ng("post"), text_literal(relation.post)
    if relation.rule:
        yield node, ng("rule"), text_literal(relation.rule)
    yield node, ng("confidence"), decimal_literal(relation.confidence)
    yield from spans.linked(node, term("prov:wasDerivedFrom"), (relation.start, relation.end))
    yield from spans.sentence_at(node, TextSpan(relation.start, relation.end))
    for number, value in enumerate(relation.values):
        value_node = local_iri(version_id, f"{relation.id}-value{number}")
        yield node, ng("value"), value_node
        yield from _value(value_node, value, spans)


def _is_state(relation: Relation) -> bool:
    kind = load_vocabulary().get(relation.predicate)
    return kind is not None and kind.holds and relation.modality == "actual"


def factuality(relation: Relation) -> NamedNode:
    """Return whose a relation is: the narrator's fact, somebody's claim, or nothing that happened."""
    if relation.negated or relation.modality != "actual":
        return ng("NotActual")
    return ng("NarratorAsserted") if relation.attribution is None else ng("AttributedOnly")


def predicate_iri(name: str) -> NamedNode:
    """Return the term of a relation's predicate; of one outside the vocabulary, the open relation."""
    return ng(name) if name in load_vocabulary() else ng("openRelation")


def _predicate(node: NamedNode, relation: Relation) -> Iterator[Statement]:
    yield node, PREDICATE, predicate_iri(relation.predicate)
    kind = load_vocabulary().get(relation.predicate)
    if kind is None:
        yield node, ng("openPredicate"), text_literal(relation.predicate)
    elif kind.plover:
        yield node, TYPE, term("sem:Event")
        yield node, term("sem:eventType"), term("plover:" + kind.plover)


def _time(node: NamedNode, relation: Relation) -> Iterator[Statement]:
    if relation.time is not None:
        yield node, ng("time"), time_literal(relation.time)
    if relation.until is not None:
        yield node, ng("until"), time_literal(relation.until)
    if relation.duration is not None and (duration := duration_literal(relation.duration)) is not None:
        yield node, ng("duration"), duration
    if relation.time_basis is not None:
        yield node, ng("timeBasis"), text_literal(relation.time_basis)


def _value(node: NamedNode, value: Value, spans: Spans) -> Iterator[Statement]:
    yield node, TYPE, ng("RelationValue")
    yield node, ng("valueKind"), individual(value.kind)
    yield node, ng("amount"), amount_literal(value.amount)
    yield node, ng("unit"), text_literal(value.unit)
    yield node, ng("bound"), BOUNDS[value.bound]
    yield from spans.linked(node, term("prov:wasDerivedFrom"), (value.start, value.end))
