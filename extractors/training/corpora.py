"""The corpora that can be learned from, by the names that the recipe gives them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from extractors.network import MODEL_DIR
from extractors.training import names_corpora, weapons
from extractors.training.ewt import read_ewt
from extractors.training.gap import read_gap_links
from extractors.training.gum import read_gum
from extractors.training.names_docred import read_docred
from extractors.training.plain import read_plain
from extractors.training.polnear import read_polnear
from extractors.training.propbank import read_propbank
from extractors.training.samples import Part, Sample

RECIPE = Path(__file__).with_name("recipe.toml")
READERS: dict[str, Callable[[Path, Part], Iterable[Sample]]] = {
    "ewt": read_ewt,
    "gum": read_gum,
    "polnear": read_polnear,
    "gmb": names_corpora.read_gmb,
    "men": names_corpora.read_men,
    "wikigold": names_corpora.read_wikigold,
    "crossner": names_corpora.read_crossner,
    "relink": names_corpora.read_relink,
    "re3d": names_corpora.read_re3d,
    "docred": read_docred,
    "gap": read_gap_links,
    "propbank": read_propbank,
    "plain": read_plain,
}
LEXICONS = Path(__file__).parents[1] / "lexicons"
WEAPON_SAMPLES = 1500


def samples_of(name: str, root: Path, seed: int) -> Iterable[Sample]:
    """Return the training samples of a corpus of the recipe."""
    if name == "weapons":
        return weapons.augmented_samples(seed, WEAPON_SAMPLES, LEXICONS)
    return READERS[name](root, "train")


def corpora_and_model(description: str | None) -> argparse.Namespace:
    """Return the options of a command that fits a part of a model beside the network."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    return parser.parse_args()
