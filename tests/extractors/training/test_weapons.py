"""Made-up sentences about weapons."""

import pytest

from extractors.known_names import LEXICONS
from extractors.training.samples import ANY_TAG, NAME_TAGS, NO_GAP, SPACE, TAG_BIT
from extractors.training.weapons import _NEGATIVES, _POSITIVES, augmented_samples

TAG_OF = {bit: tag for tag, bit in TAG_BIT.items()}


@pytest.fixture(scope="module")
def samples():
    return list(augmented_samples(3, 400, LEXICONS))


def names_of(sample):
    names = []
    for word, gap, mask in zip(sample.words, sample.gaps, sample.name_masks, strict=True):
        tag = TAG_OF.get(mask, "O")
        if tag.startswith("B-"):
            names.append((tag[2:], word))
        elif tag.startswith("I-"):
            label, text = names[-1]
            names[-1] = (label, text + " " * (gap == SPACE) + word)
    return names


def test_the_same_seed_writes_the_same_samples(samples):
    assert list(augmented_samples(3, 400, LEXICONS)) == samples
    assert list(augmented_samples(4, 400, LEXICONS)) != samples


def test_every_word_has_a_gap_and_one_tag_or_any(samples):
    for sample in samples:
        assert sample.corpus == "weapons"
        assert len(sample.words) == len(sample.gaps) == len(sample.name_masks)
        assert sample.gaps[0] == NO_GAP
        assert all(mask == ANY_TAG or mask in TAG_OF for mask in sample.name_masks)


def test_inner_tags_continue_a_name(samples):
    for sample in samples:
        before = "O"
        for mask in sample.name_masks:
            tag = TAG_OF.get(mask, "O")
            assert not tag.startswith("I-") or before[2:] == tag[2:]
            before = tag


def test_ids_are_unique(samples):
    assert len({sample.id for sample in samples}) == 400


def test_weapons_stand_among_names_of_other_kinds(samples):
    labels = {label for sample in samples for label, _ in names_of(sample)}

    assert {"PRODUCT", "PERSON", "LOC", "ORG", "FAC", "NORP", "DATE", "MONEY"} <= labels
    assert labels <= {tag[2:] for tag in NAME_TAGS}


def test_names_that_mean_something_else_are_no_products(samples):
    names = {name for sample in samples for name in names_of(sample)}

    assert ("ORG", "New England Patriots") in names
    assert ("PERSON", "Stacey Abrams") in names
    assert ("PRODUCT", "MQ-9 Reaper") in names
    assert ("PRODUCT", "New England Patriots") not in names


def test_there_are_many_templates_and_none_twice():
    templates = [*_POSITIVES, *_NEGATIVES]

    assert len(set(templates)) == len(templates) >= 60
