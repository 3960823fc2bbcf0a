"""Several of one name in an article, and names that begin or end where the network does not see it."""

import pytest

from extractors.name_types import is_last_word
from extractors.spans import initials_of, name_words
from tests.extractors.reading import read
from tests.extractors.test_generations import things


def called(nlp, text):
    """Return the names of each thing that is named more than once."""
    return [words for words in things(read(nlp, text)) if len(words) > 1]


def test_a_surname_means_whoever_had_it_when_it_was_first_used(nlp):
    text = (
        "Viktor Lindholm runs the harbour at Turku. Lindholm said on Monday that the crane was old. "
        "His cousin, Helena Lindholm, owns a hotel. The council asked Lindholm for a report."
    )

    assert called(nlp, text) == [["Viktor Lindholm", "Lindholm", "Lindholm"]]


def test_of_two_named_before_it_a_surname_means_nobody(nlp):
    text = "Viktor Lindholm met Oskar Lindholm in Turku on Monday. Lindholm said that the crane was old."

    assert called(nlp, text) == []


@pytest.mark.parametrize("first", ["", "Mr. Lindholm closed it in May, and Mrs. Lindholm left. "])
def test_a_surname_means_no_wife_who_came_in_as_such(nlp, first):
    text = (
        "Viktor Lindholm runs the harbour at Turku with his wife Helena. "
        f"{first}The council sued Lindholm. Helena Lindholm said it was wrong."
    )

    people = [[name for name in words if name != "Turku"] for words in called(nlp, text)]
    assert ["Viktor Lindholm", *["Lindholm"] * (2 if first else 1)] in people
    assert any({"Helena", "Helena Lindholm"} <= set(words) for words in people)


def test_who_is_said_to_be_the_wife_of_a_name_is_not_its_bearer(nlp):
    text = "Viktor Lindholm runs the harbour at Turku. Helena Lindholm, the wife of Lindholm, owns a hotel."

    assert called(nlp, text) == [["Viktor Lindholm", "Lindholm"]]


def test_mr_and_mrs_are_two(nlp):
    text = (
        "Robert Lindholm and Susan Lindholm own a hotel in Turku. Mrs. Lindholm said that it was full. "
        "Mr. Lindholm said that the harbour was empty."
    )

    assert called(nlp, text) == [["Robert Lindholm", "Lindholm"], ["Susan Lindholm", "Lindholm"]]


def test_mr_goes_on_being_who_was_called_so_when_another_of_the_name_comes_later(nlp):
    text = (
        "Viktor Lindholm runs the harbour at Turku. Mr. Lindholm said on Monday that the crane was old. "
        "His cousin, Oskar Lindholm, owns a hotel. The council asked {} Lindholm for a report."
    )

    assert called(nlp, text.format("Mr.")) == [["Viktor Lindholm", "Lindholm", "Lindholm"]]
    assert called(nlp, text.format("Sir")) == [["Viktor Lindholm", "Lindholm"]]


def test_a_club_in_short_is_the_one_that_was_named_before(nlp):
    text = (
        "{}beat the Malmö Blue Stars on Monday. The Blue Stars had lost twice. "
        "Their rivals are the Oslo Blue Stars. The Blue Stars will play again in May."
    )
    stars = ["Malmö Blue Stars", "Blue Stars", "Blue Stars"]

    assert called(nlp, text.format("FC Turku ")) == [stars]
    assert called(nlp, text.format("The Oslo Blue Stars ")) != [stars]


def test_mr_with_a_womans_surname_is_another(nlp):
    text = "Susan Lindholm owns a hotel in Turku. {} Lindholm said on Monday that it was full."

    assert called(nlp, text.format("Mr.")) == []
    assert called(nlp, text.format("Ms.")) == [["Susan Lindholm", "Lindholm"]]


def test_her_stage_name_is_her_own(nlp):
    text = "Susan Lindholm, better known by her stage name Lotta Stein, sings. She owns a hotel in Turku."
    extraction = read(nlp, text)
    texts = {extraction.text[one.start : one.end]: one.entity for one in extraction.mentions}

    assert texts["Susan Lindholm"] == texts["Lotta Stein"] == texts["her"] == texts["She"]


def test_a_father_of_nearly_the_same_name_is_another(nlp):
    text = (
        "President Harold W. Pruitt spoke in Turku on Monday. "
        "His father, the former president Harold Pruitt, sat in the first row."
    )

    assert called(nlp, text) == []


def test_what_stands_behind_bin_names_the_father(nlp):
    text = "Khalid bin Rashid flew to Cairo on Monday. Rashid met the president. Khalid came home on Friday."

    assert ["Khalid bin Rashid", "Rashid"] not in [words[:2] for words in things(read(nlp, text))]


def test_towns_of_two_states_are_two(nlp):
    text = "A storm hit Aurora, Colorado, on Monday. Another one hit Aurora, Illinois, on Friday."

    assert called(nlp, text) == []


def test_the_dateline_tells_which_town_it_is(nlp):
    extraction = read(nlp, "AURORA, Ill. — The mayor of Aurora opened a bridge on Monday.")

    [town] = [one for one in extraction.entities if one.name == "Aurora"]
    assert town.known.startswith("city/us/")
    assert town.known != next(
        one.known
        for one in read(nlp, "A storm hit Aurora, Colorado, on Monday.").entities
        if one.name == "Aurora"
    )


def test_a_town_in_no_list_is_known_to_be_in_its_state(nlp):
    extraction = read(nlp, "A mill burned down in Paris, Ontario, on Monday. Nobody in Paris was hurt.")

    [town] = [one for one in extraction.entities if one.name == "Paris"]
    assert (town.known, town.rolls_up_to) == ("", "region/ca-on")


def test_a_ship_is_not_whom_it_is_named_after(nlp):
    text = "Harold Pruitt visited the USS Harold Pruitt on Monday. Pruitt said that the ship was old."

    assert called(nlp, text) == [["Harold Pruitt", "Pruitt"]]


def test_a_firm_of_two_partners_is_one_name(nlp):
    text = (
        "Anna Brandt left Keller & Brandt on Monday. Keller & Brandt makes clocks. Brandt said it was time."
    )

    assert ["Anna Brandt", "Brandt"] in called(nlp, text)
    assert ["Keller & Brandt", "Keller & Brandt"] in called(nlp, text)


def test_a_paper_is_called_by_its_last_word(nlp):
    text = "The Northern Times wrote on Monday that the dam leaked. The Times had the papers for weeks."

    assert called(nlp, text) == [["Northern Times", "Times"]]


@pytest.mark.parametrize(
    ("short", "full", "is_one"),
    [
        ("Times", "Northern Times", True),
        ("City", "Lundby City", True),
        ("Times", "Times", False),
        ("Senate", "Illinois Senate", False),
    ],
)
def test_papers_and_clubs_by_their_last_word(short, full, is_one):
    assert is_last_word(name_words(short), name_words(full)) is is_one


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mohammed bin Salman", {"mbs"}),
        ("Ministry of State Security", {"moss", "mss"}),
        ("New York", set()),
        ("Keller & Brandt", set()),
    ],
)
def test_acronyms_that_a_name_may_have(name, letters):
    assert initials_of(name_words(name)) == letters


def test_a_state_before_a_follower_of_a_party_is_a_name_of_its_own(nlp):
    extraction = read(nlp, "Sen. Mary Holt, a Texas Republican, met Ohio Democrats on Monday.")

    assert {("Ohio", "LOC"), ("Democrats", "NORP")} <= {(one.name, one.type) for one in extraction.entities}


def test_a_saint_by_that_name_alone_is_the_one_but_no_pope_of_the_name(nlp):
    saint = "Jerome was born at Stridon. Saint Jerome is known for his letters. Jerome died in Bethlehem."
    pope = "Pope Alden spoke in Lund. He has his name from Saint Alden, a miller. Alden left on Friday."

    assert ["Jerome", "Jerome", "Jerome"] in called(nlp, saint)
    assert ["Alden"] in things(read(nlp, pope))


def test_a_ship_is_no_man_of_its_name(nlp):
    ship = read(nlp, "The destroyer USS Bainbridge left Ostrik. Bainbridge will return in May.")
    queen = read(nlp, "HMS Queen Elizabeth left Ostrik. It is named after Queen Elizabeth.")
    man = read(nlp, "USS Bainbridge left Ostrik. Carl Bainbridge waved. Bainbridge said that it was old.")

    assert ["USS Bainbridge", "Bainbridge"] in things(ship)
    assert ["Carl Bainbridge", "Bainbridge"] in things(man)
    assert ["Elizabeth"] in things(queen)


def test_the_kin_of_a_surname_bears_it_with_his_given_name(nlp):
    text = (
        "Gordon Leach left on Monday. A paper said that Leach's son, Jamie, had been paid. "
        "Jamie Leach denied it, and Leach paid for Jamie."
    )
    other = "Gordon Leach left. Leach's son, Jamie, had been paid. Jamie Roe denied it. Then Roe resigned."

    assert sorted(map(sorted, called(nlp, text))) == [
        ["Gordon Leach", "Leach", "Leach"],
        ["Jamie", "Jamie", "Jamie Leach"],
    ]
    assert called(nlp, other) == [["Gordon Leach", "Leach"], ["Jamie Roe", "Roe"]]


def test_a_name_is_the_firms_before_its_founder_is_named(nlp):
    text = (
        "Shares in Norlin Foods fell on Tuesday. Norlin said it had begun a review of its accounts. "
        "It was founded in 1931 by Arthur Norlin. Mr. Norlin died in 1970."
    )

    assert called(nlp, text) == [["Norlin Foods", "Norlin"], ["Arthur Norlin", "Norlin"]]


def test_whoever_was_born_on_an_island_is_not_the_island(nlp):
    [island] = [
        one
        for one in read(nlp, "Anastas was born on Naxos in 1936, the son of a fisherman.").entities
        if one.name == "Naxos"
    ]

    assert island.type == "LOC"
