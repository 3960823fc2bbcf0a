"""The machine's decisions on pairs of profiles as quads of the identity graph. Pure.

One node for each pair that matters: what holds a cluster together, what was nearly joined, what bears one
name and is two things. It depends on the two and on the weights alone: who decides is the software with its
weights, and when an article was put there is told by the run of its text.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from graph.clusters import Judged, reason_of
from graph.scoring import Model, score
from graph.terms import (
    IDENTITY,
    TYPE,
    decimal_literal,
    individual,
    judgement_iri,
    ng,
    text_literal,
)


def judged_quads(judged: Judged, model: Model) -> Iterator[Quad]:
    """Yield a decision."""
    node = judgement_iri(judged.one.node, judged.other.node)
    told = score(judged.one, judged.other, model)
    reason = "reviewers' decisions keep them apart" if judged.is_kept else reason_of(told)
    yield Quad(node, TYPE, ng("MachineDecision"), IDENTITY)
    yield Quad(node, ng("compares"), judged.one.node, IDENTITY)
    yield Quad(node, ng("compares"), judged.other.node, IDENTITY)
    yield Quad(node, ng("judgement"), individual(judged.judgement), IDENTITY)
    yield Quad(node, ng("score"), decimal_literal(judged.score), IDENTITY)
    yield Quad(node, ng("reason"), text_literal(reason), IDENTITY)
    yield Quad(node, ng("features"), text_literal(told.told() or "none"), IDENTITY)
    yield Quad(node, ng("decidedBy"), text_literal(model.name), IDENTITY)
