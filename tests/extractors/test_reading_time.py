"""A long paragraph costs what its length costs, no more: nothing looks at everything for everything."""

import time

import pytest

from tests.extractors.reading import read


def paragraph(length):
    said = "Officials denied that Russia attacked Norway. Anna Berg met Carl Dorn in Oslo on Tuesday. "
    return (said * (length // len(said) + 1))[:length].strip()


@pytest.mark.slow
@pytest.mark.model
def test_a_long_paragraph_is_read_in_time_about_linear_in_its_length(nlp):
    def seconds(length):
        begin = time.process_time()
        read(nlp, paragraph(length))
        return time.process_time() - begin

    seconds(5_000)  # whatever is loaded once
    assert seconds(50_000) < 8 * seconds(12_500)  # linear: 4, quadratic: 16
