"""One node for each thing of an article: passages as a reader would part them."""

import pytest

from tests.extractors.reading import read


def things(nlp, text):
    """Return the words of each thing's mentions, values and pronouns left out, in text order."""
    extraction = read(nlp, text)
    return [
        [
            text[one.start : one.end]
            for one in extraction.mentions
            if one.entity == entity.id and one.kind in {"name", "nominal"}
        ]
        for entity in extraction.entities
    ]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        (
            "Sweden's central bank raised its rate on Monday. The central bank said inflation was high. "
            "Norway's central bank kept its own rate. The central bank said growth was weak.",
            [
                ["Sweden's central bank", "The central bank"],
                ["Norway's central bank", "The central bank"],
            ],
        ),
        (
            "Norway's government raised taxes. The Norwegian government said they were low. "
            "The government of Norway fell.",
            [["Norway's government", "The Norwegian government", "The government"]],
        ),
        (
            "Ukraine's defence ministry said the ships sank. Russia's defence ministry denied it. "
            "The defence ministry in Moscow said the claims were false. The ministry showed a video.",
            [
                ["Ukraine's defence ministry"],
                ["Russia's defence ministry", "The defence ministry", "The ministry"],
            ],
        ),
        (
            "Veldania's foreign ministry summoned the envoy. The foreign ministry said it was a warning.",
            [["Veldania's foreign ministry", "The foreign ministry"]],
        ),
        (
            "Macron's government has little money. In Spain, the government has more.",
            [["Macron's government"], ["the government"]],
        ),
    ],
)
def test_a_body_of_a_land_is_one_thing_however_the_land_is_told(nlp, text, together):
    found = things(nlp, text)

    assert [one for one in together if one not in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian government said it would pay. The government of Denmark said it would not.",
        "The foreign minister of Norway met the foreign minister of Denmark. The foreign minister was calm.",
        "The government of Norway met the government of Denmark. The government was silent.",
        "Kane said his government had acted. Anna Dorn said her government had not. Kane left. Dorn said the "
        "government would act.",
        "The ministry said the sum would grow. The ministry in Warsaw said it would buy boats.",
    ],
)
def test_what_is_told_of_one_land_is_not_that_of_another(nlp, text):
    bodies = [one for one in things(nlp, text) if {"government", "minister", "ministry"} & {*one[0].split()}]

    assert all(len(one) == 1 for one in bodies)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chipmaker Lumen said on Monday it would cut jobs. Lumen has 4,000 workers.", "Lumen"),
        ("Carmaker Tesla raised its prices. Shares in Tesla rose 3%.", "Tesla"),
        ("Airline Skylark grounded its fleet. Skylark said the flights would resume.", "Skylark"),
        ("“Chipmaker Lumen lost,” Berg told Reuters. Lumen fell 3%.", "Lumen"),
        ("Carmaker Norvik cut 300 jobs. Norvik said the plants would close.", "Norvik"),
        ("Norvik rose. Pharma giant Solvanta fell. Solvanta employs 900.", "Solvanta"),
    ],
)
def test_the_kind_at_the_head_of_a_sentence_is_no_part_of_a_name(nlp, text, name):
    named = {one.name: one.type for one in read(nlp, text).entities if one.kind == "named"}

    assert named[name] == "ORG"
    assert not {one for one in named if one != name and (name in one or one == "Pharma")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Airline Pilots Association sued the regulator.", "Airline Pilots Association"),
        ("Club Brugge won. The mayor of Brugge cheered.", "Club Brugge"),
    ],
)
def test_the_kind_may_be_part_of_a_name(nlp, text, name):
    assert name in {one.name for one in read(nlp, text).entities}
