"""What is spoken of in passing: found, taken up by pronouns, part of no statement."""

from dataclasses import replace

import pytest

from extractors.mentions import find_mentions
from extractors.passing import find_passing
from extractors.pronouns import UNSURE
from tests.extractors.reading import read
from tests.extractors.trees import tree


def passing_words(doc, skipped=frozenset()):
    found = find_passing(doc, find_mentions(doc), skipped)
    return [[one.words(doc) for one in cluster.mentions] for cluster in found]


def plans(determiner, *details):
    """Return "a plan failed ; {determiner} {details} plan passed"."""
    last = 5 + len(details)
    rows = ["a DT det 1", "plan NN nsubj 2", "failed VBD ROOT 2 fail", "; : punct 2"]
    rows += [f"{determiner} DT det {last}", *(f"{word} JJ amod {last}" for word in details)]
    rows += [f"plan NN nsubj {last + 1}", "passed VBD conj 2 pass"]
    return tree("\n".join(rows))


@pytest.mark.parametrize(
    ("doc", "found"),
    [
        (plans("the"), [["a plan", "the plan"]]),
        (plans("a"), [["a plan"], ["a plan"]]),
        (plans("the", "new"), [["a plan"], ["the new plan"]]),
    ],
)
def test_a_noun_is_taken_up_where_it_points_and_tells_nothing_new(doc, found):
    assert passing_words(doc) == found


def test_names_and_what_is_passed_over_are_not_in_passing():
    doc = tree(
        "Norvik NNP nsubj 1\nsold VBD ROOT 1 sell\nsome DT det 3\nsteel NN obj 1\nyesterday NN obl 1",
        names=[(0, 1, "ORG"), (4, 5, "DATE")],
    )

    assert passing_words(doc) == [["some steel"]]
    assert passing_words(doc, {3}) == []


@pytest.mark.parametrize(
    ("rows", "name", "found"),
    [
        ("the DT det 1\nfilm NN nsubj 3\nSulla NNP appos 1\nopened VBD ROOT 3 open", 2, []),
        ("Sulla NNP nsubj 4\n, , punct 3\na DT det 3\nfilm NN appos 0\nopened VBD ROOT 4 open", 0, []),
        ("a DT det 1\nfilm NN nsubj 4\ncalled VBN acl 1 call\nSulla NNP xcomp 2\nran VBD ROOT 4", 3, []),
        (
            "a DT det 1\nfilm NN nsubj 4\ncalled VBN acl 1 call\nboring JJ xcomp 2\nbored VBD ROOT 4\n"
            "Sulla NNP obj 4",
            5,
            [["a film"]],
        ),
    ],
)
def test_what_stands_beside_its_name_is_not_in_passing(rows, name, found):
    assert passing_words(tree(rows, names=[(name, name + 1, "MISC")])) == found


def words_with(extraction, pronoun):
    """Return the words of all mentions of what a pronoun means, of each place where it stands."""
    words = {one.id: extraction.text[one.start : one.end] for one in extraction.mentions}
    meant = [one.entity for one in extraction.mentions if words[one.id].lower() == pronoun]
    return [[words[one.id] for one in extraction.mentions if one.entity == entity] for entity in meant]


def test_a_pronoun_that_means_a_thing_without_a_name_is_not_a_name_s(nlp):
    extraction = read(
        nlp, "Norvik drew up a plan for the harbour. The plan failed because it was too expensive."
    )

    assert words_with(extraction, "it") == [["a plan", "The plan", "it"]]
    [plan] = [one for one in extraction.entities if one.kind == "passing"]
    assert (plan.name, plan.known, plan.same_as) == ("plan", "", ())
    assert plan not in extraction.without_passing().entities


def test_what_no_pronoun_takes_up_is_left_out(nlp):
    extraction = read(nlp, "Norvik drew up a plan for the harbour.")

    assert all(one.kind != "passing" for one in extraction.entities)
    assert extraction.without_passing() is extraction


def test_no_graph_holds_a_pronoun_that_is_unsure(nlp):
    extraction = read(nlp, "Anna Berg left Lund because she was ill.")
    [she] = [one for one in extraction.mentions if one.kind == "pronoun"]
    mentions = tuple(replace(one, confidence=UNSURE) if one is she else one for one in extraction.mentions)

    assert she in extraction.without_passing().mentions
    unsure = replace(extraction, mentions=mentions)
    assert [one.kind for one in unsure.without_passing().mentions] == ["name", "name"]


def test_the_same_text_gives_the_same_things_in_passing(nlp):
    text = "A plan for the harbour failed because it was too expensive. “We like it,” said Anna Berg."

    assert read(nlp, text) == read(nlp, text)


def test_what_is_in_passing_is_nobody_s_part_in_a_statement(nlp):
    text = "A plan for a port failed after it angered Norvik. “I like it,” said Anna Berg. “We sued Norvik.”"
    extraction = read(nlp, text)

    passing = {one.id for one in extraction.entities if one.kind == "passing"}
    parties = {party for one in extraction.relations for party in (one.subject, one.object, one.place)}
    speakers = {who for one in extraction.attributions for who in (one.speaker, one.addressee, *one.relays)}
    assert passing
    assert not passing & (parties | speakers)


@pytest.mark.parametrize(
    ("text", "pronoun", "with_it"),
    [
        ('"I will resign in May," said Anna Berg.', "i", ["I", "Anna Berg"]),
        ('"We will appeal," the Norvik Bank said.', "we", ["We", "Norvik Bank"]),
        # Whom a person speaks for, is not told.
        ('"We will appeal our case," said Anna Berg.', "we", ["We", "our"]),
        # The writer.
        ("I came to Lund in May. My sister had left the town.", "i", ["I", "My"]),
    ],
)
def test_who_i_and_we_are(nlp, text, pronoun, with_it):
    assert words_with(read(nlp, text), pronoun) == [with_it]
