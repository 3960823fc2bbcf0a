"""The view of an article: its text with all that was read in it, what it states, its copies and versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode, Store

from graph.articles import find_article
from graph.claims import relays_of, voice_name
from graph.held import values
from graph.history import Version, versions_of
from graph.relations import factuality
from graph.snapshots import Reader
from graph.stated import Change
from graph.terms import (
    ARTICLES,
    IDENTITY,
    VIEW,
    article_iri,
    decision_iri,
    evidence_iri,
    likeness_iri,
    local_name,
    ng,
    value_of,
)
from graph.views.dispute import count_voices
from graph.views.given import given_number, given_text
from graph.views.marked import Paragraph, paragraphs, parts_of
from graph.views.statements import ArticleRef, Statements, Thing, label_of
from newsgraph.errors import StoreBusyError, StoreError, UnknownArticleError, UnknownThingError
from newsgraph.records import Article, Attribution, Extraction, Relation, TextSpan, Value

MOST_THINGS = 60
MOST_COPIES = 30
MOST_VERSIONS = 20
MOST_CHANGES = 30  # of each version
MOST_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """A thing that the article speaks of."""

    thing: Thing
    mentions: int
    salience: float  # 0..1


@dataclass(frozen=True, slots=True)
class Dispute:
    """A proposition, and how many voices speak of it, in all articles."""

    iri: str
    voices: int


@dataclass(frozen=True, slots=True)
class Claim:
    """An attribution of the article."""

    id: str
    speaker: Thing | None  # None: nobody is named
    source: str  # in the article's words
    cue: str
    cue_type: str
    stance: str
    certainty: str
    speech: str
    content: str
    relays: tuple[Thing, ...]
    addressee: Thing | None
    medium: str
    inside: str  # the id of the attribution in whose content it stands; "" if in none
    confidence: float
    disputes: tuple[Dispute, ...]  # on which it is a voice


@dataclass(frozen=True, slots=True)
class Told:
    """A relation of the article."""

    id: str
    subject: Thing
    predicate: str  # its label
    object: Thing
    claim: str  # the attribution in whose content it stands; "": the article's own voice
    speaker: Thing | None
    is_negated: bool
    modality: str
    standing: str  # "narratorasserted", "attributedonly", "notactual"
    time: str
    until: str
    basis: str  # how the time was come by
    place: Thing | None
    post: str
    values: tuple[str, ...]
    words: str
    confidence: float
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article that has much of this text."""

    article: ArticleRef
    how: str  # "copy"; "longer": this one is an excerpt of it; "shorter": it is one of this
    share: float  # 0..1, of the words in common


@dataclass(frozen=True, slots=True)
class Changed:
    """A statement that another version has otherwise."""

    fate: str  # "gained", "lost", "changed"
    kind: str
    who: str
    words: str
    position: str  # stance, cue and certainty
    after: str  # of what changed, what these are now


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One reading of the article, and what it changed."""

    since: str  # ISO 8601; "" if nobody knows
    until: str  # "": the graph holds it
    title: str
    is_other_text: bool  # than the one before
    characters: int
    runs: tuple[str, ...]
    counts: Mapping[str, int]  # statements gained, lost, changed
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All that the page shows of an article, or of a part of a long one."""

    article: ArticleRef
    id: str
    url: str
    authors: tuple[str, ...]
    agency: str
    dateline: str
    language: str
    fetched: str  # ISO 8601
    is_paywalled: bool
    characters: int  # of the whole text
    part: int  # from 1
    parts: int
    paragraphs: tuple[Paragraph, ...]
    entities: Mapping[str, Thing]  # by Entity.id, for the mentions
    things: tuple[Spoken, ...]  # what the article is most about
    claims: tuple[Claim, ...]  # of this part
    relations: tuple[Told, ...]
    copies: tuple[Copy, ...]
    copies_in_all: int
    versions: tuple[VersionRow, ...]  # the newest first
    versions_in_all: int


def view(reader: Reader, parameters: Mapping[str, str]) -> ArticleView:
    """Return what is to be shown of the article ``iri``.

    Other parameters: ``part``, of a long text; or ``at``, the id of a statement: the part in which it stands.

    Raises:
        UnknownThingError: If the graph does not hold it.
        QueryError: If a parameter makes no sense.
        StoreBusyError: If its text cannot be read: a newer version replaces it just now, or it is damaged.
    """
    article_id = _meant(reader.store, given_text(parameters, "iri"))
    article, extraction = _read(reader, article_id)
    parts = parts_of(article.text, extraction.sentences)
    number = given_number(parameters, "part", 1, most=len(parts))
    if at := given_text(parameters, "at", ""):
        number = _part_with(parts, extraction, at)
    part, reading = parts[number - 1], _Reading(reader.store, article, extraction)
    node = article_iri(article.id)
    copies = sorted(_likenesses(reader.store, node))
    versions = versions_of(reader, article_id)
    return ArticleView(
        reading.statements.article(node.value),
        article.id,
        article.url or "",
        article.authors,
        article.agency or "",
        article.dateline or "",
        article.language,
        article.fetched.isoformat() if article.fetched else "",
        article.paywalled,
        len(article.text),
        number,
        len(parts),
        paragraphs(article, extraction, part),
        reading.things_in(part),
        tuple(reading.spoken_of()),
        tuple(reading.claim(one) for one in extraction.attributions if _begin(one) in range(*part)),
        tuple(reading.told(one) for one in extraction.relations if one.start in range(*part)),
        tuple(
            Copy(reading.statements.article(other), how, share) for how, share, other in copies[:MOST_COPIES]
        ),
        len(copies),
        tuple(_versions(versions)),
        len(versions),
    )


def _meant(store: Store, written: str) -> str:
    try:
        return find_article(store, written)
    except UnknownArticleError as error:
        raise UnknownThingError(str(error)) from None


def _read(reader: Reader, article_id: str) -> tuple[Article, Extraction]:
    try:
        kept = reader.kept(article_id)
    except StoreError as error:
        told = "the text of the article cannot be read: a newer version is coming in, or it is damaged"
        raise StoreBusyError(error.graph_dir, told) from None
    if kept is None:
        raise UnknownThingError(f"the graph does not hold the text of {article_id}")
    return kept


def _part_with(parts: list[TextSpan], extraction: Extraction, statement: str) -> int:
    places = {one.id: _begin(one) for one in extraction.attributions}
    places |= {one.id: one.start for one in extraction.relations}
    at = places.get(statement, 0)  # of another version of the text: from the beginning
    return next(number for number, part in enumerate(parts, 1) if at < part.end or part is parts[-1])


def _begin(one: Attribution) -> int:
    return min(start for start, _ in (*one.cue, *one.source, *one.content))


class _Reading:
    """Tells what was read in an article, each thing as the graph knows it."""

    def __init__(self, store: Store, article: Article, extraction: Extraction) -> None:
        self._store, self._article, self._extraction = store, article, extraction
        self._entities = {one.id: one for one in extraction.entities}
        self._speakers = {one.id: one.speaker for one in extraction.attributions}
        self.statements = Statements(store)
        self._disputes: dict[str, dict[str, None]] = {}
        for proposition in extraction.propositions:
            for voice in proposition.voices:
                node = evidence_iri(article.version_id, voice_name(proposition, voice))
                for told in filter(None, (voice.attribution, voice.relation)):
                    canonical = values(store, node, ng("onProposition"), VIEW)
                    self._disputes.setdefault(told, {}).update(dict.fromkeys(canonical))

    def thing(self, entity: str) -> Thing:
        """Return the canonical entity of one of the article's; of a date or a sum its words."""
        found = values(self._store, decision_iri(self._article.version_id, entity), ng("right"), IDENTITY)
        if found:
            return self.statements.thing(found[0])
        one = self._entities[entity]
        return Thing("", one.name, one.type)

    def things_in(self, part: TextSpan) -> dict[str, Thing]:
        here = {
            one.entity for one in self._extraction.mentions if part.start < one.end and one.start < part.end
        }
        return {one: self.thing(one) for one in sorted(here)}

    def spoken_of(self) -> Iterator[Spoken]:
        mentions = Counter(one.entity for one in self._extraction.mentions)
        told = ((self.thing(one.id), mentions[one.id], one.salience) for one in self._extraction.entities)
        order = sorted((one for one in told if one[0].iri), key=lambda one: (-one[2], -one[1], one[0].name))
        yield from (Spoken(*one) for one in order[:MOST_THINGS])

    def claim(self, one: Attribution) -> Claim:
        return Claim(
            one.id,
            self.thing(one.speaker) if one.speaker else None,
            self._words(one.source),
            self._words(one.cue),
            one.cue_type,
            one.stance,
            one.certainty,
            one.speech,
            self._words(one.content),
            tuple(map(self.thing, relays_of(one))),
            self.thing(one.addressee) if one.addressee else None,
            one.medium or "",
            one.inside or "",
            one.confidence,
            self._disputes_of(one.id),
        )

    def told(self, one: Relation) -> Told:
        speaker = self._speakers.get(one.attribution or "")
        return Told(
            one.id,
            self.thing(one.subject),
            label_of(one.predicate),
            self.thing(one.object),
            one.attribution or "",
            self.thing(speaker) if speaker else None,
            one.negated,
            one.modality,
            local_name(factuality(one).value).lower(),
            one.time or "",
            one.until or "",
            one.time_basis or "",
            self.thing(one.place) if one.place else None,
            one.post or "",
            tuple(map(_amount, one.values)),
            self._words((TextSpan(one.start, one.end),)),
            one.confidence,
            self._disputes_of(one.id),
        )

    def _disputes_of(self, statement: str) -> tuple[Dispute, ...]:
        found = self._disputes.get(statement, ())
        return tuple(Dispute(iri, count_voices(self._store, NamedNode(iri))) for iri in found)

    def _words(self, spans: Iterable[TextSpan]) -> str:
        return " … ".join(" ".join(self._article.text[start:end].split()) for start, end in spans)


def _amount(one: Value) -> str:
    bound = "" if one.bound == "exact" else f"{one.bound} "
    return f"{bound}{one.amount:,.10g} {one.unit}"


def _likenesses(store: Store, node: NamedNode) -> Iterator[tuple[str, float, str]]:
    """Yield what has much in common with an article: how, how much, which one."""
    for how, name, of_it in (
        ("copy", "copyOf", True),
        ("longer", "excerptOf", True),
        ("shorter", "excerptOf", False),
    ):
        one, another = (node, None) if of_it else (None, node)
        for quad in store.quads_for_pattern(one, ng(name), another, ARTICLES):
            other = NamedNode(value_of(quad.object if of_it else quad.subject))
            share = "resemblance" if how == "copy" else "containment"
            told = values(store, likeness_iri(node, other), ng(share), ARTICLES)
            yield how, float(next(iter(told), "0")), other.value


def _versions(found: list[Version]) -> Iterator[VersionRow]:
    """Yield the versions, the newest first, each with what it changed in the one before."""
    before = [None, *found[:-1]]
    pairs = list(zip(found, before, strict=True))[::-1]
    for one, older in pairs[:MOST_VERSIONS]:
        yield VersionRow(
            one.since.isoformat() if one.since else "",
            one.until.isoformat() if one.until else "",
            one.article.title or one.article.id,
            older is not None and older.article.version_id != one.article.version_id,
            len(one.article.text),
            one.runs,
            dict(Counter(change.fate for change in one.changes)),
            tuple(map(_changed, islice(one.changes, MOST_CHANGES))),
        )


def _changed(one: Change) -> Changed:
    told, after = one.stated, one.after.position if one.after else ""
    return Changed(one.fate, told.kind, told.who, told.words, told.position, after)
