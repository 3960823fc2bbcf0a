"""Made-up names: which words they replace, and that a window keeps its shape."""

import random

from extractors.training import made_up
from extractors.training.made_up import MadeUpNames
from extractors.training.samples import SPACE, TAG_BIT, Sample

PEOPLE = ["Karlo", "Marlin", "Karlin", "Darlo", "Morlan", "Marko"]


def window(*words, names=()):
    masks = [TAG_BIT["B-PERSON"] if word in names else TAG_BIT["O"] for word in words]
    return Sample("men", "x", words, (SPACE,) * len(words), name_masks=tuple(masks))


def some_names():
    return MadeUpNames([window(name, "came", names={name}) for name in PEOPLE])


def always(names, sample, seed=0):
    chance = random.Random(seed)
    return next(one for one in (names.renamed(sample, chance) for _ in range(200)) if one != sample)


def test_a_rare_name_is_replaced_everywhere_in_its_window_and_nothing_else():
    before = window("Karlo", "told", "Karlo", "and", "told", names={"Karlo"})

    after = always(some_names(), before)

    assert after.words[0] == after.words[2] != "Karlo"
    assert (after.words[1], after.words[3], after.words[4]) == ("told", "and", "told")
    assert after.name_masks == before.name_masks


def test_a_made_up_word_is_a_capitalised_word_of_letters_of_the_names():
    letters = set("".join(PEOPLE).lower())
    for seed in range(30):
        word = always(some_names(), window("Karlo", "came", names={"Karlo"}), seed).words[0]
        assert word.istitle()
        assert set(word.lower()) <= letters
        assert made_up.SHORTEST <= len(word) <= made_up.LONGEST


def test_words_of_many_names_stay():
    often = [window("Ministry", "met", names={"Ministry"})] * (made_up.COMMON + 1)
    names = MadeUpNames([*often, window("Karlo", "came", names={"Karlo"})])
    sample = window("Ministry", "met", "Karlo", names={"Ministry", "Karlo"})

    assert always(names, sample).words[0] == "Ministry"


def test_a_window_without_gold_names_stays_as_it_is():
    plain = Sample("plain", "x", ("Karlo", "came"), (SPACE, SPACE))
    chance = random.Random(1)

    assert all(some_names().renamed(plain, chance) is plain for _ in range(50))
