"""Losses: what a teacher costs, and what the teacher's encoder makes of MPNet's weights; needs "train"."""

import random

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

torch = pytest.importorskip("torch")

from extractors.training.batches import Batcher, LabelSets  # noqa: E402
from extractors.training.losses import layer_losses, taught_losses  # noqa: E402
from extractors.training.model import (  # noqa: E402
    FARTHEST,
    JointModel,
    ModelShape,
    _bucket_of,
    _in_order_of_bert,
)
from extractors.training.samples import NAME_TAGS, SPACE, GoldAttribution, GoldLink, Sample  # noqa: E402
from extractors.training.samples import WordSyntax as Word  # noqa: E402
from extractors.wordpieces import WordPieces  # noqa: E402

TAGS = ("NOUN|NN", "VERB|VBD")
WORDS = ("jets", "struck", "it", "officials", "said")


@pytest.fixture
def batcher():
    vocabulary = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, **{w: 4 + n for n, w in enumerate(WORDS)}}
    pieces = WordPieces(Tokenizer(WordPiece(vocabulary, unk_token="[UNK]")))  # noqa: S106 - a word, no secret
    return Batcher(pieces, LabelSets(TAGS, ("root", "dep")), {})


def small_model(seed):
    torch.manual_seed(seed)
    model = JointModel(ModelShape(vocabulary=10, tags=2, relations=2, name_tags=len(NAME_TAGS)))
    with torch.no_grad():
        for weight in model.parameters():
            weight += 0.05 * torch.randn_like(weight)
    return model.eval()


def labelled():
    syntax = tuple(Word("NOUN", "NN", -1 if place == 1 else 1, "dep") for place in range(5))
    return Sample(
        "gum",
        "x",
        WORDS,
        (SPACE,) * 5,
        name_masks=(1,) * 5,
        syntax=syntax,
        sentence_starts=(True, False, False, False, False),
        attributions=(GoldAttribution((3,), (4,), (0, 1, 2)),),
        links=(GoldLink(2, (0,)),),
    )


def read(model, batch):
    return model(batch.pieces, batch.shapes, batch.gaps, batch.firsts)


def test_every_layer_with_gold_costs_something_and_one_without_costs_nothing(batcher):
    model = small_model(1)
    batch = batcher.batch([labelled()], None)
    bare = batcher.batch([Sample("plain", "x", WORDS, (SPACE,) * 5)], None)

    assert all(value > 0 for value in layer_losses(model, read(model, batch), batch).values())
    assert not any(layer_losses(model, read(model, bare), bare).values())


def test_who_reads_as_the_teacher_does_loses_nothing_and_nobody_gains(batcher):
    one, other = small_model(1), small_model(2)
    batch = batcher.batch([labelled()], random.Random(4), for_teacher=True)
    reading = read(one, batch)

    same = taught_losses(one, reading, one, reading, batch, TAGS)
    different = taught_losses(one, reading, other, other(*batch.undisturbed), batch, TAGS)

    assert all(abs(value.item()) < 1e-4 for value in same.values())
    assert all(value >= 0 for value in different.values())
    assert different["arcs"] > 0
    assert different["names"] > 0


def test_the_teacher_has_the_same_heads(batcher):
    teacher = JointModel(ModelShape(10, 2, 2, len(NAME_TAGS), encoder="teacher")).eval()
    batch = batcher.batch([labelled()], None)

    assert read(teacher, batch).names.shape == read(small_model(1), batch).names.shape


def test_distances_have_a_bucket_for_each_direction():
    buckets = _bucket_of(torch.tensor([-FARTHEST, -20, -1, 0, 1, 20, FARTHEST, 3 * FARTHEST]))

    assert buckets[3] == 0
    assert (buckets[4:] - buckets[[2, 1, 0, 0]] == 16).all()
    assert sorted(buckets[:4].tolist(), reverse=True) == buckets[:4].tolist()
    assert buckets.max() == 31


def test_special_pieces_of_the_teacher_stand_where_those_of_bert_do():
    words = torch.arange(30527)[:, None]

    ordered = _in_order_of_bert(words)[:, 0]

    assert ordered[[0, 100, 101, 102]].tolist() == [1, 3, 0, 2]
    assert ordered[2000] == 2004
    assert len(ordered) == 30522
