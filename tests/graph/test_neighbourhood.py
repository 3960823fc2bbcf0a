"""What is read piece by piece is what is read as a whole; what is too much is cut, and said to be."""

from dataclasses import replace
from datetime import date

import pytest

from graph import neighbourhood
from graph.evidence import ArticlesHere
from graph.neighbourhood import Wanted, load_part
from graph.network import Selection, load_network
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.views import indexed as views_indexed
from graph.views.indexed import searchable
from tests.graph.copied import reprinted, retold, round_up, telling, wire
from tests.graph.made import RUN, made, spoken


def on(day, pair):
    article, extraction = pair
    return replace(article, published=day), replace(extraction, published=day)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("near")
    pairs = [telling(one) for one in (wire(), reprinted(), retold(), round_up())]
    pairs += [
        on(date(2024, 5, 1), made("a")),
        on(date(2024, 5, 9), made("b", speaker="Carl Dorn", other="Gerd Holm", publisher="The Herald")),
        on(None, made("c", speaker="Gerd Holm", other="Vera Roth")),
        made("d", verb="said"),
        made("e", speaker="Anna Berg", other="Vera Roth", object_="Su-27"),
        spoken("f", ("Berg", "said not"), ("Dorn", "denied"), (None, "said not")),
        spoken("g", ("Berg", "said"), (None, "said"), is_planned=True),
    ]
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)
    return open_reader(folder)


NO_CONDITION = Selection(claims=True)
ALL_KINDS = frozenset({"fact", "claim", "about"})
SELECTIONS = [
    Selection(claims=True),
    Selection(claims=True, depth=2),
    Selection(claims=True, depth=3, types=frozenset({"PERSON"})),
    Selection(claims=True, depth=2, min_sources=2),
    Selection(claims=True, depth=2, since=date(2024, 5, 2)),
    Selection(claims=True, depth=2, until=date(2024, 5, 1)),
]


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_a_neighbourhood_is_what_the_whole_network_has_of_it(reader, selection):
    every = load_network(reader, Selection(claims=True)).nodes
    assert len(every) > 8

    for centre in every:
        whole = load_network(reader, replace(selection, around=(centre.id,)))
        part = load_part(reader.store, Wanted(selection, (centre.id,)), is_whole=True)

        assert list(part.network.nodes) == sorted(whole.nodes, key=lambda node: node.id)
        assert list(part.network.edges) == list(whole.edges)
        assert (part.found, part.is_bounded, part.edges_left_out) == (len(whole.nodes), False, 0)


def indexed(reader, selection=NO_CONDITION, kinds=ALL_KINDS):
    """Return all links as the index has them."""
    with searchable(reader) as index:
        return index.links(kinds, selection.since, selection.until)


@pytest.mark.parametrize("is_indexed", [True, False])
@pytest.mark.parametrize(
    "selection", [Selection(claims=True), *(one for one in SELECTIONS if one.depth == 1)], ids=str
)
def test_without_a_centre_it_is_all_that_is_linked(reader, selection, is_indexed):
    whole = load_network(reader, selection)
    linked = {end for edge in whole.edges for end in (edge.source, edge.target)}

    every = indexed(reader, selection) if is_indexed else None
    part = load_part(reader.store, Wanted(selection), every, is_whole=True)

    assert {node.id for node in part.network.nodes} == linked
    assert list(part.network.edges) == list(whole.edges)
    assert (part.found, part.is_bounded, part.edges_left_out) == (len(linked), False, 0)


def test_of_more_than_wanted_those_are_kept_that_most_texts_link_each_with_another(reader):
    whole = load_part(reader.store, Wanted(Selection()), indexed(reader), is_whole=True)
    texts = texts_of(reader)

    part = load_part(reader.store, Wanted(Selection(), most=4), indexed(reader))

    kept = {node.id for node in part.network.nodes}
    assert len(kept) == 4
    assert part.found == len(texts) > 4
    assert not part.is_bounded
    assert max(texts.values()) == max(texts[one] for one in kept)
    assert {end for edge in part.network.edges for end in (edge.source, edge.target)} == kept
    assert {key(edge) for edge in part.network.edges} == {
        key(edge) for edge in whole.network.edges if {edge.source, edge.target} <= kept
    }


def key(edge):
    return (edge.source, edge.target, edge.kind, edge.predicate, edge.stance, edge.speaker, edge.weight)


def texts_of(reader):
    """Return how many independent texts link each node to anything."""
    articles = {}
    for edge, places in indexed(reader).edges.items():
        for one in (edge.source, edge.target):
            articles.setdefault(one, set()).update(place.article for place in places)
    return {one: ArticlesHere(reader.store).independent(here) for one, here in articles.items()}


def test_kinds_and_days_come_from_the_index_as_they_are_wanted(reader):
    facts = indexed(reader, kinds=frozenset({"fact"})).edges
    late = indexed(reader, Selection(since=date(2024, 5, 2))).edges

    assert {key.kind for key in facts} == {"fact"}
    assert {key.kind for key in indexed(reader).edges} == {"fact", "claim", "about"}
    assert {place.day for places in late.values() for place in places} == {"2024-05-09"}
    assert indexed(reader, Selection(since=date(2024, 5, 10))).edges == {}
    assert indexed(reader, Selection(until=date(2022, 1, 1))).edges == {}


def test_more_links_than_are_looked_at_are_told(reader, monkeypatch):
    monkeypatch.setattr(views_indexed, "MOST_LINKS", 4)

    part = load_part(reader.store, Wanted(Selection()), indexed(reader))

    assert part.is_bounded
    assert 0 < len(part.network.edges) <= 4


def test_each_node_keeps_its_strongest_edge_where_edges_are_cut(reader, monkeypatch):
    whole = load_part(reader.store, Wanted(Selection()), indexed(reader))
    monkeypatch.setattr(neighbourhood, "MOST_EDGES", len(whole.network.nodes))

    part = load_part(reader.store, Wanted(Selection()), indexed(reader))

    assert part.edges_left_out > 0
    linked = {end for edge in part.network.edges for end in (edge.source, edge.target)}
    assert linked == {node.id for node in part.network.nodes}


def test_what_is_drawn_has_the_same_edges_as_the_file(reader):
    quick, whole = (load_part(reader.store, Wanted(Selection()), is_whole=one) for one in (False, True))

    assert [replace(one, times=()) for one in quick.network.edges] == [
        replace(one, times=()) for one in whole.network.edges
    ]
    assert [one.label for one in quick.network.nodes] == [one.label for one in whole.network.nodes]
    assert quick.articles == whole.articles


def test_each_sentence_comes_with_its_article(reader):
    part = load_part(reader.store, Wanted(Selection()))

    assert [len(one) for one in part.articles] == [len(edge.evidence) for edge in part.network.edges]
    assert all(
        one.startswith("https://newsgraph.example/id/article-") for own in part.articles for one in own
    )


def test_of_more_than_wanted_the_most_linked_are_kept_and_the_cut_is_told(reader):
    berg = next(one.id for one in load_network(reader, Selection()).nodes if one.label == "Anna Berg")
    whole = load_part(reader.store, Wanted(Selection(), (berg,)))
    least = min(len(edges_between(whole, berg, one.id)) for one in whole.network.nodes if one.id != berg)

    part = load_part(reader.store, Wanted(Selection(), (berg,), most=3))

    labels = [one.label for one in part.network.nodes]
    assert len(labels) == 3
    assert "Anna Berg" in labels
    assert part.found == len(whole.network.nodes) > 3
    assert all(
        len(edges_between(part, berg, one.id)) >= least for one in part.network.nodes if one.id != berg
    )


def edges_between(part, one, other):
    return [edge for edge in part.network.edges if {edge.source, edge.target} == {one, other}]


def test_what_lies_behind_a_cut_is_said_to_be_unknown(reader):
    berg = next(one.id for one in load_network(reader, Selection()).nodes if one.label == "Anna Berg")

    part = load_part(reader.store, Wanted(Selection(depth=2), (berg,), most=2))

    assert part.is_bounded


def test_a_store_with_more_evidence_than_is_read_at_once_is_said_to_be_cut(reader, monkeypatch):
    monkeypatch.setattr(neighbourhood, "MOST_READ", 3)

    part = load_part(reader.store, Wanted(Selection()))

    assert part.is_bounded
    assert part.network.nodes


def test_edges_beyond_the_limit_are_counted(reader, monkeypatch):
    every = len(load_part(reader.store, Wanted(Selection())).network.edges)
    monkeypatch.setattr(neighbourhood, "MOST_EDGES", 2)

    part = load_part(reader.store, Wanted(Selection()))

    assert (len(part.network.edges), part.edges_left_out) == (2, every - 2)


def test_kinds_stances_and_predicates_narrow_it(reader):
    def edges(**wanted):
        return load_part(reader.store, Wanted(Selection(), **wanted)).network.edges

    facts = edges(kinds=frozenset({"fact"}))
    denied = edges(kinds=frozenset({"claim"}), stances=frozenset({"denies"}))
    met = edges(predicates=frozenset({"met"}))

    assert facts
    assert {one.kind for one in facts} == {"fact"}
    assert denied
    assert {(one.kind, one.stance) for one in denied} == {("claim", "denies")}
    assert {one.predicate for one in met} == {"met"}


def test_many_claims_on_the_same_two_leave_room_for_others(tmp_path, monkeypatch):
    claims = [made(f"a{n}", speaker=f"Anna B{n}erg") for n in range(9)]  # who all deny that Dorn struck it
    claims += [
        made(one, speaker=one, other="Vera Roth", object_="Su-27") for one in ("Ida Jung", "Gerd Holm")
    ]
    with open_writer(tmp_path) as writer:
        writer.add(claims, RUN)
    reader, kinds = open_reader(tmp_path), frozenset({"fact", "claim"})
    monkeypatch.setattr(neighbourhood, "MOST_EDGES", 15)  # two more than hold all nodes

    part = load_part(reader.store, Wanted(Selection(), kinds=kinds), indexed(reader, kinds=kinds))

    labels = {node.id: node.label for node in part.network.nodes}
    drawn = [{labels[edge.source], labels[edge.target]} for edge in part.network.edges]
    assert part.edges_left_out == 7
    assert drawn.count({"Vera Roth", "Su-27"}) == drawn.count({"Carl Dorn", "MQ-9"}) == 2
