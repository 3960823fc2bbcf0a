"""CITATION.cff says what is cited: the version and licence are those of the package."""

import tomllib
from pathlib import Path

import yaml

from newsgraph import __version__

ROOT = Path(__file__).parents[2]


def test_the_citation_is_of_this_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert {"cff-version", "message", "title", "authors"} <= cited.keys()  # what CFF 1.2.0 requires
    assert (cited["title"], cited["version"], cited["license"]) == (
        project["name"],
        __version__,
        project["license"],
    )
    assert cited["authors"] == [{"name": "newsgraph contributors"}]
