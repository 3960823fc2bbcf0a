"""The trained network at run time: words in, numbers out. The only place that knows onnxruntime.

A text is read in windows that overlap; each word's numbers come from the window in which it has most context.
One window is one run of the network: the activations of the 8-bit network are scaled by the largest value of
a run, so windows that shared a run would change each other's numbers, and the same text would read
differently in other company. (Padding would cost the same again; see docs/decisions/0004.)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from threadpoolctl import threadpool_limits

from extractors.decoding import (
    ROLE_MARKS,
    Flags,
    Floats,
    Ints,
    LabelledRun,
    RoleSpans,
    find_tree,
    role_logits,
    role_spans,
    sigmoid,
)
from extractors.exact_sums import sums_are_exact
from extractors.judging import Judge
from extractors.name_judging import believed_names, signs_of
from extractors.same_names import agreed_names
from extractors.wordpieces import LINE_BREAK, MAX_PIECES, Pieces, WordPieces
from newsgraph.errors import ModelError

MODEL_DIR = Path(__file__).with_name("model")
NETWORK, HEADS, LABELS, VOCABULARY = "network.onnx", "heads.npz", "labels.json", "tokenizer.json"
PRONOUNS = "pronouns.json"  # of pronouns.py
ROWS = ("role_distance", "link_distance")  # tables in HEADS that are added to scores by distance
SALIENCE = "salience.json"  # of salience.py
CALIBRATION = "calibration.json"  # of confidence.py
JUDGE = "judge.json"  # of judging.py
NAME_JUDGE = "name_judge.json"  # of name_judging.py
FILES = (NETWORK, HEADS, LABELS, VOCABULARY, PRONOUNS, SALIENCE, CALIBRATION, JUDGE, NAME_JUDGE)

# What ONNX Runtime would join and then work out more slowly than its parts, by a tenth of the network's time.
SLOWER_WHOLE = ["SkipLayerNormFusion", "BiasGeluFusion"]
OVERLAP = 72  # pieces that two neighbouring windows share
NEAR_END = 8  # words from the end of a window: what somebody says up to there may go on outside
MAX_SENTENCE = 160  # words: longer ones (tables, lists) are cut, a tree over them means nothing


@dataclass(frozen=True, slots=True)
class Labels:
    """What the network's outputs stand for, in their order."""

    tags: tuple[str, ...]  # "UPOS|XPOS"
    relations: tuple[str, ...]
    names: tuple[str, ...]  # BIO tags
    anchor_threshold: float
    sentence_threshold: float


@dataclass(frozen=True, slots=True)
class Annotation:
    """What was read in a text of n words."""

    tags: tuple[str, ...]  # "UPOS|XPOS" of each word
    sentence_starts: Flags  # Shape: (n,)
    heads: Ints  # index of each word's head, its own for a root. Shape: (n,)
    relations: tuple[str, ...]
    names: tuple[LabelledRun, ...]
    attributions: tuple[RoleSpans, ...]
    links: Floats  # each word's query for what it refers back to, and its key. Shape: (n, 2 * width)


@dataclass(frozen=True, slots=True)
class _Window:
    """Words ``[start, end)`` and the network's outputs for them (names as in training/model.py's Reading)."""

    start: int
    end: int
    tags: Floats
    sentence_starts: Floats
    names: Floats
    arcs: Floats
    relation_of_word: Floats
    relation_of_head: Floats
    anchors: Floats
    anchor_keys: Floats
    role_keys: Floats
    link_queries: Floats
    link_keys: Floats


class Network:
    """The session with its label sets and the small heads that are worked out in NumPy."""

    def __init__(self, model_dir: Path = MODEL_DIR, *, threads: int = 1) -> None:
        for name in FILES:
            if not (model_dir / name).is_file():
                raise ModelError(
                    f"{model_dir / name}: missing; install again, or train (extractors/training/README.md)"
                )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # NumPy's own threads would wait for its small products in a loop, on cores that others need.
        threadpool_limits(limits=threads, user_api="blas")
        if not sums_are_exact():  # other numbers would come out, and worse ones
            options.add_session_config_entry("session.x64quantprecision", "1")
        try:
            self._session = onnxruntime.InferenceSession(
                model_dir / NETWORK,
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=SLOWER_WHOLE,
            )
            self.labels = _read_labels(model_dir / LABELS)
            self._heads = dict(np.load(model_dir / HEADS))
            self.pieces = WordPieces.from_file(model_dir / VOCABULARY)
            self._judge = Judge.from_file(model_dir / JUDGE)
            self._name_judge = Judge.from_file(model_dir / NAME_JUDGE)
        except (
            Exception
        ) as error:  # onnxruntime and tokenizers raise classes of their own, without a common base
            raise ModelError(
                f"{model_dir}: the model cannot be read ({str(error).splitlines()[0]})"
            ) from error

    def read(self, words: Sequence[str], gaps: Sequence[int], openers: Sequence[int] = ()) -> Annotation:
        """Annotate a text.

        Args:
            words: Without white space.
            gaps: What stands before each word (wordpieces.py).
            openers: The words that begin a sentence for sure, whatever the network says.
        """
        if not words:
            none = np.zeros(0, dtype=np.int64)
            return Annotation((), none.astype(bool), none, (), (), (), np.zeros((0, 2), dtype=np.float32))
        pieces = self.pieces.cut(words, gaps)
        windows = list(self.windows(pieces))
        owners = _owners(windows, len(words))
        breaks = np.array(gaps) == LINE_BREAK
        starting = _stitch(windows, owners, "sentence_starts")
        starting[list(openers)] = np.inf
        starts = _sentence_starts(starting, self.labels.sentence_threshold)
        heads, relations = self._trees(windows, owners, starts)
        tags = self._tags(windows, owners)
        logits = _stitch(windows, owners, "names")
        names = agreed_names(logits, self.labels.names, breaks, words)
        return Annotation(
            tags,
            starts,
            heads,
            relations,
            tuple(believed_names(names, self._name_judge, logits, breaks, words)),
            tuple(self._judge(list(self._attributions(pieces, windows, owners)), tags)),
            np.hstack([_stitch(windows, owners, field) for field in ("link_queries", "link_keys")]),
        )

    def marked(self, words: Sequence[str], gaps: Sequence[int]) -> tuple[list[RoleSpans], tuple[str, ...]]:
        """Return the attributions of a text, not empty, before any has been judged, and its words' tags."""
        pieces = self.pieces.cut(words, gaps)
        windows = list(self.windows(pieces))
        owners = _owners(windows, len(words))
        return list(self._attributions(pieces, windows, owners)), self._tags(windows, owners)

    def named(
        self, words: Sequence[str], gaps: Sequence[int]
    ) -> Iterator[tuple[LabelledRun, dict[str, float]]]:
        """Yield the names of a text before any has been judged, with what speaks for and against each."""
        logits = self.name_logits(words, gaps)
        breaks = np.array(gaps) == LINE_BREAK
        names = agreed_names(logits, self.labels.names, breaks, words)
        yield from zip(names, signs_of(names, names, logits, breaks, words), strict=True)

    def name_logits(self, words: Sequence[str], gaps: Sequence[int]) -> Floats:
        """Return the logits of the name tags for the words of a text, not empty. Shape: (n_words, n_tags)."""
        windows = list(self.windows(self.pieces.cut(words, gaps)))
        return _stitch(windows, _owners(windows, len(words)), "names")

    def windows(self, pieces: Pieces) -> Iterator[_Window]:
        for start, end in window_bounds(pieces.starts):
            yield self._run(pieces, start, end)

    def _tags(self, windows: Sequence[_Window], owners: Ints) -> tuple[str, ...]:
        return tuple(
            self.labels.tags[index] for index in _stitch(windows, owners, "tags").argmax(-1).tolist()
        )

    def _run(self, pieces: Pieces, start: int, end: int) -> _Window:
        inside = slice(int(pieces.starts[start]), int(pieces.starts[end]))
        ids = np.concatenate([[self.pieces.first_id], pieces.ids[inside], [self.pieces.last_id]])
        outputs = self._session.run(
            None,
            {
                "pieces": ids[None],
                "shapes": np.concatenate([[0], pieces.shapes[inside], [0]])[None],
                "gaps": np.concatenate([[0], pieces.gaps[inside], [0]])[None],
                "firsts": (pieces.starts[start:end] - pieces.starts[start] + 1)[None],
            },
        )
        return _Window(start, end, *(np.asarray(output)[0] for output in outputs))

    def _trees(self, windows: Sequence[_Window], owners: Ints, starts: Flags) -> tuple[Ints, tuple[str, ...]]:
        heads = np.zeros(len(starts), dtype=np.int64)
        of_word: list[Floats] = []
        of_head: list[Floats] = []
        for start, end in _tree_bounds(windows, owners, starts):
            window = windows[_window_of(windows, owners, start, end)]
            inside = slice(start - window.start, end - window.start)
            local = find_tree(window.arcs[inside, inside])
            heads[start:end] = local + start
            of_word.append(window.relation_of_word[inside])
            of_head.append(window.relation_of_head[inside][local])
        joined = np.maximum(np.concatenate(of_word) + np.concatenate(of_head), 0.0)
        return heads, self._relations(joined, heads == np.arange(len(heads)))

    def _relations(self, joined: Floats, is_root: Flags) -> tuple[str, ...]:
        logits = joined @ self._heads["relation_weight"].T + self._heads["relation_bias"]
        root = self.labels.relations.index("root")
        logits[:, root] = np.where(is_root, np.inf, -np.inf)
        return tuple(self.labels.relations[index] for index in logits.argmax(-1).tolist())

    def _attributions(self, pieces: Pieces, windows: Sequence[_Window], owners: Ints) -> Iterator[RoleSpans]:
        """Yield the attributions; what may go on outside of the windows is read in one around the anchor."""
        probabilities = sigmoid(_stitch(windows, owners, "anchors"))
        for word in np.flatnonzero(probabilities > self.labels.anchor_threshold).tolist():
            holding = [one for one in windows if one.start <= word < one.end]
            found = self._roles(word, holding, float(probabilities[word]))
            if _may_go_on(found, holding[0].start, holding[-1].end, len(owners)):
                holding.append(self._run(pieces, *_bounds_around(word, pieces.starts)))
                found = self._roles(word, holding, float(probabilities[word]))
            yield found

    def _roles(self, anchor: int, windows: Sequence[_Window], probability: float) -> RoleSpans:
        """Return what belongs to an anchor, by what the windows that hold it say of each word on average.

        Where two windows overlap both have seen the anchor, and one sees what the other's end has cut off.
        """
        first, last = min(one.start for one in windows), max(one.end for one in windows)
        summed = np.zeros((last - first, len(ROLE_MARKS)), dtype=np.float32)
        seen = np.zeros((last - first, 1), dtype=np.float32)
        for one in windows:
            inside, place = slice(one.start - first, one.end - first), anchor - one.start
            summed[inside] += role_logits(place, one.anchor_keys, one.role_keys, self._heads["role_distance"])
            seen[inside] += 1
        return role_spans(summed / seen, probability, first=first)


def model_hash(model_dir: Path = MODEL_DIR) -> str:
    """Return sixteen hex digits that change with the model's weights, labels or vocabulary.

    Raises:
        ModelError: If a file of the model is missing.
    """
    digest = sha256()
    for name in FILES:
        try:
            digest.update((model_dir / name).read_bytes())
        except OSError as error:
            raise ModelError(f"{model_dir / name}: {error.strerror}") from error
    return digest.hexdigest()[:16]


def window_bounds(starts: Ints) -> Iterator[tuple[int, int]]:
    """Yield the words ``(start, end)`` of the windows over a text, which overlap by at most OVERLAP pieces.

    Args:
        starts: Index of each word's first piece, and the number of pieces at the end. Shape: (n_words + 1,).
    """
    start, n_words = 0, len(starts) - 1
    while True:
        end = int(np.searchsorted(starts, starts[start] + MAX_PIECES - 2, side="right")) - 1
        yield start, end
        if end >= n_words:
            return
        start = max(start + 1, int(np.searchsorted(starts, starts[end] - OVERLAP)))


def _bounds_around(word: int, starts: Ints) -> tuple[int, int]:
    """Return the words ``(start, end)`` of a window with a word in its middle, as far as the text allows."""
    size, n_words = MAX_PIECES - 2, len(starts) - 1
    first = min(max(0, starts[word] - size // 2), max(0, starts[n_words] - size))
    start = int(np.searchsorted(starts, first))
    return start, int(np.searchsorted(starts, starts[start] + size, side="right")) - 1


def _may_go_on(found: RoleSpans, start: int, end: int, n_words: int) -> bool:
    """Say whether a source or content may go on outside the words ``[start, end)``: it ends there, or nearly.

    What the network has end nearby by itself does not.
    """
    runs = (*found.source, *found.content)
    first = min((begin for begin, _ in runs), default=end) - start
    last = end - max((after for _, after in runs), default=start)
    before = start > 0 and (first <= 1 or (first <= NEAR_END and found.first <= 0))
    return before or (end < n_words and (last <= 1 or (last <= NEAR_END and found.last <= 0)))


def _owners(windows: Sequence[_Window], n_words: int) -> Ints:
    """Return for each word the window that it is read in: neighbours share their overlap by halves."""
    owners = np.zeros(n_words, dtype=np.int64)
    for index in range(1, len(windows)):
        owners[(windows[index].start + windows[index - 1].end) // 2 :] = index
    return owners


def _stitch(windows: Sequence[_Window], owners: Ints, field: str) -> Floats:
    borders = np.searchsorted(owners, range(len(windows) + 1)).tolist()
    owned = zip(windows, pairwise(borders), strict=True)
    return np.concatenate(
        [getattr(one, field)[start - one.start : end - one.start] for one, (start, end) in owned]
    )


def _sentence_starts(logits: Floats, threshold: float) -> Flags:
    starts: Flags = sigmoid(logits) > threshold
    starts[0] = True
    since = 0
    for place in range(1, len(starts)):
        if starts[place] or place - since >= MAX_SENTENCE:
            starts[place] = True
            since = place
    return starts


def _tree_bounds(windows: Sequence[_Window], owners: Ints, starts: Flags) -> Iterator[tuple[int, int]]:
    """Yield the sentences; one that no window holds whole becomes a tree for each window."""
    borders = [*np.flatnonzero(starts).tolist(), len(starts)]
    for start, end in pairwise(borders):
        if _window_of(windows, owners, start, end) >= 0:
            yield start, end
            continue
        cuts = [start, *(place for place in range(start + 1, end) if owners[place] != owners[place - 1]), end]
        starts[cuts[1:-1]] = True
        yield from pairwise(cuts)


def _window_of(windows: Sequence[_Window], owners: Ints, start: int, end: int) -> int:
    """Return the window that holds the words whole, the one that owns their middle first; -1 if none does."""
    middle = int(owners[(start + end) // 2])
    for index in (middle, middle - 1, middle + 1):
        if 0 <= index < len(windows) and windows[index].start <= start and end <= windows[index].end:
            return index
    return -1


def _read_labels(path: Path) -> Labels:
    given = json.loads(path.read_text(encoding="utf-8"))
    return Labels(
        tuple(given["tags"]),
        tuple(given["relations"]),
        tuple(given["names"]),
        float(given["anchor_threshold"]),
        float(given["sentence_threshold"]),
    )
