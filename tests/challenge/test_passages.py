"""The challenge set holds what its README says, and its loader refuses what is not in the text."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from newsgraph.records import TextSpan
from newsgraph.vocabulary import load_vocabulary
from tests.challenge.passages import ANYTHING, FOLDER, VALUES, PassageError, find, load_passages

README = Path(__file__).with_name("README.md")
PEN = 'id = "pen"\ntext = "Ada Roe sold a pen."\n'


@pytest.fixture(scope="module")
def passages():
    return load_passages()


def failing(passages, is_right):
    return [f"{one.category}/{one.id}" for one in passages if not is_right(one)]


def repeated(things):
    return [thing for thing, count in Counter(things).items() if count > 1]


def load(folder, annotation):
    (folder / "made.toml").write_text(f"[[passage]]\n{PEN}{annotation}\n", encoding="utf-8")
    (passage,) = load_passages(folder)
    return passage


# --- The set ----------------------------------------------------------------------------------------------


def test_every_passage_loads_and_there_are_enough(passages):
    assert len(passages) >= 150
    assert {one.category for one in passages} == {path.stem for path in FOLDER.glob("*.toml")}


def test_no_id_is_there_twice(passages):
    assert repeated((one.category, one.id) for one in passages) == []
    assert repeated(one.id for one in passages) == []


def test_no_text_is_there_twice(passages):
    assert repeated(" ".join(one.text.casefold().split()) for one in passages) == []


def test_an_id_is_words_with_hyphens(passages):
    assert failing(passages, lambda one: re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.id)) == []


def test_the_readme_counts_the_passages_of_each_category(passages):
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)

    assert {name: int(count) for name, count in rows} == Counter(one.category for one in passages)


def test_the_example_of_the_readme_loads(tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")

    assert len(load_passages(tmp_path)) == 1


def test_a_passage_judges_names_and_something_that_is_hard_about_it(passages):
    def judges(one):
        layers = one.values, one.attributions, one.coreference or None, one.relations or None
        return one.names is not None and (len(one.names) > 1 or any(layer is not None for layer in layers))

    assert failing(passages, judges) == []


def test_names_and_values_stand_in_order_and_do_not_overlap(passages):
    def in_order(layer):
        return all(left.span.end <= right.span.start for left, right in pairwise(layer or ()))

    assert failing(passages, lambda one: in_order(one.names) and in_order(one.values)) == []


def test_dates_and_sums_are_values_and_all_else_is_a_name(passages):
    def is_labelled(one):
        return all(name.labels and not name.labels & VALUES for name in one.names or ()) and all(
            value.labels and value.labels <= VALUES for value in one.values or ()
        )

    assert failing(passages, is_labelled) == []


def test_an_attribution_has_a_content_and_a_source_or_a_cue_unless_it_may_be_left_out(passages):
    def is_whole(one):
        return all(
            said.content and (said.source or said.cue or said.is_optional) for said in one.attributions or ()
        )

    assert failing(passages, is_whole) == []


def test_an_attribution_that_must_not_be_found_has_a_part_to_know_it_by(passages):
    def is_known(one):
        return all(said.source or said.cue or said.content for said in one.absent.attributions)

    assert failing(passages, is_known) == []


def test_no_mention_is_in_two_coreference_groups(passages):
    assert (
        failing(passages, lambda one: not repeated(span for group in one.coreference for span in group)) == []
    )


def test_relations_use_the_vocabulary(passages):
    known = {*load_vocabulary()}

    def is_known(one):
        absent = {wrong.predicate for wrong in (*one.absent.relations, *one.absent.facts)}
        return {right.predicate for right in one.relations} <= known and absent <= known | {ANYTHING}

    assert failing(passages, is_known) == []


def test_a_relation_that_is_said_is_said_in_an_attribution(passages):
    def is_said(one):
        cues = {said.cue for said in one.attributions or ()}
        return all(not relation.cue or relation.cue in cues for relation in one.relations)

    assert failing(passages, is_said) == []


def test_nothing_is_both_wanted_and_forbidden(passages):
    def is_clear(one):
        names, forbidden = (
            {(name.span, label) for name in side for label in name.labels}
            for side in (one.names or (), one.absent.names)
        )
        told = [it for it in one.relations if it.is_fact]
        facts, never = (
            {(it.subject, it.predicate, it.object) for it in side} for side in (told, one.absent.facts)
        )
        return not names & forbidden and not facts & never

    assert failing(passages, is_clear) == []


# --- The loader -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("dam", "dam"),
        ("the dam … river", "the dam held the river"),
        ("held … the", "held the"),
        ("the … road#2", "the river, the road"),  # the number is that of the first words
    ],
)
def test_a_string_is_found_by_its_words_its_ends_or_its_number(wanted, expected):
    text = "So the dam held the river, the road did not. Dams do."

    assert text[slice(*find(text, wanted))] == expected


@pytest.mark.parametrize("wanted", ["gate", "am", "Dam", "dam#2", "dam … gate", "river … dam", "river#0"])
def test_a_string_that_is_not_there_is_an_error(wanted):
    with pytest.raises(PassageError, match=r"0 times|no '\w+' after"):
        find("the dam and the river", wanted)


@pytest.mark.parametrize("wanted", ["the", "the … river"])
def test_a_string_that_is_there_twice_is_an_error_unless_a_number_says_which(wanted):
    text = "the dam and the river"

    with pytest.raises(PassageError, match="2 times"):
        find(text, wanted)
    assert find(text, f"{wanted}#2").start == 12


@pytest.mark.parametrize("wanted", ["the#two", "the#2 … river"])
def test_a_number_that_is_none_is_an_error(wanted):
    with pytest.raises(PassageError, match="no number"):
        find("the dam and the river", wanted)


def test_after_a_place_the_next_one_is_meant():
    text = "the dam and the river"

    assert find(text, "the", after=1) == TextSpan(12, 15)
    with pytest.raises(PassageError, match="0 times after the one before"):
        find(text, "the", after=13)


def test_names_are_looked_up_one_after_the_other(tmp_path):
    (tmp_path / "made.toml").write_text(
        '[[passage]]\nid = "roe"\ntext = "Roe met Roe."\nnames = [["Roe", "PERSON"], ["Roe", "ORG|-"]]\n',
        encoding="utf-8",
    )
    (passage,) = load_passages(tmp_path)
    first, second = passage.names

    assert (first.span, first.labels, first.is_optional) == (TextSpan(0, 3), {"PERSON"}, False)
    assert (second.span, second.labels, second.is_optional) == (TextSpan(8, 11), {"ORG"}, True)


def test_a_layer_that_is_left_out_is_not_judged_and_one_that_is_empty_is(tmp_path):
    passage = load(tmp_path, "names = []")

    assert passage.names == ()
    assert passage.values is None
    assert passage.attributions is None


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        ('names = [["Ada Roe", "HUMAN"]]', "no label 'HUMAN'"),
        ('names = [["pen", "PRODUCT"], ["Ada Roe", "PERSON"]]', "0 times after the one before"),
        ('attributions = [{ source = "Ada Roe", stance = "maybe" }]', "no stance 'maybe'"),
        ('attributions = [{ sauce = "Ada Roe" }]', "sauce"),
        (
            'relations = [{ subject = "Ada Roe", predicate = "sold", object = "pen", modality = "x" }]',
            "no modality",
        ),
        ('remark = "a key that nobody knows"', "remark"),
        ('[passage.absent]\nnames = [["gate", "FAC"]]', "0 times"),
        ("[passage.absent]\nsums = []", "sums"),
    ],
)
def test_an_error_says_which_passage_is_annotated_wrongly(tmp_path, annotation, message):
    with pytest.raises(PassageError, match=message) as caught:
        load(tmp_path, annotation)

    assert str(caught.value).startswith("made/pen: ")
