"""What the search index finds before a question is asked: nothing that the question finds is lost."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph import computed, narrowed
from graph.computed import bridges
from graph.meant import finders
from graph.narrowed import narrowed as with_found
from graph.parameters import LIMIT, bound, terms_of
from graph.questions import limited, question_called
from graph.snapshots import open_reader
from graph.statement_words import names_saying, plain, statement_words
from graph.store import back_up, open_writer
from graph.views.indexed import Index
from newsgraph.records import TextSpan
from tests.graph.made import LATER, RUN, made, speaking, spoken

KNOWN_ON = question_called("known_on")


@pytest.fixture(scope="module")
def graph_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    known = speaking("k", "Kremlin", "seat/kremlin", "government/russia")
    with open_writer(folder) as writer:
        writer.add([made("a", speaker="Ünal Öz"), made("b", speaker="ΟΔΟΣ ΣΑΣ"), made("gone"), known], RUN)
        writer.add([spoken("c", ("Ida Jung", "denied"), ("officials", "said")), open_verb("d")], RUN)
        writer.add(
            [made("a", speaker="Ünal Öz", other="Emil Falk"), in_two_lines("e")], LATER
        )  # "a" as it was
        writer.remove(["gone"], LATER)
    return folder


@pytest.fixture(scope="module")
def reader(graph_dir):
    return open_reader(graph_dir)


def open_verb(name):
    """Return an article with a relation that is none of the vocabulary."""
    article, read = made(name)
    return article, replace(
        read, relations=(*read.relations, replace(read.relations[0], id="r9", predicate="flew over"))
    )


def in_two_lines(name):
    """Return an article in which what is said goes over two lines, in two pieces."""
    article, read = made(name)
    text = article.text.replace("struck the", "struck\nthe")
    [one] = read.attributions
    start, end = one.content[0]
    pieces = (TextSpan(start, start + 4), TextSpan(start + 5, end))
    read = replace(read, text=text, attributions=(replace(one, content=pieces),))
    return replace(article, text=text), read


def answers(reader, **given_values):
    """Return what known_on answers, with what the index finds and without."""
    asked = bound(KNOWN_ON.text, {**given_values, LIMIT: "0"}, finders(reader))
    found = with_found(reader, asked, given_values)
    return limited(reader, found), limited(reader, asked), found != asked


def all_words(reader):
    column = KNOWN_ON.columns.index("words")
    return sorted({row[column].value for row in answers(reader)[1].rows})


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_what_is_found_first_loses_no_row(reader, data):
    words = data.draw(st.sampled_from(all_words(reader)))
    begin, end = sorted((data.draw(st.integers(0, len(words))), data.draw(st.integers(0, len(words)))))
    change = data.draw(st.sampled_from((str, str.upper, str.lower, str.title)))

    quick, slow, is_narrowed = answers(reader, about=change(words[begin:end]))

    assert is_narrowed
    assert quick.rows == slow.rows


@given(value=st.text(st.characters(exclude_categories=("Cs",)), max_size=4))
@example("\n")
@example("\t")
@example(" … ")
@example("a0")
@example("ς")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_of_any_text_as_well(reader, value):
    quick, slow, _ = answers(reader, about=value)

    assert quick.rows == slow.rows


@pytest.mark.parametrize(
    "more", [{"at": "2026-01-15"}, {"from": "2023-03-16"}, {"to": "2023-03-15"}, {"article": "a"}], ids=str
)
def test_with_other_conditions_as_well(reader, more):
    quick, slow, is_narrowed = answers(reader, about="struck", **more)

    assert is_narrowed
    assert quick.rows == slow.rows


def test_words_of_former_readings_are_found_though_the_index_has_them_not(reader):
    quick, slow, _ = answers(reader, about="Carl Dorn struck")
    until = KNOWN_ON.columns.index("knownUntil")

    assert {row[until] is None for row in quick.rows} == {True, False}
    assert quick.rows == slow.rows


def test_a_copy_without_an_index_answers_the_same(graph_dir, reader, tmp_path):
    back_up(graph_dir, tmp_path / "copy")
    copy = open_reader(tmp_path / "copy")

    quick, _, is_narrowed = answers(copy, about="struck")

    assert not is_narrowed
    assert quick.rows == answers(reader, about="struck")[0].rows


def test_what_is_in_too_many_statements_is_not_handed_over(reader, monkeypatch):
    monkeypatch.setattr(narrowed, "MOST_FOUND", 1)
    quick, slow, is_narrowed = answers(reader, about="struck")

    assert not is_narrowed
    assert quick.rows == slow.rows


def test_where_the_words_of_an_article_are_not_known_nothing_is_found_first(graph_dir, tmp_path):
    folder = tmp_path / "graph"
    shutil.copytree(graph_dir, folder, symlinks=True)
    (folder / "search.db").unlink()
    kept = next((folder / "extractions").glob("*/*.json.gz"))
    kept.write_bytes(b"damaged")
    with open_writer(folder) as writer:
        writer.add([made("new")], LATER)
    _, _, is_narrowed = answers(open_reader(folder), about="struck")

    assert not is_narrowed


def test_a_comment_of_ones_own_stays_a_comment(reader):
    text = (
        "# Parameter: about (text): words\nSELECT ?s WHERE {\n# VALUES (?s) $about\n?s a ng:CanonicalEntity }"
    )
    asked = bound(text, {"about": "struck"})

    assert with_found(reader, asked, {"about": "struck"}) == asked


def test_each_line_has_the_names_of_those_that_say_it():
    _, read = spoken("c", ("Ida Jung", "denied"), ("officials", "said"))
    lines = statement_words(read)

    assert all("\t" in line for line in lines.split("\n"))
    assert set(names_saying(lines, plain("COLLIDED"))) >= {"r0"}
    assert [*names_saying(lines, "nobody says so")] == []


def test_links_of_the_index_are_those_of_the_graph(reader, monkeypatch):
    quick = {(min(a, b), max(a, b), is_fact) for a, b, is_fact in computed._links(reader)}
    terms = terms_of(
        question_called("bridges").parameters,
        {"one": "Kremlin", "other": "government/russia"},
        finders(reader),
    )
    rows = bridges(reader, terms)
    monkeypatch.setattr(Index, "pairs", lambda _: None)
    slow = {(min(a, b), max(a, b), is_fact) for a, b, is_fact in computed._links(reader)}

    assert quick == slow
    assert len({is_fact for *_, is_fact in quick}) == 2
    assert bridges(reader, terms) == rows
