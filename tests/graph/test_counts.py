"""By how many articles a name or a wording is used, as the view keeps it: one literal, any characters."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from graph.changes import Batch
from graph.held import counts_at
from graph.prepared import prepare
from graph.resolve import NOTHING_DECIDED
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import NAMES_IN_USE, VIEW, WORDINGS_IN_USE, counts_literal, ng, text_literal
from tests.graph.made import LATER, RUN, dump_of, made, spoken

NODE = ng("anybody")
ODD = ('Anna "Nan" Berg', "Anna\nBerg", "Anna \\ Berg\t\x01\u2028\x7f", "Àñna 😀 \ue000", "{}", "\\u0041")
NAMES = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from('"\\{}:,\n\x01\ue000😀'))


def named(name, *aliases):
    article, extraction = made(name)
    first, *others = extraction.entities
    return article, replace(extraction, entities=(replace(first, aliases=aliases), *others))


@given(st.dictionaries(NAMES, st.integers(1, 10**12)))
def test_counts_are_what_they_were_and_one_literal_in_whatever_order_they_came(counts):
    literal = counts_literal(counts)
    quad = Quad(NODE, NAMES_IN_USE, literal, VIEW)
    stores = [Store() for _ in range(3)]
    stores[0].add(quad)
    stores[1].update(f"INSERT DATA {{ GRAPH {VIEW} {{ {NODE} {NAMES_IN_USE} {literal} }} }}")
    stores[2].extend(parse(serialize([quad], format=RdfFormat.JSON_LD), format=RdfFormat.JSON_LD))

    assert literal == counts_literal(dict(reversed(counts.items())))
    assert [counts_at(store, NODE, NAMES_IN_USE) for store in stores] == [counts] * 3


def test_names_stand_in_the_order_of_rfc_8785():
    assert counts_literal({"\ue000": 1, "😀": 2, "B": 3, "A": 4}).value == '{"A":4,"B":3,"😀":2,"\ue000":1}'


def test_nothing_counts_for_what_is_not_there():
    assert counts_at(Store(), NODE, NAMES_IN_USE) == {}


def test_names_of_any_characters_are_counted_shown_and_taken_away_again(tmp_path):
    first, second = named("a", *ODD, "Berg"), named("b", *ODD[1:], "Nan")
    with open_writer(tmp_path / "both") as writer:
        writer.add([first], RUN)
        writer.add([second], LATER)
    with open_writer(tmp_path / "one") as writer:
        writer.add([first], RUN)
    store = open_reader(tmp_path / "both").store
    [node] = [quad.subject for quad in store.quads_for_pattern(None, None, text_literal(ODD[0]), VIEW)]

    assert counts_at(store, node, NAMES_IN_USE) == {
        "Anna Berg": 2,
        ODD[0]: 1,
        **dict.fromkeys(ODD[1:], 2),
        "Berg": 1,
        "Nan": 1,
    }
    del store
    with open_writer(tmp_path / "both") as writer:
        writer.remove(["b"], LATER)
    assert dump_of(open_reader(tmp_path / "both")) == dump_of(open_reader(tmp_path / "one"))


def test_what_changes_of_a_proposition_or_an_edge_is_its_count():
    told = [spoken(name, ("Anna Berg", "said"), (None, "said")) for name in "ab"]
    kept = {article.version_id: (article, extraction) for article, extraction in told}
    store, all_changes = Store(), []
    for article, extraction in told:
        batch = Batch(store, NOTHING_DECIDED, kept.__getitem__)
        batch.add(prepare(article, extraction, digest="0" * 16))
        all_changes.append(batch.changes())
        store.update(all_changes[-1].text())
    gone, come = (
        [(one.subject, one.predicate) for one in some if one.graph_name == VIEW]
        for some in (all_changes[1].delete, all_changes[1].insert)
    )
    counting = {NAMES_IN_USE, WORDINGS_IN_USE, ng("mentionCount"), ng("evidenceCount")}

    assert {predicate for _, predicate in gone} == counting
    assert set(gone) < set(come)
