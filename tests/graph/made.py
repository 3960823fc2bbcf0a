"""Extractions written by hand: small articles in which somebody says something about somebody."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from graph.propositions import canonical_of, meant_in
from graph.provenance import RunInfo
from graph.resolve import NOTHING_KNOWN
from newsgraph.records import (
    Article,
    Attribution,
    Entity,
    Extraction,
    Mention,
    Proposition,
    Relation,
    TextSpan,
    Voice,
)

RUN = RunInfo("run-1", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "0.1.0", "model-1")
LATER = RunInfo("run-2", datetime(2026, 2, 2, 3, 4, 5, tzinfo=UTC), "0.1.0", "model-1")


def dump_of(reader, *, without_provenance=True):
    """Return all that a store says, as bytes: two that say the same give the same."""
    file = io.BytesIO()
    reader.dump(file, without_provenance=without_provenance)
    return file.getvalue()


def made(
    name, speaker="Anna Berg", verb="denied", other="Carl Dorn", object_="MQ-9", publisher="Northern Wire"
):
    """Return an article in which one denies what another did to a thing and then meets him."""
    text = f"{speaker} {verb} that {other} struck the {object_}. {speaker} met {other} on Tuesday."
    article = Article(name, text, f"About {object_}", None, date(2023, 3, 16), publisher)
    return article, _extraction(article, speaker, verb, other, object_)


def _extraction(article, speaker, verb, other, object_):
    text = article.text

    def span(words, after=0):
        start = text.index(words, after)
        return TextSpan(start, start + len(words))

    first_end = text.index(". ") + 1
    again = first_end
    people = (Entity("e0", speaker, "PERSON", (speaker.split()[-1],), 0.9), Entity("e1", other, "PERSON"))
    entities = (*people, Entity("e2", object_, "PRODUCT"), Entity("e3", "Tuesday", "DATE"))
    mentions = (
        Mention("m0", *span(speaker), "PERSON", "name", "e0", 0.99),
        Mention("m1", *span(other), "PERSON", "name", "e1", 0.98),
        Mention("m2", *span(object_), "PRODUCT", "name", "e2", 0.97),
        Mention("m3", *span(speaker, again), "PERSON", "name", "e0", 0.96),
        Mention("m4", *span(other, again), "PERSON", "name", "e1", 0.95),
        Mention("m5", *span("Tuesday"), "DATE", "value", "e3", 0.94),
    )
    content = span(f"that {other} struck the {object_}")
    stance = "denies" if verb == "denied" else "asserts"
    lemma = {"denied": "deny", "said": "say"}[verb]
    attribution = Attribution(
        "a0",
        (span(speaker),),
        (span(verb),),
        (content,),
        "e0",
        None,
        stance,
        "certain",
        "indirect",
        0.9,
        lemma,
    )
    struck = Relation("r0", "struck", "e1", "e2", *content, False, "actual", "a0", None, None, 0.8)
    met = replace(
        struck, id="r1", predicate="met", subject="e0", object="e1", attribution=None, time="2023-03-14"
    )
    met = replace(met, start=span(f"{speaker} met", again).start, end=len(text))
    return Extraction(
        article.id,
        text,
        article.title,
        article.published,
        sentences=(TextSpan(0, first_end), TextSpan(first_end + 1, len(text))),
        mentions=mentions,
        entities=entities,
        attributions=(attribution,),
        relations=(struck, met),
    )


def speaking(name, speaker, known="", rolls_up_to="", same_as=()):
    """Return an article whose voice is an organisation that is a known thing, or counts for one."""
    article, extraction = made(name, speaker=speaker)
    first, *others = extraction.entities
    voice = replace(first, type="ORG", aliases=(), known=known, rolls_up_to=rolls_up_to, same_as=same_as)
    mentions = tuple(replace(one, type="ORG") if one.entity == "e0" else one for one in extraction.mentions)
    return article, replace(extraction, entities=(voice, *others), mentions=mentions)


NOT = {"asserts": "denies", "denies": "asserts", "undetermined": "undetermined"}
CUES = {"said": ("asserts", "say"), "denied": ("denies", "deny"), "doubted": ("undetermined", "doubt")}


def spoken(
    name,
    *told,
    publisher="Northern Wire",
    time=None,
    predicate="collidedWith",
    parties=("Su-27", "MQ-9"),
    is_planned=False,
    via=None,
    as_words=False,
):
    """Return an article whose voices all speak of one thing, and whose proposition p0 has them all.

    Args:
        name: The article's id.
        told: Of each voice (speaker, verb): None is the article's own voice, a small letter at its beginning
            makes a speaker without a name; "said not" negates the relation, not the speech.
        publisher: Of the article.
        time: When it was, as all voices say.
        predicate: Of the relation.
        parties: Its subject and its object, two products.
        is_planned: It is still to come.
        via: The relay that all attributions came through.
        as_words: The proposition is no relation but words.
    """
    talk = _Talk(parties, via)
    for speaker, verb in told:
        talk.tell(speaker, verb, predicate, time, is_planned=is_planned, as_words=as_words)
    key = ("words|hit|mq-9|su-27", f"{'planned' if is_planned else ''}|{predicate}|{time}")[not as_words]
    relation = (None, None, None, None) if as_words else (predicate, "e0", "e1", time)
    one = Proposition("p0", talk.first, *relation, key, tuple(talk.voices))
    article = Article(name, talk.text, f"About the {parties[1]}", None, date(2023, 3, 16), publisher)
    return article, talk.extraction(article, (one,))


class _Talk:
    """Writes an article sentence by sentence, with the records of what stands in it."""

    def __init__(self, parties, via):
        self.text, self.first, self.voices = "", None, []
        self._parties, self._via = parties, via
        self._entities = [Entity(f"e{number}", one, "PRODUCT") for number, one in enumerate(parties)]
        self._mentions, self._sentences, self._attributions, self._relations = [], [], [], []

    def tell(self, speaker, verb, predicate, time, *, is_planned, as_words):
        verb, is_negated = verb.removesuffix(" not"), verb.endswith(" not")
        lead = "" if speaker is None else f"{speaker} {verb}{f' ({self._via})' if self._via else ''} that "
        words = f"the {self._parties[0]} {'never ' if is_negated else ''}hit the {self._parties[1]}"
        begin = len(self.text) + bool(self.text)
        self.text += f"{' ' if self.text else ''}{lead}{words}."
        self.first = self.first or words
        self._sentences.append(TextSpan(begin, len(self.text)))
        for number, party in enumerate(self._parties):
            self._mention(party, f"e{number}", "PRODUCT", begin + len(lead))
        stance, attribution = "asserts", None
        if speaker is not None:
            stance, attribution = CUES[verb][0], self._attribute(speaker, verb, begin, begin + len(lead))
        relation = None if as_words else f"r{len(self._relations)}"
        if not as_words:
            place, modality = (
                TextSpan(begin + len(lead), len(self.text) - 1),
                "planned" if is_planned else "actual",
            )
            self._relations.append(
                Relation(
                    relation,
                    predicate,
                    "e0",
                    "e1",
                    *place,
                    is_negated,
                    modality,
                    attribution,
                    time,
                    None,
                    0.9,
                )
            )
        stance = NOT[stance] if is_negated else stance
        self.voices.append(Voice(attribution, relation, stance, 0.9, "told in these words"))

    def extraction(self, article, propositions):
        return Extraction(
            article.id,
            self.text,
            article.title,
            article.published,
            sentences=tuple(self._sentences),
            mentions=tuple(self._mentions),
            entities=tuple(self._entities),
            attributions=tuple(self._attributions),
            relations=tuple(self._relations),
            propositions=propositions,
        )

    def _attribute(self, speaker, verb, begin, content):
        source = self._entity(speaker, "PERSON", begin)
        cue = self.text.index(verb, begin)
        relays = (self._entity(self._via, "ORG", begin),) if self._via else ()
        stance, lemma = CUES[verb]
        self._attributions.append(
            Attribution(
                f"a{len(self._attributions)}",
                (TextSpan(begin, begin + len(speaker)),),
                (TextSpan(cue, cue + len(verb)),),
                (TextSpan(content, len(self.text) - 1),),
                source,
                relays[0] if relays else None,
                stance,
                "certain",
                "indirect",
                0.9,
                lemma,
                relays=relays,
            )
        )
        return self._attributions[-1].id

    def _entity(self, name, kind, begin):
        known = {entity.name: entity.id for entity in self._entities}
        if name not in known:
            known[name] = f"e{len(self._entities)}"
            self._entities.append(Entity(known[name], name, kind))
        self._mention(name, known[name], kind, begin)
        return known[name]

    def _mention(self, words, entity, kind, begin):
        start = self.text.index(words, begin)
        form = "name" if words[0].isupper() else "nominal"
        self._mentions.append(
            Mention(f"m{len(self._mentions)}", start, start + len(words), kind, form, entity, 0.9)
        )


def naming(name, *things, said=""):
    """Return an article that does nothing but name things.

    Args:
        name: The article's id.
        things: Of each its name, its type and, where it is a known thing, its key.
        said: What else stands in the text, behind the names.
    """
    text, entities, mentions = "", [], []
    for number, (words, kind, *known) in enumerate(things):
        start = len(text)
        text += f"{words}. "
        entities.append(Entity(f"e{number}", words, kind, known="".join(known)))
        mentions.append(Mention(f"m{number}", start, start + len(words), kind, "name", f"e{number}", 0.9))
    text += said
    article = Article(name, text, f"About {name}", None, date(2023, 3, 16), "Northern Wire")
    return article, Extraction(
        name, text, article.title, article.published, mentions=tuple(mentions), entities=tuple(entities)
    )


def propositions_alone(article, extraction):
    """Return the canonical propositions of an article that nobody else knows of, by Proposition.id."""
    things = NOTHING_KNOWN.identities(extraction, article.version_id)
    nodes = {name: one.canonical for name, one in things.items()}
    return {one.id: canonical_of(one, nodes) for one in meant_in(article, extraction, nodes)}
