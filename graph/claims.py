"""Who says what, and what several voices speak of, as statements of one article's graph. Pure.

A proposition is asserted by nobody: each voice on it has a node of its own, with its stance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from graph.quotations import quotations_in
from graph.relations import predicate_iri
from graph.spans import Spans, Statement
from graph.terms import (
    NARRATOR,
    OBJECT,
    PREDICATE,
    STANCES,
    SUBJECT,
    TYPE,
    decimal_literal,
    individual,
    local_iri,
    ng,
    number_literal,
    quotation_iri,
    term,
    text_literal,
    time_literal,
)
from newsgraph.records import Attribution, Extraction, Proposition, Relation, TextSpan, Voice
from newsgraph.vocabulary import load_vocabulary


class Claims:
    """Writes the attributions, propositions and voices of one article."""

    def __init__(self, version_id: str, extraction: Extraction, spans: Spans) -> None:
        self._version_id = version_id
        self._extraction = extraction
        self._spans = spans
        self._attributions = {one.id: one for one in extraction.attributions}
        self._relations = {one.id: one for one in extraction.relations}

    def statements(self) -> Iterator[Statement]:
        for attribution in self._extraction.attributions:
            yield from self._of_attribution(attribution)
        for proposition in self._extraction.propositions:
            yield from self._of_proposition(proposition)

    def _of_attribution(self, one: Attribution) -> Iterator[Statement]:
        node = self._node(one.id)
        yield node, TYPE, ng("Attribution")
        for role, stretches in (
            ("sourceSpan", one.source),
            ("cueSpan", one.cue),
            ("contentSpan", one.content),
        ):
            for stretch in stretches:
                yield from self._spans.linked(node, ng(role), stretch)
        yield node, term("schema:text"), text_literal(self._words(one.content))
        yield node, ng("stance"), STANCES[one.stance]
        yield node, ng("certainty"), individual(one.certainty)
        yield node, ng("speechType"), individual(one.speech)
        yield node, ng("cueLemma"), text_literal(one.cue_lemma)
        yield node, ng("cueType"), individual(one.cue_type)
        yield node, ng("temporality"), individual(one.temporality)
        yield node, ng("confidence"), decimal_literal(one.confidence)
        if one.medium is not None:
            yield node, ng("medium"), text_literal(one.medium)
        if one.inside is not None:
            yield node, ng("inAttribution"), self._node(one.inside)
        for place in (one.cue or one.content)[:1]:
            yield from self._spans.sentence_at(node, place)
        yield from self._who(node, one)
        for words in quotations_in(one, self._extraction.text):
            yield node, ng("quotation"), quotation_iri(words)
            yield quotation_iri(words), TYPE, term("schema:Quotation")
            yield quotation_iri(words), term("schema:text"), text_literal(words)

    def _who(self, node: NamedNode, one: Attribution) -> Iterator[Statement]:
        """Yield who speaks, to whom, and through whom it came to the article."""
        if one.speaker is not None:
            yield node, ng("source"), self._node(one.speaker)
        if one.addressee is not None:
            yield node, ng("addressee"), self._node(one.addressee)
        for relay in relays_of(one):
            yield node, ng("reportedVia"), self._node(relay)
        for rank, link in enumerate(self._chain(one), 1):
            relay_node = self._node(f"{one.id}-relay{rank}")
            yield node, ng("relay"), relay_node
            yield relay_node, TYPE, ng("Relay")
            yield relay_node, ng("relayRank"), number_literal(rank)
            yield relay_node, ng("relayedBy"), self._node(link)

    def _chain(self, one: Attribution) -> list[str]:
        """Return all through whom it came, from the speaker outwards.

        The relays, and those inside whose words it stands: in "Tass said that Roe was told by Doe …" what
        Doe says comes through Roe, who is no agency, and then through Tass. Who denies reports, or is asked
        about them, passes nothing on.
        """
        around = [one]
        while (outer := self._attributions.get(around[-1].inside or "")) and outer not in around:
            around.append(outer)
        chain: list[str] = []
        for attribution in reversed(around):
            passes_on = attribution is not one and attribution.stance == "asserts"
            speaker = [attribution.speaker] if passes_on and attribution.speaker is not None else []
            own = [relay for relay in relays_of(attribution) if relay not in chain and relay not in speaker]
            chain = [*speaker, *own, *chain]
        return [link for link in dict.fromkeys(chain) if link != one.speaker]

    def _of_proposition(self, one: Proposition) -> Iterator[Statement]:
        node = self._node(one.id)
        yield node, TYPE, ng("Proposition")
        yield node, TYPE, term("schema:Claim")
        yield node, term("schema:text"), text_literal(one.text)
        yield node, ng("propKey"), text_literal(one.key)
        if (parties := parties_of(one)) is not None:
            yield node, SUBJECT, self._node(parties[0])
            yield node, PREDICATE, predicate_iri(parties[1])
            yield node, OBJECT, self._node(parties[2])
        if one.time is not None:
            yield node, ng("time"), time_literal(one.time)
        for entity in things_in(one, self._extraction):
            yield node, term("schema:about"), self._node(entity)
        for relation in self._relations_in(one):
            yield node, ng("expresses"), self._node(relation.id)
        for voice in one.voices:
            if voice.attribution is not None:
                yield self._node(voice.attribution), ng("proposition"), node
            yield from self._of_voice(node, one, voice)

    def _relations_in(self, one: Proposition) -> Iterator[Relation]:
        """Yield the relations that tell the proposition; of one in other words, those inside its contents."""
        told = {voice.relation for voice in one.voices}
        spoken = {voice.attribution for voice in one.voices} - {None}
        for relation in self._extraction.relations:
            is_told = relation.id in told and one.predicate in {relation.predicate, None}
            if is_told or (parties_of(one) is None and relation.attribution in spoken):
                yield relation

    def _of_voice(self, proposition: NamedNode, one: Proposition, voice: Voice) -> Iterator[Statement]:
        node = self._node(voice_name(one, voice))
        yield node, TYPE, ng("Voice")
        yield node, ng("onProposition"), proposition
        if voice.attribution is None:
            yield node, ng("source"), NARRATOR
        else:
            yield node, ng("attribution"), self._node(voice.attribution)
        if voice.relation is not None:
            yield node, ng("relation"), self._node(voice.relation)
        yield node, ng("stance"), STANCES[voice.stance]
        yield node, ng("score"), decimal_literal(voice.score)
        if voice.reason:
            yield node, ng("reason"), text_literal(voice.reason)
        for place in self._places(voice):
            yield from self._spans.sentence_at(node, place)

    def _places(self, voice: Voice) -> list[TextSpan]:
        """Return where the voice is best read: at the relation that it tells, else at its cue."""
        if relation := self._relations.get(voice.relation or ""):
            return [TextSpan(relation.start, relation.end)]
        attribution = self._attributions.get(voice.attribution or "")
        return list((attribution.cue or attribution.content)[:1]) if attribution else []

    def _words(self, spans: Iterable[TextSpan]) -> str:
        return " … ".join(self._extraction.text[start:end] for start, end in spans)

    def _node(self, name: str) -> NamedNode:
        return local_iri(self._version_id, name)


def relays_of(attribution: Attribution) -> tuple[str, ...]:
    """Return the relays; extractions of older versions know only one."""
    via = () if attribution.via is None else (attribution.via,)
    return tuple(dict.fromkeys((*attribution.relays, *via)))


def parties_of(one: Proposition) -> tuple[str, str, str] | None:
    """Return subject, predicate and object of a proposition that is a relation of the vocabulary."""
    if one.predicate is None or one.subject is None or one.object is None:
        return None
    return (one.subject, one.predicate, one.object) if one.predicate in load_vocabulary() else None


def voice_name(proposition: Proposition, voice: Voice) -> str:
    """Return the local name of a voice: v-p0-a3-r2, v-p0-a3 without a relation, the narrator's v-p0-r2."""
    return "-".join(filter(None, ("v", proposition.id, voice.attribution, voice.relation)))


def things_in(one: Proposition, extraction: Extraction) -> list[str]:
    """Return what a proposition is about: the parties of a relation, else what its contents mention."""
    if (parties := parties_of(one)) is not None:
        return list(dict.fromkeys((parties[0], parties[2])))
    surest = max((voice.score for voice in one.voices), default=0.0)  # not who only answers: "denied it"
    spoken = {voice.attribution for voice in one.voices if voice.score == surest}
    told = [attribution for attribution in extraction.attributions if attribution.id in spoken]
    things = entities_in(tuple(span for attribution in told for span in attribution.content), extraction)
    names = {entity.id: entity.name.lower() for entity in extraction.entities}
    # "denied hiding losses": the speaker is its subject, and so the first word of its key.
    first = one.key.split("|")[1:2]
    own = {voice.speaker for voice in told if voice.speaker and [names.get(voice.speaker)] == first}
    return sorted({*things, *own}, key=_number)


def entities_in(spans: tuple[TextSpan, ...], extraction: Extraction) -> list[str]:
    """Return the things that are mentioned inside ``spans``, by name or otherwise, in order of their ids."""
    found = {
        mention.entity
        for start, end in spans
        for mention in extraction.mentions
        if start <= mention.start and mention.end <= end and mention.kind != "value"
    }
    return sorted(found, key=_number)


def _number(entity: str) -> int:
    return int(entity[1:])
