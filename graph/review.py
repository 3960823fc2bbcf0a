"""What a reviewer may do: say that two entities are the same or different, and take it back.

For the command line and for whatever else asks people: each function is one whole step, checked, kept,
applied and published.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from graph.decisions import Decision, Decisions, Judgement, Party, Revocation
from graph.guard import Turn
from graph.lookup import find_party
from graph.resolve import Resolver
from graph.store import open_writer
from graph.terms import given_decision, shown_iri
from newsgraph.errors import DecisionError

A_REVIEWER = Turn("a reviewer's decision")


class Decided(NamedTuple):
    """What came of a reviewer's step."""

    decision: Decision
    articles: int  # in which something changed
    is_new: bool  # False: it had been decided before


def same(
    graph_dir: Path, one: str, other: str, *, by: str, at: datetime, reason: str = "", turn: Turn = A_REVIEWER
) -> Decided:
    """Decide that two entities are the same.

    Args:
        graph_dir: Where the store lies.
        one: A canonical entity, by IRI or exact name, or the IRI of an article's entity.
        other: The same; not both may be articles' entities that are still where all of their name are.
        by: Who decides.
        at: When; a time without zone is taken for local time.
        reason: Why, in words.
        turn: How to wait for others who write.

    Raises:
        DecisionError: If it is not clear what is meant, or it contradicts what was decided before.
        StoreBusyError: If others who write take longer than ``turn`` has time.
        StoreError: If there is no store, or it cannot be written.
    """
    return _decide(graph_dir, "same", (one, other), by=by, at=at, reason=reason, turn=turn)


def different(
    graph_dir: Path, one: str, other: str, *, by: str, at: datetime, reason: str = "", turn: Turn = A_REVIEWER
) -> Decided:
    """Decide that two entities are different, for good; arguments and errors are those of :func:`same`.

    An article's entity that is where the other one is gets a node of its own.
    """
    return _decide(graph_dir, "different", (one, other), by=by, at=at, reason=reason, turn=turn)


def undo(graph_dir: Path, decision: str, *, by: str, at: datetime, turn: Turn = A_REVIEWER) -> Decided:
    """Take a decision back, which stays on record.

    Raises:
        DecisionError: If there is no such decision, or it was taken back before.
        StoreBusyError: If others who write take longer than ``turn`` has time.
        StoreError: If there is no store, or it cannot be written.
    """
    name = given_decision(decision)
    if name is None:
        mend = "it looks like decision-1f0c…; 'newsgraph query reviewer_decisions' lists them"
        raise DecisionError(f"no reviewer's decision is called {decision!r}; {mend}")
    with open_writer(graph_dir, turn, must_exist=True) as writer:
        articles = writer.record(Revocation(name, one_line(by, "who decides"), at.astimezone(UTC)))
        turn.has_made()
        return Decided(writer.decisions.by_id[name], articles, is_new=True)


def _decide(
    graph_dir: Path,
    judgement: Judgement,
    written: tuple[str, str],
    *,
    by: str,
    at: datetime,
    reason: str,
    turn: Turn,
) -> Decided:
    who, why = one_line(by, "who decides"), one_line(reason or "a reviewer said so", "the reason")
    with open_writer(graph_dir, turn, must_exist=True) as writer:
        one, other = (find_party(writer.reader, writer.decisions, text) for text in written)
        joined = writer.decisions.naming(one.node) if one.node == other.node else [None]
        is_known = (one.place or "").startswith("known:")
        if not joined and (judgement == "different" or not is_known):  # names, which the machine has joined
            one, other = (find_party(writer.reader, writer.decisions, x, by_name=True) for x in written)
        _refuse_two_of_articles(writer.reader.resolver(), one, other)
        if before := _decided_before(writer.decisions, judgement, one, other):
            return Decided(before, 0, is_new=False)
        decision = Decision(judgement, one, other, who, at.astimezone(UTC), why)
        articles = writer.record(decision)
        turn.has_made()
        return Decided(decision, articles, is_new=True)


def _decided_before(decisions: Decisions, judgement: Judgement, one: Party, other: Party) -> Decision | None:
    if one.node != other.node:
        return decisions.standing(judgement, one, other)
    joined = [decision for decision in decisions.naming(one.node) if decision.judgement == "same"]
    if joined and judgement == "different":
        told = ", ".join(f"{decision.id} ({decision})" for decision in joined)
        raise DecisionError(f"both are one because of {told}; 'newsgraph undo' takes a decision back")
    if judgement == "different":
        mend = "to take one article's mention out of it, name that article's entity, such as doc/93f0…#e3"
        raise DecisionError(f"both are {shown_iri(one.node.value)}; {mend}")
    return joined[-1] if joined else None


def _refuse_two_of_articles(resolver: Resolver, one: Party, other: Party) -> None:
    # Both would leave the node of their name, which is hardly what is meant.
    homes = [resolver.home_of(party) for party in (one, other) if party.is_own and party.place is None]
    if len(homes) == 2 and all(
        home is not None and resolver.places.canonical(party.node, home) == resolver.places.head(home)
        for party, home in zip((one, other), homes, strict=True)
    ):
        canonical = shown_iri(resolver.places.head(homes[1] or other.node).value)
        raise DecisionError(f"both are entities of articles; name one of them by what it is now: {canonical}")


def one_line(text: str, what: str) -> str:
    """Return what a person gave as one line.

    Raises:
        DecisionError: If there is nothing to read in it.
    """
    line = " ".join(text.split())
    if not line or not line.isprintable():
        raise DecisionError(f"{what} must be told in printable words, not {text!r}")
    return line
