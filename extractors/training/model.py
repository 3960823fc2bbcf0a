"""The joint model: one small pretrained encoder, one pass, a head for each layer of annotation.

The encoder is a BERT of six layers (Wang et al. 2020, MiniLM), to whose word embeddings are added an
embedding of each word's letter shape and of the white space before it. The teacher, from which the small
model learns and which never ships, has twelve wider layers (Song et al. 2020, MPNet) and the same heads.
Heads read the vector of each word's first piece:

* tags: one softmax over joint labels "UPOS|XPOS";
* sentence starts: one sigmoid;
* names: one softmax over BIO tags, decoded under constraints (decoding.py);
* trees: biaffine head selection (Dozat and Manning 2017), a root selects itself; relation labels from a sum
  of projections of word and head;
* attribution: a sigmoid that a word anchors an attribution (the first word of its cue), and for each anchor
  the probability that any other word belongs to its source, cue or content, so that linking and nesting
  come for free; likewise that a word is the first or last of a source or content;
* links: for each word a softmax over the words before it, by the head word of the mention that it refers
  back to (word-level coreference: Dobrovolskii 2021); a word that refers to nothing selects itself.

Nothing here knows a corpus or a file format; export.py takes the same class to ONNX.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812 - its customary name
from torch import Tensor, nn

from extractors.decoding import MAX_DISTANCE_BUCKET, ROLE_MARKS
from extractors.wordpieces import GAPS, SHAPES

VOCABULARY_SIZE, ATTENTION_HEADS, POSITIONS = 30522, 12, 512
BUCKETS, FARTHEST = 32, 128  # of MPNet's distances between pieces
ARC_WIDTH, RELATION_WIDTH, ROLE_WIDTH, LINK_WIDTH = 192, 128, 64, 96


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """The sizes of a pretrained encoder."""

    width: int
    layers: int
    inner_width: int
    epsilon: float
    knows_distances: bool  # adds to its attention what each distance between pieces is worth


SMALL = EncoderShape(384, 6, 1536, 1e-12, knows_distances=False)  # MiniLM
TEACHER = EncoderShape(768, 12, 3072, 1e-5, knows_distances=True)  # MPNet
ENCODERS = {"small": SMALL, "teacher": TEACHER}


@dataclass(frozen=True, slots=True)
class ModelShape:
    """What the model's sizes depend on."""

    vocabulary: int
    tags: int  # joint part-of-speech labels
    relations: int  # dependency labels
    name_tags: int
    dropout: float = 0.1
    encoder: str = "small"  # of ENCODERS


class Reading(NamedTuple):
    """What one pass gives for each word. B windows, W words (padded)."""

    tags: Tensor  # Shape: (B, W, tags), logits
    sentence_starts: Tensor  # Shape: (B, W), logits
    names: Tensor  # Shape: (B, W, name_tags), logits
    arcs: Tensor  # Shape: (B, W, W): logit that word j is the head of word i; itself for a root
    relation_of_word: Tensor  # Shape: (B, W, RELATION_WIDTH)
    relation_of_head: Tensor  # Shape: (B, W, RELATION_WIDTH)
    anchors: Tensor  # Shape: (B, W), logits
    anchor_keys: Tensor  # Shape: (B, W, len(ROLE_MARKS) * ROLE_WIDTH)
    role_keys: Tensor  # Shape: (B, W, len(ROLE_MARKS) * ROLE_WIDTH)
    link_queries: Tensor  # Shape: (B, W, LINK_WIDTH)
    link_keys: Tensor  # Shape: (B, W, LINK_WIDTH)


class Layer(nn.Module):
    """One transformer layer of BERT: attention, then two linear maps, each with a residual and a norm."""

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        width = shape.width
        self.mixed = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.inner = nn.Linear(width, shape.inner_width)
        self.outer = nn.Linear(shape.inner_width, width)
        self.outer_norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Shapes: states (B, P, width), bias (B, 1 or heads, 1 or P, P), added to the attention's logits."""
        batch, length, width = states.shape
        query, key, value = (
            part.reshape(batch, length, ATTENTION_HEADS, -1).transpose(1, 2)
            for part in self.mixed(states).split(width, dim=-1)
        )
        # The fused kernel halves a training step on the CPU; its weights have no dropout of their own.
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        mixed = self.attended(mixed.transpose(1, 2).reshape(batch, length, width))
        states = self.attended_norm(states + self.dropout(mixed))
        return self.outer_norm(states + self.dropout(self.outer(F.gelu(self.inner(states)))))


class Encoder(nn.Module):
    """The embeddings and the layers."""

    def __init__(self, shape: EncoderShape, vocabulary: int, dropout: float) -> None:
        super().__init__()
        width = shape.width
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(POSITIONS, width)
        self.segment = nn.Parameter(torch.zeros(width))  # BERT's "first sentence", the only one used
        self.shapes = nn.Embedding(SHAPES, width)
        self.gaps = nn.Embedding(GAPS, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.gaps.weight, std=0.02)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.distances = nn.Embedding(BUCKETS, ATTENTION_HEADS) if shape.knows_distances else None

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor) -> Tensor:
        """Return the vectors of the pieces. Shapes: (B, P) each, piece 0 is padding -> (B, P, width)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.words(pieces) + self.positions(places)[None] + self.segment
        states = self.dropout(self.norm(states + self.shapes(shapes) + self.gaps(gaps)))
        bias = (pieces == 0).to(states.dtype)[:, None, None, :] * -30000.0
        if self.distances is not None:
            buckets = _bucket_of(places[None, :] - places[:, None])
            bias = bias + self.distances(buckets).permute(2, 0, 1)[None]
        for layer in self.layers:
            states = layer(states, bias)
        return states


def _bucket_of(distances: Tensor) -> Tensor:
    """Return MPNet's bucket of each signed distance: near ones exactly, farther ones by their logarithm.

    As T5 has them (Raffel et al. 2020, section 2.1); a half of the buckets for each direction.
    """
    half, near = BUCKETS // 2, BUCKETS // 4
    size = distances.abs()
    far = near + (size.clamp(min=1) / near).log() / math.log(FARTHEST / near) * (half - near)
    bucket = torch.where(size < near, size, far.long().clamp(max=half - 1))
    return bucket + half * (distances > 0)


class JointModel(nn.Module):
    """The encoder with all heads."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.shape = shape
        sizes = ENCODERS[shape.encoder]
        width = sizes.width
        self.encoder = Encoder(sizes, shape.vocabulary, shape.dropout)
        self.dropout = nn.Dropout(shape.dropout)
        self.tags = nn.Linear(width, shape.tags)
        self.sentence_starts = nn.Linear(width, 1)
        self.names = nn.Linear(width, shape.name_tags)
        self.arc_word = nn.Linear(width, ARC_WIDTH)
        self.arc_head = nn.Linear(width, ARC_WIDTH)
        self.arc_map = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.arc_prior = nn.Linear(ARC_WIDTH, 1)
        self.relation_word = nn.Linear(width, RELATION_WIDTH)
        self.relation_head = nn.Linear(width, RELATION_WIDTH)
        self.relation_label = nn.Linear(RELATION_WIDTH, shape.relations)
        self.anchors = nn.Linear(width, 1)
        self.anchor_keys = nn.Linear(width, len(ROLE_MARKS) * ROLE_WIDTH)
        self.role_keys = nn.Linear(width, len(ROLE_MARKS) * ROLE_WIDTH)
        buckets = 2 * MAX_DISTANCE_BUCKET + 1
        self.role_distance = nn.Parameter(torch.full((len(ROLE_MARKS), buckets), -3.0))
        self.link_queries = nn.Linear(width, LINK_WIDTH)
        self.link_keys = nn.Linear(width, LINK_WIDTH)
        self.link_distance = nn.Parameter(torch.zeros(buckets))
        nn.init.constant_(self.anchors.bias, -3.0)  # both are rare: start from there, not from one half

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, firsts: Tensor) -> Reading:
        """Read windows.

        Args:
            pieces: Vocabulary indices, padded with 0. Shape: (B, P).
            shapes: Shape classes of wordpieces.py. Shape: (B, P).
            gaps: Gap classes of wordpieces.py. Shape: (B, P).
            firsts: Index of each word's first piece; padding may repeat any. Shape: (B, W).
        """
        states = self.encoder(pieces, shapes, gaps)
        words = states.gather(1, firsts[:, :, None].expand(-1, -1, states.shape[-1]))
        words = self.dropout(words)
        arc_word = self.dropout(F.relu(self.arc_word(words)))
        arc_head = self.dropout(F.relu(self.arc_head(words)))
        arcs = torch.matmul(self.arc_map(arc_word), arc_head.transpose(1, 2)) * ARC_WIDTH**-0.5
        return Reading(
            tags=self.tags(words),
            sentence_starts=self.sentence_starts(words).squeeze(-1),
            names=self.names(words),
            arcs=arcs + self.arc_prior(arc_head).transpose(1, 2),
            relation_of_word=self.relation_word(words),
            relation_of_head=self.relation_head(words),
            anchors=self.anchors(words).squeeze(-1),
            anchor_keys=self.anchor_keys(words),
            role_keys=self.role_keys(words),
            link_queries=self.link_queries(words),
            link_keys=self.link_keys(words),
        )

    def relation_logits(self, of_word: Tensor, of_head: Tensor) -> Tensor:
        """Return labels' logits for words and heads. Shapes: (n, RELATION_WIDTH) x 2 -> (n, relations)."""
        logits: Tensor = self.relation_label(F.relu(of_word + of_head))
        return logits

    def role_logits(self, anchor_keys: Tensor, role_keys: Tensor, distances: Tensor) -> Tensor:
        """Return the logits of each role for anchors and the words of their windows.

        Shapes, m = len(ROLE_MARKS): anchor_keys (n, m * ROLE_WIDTH), role_keys (n, W, m * ROLE_WIDTH),
        distances (n, W) in buckets -> (n, W, m).
        """
        queries = anchor_keys.unflatten(-1, (len(ROLE_MARKS), ROLE_WIDTH))
        keys = role_keys.unflatten(-1, (len(ROLE_MARKS), ROLE_WIDTH))
        scores = torch.einsum("nrd,nwrd->nwr", queries, keys) * ROLE_WIDTH**-0.5
        return scores + self.role_distance.T[distances]

    def link_logits(self, queries: Tensor, keys: Tensor, distances: Tensor) -> Tensor:
        """Return the logit that a word refers to what each word of its window does; itself for nothing.

        Shapes: queries (n, LINK_WIDTH), keys (n, W, LINK_WIDTH), distances (n, W) in buckets -> (n, W).
        """
        scores = torch.einsum("nd,nwd->nw", queries, keys) * LINK_WIDTH**-0.5
        return scores + self.link_distance[distances]


def distance_bucket(distances: Tensor) -> Tensor:
    """Return the bucket (0 .. 2 * MAX_DISTANCE_BUCKET) of signed word distances.

    Up to four words every distance has its own bucket, further out each doubling has two.
    """
    size = distances.abs().float()
    far = 4 + 2 * torch.log2(size.clamp(min=4) / 4)
    bucket = torch.where(size <= 4, size, far).round().clamp(max=MAX_DISTANCE_BUCKET)
    return (torch.sign(distances) * bucket + MAX_DISTANCE_BUCKET).long()


def load_pretrained(encoder: Encoder, weights: dict[str, Tensor]) -> None:
    """Fill the encoder with the weights of a BERT or MPNet checkpoint in the usual naming."""
    words, positions = (weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position"))
    with torch.no_grad():
        if encoder.distances is None:
            encoder.words.weight.copy_(words)
            encoder.positions.weight.copy_(positions)
            encoder.segment.copy_(weights["embeddings.token_type_embeddings.weight"][0])
        else:
            encoder.words.weight.copy_(_in_order_of_bert(words))
            encoder.positions.weight.copy_(positions[-POSITIONS:])  # before them, two that are never used
            encoder.distances.weight.copy_(weights["encoder.relative_attention_bias.weight"])
        _copy(encoder.norm, weights, "embeddings.LayerNorm")
        for index, layer in enumerate(encoder.layers):
            prefix = f"encoder.layer.{index}"
            names = _MPNET_PARTS if encoder.distances is not None else _BERT_PARTS
            for part in ("weight", "bias"):
                mixed = [weights[f"{prefix}.{name}.{part}"] for name in names[:3]]
                getattr(layer.mixed, part).copy_(torch.cat(mixed))
            _copy(layer.attended, weights, f"{prefix}.{names[3]}")
            _copy(layer.attended_norm, weights, f"{prefix}.{names[4]}")
            _copy(layer.inner, weights, f"{prefix}.intermediate.dense")
            _copy(layer.outer, weights, f"{prefix}.output.dense")
            _copy(layer.outer_norm, weights, f"{prefix}.output.LayerNorm")


# Query, key, value, what follows the attention, and its norm, within a layer.
_BERT_PARTS = (
    *(f"attention.self.{name}" for name in ("query", "key", "value")),
    *(f"attention.output.{name}" for name in ("dense", "LayerNorm")),
)
_MPNET_PARTS = (*(f"attention.attn.{name}" for name in "qkvo"), "attention.LayerNorm")


def _in_order_of_bert(words: Tensor) -> Tensor:
    """Return MPNet's word vectors in BERT's order: its vocabulary is BERT's behind four pieces of its own."""
    ordered = words[4:-1].clone()
    for piece, own in {0: 1, 100: 3, 101: 0, 102: 2}.items():  # [PAD], [UNK], [CLS], [SEP]
        ordered[piece] = words[own]
    return ordered


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.load_state_dict({part: weights[f"{name}.{part}"] for part in ("weight", "bias")})
