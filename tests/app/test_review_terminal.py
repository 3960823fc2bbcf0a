"""newsgraph review as an analyst at a terminal has it: every answer, every interruption, others at work."""

from datetime import UTC, datetime

import pytest

from app.columns import places_of, wrapped
from graph import journal
from graph.articles import retract
from graph.decision_log import read_log
from graph.guard import Turn, locked
from graph.review import different, same
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.unsure import unsure_pairs
from tests.app.pseudo_terminal import CTRL_C, at_a_terminal, lines_of
from tests.graph.made import RUN, made, naming

PROMPT = "(q)uit? "
BY = {"by": "ida", "at": datetime(2026, 3, 1, 12, tzinfo=UTC)}
LONG = "The minister, who had been in the post for only a week, said nothing of the kind had ever happened."
PAIRS = [
    made("a"),
    made("b", speaker="Ann Berg", other="Emil Falk"),
    naming("x", ("Harold Pruitt", "PERSON"), said=LONG),
    naming("y", ("H. Pruitt", "PERSON")),
    naming("v", ("Zoë Müller-王小明王小明王小明王小明王小明王小明", "PERSON")),
    naming("w", ("Z. Müller-王小明王小明王小明王小明王小明王小明", "PERSON")),
]


@pytest.fixture
def graph(tmp_path):
    folder = tmp_path / "data" / "graph"
    with open_writer(folder) as writer:
        writer.add(PAIRS, RUN)
    return folder


def pairs_of(graph):
    return unsure_pairs(open_reader(graph))


def is_one_line_of_ours(line):
    return line.startswith("newsgraph: ") and "Traceback" not in line and "unexpected" not in line


def test_all_answers_at_eighty_columns(graph):
    first, second, *others = pairs_of(graph)

    with at_a_terminal("review", "--by", "kim") as terminal:
        told = terminal.wait_for(PROMPT)
        assert told.index(first.one.name) < told.index(f"[{2 + len(others)} left]")
        for nonsense in ("\n", "what?\n", "sd\n", "\x1b[A\n", "ſ\n"):
            terminal.type(nonsense)
            told = terminal.wait_for(PROMPT)
            assert told.count(first.one.iri) == 0, "the evidence is not shown again"
        terminal.type(" D \n")
        assert f"{first.one.name} (PERSON) is not " in terminal.wait_for(PROMPT)
        terminal.type("k\n")
        terminal.wait_for(PROMPT)
        terminal.type("same\n" if others else "q\n")
        terminal.wait_for(" is " if others else "newsgraph")
        terminal.type("quit\n")
        status, _ = terminal.end()

    assert status == 0
    assert all(places_of(line) <= 80 for line in lines_of(terminal.screen) if "│" in line)
    assert sum("│" in line for line in lines_of(terminal.screen)) > 12
    decided = read_log(graph)
    assert [(one.judgement, one.by) for one in decided] == [("different", "kim"), ("same", "kim")]
    assert {second.one.iri, second.other.iri} in [{one.one.iri, one.other.iri} for one in pairs_of(graph)]


def test_ctrl_c_at_the_question_keeps_what_was_answered(graph):
    with at_a_terminal("review", "--by", "kim") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type("d\n")
        terminal.wait_for(PROMPT)
        terminal.type(CTRL_C)
        status, last = terminal.end()

    assert status == 130
    [line] = [line for line in lines_of(last) if line.startswith("newsgraph")]
    assert line == f"newsgraph: interrupted; 1 decided, 0 skipped, {len(pairs_of(graph))} left"
    assert [one.by for one in read_log(graph)] == ["kim"]


def test_ctrl_d_ends_it(graph):
    with at_a_terminal("review", "--by", "kim") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type("\x04")
        status, last = terminal.end()

    assert (status, read_log(graph)) == (0, [])
    assert lines_of(last)[-2] == f"newsgraph: 0 decided, 0 skipped, {len(pairs_of(graph))} left"


@pytest.mark.parametrize(
    ("meanwhile", "answer", "told"),
    [
        (lambda graph, one: different(graph, one.one.iri, one.other.iri, **BY), "s", "not decided: that "),
        (lambda graph, one: same(graph, one.one.iri, one.other.iri, **BY), "d", "not decided: that "),
        (lambda graph, one: same(graph, one.one.iri, one.other.iri, **BY), "s", "decided before"),
        (lambda graph, _: [retract(graph, name, **BY) for name in "ab"], "s", "no entity of the graph"),
    ],
    ids=["different", "same", "just so", "retracted"],
)
def test_who_comes_too_late_is_told_and_goes_on(meanwhile, answer, told, graph):
    with at_a_terminal("review", "--by", "kim") as terminal:
        terminal.wait_for(PROMPT)
        meanwhile(graph, pairs_of(graph)[0])
        logged = read_log(graph)
        terminal.type(f"{answer}\n")
        said = terminal.wait_for(PROMPT)
        terminal.type("q\n")
        status, _ = terminal.end()

    [line] = [line for line in lines_of(said) if told in line]
    assert is_one_line_of_ours(line)
    assert "ida" in line or not line.startswith("newsgraph: not decided: that")
    assert (status, read_log(graph)) == (0, logged)


def test_who_must_wait_is_told_for_whom(graph):
    with at_a_terminal("review", "--by", "kim") as terminal:
        terminal.wait_for(PROMPT)
        with locked(graph, Turn("an ingest of 3800 articles")):
            terminal.type("d\n")
            said = terminal.wait_for("; Ctrl-C gives up\n")
            assert "newsgraph: waiting: an ingest of 3800 articles (process " in said
            assert " has been writing since 20" in said
        terminal.wait_for(PROMPT)
        terminal.type("q\n")
        assert terminal.end()[0] == 0

    assert [one.judgement for one in read_log(graph)] == ["different"]


@pytest.mark.parametrize("command", [("same", "Anna Berg", "Ann Berg"), ("review",), ("retract", "a")])
def test_ctrl_c_while_others_write_changes_nothing(command, graph):
    before = open_reader(graph).snapshot
    with (
        at_a_terminal(*command, "--by", "kim") as terminal,
        locked(graph, Turn("an ingest of 3800 articles")),
    ):
        if command == ("review",):
            terminal.wait_for(PROMPT)
            terminal.type("s\n")
        terminal.wait_for("; Ctrl-C gives up\n")
        terminal.type(CTRL_C)
        status, last = terminal.end()

    assert (status, read_log(graph), open_reader(graph).snapshot) == (130, [], before)
    [line] = [line for line in lines_of(last) if "interrupted" in line]
    assert line.endswith("nothing was changed")


def test_ctrl_c_when_it_is_decided_already_is_told_so(graph, run, monkeypatch):
    make = journal.make

    def interrupted(*_, **__):
        monkeypatch.setattr(journal, "make", make)
        raise KeyboardInterrupt

    monkeypatch.setattr(journal, "make", interrupted)
    status, out, err = run("same", "Anna Berg", "Ann Berg", "--by", "kim")

    [decided] = read_log(graph)
    assert (status, out) == (130, "")
    told = f"{decided.id} (Anna Berg (PERSON) is Ann Berg (PERSON)) was decided"
    assert err == f"newsgraph: {told} before that; it is brought in now\nnewsgraph: interrupted; {told}\n"
    assert run("query", "reviewer_decisions", "--format", "csv")[1].count("in force") == 1
    assert run("undo", decided.id, "--by", "kim")[2] == "newsgraph: 1 article changed\n"


def test_the_weight_counts_what_begins_and_ends_at_a_thing(graph, run):
    people = [("p", "Ida Jung", "Gerd Holm"), ("q", "Ida Jung", "G. Holm")]
    with open_writer(graph) as writer:
        writer.add([made(name, speaker=speaker, other=other) for name, speaker, other in people], RUN)

    [pair] = [one for one in pairs_of(graph) if "G. Holm" in (one.one.name, one.other.name)]

    for side in (pair.one, pair.other):
        ends = f"GRAPH g:view {{ ?edge rdf:subject|rdf:object {side.iri} }}"
        counted = run("query", f"SELECT (COUNT(DISTINCT ?edge) AS ?n) {{ {ends} }}", "--format", "csv")[1]
        assert side.edges == int(counted.split()[1]) > 2
    weights = [one.weight for one in pairs_of(graph)]
    assert weights == sorted(weights, reverse=True)
    assert pair.weight == 2 * (2 + 1) + pair.one.edges + pair.other.edges


@pytest.mark.parametrize("text", ["", "王" * 30, "a" * 50, "an é́́ word", "one two three four five"])
def test_lines_are_no_longer_than_they_may_be(text):
    lines = wrapped(text, 12)

    assert all(places_of(line) <= 12 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
