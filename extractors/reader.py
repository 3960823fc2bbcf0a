"""The spaCy component that runs the trained network and writes what it read into the Doc.

Writes tags, parts of speech, heads, dependency labels, names (``doc.ents``) and attributions
(``doc.spans["attribution"]``: spans labelled SOURCE, CUE, CONTENT; the parts of one attribution share a span
id). Confidences lie in ``doc.user_data[CONFIDENCE]``, where they survive ``Doc.to_bytes``. Characters listed
in ``doc.user_data[SKIPPED]`` (header lines, adverts) are not read: the words around them meet. ``doc.tensor``
holds for each token the network's query for what it refers back to, then its key (pronouns.py);
``doc.user_data[MODEL]`` names the model's folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.decoding import Flags, Ints, RoleSpans
from extractors.network import MODEL_DIR, Annotation, Network
from extractors.wordpieces import LINE_BREAK, NO_GAP, SPACE

ATTRIBUTION = "attribution"
CONFIDENCE = "newsgraph.confidence"
SKIPPED = "newsgraph.skipped"
DATELINE = "newsgraph.dateline"  # where it was filed: "SPRINGFIELD, Ill."
MODEL = "newsgraph.model"

_LINE_ENDS = re.compile(r"\r\n?|\n")

# What the rule lemmatizer asks a tag for: whether the word is a base form already.
_FEATURES = {
    "NN": "Number=Sing",
    "NNP": "Number=Sing",
    "NNS": "Number=Plur",
    "NNPS": "Number=Plur",
    "VB": "VerbForm=Inf",
    "JJ": "Degree=Pos",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Annotates Docs with what the network reads in them."""

    network: Network
    model_dir: Path = MODEL_DIR

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[MODEL] = str(self.model_dir)
        is_space = doc.to_array(["IS_SPACE"]).astype(bool)
        is_skipped = _skipped_tokens(doc)
        skipped = frozenset(np.flatnonzero(is_skipped).tolist())
        read = np.flatnonzero(~(is_space | is_skipped)).tolist()
        words, before = words_read(doc, read)
        annotation = self.network.read(words, word_gaps(before), _openers(words, before))
        confidence: dict[str, float] = {}
        _write_trees(doc, read, annotation, is_space)
        doc.tensor = np.zeros((len(doc), annotation.links.shape[1]), dtype=np.float32)
        doc.tensor[read] = annotation.links
        ents = []
        for name in annotation.names:
            start, end = read[name.start], read[name.end - 1] + 1
            if skipped.isdisjoint(range(start, end)):
                ents.append(Span(doc, start, end, label=name.label))
                confidence[name_key(start, end)] = round(name.confidence, 4)
        doc.set_ents(ents)
        parts: list[Span] = []
        for number, attribution in enumerate(annotation.attributions):
            parts.extend(_attribution_spans(doc, read, skipped, attribution, number))
            confidence[attribution_key(number)] = round(attribution.confidence, 4)
        doc.spans[ATTRIBUTION] = parts
        doc.user_data[CONFIDENCE] = confidence
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's
        """Annotate one Doc after the other: the network takes one window a run (network.py says why)."""
        yield from map(self, stream)


def name_key(start: int, end: int) -> str:
    """Return the key in ``doc.user_data[CONFIDENCE]`` of a name with tokens ``[start, end)``."""
    return f"name {start} {end}"  # no tuple: as a nested key it does not survive Doc.from_bytes


def attribution_key(number: int) -> str:
    """Return the key in ``doc.user_data[CONFIDENCE]`` of an attribution."""
    return f"attribution {number}"


@Language.factory(
    "newsgraph_reader",
    default_config={"model_dir": None, "threads": 1},
    assigns=["token.tag", "token.pos", "token.dep", "token.head", "doc.ents", "doc.spans", "doc.tensor"],
)
def make_reader(nlp: Language, name: str, model_dir: str | None, threads: int) -> Reader:
    folder = Path(model_dir) if model_dir else MODEL_DIR
    return Reader(Network(folder, threads=threads), folder)


def _skipped_tokens(doc: Doc) -> Flags:
    """Return which tokens reach into a skipped stretch. Shape: (len(doc),)."""
    stretches: Sequence[tuple[int, int]] = doc.user_data.get(SKIPPED, ())
    if not stretches:
        return np.zeros(len(doc), dtype=np.bool_)
    firsts, afters = np.array(stretches).T
    begins, ends = _borders(doc)
    nearest = np.searchsorted(firsts, ends - 1, side="right") - 1
    return np.asarray((nearest >= 0) & (afters[nearest] > begins))


def _borders(doc: Doc) -> tuple[Ints, Ints]:
    """Return each token's first character, and the one behind its last. Shapes: (len(doc),)."""
    lengths, spaces = doc.to_array(["LENGTH", "SPACY"]).astype(np.int64).T
    behind = np.cumsum(lengths + spaces)
    return behind - spaces - lengths, behind - spaces


def words_read(doc: Doc, read: Sequence[int]) -> tuple[list[str], list[str]]:
    """Return the words at these places, and the text before each: a line's end before the first."""
    text = doc.text  # put together anew at each look
    begins, ends = (places[read].tolist() for places in _borders(doc))
    words = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    return words, [text[end:begin] if end else "\n" for end, begin in zip((0, *ends), begins, strict=False)]


def word_gaps(before: Iterable[str]) -> list[int]:
    """Return the gap before each word, given the text there."""
    kinds = {"": NO_GAP, " ": SPACE}
    return [
        kinds[text] if text in kinds else LINE_BREAK if _LINE_ENDS.search(text) else SPACE for text in before
    ]


def _openers(words: Sequence[str], before: Sequence[str]) -> list[int]:
    """Return which of the words read open a paragraph behind an empty line, and with it a sentence.

    A headline has no full stop. A small letter goes on with what a picture or a page's end has cut in two.
    """
    return [
        number
        for number, (word, text) in enumerate(zip(words, before, strict=True))
        if len(text) > 1 and len(_LINE_ENDS.findall(text)) > 1 and not word[0].islower()
    ]


def _write_trees(doc: Doc, read: Sequence[int], annotation: Annotation, is_space: Flags) -> None:
    """Set tags and trees. Words that were not read hang on the one before, or are a sentence of their own."""
    add, morphs = doc.vocab.strings.add, doc.vocab.morphology
    heads = _hosts(len(doc), read, annotation, is_space.tolist())
    values = np.zeros((len(doc), 5), dtype=np.uint64)
    values[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    values[:, 1] = add("dep")
    values[:, 2] = add("X")
    values[is_space, 2:4] = add("SPACE"), add("_SP")
    if read:
        links = {name: add("ROOT" if name == "root" else name) for name in set(annotation.relations)}
        places = {tag: place for place, tag in enumerate(dict.fromkeys(annotation.tags))}
        parts = (tag.split("|") for tag in places)
        rows = [(add(upos), add(xpos), morphs.add(_FEATURES.get(xpos, ""))) for upos, xpos in parts]
        values[read, 1] = np.array([links[name] for name in annotation.relations], dtype=np.uint64)
        values[read, 2:] = np.array(rows, dtype=np.uint64)[[places[tag] for tag in annotation.tags]]
    doc.from_array(["HEAD", "DEP", "POS", "TAG", "MORPH"], values)  # type: ignore[arg-type]  # its stub knows lists only


def _hosts(
    n_words: int, read: Sequence[int], annotation: Annotation, is_space: Sequence[bool]
) -> npt.NDArray[np.int64]:
    """Return the head of every token. Shape: (n_words,)."""
    heads = [-1] * n_words
    for place, head in zip(read, annotation.heads.tolist(), strict=True):
        heads[place] = read[head]
    host, host_is_read = -1, False  # the last word read, or the first word skipped since
    for place in range(n_words):
        if heads[place] >= 0:
            host, host_is_read = place, True
        elif host < 0 or (host_is_read and not is_space[place]):
            host, host_is_read = place, False
            heads[place] = host
        else:
            heads[place] = host
    return np.array(heads, dtype=np.int64)


def _attribution_spans(
    doc: Doc, read: Sequence[int], skipped: frozenset[int], attribution: RoleSpans, number: int
) -> Iterator[Span]:
    for label, runs in (
        ("SOURCE", attribution.source),
        ("CUE", attribution.cue),
        ("CONTENT", attribution.content),
    ):
        for start, end in runs:
            for first, last in _unbroken(read[start:end], skipped):
                yield Span(doc, first, last + 1, label=label, span_id=number)


def _unbroken(tokens: Sequence[int], skipped: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each stretch that no skipped token interrupts."""
    first = last = tokens[0]
    if skipped.isdisjoint(range(first, tokens[-1])):
        yield first, tokens[-1]
        return
    for token in tokens[1:]:
        if not skipped.isdisjoint(range(last + 1, token)):
            yield first, last
            first = token
        last = token
    yield first, last
