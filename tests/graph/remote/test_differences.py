"""The steps from one snapshot to another, and what becomes of them when they are made twice or too late."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.remote.differences import Parcel, Step, differences, parcels, sent_graphs
from graph.terms import ARTICLES, VIEW, term, version_graph

GRAPHS = (ARTICLES, VIEW, version_graph("0" * 16), version_graph("1" * 16))
quads = st.builds(
    lambda subject, value, graph: Quad(NamedNode(f"u:{subject}"), NamedNode("u:p"), Literal(value), graph),
    st.integers(0, 3),
    st.text(max_size=3) | st.just("\"\\\n'"),
    st.sampled_from(GRAPHS),
)
sets = st.sets(quads, max_size=12)


def store_of(quads):
    store = Store()
    store.extend(quads)
    for graph in GRAPHS:  # one that is empty but still there is none
        if not any(store.quads_for_pattern(None, None, None, graph)):
            store.remove_graph(graph)
    return store


@settings(max_examples=40, deadline=None)
@given(before=sets | st.none(), after=sets, most=st.integers(1, 5))
def test_the_steps_lead_from_one_to_the_other(before, after, most):
    steps = list(differences(None if before is None else store_of(before), store_of(after)))
    copy = store_of(before or ())

    for parcel in parcels(steps, most_steps=most, most_bytes=200):
        copy.update(parcel.text())

    assert set(copy) == after


@settings(max_examples=40, deadline=None)
@given(before=sets, after=sets, again=st.data())
def test_a_step_made_once_more_later_does_no_harm(before, after, again):
    steps = list(differences(store_of(before), store_of(after)))
    late = again.draw(st.lists(st.sampled_from(steps), max_size=4)) if steps else []
    copy = store_of(before)

    for step in [*steps, *late]:
        copy.update(Parcel(step.kind, (step,)).text())

    assert set(copy) == after


@settings(max_examples=40, deadline=None)
@given(before=sets, after=sets)
def test_the_same_steps_come_in_the_same_order(before, after):
    one, other = (list(differences(store_of(before), store_of(after))) for _ in range(2))

    assert one == other


def test_what_is_not_newsgraphs_own_stays_here():
    store = Store()
    for graph in (NamedNode("http://client.example/g"), VIEW):
        store.add(Quad(NamedNode("u:a"), NamedNode("u:b"), Literal("c"), graph))

    assert sent_graphs(store) == [VIEW]


def test_virtuoso_gets_durations_in_a_form_that_it_takes():
    quad = Quad(NamedNode("u:a"), NamedNode("u:b"), Literal("P2D", datatype=term("xsd:duration")), VIEW)
    parcel = Parcel("insert", (Step("insert", quad),))

    assert '"P2D"^^<http://www.w3.org/2001/XMLSchema#duration>' in parcel.text("Oxigraph")
    assert '"P2D"^^<https://w3id.org/newsgraph/ns#duration>' in parcel.text("Virtuoso/07.20 (Linux)")


def test_a_quad_that_is_too_large_goes_alone():
    steps = [
        Step("insert", Quad(NamedNode("u:a"), NamedNode("u:b"), Literal(text), VIEW))
        for text in ("a", "x" * 500, "b", "c")
    ]

    assert [len(one.steps) for one in parcels(steps, most_steps=9, most_bytes=400)] == [1, 1, 2]
