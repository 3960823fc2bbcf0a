"""Whose words a text is told in: what is a copy, what is an excerpt, and what only looks like one."""

import re
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.copies import COPY_RESEMBLANCE, fingerprint, keys_of, likeness, marks_of, unpacked
from graph.plain_words import words_in, words_of
from newsgraph.records import Article, TextSpan
from tests.graph.copied import REPORT, quoting, reprinted, results, retold, round_up, updated, wire

WIRE = wire()
STEEL = results("steel", "Brannock Steel", "Lower Brannock", 48, 7, 512, 36, 2150)
FERRIES = results("ferries", "Northmere Shipping", "Port Ister", 23, 12, 198, 15, 640)


def compared(one, other):
    """Return what two articles have in common, and whether their keys would have led to each other."""
    (first, keys), (second, others) = (
        (print_, set(keys_of(words)))
        for words in (words_of(one), words_of(other))
        if (print_ := fingerprint(words))
    )
    assert likeness(first, second) == likeness(second, first)
    return likeness(first, second), bool(keys & others)


@pytest.mark.parametrize("other", [reprinted(), updated(), wire("again")], ids=lambda one: one.id)
def test_reprint_update_and_the_same_again_are_copies(other):
    found, are_compared = compared(WIRE, other)

    assert found.are_copies
    assert not found.is_excerpt
    assert are_compared


@pytest.mark.parametrize(
    ("one", "other"),
    [(WIRE, retold()), (WIRE, quoting()), (STEEL, FERRIES)],
    ids=["other words", "one quotation", "one template"],
)
def test_the_same_event_quotation_or_template_makes_no_copy(one, other):
    found, _ = compared(one, other)

    assert not found.are_copies
    assert not found.is_excerpt


def test_templates_are_told_from_copies_by_their_figures():
    found, are_compared = compared(STEEL, FERRIES)

    assert found.resemblance > COPY_RESEMBLANCE
    assert found.figures == 0
    assert not are_compared, "of a template there are thousands"


def test_what_stands_in_a_longer_text_is_an_excerpt_of_it():
    found, are_compared = compared(WIRE, round_up())

    assert found.is_excerpt
    assert not found.are_copies
    assert are_compared


def test_copies_without_figures_are_compared_too():
    bare = [re.sub(r"[\d,]+ ", "some ", " ".join(paragraphs)) for paragraphs in (REPORT, REPORT[1:])]
    found, are_compared = compared(*(Article(f"a{number}", text) for number, text in enumerate(bare)))

    assert found.are_copies
    assert found.figures == 1
    assert are_compared


PIECES = [[f"{letter}{number}" for number in range(12)] for letter in "abcdefgh"]  # each word has a figure
TEXTS = st.lists(st.sampled_from(PIECES), min_size=3, max_size=8).map(lambda pieces: [*chain(*pieces)])


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=6), st.integers(1, 3))
def test_what_makes_a_link_is_told_by_marks_to_make_one_perhaps(text, others, at_once):
    one, prints = fingerprint(text), [fingerprint(other) for other in others]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.copies._AT_ONCE", at_once)
        marks = marks_of([one.packed(), *(other.packed() for other in prints)])

    rows = np.arange(len(prints))
    may_be = marks.at(rows * 0).may_be_linked(marks.at(rows + 1))

    assert all(may_be[row] for row, other in enumerate(prints) if likeness(one, other).is_link)


def test_most_that_makes_no_link_is_told_by_marks_not_to_make_one():
    marks = marks_of([fingerprint(words_of(one)).packed() for one in (WIRE, quoting(), updated())])

    assert marks.at([0, 0]).may_be_linked(marks.at([1, 2])).tolist() == [False, True]


def test_a_text_too_short_has_no_fingerprint():
    assert fingerprint(["word"] * 29) is None
    assert fingerprint(["word"] * 30) is not None


def test_a_fingerprint_survives_being_written():
    print_ = fingerprint(words_of(WIRE))

    assert likeness(print_, unpacked(print_.packed())).resemblance == 1
    assert unpacked(print_.packed()).packed() == print_.packed()


def test_the_same_words_give_the_same_fingerprint_on_every_machine():
    words = words_of(WIRE)
    print_ = fingerprint(words)

    assert print_.shingles[:2].tolist() == [45984386, 48307143]
    assert [keys_of(words)[place] for place in (0, -1)] == ["b3c4f269028f", "eed6ec2e12b4"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. ship’s cook", "the us ships cook"),
        ("THE US SHIP'S COOK", "the us ships cook"),
        ("“4,300 tonnes” — all\u00a0of it", "4300 tonnes all of it"),
        ("ﬁve\u200b O'Neills…", "five oneills"),
    ],
)
def test_words_are_what_is_left_of_typography(text, words):
    assert words_in(text) == words.split()


@pytest.mark.parametrize(
    "opening",
    [
        "WASHINGTON, March 14 (Reuters) - ",
        "Berlin (AP) — ",
        "KYIV — ",
        "NEW YORK -- ",
        "MOSCOW, 16 March. ",
        "MOSCOW, March 16 /TASS/. ",
    ],
)
def test_a_dateline_is_no_part_of_the_words(opening):
    article = Article("a", f"{opening}A ship ran aground.\n\nKYIV fell silent.")

    assert words_of(article) == ["a", "ship", "ran", "aground", "kyiv", "fell", "silent"]


@pytest.mark.parametrize(
    "line",
    [
        "NATO said on Monday - too late - that",
        "The mayor said so.",
        "U.S. forces left. The",
        "A. Roe (42) left",
    ],
)
def test_an_opening_without_dateline_stays(line):
    assert words_of(Article("a", line)) == words_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "Reuters contributed to this report.",
        "(Reporting by Ann Roe in Paris; Editing by Emil Falk)",
        "With reporting by Reuters and AP",
        "By Anna Berg and Carl Dorn",
        "The Associated Press",
        "Source: Reuters",
    ],
)
def test_credits_are_no_part_of_the_words(line):
    assert words_of(Article("a", f"{line}\n\nA ship ran aground.\n\n{line}\n")) == [
        "a",
        "ship",
        "ran",
        "aground",
    ]


@pytest.mark.parametrize(
    "line", ["By the time he left, Reuters had gone.", "Writing in the paper, he said no."]
)
def test_what_only_begins_like_a_credit_stays(line):
    assert words_of(Article("a", line)) == words_in(line)


def test_lines_to_pass_over_are_no_part_of_the_words():
    article = Article("a", "Advert\nA ship\nAdvert\nran aground.", skipped=(TextSpan(0, 6), TextSpan(14, 20)))

    assert words_of(article) == ["a", "ship", "ran", "aground"]


def test_where_paragraphs_begin_does_not_matter():
    text = "One two three.\n\nFour five six seven eight nine."

    assert words_of(Article("a", text)) == words_of(Article("b", text.replace("\n\n", " ")))
