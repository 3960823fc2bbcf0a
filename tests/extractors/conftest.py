"""The shipped pipeline, loaded once for all tests of this folder that ask for it."""

import pytest

from extractors.pipeline import load_pipeline


@pytest.fixture(scope="session")
def nlp():
    return load_pipeline()
