"""The trained network over texts of more than one window."""

import pytest

from extractors.network import Network
from extractors.wordpieces import SPACE

BEFORE = (
    "The council met in the old town hall on Monday . It talked of the harbour and of the price of bread ."
)
SAID = (
    '" We will sail again in May , because the engine has been mended , the hull has been painted , the crew '
    "has been paid , the harbour has been dredged , the lamps have been lit , the tickets have been printed "
    ", the cabins have been cleaned , the islanders have been told , the bridge has been opened , the mayor "
    'has been asked , and nobody in this town wants to wait for another summer without a ship , "'
)
WHO, CUE = "Anna Berg , the captain ,", "said on Tuesday ."


@pytest.fixture(scope="module")
def network():
    return Network()


@pytest.mark.model
@pytest.mark.parametrize("sentences", range(3, 14))
def test_what_is_said_is_whole_wherever_a_window_ends(network, sentences):
    before, said = [*BEFORE.split() * sentences], SAID.split()
    words = [*before, *said, *WHO.split(), *CUE.split(), *BEFORE.split() * 8]

    read = network.read(words, [SPACE] * len(words))

    first, last = len(before), len(before) + len(said)
    [found] = [
        one for one in read.attributions if any(start < last and end > first for start, end in one.content)
    ]
    assert found.content == ((first, last),)
    assert found.source == ((last, last + len(WHO.split())),)
