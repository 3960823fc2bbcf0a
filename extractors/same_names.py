"""The names of a text, decided from all places of the same words together. Pure functions over NumPy arrays.

The same words in one text are hardly a person here and a place there, or a name in one sentence and none in
the next: each name gets the label that its places speak for most, and words that are surely a name in one
place are one elsewhere, too, unless the network rules it out there (docs/decisions/0037). A name that was cut
short is whole where the text has it whole elsewhere (0061).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from extractors.decoding import Flags, Floats, LabelledRun, find_names, log_softmax

# Round numbers, near the best on all development and held-out parts with names.
# Taken from the logit of a name, not of a date or sum: an invented one is worse than a missed one.
DOUBT = 0.5
SURE = 0.9  # confidence from which a name is looked for in other places
PLAIN = 0.5  # the same of several words with capital letters, which hardly are anything else
RULED_OUT = 0.99  # probability of "no name" from which it is none there, whatever it is elsewhere
_LEAST = -4.0  # log probability of a label beyond which one place has no more to say against it
_VALUES = frozenset({"DATE", "MONEY"})
# Behind these the next word may be capitalised: no list of quotation marks, but of what a sentence follows.
_OPENING = frozenset(".!?:-–—*\"'“”‘’(")

Words = tuple[str, ...]


def agreed_names(
    logits: Floats, tags: Sequence[str], breaks: Flags, words: Sequence[str]
) -> list[LabelledRun]:
    """Return the names of a text in order.

    Args:
        logits: Shape: (n_words, n_tags).
        tags: As find_names has them.
        breaks: As find_names has them.
        words: The text's words.
    """
    is_name = np.array([tag != "O" and tag[2:] not in _VALUES for tag in tags])
    weighed = logits - np.where(is_name, np.float32(DOUBT), np.float32(0))
    found = _whole(find_names(weighed, tags, breaks), breaks, words)
    places: defaultdict[Words, list[LabelledRun]] = defaultdict(list)
    for run in found:
        if run.label not in _VALUES:
            places[tuple(words[run.start : run.end])].append(run)
    labels = {name: _label(weighed, tags, runs) for name, runs in places.items()}
    surnames = {name[-1:] for name, label in labels.items() if label == "PERSON" and len(name) > 1}
    agreed = [
        LabelledRun(run.start, run.end, run.label if name in surnames else labels[name], run.confidence)
        if (name := tuple(words[run.start : run.end])) in labels
        else run
        for run in found
    ]
    sure = {
        name: labels[name]
        for name, runs in places.items()
        if max(run.confidence for run in runs) > (PLAIN if _is_plain(name) else SURE)
        and any(word[:1].isupper() for word in name)
    }
    others = _others(sure, found, weighed, breaks, words)
    return sorted([*agreed, *others], key=lambda run: run.start)


def _is_plain(name: Words) -> bool:
    return len(name) > 1 and all(word[:1].isupper() for word in name)


def _whole(found: Sequence[LabelledRun], breaks: Flags, words: Sequence[str]) -> list[LabelledRun]:
    """Return the names, those told whole that go on as a longer one does elsewhere: "Lund" of Lund Grain."""
    full: defaultdict[str, dict[Words, str]] = defaultdict(dict)
    for run in found:
        name = tuple(words[run.start : run.end])
        if run.label not in _VALUES and run.confidence > PLAIN and _is_plain(name):
            full[name[0]][name] = run.label
    starts = [*(run.start for run in found[1:]), len(words)]
    whole = []
    for run, after in zip(found, starts, strict=False):
        longer = [
            LabelledRun(run.start, run.start + len(name), label, run.confidence)
            for name, label in full[words[run.start]].items()
            if tuple(words[run.start : run.start + len(name)]) == name
            and run.end - run.start < len(name) <= after - run.start
            and not breaks[run.start + 1 : run.start + len(name)].any()
        ]
        whole.append(max((run, *longer), key=lambda one: one.end) if run.label not in _VALUES else run)
    return whole


def _label(logits: Floats, tags: Sequence[str], runs: Sequence[LabelledRun]) -> str:
    """Return the label that all places of a name speak for most."""
    if len({run.label for run in runs}) == 1:
        return runs[0].label
    sums = np.zeros(len(tags) // 2)
    for run in runs:
        rows = log_softmax(logits[run.start : run.end])
        means = (rows[0, 1::2] + rows[1:, 2::2].sum(0)) / len(rows)
        sums += np.maximum(log_softmax(means), _LEAST)
    return max({run.label for run in runs}, key=lambda label: (sums[tags.index(f"B-{label}") // 2], label))


def _others(
    sure: Mapping[Words, str],
    found: Iterable[LabelledRun],
    logits: Floats,
    breaks: Flags,
    words: Sequence[str],
) -> Iterator[LabelledRun]:
    """Yield the places of sure names where none was found, the longest name first."""
    by_first: defaultdict[str, list[Words]] = defaultdict(list)
    for name in sorted(sure, key=lambda name: (-len(name), name)):
        by_first[name[0]].append(name)
    taken = {place for run in found for place in range(run.start, run.end)}
    end = 0
    for start, word in enumerate(words):
        if word not in by_first or start < end:
            continue
        for name in by_first[word]:
            stop = start + len(name)
            if (
                tuple(words[start:stop]) != name
                or not taken.isdisjoint(range(start, stop))
                or breaks[start + 1 : stop].any()
                or (len(name) == 1 and _opens(start, breaks, words))
            ):
                continue
            outside = np.exp(log_softmax(logits[start:stop])[:, 0])
            if outside.max() < RULED_OUT:
                end = stop
                yield LabelledRun(start, stop, sure[name], float((1 - outside).mean()))
                break


def _opens(place: int, breaks: Flags, words: Sequence[str]) -> bool:
    """Say whether a word may be capitalised only because of where it stands: "So he left"."""
    return place == 0 or bool(breaks[place]) or words[place - 1] in _OPENING
