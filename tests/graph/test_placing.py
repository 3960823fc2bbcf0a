"""Who is who across articles, on a real store: whatever comes, goes and is decided, in whatever order."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.clusters import MAX_NAMES, MAX_OF_NAME
from graph.decisions import Decision, Party, Revocation
from graph.profiles import profiles_in
from graph.query import run_query
from graph.rebuild import rebuild
from graph.review import different, same, undo
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import local_iri
from graph.validate import violations
from newsgraph.errors import DecisionError
from tests.graph.made import LATER, RUN, dump_of, naming

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BY = {"by": "sam", "at": NOON}
RUSSIA, AMERICA, PERU = ("Russia", "LOC"), ("United States", "LOC"), ("Peru", "LOC")


def dump(folder):
    return dump_of(open_reader(folder))


def write(folder, *pairs):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)
    return folder


def rows(folder, query):
    answer = json.loads(run_query(open_reader(folder), query, "json"))
    return [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]


def canonical(folder, pair, entity="e0"):
    node = local_iri(pair[0].version_id, entity)
    [row] = rows(folder, f"SELECT ?c {{ ?d ng:left {node} ; ng:right ?c }}")
    return row["c"].rpartition("/")[2]


def are_one(folder, *pairs):
    return len({canonical(folder, pair) for pair in pairs}) == 1


def test_a_known_thing_is_one_by_whatever_words_and_what_is_not_known_stays_in_its_article(tmp_path):
    def unnamed(article_id, words, *known):
        article, extraction = naming(article_id, (words, "ORG", *known))
        mentions = tuple(replace(one, kind="nominal") for one in extraction.mentions)
        return article, replace(extraction, mentions=mentions)

    known = [
        unnamed("a", "Russia's defence ministry", "ministry/ru/defence"),
        unnamed("b", "the ministry in Moscow", "ministry/ru/defence"),
    ]
    unknown = [unnamed("c", "the ministry"), unnamed("d", "the ministry")]
    write(tmp_path, *known, *unknown)

    assert are_one(tmp_path, *known)
    assert not are_one(tmp_path, *unknown)
    assert not are_one(tmp_path, known[0], unknown[0])


@pytest.mark.parametrize(("one", "other", "kind"), [
    ("Volodymyr Zelenskyy", "Volodymyr Zelensky", "PERSON"),
    ("Volodymyr Zelenskiy", "Vladimir Zelensky", "PERSON"),
    ("Joe Biden", "Joseph Biden", "PERSON"),
    ("Donald Trump", "Donald J. Trump", "PERSON"),
    ("Muammar Gaddafi", "Muammar Qaddafi", "PERSON"),
    ("Ministry of Agriculture of Peru", "Peru Agriculture Ministry", "ORG"),
    ("International Atomic Energy Agency", "IAEA", "ORG"),
    ("World Trade Organisation", "World Trade Organization", "ORG"),
    ("Su-27", "Su-27s", "PRODUCT"),
])  # fmt: skip
def test_forms_of_one_name_are_one_thing(one, other, kind, tmp_path):
    pairs = [naming("a", (one, kind), PERU), naming("b", (other, kind), PERU)]

    write(tmp_path, *pairs)

    assert are_one(tmp_path, *pairs)


@pytest.mark.parametrize(("one", "other", "kind"), [
    ("George W. Bush", "George H. W. Bush", "PERSON"),
    ("Harold Pruitt Jr.", "Harold Pruitt Sr.", "PERSON"),
    ("Lloyd Austin", "Clara Austin", "PERSON"),
    ("Su-27", "Su-27SM3", "PRODUCT"),
    ("Su-27", "Su-35", "PRODUCT"),
    ("First Infantry Division", "Fifth Infantry Division", "ORG"),
    ("Ministry of Defence", "Ministry of Development", "ORG"),
    ("Austin", "Austin Peay", "LOC"),
])  # fmt: skip
def test_names_of_two_things_are_two(one, other, kind, tmp_path):
    pairs = [naming("a", (one, kind), PERU), naming("b", (other, kind), PERU)]

    write(tmp_path, *pairs)

    assert not are_one(tmp_path, *pairs)


def test_one_name_of_two_places_is_told_apart_by_the_country(tmp_path):
    caucasus = naming("a", ("Georgia", "LOC"), ("Tbilisi", "LOC"), ("Georgians", "NORP"))
    south = naming("b", ("Georgia", "LOC"), ("Atlanta", "LOC"), AMERICA)
    again = naming("c", ("Georgia", "LOC"), ("Tbilisi", "LOC"), ("Abkhazia", "LOC"))

    write(tmp_path, caucasus, south, again)

    assert are_one(tmp_path, caucasus, again)
    assert not are_one(tmp_path, caucasus, south)


def test_a_name_that_each_country_has_is_of_each_country(tmp_path):
    russian = naming("a", ("Defense Ministry", "ORG"), RUSSIA, ("Moscow", "LOC"))
    peruvian = naming("b", ("Defence Ministry", "ORG"), PERU, ("Lima", "LOC"))
    again = naming("c", ("Ministry of Defence", "ORG"), RUSSIA)

    write(tmp_path, russian, peruvian, again)

    assert are_one(tmp_path, russian, again)
    assert not are_one(tmp_path, russian, peruvian)


def test_a_common_name_is_not_enough_where_all_else_differs(tmp_path):
    chief = naming("a", ("Michael Johnson", "PERSON"), AMERICA, said="")
    coach = naming("b", ("Michael Johnson", "PERSON"), ("New Zealand", "LOC"))
    rare = [naming("c", ("Oddvar Brekke", "PERSON"), AMERICA), naming("d", ("Oddvar Brekke", "PERSON"), PERU)]

    write(tmp_path, chief, coach, *rare)

    assert not are_one(tmp_path, chief, coach)
    assert are_one(tmp_path, *rare)


def test_known_things_are_one_whatever_they_are_called_and_keep_their_iri(tmp_path):
    key = "person/mohammed-bin-salman"
    short = naming("a", ("MbS", "PERSON", key))
    full = naming("b", ("Mohammed bin Salman", "PERSON", key))
    unknown = naming("c", ("Mohamad bin Salman", "PERSON"))  # no list has that spelling
    namesake = naming("d", ("Mohammed bin Salman", "PERSON", "person/mohammed-bin-salman-the-poet"))

    write(tmp_path, short)
    alone = canonical(tmp_path, short)
    write(tmp_path, full, unknown)

    assert are_one(tmp_path, short, full, unknown)
    assert canonical(tmp_path, short) == alone
    write(tmp_path, namesake)
    assert not are_one(tmp_path, full, namesake)


def test_things_of_the_analyst_s_list_are_of_the_type_that_it_tells(tmp_path):
    person = naming("a", ("Mark Holt", "PERSON", "own/mark-holt"))
    firm = naming("b", ("Mark Holt", "ORG", "own/mark-holt"))

    write(tmp_path, person, firm)

    assert canonical(tmp_path, person).startswith("person-")
    assert canonical(tmp_path, firm).startswith("org-")


def test_a_surname_alone_stays_in_its_article(tmp_path):
    pairs = [
        naming("a", ("Austin", "PERSON")),
        naming("b", ("Austin", "PERSON")),
        naming("c", ("Lloyd Austin", "PERSON")),
    ]

    write(tmp_path, *pairs)

    assert len({canonical(tmp_path, pair) for pair in pairs}) == 3


def test_each_decision_tells_who_made_it_and_what_was_weighed(tmp_path):
    write(tmp_path, naming("a", ("Joe Biden", "PERSON")), naming("b", ("Joseph Biden", "PERSON")))

    [row] = rows(tmp_path, "SELECT * { ?d a ng:MachineDecision ; ng:judgement ?judgement ; ng:score ?score ;"
                           " ng:reason ?reason ; ng:features ?features ; ng:decidedBy ?by }")  # fmt: skip

    assert row["judgement"].endswith("#Same")
    assert 0.85 <= float(row["score"]) <= 1
    assert "same surname" in row["reason"]
    assert "nickname 1 × +" in row["features"]
    assert row["by"].startswith("newsgraph ")


# ---- Reviewers and the machine


def test_two_names_that_the_machine_joined_are_parted_for_good(tmp_path):
    one, other = naming("a", ("Joe Biden", "PERSON")), naming("b", ("Joseph Biden", "PERSON"))
    write(tmp_path, one, other)
    before = dump(tmp_path)
    assert are_one(tmp_path, one, other)

    decided = different(tmp_path, "Joe Biden", "Joseph Biden", **BY)

    assert not are_one(tmp_path, one, other)
    write(
        tmp_path,
        naming("c", ("Joe Biden", "PERSON"), AMERICA),
        naming("d", ("Joseph R. Biden", "PERSON"), AMERICA),
    )
    assert not are_one(tmp_path, one, other)
    with open_writer(tmp_path) as writer:
        writer.remove(["c", "d"], RUN)
    undo(tmp_path, decided.decision.id, by="kim", at=NOON + timedelta(hours=1))
    lines = [line for line in dump(tmp_path).splitlines() if decided.decision.id.encode() not in line]
    assert lines == before.splitlines()


def test_one_of_two_things_of_a_name_can_be_joined_with_another(tmp_path):
    caucasus = naming("a", ("Georgia", "LOC"), ("Tbilisi", "LOC"))
    south = naming("b", ("Georgia", "LOC"), ("Atlanta", "LOC"))
    state = naming("c", ("Peach State", "LOC"))
    write(tmp_path, caucasus, south, state)

    same(tmp_path, f"id:{canonical(tmp_path, south)}", "Peach State", **BY)

    assert are_one(tmp_path, south, state)
    assert not are_one(tmp_path, south, caucasus)
    write(
        tmp_path,
        *(naming(f"x{k}", ("Georgia", "LOC"), ("Tbilisi", "LOC"), ("Batumi", "LOC")) for k in range(3)),
    )
    assert are_one(tmp_path, south, state)
    assert violations(open_reader(tmp_path).store) == []


def test_a_known_thing_is_judged_as_such_and_stays_one(tmp_path):
    known = naming("a", ("Lloyd Austin", "PERSON", "person/lloyd-austin"))
    by_post = naming("b", ("Secretary Austin", "PERSON", "person/lloyd-austin"))
    other = naming("c", ("Ellen Kvist", "PERSON"))
    write(tmp_path, known, by_post, other)

    before = canonical(tmp_path, known)
    same(tmp_path, f"id:{before}", f"id:{canonical(tmp_path, other)}", **BY)

    assert are_one(tmp_path, known, by_post, other)
    assert canonical(tmp_path, known) == before


# ---- Whatever the order

THINGS = [
    ("Joe Biden", "PERSON"),
    ("Joseph Biden", "PERSON"),
    ("Joseph R. Biden Jr.", "PERSON"),
    ("Jill Biden", "PERSON"),
    ("Joe Biden", "PERSON", "person/joe-biden"),
    ("the old man", "PERSON", "person/joe-biden"),
    ("Biden", "PERSON"),
    ("Georgia", "LOC"),
    ("Tbilisi", "LOC"),
    ("Atlanta", "LOC"),
    ("Defense Ministry", "ORG"),
    ("Ministry of Defence", "ORG"),
    ("MoD", "ORG"),
    RUSSIA,
    PERU,
]
SOME = st.lists(st.sampled_from(THINGS), min_size=1, max_size=5, unique=True).map(tuple)
PARTIES = [
    Party("Joe Biden", "PERSON"),
    Party("Joseph Biden", "PERSON"),
    Party("Joseph R. Biden Jr.", "PERSON"),
    Party("Georgia", "LOC"),
    Party("Ministry of Defence", "ORG"),
    Party("Defense Ministry", "ORG"),
    Party("Joe Biden", "PERSON", place="known:person/joe-biden"),
    *(Party(name, kind, article) for name, kind, article in
      [("Joe Biden", "PERSON", "n0"), ("Joseph Biden", "PERSON", "n1"),
       ("Georgia", "LOC", "n0"), ("MoD", "ORG", "n1")]),
    *(Party(words, kind, place=f"profile:{profile.hash}") for words, kind, *others in
      [("Georgia", "LOC", ("Tbilisi", "LOC")), ("Georgia", "LOC", ("Atlanta", "LOC")),
       ("Joe Biden", "PERSON", RUSSIA)]
      for profile in [profiles_in(naming("x", (words, kind), *others)[1])["e0"]]),
]  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(["same", "different", "different", "undo"]), *[st.sampled_from(PARTIES)] * 2),
    max_size=5,
)
CASES = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def record(writer, steps, begin=0):
    """Decide what is allowed; whether it is does not depend on which articles are there."""
    for minutes, (judgement, one, other) in enumerate(steps, start=begin):
        at = NOON + timedelta(minutes=minutes)
        entry = Decision(judgement, one, other, "sam", at, "seen")
        if judgement == "undo":
            standing = [name for name in writer.decisions.by_id if name not in writer.decisions.revoked]
            entry = Revocation(standing[0], "kim", at) if standing else None
        try:
            if entry is not None:
                writer.record(entry)
        except DecisionError:
            continue


@CASES
@given(told=st.lists(SOME, min_size=3, max_size=7), random=st.randoms(use_true_random=False), steps=STEPS)
def test_neither_order_nor_what_was_there_before_leaves_a_trace(tmp_path_factory, told, random, steps):
    one, other = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    pairs = [naming(f"n{number}", *things) for number, things in enumerate(told)]
    with open_writer(one) as writer:
        record(writer, steps)
        writer.add(pairs[:-1], RUN)
    shuffled = random.sample(pairs, len(pairs))
    cut = random.randrange(len(pairs))
    with open_writer(other) as writer:
        for pair in shuffled[:cut]:
            writer.add([pair], RUN)
        record(writer, steps)
        writer.add(shuffled[cut:], LATER)
        writer.remove([pairs[-1][0].id], LATER)

    assert dump(other).splitlines() == dump(one).splitlines()
    rebuild(other)
    assert dump(other) == dump(one)
    assert violations(open_reader(one).store) == []


@CASES
@given(told=st.lists(SOME, min_size=2, max_size=6), steps=STEPS)
def test_what_reviewers_called_different_is_never_one(tmp_path_factory, told, steps):
    folder = tmp_path_factory.mktemp("store")
    pairs = [naming(f"n{number}", *things) for number, things in enumerate(told)]
    with open_writer(folder) as writer:
        record(writer, steps)
        writer.add(pairs, RUN)

    reader = open_reader(folder)
    decisions, places = reader.decisions(), reader.resolver().places
    standing = [one for name, one in decisions.by_id.items() if name not in decisions.revoked]
    bearers = {party.node: bearers_of(party, pairs, folder) for party in PARTIES}
    for one in standing:
        if one in decisions.contradicted:
            continue
        sides = [bearers[one.one.node], bearers[one.other.node]]
        if one.judgement == "different":
            assert not sides[0] & sides[1], str(one)
        elif not (one.one.is_own or one.other.is_own):
            assert places.of_party(one.one.node) == places.of_party(one.other.node)


def bearers_of(party, pairs, folder):
    """Return the canonical nodes of the entities meant by a party, where no other decision moved them."""
    found = set()
    for article, extraction in pairs:
        for entity, profile in profiles_in(extraction).items():
            node = party.node
            means_it = (
                article.id == party.article
                and Party(extraction_name(extraction, entity), profile.type, article.id).node == node
                if party.is_own
                else node in (profile.node, profile.name_node)
            )
            if means_it and not (not party.is_own and is_moved(article, extraction, entity, folder)):
                found.add(canonical(folder, (article, extraction), entity))
    return found


def extraction_name(extraction, entity):
    return next(one.name for one in extraction.entities if one.id == entity)


def is_moved(article, extraction, entity, folder):
    """Tell whether reviewers judged the entity itself, or one of several things of its name."""
    own = Party(extraction_name(extraction, entity), profiles_in(extraction)[entity].type, article.id)
    decisions = open_reader(folder).decisions()
    return bool(decisions.naming(own.node)) or bool(decisions.naming(profiles_in(extraction)[entity].node))


@CASES
@given(told=st.lists(SOME, min_size=2, max_size=6), steps=STEPS,
       last=st.tuples(*[st.sampled_from(PARTIES)] * 2),
       judgement=st.sampled_from(["same", "different"]))  # fmt: skip
def test_to_decide_and_undo_leaves_no_trace_but_the_record(tmp_path_factory, told, steps, last, judgement):
    folder = tmp_path_factory.mktemp("store")
    with open_writer(folder) as writer:
        writer.add([naming(f"n{number}", *things) for number, things in enumerate(told)], RUN)
        record(writer, steps)
    before, late = dump(folder).splitlines(), NOON + timedelta(days=1)
    decision = Decision(judgement, *last, "sam", late, "seen")
    with open_writer(folder) as writer:
        try:
            writer.record(decision)
        except DecisionError:
            return
        writer.record(Revocation(decision.id, "kim", late))

    assert [line for line in dump(folder).splitlines() if decision.id.encode() not in line] == before


def test_more_than_are_compared_come_and_go_without_a_trace(tmp_path):
    """Names and profiles beyond those that are compared, chosen by hash, not by order."""
    countries = [
        "Peru",
        "Chile",
        "Norway",
        "Kenya",
        "Japan",
        "Poland",
        "Ghana",
        "Nepal",
        "Yemen",
        "Oman",
        "Iraq",
        "Mali",
    ]
    assert len(countries) > MAX_OF_NAME
    pairs = [naming(f"c{k}", ("Ada Bell", "PERSON"), (one, "LOC")) for k, one in enumerate(countries)]
    pairs += [
        naming(f"n{k}", (f"A{'aeiou'[k % 5] * (k // 5 + 1)}da Bell", "PERSON")) for k in range(MAX_NAMES + 8)
    ]
    one, other = write(tmp_path / "one", *pairs[::2]), tmp_path / "other"
    for start in range(0, len(pairs), 5):
        write(other, *pairs[::-1][start : start + 5])
    with open_writer(other) as writer:
        writer.remove([article.id for article, _ in pairs[1::2]], RUN)

    assert dump(other) == dump(one)
    shutil.copytree(other, third := tmp_path / "third", symlinks=True)
    rebuild(third)
    assert dump(third) == dump(one)
    assert violations(open_reader(one).store) == []
