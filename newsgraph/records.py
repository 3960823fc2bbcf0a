"""The records that flow through newsgraph, in the order in which they flow. Read this file first.

    RawDocument -> Article -> (spaCy Doc) -> Extraction -> quads -> answers

All are immutable, hold plain Python values only, and know nothing of spaCy, RDF, files or Prefect. Every
offset counts Unicode characters of ``Article.text``, end exclusive. To and from JSON: codec.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Literal, NamedTuple

EntityType = Literal["PERSON", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "DATE", "MONEY"]
MentionKind = Literal["name", "nominal", "pronoun", "value"]
EntityKind = Literal["named", "group", "anonymous", "described", "value", "passing"]
Stance = Literal["asserts", "denies", "undetermined"]
Certainty = Literal["certain", "probable", "possible", "underspecified"]
Speech = Literal["direct", "indirect", "mixed"]
Modality = Literal["actual", "planned", "possible", "hypothetical"]
CueType = Literal[
    "neutral",
    "claim",
    "denial",
    "accusation",
    "admission",
    "confirmation",
    "demand",
    "promise",
    "warning",
    "question",
    "doubt",
    "refusal",
    "belief",
    "evidence",
]
Temporality = Literal["future", "non-future"]
ValueKind = Literal["money", "count"]


class TextSpan(NamedTuple):
    """Characters ``[start, end)`` of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What was received, byte for byte."""

    name: str  # file stem or URL, with "#N" for the N-th record of a .jsonl file
    place: str  # where it lies, for messages: path, or path:line
    media_type: Literal["text/plain", "text/html", "application/json"]
    body: bytes
    # What came with it, of documents from the archive; goes before what they say of themselves.
    url: str | None = None
    fetched: datetime | None = None  # aware, UTC
    charset: str | None = None  # of the HTTP header
    publisher: str | None = None
    language: str | None = None  # what the source publishes in: a hint for pages that do not say
    published: date | None = None  # as the feed said; for pages that do not say
    title: str | None = None  # likewise


@dataclass(frozen=True, slots=True)
class Article:
    """The readable part of a RawDocument."""

    id: str  # its URL where it has one, else the file's stem
    text: str
    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None
    language: str = "en"
    skipped: tuple[TextSpan, ...] = ()  # header lines and boilerplate in ``text``: in order, not overlapping
    fetched: datetime | None = None  # when this text was received, aware, UTC
    authors: tuple[str, ...] = ()  # as the page or the byline names them
    dateline: str | None = None  # where it was filed, in its own words: "KYIV, Ukraine"
    agency: str | None = None  # whose report it is, as byline or dateline say: "Reuters"
    paywalled: bool = False  # the page says that not everyone may read all of it

    @property
    def version_id(self) -> str:
        """Sixteen hex digits that change with the article's identity or text: the name of its graph."""
        return _version_id(self.id, self.text)


@lru_cache(maxsize=256)  # articles: all their nodes ask for it
def _version_id(article_id: str, text: str) -> str:
    return sha256(f"{article_id}\0{text}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its place in the sentence's dependency tree (Universal Dependencies)."""

    start: int
    end: int
    lemma: str
    upos: str
    xpos: str
    head: int  # index into Extraction.tokens, -1 for a root
    dep: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text that names, describes or refers to something."""

    id: str
    start: int
    end: int
    type: EntityType
    kind: MentionKind
    entity: str  # Entity.id
    confidence: float  # 0..1

    @property
    def is_sure(self) -> bool:
        """Whether statements may rest on it: a pronoun may be likely to mean it, and no more."""
        return self.kind != "pronoun" or self.confidence >= 0.5


@dataclass(frozen=True, slots=True)
class Entity:
    """Something in the world, as far as one article tells: all its mentions share it."""

    id: str
    name: str  # its fullest name in the article
    type: EntityType
    aliases: tuple[str, ...] = ()
    salience: float = 0.0  # 0..1, how much the article is about it
    same_as: tuple[str, ...] = ()  # IRIs in outside knowledge bases
    # Without a name: "Russian officials", "one", "the minister". "passing" is what only a pronoun takes up
    # ("the plan … it"): no node of the graph, and nobody's part in a statement.
    kind: EntityKind = "named"
    known: str = (
        ""  # its key in the gazetteer or the analyst's list: "country/ukraine"; "" where it is in none
    )
    rolls_up_to: str = (
        ""  # key of the known thing that a query may count it for: of "the Kremlin" its government
    )


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: source, cue, content (terms of PARC 3.0, Pareti 2016), with the source's stance."""

    id: str
    source: tuple[TextSpan, ...]  # empty: no source is given
    cue: tuple[TextSpan, ...]
    content: tuple[TextSpan, ...]
    speaker: str | None  # Entity.id of the source
    via: str | None  # Entity.id of the relay ("according to Reuters", "told CNN")
    stance: Stance  # of the speaker towards the content
    certainty: Certainty
    speech: Speech
    confidence: float  # 0..1
    cue_lemma: str = ""
    cue_type: CueType = "neutral"
    temporality: Temporality = "non-future"  # of what is said
    addressee: str | None = None  # Entity.id of who is told
    relays: tuple[str, ...] = ()  # Entity.id of all relays, from the speaker outwards; the first one is via
    medium: str | None = None  # what it was said in: "statement", "interview", "letter"
    inside: str | None = None  # the innermost other Attribution.id whose content its cue stands in


@dataclass(frozen=True, slots=True)
class Value:
    """An amount that belongs to a relation: "the $32 million MQ-9", "killed 12 people"."""

    kind: ValueKind
    amount: float
    unit: str  # of money the ISO 4217 code, of a count the noun's lemma ("soldier", "missile")
    start: int
    end: int
    bound: Literal["exact", "at least", "at most", "about"] = "exact"


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate between two entities of the article, with its evidence span."""

    id: str
    predicate: str  # a name of vocabulary.py, or a verb lemma (with preposition) where no frame fits
    subject: str  # Entity.id
    object: str  # Entity.id
    start: int
    end: int
    negated: bool
    modality: Modality
    attribution: (
        str | None
    )  # the innermost Attribution.id whose content it stands in; None: the narrator's own
    time: str | None  # ISO 8601 date or time; of a stretch its begin
    place: str | None  # Entity.id
    confidence: float  # 0..1
    until: str | None = None  # ISO 8601 date: the end of a stretch
    duration: str | None = None  # ISO 8601 duration: "P3D"
    time_basis: str | None = None  # how ``time`` was come by
    post: str | None = None  # of a post its words: "defence minister"
    values: tuple[Value, ...] = ()
    rule: str = ""  # what found it: "verb", "light verb", "noun", "post" …


@dataclass(frozen=True, slots=True)
class Voice:
    """One who takes a stance on a proposition; without an attribution the article's own voice."""

    attribution: str | None
    relation: str | None  # Relation.id in which the proposition is told
    stance: Stance
    score: float  # 0..1, how sure it is that this proposition is meant
    reason: str


@dataclass(frozen=True, slots=True)
class Proposition:
    """What several voices of an article may take a stance on. Nobody vouches for it."""

    id: str
    text: str  # the words in which it is told first
    predicate: str | None  # with subject and object (Entity.id), where it is a relation of the vocabulary
    subject: str | None
    object: str | None
    time: str | None
    key: str  # of a content that is no relation: its words, normalised; equal keys are the same proposition
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something that was nearly read, and why it was not: for ``newsgraph explain``."""

    start: int
    end: int
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one article."""

    id: str  # Article.id
    text: str
    title: str | None = None
    published: date | None = None
    sentences: tuple[TextSpan, ...] = ()
    tokens: tuple[Token, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    relations: tuple[Relation, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()

    def without_passing(self) -> Extraction:
        """Return it without what is only spoken of in passing, and unsure pronouns: what a graph may hold."""
        passing = {one.id for one in self.entities if one.kind == "passing"}
        mentions = tuple(one for one in self.mentions if one.is_sure and one.entity not in passing)
        if not passing and len(mentions) == len(self.mentions):
            return self
        return replace(
            self,
            mentions=mentions,
            entities=tuple(one for one in self.entities if one.id not in passing),
        )


@dataclass(frozen=True, slots=True)
class Rejection:
    """An article that was set aside, and why."""

    place: str  # the file, with line or record
    reason: str
    # What helps to know it again, not what it is:
    name: str = field(default="", compare=False)  # its URL or, without one, what it is known by
    source: str = field(default="", compare=False)  # its publisher or site


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch of articles. Outcomes add up."""

    added: int = 0
    unchanged: int = 0
    rejected: tuple[Rejection, ...] = ()
    notes: tuple[str, ...] = ()  # what is worth knowing but no failure
    statements: int = 0  # attributions and relations of what was added
    retracted: int = 0  # left out, because they were taken out for good

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.added + other.added,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
            self.notes + other.notes,
            self.statements + other.statements,
            self.retracted + other.retracted,
        )
