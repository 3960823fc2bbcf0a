"""Which of the names that the network is unsure of are passed over as none (docs/decisions/0071).

How sure it is of a label says little by itself: half sure of a town is half sure of a firm, and a name
either way. That the words before or behind belong to the name says more, and that the same words are no surer
a name anywhere else. A logistic model of a few such signs learns how likely a name is right
(training/name_judging.py); its weights lie in the model's folder. What is no person, body or place is not
dropped, nor what the words behind show to be a name, though cut short.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from extractors.decoding import Flags, Floats, LabelledRun, log_softmax, logit
from extractors.judging import Judge

UNSURE = 0.9  # confidence below which a name is judged
LEAST = 0.2  # chance to be right from which it stays
_DROPPED = frozenset({"PERSON", "ORG", "LOC"})  # of other kinds as many right ones went as wrong ones
_JUDGED = _DROPPED | {"FAC", "NORP", "MISC"}  # tell the model as much of right and wrong
_LEAST = 2.5e-3  # and 1 minus it: surer than this nothing counts

CALLED_AFTER_PEOPLE = frozenset(
    {"Academy", "College", "Hospital", "Institute", "Library", "Museum", "School", "University"}
)


def believed_names(
    names: Sequence[LabelledRun], judge: Judge, logits: Floats, breaks: Flags, words: Sequence[str]
) -> list[LabelledRun]:
    """Return the names without those that are hardly right; arguments as signs_of has them."""
    unsure = [one for one in names if is_judged(one) and one.label in _DROPPED and not _is_shown(one, words)]
    doubted = {
        one.start
        for one, signs in zip(unsure, signs_of(unsure, names, logits, breaks, words), strict=True)
        if judge.chance(signs) < LEAST
    }
    return [one for one in names if one.start not in doubted]


def is_judged(name: LabelledRun) -> bool:
    return name.confidence < UNSURE and name.label in _JUDGED


def _is_shown(name: LabelledRun, words: Sequence[str]) -> bool:
    """Say whether the word behind shows a name: "Ruth Hale" School (name_spans.py), or his mail address."""
    behind = words[name.end] if name.end < len(words) else ""
    is_founder = name.label == "PERSON" and behind in CALLED_AFTER_PEOPLE
    return is_founder or ("@" in behind and words[name.end - 1].lower() in behind.lower())


def signs_of(
    judged: Iterable[LabelledRun],
    names: Iterable[LabelledRun],
    logits: Floats,
    breaks: Flags,
    words: Sequence[str],
) -> Iterator[dict[str, float]]:
    """Yield what speaks for and against each name, by the sign's name.

    Args:
        judged: Some of the names.
        names: All names of the text.
        logits: Of "O", then of each label's B- and I- in turn. Shape: (n_words, n_tags).
        breaks: True where no name may run over from the word before. Shape: (n_words,).
        words: The text's words.
    """
    surest: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for one in names:
        text = tuple(words[one.start : one.end])
        surest[text] = max(surest[text], one.confidence)
    for one in judged:
        goes_on = one.end < len(words) and not breaks[one.end]
        chances = np.exp(log_softmax(logits[one.start : one.end + goes_on]))
        begins, within = chances[0, 1::2].sum(), chances[:, 2::2].sum(1)
        yield {
            "always": 1.0,
            "sure": logit(one.confidence, _LEAST),
            "elsewhere": logit(surest[tuple(words[one.start : one.end])], _LEAST),
            "none": logit(float(chances[: one.end - one.start, 0].mean()), _LEAST),
            "begins": logit(float(begins / (begins + within[0])), _LEAST),
            "goes on": logit(float(within[-1]), _LEAST) if goes_on else logit(0.0, _LEAST),
        }
