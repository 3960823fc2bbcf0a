"""An annotated Doc as plain Python objects, for the rules that read it: the same words, at little cost.

The rules ask each word some hundred times for its lemma, its head, its children. spaCy makes an object for a
word, and a string for an attribute, at each asking; here they are made once (docs/decisions/0029). Names and
meanings are spaCy's, as far as the rules ask for them; nothing can be changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, overload

import spacy.tokens

_STRINGS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
_NUMBERS = ("HEAD", "ENT_IOB", "SENT_START", "IS_PUNCT", "IS_SPACE", "SPACY")
_IOB = ("", "I", "O", "B")

# Tags of what is finite. Whether two verbs are joined, their own forms tell; whether words are a clause at
# all, "will" tells, too.
FINITE = frozenset({"VBD", "VBZ", "VBP"})
FINITE_OR_MODAL = FINITE | {"MD"}


class Token:
    """One word of a Doc; it equals itself only."""

    __slots__ = (
        *("doc", "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_"),
        *("is_punct", "is_space", "is_sent_start", "whitespace_"),
        *("head", "lefts", "rights", "children", "sent", "_subtree"),
    )
    doc: Doc
    i: int
    idx: int  # of its first character
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    ent_iob_: str
    is_punct: bool
    is_space: bool
    is_sent_start: bool
    whitespace_: str
    head: Token  # a root's is itself
    lefts: Sequence[Token]
    rights: Sequence[Token]
    children: Sequence[Token]
    sent: Span
    _subtree: tuple[Token, ...] | None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def nbor(self, by: int = 1) -> Token:
        if self.i + by < 0:
            raise IndexError(f"there are no {-by} words before the word {self.i}")
        return self.doc.tokens[self.i + by]

    @property
    def is_title(self) -> bool:
        return self.text.istitle()

    @property
    def subtree(self) -> tuple[Token, ...]:
        if self._subtree is None:
            words: list[Token] = []
            ahead: list[tuple[Token, bool]] = [(self, False)]  # not by recursion: trees may be of any depth
            while ahead:
                token, is_left_done = ahead.pop()
                if is_left_done:
                    words.append(token)
                    continue
                ahead += [(child, False) for child in reversed(token.rights)]
                ahead.append((token, True))
                ahead += [(child, False) for child in reversed(token.lefts)]
            self._subtree = tuple(words)
        return self._subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def left_edge(self) -> Token:
        return self.doc.tokens[self.doc.source[self.i].left_edge.i] if self.children else self

    @property
    def right_edge(self) -> Token:
        return self.doc.tokens[self.doc.source[self.i].right_edge.i] if self.children else self


class Span:
    """Words ``[start, end)``."""

    __slots__ = ("doc", "end", "id", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "", number: int = 0) -> None:
        self.doc, self.start, self.end, self.label_, self.id = doc, start, end, label, number

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Token]: ...
    def __getitem__(self, place: int | slice) -> Token | Sequence[Token]:
        if type(place) is slice:
            return self.doc.tokens[self.start : self.end][place]
        at = place + (self.start if place >= 0 else self.end)
        if not self.start <= at < self.end:
            raise IndexError(f"there is no word {place} among {len(self)}")
        return self.doc.tokens[at]

    @property
    def text(self) -> str:
        if self.start == self.end:
            return ""
        tokens = self.doc.tokens
        last = tokens[self.end - 1]
        return self.doc.text[tokens[self.start].idx : last.idx + len(last.text)]

    @property
    def start_char(self) -> int:
        return self.doc.tokens[self.start].idx

    @property
    def sent(self) -> Span:
        """The sentence of the first word."""
        return self.doc[self.start].sent

    @property
    def root(self) -> Token:
        """The sentence's root if it is inside, else the first of those nearest to it; hardly a mark alone."""
        if self.end - self.start == 1:
            return self.doc.tokens[self.start]
        key = self.start, self.end
        if key not in self.doc.roots:
            self.doc.roots[key] = self._root()
        return self.doc.roots[key]

    def _root(self) -> Token:
        outward = []
        for token in self:
            if token.head is token:
                return token
            if not self.start <= token.head.i < self.end:
                outward.append(token)
        return min(outward, key=_depth, default=self[0])


def _depth(token: Token) -> int:
    if (token.is_space or token.is_punct) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


class Doc:
    """A text with its words."""

    def __init__(self, source: spacy.tokens.Doc, text: str | None = None) -> None:
        """Read what the pipeline wrote into ``source``; ``text`` is its own, where that is at hand."""
        self.source = source
        self.text: str = source.text if text is None else text
        self.user_data: dict[Any, Any] = source.user_data
        self.tensor = source.tensor
        self.tokens = _tokens(self, source)  # for whoever asks for many of them: "doc[place]" costs a call
        self.roots: dict[tuple[int, int], Token] = {}  # of the spans that were asked for theirs
        self.sents = list(self._sentences())

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if type(place) is slice:  # asked for more often than all else: isinstance is slower
            start, end, _ = place.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[place]

    @cached_property
    def gaps(self) -> frozenset[int]:
        """The places of punctuation and white space."""
        return frozenset(token.i for token in self.tokens if token.is_punct or token.is_space)

    @cached_property
    def ents(self) -> tuple[Span, ...]:
        return tuple(map(self._span, self.source.ents))

    @cached_property
    def spans(self) -> Mapping[str, tuple[Span, ...]]:
        return {name: tuple(map(self._span, group)) for name, group in self.source.spans.items()}

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        found = self.source.char_span(start, end, alignment_mode=alignment_mode)
        return None if found is None else self._span(found)

    def _span(self, one: spacy.tokens.Span) -> Span:
        return Span(self, one.start, one.end, one.label_, one.id)

    def _sentences(self) -> Iterator[Span]:
        starts = [token.i for token in self.tokens if token.is_sent_start and token.i > 0]
        for start, end in pairwise([0, *starts, len(self)] if self.tokens else []):
            sent = Span(self, start, end)
            for token in sent:
                token.sent = sent
            yield sent


def _tokens(doc: Doc, source: spacy.tokens.Doc) -> list[Token]:
    """Return the words with all but their sentence."""
    strings = source.vocab.strings
    hashes = source.to_array([*_STRINGS]).T.tolist()
    names: dict[int, str] = {each: strings[each] for each in set().union(*hashes)}
    named = (map(names.__getitem__, column) for column in hashes)
    numbers = source.to_array([*_NUMBERS]).view("int64").T.tolist()
    tokens = [Token() for _ in range(len(source))]
    idx = 0
    below: defaultdict[int, list[Token]] = defaultdict(list)
    n_lefts = [0] * len(tokens)
    rows = zip(tokens, range(len(tokens)), *named, *numbers, strict=True)
    for (
        token,
        i,
        text,
        lower,
        lemma,
        pos,
        tag,
        dep,
        kind,
        to_head,
        iob,
        starts,
        punct,
        space,
        spaced,
    ) in rows:
        token.doc = doc
        token.i, token.idx, token.text, token.lower_, token.lemma_ = i, idx, text, lower, lemma
        token.pos_, token.tag_, token.dep_, token.ent_type_, token.ent_iob_ = pos, tag, dep, kind, _IOB[iob]
        token.is_punct, token.is_space = punct, space
        token.head, token.is_sent_start = tokens[i + to_head], starts == 1
        token.lefts = token.rights = token.children = ()
        token._subtree = None
        token.whitespace_ = " " if spaced else ""
        idx += len(text) + spaced
        if to_head:
            below[i + to_head].append(token)
            n_lefts[i + to_head] += to_head > 0
    for i, children in below.items():
        head, n = tokens[i], n_lefts[i]
        head.lefts, head.rights, head.children = children[:n], children[n:], children
    return tokens
