"""What is new in the graph, on small stores."""

from dataclasses import replace
from datetime import date

import pytest

from graph.search_index import FILE
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.views import start
from graph.views.start import view
from tests.graph.made import RUN, made, spoken


@pytest.fixture
def shown(tmp_path):
    """Return what the start page shows of some articles."""

    def shown(*pairs):
        with open_writer(tmp_path / "graph") as writer:
            writer.add(pairs, RUN)
        return view(open_reader(tmp_path / "graph"), {})

    return shown


def on(pair, day):
    article, extraction = pair
    return replace(article, published=day), replace(extraction, published=day)


def test_articles_are_counted_and_the_newest_come_first(shown):
    found = shown(on(made("a"), date(2023, 3, 1)), on(made("b"), date(2023, 3, 3)), on(made("c"), None))

    assert (found.articles, found.entities, found.recent) == (3, 3, 3)
    assert [one.published for one in found.newest] == ["2023-03-03", "2023-03-01", ""]


def test_who_speaks_in_most_articles_comes_first_with_stances_counted(shown):
    found = shown(
        spoken("a", ("Ida Jung", "said"), ("Carl Dorn", "denied")),
        spoken("b", ("Carl Dorn", "denied"), (None, "said")),
    )

    assert [(one.name, one.stances, one.articles) for one in found.voices] == [
        ("Carl Dorn", (("denies", 2),), 2),
        ("Ida Jung", (("asserts", 1),), 1),
    ]


@pytest.mark.parametrize(
    ("told", "asserting", "denying"),
    [
        ((("Ida Jung", "said"), ("Carl Dorn", "denied")), ("Ida Jung",), ("Carl Dorn",)),
        (((None, "said"), ("Carl Dorn", "denied")), ("an article’s own voice",), ("Carl Dorn",)),
        ((("Ida Jung", "said"), ("Carl Dorn", "said not")), ("Ida Jung",), ("Carl Dorn",)),
    ],
)
def test_what_one_asserts_and_another_denies_is_disputed(shown, told, asserting, denying):
    [dispute] = shown(spoken("a", *told)).disputes

    assert (dispute.asserting, dispute.denying) == (asserting, denying)


@pytest.mark.parametrize("told", [[("Ida Jung", "said"), ("Carl Dorn", "doubted")], [("Ida Jung", "denied")]])
def test_what_nobody_contradicts_is_not_disputed(shown, told):
    assert shown(spoken("a", *told)).disputes == ()


def test_a_dated_voice_meets_an_undated_one(shown):
    found = shown(
        spoken("a", ("Ida Jung", "said"), time="2023-03-14"),
        on(spoken("b", ("Carl Dorn", "denied")), date(2023, 4, 1)),
    )

    [dispute] = found.disputes
    assert dispute.latest == "2023-04-01"


def test_who_asserts_the_stronger_asserts_the_weaker_and_who_denies_it_does_not(shown):
    stronger = spoken("a", ("Ida Jung", "said"), predicate="crashedInto")
    [dispute] = shown(stronger, spoken("b", ("Carl Dorn", "denied"))).disputes

    assert "collided with" in dispute.statement


def test_a_denial_of_the_stronger_does_not_dispute_the_weaker(shown):
    denied = spoken("a", ("Carl Dorn", "denied"), predicate="crashedInto")

    assert shown(denied, spoken("b", ("Ida Jung", "said"))).disputes == ()


def test_only_the_newest_articles_count_as_new(shown, monkeypatch):
    monkeypatch.setattr(start, "RECENT", 1)
    old = on(spoken("a", ("Ida Jung", "said"), ("Carl Dorn", "denied")), date(2023, 3, 1))
    found = shown(old, on(spoken("b", ("Mara Voss", "said")), date(2023, 3, 2)))

    assert (found.articles, found.recent) == (2, 1)
    assert [one.name for one in found.voices] == ["Mara Voss"]
    assert found.disputes == ()


def test_an_empty_graph_and_one_without_index_have_nothing_to_show(shown, tmp_path):
    with open_writer(tmp_path / "graph"):
        pass
    reader = open_reader(tmp_path / "graph")
    empty = view(reader, {})
    assert (empty.is_ready, empty.articles) == (True, 0)

    (tmp_path / "graph" / FILE).unlink()
    assert not view(reader, {}).is_ready
