"""What a reader would not take from a text: races and quarrels, polls, what is foretold, doubtful nouns."""

import pytest

from tests.extractors.reading import read, told, triples


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg pummeled Carl Dorn in the debate.",
        "Anna Berg clashed with Carl Dorn over the budget.",
        "The long battle between Anna Berg and Carl Dorn split Unity.",
        "Anna Berg's battle with Norvik Bank ended on Monday.",
        "Several groups spent millions attacking Anna Berg.",
        "Anna Berg dismissed critics of the budget.",
        "The White House was driving the train on foreign policy.",
        "The leaders of Norway and Denmark talked past each other for years.",
        "Anna Berg talked tough at her first rally with Carl Dorn.",
        "Hundreds came to hear Anna Berg and Carl Dorn talk about the budget.",
        "Anna Berg invited Carl Dorn and Dana Holm to talk about the budget.",
    ],
)
def test_what_only_sounds_like_a_deed_is_none(nlp, text):
    vocabulary = {"attacked", "fought", "dismissed", "operates", "spokeWith"}

    assert not vocabulary & {one.predicate for one in read(nlp, text).relations}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Norway fought Denmark in 1807.", ("Norway", "fought", "Denmark")),
        ("The battle between Norway and Denmark ended on Monday.", ("Norway", "fought", "Denmark")),
        ("Anna Berg dismissed Carl Dorn on Monday.", ("Anna Berg", "dismissed", "Carl Dorn")),
        ("Anna Berg talked with Carl Dorn at a rally.", ("Anna Berg", "spokeWith", "Carl Dorn")),
        ("Police attacked Carl Dorn on Monday.", ("police", "attacked", "Carl Dorn")),
        ("The leaders of Norway and Denmark talked for hours.", ("Norway", "spokeWith", "Denmark")),
    ],
)
def test_the_deed_itself_is_told(nlp, text, relation):
    assert relation in [
        (one.lower() if one == "Police" else one, *rest) for one, *rest in triples(read(nlp, text))
    ]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Anna Berg's impending endorsement of Carl Dorn is no secret.",
            ("Anna Berg", "supported", "planned", "Carl Dorn"),
        ),
        (
            "Anna Berg's endorsement of Carl Dorn is only a matter of time.",
            ("Anna Berg", "supported", "planned", "Carl Dorn"),
        ),
        (
            "All signs pointed to Anna Berg endorsing Carl Dorn.",
            ("Anna Berg", "supported", "possible", "Carl Dorn"),
        ),
        (
            "Anna Berg has proposed appointing Carl Dorn.",
            ("Anna Berg", "appointed", "possible", "Carl Dorn"),
        ),
        (
            "To win Norway, Anna Berg is going to need more money.",
            ("Anna Berg", "win", "planned", "Norway"),
        ),
        (
            "The polls see Anna Berg losing to Carl Dorn in May.",
            ("Carl Dorn", "defeated", "hypothetical", "Anna Berg"),
        ),
        (
            "When voters were asked who cared, Anna Berg trounced Carl Dorn.",
            ("Anna Berg", "defeated", "hypothetical", "Carl Dorn"),
        ),
        (
            "The exit polls came late, and Anna Berg trounced Carl Dorn.",
            ("Anna Berg", "defeated", "actual", "Carl Dorn"),
        ),
        (
            "Anna Berg, who trailed in the polls, defeated Carl Dorn on Monday.",
            ("Anna Berg", "defeated", "actual", "Carl Dorn"),
        ),
        ("Anna Berg admitted meeting Carl Dorn.", ("Anna Berg", "met", "actual", "Carl Dorn")),
        (
            "Anna Berg's endorsement of Carl Dorn came late.",
            ("Anna Berg", "supported", "actual", "Carl Dorn"),
        ),
    ],
)
def test_what_is_foretold_or_polled_has_not_happened(nlp, text, relation):
    assert relation in told(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Anna Berg, the far-right leader in Norway, resigned.", ("Anna Berg", "leads", "Norway")),
        ("Senate campaign chairman Anna Berg resigned.", ("Anna Berg", "leads", "Senate")),
        (
            "The firm gave more than its rival Norvik and groups supporting Anna Berg.",
            ("Norvik", "supported", "Anna Berg"),
        ),
        ("He said he would make Norway pay for the wall, Carl Dorn said.", ("Carl Dorn", "funded", "wall")),
        (
            "Carl Dorn spoke on Monday. They criticized Norway for its budget.",
            ("Carl Dorn", "criticised", "Norway"),
        ),
        (
            "Ever since she endorsed Anna Berg, James Dorn has been quiet.",
            ("James Dorn", "supported", "Anna Berg"),
        ),
        ("Anna Berg met with House and Senate members.", ("Anna Berg", "met", "House")),
        ("Anna Berg met with House and Senate members.", ("Anna Berg", "met", "Senate")),
        ("Norway sold G-III a ship. Norvik cooperates with G-III.", ("Norvik", "cooperatesWith", "G")),
        (
            "Its use of a server at Norvik Bank, which Anna Berg mishandled, ended.",
            ("Anna Berg", "mishandle", "Norvik Bank"),
        ),
        (
            "\"The people who say, 'I endorse Anna Berg', are wrong,\" Carl Dorn said.",
            ("Carl Dorn", "supported", "Anna Berg"),
        ),
    ],
)
def test_nothing_is_told_of_who_is_not_meant(nlp, text, relation):
    assert relation not in triples(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Anna Berg, the leader of Norway, resigned.", ("Anna Berg", "leads", "Norway")),
        ("Anna Berg met with the Senate and members of Unity.", ("Anna Berg", "met", "Senate")),
        ("Activists and voters supporting Anna Berg left.", ("voters", "supported", "Anna Berg")),
        ("Anna Berg and Carl Dorn, the envoy of Norway, resigned.", ("Carl Dorn", "holdsPostAt", "Norway")),
        ("Anna Berg and Carl Dorn, sons of Dana Holm, left.", ("Anna Berg", "relativeOf", "Dana Holm")),
        ("Anna Berg resigned after she endorsed Carl Dorn.", ("Anna Berg", "supported", "Carl Dorn")),
        ("Norvik Bank, which Anna Berg mishandled, closed.", ("Anna Berg", "mishandle", "Norvik Bank")),
        ('"I endorse Anna Berg," Carl Dorn said.', ("Carl Dorn", "supported", "Anna Berg")),
    ],
)
def test_who_is_meant_is_told(nlp, text, relation):
    assert relation in triples(read(nlp, text))


def test_the_company_may_be_another_that_was_named_since(nlp):
    filler = (
        "The weather stayed fine that week, and the markets in the north were open as they are each year. "
        * 5
    )
    text = (
        f"Norvik Holdings opened on Monday. {filler}Anna Berg left Lund Metals. Carl Dorn joined the company."
    )

    assert ("Carl Dorn", "joined", "Norvik Holdings") not in triples(read(nlp, text))
