"""Words, sentences, tags and trees on raw text, counted as in CoNLL 2018 (conll18_ud_eval.py).

A word of ours is a word of the corpus if both have the same characters; all else follows from these pairs:
a tag is right if a pair agrees on it, a head if both words of a pair hang on the words of one pair (or both
are roots), a sentence if both its ends are. F1 counts the words that one side alone has as errors. In the
corpora's English the words of a token like "don't" are parts of its letters, so that each has characters of
its own ("do", "n't") and no alignment within tokens is needed. Relations are compared without their
subtypes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from benchmarks.quality.counts import Scores
from benchmarks.quality.excerpts import excerpt
from benchmarks.quality.gold_texts import CharSpan
from extractors.training.samples import WordSyntax
from newsgraph.records import Extraction, Token


def score_words(scores: Scores, words: Sequence[CharSpan], read: Extraction) -> None:
    ours = {(token.start, token.end) for token in read.tokens}
    scores.add("words", len(ours & set(words)), len(ours), len(words))
    for start, end in words:
        if (start, end) not in ours:
            scores.error("word cut otherwise", excerpt(read.text, start, end, 15))


def score_sentences(
    scores: Scores, words: Sequence[CharSpan], starts: Sequence[bool], read: Extraction
) -> None:
    """Count sentences with both borders right."""
    firsts = [place for place, is_start in enumerate(starts) if is_start]
    gold = {(words[first][0], words[after - 1][1]) for first, after in pairwise([*firsts, len(words)])}
    ours = {(start, end) for start, end in read.sentences}
    scores.add("sentences", len(gold & ours), len(ours), len(gold))
    for start, end in sorted(gold - ours):
        scores.error("sentence cut otherwise", excerpt(read.text, start, end, 20))


def score_trees(
    scores: Scores, words: Sequence[CharSpan], syntax: Sequence[WordSyntax], read: Extraction
) -> None:
    place_of = {span: place for place, span in enumerate(words)}
    pairs = [
        (place, token)
        for token in read.tokens
        if (place := place_of.get((token.start, token.end))) is not None
    ]
    gold_of = {id(token): place for place, token in pairs}
    heads = [_gold_head(token, read.tokens, gold_of) for _, token in pairs]
    right = dict.fromkeys(("UPOS", "XPOS", "UAS", "LAS"), 0)
    for (place, token), head in zip(pairs, heads, strict=True):
        gold = syntax[place]
        right["UPOS"] += token.upos == gold.upos
        right["XPOS"] += token.xpos == gold.xpos
        right["UAS"] += head == gold.head
        right["LAS"] += head == gold.head and _plain(token.dep) == _plain(gold.deprel)
        if token.upos != gold.upos:
            line = excerpt(read.text, token.start, token.end, 40)
            scores.error(f"UPOS {gold.upos} read as {token.upos}", line)
    for measure, hits in right.items():
        scores.add(measure, hits, len(read.tokens), len(words))


def _gold_head(token: Token, tokens: Sequence[Token], gold_of: dict[int, int]) -> int | None:
    """Return the gold word that a token hangs on, -1 for a root, nothing for a word that the corpus lacks."""
    return -1 if token.head == -1 else gold_of.get(id(tokens[token.head]))


def _plain(relation: str) -> str:
    return relation.partition(":")[0]
