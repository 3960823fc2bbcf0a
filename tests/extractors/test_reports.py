"""What agencies' short reports tell: posts before names, wishes, fighters, deeds in passing."""

import pytest

from tests.extractors.reading import name_of, read, told, triples


def types_of(extraction):
    return {one.name: one.type for one in extraction.entities}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Danes want Norway to stop deporting Carl Dorn.",
            ("Norway", "extradited", "actual", "Carl Dorn"),
        ),
        (
            "The new plan will lead to the withdrawal of Norway from Denmark.",
            ("Norway", "withdrewFrom", "planned", "Denmark"),
        ),
        (
            "Danish forces are focused on defeating Norvik.",
            ("Danish forces", "defeated", "planned", "Norvik"),
        ),
        (
            "Anna Berg may work in partnership with Carl Dorn.",
            ("Anna Berg", "cooperatesWith", "possible", "Carl Dorn"),
        ),
        ("Anna Berg spoke of suing Norvik Bank.", ("Anna Berg", "sued", "possible", "Norvik Bank")),
        (
            "Norway demanded that Denmark withdraw its troops from Sweden.",
            ("Denmark", "withdrewFrom", "possible", "Sweden"),
        ),
        (
            "Carl Dorn's suggestion that Norway invade Denmark angered voters.",
            ("Norway", "invaded", "possible", "Denmark"),
        ),
        (
            "The killings were the latest in a series of clashes between Norway and Denmark.",
            ("Norway", "fought", "actual", "Denmark"),
        ),
        (
            "Norway will honour the existing agreement between Sweden and Denmark.",
            ("Sweden", "agreedWith", "actual", "Denmark"),
        ),
        (
            "Norway extended its agreement with Denmark on Monday.",
            ("Norway", "agreedWith", "actual", "Denmark"),
        ),
        (
            "Carl Dorn denied allegations by Norway that Norvik Bank paid the miners.",
            ("Norway", "accused", "actual", "Norvik Bank"),
        ),
        (
            "Norway rejected the criticism of Denmark by Sweden.",
            ("Sweden", "criticised", "actual", "Denmark"),
        ),
        (
            "Dana Holm will play in the final after the Danish player beat Carl Dorn.",
            ("Danish player", "defeated", "actual", "Carl Dorn"),
        ),
        (
            "Anna Berg was in Lund for talks with Carl Dorn.",
            ("Anna Berg", "spokeWith", "planned", "Carl Dorn"),
        ),
        (
            "Anna Berg made the remark during talks with his counterpart, Carl Dorn, in Lund.",
            ("Anna Berg", "spokeWith", "actual", "Carl Dorn"),
        ),
        (
            "Anna Berg will speak on Monday during a visit to Norway.",
            ("Anna Berg", "visited", "planned", "Norway"),
        ),
        (
            "Danes say the bombings were in retaliation for the destruction of Lund by Norway.",
            ("Norway", "damaged", "actual", "Lund"),
        ),
        (
            "Norway became the first state to elect Anna Berg as its president.",
            ("Anna Berg", "leads", "actual", "Norway"),
        ),
        ("Soldiers responded using a helicopter.", ("Soldiers", "operates", "actual", "helicopter")),
        ("Anna Berg would later meet Carl Dorn.", ("Anna Berg", "met", "actual", "Carl Dorn")),
        (
            "The bridge was used by Danes to attack Lund Airport.",
            ("Danes", "attacked", "actual", "Lund Airport"),
        ),
        ("Anna Berg lost 2-1 to Carl Dorn.", ("Carl Dorn", "defeated", "actual", "Anna Berg")),
        (
            "Norway supported Denmark to defend Sweden.",
            ("Denmark", "supported", "possible", "Sweden"),
        ),
    ],
)
def test_whether_it_happened(nlp, text, relation):
    assert relation in told(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Norway's then-Justice Minister Anna Berg sued Norvik Bank.", "holdsPostAt"),
        ("The previous head of Norvik Bank, Anna Berg, met Carl Dorn.", "leads"),
        ("Before she retired, Anna Berg was a minister and a commander of the Lund Guards.", "leads"),
        ("Anna Berg's former party, Unity, lost the vote.", "memberOf"),
        ("U.N. High Commissioner for Refugees Anna Berg visited Lund on Monday.", "holdsPostAt"),
        ("Anna Berg beat her former driver in a dispute over pay.", "defeated"),
        (
            "Anna Berg met the ministers of Norway and detained opposition leader Carl Dorn.",
            "arrested",
        ),
        ("Both Danes will battle Carl Dorn for the gold medal.", "fought"),
        ("Voters went to the polls to replace the murdered senator.", "succeeded"),
        ("Anna Berg fired the ministers, leaving Norvik Bank in control of the fund.", "withdrewFrom"),
        ("The presidents of Norway, Denmark and Sweden chose not to attend the summit.", "NOT met"),
        ("Anna Berg and Carl Dorn worked on building projects in Lund.", "cooperatesWith"),
        ("It is a case against officers launched by prisoners at Lund Prison.", "firedAt"),
        ("Miners protested the mission in Lund.", "protestedAgainst"),
        ("The government dismissed the rebels as bandits.", "dismissed"),
        ("Radio Lund quoted Anna Berg as saying that it rained.", "quote"),
        ("Norway wants to form a government.", "founded"),
        ("The magazine shot Anna Berg for its cover.", "attacked"),
        ("Many Danes opposed the mission in Lund.", "opposed"),
        ("Violence in the region that killed four Danes has ended.", "killed"),
        ("Anna Berg lost her fortune to Norvik Bank.", "defeated"),
        (
            "Blasts shook the Danish capital while a high-ranking U.S. official visited the country.",
            "visited",
        ),
        ("Ministers of the Coalition to Counter Norvik met in Lund.", "counter"),
        ("Police officers arrested Anna Berg during a visit to Norway.", "visited"),
        ("Anna Berg called for talks with Carl Dorn.", "spokeWith"),
        ("Rioters trashed a Norvik Bank.", "criticised"),
        ("Oil minister Anna Berg will take over Norvik Bank.", "acquired"),
        ("Prices rose on Monday after Norway's King Olav died.", "leads"),
    ],
)
def test_is_not_told(nlp, text, predicate):
    assert predicate not in [one[1] for one in told(read(nlp, text))]


def test_who_takes_orders_from_a_successor_is_none(nlp):
    text = "After Olav's death, Anna Berg took orders from his successor, Carl Dorn."

    assert triples(read(nlp, text)) == [("Carl Dorn", "succeeded", "Olav")]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("On a visit to Norway, Anna Berg said that it rained.", ("Anna Berg", "visited", "Norway")),
        ("Anna Berg is on a visit to Norway.", ("Anna Berg", "visited", "Norway")),
        ("Norway has renewed sanctions against Denmark.", ("Norway", "sanctioned", "Denmark")),
        ("Rebels launched a wave of attacks on Norvik Bank.", ("Rebels", "attacked", "Norvik Bank")),
        (
            "U.S. Assistant Secretary of State Anna Berg visited Norway for talks.",
            ("Anna Berg", "holdsPostAt", "U.S."),
        ),
        ("Anna Berg left Norvik Bank in 2011.", ("Anna Berg", "withdrewFrom", "Norvik Bank")),
        ("Anna Berg beat the incumbent on Sunday.", ("Anna Berg", "defeated", "incumbent")),
        (
            "Anna Berg raided the office and arrested the opposition leader Carl Dorn.",
            ("Anna Berg", "arrested", "Carl Dorn"),
        ),
        (
            "Anna Berg and Carl Dorn worked together in Lund.",
            ("Anna Berg", "cooperatesWith", "Carl Dorn"),
        ),
        ("Anna Berg arrived in Norway on Monday.", ("Anna Berg", "visited", "Norway")),
        ("Anna Berg has formed a new party, Unity.", ("Anna Berg", "founded", "Unity")),
        ("Gunmen shot Anna Berg outside her home.", ("Gunmen", "attacked", "Anna Berg")),
        ("The army captured Carl Dorn in June.", ("army", "arrested", "Carl Dorn")),
        ("Lawmakers elected Anna Berg to head Norvik Bank.", ("Lawmakers", "appointed", "Anna Berg")),
        ("Judges subpoenaed Carl Dorn on Monday.", ("Judges", "summoned", "Carl Dorn")),
        ("Anna Berg fell to Carl Dorn in the final.", ("Carl Dorn", "defeated", "Anna Berg")),
        ("Carl Dorn fled Norway on Monday.", ("Carl Dorn", "withdrewFrom", "Norway")),
        (
            "Insurgents attacked Norvik Bank and government workers.",
            ("Insurgents", "attacked", "government workers"),
        ),
        (
            "Norway's U.N. Ambassador Anna Berg met Carl Dorn.",
            ("Anna Berg", "holdsPostAt", "Norway"),
        ),
        (
            "An agreement between the Danish-led government and the rebels was signed.",
            ("Danish-led government", "agreedWith", "rebels"),
        ),
    ],
)
def test_is_told(nlp, text, relation):
    assert relation in triples(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A suicide bomber killed four soldiers in Tarsk on Monday.", "suicide bomber"),
        ("Soldiers killed two fighters who had attacked Lund Airport.", "two fighters"),
        ("Rebel fighters attacked Lund Airport on Monday.", "Rebel fighters"),
    ],
)
def test_bombers_and_fighters_may_be_men(nlp, text, who):
    assert types_of(read(nlp, text))[who] == "PERSON"


def test_a_bomber_of_an_air_force_is_none(nlp):
    read_so = read(nlp, "A bomber of the Norwegian air force damaged Lund Airport on Monday.")

    assert types_of(read_so)["bomber"] == "PRODUCT"


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("U.S. Secretary of State Anna Berg visited Norway.", "U.S. Secretary of State"),
        ("Carl Dorn, director-general of Norvik Bank, resigned.", "director-general"),
    ],
)
def test_a_post_is_told_whole(nlp, text, post):
    assert post in [one.post for one in read(nlp, text).relations]


def test_who_has_no_preposition_of_his_own_is_joined(nlp):
    read_so = read(nlp, "Anna Berg agreed to work with Carl Dorn and at Norvik Bank.")

    assert [name_of(read_so, one.object) for one in read_so.relations] == ["Carl Dorn"]


def test_a_meeting_before_talks_is_held_once(nlp):
    read_so = read(nlp, "Following a meeting with Carl Dorn, Anna Berg will hold talks with Dana Holm.")

    assert ("Anna Berg", "met", "planned", "Carl Dorn") not in told(read_so)
    assert ("Anna Berg", "spokeWith", "planned", "Dana Holm") in told(read_so)


@pytest.mark.parametrize("dash", ["- ", "-", "-\n"])
def test_a_text_may_begin_with_a_dash_before_a_post(nlp, dash):
    assert ("Anna Berg", "leads", "Norway") in triples(
        read(nlp, f"{dash}Prime Minister Anna Berg leads Norway.")
    )
