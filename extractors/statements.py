"""From an annotated Doc to an Extraction: the order of the steps, and ids for what they find.

mentions → entities → attributions with their speakers → relations with the attribution that they stand in →
times. Pure: the same Doc and Article give the same Extraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spacy.tokens import Doc, Token

from extractors.attribution import find_attributions, speech_of
from extractors.clusters import Cluster
from extractors.confidence import load_calibration
from extractors.coreference import cluster_mentions, cluster_nouns
from extractors.drafts import Draft
from extractors.mentions import Referring, find_mentions
from extractors.pronouns import Surroundings, Voice, Weights, load_weights
from extractors.quotations import Quotation, find_quotations
from extractors.reader import MODEL, SKIPPED
from extractors.relations import Found, Party, find_relations
from extractors.salience import Salience
from extractors.sources import subject_in
from extractors.spans import runs_of, text_span
from extractors.stance import certainty_of, stance_of
from extractors.times import date_from_text, resolve
from newsgraph import records
from newsgraph.records import Article, Extraction, TextSpan

_ARTICLES = ("the ", "The ", "a ", "A ", "an ", "An ")


def statements_from(doc: Doc, article: Article) -> Extraction:
    """Return all that was read in an article as plain records.

    Args:
        doc: Annotated by the pipeline; its text is the article's.
        article: For its id, title, date.
    """
    ground = _ground_of(doc)
    skipped, drafts = ground.skipped, ground.drafts
    clusters = _clusters(doc, ground)
    salience = Salience(doc, _model(doc))
    places = _Places(doc, clusters)
    attributions = _attributions(doc, drafts, ground.quotations, places)
    reference = article.published or date_from_text(_date_words(doc, clusters))
    relations = [one for one in find_relations(doc, places.party_at) if one.verb not in skipped]
    return Extraction(
        id=article.id,
        text=article.text,
        title=article.title,
        published=article.published,
        sentences=_sentences(doc, skipped),
        tokens=_tokens(doc),
        mentions=_mentions(doc, clusters),
        entities=tuple(_entity(doc, number, cluster, salience) for number, cluster in enumerate(clusters)),
        attributions=tuple(attributions),
        relations=_relations(doc, relations, drafts, places, reference),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is found in a Doc before it is known what means the same."""

    skipped: frozenset[int]
    quotations: list[Quotation]
    drafts: list[Draft]
    mentions: list[Referring]

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
    return Surroundings(doc, clusters, ground.voices, ground.quotations, _weights(doc)), pronouns


def things_of(doc: Doc) -> list[Cluster]:
    """Return the things of a Doc with all their mentions: training starts from there."""
    return _clusters(doc, _ground_of(doc))


def _clusters(doc: Doc, ground: _Ground) -> list[Cluster]:
    return cluster_mentions(doc, ground.mentions, ground.voices, ground.quotations, _weights(doc))


def _model(doc: Doc) -> Path:
    return Path(doc.user_data[MODEL])


def _weights(doc: Doc) -> Weights:
    return load_weights(_model(doc))


class _Places:
    """Which entity a word means."""

    def __init__(self, doc: Doc, clusters: Sequence[Cluster]) -> None:
        self.doc = doc
        self.clusters = clusters
        self._at: dict[int, int] = {}  # head word of a mention -> entity
        self._around: dict[int, int] = {}  # any word of a name -> entity
        for number, cluster in enumerate(clusters):
            for one in cluster.mentions:
                self._at.setdefault(one.head, number)
                if one.kind == "name":
                    for place in range(one.start, one.end):
                        self._around.setdefault(place, number)

    def entity_at(self, token: Token) -> int | None:
        """Return the entity that a phrase means by its head: a name beside a title goes before the title."""
        for child in token.children:
            if (
                child.dep_ in {"flat", "appos", "compound"}
                and (number := self._around.get(child.i)) is not None
                and self.clusters[number].type == "PERSON"
            ):
                return number
        number = self._at.get(token.i, self._around.get(token.i))
        if number is None:  # "its owner, Halvard Metals": of a noun that names nothing, the name behind it
            named = (self._around.get(child.i) for child in token.children if child.dep_ == "appos")
            number = next((one for one in named if one is not None), None)
        if number is None and token.dep_ == "flat" and token.head != token:
            return self.entity_at(token.head)
        return number

    def party_at(self, token: Token) -> Party | None:
        number = self.entity_at(token)
        if number is None or self.clusters[number].type in {"DATE", "MONEY"}:
            return None
        return Party(number, self.clusters[number].type, self.clusters[number].is_named)

    def speaker_of(self, draft: Draft) -> int | None:
        """Return the entity that speaks: what the cue's subject means, else what the source is about."""
        subject = subject_in(self.doc, draft.cue, draft.source)
        if subject is not None and (number := self.entity_at(_meant(subject))) is not None:
            return None if self.clusters[number].type in {"DATE", "MONEY"} else number
        return self.entity_in(draft.source) if draft.source else None

    def entity_in(self, words: Sequence[int]) -> int | None:
        """Return the entity that a stretch of words is about: that of its head, else the only one in it."""
        inside = set(words)
        tops = [
            self.doc[place]
            for place in words
            if self.doc[place].head.i not in inside or self.doc[place].dep_ == "ROOT"
        ]
        for top in tops:
            if (number := self.entity_at(_meant(top))) is not None and self.clusters[number].type not in {
                "DATE",
                "MONEY",
            }:
                return number
        if any(top.pos_ == "NOUN" for top in tops):
            return None  # "the clip, released by the ministry" is not the ministry
        found = {self._around[place] for place in words if place in self._around}
        people = {number for number in found if self.clusters[number].type in {"PERSON", "ORG"}}
        return people.pop() if len(people) == 1 else None


def _meant(token: Token) -> Token:
    """Return the noun before a relative clause for its pronoun ("Milley, who said")."""
    if token.tag_ in {"WP", "WDT"}:
        clause = token.head
        while clause.dep_ in {"conj", "xcomp"} and clause.head != clause:
            clause = clause.head
        if clause.dep_ in {"acl:relcl", "acl"}:
            return clause.head
        if token.i > 1 and token.nbor(-1).text == "," and token.nbor(-2).ent_type_ == "PERSON":
            return token.nbor(-2)
    return token


def _skipped(doc: Doc, stretches: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(
        token.i
        for token in doc
        if any(begin < token.idx + len(token) and token.idx < end for begin, end in stretches)
    )


def _sentences(doc: Doc, skipped: frozenset[int]) -> tuple[TextSpan, ...]:
    return tuple(
        text_span(doc, sent.start, sent.end)
        for sent in doc.sents
        if sent.text.strip() and sent.root.i not in skipped
    )


def _tokens(doc: Doc) -> tuple[records.Token, ...]:
    place = {token.i: number for number, token in enumerate(token for token in doc if not token.is_space)}
    return tuple(
        records.Token(
            token.idx,
            token.idx + len(token),
            _lemma(token),
            token.pos_,
            token.tag_,
            -1 if token.head == token or token.head.i not in place else place[token.head.i],
            "root" if token.dep_ == "ROOT" else token.dep_,
        )
        for token in doc
        if token.i in place
    )


def _lemma(token: Token) -> str:
    """Return the lemma; of a word that no rule changes, the lemmatizer keeps a sentence's capital letter."""
    at_start = token.pos_ not in {"PROPN", "PRON", "X"} and token.lemma_.istitle()
    return token.lemma_.lower() if at_start else token.lemma_


def _mentions(doc: Doc, clusters: Sequence[Cluster]) -> tuple[records.Mention, ...]:
    placed = sorted(
        ((one, number) for number, cluster in enumerate(clusters) for one in cluster.mentions),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    return tuple(
        records.Mention(
            f"m{index}",
            *text_span(doc, one.start, one.end),
            clusters[number].type,
            one.kind,
            f"e{number}",
            one.confidence,
        )
        for index, (one, number) in enumerate(placed)
    )


def _entity(doc: Doc, number: int, cluster: Cluster, salience: Salience) -> records.Entity:
    wanted = cluster.names(doc) or [one.words(doc) for one in cluster.mentions if one.kind != "pronoun"]
    texts = [_plain(text) for text in wanted]
    name = max(
        sorted(set(texts)), key=lambda text: (len(text.split()), texts.count(text), -texts.index(text))
    )
    aliases = tuple(sorted({text for text in texts if text != name}))
    return records.Entity(f"e{number}", name, cluster.type, aliases, salience.of(cluster))


def _plain(text: str) -> str:
    """Return a name as a label: one line, without article."""
    text = " ".join(text.split())
    for article in _ARTICLES:
        text = text.removeprefix(article)
    return text


def _attributions(
    doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation], places: _Places
) -> list[records.Attribution]:
    return [_attribution(doc, f"a{number}", draft, quotations, places) for number, draft in enumerate(drafts)]


def _attribution(
    doc: Doc, name: str, draft: Draft, quotations: Sequence[Quotation], places: _Places
) -> records.Attribution:
    cue = [doc[place] for place in draft.cue]
    content = [doc[place] for place in draft.content]
    stance = stance_of(cue, content)
    speaker = places.speaker_of(draft)
    via = places.entity_in(draft.via) if draft.via else None
    return records.Attribution(
        name,
        _spans(doc, draft.source),
        _spans(doc, draft.cue),
        _spans(doc, draft.content),
        None if speaker is None else f"e{speaker}",
        None if via is None or via == speaker else f"e{via}",
        stance,
        certainty_of(stance, cue, content),
        speech_of(doc, draft.content, quotations),
        load_calibration(_model(doc))(draft.confidence),
        _cue_lemma(cue),
    )


def _cue_lemma(cue: Sequence[Token]) -> str:
    """Return the verb or noun that carries a cue, else its words ("according to")."""
    for wanted in ("VERB", "NOUN"):
        if lemmas := [token.lemma_.lower() for token in cue if token.pos_ == wanted]:
            return lemmas[0]
    return " ".join(token.lower_ for token in cue if not token.is_punct)


def _spans(doc: Doc, places: Sequence[int]) -> tuple[TextSpan, ...]:
    """Return the stretches of text that the words fill; white space tokens in between do not break them."""
    filled = set(places)
    for place in places:
        if place + 2 in filled and doc[place + 1].is_space:
            filled.add(place + 1)
    return tuple(
        text_span(doc, start, end) for start, end in runs_of(filled) if not doc[start:end].text.isspace()
    )


def _date_words(doc: Doc, clusters: Sequence[Cluster]) -> list[str]:
    return [
        _with_bracket(doc, one.start, one.end)
        for cluster in clusters
        if cluster.type == "DATE"
        for one in cluster.mentions
    ]


def _with_bracket(doc: Doc, start: int, end: int) -> str:
    """Return the words of a date with the bracket that explains it: "Wednesday (15 March)"."""
    if end < len(doc) and doc[end].text == "(":
        close = next((place for place in range(end, min(end + 6, len(doc))) if doc[place].text == ")"), end)
        return doc[start : close + 1].text if close > end else doc[start:end].text
    return doc[start:end].text


def _relations(
    doc: Doc, found: Sequence[Found], drafts: Sequence[Draft], places: _Places, reference: date | None
) -> tuple[records.Relation, ...]:
    relations = []
    for number, one in enumerate(found):
        span = text_span(doc, *_evidence(one, drafts))
        inner = _innermost(one, drafts)
        relations.append(
            records.Relation(
                f"r{number}",
                one.predicate,
                f"e{one.subject}",
                f"e{one.object}",
                *span,
                one.negated,
                one.modality,
                None if inner is None else f"a{inner}",
                _time(doc, one, places, reference),
                _place(doc, one, places),
                one.confidence,
            )
        )
    return tuple(relations)


def _innermost(one: Found, drafts: Sequence[Draft]) -> int | None:
    """Return the smallest content that a relation stands in."""
    around = [
        (len(draft.content), number) for number, draft in enumerate(drafts) if one.verb in draft.content
    ]
    return min(around)[1] if around else None


def _evidence(one: Found, drafts: Sequence[Draft]) -> tuple[int, int]:
    """Return the relation's clause, cut to the content that it stands in."""
    if (inner := _innermost(one, drafts)) is None:
        return one.start, one.end
    content = set(drafts[inner].content)
    start, end = one.verb, one.verb + 1
    while start - 1 >= one.start and start - 1 in content:
        start -= 1
    while end < one.end and end in content:
        end += 1
    return start, end


def _dependents(verb: Token) -> list[Token]:
    """Return what hangs on a verb, or on the noun that it takes, and could tell when and where."""
    direct = list(verb.children)
    return [
        *direct,
        *(child for one in direct if one.dep_ in {"obj", "obl", "xcomp"} for child in one.children),
    ]


def _time(doc: Doc, one: Found, places: _Places, reference: date | None) -> str | None:
    for token in _dependents(doc[one.verb]):
        number = places.entity_at(token)
        if number is None or places.clusters[number].type != "DATE":
            continue
        for mention in places.clusters[number].mentions:
            words = _with_bracket(doc, mention.start, mention.end)
            resolved = resolve(words, reference, is_future=one.modality == "planned")
            if resolved is not None:
                return resolved.value
    return None


def _place(doc: Doc, one: Found, places: _Places) -> str | None:
    for token in _dependents(doc[one.verb]):
        number = places.entity_at(token)
        if token.dep_ not in {"obl", "nmod"} or number is None or number in {one.subject, one.object}:
            continue
        preposition = {child.lower_ for child in token.children if child.dep_ == "case"}
        if places.clusters[number].type in {"LOC", "FAC"} and preposition & {
            "in",
            "at",
            "near",
            "over",
            "off",
            "on",
        }:
            return f"e{number}"
    return None
