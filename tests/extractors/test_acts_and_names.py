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


@pytest.mark.parametrize(
    ("text", "told", "wrong"),
    [
        (
            "Its mission chief for Ardenia, Yuki Roe, who met Carl Dorn in Lund, said prices rose.",
            ("Yuki Roe", "met", "Carl Dorn"),
            ("Ardenia", "met", "Carl Dorn"),
        ),
        (
            "Poland bought six drones from Turkey's Baykar in 2022.",
            ("Baykar", "supplied", "Poland"),
            ("Poland", "supplied", "Baykar"),
        ),
        (
            "Carl Dorn founded the firm Skylark Ltd in 1990 and sold to Vesta Gas in 1998.",
            ("Carl Dorn", "founded", "Skylark Ltd"),
            ("Carl Dorn", "supplied", "Vesta Gas"),
        ),
        (
            "Norvik Oil owns 14.9% of Vesta Gas, which it bought from Lund Metals.",
            None,
            ("Norvik Oil", "acquired", "Vesta Gas"),
        ),
        ("Carl Dorn was tired as he left the ministry.", None, ("Carl Dorn", "withdrewFrom", "ministry")),
        ("Norway stands by Manila and will leave it at that.", None, ("Norway", "withdrewFrom", "Manila")),
        (
            "The World Health Organization sent a team of 24 experts to Kolwezi.",
            None,
            ("World Health Organization", "supplied", "Kolwezi"),
        ),
        (
            "Norvik Oil sold the rights to it to Vesta Gas in 2019.",
            None,
            ("Norvik Oil", "supplied", "Vesta Gas"),
        ),
        ("Rebels shelled a Red Cross convoy.", ("Rebels", "attacked", "Red Cross convoy"), None),
        (
            "Jens Okon, the UN humanitarian coordinator in the country, met Anna Berg.",
            ("Jens Okon", "holdsPostAt", "UN"),
            None,
        ),
    ],
)
def test_who_did_it_and_what_was_handed_over(nlp, text, told, wrong):
    found = triples(read(nlp, text))

    assert told is None or told in found
    assert wrong not in found


def test_a_place_counts_nobody_who_stood_there(nlp):
    extraction = read(
        nlp, "Some 300 workers demonstrated outside the headquarters of Norvik Oil in Stavanger."
    )

    assert all(not one.values for one in extraction.relations if one.predicate == "locatedIn")


@pytest.mark.parametrize(
    ("text", "name", "noun", "is_one"),
    [
        ("He sold it to the Iranian firm Pars Aero, which builds it.", "Pars Aero", "the Iranian firm", True),
        ("A Greek paper, Athens Tribune, claimed that it rained.", "Athens Tribune", "A Greek paper", False),
        (
            "A Greek newspaper, Athens Tribune, claimed that it rained.",
            "Athens Tribune",
            "A Greek newspaper",
            True,
        ),
        ("Arms researcher Dr. Ida Ruud said it rained.", "Ida Ruud", "Arms researcher", True),
        ("A spokesman for the family, Anders Holm, resigned.", "Anders Holm", "the family", False),
    ],
)
def test_a_noun_beside_a_name_is_it_where_it_can_be(nlp, text, name, noun, is_one):
    entity = {text[one.start : one.end]: one.entity for one in read(nlp, text).mentions}

    assert (entity[name] == entity.get(noun)) == is_one


@pytest.mark.parametrize(
    "source",
    ["Only two of 17 economists polled by Market Wire", "Sixteen of the members named by Falk Energy"],
)
def test_some_of_those_whom_somebody_names_are_not_he(nlp, source):
    extraction = read(nlp, f"{source} said that prices would rise.")

    assert [one.speaker for one in extraction.attributions] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Carl Dorn may well have ordered the attack on Lund.",
        "The European Commission blocked Norvik Oil's purchase of the grid firm Elvolt in 2018.",
        "Washington imposed sanctions on General Carl Dorn on Thursday.",
        "Norvik Oil downgraded the debt of Lund.",
    ],
)
def test_deeds_and_guesses_are_nobodys_words(nlp, text):
    assert read(nlp, text).attributions == ()


def test_a_guess_at_somebodys_words_still_has_them(nlp):
    [said] = read(nlp, "The court may have said that Anna Berg met Carl Dorn.").attributions

    assert said.content


def test_the_reason_for_a_deed_is_the_word_of_who_does_it(nlp):
    extraction = read(nlp, "The U.S. Treasury sanctioned Pars Aero Motor for supplying engines to Iran.")

    [supplied] = [one for one in extraction.relations if one.predicate == "supplied"]
    assert supplied.attribution is not None


@pytest.mark.parametrize(
    ("text", "name", "other", "is_one"),
    [
        (
            "Anna Berg won a medal at the 2004 Summer Olympics in Athens. "
            "The 2004 Olympic Games were held in August.",
            "2004 Summer Olympics",
            "2004 Olympic Games",
            True,
        ),
        (
            "Anna Berg won a medal at the 2004 Summer Olympics in Athens. "
            "The 2008 Olympic Games were held in Beijing.",
            "2004 Summer Olympics",
            "2008 Olympic Games",
            False,
        ),
        (
            "North Korea fired a missile on Monday. The North said it was a test.",
            "North Korea",
            "North",
            True,
        ),
        ("South Sudan signed the pact on Monday. Rain fell in the South.", "South Sudan", "South", False),
        (
            "Cyclone Ralina hit Lund on Monday. The port was shut when T C Ralina tore off its roofs.",
            "Cyclone Ralina",
            "T C Ralina",
            True,
        ),
    ],
)
def test_games_halves_of_a_land_and_storms_in_short_are_those_named_in_full(nlp, text, name, other, is_one):
    extraction = read(nlp, text)
    entity = {text[one.start : one.end]: one.entity for one in extraction.mentions if one.kind == "name"}

    assert (entity[name] == entity[other]) == is_one


def test_a_ship_is_a_thing_wherever_it_is_named(nlp):
    text = (
        "The cruise ship Sunwinds left Malta on Monday with 900 guests. Carl Dorn, who had worked in a bank, "
        "was happy that he had moved to the Sunwinds."
    )
    named = [one for one in read(nlp, text).mentions if text[one.start : one.end] == "Sunwinds"]

    assert {one.type for one in named} == {"PRODUCT"}
    assert len({one.entity for one in named}) == 1


@pytest.mark.parametrize(
    ("clause", "is_one"),
    [
        ("Anna Berg is the chairwoman of Norvik.", True),
        ("The chairwoman of Norvik is Anna Berg.", True),
        ("Anna Berg is not the chairwoman of Norvik.", False),
        ("Anna Berg was the chairwoman of Norvik.", False),
        ("Anna Berg may be the chairwoman of Norvik.", False),
        ("That does not mean Anna Berg is the chairwoman of Norvik.", False),
    ],
)
def test_who_is_said_to_be_the_holder_of_a_post_is_the_holder(nlp, clause, is_one):
    extraction = read(nlp, clause)
    entity = {clause[one.start : one.end]: one.entity for one in extraction.mentions}

    assert (entity["Anna Berg"] == next(entity[x] for x in entity if "chairwoman" in x)) == is_one
