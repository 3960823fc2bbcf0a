"""What one article's graph says of attributions, relations, propositions and their voices."""

from dataclasses import replace

import pytest

from graph import terms
from graph.build import version_quads
from graph.terms import ng, term
from newsgraph.records import Attribution, Entity, TextSpan, Value
from tests.graph.made import made, spoken


def described(pair, name):
    """Return what the article's graph says of a node: local names by property."""
    article, extraction = pair
    node, found = terms.local_iri(article.version_id, name), {}
    for quad in version_quads(article, extraction):
        if quad.subject == node:
            found.setdefault(_local(quad.predicate), []).append(_local(quad.object))
    return found


def _local(node):
    return node.value.rpartition("#")[2].rpartition("/")[2] if node.value.startswith("http") else node.value


def changed(part, **fields):
    """Return made("a") with other fields of its first attribution or relation."""
    article, extraction = made("a")
    first, *others = getattr(extraction, part)
    return article, replace(extraction, **{part: (replace(first, **fields), *others)})


def test_an_attribution_tells_cue_time_addressee_and_medium():
    told = described(
        changed("attributions", cue_type="denial", temporality="future", addressee="e1", medium="statement"),
        "a0",
    )

    assert (told["cueType"], told["temporality"]) == (["Denial"], ["Future"])
    assert (told["addressee"], told["medium"]) == (["e1"], ["statement"])
    assert told["text"] == ["that Carl Dorn struck the MQ-9"]


def test_what_is_not_told_is_not_there():
    told = described(made("a"), "a0")

    assert (told["cueType"], told["temporality"]) == (["Neutral"], ["NonFuture"])
    assert told.keys().isdisjoint(
        {"addressee", "medium", "reportedVia", "relay", "inAttribution", "proposition"}
    )
    assert (
        described(made("a"), "r0")
        .keys()
        .isdisjoint({"until", "duration", "timeBasis", "post", "rule", "value"})
    )


def nested(*outer, relays=(), via=None, stance="asserts"):
    """Return an article whose a0 stands in a1, and that in a2 …, each of ``outer`` (speaker, relays)."""
    article, extraction = changed(
        "attributions", relays=relays, via=via, inside="a1" if outer else None, speaker="e0"
    )
    names = [f"a{number}" for number in range(1, len(outer) + 1)]
    around = [
        Attribution(name, (), (), (TextSpan(0, 9),), speaker, None, stance, "certain", "indirect", 0.9,
                    relays=passed_on, inside=inside)
        for (speaker, passed_on), name, inside in zip(outer, names, [*names, None][1:], strict=True)
    ]  # fmt: skip
    entities = (
        *extraction.entities,
        *(Entity(f"e{number}", f"Relay {number}", "ORG") for number in (4, 5, 6)),
    )
    return article, replace(extraction, attributions=(*extraction.attributions, *around), entities=entities)


@pytest.mark.parametrize(("pair", "relays", "chain"), [
    (nested(relays=("e4", "e5"), via="e4"), ["e4", "e5"], ["e4", "e5"]),
    (nested(via="e4"), ["e4"], ["e4"]),  # of an older version
    (nested(("e1", ())), [], ["e1"]),
    (nested(("e4", ()), relays=("e4",), via="e4"), ["e4"], ["e4"]),
    (nested(("e1", ("e5",)), ("e5", ()), relays=("e4", "e5"), via="e4"), ["e4", "e5"], ["e4", "e1", "e5"]),
    (nested((None, ("e5",)), relays=("e5",)), ["e5"], ["e5"]),
    (nested(("e0", ()), relays=()), [], []),
    (nested(("e1", ()), stance="denies"), [], []),
    (nested(("e1", ()), relays=("e4",), stance="undetermined"), ["e4"], ["e4"]),
], ids=["relays", "one", "words", "relay", "all", "nobody", "own", "denied", "asked"])  # fmt: skip
def test_the_chain_runs_from_the_speaker_outwards(pair, relays, chain):
    told = described(pair, "a0")
    links = [described(pair, link) for link in told.get("relay", ())]

    assert told.get("reportedVia", []) == relays
    assert [link["relayedBy"] for link in links] == [[one] for one in chain]
    assert [link["relayRank"] for link in links] == [[str(rank)] for rank in range(1, len(chain) + 1)]


def test_nesting_is_told_and_a_circle_does_no_harm():
    article, extraction = nested(("e1", ()), ("e4", ()))
    circle = tuple(replace(one, inside=one.inside or "a0") for one in extraction.attributions)

    assert described((article, extraction), "a0")["inAttribution"] == ["a1"]
    assert described((article, replace(extraction, attributions=circle)), "a0")["relay"] == [
        "a0-relay1",
        "a0-relay2",
    ]


def test_a_relation_tells_its_stretch_of_time_post_and_rule():
    told = described(
        changed(
            "relations",
            time="2023-03-03",
            until="2023-03-05",
            duration="P3D",
            time_basis="publication date",
            post="defence minister",
            rule="post",
        ),
        "r0",
    )

    assert (told["time"], told["until"], told["duration"]) == (["2023-03-03"], ["2023-03-05"], ["P3D"])
    assert (told["timeBasis"], told["post"], told["rule"]) == (
        ["publication date"],
        ["defence minister"],
        ["post"],
    )


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("P3D", "P3D"),
        ("P2W", "P14D"),
        ("P1Y6M", "P1Y6M"),
        ("PT36H", "PT36H"),
        ("P1DT12H", "P1DT12H"),
        ("P1Y2W", None),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("P1.5D", None),
        ("three days", None),
    ],
)
def test_a_duration_is_one_of_xsd_or_none(given, written):
    literal = terms.duration_literal(given)

    assert (literal.value if literal else None) == written


def test_a_value_tells_amount_unit_kind_bound_and_characters():
    money = Value("money", 32_000_000.0, "USD", 0, 4, "about")
    pair = changed("relations", values=(money, Value("count", 12.0, "soldier", 5, 9, "at least")))

    assert described(pair, "r0")["value"] == ["r0-value0", "r0-value1"]
    assert described(pair, "r0-value0") == {
        "type": ["RelationValue"],
        "valueKind": ["Money"],
        "amount": ["32000000"],
        "unit": ["USD"],
        "bound": ["About"],
        "wasDerivedFrom": ["c0-4"],
    }
    assert described(pair, "r0-value1")["bound"] == ["Minimum"]
    assert terms.amount_literal(1.25) == terms.Literal("1.25", datatype=term("xsd:decimal"))


def test_a_proposition_is_told_by_nobody_and_each_voice_on_it_has_its_stance():
    pair = spoken("e", ("Anna Berg", "denied"), (None, "said"), ("Carl Dorn", "said not"), time="2023-03-14")

    assert described(pair, "p0") == {
        "type": ["Proposition", "Claim"],
        "text": ["the Su-27 hit the MQ-9"],
        "propKey": ["|collidedWith|2023-03-14"],
        "subject": ["e0"],
        "predicate": ["collidedWith"],
        "object": ["e1"],
        "time": ["2023-03-14"],
        "about": ["e0", "e1"],
        "expresses": ["r0", "r1", "r2"],
    }
    assert described(pair, "a0")["proposition"] == ["p0"]
    assert described(pair, "v-p0-a0-r0") == {
        "type": ["Voice"],
        "onProposition": ["p0"],
        "attribution": ["a0"],
        "relation": ["r0"],
        "stance": ["Denies"],
        "score": ["0.9000"],
        "reason": ["told in these words"],
        "sentence": ["c0-45"],
    }
    assert described(pair, "v-p0-r1")["source"] == ["Narrator"]
    assert "attribution" not in described(pair, "v-p0-r1")


def test_who_says_that_it_did_not_happen_asserts_the_words_and_denies_the_proposition():
    pair = spoken("e", ("Carl Dorn", "said not"))

    assert described(pair, "a0")["stance"] == ["Asserts"]
    assert described(pair, "v-p0-a0-r0")["stance"] == ["Denies"]


def test_a_proposition_in_words_is_about_what_its_contents_mention_and_has_no_relation():
    pair = spoken("e", ("Anna Berg", "denied"), as_words=True)
    told = described(pair, "p0")

    assert told.keys().isdisjoint({"subject", "predicate", "object", "time"})
    assert told["about"] == ["e0", "e1"]
    assert described(pair, "v-p0-a0")["sentence"] == described(pair, "a0")["sentence"]


def test_an_extraction_of_an_older_version_has_no_propositions():
    predicates = {quad.predicate for quad in version_quads(*made("a"))}

    assert predicates.isdisjoint({ng("proposition"), ng("onProposition"), ng("propKey")})
