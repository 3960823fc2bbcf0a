"""Which entities and edges a selection has, what they weigh, whose word they are."""

from dataclasses import replace
from datetime import date

import pytest

import newsgraph
from graph.network import Selection, load_network, load_networkx
from graph.query import select
from graph.snapshots import open_reader
from graph.store import open_writer
from newsgraph.errors import ExportError, NoGraphError
from tests.graph.copied import reprinted, retold, round_up, telling, wire
from tests.graph.made import RUN, made, spoken


def network(folder, *pairs, **selection):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)
    return load_network(open_reader(folder), Selection(**selection))


def told(found):
    labels = {node.id: node.label for node in found.nodes}
    return {
        (one.kind, labels[one.source], one.predicate, labels[one.target], one.stance) for one in found.edges
    }


def labels_of(found):
    return {node.label for node in found.nodes}


def on(day, pair):
    article, extraction = pair
    return replace(article, published=day), replace(extraction, published=day)


def test_only_what_articles_say_themselves_is_an_edge_unless_claims_are_wanted(tmp_path):
    facts = network(tmp_path, made("a"))
    both = load_network(open_reader(tmp_path), Selection(claims=True))

    assert told(facts) == {("fact", "Anna Berg", "met", "Carl Dorn", "")}
    assert told(both) == told(facts) | {
        ("claim", "Carl Dorn", "struck", "MQ-9", "denies"),
        ("about", "Anna Berg", "deniesAbout", "Carl Dorn", "denies"),
        ("about", "Anna Berg", "deniesAbout", "MQ-9", "denies"),
    }
    assert {edge.speaker_label for edge in both.edges} == {"", "Anna Berg"}


def test_two_speakers_and_two_stances_are_never_one_edge(tmp_path):
    found = network(tmp_path, made("a"), made("b", verb="said"), made("c", speaker="Gerd Holm"), claims=True)

    struck = {(one.speaker_label, one.stance): one.weight for one in found.edges if one.predicate == "struck"}
    assert struck == {("Anna Berg", "denies"): 1, ("Anna Berg", "asserts"): 1, ("Gerd Holm", "denies"): 1}


def test_who_asserts_that_it_did_not_happen_denies_it(tmp_path):
    found = network(
        tmp_path, spoken("a", ("Berg", "said not"), ("Dorn", "denied"), (None, "said not")), claims=True
    )

    claims = {(one.speaker_label, one.stance) for one in found.edges if one.kind == "claim"}
    assert claims == {("Berg", "denies"), ("Dorn", "denies"), ("narrator", "denies")}
    assert not [one for one in found.edges if one.kind == "fact"]


def test_what_is_planned_is_neither_fact_nor_claim(tmp_path):
    found = network(tmp_path, spoken("a", ("Berg", "said"), (None, "said"), is_planned=True), claims=True)

    assert {one.kind for one in found.edges} == {"about"}


def test_an_edge_weighs_independent_texts_not_copies(tmp_path):
    found = network(tmp_path, telling(wire()), telling(reprinted()), telling(retold()))

    [owns] = found.edges
    assert (owns.weight, owns.articles) == (2, 3)
    shipping = next(node for node in found.nodes if node.label == "Northmere Shipping")
    assert (shipping.sources, shipping.articles) == (2, 3)


def test_an_excerpt_is_no_source_of_its_own_beside_the_longer_text(tmp_path):
    found = network(tmp_path, telling(wire()), telling(round_up()))

    assert [(one.weight, one.articles) for one in found.edges] == [(1, 2)]


def test_weights_are_those_of_the_saved_query(tmp_path):
    pairs = [telling(one) for one in (wire(), reprinted(), retold(), round_up())]
    found = network(tmp_path, *pairs, made("a"), made("b"))

    labels = {node.id: node.label for node in found.nodes}
    weights = {
        (frozenset((labels[one.source], labels[one.target])), one.predicate): (one.weight, one.articles)
        for one in found.edges
    }
    assert weights == {
        (frozenset((one, other)), predicate): (int(texts), int(articles))
        for one, predicate, other, certainty, _, articles, _, texts, _ in select(
            open_reader(tmp_path), "support_of_edges"
        )
        if certainty == "NarratorAsserted"
    }


def test_min_sources_leaves_out_what_fewer_texts_say(tmp_path):
    pairs = (telling(wire()), telling(reprinted()), telling(retold()), made("a"))

    assert network(tmp_path, *pairs, min_sources=3).nodes == []
    found = load_network(open_reader(tmp_path), Selection(min_sources=2))
    assert {one.predicate for one in found.edges} == {"owns"}
    assert {"Northmere Shipping", "Rosa Quint"} <= labels_of(found)
    assert "Anna Berg" not in labels_of(found)


def test_a_period_has_its_days_and_no_undated_article(tmp_path):
    pairs = (
        on(date(2024, 5, 1), made("a")),
        on(date(2024, 5, 31), made("b", speaker="Gerd Holm")),
        on(None, made("c", speaker="Vera Roth")),
    )

    whole = network(tmp_path, *pairs)
    may = load_network(open_reader(tmp_path), Selection(since=date(2024, 5, 1), until=date(2024, 5, 31)))
    late = load_network(open_reader(tmp_path), Selection(since=date(2024, 5, 2)))
    early = load_network(open_reader(tmp_path), Selection(until=date(2024, 5, 30)))

    assert {"Anna Berg", "Gerd Holm", "Vera Roth"} <= labels_of(whole)
    assert labels_of(may) == {"Anna Berg", "Gerd Holm", "Carl Dorn", "MQ-9"}
    assert labels_of(late) == {"Gerd Holm", "Carl Dorn", "MQ-9"}
    assert labels_of(early) == {"Anna Berg", "Carl Dorn", "MQ-9"}
    carl = next(node for node in may.nodes if node.label == "Carl Dorn")
    assert (carl.first, carl.last, carl.articles) == ("2024-05-01", "2024-05-31", 2)
    [met] = late.edges
    assert (met.days, met.times) == (("2024-05-31",), ("2023-03-14",))


def test_types_leave_only_theirs(tmp_path):
    found = network(tmp_path, made("a"), types=frozenset({"PERSON"}), claims=True)

    assert labels_of(found) == {"Anna Berg", "Carl Dorn"}
    assert {one.predicate for one in found.edges} == {"met", "deniesAbout"}


def chain(tmp_path, **selection):
    """Return of Anna met Carl, Carl met Gerd, Gerd met Vera."""
    pairs = (made("a"), made("b", speaker="Carl Dorn", other="Gerd Holm"))
    last = made("c", speaker="Gerd Holm", other="Vera Roth")
    return network(tmp_path, *pairs, last, **selection)


@pytest.mark.parametrize(
    ("depth", "near"),
    [
        (1, {"Anna Berg", "Carl Dorn"}),
        (2, {"Anna Berg", "Carl Dorn", "Gerd Holm"}),
        (9, {"Anna Berg", "Carl Dorn", "Gerd Holm", "Vera Roth"}),
    ],
)
def test_around_an_entity_lies_what_is_so_many_steps_away(depth, near, tmp_path):
    assert labels_of(chain(tmp_path, around=("Anna Berg",), depth=depth)) == near


def test_around_several_is_around_each(tmp_path):
    found = chain(tmp_path, around=("anna berg", "Vera Roth"), types=frozenset({"PERSON"}))

    assert labels_of(found) == {"Anna Berg", "Carl Dorn", "Gerd Holm", "Vera Roth"}
    assert len(found.edges) == 3


def test_the_entity_around_which_stays_whatever_its_type(tmp_path):
    found = network(tmp_path, made("a"), types=frozenset({"PERSON"}), around=("MQ-9",), claims=True)

    assert labels_of(found) == {"MQ-9", "Carl Dorn", "Anna Berg"}


def test_an_iri_is_a_name_too(tmp_path):
    whole = chain(tmp_path)
    anna = next(node for node in whole.nodes if node.label == "Anna Berg")

    for written in (anna.id, f"<{anna.id}>", anna.id.replace("https://newsgraph.example/id/", "id:")):
        found = load_network(open_reader(tmp_path), Selection(around=(written,)))
        assert labels_of(found) == {"Anna Berg", "Carl Dorn"}


@pytest.mark.parametrize(("written", "near"), [("Ana Berg", "'Anna Berg'"), ("roth", "'Vera Roth'")])
def test_an_unknown_entity_is_told_with_names_that_come_near(written, near, tmp_path):
    with pytest.raises(
        ExportError, match=f"no entity of the graph is called '{written}'; did you mean .*{near}"
    ):
        chain(tmp_path, around=(written,))


def test_several_of_a_name_are_told_with_their_iris(tmp_path):
    pairs = made("a"), made("b", object_="Anna Berg")  # a person and a ship

    with pytest.raises(ExportError, match=r"2 entities are called 'Anna Berg'; .*id:p.*id:p"):
        network(tmp_path, *pairs, around=("Anna Berg",))


def test_networkx_has_all_that_the_network_has(tmp_path):
    found = network(tmp_path, made("a"), claims=True)
    graph = newsgraph.load_networkx(tmp_path, Selection(claims=True))

    assert (len(graph), graph.size()) == (len(found.nodes), len(found.edges)) == (3, 4)
    [data] = [data for *_, data in graph.edges(data=True) if data["predicate"] == "struck"]
    assert (data["kind"], data["stance"], data["speaker_label"]) == ("claim", "denies", "Anna Berg")
    assert data["evidence"] == [
        "Anna Berg denied that Carl Dorn struck the MQ-9. (Northern Wire, 2023-03-16)"
    ]


def test_no_store_is_told(tmp_path):
    with pytest.raises(NoGraphError):
        load_networkx(tmp_path)
