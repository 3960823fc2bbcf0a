"""The spaCy component that runs the trained network and writes what it read into the Doc.

Writes tags, parts of speech, heads, dependency labels, names (``doc.ents``) and attributions
(``doc.spans["attribution"]``: spans labelled SOURCE, CUE, CONTENT; the parts of one attribution share a span
id). Confidences lie in ``doc.user_data[CONFIDENCE]``, where they survive ``Doc.to_bytes``. Characters listed
in ``doc.user_data[SKIPPED]`` (header lines, adverts) are not read: the words around them meet. ``doc.tensor``
holds for each token the network's query for what it refers back to, then its key (pronouns.py);
``doc.user_data[MODEL]`` names the model's folder.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extractors.decoding import RoleSpans
from extractors.network import MODEL_DIR, Annotation, Network
from extractors.wordpieces import LINE_BREAK, NO_GAP, SPACE

ATTRIBUTION = "attribution"
CONFIDENCE = "newsgraph.confidence"
SKIPPED = "newsgraph.skipped"
MODEL = "newsgraph.model"

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
        skipped = _skipped_tokens(doc)
        read = [token.i for token in doc if not (token.is_space or token.i in skipped)]
        annotation = self.network.read([doc[index].text for index in read], word_gaps(doc, read))
        confidence: dict[str, float] = {}
        _write_trees(doc, read, annotation)
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


def _skipped_tokens(doc: Doc) -> frozenset[int]:
    """Return the tokens that reach into a skipped stretch."""
    stretches: Sequence[tuple[int, int]] = doc.user_data.get(SKIPPED, ())
    if not stretches:
        return frozenset()
    begins = [begin for begin, _ in stretches]

    def is_skipped(token: Token) -> bool:
        place = bisect_right(begins, token.idx + len(token) - 1) - 1
        return place >= 0 and stretches[place][1] > token.idx

    return frozenset(token.i for token in doc if is_skipped(token))


def word_gaps(doc: Doc, read: Sequence[int]) -> list[int]:
    gaps = []
    end = 0
    text = doc.text  # put together anew at each look
    for index in read:
        token = doc[index]
        between = text[end : token.idx] if end else "\n"
        gaps.append(LINE_BREAK if "\n" in between or "\r" in between else SPACE if between else NO_GAP)
        end = token.idx + len(token)
    return gaps


def _write_trees(doc: Doc, read: Sequence[int], annotation: Annotation) -> None:
    """Set tags and trees. Words that were not read hang on the one before, or are a sentence of their own."""
    strings = doc.vocab.strings
    heads = _hosts(doc, read, annotation)
    values = np.zeros((len(doc), 5), dtype=np.uint64)
    values[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    values[:, 1] = strings.add("dep")
    values[:, 2] = strings.add("X")
    for index, tag, relation in zip(read, annotation.tags, annotation.relations, strict=True):
        upos, xpos = tag.split("|")
        row = values[index]
        row[1] = strings.add("ROOT" if relation == "root" else relation)
        row[2], row[3] = strings.add(upos), strings.add(xpos)
        row[4] = doc.vocab.morphology.add(_FEATURES.get(xpos, ""))
    for token in doc:
        if token.is_space:
            values[token.i, 2:4] = strings.add("SPACE"), strings.add("_SP")
    doc.from_array(["HEAD", "DEP", "POS", "TAG", "MORPH"], values)  # type: ignore[arg-type]  # its stub knows lists only


def _hosts(doc: Doc, read: Sequence[int], annotation: Annotation) -> npt.NDArray[np.int64]:
    """Return the head of every token. Shape: (n_tokens,)."""
    heads = np.full(len(doc), -1, dtype=np.int64)
    places = np.array(read, dtype=np.int64)
    if len(places):
        heads[places] = places[annotation.heads]
    host, host_is_read = -1, False  # the last word read, or the first word skipped since
    for token in doc:
        if heads[token.i] >= 0:
            host, host_is_read = token.i, True
        elif host < 0 or (host_is_read and not token.is_space):
            host, host_is_read = token.i, False
            heads[token.i] = host
        else:
            heads[token.i] = host
    return heads


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
    for token in tokens[1:]:
        if not skipped.isdisjoint(range(last + 1, token)):
            yield first, last
            first = token
        last = token
    yield first, last
