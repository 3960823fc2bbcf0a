"""Which texts are compared: all that have a key in common, and each pair once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.candidates import candidates

KEYS = st.sets(st.integers(0, 12), max_size=4).map(sorted)


@given(
    come=st.lists(KEYS.filter(bool), min_size=1, max_size=6),
    there=st.dictionaries(st.integers(1, 9), KEYS, max_size=6),
    at_once=st.integers(1, 9),
)
def test_whoever_has_a_common_key_is_compared_once(come, there, at_once):
    asked = set().union(*come)
    stored = [(key, number) for number, keys in there.items() for key in keys if key in asked]
    arrays = np.array(stored, np.int64).reshape(-1, 2)
    found = list(candidates([np.array(one, np.int64) for one in come], (arrays[:, 0], arrays[:, 1]), at_once))

    pairs = [pair for some in found for pair in zip(*(one.tolist() for one in some), strict=True)]

    numbered = {**there, **{-1 - place: keys for place, keys in enumerate(come)}}
    assert sorted(pairs) == sorted(
        (place, number)
        for place, keys in enumerate(come)
        for number, others in numbered.items()
        if number > -1 - place and set(keys) & set(others)
    )
    assert all(len(numbers) and numbers.tolist() == sorted(numbers.tolist()) for _, numbers in found)
