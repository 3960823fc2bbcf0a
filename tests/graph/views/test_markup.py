"""Spans that lie in each other, touch or cross, as segments: what holds whatever the spans are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.views.marked import MOST_CHARACTERS, paragraphs, parts_of
from graph.views.markup import BETWEEN, Mark, Piece, joined, passage, segments
from newsgraph.records import Article, Attribution, Entity, Extraction, Mention, Relation, TextSpan

# Letters beyond the sixteen bits of JavaScript's, letters of two characters, ends of lines of all kinds.
TEXTS = st.text(st.sampled_from("ab 𝔾😀é\u0301\n\r<&\"'"), max_size=60)


@st.composite
def marked(draw):
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places), max_size=12))
    roles = st.sampled_from(("source", "cue", "content", "mention"))
    return text, [Mark(min(one), max(one), draw(roles), draw(st.sampled_from("xyz"))) for one in spans]


@given(marked(), st.integers(0, 40))
def test_segments_are_the_text_each_under_all_marks_that_cover_it(given_, offset):
    text, marks = given_
    moved = [Mark(one.start + offset, one.end + offset, one.role, one.of) for one in marks]

    found = segments(Piece(offset, text), moved)

    assert "".join(one.text for one in found) == text
    for one in found:
        covering = {m for m in moved if m.start <= one.start and one.start + len(one.text) <= m.end}
        touching = {m for m in moved if m.start < one.start + len(one.text) and one.start < m.end}
        assert one.text == text[one.start - offset :][: len(one.text)] != ""
        assert set(one.marks) == covering == {m for m in touching if m.start < m.end}
        assert [m.end - m.start for m in one.marks] == sorted(
            (m.end - m.start for m in covering), reverse=True
        )


@given(marked(), st.randoms())
def test_the_order_of_marks_does_not_matter(given_, random):
    text, marks = given_
    shuffled = random.sample(marks, len(marks))

    assert segments(Piece(0, text), marks) == segments(Piece(0, text), shuffled)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_pieces_of_a_text_that_touch_are_one(text, spans):
    spans = [(min(a, b), max(a, b)) for a, b in spans if max(a, b) <= len(text) and a != b]

    found = joined([Piece(start, text[start:end]) for start, end in spans])

    assert all(text[one.start : one.end] == one.text for one in found)
    assert {at for one in found for at in range(one.start, one.end)} == {
        at for start, end in spans for at in range(start, end)
    }
    assert all(one.end < other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("pieces", "most", "shown"),
    [
        (["0 He said:", "4 aid: “No.”"], 99, "He said: “No.”"),
        (["0 He said", "20 at last"], 99, f"He said{BETWEEN}at last"),
        (["0 He said", "20 at last"], 9, f"He said{BETWEEN}at …"),
        (["0 He said"], 4, "He s …"),
    ],
)
def test_a_passage_is_read_one_piece_after_the_other(pieces, most, shown):
    given_ = [Piece(int(start), text) for start, _, text in (one.partition(" ") for one in pieces)]

    assert "".join(one.text for one in passage(given_, [], most)) == shown


@st.composite
def read(draw):
    """Draw an article with mentions, attributions and relations anywhere in it."""
    text = draw(TEXTS.filter(bool))
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).filter(lambda one: one[0] != one[1])
    stretch = spans.map(lambda one: TextSpan(min(one), max(one)))
    some = st.lists(stretch, max_size=2).map(tuple)
    mentions = [
        Mention(f"m{n}", *one, "MISC", "name", "e0", 0.9)
        for n, one in enumerate(draw(st.lists(stretch, max_size=4)))
    ]
    attributions = [
        Attribution(
            f"a{n}", draw(some), (draw(stretch),), draw(some), "e0", None, stance, "certain", "direct", 1
        )
        for n, stance in enumerate(draw(st.lists(st.sampled_from(("asserts", "denies")), max_size=3)))
    ]
    relations = [
        Relation(f"r{n}", "met", "e0", "e0", *one, False, "actual", None, None, None, 1)
        for n, one in enumerate(draw(st.lists(stretch, max_size=2)))
    ]
    article = Article("x", text, skipped=tuple(sorted(draw(st.lists(stretch, max_size=1)))))
    return article, Extraction(
        "x", text, mentions=tuple(mentions), entities=(Entity("e0", "X", "MISC"),),
        attributions=tuple(attributions), relations=tuple(relations),
    )  # fmt: skip


@given(read())
def test_the_marked_text_is_the_text_character_by_character(pair):
    article, extraction = pair

    found = paragraphs(article, extraction, TextSpan(0, len(article.text)))

    stretches = [one for paragraph in found for run in paragraph.runs for one in run.stretches]
    assert "".join(one.text for one in stretches) == article.text
    for paragraph in found:
        words = "".join(one.text for run in paragraph.runs for one in run.stretches)
        assert article.text[paragraph.start :].startswith(words)
        assert "\n" not in words.rstrip("\n")
    at = 0
    for one in stretches:
        here = range(at, at + len(one.text))
        under = {
            a.id for a in extraction.attributions for s in (*a.source, *a.cue, *a.content) if at in range(*s)
        }
        under |= {r.id for r in extraction.relations if at in range(r.start, r.end)}
        assert set(one.statements) == under
        assert ("mention" in one.roles) == any(at in range(m.start, m.end) for m in extraction.mentions)
        at = here.stop


@given(read())
def test_each_statement_begins_once_and_each_cue_leads_to_its_own(pair):
    article, extraction = pair

    found = paragraphs(article, extraction, TextSpan(0, len(article.text)))

    runs = [run for paragraph in found for run in paragraph.runs]
    begun = [one for run in runs for stretch in run.stretches for one in stretch.begins]
    stated = [*extraction.attributions, *extraction.relations]
    assert sorted(begun) == sorted(one.id for one in stated)
    for run in runs:
        if run.leads == "statement":
            assert all("cue" in one.roles and run.to in one.statements for one in run.stretches)
        assert (run.leads == "") == all(not {"cue", "mention"} & set(one.roles) for one in run.stretches)


def test_of_mentions_in_each_other_the_narrower_one_leads():
    text = "the Russian defence ministry"
    entities = (Entity("e0", "Russian defence ministry", "ORG"), Entity("e1", "Russian", "NORP"))
    mentions = (
        Mention("m0", 0, 28, "ORG", "name", "e0", 0.9),
        Mention("m1", 4, 11, "NORP", "name", "e1", 0.9),
    )

    [paragraph] = paragraphs(
        Article("x", text), Extraction("x", text, mentions=mentions, entities=entities), TextSpan(0, 28)
    )

    told = [(run.to, "".join(one.text for one in run.stretches)) for run in paragraph.runs]
    assert told == [("e0", "the "), ("e1", "Russian"), ("e0", " defence ministry")]


@given(st.lists(st.sampled_from(("word ", "end.\n", "Stop. ", "x" * 30)), max_size=40), st.integers(5, 50))
def test_parts_are_the_text_and_none_is_too_long(words, most):
    text = "".join(words)

    parts = parts_of(text, (), most)

    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= most for start, end in parts)
    assert all(start < end for start, end in parts) or text == ""


def test_a_part_ends_with_a_line_or_else_with_a_sentence():
    assert parts_of("one\ntwo\nthree", (), 9) == [(0, 8), (8, 13)]
    assert parts_of("One. Two. Three.", [TextSpan(0, 4), TextSpan(5, 9), TextSpan(10, 16)], 12) == [
        (0, 9),
        (9, 16),
    ]
    assert parts_of("x" * MOST_CHARACTERS) == [(0, MOST_CHARACTERS)]


def test_a_text_is_cut_where_marks_begin_and_end():
    marks = [Mark(0, 4, "a"), Mark(2, 6, "b")]

    cut = [(one.text, [mark.role for mark in one.marks]) for one in segments(Piece(0, "abcdefgh"), marks)]

    assert cut == [("ab", ["a"]), ("cd", ["a", "b"]), ("ef", ["b"]), ("gh", [])]
