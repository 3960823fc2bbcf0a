"""Windows and batches; needs the extra "train"."""

import random

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

torch = pytest.importorskip("torch")

from extractors.training.batches import IGNORE, Batcher, label_sets, windows_of  # noqa: E402
from extractors.training.samples import (  # noqa: E402
    LINE_BREAK,
    SPACE,
    GoldAttribution,
    Sample,
    WordSyntax,
)
from extractors.wordpieces import MAX_PIECES, WordPieces  # noqa: E402


@pytest.fixture
def pieces():
    vocabulary = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}
    return WordPieces(Tokenizer(WordPiece(vocabulary, unk_token="[UNK]")))  # noqa: S106 - a word, not a secret


def tree_sample(sentences, length):
    words, syntax, starts = [], [], []
    for number in range(sentences):
        for place in range(length):
            words.append(f"w{number}")
            head = -1 if place == 0 else number * length
            syntax.append(WordSyntax("NOUN", "NN", head, "root" if place == 0 else "dep"))
            starts.append(place == 0)
    gaps = [LINE_BREAK] + [SPACE] * (len(words) - 1)
    return Sample("ewt", "x", tuple(words), tuple(gaps), None, tuple(syntax), tuple(starts))


def test_long_samples_are_cut_at_sentence_borders(pieces):
    windows = list(windows_of([tree_sample(sentences=40, length=30)], pieces))

    assert all(len(window.words) <= MAX_PIECES - 2 for window in windows)
    assert all(window.sentence_starts[0] for window in windows)
    assert sum(len(window.words) for window in windows) == 1200
    assert not any(word.head == IGNORE for window in windows for word in window.syntax)


def test_short_samples_share_a_window(pieces):
    windows = list(windows_of([tree_sample(2, 10)] * 3, pieces))

    assert [len(window.words) for window in windows] == [60]
    assert [word.head for word in windows[0].syntax if word.deprel == "dep"][-1] == 50


def test_an_attribution_goes_with_its_anchor(pieces):
    words = tuple("w" for _ in range(300))
    gold = GoldAttribution((100,), (101,), tuple(range(102, 290)))
    sample = Sample("polnear", "x", words, (SPACE,) * 300, attributions=(gold,))

    windows = list(windows_of([sample], pieces))

    assert [len(window.attributions) for window in windows] == [1, 0]
    assert windows[0].attributions[0].content[-1] == len(windows[0].words) - 1


def test_a_batch_pads_and_marks_what_is_unknown(pieces):
    trees = tree_sample(2, 5)
    said = Sample(
        "polnear", "y", ("He", "said", "so"), (2, 1, 1), attributions=(GoldAttribution((0,), (1,), (2,)),)
    )
    batcher = Batcher(pieces, label_sets([trees], min_tags=1, min_relations=1), {})

    batch = batcher.batch([trees, said], random.Random(1))

    assert batch.heads[0].tolist() == [0, 0, 0, 0, 0, 5, 5, 5, 5, 5]
    assert batch.heads[1].tolist() == [IGNORE] * 10
    assert batch.anchors[0].tolist() == [-1.0] * 10
    assert batch.anchors[1, :3].tolist() == [0.0, 1.0, 0.0]
    assert batch.roles_of.tolist() == [[1, 1]]
    assert batch.roles[0, :3].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert batch.name_weights.sum() == 0
