"""What wires tell in passing: deeds of two, of one of a people, to come, and what nobody says by them."""

import pytest

from tests.extractors.reading import read, told, triples

FACT = "actual"


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Anna Berg and her aunt, Dana Holm, who founded Norvik Bank together, left.", "founded"),
        ("Anna Berg and the mayor, Carl Dorn, who were sued by Norvik, left.", "sued"),
        ("Anna Berg met Carl Dorn in Lund. The two visited Norway.", "visited"),
        ("Anna Berg and Carl Dorn left Lund. They had sued Norvik.", "sued"),
        ("Anna Berg met Carl Dorn in Lund on Monday. They toured Norway.", "visited"),
        ("Anna Berg met Carl Dorn and the pair drove to Lund, where they sued Norvik.", "sued"),
    ],
)
def test_both_did_it(nlp, text, relation):
    found = [one for one in triples(read(nlp, text)) if one[1] == relation]

    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg and her aunt, Dana Holm, who sued Norvik, left.",
        "Anna Berg and Carl Dorn met voters in Lund. They had sued Norvik.",
        "Anna Berg, Carl Dorn and Dana Holm left Lund. They had sued Norvik.",
        "Anna Berg met Carl Dorn in Lund. The miners were angry. They sued Norvik.",
    ],
)
def test_anna_berg_need_not_have_sued(nlp, text):
    assert ("Anna Berg", "sued", "Norvik") not in triples(read(nlp, text))


def test_who_met_behind_two_names_met_each_other(nlp):
    text = "Anna Berg and Dorn's lawyer, a Dane, who met at a hotel on Friday, were photographed."

    assert any(one[1] == "met" and "Anna Berg" in one for one in triples(read(nlp, text)))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Carl Dorn was dismissed and replaced by his deputy, Anna Berg.",
            ("Anna Berg", "succeeded", FACT, "Carl Dorn"),
        ),
        (
            "Carl Dorn was taken to Lund and is to be charged by prosecutors.",
            ("prosecutors", "charged", "planned", "Carl Dorn"),
        ),
        (
            "The club named Anna Berg on Friday to succeed Carl Dorn.",
            ("Anna Berg", "succeeded", "planned", "Carl Dorn"),
        ),
        ("Norvik Bank settled with Anna Berg.", ("Norvik Bank", "agreedWith", FACT, "Anna Berg")),
        ("Norway stood by Denmark.", ("Norway", "supported", FACT, "Denmark")),
        ("Anna Berg is in touch with Carl Dorn.", ("Anna Berg", "spokeWith", FACT, "Carl Dorn")),
        ("Norvik lobbied the Senate over the tax.", ("Norvik", "askedOf", FACT, "Senate")),
        (
            "Norway paid Norvik Group $3 million to lobby the Senate.",
            ("Norvik Group", "askedOf", "planned", "Senate"),
        ),
        (
            "Anna Berg telephoned Carl Dorn to congratulate him.",
            ("Anna Berg", "congratulated", FACT, "Carl Dorn"),
        ),
        ("Anna Berg welcomed Carl Dorn at the airport.", ("Anna Berg", "met", FACT, "Carl Dorn")),
        ("Detectives questioned Carl Dorn in Lund.", ("Detectives", "spokeWith", FACT, "Carl Dorn")),
        ("Norvik Bank owns 6 percent of Lund Oil.", ("Norvik Bank", "owns", FACT, "Lund Oil")),
        ("Anna Berg praised Carl Dorn's courage.", ("Anna Berg", "supported", FACT, "Carl Dorn")),
        (
            "Anna Berg criticised Carl Dorn's handling of the strike.",
            ("Anna Berg", "criticised", FACT, "Carl Dorn"),
        ),
        ("Norvik financed Carl Dorn's campaign.", ("Norvik", "funded", FACT, "Carl Dorn")),
        ("The council barred Carl Dorn from the vote.", ("council", "sanctioned", FACT, "Carl Dorn")),
        (
            "The Danish navy boarded the tanker Boreal Star.",
            ("Danish navy", "intercepted", FACT, "Boreal Star"),
        ),
        (
            "The United Nations sent 300 observers to Norway.",
            ("United Nations", "deployedTo", FACT, "Norway"),
        ),
        ("Anna Berg said Dorn would found a party.", ("Dorn", "founded", "planned", "party")),
        ("The customs service raided Norvik Bank.", ("customs service", "attacked", FACT, "Norvik Bank")),
        ("Carl Dorn was taken into custody by police.", ("police", "arrested", FACT, "Carl Dorn")),
        ("Britain added Carl Dorn to its sanctions list.", ("Britain", "sanctioned", FACT, "Carl Dorn")),
        ("Norway froze the assets of Norvik Bank.", ("Norway", "sanctioned", FACT, "Norvik Bank")),
        ("Norway hit Norvik Bank with a fine.", ("Norway", "sanctioned", FACT, "Norvik Bank")),
        ("Norway pledged 30 tanks to Denmark.", ("Norway", "supplied", "planned", "Denmark")),
        ("Norway offered Denmark 30 tanks.", ("Norway", "supplied", "possible", "Denmark")),
        ("Denmark won the backing of Norway.", ("Norway", "supported", FACT, "Denmark")),
        ("Carl Dorn conceded defeat to Anna Berg.", ("Anna Berg", "defeated", FACT, "Carl Dorn")),
        ("Anna Berg threw her support behind Carl Dorn.", ("Anna Berg", "supported", FACT, "Carl Dorn")),
        ("Anna Berg shook hands with Carl Dorn.", ("Anna Berg", "met", FACT, "Carl Dorn")),
        ("Norvik Bank bought 6 percent of Lund Oil in May.", ("Norvik Bank", "owns", FACT, "Lund Oil")),
        ("Carl Dorn's arrest by Danish police is a fact.", ("Danish police", "arrested", FACT, "Carl Dorn")),
        ("The Danish army came under attack from rebels.", ("rebels", "attacked", FACT, "Danish army")),
        ("A Norwegian drone strike killed Carl Dorn.", ("Norwegian", "killed", FACT, "Carl Dorn")),
        (
            "An attack by the Norvik Front wounded two soldiers.",
            ("Norvik Front", "injured", FACT, "two soldiers"),
        ),
    ],
)
def test_a_deed_of_a_wire_is_told(nlp, text, relation):
    assert relation in told(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Anna Berg stood by the Danube.", "supported"),
        ("Critics questioned Carl Dorn in Lund.", "spokeWith"),
        ("Anna Berg and her team boarded the jet Falcon 50.", "intercepted"),
        ("Norvik financed Carl Dorn's songs.", "funded"),
        ("Norway hit Norvik Bank with a lawsuit.", "struck"),
        ("Anna Berg and Carl Dorn, rivals since May, had attacked each other for months.", "hacked"),
        ("Anna Berg welcomed Carl Dorn's decision.", "met"),
        ("Anna Berg put Carl Dorn on a plane.", "arrested"),
        ("Anna Berg added Carl Dorn to her list.", "sanctioned"),
        ("A Norwegian strike against Norvik Oil hurt two firms.", "attacked"),
        ("Norway's attack by sea failed.", "attacked"),
        (
            "The agency arrested one of its members, Carl Dorn. The FBI arrested one of its members.",
            "memberOf",
        ),
    ],
)
def test_what_sounds_like_it_is_none(nlp, text, predicate):
    assert predicate not in {one.predicate for one in read(nlp, text).relations}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The 23-year-old Nigerian agreed a contract with Chelsea.", "23-year-old Nigerian"),
        ("A Nigerian sued Norvik Bank on Monday.", "Nigerian"),
        ("The American sued Norvik Bank on Monday.", "American"),
    ],
)
def test_one_of_a_people_is_a_person_and_no_people(nlp, text, name):
    [found] = [one for one in read(nlp, text).entities if one.name == name]

    assert (found.type, found.known, found.rolls_up_to) == ("PERSON", "", "")


@pytest.mark.parametrize("text", ["The Swiss sued Norvik Bank.", "Nigerians sued Norvik Bank."])
def test_a_people_stays_one(nlp, text):
    assert "NORP" in {one.type for one in read(nlp, text).entities}


def test_the_field_of_a_post_is_no_part_of_the_body(nlp):
    assert ("Anna Berg", "holdsPostAt", "Pentagon") in triples(
        read(nlp, "Pentagon Press Secretary Anna Berg met Carl Dorn.")
    )


@pytest.mark.parametrize(
    "text",
    [
        "The merger must be approved by regulators in Oslo.",
        "The judge adjourned the trial until May.",
        "Norway summoned the Danish envoy on Monday.",
    ],
)
def test_what_is_done_is_nobodys_words(nlp, text):
    assert not read(nlp, text).attributions


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The minister has said he knew nothing of the payments.", "asserts"),
        ("Carl Dorn says he did not know where the oil came from.", "asserts"),
        ("Carl Dorn said he did not know whether the ship had sunk.", "undetermined"),
        ("Norway rejected the raid on its offices by Danish police.", "asserts"),
        ("Norway rejected the plan to raid its offices.", "denies"),
        ("Norway denied the raid on Danish offices.", "denies"),
    ],
)
def test_what_the_source_thinks_of_it(nlp, text, stance):
    [found] = read(nlp, text).attributions

    assert found.stance == stance


def test_a_doubt_that_is_passed_on_is_told_too(nlp):
    extraction = read(nlp, "Norvik doubts that Dorn was telling the truth, according to an aide.")

    assert {one.cue_lemma for one in extraction.attributions} >= {"doubt"}
