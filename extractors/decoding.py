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
_NEVER = np.float32(-1e9)


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
    path = _viterbi(scores, _forbidden_steps(tags), breaks)
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


def _forbidden_steps(tags: Sequence[str]) -> Floats:
    """Return what a step from one tag to the next costs. Shape: (n_tags, n_tags)."""
    costs = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            costs[[row for row, before in enumerate(tags) if before[2:] != tag[2:]], column] = _NEVER
    return costs


def _viterbi(scores: Floats, steps: Floats, breaks: Flags) -> Ints:
    inside = steps.min(0) < 0
    first = np.where(inside, _NEVER, 0.0).astype(np.float32)
    best = scores[0] + first
    back = np.zeros(scores.shape, dtype=np.int64)
    for place in range(1, len(scores)):
        ways = best[:, None] + steps
        if breaks[place]:
            ways = ways + first
        back[place] = ways.argmax(0)
        best = ways.max(0) + scores[place]
    path = np.zeros(len(scores), dtype=np.int64)
    path[-1] = best.argmax()
    for place in range(len(scores) - 1, 0, -1):
        path[place - 1] = back[place, path[place]]
    return path


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
    state = np.zeros(len(heads), dtype=np.int8)
    state[root] = 2
    for start in range(len(heads)):
        path = []
        word = start
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = int(heads[word])
        if state[word] == 1:
            return path[path.index(word) :]
        state[path] = 2
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


def role_probabilities(
    anchor: int, anchor_keys: Floats, role_keys: Floats, distance_scores: Floats
) -> Floats:
    """Return the probability of each word to stand in each role to the anchor. Shape: (n_words, 3).

    Args:
        anchor: Word index in the window.
        anchor_keys: Shape: (n_words, 3 * width).
        role_keys: Shape: (n_words, 3 * width).
        distance_scores: Shape: (3, n_buckets).
    """
    width = anchor_keys.shape[1] // len(ROLES)
    queries = anchor_keys[anchor].reshape(len(ROLES), width)
    keys = role_keys.reshape(-1, len(ROLES), width)
    scores = (keys * queries).sum(-1) * np.float32(width**-0.5)
    return sigmoid(scores + distance_scores.T[distance_buckets(anchor, len(role_keys))])


MAX_GAP = 6  # words inside a content that the network may have missed


def role_spans(
    probabilities: Floats, anchor_probability: float, *, threshold: float = 0.5, beside: float = 0.3
) -> RoleSpans:
    """Return the runs of words that belong to each role of one attribution.

    A run begins where a word surely belongs and goes on over neighbours that perhaps do; a gap of one word
    inside a source or content is closed; single stray words beside a longer content are dropped: such
    raggedness comes from deciding word by word, and is no interruption.

    Args:
        probabilities: Shape: (n_words, 3).
        anchor_probability: That the word is an anchor at all.
        threshold: From which probability a word belongs to a role.
        beside: From which probability it does so if its neighbour does.
    """
    source, cue, content = (
        _runs(_grown(probabilities[:, role], threshold, beside), join=0 if name == "cue" else 1)
        for role, name in enumerate(ROLES)
    )
    if any(end - start > 2 for start, end in content):
        content = tuple((start, end) for start, end in content if end - start > 1)
    content = _closed(content, (*source, *cue))
    words = [place for start, end in content for place in range(start, end)]
    sure = float(probabilities[words, ROLES.index("content")].mean()) if words else 0.0
    return RoleSpans(source, cue, content, float(np.sqrt(anchor_probability * sure)))


def _closed(
    runs: tuple[tuple[int, int], ...], others: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """Return ``runs`` with short gaps between them filled, unless another role stands in the gap."""
    closed: list[tuple[int, int]] = []
    for start, end in runs:
        last = closed[-1][1] if closed else -1
        is_free = not any(begin < start and last < stop for begin, stop in others)
        if closed and start - last <= MAX_GAP and is_free:
            closed[-1] = (closed[-1][0], end)
        else:
            closed.append((start, end))
    return tuple(closed)


def _grown(probabilities: Floats, threshold: float, beside: float) -> Flags:
    """Return which words belong: runs above ``beside`` that hold one above ``threshold``."""
    flags = np.zeros(len(probabilities), dtype=bool)
    for start, end in _runs(probabilities > beside, join=0):
        flags[start:end] = bool((probabilities[start:end] > threshold).any())
    return flags


def _runs(flags: Flags, join: int) -> tuple[tuple[int, int], ...]:
    runs: list[list[int]] = []
    for place in np.flatnonzero(flags).tolist():
        if runs and place - runs[-1][1] <= join:
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1])
    return tuple((start, end) for start, end in runs)
