"""What an article states in plain words, and what changed from one reading to the next."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.stated import KINDS, NARRATOR, UNNAMED, Stated, compared, stated_in
from newsgraph.records import TextSpan
from tests.graph.made import made, spoken


def told(changes):
    return [(one.fate, one.stated.kind, str(one.stated), one.after and one.after.position) for one in changes]


def test_an_article_states_its_attributions_relations_and_voices():
    assert [(one.kind, str(one), one.position) for one in stated_in(made("a")[1])] == [
        ("attribution", "Anna Berg: that Carl Dorn struck the MQ-9", "denies (deny), certain"),
        ("relation", "Anna Berg: Carl Dorn struck MQ-9", "denies, actual"),
        ("relation", f"{NARRATOR}: Anna Berg met Carl Dorn [2023-03-14]", "asserts, actual"),
    ]
    voices = stated_in(spoken("b", (None, "said"), ("officials", "said not"))[1])
    assert [(one.who, one.stance) for one in voices if one.kind == "proposition"] == [
        (NARRATOR, "asserts"),
        ("officials", "denies"),
    ]
    assert voices[-1].sentence == "officials said that the Su-27 never hit the MQ-9."


def test_a_source_that_is_not_known_is_unnamed():
    extraction = made("a")[1]
    nobody = replace(extraction.attributions[0], speaker=None)

    who = {one.kind: one.who for one in stated_in(replace(extraction, attributions=(nobody,)))[:2]}
    assert who == {"attribution": UNNAMED, "relation": UNNAMED}


def test_another_stance_is_a_change_and_another_speaker_is_another_statement():
    old = stated_in(made("a")[1])

    changes = compared(old, stated_in(made("a", verb="said")[1]))
    assert told(one for one in changes if one.fate != "kept") == [
        ("changed", "attribution", "Anna Berg: that Carl Dorn struck the MQ-9", "asserts (say), certain"),
        ("changed", "relation", "Anna Berg: Carl Dorn struck MQ-9", "asserts, actual"),
    ]
    changes = compared(old, stated_in(made("a", speaker="Ida Jung")[1]))
    assert {one.fate for one in changes} == {"lost", "gained"}


def test_where_it_stands_and_how_it_is_set_is_no_change():
    extraction = made("a")[1]
    later = replace(
        extraction,
        text=" " + extraction.text,
        sentences=tuple(TextSpan(a + 1, b + 1) for a, b in extraction.sentences),
        attributions=tuple(
            replace(one, cue=(), content=tuple(TextSpan(a + 1, b + 1) for a, b in one.content))
            for one in extraction.attributions
        ),
    )

    assert {one.fate for one in compared(stated_in(extraction), stated_in(later))} == {"kept"}


WORDS = st.sampled_from(("it rained", "It  rained!", "it snowed"))
STATED = st.builds(
    Stated,
    st.sampled_from(KINDS),
    st.sampled_from(("Berg", "Dorn")),
    WORDS,
    st.sampled_from(("asserts", "denies")),
    st.sampled_from(("", "actual")),
    st.just("say"),
    st.just(""),
    st.text(max_size=3),
)


@given(old=st.lists(STATED, max_size=6), new=st.lists(STATED, max_size=6))
def test_each_statement_of_both_is_told_once(old, new):
    changes = compared(old, new)

    assert sum(one.fate in ("kept", "changed", "lost") for one in changes) == len(old)
    assert sum(one.fate in ("kept", "changed", "gained") for one in changes) == len(new)
    for one in changes:
        if one.fate == "changed":
            assert one.stated.position != one.after.position


@given(st.lists(STATED, max_size=6))
def test_nothing_changes_between_the_same(statements):
    assert {one.fate for one in compared(statements, reversed(statements))} <= {"kept"}
