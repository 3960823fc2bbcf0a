"""The reviewers' decisions as quads of the identity graph, and back. Reads a store, never writes.

Each is there in words for those who ask, and as the very line of the log (decision_log.py), from which it is
read back. A decision that was revoked stays, with who did it and when.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.decision_log import entry_of, line_of
from graph.decisions import Decision, Decisions, Entry, Revocation
from graph.spans import Statement
from graph.terms import (
    IDENTITY,
    LABEL,
    TYPE,
    article_iri,
    decimal_literal,
    flag_literal,
    individual,
    moment_literal,
    ng,
    reviewed_iri,
    term,
    text_literal,
    value_of,
)


def entries_in(store: Store) -> list[Entry]:
    """Return all that reviewers decided or took back, as far as the store knows."""
    return [entry_of(line) for line in sorted(lines_in(store))]


def lines_in(store: Store) -> set[str]:
    """Return the same as the lines of the log."""
    return {value_of(quad.object) for quad in store.quads_for_pattern(None, ng("entry"), None, IDENTITY)}


def reviewed_quads(decisions: Decisions, entry: Entry) -> Iterator[Quad]:
    """Yield what an entry adds to the identity graph."""
    statements = _decision(entry, decisions) if isinstance(entry, Decision) else _revocation(entry, decisions)
    for statement in statements:
        yield Quad(*statement, IDENTITY)


def _decision(one: Decision, decisions: Decisions) -> Iterator[Statement]:
    node = reviewed_iri(one.id)
    if one in decisions.contradicted:
        yield node, ng("contradicted"), flag_literal(value=True)
    yield node, TYPE, ng("ReviewerDecision")
    yield node, LABEL, text_literal(str(one))
    yield node, ng("judgement"), individual(one.judgement)
    yield node, ng("score"), decimal_literal(1.0)
    yield node, ng("reason"), text_literal(one.reason)
    for party in (one.one, one.other):
        yield node, ng("party"), party.node
        if party.article is not None:
            yield node, ng("limitedTo"), article_iri(party.article)
    yield from _by(node, one, "decidedBy", "prov:generatedAtTime")


def _revocation(one: Revocation, decisions: Decisions) -> Iterator[Statement]:
    node = reviewed_iri(one.undo)
    if one == decisions.revoked[one.undo] and one.undo in decisions.by_id:
        yield from _by(node, one, "revokedBy", "prov:invalidatedAtTime")
    else:  # revoked twice, in two logs that were put together, or before its decision is known
        yield node, ng("entry"), text_literal(line_of(one))


def _by(node: NamedNode, one: Entry, who: str, when: str) -> Iterator[tuple[NamedNode, NamedNode, Literal]]:
    yield node, ng(who), text_literal(one.by)
    yield node, term(when), moment_literal(one.at)
    yield node, ng("entry"), text_literal(line_of(one))
