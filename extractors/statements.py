"""From an annotated Doc to an Extraction: the order of the steps, and ids for what they find.

mentions → entities → attributions with their speakers → relations with the attribution that they stand in →
times. Pure: the same Doc and Article give the same Extraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from pathlib import Path

import spacy.tokens

from extractors.attributed import attributions_of
from extractors.attribution import find_attributions
from extractors.clusters import Cluster
from extractors.coreference import cluster_mentions, cluster_nouns, is_minor
from extractors.drafts import Draft, unsure_of
from extractors.found import Found
from extractors.linking import NO_LINK, Link, links_of
from extractors.meanings import Meanings
from extractors.mentions import ANONYMOUS, Referring, find_mentions
from extractors.passing import find_passing
from extractors.pronoun_choice import Weights, load_weights
from extractors.pronouns import Surroundings, Voice
from extractors.propositions import propositions_of
from extractors.quick import made_of
from extractors.quotations import Quotation, find_quotations
from extractors.reader import MODEL, SKIPPED
from extractors.related import Contents, date_words, relations_of
from extractors.relations import find_relations
from extractors.salience import Salience
from extractors.spans import text_span
from extractors.times import date_from_text
from extractors.words import Doc, Token
from newsgraph import records
from newsgraph.records import Article, EntityKind, Extraction, TextSpan
from newsgraph.vocabulary import load_vocabulary

_ARTICLES = ("the ", "The ", "a ", "A ", "an ", "An ")
_NO_ACRONYM = 7  # letters from which a word in capitals is hardly one


def statements_from(source: spacy.tokens.Doc, article: Article) -> Extraction:
    """Return all that was read in an article as plain records.

    Args:
        source: Annotated by the pipeline; its text is the article's.
        article: For its id, title, date.
    """
    doc = Doc(source, article.text)
    ground = _ground_of(doc)
    skipped, drafts = ground.skipped, ground.drafts
    contents = Contents(drafts)
    everything, passing = _clusters(doc, ground)
    found = [
        one
        for one in find_relations(doc, cache(Meanings(doc, everything).party_at), contents.places_at)
        if one.word not in skipped
    ]
    clusters, minor, found = _without_minor(doc, everything, found, ground.voices)
    passing = [*minor, *passing]
    salience = Salience(doc, _model(doc))
    meanings = Meanings(doc, clusters)
    attributions = attributions_of(doc, drafts, ground.quotations, meanings, _model(doc))
    reference = article.published or date_from_text(date_words(doc, clusters))
    relations, words, passed_over = relations_of(doc, found, contents, ground.quotations, meanings, reference)
    links = links_of(doc, clusters, article.published)
    entities = tuple(
        _entity(doc, number, cluster, salience, link)
        for number, (cluster, link) in enumerate(
            zip((*clusters, *passing), (*links, *(NO_LINK for _ in passing)), strict=True)
        )
    )
    return Extraction(
        id=article.id,
        text=article.text,
        title=article.title,
        published=article.published,
        sentences=_sentences(doc, skipped),
        tokens=_tokens(doc),
        mentions=_mentions(doc, (*clusters, *passing)),
        entities=entities,
        attributions=attributions,
        relations=relations,
        propositions=propositions_of(doc, drafts, attributions, relations, words, entities, meanings),
        passed_over=(*passed_over, *unsure_of(doc)),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is found in a Doc before it is known what means the same."""

    skipped: frozenset[int]
    quotations: list[Quotation]
    drafts: list[Draft]
    mentions: list[Referring]

    def passing(self, doc: Doc) -> list[Cluster]:
        return find_passing(doc, self.mentions, self.skipped)

    @property
    def voices(self) -> list[Voice]:
        return [Voice(draft.source, draft.content) for draft in self.drafts]


def _ground_of(doc: Doc) -> _Ground:
    stretches = [(begin, end) for begin, end in doc.user_data.get(SKIPPED, ())]
    skipped = _skipped(doc, stretches)
    quotations = find_quotations(doc, stretches)
    drafts = find_attributions(doc, quotations, skipped)
    mentions = [one for one in find_mentions(doc) if one.head not in skipped]
    return _Ground(skipped, quotations, drafts, mentions)


def surroundings_of(doc: Doc) -> tuple[Surroundings, list[Referring]]:
    """Return what stands around the pronouns of a Doc, and the pronouns: training starts from there."""
    ground = _ground_of(doc)
    pronouns = [one for one in ground.mentions if one.kind == "pronoun"]
    clusters = cluster_nouns(doc, ground.mentions)
    around = Surroundings(doc, clusters, ground.voices, ground.quotations, _weights(doc), ground.passing(doc))
    return around, pronouns


def things_of(doc: Doc) -> list[Cluster]:
    """Return the things of a Doc with all their mentions: training starts from there."""
    ground = _ground_of(doc)
    return _without_minor(doc, _clusters(doc, ground)[0], (), ground.voices)[0]


def _without_minor(
    doc: Doc, clusters: Sequence[Cluster], found: Sequence[Found], voices: Sequence[Voice]
) -> tuple[list[Cluster], list[Cluster], list[Found]]:
    """Return the things that matter, those only spoken of in passing, and the relations renumbered.

    "A baker" is nobody until he acts; if a pronoun means him, he is spoken of in passing.
    """
    acting = {party for one in found if one.predicate in load_vocabulary() for party in one.parties}
    sources = {place for voice in voices for place in voice.source}
    kept = [
        number for number, one in enumerate(clusters) if number in acting or not is_minor(doc, one, sources)
    ]
    numbers = {old: new for new, old in enumerate(kept)}
    minor = [
        one
        for number, one in enumerate(clusters)
        if number not in numbers and (len(one.mentions) > 1 or one.unsure)
    ]
    for one in minor:
        one.is_passing = True
    return (
        [clusters[number] for number in kept],
        minor,
        [one.renumbered(numbers) for one in found if all(party in numbers for party in one.parties)],
    )


def _clusters(doc: Doc, ground: _Ground) -> tuple[list[Cluster], list[Cluster]]:
    """Return the things of a Doc, and those that are spoken of in passing and taken up by a pronoun."""
    everything = cluster_mentions(
        doc, ground.mentions, ground.voices, ground.quotations, _weights(doc), ground.passing(doc)
    )
    return [one for one in everything if not one.is_passing], [one for one in everything if one.is_passing]


def _model(doc: Doc) -> Path:
    return _folder(doc.user_data[MODEL])


@cache
def _folder(name: str) -> Path:
    return Path(name)  # one and the same, so that what was read in it is found at once


def _weights(doc: Doc) -> Weights:
    return load_weights(_model(doc))


def _skipped(doc: Doc, stretches: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the words that stand in a stretch, in part or in whole."""
    places: set[int] = set()
    for begin, end in stretches:
        span = doc.char_span(begin, end, alignment_mode="expand")
        places.update(range(span.start, span.end) if span is not None and begin < end else ())
    return frozenset(places)


def _sentences(doc: Doc, skipped: frozenset[int]) -> tuple[TextSpan, ...]:
    return tuple(
        text_span(doc, sent.start, sent.end)
        for sent in doc.sents
        if sent.text.strip() and sent.root.i not in skipped
    )


def _tokens(doc: Doc) -> tuple[records.Token, ...]:
    read = [token for token in doc.tokens if not token.is_space]
    before = [*accumulate((not token.is_space for token in doc.tokens), initial=0)]  # words read before each
    heads = [token.head for token in read]
    columns = (
        [token.idx for token in read],
        [token.idx + len(token.text) for token in read],
        [_lemma(token) if token.lemma_.istitle() else token.lemma_ for token in read],
        [token.pos_ for token in read],
        [token.tag_ for token in read],
        [
            -1 if token is head or head.is_space else before[head.i]
            for token, head in zip(read, heads, strict=True)
        ],
        ["root" if token.dep_ == "ROOT" else token.dep_ for token in read],
    )
    return tuple(made_of(records.Token, len(read), columns))


def _lemma(token: Token) -> str:
    """Return a capital lemma; of a word that no rule changes, the lemmatizer keeps a sentence's letter."""
    return token.lemma_ if token.pos_ in {"PROPN", "PRON", "X"} else token.lemma_.lower()


def _mentions(doc: Doc, clusters: Sequence[Cluster]) -> tuple[records.Mention, ...]:
    placed = sorted(
        (
            (one, number)
            for number, cluster in enumerate(clusters)
            for one in (*cluster.mentions, *cluster.unsure)
        ),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    spans = [text_span(doc, one.start, one.end) for one, _ in placed]
    columns = (
        [f"m{index}" for index in range(len(placed))],
        [span.start for span in spans],
        [span.end for span in spans],
        [clusters[number].type for _, number in placed],
        [one.kind for one, _ in placed],
        [f"e{number}" for _, number in placed],
        [one.confidence for one, _ in placed],
    )
    return tuple(made_of(records.Mention, len(placed), columns))


def _entity(doc: Doc, number: int, cluster: Cluster, salience: Salience, link: Link) -> records.Entity:
    words = [one.words(doc) for one in cluster.mentions if one.kind != "pronoun"]
    wanted = cluster.names(doc) or words or [cluster.mentions[0].words(doc)]  # "I"
    texts = [_plain(text) for text in wanted]
    forms = sorted(set(texts))
    name = forms[0]
    if len(forms) > 1:
        name = max(forms, key=lambda text: (len(text.split()), texts.count(text), -texts.index(text)))
    name = _in_small_letters(name, chain(texts, map(_plain, words)))
    aliases = tuple(text for text in forms if text != name)
    return records.Entity(
        f"e{number}",
        name,
        cluster.type,
        aliases,
        salience.of(cluster),
        link.same_as,
        _kind_of(doc, cluster),
        link.known,
        link.rolls_up_to,
    )


def _kind_of(doc: Doc, cluster: Cluster) -> EntityKind:
    """Return whether a thing has a name, and what it is if not: a group, a voice without a name."""
    if cluster.type in {"DATE", "MONEY"}:
        return "value"
    if cluster.is_passing:
        return "passing"
    if cluster.is_named:
        return "named"
    heads = cluster.called(doc)
    if any(head.lower_ in ANONYMOUS for head in heads):
        return "anonymous"
    return "group" if any(head.tag_ in {"NNS", "NNPS"} for head in heads) else "described"


def _in_small_letters(name: str, forms: Iterable[str]) -> str:
    """Return a name from a headline in capitals as the article has it elsewhere; no acronym."""
    if not name.isupper() or (" " not in name and len(name) < _NO_ACRONYM):
        return name
    alike = (form for form in forms if form.casefold() == name.casefold() and not form.isupper())
    return next(alike, name)


def _plain(text: str) -> str:
    """Return a name as a label: one line, without article."""
    text = " ".join(text.split())
    for article in _ARTICLES:
        text = text.removeprefix(article)
    return text
