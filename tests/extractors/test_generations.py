"""Father and son of one name, and others whose names differ by little."""

import pytest

from extractors.coreference import _is_called
from extractors.generations import are_two_generations, without_suffix
from extractors.spans import name_words
from tests.extractors.reading import read


@pytest.mark.parametrize(
    ("one", "other", "are_two"),
    [
        ("Harold Pruitt Jr.", "Harold Pruitt Sr.", True),
        ("Pruitt Jr.", "Harold Pruitt Jr", False),
        ("Harold Pruitt", "Harold Pruitt Sr.", True),
        ("Harold Pruitt", "Harold B. Pruitt Sr.", False),
        ("Pruitt", "Pruitt Sr.", False),
    ],
)
def test_suffixes_tell_two_apart(one, other, are_two):
    assert are_two_generations(name_words(one), name_words(other)) is are_two


def test_a_name_that_is_only_a_suffix_is_left_whole():
    assert without_suffix(("ii",)) == ("ii",)


@pytest.mark.parametrize(
    ("short", "full", "is_called"),
    [
        ("Biden", "Joseph R. Biden Jr.", True),
        ("George W. Bush", "George H.W. Bush", False),
        ("George W. Bush", "George Walker Bush", True),
        ("Lloyd Austin", "Lloyd J. Austin III", True),
    ],
)
def test_forms_of_a_person_s_name(short, full, is_called):
    assert _is_called(name_words(short), name_words(full), frozenset()) is is_called


def things(extraction):
    """Return the words of the names of each thing, in the order of the text."""
    words = {}
    for one in extraction.mentions:
        if one.kind == "name":
            words.setdefault(one.entity, []).append(extraction.text[one.start : one.end].rstrip("."))
    return list(words.values())


def test_the_elder_is_the_father(nlp):
    text = (
        "Voters chose between Harold Pruitt Sr. and his son, Harold Pruitt Jr. "
        "The elder Pruitt wants to keep the dam. The younger Pruitt says that it costs too much."
    )

    assert things(read(nlp, text)) == [["Harold Pruitt Sr", "Pruitt"], ["Harold Pruitt Jr", "Pruitt"]]


def test_who_is_the_elder_of_a_single_one_is_not_told(nlp):
    text = "Harold Pruitt wants to keep the dam. The elder Pruitt built it in 1950, said Anna Berg."

    assert ["Harold Pruitt", "Pruitt"] not in things(read(nlp, text))
