import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.decoding import (
    BORDER_WEIGHT,
    ROLE_MARKS,
    ROLES,
    best_runs,
    find_names,
    find_tree,
    log_softmax,
    role_spans,
)

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


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.floats(-4, 4, width=32), min_size=5, max_size=5), st.booleans()), min_size=1
    ).map(lambda rows: rows[:4]),
    st.sampled_from([0.0, 3.0, 6.0]),
)
def test_names_are_the_best_of_all_allowed_ways(rows, sureness):
    logits = np.array([row for row, _ in rows], dtype=np.float32)
    logits[::2, TAGS.index("O")] += sureness  # the more, the more words are in no name whatever is around
    breaks = np.array([is_broken for _, is_broken in rows])
    scores = log_softmax(logits)

    def is_allowed(way):
        return all(
            not tag.startswith("I-") or (place > 0 and not breaks[place] and way[place - 1][2:] == tag[2:])
            for place, tag in enumerate(way)
        )

    def score(way):
        return sum(scores[place, TAGS.index(tag)] for place, tag in enumerate(way))

    found = ["O"] * len(rows)
    for run in find_names(logits, TAGS, breaks):
        found[run.start : run.end] = [f"B-{run.label}", *[f"I-{run.label}"] * (run.end - run.start - 1)]

    best = max(score(way) for way in itertools.product(TAGS, repeat=len(rows)) if is_allowed(way))
    assert is_allowed(found)
    assert score(found) == pytest.approx(best, abs=1e-4)


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


def role_logits_of(n_words, **words):
    logits = np.full((n_words, len(ROLE_MARKS)), -4.0, dtype=np.float32)
    logits[:, len(ROLES) :] = 0.0  # borders say nothing
    for role, places in words.items():
        logits[places, ROLES.index(role)] = 3.0
    return logits


def test_a_gap_of_one_word_in_a_content_is_closed_and_stray_words_are_dropped():
    logits = role_logits_of(12, source=[0, 1], cue=[2], content=[3, 4, 6, 7, 11])

    found = role_spans(logits, 0.9)

    assert found.source == ((0, 2),)
    assert found.cue == ((2, 3),)
    assert found.content == ((3, 8),)
    assert 0 < found.confidence < 1


def test_a_content_begins_where_its_first_word_is_though_others_waver():
    logits = role_logits_of(9, source=[0], cue=[1], content=[2, 3, 4, 5, 6])
    logits[2:4, ROLES.index("content")] = 0.2
    logits[:, ROLE_MARKS.index("content first")] = -4.0
    logits[4, ROLE_MARKS.index("content first")] = 4.0

    logits[6, ROLE_MARKS.index("content last")] = 2.5

    found = role_spans(logits, 0.9)

    assert found.content == ((4, 7),)
    assert (found.first, found.last) == (4.0, 2.5), "logits of its outer borders"


def test_spans_are_counted_from_the_first_word_of_the_window():
    assert role_spans(role_logits_of(5, content=[1, 2]), 0.9, first=10).content == ((11, 13),)


@given(
    st.lists(
        st.tuples(*[st.floats(-2.9, 6)] * 3), min_size=1, max_size=7
    )  # above the logit that ends every run
)
def test_the_runs_are_the_best_ones(rows):
    words, firsts, lasts = np.array(rows, dtype=np.float32).T

    def worth(flags):
        runs = [
            (start, end)
            for start, end in itertools.combinations(range(len(flags) + 1), 2)
            if all(flags[start:end])
            and not any(flags[max(0, start - 1) : start])
            and not any(flags[end : end + 1])
        ]
        ends = sum(firsts[start] + lasts[end - 1] for start, end in runs)
        return float(words[list(flags)].sum() + BORDER_WEIGHT * ends)

    found = [
        any(start <= place < end for start, end in best_runs(words, firsts, lasts))
        for place in range(len(words))
    ]

    best = max(worth(flags) for flags in itertools.product((False, True), repeat=len(words)))
    assert worth(found) == pytest.approx(best, abs=1e-3)
