"""Samples to tensors: windows of at most 256 pieces, noise on letter case, and gold as padded arrays.

The only module of training that knows both samples and tensors.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor

from extractors.decoding import BORDERS, ROLE_MARKS, ROLES
from extractors.training.made_up import MadeUpNames
from extractors.training.noise import disturbed
from extractors.training.samples import (
    LINE_BREAK,
    NAME_TAGS,
    NO_GAP,
    GoldAttribution,
    GoldLink,
    Sample,
    WordSyntax,
)
from extractors.wordpieces import MAX_PIECES, WordPieces

IGNORE = -100
CROPPED_RATE, CROPPED_TO = 0.6, (1, 1, 2, 3, 5)
LENGTH_STEP = 8  # lengths that devices like


@dataclass(frozen=True, slots=True)
class LabelSets:
    """The closed sets of labels that the heads choose from, in the order of their logits."""

    tags: tuple[str, ...]  # "UPOS|XPOS"
    relations: tuple[str, ...]


def label_sets(samples: Iterable[Sample], *, min_tags: int = 5, min_relations: int = 10) -> LabelSets:
    """Return the joint tags and relations that occur often enough in ``samples`` to be learnt."""
    tags: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for sample in samples:
        for word in sample.syntax or ():
            tags[f"{word.upos}|{word.xpos}"] += 1
            relations[word.deprel] += 1
    return LabelSets(
        tuple(sorted(tag for tag, count in tags.items() if count >= min_tags)),
        tuple(sorted(name for name, count in relations.items() if count >= min_relations)),
    )


def windows_of(
    samples: Iterable[Sample], pieces: WordPieces, *, first: int = MAX_PIECES - 2
) -> Iterator[Sample]:
    """Cut long samples at sentence or line borders, and join short ones, to windows that fit the encoder.

    Args:
        samples: Documents, or runs of sentences.
        pieces: The vocabulary that the encoder cuts words with.
        first: Pieces in the first window of a sample; half as many puts all borders elsewhere.
    """
    waiting: Sample | None = None
    waiting_size = 0
    for sample in samples:
        for part, size in _parts_of(sample, pieces, first):
            if waiting is not None and waiting_size + size <= MAX_PIECES - 2 and _joinable(waiting, part):
                waiting, waiting_size = _joined(waiting, part), waiting_size + size
                continue
            if waiting is not None:
                yield waiting
            waiting, waiting_size = part, size
    if waiting is not None:
        yield waiting


def _parts_of(sample: Sample, pieces: WordPieces, first: int) -> Iterator[tuple[Sample, int]]:
    starts = pieces.cut(sample.words, sample.gaps).starts
    begin = 0
    while begin < len(sample.words):
        end = _end_of_part(sample, starts, begin, MAX_PIECES - 2 if begin else first)
        yield _slice(sample, begin, end), int(starts[end] - starts[begin])
        begin = end


def _end_of_part(sample: Sample, starts: np.ndarray, begin: int, size: int) -> int:
    limit = int(np.searchsorted(starts, starts[begin] + size, side="right")) - 1
    if limit >= len(sample.words):
        return len(sample.words)
    for end in range(limit, begin + (limit - begin) // 2, -1):
        if sample.sentence_starts[end] if sample.sentence_starts else sample.gaps[end] == LINE_BREAK:
            return end
    return limit


def _cropped(window: Sample, chance: random.Random) -> Sample:
    """Return the window or, at times, a few of its sentences or lines: short texts are read alone, too."""
    if chance.random() >= CROPPED_RATE:
        return window
    starts = window.sentence_starts or [gap == LINE_BREAK for gap in window.gaps]
    places = [0, *(place for place in range(1, len(starts)) if starts[place]), len(starts)]
    first = chance.randrange(len(places) - 1)
    last = min(first + chance.choice(CROPPED_TO), len(places) - 1)
    return _slice(window, places[first], places[last])


def _slice(sample: Sample, begin: int, end: int) -> Sample:
    def inside(indices: Sequence[int]) -> tuple[int, ...]:
        return tuple(index - begin for index in indices if begin <= index < end)

    syntax = sample.syntax and tuple(
        replace(word, head=-1 if word.head < 0 else word.head - begin if begin <= word.head < end else IGNORE)
        for word in sample.syntax[begin:end]
    )
    attributions = sample.attributions and tuple(
        GoldAttribution(inside(gold.source), inside(gold.cue), inside(gold.content))
        for gold in sample.attributions
        if begin <= _anchor(gold) < end
    )
    return Sample(
        sample.corpus,
        sample.id,
        sample.words[begin:end],
        sample.gaps[begin:end],
        sample.name_masks and sample.name_masks[begin:end],
        syntax,
        sample.sentence_starts and sample.sentence_starts[begin:end],
        attributions,
        tuple(_links_inside(sample.links, begin, end)),
    )


def _links_inside(links: Sequence[GoldLink], begin: int, end: int) -> Iterator[GoldLink]:
    """Yield the links of words ``[begin, end)``, but for those whose right words all lie outside."""
    for link in links:
        right = tuple(place - begin for place in link.right if begin <= place < end)
        if begin <= link.word < end and right:
            among = link.among and tuple(place - begin for place in link.among if begin <= place < end)
            yield GoldLink(link.word - begin, right, among)


def _anchor(gold: GoldAttribution) -> int:
    """Return the word that stands for an attribution: the first of its cue, else source, else content."""
    return min(gold.cue or gold.source or gold.content)


def _joinable(left: Sample, right: Sample) -> bool:
    return left.corpus == right.corpus and left.corpus != "polnear"  # whose samples are whole articles


def _joined(left: Sample, right: Sample) -> Sample:
    shift = len(left.words)
    syntax = None
    if left.syntax is not None and right.syntax is not None:
        moved = (
            replace(word, head=word.head + shift if word.head >= 0 else word.head) for word in right.syntax
        )
        syntax = (*left.syntax, *moved)
    return Sample(
        left.corpus,
        left.id,
        left.words + right.words,
        (*left.gaps, LINE_BREAK, *right.gaps[1:]),
        left.name_masks + right.name_masks if left.name_masks and right.name_masks else None,
        syntax,
        left.sentence_starts + right.sentence_starts
        if left.sentence_starts and right.sentence_starts
        else None,
        attributions=None
        if left.attributions is None or right.attributions is None
        else (*left.attributions, *(_shifted(gold, shift) for gold in right.attributions)),
        links=(*left.links, *(_moved(link, shift) for link in right.links)),
    )


def _shifted(gold: GoldAttribution, shift: int) -> GoldAttribution:
    source, cue, content = (
        tuple(place + shift for place in role) for role in (gold.source, gold.cue, gold.content)
    )
    return GoldAttribution(source, cue, content)


def _moved(link: GoldLink, shift: int) -> GoldLink:
    among = link.among and tuple(place + shift for place in link.among)
    return GoldLink(link.word + shift, tuple(place + shift for place in link.right), among)


@dataclass(frozen=True, slots=True)
class Batch:
    """B windows of up to P pieces and W words. Unlabelled words carry IGNORE (or an all-true mask)."""

    n_words: float
    pieces: Tensor  # (B, P)
    shapes: Tensor  # (B, P)
    gaps: Tensor  # (B, P)
    firsts: Tensor  # (B, W)
    is_word: Tensor  # (B, W) bool
    names_allowed: Tensor  # (B, W, name tags) bool
    name_weights: Tensor  # (B, W)
    tags: Tensor  # (B, W)
    heads: Tensor  # (B, W), own index for a root
    relations: Tensor  # (B, W)
    sentence_starts: Tensor  # (B, W), -1.0 where unknown
    anchors: Tensor  # (B, W), -1.0 where unknown
    roles_of: Tensor  # (n, 2): window and anchor word of each attribution
    roles: Tensor  # (n, W, ROLE_MARKS)
    links_of: Tensor  # (m, 2): window and word of each link
    links_among: Tensor  # (m, W) bool: the words to choose from
    links_right: Tensor  # (m, W) bool
    link_weights: Tensor  # (m,)
    undisturbed: tuple[Tensor, ...] = ()  # pieces, shapes, gaps and firsts without noise, for the teacher

    def to(self, device: torch.device) -> Batch:
        """Return the batch on a device."""
        moved = {
            field.name: value.to(device, non_blocking=True)
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), Tensor)
        }
        undisturbed = tuple(one.to(device, non_blocking=True) for one in self.undisturbed)
        return replace(self, **moved, undisturbed=undisturbed)


class Batcher:
    """Turns windows into batches; holds what that needs."""

    def __init__(
        self,
        pieces: WordPieces,
        labels: LabelSets,
        name_weights: dict[str, float],
        link_weights: dict[str, float] | None = None,
        made_up: MadeUpNames | None = None,
    ) -> None:
        self.pieces = pieces
        self.tag_index = {tag: index for index, tag in enumerate(labels.tags)}
        self.relation_index = {name: index for index, name in enumerate(labels.relations)}
        self.name_weights = name_weights
        self.link_weights = link_weights or {}
        self.made_up = made_up

    def batch(
        self, windows: Sequence[Sample], noise: random.Random | None, *, for_teacher: bool = False
    ) -> Batch:
        """Return the windows as tensors; ``noise`` disturbs length, names, letter case and line breaks."""
        if noise:
            windows = [_cropped(window, noise) for window in windows]
            if self.made_up:
                windows = [self.made_up.renamed(window, noise) for window in windows]
        pieces, shapes, gaps, firsts = self._inputs(
            [disturbed(window, noise) for window in windows] if noise else windows
        )
        width = max(len(window.words) for window in windows)
        is_word = np.zeros((len(windows), width), dtype=bool)
        for row, window in enumerate(windows):
            is_word[row, : len(window.words)] = True
        roles_of, roles = _roles(windows, width)
        batch = Batch(
            float(is_word.sum()),
            pieces,
            shapes,
            gaps,
            firsts,
            torch.from_numpy(is_word),
            *self._names(windows, width),
            *self._syntax(windows, width),
            _flags(windows, width, lambda window: window.sentence_starts),
            _flags(windows, width, _anchor_flags),
            roles_of,
            roles,
            *self._links(windows, width),
        )
        return replace(batch, undisturbed=self._inputs(windows)) if for_teacher else batch

    def _inputs(self, windows: Sequence[Sample]) -> tuple[Tensor, ...]:
        """Return pieces, shapes, gaps and firsts, as the network takes them."""
        cut = [self.pieces.cut(window.words, window.gaps) for window in windows]
        longest = max(len(one.ids) for one in cut) + 2
        length = -(-longest // LENGTH_STEP) * LENGTH_STEP
        inputs = np.zeros((3, len(windows), length), dtype=np.int64)
        firsts = np.zeros((len(windows), max(len(window.words) for window in windows)), dtype=np.int64)
        for row, one in enumerate(cut):
            size, words = len(one.ids), len(one.starts) - 1
            inputs[0, row, : size + 2] = [self.pieces.first_id, *one.ids, self.pieces.last_id]
            inputs[1, row, 1 : size + 1] = one.shapes
            inputs[2, row, 1 : size + 1] = one.gaps
            firsts[row, :words] = one.starts[:-1] + 1
        return (*torch.from_numpy(inputs), torch.from_numpy(firsts))

    def _names(self, windows: Sequence[Sample], width: int) -> tuple[Tensor, Tensor]:
        allowed = np.ones((len(windows), width, len(NAME_TAGS)), dtype=bool)
        weights = np.zeros((len(windows), width), dtype=np.float32)
        bits = 1 << np.arange(len(NAME_TAGS))
        for row, window in enumerate(windows):
            if window.name_masks is not None:
                allowed[row, : len(window.words)] = (np.array(window.name_masks)[:, None] & bits) > 0
                weights[row, : len(window.words)] = self.name_weights.get(window.corpus, 1.0)
        return torch.from_numpy(allowed), torch.from_numpy(weights)

    def _syntax(self, windows: Sequence[Sample], width: int) -> tuple[Tensor, Tensor, Tensor]:
        tags, heads, relations = np.full((3, len(windows), width), IGNORE, dtype=np.int64)
        for row, window in enumerate(windows):
            for place, word in enumerate(window.syntax or ()):
                tags[row, place] = self.tag_index.get(f"{word.upos}|{word.xpos}", IGNORE)
                heads[row, place] = place if word.head == -1 else word.head
                relations[row, place] = self._relation(word)
        return torch.from_numpy(tags), torch.from_numpy(heads), torch.from_numpy(relations)

    def _links(self, windows: Sequence[Sample], width: int) -> tuple[Tensor, ...]:
        links = [(row, link) for row, window in enumerate(windows) for link in window.links]
        places = np.array([(row, link.word) for row, link in links], dtype=np.int64).reshape(-1, 2)
        among, right = np.zeros((2, len(links), width), dtype=bool)
        for number, (_, link) in enumerate(links):
            among[number, list(link.among) if link.among else slice(link.word + 1)] = True
            among[number, link.word] = True
            right[number, list(link.right)] = True
        weights = np.array(
            [self.link_weights.get(windows[row].corpus, 1.0) for row, _ in links], dtype=np.float32
        )
        return tuple(map(torch.from_numpy, (places, among, right & among, weights)))

    def _relation(self, word: WordSyntax) -> int:
        base = word.deprel.split(":")[0]
        return self.relation_index.get(word.deprel, self.relation_index.get(base, IGNORE))


def _anchor_flags(window: Sample) -> list[bool] | None:
    if window.attributions is None:
        return None
    flags = [False] * len(window.words)
    for gold in window.attributions:
        flags[_anchor(gold)] = True
    return flags


def _flags(windows: Sequence[Sample], width: int, flags_of) -> Tensor:  # type: ignore[no-untyped-def] # noqa: ANN001
    flags = np.full((len(windows), width), -1.0, dtype=np.float32)
    for row, window in enumerate(windows):
        if (given := flags_of(window)) is not None:
            flags[row, : len(window.words)] = given
    return torch.from_numpy(flags)


def _roles(windows: Sequence[Sample], width: int) -> tuple[Tensor, Tensor]:
    """Return the anchors and the roles of all words towards each; attributions with one anchor are one."""
    merged: dict[tuple[int, int], np.ndarray] = {}
    for row, window in enumerate(windows):
        for gold in window.attributions or ():
            empty = np.zeros((width, len(ROLE_MARKS)), dtype=np.float32)
            marks = merged.setdefault((row, _anchor(gold)), empty)
            for role, indices in enumerate((gold.source, gold.cue, gold.content)):
                marks[list(indices), role] = 1.0
    for marks in merged.values():
        inside = np.pad(marks[:, : len(ROLES)], ((1, 1), (0, 0)))
        first, last = inside[1:-1] > inside[:-2], inside[1:-1] > inside[2:]
        for border, (name, side) in enumerate(BORDERS, len(ROLES)):
            marks[:, border] = (first if side == "first" else last)[:, ROLES.index(name)]
    places = np.array(list(merged), dtype=np.int64).reshape(-1, 2)
    stacked = np.stack(list(merged.values())) if merged else np.zeros((0, width, len(ROLE_MARKS)), np.float32)
    return torch.from_numpy(places), torch.from_numpy(stacked)


__all__ = ["IGNORE", "NO_GAP", "Batch", "Batcher", "LabelSets", "label_sets", "windows_of"]
