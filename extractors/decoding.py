"""From the model's numbers to labels: names, trees, attributions. Pure functions over NumPy arrays.

Nothing here knows spaCy, ONNX or a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

MAX_DISTANCE_BUCKET = 12
ROLES = ("source", "cue", "content")
BORDERED = ("source", "content")
BORDERS = tuple((role, side) for role in BORDERED for side in ("first", "last"))
ROLE_MARKS = (*ROLES, *(f"{role} {side}" for role, side in BORDERS))  # what a word may be to an anchor
_NEVER = -1e9


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

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    confidence: float  # 0..1
    first: float = 0.0  # logit that the content begins where it does
    last: float = 0.0  # and that it ends there


def sigmoid(logits: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0))), dtype=np.float32)


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
    path = _best_path(scores, breaks)
    runs: list[LabelledRun] = []
    start = 0
    for place in range(1, len(path) + 1):
        if place < len(path) and tags[path[place]].startswith("I-"):
            continue
        if (tag := tags[path[start]]) != "O":
            chosen = scores[np.arange(start, place), path[start:place]]
            runs.append(LabelledRun(start, place, tag[2:], float(np.exp(chosen.mean()))))
        start = place
    return runs


def _best_path(scores: Floats, breaks: Flags) -> Ints:
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
    return np.array(path[::-1], dtype=np.int64)


def find_tree(arcs: Floats) -> Ints:
    """Return the head of each word of one sentence: the best tree with one root, which is its own head.

    Takes each word's best head where that is a tree already, else the maximum spanning tree
    (Chu and Liu 1965, Edmonds 1967) under the best root.

    Args:
        arcs: Logit that word j is the head of word i; the diagonal is for the root. Shape: (n, n).
    """
    scores = log_softmax(arcs).astype(np.float64)
    heads: Ints = scores.argmax(1)
    places = np.arange(len(scores))
    roots = places[heads == places]
    if len(roots) == 1 and not _cycle(heads, int(roots[0])):
        return heads
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
    outside = [word for word in range(len(scores)) if word not in set(cycle)]
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
    distances = np.arange(n_words) - anchor
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


def role_spans(logits: Floats, anchor_probability: float, *, first: int = 0) -> RoleSpans:
    """Return the runs of words that belong to each role of one attribution.

    Sources and contents are those runs that, together, the logits of their words and of their borders speak
    for most. A short gap in a content is closed; single stray words beside a longer one are dropped.

    Args:
        logits: Of ROLE_MARKS. Shape: (n_words, n_marks).
        anchor_probability: That the word is an anchor at all.
        first: Index in the text of the first word of ``logits``.
    """
    source, content = (
        _closed(best_runs(*(logits[:, mark] for mark in _marks_of(role))), (), gap=1) for role in BORDERED
    )
    cue = _runs(logits[:, ROLES.index("cue")] > 0)
    if any(end - start > 2 for start, end in content):
        content = tuple((start, end) for start, end in content if end - start > 1)
    content = _closed(content, (*source, *cue), gap=MAX_GAP)
    words = [place for start, end in content for place in range(start, end)]
    said = logits[:, ROLES.index("content")]
    inside = np.zeros(len(logits), dtype=np.bool_)
    inside[words] = True
    cue = _runs((logits[:, ROLES.index("cue")] > 0) & ~(inside & (said > logits[:, ROLES.index("cue")])))
    sure = float(sigmoid(logits[words, ROLES.index("content")]).mean()) if words else 0.0
    confidence = float(np.sqrt(anchor_probability * sure))
    opens, closes = (ROLE_MARKS.index(f"content {side}") for side in ("first", "last"))
    borders = (float(logits[words[0], opens]), float(logits[words[-1], closes])) if words else (0.0, 0.0)
    return RoleSpans(_moved(source, first), _moved(cue, first), _moved(content, first), confidence, *borders)


def _moved(runs: tuple[tuple[int, int], ...], by: int) -> tuple[tuple[int, int], ...]:
    return tuple((start + by, end + by) for start, end in runs)


def _marks_of(role: str) -> tuple[int, int, int]:
    return ROLES.index(role), ROLE_MARKS.index(f"{role} first"), ROLE_MARKS.index(f"{role} last")


def best_runs(words: Floats, firsts: Floats, lasts: Floats) -> tuple[tuple[int, int], ...]:
    """Return the runs with the greatest sum of logits: of each word, and of each run's first and last.

    Shapes: (n_words,) each. The best way to every word, inside a run or outside, is kept with its runs.
    """
    found: list[tuple[int, int]] = []
    for start, end in _runs(words > _BELONGING):
        inner = np.clip(words[start:end], -_MOST, _MOST).tolist()
        opening = (BORDER_WEIGHT * np.clip(firsts[start:end], -_MOST, _MOST)).tolist()
        closing = (BORDER_WEIGHT * np.clip(lasts[start:end], -_MOST, _MOST)).tolist()
        before = outside = (0.0, tuple[tuple[int, int], ...]())  # best up to two words back, and to one
        inside: tuple[float, int, tuple[tuple[int, int], ...]] = (-np.inf, start, ())
        for place, (gain, opened, closed) in enumerate(zip(inner, opening, closing, strict=True), start):
            if before[0] + opened > inside[0]:
                inside = (before[0] + opened, place, before[1])
            inside = (inside[0] + gain, inside[1], inside[2])
            before = outside
            if inside[0] + closed > outside[0]:
                outside = (inside[0] + closed, (*inside[2], (inside[1], place + 1)))
        found.extend(outside[1])
    return tuple(found)


def _closed(
    runs: tuple[tuple[int, int], ...], others: tuple[tuple[int, int], ...], *, gap: int
) -> tuple[tuple[int, int], ...]:
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


def _runs(flags: Flags) -> tuple[tuple[int, int], ...]:
    fenced = np.zeros(len(flags) + 2, dtype=np.bool_)
    fenced[1:-1] = flags
    edges = np.flatnonzero(fenced[1:] != fenced[:-1])
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
