"""What the recipe's switches do; needs the extra "train"."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from extractors.training.train import recipe_from  # noqa: E402

RECIPE = "[corpora.one]\nuse = true\n[corpora.two]\nuse = false\n"


@pytest.fixture
def recipe(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return path


def used(recipe):
    return [name for name, corpus in recipe["corpora"].items() if corpus["use"]]


def test_a_corpus_can_be_left_out_and_another_taken_in(recipe):
    assert used(recipe_from(recipe, set(), set())) == ["one"]
    assert used(recipe_from(recipe, {"two"}, {"one"})) == ["two"]


def test_an_unknown_corpus_is_named_with_those_that_there_are(recipe):
    with pytest.raises(SystemExit, match="no corpus three; there are: one, two"):
        recipe_from(recipe, {"three"}, set())
