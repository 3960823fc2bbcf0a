"""Made-up articles together with what was read in them: passages of sample articles, under other names.

Statements, mentions, words and their trees are those that the trained pipeline read in the samples, so that
an article costs the graph what a real one of its length costs; only names and figures are others. A few
things are famous, most are named once or twice, and new ones turn up for ever. Between the passages stand
sentences of benchmarks/copies in which nothing was read, and of ten articles one is a copy of another.

Article N is the same in each run with the same seed, whatever was made before.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from benchmarks.copies.made_news import OUTLETS, Newsroom
from newsgraph.records import (
    Article,
    Attribution,
    Entity,
    Extraction,
    Mention,
    Proposition,
    Relation,
    TextSpan,
    Token,
)

T = TypeVar("T", Mention, Token)

FIRST_DAY = date(2023, 1, 1)
ARTICLES_A_DAY = 400
PASSAGE_SENTENCES = (1, 2, 3)
COPIES_EVERY = 10
IDS_OF_A_PIECE = 1000
ONSETS = [
    "b",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "br",
    "dr",
    "fl",
    "gr",
    "kl",
    "kr",
    "pl",
    "sk",
    "st",
    "tr",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
CODAS = ["l", "m", "n", "r", "s", "t", "x", "nd", "rk", "st"]
KEPT_IN_NAMES = frozenset(["of", "the", "and", "for", "in", "on", "de", "al", "von", "&", "'s", "’s"])
# How many things of a type have been named by the time of the N-th article: some at once, then more and more.
AT_ONCE, EACH_ARTICLE = 300, 0.4

_WORD = re.compile(r"[\w-]+")


class Press:
    """Makes articles out of samples."""

    def __init__(self, samples: Sequence[Extraction], seed: int, *, passages: tuple[int, int]) -> None:
        self._samples = samples
        self._seed = seed
        self._passages = passages

    def article(self, number: int) -> tuple[Article, Extraction]:
        """Return article ``number`` and what was read in it."""
        copied = number % COPIES_EVERY == COPIES_EVERY - 1
        told = number - 1 if copied else number
        draw = random.Random(f"{self._seed}/{told}")
        pieces = [self._piece(draw, told) for _ in range(draw.randint(*self._passages))]
        newsroom = Newsroom(draw.getrandbits(32))
        text, shifted = "", list[_Piece]()
        for place, piece in enumerate(pieces):
            shifted.append(piece.moved(len(text), place))
            text += f"{piece.text}\n\n{newsroom.sentence()}\n\n"
        # A copy is of another outlet and day, and has lost its last paragraph.
        text = text[: text[:-2].rindex("\n\n")] if copied else text[:-2]
        published = FIRST_DAY + timedelta(days=number // ARTICLES_A_DAY)
        name, outlet = f"made-{number}", OUTLETS[number % len(OUTLETS)]
        article = Article(name, text, newsroom.sentence(), None, published, outlet)
        return article, _joined(article, shifted)

    def _piece(self, draw: random.Random, number: int) -> _Piece:
        sample = draw.choice(self._samples)
        size = draw.choice(PASSAGE_SENTENCES)
        first = draw.randrange(max(1, len(sample.sentences) - size))
        part = TextSpan(sample.sentences[first].start, sample.sentences[first : first + size][-1].end)
        return _renamed(sample, part, _Names(draw, AT_ONCE + int(EACH_ARTICLE * number)))


class _Names:
    """Gives the words of the sample's names other ones: all of a name those of one other thing."""

    def __init__(self, draw: random.Random, known: int) -> None:
        self._draw = draw
        self._known = known

    def words_for(self, entity: Entity) -> dict[str, str]:
        """Return what to write for each word of an entity's names."""
        number = int(self._known * self._draw.random() ** 3)  # the first are the famous ones
        words = dict.fromkeys(word for name in (entity.name, *entity.aliases) for word in _WORD.findall(name))
        told = [word for word in words if word.casefold() not in KEPT_IN_NAMES]
        return {word: _other_word(word, f"{entity.type}/{number}/{place}") for place, word in enumerate(told)}

    def figure(self, word: str) -> str:
        """Return another number of as many digits."""
        return str(self._draw.randrange(10 ** (len(word) - 1), 10 ** len(word)))


@cache
def _other_word(word: str, whose: str) -> str:
    draw = random.Random(whose)
    if any(map(str.isdigit, word)):  # a designation stays one: MQ-9
        return re.sub(r"[A-Za-z]|\d", lambda one: _of_its_kind(draw, one[0]), word)
    made = "".join(draw.choice(ONSETS) + draw.choice(VOWELS) for _ in range(2)) + draw.choice(CODAS)
    return made.upper()[: len(word)] if word.isupper() else made.title() if word[0].isupper() else made


def _of_its_kind(draw: random.Random, letter: str) -> str:
    if letter.isdigit():
        return str(draw.randint(1, 9))
    other = draw.choice("ABCDEFGKLMRSTUX")
    return other if letter.isupper() else other.lower()


@dataclass(frozen=True)
class _Piece:
    """A passage with what was read in it; offsets count from its beginning."""

    text: str
    sentences: tuple[TextSpan, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...]
    relations: tuple[Relation, ...]
    propositions: tuple[Proposition, ...]

    def moved(self, by: int, place: int) -> _Piece:
        """Return it as it is further back in a text, with ids of its own: e7 of the third piece is e2007."""
        return _mapped(
            self,
            lambda offset: offset + by,
            lambda name: f"{name[0]}{int(name[1:]) + IDS_OF_A_PIECE * place}",
        )


def _renamed(sample: Extraction, part: TextSpan, names: _Names) -> _Piece:
    """Return a part of a sample, with all that stands wholly within it, under other names."""
    inside = _inside(sample, part)
    written: dict[str, str] = {}
    for entity in inside.entities:
        # Known things, such as countries, keep their names: each of them is in very many articles.
        if entity.kind == "named" and not entity.known and entity.type not in ("DATE", "MONEY"):
            written = {**names.words_for(entity), **written}
    named = [(one.start, one.end) for one in inside.mentions if one.kind in ("name", "nominal")]
    values = [(one.start, one.end) for one in inside.mentions if one.kind == "value"]
    new = [
        _new_word(sample.text[one.start : one.end], one, written, names, named, values)
        for one in inside.tokens
    ]
    text, ends, cursor = "", [(part.start, 0)], part.start  # where the sample's offsets lie in the new text
    for token, word in zip(inside.tokens, new, strict=True):
        text += sample.text[cursor : token.start]
        ends.append((token.start, len(text)))
        text += word
        ends.append((token.end, len(text)))
        cursor = token.end
    text += sample.text[cursor : part.end]
    olds = [old for old, _ in ends]

    def moved(offset: int) -> int:
        old, fresh = ends[bisect_right(olds, offset) - 1]
        return min(fresh + offset - old, len(text))

    piece = _mapped(replace(inside, text=text), moved, str)
    low = {old.casefold(): fresh.casefold() for old, fresh in written.items()}
    return replace(
        piece,
        entities=tuple(
            replace(one, name=_swap(one.name, written), aliases=tuple(_swap(a, written) for a in one.aliases))
            for one in piece.entities
        ),
        propositions=tuple(
            replace(one, text=_swap(one.text, written), key=_swap(one.key, low)) for one in piece.propositions
        ),
    )


def _new_word(
    word: str,
    token: Token,
    written: Mapping[str, str],
    names: _Names,
    named: Sequence[tuple[int, int]],
    values: Sequence[tuple[int, int]],
) -> str:
    if word in written and _lies_in(token, named):
        return written[word]
    if word.isdecimal() and len(word) > 1 and not _lies_in(token, values):
        return names.figure(word)
    return word


def _lies_in(token: Token, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)


def _swap(text: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda word: words.get(word[0], word[0]), text)


def _inside(sample: Extraction, part: TextSpan) -> _Piece:
    """Return what stands wholly within a part of a sample, and the entities that it needs."""
    first = next(number for number, one in enumerate(sample.tokens) if one.start >= part.start)
    tokens = [one for one in sample.tokens[first:] if one.end <= part.end]
    heads = [one.head - first if first <= one.head < first + len(tokens) else -1 for one in tokens]
    attributions = {
        one.id: one
        for one in sample.attributions
        if all(_within(span, part) for span in (*one.source, *one.cue, *one.content))
    }
    relations = {
        one.id: one
        for one in sample.relations
        if _within((one.start, one.end), part)
        and (one.attribution is None or one.attribution in attributions)
        and all(_within((value.start, value.end), part) for value in one.values)
    }
    mentions = [one for one in sample.mentions if _within((one.start, one.end), part)]
    attributed = [
        replace(one, inside=one.inside if one.inside in attributions else None)
        for one in attributions.values()
    ]
    propositions = list(_told(sample, attributions, relations))
    needed = {one.entity for one in mentions}
    for one in attributed:
        needed.update(filter(None, (one.speaker, one.via, one.addressee, *one.relays)))
    for relation in relations.values():
        needed.update(filter(None, (relation.subject, relation.object, relation.place)))
    for proposition in propositions:
        needed.update(filter(None, (proposition.subject, proposition.object)))
    return _Piece(
        "",
        tuple(one for one in sample.sentences if _within(one, part)),
        tuple(replace(one, head=head) for one, head in zip(tokens, heads, strict=True)),
        tuple(mentions),
        tuple(one for one in sample.entities if one.id in needed),
        tuple(attributed),
        tuple(relations.values()),
        tuple(propositions),
    )


def _told(
    sample: Extraction, attributions: Mapping[str, Attribution], relations: Mapping[str, Relation]
) -> Iterable[Proposition]:
    for one in sample.propositions:
        voices = tuple(
            voice
            for voice in one.voices
            if voice.attribution in (None, *attributions) and voice.relation in (None, *relations)
            if (voice.attribution, voice.relation) != (None, None)
        )
        if voices:
            yield replace(one, voices=voices)


def _within(span: tuple[int, int], part: TextSpan) -> bool:
    return part.start <= span[0] and span[1] <= part.end


def _mapped(piece: _Piece, at: Any, called: Any) -> _Piece:
    """Return a piece with other offsets and other ids."""

    def name(given: str | None) -> Any:
        return given if given is None else called(given)

    def spans(given: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
        return tuple(TextSpan(at(start), at(end)) for start, end in given)

    def placed(one: T) -> T:
        return replace(one, start=at(one.start), end=at(one.end))

    return replace(
        piece,
        sentences=spans(piece.sentences),
        tokens=tuple(placed(one) for one in piece.tokens),
        mentions=tuple(
            replace(placed(one), id=name(one.id), entity=name(one.entity)) for one in piece.mentions
        ),
        entities=tuple(replace(one, id=name(one.id)) for one in piece.entities),
        attributions=tuple(
            replace(
                one,
                id=name(one.id),
                source=spans(one.source),
                cue=spans(one.cue),
                content=spans(one.content),
                speaker=name(one.speaker),
                via=name(one.via),
                addressee=name(one.addressee),
                relays=tuple(map(name, one.relays)),
                inside=name(one.inside),
            )
            for one in piece.attributions
        ),
        relations=tuple(
            replace(
                one,
                id=name(one.id),
                subject=name(one.subject),
                object=name(one.object),
                start=at(one.start),
                end=at(one.end),
                attribution=name(one.attribution),
                place=name(one.place),
                values=tuple(replace(v, start=at(v.start), end=at(v.end)) for v in one.values),
            )
            for one in piece.relations
        ),
        propositions=tuple(
            replace(
                one,
                id=name(one.id),
                subject=name(one.subject),
                object=name(one.object),
                voices=tuple(
                    replace(v, attribution=name(v.attribution), relation=name(v.relation)) for v in one.voices
                ),
            )
            for one in piece.propositions
        ),
    )


def _joined(article: Article, pieces: Sequence[_Piece]) -> Extraction:
    """Return all that stands in the article; the trees of later pieces begin where those before them end."""
    tokens: list[Token] = []
    for piece in pieces:
        base = len(tokens)
        tokens += [replace(one, head=one.head + base if one.head >= 0 else -1) for one in piece.tokens]
    return Extraction(
        article.id,
        article.text,
        article.title,
        article.published,
        sentences=tuple(one for piece in pieces for one in piece.sentences),
        tokens=tuple(tokens),
        mentions=tuple(one for piece in pieces for one in piece.mentions),
        entities=tuple(one for piece in pieces for one in piece.entities),
        attributions=tuple(one for piece in pieces for one in piece.attributions),
        relations=tuple(one for piece in pieces for one in piece.relations),
        propositions=tuple(one for piece in pieces for one in piece.propositions),
    )
