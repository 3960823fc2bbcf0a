"""From the model's numbers to labels: names, trees, attributions. Pure functions over NumPy arrays.

Nothing here knows spaCy, ONNX or a file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Runs = tuple[tuple[int, int], ...]  # words ``[start, end)`` each

MAX_DISTANCE_BUCKET = 12
ROLES = ("source", "cue", "content")
BORDERED = ("source", "content")
BORDERS = tuple((role, side) for role in BORDERED for side in ("first", "last"))
ROLE_MARKS = (*ROLES, *(f"{role} {side}" for role, side in BORDERS))  # what a word may be to an anchor
LEAST_CHANCE = 1e-4  # and 1 minus it: surer than this nothing counts
_NEVER = -1e9
_MARGIN = 1e-3  # above what is lost by rounding


@dataclass(frozen=True, slots=True)
class LabelledRun:
    """Words ``[start, end)`` that carry one label."""

    start: int
    end: int
    label: str
    confidence: float  # 0..1


@dataclass(frozen=True, slots=True)
class RoleSpans:
    """One attribution as runs of words, each ``(start, end)``."""

    source: Runs
    cue: Runs
    content: Runs
    confidence: float  # 0..1
    first: float = 0.0  # logit that the content begins where it does
    last: float = 0.0  # and that it ends there


def sigmoid(logits: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-_within(logits, 30.0))), dtype=np.float32)


def _within(numbers: Floats, most: float) -> Floats:
    """Return the numbers, none beyond ``most`` on either side: np.clip, without its long way there."""
    return np.asarray(np.minimum(np.maximum(numbers, -most), most))


def logit(chance: float, least: float = LEAST_CHANCE) -> float:
    """Return the log-odds of a chance, 0..1; under ``least`` and over 1 minus it nothing counts."""
    inside = min(max(chance, least), 1.0 - least)
    return math.log(inside / (1.0 - inside))


def log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), dtype=np.float32)


def find_names(logits: Floats, tags: Sequence[str], breaks: Flags) -> list[LabelledRun]:
    """Return the best sequence of names under the BIO scheme: an I- continues a name of its own label only.

    Args:
        logits: Shape: (n_words, n_tags).
        tags: The tags' names, "O" first, then "B-X", "I-X" in turn.
        breaks: True where no name may run over from the word before (a new line). Shape: (n_words,).
    """
    if not len(logits):
        return []
    scores = log_softmax(logits)
    runs: list[LabelledRun] = []
    for first, after in _runs(~_surely_none(scores)):
        path = _best_path(scores[first:after], breaks[first:after])
        begins = [place for place, tag in enumerate(path) if not tags[tag].startswith("I-")]
        for start, end in pairwise((*begins, len(path))):
            if (tag := tags[path[start]]) != "O":
                chosen = scores[np.arange(first + start, first + end), path[start:end]]
                runs.append(LabelledRun(first + start, first + end, tag[2:], float(np.exp(chosen.mean()))))
    return runs


def _surely_none(scores: Floats) -> Flags:
    """Return which words are in no name on the best path, whatever stands around them. Shape: (n_words,).

    Behind an "O" stands whatever stands behind a name, but the name's own I-, and for that its B- is as good.
    """
    none, names = scores[:, :1], np.maximum(scores[:, 1::2], scores[:, 2::2])
    is_sure: Flags = np.all(none > names + _MARGIN, axis=1)
    as_good = none[:-1] + scores[1:, 1::2] > names[:-1] + scores[1:, 2::2] + _MARGIN
    is_sure[:-1] &= np.all(as_good, axis=1)
    return is_sure


def _best_path(scores: Floats, breaks: Flags) -> list[int]:
    """Return the tag of each word on the best path (Viterbi): into an I- only from the B- and I- of its name.

    Args:
        scores: Log probabilities of "O", then of B- and I- in turn. Shape: (n_words, n_tags).
        breaks: As find_names has them.
    """
    rows: list[list[float]] = scores.tolist()
    opening, within = range(1, scores.shape[1], 2), range(2, scores.shape[1], 2)
    best = list(rows[0])
    for tag in within:
        best[tag] += _NEVER
    back: list[list[int]] = []
    for row, is_broken in zip(rows[1:], breaks[1:].tolist(), strict=True):
        top = max(best)
        before = [best.index(top)] * len(row)
        for opened, tag in zip(opening, within, strict=True):
            before[tag] = opened if best[opened] >= best[tag] else tag
        best = [best[last] + score for last, score in zip(before, row, strict=True)]
        if is_broken:
            for tag in within:
                best[tag] += _NEVER
        back.append(before)
    path = [best.index(max(best))]
    for before in reversed(back):
        path.append(before[path[-1]])
    return path[::-1]


def find_tree(arcs: Floats) -> Ints:
    """Return the head of each word of one sentence: the best tree with one root, which is its own head.

    Takes each word's best head where that is a tree already, else the maximum spanning tree
    (Chu and Liu 1965, Edmonds 1967) under the best root.

    Args:
        arcs: Logit that word j is the head of word i; the diagonal is for the root. Shape: (n, n).
    """
    heads: Ints = arcs.argmax(1)
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    if len(roots) == 1 and not _cycle(heads, int(roots[0])):
        return heads
    scores = log_softmax(arcs).astype(np.float64)
    root = int(scores.diagonal().argmax())
    np.fill_diagonal(scores, -1e9)
    heads = _spanning_tree(scores, root)
    heads[root] = root
    return heads


def _cycle(heads: Ints, root: int) -> list[int]:
    """Return the words of one cycle, or nothing."""
    above: list[int] = heads.tolist()
    state = [0] * len(above)
    state[root] = 2
    for start in range(len(above)):
        path = []
        word = start
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = above[word]
        if state[word] == 1:
            return path[path.index(word) :]
        for word in path:
            state[word] = 2
    return []


def _spanning_tree(scores: npt.NDArray[np.float64], root: int) -> Ints:
    """Return the heads of the maximum spanning tree; the root's own entry means nothing."""
    heads: Ints = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if not cycle:
        return heads
    # Contract the cycle into one word, solve the smaller problem, break the cycle where that enters it.
    inside = set(cycle)
    outside = [word for word in range(len(scores)) if word not in inside]
    inner = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, outside)] - inner[:, None]
    leaving = scores[np.ix_(outside, cycle)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -1e9)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[-1, :-1] = entering.max(0)
    smaller[:-1, -1] = leaving.max(1)
    solved = _spanning_tree(smaller, outside.index(root))
    for place, word in enumerate(outside):
        head = int(solved[place])
        heads[word] = cycle[int(leaving[place].argmax())] if head == len(outside) else outside[head]
    gate = int(solved[-1])
    entered = int(entering[:, gate].argmax())
    heads[cycle[entered]] = outside[gate]
    heads[root] = root
    return heads


def distance_buckets(anchor: int, n_words: int) -> Ints:
    """Return the distance bucket of every word from the anchor, as in training (training/model.py)."""
    reach = 1 << max(anchor, n_words).bit_length()  # a power of two: few are ever asked for
    return _buckets_within(reach)[reach - anchor : reach - anchor + n_words]


@cache
def _buckets_within(reach: int) -> Ints:
    """Return the distance buckets of the words at most so far from a word, it in the middle."""
    distances = np.arange(-reach, reach + 1)
    size = np.abs(distances).astype(np.float32)
    far = 4 + 2 * np.log2(np.maximum(size, 4) / 4)
    bucket = np.minimum(np.rint(np.where(size <= 4, size, far)), MAX_DISTANCE_BUCKET)
    return (np.sign(distances) * bucket + MAX_DISTANCE_BUCKET).astype(np.int64)


def role_logits(anchor: int, anchor_keys: Floats, role_keys: Floats, distance_scores: Floats) -> Floats:
    """Return the logits of all ROLE_MARKS of each word towards the anchor. Shape: (n_words, n_marks).

    Args:
        anchor: Word index in the window.
        anchor_keys: Shape: (n_words, n_marks * width).
        role_keys: Shape: (n_words, n_marks * width).
        distance_scores: Shape: (n_marks, n_buckets).
    """
    width = anchor_keys.shape[1] // len(ROLE_MARKS)
    queries = anchor_keys[anchor].reshape(len(ROLE_MARKS), width)
    keys = role_keys.reshape(-1, len(ROLE_MARKS), width)
    scores = np.einsum("nmd,md->nm", keys, queries) * np.float32(width**-0.5)
    return np.asarray(scores + distance_scores.T[distance_buckets(anchor, len(role_keys))])


MAX_GAP = 6  # words inside a content that the network may have missed
BORDER_WEIGHT = 4.0  # of a border's logit beside a word's own, chosen on PolNeAR's development part
_MOST = 12.0  # surer than this no word or border counts
_BELONGING = -3.0  # logit below which a word ends every run
_CUE = ROLE_MARKS.index("cue")
_MARKS_OF_BORDERED = tuple(
    tuple(map(ROLE_MARKS.index, (role, f"{role} first", f"{role} last"))) for role in BORDERED
)


def role_spans(logits: Floats, anchor_probability: float, *, first: int = 0) -> RoleSpans:
    """Return the runs of words that belong to each role of one attribution.

    Sources and contents are those runs that, together, the logits of their words and of their borders speak
    for most. A short gap in a content is closed; single stray words beside a longer one are dropped.

    Args:
        logits: Of ROLE_MARKS. Shape: (n_words, n_marks).
        anchor_probability: That the word is an anchor at all.
        first: Index in the text of the first word of ``logits``.
    """
    bounded = _within(logits, _MOST)
    source, content = (
        _closed(best_runs(*(bounded[:, mark] for mark in marks)), (), gap=1) for marks in _MARKS_OF_BORDERED
    )
    is_cue = logits[:, _CUE] > 0
    if any(end - start > 2 for start, end in content):
        content = tuple((start, end) for start, end in content if end - start > 1)
    content = _closed(content, (*source, *_runs(is_cue)), gap=MAX_GAP)
    sure, borders = 0.0, (0.0, 0.0)
    if content:
        words = np.concatenate([np.arange(start, end) for start, end in content])
        said, opens, closes = _MARKS_OF_BORDERED[1]
        is_cue[words] &= logits[words, said] <= logits[words, _CUE]
        sure = float(sigmoid(logits[words, said]).mean())
        borders = (float(logits[words[0], opens]), float(logits[words[-1], closes]))
    confidence = float(np.sqrt(anchor_probability * sure))
    cue = _runs(is_cue)
    return RoleSpans(_moved(source, first), _moved(cue, first), _moved(content, first), confidence, *borders)


def _moved(runs: Runs, by: int) -> Runs:
    return tuple((start + by, end + by) for start, end in runs)


def best_runs(words: Floats, firsts: Floats, lasts: Floats) -> Runs:
    """Return the runs with the greatest sum of logits: of each word, and of each run's first and last.

    Shapes: (n_words,) each, none beyond _MOST. The best way to every word, inside a run or outside, is kept
    with its runs.
    """
    found: list[tuple[int, int]] = []
    firsts, lasts = BORDER_WEIGHT * firsts, BORDER_WEIGHT * lasts
    for start, end in _runs(words > _BELONGING):
        logits = (one[start:end].tolist() for one in (words, firsts, lasts))
        before = outside = 0.0  # best up to two words back, and to one; each with its runs
        runs_before: Runs = ()
        runs_outside: Runs = ()
        inside, opened, runs_inside = -np.inf, start, runs_before
        for place, (gain, opening, closing) in enumerate(zip(*logits, strict=True), start):
            if before + opening > inside:
                inside, opened, runs_inside = before + opening, place, runs_before
            inside += gain
            before, runs_before = outside, runs_outside
            if inside + closing > outside:
                outside, runs_outside = inside + closing, (*runs_inside, (opened, place + 1))
        found.extend(runs_outside)
    return tuple(found)


def _closed(runs: Runs, others: Runs, *, gap: int) -> Runs:
    """Return ``runs`` with short gaps between them filled, unless another role stands in the gap."""
    closed: list[tuple[int, int]] = []
    for start, end in runs:
        last = closed[-1][1] if closed else -1
        is_free = not any(begin < start and last < stop for begin, stop in others)
        if closed and start - last <= gap and is_free:
            closed[-1] = (closed[-1][0], end)
        else:
            closed.append((start, end))
    return tuple(closed)


def _runs(flags: Flags) -> Runs:
    fenced = np.zeros(len(flags) + 2, dtype=np.bool_)
    fenced[1:-1] = flags
    edges = np.flatnonzero(fenced[1:] != fenced[:-1])
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
