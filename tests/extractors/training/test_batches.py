"""Windows and batches; needs the extra "train"."""

import random

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

torch = pytest.importorskip("torch")

from extractors.decoding import ROLE_MARKS  # noqa: E402
from extractors.training.batches import IGNORE, Batcher, label_sets, windows_of  # noqa: E402
from extractors.training.samples import (  # noqa: E402
    LINE_BREAK,
    SPACE,
    GoldAttribution,
    GoldLink,
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
    assert batch.roles[0, :3, :3].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert batch.name_weights.sum() == 0


def test_the_first_and_last_words_of_every_piece_of_a_content_are_marked(pieces):
    gold = GoldAttribution((5,), (6,), (1, 2, 3, 8, 9))
    said = Sample("polnear", "y", ("w",) * 11, (SPACE,) * 11, attributions=(gold,))
    batcher = Batcher(pieces, label_sets([]), {})

    roles = batcher.batch([said], None).roles[0]

    assert roles[:, ROLE_MARKS.index("content first")].nonzero().flatten().tolist() == [1, 8]
    assert roles[:, ROLE_MARKS.index("content last")].nonzero().flatten().tolist() == [3, 9]
    assert roles[:, ROLE_MARKS.index("source first")].nonzero().flatten().tolist() == [5]


def test_half_a_first_window_puts_borders_elsewhere(pieces):
    sample = Sample("gum", "x", ("w",) * 600, (SPACE,) * 600)

    whole, halved = (
        [len(window.words) for window in windows_of([sample], pieces, first=first)]
        for first in (MAX_PIECES - 2, MAX_PIECES // 2)
    )

    assert (sum(whole), sum(halved)) == (600, 600)
    assert halved[0] == MAX_PIECES // 2
    assert whole != halved


def test_a_link_goes_with_its_word_unless_all_it_means_lies_in_another_window(pieces):
    links = (
        GoldLink(1, (1,)),
        GoldLink(299, (1,)),
        GoldLink(298, (1, 290)),
        GoldLink(297, (295,), (290, 295)),
    )
    sample = Sample("gum", "x", ("w",) * 300, (SPACE,) * 300, links=links)

    first, second = windows_of([sample], pieces)

    start = len(first.words)
    assert first.links == (GoldLink(1, (1,)),)
    assert second.links == (
        GoldLink(298 - start, (290 - start,)),
        GoldLink(297 - start, (295 - start,), (290 - start, 295 - start)),
    )


def test_a_word_chooses_among_itself_and_the_words_before_or_those_that_are_given(pieces):
    links = (GoldLink(2, (0,)), GoldLink(1, (3,), (0, 3)))
    batcher = Batcher(pieces, label_sets([]), {})

    batch = batcher.batch([Sample("gum", "x", ("w",) * 4, (SPACE,) * 4, links=links)], None)

    assert batch.links_of.tolist() == [[0, 2], [0, 1]]
    assert batch.links_among.int().tolist() == [[1, 1, 1, 0], [1, 1, 0, 1]]
    assert batch.links_right.int().tolist() == [[1, 0, 0, 0], [0, 0, 0, 1]]
