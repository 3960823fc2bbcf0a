"""Who is a man or a woman by all pronouns of a text, on a tree and with weights by hand."""

import pytest

from extractors.coreference import cluster_nouns
from extractors.mentions import find_mentions
from extractors.pronoun_choice import Weights
from extractors.pronoun_genders import tell_by_pronouns
from extractors.pronouns import Surroundings
from tests.extractors.trees import tree

# Reva met somebody called Dorn, and one thanked the other.
MET = """
Reva NNP nsubj 1
met VBD ROOT 1 meet
Dorn NNP obj 1
; : punct 1
{} PRP nsubj 5
thanked VBD parataxis 1 thank
{} PRP obj 5
. . punct 1
"""
NAMES = [(0, 1, "PERSON"), (2, 3, "PERSON")]
LEAST = {"male": 0.5, "female": 0.5, "thing": 0.5, "many": 0.5, "passing": 0.5}
# A subject means the subject, whatever it is; an object means either.
LIKE_ROLES = Weights({"0 roles subject subject": 4.0}, LEAST, LEAST)


def around(subject, obj, weights=LIKE_ROLES):
    doc = tree(MET.format(subject, obj), names=NAMES)
    mentions = find_mentions(doc)
    pronouns = [one for one in mentions if one.kind == "pronoun"]
    return Surroundings(doc, cluster_nouns(doc, mentions), [], [], weights), pronouns


def genders_told(subject, obj, weights=LIKE_ROLES):
    """Return the gender of each person, by name, and how many mentions he or she has."""
    surroundings, pronouns = around(subject, obj, weights)
    tell_by_pronouns(surroundings, pronouns)
    doc = surroundings.doc
    return {one.forms(doc)[0]: (one.gender, len(one.mentions)) for one in surroundings.clusters}


@pytest.mark.parametrize(("subject", "obj", "gender"), [("she", "him", "female"), ("he", "her", "male")])
def test_whoever_is_far_likelier_to_be_meant_by_one_kind_is_of_that_gender(subject, obj, gender):
    assert genders_told(subject, obj)["Reva"] == (gender, 1)


def test_nothing_is_told_where_all_pronouns_are_of_one_kind():
    assert genders_told("she", "her") == {"Reva": (None, 1), "Dorn": (None, 1)}


def test_nothing_is_told_of_one_who_may_be_meant_by_both():
    assert genders_told("she", "him", Weights({}, LEAST, LEAST))["Reva"] == (None, 1)


def test_a_title_is_believed_before_pronouns():
    surroundings, pronouns = around("she", "him")
    surroundings.clusters[0].gender = "male"

    tell_by_pronouns(surroundings, pronouns)

    assert surroundings.clusters[0].gender == "male"
