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


@pytest.mark.parametrize(
    ("text", "clubs"),
    [
        (
            "Tarn beat Lund 2-1 on Saturday. Tarn manager Jo Berg was happy. Lund have lost four games.",
            {"Tarn", "Lund"},
        ),
        ("Vale drew with Tarn 1-1. Holt lost 3-0 to Vale.", {"Vale", "Tarn", "Holt"}),
        (
            "Marsden scored twice as Tarn beat Holt 4-2. Vannes coach Luc Perrin is suspended.",
            {"Tarn", "Holt", "Vannes"},
        ),
        (
            "Halden United and Tarn Rovers met again. Rovers won 2-0. Halden were relegated.",
            {"Halden United", "Tarn Rovers"},
        ),
        ("Nadal beat Federer 6-3, 6-4 on Sunday. Federer lost his serve twice.", set()),
        ("Selby beat Trump 10-8 in the final.", set()),
        ("If Kane were here, Dorn would win. Dorn and Kane were tired.", set()),
    ],
)
def test_clubs_are_told_by_what_is_said_of_matches(nlp, text, clubs):
    assert {one.name for one in read(nlp, text).entities if one.type == "ORG"} == clubs


@pytest.mark.parametrize(
    ("text", "together"),
    [
        (
            "John and Ann Berg founded the firm. Mr Berg ran it. Mrs Berg kept the books.",
            [["John", "Berg"], ["Ann Berg", "Berg"]],
        ),
        (
            "Bill and Melinda Gates gave $5m. Gates said the money would help. Melinda Gates left.",
            [["Bill"], ["Melinda Gates", "Melinda Gates"], ["Gates"]],
        ),
        (
            "The Kennedy family wept. Robert Kennedy died. Kennedy was 40.",
            [["The Kennedy family"], ["Robert Kennedy", "Kennedy"]],
        ),
        (
            "The Trump family owns a bank. Donald Trump said the family was fine.",
            [["The Trump family", "the family"], ["Donald Trump"]],
        ),
        ("The Murdoch family trust sued. Rupert Murdoch is 93.", [["Murdoch", "Rupert Murdoch"]]),
        ("Pvt. Jon Berg slept. Private Berg woke.", [["Jon Berg", "Berg"]]),
    ],
)
def test_none_of_a_family_is_another_one(nlp, text, together):
    found = things(nlp, text)

    assert [one for one in together if one not in found] == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("John and Ann Berg founded the firm in 1990. The Bergs sold it.", "Bergs", "PERSON"),
        ("The Smiths sued the firm. Peter Smith said the roof leaked.", "Smiths", "PERSON"),
        ("The Bears beat the Packers. Anna Bear cheered.", "Bears", "ORG"),
    ],
)
def test_all_of_a_surname_are_persons_where_one_is_named(nlp, text, name, kind):
    assert {one.name: one.type for one in read(nlp, text).entities}[name] == kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("i flew with air norvik last week and the crew was great", "air norvik", "ORG"),
        ("Sincerely, Tracy\n\nTracy Berg of Norvik wrote to us. Tracy called.", "Tracy Berg", "PERSON"),
        ("Lotta met Lotta Berg and her son in Lund.", "Lotta Berg", "PERSON"),
    ],
)
def test_names_in_plain_writing(nlp, text, name, kind):
    assert {one.name: one.type for one in read(nlp, text).entities}.get(name) == kind


def test_a_body_in_small_letters_is_no_name(nlp):
    [one] = read(nlp, "The education ministry denied the report on Monday.").entities[:1]

    assert one.kind == "described"


def test_they_are_all_of_a_surname(nlp):
    text = "Jon Berg and his wife Anna Berg won a boat. The Bergs sold it. He bought a car."

    assert ["Bergs"] in things(nlp, text)
    assert any(one.name == "Jon Berg" for one in read(nlp, text).entities)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        (
            "Ukrainian President Olena Moroz spoke on Monday. The Russian president replied on Tuesday.",
            [["Ukrainian President", "Olena Moroz"], ["The Russian president"]],
        ),
        (
            "Norwegian Foreign Minister Ida Lund flew to Paris. The French foreign minister said the talks "
            "went well.",
            [["Norwegian Foreign Minister", "Ida Lund"], ["The French foreign minister"]],
        ),
        (
            "Texas Senator Jo Berg spoke on Monday. The US senator was brief. The senator left.",
            [["Texas Senator", "Jo Berg", "The US senator", "The senator"]],
        ),
        (
            "Swedish carmaker Norvik cut jobs. The Danish carmaker said no. The Swedish carmaker fell.",
            [["Swedish carmaker", "Norvik", "The Swedish carmaker"]],
        ),
        (
            "Chinese leader Wei Lin met Anna Berg. The Chinese leader smiled. The Norwegian leader left.",
            [["Chinese leader", "Wei Lin", "The Chinese leader"], ["The Norwegian leader"]],
        ),
        (
            "The chancellor, Till Fuchs, spoke. The Austrian chancellor was brief.",
            [["The chancellor", "Till Fuchs", "The Austrian chancellor"]],
        ),
        (
            "Leeds striker Tom Vik scored. The Norwegian striker was hurt. The striker left.",
            [["Leeds striker", "Tom Vik", "The Norwegian striker", "The striker"]],
        ),
        (
            "Lund mayor Jo Berg spoke on Monday. The mayor of Oslo was brief.",
            [["Lund mayor", "Jo Berg"], ["The mayor"]],
        ),
        (
            "Tarn mayor Jo Berg spoke on Monday. The Norwegian mayor was brief.",
            [["Tarn mayor", "Jo Berg", "The Norwegian mayor"]],
        ),
        (
            "Iranian leader Omar Sadi spoke on Monday. The Muslim leader was brief.",
            [["Iranian leader", "Omar Sadi", "The Muslim leader"]],
        ),
    ],
)
def test_whoever_holds_a_post_in_one_land_is_not_called_by_that_of_another(nlp, text, together):
    found = things(nlp, text)

    assert [one for one in together if one not in found] == []
