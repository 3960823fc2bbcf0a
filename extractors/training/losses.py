"""What a batch costs: against its corpora's gold, and against what the teacher reads in it.

Each layer's loss is summed over its words and divided by all words of the batch, so that what a corpus does
not annotate weighs nothing. No sum depends on which words are known but through its mask: nothing waits for
an answer of the device.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812 - its customary name
from torch import Tensor

from extractors.training.batches import IGNORE, Batch
from extractors.training.model import JointModel, Reading, distance_bucket

Losses = dict[str, Tensor]
NEVER = -1e4
# Of each window the likeliest anchors whose roles are taught, and how likely they must be.
TAUGHT_ANCHORS, LIKELY_ANCHOR = 6, 0.15
REFERRING = ("NOUN|", "PRON|", "PROPN|")  # tags of words that can mean the same as one before


def layer_losses(model: JointModel, reading: Reading, batch: Batch) -> Losses:
    """Return each layer's loss against the gold."""
    log_names = reading.names.float().log_softmax(-1).masked_fill(~batch.names_allowed, NEVER)
    sums = {
        "names": -(log_names.logsumexp(-1) * batch.name_weights).sum(),
        "tags": _cross_entropy(reading.tags, batch.tags),
        "sentence_starts": _binary(reading.sentence_starts, batch.sentence_starts),
        "arcs": _cross_entropy(_arcs(reading, batch), batch.heads),
        "relations": _cross_entropy(_relations(model, reading, batch.heads), batch.relations),
        "anchors": _binary(reading.anchors, batch.anchors),
        "roles": _role_loss(model, reading, batch),
        "links": _link_loss(model, reading, batch),
    }
    return {name: value / batch.n_words for name, value in sums.items()}


def taught_losses(
    model: JointModel,
    reading: Reading,
    teacher: JointModel,
    taught: Reading,
    batch: Batch,
    tags: Sequence[str],
) -> Losses:
    """Return how far each layer is from what the teacher reads (Hinton et al. 2015), on all words.

    ``tags`` are the joint labels "UPOS|XPOS", in the order of the tags' logits.
    """
    known = batch.is_word
    wanted_arcs, wanted_tags = _arcs(taught, batch), taught.tags.float()
    heads = wanted_arcs.argmax(-1)
    can_refer = torch.tensor([tag.startswith(REFERRING) for tag in tags], device=known.device)
    refers = known & can_refer[wanted_tags.argmax(-1)]
    sums = {
        "names": _divergence(reading.names, taught.names, known),
        "tags": _divergence(reading.tags, wanted_tags, known),
        "sentence_starts": _soft_binary(reading.sentence_starts, taught.sentence_starts, known),
        "arcs": _divergence(_arcs(reading, batch), wanted_arcs, known),
        "relations": _divergence(
            _relations(model, reading, heads), _relations(teacher, taught, heads), known
        ),
        "anchors": _soft_binary(reading.anchors, taught.anchors, known),
        "roles": _taught_roles(model, reading, teacher, taught, batch),
        "links": _divergence(_links(model, reading, batch), _links(teacher, taught, batch), refers),
    }
    return {name: value / batch.n_words for name, value in sums.items()}


def _cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    return F.cross_entropy(logits.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORE, reduction="sum")


def _binary(logits: Tensor, gold: Tensor) -> Tensor:
    known = (gold >= 0).float()
    return F.binary_cross_entropy_with_logits(logits.float(), gold.clamp(min=0), known, reduction="sum")


def _divergence(logits: Tensor, wanted: Tensor, known: Tensor) -> Tensor:
    target = wanted.float().log_softmax(-1)
    each = F.kl_div(logits.float().log_softmax(-1), target, reduction="none", log_target=True).sum(-1)
    return (each * known).sum()


def _soft_binary(logits: Tensor, wanted: Tensor, known: Tensor) -> Tensor:
    """Return the binary cross-entropy against the teacher's probability, less the teacher's own entropy."""
    target, weight = wanted.float().sigmoid(), known.float()
    cost = F.binary_cross_entropy_with_logits(logits.float(), target, weight, reduction="sum")
    return cost - F.binary_cross_entropy_with_logits(wanted.float(), target, weight, reduction="sum")


def _arcs(reading: Reading, batch: Batch) -> Tensor:
    return reading.arcs.float().masked_fill(~batch.is_word[:, None, :], NEVER)


def _relations(model: JointModel, reading: Reading, heads: Tensor) -> Tensor:
    """Return the labels' logits of every word towards its head. Shape: (B, W, relations)."""
    width = reading.relation_of_head.shape[-1]
    chosen = heads.clamp(min=0)[:, :, None].expand(-1, -1, width)
    return model.relation_logits(reading.relation_of_word, reading.relation_of_head.gather(1, chosen))


def _roles(model: JointModel, reading: Reading, rows: Tensor, places: Tensor) -> Tensor:
    words = torch.arange(reading.anchors.shape[1], device=rows.device)
    buckets = distance_bucket(words[None, :] - places[:, None])
    return model.role_logits(reading.anchor_keys[rows, places], reading.role_keys[rows], buckets)


def _role_loss(model: JointModel, reading: Reading, batch: Batch) -> Tensor:
    if not len(batch.roles_of):
        return reading.anchors.sum() * 0.0
    rows, places = batch.roles_of.T
    logits = _roles(model, reading, rows, places)
    known = batch.is_word[rows][:, :, None].expand_as(batch.roles).float()
    return F.binary_cross_entropy_with_logits(logits.float(), batch.roles, known, reduction="sum")


def _taught_roles(
    model: JointModel, reading: Reading, teacher: JointModel, taught: Reading, batch: Batch
) -> Tensor:
    likely = taught.anchors.float().sigmoid().masked_fill(~batch.is_word, 0.0)
    chances, places = likely.topk(min(TAUGHT_ANCHORS, likely.shape[1]), dim=1)
    rows = torch.arange(len(likely), device=likely.device)[:, None].expand_as(places).flatten()
    logits = _roles(model, reading, rows, places.flatten())
    wanted = _roles(teacher, taught, rows, places.flatten())
    is_anchor = (chances > LIKELY_ANCHOR).flatten()[:, None, None]
    return _soft_binary(logits, wanted, (batch.is_word[rows][:, :, None] & is_anchor).expand_as(logits))


def _links(model: JointModel, reading: Reading, batch: Batch) -> Tensor:
    """Return the logit that each word refers to each before it or to nothing. Shape: (B, W, W)."""
    places = torch.arange(batch.is_word.shape[1], device=batch.is_word.device)
    distances = places[None, :] - places[:, None]
    scores = torch.matmul(reading.link_queries, reading.link_keys.transpose(1, 2)).float()
    logits = scores * reading.link_keys.shape[-1] ** -0.5 + model.link_distance[distance_bucket(distances)]
    return logits.masked_fill(distances[None] > 0, NEVER)


def _link_loss(model: JointModel, reading: Reading, batch: Batch) -> Tensor:
    if not len(batch.links_of):
        return reading.anchors.sum() * 0.0
    rows, places = batch.links_of.T
    words = torch.arange(batch.is_word.shape[1], device=rows.device)
    buckets = distance_bucket(words[None, :] - places[:, None])
    logits = model.link_logits(reading.link_queries[rows, places], reading.link_keys[rows], buckets).float()
    among = logits.masked_fill(~batch.links_among, NEVER).logsumexp(-1)
    right = logits.masked_fill(~batch.links_right, NEVER).logsumexp(-1)
    return ((among - right) * batch.link_weights).sum()
