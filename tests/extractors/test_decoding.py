import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.decoding import find_names, find_tree, log_softmax, role_spans

TAGS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")


def logits_for(*tags):
    return np.array([[4.0 if tag == chosen else 0.0 for tag in TAGS] for chosen in tags], dtype=np.float32)


def names(logits, breaks=None):
    given_breaks = np.zeros(len(logits), dtype=bool) if breaks is None else np.array(breaks)
    return [(run.start, run.end, run.label) for run in find_names(logits, TAGS, given_breaks)]


def test_neighbouring_names_are_kept_apart():
    found = names(logits_for("B-PERSON", "I-PERSON", "B-PERSON", "O", "B-ORG"))

    assert found == [(0, 2, "PERSON"), (2, 3, "PERSON"), (4, 5, "ORG")]


def test_a_name_cannot_go_on_with_another_label():
    found = names(logits_for("B-PERSON", "I-ORG"))

    assert [(start, end) for start, end, _ in found] in ([(0, 2)], [(0, 1), (1, 2)], [(0, 1)])
    assert all(label in {"PERSON", "ORG"} for *_, label in found)


def test_a_name_never_runs_over_a_line_break():
    found = names(logits_for("B-ORG", "I-ORG", "I-ORG"), breaks=[True, False, True])

    assert (0, 3, "ORG") not in found
    assert found[0][:2] == (0, 2)


def test_no_words_give_no_names():
    assert find_names(np.zeros((0, len(TAGS)), dtype=np.float32), TAGS, np.zeros(0, dtype=bool)) == []


square = st.integers(1, 6).flatmap(
    lambda size: st.lists(
        st.lists(st.floats(-5, 5, width=32), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def is_tree(heads):
    roots = [word for word, head in enumerate(heads) if word == head]
    if len(roots) != 1:
        return False
    for word in range(len(heads)):
        seen = set()
        while word != roots[0]:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word]
    return True


@given(square)
def test_every_sentence_gets_one_tree(rows):
    heads = find_tree(np.array(rows, dtype=np.float32))

    assert is_tree(heads.tolist())


@settings(max_examples=40)
@given(square.filter(lambda rows: len(rows) <= 5))
def test_the_tree_is_the_best_under_its_root(rows):
    arcs = np.array(rows, dtype=np.float32)
    scores = log_softmax(arcs)

    heads = find_tree(arcs)

    root = next(word for word, head in enumerate(heads) if word == head)
    size = range(len(rows))
    trees = [t for t in itertools.product(size, repeat=len(rows)) if is_tree(t) and t[root] == root]
    best = max(sum(scores[word, tree[word]] for word in size) for tree in trees)
    assert sum(scores[word, heads[word]] for word in size) == pytest.approx(best, abs=1e-3)


def test_a_gap_of_one_word_in_a_content_is_closed_and_stray_words_are_dropped():
    probabilities = np.zeros((12, 3), dtype=np.float32)
    probabilities[[0, 1], 0] = 0.9
    probabilities[2, 1] = 0.9
    probabilities[[3, 4, 6, 7, 11], 2] = 0.9

    found = role_spans(probabilities, 0.9)

    assert found.source == ((0, 2),)
    assert found.cue == ((2, 3),)
    assert found.content == ((3, 8),)
    assert 0 < found.confidence < 1
