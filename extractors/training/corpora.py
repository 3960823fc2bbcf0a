"""The corpora that can be learned from, by the names that the recipe gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from extractors.training import names_corpora, weapons
from extractors.training.ewt import read_ewt
from extractors.training.gap import read_gap_links
from extractors.training.gum import read_gum
from extractors.training.polnear import read_polnear
from extractors.training.propbank import read_propbank
from extractors.training.samples import Part, Sample

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
    "gap": read_gap_links,
    "propbank": read_propbank,
}
LEXICONS = Path(__file__).parents[1] / "lexicons"
WEAPON_SAMPLES = 1500


def samples_of(name: str, root: Path, seed: int) -> Iterable[Sample]:
    """Return the training samples of a corpus of the recipe."""
    if name == "weapons":
        return weapons.augmented_samples(seed, WEAPON_SAMPLES, LEXICONS)
    return READERS[name](root, "train")
