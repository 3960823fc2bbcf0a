"""What there is to tell of an attribution, a relation, a proposition, an entity or a mention.

Lines come as what they are: a heading, a fact with its label, or a passage of the text with its parts marked.
How they look is explain.py's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from app.reading import Reading, Record, Statement, overlaps
from graph.claims import entities_in
from graph.profiles import profiles_in
from graph.relations import factuality
from graph.terms import ng
from newsgraph.records import (
    Article,
    Attribution,
    Entity,
    Mention,
    Proposition,
    Relation,
    TextSpan,
    Value,
    Voice,
)
from newsgraph.vocabulary import load_vocabulary

MAX_COMPARED = 5  # decisions that are told of one entity
MAX_EXCERPT = 90  # characters of what is said, where a statement has one line
STANCES = {"asserts": "asserts", "denies": "denies", "undetermined": "leaves open"}


class Fact(NamedTuple):
    label: str
    value: str


class Mark(NamedTuple):
    """What a part of a passage is."""

    role: str
    start: int
    end: int


class Passage(NamedTuple):
    """Stretches of the text, in order, with marks that may lie in each other or cross."""

    stretches: tuple[TextSpan, ...]
    marks: tuple[Mark, ...]


Line: TypeAlias = str | Fact | Passage  # str: a heading


def heading(article: Article) -> str:
    day = article.published.isoformat() if article.published else ""
    return " · ".join(part for part in (article.id, article.title, day) if part)


def overview(reading: Reading) -> Iterator[Line]:
    """Tell in one line each of all that is stated, so that one can pick."""
    extraction = reading.extraction
    for title, statements in (
        ("attributions", extraction.attributions),
        ("relations", extraction.relations),
        ("propositions", extraction.propositions),
    ):
        if statements:
            yield f"{len(statements)} {title if len(statements) > 1 else title[:-1]}"
            yield from (Fact(one.id, summary(reading, one)) for one in statements)
    if names := reading.names():
        yield f"{len(names)} names"
        yield Fact("", ", ".join(names))
    if not reading.statements:
        yield "no attribution, no relation and no proposition was read here"
        yield from _passed_over(reading, (TextSpan(0, len(extraction.text)),))


def summary(reading: Reading, statement: Statement) -> str:
    """Tell of a statement in one line."""
    if isinstance(statement, Attribution):
        content = _excerpt(reading.words(statement.content))
        return f"{_speaker(reading, statement)} {STANCES[statement.stance]}: {content}"
    if isinstance(statement, Relation):
        return f"{_triple(reading, statement)} [{_voice_of(reading, statement)}]"
    voices = (f"{_whose(reading, one.attribution)} {STANCES[one.stance]}" for one in statement.voices)
    return f"{_excerpt(statement.text)} [{'; '.join(voices)}]"


def explanation(reading: Reading, record: Record) -> Iterator[Line]:
    """Tell why a record is as it is."""
    if isinstance(record, Attribution):
        yield from _of_attribution(reading, record)
    elif isinstance(record, Relation):
        yield from _of_relation(reading, record)
    elif isinstance(record, Proposition):
        yield from _of_proposition(reading, record)
    elif isinstance(record, Entity):
        yield from _of_entity(reading, record)
    else:
        yield from _of_mention(reading, record)


def _of_attribution(reading: Reading, one: Attribution) -> Iterator[Line]:
    yield f"{one.id} · attribution"
    passage = _attribution_passage(reading, one)
    yield passage
    if not one.source:
        yield Fact("source", "none is given")
    yield from _participant(reading, "speaker", one.speaker, one.source)
    yield from _route(reading, one)
    yield from _cue(reading, one)
    yield Fact("stance", f"{one.stance}, {one.certainty}")
    yield Fact("speech", one.speech)
    yield Fact("temporality", one.temporality)
    yield Fact("confidence", f"{one.confidence:.2f}")
    if outer := reading.attributions.get(one.inside or ""):
        yield _line(reading, "stands inside", outer)
    for held in reading.statements:
        if one.id == _holder(held):
            yield _line(reading, "holds", held)
    yield from _stances_on(reading, "attribution", one.id)
    yield from _passed_over(reading, passage.stretches)


def _attribution_passage(reading: Reading, one: Attribution) -> Passage:
    spans = (*one.source, *one.cue, *one.content)
    marks = [
        Mark(role, *span)
        for role, stretches in (("source", one.source), ("cue", one.cue), ("content", one.content))
        for span in stretches
    ]
    return Passage(reading.sentences(spans), tuple(marks))


def _participant(
    reading: Reading, label: str, entity: str | None, within: Sequence[TextSpan]
) -> Iterator[Fact]:
    """Tell which entity is meant and by which words, there and where it has its name."""
    if entity is None:
        return
    there = reading.mentions(entity, within)
    by = ", ".join(_quoted(reading, one) for one in there)
    yield Fact(label, f"{by} → {reading.named(entity)}" if by else reading.named(entity))
    if there and not any(one.kind == "name" for one in there):
        names = [one for one in reading.extraction.mentions if one.entity == entity and one.kind == "name"]
        before = [one for one in names if one.start < there[0].start]
        if names:
            when = "last before, as" if before else "only later, as"
            yield Fact(f"{label} named", f"{when} {_quoted(reading, (before[-1:] or names)[0])}")


def _route(reading: Reading, one: Attribution) -> Iterator[Fact]:
    """Tell what lies between the speaker and us."""
    relays = one.relays or ((one.via,) if one.via else ())
    if relays:
        yield Fact("via", ", then ".join(map(reading.named, relays)))
    if one.addressee:
        yield Fact("told to", reading.named(one.addressee))
    if one.medium:
        yield Fact("said in", one.medium)


def _cue(reading: Reading, one: Attribution) -> Iterator[Fact]:
    if one.cue:
        lemma = f", of {one.cue_lemma!r}" if one.cue_lemma else ""
        yield Fact("cue", f"“{reading.words(one.cue)}”{lemma}, type {one.cue_type}")


def _of_relation(reading: Reading, one: Relation) -> Iterator[Line]:
    evidence = TextSpan(one.start, one.end)
    sentences = reading.sentences([evidence])
    yield f"{one.id} · relation: {_triple(reading, one)}"
    sides = (
        ("subject", one.subject, _nearest(reading, one.subject, evidence)),
        ("object", one.object, _nearest(reading, one.object, evidence)),
    )
    marks = (Mark(role, *place) for role, _, places in sides for place in places)
    yield Passage(sentences, (Mark("evidence", *evidence), *marks))
    for role, entity, places in sides:
        yield from _participant(reading, role, entity, places)
    yield Fact("predicate", _predicate(one.predicate))
    if one.rule:
        yield Fact("found by", f"the rule {one.rule!r}")
    yield Fact("voice", _voice_of(reading, one))
    if one.negated:
        yield Fact("negated", "yes: that it is not so is what is told")
    yield Fact("modality", one.modality)
    yield Fact("simple edge", _edge(reading, one))
    yield from _circumstances(reading, one)
    yield Fact("confidence", f"{one.confidence:.2f}")
    yield from _stances_on(reading, "relation", one.id)
    yield from _passed_over(reading, sentences)


def _nearest(reading: Reading, entity: str, evidence: TextSpan) -> list[TextSpan]:
    """Return where an entity is mentioned in the evidence or else in its sentence."""
    there = reading.mentions(entity, [evidence]) or reading.mentions(entity, reading.sentences([evidence]))
    return [TextSpan(one.start, one.end) for one in there]


def _predicate(name: str) -> str:
    kind = load_vocabulary().get(name)
    return f"{name}: {kind.label}. {kind.comment}" if kind else f"{name}: the text's own verb, no known kind"


def _edge(reading: Reading, one: Relation) -> str:
    """Tell whether the view says this without further ado (graph/shares.py), and if not why not."""
    reasons = []
    standing = factuality(one)
    if standing == ng("AttributedOnly"):
        reasons.append("it is a claim, not the article's own word")
    elif standing != ng("NarratorAsserted"):
        reasons.append("it is negated" if one.negated else f"it is {one.modality}, not actual")
    if one.predicate not in load_vocabulary():
        reasons.append("its predicate is an open one")
    canonical = reading.resolver.identities(reading.extraction, reading.article.version_id)
    if one.subject not in canonical or one.object not in canonical:
        reasons.append("a date or a sum is no thing of the graph")
    elif canonical[one.subject].canonical == canonical[one.object].canonical:
        reasons.append("subject and object are one thing in the graph")
    return f"no: {'; '.join(reasons)}" if reasons else "yes"


def _circumstances(reading: Reading, one: Relation) -> Iterator[Fact]:
    if one.time:
        yield Fact("time", f"{one.time} (from: {one.time_basis})" if one.time_basis else one.time)
    for label, value in (("until", one.until), ("duration", one.duration), ("post", one.post)):
        if value:
            yield Fact(label, value)
    if one.place:
        yield Fact("place", reading.named(one.place))
    for amount in one.values:
        yield Fact("value", _amount(reading, amount))


def _amount(reading: Reading, one: Value) -> str:
    bound = "" if one.bound == "exact" else f"{one.bound} "
    return f"{bound}{one.amount:,.12g} {one.unit} (“{reading.words([(one.start, one.end)])}”)"


def _of_proposition(reading: Reading, one: Proposition) -> Iterator[Line]:
    yield f"{one.id} · proposition"
    yield Fact("text", one.text)
    if one.predicate and one.subject and one.object:
        parts = (reading.named(one.subject), _label(one.predicate), reading.named(one.object))
        yield Fact("says", " ".join(parts))
    if one.time:
        yield Fact("time", one.time)
    if one.key:
        yield Fact("key", one.key)
    stretches: list[TextSpan] = []
    for voice in one.voices:
        yield f"{_whose(reading, voice.attribution)}: {voice.stance}"
        yield from _grounds(voice)
        if passage := _voice_passage(reading, voice):
            yield passage
            stretches += passage.stretches
    yield from _passed_over(reading, stretches)


def _grounds(voice: Voice) -> Iterator[Fact]:
    yield Fact("in", ", ".join(filter(None, (voice.attribution, voice.relation))) or "the text")
    yield Fact("score", f"{voice.score:.2f}")
    if voice.reason:
        yield Fact("reason", voice.reason)


def _voice_passage(reading: Reading, voice: Voice) -> Passage | None:
    if attribution := reading.attributions.get(voice.attribution or ""):
        return _attribution_passage(reading, attribution)
    if relation := reading.relations.get(voice.relation or ""):
        evidence = TextSpan(relation.start, relation.end)
        return Passage(reading.sentences([evidence]), (Mark("evidence", *evidence),))
    return None


def _of_entity(reading: Reading, one: Entity) -> Iterator[Line]:
    yield f"{one.id} · {one.name}"
    yield Fact("type", one.type)
    if one.aliases:
        yield Fact("aliases", ", ".join(one.aliases))
    yield Fact("salience", f"{one.salience:.2f}")
    if one.known:
        yield Fact("known as", one.known)
    if one.rolls_up_to:
        yield Fact("counts for", one.rolls_up_to)
    if one.same_as:
        yield Fact("same as", ", ".join(one.same_as))
    mentions = [mention for mention in reading.extraction.mentions if mention.entity == one.id]
    for kind in dict.fromkeys(mention.kind for mention in mentions):
        of_kind = (mention for mention in mentions if mention.kind == kind)
        yield Fact(f"as {kind}", ", ".join(_quoted(reading, mention) for mention in of_kind))
    for statement in reading.statements:
        if role := _role(reading, one.id, statement):
            yield _line(reading, role, statement)
    yield from _who_it_is(reading, one)
    places = [TextSpan(mention.start, mention.end) for mention in mentions]
    yield from _passed_over(reading, reading.sentences(places))


def _who_it_is(reading: Reading, one: Entity) -> Iterator[Line]:
    """Tell which canonical entity it is in the graph, and what was weighed for and against others."""
    reader = reading.reader
    identity = reading.resolver.identities(reading.extraction, reading.article.version_id).get(one.id)
    if identity is None or reader is None:
        return
    yield Fact("in the graph", reader.name_of(identity.canonical))
    yield Fact("because", identity.reason)
    for decision in identity.decisions:
        yield Fact("reviewer", f"{decision}: {reader.decisions().by_id[decision]}")
    profile = profiles_in(reading.extraction).get(one.id)
    if profile is None:
        return
    yield Fact("told of it", profile.line)
    for compared in reader.compared(profile)[:MAX_COMPARED]:
        yield Fact(
            compared.judgement.lower(),
            f"{reader.name_of(compared.other)}, {compared.score:.2f}: {compared.reason}",
        )
        yield Fact("weighed", f"{compared.features} [{compared.by}]")


def _role(reading: Reading, entity: str, one: Statement) -> str:
    """Return as what an entity takes part in a statement; "" if it does not."""
    if isinstance(one, Attribution):
        roles = {"speaker": one.speaker, "told": one.addressee, "relay": one.via}
        roles |= {"relay": entity} if entity in one.relays else {}
        roles |= {"spoken of": entity} if entity in entities_in(one.content, reading.extraction) else {}
    else:
        roles = {"subject": one.subject, "object": one.object}
        roles |= {"place": one.place} if isinstance(one, Relation) else {}
    return next((role for role, taken in roles.items() if taken == entity), "")


def _of_mention(reading: Reading, one: Mention) -> Iterator[Line]:
    place = TextSpan(one.start, one.end)
    sentences = reading.sentences([place])
    yield f"{one.id} · mention"
    yield Passage(sentences, (Mark(one.kind, *place),))
    yield from _participant(reading, "means", one.entity, [place])
    yield Fact("kind", f"{one.kind}, {one.type}")
    yield Fact("confidence", f"{one.confidence:.2f}")
    yield from _passed_over(reading, sentences)


def _stances_on(reading: Reading, kind: str, statement: str) -> Iterator[Fact]:
    """Tell on which propositions a statement is a voice."""
    for one in reading.extraction.propositions:
        for voice in one.voices:
            if statement == (voice.attribution if kind == "attribution" else voice.relation):
                yield Fact("proposition", f"{one.id}: {voice.stance} “{_excerpt(one.text)}”")
                break


def _passed_over(reading: Reading, stretches: Sequence[TextSpan]) -> Iterator[Line]:
    near = [one for one in reading.extraction.passed_over if overlaps(one, stretches)]
    if near:
        yield "passed over nearby"
    for one in near:
        yield Fact(one.what, f"“{_excerpt(reading.words([(one.start, one.end)]))}”: {one.reason}")


def _voice_of(reading: Reading, one: Relation) -> str:
    attribution = reading.attributions.get(one.attribution or "")
    if attribution is None:
        return "the article's own voice"
    claim = f"claimed by {_speaker(reading, attribution)} ({attribution.stance}), in {attribution.id}"
    return claim + (f", inside {attribution.inside}" if attribution.inside else "")


def _whose(reading: Reading, attribution: str | None) -> str:
    one = reading.attributions.get(attribution or "")
    return _speaker(reading, one) if one else "the article itself"


def _speaker(reading: Reading, one: Attribution) -> str:
    return reading.name(one.speaker) if one.speaker else reading.words(one.source) or reading.name(None)


def _triple(reading: Reading, one: Relation) -> str:
    verb = f"not: {_label(one.predicate)}" if one.negated else _label(one.predicate)
    return f"{reading.name(one.subject)} {verb} {reading.name(one.object)}"


def _label(predicate: str) -> str:
    kind = load_vocabulary().get(predicate)
    return kind.label if kind else f"“{predicate}”"


def _holder(one: Statement) -> str | None:
    """Return the attribution whose content a statement stands in."""
    if isinstance(one, Attribution):
        return one.inside
    return one.attribution if isinstance(one, Relation) else None


def _line(reading: Reading, label: str, one: Statement) -> Fact:
    return Fact(label, f"{one.id}: {summary(reading, one)}")


def _quoted(reading: Reading, one: Mention) -> str:
    return f"“{reading.words([(one.start, one.end)])}” ({one.id}, {one.kind})"


def _excerpt(words: str) -> str:
    words = re.sub(r"\s+", " ", words)
    return words if len(words) <= MAX_EXCERPT else words[: MAX_EXCERPT - 1].rstrip() + "…"
