"""The development parts that the shipped model is scored on, by name: as samples and as raw texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.quality.gold_texts import (
    GoldText,
    gold_text_from,
    read_gap_texts,
    read_gum_texts,
    read_polnear_texts,
    read_worldwide_texts,
)
from extractors.training.ewt import read_ewt
from extractors.training.gum import read_gum
from extractors.training.names_corpora import read_gmb, read_men, read_re3d, read_wikigold, read_worldwide
from extractors.training.polnear import read_polnear
from extractors.training.samples import Sample

SAMPLES: dict[str, Callable[[Path], Iterable[Sample]]] = {
    "EWT dev": partial(read_ewt, part="dev"),
    "GUM dev": partial(read_gum, part="dev"),
    "PolNeAR dev": partial(read_polnear, part="dev"),
    "GMB held out": partial(read_gmb, part="dev"),
    "MEN held out": partial(read_men, part="dev"),
    "WikiGold held out": partial(read_wikigold, part="dev"),
    "re3d held out": partial(read_re3d, part="dev"),
    "Worldwide newswire": read_worldwide,
}
_OWN_TEXTS: dict[str, Callable[[Path], Iterable[GoldText]]] = {
    "GUM dev": read_gum_texts,
    "PolNeAR dev": read_polnear_texts,
    "Worldwide newswire": read_worldwide_texts,
    "GAP development": partial(read_gap_texts, part="development"),
    "GAP validation": partial(read_gap_texts, part="validation"),
}
NAMES = tuple(dict.fromkeys((*SAMPLES, *_OWN_TEXTS)))


def texts_of(part: str, root: Path) -> Iterable[GoldText]:
    """Return a part's raw texts: its own where it has any, else put together from its samples."""
    read = _OWN_TEXTS.get(part)
    return read(root) if read else map(gold_text_from, SAMPLES[part](root))
