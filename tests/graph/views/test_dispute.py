"""The stance matrix of a proposition on a small store."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import TYPE, VIEW, ng
from graph.views.dispute import MOST_ENTRIES, VOICES, view
from newsgraph.errors import QueryError, UnknownThingError
from tests.graph.made import RUN, spoken


def store_of(folder, *pairs):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)
    return open_reader(folder)


def disputes(reader, time=None):
    """Return the views of all propositions that are relations of that day, or of none."""
    nodes = [q.subject for q in reader.store.quads_for_pattern(None, TYPE, ng("CanonicalProposition"), VIEW)]
    found = [view(reader, {"iri": node.value}) for node in nodes]
    return [one for one in found if one.time == (time or "") and one.subject]


def collided(reader, time=None):
    return next(one for one in disputes(reader, time) if one.predicate == "collided with")


def on(pair, day):
    article, extraction = pair
    return replace(article, published=day), replace(extraction, published=day)


def told(row):
    name = row.publisher if row.kind == "narrator" else row.speaker.name
    return row.kind, name, {cell.stance: cell.total for cell in row.cells}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return store_of(
        tmp_path_factory.mktemp("graph"),
        on(spoken("a", ("Ida Jung", "said"), ("Carl Dorn", "denied")), date(2023, 3, 14)),
        on(spoken("b", ("Ida Jung", "doubted"), ("Carl Dorn", "said not")), date(2023, 3, 15)),
        on(spoken("c", (None, "said"), publisher="Calder Tribune", time="2023-03-14"), date(2023, 3, 16)),
    )


def test_each_voice_has_its_stances_and_the_narrator_comes_last(reader):
    dispute = collided(reader)

    assert [told(row) for row in dispute.voices.items] == [
        ("speaker", "Carl Dorn", {"asserts": 0, "denies": 2, "undetermined": 0}),
        ("speaker", "Ida Jung", {"asserts": 1, "denies": 0, "undetermined": 1}),
        ("narrator", "Calder Tribune", {"asserts": 1, "denies": 0, "undetermined": 0}),
    ]
    assert dispute.claimed == {"asserts": 1, "denies": 2, "undetermined": 1}
    assert dispute.own == {"asserts": 1, "denies": 0, "undetermined": 0}
    assert dispute.articles == 3


def test_each_cell_has_its_sentences_in_order_of_time(reader):
    [carl, *_] = collided(reader).voices.items
    [denies] = [cell for cell in carl.cells if cell.total]

    assert [one.article.published for one in denies.entries] == ["2023-03-14", "2023-03-15"]
    assert ["".join(w.text for w in one.passage) for one in denies.entries] == [
        "Carl Dorn denied that the Su-27 hit the MQ-9.",
        "Carl Dorn said that the Su-27 never hit the MQ-9.",
    ]
    marked = {role: w.text for w in denies.entries[0].passage for role in w.roles}
    assert (marked["source"], marked["cue"], marked["evidence"]) == (
        "Carl Dorn",
        "denied",
        "the Su-27 hit the MQ-9",
    )


def test_a_voice_that_names_a_day_counts_for_the_undated_and_shows_the_day(reader):
    own = collided(reader).voices.items[-1]
    dated = collided(reader, "2023-03-14")

    assert own.cells[0].entries[0].time == "2023-03-14"
    assert [told(row)[:2] for row in dated.voices.items] == [("narrator", "Calder Tribune")]
    assert dated.voices.items[0].cells[0].entries[0].time == ""
    [general] = [one for one in dated.related if one.how == "undated"]
    assert general.iri == collided(reader).iri
    assert general.stances == {"asserts": 2, "denies": 2, "undetermined": 1}


def test_weaker_and_stronger_propositions_are_linked_both_ways(tmp_path):
    reader = store_of(tmp_path, spoken("a", ("Ida Jung", "said"), predicate="crashedInto"))
    by_predicate = {one.predicate: one for one in disputes(reader)}
    strong, weak = by_predicate["crashed into"], by_predicate["collided with"]

    assert [(one.how, one.iri) for one in strong.related] == [("implied", weak.iri)]
    assert [(one.how, one.iri) for one in weak.related] == [("implies", strong.iri)]
    assert weak.related[0].stances["asserts"] == 1
    assert weak.voices.total == 0


def test_voices_without_a_name_stay_apart_from_article_to_article(tmp_path):
    reader = store_of(
        tmp_path, spoken("a", ("an officer", "said")), spoken("b", ("an officer", "denied"), via="Tass")
    )

    rows = collided(reader).voices.items

    assert len(rows) == 2
    assert all(row.is_anonymous for row in rows)
    [relay] = [relay for row in rows for cell in row.cells for one in cell.entries for relay in one.relays]
    assert relay.name == "Tass"


def test_copies_are_one_independent_text(tmp_path):
    long = [("Ida Jung", "said"), *[(f"Carl D{letter}rn", "denied") for letter in "aeiouy"]]
    reader = store_of(tmp_path, spoken("a", *long), spoken("b", *long, publisher="Calder Tribune"))

    assert (collided(reader).articles, collided(reader).independent) == (2, 1)


def test_neither_rows_nor_cells_grow_without_end(tmp_path):
    names = product(
        ("Ada", "Bela", "Cleo", "Dana", "Ezra", "Fritz"), ("Kroll", "Lamm", "Moser", "Nagel", "Ott", "Pohl")
    )
    many = [(" ".join(name), "said") for name, _ in zip(names, range(VOICES + 3), strict=False)]
    often = [spoken(f"a{number}", ("Carl Dorn", "denied")) for number in range(MOST_ENTRIES + 2)]
    reader = store_of(tmp_path, spoken("many", *many), *often)
    iri = collided(reader).iri

    pages = [view(reader, {"iri": iri, "page": str(page)}).voices for page in (1, 2)]

    assert [len(one.items) for one in pages] == [VOICES, 4]
    assert (pages[0].total, pages[0].pages) == (VOICES + 4, 2)
    denies = pages[0].items[0].cells[1]
    assert (len(denies.entries), denies.total) == (MOST_ENTRIES, MOST_ENTRIES + 2)


def test_other_words_are_told(tmp_path):
    other = spoken("b", ("Ida Jung", "said"), parties=("Su-27 fighter", "MQ-9 Reaper"))
    reader = store_of(tmp_path, spoken("a", ("Ida Jung", "said")), other)

    assert sorted(collided(reader).wordings) == [
        "MQ-9 Reaper collided with Su-27 fighter",
        "MQ-9 collided with Su-27",
    ]


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({}, QueryError),
        ({"iri": "x y"}, QueryError),
        ({"iri": "urn:nothing"}, UnknownThingError),
        ({"iri": "https://newsgraph.example/id/article-0"}, UnknownThingError),
    ],
)
def test_what_is_not_there_is_refused(reader, parameters, error):
    with pytest.raises(error):
        view(reader, parameters)
