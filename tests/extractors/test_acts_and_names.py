"""What was done to somebody is nothing said; and who is called an engineer is a person."""

import pytest

from tests.extractors.reading import read, triples


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Mayor Anna Berg dismissed the city's fire chief, Carl Dorn.",
            ("Anna Berg", "dismissed", "Carl Dorn"),
        ),
        ("The Norvik Bank sued Carl Dorn in May.", ("Norvik Bank", "sued", "Carl Dorn")),
        ("Norway arrested Carl Dorn on Monday.", ("Norway", "arrested", "Carl Dorn")),
    ],
)
def test_an_act_is_a_relation_and_no_attribution(nlp, text, told):
    read_so = read(nlp, text)

    assert told in triples(read_so)
    assert read_so.attributions == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Two ferries, the Isla Verde and the Dona Pilar, collided in fog.",
            ("Isla Verde", "collidedWith", "Dona Pilar"),
        ),
        ("A Su-27 struck the propeller of an MQ-9 on Tuesday.", ("Su-27", "struck", "MQ-9")),
        ("One of the two Su-27s struck the MQ-9 on Tuesday.", ("Su-27s", "struck", "MQ-9")),
        ("The founder of Poltronics, Maarten Pol, met Anna Berg.", ("Maarten Pol", "met", "Anna Berg")),
        ("Norvik owns a third of Lund Metals.", ("Norvik", "owns", "Lund Metals")),
    ],
)
def test_names_in_apposition_parts_and_shares_stand_for_the_whole(nlp, text, told):
    assert told in triples(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Anna Berg is the head of the relief agency Seavane.", ("Anna Berg", "leads", "Seavane")),
        (
            "Anna Berg, a spokeswoman for the ferry operator Kystlinjen, resigned.",
            ("Anna Berg", "holdsPostAt", "Kystlinjen"),
        ),
        (
            "Anna Berg resigned as head of the Lund Institute.",
            ("Anna Berg", "resignedFrom", "Lund Institute"),
        ),
        ("The leaders of Norway and Sweden met in Lund.", ("Norway", "met", "Sweden")),
        ("Seoul-based Daon Robotics sued Carl Dorn.", ("Daon Robotics", "locatedIn", "Seoul")),
        ("Police freed two brothers, Iker and Unai Zabala.", ("Iker", "relativeOf", "Unai Zabala")),
        ("Norway will send 40 soldiers to Sweden.", ("Norway", "deployedTo", "Sweden")),
    ],
)
def test_who_acts_for_whom_and_what_stands_beside_names_tells_of_them(nlp, text, told):
    assert told in triples(read(nlp, text))


def test_what_was_dismissed_as_false_is_denied(nlp):
    [denial] = read(nlp, "Anna Berg dismissed the report that she had met Carl Dorn.").attributions[:1]

    assert denial.stance == "denies"


def test_groups_and_nameless_voices_are_told_apart(nlp):
    article = read(
        nlp, "Danish officials denied that Anna Berg had met the minister. One said that it was absurd."
    )
    kinds = {one.name: one.kind for one in article.entities}

    assert kinds["Anna Berg"] == "named"
    assert kinds["Danish officials"] == "group"
    assert kinds["One"] == "anonymous"
    assert kinds["minister"] == "described"


CARRIER = (
    "The USS Gerald R. Ford sailed on Sunday. Gerald Ford served in the Navy. The Ford carries 75 aircraft."
)


@pytest.mark.parametrize(
    ("text", "name", "kinds"),
    [
        ("Anna Lund spoke. Lund said that the homes south of Lund were flooded.", "Lund", ["PERSON", "LOC"]),
        (
            "Denzel Washington flew to Washington. Washington, 66, plays a judge.",
            "Washington",
            ["LOC", "PERSON"],
        ),
        (CARRIER, "Ford", ["PRODUCT"]),
        ("The pilot, Nadia Ford, drives a Ford.", "Ford", ["PRODUCT"]),
        (
            "Rami Jordan spoke. Traders in Jordan said that Jordan, which buys steel, gained.",
            "Jordan",
            ["LOC"] * 2,
        ),
    ],
)
def test_a_name_is_what_it_stands_for_where_it_stands(nlp, text, name, kinds):
    extraction = read(nlp, text)
    found = [one.type for one in extraction.mentions if extraction.text[one.start : one.end] == name]

    assert found == kinds
